"""Public holidays of Việt Nam and lunar dates: which day is what, for planning.

Holidays come from `holidays` (Bộ luật Lao động 2019, Điều 111 và 112, with the days swapped by
decision of each year); lunar dates from `lunar-vn` (Hồ Ngọc Đức's rules for UTC+7: Chinese tables
are a day off in some years). What they do not know is said, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache

from broadcast.domain.days import DayKind, SpecialDay, SpecialDays, days_of, with_own
from broadcast.domain.lunar import LunarDay
from broadcast.domain.station import Station

KNOWN_YEARS = range(1976, 2100)
"""Years whose lunar dates and holidays are reckoned: since both halves of the country keep one
calendar, and as long as the tables go."""

_TET_BEFORE, _TET_AFTER = 3, 8
"""Days off around the first day of the lunar year that belong to Tết."""

_TET_BY_LAW = range(-1, 3)
"""Days from the first of the lunar year that are always off; the others are decided each year."""


@dataclass(frozen=True, slots=True)
class _Holiday:
    name: str
    kind: DayKind
    tet: bool


def lunar_day(day: date) -> LunarDay | None:
    """The lunar date of a day; None outside KNOWN_YEARS."""
    if day.year not in KNOWN_YEARS:
        return None
    from lunar_vn import solar_to_lunar  # noqa: PLC0415 - only who looks at days needs it

    found = solar_to_lunar(day)
    return LunarDay(found.day, found.month, found.year, found.leap)


def special_days(first: date, last: date, station: Station) -> SpecialDays:
    """The special days from `first` to `last`: public holidays as the station keeps them, and
    its own days, which go before a holiday on the same day."""
    found: dict[date, SpecialDay] = {}
    for year in range(first.year, last.year + 1):
        for day, known in _holidays(year).items():
            if first <= day <= last:
                found[day] = station.holidays.treat(day, known.name, known.kind, tet=known.tet)
    # Backwards, so that of two entries for one day the upper one decides.
    for own in reversed(station.days):
        for day in days_of(own, first, last, lunar_day):
            found[day] = with_own(day, own, found.get(day))
    return dict(sorted(found.items()))


def unsettled(first: date, last: date) -> tuple[str, ...]:
    """What is not known for certain about the holidays of these days, a sentence a year."""
    years = range(first.year, last.year + 1)
    return tuple(told for year in years if (told := _doubt(year)))


def _doubt(year: int) -> str:
    if year not in KNOWN_YEARS:
        return f"chưa biết ngày lễ và ngày âm lịch của năm {year}"
    if year > _decided_until():
        return (
            f"ngày nghỉ Tết, Quốc khánh và ngày nghỉ hoán đổi năm {year} mới là dự kiến; khi có "
            "thông báo lịch nghỉ thì ghi ngày khác đi vào mục days của schedules/station.yaml"
        )
    return ""


@cache
def _holidays(year: int) -> dict[date, _Holiday]:
    """The days off of a year, as far as they are known."""
    if year not in KNOWN_YEARS:
        return {}
    from holidays import country_holidays  # noqa: PLC0415 - heavy, and few commands need it

    new_year = _new_year(year)
    days = country_holidays("VN", years=[year], language="vi")
    return {day: _holiday(day, days[day], new_year) for day in sorted(days)}


def _holiday(day: date, name: str, new_year: date) -> _Holiday:
    kind: DayKind = "nghỉ bù" if "nghỉ bù" in name or name.startswith("Ngày nghỉ") else "lễ"
    since = (day - new_year).days
    tet = -_TET_BEFORE <= since <= _TET_AFTER
    decided_yearly = (tet and since not in _TET_BY_LAW) or (day.month, day.day) in {(9, 1), (9, 3)}
    if kind == "lễ" and decided_yearly and day.year > _decided_until():
        name = f"{name} (dự kiến)"
    return _Holiday(name, kind, tet)


def _new_year(year: int) -> date:
    """The first day of the lunar year that begins in a solar year."""
    from lunar_vn import LunarDate, lunar_to_solar  # noqa: PLC0415 - as above

    return lunar_to_solar(LunarDate(1, 1, year))


@cache
def _decided_until() -> int:
    """The last year of whose days off a decision is known: one with swapped working days."""
    from holidays.countries.vietnam import VietnamStaticHolidays  # noqa: PLC0415 - as above

    return max(VietnamStaticHolidays.special_public_holidays)


def lunar_days(days: Iterable[date]) -> dict[date, LunarDay]:
    """The lunar dates of those days that have one."""
    return {day: found for day in days if (found := lunar_day(day))}


__all__ = ["KNOWN_YEARS", "lunar_day", "lunar_days", "special_days", "unsettled"]
