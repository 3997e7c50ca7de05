"""Periods to choose a report of: those that have begun, and the ones beside a period."""

from __future__ import annotations

from datetime import date

from broadcast.domain.period import Period

_FORMS = ("Q1", "Q2", "Q3", "Q4", "H1", "H2", "9M")
_YEAR = 12


def quarter_of(day: date) -> Period:
    """The quarter with that day."""
    begins = (day.month - 1) // 3 * 3 + 1
    return Period(day.year, begins, begins + 2)


def begun(today: date, years: int = 2) -> tuple[Period, ...]:
    """Every period of this year and the years before that has begun, by year, the nearest first.

    Within a year: quarters, halves, nine months, the year, months; the later ones first.
    """
    found = []
    for year in range(today.year, today.year - years, -1):
        longer = [Period.parse(f"{year:04d}-{form}") for form in _FORMS]
        months = [Period(year, n, n) for n in range(1, _YEAR + 1)]
        groups = (longer[:4][::-1], longer[4:6][::-1], longer[6:], [Period(year, 1, _YEAR)])
        found += [*(one for group in groups for one in group), *months[::-1]]
    return tuple(one for one in found if one.first <= today)


def beside(period: Period, by: int) -> Period:
    """The period of the same length `by` before (negative) or after it.

    Nine months and years go by years.
    """
    length = period.ends - period.begins + 1
    step = length if _YEAR % length == 0 else _YEAR
    months = period.year * _YEAR + period.begins - 1 + by * step
    year, month = divmod(months, _YEAR)
    return Period(year, month + 1, month + length)
