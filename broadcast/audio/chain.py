"""Speech shaped for what it is heard from: rumble taken out, consonants lifted, peaks eased.

For a horn on a pole: its driver makes rattle of what is below 200 Hz; consonants, by which
syllables are told apart, lie between 2 and 4 kHz and are what distance and wind take first; and
with loud syllables eased, the weak ones can be as loud as the amplifier allows. Indoors little of
that is needed. What is measured, limited and coded comes after; see `loudness`.

Levels are taken against the sound's own level of speech, so it does not matter how loud a voice or
a recording comes in. Work is done by cells, as in `limiter`, and in blocks: an hour takes no more
memory than a minute, and about two seconds of CPU time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import inf, log10

import numpy as np
import numpy.typing as npt

from broadcast.audio.limiter import CELL, between_centres, hann, threes
from broadcast.audio.recursive import Biquad, Filter, Floats, product
from broadcast.domain.station import Profile

Blocks = Callable[[], Iterable[Floats]]
"""Gives the same sound anew each time: float32, each block but the last a multiple of CELL."""

_Decibels = npt.NDArray[np.float64]

WINDOW = 1 << 17
"""Samples worked on at once by `shape` (6 s at 22,050 Hz)."""

ATTACK = 8
"""Cells on each side over which power is averaged (12 ms at 22,050 Hz): the gain has come down when
a syllable sets in, and does not follow the single periods of a voice."""

RELEASE = 60.0
"""dB a second by which the level that the gain follows falls: 100 ms for 6 dB."""

KNEE = 8.0
"""dB around the threshold over which the ratio sets in."""

SILENT = -60.0
"""dBFS below which a cell is no speech."""

BESIDE = 15.0
"""dB below the mean power from which a cell is a pause between words rather than speech."""

_STEP, _LOWEST = 0.25, -100.0
"""dB: the width of a bin in which powers are counted, and where the first of them begins."""


@dataclass(frozen=True, slots=True)
class Shape:
    """One profile: `cutoff` of its high-pass (Hz), `presence` at 3 kHz (dB), and its compressor.

    `ratio`: dB in for a dB out above the threshold, 1 for none. `threshold`: dB, against the level
    of speech.
    """

    cutoff: float
    presence: float = 0.0
    ratio: float = 1.0
    threshold: float = -6.0

    def filters(self, rate: int) -> tuple[Biquad, ...]:
        """What the sound goes through before its level is looked at."""
        rumble = Biquad.high_pass(rate, self.cutoff)
        if not self.presence:
            return (rumble,)
        return rumble, Biquad.peak(rate, PRESENCE, self.presence, PRESENCE_Q)

    def change(self, level: _Decibels) -> _Decibels:
        """Gain in dB at levels in dB against that of speech (soft knee; never above 0)."""
        over = level - self.threshold
        bent = np.clip(over + KNEE / 2, 0, KNEE) ** 2 / (2 * KNEE)
        straight = np.maximum(over - KNEE / 2, 0)
        eased: _Decibels = (1 / self.ratio - 1) * (bent + straight)
        return eased


PRESENCE, PRESENCE_Q = 3000.0, 0.8
"""Centre in Hz and width of the lift: 3 dB more from about 1.7 to 5 kHz in half."""

SHAPES: dict[Profile, Shape] = {
    "horn": Shape(200.0, presence=3.0, ratio=2.5),
    "indoor": Shape(80.0),
    "phone": Shape(120.0, ratio=2.0),
}
"""By judgement, within what is usual for speech. A phone's own loudspeaker is loudest at 2 to 4 kHz
and gives nothing below 300 Hz, so it gets no lift, and only what would eat its headroom is cut."""


def shape(samples: Floats, rate: int, profile: Profile) -> Floats:
    """Samples (float32, mono, any number) as `profile` asks for; as many, the same each time."""
    made = np.empty_like(samples)
    at = 0
    for block in shaped(lambda: _windows(samples), rate, profile):
        made[at : at + block.size] = block
        at += block.size
    return made


def shaped(blocks: Blocks, rate: int, profile: Profile) -> Iterator[Floats]:
    """The same for sound that is nowhere in memory as a whole: it is asked for twice.

    First its level of speech is measured, then it is shaped. The blocks that come back are others
    than those that went in, with as many samples in all.
    """
    wanted = SHAPES[profile]
    if wanted.ratio == 1:
        yield from _filtered(blocks(), wanted, rate)
        return
    meter = _SpeechMeter()
    for block in _filtered(blocks(), wanted, rate):
        meter.add(block)
    ease = _Compressor(wanted, meter.level(), rate)
    late = np.zeros(ease.late, dtype=np.float32)
    whole = chain(_filtered(blocks(), wanted, rate), (late,))
    yield from _excerpt((ease(whole_cells(block)) for block in whole), ease.late, meter.size)


def speech_level(samples: Floats) -> float:
    """dBFS (mean power) of what in the samples is speech rather than pauses; -inf for silence."""
    meter = _SpeechMeter()
    meter.add(samples)
    return meter.level()


def without_rumble(blocks: Iterable[Floats], rate: int, profile: Profile) -> Iterator[Floats]:
    """Music for `profile`, block by block: only what its loudspeakers cannot play is taken out.

    Args:
        blocks: of whole cells, but for the last.
    """
    only = Filter(Biquad.high_pass(rate, SHAPES[profile].cutoff))
    for block in blocks:
        yield only(whole_cells(block))[: block.size]


class _SpeechMeter:
    """The level of speech in sound that comes in blocks, and its `size` in samples."""

    def __init__(self) -> None:
        self.size = 0
        self._cells = np.zeros(round(-_LOWEST / _STEP) + 1, dtype=np.int64)

    def add(self, block: Floats) -> None:
        """Count the powers of a block's cells."""
        self.size += block.size
        place = np.rint((_decibels(_powers(whole_cells(block))) - _LOWEST) / _STEP)
        bins = np.clip(place, 0, self._cells.size - 1).astype(np.intp)
        self._cells += np.bincount(bins, minlength=self._cells.size)

    def level(self) -> float:
        """dBFS; cells far below the mean of all are pauses and do not count."""
        levels = np.arange(self._cells.size, dtype=np.float64) * _STEP + _LOWEST
        gate = max(SILENT, _mean(self._cells, levels, SILENT) - BESIDE)
        return _mean(self._cells, levels, gate)


class _Compressor:
    """Eases what is loud against `level` dBFS; what comes back is `late` samples late."""

    def __init__(self, wanted: Shape, level: float, rate: int) -> None:
        self.late = (ATTACK + 1) * CELL
        self._wanted, self._level = wanted, level
        self._fall = RELEASE * CELL / rate
        self._held = np.zeros(self.late, dtype=np.float32)
        self._powers = np.zeros(2 * ATTACK)
        self._last = -inf
        self._gains = np.ones(2, dtype=np.float32)

    def __call__(self, block: Floats) -> Floats:
        """The next samples, a multiple of CELL: as many that came `late` before."""
        if self._level == -inf:
            self._held, given = _shifted(self._held, block)
            return given
        gains = np.concatenate([self._gains, self._next_gains(block)])
        self._gains = gains[-2:]
        self._held, given = _shifted(self._held, block)
        curve = product(threes(gains), between_centres())
        given *= curve.reshape(-1)
        return given

    def _next_gains(self, block: Floats) -> Floats:
        """One for each cell of the block, of the cells ATTACK before."""
        powers = np.concatenate([self._powers, _powers(block)])
        self._powers = powers[-2 * ATTACK :]
        smooth = np.convolve(powers, hann(2 * ATTACK + 1), mode="valid")
        level = _decibels(smooth) - self._level
        # The level falls in a straight line at most: the greatest of all earlier, less their age.
        fall = self._fall * np.arange(1, level.size + 1)
        held = np.maximum.accumulate(np.maximum(level + fall, self._last)) - fall
        self._last = float(held[-1])
        gain: Floats = (10 ** (self._wanted.change(held) / 20)).astype(np.float32)
        return gain


def _filtered(blocks: Iterable[Floats], wanted: Shape, rate: int) -> Iterator[Floats]:
    through = Filter(*wanted.filters(rate))
    for block in blocks:
        yield through(whole_cells(block))[: block.size]


def _excerpt(blocks: Iterable[Floats], start: int, size: int) -> Iterator[Floats]:
    """`size` samples from `start` on."""
    for block in blocks:
        kept = block[start : start + size]
        start, size = max(0, start - block.size), size - kept.size
        yield kept


def _shifted(held: Floats, block: Floats) -> tuple[Floats, Floats]:
    """What is held back after the block came, and what is let go: as many samples as came."""
    both = np.concatenate([held, block])
    return both[block.size :].copy(), both[: block.size]


def whole_cells(block: Floats) -> Floats:
    """The block, with silence behind it up to a whole number of cells."""
    short = -block.size % CELL
    return np.concatenate([block, np.zeros(short, np.float32)]) if short else block


def _powers(samples: Floats) -> _Decibels:
    by_cell = samples.reshape(-1, CELL)
    mean: _Decibels = np.einsum("ij,ij->i", by_cell, by_cell).astype(np.float64) / CELL
    return mean


def _decibels(powers: _Decibels) -> _Decibels:
    made: _Decibels = 10 * np.log10(np.maximum(powers, 10 ** (_LOWEST / 10)))
    return made


def _mean(cells: npt.NDArray[np.int64], levels: _Decibels, gate: float) -> float:
    """dB of the mean power of the cells from `gate` dB on; -inf where there are none."""
    counted = np.where(levels >= gate, cells, 0)
    total = int(counted.sum())
    return 10 * log10(float(counted @ 10 ** (levels / 10)) / total) if total else -inf


def _windows(samples: Floats) -> Iterator[Floats]:
    for start in range(0, samples.size, WINDOW):
        yield samples[start : start + WINDOW]
