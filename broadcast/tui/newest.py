"""Work of which only the newest counts: what was asked for and not begun yet is left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from broadcast.errors import BroadcastError
    from broadcast.tui.jobs import WorkingScreen

_T = TypeVar("_T")
_R = TypeVar("_R")


class Newest(Generic[_T, _R]):
    """Does `work` in a worker of its own for the newest thing that was asked for.

    Args:
        screen: whose thread `then` and `failed` are called in.
        work: called in the worker, never twice at the same time.
        then: takes what came of it.
        failed: takes what went wrong.
    """

    def __init__(
        self,
        screen: WorkingScreen,
        work: Callable[[_T], _R],
        then: Callable[[_R], None],
        failed: Callable[[BroadcastError], None],
    ) -> None:
        self._screen = screen
        self._work, self._then, self._failed = work, then, failed
        self._waiting: list[_T] = []
        self._lock = Lock()
        self._running = False

    @property
    def busy(self) -> bool:
        """Whether something that was asked for is not done yet."""
        return self._running

    def ask(self, what: _T) -> None:
        """Have it done, as soon as what is being done now is."""
        with self._lock:
            self._waiting = [what]
            idle, self._running = not self._running, True
        if idle:
            self._screen.run_worker(self._drain, thread=True, exit_on_error=False, group="newest")

    def _drain(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._running = False
                    return
                what = self._waiting.pop()
            self._screen.hand_over(partial(self._work, what), self._then, self._failed)
