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
from math import inf
from pathlib import Path
from typing import BinaryIO

import numpy as np

from broadcast.audio.blocks import Levels
from broadcast.audio.frames import FrameCounter
from broadcast.audio.levelling import Blocks, Measured, Wanted, levelled
from broadcast.audio.loudness import PeakMeter, floats
from broadcast.audio.mp3 import Encoder, decoded_blocks

SUFFIX = ".seg"

FORMAT = 4
"""Counted up when the same item would become other frames, or an entry is written otherwise."""

ATTEMPTS = 3
"""Times that an item is encoded at most; one in forty needs a second."""

FURTHER = 0.3
"""dB by which a peak is taken down beyond what it was too high."""

_HEAD = struct.Struct("<4sI20s")
"""Magic, CRC-32 of frames, levels and counts, counts."""

_COUNTS = struct.Struct("<IIIIf")
"""Samples, frames, bytes of frames, levels, true peak (dBTP)."""

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

    What coding adds to true peaks is known only afterwards: the item is decoded, and where a peak
    came out too high it is limited further and encoded again.

    Args:
        file: empty, open for reading, writing and seeking.
        blocks: the item's sound.

    Raises:
        EncoderError: LAME refused the settings.
    """
    lower = 0.0
    for _ in range(ATTEMPTS):
        entry = _Entry(file)
        made = _encoded(entry, blocks, wanted, lower)
        peak = _decoded_peak(file, entry.size, wanted.rate)
        if peak <= wanted.sound.true_peak:
            break
        lower += peak - wanted.sound.true_peak + FURTHER
    entry.finish(made, peak)


def _encoded(entry: _Entry, blocks: Blocks, wanted: Wanted, lower: float) -> Measured:
    encoder = Encoder(wanted.rate, wanted.sound.bitrate)
    made = levelled(blocks, wanted, lambda samples: entry.add(encoder.add(samples)), lower)
    entry.add(encoder.finish())
    return made


class _Entry:
    """An entry that is being written, in place of anything in the file."""

    def __init__(self, file: BinaryIO) -> None:
        self.size = 0
        self._file = file
        self._counter = FrameCounter()
        self._checksum = 0
        file.seek(0)
        file.truncate()
        file.write(bytes(_HEAD.size))

    def add(self, frames: bytes) -> None:
        """Write the next frames; whole or in pieces."""
        self._counter.add(frames)
        self._checksum = zlib.crc32(frames, self._checksum)
        self.size += len(frames)
        self._file.write(frames)

    def finish(self, made: Measured, true_peak: float) -> None:
        """Write what was measured, and the head."""
        levels = made.levels.astype(_CENTI).tobytes()
        counts = _COUNTS.pack(
            made.samples, self._counter.frames, self.size, made.levels.size, true_peak
        )
        checksum = zlib.crc32(counts, zlib.crc32(levels, self._checksum))
        self._file.seek(_HEAD.size + self.size)
        self._file.write(levels)
        self._file.seek(0)
        self._file.write(_HEAD.pack(_MAGIC, checksum, counts))


def _decoded_peak(file: BinaryIO, size: int, rate: int) -> float:
    """dBTP of the entry's frames as a player decodes them."""
    if not size:
        return -inf
    file.seek(_HEAD.size)
    meter = PeakMeter()
    for block in decoded_blocks(file, size, rate):
        meter.add(floats(block))
    return meter.result()


def read_segment(path: Path) -> Segment | None:
    """The entry at `path`; None if there is none, or anything of it is not as its head says."""
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD.size)
            if len(head) < _HEAD.size:
                return None
            magic, checksum, counts = _HEAD.unpack(head)
            samples, frames, size, count, peak = _COUNTS.unpack(counts)
            found, left, rest = 0, size, b""
            while data := file.read(_PORTION):
                found = zlib.crc32(data, found)
                rest += data[left:] if left < len(data) else b""
                left = max(0, left - len(data))
    except OSError:
        return None
    found = zlib.crc32(counts, found)
    if magic != _MAGIC or found != checksum or len(rest) != count * _CENTI.itemsize:
        return None
    levels = np.frombuffer(rest, _CENTI).astype(np.int16)
    return Segment(path, samples, frames, size, levels, peak)
