"""The sample station's last quarter of 2026: planned by rule, logged with incidents."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

from broadcast.domain.week import VIETNAM, WeekId
from broadcast.store.workspace import Workspace
from broadcast.workflow.airing_log import Told, log_day
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_rows import rows_between
from broadcast.workflow.week_fill import fill_week

FIRST, LAST = date(2026, 10, 1), date(2026, 12, 31)
AFTER = datetime(2027, 1, 4, 8, tzinfo=VIETNAM)
ME = "Lò Thị Thử"

INCIDENTS: dict[date, tuple[Told, ...]] = {
    date(2026, 10, 5): (Told("sang", "không phát", reason="mất điện"),),
    date(2026, 10, 20): (
        Told("chieu", "bị cắt ngắn", 6, reason="bão, giông", zones=("ban-lan", "ban-phieng")),
    ),
    date(2026, 11, 12): (
        Told("chieu", "muộn", late=12, reason="khác", note="chờ họp bản", zones=("ban-pa-hoc",)),
        Told("chieu", "không phát", reason="hỏng thiết bị", zones=("trung-tam",)),
    ),
}
"""12 zones' airings: 4 x 15, 2 x 9, 0 and 15 minutes lost."""

LOST = 4 * 15 + 2 * 9 + 15


def make_quarter(root: Path) -> None:
    """Plan and log the quarter in a station of which nothing else is asked."""
    plan_quarter(root)
    log_quarter(root)


def plan_quarter(root: Path) -> None:
    """Fill every week that touches the quarter."""
    week = WeekId.of(FIRST)
    while week.days()[0] <= LAST:
        fill_week(Workspace(root), week)
        week = WeekId.of(week.days()[0] + timedelta(days=7))


def log_quarter(root: Path, until: date = LAST) -> None:
    """Log every day of the quarter on which something aired, the next morning."""
    desk = Desk(Workspace(root))
    days = dict.fromkeys(row.airing.day for row in rows_between(desk, FIRST, until).rows)
    for day in days:
        now = datetime.combine(day + timedelta(days=1), AFTER.timetz())
        log_day(desk, day, INCIDENTS.get(day, ()), by=ME, now=now)
