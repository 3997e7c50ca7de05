"""Loudness (EBU R 128, ITU-R BS.1770): measured, and brought to what loudspeakers outdoors need.

Programmes are long: everything goes over them in blocks, and `master` can write into the array
that it reads, so that an hour of speech is in memory once (160 MB).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from math import inf, isfinite, log10

import numpy as np
import numpy.typing as npt

from broadcast.audio.highpass import Floats, high_pass
from broadcast.audio.limiter import CELL, cell_peaks, limit
from broadcast.domain.station import Sound

Samples = npt.NDArray[np.int16]
"""Mono samples as they are kept: 16-bit, 32768 is full scale."""

FULL_SCALE = 32768.0

WINDOW = 1 << 17
"""Samples worked on at once (6 s at 22,050 Hz)."""

MARGIN = 1024
"""Samples of context on each side of a window: filter and limiter have forgotten by then."""

MOST_GAIN = 30.0
"""dB; what is quieter than this can mend is noise or a fault, and is not made louder."""

CLOSE_ENOUGH = 0.3
"""LU off the target within which nothing is done again."""

MOST_PASSES = 4
"""Times the gain is corrected at most: speech needs one pass, heavily peaked sound two or three."""

_SHORTEST = 0.4
"""Seconds; loudness is defined over blocks of 400 ms, shorter sound is measured with silence."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP; -inf both for silence."""

    integrated: float
    true_peak: float


class Meter:
    """Loudness and true peak of sound that comes in blocks (float32, any length)."""

    def __init__(self, rate: int) -> None:
        import pyebur128  # noqa: PLC0415  (loaded by those who measure only)

        self._library = pyebur128
        self._state = pyebur128.R128State(1, rate, pyebur128.MeasurementMode.MODE_I)
        self._missing = int(rate * _SHORTEST)
        self._peak = 0.0
        self._tail = np.zeros(0, dtype=np.float32)

    def add(self, block: Floats) -> None:
        """Take the next block into account."""
        if block.size == 0:
            return
        self._state.add_frames(block, block.size)
        self._missing -= block.size
        joined = np.concatenate([self._tail, block])
        whole = joined.size - joined.size % CELL
        self._look_at(joined[:whole])
        self._tail = joined[max(0, whole - 2 * CELL) :]

    def _look_at(self, samples: Floats) -> None:
        if samples.size:
            # Only what may beat the highest peak so far is worth oversampling.
            peaks = cell_peaks(samples, max(0.7 * self._peak, 0.5 * float(np.abs(samples).max())))
            self._peak = max(self._peak, float(peaks.max()))

    def result(self) -> Loudness:
        """What was measured; the meter is spent."""
        self._look_at(np.pad(self._tail, (0, -self._tail.size % CELL)))
        if self._missing > 0:
            self._state.add_frames(np.zeros(self._missing, dtype=np.float32), self._missing)
        integrated = float(self._library.get_loudness_global(self._state))
        return Loudness(integrated if isfinite(integrated) else -inf, decibels(self._peak))


def decibels(level: float) -> float:
    """dB of a linear level; -inf for nothing."""
    return 20 * log10(level) if level > 0 else -inf


def linear(level: float) -> float:
    """Linear level of `level` dB."""
    return float(10 ** (level / 20))


def floats(samples: Samples) -> Floats:
    """Samples between -1 and 1."""
    return np.multiply(samples, np.float32(1 / FULL_SCALE), dtype=np.float32)


def integers(samples: Floats) -> Samples:
    """16-bit samples, rounded; what is beyond full scale is cut off."""
    scaled = samples * np.float32(FULL_SCALE)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1, out=scaled)
    return scaled.astype(np.int16)


def measure(samples: Samples, rate: int) -> Loudness:
    """Integrated loudness and true peak of 16-bit mono samples."""
    meter = Meter(rate)
    for start in range(0, samples.size, WINDOW):
        meter.add(floats(samples[start : start + WINDOW]))
    return meter.result()


def master(
    samples: Samples, rate: int, sound: Sound, out: Samples | None = None
) -> tuple[Samples, Loudness]:
    """Bring a programme to its target: high-pass, gain, true-peak limiter, measured again.

    The ceiling is kept after MP3 coding too: it is set lower by what coding adds (`headroom`).
    Silence stays silence, and nothing is raised by more than MOST_GAIN.

    Args:
        samples: 16-bit mono.
        rate: samples a second.
        sound: target loudness, true peak ceiling, and the bit rate the programme will have.
        out: where to write; `samples` itself saves memory for a long programme.

    Returns:
        the mastered samples and their loudness.
    """
    result = np.empty_like(samples) if out is None else out
    ceiling = linear(sound.true_peak - headroom(sound.bitrate))
    missing = sound.loudness - filtered_loudness(samples, rate)
    gain = min(missing, MOST_GAIN) if isfinite(missing) else 0.0
    clean = partial(_cleaned, rate=rate, gain=linear(gain), ceiling=ceiling)
    after = _pass(samples, result, rate, clean)
    for _ in range(MOST_PASSES - 1):
        missing = sound.loudness - after.integrated
        if abs(missing) <= CLOSE_ENOUGH or not isfinite(missing) or gain + missing > MOST_GAIN:
            break
        gain += missing
        # The limiter takes back part of the gain: ask for a little more than is missing.
        after = _pass(
            result, result, rate, partial(_raised, gain=linear(1.3 * missing), ceiling=ceiling)
        )
    return result, after


def _cleaned(window: Floats, rate: int, gain: float, ceiling: float) -> Floats:
    return _raised(high_pass(window, rate), gain, ceiling)


def _raised(window: Floats, gain: float, ceiling: float) -> Floats:
    window *= np.float32(gain)
    return limit(window, ceiling)


def headroom(bitrate: int) -> float:
    """dB that MP3 coding at `bitrate` kbit/s may add to a true peak."""
    return 1.0 if bitrate >= 64 else 2.0


def filtered_loudness(samples: Samples, rate: int) -> float:
    """LUFS of samples behind the high-pass that a programme goes through."""
    meter = Meter(rate)
    for window, inner in _windows(samples):
        meter.add(high_pass(window, rate)[inner])
    return meter.result().integrated


def _pass(
    samples: Samples, out: Samples, rate: int, change: Callable[[Floats], Floats]
) -> Loudness:
    """Apply `change` window by window, writing to `out`, and measure what comes out."""
    meter = Meter(rate)
    at = 0
    for window, inner in _windows(samples):
        changed = change(window)[inner]
        out[at : at + changed.size] = integers(changed)
        at += changed.size
        meter.add(changed)
    return meter.result()


def _windows(samples: Samples) -> Iterator[tuple[Floats, slice]]:
    """Windows with context on both sides, and where in them their own samples are.

    What was before is kept aside, for the caller may overwrite the samples given out before.
    """
    before = np.zeros(MARGIN, dtype=np.float32)
    for start in range(0, samples.size, WINDOW):
        own = min(WINDOW, samples.size - start)
        rest = floats(samples[start : start + own + MARGIN])
        window = np.zeros(MARGIN + own + MARGIN + -own % CELL, dtype=np.float32)
        window[:MARGIN] = before
        window[MARGIN : MARGIN + rest.size] = rest
        before = window[own : own + MARGIN].copy()
        yield window, slice(MARGIN, MARGIN + own)
