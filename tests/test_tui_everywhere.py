"""What holds on every screen: keys that lead about while one types, hints with the keys given."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from broadcast import tui
from broadcast.errors import InputError, StorageError
from broadcast.tui.actions.model import ALT_DIGITS
from broadcast.tui.dialogs.help import HelpDialog
from broadcast.tui.dialogs.message import ErrorDialog, error_text
from broadcast.tui.dialogs.quit import LoseDialog
from broadcast.tui.screens.plan import PlanScreen
from broadcast.tui.screens.script import ScriptScreen
from broadcast.workflow.script_session import ScriptSession

from .helpers import done, edit
from .tui_pilot import LARGE, SMALL, Driver, driven, make_app, opened

STYLES = sorted((Path(tui.__file__).parent / "screens").glob("*.tcss"))
WEEK_KEY, PLAN_KEY = ALT_DIGITS["1"], ALT_DIGITS["3"]


@pytest.fixture(autouse=True)
def looking_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Screens do not look at the files by themselves while a test goes on."""
    for screen in ("week", "script", "plan"):
        monkeypatch.setattr(f"broadcast.tui.screens.{screen}.WATCH_EVERY", 3600)


def scripts(ui: Driver) -> ScriptScreen:
    return next(s for s in ui.app.station_screens() if isinstance(s, ScriptScreen))


@driven
async def test_alt_and_a_digit_lead_away_from_a_search_and_type_nothing(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("2", WEEK_KEY)
        assert ui.app.here is ui.week
        assert scripts(ui).search_field.value == ""


@driven
async def test_alt_and_a_digit_lead_away_from_a_script_and_type_nothing(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("2", "enter")
        before = scripts(ui).area.text
        await ui.press(WEEK_KEY)
        assert ui.app.here is ui.week
        assert scripts(ui).area.text == before
        assert not scripts(ui).unsaved


@driven
async def test_alt_and_a_digit_type_nothing_into_a_form(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+g", WEEK_KEY, PLAN_KEY)
        await ui.type("30/11/2026")
        await ui.press("enter")
        assert str(ui.week.week_id) == "2026-W49"


@driven
async def test_what_was_planned_meanwhile_is_counted_when_one_comes_to_the_plan(
    sample: Path,
) -> None:
    async with opened(sample) as ui:
        await ui.press("3")
        plan = next(s for s in ui.app.station_screens() if isinstance(s, PlanScreen))
        topic = ui.week.view.week.airings[0].topic if ui.week.view else None
        assert plan.counts is not None
        assert topic is not None
        before = plan.counts.of(topic).times
        await ui.press("1", "c", "pagedown", "v", "3")
        assert plan.counts.of(topic).times == before + 1


@driven
async def test_audio_and_scripts_that_changed_are_not_said_to_be_anothers(approved: Path) -> None:
    async with opened(approved) as ui:
        airing = ui.week.view.week.airings[0] if ui.week.view else None
        assert airing is not None
        done("script", "return", airing.script, "--by", "Lan", "--reason", "ngắn", cwd=approved)
        ui.week.watch_files()
        await ui.settle()
        assert ui.hint == "Kịch bản hoặc tệp MP3 của tuần vừa đổi; lịch đã cập nhật"


@driven
async def test_a_free_place_names_the_keys_the_station_gave(station: Path) -> None:
    path = station / "schedules/station.yaml"
    keys = "screen:\n  keys: {week.add: f4, week.move: f2, week.reload: ctrl+x}\n"
    path.write_text(path.read_text("utf-8") + keys, "utf-8")
    async with opened(station) as ui:
        assert "F4 thêm lượt phát, F5 xếp cả tuần." in ui.text()
        await ui.press("f5")
        edit(path, "name:", "nam:")
        ui.week.watch_files()
        await ui.settle()
        assert "Ctrl+X đọc lại sau khi sửa tệp" in ui.hint


async def leave(ui: Driver) -> bool:
    """Press Ctrl+Q, and tell whether the app is left."""
    await ui.pilot.press("ctrl+q")
    for _ in range(100):
        if ui.app._exit or isinstance(ui.app.screen, (ErrorDialog, LoseDialog)):
            break
        await ui.pilot.pause(0.02)
    return ui.app._exit


@driven
async def test_ctrl_q_leaves_also_from_a_dialog(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f1")
        assert isinstance(ui.app.screen, HelpDialog)
        assert await leave(ui)


@driven
async def test_where_nothing_can_be_saved_one_may_stay_or_leave_all_the_same(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise StorageError("Không ghi được tệp", "ổ đĩa đã đầy", "xóa bớt tệp")

    async with opened(approved) as ui:
        await ui.press("2", "enter")
        monkeypatch.setattr(ScriptSession, "save", full)
        monkeypatch.setattr(ScriptSession, "keep", full)
        await ui.type("NAM: Thêm.")
        assert ui.app.here is not None
        assert ui.app.here.line() == (
            "! Chữ vừa gõ chưa giữ được trên đĩa: Ctrl+S lưu, sẽ báo rõ vì sao"
        )
        assert not await leave(ui)
        assert isinstance(ui.app.screen, ErrorDialog)
        await ui.press("escape")
        await ui.pilot.press("ctrl+q")
        await ui.settle()
        while not isinstance(ui.app.screen, LoseDialog):
            await ui.pilot.pause(0.02)
        await ui.press("enter", "escape")
        assert scripts(ui).area.text.startswith("NAM: Thêm.")
        await ui.pilot.press("ctrl+q")
        while not isinstance(ui.app.screen, LoseDialog):
            await ui.pilot.pause(0.02)
        await ui.pilot.press("down", "enter")
        await ui.pilot.pause()
        assert ui.app._exit


@driven
async def test_a_line_that_has_no_room_ends_in_dots(approved: Path) -> None:
    async with opened(approved, (40, 24)) as ui:
        ui.week.say("Đã thêm «Một chương trình có tên rất dài» vào T2 23/11")
        await ui.settle()
        assert " Đã thêm «Một chương trình có tên rất …" in ui.text()


async def until(ui: Driver, done: Callable[[], bool]) -> None:
    """Wait until something is so; `settle` would wait for the week that cannot be read."""
    for _ in range(400):
        await ui.pilot.pause()
        if done():
            return
        await asyncio.sleep(0.01)
    raise AssertionError(ui.text())


@driven
async def test_a_week_that_cannot_be_read_is_told_until_somebody_mends_it(approved: Path) -> None:
    path = approved / "schedules/2026-W48.yaml"
    good = path.read_text("utf-8")
    path.write_text(good.replace("airings:", "airings: ["), "utf-8")
    app = make_app(approved)
    async with app.run_test(size=SMALL) as pilot:
        ui = Driver(app, pilot)

        def told() -> bool:
            return isinstance(app.screen, ErrorDialog)

        await until(ui, told)
        for key, week in (("ctrl+r", "2026-W48"), ("pageup", "2026-W47"), ("pagedown", "2026-W48")):
            await pilot.press("escape", key)
            await until(ui, told)
            assert str(ui.week.week_id) == week
        await pilot.press("escape")
        assert ui.hint.startswith("! Không đọc được tệp schedules/2026-W48.yaml:")
        assert ui.hint.endswith("; Ctrl+R đọc lại sau khi sửa tệp")
        assert "schedules/2026-W48.yaml:" in str(app.screen.query_one("#side-text").render())
        path.write_text(good, "utf-8")
        ui.week.watch_files()
        await until(ui, lambda: ui.week.view is not None)
        assert ui.hint == "Tệp đã đọc được"
        assert len(ui.titles) == good.count("  - id:")


@driven
async def test_an_unreadable_station_is_told_with_what_to_do_on_every_screen(
    approved: Path,
) -> None:
    async with opened(approved) as ui:
        edit(approved / "schedules/station.yaml", "name:", "name: [")
        await ui.press("5")
        assert ui.app.here is not None
        assert ui.app.here.line() == "Không đọc được tệp; Ctrl+R đọc lại sau khi sửa tệp"
        assert "→ \n" not in ui.text()


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_screens_rules_say_whose_they_are_for_they_hold_in_the_whole_app(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    heads = [one for head in re.findall(r"([^{}]+)\{", text) for one in head.split(",")]
    assert len(heads) > 3
    assert [one.strip() for one in heads if not one.strip()[:1].isupper()] == []


@driven
async def test_what_is_told_of_a_setting_has_its_room_after_the_scripts_were_seen(
    approved: Path,
) -> None:
    async with opened(approved, LARGE) as ui:
        await ui.press("6")
        at_first = ui.app.screen.query_one("#about").size
        await ui.press("2", "enter", ALT_DIGITS["6"])
        assert ui.app.screen.query_one("#about").size == at_first


@driven
async def test_what_is_in_the_way_is_told_with_the_names_of_its_zones(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f2", "enter")
        text = " ".join(ui.text().replace("│", " ").split())
        assert "Khung giờ này đã có lượt phát" in text
        assert "», mọi cụm loa" in text


def test_a_file_at_the_head_of_an_error_is_called_as_it_is_called() -> None:
    assert str(error_text(InputError("T", "schedules/a.yaml có chỗ sai"))) == (
        "schedules/a.yaml có chỗ sai"
    )
    assert str(error_text(InputError("T", "tệp có chỗ sai"))) == "Tệp có chỗ sai"
