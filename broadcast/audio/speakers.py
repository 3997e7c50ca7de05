"""The machine's loudspeakers, reached through miniaudio in a process of its own.

Sound libraries print to the terminal (ALSA does when there is no card), which would spoil the
screen that is drawn there, and a busy Python thread makes sound stutter: in `speakers_worker`
neither happens, and stopping is ending the process.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from threading import Event, Thread
from typing import TYPE_CHECKING

from broadcast.audio.speakers_worker import END, NO_DEVICE
from broadcast.errors import SoundError

if TYPE_CHECKING:
    from broadcast.audio.loudness import Samples

LOOK_EVERY = 0.05
"""Seconds between two looks at whether to stop."""

BACKENDS = (
    "WASAPI", "DSOUND", "WINMM", "COREAUDIO", "SNDIO", "AUDIO4", "OSS", "PULSEAUDIO", "ALSA",
)  # fmt: skip
"""Ways to loudspeakers by miniaudio's names. Never NULL: it plays to nobody, and she would wait."""

_WORKER = "broadcast.audio.speakers_worker"


class Speakers:
    """Player "speakers".

    Args:
        backends: miniaudio's names of the ways to try; others than BACKENDS only in tests.
        worker: the module that plays; another one only to try what happens when it fails.
    """

    def __init__(self, backends: Sequence[str] = BACKENDS, worker: str = _WORKER) -> None:
        self._backends = backends
        self._worker = worker

    def play(self, samples: Samples, rate: int, stop: Event, tell: Callable[[float], None]) -> bool:
        """Let `samples` be heard; whether to their end."""
        process = self._start(rate)
        over = Event()
        watch = Thread(target=_end_when, args=(stop, over, process), daemon=True)
        watch.start()
        try:
            last = _follow(process, samples, rate, tell)
        finally:
            over.set()
            watch.join()
            _end(process)
        if last == END:
            return True
        if stop.is_set():
            return False
        raise _failed(last)

    def _start(self, rate: int) -> subprocess.Popen[bytes]:
        try:
            return subprocess.Popen(
                [sys.executable, "-P", "-m", self._worker, str(rate), *self._backends],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise _failed(str(error)) from error


def _follow(
    process: subprocess.Popen[bytes], samples: Samples, rate: int, tell: Callable[[float], None]
) -> str:
    """Hand over the sound and tell how far it is; the worker's last word, "" if it just ended."""
    assert process.stdin and process.stdout  # noqa: S101 - both are pipes, for mypy
    with suppress(OSError):  # it was stopped, or has no device: its last word says which
        process.stdin.write(samples.tobytes())
        process.stdin.close()
    word = ""
    for line in process.stdout:
        word = line.decode().strip()
        if word.isdecimal():
            tell(int(word) / rate)
    return word


def _end_when(stop: Event, over: Event, process: subprocess.Popen[bytes]) -> None:
    while not over.wait(LOOK_EVERY):
        if stop.is_set():
            process.kill()
            return


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):
                pipe.close()
    process.wait()


def _failed(word: str) -> SoundError:
    title = "Không nghe được qua loa"
    mend = "cắm loa hoặc tai nghe rồi thử lại, hoặc lưu thành tệp để nghe ở máy khác"
    if word == NO_DEVICE:
        return SoundError(title, "máy này không có loa hoặc card âm thanh", mend)
    told = f" (máy báo: {word})" if word and not word.isdecimal() else ""
    return SoundError(title, f"loa ngừng giữa chừng{told}", mend)
