"""How often topics are heard and planned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta

from broadcast.domain.periods import Period
from broadcast.domain.plan import Plan
from broadcast.domain.week import Airing, WeekId
from broadcast.errors import BroadcastError
from broadcast.store.airing_log import AiringLog
from broadcast.workflow.aired import logged, silent
from broadcast.workflow.desk import Desk, stamp
from broadcast.workflow.heat import STRIP, HeatRow, Mark, heat
from broadcast.workflow.weeks import states_of

_NOTHING_ON_AIR: Mark = "không"

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
    """How often a topic is heard or planned; what the log denies counts nowhere.

    `times` in the quarter, `states` the same by state (trống, nháp, ...). `marks` and `recent` tell
    of the last weeks up to today: what each of them had, and how many airings were heard. `last` is
    the last day before or on today, `next` the first one after it, whatever the quarter.
    """

    times: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    marks: tuple[Mark, ...] = (_NOTHING_ON_AIR,) * STRIP
    recent: int = 0
    last: date | None = None
    next: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """What is planned of a plan in a quarter. `unread` are weeks whose files cannot be read."""

    quarter: Quarter
    topics: Mapping[str, TopicCount]
    unread: tuple[WeekId, ...] = ()

    def of(self, path: str) -> TopicCount:
        """The count of the topic at `path`."""
        return self.topics.get(path) or TopicCount()


def planned_days(
    desk: Desk, plans: Mapping[str, Plan], weeks: Iterable[WeekId]
) -> dict[Key, list[date]]:
    """The days each topic is planned on in those weeks, one for each airing, in order.

    Raises:
        InputError: a week cannot be read.
    """
    found: dict[Key, list[date]] = {}
    for week_id in weeks:
        for airing in desk.week(week_id).airings:
            key = _key(plans, airing)
            if key:
                found.setdefault(key, []).append(airing.day)
    return {key: sorted(days) for key, days in found.items()}


def counts(desk: Desk, plan: Plan, today: date) -> Counts:
    """How often each topic of a plan is planned in the quarter of today, and in which state.

    Takes a while where many scripts are heard for the first time: call it in a worker. Weeks that
    cannot be read are left out and named.
    """
    quarter = Quarter.of(today)
    found = heat(desk, Period(str(quarter), quarter.first, quarter.last), today, of=plan)
    states = _states(desk, plan, quarter, silent(logged(desk)))
    topics = {row.path: _count(row, states.get(row.path, {})) for row in found.rows}
    return Counts(quarter, topics, found.unread)


def _count(row: HeatRow, states: Mapping[str, int]) -> TopicCount:
    return TopicCount(row.times, dict(states), row.marks, sum(row.strip), row.last, row.next)


def trace(desk: Desk) -> Hashable:
    """What changes when counts may have changed: the state of weeks, scripts and the log."""
    workspace = desk.workspace
    weeks = [workspace.week_path(week_id) for week_id in workspace.week_ids()]
    scripts = [workspace.script_path(script_id) for script_id in workspace.script_ids()]
    log = AiringLog(workspace)
    logs = [log.path(month) for month in log.months()]
    return tuple((path.name, stamp(path)) for path in (*weeks, *scripts, *logs))


def _key(plans: Mapping[str, Plan], airing: Airing) -> Key | None:
    """The topic an airing counts for: what it was joined to, if its own is no more."""
    if airing.plan is None or airing.topic is None:
        return None
    plan = plans.get(airing.plan)
    return airing.plan, plan.path_of(airing.topic) if plan else airing.topic


def _states(
    desk: Desk, plan: Plan, quarter: Quarter, unheard: Collection[tuple[date, str]]
) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    for week_id in quarter.weeks:
        # A week that cannot be read has no states to count.
        with suppress(BroadcastError):
            week = desk.week(week_id)
            states = states_of(desk, week)
            for airing in week.airings:
                counts = airing.day in quarter and (airing.day, airing.id) not in unheard
                if airing.plan == plan.id and airing.topic and counts:
                    path = plan.path_of(airing.topic)
                    found.setdefault(path, Counter())[states[airing.id]] += 1
    return found
