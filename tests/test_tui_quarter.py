"""The quarter by keys: from the plan and the week, over cells, to the airing's week."""

from __future__ import annotations

from pathlib import Path

from broadcast.tui.dialogs.quarter import QuarterDialog

from .test_tui_snapshots import SIZES, SnapCompare, in_folder, press
from .tui_pilot import driven, make_app, opened

__all__ = ["in_folder"]


@driven
async def test_a_cell_of_the_quarter_leads_to_the_airing_in_its_week(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("3", "ctrl+a")
        dialog = ui.app.screen
        assert isinstance(dialog, QuarterDialog)
        assert "Quý IV/2026" in ui.text()
        assert "Tuần 48 (23/11 – 29/11)" in ui.text()
        rows = dialog.map.rows
        at = next(n for n, row in enumerate(rows) if row.weeks[8])
        await ui.press("pageup")
        assert "Quý III/2026" in ui.text()
        await ui.press("pagedown", *["down"] * at, "enter")
        assert ui.app.screen is ui.week
        assert ui.week.grid.shown is not None
        assert ui.week.grid.shown.airing.topic == rows[at].path


@driven
async def test_an_empty_cell_leads_to_its_week_and_escape_back(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+a", "right", "enter")
        assert (ui.app.screen, str(ui.week.week_id)) == (ui.week, "2026-W49")
        await ui.press("ctrl+a", "escape")
        assert (ui.app.screen, str(ui.week.week_id)) == (ui.week, "2026-W49")


@SIZES
def test_a_quarter(snap_compare: SnapCompare, sample: Path, size: tuple[int, int]) -> None:
    async def shown(pilot):  # type: ignore[no-untyped-def]
        await press(pilot, "ctrl+a", "down")

    assert snap_compare(make_app(sample), terminal_size=size, run_before=shown)
