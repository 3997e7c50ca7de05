"""One item of a programme as MP3 frames of its own, with what was measured: written, and read back.

Encoded by itself, with an empty reservoir at its start, an item's frames can stand between any
others (see `joining`). An entry is a head, the frames, and the levels of its blocks; frames are
written as they come, so an hour's recording is never in memory.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np

from broadcast.audio.frames import FrameCounter
from broadcast.audio.levelling import Blocks, Wanted, levelled
from broadcast.audio.levels import Levels
from broadcast.audio.loudness import Samples
from broadcast.audio.mp3 import Encoder

SUFFIX = ".seg"

FORMAT = 1
"""Counted up when the same item would become other frames, or an entry is written otherwise."""

_HEAD = struct.Struct("<4sIIIIIf")
"""Magic, CRC-32 of all that follows, samples, frames, bytes of frames, levels, true peak (dBTP)."""

_MAGIC = b"BSG1"
_CENTI = np.dtype("<i2")
_PORTION = 1 << 16


@dataclass(frozen=True, slots=True, eq=False)
class Segment:
    """A kept item: where it is, samples of sound, MP3 frames, their bytes, levels, dBTP."""

    path: Path
    samples: int
    frames: int
    size: int
    levels: Levels
    true_peak: float

    def portions(self) -> Iterator[bytes]:
        """The frames' bytes.

        Raises:
            OSError: it cannot be read any more.
        """
        left = self.size
        with self.path.open("rb") as file:
            file.seek(_HEAD.size)
            while left:
                data = file.read(min(left, _PORTION))
                if not data:
                    raise EOFError(self.path)
                left -= len(data)
                yield data


def write_segment(file: BinaryIO, blocks: Blocks, wanted: Wanted) -> None:
    """Level and encode an item into an entry.

    Args:
        file: empty, open for writing and seeking.
        blocks: the item's sound.

    Raises:
        EngineError: LAME refused the settings.
    """
    encoder = Encoder(wanted.rate, wanted.sound.bitrate)
    counter, checksum, size = FrameCounter(), 0, 0

    def write(data: bytes) -> None:
        nonlocal checksum, size
        counter.add(data)
        checksum, size = zlib.crc32(data, checksum), size + len(data)
        file.write(data)

    def take(samples: Samples) -> None:
        write(encoder.add(samples))

    file.write(bytes(_HEAD.size))
    made = levelled(blocks, wanted, take)
    write(encoder.finish())
    levels = made.levels.astype(_CENTI).tobytes()
    file.write(levels)
    checksum = zlib.crc32(levels, checksum)
    file.seek(0)
    file.write(
        _HEAD.pack(
            _MAGIC, checksum, made.samples, counter.frames, size, made.levels.size, made.true_peak
        )
    )


def read_segment(path: Path) -> Segment | None:
    """The entry at `path`; None if there is none, or anything of it is not as its head says."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD.size)
            if len(head) < _HEAD.size:
                return None
            magic, checksum, samples, frames, size, count, peak = _HEAD.unpack(head)
            found, left, rest = 0, size, b""
            while data := file.read(_PORTION):
                found = zlib.crc32(data, found)
                rest += data[left:] if left < len(data) else b""
                left = max(0, left - len(data))
    except OSError:
        return None
    if magic != _MAGIC or found != checksum or len(rest) != count * _CENTI.itemsize:
        return None
    levels = np.frombuffer(rest, _CENTI).astype(np.int16)
    return Segment(path, samples, frames, size, levels, peak)
