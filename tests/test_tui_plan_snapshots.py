"""The plan screen's pictures: empty, full, asking, in error, at both sizes, by a clock at rest."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot

from broadcast.store.workspace import Workspace
from broadcast.tui.app import BroadcastApp

from .helpers import PLAN, edit
from .test_tui_snapshots import SIZES, SnapCompare, press
from .tui_pilot import make_app

pytestmark = SIZES

Size = tuple[int, int]


@pytest.fixture(autouse=True)
def in_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Paths in pictures must not depend on where tests run."""
    monkeypatch.chdir(tmp_path)


async def show(pilot: Pilot[None]) -> None:
    """Go to the plan screen."""
    assert isinstance(pilot.app, BroadcastApp)
    pilot.app.go("plan")
    await press(pilot)


def pressing(*keys: str) -> Callable[[Pilot[None]], Awaitable[None]]:
    """Go to the plan screen, then press keys."""

    async def go(pilot: Pilot[None]) -> None:
        await press(pilot)
        await show(pilot)
        await press(pilot, *keys)

    return go


def test_without_a_plan(snap_compare: SnapCompare, station: Path, size: Size) -> None:
    assert snap_compare(make_app(station), terminal_size=size, run_before=pressing())


def test_a_plan_with_counts(snap_compare: SnapCompare, sample: Path, size: Size) -> None:
    keys = ("f8", "down", "down", "delete", "up")
    assert snap_compare(make_app(sample), terminal_size=size, run_before=pressing(*keys))


def test_the_least_planned_first(snap_compare: SnapCompare, sample: Path, size: Size) -> None:
    assert snap_compare(make_app(sample), terminal_size=size, run_before=pressing("ctrl+n"))


def test_asking_about_what_waits(snap_compare: SnapCompare, sample: Path, size: Size) -> None:
    assert snap_compare(make_app(sample), terminal_size=size, run_before=pressing("f5"))


@pytest.mark.parametrize("key", ["f1", "f4", "enter", "ctrl+t", "ctrl+l"])
def test_dialogs(snap_compare: SnapCompare, sample: Path, size: Size, key: str) -> None:
    keys = "down", key
    assert snap_compare(make_app(sample), terminal_size=size, run_before=pressing(*keys))


def test_what_is_to_be_looked_at(snap_compare: SnapCompare, sample: Path, size: Size) -> None:
    path = Workspace(sample).plan_path(PLAN)
    message = "đoạn rời, không rõ thuộc mục nào: “đưa bài lên cổng thông tin …”"
    mend = "xem lại bản gốc, ghép đoạn này vào đúng mục"
    text = path.read_text("utf-8")
    problem = f"  - message: '{message}'\n    line: 50\n    suggestion: '{mend}'\n"
    path.write_text(f"{text}problems:\n{problem}", "utf-8")
    assert snap_compare(make_app(sample), terminal_size=size, run_before=pressing("f6"))


def test_a_broken_file(snap_compare: SnapCompare, sample: Path, size: Size) -> None:
    async def broken(pilot: Pilot[None]) -> None:
        await press(pilot)
        edit(Workspace(sample).plan_path(PLAN), "kind: parent", "kind: cha")
        await show(pilot)

    assert snap_compare(make_app(sample), terminal_size=size, run_before=broken)
