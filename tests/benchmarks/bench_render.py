"""Rendering an hour of programmes: against its floor, and again when nothing has changed."""

from __future__ import annotations

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Listener
from tests.benchmarks import floor, hour
from tests.benchmarks.measure import Cost, cost_of

TITLE = "Đọc một giờ chương trình (16 kịch bản), so với sàn: bộ đọc, 1 lần đo, 1 lần LAME"
HEAD = ("việc", "giây", "CPU giây", "MB lớn nhất", "tỷ lệ CPU", "nhiều nhất")


def rows() -> list[tuple[str, ...]]:
    """The floor, the render of a week from nothing, the render again.

    The render is the whole command: interpreter, workspace, spoken text, cache, tags, files.
    """
    with tempfile.TemporaryDirectory() as folder:
        workspace = hour.make_hour(Path(folder) / "dai")
        task = Path(folder) / "lines.json"
        task.write_text(_task(workspace), encoding="utf-8")
        render = [sys.executable, "-m", "broadcast", "-C", str(workspace.root)]
        render += ["render", str(hour.WEEK), "--engine", "espeak"]
        least = cost_of([sys.executable, floor.__file__, str(task), "espeak"])
        first, second = cost_of(render), cost_of(render)
    return [
        _row("sàn", least),
        _row("render lần đầu", first, first.cpu / least.cpu, 1.3),
        _row("render lần hai, không đổi gì", second, second.cpu / first.cpu, 0.05),
    ]


def _task(workspace: Workspace) -> str:
    station = workspace.load_station()
    listener = Listener.at(workspace, station)
    programmes = []
    for script_id in workspace.script_ids():
        heard = listener.hear(workspace.load_script(script_id)).lines
        programmes.append([[one.line.speaker, one.spoken] for one in heard if not one.line.cue])
    return json.dumps({"voices": asdict(station.voices), "programmes": programmes})


def _row(
    name: str, cost: Cost, ratio: float | None = None, most: float | None = None
) -> tuple[str, ...]:
    shown = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.megabytes:.0f}")
    return (name, *shown, f"{ratio:.2f}" if ratio else "", f"{most:g}" if most else "")
