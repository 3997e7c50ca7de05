"""How often topics are heard: weeks across, topics down, for the view of a quarter or a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from broadcast.domain.periods import Period
from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota_model import Key
from broadcast.domain.week import Airing, WeekId
from broadcast.errors import BroadcastError
from broadcast.workflow.aired import heard_of, logged
from broadcast.workflow.desk import Desk

STRIP = 12
"""Weeks of the strip behind a topic, if nobody says."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A topic of a plan.

    Attributes:
        weeks: for each week of the heat map how often, on days of the span only.
        strip: for each of the last weeks, the current one last, how often up to today.
        last: the last day up to today it was heard on, `next` the first day after that.
    """

    plan: str
    path: str
    text: str
    weeks: tuple[int, ...]
    strip: tuple[int, ...]
    last: date | None = None
    next: date | None = None

    @property
    def times(self) -> int:
        """How often in the span."""
        return sum(self.weeks)


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat map: its weeks, and for each plan its airable topics in the plan's order.

    `unread` are weeks whose files cannot be read; they count nothing.
    """

    span: Period
    weeks: tuple[WeekId, ...]
    strip_weeks: tuple[WeekId, ...]
    rows: tuple[HeatRow, ...]
    unread: tuple[WeekId, ...] = ()

    @property
    def most(self) -> int:
        """The highest count of a cell, which has the strongest colour."""
        return max((count for row in self.rows for count in row.weeks), default=0)

    @property
    def totals(self) -> tuple[int, ...]:
        """For each week how many airings of these topics."""
        return tuple(map(sum, zip(*(row.weeks for row in self.rows), strict=True)))

    def of(self, plan_id: str) -> tuple[HeatRow, ...]:
        """The rows of one plan."""
        return tuple(row for row in self.rows if row.plan == plan_id)


def heat(
    desk: Desk,
    span: Period,
    today: date,
    *,
    strip: int = STRIP,
) -> Heat:
    """How often each airable topic is heard in a span, and was in the weeks until today.

    What the log says did not go on air counts nothing. Reads every week's file once, no script:
    fast enough for a screen's worker.

    Args:
        strip: weeks of the strip.

    Raises:
        InputError: a plan cannot be read.
    """
    plans = desk.plans()
    weeks, behind = span.weeks(), tuple(WeekId.of(today - n * _WEEK) for n in range(strip))[::-1]
    airings, unread = _airings(desk)
    days = _days(plans.values(), airings)
    rows = tuple(
        _row(plan, topic, days.get((plan.id, topic.path), []), (span, weeks, behind, today))
        for plan in plans.values()
        for topic in _once(plan)
    )
    return Heat(span, weeks, behind, rows, tuple(unread))


def _once(plan: Plan) -> Iterable[Topic]:
    """Airable topics, of those at one path the first."""
    topics: dict[str, Topic] = {}
    for topic in plan.airable_topics():
        topics.setdefault(topic.path, topic)
    return topics.values()


def _airings(desk: Desk) -> tuple[list[Airing], list[WeekId]]:
    airings, unread = list[Airing](), list[WeekId]()
    for week in desk.workspace.week_ids():
        try:
            airings += desk.week(week).airings
        except BroadcastError:
            unread.append(week)
    return heard_of(airings, logged(desk)), unread


def _days(plans: Iterable[Plan], airings: Iterable[Airing]) -> dict[Key, list[date]]:
    """The days of each topic, one for each airing, in order."""
    known = {plan.id: plan for plan in plans}
    days: dict[Key, list[date]] = {}
    for airing in sorted(airings, key=lambda a: a.day):
        plan = known.get(airing.plan or "")
        if plan and airing.topic:
            days.setdefault((plan.id, plan.path_of(airing.topic)), []).append(airing.day)
    return days


_Frame = tuple[Period, tuple[WeekId, ...], tuple[WeekId, ...], date]


def _row(plan: Plan, topic: Topic, days: list[date], frame: _Frame) -> HeatRow:
    span, weeks, behind, today = frame
    inside = Counter(WeekId.of(day) for day in days if span.has(day))
    heard = Counter(WeekId.of(day) for day in days if day <= today)
    return HeatRow(
        plan.id,
        topic.path,
        topic.text,
        tuple(inside[week] for week in weeks),
        tuple(heard[week] for week in behind),
        max((day for day in days if day <= today), default=None),
        min((day for day in days if day > today), default=None),
    )
