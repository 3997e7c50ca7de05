"""A standing slot changed or removed: only one time, from one time on, or altogether.

"this": the airing is changed, or, where there is none yet or the slot itself is asked to be other
(peak, language), a slot for that one day takes its place; the slot makes an exception.
"following": the slot ends the day before, a new one goes on from it (`Slot.follows`).
"all": the slot is changed as it stands. A slot that goes on from another is one of its own: "all"
reaches neither what it goes on from nor what goes on from it.

Airings to come that stand in the slot as it says go along and keep their ids; those changed by hand
stay as they are. In a week whose days change, days that stay keep their airings, and the others
move to the new days in order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, NoReturn

from broadcast.domain import station_edit
from broadcast.domain.calendar_math import airing_id, holds
from broadcast.domain.occurrences import Place, days_of
from broadcast.domain.scoped import (
    Draft,
    Kind,
    Scope,
    Scoped,
    Stand,
    Touch,
    as_standing,
    changed_by_hand,
)
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import VIETNAM, Airing, Week, WeekId
from broadcast.domain.week_edit import find_slot, insert
from broadcast.domain.wording import day_text, moment, weekday_code
from broadcast.errors import InputError

_DAY = timedelta(days=1)
_SHOWN = timedelta(days=28)
"""How far ahead empty occurrences are told where no week is planned."""


@dataclass(frozen=True, slots=True)
class SlotEdit:
    """What a slot is to become; None stays as it is. `day` moves one occurrence to another day."""

    start: time | None = None
    minutes: int | None = None
    zones: tuple[str, ...] | None = None
    days: tuple[str, ...] | None = None
    peak: bool | None = None
    language: str | None = None
    name: str | None = None
    day: date | None = None
    remove: bool = False

    def named(self) -> dict[str, Any]:
        """The slot's fields that change, by name."""
        skipped = {"day", "remove"}
        held = {f.name: getattr(self, f.name) for f in fields(self) if f.name not in skipped}
        return {name: value for name, value in held.items() if value is not None}


def edit_slot(  # noqa: PLR0913 - what an edit is made of; the clock is passed in
    station: Station,
    weeks: Iterable[Week],
    slot_id: str,
    edit: SlotEdit,
    *,
    scope: Scope,
    day: date | None,
    now: datetime,
) -> Scoped:
    """Change or remove a standing slot.

    Args:
        weeks: every week there is.
        day: the occurrence that is meant; "all" needs none.
        now: what begins no later has been on air.

    Raises:
        NotFoundError: no such slot.
        InputError: nothing would change, the slot is not on that day, or it was on air already.
    """
    title = "Không bỏ được khung giờ" if edit.remove else "Không đổi được khung giờ"
    slot = find_slot(station, slot_id, title)
    _require_sense(edit, scope, day, title)
    draft = Draft.over(station, weeks, now)
    once = slot.valid_from is not None and slot.valid_from == slot.valid_until
    if scope == "this" and not (once and edit.day is None):
        assert day is not None  # noqa: S101 - _require_sense has seen to it
        return _this(draft, slot, edit, day, title)
    asked = date.min if scope == "all" or day is None else day
    if scope == "this" and not slot.stands_on(asked):
        _refuse_day(slot, asked, title)
    first = _first(slot, edit, asked, now)
    if slot.valid_until is not None and slot.valid_until < first:
        happened = f"khung giờ {slot.id} chỉ có đến hết {day_text(slot.valid_until)}"
        raise InputError(title, happened, "chọn khung giờ nối tiếp nó, hoặc ngày sớm hơn")
    draft.heard += [a for a in draft.airings() if a.slot == slot.id and asked <= a.day < first]
    new = _reshaped(draft, slot, edit, scope, first)
    return _moved_along(draft, slot, new, first)


def _require_sense(edit: SlotEdit, scope: Scope, day: date | None, title: str) -> None:
    if scope != "all" and day is None:
        raise InputError(title, "chưa biết là lần phát nào", "cho biết ngày (--from NGÀY)")
    if not edit.remove and not edit.named() and edit.day is None:
        raise InputError(title, "chưa nói đổi gì", "cho giờ, số phút, ngày hay cụm loa mới")
    if scope == "this" and edit.days is not None:
        mend = "chuyển một lần sang ngày khác thì cho đúng ngày ấy (--day NGÀY)"
        raise InputError(title, "«chỉ lần này» thì không đổi các thứ trong tuần", mend)
    if scope != "this" and edit.day is not None:
        mend = "đổi các thứ trong tuần (--days), hoặc chọn «chỉ lần này»"
        raise InputError(title, "một ngày mới chỉ hợp với «chỉ lần này»", mend)


def _first(slot: Slot, edit: SlotEdit, day: date, now: datetime) -> date:
    """The first day an edit reaches: not before today, nor today what has or would have begun."""
    first = max(day, now.date())
    start = min(slot.start, edit.start or slot.start)
    return first + _DAY if datetime.combine(first, start, VIETNAM) <= now else first


# Only this time


def _this(draft: Draft, slot: Slot, edit: SlotEdit, day: date, title: str) -> Scoped:
    week = draft.week(WeekId.of(day))
    mine = [a for a in week.in_order() if (a.slot, a.day) == (slot.id, day)]
    if not mine and not slot.stands_on(day):
        _refuse_day(slot, day, title)
    place = Place(day, slot, draft.station.zones_of(slot))
    if any(starts <= draft.now for starts in ([a.starts for a in mine] or [place.starts])):
        raise InputError(title, f"lần phát {moment(place.starts)} đã phát rồi", "chọn lần sau")
    goal = replace(slot, **edit.named())
    to = edit.day or day
    if not edit.remove and datetime.combine(to, goal.start, VIETNAM) <= draft.now:
        raise InputError(title, f"{day_text(to)} lúc ấy đã qua", "chọn ngày giờ chưa tới")
    left = replace(slot, except_on=tuple(sorted({*slot.except_on, day})))
    if edit.remove:
        draft.station = station_edit.put_slot(draft.station, left)
        for airing in mine:
            _remove(draft, airing)
        draft.touched += [] if mine else [Touch("remove", Stand.of(place), None)]
    elif mine and not edit.named().keys() & {"peak", "language", "name"}:
        _change_airings(draft, slot, left, edit, mine)
    else:
        _one_day_slot(draft, slot, left, goal, mine, place, to)
    return draft.done()


def _refuse_day(slot: Slot, day: date, title: str) -> NoReturn:
    happened = f"khung giờ {slot.id} không có ngày {day_text(day)}"
    raise InputError(title, happened, _near(slot, day))


def _near(slot: Slot, day: date) -> str:
    near = days_of(slot, day - 7 * _DAY, day + 8 * _DAY)
    told = ", ".join(day_text(one) for one in near)
    return f"gần đó có: {told}" if told else "xem các ngày của khung giờ: broadcast slot list"


def _change_airings(
    draft: Draft, slot: Slot, left: Slot, edit: SlotEdit, mine: list[Airing]
) -> None:
    """Change the airings of one occurrence; it stays the slot's as long as it lies within it."""
    for old in mine:
        new = replace(
            old,
            day=edit.day or old.day,
            start=edit.start or old.start,
            minutes=edit.minutes or old.minutes,
            zones=_zones(draft.station, edit.zones) if edit.zones is not None else old.zones,
        )
        within = new.day == old.day and holds(slot, new)
        new = replace(new, slot=slot.id if within else None)
        if not within:
            draft.station = station_edit.put_slot(draft.station, left)
        _put(draft, old, new)


def _zones(station: Station, zones: tuple[str, ...]) -> tuple[str, ...]:
    """Zones of an edit as airings name them: "" is every zone of the station."""
    return zones or tuple(zone.id for zone in station.zones)


def _one_day_slot(  # noqa: PLR0913, PLR0917 - the slot before, between and after, and where
    draft: Draft, slot: Slot, left: Slot, goal: Slot, mine: list[Airing], place: Place, to: date
) -> None:
    """Let a slot of its own take the place of one occurrence."""
    only = f"chỉ {day_text(to)}"
    once = replace(
        goal,
        id=_fresh_id(draft.station, slot.id),
        name=_fresh_name(draft.station, goal, slot, only),
        days=(weekday_code(to),),
        valid_from=to,
        valid_until=to,
        except_on=(),
        follows=slot.id,
    )
    was = draft.station
    draft.station = station_edit.put_slot(station_edit.put_slot(was, left), once)
    after = Place(to, once, draft.station.zones_of(once))
    for airing in mine:
        _put(draft, airing, _into(airing, after))
    if not mine:
        draft.touched.append(Touch("change", Stand.of(place), Stand.of(after)))


# This and those that follow, all


def _reshaped(draft: Draft, slot: Slot, edit: SlotEdit, scope: Scope, first: date) -> Slot | None:
    """Change the station's slot from `first` on, and give what stands then; None if nothing."""
    station = draft.station
    begun = _stood_before(slot, first)
    if scope == "all":
        begun = edit.remove and any(a.slot == slot.id for a in draft.heard)
    ended = replace(
        slot, valid_until=first - _DAY, except_on=tuple(d for d in slot.except_on if d < first)
    )
    if edit.remove:
        put, cut = station_edit.put_slot, station_edit.remove_slot
        draft.station = put(station, ended) if begun else cut(station, slot.id)
        return None
    goal = replace(slot, **edit.named())
    if not begun:
        draft.station = station_edit.put_slot(station, goal)
        return goal
    goal = replace(
        goal,
        id=_fresh_id(station, slot.id),
        name=_fresh_name(station, goal, slot, f"từ {day_text(first)}"),
        valid_from=first,
        except_on=tuple(d for d in slot.except_on if d >= first),
        follows=slot.id,
    )
    draft.station = station_edit.put_slot(station_edit.put_slot(station, ended), goal)
    return goal


def _stood_before(slot: Slot, first: date) -> bool:
    """Whether the slot has any occurrence before `first`."""
    if slot.valid_from is None:
        return bool(slot.days)
    return next(days_of(slot, slot.valid_from, first - _DAY), None) is not None


def _fresh_id(station: Station, slot_id: str) -> str:
    stem, dash, number = slot_id.rpartition("-")
    if not (dash and number.isdigit() and station.slot(stem)):
        stem = slot_id
    count = 2
    while station.slot(f"{stem}-{count}"):
        count += 1
    return f"{stem}-{count}"


def _fresh_name(station: Station, goal: Slot, slot: Slot, told: str) -> str:
    """The name that was asked for, else the slot's own and what tells the new one from it."""
    if goal.name != slot.name:
        return goal.name
    stem = slot.name.partition(" (từ ")[0].partition(" (chỉ ")[0]
    names = {one.name.casefold() for one in station.slots}
    name, count = f"{stem} ({told})", 2
    while name.casefold() in names:
        name, count = f"{stem} ({told}, {count})", count + 1
    return name


def _moved_along(draft: Draft, slot: Slot, new: Slot | None, first: date) -> Scoped:
    last = max((one.days()[-1] for one in draft.was), default=first)
    until = max(last, first + _SHOWN)
    skipped = set[date]()
    week_id = WeekId.of(first)
    while week_id.days()[0] <= until:
        skipped |= _one_week(draft, slot, new, week_id, first)
        week_id = week_id.after()
    if new and skipped:
        new = replace(new, except_on=tuple(sorted({*new.except_on, *skipped})))
        draft.station = station_edit.put_slot(draft.station, new)
    later = week_id.days()[0]
    more = next(days_of(slot, later, later + 7 * _DAY), None) is not None
    return draft.done(endless=more)


def _one_week(
    draft: Draft, slot: Slot, new: Slot | None, week_id: WeekId, first: date
) -> set[date]:
    """Take one week along; gives days the new slot leaves out for an airing that was kept."""
    begin, end = max(first, week_id.days()[0]), week_id.days()[-1]
    was = list(days_of(slot, begin, end))
    now = list(days_of(new, begin, end)) if new else []
    goes, skipped = _new_days(was, now), set[date]()
    mine = [a for a in draft.week(week_id).in_order() if _reached(draft, a, slot, first)]
    for airing in mine:
        goal = goes.get(airing.day)
        if as_standing(airing, slot, draft.station):
            _goes_along(draft, airing, new, goal)
            continue
        kept = replace(airing, slot=new.id if new and airing.day in now else None)
        _put(draft, airing, kept, "keep", changed_by_hand(airing, slot, draft.station))
        skipped |= {goal} if goal and goal != airing.day else set()
    empty = [day for day in was if day not in {a.day for a in mine}]
    _empty_ones(draft, slot, new, {day: goes[day] for day in empty})
    if new:
        fresh = (Place(d, new, draft.station.zones_of(new)) for d in now if d not in goes.values())
        draft.touched += [Touch("new", None, Stand.of(place)) for place in fresh]
    return skipped


def _reached(draft: Draft, airing: Airing, slot: Slot, first: date) -> bool:
    if airing.slot != slot.id or airing.day < first:
        return False
    if airing.starts <= draft.now:
        draft.heard.append(airing)
    return airing.starts > draft.now


def _new_days(was: list[date], now: list[date]) -> dict[date, date | None]:
    """Where each day of a week goes: it stays where it can, the others follow in order."""
    left = [day for day in was if day not in now]
    free = [day for day in now if day not in was]
    places: list[date | None] = [*free, *[None] * (len(left) - len(free))]
    return {day: day for day in was if day in now} | dict(zip(left, places, strict=False))


def _goes_along(draft: Draft, airing: Airing, new: Slot | None, day: date | None) -> None:
    if new is None or day is None:
        _remove(draft, airing)
    else:
        _put(draft, airing, _into(airing, Place(day, new, draft.station.zones_of(new))))


def _empty_ones(draft: Draft, slot: Slot, new: Slot | None, goes: dict[date, date | None]) -> None:
    """Tell of occurrences that nothing is planned for."""
    for day, other in goes.items():
        before = Stand.of(Place(day, slot, draft.station.zones_of(slot)))
        if new is None or other is None:
            draft.touched.append(Touch("remove", before, None))
        else:
            after = Stand.of(Place(other, new, draft.station.zones_of(new)))
            draft.touched.append(Touch("change", before, after))


# One airing


def _into(airing: Airing, place: Place) -> Airing:
    """The airing at a place; its reason is kept unless it moves."""
    moved = (airing.day, airing.start) != (place.day, place.slot.start)
    return replace(
        airing,
        day=place.day,
        start=place.slot.start,
        minutes=place.slot.minutes,
        zones=place.zones,
        slot=place.slot.id,
        why=f"dời từ {moment(airing.starts)} cùng khung giờ" if moved else airing.why,
    )


def _remove(draft: Draft, airing: Airing) -> None:
    week = draft.week(WeekId.of(airing.day))
    draft.put(replace(week, airings=tuple(a for a in week.airings if a.id != airing.id)))
    draft.touched.append(Touch("remove", Stand.of(airing), None, airing))


def _put(draft: Draft, old: Airing, new: Airing, kind: Kind = "change", why: str = "") -> None:
    """Put an airing in place of what it was, also into another week."""
    week = draft.week(WeekId.of(old.day))
    if new != old:
        draft.put(replace(week, airings=tuple(a for a in week.airings if a.id != old.id)))
        goal = draft.week(WeekId.of(new.day))
        if goal.airing(new.id):
            # Ids are one week's own: the other week may have given this one to another airing.
            taken = (a.id for a in goal.airings)
            new = replace(new, id=airing_id(new.day, new.start, new.slot, taken))
        draft.put(insert(goal, new))
    draft.touched.append(Touch(kind, Stand.of(old), Stand.of(new), old, why))
