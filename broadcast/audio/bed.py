"""Music under words: it sets in softly, goes down while somebody speaks, comes up in long gaps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from broadcast.audio.chain import speech_level
from broadcast.audio.loudness import linear
from broadcast.audio.recursive import Floats

LEAD, TAIL = 1.0, 1.5
"""Seconds that the bed is heard alone before the first word and after the last."""

UNDER = 20.0
"""dB by which the bed lies below speech while somebody speaks: what WCAG 2 (criterion 1.4.7) asks
of background sound so that people who hear badly can follow."""

ALONE = 8.0
"""dB by which it lies below speech while nobody speaks."""

GAP = 0.7
"""Seconds of silence between words up to which the bed stays down: it would only pump."""

TURN = 0.35
"""Seconds over which the bed goes down (before a word) and comes up (after it)."""

SEAM = 0.5
"""Seconds over which a bed that is no loop goes over into its own beginning."""

_Curve = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Words:
    """Speech (float32, mono) that begins `start` samples after the first word's beginning."""

    start: int
    samples: Floats


def over_bed(words: Iterable[Words], bed: Floats, rate: int, *, seamless: bool = True) -> Floats:
    """The words over the bed: LEAD seconds before the first, TAIL seconds after the last.

    Args:
        words: at their final level against each other, in order; they may not overlap.
        bed: music at any level; one that is too short is repeated. Silence gives none.
        rate: samples a second.
        seamless: `bed` is a loop; else its end is laid over its beginning.

    Returns:
        float32, as loud as the words were: the bed is brought to them, not they to it.
    """
    said = list(words)
    lead, tail = round(LEAD * rate), round(TAIL * rate)
    length = max((one.start + one.samples.size for one in said), default=0)
    speech = np.zeros(lead + length + tail, dtype=np.float32)
    spans = []
    for one in said:
        start = lead + one.start
        speech[start : start + one.samples.size] += one.samples
        spans.append((start, start + one.samples.size))
    apart = speech_level(speech) - speech_level(bed)
    if not isfinite(apart):
        return speech
    if bed.size < speech.size:
        bed = looped(bed if seamless else without_seam(bed, rate), speech.size)
    music = bed[: speech.size]
    speech += music * ducking(spans, speech.size, rate) * np.float32(linear(apart))
    return speech


def ducking(spans: Iterable[tuple[int, int]], size: int, rate: int) -> Floats:
    """The bed's gain against speech at each of `size` samples: down in the spans, soft at the ends.

    Args:
        spans: first sample and the one after the last of each stretch of speech, in order.
    """
    turn, gain = round(TURN * rate), np.full(size, -ALONE)
    for start, stop in _joined(spans, round(GAP * rate)):
        first, last = max(0, start - turn), min(size, stop + turn)
        dip = _dip(start, stop, turn)[first - (start - turn) :][: last - first]
        gain[first:last] = np.minimum(gain[first:last], dip)
    curve = np.asarray(10 ** (gain / 20), dtype=np.float32)
    for ramp, part in ((LEAD, slice(None)), (TAIL, slice(None, None, -1))):
        edge = min(round(ramp * rate), size)
        curve[part][:edge] *= _rise(edge)
    return curve


def looped(bed: Floats, size: int) -> Floats:
    """`size` samples of a bed that begins anew when it ends."""
    return np.resize(bed, size)


def without_seam(bed: Floats, rate: int) -> Floats:
    """A bed made a loop, SEAM seconds shorter: its end fades while its beginning sets in."""
    seam = min(round(SEAM * rate), bed.size // 2)
    if seam == 0:
        return bed
    rise = _rise(seam)
    # Equal power: end and beginning of a piece of music have nothing to do with each other.
    turned = bed[-seam:] * np.sqrt(1 - rise) + bed[:seam] * np.sqrt(rise)
    return np.concatenate([turned, bed[seam:-seam]]).astype(np.float32, copy=False)


def _joined(spans: Iterable[tuple[int, int]], gap: int) -> list[tuple[int, int]]:
    """Spans with `gap` or less between them as one."""
    found: list[tuple[int, int]] = []
    for start, stop in spans:
        if found and start - found[-1][1] <= gap:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        elif stop > start:
            found.append((start, stop))
    return found


def _dip(start: int, stop: int, turn: int) -> _Curve:
    """dB from `turn` samples before `start` to as many after `stop`: down, along, up."""
    slope = (UNDER - ALONE) * _rise(turn).astype(np.float64)
    along = np.full(stop - start, -UNDER)
    return np.concatenate([-ALONE - slope, along, -ALONE - slope[::-1]])


def _rise(length: int) -> Floats:
    """From 0 to 1, soft at both ends."""
    phase = np.pi * (np.arange(length) + 0.5) / max(1, length)
    return np.asarray(0.5 - 0.5 * np.cos(phase), dtype=np.float32)
