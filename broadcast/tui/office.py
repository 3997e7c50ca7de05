"""What all screens share: the workspace, what has been read of it, the moment, who approves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from broadcast.domain.week import VIETNAM, WeekId

if TYPE_CHECKING:
    from broadcast.store.workspace import Workspace
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.wide_changes import WideChanges


def local_now() -> datetime:
    """This moment in Vietnam, to the second."""
    return datetime.now(VIETNAM).replace(microsecond=0)


@dataclass
class Office:
    """One station's office, open on the screen.

    `approver` approved last and `target` is where the last export went: both stand in the forms
    the next time. `player` is the kind of player chosen last, `players` those chosen by the folder
    (as typed) they were chosen for. `papers` is the folder from which a plan's document was taken
    last. `week` is the week shown last. `running` tells by screen how far its long work is ("45%").
    `left_open`: whether texts may go to Google was asked and not answered.
    """

    root: Path
    clock: Callable[[], datetime] = local_now
    approver: str = ""
    target: str = ""
    player: str = ""
    players: dict[str, str] = field(default_factory=dict)
    papers: Path | None = None
    running: dict[str, str] = field(default_factory=dict)
    left_open: bool = False
    _week: WeekId | None = None
    _wide: WideChanges | None = None
    _opening: Lock = field(default_factory=Lock)

    @cached_property
    def workspace(self) -> Workspace:
        """The workspace; asked for in workers only, since its readers take time to load."""
        from broadcast.store.workspace import Workspace  # noqa: PLC0415 - after the first paint

        return Workspace(self.root)

    @property
    def desk(self) -> Desk:
        """What has been read of the workspace; asked for in workers only, as `workspace`."""
        with self._opening:
            return self._desk

    @cached_property
    def _desk(self) -> Desk:
        from broadcast.workflow.desk import Desk  # noqa: PLC0415 - after the first paint

        return Desk(self.workspace)

    @property
    def wide(self) -> WideChanges:
        """Changes beyond one week; asked for in workers only, as `workspace`."""
        with self._opening:
            if self._wide is None:
                from broadcast.workflow.wide_changes import WideChanges  # noqa: PLC0415 - as above

                self._wide = WideChanges(self._desk)
            return self._wide

    def wide_undo_newer(self, than: int) -> bool:
        """Whether the last change beyond one week is later than a session's `undo_at`."""
        return self._wide is not None and self._wide.undo_at > than

    def wide_redo_newer(self, than: int) -> bool:
        """Whether one was taken back later than a session's `undo_at` and `redo_at`."""
        return self._wide is not None and self._wide.redo_at > than

    def now(self) -> datetime:
        """This moment, aware."""
        return self.clock()

    def today(self) -> date:
        """Today, in Vietnam."""
        return self.clock().date()

    @property
    def week(self) -> WeekId:
        """The week shown last; before any was, the one of today."""
        return self._week or WeekId.of(self.today())

    @week.setter
    def week(self, week_id: WeekId) -> None:
        self._week = week_id
