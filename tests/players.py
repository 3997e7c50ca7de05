"""A player that makes no sound, for everything that lets something be heard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event

import pytest

from broadcast.audio.loudness import Samples
from broadcast.audio.player import PLAYERS, SPEAKERS
from broadcast.errors import SoundError


@dataclass
class SilentPlayer:
    """Notes what it is given; `deaf` makes it a machine without a sound card.

    It ends at once, or with `waits` when it is stopped.
    """

    deaf: bool = False
    waits: bool = False
    played: list[tuple[int, int]] = field(default_factory=list)
    """How many samples, and how many a second, of each sound."""

    def play(self, samples: Samples, rate: int, stop: Event, tell: Callable[[float], None]) -> bool:
        """Be through with it at once, or wait to be stopped."""
        if self.deaf:
            raise SoundError("Không nghe được qua loa", "máy này không có loa", "lưu thành tệp")
        self.played.append((len(samples), rate))
        tell(len(samples) / rate / 2)
        if self.waits:
            stop.wait(30)
        if stop.is_set():
            return False
        tell(len(samples) / rate)
        return True


CURRENT = SilentPlayer()
"""The player of the test that runs."""


def current() -> SilentPlayer:
    """What the registry calls."""
    return CURRENT


@pytest.fixture
def player(monkeypatch: pytest.MonkeyPatch) -> SilentPlayer:
    """A silent player in the place of the machine's loudspeakers."""
    silent = SilentPlayer()
    monkeypatch.setattr(f"{__name__}.CURRENT", silent)
    monkeypatch.setitem(PLAYERS, SPEAKERS, f"{__name__}:current")
    return silent
