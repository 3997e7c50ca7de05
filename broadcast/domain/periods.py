"""Stretches of days: periods in which a plan counts and reports, and what is filled at once.

Written as people file them: 2026-W48, 2026-11, 2026-Q4, 2026-H1, 2026-6M, 2026-9M, 2026; where any
days will do also "this", "next", a day, or two of them joined by dots.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from broadcast.domain.week import WeekId

PERIOD_FORMS = (
    "2026-Q4 (quý), 2026-H1 (6 tháng đầu năm), 2026-9M (9 tháng), 2026 (cả năm), "
    "2026-11 (tháng), 2026-W48 (tuần)"
)
"""How a period is written."""

STRETCH_FORMS = "2026-W48, 2026-10, 2026-Q4, 2026-H1, 2026-9M, 2026, 2026-W40..2026-W48"
"""How a stretch of days is written."""

YEARS = range(2000, 2200)
"""Years in which periods are asked for; what is outside is a slip of the finger."""

LONGEST = 3 * 366
"""Days of a stretch at most; more is a slip of the pen."""

_WRITTEN = re.compile(r"(\d{4})(?:-(?:(W)(\d{1,2})|(Q)([1-4])|(H)([12])|([69]M)|(\d{1,2})))?", re.I)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_THURSDAY = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days, the last one included, under the `name` it is written by."""

    name: str
    first: date
    last: date

    @property
    def text(self) -> str:
        """As it is said: "quý IV năm 2026", "tháng 11 năm 2026", "9 tháng đầu năm 2026"."""
        return _said(self)

    @property
    def year(self) -> int:
        """The year it belongs to: that of its middle, as ISO 8601 gives weeks to years."""
        return (self.first + (self.last - self.first) // 2).year

    def has(self, day: date) -> bool:
        """Whether the day is in it."""
        return self.first <= day <= self.last

    def weeks(self) -> tuple[WeekId, ...]:
        """The weeks that have a day in it, in order."""
        weeks = [WeekId.of(self.first)]
        while weeks[-1].days()[-1] < self.last:
            weeks.append(weeks[-1].after())
        return tuple(weeks)

    def __str__(self) -> str:
        return self.name


def read_period(text: str) -> Period:
    """Read a period as it is written.

    Raises:
        ValueError: it is none; says in Vietnamese how they are written.
    """
    match = _WRITTEN.fullmatch(text.strip())
    try:
        found = _read(match) if match else None
    except (ValueError, OverflowError):
        found = None
    if found is None:
        raise ValueError(f"«{text}» không phải là kỳ; viết như {PERIOD_FORMS}")
    return found


def read_stretch(text: str, today: date) -> Period:
    """Read a period, a day, "this" or "next" week, or the days from one of them to another.

    Raises:
        ValueError: it is none of them, ends before it begins, or is longer than `LONGEST`; says in
            Vietnamese how they are written.
    """
    begin, dots, end = text.strip().partition("..")
    first = _one(begin, today)
    if not dots:
        return first
    last = _one(end, today).last
    if not first.first <= last <= first.first + timedelta(days=LONGEST):
        raise ValueError(f"«{text}» ngược, hoặc dài hơn ba năm")
    return Period(text.strip(), first.first, last)


def _one(text: str, today: date) -> Period:
    name = text.strip()
    if _DAY.fullmatch(name):
        return _day(date.fromisoformat(name))
    return read_period(name if _WRITTEN.fullmatch(name) else str(WeekId.parse(name, today)))


def _read(match: re.Match[str]) -> Period:
    year = int(match[1])
    if year not in YEARS:
        raise ValueError(year)
    if match[2]:
        return _week(WeekId.parse(f"{year}-W{int(match[3]):02d}", date.min))
    if match[4]:
        return quarter(year, int(match[5]))
    if match[6]:
        return half(year, int(match[7]))
    if match[8]:
        return nine_months(year) if match[8][0] == "9" else half(year, 1)
    return month(year, int(match[9])) if match[9] else whole_year(year)


def whole_year(year: int) -> Period:
    """A calendar year."""
    return _months(f"{year:04d}", year, 1, 12)


def nine_months(year: int) -> Period:
    """The first nine months of a year."""
    return _months(f"{year:04d}-9M", year, 1, 9)


def half(year: int, number: int) -> Period:
    """The first or second six months of a year."""
    return _months(f"{year:04d}-H{number}", year, number * 6 - 5, 6)


def quarter(year: int, number: int) -> Period:
    """A quarter, 1 to 4."""
    return _months(f"{year:04d}-Q{number}", year, number * 3 - 2, 3)


def month(year: int, number: int) -> Period:
    """A month, 1 to 12."""
    return _months(f"{year:04d}-{number:02d}", year, number, 1)


def _months(name: str, year: int, first: int, count: int) -> Period:
    last = first + count - 1
    end = date(year, last, monthrange(year, last)[1])
    return Period(name, date(year, first, 1), end)


def _week(week: WeekId) -> Period:
    first, *_, last = week.days()
    return Period(str(week), first, last)


def _day(day: date) -> Period:
    return Period(day.isoformat(), day, day)


_AROUND: dict[str, Callable[[date], Period]] = {
    "ngày": _day,
    "tuần": lambda day: _week(WeekId.of(day)),
    "tháng": lambda day: month(day.year, day.month),
    "quý": lambda day: quarter(day.year, (day.month + 2) // 3),
    "6 tháng": lambda day: half(day.year, (day.month + 5) // 6),
    "9 tháng": lambda day: nine_months(day.year),
    "năm": lambda day: whole_year(day.year),
}
"""The period of each kind, as plans call them, that a day is in; 9 months are the year's first."""


def around(day: date, per: str) -> Period | None:
    """The period of kind `per` ("quý") that a day is in or, for 9 months, whose year it is in.

    None for a kind that plans do not count by.
    """
    make = _AROUND.get(per)
    return make(day) if make else None


def parts(whole: Period, per: str) -> tuple[Period, ...]:
    """The periods of kind `per` that belong to `whole`, in order.

    A week belongs where its Thursday is (as ISO weeks belong to years); any other period where it
    ends, so that what is owed in it is asked for once. Where `whole` is shorter than one of them,
    the one around it.
    """
    found: dict[str, Period] = {}
    day = whole.first
    while day <= whole.last:
        part = around(day, per)
        if part is None:
            return ()
        if whole.has(belongs(part, per)):
            found[part.name] = part
        if part.last >= whole.last:
            break
        day = max(part.last, day) + timedelta(days=1)
    if not found and (only := around(whole.first, per)):
        return (only,)
    return tuple(found.values())


def belongs(part: Period, per: str) -> date:
    """The day of a period of kind `per` that says which longer one it belongs to."""
    return part.first + timedelta(days=_THURSDAY) if per == "tuần" else part.last


_ROMAN = ("I", "II", "III", "IV")


def _said(period: Period) -> str:
    name, year = period.name, period.name[:4]
    if not _WRITTEN.fullmatch(name):  # no period that plans count by
        days = f"{period.first:%d/%m/%Y}", f"{period.last:%d/%m/%Y}"
        return f"ngày {days[0]}" if days[0] == days[1] else f"từ {days[0]} đến {days[1]}"
    if "W" in name:
        return f"tuần {int(name[6:])} năm {year}"
    if "Q" in name:
        return f"quý {_ROMAN[int(name[-1]) - 1]} năm {year}"
    if "H" in name:
        return f"6 tháng {'đầu' if name.endswith('1') else 'cuối'} năm {year}"
    if name.endswith("9M"):
        return f"9 tháng đầu năm {year}"
    return f"tháng {int(name[5:])} năm {year}" if name[5:] else f"năm {year}"
