"""Pictures of the log and the report at both sizes: incidents, a quarter that still runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from textual.pilot import Pilot

from broadcast.store.workspace import Workspace
from broadcast.tui.app import BroadcastApp
from broadcast.workflow.airing_log import Told, log_day
from broadcast.workflow.desk import Desk

from .test_tui_snapshots import SIZES, SnapCompare, press
from .tui_pilot import NOW, make_app

__all__ = ["SIZES"]

ME = "Lò Thị Thử"
INCIDENTS = {
    date(2026, 11, 24): (
        Told("chieu", "muộn", 10, 5, "khác", "chờ họp bản", ("ban-phieng",)),
        Told("chieu", "không phát", reason="mất điện", zones=("ban-lan",)),
    ),
}


@pytest.fixture
def at_friday(sample: Path, monkeypatch: pytest.MonkeyPatch) -> BroadcastApp:
    """The app on Friday, Monday to Wednesday logged."""
    desk, friday = Desk(Workspace(sample)), NOW + timedelta(days=4)
    for day in (date(2026, 11, n) for n in (23, 24, 25)):
        if any(one.day == day for one in desk.week(desk.workspace.week_ids()[0]).airings):
            at = datetime.combine(day + timedelta(days=1), NOW.timetz())
            log_day(desk, day, INCIDENTS.get(day, ()), by=ME, now=at)
    monkeypatch.setattr("tests.tui_pilot.NOW", friday)
    return make_app(sample)


@SIZES
def test_a_day_with_incidents(
    snap_compare: SnapCompare, at_friday: BroadcastApp, size: tuple[int, int]
) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "7")
        at_friday.here.open_day(date(2026, 11, 24))  # type: ignore[union-attr]
        await press(pilot, "down", "down")

    assert snap_compare(at_friday, terminal_size=size, run_before=go)


@SIZES
def test_a_report_of_a_quarter_that_is_not_over(
    snap_compare: SnapCompare, at_friday: BroadcastApp, size: tuple[int, int]
) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "7", "f9")

    assert snap_compare(at_friday, terminal_size=size, run_before=go)
