"""From the filled week to the export by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.tui.dialogs.ask import FormDialog

from .helpers import airings, edit, script_file
from .tui_pilot import driven, opened


@pytest.mark.long
@driven
async def test_scripts_are_made_approved_read_and_exported_by_keys(
    sample: Path,
) -> None:
    async with opened(sample) as ui:
        assert "F7" in ui.hint
        await ui.press("f7")
        assert ui.states == {"nháp"}
        await ui.press("f8")
        assert isinstance(ui.app.screen, FormDialog)
        await ui.type("Trần Thị Nghiêng")
        await ui.press("enter")
        assert ui.states == {"đã duyệt"}
        await ui.press("f9", "escape")
        assert ui.app.screen is ui.week
        assert ui.states == {"đã có audio"}
        assert "Cả tuần đã có MP3" in ui.hint
        await ui.press("ctrl+e", "f5")
        assert "✓ Đã ghi xong" in ui.text()
    assert len(list((sample / "out/export").rglob("*.mp3"))) == 6


@driven
async def test_making_scripts_can_be_undone_with_the_week(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7", "ctrl+z")
        assert ui.states == {"trống"}
    assert {one["script"] for one in airings(sample)} == {None}


@driven
async def test_approving_needs_a_name(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7", "f8", "enter")
        assert isinstance(ui.app.screen, FormDialog)
        assert "Ghi họ tên" in ui.text()
        await ui.press("escape")
        assert ui.states == {"nháp"}


@driven
async def test_only_chosen_cells_are_approved(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7", "space", "f8")
        await ui.type("Lan")
        await ui.press("enter")
    assert [one["state"] for one in airings(sample)].count("đã duyệt") == 1


@driven
async def test_the_confirmation_counts_what_is_to_be_looked_at(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7")
        assert ui.week.view is not None
        before = len(ui.week.view.hearings[airings(sample)[0]["script"]].findings)
        script = airings(sample)[0]["script"]
        edit(script_file(sample, script), "NỮ: ", "NỮ: Gọi XYZQ. ")
        ui.week.watch_files()
        await ui.settle()
        await ui.press("f8")
        assert f"! {before + 1} điểm cần xem" in ui.text().replace("│\n", "")


@driven
async def test_nothing_to_do_is_said(station: Path) -> None:
    async with opened(station) as ui:
        for key, told in (
            ("f5", "Chưa có kế hoạch"),
            ("f2", "Chưa có nội dung nào"),
            ("f7", "đều đã có kịch bản"),
            ("f8", "Không có kịch bản nào chờ duyệt"),
            ("f9", "chưa có kịch bản nào"),
            ("ctrl+v", "Chưa chép"),
            ("delete", "chưa có lượt phát"),
        ):
            await ui.press(key)
            assert told in ui.hint, key
