"""Lines already read, kept as samples: an unchanged line is not synthesized again.

An entry's name is the digest of all that makes its sound, so there is nothing to invalidate: what
changed has another name, and what is no longer asked for is the oldest and goes first.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from broadcast.domain.script import heard_digest
from broadcast.speech.engine import Engine, Speech, UntilClosed, Voice, clean
from broadcast.storage import storage_error
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
    """Speech by key in `folder`: <2 hex>/<62 hex>.pcm, a head of 16 bytes and the samples.

    The head is b"BCS1", the rate in Hz, the number of samples and their CRC-32, little-endian. An
    entry that does not match its head counts as missing. Several processes may share a folder.
    """

    def __init__(self, folder: Path, largest: int = LARGEST) -> None:
        self.folder = folder
        self._largest = largest
        self._grown = False
        self._numbers = itertools.count()

    def path(self, key: str) -> Path:
        """Where the entry of `key` (64 hex digits) is or would be."""
        return self.folder / key[:2] / f"{key[2:]}{SUFFIX}"

    def get(self, key: str) -> Speech | None:
        """The speech kept for `key`; None if there is none, or it is damaged or unreadable."""
        path = self.path(key)
        try:
            data = path.read_bytes()
            os.utime(path)  # what is asked for is young again
        except OSError:
            return None
        return _unpack(data)

    def put(self, key: str, speech: Speech) -> None:
        """Keep `speech` for `key`; it appears whole or not at all.

        Nothing waits for the disk here: an entry torn by a power cut fails its checksum.

        Raises:
            StorageError: the folder cannot be written to, or the disk is full.
        """
        path = self.path(key)
        draft = path.with_name(f"{key[2:10]}.{os.getpid()}.{next(self._numbers)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(_pack(speech))
            draft.replace(path)
        except OSError as error:
            raise storage_error(error, self.folder, "Không lưu được giọng đọc") from error
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        self._grown = True

    def prune(self) -> None:
        """Let the entries asked for longest ago go, until the rest fits; only if any was added."""
        if not self._grown:
            return
        self._grown = False
        kept = 0
        for _, size, path in sorted(self._entries(), reverse=True):
            kept += size
            if kept > self._largest:
                with contextlib.suppress(OSError):  # another process may be reading it; next time
                    path.unlink()

    def _entries(self) -> list[tuple[int, int, Path]]:
        """When each entry was last asked for (ns), its size in bytes, its path."""
        found = []
        for path in self.folder.glob(f"??/*{SUFFIX}"):
            with contextlib.suppress(OSError):
                about = path.stat()
                found.append((about.st_mtime_ns, about.st_size, path))
        return found


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
    return heard_digest((identity, voice.speaker, str(voice.rate), voice.region, *said))


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
