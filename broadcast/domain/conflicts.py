"""What is really heard where airings and relays meet: who gives way, and what is left unsettled.

Everything is looked at a zone at a time over real hours, so midnight and the borders of weeks are
like any other time. Levels are those of Thông tư 39/2020/TT-BTTTT: khẩn cấp before ưu tiên before
thông thường. An airing that meets a higher one in a zone is not heard in that zone at all; what it
would have met there itself no longer matters.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from operator import attrgetter

from broadcast.domain.overlaps import Overlap, overlaps
from broadcast.domain.station import Station
from broadcast.domain.week import LEVELS, Airing

RANK = {level: rank for rank, level in enumerate(LEVELS)}
"""Levels in order, the highest last."""


@dataclass(frozen=True, slots=True)
class GivesWay:
    """`airing` is not heard in `zones`, where `to`, of a higher level, sounds at its time."""

    airing: Airing
    to: Airing
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Conflicts:
    """What meets what; `lost` tells the zones in which an airing is not heard.

    `gives_way`: settled by the levels. `unsettled`: two airings of one level. `over_relays`: an
    airing (first) over a relay (second, see `relays`), which only khẩn cấp may be.
    """

    gives_way: tuple[GivesWay, ...] = ()
    unsettled: tuple[Overlap, ...] = ()
    over_relays: tuple[Overlap, ...] = ()
    looked_at: int = 0
    """How many pairs that sound together were gone through."""

    @property
    def lost(self) -> dict[Airing, tuple[str, ...]]:
        """The zones in which an airing is not heard; those heard everywhere are left out."""
        return _lost(self.gives_way)


def relays(station: Station, days: Iterable[date]) -> list[Airing]:
    """The relays that begin on the days, each as an airing that has its slot's id and `relay`."""
    slots = [(slot, station.zones_of(slot)) for slot in station.slots if slot.relay]
    return [
        Airing(f"{day}-{slot.id}", day, slot.start, slot.minutes, zones, slot.id, slot.relay)
        for day in days
        for slot, zones in slots
        if slot.stands_on(day)
    ]


def giving_way(airings: Sequence[Airing]) -> tuple[GivesWay, ...]:
    """Which airings are not heard where, by time.

    O(n log n) for n airings, a zone at a time: the higher levels first, each level against the
    hours that are taken by then.
    """
    if len({a.level for a in airings}) < 2:
        return ()
    lost: dict[tuple[int, int], list[str]] = {}
    for zone, numbers in _by_zone(airings).items():
        for pair in _losers(airings, numbers):
            lost.setdefault(pair, []).append(zone)
    found = [GivesWay(airings[low], airings[high], tuple(z)) for (low, high), z in lost.items()]
    return tuple(sorted(found, key=lambda it: (it.airing.starts, it.airing.id, it.to.starts)))


def _by_zone(airings: Sequence[Airing]) -> dict[str, list[int]]:
    """Numbers of the airings that last, by zone and in order of time."""
    order = sorted(range(len(airings)), key=lambda n: (airings[n].starts, airings[n].id, n))
    found: dict[str, list[int]] = {}
    for number in order:
        if airings[number].minutes > 0:
            for zone in dict.fromkeys(airings[number].zones):
                found.setdefault(zone, []).append(number)
    return found


def _losers(airings: Sequence[Airing], numbers: Sequence[int]) -> list[tuple[int, int]]:
    """Of one zone: who is not heard, and the first of those it gives way to."""
    lost: list[tuple[int, int]] = []
    taken = _Taken()
    for level in sorted({RANK.get(airings[n].level, 0) for n in numbers}, reverse=True):
        heard = list[int]()
        for number in (n for n in numbers if RANK.get(airings[n].level, 0) == level):
            winner = taken.over(airings[number])
            if winner is None:
                heard.append(number)
            else:
                lost.append((number, winner))
        taken.add(airings, heard)
    return lost


@dataclass(slots=True)
class _Taken:
    """Hours of one zone that are taken, and by which airing; asked by bisection.

    `until[n]` is the latest end of the first n + 1 airings and `who[n]` the one that has it.
    """

    items: list[tuple[datetime, datetime, int]] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    until: list[datetime] = field(default_factory=list)

    def add(self, airings: Sequence[Airing], numbers: Sequence[int]) -> None:
        self.items += [(airings[n].starts, airings[n].ends, n) for n in numbers]
        self.items.sort()
        self.starts = [start for start, _, _ in self.items]
        self.until = []
        for _, end, _ in self.items:
            self.until.append(max(end, self.until[-1]) if self.until else end)

    def over(self, airing: Airing) -> int | None:
        """The first airing that sounds during `airing`, None if there is none."""
        # Of those that begin before it begins the first one to last longer, else the next one.
        before = bisect_right(self.starts, airing.starts)
        at = bisect_right(self.until, airing.starts, 0, before)
        if at < len(self.items) and self.items[at][0] < airing.ends:
            return self.items[at][2]
        return None


def silent(airings: Sequence[Airing]) -> dict[Airing, tuple[str, ...]]:
    """The zones in which an airing is not heard; those heard everywhere are left out."""
    return _lost(giving_way(airings))


def _lost(ways: Iterable[GivesWay]) -> dict[Airing, tuple[str, ...]]:
    found: dict[Airing, tuple[str, ...]] = {}
    for it in ways:
        found[it.airing] = (*found.get(it.airing, ()), *it.zones)
    return found


def heard(airings: Iterable[Airing], lost: Mapping[Airing, tuple[str, ...]]) -> list[Airing]:
    """The airings with the zones that hear them (`lost` from `silent`); those of none are gone."""
    if not lost:
        return list(airings)
    found = list[Airing]()
    for airing in airings:
        gone = lost.get(airing, ())
        zones = tuple(zone for zone in airing.zones if zone not in gone)
        if zones or not airing.zones:
            found.append(replace(airing, zones=zones) if gone else airing)
    return found


def conflicts(airings: Sequence[Airing], carried: Sequence[Airing] = ()) -> Conflicts:
    """Everything that meets among the airings and the relays `carried` meanwhile.

    Overlaps tell the airings as they were given, with the zones in which both would be heard.
    """
    ways = giving_way(airings)
    lost = _lost(ways)
    unsettled, over = list[Overlap](), list[Overlap]()
    relayed = {id(relay) for relay in carried}
    pairs = overlaps([*airings, *carried])
    for it in pairs:
        first, second = it.first, it.second
        if id(first) in relayed:
            first, second = second, first
        gone = (*lost.get(first, ()), *lost.get(second, ())) if lost else ()
        zones = tuple(zone for zone in it.zones if zone not in gone)
        if not zones or id(first) in relayed:
            continue
        if id(second) not in relayed:
            unsettled.append(replace(it, zones=zones))
        elif first.level != LEVELS[-1]:
            over.append(Overlap(first, second, zones))
    return Conflicts(ways, tuple(unsettled), tuple(over), len(pairs))


def made_up(airing: Airing, zone: str, airings: Iterable[Airing]) -> Airing | None:
    """The first later airing of the same script in a zone, None without one."""
    if airing.script is None:
        return None
    later = (
        a
        for a in airings
        if a.script == airing.script and zone in a.zones and a.starts >= airing.ends
    )
    return min(later, key=attrgetter("starts"), default=None)
