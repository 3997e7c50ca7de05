"""A year of filled weeks for the benchmarks: the sample station, every week filled and written."""

from __future__ import annotations

from pathlib import Path

from broadcast.domain.week import WeekId
from broadcast.store.sample import copy_sample
from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble_week import assemble_week
from broadcast.workflow.plans import import_plan
from broadcast.workflow.week_fill import fill_week

PLAN = Path(__file__).resolve().parents[2] / "schedules/plans/source/suoi-hoa-2026.txt"
FIRST = WeekId(2026, 1)
WEEKS = 52


def make_year(folder: Path) -> Workspace:
    """A workspace with 52 weeks of airings, each with a script of its own."""
    copy_sample(folder, plans=False)
    workspace = Workspace(folder)
    import_plan(workspace, PLAN)
    week = FIRST
    for _ in range(WEEKS):
        fill_week(workspace, week)
        assemble_week(workspace, week)
        week = week.after()
    return workspace
