"""Rendering: an hour against its floor, what is repeated, memory, workers, and how it sounds."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Listener
from tests.benchmarks import floor, hour, rendering, sounding
from tests.benchmarks.measure import Cost, cost_of, peak_of

TITLE = "Đọc một giờ chương trình (16 kịch bản), so với sàn: bộ đọc, lọc, 1 lần đo, 1 lần LAME"
HEAD = ("việc", "giây", "CPU giây", "MB (PSS, cả tiến trình con)", "tỷ lệ", "đích")

Row = tuple[str, ...]


def rows() -> list[Row]:
    """The table; the render is the whole command: interpreter, text, voices, files, tags."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [*_times(folder), *_workers(folder), *_memory(folder)]


def _times(folder: Path) -> Iterator[Row]:
    workspace = hour.make_hour(folder / "dai")
    task = folder / "lines.json"
    task.write_text(_task(workspace), encoding="utf-8")
    render = [sys.executable, "-m", "broadcast", "-C", str(workspace.root)]
    render += ["render", str(hour.WEEK), "--engine", "espeak"]
    floors = [sys.executable, floor.__file__, str(task), "espeak"]
    # Nobody looks at their memory meanwhile: that takes one of two processors.
    before, full, after = (cost_of(one) for one in (floors, render, floors))
    least = Cost((before.wall + after.wall) / 2, (before.cpu + after.cpu) / 2, 0)
    yield _row("sàn, một tiến trình (trung bình trước và sau)", least)
    yield _row("render lần đầu: CPU so với sàn", full, full.cpu / least.cpu, 1.15)
    yield _row("render lần đầu: đồng hồ so với sàn", full, full.wall / least.wall, 0.7)
    same = sorted((cost_of(render) for _ in range(5)), key=lambda one: one.cpu)[2]
    yield _row("không đổi gì: CPU so với lần đầu", same, same.cpu / full.cpu, 0.02)
    yield from _sound(sounding.look(workspace))
    script = workspace.script_path("ban-tin-05")
    text = script.read_text(encoding="utf-8").replace("không mất tiền", "không mất đồng nào")
    script.write_text(text, encoding="utf-8")
    changed = cost_of(render)
    yield _row("đổi một câu: CPU so với lần đầu", changed, changed.cpu / full.cpu, 0.1)


def _sound(found: sounding.Sounding) -> Iterator[Row]:
    items, whole = _spread(found.items), _spread(found.programmes)
    off = max(abs(a - b) for a, b in zip(found.told, found.programmes, strict=True))
    for name, figure, aim in (
        (f"độ to: {len(found.items)} câu lệch nhau (LU)", items, "1"),
        (f"độ to: {len(found.programmes)} chương trình lệch nhau (LU)", whole, "1"),
        ("độ to tính từ các đoạn lệch số đo trên tệp (LU)", off, "0.2"),
        ("đỉnh thật sau giải mã (dBTP)", found.peak, "-1"),
        ("tiếng lách tách ở chỗ nối", found.clicks, "0"),
        ("im lặng quá 3 giây", found.silences, "0"),
    ):
        yield (name, "", "", "", f"{figure:.2f}", aim)


def _spread(values: list[float]) -> float:
    return max(values) - min(values)


def _workers(folder: Path) -> Iterator[Row]:
    costs = []
    for count in (1, 2):
        workspace = hour.make_hour(folder / f"dai-{count}")
        costs.append(cost_of(_render(workspace, count)))
        yield _row(f"{count} luồng", costs[-1], costs[0].wall / costs[-1].wall)


def _memory(folder: Path) -> Iterator[Row]:
    first = 0.0
    for name, minutes, recordings in (
        ("một chương trình 10 phút", 10, 0),
        ("một chương trình 2 giờ, toàn lời đọc", 120, 0),
        ("một chương trình 2 giờ: hai bản ghi một giờ", 1, 2),
    ):
        workspace = hour.make_one(folder / f"{minutes}-{recordings}", minutes, recordings)
        cost = peak_of(_render(workspace, 2))
        first = first or cost.megabytes
        yield _memory_row(name, cost, cost.megabytes / first)


def _render(workspace: Workspace, workers: int) -> list[str]:
    program = [sys.executable, rendering.__file__, str(workspace.root), str(workers)]
    return [*program, *workspace.script_ids()]


def _task(workspace: Workspace) -> str:
    station = workspace.load_station()
    listener = Listener.at(workspace, station)
    programmes = []
    for script_id in workspace.script_ids():
        heard = listener.hear(workspace.load_script(script_id)).lines
        programmes.append(
            [
                (one.line.speaker, one.spoken, [(p.at, p.kind) for p in one.reading.pauses])
                for one in heard
                if not one.line.cue
            ]
        )
    return json.dumps({"voices": asdict(station.voices), "programmes": programmes})


def _row(name: str, cost: Cost, ratio: float | None = None, most: float | None = None) -> Row:
    shown = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", "")
    return (name, *shown, f"{ratio:.3f}" if ratio else "", f"{most:g}" if most else "")


def _memory_row(name: str, cost: Cost, ratio: float) -> Row:
    shown = (f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.megabytes:.0f}")
    return (f"bộ nhớ: {name}", *shown, f"{ratio:.3f}", "1.2")
