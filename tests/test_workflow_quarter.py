"""A quarter at a glance: what was heard, what the log denies, gaps, and how it is drawn."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.periods import Period
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.store.workspace import Workspace
from broadcast.tui.widgets.heat_rows import Frame, head_lines, strip, told, topic_line, total_line
from broadcast.workflow.airing_log import Told, log_day
from broadcast.workflow.desk import Desk
from broadcast.workflow.heat import longest_gap
from broadcast.workflow.quarter_view import quarter_view

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
W44 = WeekId(2026, 44)
LOGGED = datetime(2026, 11, 30, 8, tzinfo=VIETNAM)


@pytest.fixture
def desk(sample: Path) -> Desk:
    """The sample station with week 48 filled."""
    return Desk(Workspace(sample))


def text(pieces: tuple[tuple[str, str], ...]) -> str:
    return "".join(piece for piece, _look in pieces)


def test_a_quarter_has_its_weeks_plans_and_holidays(desk: Desk) -> None:
    view = quarter_view(desk, MONDAY, MONDAY)
    assert (str(view.quarter), len(view.heat.weeks), len(view.plans)) == ("quý IV/2026", 14, 1)
    named = {str(week): [one.name for one in days] for week, days in view.days.items()}
    assert named["2026-W48"] == ["Ngày Văn hóa Việt Nam"]
    row = next(row for row in view.heat.rows if row.times)
    assert row.cells[8] == tuple(a for a in desk.week(WeekId(2026, 48)).airings
                                 if a.topic == row.path)  # fmt: skip


def test_what_the_log_denies_counts_nowhere(desk: Desk) -> None:
    airing = desk.week(WeekId(2026, 48)).in_order()[0]
    before = quarter_view(desk, SUNDAY, SUNDAY)
    silent = Told(airing.id, "không phát", reason="mất điện")
    log_day(desk, airing.day, [silent], by="Lò Thị Thử", now=LOGGED)
    after = quarter_view(desk, SUNDAY, SUNDAY)
    assert sum(after.heat.totals) == sum(before.heat.totals) - 1


def test_a_week_of_the_strip_tells_peak_heard_planned_and_nothing_apart(desk: Desk) -> None:
    rows = quarter_view(desk, MONDAY, MONDAY - timedelta(days=1)).heat.rows
    assert {strip(row.marks) for row in rows} == {"·" * 12}
    rows = quarter_view(desk, MONDAY, MONDAY).heat.rows
    assert {strip(row.marks)[-1] for row in rows} == {"·", "░", "█"}
    rows = quarter_view(desk, MONDAY, SUNDAY).heat.rows
    assert {strip(row.marks)[-1] for row in rows} == {"·", "▄", "█"}


SPAN = Period("tháng 10", date(2026, 10, 1), date(2026, 10, 31))


@given(st.lists(st.dates(date(2026, 9, 1), date(2026, 11, 30))))
def test_the_longest_gap_is_the_longest_wait_around_any_day(days: list[date]) -> None:
    def wait(day: date) -> int:
        before = max((d for d in days if d < day), default=SPAN.first)
        after = min((d for d in days if d >= day), default=SPAN.last)
        return (after - before).days

    inside = (SPAN.first + timedelta(days=n) for n in range(32))
    assert longest_gap(days, SPAN) == max(0, *map(wait, inside))


def test_a_quarter_is_drawn_in_80_columns_with_every_sign_over_its_week(desk: Desk) -> None:
    view = quarter_view(desk, MONDAY, MONDAY)
    frame = Frame.of(78, len(view.heat.weeks))
    head = [text(line) for line in head_lines(view, frame)]
    row = next(row for row in view.heat.rows if row.weeks[8])
    lines = [*head, text(topic_line(row, frame)), text(total_line(view.heat.totals, frame))]
    at = frame.title + 8 * frame.cell
    assert [line[at : at + frame.cell] for line in lines] == ["   ", " ◆▾", "23 ", "░1 ", " 6 "]
    assert {len(line.rstrip()) <= 78 for line in lines} == {True}
    assert [frame.week_at(column) for column in (at - 1, at, at + 3, 77)] == [7, 8, 9, None]
    assert lines[3].endswith("1     53!"), "a gap over 28 days is marked"


def test_a_cell_is_told_with_its_holiday_and_its_airing(desk: Desk) -> None:
    view = quarter_view(desk, MONDAY, MONDAY)
    row = next(row for row in view.heat.rows if row.weeks[8])
    lines = told(view, row, 8, 60).splitlines()
    assert lines[1].startswith("Tuần 48 (23/11 – 29/11): T")
    assert lines[2:] == [
        "◆ T3 24/11 Ngày Văn hóa Việt Nam",
        f"Trong quý: 1 lượt · hai lần cách nhau xa nhất {row.gap} ngày, quá 28 ngày",
    ]
    assert len(lines[0]) <= 60
    assert "không có lượt nào" in told(view, row, 0, 60)


def test_a_week_that_cannot_be_read_is_marked_and_told(desk: Desk) -> None:
    desk.workspace.week_path(W44).write_text("week: [", "utf-8")
    view = quarter_view(desk, MONDAY, MONDAY)
    frame = Frame.of(78, len(view.heat.weeks))
    at = frame.title + view.heat.weeks.index(W44) * frame.cell
    assert text(head_lines(view, frame)[1])[at : at + 3] == " ? "
    lines = told(view, view.heat.rows[0], view.heat.weeks.index(W44), 60).splitlines()
    assert lines[1].endswith("không có lượt nào · ! tệp của tuần này không đọc được")
