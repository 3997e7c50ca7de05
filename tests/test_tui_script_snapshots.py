"""Pictures of the script screen at both sizes, looked at by a person: empty, full, in error."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from broadcast.tui.app import BroadcastApp
from broadcast.tui.screens.script import ScriptScreen

from .helpers import edit
from .test_tui_script import write
from .test_tui_snapshots import SIZES, SnapCompare, in_folder, press
from .tui_pilot import SMALL, make_app, settle

__all__ = ["in_folder"]

TRACED = "2026-w48-cach-giu-ma-ho-so-tra-cuu-tinh-trang-xu-ly-va-quyen"
WRONG = """[nhac]
NỮ: Kính thưa bà con, sáng 25/11/2026 UBND xã trả kết quả tại Trung tâm Phục vụ hành chính công.
NAM: Hỏi {số điện thoại} hoặc QWRT; lệ phí 15.000 đ/bản.
<!-- Bản ở cửa sổ kia: NAM: Hỏi thôn trưởng. -->
[nghỉ 1,5s]
"""


async def shown(pilot: Pilot[None], *keys: str, script: str | None = None, row: int = 0) -> None:
    """Go to the screen, perhaps to a script, and press keys."""
    app = pilot.app
    assert isinstance(app, BroadcastApp)
    await settle(pilot)
    app.go("script", **({"script": script, "row": row} if script else {}))
    await press(pilot, *keys)
    screens = [s for s in app.station_screens() if isinstance(s, ScriptScreen)]
    screens[0].area.cursor_blink = False
    await settle(pilot)
    # How far what is heard was scrolled on the way is of no account in a picture.
    await pilot.pause(0.1)
    screens[0].spoken.scroll_to(y=0, animate=False, force=True, immediate=True)
    await settle(pilot)


@SIZES
def test_a_station_without_scripts(
    snap_compare: SnapCompare, station: Path, size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(station), terminal_size=size, run_before=shown)


@SIZES
def test_the_list(snap_compare: SnapCompare, approved: Path, size: tuple[int, int]) -> None:
    write(approved, title="Bài đang viết [/]")
    (approved / "scripts/hong.md").write_text("chưa có phần đầu", "utf-8")

    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, "down", "down")

    assert snap_compare(make_app(approved), terminal_size=size, run_before=go)


@SIZES
def test_the_editor(snap_compare: SnapCompare, approved: Path, size: tuple[int, int]) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, "end", "x", script=TRACED, row=2)

    assert snap_compare(make_app(approved), terminal_size=size, run_before=go)


@SIZES
def test_a_script_with_what_is_wrong(
    snap_compare: SnapCompare, station: Path, size: tuple[int, int]
) -> None:
    write(station, WRONG)

    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, script="thu", row=2)

    assert snap_compare(make_app(station), terminal_size=size, run_before=go)


@SIZES
@pytest.mark.parametrize(
    "keys", [("f1",), ("f6",), ("f8",), ("ctrl+l",)], ids=["help", "findings", "approve", "piece"]
)
def test_dialogs(
    snap_compare: SnapCompare, sample: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    write(sample, "NỮ: Hỏi QWRT nhé bà con.\nNAM: Lệ phí 15.000 đ/bản.\n")

    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, script="thu")
        await press(pilot, *keys)

    assert snap_compare(make_app(sample), terminal_size=size, run_before=go)


@SIZES
def test_what_changed_since_the_approval(
    snap_compare: SnapCompare, approved: Path, size: tuple[int, int]
) -> None:
    edit(
        approved / f"scripts/{TRACED}.md",
        "Mỗi hồ sơ có một mã riêng, ghi",
        "Mỗi hồ sơ có mã riêng, ghi",
    )

    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, script=TRACED)
        await press(pilot, "ctrl+o")

    assert snap_compare(make_app(approved), terminal_size=size, run_before=go)


@pytest.mark.parametrize("theme", ["sang", "tuong-phan"])
def test_the_other_themes(snap_compare: SnapCompare, station: Path, theme: str) -> None:
    write(station, WRONG)
    app = make_app(station)
    app.theme = theme

    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, script="thu", row=2)

    assert snap_compare(app, terminal_size=SMALL, run_before=go)
