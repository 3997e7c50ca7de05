"""The page's server with many subscribers: answers a second, and memory after ten thousand."""

from __future__ import annotations

import http.client
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from broadcast.publish.items import Handout
from broadcast.publish.site import write_site
from tests.benchmarks.bench_feed import STATION, _item
from tests.loopback import HOST

TITLE = "Máy chủ của trang: 200 máy theo dõi hỏi lịch chưa đổi (304)"
HEAD = ("việc", "số lượng")
SUBSCRIBERS, THREADS = 200, 8
REQUESTS = 10_000


def rows() -> list[tuple[str, ...]]:
    """The server in a process of its own; subscribers keep their connections, as phones do."""
    from broadcast.domain.week import WeekId  # noqa: PLC0415 - only here

    with tempfile.TemporaryDirectory() as folder:
        items = tuple(_item(number) for number in range(14))
        write_site(Path(folder), [Handout(WeekId(2027, 1), STATION, items)], datetime.now(UTC))
        command = [sys.executable, "-m", __name__, folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            assert server.stdout
            port = int(server.stdout.readline())
            try:
                return _measured(port, server.pid)
            finally:
                server.terminate()


def _measured(port: int, pid: int) -> list[tuple[str, ...]]:
    tag = _ask(http.client.HTTPConnection(HOST, port), "")[1]
    before = _megabytes(pid)
    begin = time.perf_counter()
    took = _poll(port, tag, REQUESTS)
    seconds = time.perf_counter() - begin
    return [
        ("trả lời một giây", f"{REQUESTS / seconds:,.0f}"),
        ("mili giây một lần hỏi, trung vị", f"{1000 * statistics.median(took):.1f}"),
        ("MB trước khi hỏi", f"{before:.1f}"),
        (f"MB sau {REQUESTS:,} lần", f"{_megabytes(pid):.1f}"),
    ]


def _poll(port: int, tag: str, count: int) -> list[float]:
    took: list[float] = []

    def ask_often() -> None:
        each = SUBSCRIBERS // THREADS
        lines = [http.client.HTTPConnection(HOST, port) for _ in range(each)]
        for number in range(count // THREADS):
            begin = time.perf_counter()
            status, _ = _ask(lines[number % each], tag)
            took.append(time.perf_counter() - begin)
            assert status == 304

    threads = [threading.Thread(target=ask_often) for _ in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return took


def _ask(line: http.client.HTTPConnection, tag: str) -> tuple[int, str]:
    line.request("GET", "/lich.ics", headers={"If-None-Match": tag} if tag else {})
    answer = line.getresponse()
    answer.read()
    return answer.status, answer.headers.get("ETag", "")


def _megabytes(pid: int) -> float:
    """What a process holds now (Linux)."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


def main(folder: str) -> None:
    """Serve a folder on some port, which is told on stdout."""
    from broadcast.workflow.serving import listening, run  # noqa: PLC0415 - only in the server

    opened = listening(HOST, 0)
    print(opened.getsockname()[1], flush=True)
    os.environ.pop("PYTHONHASHSEED", None)
    run(Path(folder), lambda: None, "", opened)


if __name__ == "__main__":
    main(sys.argv[1])
