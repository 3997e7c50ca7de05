"""How often topics are heard: weeks across, topics down, for the view of a quarter or a year."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Literal

from broadcast.domain.minimum import at_peak
from broadcast.domain.periods import Period
from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota_model import Key
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, WeekId
from broadcast.errors import BroadcastError
from broadcast.workflow.aired import heard_of, logged
from broadcast.workflow.desk import Desk

STRIP = 12
"""Weeks of the strip behind a topic, if nobody says."""

Mark = Literal["cao điểm", "đã nghe", "đã xếp", "không"]
"""A week of the strip: heard at a peak, heard, only planned for a day still to come, nothing."""

_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A topic of a plan.

    Attributes:
        weeks: for each week of the heat map how often, on days of the span only.
        strip: for each of the last weeks, the current one last, how often up to today.
        last: the last day up to today it was heard on, `next` the first day after that.
        marks: for each of the last weeks the most that can be said of it.
        cells: for each week of the heat map its airings, in order.
        gap: most days from one airing to the next in the span, see `longest_gap`.
    """

    plan: str
    path: str
    text: str
    weeks: tuple[int, ...]
    strip: tuple[int, ...]
    last: date | None = None
    next: date | None = None
    marks: tuple[Mark, ...] = ()
    cells: tuple[tuple[Airing, ...], ...] = ()
    gap: int = 0

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
    of: Plan | None = None,
) -> Heat:
    """How often each airable topic is heard in a span, and was in the weeks until today.

    What the log says did not go on air counts nothing. Reads every week's file once, no script:
    fast enough for a screen's worker.

    Args:
        strip: weeks of the strip.
        of: only of this plan, its topics that are not for the air too.

    Raises:
        InputError: a plan cannot be read.
    """
    plans, station = [of] if of else list(desk.plans().values()), desk.station()
    weeks, behind = span.weeks(), tuple(WeekId.of(today - n * _WEEK) for n in range(strip))[::-1]
    airings, unread = _airings(desk)
    found = _by_topic(plans, airings)
    frame = _Frame(span, weeks, behind, today, station)
    rows = tuple(
        _row(plan, topic, found.get((plan.id, topic.path), []), frame)
        for plan in plans
        for topic in _once(plan.topics if of else plan.airable_topics())
    )
    return Heat(span, weeks, behind, rows, tuple(unread))


def longest_gap(days: Iterable[date], span: Period) -> int:
    """Most days from one airing to the next that touch the span.

    Airings just before and after the span count; where there are none, its first and last day.
    """
    known = sorted(days)
    before = max((day for day in known if day < span.first), default=span.first)
    after = min((day for day in known if day > span.last), default=span.last)
    points = [before, *(day for day in known if span.has(day)), after]
    return max((later - earlier).days for earlier, later in pairwise(points))


def _once(topics: Iterable[Topic]) -> Iterable[Topic]:
    """Topics that can be heard, of those at one path the first."""
    found: dict[str, Topic] = {}
    for topic in topics:
        if topic.kind != "fragment":
            found.setdefault(topic.path, topic)
    return found.values()


def _airings(desk: Desk) -> tuple[list[Airing], list[WeekId]]:
    airings, unread = list[Airing](), list[WeekId]()
    for week in desk.workspace.week_ids():
        try:
            airings += desk.week(week).airings
        except BroadcastError:
            unread.append(week)
    return heard_of(airings, logged(desk)), unread


def _by_topic(plans: Iterable[Plan], airings: Iterable[Airing]) -> dict[Key, list[Airing]]:
    """The airings of each topic, in order."""
    known = {plan.id: plan for plan in plans}
    found: dict[Key, list[Airing]] = {}
    for airing in sorted(airings, key=lambda a: a.starts):
        plan = known.get(airing.plan or "")
        if plan and airing.topic:
            found.setdefault((plan.id, plan.path_of(airing.topic)), []).append(airing)
    return found


@dataclass(frozen=True, slots=True)
class _Frame:
    """What all rows have in common."""

    span: Period
    weeks: tuple[WeekId, ...]
    behind: tuple[WeekId, ...]
    today: date
    station: Station


def _row(plan: Plan, topic: Topic, airings: list[Airing], frame: _Frame) -> HeatRow:
    cells: dict[WeekId, list[Airing]] = {}
    for airing in airings:
        cells.setdefault(WeekId.of(airing.day), []).append(airing)
    inside = [tuple(a for a in cells.get(w, ()) if frame.span.has(a.day)) for w in frame.weeks]
    days = [airing.day for airing in airings]
    return HeatRow(
        plan.id,
        topic.path,
        topic.text,
        tuple(map(len, inside)),
        tuple(sum(a.day <= frame.today for a in cells.get(week, ())) for week in frame.behind),
        max((day for day in days if day <= frame.today), default=None),
        min((day for day in days if day > frame.today), default=None),
        tuple(_mark(cells.get(week, ()), frame) for week in frame.behind),
        tuple(inside),
        longest_gap(days, frame.span),
    )


def _mark(airings: Collection[Airing], frame: _Frame) -> Mark:
    heard = [airing for airing in airings if airing.day <= frame.today]
    if any(at_peak(airing, frame.station) for airing in heard):
        return "cao điểm"
    return "đã nghe" if heard else "đã xếp" if airings else "không"
