"""The log at a desk: which day it opens on, how days are marked, going back step by step."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.log import Heard
from broadcast.domain.periods import Period, read_period
from broadcast.domain.week import VIETNAM
from broadcast.errors import ConflictError
from broadcast.store.workspace import Workspace
from broadcast.workflow import airing_log as work
from broadcast.workflow.airing_log import Told
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_import import Options
from broadcast.workflow.log_rows import Row, rows_between
from broadcast.workflow.log_session import LogSession, day_state, look_at
from broadcast.workflow.report_choice import begun, beside, quarter_of

from .helpers import script_file
from .log_examples import DAY, airing, entry, line

MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)
SANG = "2026-11-23-sang"
LATER = datetime(2026, 11, 29, 12, tzinfo=VIETNAM)
BEFORE = datetime(2026, 11, 23, 5, tzinfo=VIETNAM)
CUT = Told(SANG, "bị cắt ngắn", 5, reason="mất điện")
GONE = Told(SANG, "không phát", reason="bão, giông", zones=("ban-lan",))
MISSED = Heard(("trung-tam", "ban-lan", "ban-phieng"), "không phát", 0, reason="mất điện")


def session(root: Path) -> LogSession:
    return LogSession(Desk(Workspace(root)), "Lò Thị Thử")


def heard(at: LogSession, day: date = MONDAY) -> tuple[Heard, ...]:
    (row,) = rows_between(at.desk, day, day).rows
    return row.line.entry.heard if row.line else ()


def test_the_log_opens_on_the_last_day_that_waits_to_be_logged(sample: Path) -> None:
    at = session(sample)
    shown = look_at(at.desk, None, LATER)
    assert shown.day == max(shown.unlogged)
    for day in shown.unlogged[1:]:
        at.log_day(day, LATER)
    assert look_at(at.desk, None, LATER).day == shown.unlogged[0]


def test_where_nothing_waits_the_log_opens_on_today(sample: Path) -> None:
    shown = look_at(session(sample).desk, None, BEFORE)
    assert (shown.day, shown.unlogged, shown.by) == (MONDAY, (), "")


def test_a_day_is_shown_with_every_day_of_its_month(sample: Path) -> None:
    at = session(sample)
    at.log_day(MONDAY, LATER)
    marks = dict(look_at(at.desk, MONDAY, LATER).month)
    assert len(marks) == 30
    assert (marks[MONDAY], marks[date(2026, 11, 24)]) == ("đã ghi", "chưa ghi")
    assert marks[date(2026, 11, 2)] == "không có"


def test_an_airing_whose_script_is_broken_is_shown_all_the_same(approved: Path) -> None:
    (row,) = look_at(session(approved).desk, MONDAY, LATER).rows
    script_file(approved, row.airing.script or "").write_text("---\nhỏng: [\n", "utf-8")
    (broken,) = look_at(session(approved).desk, MONDAY, LATER).rows
    assert broken.airing.id == row.airing.id


@pytest.mark.parametrize(
    ("rows", "state"),
    [
        ((), "không có"),
        ((Row(airing()),), "chưa ghi"),
        ((Row(airing(), line(entry())),), "đã ghi"),
        ((Row(airing(), line(entry(airing(), MISSED))),), "có sự cố"),
        ((Row(airing(), line(entry())), Row(airing(name="chieu"))), "chưa ghi"),
        ((Row(airing(DAY + timedelta(days=9))),), "không có"),
    ],
)
def test_a_day_is_marked_by_what_is_missing_then_by_what_went_wrong(
    rows: tuple[Row, ...], state: str
) -> None:
    assert day_state(rows, datetime(2026, 11, 24, 8, tzinfo=VIETNAM)) == state


def test_steps_are_taken_back_one_after_the_other_and_done_again(sample: Path) -> None:
    at = session(sample)
    seen = [heard(at)]
    for step in (
        lambda: at.log_day(MONDAY, LATER),
        lambda: at.tell("cắt", MONDAY, [CUT], LATER),
        lambda: at.tell("không phát", MONDAY, [GONE], LATER),
        lambda: at.take_back(MONDAY, SANG, LATER),
    ):
        step()
        seen.append(heard(at))
    labels = []
    for before in seen[-2::-1]:
        labels.append(at.undo(LATER))
        assert heard(at) == before
    assert labels == ["bỏ lời ghi", "không phát", "cắt", "ghi cả ngày"]
    assert at.undo(LATER) is None
    for after in seen[1:]:
        at.redo(LATER)
        assert heard(at) == after
    assert at.redo(LATER) is None
    assert work.check_log(at.desk, BEFORE).problems == ()


def test_a_step_is_not_taken_back_over_what_somebody_else_said_since(sample: Path) -> None:
    at = session(sample)
    at.log_day(MONDAY, LATER)
    work.correct(at.desk, SANG, [CUT], by="Người khác", now=LATER)
    with pytest.raises(ConflictError, match="vừa được ghi khác"):
        at.undo(LATER)
    assert {one.outcome for one in heard(at)} == {"bị cắt ngắn"}


def test_what_a_players_file_brought_is_taken_back_at_once(sample: Path) -> None:
    file, at = sample / "may.csv", session(sample)
    file.write_text("Thời điểm\n23/11/2026 05:30\n24/11/2026 17:00\n", "utf-8")
    options = Options({})
    assert at.take_in(file, replace(options, dry=True), LATER).lines == ()
    assert at.undo(LATER) is None
    assert len(at.take_in(file, options, LATER).lines) == 2
    assert at.undo(LATER) == "nhập may.csv"
    assert not any(row.line for row in rows_between(at.desk, MONDAY, SATURDAY).rows)


def test_periods_to_choose_have_begun_the_nearest_quarter_first() -> None:
    told = [str(one) for one in begun(date(2026, 8, 1), years=1)]
    assert told == ["2026-Q3", "2026-Q2", "2026-Q1", "2026-H2", "2026-H1", "2026-9M", "2026",
                    "2026-08", "2026-07", "2026-06", "2026-05", "2026-04", "2026-03", "2026-02",
                    "2026-01"]  # fmt: skip


def months_of(period: Period) -> int:
    return (period.last.year - period.first.year) * 12 + period.last.month - period.first.month


@given(st.dates(date(2020, 1, 1), date(2180, 1, 1)), st.integers(-9, 9))
def test_the_period_beside_a_period_is_as_long_and_leads_back(day: date, by: int) -> None:
    for period in (*begun(day, years=1), quarter_of(day)):
        other = beside(period, by)
        assert months_of(other) == months_of(period)
        assert beside(other, -by) == period
        assert read_period(str(other)) == other


def test_the_quarter_before_the_first_is_the_last_of_the_year_before() -> None:
    assert str(beside(read_period("2026-Q1"), -1)) == "2025-Q4"
    assert str(beside(read_period("2026-9M"), 1)) == "2027-9M"
