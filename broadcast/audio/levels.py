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
from broadcast.audio.recursive import Biquad, Filter, Floats

Powers = npt.NDArray[np.float64]
"""Mean squares, 1.0 being that of a square wave at full scale."""

Levels = npt.NDArray[np.int16]
"""Blocks' loudness in hundredths of LUFS, those below GATE left out."""

HOPS = 4
"""Hops in a block."""

GATE, BELOW = -70.0, 10.0
"""LUFS below which a block is silence; LU below the mean of the rest from which it is a pause."""

_OFFSET = -0.691
"""dB between K-weighted power and LUFS: 0 for a tone of 1 kHz."""


class PowerMeter:
    """K-weighted power, hop by hop, of sound that comes in blocks; each but the last whole cells."""

    def __init__(self, rate: int) -> None:
        self._filter = Filter(*k_weighting(rate))
        self._per_hop = round(0.1 * rate / CELL)
        self._left = np.zeros(0, dtype=np.float64)
        self._hops: list[Powers] = []

    def add(self, block: Floats) -> Powers:
        """Take a block into account; the energy (sum of squares) of each of its cells."""
        short = -block.size % CELL
        weighted = self._filter(np.pad(block, (0, short)) if short else block).reshape(-1, CELL)
        cells = np.einsum("ij,ij->i", weighted, weighted).astype(np.float64)
        self.add_cells(cells)
        return cells

    def add_cells(self, cells: Powers) -> None:
        """The same where the energies of cells are known."""
        joined = np.concatenate([self._left, cells])
        whole = joined.size - joined.size % self._per_hop
        self._hops.append(joined[:whole].reshape(-1, self._per_hop).sum(axis=1))
        self._left = joined[whole:]

    def hops(self) -> Powers:
        """Power of each hop; the last may be cut short, and counts as if silence followed."""
        last = [self._left.sum()] if self._left.size else []
        return np.concatenate([*self._hops, last]) / (self._per_hop * CELL)


def levels_of(hops: Powers) -> Levels:
    """Levels of all blocks that a piece takes part in, with silence before and after it."""
    padded = np.concatenate([np.zeros(HOPS - 1), hops, np.zeros(HOPS - 1)])
    blocks = np.convolve(padded, np.full(HOPS, 1 / HOPS), mode="valid")
    heard = blocks[blocks > _power(GATE)]
    return np.rint(100 * (_OFFSET + 10 * np.log10(heard))).astype(np.int16)


def loudness_of(levels: Iterable[Levels]) -> float:
    """LUFS of all pieces together, gated; -inf for silence."""
    every = [one for one in levels if one.size]
    return _gated(_powers(np.concatenate(every))) if every else -inf


def own_loudness(hops: Powers, length: float) -> float:
    """LUFS of a piece by itself, whatever is around it: only blocks that lie wholly within it.

    Measured with the silence around it, a word would come out far quieter than a sentence, and be
    made louder than it.

    Args:
        hops: see `PowerMeter.hops`.
        length: of the piece, in hops; less than a block is taken as it is.
    """
    if length < HOPS:
        power = float(hops.sum()) / length if length else 0.0
        return _OFFSET + 10 * log10(power) if power > _power(GATE) else -inf
    blocks = np.convolve(hops[: int(length)], np.full(HOPS, 1 / HOPS), mode="valid")
    return _gated(blocks)


def _gated(blocks: Powers) -> float:
    heard = blocks[blocks > _power(GATE)]
    if not heard.size:
        return -inf
    gate = 10 * log10(float(heard.mean())) - BELOW
    return _OFFSET + 10 * log10(float(heard[heard > 10 ** (gate / 10)].mean()))


def _power(lufs: float) -> float:
    return float(10 ** ((lufs - _OFFSET) / 10))


def _powers(levels: Levels) -> Powers:
    return 10 ** ((levels / 100 - _OFFSET) / 10)


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
