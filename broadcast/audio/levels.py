"""How loud a sound is from its beginning to its end, to be drawn; and where it is cut off.

Sound comes in blocks, so that a long file is never in memory as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadcast.audio.loudness import Samples

COLUMNS = 240
"""More than any window is wide; a picture is narrowed to what there is."""

APART = 0.25
"""Seconds; places nearer to each other than this are heard, and told, as one."""

_FINEST = 0.02
_FULL = 32_768.0

CutOff = Callable[["Samples"], "NDArray[np.intp]"]
"""Finds the tops that are cut off in samples: where each begins."""


@dataclass(frozen=True, slots=True)
class Levels:
    """A sound in columns of equal length.

    `peaks` and `rms` are shares of full scale, 0 to 1, one a column; `seconds` is the length of
    the whole; `clips` are the moments, in seconds, at which it is cut off.
    """

    peaks: tuple[float, ...]
    rms: tuple[float, ...]
    seconds: float
    clips: tuple[float, ...] = ()

    def narrowed(self, columns: int) -> Levels:
        """The same in another number of columns; with more of them each is shown several times."""
        edges = _edges(len(self.peaks), columns)
        peaks = tuple(max(self.peaks[a:b], default=0.0) for a, b in edges)
        power = (sum(one * one for one in self.rms[a:b]) / max(b - a, 1) for a, b in edges)
        return Levels(peaks, tuple(one**0.5 for one in power), self.seconds, self.clips)

    def clipped_columns(self) -> frozenset[int]:
        """The columns in which it is cut off."""
        last = len(self.peaks) - 1
        each = self.seconds / max(len(self.peaks), 1) or 1.0
        return frozenset(min(int(moment / each), last) for moment in self.clips if last >= 0)


def measure(
    blocks: Iterable[Samples], rate: int, cut_off: CutOff | None = None, columns: int = COLUMNS
) -> Levels:
    """The levels of a sound.

    Args:
        blocks: 16-bit mono samples, one after the other.
        rate: samples a second.
        cut_off: what finds the tops that are cut off; None: nobody asks.
        columns: how many there are to be.
    """
    size = max(1, round(_FINEST * rate))
    peaks: list[NDArray[np.float64]] = []
    powers: list[NDArray[np.float64]] = []
    clips: list[float] = []
    count, rest = 0, np.zeros(0, np.int16)
    for block in blocks:
        # What did not fill a moment of its own in the block before goes first.
        joined = np.concatenate([rest, block])
        whole = len(joined) // size * size
        _add(joined[:whole].reshape(-1, size), peaks, powers)
        if cut_off is not None:
            clips += ((cut_off(joined) + count - len(rest)) / rate).tolist()
        count, rest = count + len(block), joined[whole:]
    if len(rest):
        _add(rest.reshape(1, -1), peaks, powers)
    if not peaks:
        return Levels((0.0,) * columns, (0.0,) * columns, 0.0)
    fine = Levels(
        tuple(np.concatenate(peaks).tolist()),
        tuple(np.sqrt(np.concatenate(powers)).tolist()),
        count / rate,
        _apart(clips),
    )
    return fine.narrowed(columns)


def _add(
    frames: NDArray[np.int16],
    peaks: list[NDArray[np.float64]],
    powers: list[NDArray[np.float64]],
) -> None:
    wide = frames.astype(np.float64) / _FULL
    if wide.size:
        peaks.append(np.abs(wide).max(axis=1))
        powers.append(np.mean(wide**2, axis=1))


def _apart(moments: Iterable[float]) -> tuple[float, ...]:
    """The moments in order, each at least APART from the one before."""
    found: list[float] = []
    last = -APART
    for moment in sorted(moments):
        if moment - last >= APART:
            found.append(moment)
            last = moment
    return tuple(found)


def _edges(there: int, wanted: int) -> Sequence[tuple[int, int]]:
    """From where to where each of the `wanted` columns goes; none is empty."""
    starts = [n * there // wanted for n in range(wanted + 1)]
    return [(a, max(b, a + 1)) for a, b in pairwise(starts)]
