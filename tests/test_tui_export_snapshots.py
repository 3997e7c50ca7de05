"""Pictures of the export screen at both sizes: blocked, ready, wrong target, written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual.pilot import Pilot

from broadcast.publish import caldav, disk, drives, players
from broadcast.publish.players import MessagePlayer
from broadcast.tui.dialogs.code import CodeDialog
from broadcast.workflow import publishing

from .helpers import BY, WEEK, airings, done, edit, script_file
from .test_tui_export_ways import OwnServer, name_server
from .test_tui_snapshots import SIZES, SnapCompare, press
from .tui_pilot import make_app

__all__ = ["SIZES"]


@pytest.fixture(autouse=True)
def same_disk_everywhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Drives and free room in pictures must not depend on where tests run."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 3_900_000_000)
    monkeypatch.setattr(drives, "LINUX", (tmp_path / "media", Path("/media")))
    monkeypatch.setattr(drives, "MAC", Path("/media"))


def shows(
    snap_compare: SnapCompare, root: Path, size: tuple[int, int], *keys: str, to: str = "usb"
) -> bool:
    """Whether the screen for writing to `to` looks as its picture after these keys."""
    app = make_app(root)
    assert app.office is not None
    app.office.target = to

    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "ctrl+e", *keys)

    return snap_compare(app, terminal_size=size, run_before=go)


@SIZES
def test_a_week_without_a_schedule(
    snap_compare: SnapCompare, station: Path, size: tuple[int, int]
) -> None:
    assert shows(snap_compare, station, size)


@SIZES
def test_a_week_that_is_not_ready(
    snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]
) -> None:
    scripts = [one["script"] for one in airings(rendered)]
    for script in scripts[:3]:
        edit(script_file(rendered, script), "NỮ: ", "NỮ: Thêm. ")
    done("script", "approve", scripts[0], "--by", BY, cwd=rendered)
    done("week", "add", WEEK, "--day", "2026-11-23", "--start", "05:35", "--minutes", "5",
         cwd=rendered)  # fmt: skip
    assert shows(snap_compare, rendered, size)


@SIZES
def test_what_will_be_written(
    snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]
) -> None:
    assert shows(snap_compare, rendered, size)


@SIZES
def test_what_will_change(snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]) -> None:
    done("export", WEEK, "--to", rendered / "usb", cwd=rendered)
    next((rendered / "usb/2026-11-29-cn").iterdir()).write_bytes(b"edited")
    next((rendered / "usb/2026-11-24-t3").iterdir()).unlink()
    assert shows(snap_compare, rendered, size, "f7")


@SIZES
def test_a_drive_that_is_not_in(
    snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]
) -> None:
    assert shows(snap_compare, rendered, size, to="/media/lan/USB")


@SIZES
def test_files_in_the_way(snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]) -> None:
    (rendered / "usb").mkdir()
    for ending in ("txt", "ics"):
        (rendered / f"usb/{WEEK}.{ending}").write_text("của tôi", encoding="utf-8")
    assert shows(snap_compare, rendered, size)


@SIZES
def test_what_was_written(snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]) -> None:
    assert shows(snap_compare, rendered, size, "f5")


@SIZES
def test_the_sheet(snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]) -> None:
    assert shows(snap_compare, rendered, size, "ctrl+t")


@pytest.mark.parametrize("theme", ["sang", "tuong-phan"])
def test_the_other_themes(snap_compare: SnapCompare, rendered: Path, theme: str) -> None:
    app = make_app(rendered)
    app.theme = theme

    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "ctrl+e")

    assert snap_compare(app, terminal_size=(80, 24), run_before=go)


@SIZES
def test_a_card_for_a_player_that_takes_less(
    snap_compare: SnapCompare,
    rendered: Path,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    small = [replace(one, messages=5) if isinstance(one, MessagePlayer) else one
             for one in players.PLAYERS]  # fmt: skip
    monkeypatch.setattr(players, "PLAYERS", tuple(small))
    assert shows(snap_compare, rendered, size, "f6", "down", "enter")


def test_a_code_that_phones_read(snap_compare: SnapCompare, rendered: Path) -> None:
    app = make_app(rendered)

    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "ctrl+e")
        app.push_screen(CodeDialog("https://suoihoa.thanhhoa.gov.vn/loa-truyen-thanh/lich-phat"))
        await press(pilot)

    assert snap_compare(app, terminal_size=(80, 24), run_before=go)


@SIZES
def test_a_calendar_before_it_is_sent(
    snap_compare: SnapCompare,
    rendered: Path,
    size: tuple[int, int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(caldav, "CalDavServer", OwnServer)
    monkeypatch.setenv(publishing.PASSWORD, OwnServer.password)
    OwnServer.there.clear()
    name_server(rendered)
    assert shows(snap_compare, rendered, size, "f9")
