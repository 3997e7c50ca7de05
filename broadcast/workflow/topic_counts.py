"""How often topics are planned, and how far the weekly quotas of a plan are met."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from broadcast.domain.minimum import counted
from broadcast.domain.plan import Plan, Quota
from broadcast.domain.week import Airing, WeekId
from broadcast.errors import BroadcastError
from broadcast.store.airing_log import AiringLog
from broadcast.workflow.aired import heard_of, logged
from broadcast.workflow.desk import Desk, stamp
from broadcast.workflow.weeks import seen_from

Key = tuple[str, str]
"""A topic by its plan's id and its own path."""


@dataclass(frozen=True, slots=True)
class Quarter:
    """A calendar quarter: its days, and the weeks that have a day in it (13 or 14)."""

    year: int
    number: int
    first: date
    last: date
    weeks: tuple[WeekId, ...]

    @classmethod
    def of(cls, day: date) -> Quarter:
        """The quarter that `day` is in."""
        number = (day.month - 1) // 3 + 1
        first = date(day.year, 3 * number - 2, 1)
        last = date(day.year + number // 4, 3 * number % 12 + 1, 1) - timedelta(days=1)
        weeks = [WeekId.of(first)]
        while weeks[-1].days()[-1] < last:
            weeks.append(weeks[-1].after())
        return cls(day.year, number, first, last, tuple(weeks))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"quý {('I', 'II', 'III', 'IV')[self.number - 1]}/{self.year}"


@dataclass(frozen=True, slots=True)
class TopicCount:
    """How often a topic is planned: `days` of the quarter (one for each airing), in order.

    `weeks` says for each week of the quarter how often, `states` counts by state (trống, nháp,
    ...). `last` is the last day before or on today, `next` the first one after it, whatever the
    quarter.
    """

    days: tuple[date, ...] = ()
    weeks: tuple[int, ...] = ()
    states: Mapping[str, int] = field(default_factory=dict)
    last: date | None = None
    next: date | None = None

    @property
    def times(self) -> int:
        """How often in the quarter."""
        return len(self.days)


@dataclass(frozen=True, slots=True)
class QuotaStanding:
    """A quota a week: what counts towards it in each week of the quarter; `now` is this week's."""

    quota: Quota
    weeks: tuple[int, ...]
    now: int

    @property
    def met(self) -> int:
        """In how many weeks it is met."""
        return sum(done >= self.quota.count for done in self.weeks)


@dataclass(frozen=True, slots=True)
class Counts:
    """What is planned of a plan in a quarter. `unread` are weeks whose files cannot be read."""

    quarter: Quarter
    topics: Mapping[str, TopicCount]
    standings: tuple[QuotaStanding, ...] = ()
    unread: tuple[WeekId, ...] = ()

    def of(self, path: str) -> TopicCount:
        """The count of the topic at `path`."""
        return self.topics.get(path) or TopicCount(weeks=(0,) * len(self.quarter.weeks))


def planned_days(
    desk: Desk, plans: Mapping[str, Plan], weeks: Iterable[WeekId]
) -> dict[Key, list[date]]:
    """The days each topic is planned on in those weeks, one for each airing, in order.

    Raises:
        InputError: a week cannot be read.
    """
    found: dict[Key, list[date]] = {}
    for airing in _heard(desk, weeks):
        key = _key(plans, airing)
        if key:
            found.setdefault(key, []).append(airing.day)
    return {key: sorted(days) for key, days in found.items()}


def _heard(desk: Desk, weeks: Iterable[WeekId]) -> list[Airing]:
    """What is planned in those weeks, and what was heard of it as far as that is logged."""
    known = set(weeks)
    planned = [airing for week_id in known for airing in desk.week(week_id).airings]
    lines = {key: line for key, line in logged(desk).items() if WeekId.of(key[0]) in known}
    return heard_of(planned, lines)


def counts(desk: Desk, plan: Plan, today: date) -> Counts:
    """How often each topic of a plan is planned in the quarter of today, and in which state.

    Takes a while where many scripts are heard for the first time: call it in a worker. Weeks that
    cannot be read are left out and named.
    """
    quarter = Quarter.of(today)
    known = desk.workspace.week_ids()
    unread = tuple(week for week in known if not _readable(desk, week))
    days = planned_days(desk, {plan.id: plan}, [week for week in known if week not in unread])
    states = _states(desk, plan, quarter)
    found = {
        path: _count(on, quarter, states.get(path, {}), today)
        for (of, path), on in days.items()
        if of == plan.id
    }
    return Counts(quarter, found, _standings(desk, plan, quarter, unread, today), unread)


def trace(desk: Desk) -> Hashable:
    """What changes when counts may have: the state of every week's and script's file, the log's."""
    workspace = desk.workspace
    weeks = [workspace.week_path(week_id) for week_id in workspace.week_ids()]
    scripts = [workspace.script_path(script_id) for script_id in workspace.script_ids()]
    log = AiringLog(workspace)
    months = [log.path(day) for day in log.months()]
    return tuple((path.name, stamp(path)) for path in (*weeks, *scripts, *months))


def _key(plans: Mapping[str, Plan], airing: Airing) -> Key | None:
    """The topic an airing counts for: what it was joined to, if its own is no more."""
    if airing.plan is None or airing.topic is None:
        return None
    plan = plans.get(airing.plan)
    return airing.plan, plan.path_of(airing.topic) if plan else airing.topic


def _readable(desk: Desk, week: WeekId) -> bool:
    try:
        desk.week(week)
    except BroadcastError:
        return False
    return True


def _states(desk: Desk, plan: Plan, quarter: Quarter) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for week_id in quarter.weeks:
        # A week that cannot be read, or stands beside one, has no states to count.
        with suppress(BroadcastError):
            view = seen_from(desk, desk.week(week_id))
            for airing in view.week.airings:
                if airing.plan == plan.id and airing.topic and airing.day in quarter:
                    path = plan.path_of(airing.topic)
                    found.setdefault(path, Counter())[view.state(airing)] += 1
    return found


def _count(
    days: list[date], quarter: Quarter, states: Mapping[str, int], today: date
) -> TopicCount:
    inside = tuple(day for day in days if day in quarter)
    a_week = Counter(WeekId.of(day) for day in inside)
    return TopicCount(
        inside,
        tuple(a_week[week] for week in quarter.weeks),
        dict(states),
        max((day for day in days if day <= today), default=None),
        min((day for day in days if day > today), default=None),
    )


def _standings(
    desk: Desk, plan: Plan, quarter: Quarter, unread: tuple[WeekId, ...], today: date
) -> tuple[QuotaStanding, ...]:
    weekly = [q for q in plan.quotas if q.per == "tuần" and q.counted.by == "lượt phát"]
    if not weekly:
        return ()
    station, now = desk.station(), WeekId.of(today)
    wanted = {*quarter.weeks, now}
    weeks: dict[WeekId, list[Airing]] = {week: [] for week in wanted}
    for airing in _heard(desk, wanted.difference(unread)):
        if (week := WeekId.of(airing.day)) in weeks:
            weeks[week].append(airing)
    found = []
    for quota in weekly:
        done = {week: counted(airings, plan, quota, station) for week, airings in weeks.items()}
        found.append(QuotaStanding(quota, tuple(done[w] for w in quarter.weeks), done[now]))
    return tuple(found)
