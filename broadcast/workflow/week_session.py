"""One week being edited: every change is saved at once, can be undone, and overwrites nobody's."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from broadcast.domain import collisions as colliding
from broadcast.domain import repeats, week_edit
from broadcast.domain.collisions import Collision, CollisionError, Maker, WayOut
from broadcast.domain.rota import Fill
from broadcast.domain.week import Airing, Finding, Week, WeekId
from broadcast.domain.wording import moment
from broadcast.errors import BroadcastError, InputError, NotFoundError
from broadcast.store.files import Revision, revision, write_whole
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.history import History, State, Step, Undoable
from broadcast.workflow.newcomers import content_of
from broadcast.workflow.week_fill import filled
from broadcast.workflow.week_history import Difference, Reload, changed, changed_elsewhere
from broadcast.workflow.weeks import WeekView, mended, neighbours, seen_from

__all__ = ["Clip", "Collision", "CollisionError", "Reload", "WayOut", "WeekSession"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Clip:
    """A copied airing, to be pasted into this or another week; it outlives the airing itself."""

    airing: Airing


@dataclass(slots=True, eq=False, repr=False)
class WeekSession(Undoable[Week]):
    """One week being edited.

    Every change is one undo step, is saved before it returns (whole file, revision check), and
    renews `view`. A change raises ConflictError, and changes nothing, when the file was changed
    elsewhere since `open` or `reload`; after `reload` it can be made again. Changes that put an
    airing somewhere (add, move, paste) raise CollisionError, with the ways out, where another one
    sounds; the same call with `out=` one of its `ways` goes through.

    All methods may touch the disk and are safe in any thread: call them in a worker. The fields
    are values that never change in place: screens may read them at any time.
    """

    desk: Desk
    week_id: WeekId
    view: WeekView
    _seen: Revision
    _history: History[Week] = field(default_factory=History)
    _changed: dict[WeekId, WeekSession] = field(default_factory=dict)

    @classmethod
    def open(
        cls, workspace: Workspace, week_id: WeekId, *, desk: Desk | None = None
    ) -> WeekSession:
        """Open a week; one without a file is empty, and gets a file with its first change.

        Args:
            desk: what is read already; sessions opened with one desk share it.
        """
        desk = desk or Desk(workspace)
        with desk.lock:
            seen = revision(workspace.week_path(week_id))
            return cls(desk, week_id, seen_from(desk, desk.week(week_id)), seen)

    @property
    def week(self) -> Week:
        """The week as last saved or loaded here."""
        return self.view.week

    # Going to other weeks: each has a session and an undo history of its own.

    def go_to(self, day: date) -> WeekSession:
        """The session of the week `day` is in, as it was left if something was changed there.

        Its file may have been changed elsewhere meanwhile, see `changed_on_disk`.
        """
        return self._of(WeekId.of(day))

    def next_week(self) -> WeekSession:
        """The session of the week after."""
        return self._of(self.week_id.after())

    def previous_week(self) -> WeekSession:
        """The session of the week before."""
        return self._of(self.week_id.before())

    def _of(self, week_id: WeekId) -> WeekSession:
        """The session of a week; one that has something to undo is kept for when she comes back."""
        with self.desk.lock:
            if self.can_undo or self.can_redo:
                self._changed[self.week_id] = self
            known = self._changed.get(week_id)
            if known:
                known.refresh()
                return known
            opened = WeekSession.open(self.desk.workspace, week_id, desk=self.desk)
            opened._changed = self._changed
            return opened

    # Changes

    def add(
        self,
        day: date,
        slot_id: str,
        topic: tuple[str, str] | None = None,
        script_id: str | None = None,
        *,
        out: WayOut | None = None,
    ) -> Airing:
        """Put an airing of a topic (plan id, path), of a script, or of both into a slot on a day.

        Raises:
            InputError: neither topic nor script, or the slot is not on that day.
            NotFoundError: no such slot, plan, topic or script.
            CollisionError: something is on air then.
        """
        with self.desk.lock:
            station = self.view.station
            content = content_of(self.desk, topic, script_id)

            def make(day: date, slot_id: str) -> Airing:
                into = week_edit.find_slot(station, slot_id, "Không thêm được lượt phát")
                sized = replace(
                    content, slot=slot_id, minutes=into.minutes, zones=station.zones_of(into)
                )
                return week_edit.standing_in(sized, station, day, slot_id)

            return self._put("thêm", make, out or (day, slot_id))

    def move(self, airing_id: str, day: date, slot_id: str, *, out: WayOut | None = None) -> Airing:
        """Move an airing of the week into a slot on a day; its id stays.

        Raises:
            NotFoundError, InputError, CollisionError: as `add`.
        """
        with self.desk.lock:
            before, station = self.week, self.view.station

            def make(day: date, slot_id: str) -> Airing:
                moved = week_edit.move(before, airing_id, station, day=day, slot=slot_id)
                return week_edit.find(moved, airing_id)

            rest = week_edit.remove(before, airing_id)
            return self._put("dời", make, out or (day, slot_id), rest)

    def mend(self, finding: Finding) -> None:
        """Do what a finding of `view` offers (`finding.change`), as one step to undo.

        Raises:
            InputError: it offers nothing.
            NotFoundError: the airing or slot is not there any more.
        """
        with self.desk.lock:
            airing = self.week.airing(finding.airing or "")
            what = self._called(airing) if airing else finding.message
            self._save(f"sửa theo gợi ý: {what}", mended(self.week, self.view.station, finding))

    def swap(self, first_id: str, second_id: str) -> None:
        """Let two airings of the week change places."""
        with self.desk.lock:
            first, second = (week_edit.find(self.week, one) for one in (first_id, second_id))
            what = f"đổi chỗ {self._called(first)} với {self._called(second)}"
            self._save(what, week_edit.swap(self.week, first_id, second_id))

    def remove(self, airing_id: str) -> None:
        """Take an airing out of the week; its script stays."""
        with self.desk.lock:
            airing = week_edit.find(self.week, airing_id)
            self._save(f"bỏ {self._called(airing)}", week_edit.remove(self.week, airing_id))

    def copy(self, airing_id: str) -> Clip:
        """An airing to be pasted elsewhere; nothing changes."""
        return Clip(week_edit.find(self.week, airing_id))

    def paste(self, clip: Clip, day: date, slot_id: str, *, out: WayOut | None = None) -> Airing:
        """Put a copy of what was copied into a slot on a day, with the same topic and script.

        Raises:
            NotFoundError, InputError, CollisionError: as `add`.
        """
        with self.desk.lock:
            station = self.view.station
            source = replace(clip.airing, why=f"chép từ {moment(clip.airing.starts)}")

            def make(day: date, slot_id: str) -> Airing:
                return week_edit.standing_in(source, station, day, slot_id)

            return self._put("dán", make, out or (day, slot_id))

    def fill(self, places: Collection[tuple[date, str]] | None = None) -> Fill:
        """Give every free slot of the week a topic, or only those of `places` (day, slot id).

        Raises:
            NotFoundError: there is no plan to fill from.
        """
        with self.desk.lock:
            done = filled(self.desk, self.week, only=places)
            if done.added:
                self._save(f"xếp {len(done.added)} lượt phát", done.week)
            return done

    def copy_last_week(self) -> int:
        """Copy last week's airings to the same weekdays, where nothing is on air; how many.

        Raises:
            NotFoundError: last week has none.
        """
        with self.desk.lock:
            last = self.desk.week(self.week_id.before())
            if not last.airings:
                happened = f"tuần {last.id} chưa có lượt phát nào"
                raise NotFoundError("Không chép được", happened, "xếp lịch cho tuần này")
            week = week_edit.copied_into(self.week, last, neighbours(self.desk, self.week_id))
            count = len(week.airings) - len(self.week.airings)
            if count:
                self._save(f"chép {count} lượt phát từ tuần {last.id}", week)
            return count

    def through(self, what: str, action: Callable[[], _T]) -> _T:
        """Let a use case change the week's file (making its scripts), as one undo step.

        Args:
            what: what it does, for undo, in Vietnamese ("soạn kịch bản cho tuần").

        Raises:
            ConflictError: the file was changed elsewhere; `action` was not begun.
        """
        with self.desk.lock, self.desk.workspace.lock(what):
            if self.changed_on_disk():
                raise changed_elsewhere(self.week_id)
            before = self._state()
            try:
                return action()
            finally:
                self._load()
                if self.week != before.value:
                    self._history.push(Step(what, before, self._state(), changed))

    # Undo and redo

    def undo(self) -> str:
        """Take back the last change; says which.

        Raises:
            InputError: there is none.
        """
        with self.desk.lock:
            if not self.can_undo:
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
            if not self.can_redo:
                raise InputError("Không làm lại được", "không có thay đổi nào để làm lại")
            self._history.done.append(self._make(self._history.undone[-1], "làm lại"))
            return self._history.undone.pop().what

    def _make(self, step: Step[Week], name: str) -> Step[Week]:
        """Make a step of the history; gives it back with the files as they are this time."""
        week = step.on(self.week)
        assert week is not None  # noqa: S101 - History.fit keeps only what fits
        before = self._state()
        self._write(f"{name}: {step.what}", week, step.file_on(self._seen))
        return Step(step.what, before, self._state(), changed)

    # What is in the way

    def collisions(
        self,
        day: date,
        slot_id: str,
        zones: Collection[str] = (),
        *,
        moving: str | None = None,
    ) -> list[Collision]:
        """What sounds in a slot on a day in `zones` (none: all that hear the slot).

        Args:
            moving: id of the airing that is to go there, which is not in its own way.
        """
        station = self.view.station
        slot = week_edit.find_slot(station, slot_id, "Không xem được khung giờ")
        heard = tuple(z for z in station.zones_of(slot) if not zones or z in zones)
        wish = Airing("", day, slot.start, slot.minutes, heard, slot_id)
        week = week_edit.remove(self.week, moving) if moving else self.week
        return colliding.collisions(week, wish, neighbours(self.desk, self.week_id))

    # What others do to the file

    def changed_on_disk(self) -> bool:
        """Whether the week's file is another one than was last loaded or saved here."""
        with self.desk.lock:
            return revision(self._path) != self._seen

    def reload(self) -> Reload:
        """Take the week as its file has it now; says what changed, and what undo lost.

        Raises:
            InputError: the file cannot be read; the session stays as it was.
        """
        with self.desk.lock:
            before = self.week
            self._load()
            return Reload(Difference.of(before, self.week), self._history.fit(self.week))

    def refresh(self) -> bool:
        """Look again at scripts, audio and station; the week's own file is left for `reload`.

        Returns:
            Whether `view` became another one.
        """
        with self.desk.lock:
            fresh = seen_from(self.desk, self.week)
            other = fresh != self.view
            if other:
                self.view = fresh
            return other

    # Inside

    def _put(
        self,
        verb: str,
        make: Maker,
        place: tuple[date, str] | WayOut,
        week: Week | None = None,
    ) -> Airing:
        before = self.week if week is None else week
        near = neighbours(self.desk, self.week_id)
        after, airing = colliding.put(
            before, self.desk.ruled(), make, place, near, days=self.view.days
        )
        self._save(f"{verb} {self._called(airing)}", after)
        return airing

    def _called(self, airing: Airing) -> str:
        return f"«{self.view.title(airing) or airing.id}» {moment(airing.starts)}"

    def _save(self, what: str, week: Week) -> None:
        if week == self.week:
            return
        near = neighbours(self.desk, self.week_id)
        week = repeats.followed(self.week, week, self.view.station, near)
        before = self._state()
        self._write(what, week)
        self._history.push(Step(what, before, self._state(), changed))

    def _write(self, what: str, week: Week, raw: bytes | None = None) -> None:
        """Save the week, to the letter if its file's bytes are given."""
        # Seen first: a station or plan that cannot be read stops the change before it is saved.
        view = seen_from(self.desk, week)
        workspace = self.desk.workspace
        with workspace.lock(what):
            if self.changed_on_disk():
                raise changed_elsewhere(self.week_id)
            if raw is None:
                self._seen = workspace.save_week(week, self._seen)
            else:
                self._seen = write_whole(self._path, raw, expected_revision=self._seen)
        self.view = view
        if any(finding.line for finding in view.findings):
            # Lines were those of the file before.
            with suppress(BroadcastError):
                self.refresh()

    def _state(self) -> State[Week]:
        return State.of(self.week, self._seen, self._path)

    @property
    def _path(self) -> Path:
        return self.desk.workspace.week_path(self.week_id)

    def _load(self) -> None:
        seen = revision(self._path)
        self.view = seen_from(self.desk, self.desk.week(self.week_id))
        self._seen = seen
