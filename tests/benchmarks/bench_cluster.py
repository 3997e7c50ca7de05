"""An hour rendered by a dask cluster of one and of two workers on this machine, and without one."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from broadcast.workflow.cluster import cluster_workers
from broadcast.workflow.render import render_week
from broadcast.workflow.workshop import Workers, local_workers
from tests.benchmarks import hour
from tests.loopback import HOST

TITLE = "Đọc một giờ chương trình (16 kịch bản) bằng cụm máy dask ngay trên máy này"
HEAD = ("ai làm", "giây", "nhanh gấp")


def rows() -> Iterator[tuple[str, ...]]:
    """Wall time with the workers started already, and how many times faster than one worker."""
    first = 0.0
    for count in (1, 2):
        spent = _seconds(_cluster(count))
        first = first or spent
        yield (f"{count} máy của cụm", f"{spent:.1f}", f"{first / spent:.2f}")
    spent = _seconds(local_workers(2))
    yield ("2 luồng của một tiến trình", f"{spent:.1f}", f"{first / spent:.2f}")


@contextmanager
def _cluster(count: int) -> Iterator[Workers]:
    from distributed import LocalCluster  # noqa: PLC0415 - an extra

    with (
        LocalCluster(
            n_workers=count, threads_per_worker=1, host=HOST, dashboard_address=None
        ) as made,
        cluster_workers(made.scheduler_address) as workers,
    ):
        yield workers


def _seconds(opened: AbstractContextManager[Workers]) -> float:
    with tempfile.TemporaryDirectory() as folder, opened as workers:
        workspace = hour.make_hour(Path(folder) / "dai")
        began = time.perf_counter()
        render_week(workspace, hour.WEEK, "espeak", workers=workers)
        return time.perf_counter() - began
