"""What is in the way of an airing at a place of the week, and the ways out of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType
from typing import Literal

from broadcast.domain.calendar_math import (
    Place,
    airing_at,
    airing_id,
    occupant,
    overlap_in_zone,
    places,
)
from broadcast.domain.days import SpecialDays
from broadcast.domain.limits import outside
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Week
from broadcast.domain.week_edit import add, remove
from broadcast.domain.wording import clock, moment
from broadcast.errors import ConflictError, InputError

Maker = Callable[[date, str], Airing]
"""Makes the newcomer for a slot (its id) on a day."""


@dataclass(frozen=True, slots=True)
class Collision:
    """An airing that sounds when the newcomer would, in `zones`.

    `own`: it is of the week being edited, so that it can be changed there.
    """

    airing: Airing
    zones: tuple[str, ...]
    own: bool = True

    def __str__(self) -> str:
        a = self.airing
        return f"{moment(a.starts)}-{clock(a.ends)} «{a.title or a.id}» ({', '.join(self.zones)})"


@dataclass(frozen=True, slots=True)
class WayOut:
    """One way out of a collision; `label` says it in Vietnamese.

    next-slot: the newcomer goes to `day`, `slot` instead. replace: what is in the way is taken out
    of this week, its standing slot stays. split: the newcomer takes `zones`, what is in the way
    keeps its others; `zones` may be changed (`dataclasses.replace`) before the way is taken.
    """

    kind: Literal["next-slot", "replace", "split"]
    label: str
    day: date
    slot: str
    zones: tuple[str, ...]


class CollisionError(ConflictError):
    """Two airings would sound at one time in one zone; nothing was changed.

    Args:
        collisions: what is in the way.
        ways: the ways out; pass one as `out` to the same change.
    """

    def __init__(self, collisions: Sequence[Collision], ways: Sequence[WayOut]) -> None:
        happened = f"trùng giờ với {'; '.join(map(str, collisions))}"
        mend = "; hoặc ".join(way.label for way in ways) or "chọn khung giờ khác"
        super().__init__("Khung giờ này đã có lượt phát", happened, mend)
        self.collisions = tuple(collisions)
        self.ways = tuple(ways)


def collisions(week: Week, newcomer: Airing, neighbours: Iterable[Airing]) -> list[Collision]:
    """Airings of the week and of its neighbours that sound over the newcomer, by time."""
    found = [
        Collision(other, tuple(z for z in newcomer.zones if z in other.zones), own)
        for airings, own in ((week.airings, True), (neighbours, False))
        for other in airings
        if overlap_in_zone(other, newcomer)
    ]
    return sorted(found, key=lambda it: (it.airing.starts, it.airing.id))


def ways_out(  # noqa: PLR0913 - what is there; the days by keyword
    week: Week,
    station: Station,
    newcomer: Airing,
    make: Maker,
    neighbours: Sequence[Airing],
    *,
    days: SpecialDays = MappingProxyType({}),
) -> list[WayOut]:
    """The ways out for a newcomer that collides: next free slot, replace just this once, split.

    Args:
        station: with the rules in force; a slot that they or `days` close is no way out.
    """
    found = collisions(week, newcomer, neighbours)
    ways = list[WayOut]()
    free = _next_free(week, station, newcomer, make, neighbours, days)
    if free:
        label = f"đặt vào khung giờ trống gần nhất: {free}"
        zones = make(free.day, free.slot.id).zones
        ways.append(WayOut("next-slot", label, free.day, free.slot.id, zones))
    if not found or not all(it.own for it in found) or newcomer.slot is None:
        return ways
    titles = ", ".join(f"«{it.airing.title or it.airing.id}»" for it in found)
    label = f"thay {titles} chỉ lần này"
    ways.append(WayOut("replace", label, newcomer.day, newcomer.slot, newcomer.zones))
    zones = _share(newcomer, found)
    if zones:
        names = ", ".join(zone.name for zone in station.zones if zone.id in zones)
        label = f"chia cụm loa: lượt mới chỉ phát ở {names}"
        ways.append(WayOut("split", label, newcomer.day, newcomer.slot, zones))
    return ways


def _next_free(  # noqa: PLR0913, PLR0917 - what is there
    week: Week,
    station: Station,
    newcomer: Airing,
    make: Maker,
    neighbours: Sequence[Airing],
    days: SpecialDays,
) -> Place | None:
    """The next free place of the week that its newcomer fits in, else the nearest one before."""
    there = (*week.airings, *neighbours)
    free = [
        p
        for p in places(week.id, station, days)
        if p.zones and not occupant(p, there) and not outside(station.rules, airing_at(p))
    ]
    free = [p for p in free if not collisions(week, make(p.day, p.slot.id), neighbours)]
    later = [p for p in free if p.starts > newcomer.starts]
    return later[0] if later else free[-1] if free else None


def _share(newcomer: Airing, found: Iterable[Collision]) -> tuple[str, ...]:
    """Zones the newcomer may have: those it alone wants, else half; none if nobody can share."""
    taken = {zone for it in found for zone in it.zones}
    alone = tuple(zone for zone in newcomer.zones if zone not in taken)
    half = newcomer.zones[(len(newcomer.zones) + 1) // 2 :]
    zones = alone or half
    kept = all(set(it.airing.zones) - set(zones) for it in found)
    return zones if kept else ()


def put(  # noqa: PLR0913 - what is there; the days by keyword
    week: Week,
    station: Station,
    make: Maker,
    place: tuple[date, str] | WayOut,
    near: list[Airing],
    *,
    days: SpecialDays = MappingProxyType({}),
) -> tuple[Week, Airing]:
    """The week with the newcomer at a place, or put in by a way out; and the newcomer.

    Raises:
        CollisionError: something is in the way and the way out does not say what becomes of it.
        InputError: a split that leaves somebody without zones, or another error of `add`.
    """
    if isinstance(place, WayOut):
        newcomer = replace(make(place.day, place.slot), zones=place.zones)
    else:
        newcomer = make(*place)
    newcomer = _with_id(newcomer, week)
    found = collisions(week, newcomer, near)
    if isinstance(place, WayOut) and place.kind != "next-slot" and all(it.own for it in found):
        week = _cleared(week, found, place)
    elif found:
        raise CollisionError(found, ways_out(week, station, newcomer, make, near, days=days))
    return add(week, newcomer), newcomer


def _with_id(airing: Airing, week: Week) -> Airing:
    """An airing with an id, which is not that of one it may replace."""
    taken = [other.id for other in week.airings]
    made = airing.id or airing_id(airing.day, airing.start, airing.slot, taken)
    return replace(airing, id=made)


def _cleared(week: Week, found: Sequence[Collision], way: WayOut) -> Week:
    """The week without what is in the way, or, after a split, with fewer zones for it."""
    if way.kind == "replace":
        for it in found:
            week = remove(week, it.airing.id)
        return week
    left = {it.airing.id: _without(it.airing, way.zones) for it in found}
    return replace(week, airings=tuple(left.get(a.id, a) for a in week.airings))


def _without(airing: Airing, zones: Sequence[str]) -> Airing:
    rest = tuple(zone for zone in airing.zones if zone not in zones)
    if not rest:
        happened = f"lượt phát {airing.id} không còn cụm loa nào"
        raise InputError("Không chia được", happened, "để lại cho nó ít nhất một cụm loa")
    return replace(airing, zones=rest)
