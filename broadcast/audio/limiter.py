"""A look-ahead limiter for true peaks: what a loudspeaker plays between the samples counts too.

Work is done by cells of 32 samples (1.5 ms at 22,050 Hz). Each cell has a true peak, hence a gain
it may have at most; the gain curve is the least of its neighbours' (so it falls before a peak and
recovers after it), smoothed by a Hann window, and straight lines between cells' centres. Cells far
from a peak are left as they are, to the bit, and cost nothing: only where samples come near the
ceiling is the signal oversampled, and only where the gain is below 1 is it multiplied.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from broadcast.audio.recursive import Floats, product

Places = npt.NDArray[np.intp]

CELL = 32
"""Samples a cell; the length limited must be a multiple of it."""

REACH = 8
"""Cells from a peak to where the gain is half recovered (12 ms at 22,050 Hz); wholly at twice."""

CLOSE = 0.7
"""Part of the ceiling from which the sound between samples is looked at.

The classical bad case, a tone of a quarter of the rate, has its true peak 3.0 dB above its samples.
"""

_FOUR = (0.25, 0.5, 0.75)
"""Where between two samples it is looked: cheap, and at most 0.7 dB short of the peak."""

_SIXTEEN = tuple(n / 16 for n in range(1, 16))
"""What a measurement needs: BS.1770 asks for 192 kHz, which is 9 times 22,050 Hz."""

_TAPS = 24


def limit(samples: Floats, ceiling: float) -> Floats:
    """The samples with no true peak above `ceiling` (linear, 1.0 is full scale).

    The first and last 2 * REACH cells lack their neighbours: give context and drop it after.
    Returns `samples` themselves, changed in place where the gain is below 1.
    """
    cells, peaks = true_peaks(samples, ceiling * CLOSE)
    gain = gain_curve(cells, peaks / ceiling, samples.size // CELL)
    if gain is None:
        return samples
    apply_curve(samples, gain)
    return samples


def apply_curve(samples: Floats, gain: Floats) -> None:
    """Multiply samples by the gain of their cells, in straight lines from centre to centre."""
    touched = np.flatnonzero(_least_within(gain, 1) < 1.0)
    around = threes(_edged(gain, 1))[touched]
    samples.reshape(-1, CELL)[touched] *= product(around, between_centres())


def threes(gain: Floats) -> Floats:
    """(n - 2, 3): each of `gain` but the first and the last, between its neighbours."""
    return np.stack([gain[:-2], gain[1:-1], gain[2:]], axis=1)


def gain_curve(cells: Places, peaks: Floats, count: int) -> Floats | None:
    """The limiter's gain at each of `count` cells, None where it has nothing to do.

    Args:
        cells: those whose true peaks are known.
        peaks: their peaks, 1.0 being the ceiling.
        count: how many cells there are.
    """
    over = peaks > 1.0
    if not over.any():
        return None
    needed = np.ones(count, dtype=np.float32)
    needed[cells[over]] = 1 / peaks[over]
    return _smooth(needed)


def true_peaks(samples: Floats, threshold: float) -> tuple[Places, Floats]:
    """The cells with samples from `threshold` on, and their true peaks (4 times oversampled).

    The first and the last cell are left out: what lies between samples there hangs on neighbours.
    """
    if samples.size < 3 * CELL:
        return np.zeros(0, dtype=np.intp), np.zeros(0, dtype=np.float32)
    eights = (np.abs(samples) >= threshold).view(np.uint64)
    fours = eights[0::2] | eights[1::2]
    cells = np.flatnonzero((fours[0::2] | fours[1::2])[1:-1]) + 1
    around = sliding_window_view(samples, CELL + _TAPS)[cells * CELL - _TAPS // 2]
    peaks = np.abs(product(around, _interpolator(_FOUR))).max(axis=1, initial=0.0)
    return cells, np.maximum(peaks, np.abs(around).max(axis=1, initial=0.0))


def finer_peaks(samples: Floats, cells: Places) -> Floats:
    """The true peaks of some of the cells that `true_peaks` gave (16 times oversampled)."""
    if not cells.size:
        return np.zeros(0, dtype=np.float32)
    around = sliding_window_view(samples, CELL + _TAPS)[cells * CELL - _TAPS // 2]
    peaks: Floats = np.abs(product(around, _interpolator(_SIXTEEN))).max(axis=1, initial=0.0)
    return peaks


def _least_within(values: Floats, reach: int) -> Floats:
    """The least of each value and `reach` neighbours on each side."""
    least, width = _edged(values, reach), 1
    while 2 * width <= 2 * reach + 1:  # of twice as many at each step
        least, width = np.minimum(least[:-width], least[width:]), 2 * width
    rest = 2 * reach + 1 - width
    return np.minimum(least[: values.size], least[rest : rest + values.size])


def _edged(values: Floats, reach: int) -> Floats:
    """The values with the first and the last `reach` times more; a tenth of what np.pad costs."""
    return np.concatenate([values[:1].repeat(reach), values, values[-1:].repeat(reach)])


def _smooth(gain: Floats) -> Floats:
    """The least gain within reach, smoothed without ever rising above a cell's own limit."""
    # A window one cell short on each side leaves room for the straight lines between centres.
    least = _edged(_least_within(gain, REACH), REACH - 1)
    smooth = np.convolve(least, hann(2 * REACH - 1), mode="valid")
    smooth[smooth > 1 - 1e-5] = 1.0
    return smooth


@lru_cache(maxsize=4)
def hann(size: int) -> Floats:
    """A Hann window of so many values above 0, which add up to 1."""
    window = np.hanning(size + 2)[1:-1]
    made: Floats = (window / window.sum()).astype(np.float32)
    return made


@lru_cache(maxsize=1)
def between_centres() -> Floats:
    """(3, CELL): weights of the cell before, the cell and the cell after, at each sample."""
    place = (np.arange(CELL) + 0.5) / CELL - 0.5
    before, after = np.maximum(0, -place), np.maximum(0, place)
    return np.stack([before, 1 - before - after, after]).astype(np.float32)


@lru_cache(maxsize=2)
def _interpolator(phases: tuple[float, ...]) -> Floats:
    """(CELL + _TAPS, phases * CELL): a cell with half the taps each side -> what lies between."""
    matrix = np.zeros((CELL + _TAPS, len(phases) * CELL))
    for number, phase in enumerate(phases):
        distance = np.arange(-_TAPS // 2 + 1, _TAPS // 2 + 1) - phase
        taps = np.sinc(distance) * np.i0(6 * np.sqrt(1 - (distance / (_TAPS / 2 + 0.5)) ** 2))
        taps /= taps.sum()
        for sample in range(CELL):
            matrix[sample + 1 : sample + 1 + _TAPS, number * CELL + sample] = taps
    return matrix.astype(np.float32)
