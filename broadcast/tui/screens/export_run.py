"""Writing from the screen Xuất bản: one run at a time, which goes on whatever is shown."""

from __future__ import annotations

import time
from abc import abstractmethod
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from textual import on, work
from textual.message import Message

from broadcast.domain.wording import length_clock, size_text
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.progress import TELL_EVERY
from broadcast.tui.screens.base import DONE, WRONG, StationScreen
from broadcast.workflow.progress import CancelledError, Progress, Step, seconds_left

if TYPE_CHECKING:
    from broadcast.domain.week import WeekId
    from broadcast.workflow.share import Shared


@dataclass(frozen=True, slots=True)
class Asked:
    """What the fields ask for: which week, the target as typed, ids of zones (none: all)."""

    week: WeekId
    target: str
    zones: tuple[str, ...]


@dataclass(slots=True)
class Run:
    """The writing that goes on: of what, for which kind of player, since when, how far."""

    asked: Asked
    player: str
    began: float
    stop: Event = field(default_factory=Event)
    step: Step | None = None
    told: float = 0.0


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and whether it is on a drive that is taken out."""

    asked: Asked
    shared: Shared
    drive: bool
    player: str = ""
    """What the operator of the player has to know; nothing for a plain stick."""


class ExportRun(StationScreen):
    """Starts and stops the writing, and keeps what came of it."""

    monotonic = staticmethod(time.monotonic)
    """Seconds that only go forward; tests hold them still."""

    class Stepped(Message):
        """The writing is a step further."""

        def __init__(self, run: Run, step: Step) -> None:
            super().__init__()
            self.run = run
            self.step = step

    class Ended(Message):
        """The writing is over: what was written, or why not."""

        def __init__(self, end: Written | BroadcastError) -> None:
            super().__init__()
            self.end = end

    run: Run | None = None
    end: Written | BroadcastError | None = None
    """How the last writing ended, while that is shown."""

    def begin(self, asked: Asked, player: str) -> None:
        """Write in the worker."""
        self.run = Run(asked, player, self.monotonic())
        self.office.target = asked.target
        self.shell.tell_running(self.WHERE, f"{0:.0%}")
        self.show_run()
        self._write(self.run)

    def target_of(self, asked: Asked) -> Path:
        """The folder that is meant; relative ones are seen from the station's own.

        Raises:
            InputError: none is meant.
        """
        from broadcast.workflow.folders import typed_path  # noqa: PLC0415 - after first paint

        return typed_path(asked.target, self.office.root)

    @work(thread=True, exclusive=True, exit_on_error=False, group="long")
    def _write(self, run: Run) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - as dialogs do

        try:
            end: Written | BroadcastError = self._written(run)
        except Exception as error:
            end = told_error(error)
        self.post_message(self.Ended(end))

    def _written(self, run: Run) -> Written:
        """In the worker: write."""
        from broadcast.publish.drives import drive_of  # noqa: PLC0415 - when asked for
        from broadcast.workflow.share import export_week  # noqa: PLC0415 - icalendar is heavy

        asked, target = run.asked, self.target_of(run.asked)
        shared = export_week(
            self.office.workspace,
            asked.week,
            target,
            asked.zones,
            now=self.office.now(),
            progress=Progress(lambda step: self._tell(run, step), run.stop),
            player=run.player,
        )
        return Written(asked, shared, drive_of(target) is not None, _told_of(run.player))

    def _tell(self, run: Run, step: Step) -> None:
        """In the worker: post a step, but not more of them than can be seen."""
        now = self.monotonic()
        if step.share == 1.0 or now - run.told > TELL_EVERY:
            run.told = now
            self.post_message(self.Stepped(run, step))

    @on(Stepped)
    def _stepped(self, message: Stepped) -> None:
        if message.run is self.run:
            message.run.step = message.step
            self.shell.tell_running(self.WHERE, f"{message.step.share:.0%}")
            self.show_run()

    @on(Ended)
    def _ended(self, message: Ended) -> None:
        self.run = None
        end = message.end
        stopped = isinstance(end, CancelledError)
        self.end = None if stopped else end
        here = self.app.screen is self
        mark = WRONG if isinstance(end, BroadcastError) else DONE
        self.shell.tell_running(self.WHERE, "" if here or stopped else mark)
        self.show_end(end)

    def on_screen_resume(self) -> None:
        """Shown again: how it ended stands here."""
        if self.run is None:
            self.shell.tell_running(self.WHERE)

    def run_text(self) -> str:
        """How far the writing is, in words."""
        run = self.run
        if run is None:
            return ""
        if run.stop.is_set():
            return "Đang dừng, xin chờ…"
        step = run.step
        if step is None:
            return "Đang ghi…"
        left = seconds_left(self.monotonic() - run.began, step.share)
        rest = "" if left is None else f", còn khoảng {length_clock(left)}"
        size = f"{size_text(step.written)} trong {size_text(step.size)}"
        return f"Đang ghi {step.done}/{step.total} tệp, {size}{rest}"

    def at_work(self) -> str:
        """What is asked when the app is to be left while it is being written."""
        if self.run is None:
            return ""
        return f"Đang ghi tuần ra {self.run.asked.target}, chưa xong. Thoát bây giờ?"

    def stop_work(self) -> None:
        """Ask the writing to end; the folder stays as it was."""
        if self.run is not None:
            self.run.stop.set()
            self.show_run()

    @abstractmethod
    def show_run(self) -> None:
        """Show how far it is."""

    @abstractmethod
    def show_end(self, end: Written | BroadcastError) -> None:
        """Show how it ended."""


def _told_of(player: str) -> str:
    """A player's name and limits, which its operator has to know; a plain stick has none."""
    from broadcast.publish.players import PLAYERS, player_of  # noqa: PLC0415 - when asked for

    kind = player_of(player)
    return "" if kind is PLAYERS[0] else f"{kind.name}: {kind.limits}."
