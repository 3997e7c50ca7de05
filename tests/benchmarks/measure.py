"""What a process costs, by the operating system's own account."""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds on the clock, seconds of CPU (children too), peak memory of the largest process."""

    wall: float
    cpu: float
    megabytes: float


def cost_of(command: Sequence[str], stdin: bytes = b"") -> Cost:
    """Run a command to its end and say what it cost.

    Raises:
        RuntimeError: it failed where a benchmark expects it to work (status 0 or 3).
    """
    began = time.perf_counter()
    # Installed packages are compiled; without this a checkout would be compiled at every start.
    environment = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(stdin)
    process.stdin.close()
    told = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, 3}:
        raise RuntimeError(f"{command}: {told.decode(errors='replace')[-500:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median_pair(
    one: Sequence[str], other: Sequence[str], runs: int, stdin: bytes = b""
) -> tuple[float, float, float]:
    """CPU seconds of two commands run in turn: medians, and the median of the pairs' ratios."""
    pairs = [(cost_of(one, stdin).cpu, cost_of(other, stdin).cpu) for _ in range(runs)]
    ones, others = zip(*pairs, strict=True)
    ratios = [a / b for a, b in pairs]
    return statistics.median(ones), statistics.median(others), statistics.median(ratios)


def peak_of(command: Sequence[str]) -> Cost:
    """The same, but with the highest sum of memory of the process and all its children.

    Each shared page counts in parts (PSS), looked at every 30 ms; Linux only.

    Raises:
        RuntimeError: it failed.
    """
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    highest = 0
    while process.poll() is None:
        highest = max(highest, sum(map(_proportional, _family(process.pid))))
        time.sleep(0.03)
    wall = time.perf_counter() - began
    if process.returncode:
        told = process.stdout.read() if process.stdout else b""
        raise RuntimeError(f"{command}: {told.decode(errors='replace')[-500:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(wall, cpu, highest / 1024)


def _family(pid: int) -> Iterator[int]:
    yield pid
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            for child in path.read_text().split():
                yield from _family(int(child))


def _proportional(pid: int) -> int:
    """KiB."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    return 0
