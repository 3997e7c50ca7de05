"""Loudness by pieces (ITU-R BS.1770): measured on each, put together for a whole programme.

Power behind the K-weighting is added up over hops of 100 ms; four hops make one of the blocks over
which loudness is defined. A piece keeps its blocks' levels, those included that reach into the
silence around it, so a programme's loudness is that of all its pieces' blocks, gated together: no
second pass over its sound. pyebur128 measures the same to 0.1 LU, but cannot be put together.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from math import inf, log10, pi, tan

import numpy as np
import numpy.typing as npt

from broadcast.audio.limiter import CELL
from broadcast.audio.recursive import Biquad

Powers = npt.NDArray[np.float64]
"""Mean squares, 1.0 being that of a square wave at full scale."""

Levels = npt.NDArray[np.int16]
"""Blocks' loudness in hundredths of LUFS, those below GATE left out."""

HOPS = 4
"""Hops in a block."""

GATE, BELOW = -70.0, 10.0
"""LUFS below which a block is silence; LU below the mean of the rest from which it is a pause."""

EDGES = 0.5
"""LU by which the silence around a piece counts at most when its own loudness is taken."""

_BLOCK = np.full(HOPS, 1 / HOPS)

_OFFSET = -0.691
"""dB between K-weighted power and LUFS: 0 for a tone of 1 kHz."""


class HopMeter:
    """Power hop by hop, from the energies of cells (sums of squares behind the K-weighting)."""

    def __init__(self, rate: int) -> None:
        self._cells = round(0.1 * rate / CELL)
        self._left = np.zeros(0, dtype=np.float64)
        self._hops: list[Powers] = []

    @property
    def length(self) -> int:
        """Samples of a hop: as near to 100 ms as whole cells allow."""
        return self._cells * CELL

    def add(self, energies: Powers) -> None:
        """Take the next cells into account."""
        joined = np.concatenate([self._left, energies])
        whole = joined.size - joined.size % self._cells
        self._hops.append(joined[:whole].reshape(-1, self._cells).sum(axis=1))
        self._left = joined[whole:]

    def powers(self) -> Powers:
        """Power of each hop; the last may be cut short, and counts as if silence followed."""
        last = [self._left.sum()] if self._left.size else []
        hops: Powers = np.concatenate([*self._hops, last]) / self.length
        return hops


def levels_of(hops: Powers) -> Levels:
    """Levels of all blocks that a piece takes part in, with silence before and after it."""
    blocks = _blocks(hops)
    heard = blocks[blocks > _power(GATE)]
    return np.rint(100 * (_OFFSET + 10 * np.log10(heard))).astype(np.int16)


def loudness_of(levels: Iterable[Levels]) -> float:
    """LUFS of all pieces together, gated; -inf for silence."""
    every = [one for one in levels if one.size]
    return _gated(_powers(np.concatenate(every))) if every else -inf


def own_loudness(hops: Powers, length: float) -> float:
    """LUFS of a piece by itself: as it is in a programme, between silences, if it is long enough.

    Blocks that reach into the silence lower a sentence by some 0.2 LU. A word they lower by 2 and
    more, and it would be made louder than the sentences beside it: they count for EDGES at most.

    Args:
        hops: see `HopMeter.powers`.
        length: of the piece, in hops; less than a block is taken as it is.
    """
    if length < HOPS:
        inside = np.array([hops.sum() / length]) if length else hops
    else:
        inside = np.convolve(hops[: int(length)], _BLOCK, mode="valid")
    return max(_gated(_blocks(hops)), _gated(inside) - EDGES)


def _blocks(hops: Powers) -> Powers:
    """Power of every block with one of these hops in it; there is silence around them."""
    return np.convolve(hops, _BLOCK) if hops.size else hops


def _gated(blocks: Powers) -> float:
    heard = blocks[blocks > _power(GATE)]
    if not heard.size:
        return -inf
    gate = 10 * log10(float(heard.mean())) - BELOW
    return _OFFSET + 10 * log10(float(heard[heard > 10 ** (gate / 10)].mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))


def _powers(levels: Levels) -> Powers:
    return np.power(10.0, (levels / 100 - _OFFSET) / 10)


@lru_cache(maxsize=4)
def k_weighting(rate: int) -> tuple[Biquad, Biquad]:
    """The head's effect (a shelf above 1.7 kHz) and the RLB high-pass, for any rate.

    ITU-R BS.1770 gives the coefficients at 48 kHz; these are the analogue filters behind them.
    """
    k, q = tan(pi * 1681.974450955533 / rate), 0.7071752369554196
    high = 10 ** (3.999843853973347 / 20)
    band = high**0.4996667741545416
    a0 = 1 + k / q + k * k
    shelf = Biquad(
        (high + band * k / q + k * k) / a0,
        2 * (k * k - high) / a0,
        (high - band * k / q + k * k) / a0,
        2 * (k * k - 1) / a0,
        (1 - k / q + k * k) / a0,
    )
    k, q = tan(pi * 38.13547087602444 / rate), 0.5003270373238773
    a0 = 1 + k / q + k * k
    return shelf, Biquad(1.0, -2.0, 1.0, 2 * (k * k - 1) / a0, (1 - k / q + k * k) / a0)
