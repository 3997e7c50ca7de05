"""The terminal UI: its first picture against an empty Textual app's, and how it stays awake."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks.year import make_year

TITLE = "Giao diện: hình đầu tiên so với ứng dụng Textual trống; khoảng lặng dài nhất khi đọc"
HEAD = ("việc", "của ta", "sàn", "tỷ lệ hoặc mức")
RUNS = 9

_EMPTY = """
import sys, time
from textual.app import App
class Empty(App):
    def on_ready(self):
        self.call_after_refresh(self.painted)
    def painted(self):
        print(time.monotonic() - float(sys.argv[1]), file=sys.__stdout__); self.exit()
Empty().run(headless=True, size=(80, 24))
"""

_OURS = """
import sys, time
import broadcast.cli.main
from pathlib import Path
from broadcast.store.root import find_root
from broadcast.tui.app import BroadcastApp
class Ours(BroadcastApp):
    def on_ready(self):
        self.call_after_refresh(self.painted)
    def painted(self):
        print(time.monotonic() - float(sys.argv[1]), file=sys.__stdout__); self.exit()
Ours(Path(find_root(sys.argv[2]))).run(headless=True, size=(80, 24))
"""

_GAP = """
import sys, time
from datetime import datetime
from pathlib import Path
from broadcast.domain.week import VIETNAM
from broadcast.tui.app import BroadcastApp
class Timed(BroadcastApp):
    last, gap, began = 0.0, 0.0, False
    def on_ready(self):
        self.set_interval(0.02, self.tick)
        self.set_timer(3, lambda: self.simulate_key("f9"))
    def tick(self):
        now = time.monotonic()
        reading = getattr(self.here, "run", None) is not None
        if reading and self.began:
            self.gap = max(self.gap, now - self.last)
        if self.began and not reading:
            print(self.gap, file=sys.__stdout__); self.exit()
        self.last, self.began = now, self.began or reading
clock = lambda: datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
Timed(Path(sys.argv[2]), clock=clock).run(headless=True, size=(80, 24))
"""


_YEAR = """
import asyncio, re, statistics, sys, time
from datetime import datetime
from pathlib import Path
from broadcast.domain.week import VIETNAM
from broadcast.tui.app import BroadcastApp
class Turning(BroadcastApp):
    def on_ready(self):
        self.run_worker(self.turn())
    async def turn(self):
        took, screen = [], self.here
        while screen.view is None:
            await asyncio.sleep(0.01)
        for _ in range(51):
            before, began, drawn = screen.view.week.id, time.monotonic(), asyncio.Event()
            self.simulate_key("pagedown")
            while screen.view.week.id == before:
                await asyncio.sleep(0.001)
            screen.call_after_refresh(drawn.set)
            await drawn.wait()
            took.append(time.monotonic() - began)
        memory = re.findall(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[0]
        print(statistics.median(took), max(took), int(memory) / 1024, file=sys.__stdout__)
        self.exit()
clock = lambda: datetime(2026, 1, 1, 8, 0, tzinfo=VIETNAM)
Turning(Path(sys.argv[2]), clock=clock).run(headless=True, size=(120, 40))
"""


def rows() -> list[tuple[str, ...]]:
    """First picture in an empty folder's station and with 52 weeks; the longest gap of a timer."""
    with tempfile.TemporaryDirectory() as folder:
        year = make_year(Path(folder)).root
        pairs = [(_figures(_OURS, year)[0], _figures(_EMPTY, year)[0]) for _ in range(RUNS)]
        ours, floor = (statistics.median(side) for side in zip(*pairs, strict=True))
        ratio = statistics.median(a / b for a, b in pairs)
        (gap,) = _figures(_GAP, year)
        middle, longest, megabytes = _figures(_YEAR, year)
    return [
        ("hình đầu tiên, 52 tuần", f"{ours:.3f} s", f"{floor:.3f} s", f"{ratio:.2f} (≤ 1.5)"),
        ("khoảng lặng của nhịp 20 ms khi đọc một tuần", f"{gap * 1000:.0f} ms", "", "< 100 ms"),
        ("sang tuần sau, từ phím đến hình, trung vị", f"{middle * 1000:.0f} ms", "", "< 50 ms"),
        ("sang tuần sau, lâu nhất", f"{longest * 1000:.0f} ms", "", ""),
        ("bộ nhớ sau khi xem cả 52 tuần", f"{megabytes:.0f} MB", "", ""),
    ]


def _figures(code: str, root: Path) -> list[float]:
    """What a process with an app prints last: seconds, and megabytes where it says so."""
    command = [sys.executable, "-c", code, str(time.monotonic()), str(root)]
    told = subprocess.run(command, capture_output=True, text=True, check=True, timeout=300)
    return [float(figure) for figure in told.stdout.split("\n")[-2].split()]
