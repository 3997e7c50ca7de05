"""The process in which loudspeakers are played on: 16-bit mono samples on stdin, words on stdout.

A word a line: how many samples were heard so far, and at last END or why it ended otherwise. It
is started for one sound and ended by killing it.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Generator
from typing import Any

from broadcast.audio.device import opened

END = "end"
"""Everything was heard."""

NO_DEVICE = "no device"
"""There is nothing to play on."""

STALLED = "stalled"
"""The device takes no more samples: unplugged, most likely."""

BUFFER = 0.1
"""Seconds that the device holds: what was handed over is heard so much later."""

TELL_EVERY = 0.1
PATIENCE = 3.0
"""Seconds without progress after which the device counts as stalled."""

_BYTES = 2


class Tape:
    """Samples that a device takes from, piece by piece; after them comes silence."""

    def __init__(self, samples: bytes) -> None:
        self._samples = memoryview(samples)
        self.taken = 0

    def feed(self) -> Generator[bytes, int, None]:
        """What miniaudio asks for, so many frames at a time."""
        frames = yield b""
        while True:
            start, size = self.taken * _BYTES, frames * _BYTES
            piece = bytes(self._samples[start : start + size])
            self.taken += frames
            frames = yield piece.ljust(size, b"\0")

    @property
    def length(self) -> int:
        """Samples there are."""
        return len(self._samples) // _BYTES


def play(device: Any, tape: Tape, rate: int) -> str:
    """Play the tape and print how far it is; the last word."""
    feed = tape.feed()
    next(feed)
    device.start(feed)
    delay, seen, since = round(BUFFER * rate), 0, time.monotonic()
    while tape.taken < tape.length + delay:
        time.sleep(TELL_EVERY)
        if tape.taken > seen:
            seen, since = tape.taken, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            return STALLED
        print(min(max(seen - delay, 0), tape.length), flush=True)  # noqa: T201 - the protocol
    return END


def main() -> None:
    """Play what comes on stdin."""
    rate, *backends = sys.argv[1:]
    try:
        device = opened("PlaybackDevice", int(rate), BUFFER, backends)
    except (ImportError, OSError, RuntimeError):
        print(NO_DEVICE, flush=True)  # noqa: T201 - the protocol
        return
    with device:
        print(play(device, Tape(sys.stdin.buffer.read()), int(rate)), flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
