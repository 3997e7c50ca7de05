"""What a week's scripts are or would be made of, and why, on the week screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.tui.dialogs.ask import ChooseDialog, LongAskDialog

from .helpers import airings
from .test_tui_proof import take
from .test_tui_snapshots import SIZES, SnapCompare, in_folder, press
from .tui_pilot import Driver, driven, make_app, opened

__all__ = ["in_folder"]


def scripts(root: Path) -> list[str]:
    return sorted(path.name for path in (root / "scripts").glob("*.md"))


def listed(ui: Driver) -> list[str]:
    """What the list on screen has, each entry on one line."""
    dialog = ui.app.screen
    assert isinstance(dialog, ChooseDialog)
    return [choice.prompt().plain.replace("\n", " | ") for choice in dialog.choices]


@driven
async def test_before_the_scripts_are_made_it_tells_what_and_why_and_writes_nothing(
    sample: Path,
) -> None:
    before = scripts(sample)
    async with opened(sample) as ui:
        await ui.press("ctrl+u")
        first, *rest = listed(ui)
        assert first == "Soạn cả 6 kịch bản này"
        assert [line.partition(" «")[0] for line in rest] == [
            "T2 23/11 05:30", "T3 24/11 17:00", "T4 25/11 05:30",
            "T5 26/11 17:00", "T6 27/11 05:30", "CN 29/11 07:00",
        ]  # fmt: skip
        assert all("vì có các từ «" in line for line in rest)
        await ui.press("down", "enter")
        dialog = ui.app.screen
        assert isinstance(dialog, LongAskDialog)
        assert "Dài khoảng" in dialog.text.plain
        await take(ui, "Về danh sách")
        assert listed(ui)[0] == first
        assert scripts(sample) == before
        assert {one["script"] for one in airings(sample)} == {None}
        await take(ui, first)
        assert len(scripts(sample)) == len(before) + 6


@driven
async def test_after_they_are_made_it_still_tells_why_and_leads_to_each(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("f7", "ctrl+u")
        assert len(listed(ui)) == 6
        title = airings(sample)[0]["title"]
        assert f"«{title}» | bài «{title}» vì có các từ" in listed(ui)[0]
        await ui.press("enter")
        await take(ui, "Mở kịch bản để đọc, sửa")
        assert title in ui.text()


@driven
async def test_where_nothing_was_or_is_to_be_made_it_says_so(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("ctrl+u")
        assert ui.app.screen is ui.week
        assert "không còn kịch bản nào phải soạn" in ui.week.line()


@SIZES
@pytest.mark.parametrize("keys", [("ctrl+u",), ("ctrl+u", "down", "enter")], ids=["list", "one"])
def test_pictures(
    snap_compare: SnapCompare, sample: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def go(pilot: object) -> None:
        await press(pilot, *keys)  # type: ignore[arg-type]

    assert snap_compare(make_app(sample), terminal_size=size, run_before=go)
