"""Sounds for the tests of programme audio: made from formulas, the same on every machine."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import numpy.typing as npt

from broadcast.audio.segment import read_segment

Samples = npt.NDArray[np.int16]

RATE = 22050


def voice(seconds: float, pitch: int = 150, level: float = 6000.0) -> Samples:
    """Something like speech: a buzz of many partials in syllables of a third of a second."""
    time = np.arange(int(seconds * RATE)) / RATE
    sound = np.resize(_buzz(pitch), time.size)
    breath = 0.05 * np.random.default_rng(7).standard_normal(time.size)
    syllables = np.clip(np.sin(2 * np.pi * 3 * time), 0, 1) ** 0.5
    return cut((sound + breath) * syllables * level)


@cache
def _buzz(pitch: int) -> npt.NDArray[np.float64]:
    """A second of a buzz, which is the same every second."""
    time = np.arange(RATE) / RATE
    partials = [np.sin(2 * np.pi * pitch * k * time + k * k) / k for k in range(1, 40)]
    return np.asarray(np.sum(partials, axis=0))


def tone(seconds: float, frequency: float, level: float, phase: float = 0.0) -> Samples:
    """A sine."""
    time = np.arange(int(seconds * RATE)) / RATE
    return cut(level * np.sin(2 * np.pi * frequency * time + phase))


def noise(seconds: float, level: float) -> Samples:
    """White noise."""
    return cut(level * np.random.default_rng(3).standard_normal(int(seconds * RATE)))


def silence(seconds: float) -> Samples:
    """Nothing."""
    return np.zeros(int(seconds * RATE), dtype=np.int16)


def cut(sound: npt.NDArray[np.float64]) -> Samples:
    """Rounded to 16 bit, cut off at full scale."""
    return np.rint(np.clip(sound, -32768, 32767)).astype(np.int16)


def frames_of(entry: BytesIO) -> bytes:
    """The MP3 frames of a segment's entry."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a"
        path.write_bytes(entry.getvalue())
        segment = read_segment(path)
        assert segment
        return b"".join(segment.portions())
