"""A period's report: gathered from weeks and log, as data, and written as paper and workbook."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from broadcast.domain import periods
from broadcast.domain.duties import reach
from broadcast.domain.letterhead import letterhead
from broadcast.domain.periods import PERIOD_FORMS, Period
from broadcast.domain.plan import Plan
from broadcast.domain.report import (
    Counted,
    Incident,
    Report,
    ReportRow,
    Tally,
    report,
)
from broadcast.domain.wording import clock, day_text
from broadcast.errors import InputError, Problem
from broadcast.publish.script_items import Issued
from broadcast.workflow.desk import Desk
from broadcast.workflow.duties import dated_view, quota_view
from broadcast.workflow.log_rows import Rows, rows_between
from broadcast.workflow.log_view import line_view, problem_view
from broadcast.workflow.papers import write_sealed
from broadcast.workflow.progress import SILENT, Progress

_REFUSED = "Chưa báo cáo được"


@dataclass(frozen=True, slots=True)
class Made:
    """A report and what was wrong with the log's files that it is made from."""

    report: Report
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The files of a report; `fresh` are those that became others."""

    files: tuple[Path, ...]
    fresh: tuple[Path, ...]


def read_period(text: str) -> Period:
    """A period as it is typed.

    Raises:
        InputError: it is none.
    """
    try:
        return periods.read_period(text)
    except ValueError as error:
        raise InputError(_REFUSED, f"«{text}» không phải là kỳ", f"viết: {PERIOD_FORMS}") from error


def make_report(desk: Desk, period: Period, *, now: datetime) -> Made:
    """The report of a period as of `now` (aware).

    Raises:
        InputError: the period has not begun.
        BroadcastError: station, plan or week cannot be read; numbers without it would be wrong.
    """
    if period.first > now.date():
        happened = f"{period.text} chưa đến (bắt đầu ngày {day_text(period.first)})"
        raise InputError(_REFUSED, happened, "chọn kỳ đã qua hoặc đang diễn ra")
    found = _rows(desk, period)
    rows = tuple(ReportRow(row.airing, row.line) for row in found.rows)
    station = desk.station()
    made = report(
        period,
        rows,
        station=station,
        plans=_plans(desk, period, rows),
        now=now,
        done=desk.done(),
    )
    return Made(made, found.problems)


def _rows(desk: Desk, period: Period) -> Rows:
    """What is known of the period, and of all days that its plans' quotas are counted over."""
    days = reach(desk.plans().values(), period)
    return rows_between(desk, days.first, days.last)


def _plans(desk: Desk, period: Period, rows: tuple[ReportRow, ...]) -> list[Plan]:
    """The plans of the period's year, those without a year, and all that something aired of."""
    aired = {row.airing.plan for row in rows}
    return [
        plan
        for plan in desk.plans().values()
        if plan.year in {None, period.year} or plan.id in aired
    ]


def write_report(
    desk: Desk, made: Made, to: Path, *, now: datetime, progress: Progress = SILENT
) -> Written:
    """Write the report into the folder `to` as .docx and .xlsx, named after the period.

    Both are made before the first is written: stopped before that, nothing is.

    Raises:
        InputError: `to` is a file.
        ConflictError: a file is there that this program did not make, or that was changed since.
        StorageError: the disk refuses.
        CancelledError: somebody asked to stop.
    """
    from broadcast.publish.report_docx import report_paper  # noqa: PLC0415 - python-docx
    from broadcast.publish.report_xlsx import report_workbook  # noqa: PLC0415 - openpyxl

    if to.is_file():
        raise InputError(_REFUSED, f"{to} là một tệp", "nêu một thư mục: --to THƯ_MỤC")
    station = made.report.station
    issued = Issued(letterhead(station), station.name, now)
    stem = to / f"bao-cao-{made.report.period}"
    files = {}
    makers = {".docx": report_paper, ".xlsx": report_workbook}
    for done, (ending, make) in enumerate(makers.items()):
        path = stem.with_name(f"{stem.name}{ending}")
        progress.step(path.name, done, len(makers) + 1)
        files[path] = make(made.report, issued)
    progress.step(str(to), len(makers), len(makers) + 1)
    fresh = tuple(path for path, data in files.items() if write_sealed(path, data))
    return Written(tuple(files), fresh)


def report_view(made: Made) -> dict[str, Any]:
    """`report PERIOD --json`."""
    told = made.report
    return {
        "period": str(told.period),
        "first": told.period.first.isoformat(),
        "last": told.period.last.isoformat(),
        "until": told.until.isoformat(),
        "over": told.over,
        "empty": told.empty,
        "ahead": told.ahead,
        "total": tally_view(told.total),
        "zones": [_counted_view(one) for one in told.by_zone],
        "topics": [_counted_view(one) for one in told.by_topic],
        "languages": [_counted_view(one) for one in told.by_language],
        "weeks": [_counted_view(one) for one in told.by_week],
        "months": [_counted_view(one) for one in told.by_month],
        "plan_topics": [asdict(one) for one in told.topics],
        "quotas": [
            {"plan": one.plan.id, **quota_view(count, told.today)}
            for one in told.duties
            for count in one.quotas
            if count.parts
        ],
        "dated": [
            {"plan": one.plan.id, **dated_view(duty, told.today)}
            for one in told.duties
            for duty in one.dated
        ],
        "incidents": [_incident_view(one) for one in told.incidents],
        "reasons": [asdict(one) for one in told.reasons],
        "airings": [_row_view(row) for row in told.rows],
        "problems": [problem_view(one) for one in made.problems],
    }


def tally_view(tally: Tally) -> dict[str, int]:
    """Counts as JSON."""
    counts: dict[str, int] = asdict(tally)
    return counts


def _counted_view(line: Counted) -> dict[str, Any]:
    return {"key": line.key, "name": line.name, **tally_view(line.tally)}


def _incident_view(one: Incident) -> dict[str, Any]:
    return {
        "airing": one.row.airing.id,
        "day": one.row.airing.day.isoformat(),
        "zones": list(one.heard.zones),
        "outcome": one.heard.outcome,
        "late": one.heard.late,
        "minutes": one.heard.minutes,
        "lost": one.lost,
        "reason": one.heard.reason,
        "note": one.heard.note,
    }


def _row_view(row: ReportRow) -> dict[str, Any]:
    airing = row.airing
    return {
        "id": airing.id,
        "day": airing.day.isoformat(),
        "start": clock(airing.start),
        "minutes": airing.minutes,
        "zones": list(airing.zones),
        "title": airing.title,
        "plan": airing.plan,
        "topic": airing.topic,
        "minutes_planned": row.tally.minutes_planned,
        "minutes_heard": row.tally.minutes_heard,
        "logged": line_view(row.line) if row.line else None,
    }
