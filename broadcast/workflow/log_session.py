"""The airing log at a desk: a day within its month, entering it, and going back step by step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Literal

from broadcast.domain.log import Entry, Heard, Key, LogLine
from broadcast.domain.periods import month
from broadcast.domain.station import Station
from broadcast.errors import BroadcastError, ConflictError, InputError, Problem
from broadcast.store.airing_log import AiringLog
from broadcast.workflow import airing_log as work
from broadcast.workflow.airing_log import Entered, Told
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_import import Imported, Options, import_log
from broadcast.workflow.log_rows import NOT_LOGGED, Row, lines_between, rows_between

DayState = Literal["không có", "chưa ghi", "có sự cố", "đã ghi"]
"""Of a day: nothing aired yet; something is not logged; all is, not all or all as planned."""


@dataclass(frozen=True, slots=True)
class LogDay:
    """A day of the log: its airings in order, every day of its month, and what is still waiting.

    `unlogged` are the days of the last fortnight that are not logged whole; `problems` what is
    wrong with the month's files; `by` who entered last, "" where nobody has yet.
    """

    day: date
    station: Station
    rows: tuple[Row, ...]
    month: tuple[tuple[date, DayState], ...]
    unlogged: tuple[date, ...]
    problems: tuple[Problem, ...]
    by: str


def look_at(desk: Desk, day: date | None, now: datetime) -> LogDay:
    """A day as it is now; without one the last that waits to be logged, else today.

    Raises:
        BroadcastError: the station or a week's file cannot be read.
    """
    waiting = work.unlogged_days(desk, now)
    shown = day or max(waiting, default=now.date())
    days_of = month(shown.year, shown.month)
    found = rows_between(desk, days_of.first, days_of.last)
    by_day: dict[date, list[Row]] = {}
    for row in found.rows:
        by_day.setdefault(row.airing.day, []).append(row)
    days = [date(shown.year, shown.month, n) for n in range(1, days_of.last.day + 1)]
    return LogDay(
        shown,
        desk.station(),
        tuple(_titled(desk, row) for row in by_day.get(shown, ())),
        tuple((one, day_state(by_day.get(one, ()), now)) for one in days),
        waiting,
        found.problems,
        _last_writer(desk),
    )


def _titled(desk: Desk, row: Row) -> Row:
    """The row with the title its script has today, where nothing is logged of it."""
    script = row.airing.script
    try:
        if row.line or not script or not desk.has_script(script):
            return row
        return replace(row, airing=replace(row.airing, title=desk.hearing(script).script.title))
    except BroadcastError:
        return row  # what aired can be logged all the same


def _last_writer(desk: Desk) -> str:
    try:
        return work.who_enters(desk, None)
    except InputError:
        return ""


def day_state(rows: Iterable[Row], now: datetime) -> DayState:
    """How far a day is logged; airings that are not over yet are not waited for."""
    states = {row.state(now) for row in rows if row.line or row.airing.ends <= now}
    if not states:
        return "không có"
    if NOT_LOGGED in states:
        return "chưa ghi"
    heard = (one for row in rows if row.line for one in row.line.entry.heard)
    return "đã ghi" if all(one.outcome == "như kế hoạch" for one in heard) else "có sự cố"


@dataclass(frozen=True, slots=True)
class Change:
    """What the log said of an airing before and after a step; nothing: it was not logged."""

    key: Key
    before: tuple[Heard, ...]
    after: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something that was done at once, and can be taken back at once."""

    label: str
    changes: tuple[Change, ...]


class LogSession:
    """Enters into a station's log; every step can be undone and redone, each time by new lines."""

    def __init__(self, desk: Desk, by: str = "") -> None:
        self.desk = desk
        self.by = by
        self._done: list[Step] = []
        self._undone: list[Step] = []

    def log_day(self, day: date, now: datetime) -> Entered:
        """Say of everything of a day that is over and not logged: as planned."""
        entered = work.log_day(self.desk, day, by=self.by, now=now)
        self._note("ghi cả ngày", entered.lines)
        return entered

    def tell(self, label: str, day: date, told: Sequence[Told], now: datetime) -> Entered:
        """Say something else of one airing, logged already or not."""
        entered = work.correct(self.desk, told[0].airing, told, by=self.by, now=now, day=day)
        self._note(label, entered.lines)
        return entered

    def take_back(self, day: date, airing: str, now: datetime) -> Entered:
        """Take the last entry about an airing back, whoever wrote it."""
        entered = work.undo(self.desk, airing, by=self.by, now=now, day=day)
        self._note("bỏ lời ghi", entered.lines)
        return entered

    def take_in(self, file: Path, options: Options, now: datetime) -> Imported:
        """Take a player's file in; a dry run is no step."""
        done = import_log(self.desk, file, options, by=self.by, now=now)
        self._note(f"nhập {file.name}", done.lines)
        return done

    def undo(self, now: datetime) -> str | None:
        """Take the last step back and name it; None: there is none.

        Raises:
            ConflictError: somebody has said something else of one of its airings since.
        """
        if not self._done:
            return None
        step = self._done[-1]
        restore(self.desk, _turned(step.changes), by=self.by, now=now)
        self._undone.append(self._done.pop())
        return step.label

    def redo(self, now: datetime) -> str | None:
        """Do the last step that was undone again, and name it; likewise."""
        if not self._undone:
            return None
        step = self._undone[-1]
        restore(self.desk, step.changes, by=self.by, now=now)
        self._done.append(self._undone.pop())
        return step.label

    def _note(self, label: str, lines: Sequence[LogLine]) -> None:
        if lines:
            self._done.append(Step(label, _changes(self.desk, lines)))
            self._undone.clear()


def _turned(changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(Change(one.key, one.after, one.before) for one in changes)


def _changes(desk: Desk, lines: Sequence[LogLine]) -> tuple[Change, ...]:
    """What new lines changed: each names the line it corrects."""
    known = {
        line.checksum: line.entry.heard for line in _about(desk, [one.entry.key for one in lines])
    }
    return tuple(
        Change(line.entry.key, known.get(line.entry.corrects, ()), line.entry.heard)
        for line in lines
    )


def _about(desk: Desk, keys: Sequence[Key]) -> tuple[LogLine, ...]:
    """Every line about the days of some airings."""
    days = [day for day, _ in keys]
    return lines_between(desk, min(days), max(days))[0]


def restore(desk: Desk, changes: Sequence[Change], *, by: str, now: datetime) -> Entered:
    """Let hold again what `after` says, where `before` holds, all of it in one write.

    Raises:
        ConflictError: what holds is neither; nothing is written then.
    """
    with desk.workspace.lock("ghi nhật ký phát thanh"):
        last = {line.entry.key: line for line in _about(desk, [one.key for one in changes])}
        entries = [_restored(one, last, by, now) for one in changes]
        lines, problems = AiringLog(desk.workspace).append(entries)
        return Entered(lines, problems=problems)


def _restored(one: Change, last: Mapping[Key, LogLine], by: str, now: datetime) -> Entry:
    line = last.get(one.key)
    if line is None or line.entry.heard != one.before:
        happened = f"{one.key[1]} vừa được ghi khác ở nơi khác"
        raise ConflictError("Chưa lấy lại được", happened, "xem lại ngày ấy rồi ghi lại nếu cần")
    return replace(line.entry, heard=one.after, corrects=line.checksum, by=by, at=now)
