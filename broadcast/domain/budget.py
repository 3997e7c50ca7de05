"""A programme against the time set aside for it: what its parts take, and what is too much."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil

from broadcast.domain.week import Finding
from broadcast.domain.wording import length_text

SHORTEST_FILLER = 60
"""Seconds of the shortest ready piece; less than that left over is nothing to fill."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a programme and about how long it takes, in seconds."""

    name: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Budget:
    """About how long a programme takes (`seconds`), part by part, and the `minutes` it has.

    Without `minutes` any length is right.
    """

    parts: tuple[Part, ...]
    seconds: float
    minutes: int | None = None

    @property
    def left(self) -> float:
        """Seconds that are still free, below 0 where it is too long; 0 where nothing is set."""
        return self.minutes * 60 - self.seconds if self.minutes else 0.0

    def finding(self, rate: int, *, proposal: str = "") -> Finding | None:
        """What to say of the length, if anything: rule "too-long" or "too-short".

        Args:
            rate: syllables a minute.
            proposal: what would fill the time left.
        """
        if self.minutes is None:
            return None
        if self.left < 0:
            return Finding("too-long", too_long(self.seconds, self.minutes), self._shorter(rate))
        if self.left < SHORTEST_FILLER:
            return None
        lasts, free = length_text(self.seconds), length_text(self.left)
        message = f"chương trình dài {lasts}, còn trống {free} trong {self.minutes} phút"
        return Finding("too-short", message, proposal or "thêm tin, thông báo, hoặc để vậy")

    def _shorter(self, rate: int) -> str:
        """What to leave out: the shortest part that is enough, else so many syllables."""
        items = [part for part in self.parts if part.name.startswith("«")]
        enough = [part for part in items if part.seconds >= -self.left]
        less = f"rút bớt khoảng {syllables_of(-self.left, rate)} tiếng"
        if len(items) < 2 or not enough:
            return less
        least = min(enough, key=lambda part: part.seconds)
        return f"{less}, hoặc bỏ mục {least.name} ({length_text(least.seconds)})"


def too_long(seconds: float, minutes: int) -> str:
    """How much a programme of `seconds` is over its `minutes`."""
    lasts, beyond = (length_text(ceil(length)) for length in (seconds, seconds - minutes * 60))
    return f"chương trình dài {lasts}, quá {beyond} so với {minutes} phút"


def syllables_of(seconds: float, rate: int) -> int:
    """About how many syllables are read in `seconds`, rounded up to tens."""
    return ceil(seconds * rate / 600) * 10
