"""People's recordings: how long they last when they are aired."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from broadcast.errors import BroadcastError

RATE = 22050
"""Samples a second at which they are measured, as programmes have them."""


def recording_seconds(path: Path) -> float | None:
    """Seconds of a recording without silence at its ends; None where it cannot be decoded."""
    try:
        now = path.stat()
    except OSError:
        return None
    return _seconds(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=256)
def _seconds(path: Path, changed: int, size: int) -> float | None:
    del changed, size  # they only tell one state of the file from another
    from broadcast.speech.recording import read_recording  # noqa: PLC0415 - decoders are heavy

    try:
        return round(read_recording(path, RATE).seconds, 2)
    except BroadcastError:
        return None
