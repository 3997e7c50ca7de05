"""Segments made by several workers at once, found again where they were made before."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from broadcast.domain.station import Sound
from broadcast.errors import StorageError
from broadcast.keeping import Shelf
from broadcast.workflow.lent import READERS
from broadcast.workflow.progress import Tell
from broadcast.workflow.segments import (
    Made,
    SegmentTask,
    Source,
    make_segment,
    segment_key,
    segment_shelf,
)
from broadcast.workflow.threads import LOOK, Threads, meanwhile

if TYPE_CHECKING:
    from broadcast.audio.segment import Segment


@dataclass(frozen=True, slots=True)
class Workers:
    """Who makes segments: an executor, and how many tasks it is given `at_once`.

    A `remote` one shares neither memory nor disk with this process: tasks carry everything, and
    entries come back as bytes.
    """

    executor: Executor
    at_once: int
    remote: bool = False

    def submit(self, task: SegmentTask, stop: Event) -> Future[Made]:
        """Hand out a task.

        Raises:
            OSError: a recording cannot be read.
        """
        if self.remote:
            return self.executor.submit(make_segment, task.portable())
        return self.executor.submit(make_segment, task, stop.is_set)


@contextmanager
def local_workers(count: int | None = None) -> Iterator[Workers]:
    """A thread for each processor, or `count`.

    Threads, not processes: LAME, numpy and the neural voices compute outside of Python's lock, and
    espeak-ng has a process of its own. Both processors are used, and there is one interpreter to be
    started and kept in memory, not three.
    """
    count = count or min(os.cpu_count() or 1, 8)
    executor = Threads(count, "segments")
    try:
        yield Workers(executor, 2 * count)
    finally:
        # Who stops does not wait for a line that is being read; it is kept when it is done.
        executor.shutdown(wait=False)
        READERS.close()


@dataclass(frozen=True, slots=True)
class Order:
    """An item to be made: its source's key, its source (asked for only if it is not there yet).

    `source` may take long, and is asked for in another thread, one source at a time.
    `effort`: what making it costs, against others.
    """

    key: str
    source: Callable[[], Source]
    effort: float = 1.0


def segments_of(
    orders: Sequence[Order], folder: Path, sound: Sound, workers: Workers, tell: Tell
) -> list[Segment]:
    """A segment for each order, in their order; what was made stays, whatever happens then.

    Args:
        folder: of the segments that are kept.
        tell: may raise CancelledError, which ends it within a second.

    Raises:
        EncoderError, EngineError, InputError, StorageError: an item cannot be made, or not be kept.
    """
    run = _Run(segment_shelf(folder), folder, sound, workers, tell, sum(o.effort for o in orders))
    try:
        for order in orders:
            run.order(order)
        while run.waiting:
            run.collect()
    finally:
        run.stop()
    run.shelf.prune()
    tell(1)
    return [run.found[segment_key(order.key, sound)] for order in orders]


class _Run:
    """One programme's segments on their way."""

    def __init__(  # noqa: PLR0913, PLR0917 - what a run consists of
        self,
        shelf: Shelf,
        folder: Path,
        sound: Sound,
        workers: Workers,
        tell: Tell,
        efforts: float,
    ) -> None:
        self.shelf = shelf
        self.found: dict[str, Segment] = {}
        self.waiting: dict[Future[Made], float] = {}
        self._folder, self._sound, self._workers, self._tell = folder, sound, workers, tell
        self._stop = Event()
        self._asked: set[str] = set()
        self._done, self._all = 0.0, efforts or 1.0

    def order(self, order: Order) -> None:
        """Find an item, or hand it out once there is a free place."""
        key = segment_key(order.key, self._sound)
        self._told(0.0)
        if key in self._asked or self._find(key):
            self._told(order.effort)
            return
        self._asked.add(key)
        # A source may be a line that somebody elsewhere reads, and he may say nothing for long.
        source = meanwhile(order.source, lambda: self._told(0.0))
        task = SegmentTask(source, self._sound, self._folder)
        while len(self.waiting) >= self._workers.at_once:
            self.collect()
        self.waiting[self._workers.submit(task, self._stop)] = order.effort

    def collect(self) -> None:
        """Take in what is made, or see after a moment whether it should stop."""
        done, _ = wait(self.waiting, LOOK, FIRST_COMPLETED)
        for future in done:
            effort = self.waiting.pop(future)
            made = future.result()
            if made.entry is None:
                self.shelf.grow()
            else:
                self.shelf.put(made.key, made.entry)
            if not self._find(made.key):
                raise StorageError(
                    "Không làm được đoạn âm thanh",
                    "bản lưu tạm vừa ghi đã mất",
                    "xem ổ đĩa còn chỗ không, phần mềm diệt virus có chặn không, rồi đọc lại",
                )
            self._told(effort)
        self._told(0.0)

    def stop(self) -> None:
        """Let nobody begin anything more."""
        self._stop.set()
        for future in self.waiting:
            future.cancel()

    def _find(self, key: str) -> bool:
        from broadcast.audio.segment import read_segment  # noqa: PLC0415 - needs numpy

        segment = self.found.get(key) or read_segment(self.shelf.path(key))
        if segment is None:
            return False
        self.shelf.touch(key)
        self.found[key] = segment
        return True

    def _told(self, effort: float) -> None:
        self._done += effort
        self._tell(min(self._done / self._all, 1.0))
