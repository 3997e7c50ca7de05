"""Loudness (EBU R 128, ITU-R BS.1770): measured, and brought to what loudspeakers outdoors need.

Programmes are long: everything goes over them in blocks, and `master` can write into the array
that it reads, so that an hour of speech is in memory once (160 MB).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf, isfinite, log10

import numpy as np
import numpy.typing as npt

from broadcast.audio.limiter import CELL, CLOSE, gain_curve, limit, true_peaks
from broadcast.audio.recursive import Floats, high_pass
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

MOST_LIMITING = 6.0
"""LU that the limiter may take from a programme; beyond, words would suffer."""

LAME_LOSS = 0.45
"""dB by which LAME lowers what it encodes (its scale of 0.95); made up for beforehand."""

EXCERPT, EXCERPT_PIECES = 60.0, 60
"""Seconds of a programme, and in how many pieces, from which the gain comes."""

ALLOWED_OFF = 0.5
"""LU that the whole may be off after the excerpt's gain without a second pass."""

TRIALS = 5
"""Corrections of the gain on the excerpt: by then it moves by about 0.1 LU."""

RIVAL = 0.9
"""Part of the highest sample from which the sound between samples may be higher still (1 dB)."""

_SHORTEST = 0.4
"""Seconds; loudness is defined over blocks of 400 ms, shorter sound is measured with silence."""


@dataclass(frozen=True, slots=True)
class Loudness:
    """Integrated loudness in LUFS and true peak in dBTP; -inf both for silence."""

    integrated: float
    true_peak: float


class Meter:
    """Loudness and, unless `peaks` is off, true peak of sound that comes in blocks (float32)."""

    def __init__(self, rate: int, *, peaks: bool = True) -> None:
        import pyebur128  # noqa: PLC0415  (loaded by those who measure only)

        self._library = pyebur128
        self._state = pyebur128.R128State(1, rate, pyebur128.MeasurementMode.MODE_I)
        self._missing = int(rate * _SHORTEST)
        self._peaks = peaks
        self._peak = 0.0
        self._tail = np.zeros(2 * CELL, dtype=np.float32)

    def add(self, block: Floats) -> None:
        """Take the next block into account."""
        if block.size == 0:
            return
        self._state.add_frames(block, block.size)
        self._missing -= block.size
        if self._peaks:
            joined = np.concatenate([self._tail, block])
            whole = joined.size - joined.size % CELL
            self._look_at(joined[:whole])
            self._tail = joined[whole - 2 * CELL :]

    def _look_at(self, samples: Floats) -> None:
        """Oversample what may beat the highest peak so far (all but the edge cells)."""
        highest = max(self._peak, float(samples.max()), -float(samples.min()))
        _, peaks = true_peaks(samples, max(RIVAL * highest, 1e-9))
        self._peak = max(highest, float(peaks.max(initial=0.0)))

    def result(self) -> Loudness:
        """What was measured; the meter is spent."""
        self._look_at(np.pad(self._tail, (0, 2 * CELL + -self._tail.size % CELL)))
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
    samples: Samples,
    rate: int,
    sound: Sound,
    out: Samples | None = None,
    tell: Callable[[float], None] = lambda _share: None,
) -> tuple[Samples, Loudness]:
    """Bring a programme to its target: high-pass, gain, true-peak limiter, measured as a whole.

    The gain comes from an excerpt; where the whole then turns out to be off the target, the gain
    is corrected once. Silence stays silence, nothing is raised by more than MOST_GAIN, and sound
    so peaked that the limiter would take MOST_LIMITING from it stays quieter than the target.

    Args:
        samples: 16-bit mono.
        rate: samples a second.
        sound: target loudness, true peak ceiling, and the bit rate the programme will have.
        out: where to write; `samples` itself saves memory for a long programme.
        tell: called every few seconds of sound with the share that is done, 0 to 1.

    Returns:
        samples for `mp3.encode`, and what the MP3 will have: its loudness as measured before
        coding less LAME_LOSS, and the most its true peak may come to with `headroom`.
    """
    result = np.empty_like(samples) if out is None else out
    target = sound.target + LAME_LOSS
    added = headroom(sound.bitrate) - LAME_LOSS
    ceiling = linear(sound.true_peak - added)
    gain = _gain(target, _excerpt(samples, rate), rate, ceiling)
    clean = (_raised(high_pass(w, rate), gain, ceiling)[inner] for w, inner in _windows(samples))
    loudness = _write(clean, result, rate, tell)
    off = target - loudness.integrated
    if ALLOWED_OFF < abs(off) < MOST_LIMITING and gain + off <= MOST_GAIN:
        corrected = (_raised(w, off, ceiling)[inner] for w, inner in _windows(result))
        loudness = _write(corrected, result, rate, lambda _again: tell(1.0))
    return result, Loudness(loudness.integrated - LAME_LOSS, loudness.true_peak + added)


def _write(
    blocks: Iterable[Floats], out: Samples, rate: int, tell: Callable[[float], None]
) -> Loudness:
    """Write blocks one after the other to `out`, and measure them; told as in `master`."""
    meter, at = Meter(rate), 0
    for block in blocks:
        tell(at / out.size)
        out[at : at + block.size] = integers(block)
        at += block.size
        meter.add(block)
    return meter.result()


def headroom(bitrate: int) -> float:
    """dB that coding at `bitrate` kbit/s adds to true peaks, beside LAME_LOSS.

    Measured on speech and on noise in bursts: at most 1.5 at 64, 1.6 at 48, 2.7 at 32 kbit/s.
    """
    if bitrate >= 64:
        return 1.7
    return 2.0 if bitrate >= 48 else 3.0


def _gain(target: float, excerpt: Floats, rate: int, ceiling: float) -> float:
    """The gain in dB that brings the excerpt to `target` LUFS, limiter included; 0 for silence."""
    missing = target - _loudness(excerpt, rate)
    if not isfinite(missing):
        return 0.0
    lost = _limiters_part(excerpt, ceiling, missing + 2 * MOST_LIMITING)
    gain = missing
    for _ in range(TRIALS):
        # It takes a third and more of what is added, so add more than what is short.
        gain += 1.5 * (missing + min(lost(gain), MOST_LIMITING) - gain)
    return min(gain, MOST_GAIN)


def _limiters_part(samples: Floats, ceiling: float, most: float) -> Callable[[float], float]:
    """What the limiter would take from the samples, in dB, as a function of the gain before it.

    It takes loudness and power alike, and peaks grow with the gain: so power and peaks by cells
    tell it for every gain up to `most` dB, and the samples need not be limited to try.
    """
    by_cell = samples.reshape(-1, CELL)
    power = np.einsum("ij,ij->i", by_cell, by_cell)
    cells, peaks = true_peaks(samples, ceiling / linear(most) * CLOSE)

    def part(gain: float) -> float:
        curve = gain_curve(cells, peaks * np.float32(linear(gain) / ceiling), power.size)
        return 0.0 if curve is None else -10 * log10(np.dot(power, curve**2) / power.sum())

    return part


def _raised(window: Floats, gain: float, ceiling: float) -> Floats:
    """The window, `gain` dB louder, its peaks below `ceiling`; changed in place."""
    window *= np.float32(linear(gain))
    return limit(window, ceiling)


def _excerpt(samples: Samples, rate: int) -> Floats:
    """EXCERPT seconds spread over the programme, or all of it, behind the high-pass."""
    size = min(int(rate * EXCERPT), samples.size) // EXCERPT_PIECES // CELL * CELL
    starts = np.linspace(0, samples.size - size, EXCERPT_PIECES).astype(int)
    pieces = [floats(samples[start : start + size]) for start in starts]
    return high_pass(np.concatenate(pieces), rate)


def _loudness(samples: Floats, rate: int) -> float:
    meter = Meter(rate, peaks=False)
    meter.add(samples)
    return meter.result().integrated


def filtered_loudness(samples: Samples, rate: int) -> float:
    """LUFS of samples behind the high-pass that a programme goes through."""
    meter = Meter(rate, peaks=False)
    for window, inner in _windows(samples):
        meter.add(high_pass(window, rate)[inner])
    return meter.result().integrated


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
