"""`broadcast spoken` against an interpreter that only imports what it cannot do without."""

from __future__ import annotations

import sys

from tests.benchmarks.measure import median_pair

TITLE = "Khởi động: broadcast spoken so với python -c 'import click, yaml'"
HEAD = ("lệnh", "CPU giây", "sàn", "tỷ lệ (nhiều nhất 1.5)")
RUNS = 15

_LINE = "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ\n".encode()


def rows() -> list[tuple[str, ...]]:
    """One row: the median of pairs run in turn."""
    floor = [sys.executable, "-c", "import click, yaml"]
    spoken = [sys.executable, "-m", "broadcast", "spoken"]
    ours, theirs, ratio = median_pair(spoken, floor, RUNS, _LINE)
    return [("broadcast spoken", f"{ours:.3f}", f"{theirs:.3f}", f"{ratio:.2f}")]
