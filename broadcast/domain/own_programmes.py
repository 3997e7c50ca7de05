"""What a station airs on days with a programme of their own: an airing in each free slot."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from broadcast.domain.calendar_math import Place, airing_id, occupant, places
from broadcast.domain.days import SpecialDay, SpecialDays
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Finding, Week
from broadcast.domain.week_edit import insert
from broadcast.domain.wording import day_label


def with_own_programmes(
    week: Week,
    station: Station,
    days: SpecialDays,
    others: Iterable[Airing],
    *,
    only: Collection[tuple[date, str]] | None = None,
) -> tuple[Week, tuple[Airing, ...]]:
    """The week with the day's own programme in every free slot of such days; and what was added.

    Args:
        days: the special days of the week.
        others: airings of other weeks, which may sound into this one.
        only: the day and slot id of the places to fill, None for all.
    """
    near = tuple(others)
    taken = {airing.id for airing in (*near, *week.airings)}
    added: list[Airing] = []
    for place in places(week.id, station, days):
        special = days.get(place.day)
        wanted = only is None or (place.day, place.slot.id) in only
        if not (special and special.programme and wanted and place.zones):
            continue
        if occupant(place, (*week.airings, *near)) is None:
            airing = _airing(place, special, taken)
            taken.add(airing.id)
            added.append(airing)
            week = insert(week, airing)
    return week, tuple(added)


def _airing(place: Place, special: SpecialDay, taken: Collection[str]) -> Airing:
    slot = place.slot
    return Airing(
        id=airing_id(place.day, slot.start, slot.id, taken),
        day=place.day,
        start=slot.start,
        minutes=slot.minutes,
        zones=place.zones,
        slot=slot.id,
        title=special.programme,
        why=f"chương trình riêng của ngày: {special.name}",
    )


def without_topics(days: SpecialDays) -> SpecialDays:
    """The special days as the rota must see them: those with a programme take no topics either."""
    return {
        day: replace(one, closed=one.closed or bool(one.programme)) for day, one in days.items()
    }


def closed_notes(
    week: Week,
    station: Station,
    days: SpecialDays,
    *,
    only: Collection[tuple[date, str]] | None = None,
) -> tuple[Finding, ...]:
    """What was left free because its day is closed, a note a day."""
    standing = {(p.day, p.slot.id) for p in places(week.id, station)}
    asked = standing if only is None else standing & set(only)
    closed = sorted({day for day, _ in asked if day in days and days[day].closed})
    mend = "muốn phát thì sửa mục holidays hoặc days trong schedules/station.yaml"
    return tuple(
        Finding("closed-day", f"{day_label(day)} ({days[day].name}): ngày nghỉ, không xếp", mend,
                day=day)
        for day in closed
    )  # fmt: skip
