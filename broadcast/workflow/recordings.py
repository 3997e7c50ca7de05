"""People's recordings: how long they last when they are aired, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.errors import BroadcastError
from broadcast.workflow.segments import RATE

if TYPE_CHECKING:
    from broadcast.audio.loudness import Samples
    from broadcast.speech.recording import Streamed
    from broadcast.speech.recording_check import Doubt

WHOLE = 600.0
"""Seconds of a recording that is looked at as a whole; longer ones are looked at in pieces."""

PIECE = 15.0
"""Seconds of such a piece."""


def recording_seconds(path: Path) -> float | None:
    """Seconds of a recording without silence at its ends; None where it cannot be decoded."""
    return _looked_at(path)[0]


def recording_doubts(path: Path) -> tuple[Doubt, ...]:
    """What is wrong with how it was made: clipping, noise, length; none if it cannot be decoded."""
    return _looked_at(path)[1]


def _looked_at(path: Path) -> tuple[float | None, tuple[Doubt, ...]]:
    try:
        now = path.stat()
    except OSError:
        return None, ()
    return _examined(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=256)
def _examined(path: Path, changed: int, size: int) -> tuple[float | None, tuple[Doubt, ...]]:
    del changed, size  # they only tell one state of the file from another
    from broadcast.speech.recording import (  # noqa: PLC0415 - heavy decoders
        examine_recording,
        stream_recording,
    )

    try:
        streamed = stream_recording(path, RATE)
        if streamed.seconds > WHOLE:
            return round(streamed.seconds, 2), tuple(_long_doubts(streamed))
        speech, doubts = examine_recording(path, RATE)
    except BroadcastError:
        return None, ()
    return round(speech.seconds, 2), doubts


def _long_doubts(streamed: Streamed) -> Iterator[Doubt]:
    """What is wrong with a recording too long to be looked at as a whole: with pieces of it."""
    from broadcast.speech.recording_check import Doubt, doubts  # noqa: PLC0415 - needs numpy

    found: dict[str, Doubt] = {}
    for piece in _pieces(streamed):
        for doubt in doubts(piece, piece, RATE):
            found.setdefault(doubt.mend, doubt)
    yield from found.values()
    yield Doubt(f"dài {streamed.seconds / 60:.0f} phút", "chia thành nhiều bản ghi ngắn hơn")


def _pieces(streamed: Streamed) -> Iterator[Samples]:
    """Pieces of PIECE seconds; what is left at the end is too short to tell anything."""
    import numpy as np  # noqa: PLC0415

    held: list[Samples] = []
    size = 0
    for block in streamed.blocks():
        held.append(block)
        size += block.size
        if size >= PIECE * RATE:
            yield np.concatenate(held)
            held, size = [], 0
