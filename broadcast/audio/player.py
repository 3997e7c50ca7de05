"""What plays sound for the person at this machine, and which players there are.

Importing this module loads neither a sound library nor numpy.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from threading import Event
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from broadcast.audio.loudness import Samples

SPEAKERS = "speakers"
"""The player of everyday: the machine's own loudspeakers or headphones."""

PLAYERS: dict[str, str] = {SPEAKERS: "broadcast.audio.speakers:Speakers"}
"""Where each player is, by name; tests put one here that makes no sound."""


class Player(Protocol):
    """Plays one sound after the other; `play` keeps its thread until the sound is over."""

    def play(self, samples: Samples, rate: int, stop: Event, tell: Callable[[float], None]) -> bool:
        """Let `samples` be heard.

        Args:
            samples: 16-bit mono.
            rate: samples a second.
            stop: ends it within 0.2 seconds.
            tell: called with the seconds heard so far, several times a second, never backwards.

        Returns:
            Whether it was heard to its end.

        Raises:
            SoundError: the machine has nothing to play on, or that failed on the way.
        """
        ...


def open_player(name: str = SPEAKERS) -> Player:
    """The player of that name; only its module is loaded."""
    module, _, factory = PLAYERS[name].partition(":")
    return cast("Player", getattr(import_module(module), factory)())
