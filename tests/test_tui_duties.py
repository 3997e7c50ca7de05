"""Quotas, deadlines and reports as a table: drawn, recorded as done by keys, taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.duties import DoneItem, QuotaCount
from broadcast.domain.periods import quarter, whole_year
from broadcast.domain.week import VIETNAM
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.duties import DutiesDialog, why_not
from broadcast.tui.dialogs.form import Form
from broadcast.tui.widgets.duty_rows import (
    BAR,
    duty_rows,
    duty_text,
    head_line,
    parts_strip,
    progress,
    row_line,
    sums,
)
from broadcast.tui.widgets.fields import Field
from broadcast.workflow.desk import Desk
from broadcast.workflow.duties import DutiesView, duties_view, record_done

from .helpers import PLAN
from .test_tui_snapshots import SIZES, SnapCompare, in_folder, press
from .tui_pilot import driven, make_app, opened

__all__ = ["in_folder"]

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 8, tzinfo=VIETNAM)


@pytest.fixture
def view(sample: Path) -> DutiesView:
    """The sample plan's duties of the quarter, two items recorded."""
    workspace = Workspace(sample)
    record_done(workspace, PLAN, "C3", day=TODAY, title="Một cửa")
    record_done(workspace, PLAN, "B1:2026-Q3", day=date(2026, 9, 29))
    return duties_view(Desk(workspace), PLAN, quarter(2026, 4), NOW)


@given(*[st.integers(0, 40)] * 3)
def test_a_bar_is_full_only_when_all_is_done(done: int, planned: int, owed: int) -> None:
    bar = progress(done, planned, owed)
    assert len(bar) == BAR
    assert (bar == "█" * BAR) == (owed > 0 and done >= owed)
    assert ("█" in bar) == (owed > 0 and done > 0)
    assert ("░" in bar) == (owed > 0 and done + planned < owed)


def test_what_is_overdue_comes_first_and_every_line_fits_the_window(view: DutiesView) -> None:
    rows = duty_rows(view)
    assert [row.sign for row in rows] == [*"!!!!!", *"!○○○○", *"○○"]
    assert sums(rows) == "✓ 0 đã xong · ○ 6 đang làm · ! 6 quá hạn"
    for width in (76, 116):
        lines = [head_line(width).plain, *(row_line(row, width).plain for row in rows)]
        assert {len(line) for line in lines} == {width}
    line = row_line(next(row for row in rows if row.count == "1/2"), 76).plain
    assert line.endswith("█████░░░░░    1/2     1       còn 38 ngày")


def test_a_quota_tells_what_counts_its_periods_and_what_is_recorded(view: DutiesView) -> None:
    airings, items = (
        row for row in duty_rows(view) if row.what.startswith("Đài") or row.count == "1/2"
    )
    assert isinstance(airings.of, QuotaCount)
    told = duty_text(airings, view).plain
    assert "ít nhất 2/tuần, lượt phát" in told
    assert f"Từng tuần: {parts_strip(airings.of.parts)}  █ đủ" in told
    assert "Đã quá kỳ 16: tuần 40: 2; tuần 41: 2; " in told
    assert "Còn phải làm 12: tuần 48: 2 (đã xếp 4); tuần 49: 2; " in told
    assert duty_text(items, view).plain.endswith("✓ 23/11/2026  Một cửa")


def test_a_record_of_a_duty_that_is_gone_and_what_is_done_refuse_another_one(
    view: DutiesView,
) -> None:
    item = DoneItem("2026-1", PLAN, "chỉ tiêu", "Đoàn xã", "tin, bài", TODAY)
    with_stray = replace(view, duties=replace(view.duties, strays=(item,)))
    assert duty_rows(with_stray)[-1].left == "không còn mục ấy"
    assert why_not(item) == "Kế hoạch không còn mục này; Del bỏ việc đã ghi"
    airings = next(row for row in duty_rows(view) if row.what.startswith("Đài"))
    assert "máy tự đếm" in why_not(airings.of)
    done = next(one for one in view.duties.dated if one.period == "2026-Q4")
    assert why_not(replace(done, done=item)).startswith("Đã ghi xong ngày 23/11/2026")


def test_outside_the_plans_year_nothing_is_owed(sample: Path) -> None:
    view = duties_view(Desk(Workspace(sample)), PLAN, whole_year(2030), NOW)
    row = next(row for row in duty_rows(view) if isinstance(row.of, QuotaCount))
    assert (row.sign, row.left, row.bar) == ("–", "ngoài kỳ", "·" * BAR)


@driven
async def test_a_duty_is_recorded_with_its_day_undone_and_taken_back(sample: Path) -> None:
    workspace = Workspace(sample)
    async with opened(sample, (80, 20)) as ui:
        await ui.press("3", "ctrl+u")
        dialog = ui.app.screen
        assert isinstance(dialog, DutiesDialog)
        at = next(n for n, row in enumerate(dialog.rows) if row.what.startswith("tin, bài"))
        dialog.list.highlighted = at
        await ui.press("enter")
        assert isinstance(ui.app.screen, Form)
        ui.app.screen.query_one("#field-day", Field).value = "24/11/2026"
        await ui.press("ctrl+s")
        assert "Ngày ấy chưa đến" in ui.text()
        ui.app.screen.query_one("#field-day", Field).value = "20/11"
        ui.app.screen.query_one("#field-title", Field).value = "Nụ cười một cửa"
        await ui.press("ctrl+s")
        assert [(i.day, i.title) for i in workspace.load_done()] == [
            (date(2026, 11, 20), "Nụ cười một cửa")
        ]
        assert "20/11/2026  Nụ cười một cửa" in ui.text()
        await ui.press("delete")
        assert workspace.load_done() == ()
        await ui.press("ctrl+z")
        assert [item.title for item in workspace.load_done()] == ["Nụ cười một cửa"]
        await ui.press("ctrl+z")
        assert workspace.load_done() == ()
        await ui.press("f6", "pageup")
        assert "6 tháng đầu năm 2026" in ui.text()
        await ui.press("f6", "f6")
        assert "Năm 2026" in ui.text()
        assert len(dialog.rows) > dialog.list.size.height, "a bar to scroll takes a column"
        assert dialog.list.virtual_size.height == len(dialog.rows)


@SIZES
def test_duties(snap_compare: SnapCompare, sample: Path, size: tuple[int, int]) -> None:
    async def shown(pilot):  # type: ignore[no-untyped-def]
        await press(pilot, "3", "ctrl+u", *["down"] * 6)

    assert snap_compare(make_app(sample), terminal_size=size, run_before=shown)
