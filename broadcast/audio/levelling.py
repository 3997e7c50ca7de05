"""One item of a programme (a line, a recording, the ident) brought to its level, by itself.

What comes out depends on the item and what is wanted only: so items are as loud as each other,
whoever reads them, and changing one changes no other. Sound comes in blocks and is asked for more
than once, so that an hour's recording takes no more memory than a minute's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from math import isfinite, log10

import numpy as np

from broadcast.audio.levels import Levels, PowerMeter, Powers, levels_of, own_loudness
from broadcast.audio.limiter import CELL, CLOSE, gain_curve, limit, true_peaks
from broadcast.audio.loudness import (
    LAME_LOSS,
    MARGIN,
    WINDOW,
    PeakMeter,
    Samples,
    floats,
    headroom,
    integers,
    linear,
)
from broadcast.audio.recursive import Biquad, Filter, Floats
from broadcast.domain.station import Sound

Blocks = Callable[[], Iterable[Samples]]
"""Gives the same 16-bit mono sound anew each time, in blocks of any size."""

FADE = 0.005
"""Seconds over which an item sets in and ends, so that nothing clicks."""

MOST_GAIN = 30.0
"""dB; what is quieter than this can mend is noise or a fault, and is not made louder."""

MOST_LIMITING = 6.0
"""LU that the limiter may take from an item; beyond, words would suffer."""

TRIALS = 5
"""Corrections of the gain against what the limiter takes: by then it moves by about 0.1 LU."""

EXCERPT = 10
"""Blocks (a minute of sound) from which it is known what the limiter will take."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an item is to sound: `below` LU under speech, in a programme with this `sound`."""

    rate: int
    sound: Sound
    below: float = 0.0

    @property
    def ceiling(self) -> float:
        """Linear true peak before coding, so that what is decoded keeps to the station's."""
        return linear(self.sound.true_peak - headroom(self.sound.bitrate) + LAME_LOSS)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What an item became: samples, levels of its blocks and true peak (dBTP) as an MP3."""

    samples: int
    levels: Levels
    true_peak: float


class _Look:
    """What is learnt of an item before it is made louder: power by hops, and an excerpt of it."""

    def __init__(self, rate: int) -> None:
        self.size = 0
        self.whole: Floats | None = None
        self._meter = PowerMeter(rate)
        self._hop = round(0.1 * rate / CELL) * CELL
        self._excerpt: list[tuple[Floats, Powers]] = []
        self._number, self._stride = 0, 1

    def add(self, block: Floats) -> None:
        energies = self._meter.add(block)
        self.whole = block if self.size == 0 else None
        self.size += block.size
        if self._number % self._stride == 0:
            self._excerpt.append((block, energies))
        self._number += 1
        if len(self._excerpt) > EXCERPT:
            del self._excerpt[1::2]
            self._stride *= 2

    def loudness(self) -> float:
        return own_loudness(self._meter.hops(), self.size / self._hop)

    def lost(self, ceiling: float, most: float) -> Callable[[float], float]:
        """What the limiter takes, in dB, as a function of the gain before it, up to `most` dB.

        Peaks grow with the gain, and loudness falls as power does: so both by cells tell it for
        every gain, and the samples need not be limited to try.
        """
        samples = np.concatenate([_whole_cells(block) for block, _ in self._excerpt])
        energies = np.concatenate([energies for _, energies in self._excerpt])
        cells, peaks = true_peaks(samples, ceiling / linear(most) * CLOSE)

        def part(gain: float) -> float:
            curve = gain_curve(cells, peaks * np.float32(linear(gain) / ceiling), energies.size)
            if curve is None:
                return 0.0
            return -10 * log10(
                float(np.dot(energies, curve.astype(np.float64) ** 2) / energies.sum())
            )

        return part


def levelled(blocks: Blocks, wanted: Wanted, take: Callable[[Samples], None]) -> Measured:
    """High-pass, gain, true-peak limiter, soft edges; handed to `take` block by block.

    Silence stays silence; nothing is raised by more than MOST_GAIN, and sound so peaked that the
    limiter would take MOST_LIMITING from it stays quieter than is wanted.
    """
    look = _Look(wanted.rate)
    for block in _shaped(blocks, wanted):
        look.add(block)
    gain = _gain(look, wanted)
    again = [look.whole] if look.whole is not None else _shaped(blocks, wanted)
    meter, peaks, at = PowerMeter(wanted.rate), PeakMeter(), 0
    length = min(round(FADE * wanted.rate), look.size // 2)
    for block in _limited(again, gain, wanted.ceiling, look.size):
        _soften(block, at, look.size, length)
        at += block.size
        meter.add(block)
        peaks.add(block)
        take(integers(block))
    levels = levels_of(meter.hops()) - np.int16(round(100 * LAME_LOSS))
    return Measured(look.size, levels, peaks.result() + headroom(wanted.sound.bitrate) - LAME_LOSS)


def _shaped(blocks: Blocks, wanted: Wanted) -> Iterator[Floats]:
    """The item as its loudspeakers need it, in blocks of WINDOW samples, the last shorter."""
    through = Filter(Biquad.high_pass(wanted.rate, 200.0))
    for block in _windows(blocks()):
        yield through(_whole_cells(block))[: block.size]


def _windows(blocks: Iterable[Samples]) -> Iterator[Floats]:
    """The same samples in blocks of WINDOW, the last one shorter."""
    held: list[Samples] = []
    size = 0
    for block in blocks:
        held.append(block)
        size += block.size
        while size >= WINDOW:
            joined = np.concatenate(held) if len(held) > 1 else held[0]
            yield floats(joined[:WINDOW])
            held, size = [joined[WINDOW:]], size - WINDOW
    if size:
        yield floats(np.concatenate(held) if len(held) > 1 else held[0])


def _gain(look: _Look, wanted: Wanted) -> float:
    """The gain in dB that brings the item to its level, limiter included; 0 for silence."""
    missing = wanted.sound.loudness - wanted.below + LAME_LOSS - look.loudness()
    if not isfinite(missing):
        return 0.0
    lost = look.lost(wanted.ceiling, missing + 2 * MOST_LIMITING)
    gain = missing
    for _ in range(TRIALS):
        # It takes a third and more of what is added, so add more than what is short.
        gain += 1.5 * (missing + min(lost(gain), MOST_LIMITING) - gain)
    return min(gain, MOST_GAIN)


def _limited(blocks: Iterable[Floats], gain: float, ceiling: float, size: int) -> Iterator[Floats]:
    """`gain` dB louder, true peaks below `ceiling`: `size` samples, in blocks.

    The limiter needs to see what comes before and after: what goes in comes out MARGIN later.
    """
    level, late, left = np.float32(linear(gain)), MARGIN, size
    around = np.zeros(2 * MARGIN, dtype=np.float32)
    for block in chain(blocks, [np.zeros(MARGIN, dtype=np.float32)]):
        raw = np.concatenate([around, _whole_cells(block) * level])
        around = raw[-2 * MARGIN :].copy()
        made = limit(raw, ceiling)[MARGIN:-MARGIN][late:]
        late = max(0, late - (raw.size - 2 * MARGIN))
        made, left = made[:left], left - min(left, made.size)
        if made.size:
            yield made


def _soften(block: Floats, at: int, size: int, length: int) -> None:
    """Let the first and the last `length` of `size` samples fade, in a block that starts at `at`."""
    if not length or length <= at and at + block.size <= size - length:
        return
    place = np.arange(at, at + block.size)
    edge = np.minimum(place, size - 1 - place)
    near = np.flatnonzero(edge < length)
    ramp = 0.5 - 0.5 * np.cos(np.pi * (edge[near] + 0.5) / length)
    block[near] *= ramp.astype(np.float32)


def _whole_cells(block: Floats) -> Floats:
    short = -block.size % CELL
    return np.pad(block, (0, short)) if short else block
