"""What a process costs, by the operating system's own account."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass


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
