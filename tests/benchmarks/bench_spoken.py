"""Written Vietnamese read aloud: ours against sea-g2p and vietnormalizer, in one run.

The peers come with `pip install '.[bench]'`. Case, punctuation and spaces do not count against
anybody; the lines of the south, which the peers have no setting for, are left out.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.spoken import read_aloud
from tests.benchmarks.measure import cost_of
from tests.conftest import shared
from tests.spoken_lines import OURS, Case, load, wrong

TITLE = "Đọc thành lời: so với sea-g2p và vietnormalizer (CPU giây, trung vị các lượt xen kẽ)"
HEAD = (
    "bộ đọc", "gold.yaml đúng", "danh sách của dự án đúng", "ký tự/giây, câu lẻ",
    "ký tự/giây, kế hoạch", "200 trang, giây", "nạp, giây",
)  # fmt: skip
ROUNDS = 7
PAGES = 500_000
"""Characters of 200 pages."""
PLANS = Path(__file__).parent.parent / "plans"

Reader = Callable[[str], str]


def rows() -> list[tuple[str, ...]]:
    """A row for each reader: lines right, speed on lines and on plans, 200 pages, loading."""
    gold, ours = _gold(), [case for case in load(OURS) if case.region == "bắc"]
    lines = [case.written for case in (*gold, *ours)]
    plans = [line for line in _plans().splitlines() if line.strip()]
    pages = (plans * (PAGES // sum(map(len, plans)) + 1))[: PAGES // 60]
    made = {name: make() if find_spec(module) else None for name, module, make, _ in READERS}
    readers = {name: reader for name, reader in made.items() if reader}
    on_lines, on_plans = _speeds(readers, lines), _speeds(readers, plans)
    table = []
    for name, _, _, load_it in READERS:
        reader = readers.get(name)
        if reader is None:
            table.append((name, *["chưa cài"] * (len(HEAD) - 1)))
            continue
        right = (_right(gold, reader), _right(ours, reader))
        speeds = (f"{on_lines[name]:,.0f}", f"{on_plans[name]:,.0f}")
        took = f"{_seconds(reader, pages) * PAGES / sum(map(len, pages)):.2f}"
        table.append((name, *right, *speeds, took, f"{_loading(load_it):.3f}"))
    return table


def _ours() -> Reader:
    lexicon = product_lexicon()
    return lambda text: read_aloud(text, lexicon).text


def _sea() -> Reader:
    normalize: Reader = import_module("sea_g2p").Normalizer(lang="vi").normalize
    return normalize


def _vietnormalizer() -> Reader:
    normalize: Reader = import_module("vietnormalizer").VietnameseNormalizer().normalize
    return normalize


READERS: tuple[tuple[str, str, Callable[[], Reader], str], ...] = (
    (
        "broadcast",
        "broadcast",
        _ours,
        "from broadcast.vietnamese import spoken, lexicon; lexicon.product_lexicon()",
    ),
    ("sea-g2p", "sea_g2p", _sea, "import sea_g2p; sea_g2p.Normalizer(lang='vi')"),
    (
        "vietnormalizer",
        "vietnormalizer",
        _vietnormalizer,
        "import vietnormalizer; vietnormalizer.VietnameseNormalizer()",
    ),
)
"""Name, module, how to make the reader, and the statement that loads it."""


def _gold() -> tuple[Case, ...]:
    try:
        return load(shared("spoken", "gold.yaml"))
    except pytest.skip.Exception:
        return ()


def _plans() -> str:
    texts = sorted(path for path in PLANS.iterdir() if path.suffix in {".txt", ".md"})
    return "\n".join(path.read_text(encoding="utf-8") for path in texts)


def _right(cases: tuple[Case, ...] | list[Case], reader: Reader) -> str:
    missed = len(wrong(cases, lambda text, _region: reader(text)))
    return f"{len(cases) - missed}/{len(cases)}"


def _speeds(readers: dict[str, Reader], lines: list[str]) -> dict[str, float]:
    """Characters a second of CPU; the readers take turns, so that a busy machine slows all."""
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for name, seconds in _turns(readers, lines):
        taken[name].append(seconds)
    size = sum(map(len, lines))
    return {name: size / statistics.median(times) for name, times in taken.items()}


def _turns(readers: dict[str, Reader], lines: list[str]) -> Iterator[tuple[str, float]]:
    for turn in range(ROUNDS + 1):
        for name, reader in readers.items():
            seconds = _seconds(reader, lines)
            if turn:  # the first warms caches up
                yield name, seconds


def _seconds(reader: Reader, lines: list[str]) -> float:
    began = time.process_time()
    for line in lines:
        reader(line)
    return time.process_time() - began


def _loading(statement: str) -> float:
    """CPU seconds of loading a reader, above those of a bare interpreter."""
    loaded, bare = (
        statistics.median(cost_of([sys.executable, "-c", code]).cpu for _ in range(5))
        for code in (statement, "pass")
    )
    return loaded - bare
