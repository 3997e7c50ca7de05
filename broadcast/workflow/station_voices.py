"""Which engines and speakers a station may choose; an engine is loaded only to ask it."""

from __future__ import annotations

from dataclasses import replace

from broadcast.domain.station import Voices


def engines() -> tuple[str, ...]:
    """The engines an officer may choose from; nothing is loaded."""
    from broadcast.speech.engine import AUTO, engine_names  # noqa: PLC0415 - when asked for

    return (*engine_names(), AUTO)


def speakers(engine: str) -> tuple[str, ...]:
    """The names of an engine's speakers.

    Raises:
        InputError: no such engine.
        EngineError: it cannot run on this machine.
    """
    from broadcast.speech.engine import open_engine  # noqa: PLC0415 - when asked for

    with open_engine(_always_there(engine)) as opened:
        return opened.speakers


def require_voices(voices: Voices) -> None:
    """Make sure that the engine can read as the station wants it.

    Raises:
        InputError: no such engine, speaker, region or rate; the message says which there are.
        EngineError: the engine cannot run on this machine.
    """
    from broadcast.speech.engine import open_engine  # noqa: PLC0415 - when asked for

    if voices.engine == "auto":
        voices = replace(voices, engine="espeak", women="", men="")
    with open_engine(voices.engine) as opened:
        opened.speaker("NỮ", voices)
        opened.speaker("NAM", voices)


def _always_there(engine: str) -> str:
    """The engine whose speakers a station under `auto` may name: the one that is never missing."""
    return "espeak" if engine == "auto" else engine
