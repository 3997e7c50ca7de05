"""One item of a programme (a line, a recording, the ident) brought to its level, by itself.

What comes out depends on the item and what is wanted only: so items are as loud as each other,
whoever reads them, and changing one changes no other. Sound comes in blocks and is asked for more
than once, so that an hour's recording takes no more memory than a minute's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from math import inf, isfinite, log10

import numpy as np

from broadcast.audio.blocks import (
    HopMeter,
    Levels,
    Powers,
    k_weighting,
    levels_of,
    own_loudness,
)
from broadcast.audio.chain import shaped, whole_cells, without_rumble
from broadcast.audio.limiter import CELL, CLOSE, Places, apply_curve, gain_curve, true_peaks
from broadcast.audio.loudness import (
    LAME_LOSS,
    MARGIN,
    WINDOW,
    Samples,
    floats,
    headroom,
    integers,
    linear,
)
from broadcast.audio.recursive import Filter, Floats
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

EXACT = 0.02
"""dB to which the gain is found."""

_AHEAD = 3.0
"""dB that the gain may still grow without looking at true peaks again."""

EXCERPT = 8
"""Windows (20 seconds of sound and more) from which it is known what the limiter will take."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How an item is to sound: `below` LU under speech, in a programme with this `sound`.

    `music` is not shaped as speech is: only what its loudspeakers cannot play is taken out.
    """

    rate: int
    sound: Sound
    below: float = 0.0
    music: bool = False

    @property
    def ceiling(self) -> float:
        """Linear true peak before coding; decoded, most items then keep to the station's."""
        return linear(self.sound.true_peak - headroom(self.sound.bitrate) + LAME_LOSS)


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """What an item became: how many samples, and the levels of its blocks as an MP3."""

    samples: int
    levels: Levels


class _Window:
    """Some of an item's sound, `own` samples, with MARGIN of what is around it on either side.

    `energies` are those of its own cells behind the K-weighting. Peaks grow with the gain, and
    loudness falls as power does when the limiter sets in: so both by cells tell what any gain would
    come to, and nothing has to be limited to try, nor measured again afterwards.
    """

    def __init__(self, samples: Floats, own: int, energies: Powers) -> None:
        self.own = own
        self.energies = energies
        self._samples = samples
        self._highest = max(float(samples.max()), -float(samples.min()))
        self._known = inf
        self._cells: Places = np.zeros(0, dtype=np.intp)
        self._peaks: Floats = np.zeros(0, dtype=np.float32)

    def curve(self, gain: float, ceiling: float) -> Floats | None:
        """The limiter's gain at each cell, margins included, after a gain (linear); None for 1."""
        level = ceiling / gain
        if self._highest < CLOSE * level:
            return None
        self._look(level)
        return gain_curve(self._cells, self._peaks / np.float32(level), self._samples.size // CELL)

    def _look(self, level: float) -> None:
        """Know the true peaks of all cells that might reach `level`."""
        if level < self._known:
            self._known = level / linear(_AHEAD)
            self._cells, self._peaks = true_peaks(self._samples, CLOSE * self._known)

    def lost(self, gain: float, ceiling: float) -> float:
        """Energy that the limiter takes, of that before it."""
        curve = self.curve(gain, ceiling)
        if curve is None:
            return 0.0
        return float(np.dot(self.energies, 1 - np.square(self._inner(curve))))

    def made(self, gain: float, ceiling: float) -> tuple[Floats, Powers]:
        """Its own samples `gain` louder, true peaks below `ceiling`; and their energies."""
        curve = self.curve(gain, ceiling)
        samples, energies = self._samples * np.float32(gain), self.energies * gain**2
        if curve is not None:
            apply_curve(samples, curve)
            energies *= np.square(self._inner(curve))
        return samples[MARGIN : MARGIN + self.own], energies

    def _inner(self, curve: Floats) -> Powers:
        start = MARGIN // CELL
        return curve[start : start + self.energies.size].astype(np.float64)


class _Look:
    """What is learnt of an item before it is made louder: power by hops, and an excerpt of it."""

    def __init__(self, rate: int) -> None:
        self.size = 0
        self.hops = HopMeter(rate)
        self.excerpt: list[_Window] = []
        self.whole = True
        self._number, self._stride = 0, 1

    def add(self, window: _Window) -> None:
        """Take the next window into account."""
        self.size += window.own
        self.hops.add(window.energies)
        if self._number % self._stride == 0:
            self.excerpt.append(window)
        self._number += 1
        if len(self.excerpt) > EXCERPT:
            del self.excerpt[1::2]
            self._stride *= 2
            self.whole = False

    def loudness(self) -> float:
        """LUFS of the item as it came."""
        return own_loudness(self.hops.powers(), self.size / self.hops.length)

    def lost(self, gain: float, ceiling: float) -> float:
        """dB that the limiter takes after a gain in dB."""
        energy = sum(float(window.energies.sum()) for window in self.excerpt)
        taken = sum(window.lost(linear(gain), ceiling) for window in self.excerpt)
        return -10 * log10(max(1 - taken / energy, 1e-9))


def levelled(
    blocks: Blocks, wanted: Wanted, take: Callable[[Samples], None], lower: float = 0.0
) -> Measured:
    """High-pass, gain, true-peak limiter, soft edges; handed to `take` block by block.

    `lower` is what the limiter's ceiling lies below the usual, in dB.

    Silence stays silence; nothing is raised by more than MOST_GAIN, and sound so peaked that the
    limiter would take MOST_LIMITING from it stays quieter than is wanted.
    """
    look = _Look(wanted.rate)
    for window in _windows(blocks, wanted):
        look.add(window)
    ceiling = wanted.ceiling * linear(-lower)
    gain = linear(_gain(look, wanted, ceiling))
    hops, at = HopMeter(wanted.rate), 0
    edge = min(round(FADE * wanted.rate), look.size // 2)
    if not look.whole:
        look.excerpt.clear()
    for window in look.excerpt or _windows(blocks, wanted):
        samples, energies = window.made(gain, ceiling)
        hops.add(energies)
        _soften(samples, at, look.size, edge)
        at += samples.size
        take(integers(samples))
    levels = levels_of(hops.powers()) - np.int16(round(100 * LAME_LOSS))
    return Measured(look.size, levels)


def _gain(look: _Look, wanted: Wanted, ceiling: float) -> float:
    """The gain in dB that brings the item to its level, limiter included; 0 for silence."""
    missing = wanted.sound.target - wanted.below + LAME_LOSS - look.loudness()
    if not isfinite(missing):
        return 0.0
    gain = missing
    for _ in range(TRIALS):
        # It takes a third and more of what is added, so add more than what is short.
        more = missing + min(look.lost(gain, ceiling), MOST_LIMITING) - gain
        if abs(more) < EXACT:
            break
        gain += 1.5 * more
    return min(gain, MOST_GAIN)


def _windows(blocks: Blocks, wanted: Wanted) -> Iterator[_Window]:
    """The item as its loudspeakers need it."""
    weigh = Filter(*k_weighting(wanted.rate))
    before = np.zeros(MARGIN, dtype=np.float32)
    for block, after in _with_next(_shaped(blocks, wanted)):
        own = whole_cells(block)
        weighted = weigh(own).reshape(-1, CELL)
        energies: Powers = np.einsum("ij,ij->i", weighted, weighted).astype(np.float64)
        samples = np.concatenate([before, own, after[:MARGIN], np.zeros(MARGIN, np.float32)])
        yield _Window(samples[: own.size + 2 * MARGIN], block.size, energies)
        before = samples[own.size : own.size + MARGIN]


def _shaped(blocks: Blocks, wanted: Wanted) -> Iterator[Floats]:
    """The item as its loudspeakers need it, in blocks of WINDOW samples, the last shorter."""

    def portions() -> Iterator[Floats]:
        return _in_portions(floats(block) for block in blocks())

    profile = wanted.sound.profile
    if not wanted.music:
        yield from _in_portions(shaped(portions, wanted.rate, profile))
        return
    yield from without_rumble(portions(), wanted.rate, profile)


def _with_next(blocks: Iterable[Floats]) -> Iterator[tuple[Floats, Floats]]:
    """Each block and the one after it; nothing comes after the last."""
    held: Floats | None = None
    for block in blocks:
        if held is not None:
            yield held, block
        held = block
    if held is not None:
        yield held, held[:0]


def _in_portions(blocks: Iterable[Floats]) -> Iterator[Floats]:
    """The same samples in blocks of WINDOW, the last one shorter."""
    held: list[Floats] = []
    size = 0
    for block in blocks:
        held.append(block)
        size += block.size
        while size >= WINDOW:
            joined = np.concatenate(held) if len(held) > 1 else held[0]
            yield joined[:WINDOW]
            held, size = [joined[WINDOW:]], size - WINDOW
    if size:
        yield np.concatenate(held) if len(held) > 1 else held[0]


def _soften(block: Floats, at: int, size: int, edge: int) -> None:
    """Fade the first and last `edge` of `size` samples, in a block that starts at `at`."""
    if not edge:
        return
    ramp = (0.5 - 0.5 * np.cos(np.pi * (np.arange(edge) + 0.5) / edge)).astype(np.float32)
    begins = block[: max(0, edge - at)]
    begins *= ramp[at : at + begins.size]
    past = at + block.size - (size - edge)  # samples of the block from where the end fades
    if past > 0:
        ends = block[-min(past, block.size) :]
        ends *= ramp[::-1][past - ends.size : past]
