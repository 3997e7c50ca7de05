"""Pictures of the screens at both sizes, looked at by a person: empty, full, in error."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.pilot import Pilot

from broadcast.errors import InputError, Problem
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.message import ErrorDialog
from broadcast.workflow.airing_log import Told, log_day
from broadcast.workflow.desk import Desk

from .helpers import WEEK, edit
from .tui_pilot import LARGE, NOW, SMALL, make_app, settle

SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


SCOPE = ("right", "right", "ctrl+s", "enter", "down", "end", "ctrl+u", "6", "h", "ctrl+s", "down")
"""Wednesday's slot is to begin at six from then on."""

SLOTS = """  - {id: tinh, name: Thời sự tỉnh, start: "06:00", minutes: 30, days: [T2, T4, T6],
     relay: Đài tỉnh, except_on: [2026-11-27]}
  - {id: thai, name: Buổi tối, start: "18:00", minutes: 10, days: [T3, T7], zones: [ban-lan],
     language: Tiếng Thái, valid_from: 2026-11-25}
  - {id: hoi-dap, name: Hỏi nhanh, start: "19:00", minutes: 10, days: [T3, T5],
     column: Hỏi đáp thủ tục, valid_until: 2026-11-26}

# Giới hạn"""
"""A relay, a slot in another language, one of a column; each is not there on some day."""


class SnapCompare(Protocol):
    def __call__(self, app: Any, **how: Any) -> bool: ...


@pytest.fixture(autouse=True)
def in_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Paths in pictures must not depend on where tests run."""
    monkeypatch.chdir(tmp_path)


async def press(pilot: Pilot[None], *keys: str) -> None:
    await settle(pilot)
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


@SIZES
def test_a_new_station_has_an_empty_week(
    snap_compare: SnapCompare, station: Path, size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(station), terminal_size=size, run_before=press)


@SIZES
def test_a_filled_week(snap_compare: SnapCompare, sample: Path, size: tuple[int, int]) -> None:
    assert snap_compare(make_app(sample), terminal_size=size, run_before=press)


@SIZES
def test_a_week_that_is_read(
    snap_compare: SnapCompare, rendered: Path, size: tuple[int, int]
) -> None:
    async def chosen(pilot: Pilot[None]) -> None:
        await press(pilot, "space", "right", "right", "f4", "right", "right")

    assert snap_compare(make_app(rendered), terminal_size=size, run_before=chosen)


@SIZES
def test_a_week_with_a_closed_day_and_slots_of_every_kind(
    snap_compare: SnapCompare, sample: Path, size: tuple[int, int]
) -> None:
    edit(sample / "schedules/station.yaml", "\n# Giới hạn", SLOTS)
    own = "days:\n  - {name: Sửa máy phát, day: 2026-11-26, closed: true}\n  - name: Hội"
    edit(sample / "schedules/station.yaml", "days:\n  - name: Hội", own)
    told = Told("sang", "bị cắt ngắn", minutes=6, reason="mất điện")
    log_day(Desk(Workspace(sample)), NOW.date(), [told], by="Lò Thị Hoa", now=NOW)
    assert snap_compare(make_app(sample), terminal_size=size, run_before=press)


@SIZES
def test_a_broken_week_is_told(
    snap_compare: SnapCompare, sample: Path, size: tuple[int, int]
) -> None:
    async def show(pilot: Pilot[None]) -> None:
        await settle(pilot)
        problems = [
            Problem("thiếu giờ bắt đầu", f"schedules/{WEEK}.yaml", 12, 'ghi start: "05:30"')
        ]
        error = InputError("Không đọc được tuần", "tệp có 1 lỗi", "sửa tệp rồi Ctrl+R", problems)
        pilot.app.push_screen(ErrorDialog(error))
        await pilot.pause()

    assert snap_compare(make_app(sample), terminal_size=size, run_before=show)


@SIZES
@pytest.mark.parametrize(
    "keys",
    [
        ("f1",),
        ("f2",),
        ("f6",),
        ("enter",),
        ("ctrl+o",),
        ("ctrl+c", "right", "right", "ctrl+v"),
        ("ctrl+f", "down", "enter"),
        SCOPE,
    ],
    ids=["help", "add", "check", "open", "month", "collision", "span", "scope"],
)
def test_dialogs(
    snap_compare: SnapCompare, sample: Path, size: tuple[int, int], keys: tuple[str, ...]
) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, *keys)

    assert snap_compare(make_app(sample), terminal_size=size, run_before=go)


@pytest.mark.parametrize("theme", ["sang", "tuong-phan"])
def test_the_other_themes(snap_compare: SnapCompare, sample: Path, theme: str) -> None:
    app = make_app(sample)
    app.theme = theme

    assert snap_compare(app, terminal_size=SMALL, run_before=press)
