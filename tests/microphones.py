"""A microphone that hears what a test says, for everything in which a person reads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import pytest

from broadcast.audio import recorder
from broadcast.audio.loudness import Samples
from broadcast.audio.recorder import RATE, Level, Recorder
from broadcast.errors import SoundError


def tone(seconds: float = 4.0, loudness: float = 0.3) -> Samples:
    """Somebody who speaks four fifths of every second, with silence around.

    Args:
        loudness: of full scale; from 1 on it is cut off.
    """
    time = np.arange(round(seconds * RATE)) / RATE
    speech = 32_767 * loudness * np.sin(2 * np.pi * 150 * time) * (time % 1 < 0.8)
    silence = np.zeros(RATE // 2)
    whole = np.concatenate([silence, speech, silence])
    return np.clip(whole, -32_768, 32_767).astype(np.int16)


@dataclass
class Microphone:
    """Hears `sounds` one after the other, the last one again and again; `missing`: there is none.

    `level` is told as each take begins.
    """

    sounds: list[Samples] = field(default_factory=lambda: [tone()])
    missing: bool = False
    level: Level = Level(-9.0, False, 1.4)  # noqa: RUF009 - it cannot be changed
    open: int = 0
    """How many takes are going on."""

    def recorder(self, tell: Callable[[Level], None] = lambda _level: None) -> Microphone:
        """What is called in the place of Recorder."""
        self._tell = tell
        return self

    def start(self) -> None:
        """Hear, or say that there is no microphone."""
        if self.missing:
            raise SoundError("Chưa thu được tiếng", "máy này không có micrô", "cắm micrô")
        self.open += 1
        self._tell(self.level)

    def stop(self) -> Samples:
        """What was heard."""
        self.close()
        return self.sounds.pop(0) if len(self.sounds) > 1 else self.sounds[0]

    def close(self) -> None:
        """Hear no more."""
        self.open = 0


@pytest.fixture
def microphone(monkeypatch: pytest.MonkeyPatch) -> Microphone:
    """A microphone of the test's own in the place of the machine's."""
    made = Microphone()
    monkeypatch.setattr(recorder, "Recorder", made.recorder)
    return made


@pytest.fixture
def null_microphone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real recorder on a device that hears nothing."""
    monkeypatch.setattr(recorder, "Recorder", partial(Recorder, backends=["NULL"]))
