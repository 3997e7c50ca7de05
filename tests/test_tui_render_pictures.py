"""Pictures of the audio screen at both sizes: empty, to be read, running, read, in error."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from textual.pilot import Pilot

from .helpers import APPROVED_AT, airings, edit, script_file
from .players import SilentPlayer, player
from .test_tui_render import SlowMaking, slow, stumbling
from .test_tui_snapshots import SIZES, SnapCompare, in_folder, press
from .tui_pilot import make_app

__all__ = ["in_folder", "player", "slow", "stumbling"]


async def shown(pilot: Pilot[None]) -> None:
    await press(pilot, "4")


@SIZES
def test_a_week_nobody_filled(
    snap_compare: SnapCompare, station: Path, size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(station), terminal_size=size, run_before=shown)


@SIZES
def test_a_week_to_be_read(
    snap_compare: SnapCompare, approved: Path, size: tuple[int, int]
) -> None:
    ids = [one["script"] for one in airings(approved)]
    edit(script_file(approved, ids[1]), "[nhạc hiệu]", "[nhạc lạ]")
    edit(script_file(approved, ids[2]), "Kính thưa bà con", "Thưa bà con")

    async def chosen(pilot: Pilot[None]) -> None:
        await press(pilot, "4", "space")

    assert snap_compare(make_app(approved), terminal_size=size, run_before=chosen)


@SIZES
def test_a_week_being_read(
    snap_compare: SnapCompare, approved: Path, slow: SlowMaking, size: tuple[int, int]
) -> None:
    async def begun(pilot: Pilot[None]) -> None:
        await press(pilot, "4")
        await pilot.press("f5")
        while "25%" not in str(pilot.app.screen.query_one("#title").render()):
            await pilot.pause(0.01)
        slow.go_on.wait(0.05)
        await pilot.pause()

    assert snap_compare(make_app(approved), terminal_size=size, run_before=begun)


@SIZES
def test_a_week_that_is_read(
    snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]
) -> None:
    for note in (rendered / "out/audio").glob("*.json"):
        os.utime(note, (APPROVED_AT.timestamp(), APPROVED_AT.timestamp()))

    assert snap_compare(make_app(rendered), terminal_size=size, run_before=shown)


@SIZES
def test_a_script_that_failed(
    snap_compare: SnapCompare, approved: Path, stumbling: str, size: tuple[int, int]
) -> None:
    async def failed(pilot: Pilot[None]) -> None:
        await press(pilot, "4", "down", "space", "f5")

    assert snap_compare(make_app(approved), terminal_size=size, run_before=failed)


@SIZES
@pytest.mark.parametrize("deaf", [False, True], ids=["heard", "no-loudspeaker"])
def test_listening(
    snap_compare: SnapCompare,
    rendered: Path,
    player: SilentPlayer,
    deaf: bool,
    size: tuple[int, int],
) -> None:
    player.deaf = deaf
    for note in (rendered / "out/audio").glob("*.json"):
        os.utime(note, (APPROVED_AT.timestamp(), APPROVED_AT.timestamp()))

    async def heard(pilot: Pilot[None]) -> None:
        await press(pilot, "4", "f9")

    assert snap_compare(make_app(rendered), terminal_size=size, run_before=heard)
