"""Slips found and alarms raised by the proofreader, and what it costs."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import cycle, islice
from pathlib import Path

from broadcast.vietnamese.spelling import spelling
from tests.spelling import measure
from tests.spelling.measure import Sample

TITLE = "Soát lỗi gõ và lỗi quét: tìm được bao nhiêu, báo nhầm bao nhiêu"
HEAD = (
    "văn bản",
    "loại",
    "lỗi",
    "tìm được",
    "gợi ý đúng",
    "báo khác",
    "đúng/báo",
    "trên 1.000 âm tiết",
)
SEEDS = range(11, 16)
"""Not those over which the prices of slips were weighed (1 to 4)."""
_SHARED = Path(__file__).parents[3] / "shared"
_PAGES, _PAGE = 200, 45


def rows() -> list[tuple[str, ...]]:
    """Our lists, slips put into our plans, our plans as they are, real plans; then the time."""
    spoilt = [sample for seed in SEEDS for sample in measure.spoilt_plans(seed)]
    return [
        *_rows("slips.tsv", measure.written_slips("slips.tsv")),
        *_rows("held_out.tsv", measure.written_slips("held_out.tsv")),
        *_rows("lỗi gieo vào kế hoạch mẫu", spoilt),
        *_rows("kế hoạch mẫu, để nguyên", measure.clean_plans()),
        *(row for plan in measure.real_plans(_SHARED) for row in _rows(plan.name, [plan])),
        *_times(),
    ]


def _rows(name: str, samples: list[Sample]) -> Iterable[tuple[str, ...]]:
    kinds = sorted({slip.kind for sample in samples for slip in sample.slips})
    yield _row(name, "tất cả", samples, None)
    for kind in kinds if len(kinds) > 1 else ():
        yield _row(name, kind, samples, kind)


def _row(name: str, title: str, samples: list[Sample], kind: str | None) -> tuple[str, ...]:
    scores = [measure.score(sample, None if kind is None else [kind])[0] for sample in samples]
    slips, found, suggested, others, syllables = (
        sum(column) for column in zip(*scores, strict=True)
    )
    if kind is not None:
        return name, title, str(slips), str(found), str(suggested), "", "", ""
    precision = f"{found / (found + others):.2f}" if found else ""
    rate = f"{1000 * others / syllables:.1f}" if syllables else ""
    return name, title, str(slips), str(found), str(suggested), str(others), precision, rate


def _times() -> Iterable[tuple[str, ...]]:
    code = (
        "import time; began = time.process_time(); "
        "from broadcast.vietnamese.spelling import spelling; spelling(['xin chào']); "
        "print(time.process_time() - began)"
    )
    took = float(subprocess.check_output([sys.executable, "-c", code]))
    yield _time("nạp dữ liệu từ lần đầu", took)
    lines = [line for plan in measure.clean_plans() for line in plan.lines]
    yield _time("một kế hoạch 7 trang", _took(lines[: 7 * _PAGE]))
    yield _time(
        "văn bản 200 trang (kế hoạch mẫu lặp lại)", _took([*islice(cycle(lines), _PAGES * _PAGE)])
    )


def _took(lines: list[str]) -> float:
    began = time.process_time()
    spelling(lines)
    return time.process_time() - began


def _time(name: str, seconds: float) -> tuple[str, ...]:
    return name, f"{seconds:.2f} giây CPU", "", "", "", "", "", ""
