"""A quarter at a glance: topics by weeks with what was heard, and the holidays of each week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from broadcast.almanac import special_days
from broadcast.domain.days import SpecialDay
from broadcast.domain.periods import Period
from broadcast.domain.week import WeekId
from broadcast.workflow.desk import Desk
from broadcast.workflow.heat import Heat, heat
from broadcast.workflow.topic_counts import Quarter


@dataclass(frozen=True, slots=True)
class QuarterView:
    """A quarter of all plans.

    Attributes:
        plans: titles of the plans by id, the newest first.
        days: the special days of each week that has some.
    """

    quarter: Quarter
    today: date
    heat: Heat
    plans: Mapping[str, str]
    days: Mapping[WeekId, tuple[SpecialDay, ...]]


def quarter_view(desk: Desk, day: date, today: date) -> QuarterView:
    """The quarter that `day` is in, seen on `today`.

    Takes a while where a year of weeks is read for the first time: call it in a worker.

    Raises:
        InputError: station or plans cannot be read.
    """
    quarter = Quarter.of(day)
    span = Period(str(quarter), quarter.first, quarter.last)
    found = heat(desk, span, today)
    plans = sorted(desk.plans().values(), key=lambda plan: (plan.year or 0, plan.id), reverse=True)
    titles = {plan.id: plan.title or plan.id for plan in plans}
    return QuarterView(quarter, today, found, titles, _days(desk, span))


def _days(desk: Desk, span: Period) -> dict[WeekId, tuple[SpecialDay, ...]]:
    found: dict[WeekId, tuple[SpecialDay, ...]] = {}
    for day, special in special_days(span.first, span.last, desk.station()).items():
        week = WeekId.of(day)
        found[week] = (*found.get(week, ()), special)
    return found
