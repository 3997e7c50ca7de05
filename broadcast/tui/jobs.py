"""Work off the screen's thread: one job after the other, each ending in a message.

A worker never touches a widget; what it made or why it failed comes back as a message.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from typing import Any, TypeVar

from textual import on, work
from textual.message import Message
from textual.screen import Screen

from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.message import ErrorDialog

_T = TypeVar("_T")


@dataclass(slots=True)
class _Job:
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Callable[[BroadcastError], None]


class JobDone(Message):
    """A job ended well; `finish` hands its result to the screen."""

    def __init__(self, finish: Callable[[], None]) -> None:
        super().__init__()
        self.finish = finish


class JobFailed(Message):
    """A job could not be done; `tell` shows why."""

    def __init__(self, tell: Callable[[], None]) -> None:
        super().__init__()
        self.tell = tell


class WorkingScreen(Screen[None]):
    """A screen whose work is done in the order it was asked for, none of it on its own thread."""

    def __init__(self) -> None:
        super().__init__()
        self._jobs: deque[_Job] = deque()
        self._jobs_lock = Lock()
        self._busy = False

    @property
    def busy(self) -> bool:
        """Whether something that was asked for is not done yet."""
        return self._busy

    def job(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], None] = lambda _result: None,
        failed: Callable[[BroadcastError], None] | None = None,
    ) -> None:
        """Have `work` done in the worker, after all that was asked before; then, here, `then`."""
        with self._jobs_lock:
            self._jobs.append(_Job(work, then, failed or self.show_error))
            idle, self._busy = not self._busy, True
        if idle:
            self._drain()

    @work(thread=True, exclusive=True, exit_on_error=False, group="jobs")
    def _drain(self) -> None:
        while True:
            with self._jobs_lock:
                if not self._jobs:
                    self._busy = False
                    return
                job = self._jobs.popleft()
            self.post_message(_outcome(job))

    def hand_over(
        self,
        work: Callable[[], _T],
        then: Callable[[_T], None],
        failed: Callable[[BroadcastError], None],
    ) -> None:
        """In a worker: do `work`; what comes of it is dealt with in the screen's own thread."""
        self.post_message(_outcome(_Job(work, then, failed)))

    @on(JobDone)
    def _job_done(self, message: JobDone) -> None:
        message.finish()

    @on(JobFailed)
    def _job_failed(self, message: JobFailed) -> None:
        message.tell()

    def show_error(self, error: BroadcastError) -> None:
        """Tell the officer what went wrong and what to do."""
        self.app.push_screen(ErrorDialog(error))


def _outcome(job: _Job) -> Message:
    try:
        result = job.work()
    except Exception as error:
        told = told_error(error)
        return JobFailed(lambda: job.failed(told))
    return JobDone(lambda: job.then(result))


def told_error(error: Exception) -> BroadcastError:
    """Any error as one the officer can read."""
    if isinstance(error, BroadcastError):
        return error
    if isinstance(error, OSError):
        from broadcast.storage import storage_error  # noqa: PLC0415 - only when something failed

        return storage_error(error)
    happened = f"{type(error).__name__}: {error}"
    mend = "lịch đã lưu không mất; thử lại, nếu còn lỗi hãy chụp màn hình gửi người hỗ trợ"
    return BroadcastError("Chương trình gặp lỗi ngoài dự kiến", happened, mend)
