"""The process in which a microphone is listened to: samples on stdout until it is ended.

First a line, READY or NO_DEVICE, then 16-bit mono samples, little-endian, as they come.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import BinaryIO

from broadcast.audio.device import opened

READY = b"ready\n"
NO_DEVICE = b"no device\n"

BUFFER = 0.05
"""Seconds between two pieces: a level meter that lags is of no use."""


def listen(out: BinaryIO) -> Generator[None, bytes, None]:
    """Take what miniaudio hands over, piece by piece; ends when nobody reads it any more."""
    while True:
        data = yield
        out.write(data)
        out.flush()


def main() -> None:
    """Listen until stdin ends."""
    rate, *backends = sys.argv[1:]
    out = sys.stdout.buffer
    try:
        device = opened("CaptureDevice", int(rate), BUFFER, backends)
    except (ImportError, OSError, RuntimeError):
        out.write(NO_DEVICE)
        return
    with device:
        out.write(READY)
        out.flush()
        taking = listen(out)
        next(taking)
        device.start(taking)
        sys.stdin.buffer.read()


if __name__ == "__main__":
    main()
