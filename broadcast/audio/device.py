"""Opening the machine's sound devices, in the small processes that own one."""

from __future__ import annotations

import sys
from typing import Any, Literal

Kind = Literal["PlaybackDevice", "CaptureDevice"]
"""Loudspeakers or a microphone, as miniaudio calls them."""


def opened(kind: Kind, rate: int, buffer: float, backends: list[str]) -> Any:
    """The machine's device, mono, 16 bits.

    Args:
        rate: Hz.
        buffer: seconds that the device holds.
        backends: miniaudio's names of what to try, none for its own order.

    Raises:
        ImportError, OSError: the sound library cannot be loaded.
        RuntimeError: there is no device.
    """
    # It would be loaded only to see whether samples come as arrays of its kind.
    sys.modules["numpy"] = None  # type: ignore[assignment]
    import miniaudio  # noqa: PLC0415 - without numpy

    try:
        return getattr(miniaudio, kind)(
            nchannels=1,
            sample_rate=rate,
            buffersize_msec=round(buffer * 1000),
            backends=[miniaudio.Backend[name] for name in backends],
            app_name="broadcast",
        )
    except miniaudio.MiniaudioError as error:
        raise RuntimeError(str(error)) from error
