"""Periods to choose a report of: those that have begun, and the ones beside a period."""

from __future__ import annotations

from datetime import date, timedelta

from broadcast.domain.periods import (
    Period,
    around,
    half,
    month,
    nine_months,
    quarter,
    whole_year,
)

_YEAR = 12
_KINDS = {1: "tháng", 3: "quý", 6: "6 tháng", 9: "9 tháng", _YEAR: "năm"}
"""What a period of so many months is called."""


def quarter_of(day: date) -> Period:
    """The quarter with that day."""
    return quarter(day.year, (day.month + 2) // 3)


def begun(today: date, years: int = 2) -> tuple[Period, ...]:
    """Every period of this year and the years before that has begun, by year, the nearest first.

    Within a year: quarters, halves, nine months, the year, months; the later ones first.
    """
    found = list[Period]()
    for year in range(today.year, today.year - years, -1):
        found += [quarter(year, number) for number in (4, 3, 2, 1)]
        found += [half(year, 2), half(year, 1), nine_months(year), whole_year(year)]
        found += [month(year, number) for number in range(_YEAR, 0, -1)]
    return tuple(one for one in found if one.first <= today)


def beside(period: Period, by: int) -> Period:
    """The period of the same length `by` before (negative) or after it.

    Nine months and years go by years, weeks by weeks.
    """
    length = _months_of(period)
    if length == 0:
        return around(period.first + timedelta(weeks=by), "tuần") or period
    step = length if _YEAR % length == 0 else _YEAR
    year, number = divmod(period.first.year * _YEAR + period.first.month - 1 + by * step, _YEAR)
    return around(date(year, number + 1, 1), _KINDS[length]) or period


def _months_of(period: Period) -> int:
    """How many whole months a period has, 0 for a week."""
    if period.first.day != 1:
        return 0
    whole = (period.last + timedelta(days=1)).day == 1
    years = period.last.year - period.first.year
    return years * _YEAR + period.last.month - period.first.month + 1 if whole else 0
