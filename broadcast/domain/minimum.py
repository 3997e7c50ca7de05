"""A plan's weekly minimum of airings: what counts towards it, and how it is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from broadcast.domain.calendar_math import holds
from broadcast.domain.plan import Plan, Quota
from broadcast.domain.station import Station
from broadcast.domain.week import Airing


def at_peak(airing: Airing, station: Station) -> bool:
    """Whether an airing lies in one of the slots when many people listen."""
    return any(slot.peak and holds(slot, airing) for slot in station.slots)


def counting(
    airings: Iterable[Airing], plan: Plan, quota: Quota, station: Station
) -> Iterator[Airing]:
    """The airings that count: the plan's own, at a peak if the quota asks for it."""
    own = (airing for airing in airings if airing.plan == plan.id)
    return (airing for airing in own if not quota.peak or at_peak(airing, station))


def counted(airings: Iterable[Airing], plan: Plan, quota: Quota, station: Station) -> int:
    """How many airings count, see `counting`."""
    return sum(1 for _ in counting(airings, plan, quota, station))


def wording(quota: Quota) -> str:
    """The quota in a message: "ít nhất 1 lần/tuần vào giờ cao điểm"."""
    least = "ít nhất " if quota.at_least else ""
    peak = " vào giờ cao điểm" if quota.peak else ""
    return f"{least}{quota.count} lần/{quota.per}{peak}"
