"""What the page weighs, and how soon a phone shows it."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import statistics
import subprocess
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from broadcast.domain.week import WeekId
from broadcast.publish.items import Handout
from broadcast.publish.site import SiteOptions, write_site
from tests.benchmarks.bench_feed import STATION, _item
from tests.conftest import ROOT

TITLE = "Trang của một tuần 14 lượt (Chromium, rộng 360 điểm ảnh, trung vị)"
HEAD = ("trang", "kB", "kB khi nén", "ms ghi", "ms tới nét vẽ đầu", "ms, máy chậm 6 lần")
RUNS = 7
TEXT = ["Kính thưa bà con, " + "đây là lời của một chương trình truyền thanh xã. " * 12] * 8


def rows() -> list[tuple[str, ...]]:
    """The page with the schedule alone, and with the texts of all scripts."""
    items = tuple(_item(number) for number in range(14))
    texts = {one.airing.id: TEXT for one in items}
    ways = {
        "chỉ lịch": SiteOptions(address="https://xa.example/loa"),
        "có lời": SiteOptions(texts=texts, address="https://xa.example/loa"),
    }
    with tempfile.TemporaryDirectory() as folder:
        return [_row(name, Path(folder) / name, items, one) for name, one in ways.items()]


def _row(name: str, folder: Path, items: tuple, options: SiteOptions) -> tuple[str, ...]:  # type: ignore[type-arg]
    begin = time.process_time()
    write_site(folder, [Handout(WeekId(2027, 1), STATION, items)], datetime.now(UTC), options)
    spent = 1000 * (time.process_time() - begin)
    page = folder / "index.html"
    data = page.read_bytes()
    sizes = (f"{len(one) / 1000:.1f}" for one in (data, gzip.compress(data)))
    return name, *sizes, f"{spent:.0f}", _painted(page, 1), _painted(page, 6)


def _painted(page: Path, slower: int) -> str:
    """Milliseconds until something is seen; "" where there is no browser."""
    modules = Path(os.environ.get("BROADCAST_NODE_MODULES", ROOT / "node_modules"))
    browser, node = shutil.which("chromium"), shutil.which("node")
    if not (browser and node and (modules / "puppeteer-core").is_dir()):
        return ""
    script = ROOT / "tests" / "clients" / "paint_page.mjs"
    done = subprocess.run(
        [node, script, modules, browser, page, str(RUNS), str(slower)],
        capture_output=True,
        text=True,
        check=True,
    )
    return f"{statistics.median(json.loads(done.stdout)):.0f}"
