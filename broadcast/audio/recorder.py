"""Recording a person at this machine, with a level to look at; each take replaces the one before.

The microphone is reached in a process of its own, for the reasons of `speakers`.
"""

from __future__ import annotations

import math
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Lock, Thread, Timer
from typing import TYPE_CHECKING, NamedTuple

from broadcast.audio.recorder_worker import NO_DEVICE, READY
from broadcast.audio.speakers import BACKENDS
from broadcast.errors import SoundError

if TYPE_CHECKING:
    from broadcast.audio.loudness import Samples

RATE = 22_050
"""Samples a second, as programmes have them."""

LONGEST = 300
"""Seconds of one take; a line that is longer was forgotten to be ended."""

SILENCE = -90.0
"""dBFS of nothing at all."""

METER = 60.0
"""dB that a meter shows, up to full scale."""

PATIENCE = 20.0
"""Seconds in which a microphone has to open, the program beside included, on an old machine."""

_WORKER = "broadcast.audio.recorder_worker"
_CHUNK = 4096
_BYTES = 2
_FULL = 32_768


class Level(NamedTuple):
    """How loud the last moment was: `peak` in dBFS, `clipped` if it was too loud, and seconds."""

    peak: float
    clipped: bool
    seconds: float

    @property
    def share(self) -> float:
        """How far it fills a meter of METER dB, 0 to 1."""
        return meter_share(self.peak)


class Recorder:
    """Takes of one line, one after the other.

    Args:
        tell: called with the level, some twenty times a second, from another thread.
        backends: miniaudio's names of ways to a microphone; NULL records silence, for tests.
    """

    def __init__(
        self,
        tell: Callable[[Level], None] = lambda _level: None,
        backends: Sequence[str] = BACKENDS,
        worker: str = _WORKER,
        patience: float = PATIENCE,
    ) -> None:
        self._tell = tell
        self._backends = backends
        self._worker = worker
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None
        self._reader: Thread | None = None
        self._taken = bytearray()
        self._guard = Lock()

    def start(self) -> None:
        """Begin a take; the one before is forgotten.

        Raises:
            SoundError: there is no microphone, it does not answer, or was closed meanwhile.
        """
        self.close()
        self._taken = bytearray()
        try:
            process = self._open()
        except OSError as error:
            raise _failed(str(error)) from error
        self._process = process
        answer = self._answer(process)
        if answer != READY or self._process is not process:
            self.close()
            none = "máy này không có micrô" if answer == NO_DEVICE else "micrô không trả lời"
            raise _failed(none)
        self._reader = Thread(target=self._read, args=(process,), daemon=True)
        self._reader.start()

    def stop(self) -> Samples:
        """End the take: its samples, 16-bit mono at RATE; it stays until the next `start`.

        Raises:
            SoundError: nothing came from the microphone.
        """
        import numpy as np  # noqa: PLC0415 - heavy

        self.close()
        with self._guard:
            whole = bytes(self._taken[: len(self._taken) // _BYTES * _BYTES])
        if not whole:
            raise _failed("micrô không ghi được gì")
        return np.frombuffer(whole, "<i2").astype(np.int16)

    def close(self) -> None:
        """Let go of the microphone, also of one that opens in another thread; twice is fine."""
        process, self._process = self._process, None
        reader, self._reader = self._reader, None
        if process is None:
            return
        process.kill()
        if reader:
            reader.join()
        for pipe in (process.stdin, process.stdout):
            if pipe:
                with suppress(OSError):
                    pipe.close()
        process.wait()

    def _answer(self, process: subprocess.Popen[bytes]) -> bytes:
        """What the worker says of the microphone; nothing if its driver hangs."""
        assert process.stdout  # noqa: S101 - it is a pipe, for mypy
        watch = Timer(self._patience, process.kill)
        watch.daemon = True
        watch.start()
        try:
            return process.stdout.readline()
        except ValueError:  # closed from another thread before it was read
            return b""
        finally:
            watch.cancel()

    def _open(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-P", "-m", self._worker, str(RATE), *self._backends],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )

    def _read(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout  # noqa: S101 - it is a pipe, for mypy
        read = getattr(process.stdout, "read1", process.stdout.read)
        while data := read(_CHUNK):
            with self._guard:
                if len(self._taken) < LONGEST * RATE * _BYTES:
                    self._taken += data
                seconds = len(self._taken) / _BYTES / RATE
            self._tell(level(data, seconds))


def meter_share(peak: float) -> float:
    """Where on a meter of METER dB a level in dBFS is, 0 to 1."""
    return max(0.0, min(1.0, 1 + peak / METER))


def level(data: bytes, seconds: float = 0.0) -> Level:
    """The level of 16-bit samples."""
    values = memoryview(data[: len(data) // _BYTES * _BYTES]).cast("h")
    peak = max((abs(one) for one in values), default=0)
    db = 20 * math.log10(peak / _FULL) if peak else SILENCE
    return Level(round(db, 1), peak >= _FULL - 1, seconds)


def _failed(happened: str) -> SoundError:
    mend = "cắm micrô, cho phép chương trình dùng micrô, hoặc ghi bằng điện thoại rồi chép tệp vào"
    return SoundError("Chưa thu được tiếng", happened, mend)
