"""Long work: how far it is, what is left, and a way to stop it."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Event
from typing import Any, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import ProgressBar, Static

from broadcast.domain.wording import length_clock
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.base import Dialog
from broadcast.workflow.progress import Progress, Step, seconds_left

Outcome = tuple[Any, BroadcastError | None]
"""What the work made, or why it did not."""

TELL_EVERY = 0.05
"""Seconds between two steps shown; more would only be drawn, not seen."""


class ProgressDialog(Dialog[Outcome]):
    """Runs `work` with a progress; Esc asks it to stop and waits until it has."""

    KEYS = "Esc dừng (những gì đã xong được giữ lại)"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c", "leave", "Dừng", show=False, id="progress.stop")
    ]

    class Stepped(Message):
        """The work is a step further."""

        def __init__(self, step: Step) -> None:
            super().__init__()
            self.step = step

    class Ended(Message):
        """The work is over."""

        def __init__(self, outcome: Outcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(self, title: str, run: Callable[[Progress], Any]) -> None:
        super().__init__(title)
        self.run = run
        self.stop = Event()
        self.began = time.monotonic()
        self._told = 0.0
        self._unheeded = False

    def body(self) -> ComposeResult:
        """The bar, and below it what is being done and how long it still takes."""
        yield ProgressBar(show_eta=False)
        yield Static(Text("Đang chuẩn bị…"), id="step")

    def on_mount(self) -> None:
        """Begin."""
        self._work()

    @work(thread=True, exclusive=True, exit_on_error=False, group="long")
    def _work(self) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs

        try:
            outcome: Outcome = self.run(Progress(self._tell, self.stop)), None
        except Exception as error:
            outcome = None, told_error(error)
        self.post_message(self.Ended(outcome))

    def _tell(self, step: Step) -> None:
        now = time.monotonic()
        if now - self._told > TELL_EVERY or step.done == step.total:
            self._told = now
            self.post_message(self.Stepped(step))

    @on(Stepped)
    def _show(self, message: Stepped) -> None:
        step = message.step
        self.query_one(ProgressBar).update(total=max(step.total, 1), progress=step.done)
        if not self.stop.is_set():
            self.query_one("#step", Static).update(Text(f"{step.label}\n{self._left(step)}"))

    def _left(self, step: Step) -> str:
        left = seconds_left(time.monotonic() - self.began, step.share)
        counted = f"{step.done}/{step.total}"
        return counted if left is None else f"{counted}, còn khoảng {length_clock(left)}"

    @on(Ended)
    def _end(self, message: Ended) -> None:
        # Whatever was opened over this dialog (help, the question at quitting) goes with it.
        while self.app.screen is not self:
            self.app.pop_screen()
        self.dismiss(None if self._unheeded else message.outcome)

    def stop_work(self) -> None:
        """Stop the work, as the app is left: the dialog closes when it has, without a result."""
        self._unheeded = True
        self.action_leave()

    def action_leave(self) -> None:
        """Ask the work to stop; the dialog closes when it has."""
        self.stop.set()
        self.query_one("#step", Static).update(Text("Đang dừng, xin chờ…"))
