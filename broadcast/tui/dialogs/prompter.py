"""The prompter: a person reads a script herself, line by line, with its words large."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from broadcast.domain.wording import length_clock
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.widgets.prompt import large, small
from broadcast.tui.widgets.prompt_told import error_told, head, line_told, take_told
from broadcast.tui.widgets.waveform import Waveform, meter
from broadcast.workflow.progress import CancelledError

if TYPE_CHECKING:
    from broadcast.audio.recorder import Level
    from broadcast.workflow.listen import Sound
    from broadcast.workflow.prompter import Prompter, Take

Job = Callable[..., None]
"""`WorkingScreen.job` of the screen below."""

_MARGIN = 4
_METER = 30
_IDLE = "Space thu · F9 nghe · ← → câu khác · PgDn câu chưa thu · Delete bỏ · Esc xong"
_RECORDING = "Space hoặc Enter dừng · Esc bỏ lần thu này"
_TAKEN = "Enter giữ, sang câu sau · Space thu lại · F9 nghe · Delete bỏ · Esc xong"
_PLAYING = "Space hoặc Esc ngừng nghe"


class PrompterDialog(Dialog[None]):
    """Takes of one line after the other; every line kept is safe at once."""

    KEYS = _IDLE
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "record", "Thu, dừng, thu lại", show=False, id="prompter.record"),
        Binding("enter", "next", "Thu, dừng, giữ", show=False, id="prompter.next"),
        Binding("f9", "listen", "Nghe", show=False, id="prompter.listen"),
        Binding("right,down", "go(1)", "Câu sau", show=False, id="prompter.right"),
        Binding("left,up", "go(-1)", "Câu trước", show=False, id="prompter.left"),
        Binding("pagedown", "go_on", "Câu chưa thu", show=False, id="prompter.unread"),
        Binding("ctrl+down", "scroll(1)", "Cuộn xuống", show=False, id="prompter.down"),
        Binding("ctrl+up", "scroll(-1)", "Cuộn lên", show=False, id="prompter.up"),
        Binding("delete", "forget", "Bỏ bản thu", show=False, id="prompter.forget"),
    ]

    class Levelled(Message):
        """So loud it is."""

        def __init__(self, level: Level) -> None:
            super().__init__()
            self.level = level

    class Heard(Message):
        """Listening has come so far; `error` ended it, `over` it is over."""

        def __init__(
            self, seconds: float, error: BroadcastError | None = None, *, over: bool = False
        ) -> None:
            super().__init__()
            self.seconds, self.error, self.over = seconds, error, over

    def __init__(self, job: Job, prompter: Prompter) -> None:
        super().__init__(prompter.title)
        self.add_class("-full")
        self.job, self.prompter = job, prompter
        self.state = "idle"
        """idle, starting, recording, waiting (for the disk) or playing."""
        self._stop = Event()
        self._notice: Content | None = None
        self._level: Level | None = None

    def body(self) -> ComposeResult:
        """The line before, the line, the line after; below what is told of it, and its picture."""
        yield Static("", id="prompt-before")
        with VerticalScroll(id="prompt-room", can_focus=False):
            yield Static("", id="prompt-line")
        yield Static("", id="prompt-after")
        yield Waveform(tells=False, id="prompt-wave")
        yield Static("", id="prompt-told")

    def on_mount(self) -> None:
        """Show the first line that nobody has read."""
        if not self.prompter.unread:
            self._notice = Content.styled("✓ Mọi câu đều đã thu.", "$success")
        self.call_after_refresh(self.show_all)

    def on_resize(self) -> None:
        """The words are broken anew."""
        self.call_after_refresh(self.show_all)

    def on_unmount(self) -> None:
        """Whoever closes it, or the app, lets go of microphone and loudspeaker."""
        self._stop.set()
        self.prompter.cancel()

    # On screen

    def show_all(self) -> None:
        """Show everything as it is now."""
        if not self.is_attached:
            return
        here = self.prompter.place
        self.query_one(".dialog-title", Static).update(head(self.prompter))
        width = self.size.width - 2 * _MARGIN
        self._put("#prompt-before", Content.styled(small(here.words(-1), width), "$foreground 50%"))
        self._put("#prompt-after", Content.styled(small(here.words(1), width), "$foreground 50%"))
        box = self.query_one("#prompt-room", VerticalScroll)
        box.scroll_home(animate=False)
        rows = large(here.line.spoken, width, box.size.height - 2)
        more = " · Ctrl+↓ cuộn" if len(rows) > box.size.height - 2 else ""
        part = Content.styled(f"{here.line.speaker}{more}\n", "bold $accent")
        words = Content("\n".join(rows)).stylize("bold")
        self._put("#prompt-line", Content.assemble(part, "\n", words))
        self.show_told()

    def show_told(self) -> None:
        """Show what is told of the line, its picture and the keys."""
        take = self.prompter.take
        self.query_one(Waveform).levels = take.levels if take else None
        told = take_told(take, self.prompter.line) if take else line_told(self.prompter)
        self._put("#prompt-told", self._notice or told)
        keys = {"recording": _RECORDING, "playing": _PLAYING}.get(self.state, "")
        self._put(".dialog-keys", Content(keys or (_TAKEN if take else _IDLE)))

    def _put(self, where: str, what: Content) -> None:
        self.query_one(where, Static).update(what)

    def _failed(self, error: BroadcastError) -> None:
        self.state, self._notice = "idle", error_told(error)
        if self.is_attached:
            self.show_told()

    @on(Levelled)
    def _levelled(self, message: Levelled) -> None:
        self._level = message.level
        self._show_level()

    def _show_level(self) -> None:
        """The meter; the first levels may come before it is known that the microphone is on."""
        level = self._level
        if self.state == "recording" and level:
            expected = length_clock(self.prompter.line.expected)
            told = f"● ĐANG THU {length_clock(level.seconds)} / ~{expected}  "
            bar = meter(level, min(_METER, self.size.width - 2 * _METER))
            self._put("#prompt-told", Content.assemble((told, "bold $error"), bar))

    # Reading

    def action_record(self) -> None:
        """Begin a take, end it, or take it again."""
        if self.state == "recording":
            self._end()
        elif self.state == "playing":
            self._stop.set()
        elif self.state == "idle":
            self._begin()

    def action_next(self) -> None:
        """The next thing to do: begin, end, keep."""
        if self.state == "idle" and self.prompter.take:
            self._keep()
        else:
            self.action_record()

    def _begin(self) -> None:
        self.state, self._level = "starting", None
        self._notice = Content("Đang mở micrô, chờ một chút rồi hãy đọc…")
        self.show_told()
        self.job(lambda: self.prompter.begin(self._tell), self._begun, self._not_begun)

    def _tell(self, level: Level) -> None:
        """In the recorder's thread."""
        self.post_message(self.Levelled(level))

    def _begun(self, _none: None) -> None:
        self.state = "recording"
        self._notice = Content.styled("● ĐANG THU: mời đọc", "bold $error")
        self.show_told()
        self._show_level()

    def _not_begun(self, error: BroadcastError) -> None:
        if isinstance(error, CancelledError):
            self._dropped()
        else:
            self._failed(error)

    def _dropped(self) -> None:
        self.state, self._notice = "idle", Content("Đã bỏ lần thu này")
        if self.is_attached:
            self.show_told()

    def _end(self) -> None:
        self.state = "waiting"
        self.job(self.prompter.end, self._taken, self._failed)

    def _taken(self, _take: Take) -> None:
        self.state, self._notice = "idle", None
        self.show_told()

    def _keep(self) -> None:
        self.state = "waiting"
        self.job(self.prompter.keep, self._kept, self._failed)

    def _kept(self, more: bool) -> None:
        self.state = "idle"
        done = "✓ Đã thu hết các câu. Esc về kịch bản, ← → nghe lại từng câu."
        self._notice = None if more else Content.styled(done, "$success")
        self.show_all()

    def action_forget(self) -> None:
        """Drop the take; ask before what was kept is deleted."""
        if self.state != "idle":
            return
        recorded = self.prompter.line.recorded
        if self.prompter.take or recorded is None:
            self._forget("drop" if self.prompter.take else None)
            return
        ways = [Choice("keep", "Giữ lại"), Choice("drop", "Bỏ; máy đọc câu này ở mọi kịch bản")]
        self.app.push_screen(AskDialog(f"Bỏ bản thu của {recorded.by}?", "", ways), self._forget)

    def _forget(self, way: str | None) -> None:
        if way == "drop":
            self._notice = None
            self.job(self.prompter.forget, lambda _gone: self.show_all(), self._failed)

    # Going about

    def action_scroll(self, rows: int) -> None:
        """Scroll a line that has more words than there is room, also while it is read."""
        room = self.query_one("#prompt-room", VerticalScroll)
        room.scroll_relative(y=rows * max(1, room.size.height // 2), animate=False)

    def action_go(self, steps: int) -> None:
        """Go to another line, unless a take is waiting to be kept."""
        if self.state != "idle":
            return
        if self.prompter.take:
            self._ask_take(lambda: self._go(steps))
        else:
            self._go(steps)

    def _go(self, steps: int) -> None:
        self._notice = None
        self.prompter.go(steps)
        self.show_all()

    def action_go_on(self) -> None:
        """Go to the next line that nobody has read."""
        if self.state == "idle" and not self.prompter.take:
            self._kept(self.prompter.go_on())

    def _ask_take(self, then: Callable[[], None]) -> None:
        """Ask what becomes of a take that was not kept; then go on."""
        ways = [Choice("keep", "Giữ câu vừa thu"), Choice("drop", "Bỏ câu vừa thu")]

        def answered(way: str | None) -> None:
            if way == "keep":
                self.job(self.prompter.keep, lambda _more: then(), self._failed)
            elif way == "drop":
                self.prompter.take = None
                then()

        self.app.push_screen(AskDialog("Câu vừa thu chưa giữ", "", ways), answered)

    # Listening

    def action_listen(self) -> None:
        """Let the take be heard, or what is kept, or the engine's voice."""
        if self.state == "idle":
            self.state, self._stop = "playing", Event()
            self._notice = Content("Đang chuẩn bị…")
            self.show_told()
            self._play(self._stop)

    @work(thread=True, exclusive=True, exit_on_error=False, group="long")
    def _play(self, stop: Event) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs
        from broadcast.workflow.listen import play  # noqa: PLC0415 - sound is heavy

        error: BroadcastError | None = None
        try:
            sound: Sound = self.prompter.heard()
            play(sound, stop, self._tell_heard)
        except Exception as failed:
            error = told_error(failed)
        self.post_message(self.Heard(0.0, error, over=True))

    def _tell_heard(self, seconds: float) -> None:
        self.post_message(self.Heard(seconds))

    @on(Heard)
    def _show_heard(self, message: Heard) -> None:
        if self.state != "playing":
            return
        self._notice = Content(f"▶ Đang nghe {length_clock(message.seconds)}")
        if message.over:
            self.state, self._notice = "idle", None
        if message.error:
            self._failed(message.error)
        else:
            self.show_told()

    def action_leave(self) -> None:
        """Stop what goes on; where nothing does, close with all that was kept."""
        if self.state == "playing":
            self._stop.set()
        elif self.state == "starting":
            self.prompter.cancel()  # at once: jobs wait for the microphone that opens
        elif self.state == "recording":
            self.job(self.prompter.cancel)
            self._dropped()
        elif self.state == "idle" and self.prompter.take:
            self._ask_take(self._close)
        elif self.state == "idle":
            self._close()

    def _close(self) -> None:
        self.dismiss(None)
