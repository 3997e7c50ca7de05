"""A programme's parts joined into one sound: speech, pauses, the ident, people's recordings.

Voices and recordings come at different levels; they are brought to one before the programme as a
whole is mastered. Levels are measured behind the same high-pass that the programme will go
through, since it takes more from a man's voice than from a woman's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import isfinite

import numpy as np

from broadcast.audio.jingle import ident
from broadcast.audio.limiter import CELL, limit
from broadcast.audio.loudness import (
    Samples,
    filtered_loudness,
    floats,
    integers,
    linear,
)

FADE = 0.005
"""Seconds over which each part sets in and ends, so that nothing clicks."""

QUIET = 40
"""Sample values (-58 dB) up to which the edges of a spoken line count as silence."""

IDENT_BELOW = 3.0
"""LU that the ident lies below speech."""

USUAL = -23.0
"""LUFS for recordings and the ident in a programme without speech."""

ENOUGH = 20.0
"""Seconds of a voice from which its level is known well enough."""

SAME = 0.5
"""LU within which two levels are taken as the same."""

MOST = 24.0
"""dB by which a part is raised or lowered at most: a recording of nothing stays quiet."""


@dataclass(frozen=True, slots=True)
class SpeechPart:
    """A spoken line, 16-bit mono. Lines of one `voice` are brought to the level of the others."""

    samples: Samples
    voice: str = ""


@dataclass(frozen=True, slots=True)
class PausePart:
    """Silence."""

    seconds: float


@dataclass(frozen=True, slots=True)
class IdentPart:
    """The station's ident (nhạc hiệu)."""


@dataclass(frozen=True, slots=True)
class RecordingPart:
    """Somebody's recording, 16-bit mono at the programme's rate."""

    samples: Samples


Part = SpeechPart | PausePart | IdentPart | RecordingPart


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a part lies in the mix. `kind` is "ident", "recording" or the voice as "voice X"."""

    kind: str
    start: int
    stop: int


def spoken_part(samples: Samples, rate: int, voice: str) -> SpeechPart:
    """A line without the near-silence that engines put around it, so that pauses are as written.

    Args:
        samples: 16-bit mono.
        rate: samples a second.
        voice: see `SpeechPart`.
    """
    heard = np.flatnonzero((samples > QUIET) | (samples < -QUIET))
    if heard.size == 0:
        return SpeechPart(samples, voice)
    edge = round(FADE * rate)
    return SpeechPart(samples[max(0, int(heard[0]) - edge) : int(heard[-1]) + 1 + edge], voice)


def part_size(part: Part, rate: int) -> int:
    """How many samples a part takes in the mix."""
    match part:
        case PausePart(seconds=seconds):
            return round(seconds * rate)
        case IdentPart():
            return ident(rate).size
        case SpeechPart(samples=samples) | RecordingPart(samples=samples):
            return samples.size


def mix(parts: Iterable[Part], rate: int) -> Samples:
    """Join parts, given one by one (they need not all be in memory), into 16-bit mono samples.

    Args:
        parts: in the order of the programme, at `rate`. Pauses between lines are parts too.
        rate: samples a second.
    """
    sound = bytearray()
    spans = []
    for part in parts:
        start = len(sound) // 2
        if isinstance(part, PausePart):
            sound += bytes(2 * part_size(part, rate))
            continue
        samples = ident(rate) if isinstance(part, IdentPart) else part.samples
        sound += samples.astype(np.int16, copy=False).tobytes()
        spans.append(_Span(_kind(part), start, start + samples.size))
    mixed = np.frombuffer(sound, dtype=np.int16)
    _level(mixed, spans, rate)
    for span in spans:
        _fade(mixed[span.start : span.stop], round(FADE * rate))
    return mixed


def _kind(part: SpeechPart | IdentPart | RecordingPart) -> str:
    match part:
        case SpeechPart(voice=voice):
            return f"voice {voice}"
        case IdentPart():
            return "ident"
        case RecordingPart():
            return "recording"


def _level(mixed: Samples, spans: list[_Span], rate: int) -> None:
    """Bring voices to the quietest of them, recordings to the voices, the ident a little below."""
    voices: dict[str, list[_Span]] = {}
    for span in spans:
        if span.kind.startswith("voice"):
            voices.setdefault(span.kind, []).append(span)
    if len(voices) == len({span.kind for span in spans}) < 2:
        return
    levels = {voice: _loudness(mixed, of_voice, rate) for voice, of_voice in voices.items()}
    target = min((level for level in levels.values() if isfinite(level)), default=USUAL)
    for span in spans:
        if span.kind in levels:
            _change(mixed, span, target - levels[span.kind], rate)
        else:
            lower = IDENT_BELOW if span.kind == "ident" else 0.0
            _change(mixed, span, target - lower - _loudness(mixed, [span], rate), rate)


def _loudness(mixed: Samples, spans: list[_Span], rate: int) -> float:
    """LUFS of the spans together, of ENOUGH of them where there are several."""
    taken, length = [], 0
    for span in spans:
        taken.append(mixed[span.start : span.stop])
        length += span.stop - span.start
        if length > ENOUGH * rate:
            break
    return filtered_loudness(np.concatenate(taken) if len(taken) > 1 else taken[0], rate)


def _change(mixed: Samples, span: _Span, gain: float, rate: int) -> None:
    """Change a span's level by `gain` dB; peaks that would be cut off are limited."""
    if not isfinite(gain) or abs(gain) < SAME:
        return
    samples = mixed[span.start : span.stop]
    # A silent cell before and after: the limiter knows edges only by their neighbours.
    changed = np.pad(floats(samples), (CELL, CELL + -samples.size % CELL))
    changed *= np.float32(linear(max(-MOST, min(gain, MOST))))
    samples[:] = integers(limit(changed, 0.95))[CELL : CELL + samples.size]


def _fade(samples: Samples, length: int) -> None:
    """Let samples set in and end softly, in place."""
    length = min(length, samples.size // 2)
    if length:
        ramp = 0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / length)
        samples[:length] = np.rint(samples[:length] * ramp)
        samples[-length:] = np.rint(samples[-length:] * ramp[::-1])
