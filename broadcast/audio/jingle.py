"""The station's music, made by code: ident (nhạc hiệu), closing (nhạc kết) and bed (nhạc nền).

Plucked notes of the pentatonic scale.

No sound file has to be shipped, licensed or found, and it is the same on every machine.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

SECONDS = 5.2
"""Length of the ident, its silent end included."""

CLOSING = 6.0
"""Seconds of the closing, its silent end included."""

BED = 19.2
"""Seconds after which the bed begins anew: eight bars."""

_REST = 0.25
_PEAK = 0.5

_Notes = tuple[tuple[float, int, float], ...]

_NOTES: _Notes = (
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
_CLOSING: _Notes = (
    # the ident's phrase the other way round: it comes down and rests on G
    (0.00, 12, 1.0),
    (0.45, 9, 0.8),
    (0.90, 7, 0.8),
    (1.35, 5, 0.8),
    (1.80, 7, 0.8),
    (2.40, 2, 0.7),
    (3.00, 5, 1.0),
    (3.00, 0, 0.5),
    (3.00, -7, 0.8),
)

_BARS: tuple[tuple[int, ...], ...] = (
    # eighths of eight bars of 2.4 s: broken chords on G, E, D and G again
    (-7, 0, 5, 0), (-7, 2, 5, 9), (-10, 2, 5, 2), (-10, 0, 5, 7),
    (-12, 0, 7, 0), (-12, 2, 7, 9), (-7, 0, 5, 0), (-7, 5, 2, 0),
)  # fmt: skip

_ROOT = 587.33
"""Hz of D5; the lowest note, G4, is at 392 Hz, which horns still play."""

_PARTIALS = ((1, 1.0), (2, 0.5), (3, 0.28), (4, 0.12), (5, 0.07))
"""Partials of a plucked string and their strengths; the higher ones die away faster."""


@lru_cache(maxsize=2)
def ident(rate: int) -> npt.NDArray[np.int16]:
    """The ident as 16-bit mono samples, SECONDS long; read-only, it is shared."""
    return _phrase(_NOTES, SECONDS, rate)


@lru_cache(maxsize=2)
def closing(rate: int) -> npt.NDArray[np.int16]:
    """The closing, CLOSING seconds long; read-only, it is shared."""
    return _phrase(_CLOSING, CLOSING, rate)


@lru_cache(maxsize=2)
def bed(rate: int) -> npt.NDArray[np.int16]:
    """The bed, BED seconds long; its end goes over into its beginning. Read-only, it is shared."""
    length, step = round(BED * rate), BED / sum(map(len, _BARS))
    sound, ring = np.zeros(length), 3 * rate
    notes = [note for bar in _BARS for note in bar]
    for number, semitones in enumerate(notes):
        # What still rings at the end is heard at the beginning: so there is no seam.
        places = (int(number * step * rate) + np.arange(ring)) % length
        sound[places] += _pluck(_ROOT * 2 ** (semitones / 12), ring, rate) * _soft_end(ring)
    return _samples(sound)


def _phrase(notes: _Notes, seconds: float, rate: int) -> npt.NDArray[np.int16]:
    sound = np.zeros(int(seconds * rate))
    for start, semitones, strength in notes:
        at = int(start * rate)
        sound[at:] += strength * _pluck(_ROOT * 2 ** (semitones / 12), sound.size - at, rate)
    return _samples(sound * _ending(sound.size, rate))


def _samples(sound: npt.NDArray[np.float64]) -> npt.NDArray[np.int16]:
    scaled = sound * (_PEAK * 32767 / np.abs(sound).max())
    samples: npt.NDArray[np.int16] = np.rint(scaled).astype(np.int16)
    samples.flags.writeable = False
    return samples


def _soft_end(length: int) -> npt.NDArray[np.float64]:
    """1, then falling to 0 over the last third."""
    return np.clip(3 * (1 - np.arange(1, length + 1) / length), 0, 1)


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
