"""Days that are not like others: public holidays, days off in lieu, the station's own days."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from broadcast.domain.lunar import LunarDay

DayKind = Literal["lễ", "nghỉ bù", "riêng"]
"""A public holiday, a day off in lieu of one, or a day of the station's own."""

HolidayWay = Literal["nghỉ", "riêng", "thường"]
"""What a station does on public holidays: broadcast nothing, its own programme, or as usual."""

HOLIDAY_WAYS: tuple[HolidayWay, ...] = ("nghỉ", "riêng", "thường")
"""Every way a holiday may be kept."""

LONGEST = 366
"""Days that one entry of the station's own days may last."""

_LEAP_YEAR = 2024
_LUNAR_MONTH = 30
_DAY_MONTH = re.compile(r"\s*([0-9]{1,2})\s*[/.-]\s*([0-9]{1,2})\s*")


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that planning has to know of.

    `closed`: nothing is filled in on it. `programme`: what is heard on it instead of topics, ""
    if topics are filled in as on other days.
    """

    day: date
    name: str
    kind: DayKind = "riêng"
    closed: bool = False
    programme: str = ""


SpecialDays = Mapping[date, SpecialDay]
"""Special days by their date; the outer rooms look them up and pass them in."""

LunarOf = Callable[[date], LunarDay | None]
"""The lunar date of a day, None outside the years that are known."""


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day or stretch of days of the station's own, as schedules/station.yaml writes it.

    One of three says when: `day` (to `until`) once; `yearly` ("22/12") each solar year; `lunar`
    ("10/1", mùng mười tháng Giêng) each lunar year, in the month that is not leap. The latter two
    last `lasts` days. `closed`: nothing is filled in; `programme`: heard instead of topics.
    """

    name: str
    day: date | None = None
    until: date | None = None
    yearly: str = ""
    lunar: str = ""
    lasts: int = 1
    closed: bool = False
    programme: str = ""


@dataclass(frozen=True, slots=True)
class Holidays:
    """What the station does on public holidays.

    `tet`: on the days of Tết Nguyên đán; `other`: on all others and on days off in lieu.
    `programme`: what is heard where the way is "riêng", "" names it after the holiday.
    """

    tet: HolidayWay = "nghỉ"
    other: HolidayWay = "thường"
    programme: str = ""

    def treat(self, day: date, name: str, kind: DayKind, *, tet: bool) -> SpecialDay:
        """A public holiday as this station keeps it."""
        way = self.tet if tet else self.other
        own = (self.programme or f"Chương trình nhân dịp {name}") if way == "riêng" else ""
        return SpecialDay(day, name, kind, way == "nghỉ", own)


def read_day_month(text: str, *, lunar: bool = False) -> tuple[int, int]:
    """Day and month of a day that comes back each year: "22/12", "10/1".

    Raises:
        ValueError: there is no such day; says in Vietnamese what to write.
    """
    match = _DAY_MONTH.fullmatch(text)
    if match is None:
        raise ValueError("viết ngày/tháng, ví dụ 10/1")
    day, month = int(match[1]), int(match[2])
    last = _LUNAR_MONTH if lunar else _days_of(month)
    if not (1 <= month <= 12 and 1 <= day <= last):
        raise ValueError(f"không có ngày {day} tháng {month}{' âm lịch' if lunar else ''}")
    return day, month


def _days_of(month: int) -> int:
    if not 1 <= month <= 12:
        return 0
    return (date(_LEAP_YEAR + month // 12, month % 12 + 1, 1) - date(_LEAP_YEAR, month, 1)).days


def days_of(own: OwnDay, first: date, last: date, lunar_of: LunarOf) -> Iterator[date]:
    """The days from `first` to `last` that an entry is about, in order."""
    if own.day is not None:
        begin, end = max(own.day, first), min(own.until or own.day, last)
        yield from _span(begin, end)
        return
    # The calendar's very first days have none before them.
    earliest = date.fromordinal(max(first.toordinal() - own.lasts + 1, 1))
    begins = {
        day + timedelta(days=number)
        for day in _span(earliest, last)
        if _begins_on(own, day, lunar_of)
        for number in range(own.lasts)
    }
    yield from sorted(day for day in begins if first <= day <= last)


def _span(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _begins_on(own: OwnDay, day: date, lunar_of: LunarOf) -> bool:
    if own.yearly:
        return (day.day, day.month) == read_day_month(own.yearly)
    wanted = read_day_month(own.lunar, lunar=True)
    there = lunar_of(day)
    if there is None or there.leap or there.month != wanted[1]:
        return False
    # Half of the lunar months end with the 29th; what falls on the 30th is kept on their last day.
    return there.day == wanted[0] or (wanted[0] == _LUNAR_MONTH and _ends_month(day, lunar_of))


def _ends_month(day: date, lunar_of: LunarOf) -> bool:
    following = lunar_of(day + timedelta(days=1))
    return following is not None and following.day == 1


def with_own(day: date, own: OwnDay, there: SpecialDay | None) -> SpecialDay:
    """A day on which the station has an own day, and perhaps a holiday or another own day too.

    What the entry itself says goes first; where it says nothing, what was there still holds.
    """
    if there is None:
        return SpecialDay(day, own.name, "riêng", own.closed, own.programme)
    name = f"{own.name}; {there.name}"
    says = own.closed or bool(own.programme)
    closed, programme = (own.closed, own.programme) if says else (there.closed, there.programme)
    return SpecialDay(day, name, "riêng", closed, programme)
