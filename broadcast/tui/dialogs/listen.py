"""Listening: a sound is made, then heard; where there is no loudspeaker it can be saved."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import ProgressBar, Static

from broadcast.domain.wording import length_clock
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import Blank, FormDialog
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.dialogs.progress import TELL_EVERY
from broadcast.workflow.progress import CancelledError, Progress, Step

if TYPE_CHECKING:
    from broadcast.workflow.listen import Sound

SAVE_AS = Path("nghe-thu.mp3")
"""The name offered where the caller has none: in the folder the program was started in."""

_STOP = "Esc dừng và đóng"
_SAVE = "Ctrl+S lưu thành tệp"
_RETRY = f"{_SAVE} · Enter thử lại · Esc đóng"
_AGAIN = f"Enter nghe lại · {_SAVE} · Esc đóng"


class ListenDialog(Dialog[None]):
    """Makes a sound in its worker and lets it be heard; Esc ends either and closes.

    Args:
        title: what is heard.
        make: makes the sound; stops with CancelledError when its progress says so.
        save_as: the file offered for saving, .mp3 or .wav.
    """

    KEYS = _STOP
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "again", "Nghe lại", show=False, id="listen.again"),
        Binding("ctrl+s", "save", "Lưu thành tệp", show=False, id="listen.save"),
    ]

    class Stepped(Message):
        """The sound is made so far."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    class Made(Message):
        """The sound is there."""

        def __init__(self, sound: Sound) -> None:
            super().__init__()
            self.sound = sound

    class Heard(Message):
        """So many seconds were heard."""

        def __init__(self, seconds: float) -> None:
            super().__init__()
            self.seconds = seconds

    class Ended(Message):
        """The sound was heard to its end."""

    class Failed(Message):
        """It could not be made, heard or saved."""

        def __init__(self, error: BroadcastError) -> None:
            super().__init__()
            self.error = error

    class Saved(Message):
        """The sound is in a file."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    def __init__(
        self, title: str, make: Callable[[Progress], Sound], save_as: Path = SAVE_AS
    ) -> None:
        super().__init__(title)
        self.make = make
        self.save_as = save_as
        self.sound: Sound | None = None
        self.error: BroadcastError | None = None
        self.playing = False
        self.stop = Event()
        self._told = 0.0

    def body(self) -> ComposeResult:
        """The bar, below it how far it is, or what went wrong."""
        yield ProgressBar(show_eta=False, show_percentage=False)
        with VerticalScroll(classes="dialog-ask", can_focus=False):
            yield Static(Text("Đang chuẩn bị…"), id="step")

    def on_mount(self) -> None:
        """Begin."""
        self._make_and_play()

    def on_unmount(self) -> None:
        """Whoever closes the dialog, or the app, ends the sound."""
        self.stop.set()

    # In the worker

    @work(thread=True, exclusive=True, exit_on_error=False, group="long")
    def _make_and_play(self) -> None:
        self._tried(self._made_and_played)

    @work(thread=True, exit_on_error=False, group="jobs")
    def _save(self, path: Path) -> None:
        self._tried(lambda: self._saved(path))

    def _tried(self, action: Callable[[], None]) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs

        try:
            action()
        except CancelledError:
            return  # the dialog is being closed
        except Exception as error:
            self.post_message(self.Failed(told_error(error)))

    def _made_and_played(self) -> None:
        from broadcast.workflow.listen import play  # noqa: PLC0415 - after first paint

        if self.sound is None:
            sound = self.make(Progress(self._tell, self.stop))
            self.post_message(self.Made(sound))
        else:
            sound = self.sound
        if play(sound, self.stop, self._tell_heard):
            self.post_message(self.Ended())

    def _saved(self, path: Path) -> None:
        from broadcast.workflow.listen import save_sound  # noqa: PLC0415 - after first paint

        if self.sound is not None:
            save_sound(self.sound, path)
            self.post_message(self.Saved(path))

    def _tell_heard(self, seconds: float) -> None:
        self.post_message(self.Heard(seconds))

    def _tell(self, step: Step) -> None:
        now = time.monotonic()
        if now - self._told > TELL_EVERY or step.done == step.total:
            self._told = now
            self.post_message(self.Stepped(step))

    # On screen

    @on(Stepped)
    def _show_step(self, message: Stepped) -> None:
        step = message.step
        done = 100 * step.done // max(step.total, 1)
        self._show(step.done, step.total, Text(f"Đang đọc: {done} %"))

    @on(Made)
    def _show_made(self, message: Made) -> None:
        self.sound, self.playing = message.sound, True
        self._show_heard(self.Heard(0.0))
        self._say_keys(f"{_SAVE} · {_STOP}")

    @on(Heard)
    def _show_heard(self, message: Heard) -> None:
        if self.sound is not None:
            whole = self.sound.seconds
            told = Text(f"{length_clock(message.seconds)} / {length_clock(whole)}")
            self._show(message.seconds, whole, told)

    @on(Ended)
    def _show_ended(self) -> None:
        self.playing = False
        self._say_keys(_AGAIN)

    @on(Saved)
    def _show_saved(self, message: Saved) -> None:
        self.remove_class("-error")
        self.query_one("#step", Static).update(Text(f"Đã lưu vào {message.path}"))
        self._say_keys(_AGAIN)

    @on(Failed)
    def _show_failed(self, message: Failed) -> None:
        self.error, self.playing = message.error, False
        self.add_class("-error")
        text = Text().append(f"{message.error.title}\n", "bold")
        text.append_text(error_text(message.error))
        self.query_one("#step", Static).update(text)
        self._say_keys(_RETRY if self.sound else "Esc đóng")

    def _show(self, done: float, whole: float, told: Text) -> None:
        self.query_one(ProgressBar).update(total=max(whole, 0.001), progress=done)
        self.query_one("#step", Static).update(told)

    def _say_keys(self, keys: str) -> None:
        self.query_one(".dialog-keys", Static).update(Text(keys))

    # Keys

    def action_again(self) -> None:
        """Hear it once more, when it is over."""
        if self.sound is not None and not self.playing:
            self.remove_class("-error")
            self.playing = True
            self._show_made(self.Made(self.sound))
            self._make_and_play()

    def action_save(self) -> None:
        """Ask where to, and save the sound; it goes on being heard meanwhile."""
        if self.sound is None:
            return
        blank = Blank("to", "Ghi vào tệp (.mp3 hoặc .wav)", str(self.save_as.absolute()))

        def named(values: dict[str, str] | None) -> None:
            if values:
                self._save(Path(values["to"]).expanduser())

        self.app.push_screen(FormDialog("Lưu thành tệp", [blank], _check_name), named)

    def action_leave(self) -> None:
        """Stop and close."""
        self.stop.set()
        self.dismiss(None)


def _check_name(values: dict[str, str]) -> dict[str, str]:
    from broadcast.workflow.listen import ENDINGS  # noqa: PLC0415 - after first paint

    if Path(values["to"]).suffix.lower() in ENDINGS:
        return {}
    return {"to": f"Tên tệp phải có đuôi {' hoặc '.join(ENDINGS)}"}
