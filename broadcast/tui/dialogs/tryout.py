"""Voices side by side on one sentence: each is made, drawn, heard; one may be chosen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Label, OptionList, Static
from textual.widgets.option_list import Option

from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.hints import in_keys
from broadcast.tui.widgets.fields import Field
from broadcast.tui.widgets.waveform import waveform

if TYPE_CHECKING:
    from broadcast.workflow.voice_tryout import Candidate, Tried

Try = Callable[["Candidate", str], "Tried"]
"""Makes the sentence in a voice; called in a worker."""

_TITLE = 32


@dataclass(slots=True)
class _Row:
    """A voice on screen: what it made, or why it did not."""

    candidate: Candidate
    tried: Tried | None = None
    error: BroadcastError | None = None


class TryOutDialog(Dialog["Candidate"]):
    """Lets voices be compared; its result is the one chosen.

    Args:
        voices: all there are, those that cannot be had too.
        sentence: the one to begin with.
        make: makes the sentence in a voice.
        ask: called for a voice that only waits for an answer; then all is shown anew.
    """

    KEYS = "F9 nghe giọng này · F5 nghe lần lượt · Enter dùng cho đài · Tab sửa câu · Esc đóng"
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 - as Textual has it
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9", "listen", "Nghe", show=False, id="tryout.listen"),
        Binding("space", "listen", "Nghe", show=False, id="tryout.space"),
        Binding("f5", "listen_all", "Nghe lần lượt", show=False, id="tryout.all"),
    ]

    class Made(Message):
        """A voice made the sentence, or could not."""

        def __init__(self, at: int, text: str, tried: Tried | BroadcastError) -> None:
            super().__init__()
            self.at, self.text, self.tried = at, text, tried

    class Playing(Message):
        """This voice is being heard; None: no more, for what reason."""

        def __init__(self, at: int | None, error: BroadcastError | None = None) -> None:
            super().__init__()
            self.at, self.error = at, error

    def __init__(
        self, voices: Sequence[Candidate], sentence: str, make: Try, ask: Callable[[], None]
    ) -> None:
        super().__init__("Nghe thử các giọng")
        self.add_class("-wide-dialog")
        self.rows = [_Row(one) for one in voices]
        self.sentence, self.make, self.ask = sentence, make, ask
        self.playing: int | None = None
        self._stop, self._making = Event(), Event()

    def body(self) -> ComposeResult:
        """The sentence, the voices, what went wrong last."""
        yield Label("Câu đọc thử (sửa rồi Enter)")
        yield Field(self.sentence, id="tryout-text", compact=True)
        yield OptionList(
            *(Option(row.candidate.title + "\n ") for row in self.rows), id="tryout-rows"
        )
        yield Static("", id="tryout-told")

    def on_mount(self) -> None:
        """Have every voice make the sentence."""
        self.query_one(OptionList).focus()
        self.query_one(OptionList).highlighted = self._first()
        self.call_after_refresh(self.show_rows)
        self._begin()

    def _first(self) -> int:
        """The voice the station uses, or else the first."""
        return next((n for n, row in enumerate(self.rows) if row.candidate.used), 0)

    def on_resize(self) -> None:
        """Pictures are as wide as the list."""
        self.call_after_refresh(self.show_rows)

    def on_unmount(self) -> None:
        """Whoever closes it ends what is made and heard."""
        self._stop.set()
        self._making.set()

    # On screen

    def show_rows(self) -> None:
        """Draw every voice as it stands."""
        if not self.is_attached:
            return
        listed = self.query_one(OptionList)
        width = listed.scrollable_content_region.width - 1
        for at in range(len(self.rows)):
            listed.replace_option_prompt_at_index(at, self._prompt(at, width))

    def _prompt(self, at: int, width: int) -> Content:
        row = self.rows[at]
        one = row.candidate
        mark = "▶" if self.playing == at else "●" if one.used else " "
        title = f"{mark} {one.title}{' (đang dùng)' if one.used else ''}"
        if one.why:
            return Content.assemble(f"{title}\n", (f"  không có: {one.why}", "$foreground 60%"))
        if row.error:
            told = row.error.happened or row.error.title
            return Content.assemble(f"{title}\n", (f"  ! {in_keys(told)}", "$error"))
        if row.tried is None:
            return Content.assemble(f"{title}\n", ("  đang đọc…", "$accent"))
        seconds = f"{row.tried.sound.seconds:.1f} giây".replace(".", ",")
        head = f"{title:<{_TITLE}}{seconds:>{max(10, width - _TITLE - 1)}}\n  "
        return Content.assemble(head, waveform(row.tried.levels, max(10, width - 3)))

    def _tell(self, text: Content) -> None:
        self.query_one("#tryout-told", Static).update(text)

    # Making

    def _begin(self) -> None:
        self._making.set()
        self._stop.set()
        self._making = Event()
        for row in self.rows:
            row.tried = row.error = None
        self._make_all(self.sentence, self._making)

    @work(thread=True, exclusive=True, exit_on_error=False, group="long")
    def _make_all(self, text: str, stop: Event) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs

        for at, row in enumerate(self.rows):
            if stop.is_set():
                return
            if row.candidate.why:
                continue
            try:
                tried: Tried | BroadcastError = self.make(row.candidate, text)
            except Exception as error:
                tried = told_error(error)
            self.post_message(self.Made(at, text, tried))

    @on(Made)
    def _show_made(self, message: Made) -> None:
        if message.text != self.sentence:
            return  # another sentence is being made meanwhile
        row, made = self.rows[message.at], message.tried
        if isinstance(made, BroadcastError):
            row.error = made
        else:
            row.tried = made
        self.show_rows()

    @on(Input.Submitted)
    def _again(self, event: Input.Submitted) -> None:
        text = " ".join(event.value.split())
        if text:
            self.sentence = text
            self._begin()
            self.show_rows()
            self.query_one(OptionList).focus()

    # Listening

    @property
    def here(self) -> int:
        """The voice under the cursor."""
        return self.query_one(OptionList).highlighted or 0

    def action_listen(self) -> None:
        """Hear the voice under the cursor; once more ends it."""
        if self.playing is not None:
            self._stop.set()
        elif self.rows[self.here].candidate.open_question:
            self.ask()
        elif self.rows[self.here].tried:
            self._hear([self.here])

    def action_listen_all(self) -> None:
        """Hear all voices in turn; once more ends it."""
        if self.playing is not None:
            self._stop.set()
        elif there := [n for n, row in enumerate(self.rows) if row.tried]:
            self._hear(there)

    def _hear(self, which: list[int]) -> None:
        self._stop = Event()
        self._play(which, self._stop)

    @work(thread=True, exclusive=True, exit_on_error=False, group="jobs")
    def _play(self, which: list[int], stop: Event) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs
        from broadcast.workflow.listen import play  # noqa: PLC0415 - sound is heavy

        failed: BroadcastError | None = None
        try:
            for at in which:
                tried = self.rows[at].tried
                if tried is None or stop.is_set():
                    break
                self.post_message(self.Playing(at))
                play(tried.sound, stop)
        except Exception as error:
            failed = told_error(error)
        self.post_message(self.Playing(None, failed))

    @on(Playing)
    def _show_playing(self, message: Playing) -> None:
        self.playing = message.at
        if message.error:
            told = message.error
            self._tell(Content.styled(f"! {told.title}: {told.happened} → {told.mend}", "$error"))
        self.show_rows()

    # Choosing

    @on(OptionList.OptionSelected)
    def _choose(self, event: OptionList.OptionSelected) -> None:
        one = self.rows[event.option_index].candidate
        if one.open_question:
            self.ask()
        elif one.why:
            self._tell(Content.styled(f"! Giọng này chưa dùng được: {one.why}", "$error"))
        else:
            self.dismiss(one)
