"""Each step of the main job as the officer runs it: a whole process, seconds and peak memory."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measure import Cost, cost_of

WEEK = "2027-W02"
PLAN = Path(__file__).resolve().parents[2] / "schedules/plans/source/suoi-hoa-2026.txt"

TITLE = "Từng bước của bản làm thử (cả tiến trình)"
HEAD = ("bước", "giây", "CPU giây", "MB lớn nhất")


def rows() -> list[tuple[str, ...]]:
    """One row a step, then the whole demo in an empty folder."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        station = root / "dai"
        steps: list[tuple[str, list[str]]] = [
            ("init", ["init", str(station), "--commune", "xã Suối Hoa"]),
            ("plan import", ["-C", str(station), "plan", "import", str(PLAN)]),
            ("week fill", ["-C", str(station), "week", "fill", WEEK]),
            ("script assemble", ["-C", str(station), "script", "assemble", "--week", WEEK]),
            (
                "script approve",
                ["-C", str(station), "script", "approve", "--week", WEEK, "--by", "A"],
            ),
            ("week check", ["-C", str(station), "week", "check", WEEK]),
            ("render", ["-C", str(station), "render", WEEK]),
            ("render lần hai", ["-C", str(station), "render", WEEK]),
            ("export", ["-C", str(station), "export", WEEK, "--to", str(root / "usb")]),
            ("export lần hai", ["-C", str(station), "export", WEEK, "--to", str(root / "usb")]),
            ("week show", ["-C", str(station), "week", "show", WEEK]),
            ("cả bản làm thử (demo)", ["demo", str(root / "demo")]),
        ]
        return [_row(name, _broadcast(arguments)) for name, arguments in steps]


def _broadcast(arguments: list[str]) -> Cost:
    return cost_of([sys.executable, "-m", "broadcast", *arguments])


def _row(name: str, cost: Cost) -> tuple[str, ...]:
    return name, f"{cost.wall:.2f}", f"{cost.cpu:.2f}", f"{cost.megabytes:.0f}"
