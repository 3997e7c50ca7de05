"""Entering what went on air: a day at once, corrections, taking the last entry back, checking."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from broadcast.domain.log import (
    Entry,
    Heard,
    Key,
    LogLine,
    Outcome,
    Reason,
    completed,
    holding,
    taken_back,
    wrong_with,
)
from broadcast.domain.week import Airing
from broadcast.domain.wording import day_text, weekday
from broadcast.errors import ConflictError, InputError, NotFoundError, Problem
from broadcast.store.airing_log import AiringLog
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_evidence import evidence_of
from broadcast.workflow.log_rows import NOT_LOGGED, Row, lines_between, rows_between

_REFUSED = "Chưa ghi nhật ký"


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody tells of an airing, by its id or, within a day, its slot's.

    `zones`: of which, none means all of them. `minutes` heard, None for all (late) or none (không
    phát).
    """

    airing: str
    outcome: Outcome
    minutes: int | None = None
    late: int = 0
    reason: Reason | None = None
    note: str = ""
    zones: tuple[str, ...] = ()

    def of(self, airing: Airing) -> Heard:
        """The same as the log has it."""
        minutes = self.minutes
        if minutes is None:
            minutes = 0 if self.outcome == "không phát" else airing.minutes
        zones = self.zones or airing.zones
        return Heard(zones, self.outcome, minutes, self.late, self.reason, self.note.strip())


@dataclass(frozen=True, slots=True)
class Entered:
    """What was written into the log, and what was not.

    `already` were in the log before, `waiting` are not over yet. `problems`: what was wrong with
    the log's files.
    """

    lines: tuple[LogLine, ...]
    already: tuple[Row, ...] = ()
    waiting: tuple[Row, ...] = ()
    problems: tuple[Problem, ...] = ()


def log_day(desk: Desk, day: date, told: Sequence[Told] = (), *, by: str, now: datetime) -> Entered:
    """Log every airing of a day that is over and not logged yet: as planned, but for `told`.

    Raises:
        NotFoundError: nothing was to air on that day, or nothing of what is told.
        InputError: the day is not there yet, or what is told cannot be; with every problem.
        ConflictError: something is told of an airing that is logged already.
    """
    with desk.workspace.lock("ghi nhật ký phát thanh"):
        rows = _rows_of_day(desk, day, now)
        by_airing = _by_airing(rows, told)
        _refuse_logged(row for row in rows if row.line and row.airing.id in by_airing)
        _refuse_early((row.airing for row in rows if row.airing.id in by_airing), now)
        already = tuple(row for row in rows if row.line)
        open_rows = [row for row in rows if not row.line]
        waiting = tuple(
            row for row in open_rows if row.airing.ends > now and row.airing.id not in by_airing
        )
        entries = [
            _entry(desk, row.airing, by_airing.get(row.airing.id, ()), by, now)
            for row in open_rows
            if row not in waiting
        ]
        return _written(desk, entries, already, waiting)


def _rows_of_day(desk: Desk, day: date, now: datetime) -> tuple[Row, ...]:
    if day > now.date():
        mend = "ghi sau khi đã phát"
        raise InputError(_REFUSED, f"ngày {day_text(day)} chưa đến", mend)
    rows = rows_between(desk, day, day).rows
    if not rows:
        happened = f"{weekday(day)} {day_text(day)} không có lượt phát nào trong lịch"
        mend = "xem lịch: broadcast week show TUẦN; phát ngoài lịch thì thêm: broadcast week add"
        raise NotFoundError(_REFUSED, happened, mend)
    return rows


def _by_airing(rows: Iterable[Row], told: Iterable[Told]) -> dict[str, tuple[Told, ...]]:
    """What is told by the airing's id; a slot's id names its one airing of the day."""
    names: dict[str, list[str]] = {}
    for row in rows:
        for name in {row.airing.id, row.airing.slot or row.airing.id}:
            names.setdefault(name, []).append(row.airing.id)
    found: dict[str, tuple[Told, ...]] = {}
    for one in told:
        ids = names.get(one.airing, [])
        if len(ids) != 1:
            happened = f"không có lượt {one.airing} trong ngày" if not ids else (
                f"{one.airing} có mấy lượt: {', '.join(ids)}")  # fmt: skip
            mend = f"dùng một trong: {', '.join(row.airing.id for row in rows)}"
            raise NotFoundError(_REFUSED, happened, mend)
        found[ids[0]] = (*found.get(ids[0], ()), one)
    return found


def _refuse_logged(rows: Iterable[Row]) -> None:
    there = [row.airing.id for row in rows]
    if there:
        mend = f"sửa lời đã ghi: broadcast log correct {there[0]}"
        raise ConflictError(_REFUSED, f"đã ghi rồi: {', '.join(there)}", mend)


def _refuse_early(airings: Iterable[Airing], now: datetime) -> None:
    early = [airing.id for airing in airings if airing.starts > now]
    if early:
        happened = f"chưa đến giờ phát: {', '.join(early)}"
        raise InputError(_REFUSED, happened, "ghi sau khi đã phát")


def correct(  # noqa: PLR0913 - who, when and which day are by keyword
    desk: Desk, airing_id: str, told: Sequence[Told], *, by: str, now: datetime,
    day: date | None = None,
) -> Entered:  # fmt: skip
    """Say something else of an airing; zones that nothing is told of keep what was logged.

    Without an earlier entry it is logged for the first time.

    Raises:
        NotFoundError: there is no such airing.
        InputError: it is not over yet, or what is told cannot be.
    """
    with desk.workspace.lock("ghi nhật ký phát thanh"):
        airing, line = find_logged(desk, airing_id, day)
        _refuse_early([airing], now)
        told_of = {zone for one in told for zone in one.zones or airing.zones}
        kept = _kept(line.entry, told_of) if line else ()
        entry = _entry(desk, airing, told, by, now, kept)
        if line:
            evidence = line.entry.evidence
            entry = replace(entry, corrects=line.checksum, evidence=evidence)
        return _written(desk, [entry])


def undo(desk: Desk, airing_id: str, *, by: str, now: datetime, day: date | None = None) -> Entered:
    """Take the last entry about an airing back, by another line: what held before holds again.

    Raises:
        NotFoundError: nothing is logged of it.
    """
    with desk.workspace.lock("ghi nhật ký phát thanh"):
        airing, _ = find_logged(desk, airing_id, day)
        lines, _ = lines_between(desk, airing.day, airing.day)
        found = taken_back(lines, (airing.day, airing.id))
        if found is None:
            raise NotFoundError(_REFUSED, f"{airing_id} chưa được ghi lần nào", "không có gì để bỏ")
        last, before = found
        entry = replace(last.entry, heard=before, corrects=last.checksum, by=by, at=now)
        return _written(desk, [entry])


def find_logged(
    desk: Desk, airing_id: str, day: date | None = None
) -> tuple[Airing, LogLine | None]:
    """An airing by its id, in the log or in a week, and the line that holds for it.

    Raises:
        NotFoundError: there is none.
        InputError: several days have one; `day` tells them apart.
    """
    found: dict[Key, tuple[Airing, LogLine | None]] = {}
    for week_id in desk.workspace.week_ids():
        for airing in desk.week(week_id).airings:
            if airing.id == airing_id:
                found[airing.day, airing.id] = airing, None
    lines, _ = lines_between(desk, date.min, date.max)
    for line in lines:
        if line.entry.airing.id == airing_id:
            found[line.entry.key] = line.entry.airing, None
    for key, line in holding(lines).items():
        if key in found:
            found[key] = line.entry.airing, line
    chosen = [key for key in found if day is None or key[0] == day]
    if not chosen:
        mend = "xem các lượt và mã của chúng: broadcast log show NGÀY"
        raise NotFoundError(_REFUSED, f"không có lượt phát {airing_id}", mend)
    if len(chosen) > 1:
        days = ", ".join(day_text(key[0]) for key in sorted(chosen))
        raise InputError(_REFUSED, f"{airing_id} có ở mấy ngày: {days}", "nêu ngày: --day NGÀY")
    return found[chosen[0]]


def _kept(entry: Entry, told_of: set[str]) -> tuple[Heard, ...]:
    left = ((one, tuple(z for z in one.zones if z not in told_of)) for one in entry.heard)
    return tuple(replace(one, zones=zones) for one, zones in left if zones)


def _entry(  # noqa: PLR0913, PLR0917 - an entry says all this
    desk: Desk, airing: Airing, told: Iterable[Told], by: str, now: datetime,
    kept: tuple[Heard, ...] = (),
) -> Entry:  # fmt: skip
    heard = completed(airing, (*(one.of(airing) for one in told), *kept))
    return entry_of(desk, airing, heard, by=by, now=now)


def entry_of(
    desk: Desk, airing: Airing, heard: tuple[Heard, ...], *, by: str, now: datetime
) -> Entry:
    """An entry with all that is known of the airing now.

    Raises:
        InputError: what is told of it cannot be; with every problem.
    """
    if wrong := wrong_with(airing, heard):
        problems = [Problem(f"{airing.id}: {one}") for one in wrong]
        raise InputError(_REFUSED, "có chỗ chưa đúng", "sửa rồi ghi lại", problems)
    title, evidence = evidence_of(desk, airing)
    return Entry(replace(airing, title=title), heard, by.strip(), now, evidence)


def _written(
    desk: Desk, entries: Sequence[Entry], already: tuple[Row, ...] = (),
    waiting: tuple[Row, ...] = (),
) -> Entered:  # fmt: skip
    lines, problems = AiringLog(desk.workspace).append(entries) if entries else ((), ())
    return Entered(lines, already, waiting, problems)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the whole log found: damage, airings logged twice, airings not logged."""

    problems: tuple[Problem, ...]
    unlogged: tuple[Row, ...]
    lines: int

    @property
    def found(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self.problems or self.unlogged)


def check_log(desk: Desk, now: datetime) -> Checked:
    """Check every file of the log, and what is missing in it since it was begun."""
    lines, problems = whole_log(desk)
    first = min((line.entry.airing.day for line in lines), default=now.date())
    rows = rows_between(desk, first, now.date()).rows
    unlogged = tuple(row for row in rows if row.state(now) == NOT_LOGGED)
    return Checked(problems, unlogged, len(lines))


def whole_log(desk: Desk) -> tuple[tuple[LogLine, ...], tuple[Problem, ...]]:
    """Every line of the log, and everything that is wrong with its files and with corrections."""
    lines, problems = lines_between(desk, date.min, date.max)
    return lines, (*problems, *_twice(lines))


def _twice(lines: Iterable[LogLine]) -> Iterable[Problem]:
    """Entries that replace another one without saying so; the last of them holds."""
    last: dict[Key, LogLine] = {}
    for line in lines:
        before = last.get(line.entry.key)
        if before and before.entry.heard and line.entry.corrects != before.checksum:
            known = f"{line.entry.airing.id} đã ghi ở dòng {before.number}"
            message = f"{known}, dòng này không nói là sửa dòng ấy"
            yield Problem(message, line.file, line.number, "lần ghi sau được tính")
        last[line.entry.key] = line


def unlogged_days(desk: Desk, now: datetime, days: int = 14) -> tuple[date, ...]:
    """The days of the last fortnight, today too, on which something aired that is not logged."""
    rows = rows_between(desk, now.date() - timedelta(days=days), now.date()).rows
    return tuple(dict.fromkeys(r.airing.day for r in rows if r.state(now) == NOT_LOGGED))


def who_enters(desk: Desk, by: str | None) -> str:
    """The name that is given, else that of the last entry.

    Raises:
        InputError: nobody is named, and nobody has entered anything yet.
    """
    if by and by.strip():
        return by.strip()
    lines, _ = lines_between(desk, date.min, date.max)
    if not lines:
        mend = 'nêu người ghi: --by "HỌ TÊN"; những lần sau không cần nêu lại'
        raise InputError(_REFUSED, "chưa biết ai ghi", mend)
    return max(lines, key=lambda line: line.entry.at).entry.by
