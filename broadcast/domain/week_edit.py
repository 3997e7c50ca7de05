"""Changes to a week, each a function from a week to a new week; nothing else of it is touched."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, time
from difflib import get_close_matches

from broadcast.domain.calendar_math import airing_id, holds, overlap_in_zone
from broadcast.domain.script import Script
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.wording import clock, day_label, day_text, moment
from broadcast.errors import ConflictError, InputError, NotFoundError


def add(week: Week, airing: Airing) -> Week:
    """Put `airing` before the first one that starts later; an empty id is made.

    Raises:
        InputError: its day is not in the week, it has no length, or no zone hears it.
        ConflictError: its id is taken.
    """
    title = "Không thêm được lượt phát"
    _require_day(week, airing.day, title)
    if airing.minutes <= 0:
        mend = "Cho thời lượng ít nhất 1 phút."
        raise InputError(title, f"thời lượng {airing.minutes} phút là không được", mend)
    if not airing.zones:
        raise InputError(title, "lượt phát không có cụm loa nào", "Chọn ít nhất một cụm loa.")
    ids = {other.id for other in week.airings}
    if airing.id in ids:
        mend = "Để trống mã cho chương trình tự đặt, hoặc chọn mã khác."
        raise ConflictError(title, f"mã {airing.id} đã có trong tuần {week.id}", mend)
    if not airing.id:
        made = airing_id(airing.day, airing.start, airing.slot, ids)
        airing = replace(airing, id=made)
    return insert(week, airing)


def insert(week: Week, airing: Airing) -> Week:
    """The week with `airing` before the first one that comes later; the others keep their order."""
    key = (airing.starts, airing.id)
    at = next(
        (n for n, other in enumerate(week.airings) if (other.starts, other.id) > key),
        len(week.airings),
    )
    return replace(week, airings=(*week.airings[:at], airing, *week.airings[at:]))


def remove(week: Week, airing_id_: str) -> Week:
    """The week without that airing.

    Raises:
        NotFoundError: the week has no airing of that id.
    """
    gone = find(week, airing_id_)
    return replace(week, airings=tuple(a for a in week.airings if a is not gone))


def give_script(week: Week, airing_id_: str, script: Script) -> Week:
    """Let an airing air `script`, whose title, plan and topic it takes where the script has them.

    Raises:
        NotFoundError: the week has no airing of that id.
    """
    old = find(week, airing_id_)
    new = replace(
        old,
        script=script.id,
        title=script.title,
        plan=script.plan or old.plan,
        topic=script.topic if script.plan else old.topic,
    )
    return replace(week, airings=tuple(new if a is old else a for a in week.airings))


def move(  # noqa: PLR0913 - the new place is three keywords
    week: Week,
    airing_id_: str,
    station: Station,
    *,
    day: date | None = None,
    start: time | None = None,
    slot: str | None = None,
) -> Week:
    """Put an airing on another day of the week, at another time, or into another slot.

    A move into a slot takes the slot's start, and its length and zones where the airing had
    those of its old slot; what the officer set herself stays. A move by time alone joins the slot
    that holds the new time, if there is one. The id stays.

    Raises:
        NotFoundError: no such airing or slot.
        InputError: the day is not in the week, the slot is not on that day, or nothing would move.
    """
    old = find(week, airing_id_)
    title = f"Không dời được lượt phát {airing_id_}"
    if day is None and start is None and slot is None:
        raise InputError(title, "chưa nói dời đi đâu", "Cho ngày, giờ hoặc khung giờ mới.")
    new = replace(old, day=day or old.day, start=start or old.start)
    _require_day(week, new.day, title)
    if slot is None:
        new = replace(new, slot=_slot_that_holds(station, new))
    else:
        new = _into_slot(new, find_slot(station, slot, title), station, start)
        _require_in_slot(new, station, title)
    if new == old:
        return week
    new = replace(new, why=f"dời từ {moment(old.starts)}")
    return insert(remove(week, airing_id_), new)


def swap(week: Week, first_id: str, second_id: str) -> Week:
    """Let two airings change places: day, time, slot, length and zones; each keeps its id.

    Raises:
        NotFoundError: the week lacks one of them.
        InputError: both are the same.
    """
    first, second = find(week, first_id), find(week, second_id)
    if first is second:
        raise InputError("Không đổi chỗ được", "hai lượt phát là một", "Chọn hai lượt phát khác.")
    rest = replace(week, airings=tuple(a for a in week.airings if a not in (first, second)))
    return insert(insert(rest, _in_place_of(first, second)), _in_place_of(second, first))


def _in_place_of(airing: Airing, other: Airing) -> Airing:
    return replace(
        airing,
        day=other.day,
        start=other.start,
        minutes=other.minutes,
        zones=other.zones,
        slot=other.slot,
        why=f"đổi chỗ với {other.id}",
    )


def standing_in(airing: Airing, station: Station, day: date, slot: str) -> Airing:
    """A new airing with the content of `airing`, in a slot on a day; `add` gives it an id.

    Length and zones are the slot's where `airing` had those of its own slot.

    Raises:
        NotFoundError: no such slot.
        InputError: the slot is not on that day.
    """
    title = "Không xếp được vào khung giờ này"
    into = find_slot(station, slot, title)
    new = _into_slot(replace(airing, id="", day=day), into, station, None)
    _require_in_slot(new, station, title)
    return new


def copy_week(source: Week, target: WeekId) -> Week:
    """The airings of `source` on the same weekdays of `target`, with new ids."""
    days, ids = target.days(), set[str]()
    copied = Week(target)
    for airing in source.in_order():
        day = days[airing.day.weekday()]
        made = airing_id(day, airing.start, airing.slot, ids)
        ids.add(made)
        why = f"chép từ tuần {source.id}"
        copied = insert(copied, replace(airing, id=made, day=day, why=why))
    return copied


def copied_into(week: Week, source: Week, near: Collection[Airing]) -> Week:
    """`week` with the airings of `source` on the same weekdays, but only where nothing is on air.

    Args:
        near: airings of the weeks around, which may sound across midnight.
    """
    for airing in copy_week(source, week.id).in_order():
        if not any(overlap_in_zone(airing, other) for other in (*week.airings, *near)):
            week = add(week, replace(airing, id=""))
    return week


def find(week: Week, airing_id_: str) -> Airing:
    """The airing of that id.

    Raises:
        NotFoundError: the week has none; ids that look alike are named.
    """
    airing = week.airing(airing_id_)
    if airing:
        return airing
    near = get_close_matches(airing_id_, [a.id for a in week.airings], n=3)
    mend = f"Có phải: {', '.join(near)}?" if near else f"Xem mã bằng: broadcast week show {week.id}"
    title = f"Không có lượt phát {airing_id_}"
    raise NotFoundError(title, f"tuần {week.id} không có lượt phát mang mã này", mend)


def find_slot(station: Station, slot_id: str, title: str) -> Slot:
    """The station's slot of that id; `title` says what could not be done without it.

    Raises:
        NotFoundError: the station has none; its slots are named.
    """
    slot = station.slot(slot_id)
    if slot is None:
        known = ", ".join(s.id for s in station.slots) or "chưa có khung giờ nào"
        raise NotFoundError(
            title, f"đài không có khung giờ {slot_id}", f"Khung giờ của đài: {known}."
        )
    return slot


def _require_day(week: Week, day: date, title: str) -> None:
    days = week.id.days()
    if day not in days:
        happened = f"ngày {day_text(day)} không thuộc tuần {week.id}"
        span = f"từ {day_label(days[0])} đến {day_label(days[-1])}"
        mend = f"Chọn ngày {span}, hoặc sửa tuần {WeekId.of(day)}."
        raise InputError(title, happened, mend)


def _into_slot(airing: Airing, slot: Slot, station: Station, start: time | None) -> Airing:
    before = station.slot(airing.slot) if airing.slot else None
    as_slot = before is not None and airing.minutes == before.minutes
    minutes = slot.minutes if as_slot else min(airing.minutes, slot.minutes)
    zones = airing.zones
    if before is not None and set(zones) == set(station.zones_of(before)):
        zones = station.zones_of(slot)
    start = start or slot.start
    return replace(airing, slot=slot.id, start=start, minutes=minutes, zones=zones)


def _require_in_slot(airing: Airing, station: Station, title: str) -> None:
    slot = station.slot(airing.slot or "")
    if slot is not None and not holds(slot, airing):
        happened = f"{moment(airing.starts)} nằm ngoài khung giờ {slot.id}"
        days = ", ".join(slot.days)
        mend = f"Khung giờ {slot.id}: {clock(slot.start)}, {slot.minutes} phút, các ngày {days}."
        raise InputError(title, happened, mend)


def _slot_that_holds(station: Station, airing: Airing) -> str | None:
    """The slot at the airing's time in its zones; the one it names already comes first."""
    fitting = [
        slot.id
        for slot in station.slots
        if holds(slot, airing) and set(airing.zones) <= set(station.zones_of(slot))
    ]
    return airing.slot if airing.slot in fitting else next(iter(fitting), None)
