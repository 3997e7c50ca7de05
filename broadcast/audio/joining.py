"""Segments joined to a programme: byte after byte, with silent frames between them.

A decoder gives back an item's sound DELAY samples after its first frame begins (LAME's own delay
and the decoder's), and the item's last frame ends up to two frames after its sound. That silence is
taken off the pause that is asked for, and what is left of it is filled with whole silent frames,
each item being put at the frame nearest to where it should begin: so every pause, and the whole, is
exact to a frame, however many items there are.

Every segment begins with an empty reservoir, and so does every silent frame: no frame needs bytes
of another segment.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from broadcast.audio.blocks import loudness_of
from broadcast.audio.frames import frame_at
from broadcast.audio.loudness import Loudness
from broadcast.audio.mp3 import encode
from broadcast.audio.segment import Segment

DELAY = 1105
"""Samples: 576 of LAME's encoder and 529 of a decoder."""

LEAST = 0.1
"""Seconds between two items at least: with the silence that coding puts around them they cannot be
nearer to each other, and nobody hears it."""


class Place(NamedTuple):
    """Where an item is: silent frames before it, and the sample at which its sound begins."""

    silent: int
    starts: int


@dataclass(frozen=True, slots=True)
class Layout:
    """A programme laid out: a place for each item, silent frames at the end, frames in all."""

    places: tuple[Place, ...]
    silent: int
    frames: int


class Length(NamedTuple):
    """An item's samples of sound, its MP3 frames, and the pause in seconds before it."""

    samples: int
    frames: int
    pause: float


def lay_out(items: Iterable[Length], rate: int, after: float = 0.0) -> Layout:
    """Put items in their places.

    Args:
        rate: samples a second.
        after: seconds of pause after the last item.
    """
    size = samples_a_frame(rate)
    places: list[Place] = []
    planned = 0.0
    at = 0
    for number, item in enumerate(items):
        pause = max(item.pause, LEAST) if number else item.pause
        planned += pause * rate
        begins = max(at, round(planned / size))
        places.append(Place(begins - at, begins * size + DELAY))
        at = begins + item.frames
        planned += item.samples
    end = max(at, round((planned + after * rate) / size))
    return Layout(tuple(places), end - at, end)


def joined(segments: Sequence[Segment], layout: Layout, rate: int, bitrate: int) -> Iterator[bytes]:
    """The programme's bytes, portion by portion, without tags."""
    silence = silent_frame(rate, bitrate)
    for segment, place in zip(segments, layout.places, strict=True):
        yield silence * place.silent
        yield from segment.portions()
    yield silence * layout.silent


def loudness(segments: Iterable[Segment]) -> Loudness:
    """Of a programme of these segments, as it will be decoded."""
    every = list(segments)
    peak = max((one.true_peak for one in every), default=float("-inf"))
    return Loudness(loudness_of(one.levels for one in every), peak)


def samples_a_frame(rate: int) -> int:
    """Samples in a frame: 576 up to 24,000 Hz (MPEG 2 and 2.5), 1152 above."""
    return 1152 if rate > 24000 else 576


@lru_cache(maxsize=4)
def silent_frame(rate: int, bitrate: int) -> bytes:
    """A frame of silence that needs no other: the first that LAME makes of nothing."""
    made = encode(np.zeros(2 * samples_a_frame(rate), dtype=np.int16), rate, bitrate)
    frame = frame_at(made, 0)
    assert frame  # noqa: S101 - LAME's output begins with a frame
    return made[: frame.size]
