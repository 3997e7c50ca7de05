"""Slots that repeat another one: the same programme again, which follows when the first changes.

What is repeated is the last airing before in the slot that is named (or in one that goes on from
it): the morning's of the same day where there is one. A repeat that has another programme than
what it repeats was changed by hand, and stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from broadcast.domain.calendar_math import airing_id
from broadcast.domain.occurrences import Place
from broadcast.domain.station import Rules, Slot, Station
from broadcast.domain.week import VIETNAM, Airing, Finding, Week
from broadcast.domain.week_edit import insert

REACH = timedelta(days=7)
"""How long ago something may have been heard and still be repeated."""


def source(slot: Slot, day: date, station: Station, airings: Iterable[Airing]) -> Airing | None:
    """The airing that `slot` repeats on `day`, None if there is none within `REACH` before.

    The station's rules may narrow how long ago it may have been. Of several at
    one time it is the one that most zones of the slot heard.
    """
    starts = datetime.combine(day, slot.start, VIETNAM)
    family, zones = station.lineage(slot.repeats), set(station.zones_of(slot))
    least, most = _hours(station.rules)
    before = [a for a in airings if a.slot in family and least <= starts - a.starts <= most]
    return max(before, key=lambda a: (a.starts, len(zones & set(a.zones)), a.id), default=None)


def _hours(rules: Rules) -> tuple[timedelta, timedelta]:
    """How long ago, at least and at most, what is repeated was heard."""
    least, most = rules.repeat_at_least_hours, rules.repeat_at_most_hours
    longest = REACH if most is None else min(REACH, timedelta(hours=most))
    return max(timedelta(minutes=1), timedelta(hours=least or 0)), longest


def fill(
    week: Week, station: Station, free: Sequence[Place], others: Iterable[Airing]
) -> tuple[Week, tuple[Airing, ...], tuple[Finding, ...]]:
    """The week with a repeat in each free place of a repeating slot that has something to repeat.

    Args:
        week: with what its other slots are filled with.
        free: places to fill, by time; those of slots that repeat nothing are left alone.
        others: airings of other weeks.

    Returns:
        The week, what was added, and a note for each place that stays free.
    """
    near = [a for a in others if a.day not in week.id.days()]
    added: list[Airing] = []
    notes: list[Finding] = []
    for place in free:
        if not place.slot.repeats:
            continue
        first = source(place.slot, place.day, station, (*near, *week.airings))
        if first is None:
            notes.append(_nothing(place))
            continue
        taken = (a.id for a in (*near, *week.airings))
        again = _repeat(first, place, airing_id(place.day, place.slot.start, place.slot.id, taken))
        week = insert(week, again)
        added.append(again)
    return week, tuple(added), tuple(notes)


def following(week: Week, station: Station, others: Iterable[Airing] = ()) -> dict[str, Airing]:
    """What the week's repeats repeat, by their ids; those changed by hand are not among them."""
    there = (*others, *week.airings)
    found = {}
    for airing in week.airings:
        slot = station.slot(airing.slot or "")
        if slot and slot.repeats:
            first = source(slot, airing.day, station, there)
            if first and _programme(first) == _programme(airing):
                found[airing.id] = first
    return found


def followed(before: Week, after: Week, station: Station, others: Sequence[Airing] = ()) -> Week:
    """`after`, an edit of `before`, with the repeats that follow what became another programme.

    A repeat whose source was taken away keeps its programme.
    """
    led = following(before, station, others)
    if not led:
        return after
    there = (*others, *after.airings)

    def led_on(airing: Airing) -> Airing:
        old, was = before.airing(airing.id), led.get(airing.id)
        slot = station.slot(airing.slot or "")
        if not (old and was and slot and slot.repeats and _programme(old) == _programme(airing)):
            return airing
        now = source(slot, airing.day, station, there)
        return _with_programme(airing, now) if now and now.day == was.day else airing

    airings = tuple(led_on(airing) for airing in after.airings)
    return after if airings == after.airings else replace(after, airings=airings)


def _programme(airing: Airing) -> tuple[str | None, ...]:
    return airing.title, airing.plan, airing.topic, airing.script


def _with_programme(airing: Airing, first: Airing) -> Airing:
    if _programme(airing) == _programme(first):
        return airing
    return replace(
        airing, title=first.title, plan=first.plan, topic=first.topic, script=first.script,
        why=_why(first),
    )  # fmt: skip


def _repeat(first: Airing, place: Place, name: str) -> Airing:
    return replace(
        first, id=name, day=place.day, start=place.slot.start, minutes=place.slot.minutes,
        zones=place.zones, slot=place.slot.id, why=_why(first),
    )  # fmt: skip


def _why(first: Airing) -> str:
    return f"phát lại {first.id}"


def _nothing(place: Place) -> Finding:
    message = f"{place}: để trống vì chưa có chương trình nào để phát lại"
    mend = f"xếp khung giờ {place.slot.repeats} trước"
    return Finding("nothing-to-repeat", message, mend, day=place.day, slot=place.slot.id)
