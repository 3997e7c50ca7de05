"""Making audio from the screen Sản xuất: one run at a time, which goes on whatever is shown."""

from __future__ import annotations

import time
from abc import abstractmethod
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from broadcast.domain.wording import length_clock, length_text
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.progress import TELL_EVERY
from broadcast.tui.hints import key_of
from broadcast.tui.screens.base import DONE, WRONG, StationScreen
from broadcast.tui.widgets.items import Standing
from broadcast.workflow.progress import seconds_left

if TYPE_CHECKING:
    from broadcast.domain.week import WeekId
    from broadcast.workflow.production import Made, Mark


@dataclass(slots=True)
class Run:
    """The work that runs: for which week, which scripts, since when, how far.

    `told` is the worker's own: when it posted a mark of each script last.
    """

    week: WeekId
    scripts: tuple[str, ...]
    began: float
    stop: Event = field(default_factory=Event)
    whole: float = 0.0
    told: dict[str, float] = field(default_factory=dict)


class StopDialog(AskDialog[str]):
    """Whether to stop what is being read; closed when that ends by itself."""

    def __init__(self, done: int, total: int) -> None:
        ways = [
            Choice("stay", "Đọc tiếp"),
            Choice("stop", "Dừng; những tệp đã xong được giữ lại"),
        ]
        super().__init__("Dừng đọc?", f"Đã xong {done} trong {total} kịch bản.", ways)


class RenderRun(StationScreen):
    """Starts and stops the run, and keeps its marks."""

    monotonic = staticmethod(time.monotonic)
    """Seconds that only go forward; tests hold them still."""

    class Marked(Message):
        """The run is a step further."""

        def __init__(self, run: Run, mark: Mark) -> None:
            super().__init__()
            self.run = run
            self.mark = mark

    class Ended(Message):
        """The run is over: what it made, or why it could not even begin."""

        def __init__(self, made: Made | BroadcastError) -> None:
            super().__init__()
            self.made = made

    run: Run | None = None
    standing: Standing
    trouble: BroadcastError | None = None
    """All that failed in the last run, to be read."""

    _untold: BroadcastError | None = None
    """The same, while nobody was on this screen to be told."""

    def begin(self, week: WeekId, scripts: tuple[str, ...]) -> None:
        """Make the audio of scripts in the worker."""
        self.run = Run(week, scripts, self.monotonic())
        self.standing.queue = scripts
        self.standing.shares.clear()
        self.standing.failed.clear()
        self.trouble = None
        self.shell.tell_running(self.WHERE, f"{0:.0%}")
        self.show_run()
        self._make(self.run)

    @work(thread=True, exclusive=True, exit_on_error=False, group="long")
    def _make(self, run: Run) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - as dialogs do
        from broadcast.workflow.production import make  # noqa: PLC0415 - when asked for

        try:
            desk = self.office.desk
            made: Made | BroadcastError = make(
                desk, run.scripts, lambda mark: self._tell(run, mark), run.stop
            )
        except Exception as error:
            made = told_error(error)
        self.post_message(self.Ended(made))

    def _tell(self, run: Run, mark: Mark) -> None:
        """In the worker: post a mark, but not more of them than can be seen."""
        now, told = self.monotonic(), run.told.get(mark.script)
        # Several may be made at the same time, so each is told of at its own pace.
        if told is None or mark.share == 1.0 or mark.error or now - told > TELL_EVERY:
            run.told[mark.script] = now
            self.post_message(self.Marked(run, mark))

    @on(Marked)
    def _marked(self, message: Marked) -> None:
        mark, run = message.mark, message.run
        if run is not self.run:
            return
        run.whole = mark.whole
        if mark.error is None:
            self.standing.shares[mark.script] = mark.share
        else:
            self.standing.shares.pop(mark.script, None)
            self.standing.failed[mark.script] = mark.error
        self.shell.tell_running(self.WHERE, f"{run.whole:.0%}")
        self.show_run(mark.script)

    @on(Ended)
    def _ended(self, message: Ended) -> None:
        self.run = None
        self.standing.queue = ()
        self.standing.shares.clear()
        if isinstance(self.app.screen, StopDialog):
            self.app.pop_screen()
        made = message.made
        if isinstance(made, BroadcastError):
            self._tell_end(made.title, made)
        else:
            self._tell_made(made)

    def _tell_made(self, made: Made) -> None:
        from broadcast.workflow.production import told_failures  # noqa: PLC0415 - it is loaded

        self.standing.failed = {one.script: one.error for one in made.failed}
        self.standing.chosen -= {one.hearing.script.id for one in made.done}
        length = length_text(sum(one.audio.seconds for one in made.done))
        count = len(made.done)
        told = f"Đã đọc xong {count} kịch bản ({length})" if count else "Chưa đọc xong kịch bản nào"
        if made.stopped:
            told = f"Đã dừng. {told}"
        if made.failed:
            told += f"; {len(made.failed)} cái lỗi: {key_of('render.errors')} xem lại"
        self._tell_end(told, told_failures(made))

    def _tell_end(self, told: str, trouble: BroadcastError | None) -> None:
        """Say how it ended; errors at once only to who is looking at this screen."""
        self.trouble = trouble
        here = self.app.screen is self
        self.shell.tell_running(self.WHERE, "" if here else WRONG if trouble else DONE)
        self.show_end(told)
        if trouble and here:
            self.show_error(trouble)
        elif trouble:
            self._untold = trouble

    def on_screen_resume(self) -> None:
        """Shown again: what ended meanwhile is told now."""
        if self.run is None:
            self.shell.tell_running(self.WHERE)
        if self._untold is not None:
            trouble, self._untold = self._untold, None
            self.show_error(trouble)

    def on_unmount(self) -> None:
        """However the app ends, its threads have to."""
        if self.run is not None:
            self.run.stop.set()

    def ask_to_stop(self) -> None:
        """Ask whether the run is to end; it does within a second."""
        run = self.run
        if run is None or run.stop.is_set():
            return

        def answered(way: str | None) -> None:
            if way == "stop" and run is self.run:
                self.stop_work()

        self.app.push_screen(StopDialog(self.finished, len(run.scripts)), answered)

    @property
    def finished(self) -> int:
        """How many scripts of the run are through."""
        return sum(share == 1.0 for share in self.standing.shares.values())

    def run_text(self) -> str:
        """How far the run is, in words."""
        run = self.run
        if run is None:
            return ""
        if run.stop.is_set():
            return "Đang dừng, xin chờ…"
        return f"Đang đọc {self.finished}/{len(run.scripts)} ({run.whole:.0%}){self._left()}"

    def run_short(self) -> str:
        """The same behind a week's title in the small window."""
        return f"{self.run.whole:.0%}{self._left()}" if self.run else ""

    def left_text(self) -> str:
        """How long the run still takes, "" while nobody knows."""
        run = self.run
        left = seconds_left(self.monotonic() - run.began, run.whole) if run else None
        return "" if left is None else f"còn khoảng {length_clock(left)}"

    def _left(self) -> str:
        return f", {left}" if (left := self.left_text()) else ""

    def at_work(self) -> str:
        """What is asked when the app is to be left while the run goes on."""
        run = self.run
        if run is None:
            return ""
        left = len(run.scripts) - self.finished
        return f"Đang đọc thành MP3, còn {left} kịch bản chưa xong. Thoát bây giờ?"

    def stop_work(self) -> None:
        """Ask the run to end; what is finished stays."""
        if self.run is not None:
            self.run.stop.set()
            self.show_run()

    @abstractmethod
    def show_run(self, script: str | None = None) -> None:
        """Show how far the run is; `script` is the only one that changed."""

    @abstractmethod
    def show_end(self, told: str) -> None:
        """Show what there is after the run, and tell how it ended."""
