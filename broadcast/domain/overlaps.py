"""Airings that sound at one time in one zone, and the nearest time that is free."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from heapq import heappop, heappush

from broadcast.domain.week import Airing


@dataclass(frozen=True, slots=True)
class Overlap:
    """Two airings, `first` begins no later than `second`, and the zones that would hear both."""

    first: Airing
    second: Airing
    zones: tuple[str, ...]


def overlaps(airings: Sequence[Airing]) -> tuple[Overlap, ...]:
    """Every two airings that sound at one time in one zone, by time.

    A sweep over each zone: O(n log n) and the number of overlaps. An airing whose end is the
    other's start does not overlap it; one without length overlaps nothing.
    """
    in_zone: dict[str, list[int]] = {}
    for number, airing in enumerate(airings):
        for zone in dict.fromkeys(airing.zones):
            in_zone.setdefault(zone, []).append(number)
    together: dict[tuple[int, int], list[str]] = {}
    for zone, numbers in in_zone.items():
        for pair in _sweep(airings, numbers):
            together.setdefault(pair, []).append(zone)
    found = [Overlap(airings[a], airings[b], tuple(zones)) for (a, b), zones in together.items()]
    return tuple(sorted(found, key=lambda it: (it.second.starts, it.first.starts, it.second.id)))


def _sweep(airings: Sequence[Airing], numbers: Iterable[int]) -> Iterable[tuple[int, int]]:
    """Pairs of indices of airings of one zone that overlap, the earlier one first."""
    lasting = (n for n in numbers if airings[n].minutes > 0)
    sounding: list[tuple[datetime, int]] = []
    for number in sorted(lasting, key=lambda n: (airings[n].starts, airings[n].id, n)):
        while sounding and sounding[0][0] <= airings[number].starts:
            heappop(sounding)
        yield from ((other, number) for _, other in sounding)
        heappush(sounding, (airings[number].ends, number))


def free_from(
    airings: Iterable[Airing], wanted: Airing, after: datetime, until: datetime
) -> datetime | None:
    """The first start from `after` at which `wanted` meets no other of `airings` in its zones.

    Args:
        airings: what is on air; `wanted` itself among them is no hindrance.
        wanted: its zones and minutes are needed.
        after: the earliest start.
        until: it must be over by then.
    """
    zones, length = set(wanted.zones), timedelta(minutes=wanted.minutes)
    others = (a for a in airings if a is not wanted and not zones.isdisjoint(a.zones))
    start = after
    for other in sorted(others, key=lambda a: a.starts):
        if max(other.starts, start) < min(other.ends, start + length):
            start = other.ends
    return start if start + length <= until else None
