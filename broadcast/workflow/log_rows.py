"""What was to air beside what was logged of it, for any stretch of days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from broadcast.domain.log import Key, LogLine, holding
from broadcast.domain.week import Airing, WeekId
from broadcast.errors import BroadcastError, Problem
from broadcast.store.airing_log import AiringLog
from broadcast.workflow.desk import Desk

NOT_LOGGED, NOT_YET = "chưa ghi", "chưa đến giờ"
"""States of an airing of which the log says nothing: it is over, or it is not."""


@dataclass(frozen=True, slots=True)
class Row:
    """An airing and the line of the log that holds for it, None while there is none.

    What the log says was planned goes before what the week's file says today.
    """

    airing: Airing
    line: LogLine | None = None

    def state(self, now: datetime) -> str:
        """đã phát, phát một phần, không phát; NOT_LOGGED, NOT_YET."""
        if self.line:
            return self.line.entry.state
        return NOT_LOGGED if self.airing.ends <= now else NOT_YET


@dataclass(frozen=True, slots=True)
class Rows:
    """The airings of some days in order, and what is wrong with the files of log and weeks."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...] = ()


def rows_between(desk: Desk, first: date, last: date) -> Rows:
    """Every airing from `first` to `last` that is in a week's file or in the log.

    Raises:
        BroadcastError: a week's file cannot be read; numbers without it would be wrong.
    """
    logged, problems = lines_between(desk, first, last)
    holds = holding(logged)
    planned = _planned(desk, first, last)
    airings = {**planned, **{key: line.entry.airing for key, line in holds.items()}}
    rows = [Row(airing, holds.get(key)) for key, airing in airings.items()]
    rows.sort(key=lambda row: (row.airing.starts, row.airing.id))
    return Rows(tuple(rows), problems)


def lines_between(
    desk: Desk, first: date, last: date
) -> tuple[tuple[LogLine, ...], tuple[Problem, ...]]:
    """The lines of the log about these days, in the order they were written, and what is wrong."""
    log = AiringLog(desk.workspace)
    lines, problems = list[LogLine](), list[Problem]()
    for start in log.months():
        if (first.year, first.month) <= (start.year, start.month) <= (last.year, last.month):
            month = desk.log_month(start)
            problems += month.problems
            lines += [one for one in month.lines if first <= one.entry.airing.day <= last]
    return tuple(lines), tuple(problems)


def logged_in(desk: Desk, week_id: WeekId) -> dict[str, LogLine]:
    """The lines that hold for a week's airings, by airing id; what is damaged counts as not there.

    Other commands tell of a damaged log; the week is shown all the same.
    """
    monday, *_, sunday = week_id.days()
    try:
        lines, _ = lines_between(desk, monday, sunday)
    except BroadcastError:
        return {}
    return {airing_id: line for (_, airing_id), line in holding(lines).items()}


def _planned(desk: Desk, first: date, last: date) -> dict[Key, Airing]:
    begin, end = WeekId.of(first), WeekId.of(last)
    weeks = (one for one in desk.workspace.week_ids() if begin <= one <= end)
    airings = (airing for week in weeks for airing in desk.week(week).airings)
    return {(a.day, a.id): a for a in airings if first <= a.day <= last}
