"""A programme or a column changed or removed: only one airing, from it on, or all to come.

The airings of a slot that belongs to a column are those of that column; else an airing goes with
those of its programme: of its topic, of its script where it has no topic, else of its title.
Airings that were moved, made longer or given other zones by hand stay as they are, but for the one
that was pointed at; so does one that would sound over another.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, time

from broadcast.domain.calendar_math import holds, overlap_in_zone
from broadcast.domain.scoped import (
    Draft,
    Scope,
    Scoped,
    Stand,
    Touch,
    as_standing,
    changed_by_hand,
)
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.week_edit import find, find_slot, move, remove
from broadcast.domain.wording import moment
from broadcast.errors import BroadcastError, InputError


@dataclass(frozen=True, slots=True)
class SeriesEdit:
    """What airings are to become; None stays as it is. `day` is for one airing alone."""

    title: str | None = None
    minutes: int | None = None
    start: time | None = None
    slot: str | None = None
    day: date | None = None
    remove: bool = False

    @property
    def moves(self) -> bool:
        """Whether it puts airings elsewhere."""
        return not (self.start is None and self.slot is None and self.day is None)

    def __bool__(self) -> bool:
        return self.remove or self.moves or not (self.title is None and self.minutes is None)


def edit_series(
    draft: Draft, week_id: WeekId, airing_id: str, edit: SeriesEdit, scope: Scope
) -> Scoped:
    """Change or remove an airing, and those of its column or programme.

    Args:
        draft: the station and every week, unchanged.

    Raises:
        NotFoundError: no such airing or slot.
        InputError: nothing would change, the airing was on air, or it cannot go where it should.
    """
    title = f"Không {'bỏ' if edit.remove else 'đổi'} được lượt phát {airing_id}"
    pointed = find(draft.week(week_id), airing_id)
    if not edit:
        raise InputError(title, "chưa nói đổi gì", "cho giờ, khung giờ, số phút hay tên mới")
    if edit.day is not None and scope != "this":
        mend = "chọn «chỉ lần này», hoặc đổi các thứ của khung giờ: broadcast slot change"
        raise InputError(title, "một ngày mới chỉ hợp với «chỉ lần này»", mend)
    if edit.slot is not None:
        find_slot(draft.station, edit.slot, title)
    if pointed.starts <= draft.now:
        happened = f"lượt {moment(pointed.starts)} đã phát rồi"
        raise InputError(title, happened, "chọn lượt chưa phát")
    for airing in _series(draft, pointed, scope):
        if airing.starts <= draft.now:
            draft.heard.append(airing)
        else:
            _edit_one(draft, airing, pointed, edit)
    return draft.done()


def members(station: Station, airings: Iterable[Airing], pointed: Airing) -> list[Airing]:
    """The airings of the column, or else of the programme, of `pointed`, by time."""
    column = _column(station, pointed)
    if column:
        found = [a for a in airings if _column(station, a) == column]
    else:
        found = [a for a in airings if _programme(a) == _programme(pointed)]
    return sorted(found, key=lambda a: (a.starts, a.id))


def _column(station: Station, airing: Airing) -> str:
    slot = station.slot(airing.slot or "")
    return slot.column.casefold() if slot else ""


def _programme(airing: Airing) -> tuple[str, ...]:
    if airing.topic:
        return "topic", airing.plan or "", airing.topic
    return ("script", airing.script) if airing.script else ("title", airing.title.casefold())


def _series(draft: Draft, pointed: Airing, scope: Scope) -> list[Airing]:
    if scope == "this":
        return [pointed]
    every = members(draft.station, draft.airings(), pointed)
    return [a for a in every if scope == "all" or a.starts >= pointed.starts]


def _edit_one(draft: Draft, airing: Airing, pointed: Airing, edit: SeriesEdit) -> None:
    why = "" if airing == pointed else _by_hand(draft.station, airing, pointed)
    if why:
        draft.touched.append(Touch("keep", Stand.of(airing), Stand.of(airing), airing, why))
        return
    week = draft.week(WeekId.of(airing.day))
    if edit.remove:
        draft.put(remove(week, airing.id))
        draft.touched.append(Touch("remove", Stand.of(airing), None, airing))
        return
    try:
        after = _changed(draft, week, airing, pointed, edit)
    except BroadcastError as error:
        if airing == pointed:
            raise
        stand = Stand.of(airing)
        draft.touched.append(Touch("keep", stand, stand, airing, error.happened))
        return
    draft.put(after)
    draft.touched.append(
        Touch("change", Stand.of(airing), Stand.of(find(after, airing.id)), airing)
    )


def _by_hand(station: Station, airing: Airing, pointed: Airing) -> str:
    """Why an airing of a series is left alone, "" if it is not."""
    slot = station.slot(airing.slot or "")
    if slot:
        same = as_standing(airing, slot, station)
        return "" if same else changed_by_hand(airing, slot, station)
    alike = (airing.start, airing.minutes, set(airing.zones)) == (
        pointed.start, pointed.minutes, set(pointed.zones),
    )  # fmt: skip
    return "" if alike and pointed.slot is None else "đã sửa tay (không theo khung giờ)"


def _changed(draft: Draft, week: Week, airing: Airing, pointed: Airing, edit: SeriesEdit) -> Week:
    """The week with one airing changed.

    Raises:
        InputError: it cannot go there, or something is on air then.
    """
    if edit.moves:
        week = move(week, airing.id, draft.station, day=edit.day, start=edit.start, slot=edit.slot)
    new = find(week, airing.id)
    if edit.minutes is not None:
        new = replace(new, minutes=edit.minutes)
        slot = draft.station.slot(new.slot or "")
        new = new if slot is None or holds(slot, new) else replace(new, slot=None)
    if edit.title is not None and airing.title == pointed.title:
        new = replace(new, title=edit.title)
    over = _newly_over(draft, airing, new)
    if over:
        happened = f"trùng giờ với «{over.title or over.id}» {moment(over.starts)}"
        raise InputError(f"Không đổi được lượt phát {airing.id}", happened, "chọn giờ khác")
    return replace(week, airings=tuple(new if a.id == new.id else a for a in week.airings))


def _newly_over(draft: Draft, old: Airing, new: Airing) -> Airing | None:
    """An airing that would sound with the new one and does not with the old."""
    week_id = WeekId.of(new.day)
    near = (week_id.before(), week_id, week_id.after())
    others = (a for one in near for a in draft.week(one).airings if a.id != new.id)
    return next(
        (a for a in others if overlap_in_zone(a, new) and not overlap_in_zone(a, old)), None
    )
