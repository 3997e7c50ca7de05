"""What a day is called: its holiday or the station's own day, and its lunar date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from broadcast.almanac import lunar_day, special_days, unsettled
from broadcast.domain.days import SpecialDays
from broadcast.domain.lunar import LunarDay
from broadcast.domain.week import WeekId
from broadcast.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class DayLabel:
    """A day of the week with what people know it by.

    `lunar` is None for years whose lunar dates are not known; `name` and `kind` are "" on days
    like others.
    """

    day: date
    lunar: LunarDay | None = None
    name: str = ""
    kind: str = ""
    closed: bool = False
    programme: str = ""

    @property
    def lunar_text(self) -> str:
        """The lunar date in words, with the year's name where a month begins; "" if unknown."""
        if self.lunar is None:
            return ""
        year = f" năm {self.lunar.year_name}" if self.lunar.day == 1 else ""
        return f"{self.lunar.text}{year}"

    @property
    def told(self) -> str:
        """The holiday's name and what the station does on it; "" on days like others."""
        way = "đài nghỉ" if self.closed else self.programme and "có chương trình riêng"
        return f"{self.name} ({way})" if self.name and way else self.name


def special_days_of(desk: Desk, week_id: WeekId) -> SpecialDays:
    """Holidays and own days of a week."""
    first, *_, last = week_id.days()
    return special_days(first, last, desk.station())


def day_labels(week_id: WeekId, days: SpecialDays) -> tuple[DayLabel, ...]:
    """The seven days of a week, Monday first."""
    return tuple(_label(day, days) for day in week_id.days())


def doubts_of(week_id: WeekId, days: SpecialDays) -> tuple[str, ...]:
    """What is not certain about the holidays of a week, where it has some or none are known."""
    first, *_, last = week_id.days()
    known = lunar_day(first) is not None and lunar_day(last) is not None
    concerned = any(one.kind != "riêng" for one in days.values())
    return unsettled(first, last) if concerned or not known else ()


def _label(day: date, days: SpecialDays) -> DayLabel:
    special, lunar = days.get(day), lunar_day(day)
    if special is None:
        return DayLabel(day, lunar)
    return DayLabel(day, lunar, special.name, special.kind, special.closed, special.programme)


def day_view(label: DayLabel) -> dict[str, Any]:
    """One of the `days` of `week show --json`."""
    return {
        "day": label.day.isoformat(),
        "lunar": label.lunar.text if label.lunar else None,
        "lunar_short": label.lunar.short if label.lunar else None,
        "lunar_year": label.lunar.year_name if label.lunar else None,
        "name": label.name,
        "kind": label.kind or None,
        "closed": label.closed,
        "programme": label.programme,
    }
