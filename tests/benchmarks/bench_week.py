"""Opening a week and going a week forward where a year of filled weeks is on disk."""

from __future__ import annotations

import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from broadcast.domain.rules import check_week
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.week_session import WeekSession
from broadcast.workflow.weeks import check_weeks, neighbours
from tests.benchmarks import year

T = TypeVar("T")

TITLE = "Mở một tuần và sang tuần sau, với 52 tuần đã xếp trên đĩa"
HEAD = ("việc", "mili giây (trung vị)", "lâu nhất", "nhiều nhất", "MB lớn nhất")
RUNS = 30


def rows() -> list[tuple[str, ...]]:
    """Each in a process of its own, so that nothing is remembered from the row before."""
    with tempfile.TemporaryDirectory() as folder:
        year.make_year(Path(folder) / "dai")
        return [_row(name, Path(folder) / "dai") for name in TASKS]


def _row(name: str, root: Path) -> tuple[str, ...]:
    command = [sys.executable, "-m", __name__, name, str(root)]
    took, megabytes = json.loads(subprocess.check_output(command))
    middle, longest = (f"{1000 * x:.1f}" for x in (statistics.median(took), max(took)))
    most = "50" if name == FORWARD else ""
    return name, middle, longest, most, f"{megabytes:.0f}"


def _open(workspace: Workspace) -> list[float]:
    """Opening a week with no file read yet."""
    return [_timed(lambda: WeekSession.open(workspace, year.FIRST))[0] for _ in range(RUNS)]


def _forward(workspace: Workspace) -> list[float]:
    """A week forward, thirty times in turn: weeks not seen before."""
    session, took = WeekSession.open(workspace, year.FIRST), []
    for _ in range(RUNS):
        seconds, session = _timed(session.next_week)
        took.append(seconds)
    return took


def _back(workspace: Workspace) -> list[float]:
    """Back through weeks seen before."""
    session, took = WeekSession.open(workspace, year.FIRST), []
    for _ in range(RUNS):
        session = session.next_week()
    for _ in range(RUNS):
        seconds, session = _timed(session.previous_week)
        took.append(seconds)
    return took


def _change(workspace: Workspace) -> list[float]:
    """An airing taken out and brought back: saved, checked, seen again."""
    session, took = WeekSession.open(workspace, year.FIRST), []
    for _ in range(RUNS // 2):
        took.append(_timed(lambda: session.remove(session.week.airings[0].id))[0])
        took.append(_timed(session.undo)[0])
    return took


def _fill(workspace: Workspace) -> list[float]:
    """The week after the year filled and emptied again."""
    session = WeekSession.open(workspace, year.FIRST.before())
    took = []
    for _ in range(RUNS // 3):
        took.append(_timed(session.fill)[0])
        session.undo()
    return took


def _year(workspace: Workspace) -> list[float]:
    """The whole year gone through, for the memory it takes."""
    session, took = WeekSession.open(workspace, year.FIRST), []
    for _ in range(year.WEEKS - 1):
        seconds, session = _timed(session.next_week)
        took.append(seconds)
    return took


def _check(workspace: Workspace) -> list[float]:
    """`week check` of the whole year, with no file read yet."""
    return [_timed(lambda: check_weeks(workspace, workspace.week_ids()))[0] for _ in range(3)]


def _read(workspace: Workspace) -> list[float]:
    """The floor of that: the YAML of the weeks read and decoded, nothing else."""
    return [
        _timed(lambda: [workspace.load_week(one) for one in workspace.week_ids()])[0]
        for _ in range(3)
    ]


def _rules(workspace: Workspace) -> list[float]:
    """The rules alone: every week of the year checked with all it needs in memory."""
    desk = Desk(workspace)
    weeks = [desk.week(one) for one in workspace.week_ids()]
    near = {week.id: neighbours(desk, week.id) for week in weeks}
    station, plans = desk.station(), desk.plans()
    return [
        _timed(lambda: [check_week(one, station, plans, {}, near[one.id]) for one in weeks])[0]
        for _ in range(3)
    ]


FORWARD = "sang tuần sau (tuần chưa xem)"
TASKS = {
    "mở tuần đầu tiên": _open,
    FORWARD: _forward,
    "về tuần trước (tuần đã xem)": _back,
    "một thay đổi, lưu ngay": _change,
    "xếp cả tuần": _fill,
    "đi hết 52 tuần": _year,
    "kiểm tra cả năm (week check 2026)": _check,
    "sàn của nó: đọc YAML của 52 tuần": _read,
    "riêng các quy tắc, 52 tuần": _rules,
}


def _timed(action: Callable[[], T]) -> tuple[float, T]:
    began = time.perf_counter()
    value = action()
    return time.perf_counter() - began, value


def _peak() -> float:
    """Most megabytes this process has had; `getrusage` would count what it was forked from."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


if __name__ == "__main__":
    measured = TASKS[sys.argv[1]](Workspace(Path(sys.argv[2])))
    print(json.dumps([measured, _peak()]))
