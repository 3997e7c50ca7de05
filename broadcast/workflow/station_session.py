"""The station being set up: each change is saved at once, can be undone, overwrites nobody's."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from broadcast.domain.plan import Plan
from broadcast.domain.station import Screen, Station
from broadcast.domain.station_edit import changed
from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, ConflictError, InputError
from broadcast.store.files import Revision, revision, write_whole
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name
from broadcast.workflow.desk import Desk
from broadcast.workflow.history import History, State, Step, Undoable
from broadcast.workflow.rules import all_doubts, plain

Edit = Callable[[Station], Station]
"""A change: the station after it; raises BroadcastError where it may not be."""


@dataclass(slots=True, eq=False, repr=False)
class StationSession(Undoable[Station]):
    """The station being set up.

    Every change is one undo step and is saved before it returns (whole file, revision check); a
    change raises ConflictError, and changes nothing, when the file was changed elsewhere since
    `open` or `reload`. All methods may touch the disk and are safe in any thread.
    """

    desk: Desk
    station: Station
    _seen: Revision
    _history: History[Station] = field(default_factory=History)

    @classmethod
    def open(cls, desk: Desk) -> StationSession:
        """Open the station's file.

        Raises:
            InputError: it cannot be read; every problem with its line.
        """
        with desk.lock:
            seen = revision(desk.workspace.station_path)
            return cls(desk, desk.station(), seen)

    def change(self, what: str, edit: Edit) -> bool:
        """Make a change and save it; whether anything became different.

        Args:
            what: what it does, for undo and for those who wait ("thêm cụm loa «Bản Lạn»").
        """
        with self.desk.lock:
            self._catch_up()
            after = edit(self.station)
            if after == self.station:
                return False
            before = self._state()
            self._write(what, after)
            self._history.push(Step(what, before, self._state(), changed))
            return True

    def undo(self) -> str:
        """Take back the last change; says which.

        Raises:
            InputError: there is none.
        """
        with self.desk.lock:
            self._catch_up()
            if not self._history.done:
                raise InputError("Không hoàn tác được", "chưa có thay đổi nào để hoàn tác")
            step = self._history.done[-1]
            self._history.undone.append(self._make(step.reverse, "hoàn tác").reverse)
            return self._history.done.pop().what

    def redo(self) -> str:
        """Do again what was undone last; says what.

        Raises:
            InputError: there is nothing.
        """
        with self.desk.lock:
            self._catch_up()
            if not self._history.undone:
                raise InputError("Không làm lại được", "không có thay đổi nào để làm lại")
            self._history.done.append(self._make(self._history.undone[-1], "làm lại"))
            return self._history.undone.pop().what

    def changed_on_disk(self) -> bool:
        """Whether the file is another one than was last read or saved here."""
        with self.desk.lock:
            return revision(self.desk.workspace.station_path) != self._seen

    def reload(self) -> tuple[str, ...]:
        """Take the station as its file has it now; says what cannot be undone any more.

        Raises:
            InputError: the file cannot be read; the session stays as it was.
        """
        with self.desk.lock:
            seen = revision(self.desk.workspace.station_path)
            self.station, self._seen = self.desk.station(), seen
            return self._history.fit(self.station)

    def _catch_up(self) -> None:
        """Take over a file that says the same of the station: comments, colours or keys changed."""
        seen = revision(self.desk.workspace.station_path)
        if seen != self._seen:
            with suppress(BroadcastError):  # told as a conflict when saving
                station = self.desk.station()
                if station == self.station:
                    self.station, self._seen = station, seen

    def _make(self, step: Step[Station], name: str) -> Step[Station]:
        """Make a step of the history; gives it back with the files as they are this time."""
        station = step.on(self.station)
        assert station is not None  # noqa: S101 - History.fit keeps only what fits
        before = self._state()
        self._write(f"{name}: {step.what}", station, step.file_on(self._seen))
        return Step(step.what, before, self._state(), changed)

    def _write(self, what: str, station: Station, raw: bytes | None = None) -> None:
        """Save the station, to the letter if its file's bytes are given."""
        workspace = self.desk.workspace
        with workspace.lock(what):
            if self.changed_on_disk():
                happened = "cài đặt đài vừa bị sửa ở cửa sổ khác hoặc trong tệp station.yaml"
                mend = "đọc lại tệp, xem chỗ khác đi, rồi làm lại thay đổi vừa rồi"
                raise ConflictError("Chưa lưu, để không ghi đè", happened, mend)
            if raw is None:
                self._seen = workspace.save_station(station, self._seen)
            else:
                self._seen = write_whole(workspace.station_path, raw, expected_revision=self._seen)
        self.station = station

    def _state(self) -> State[Station]:
        return State.of(self.station, self._seen, self.desk.workspace.station_path)


def new_id(name: str, taken: Collection[str]) -> str:
    """An id for a new zone or slot out of its name: "Bản Lạn" is "ban-lan", the second one -2."""
    plain = ascii_name(name)
    count = 2
    found = plain
    while found in taken:
        found = f"{plain}-{count}"
        count += 1
    return found


def weeks_using(desk: Desk, *, zone: str = "", slot: str = "") -> tuple[WeekId, ...]:
    """Weeks with airings for that zone or in that slot; weeks that cannot be read are left out."""
    found = []
    for week_id in desk.workspace.week_ids():
        try:
            airings = desk.week(week_id).airings
        except BroadcastError:
            continue  # the week screen tells what is wrong with it
        if any((zone and zone in a.zones) or (slot and a.slot == slot) for a in airings):
            found.append(week_id)
    return tuple(found)


def save_screen(workspace: Workspace, edit: Callable[[Screen], Screen]) -> Screen:
    """Change how the screens look and which keys they take; nothing else of the station's file.

    Raises:
        BroadcastError: the file cannot be read or written.
    """
    with workspace.lock("ghi cài đặt màn hình"):
        seen = revision(workspace.station_path)
        station = workspace.load_station()
        screen = edit(station.screen)
        if screen != station.screen:
            workspace.save_station(replace(station, screen=screen), seen)
        return screen


def readable_plans(desk: Desk) -> list[Plan]:
    """The workspace's plans; one that cannot be read keeps nobody from looking at the station."""
    found = []
    for plan_id in desk.workspace.plan_ids():
        with suppress(BroadcastError):
            found.append(desk.plan(plan_id))
    return found


def station_view(station: Station, plans: Iterable[Plan] = ()) -> dict[str, Any]:
    """The station for other programs, with what is odd about it (also beside its `plans`)."""
    view = asdict(station)
    for part in (view["rules"], *view["slots"]):
        part |= {key: plain(held) for key, held in part.items()}
    for slot in view["slots"]:
        slot["except_on"] = [day.isoformat() for day in slot["except_on"]]
    found = [{"message": one.message, "mend": one.suggestion} for one in all_doubts(station, plans)]
    return {**view, "doubts": found}
