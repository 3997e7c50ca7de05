"""Where standing slots fall in a week, what stands in them, and ids for new airings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

from broadcast.domain.days import SpecialDays
from broadcast.domain.occurrences import Place, occurrences
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import VIETNAM, Airing, WeekId

__all__ = [
    "Place",
    "airing_at",
    "airing_id",
    "holds",
    "occupant",
    "overlap_in_zone",
    "places",
    "stands_in",
]


def places(
    week: WeekId, station: Station, days: SpecialDays = MappingProxyType({})
) -> tuple[Place, ...]:
    """Every place of the week that the station itself fills, by time.

    Relayed slots are not among them, nor is anything on a day of `days` that is closed. Slots at
    one time keep the station's order.
    """
    first, *_, last = week.days()
    closed = {day for day, special in days.items() if special.closed}
    return tuple(
        place
        for place in occurrences(station, first, last)
        if not place.relayed and place.day not in closed
    )


def stands_in(airing: Airing, place: Place) -> bool:
    """Whether `airing` is the one its file puts into `place`."""
    return airing.slot == place.slot.id and airing.day == place.day


def overlap_in_zone(one: Airing | Place, other: Airing | Place) -> bool:
    """Whether two of them sound at one time in one zone; ends that meet do not overlap."""
    together = max(one.starts, other.starts) < min(one.ends, other.ends)
    return together and not set(one.zones).isdisjoint(other.zones)


def occupant(place: Place, airings: Iterable[Airing]) -> Airing | None:
    """The airing that stands in `place` or sounds over it, None while the place is free."""
    over = None
    for airing in airings:
        if stands_in(airing, place):
            return airing
        if over is None and overlap_in_zone(airing, place):
            over = airing
    return over


def holds(slot: Slot, airing: Airing) -> bool:
    """Whether `airing` lies within `slot` on a day on which it stands."""
    if not slot.stands_on(airing.day):
        return False
    start = datetime.combine(airing.day, slot.start, VIETNAM)
    return start <= airing.starts and airing.ends <= start + timedelta(minutes=slot.minutes)


def airing_at(place: Place) -> Airing:
    """An airing that fills a place, without id and programme."""
    slot = place.slot
    return Airing("", place.day, slot.start, slot.minutes, place.zones, slot.id)


def airing_id(day: date, start: time, slot: str | None, taken: Iterable[str]) -> str:
    """A new airing's id: "2026-11-23-sang", without a slot "2026-11-23-0530"; -2, -3 if taken."""
    stem = f"{day.isoformat()}-{slot or start.strftime('%H%M')}"
    used = set(taken)
    number, name = 1, stem
    while name in used:
        number += 1
        name = f"{stem}-{number}"
    return name
