"""How long work tells what it is at, and how it is stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from threading import Event

from broadcast.errors import BroadcastError


@dataclass(frozen=True, slots=True)
class Step:
    """One step of long work: `done` of `total`, and what it is about.

    Work that copies also tells bytes: `written` of `size`.
    """

    label: str
    done: int
    total: int
    written: int = 0
    size: int = 0

    @property
    def share(self) -> float:
        """What is done of the whole, 0 to 1."""
        done, total = (self.written, self.size) if self.size else (self.done, self.total)
        return done / total if total else 0.0


class CancelledError(BroadcastError):
    """The person asked to stop; what was finished before stays."""

    def __init__(self) -> None:
        super().__init__("Đã dừng theo yêu cầu", mend="chạy lại lệnh để làm tiếp phần còn lại")

    def __reduce__(self) -> tuple[type[CancelledError], tuple[()]]:
        return type(self), ()  # made anew without arguments where another process receives it


class Progress:
    """Hands steps to `tell` (if any) and stops the work when `stop` is set.

    Args:
        tell: called with each step, in the thread that works.
        stop: set by whoever wants the work to end; looked at between steps.
    """

    def __init__(
        self, tell: Callable[[Step], None] | None = None, stop: Event | None = None
    ) -> None:
        self._tell = tell
        self._stop = stop or Event()

    def step(self, label: str, done: int, total: int) -> None:
        """Report a step.

        Raises:
            CancelledError: somebody asked to stop.
        """
        self.report(Step(label, done, total))

    def report(self, step: Step) -> None:
        """Report a step that may tell bytes too.

        Raises:
            CancelledError: somebody asked to stop.
        """
        if self._stop.is_set():
            raise CancelledError
        if self._tell:
            self._tell(step)


SILENT = Progress()
"""For work nobody watches."""


Tell = Callable[[float], None]
"""Told the share of some work that is done, 0 to 1; raises CancelledError to stop it."""


def part_of(tell: Tell, start: float, stop: float) -> Tell:
    """For a part of the work that begins at the share `start` of the whole and ends at `stop`."""
    return lambda share: tell(start + (stop - start) * share)


TOO_EARLY = 1.0
"""Seconds of work after which it can be said how long the rest takes."""


def seconds_left(spent: float, share: float) -> float | None:
    """How long the rest takes if it goes on as until now; None while that cannot be said.

    Args:
        spent: seconds until now.
        share: what is done of the whole, 0 to 1.
    """
    if spent < TOO_EARLY or share <= 0:
        return None
    return spent / share * (1 - share)
