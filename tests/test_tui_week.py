"""The week screen by keys: every action of the registry."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from broadcast.tui.dialogs.ask import AskDialog, ChooseDialog, FormDialog
from broadcast.tui.dialogs.findings import FindingsDialog
from broadcast.tui.dialogs.message import ErrorDialog, ReadDialog
from broadcast.tui.dialogs.month import MonthDialog
from broadcast.tui.screens.script import ScriptScreen
from broadcast.tui.screens.week import read_day
from broadcast.tui.widgets.fields import Field

from .helpers import PLAN_DOCUMENT, WEEK, airings, done, edit
from .tui_pilot import LARGE, driven, opened


@pytest.fixture
def empty(sample: Path) -> Path:
    """The sample station with its plan and no week."""
    (sample / f"schedules/{WEEK}.yaml").unlink()
    return sample


@driven
async def test_it_opens_on_this_week_at_today(sample: Path) -> None:
    async with opened(sample) as ui:
        assert "Tuần 48 · 23/11/2026 – 29/11/2026 · tuần này" in ui.text()
        assert ui.cursor == "23 sang"


@driven
async def test_arrows_go_from_cell_to_cell_and_stop_at_the_edges(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("right", "down", "left", "left", "up", "up", "end", "down")
        assert ui.cursor == "29 cuoi-tuan"


@driven
async def test_enter_opens_the_script_of_the_airing_and_escape_leads_back(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("enter")
        assert isinstance(ui.app.screen, ScriptScreen)
        assert "NỮ: Kính thưa bà con" in ui.text()
        await ui.press("escape")
        assert ui.app.screen is ui.week


@driven
async def test_enter_on_an_airing_without_a_script_tells_of_the_airing(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("enter")
        assert isinstance(ui.app.screen, ReadDialog)
        assert "chưa có kịch bản" in str(ui.app.screen.text)


@driven
async def test_adding_offers_the_least_heard_topic_first_and_saves_it(empty: Path) -> None:
    async with opened(empty) as ui:
        await ui.press("f2")
        assert isinstance(ui.app.screen, ChooseDialog)
        assert "chưa phát" in ui.app.screen.choices[0].detail
        await ui.press("enter")
        assert list(ui.titles) == ["23 sang"]
    assert [one["slot"] for one in airings(empty)] == ["sang"]


@driven
async def test_the_list_of_topics_is_searched_without_accents(empty: Path) -> None:
    async with opened(empty) as ui:
        await ui.press("f2")
        await ui.type("vneid")
        assert isinstance(ui.app.screen, ChooseDialog)
        assert all("VNeID" in choice.label for choice in ui.app.screen.found)
        await ui.press("enter")
        assert "VNeID" in ui.titles["23 sang"]


@driven
async def test_moving_marks_then_puts_down(sample: Path) -> None:
    async with opened(sample) as ui:
        before = ui.titles
        await ui.press("right", "right", "delete", "left", "left", "f4")
        assert "DỜI" in ui.hint
        await ui.press("right", "right", "enter")
        assert ui.titles["25 sang"] == before["23 sang"]
        assert "23 sang" not in ui.titles
        assert ui.cursor == "25 sang"


@driven
async def test_escape_gives_up_moving(sample: Path) -> None:
    async with opened(sample) as ui:
        before = ui.titles
        await ui.press("f4", "right", "right", "escape")
        assert ui.week.mode is None
        assert ui.titles == before


@driven
async def test_swapping_lets_two_airings_change_places(sample: Path) -> None:
    async with opened(sample) as ui:
        before = ui.titles
        await ui.press("ctrl+t", "right", "right", "enter")
        assert ui.titles["23 sang"] == before["25 sang"]
        assert ui.titles["25 sang"] == before["23 sang"]


@driven
async def test_copying_and_pasting_into_another_week(sample: Path) -> None:
    async with opened(sample) as ui:
        title = ui.titles["23 sang"]
        await ui.press("ctrl+c", "pagedown", "ctrl+v")
        assert ui.titles == {"30 sang": title}


@driven
async def test_deleting_and_undoing_and_redoing(sample: Path) -> None:
    async with opened(sample) as ui:
        before = ui.titles
        await ui.press("delete")
        assert "23 sang" not in ui.titles
        await ui.press("ctrl+z")
        assert ui.titles == before
        await ui.press("ctrl+y")
        assert "23 sang" not in ui.titles
    assert len(airings(sample)) == len(before) - 1


@driven
async def test_undo_survives_going_to_another_week_and_back(sample: Path) -> None:
    async with opened(sample) as ui:
        before = ui.titles
        await ui.press("delete", "pagedown", "pageup", "ctrl+z")
        assert ui.titles == before


@driven
async def test_undo_with_nothing_to_undo_says_so(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+z")
        assert ui.hint == "Không còn gì để hoàn tác"
        await ui.press("ctrl+y")
        assert ui.hint == "Không còn gì để làm lại"


@driven
async def test_filling_the_week(empty: Path) -> None:
    async with opened(empty) as ui:
        assert "F5" in ui.hint
        await ui.press("f5")
        assert len(ui.titles) == 6
        assert "Đã xếp 6 lượt phát" in ui.hint


@driven
async def test_filling_only_what_is_chosen(empty: Path) -> None:
    async with opened(empty) as ui:
        await ui.press("space", "right", "right", "space", "right", "right", "space", "space", "f5")
        assert set(ui.titles) == {"23 sang", "25 sang"}
        assert ui.week.grid.chosen == set()


@driven
async def test_copying_last_week(sample: Path) -> None:
    async with opened(sample) as ui:
        before = list(ui.titles.values())
        await ui.press("pagedown", "ctrl+l")
        assert list(ui.titles.values()) == before


@driven
async def test_copying_an_empty_week_is_explained(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+l")
        assert isinstance(ui.app.screen, ErrorDialog)


@driven
async def test_a_finding_is_jumped_to(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f6")
        screen = ui.app.screen
        assert isinstance(screen, ChooseDialog)
        at = next(
            n for n, c in enumerate(screen.choices) if c.value and c.value.airing == WEEK_SUNDAY
        )
        await ui.press(*["down"] * at, "enter")
        assert ui.cursor == "29 cuoi-tuan"


WEEK_SUNDAY = "2026-11-29-cuoi-tuan"


@driven
async def test_a_finding_is_mended_by_a_key_and_the_list_stays_open(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("delete", "f6")
        dialog = ui.app.screen
        assert isinstance(dialog, FindingsDialog)
        at = next(n for n, c in enumerate(dialog.choices) if c.value and c.value.change)
        assert "theo " in dialog.choices[at].detail
        count = len(dialog.choices)
        await ui.press(*["down"] * at, "f4")
        assert ui.app.screen is dialog
        assert "23 sang" in ui.titles
        assert "Đã sửa theo gợi ý" in ui.text()
        await ui.press("ctrl+z")
        assert len(dialog.choices) == count
        assert "23 sang" not in ui.titles


@driven
async def test_going_to_a_week_by_a_day(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+g")
        await ui.type("31/12/2026")
        await ui.press("enter")
        assert str(ui.week.week_id) == "2026-W53"
        assert ui.cursor.startswith("31 ")
        await ui.press("ctrl+home")
        assert str(ui.week.week_id) == WEEK


@driven
async def test_a_day_that_is_none_is_told_at_the_field(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+g")
        await ui.type("31/02")
        await ui.press("enter")
        assert isinstance(ui.app.screen, FormDialog)
        assert "Viết ngày như 23/11/2026" in ui.text()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("23/11/2026", date(2026, 11, 23)),
        ("5-1-27", date(2027, 1, 5)),
        ("23.11", date(2026, 11, 23)),
        ("hôm nay", date(2026, 11, 24)),
        ("mai", date(2026, 11, 25)),
        ("30/02/2026", None),
        ("tuần sau", None),
        ("", None),
    ],
)
def test_days_are_read_as_people_write_them(text: str, day: date | None) -> None:
    assert read_day(text, date(2026, 11, 24)) == day


@driven
async def test_the_month_leads_to_a_week(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+o")
        assert isinstance(ui.app.screen, MonthDialog)
        assert "Tháng 11 năm 2026" in ui.text()
        await ui.press("pagedown", "right", "up", "enter")
        assert str(ui.week.week_id) == "2026-W51"


@driven
async def test_a_collision_is_told_with_its_ways_out(sample: Path) -> None:
    async with opened(sample) as ui:
        title = ui.titles["23 sang"]
        await ui.press("ctrl+c", "right", "right", "ctrl+v")
        screen = ui.app.screen
        assert isinstance(screen, AskDialog)
        kinds = [choice.value.kind for choice in screen.choices]
        assert {"replace", "split"} <= set(kinds)
        await ui.press(*["down"] * kinds.index("replace"), "enter")
        assert ui.titles["25 sang"] == title


@driven
async def test_split_zones_leaves_both_in_one_cell(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+c", "right", "right", "ctrl+v")
        screen = ui.app.screen
        assert isinstance(screen, AskDialog)
        kinds = [choice.value.kind for choice in screen.choices]
        await ui.press(*["down"] * kinds.index("split"), "enter")
        assert ui.week.grid.table is not None
        assert len(ui.week.grid.table.at(0, 2)) == 2
        first = ui.week.selected
        await ui.press("ctrl+n")
        assert ui.week.selected != first


@driven
async def test_a_collision_can_be_left_as_it_was(sample: Path) -> None:
    async with opened(sample) as ui:
        before = ui.titles
        await ui.press("ctrl+c", "right", "right", "ctrl+v", "escape")
        assert ui.titles == before


@driven
async def test_nothing_is_added_where_no_slot_stands(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("right", "f2")
        assert ui.app.screen is ui.week
        assert "không có khung giờ" in ui.hint


@driven
async def test_what_another_program_changed_is_noticed_and_shown(sample: Path) -> None:
    async with opened(sample) as ui:
        done("week", "remove", WEEK, WEEK_SUNDAY, cwd=sample)
        ui.week.watch_files()
        await ui.settle()
        assert "29 cuoi-tuan" not in ui.titles
        assert "Vừa có thay đổi" in ui.hint


@driven
async def test_two_apps_on_one_week_lose_nothing(sample: Path) -> None:
    async with opened(sample) as one, opened(sample) as other:
        await other.press("end", "down", "delete")
        await one.press("delete")
        assert isinstance(one.app.screen, AskDialog)
        await one.press("enter")
        assert "23 sang" not in one.titles
        assert "29 cuoi-tuan" not in one.titles
    assert len(airings(sample)) == 4


@driven
async def test_a_broken_file_is_told_and_the_week_stays_on_screen(sample: Path) -> None:
    async with opened(sample) as ui:
        before = ui.titles
        edit(sample / f"schedules/{WEEK}.yaml", "airings:", "airings: [")
        ui.week.watch_files()
        await ui.settle()
        assert ui.hint.startswith("!")
        assert ui.titles == before


@driven
async def test_reloading_says_what_is_different(sample: Path) -> None:
    async with opened(sample) as ui:
        done("week", "remove", WEEK, WEEK_SUNDAY, cwd=sample)
        await ui.press("ctrl+r")
        assert "bỏ 1 lượt phát" in ui.hint


@driven
async def test_importing_a_plan_by_its_path(station: Path) -> None:
    shutil.copy(PLAN_DOCUMENT, station / "kế hoạch.txt")
    async with opened(station) as ui:
        assert "Ctrl+K" in ui.hint
        await ui.press("ctrl+k")
        ui.app.screen.query_one(Field).value = str(station / "kế hoạch.txt")
        await ui.press("enter")
        assert "nội dung phát được" in ui.text()
        await ui.press("escape", "f5")
        assert ui.titles


@driven
async def test_a_plan_file_that_is_not_there_is_told_at_the_field(station: Path) -> None:
    async with opened(station) as ui:
        await ui.press("ctrl+k")
        await ui.type("không-có.docx")
        await ui.press("enter")
        assert "không có tệp" in ui.text()


@driven
async def test_at_a_wide_window_the_panel_is_at_the_right(sample: Path) -> None:
    async with opened(sample, LARGE) as ui:
        side, grid = ui.week.query_one("#side").region, ui.week.grid.region
        assert side.x == grid.right
    async with opened(sample) as ui:
        side, grid = ui.week.query_one("#side").region, ui.week.grid.region
        assert side.y == grid.bottom


@driven
async def test_a_click_moves_the_cursor_and_a_double_click_opens(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.pilot.click("#grid", offset=(30, 3))
        assert ui.cursor == "25 sang"
        await ui.pilot.click("#grid", offset=(30, 3), times=2)
        await ui.settle()
        assert isinstance(ui.app.screen, ReadDialog)
