"""Slots that weeks already use: only the next time, from then on, or all, with the dates shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from broadcast.domain.occurrences import Place, days_of
from broadcast.domain.scoped import Scope
from broadcast.domain.scoped_slot import SlotEdit
from broadcast.domain.station_edit import put_slot, remove_slot
from broadcast.domain.week_edit import find_slot
from broadcast.domain.wording import day_label
from broadcast.errors import BroadcastError
from broadcast.tui.hints import key_of
from broadcast.tui.screens import station_tasks as tasks
from broadcast.tui.screens.station_looks import StationLooks

if TYPE_CHECKING:
    from datetime import datetime

    from broadcast.domain.station import Slot, Station
    from broadcast.domain.week import WeekId
    from broadcast.tui.screens.scope_forms import Previews
    from broadcast.workflow.scoped_changes import Preview
    from broadcast.workflow.station_session import Edit, StationSession

_SCOPED = {one.name for one in fields(SlotEdit)} - {"day", "remove"}
"""The fields of a slot that may be other for once."""

_AHEAD = timedelta(days=366)


class StationScope(StationLooks):
    """Changing and removing slots; what weeks use is asked about by scope."""

    def ask_slot(self, slot: Slot) -> None:
        """Show a slot's form; where weeks use it, ask which times are meant."""
        session = self.session
        if session is None:
            return
        station, task = session.station, tasks.slot_task(session.station, slot)

        def filled(values: dict[str, Any] | None) -> None:
            if values is None:
                return
            changes = tasks.slot_values(station, slot, task.asked, values)
            if not changes.keys() & _SCOPED:
                self.change(task.what(values), task.edit(values))
                return
            what, edit = task.what(values), task.edit(values)
            self.job(
                lambda: _weeks(session, slot),
                lambda weeks: self._change_slot(slot, changes, weeks, (what, edit)),
            )

        self.app.push_screen(task.form(station), filled)

    def _change_slot(
        self,
        slot: Slot,
        changes: Mapping[str, Any],
        weeks: tuple[WeekId, ...],
        whole: tuple[str, Edit],
    ) -> None:
        if not weeks:
            self.change(*whole)
            return
        rest = {key: value for key, value in changes.items() if key not in _SCOPED}
        if rest:
            # What a slot is for is not other for once: it is changed as it stands.
            self.change(f"sửa khung giờ «{slot.name}»", _with(slot, rest))
        edit = SlotEdit(**{key: value for key, value in changes.items() if key in _SCOPED})
        self._ask_scope(f"Sửa khung giờ «{slot.name}»", slot, edit, weeks)

    def remove_slot(self, slot: Slot) -> None:
        """Take a slot away; where weeks use it, ask which times are meant."""
        session = self.session
        if session is None:
            return

        def found(weeks: tuple[WeekId, ...]) -> None:
            title = f"bỏ khung giờ «{slot.name}»"
            if weeks:
                edit = SlotEdit(remove=True)
                self._ask_scope(title[:1].upper() + title[1:], slot, edit, weeks)
            else:
                self.change(title, lambda before: remove_slot(before, slot.id))

        self.job(lambda: _weeks(session, slot), found)

    def _ask_scope(self, title: str, slot: Slot, edit: SlotEdit, weeks: tuple[WeekId, ...]) -> None:
        from broadcast.tui.dialogs.scope import ScopeDialog  # noqa: PLC0415 - first paint
        from broadcast.tui.screens import scope_forms as forms  # noqa: PLC0415 - the same

        office = self.office
        day = _next_day(slot, office.now())

        def seen(found: Previews) -> None:
            self.app.push_screen(
                ScopeDialog(f"{title}: {len(weeks)} tuần đang dùng", found, _names(day)),
                self._apply,
            )

        of_slot = forms.of_slot(office, slot.id, edit, day)
        self.job(lambda: forms.previews(of_slot), seen)

    def _apply(self, taken: Preview | BroadcastError | None) -> None:
        session, office = self.session, self.office
        if session is None or taken is None or isinstance(taken, BroadcastError):
            return
        preview = taken

        def applied() -> bool:
            done = office.wide.apply(preview)
            session.reload()
            return done

        undo = key_of("station.undo")
        self.job(
            applied,
            lambda done: self.made_again(
                f"Đã {preview.what}; {undo} lấy lại" if done else "Không có gì thay đổi"
            ),
        )

    def made_again(self, told: str) -> None:
        """Show the station after a change that was made elsewhere, and tell."""
        self.show_station()
        self.say(told)

    # Undo: what was done last goes first, here or beyond the station

    def action_undo(self) -> None:
        """Take back the last change."""
        session, office = self.session, self.office
        if session is None:
            return
        wide = office.wide_undo_newer(session.undo_at)

        def undone() -> str:
            told = office.wide.undo() if wide else session.undo()
            session.reload()
            return told

        self.job(undone, lambda what: self.made_again(f"Đã hoàn tác: {what}"))

    def action_redo(self) -> None:
        """Do again what was undone."""
        session, office = self.session, self.office
        if session is None:
            return
        wide = office.wide_redo_newer(max(session.undo_at, session.redo_at))

        def redone() -> str:
            told = office.wide.redo() if wide else session.redo()
            session.reload()
            return told

        self.job(redone, lambda what: self.made_again(f"Đã làm lại: {what}"))


def _weeks(session: StationSession, slot: Slot) -> tuple[WeekId, ...]:
    """In the worker: the weeks with airings in a slot."""
    from broadcast.workflow.station_session import weeks_using  # noqa: PLC0415 - first paint

    return weeks_using(session.desk, slot=slot.id)


def _with(slot: Slot, changes: Mapping[str, Any]) -> Edit:
    def made(before: Station) -> Station:
        there = find_slot(before, slot.id, "Không sửa được khung giờ")
        return put_slot(before, replace(there, **changes))

    return made


def _next_day(slot: Slot, now: datetime) -> date:
    """The day of the next time the slot stands; today where there is none any more."""
    today = now.date()
    days = days_of(slot, today, today + _AHEAD)
    return next((day for day in days if Place(day, slot, ()).starts > now), today)


def _names(day: date) -> Mapping[Scope, str]:
    """How the scopes are called, seen from the next time."""
    return {
        "this": f"chỉ lần tới ({day_label(day)})",
        "following": f"từ lần tới ({day_label(day)}) về sau",
        "all": "tất cả",
    }
