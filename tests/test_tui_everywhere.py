"""What holds on every screen: keys that lead about while one types, hints with the keys given."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.tui.actions.model import ALT_DIGITS
from broadcast.tui.screens.plan import PlanScreen
from broadcast.tui.screens.script import ScriptScreen

from .helpers import done, edit
from .tui_pilot import Driver, driven, opened

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
