"""Lines already read, kept as samples: an unchanged line is not synthesized again."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from broadcast.domain.approval import heard_digest
from broadcast.keeping import Shelf
from broadcast.speech.engine import Engine, Speech, UntilClosed, Voice, clean
from broadcast.vietnamese.pauses import seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcast.domain.script import Speaker
    from broadcast.domain.station import Voices
    from broadcast.vietnamese.pauses import Pause

LARGEST = 500_000_000
"""Bytes that a cache may keep: three hours of speech, about three weeks of a busy station."""

SUFFIX = ".pcm"

_HEAD = struct.Struct("<4sIII")
_MAGIC = b"BCS1"
_SAMPLES = np.dtype("<i2")


class SpeechCache:
    """Speech by key in `folder`: a head of 16 bytes and the samples.

    The head is b"BCS1", the rate in Hz, the number of samples and their CRC-32, little-endian. An
    entry that does not match its head counts as missing.
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self._shelf = Shelf(folder, SUFFIX, "Không lưu được giọng đọc", largest)
        self.folder = folder
        self.path = self._shelf.path
        self.prune = self._shelf.prune

    def get(self, key: str) -> Speech | None:
        """The speech kept for `key`; None if there is none, or it is damaged or unreadable."""
        data = self._shelf.get(key)
        return None if data is None else _unpack(data)

    def put(self, key: str, speech: Speech) -> None:
        """Keep `speech` for `key`; it appears whole or not at all.

        Raises:
            StorageError: the folder cannot be written to, or the disk is full.
        """
        self._shelf.put(key, _pack(speech))


class CachingEngine(UntilClosed):
    """An engine with a cache before it; closing it closes the engine and prunes the cache.

    `made` and `reused` count the lines synthesized and those taken from the cache.
    """

    def __init__(self, engine: Engine, cache: SpeechCache) -> None:
        self._engine = engine
        self._cache = cache
        self.made = 0
        self.reused = 0

    @property
    def name(self) -> str:
        """The engine's name."""
        return self._engine.name

    @property
    def identity(self) -> str:
        """The engine's identity."""
        return self._engine.identity

    @property
    def speakers(self) -> tuple[str, ...]:
        """The engine's speakers."""
        return self._engine.speakers

    def speaker(self, part: Speaker, voices: Voices) -> Voice:
        """The engine's voice for `part`."""
        return self._engine.speaker(part, voices)

    def synthesize(self, text: str, voice: Voice, pauses: Sequence[Pause] = ()) -> Speech:
        """What was kept for this text and voice, or else the engine's reading, kept from now on."""
        key = speech_key(self.identity, text, voice, pauses)
        if (kept := self._cache.get(key)) is not None:
            self.reused += 1
            return kept
        speech = self._engine.synthesize(text, voice, pauses)
        self._cache.put(key, speech)
        self.made += 1
        return speech

    def close(self) -> None:
        """Close the engine and let go of what is too much in the cache."""
        self._engine.close()
        self._cache.prune()


def speech_key(identity: str, text: str, voice: Voice, pauses: Sequence[Pause] = ()) -> str:
    """64 hex digits that differ when the engine, the voice or what is heard of the text does."""
    silences = " ".join(f"{pause.at}:{seconds(pause, voice.rate):.3f}" for pause in pauses)
    said = (clean(text), silences) if pauses else (clean(text),)
    who = f"{voice.speaker} {voice.files}".rstrip()
    return heard_digest((identity, who, str(voice.rate), voice.region, *said))


def _pack(speech: Speech) -> bytes:
    samples = np.ascontiguousarray(speech.samples, _SAMPLES).tobytes()
    return _HEAD.pack(_MAGIC, speech.rate, len(speech.samples), zlib.crc32(samples)) + samples


def _unpack(data: bytes) -> Speech | None:
    """The entry's speech, read-only; None if anything about it is not as its head says."""
    if len(data) < _HEAD.size:
        return None
    magic, rate, count, checksum = _HEAD.unpack_from(data)
    samples = memoryview(data)[_HEAD.size :]
    whole = len(samples) == count * _SAMPLES.itemsize and zlib.crc32(samples) == checksum
    if magic != _MAGIC or not rate or not whole:
        return None
    return Speech(np.frombuffer(samples, _SAMPLES), rate)
