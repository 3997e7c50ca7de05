"""The station's ident (nhạc hiệu), made by code: plucked notes of the pentatonic scale.

No sound file has to be shipped, licensed or found, and it is the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

SECONDS = 5.2
"""Length of the ident, its silent end included."""

_REST = 0.25
_PEAK = 0.5

_NOTES: tuple[tuple[float, int, float], ...] = (
    # start in seconds, semitones above D5 (scale D E G A B, at home on G), strength
    (0.00, 0, 0.8),
    (0.30, 5, 0.8),
    (0.60, 7, 0.9),
    (0.90, 9, 0.8),
    (1.20, 12, 1.0),
    (1.80, 9, 0.8),
    (2.10, 7, 0.8),
    (2.40, 9, 0.8),
    (2.70, 5, 1.0),
    (2.70, 0, 0.5),
    (2.70, -7, 0.7),
)
_ROOT = 587.33
"""Hz of D5; the lowest note, G4, is at 392 Hz, which horns still play."""

_PARTIALS = ((1, 1.0), (2, 0.5), (3, 0.28), (4, 0.12), (5, 0.07))
"""Partials of a plucked string and their strengths; the higher ones die away faster."""


@lru_cache(maxsize=2)
def ident(rate: int) -> npt.NDArray[np.int16]:
    """The ident as 16-bit mono samples, SECONDS long; read-only, it is shared."""
    sound = np.zeros(int(SECONDS * rate))
    for start, semitones, strength in _NOTES:
        at = int(start * rate)
        sound[at:] += strength * _pluck(_ROOT * 2 ** (semitones / 12), sound.size - at, rate)
    sound *= _ending(sound.size, rate)
    sound *= _PEAK * 32767 / np.abs(sound).max()
    samples = np.rint(sound).astype(np.int16)
    samples.flags.writeable = False
    return samples


def _pluck(frequency: float, length: int, rate: int) -> npt.NDArray[np.float64]:
    """One note: it sets in within 6 ms, without a click, and dies away."""
    time = np.arange(length) / rate
    note = np.zeros(length)
    for number, strength in _PARTIALS:
        if number * frequency < 0.45 * rate:
            decay = np.exp(-time * (1.6 + 1.1 * number))
            note += strength * decay * np.sin(2 * np.pi * number * frequency * time)
    return note * np.minimum(1.0, time / 0.006)


def _ending(length: int, rate: int) -> npt.NDArray[np.float64]:
    """1, then falling to 0 over a second, then silence for _REST."""
    seconds_left = (length - 1 - np.arange(length)) / rate - _REST
    return np.asarray(0.5 - 0.5 * np.cos(np.pi * np.clip(seconds_left, 0, 1)))
