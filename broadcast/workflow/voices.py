"""Which voices read a script's two parts."""

from __future__ import annotations

from broadcast.domain.station import Station
from broadcast.errors import BroadcastError


def one_voice(station: Station, engine: str | None = None) -> str:
    """What to tell where one voice reads both parts, "" where there are two.

    An engine that cannot be opened, or not with the station's voices, is told of when it reads.

    Args:
        engine: its name; None: the station's.
    """
    from broadcast.speech.engine import open_engine  # noqa: PLC0415 - engines are heavy

    name = engine or station.voices.engine
    voices = station.voices
    if name == "auto":
        return ""  # which voice it was is told with each programme
    try:
        with open_engine(name) as reader:
            woman, man = (reader.speaker(part, voices) for part in ("NỮ", "NAM"))
    except BroadcastError:
        return ""
    if woman != man:
        return ""
    return f"Bộ đọc {name} dùng một giọng ({woman.speaker}): giọng ấy đọc cả lời NỮ lẫn lời NAM."
