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
from numpy.lib.stride_tricks import sliding_window_view

from broadcast.audio.highpass import Floats

CELL = 32
"""Samples a cell; the length limited must be a multiple of it."""

REACH = 8
"""Cells before and after a peak over which the gain falls and recovers (12 ms at 22,050 Hz)."""

CLOSE = 0.6
"""Part of the ceiling from which samples are looked at in between.

A true peak over 1 / 0.6 = 4.4 dB above its samples does not occur in sound that was recorded or
synthesized at this rate (a tone of a quarter of the rate, the classical bad case, has 3.0 dB).
"""

_PHASES = (0.25, 0.5, 0.75)
_TAPS = 24


def limit(samples: Floats, ceiling: float) -> Floats:
    """The samples with no true peak above `ceiling` (linear, 1.0 is full scale).

    The first and last REACH + 1 cells lack their neighbours: give context and drop it after.
    Returns `samples` themselves, changed in place where the gain is below 1.
    """
    peaks = cell_peaks(samples, ceiling * CLOSE)
    if peaks.size == 0 or float(peaks.max()) <= ceiling:
        return samples
    gain = _smooth(np.minimum(1.0, ceiling / np.maximum(peaks, ceiling)).astype(np.float32))
    around = sliding_window_view(np.pad(gain, 1, mode="edge"), 3)
    touched = np.flatnonzero(around.min(axis=1) < 1.0)
    samples.reshape(-1, CELL)[touched] *= around[touched] @ _between_centres()
    return samples


def cell_peaks(samples: Floats, threshold: float) -> Floats:
    """Each cell's peak: true (4 times oversampled) from `threshold` on, of its samples below."""
    cells = samples.reshape(-1, CELL)
    peaks = np.maximum(cells.max(axis=1), -cells.min(axis=1))
    close = np.flatnonzero(peaks >= threshold)
    if close.size:
        padded = np.pad(samples, _TAPS // 2)
        windows = sliding_window_view(padded, CELL + _TAPS)[close * CELL]
        between = np.abs(windows @ _interpolator()).max(axis=1)
        peaks[close] = np.maximum(peaks[close], between)
    return np.asarray(peaks, dtype=np.float32)


def _smooth(gain: Floats) -> Floats:
    """The least gain within reach, smoothed without ever rising above a cell's own limit."""
    width = 2 * REACH + 1
    least = sliding_window_view(np.pad(gain, REACH, mode="edge"), width).min(axis=1)
    # A window one cell short on each side leaves room for the straight lines between centres.
    window = np.hanning(2 * REACH + 1)[1:-1]
    window /= window.sum()
    padded = np.pad(least, REACH - 1, mode="edge")
    smooth = np.convolve(padded, window, mode="valid").astype(np.float32)
    smooth[smooth > 1 - 1e-6] = 1.0
    return np.asarray(smooth, dtype=np.float32)


@lru_cache(maxsize=1)
def _between_centres() -> Floats:
    """(3, CELL): weights of the cell before, the cell and the cell after, at each sample."""
    place = (np.arange(CELL) + 0.5) / CELL - 0.5
    before, after = np.maximum(0, -place), np.maximum(0, place)
    return np.stack([before, 1 - before - after, after]).astype(np.float32)


@lru_cache(maxsize=1)
def _interpolator() -> Floats:
    """(CELL + _TAPS, 3 * CELL): a cell with half the taps on each side -> what lies in between."""
    matrix = np.zeros((CELL + _TAPS, len(_PHASES) * CELL))
    for number, phase in enumerate(_PHASES):
        distance = np.arange(-_TAPS // 2 + 1, _TAPS // 2 + 1) - phase
        taps = np.sinc(distance) * np.i0(6 * np.sqrt(1 - (distance / (_TAPS / 2 + 0.5)) ** 2))
        taps /= taps.sum()
        for sample in range(CELL):
            matrix[sample + 1 : sample + 1 + _TAPS, number * CELL + sample] = taps
    return matrix.astype(np.float32)
