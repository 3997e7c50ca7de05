"""Which airing a player's row is about, and what zones heard by those rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from broadcast.domain.log import Heard, Key
from broadcast.domain.week import Airing

LATE_FROM = 2
"""Minutes; players' clocks and lead-ins differ by less."""

WHOLE = 0.9
"""The share of a programme's length from which it counts as heard: players cut fades off."""

_NAMED_WITHIN = timedelta(hours=12)
"""How far from its time a file that is named for an airing may have been played."""

NOTE = "theo nhật ký máy phát"


@dataclass(frozen=True, slots=True)
class Played:
    """A row: its line, when it began (aware), seconds; `zones` none means all of the airing's.

    `named`: the airings that its file is named for; none where the name says nothing.
    """

    line: int
    when: datetime | None
    seconds: float | None
    zones: tuple[str, ...] = ()
    named: frozenset[Key] = frozenset()


def airing_of(row: Played, airings: Sequence[Airing], tolerance: timedelta) -> Airing | None:
    """The airing that a row is about: what its file is named for, else the nearest in time.

    None where there is none, or where several could be meant and no time tells them apart.
    """
    there = [one for one in airings if not row.zones or not set(row.zones).isdisjoint(one.zones)]
    named = [one for one in there if (one.day, one.id) in row.named]
    if row.when is None:
        return named[0] if len(named) == 1 else None
    when, within = row.when, _NAMED_WITHIN if named else tolerance
    near = [one for one in named or there if abs(one.starts - when) <= within]
    return min(near, key=lambda one: abs(one.starts - when), default=None)


def heard_by(
    airing: Airing, rows: Sequence[Played], seconds: float, covered: Iterable[str]
) -> tuple[Heard, ...]:
    """What the zones heard of an airing, as its rows say; zones of one outcome together.

    Args:
        seconds: how long its programme is.
        covered: zones whose player the file is of: without a row they heard nothing.
    """
    found: dict[Heard, tuple[str, ...]] = {}
    players = set(covered)
    for zone in airing.zones:
        own = [row for row in rows if not row.zones or zone in row.zones]
        if own or zone in players:
            heard = _heard(airing, own, seconds)
            found[heard] = (*found.get(heard, ()), zone)
    return tuple(replace(heard, zones=zones) for heard, zones in found.items())


def _heard(airing: Airing, rows: Sequence[Played], seconds: float) -> Heard:
    if not rows:
        return Heard((), "không phát", 0, 0, "khác", f"{NOTE}: không có lượt này")
    began = min((row.when for row in rows if row.when), default=None)
    late = max(0, int((began - airing.starts).total_seconds() // 60)) if began else 0
    late = late if late >= LATE_FROM else 0
    minutes = _minutes(airing, rows, seconds)
    if late:
        return Heard((), "muộn", minutes, late, "khác", NOTE)
    if minutes < airing.minutes:
        return Heard((), "bị cắt ngắn", minutes, 0, "khác", NOTE)
    return Heard((), "như kế hoạch", airing.minutes)


def _minutes(airing: Airing, rows: Iterable[Played], seconds: float) -> int:
    """Minutes heard: all set aside where the programme was heard, else those of the rows."""
    lengths = [row.seconds for row in rows if row.seconds is not None]
    if not lengths or sum(lengths) >= WHOLE * seconds:
        return airing.minutes
    return max(1, min(airing.minutes - 1, round(sum(lengths) / 60)))


def by_airing(
    rows: Iterable[Played], airings: Sequence[Airing], tolerance: timedelta
) -> tuple[Mapping[Key, tuple[Played, ...]], tuple[Played, ...]]:
    """The rows of each airing, and those that are about none."""
    found: dict[Key, tuple[Played, ...]] = {}
    left = list[Played]()
    for row in rows:
        airing = airing_of(row, airings, tolerance)
        if airing is None:
            left.append(row)
        else:
            key = airing.day, airing.id
            found[key] = (*found.get(key, ()), row)
    return found, tuple(left)
