"""Stretches of days as the officer names them: a week, a month, a quarter, a year, from-to."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from broadcast.domain.week import WeekId

FORMS = "2026-W48, 2026-10, 2026-Q4, 2026-H1, 2026-9M, 2026, 2026-W40..2026-W48"
"""How a stretch of days is written."""

LONGEST = 3 * 366
"""Days that are filled at once at most; more is a slip of the pen."""

_PARTS = re.compile(r"(\d{4})(?:-(?:[Qq]([1-4])|[Hh]([12])|(9)[Mm]|(\d{1,2})))?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Span:
    """Days from `first` to `last`, both in; `name` as it was asked for."""

    first: date
    last: date
    name: str

    def weeks(self) -> tuple[WeekId, ...]:
        """The weeks that have a day in it, in order."""
        weeks = [WeekId.of(self.first)]
        while weeks[-1].days()[-1] < self.last:
            weeks.append(weeks[-1].after())
        return tuple(weeks)

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return self.name


def parse_span(text: str, today: date) -> Span:
    """Read one of `FORMS`, "this" or "next"; a range may join any two of them or two days.

    Raises:
        ValueError: it is none of them, ends before it begins, is longer than `LONGEST`, or has
            no year after it.
    """
    name = text.strip()
    begin, dots, end = name.partition("..")
    first = _part(begin, today)[0]
    last = _part(end if dots else begin, today)[1]
    if last.year == date.max.year or not first <= last <= first + timedelta(days=LONGEST):
        raise ValueError(text)
    return Span(first, last, name)


def _part(text: str, today: date) -> tuple[date, date]:
    """First and last day of one part of a range."""
    name = text.strip()
    if _DAY.fullmatch(name):
        return date.fromisoformat(name), date.fromisoformat(name)
    match = _PARTS.fullmatch(name)
    if match is None:
        days = WeekId.parse(name, today).days()
        return days[0], days[-1]
    year, quarter, half, nine, month = match.groups()
    if quarter:
        return _months(int(year), 3 * int(quarter) - 2, 3 * int(quarter))
    if half:
        return _months(int(year), 6 * int(half) - 5, 6 * int(half))
    if month:
        return _months(int(year), int(month), int(month))
    return _months(int(year), 1, 9 if nine else 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    """From the first day of one month to the last day of another one."""
    start = date(year, first, 1)
    if last == 12:
        return start, date(year, 12, 31)
    return start, date(year, last + 1, 1) - timedelta(days=1)
