"""The process in which a microphone is listened to: samples on stdout until it is ended.

First a line, READY or NO_DEVICE, then 16-bit mono samples, little-endian, as they come.
"""

from __future__ import annotations

import sys
from collections.abc import Generator
from typing import Any, BinaryIO

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


def opened(rate: int, backends: list[str]) -> Any:
    """The machine's microphone.

    Raises:
        ImportError, OSError: the sound library cannot be loaded.
        RuntimeError: there is none.
    """
    sys.modules["numpy"] = None  # type: ignore[assignment] # as in speakers_worker
    import miniaudio  # noqa: PLC0415 - without numpy

    try:
        return miniaudio.CaptureDevice(
            nchannels=1,
            sample_rate=rate,
            buffersize_msec=round(BUFFER * 1000),
            backends=[miniaudio.Backend[name] for name in backends],
            app_name="broadcast",
        )
    except miniaudio.MiniaudioError as error:
        raise RuntimeError(str(error)) from error


def main() -> None:
    """Listen until stdin ends."""
    rate, *backends = sys.argv[1:]
    out = sys.stdout.buffer
    try:
        device = opened(int(rate), backends)
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
