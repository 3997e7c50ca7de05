"""Pictures of what is asked on the way from a topic to a script: preview, blanks, recordings."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.pilot import Pilot

from .test_cli_pairing import paired, village
from .test_tui_script import write
from .test_tui_script_blanks import BLANK, unconfirmed
from .test_tui_script_snapshots import shown
from .test_tui_snapshots import SIZES, SnapCompare, in_folder, press
from .tui_pilot import make_app

__all__ = ["in_folder", "unconfirmed", "village"]

TOPIC = (*"nop ho so", "enter")


@SIZES
@pytest.mark.parametrize("keys", [(), TOPIC], ids=["topics", "preview"])
def test_the_preview_of_a_script(
    snap_compare: SnapCompare, sample: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot)
        await press(pilot, "f5", *("space" if key == " " else key for key in keys))

    assert snap_compare(make_app(sample), terminal_size=size, run_before=go)


@SIZES
def test_the_form_of_blanks(
    snap_compare: SnapCompare, unconfirmed: Path, size: tuple[int, int]
) -> None:
    write(unconfirmed, BLANK)

    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, script="thu")
        await press(pilot, "ctrl+k")

    assert snap_compare(make_app(unconfirmed), terminal_size=size, run_before=go)


@SIZES
@pytest.mark.parametrize("keys", [(), ("enter",)], ids=["languages", "ways"])
def test_the_recordings_of_a_script(
    snap_compare: SnapCompare, village: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    paired(village)

    async def go(pilot: Pilot[None]) -> None:
        await shown(pilot, script="tin")
        await press(pilot, "ctrl+d", *keys)

    assert snap_compare(make_app(village), terminal_size=size, run_before=go)
