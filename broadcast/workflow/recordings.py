"""People's recordings: how long they last when they are aired, and what is wrong with them."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.errors import BroadcastError

if TYPE_CHECKING:
    from broadcast.speech.recording_check import Doubt

RATE = 22050
"""Samples a second at which they are measured, as programmes have them."""


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
    from broadcast.speech.recording import examine_recording  # noqa: PLC0415 - heavy decoders

    try:
        speech, doubts = examine_recording(path, RATE)
    except BroadcastError:
        return None, ()
    return round(speech.seconds, 2), doubts
