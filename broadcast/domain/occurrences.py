"""Standing slots spread over any days: each time one stands is an occurrence.

The days themselves are walked a week apart, so that the work grows with what is found and with the
number of slots, not with how long the slots have stood. Years and ISO weeks need no care: a day is
followed by the next one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from heapq import merge

from broadcast.domain.station import Slot, Station
from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import DAYS, moment

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Place:
    """One slot on one day: room for one airing, heard in `zones` (ids, the station's order)."""

    day: date
    slot: Slot
    zones: tuple[str, ...]

    @property
    def starts(self) -> datetime:
        """Start, aware."""
        return datetime.combine(self.day, self.slot.start, VIETNAM)

    @property
    def ends(self) -> datetime:
        """End, aware; may be on the next day."""
        return self.starts + timedelta(minutes=self.slot.minutes)

    @property
    def relayed(self) -> bool:
        """Whether another station's programme is carried then: it is taken, nothing fills it."""
        return bool(self.slot.relay)

    def __str__(self) -> str:
        return f"{moment(self.starts)} ({self.slot.name or self.slot.id})"


def occurrences(station: Station, first: date, last: date) -> Iterator[Place]:
    """Every occurrence that starts on a day from `first` to `last`, relayed ones too, by time.

    Those at one time keep the station's order. Made as they are asked for.
    """
    runs = [_run(station, n, slot, first, last) for n, slot in enumerate(station.slots)]
    return (place for _, _, place in merge(*runs, key=lambda it: it[:2]))


def sounding(station: Station, begin: datetime, end: datetime) -> Iterator[Place]:
    """Every occurrence that sounds between two aware moments, also one begun the day before."""
    longest = max((slot.minutes for slot in station.slots), default=0)
    first = (begin - timedelta(minutes=longest)).astimezone(VIETNAM).date()
    for place in occurrences(station, first, end.astimezone(VIETNAM).date()):
        if place.starts < end and begin < place.ends:
            yield place


def days_of(slot: Slot, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which a slot stands, in order."""
    first = max(first, slot.valid_from or first)
    last = min(last, slot.valid_until or last)
    left_out = frozenset(slot.except_on)
    weekdays = [n for n, name in enumerate(DAYS) if name in slot.days]
    starts = sorted(_ahead(first, (weekday - first.weekday()) % 7) for weekday in weekdays)
    while starts and starts[0] <= last:
        yield from (day for day in starts if day <= last and day not in left_out)
        if date.max - starts[-1] < _WEEK:
            return
        starts = [day + _WEEK for day in starts]


def _ahead(day: date, days: int) -> date:
    """`day` and some more, at most the last day there is."""
    return day + min(timedelta(days=days), date.max - day)


def _run(
    station: Station, number: int, slot: Slot, first: date, last: date
) -> Iterator[tuple[datetime, int, Place]]:
    zones = station.zones_of(slot)
    for day in days_of(slot, first, last):
        place = Place(day, slot, zones)
        yield place.starts, number, place
