"""A script's lines into one sound: read by an engine, mixed with cues, mastered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from broadcast.domain.station import Station
from broadcast.errors import EngineError
from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import HeardLine, Hearing, pause_before

if TYPE_CHECKING:
    from broadcast.audio.loudness import Loudness, Samples
    from broadcast.audio.mix import Part
    from broadcast.speech.engine import Engine

RATE = 22050
"""Samples a second of every programme; horns carry no more, and every player takes it."""


def open_reader(workspace: Workspace, name: str) -> Engine:
    """The engine with the workspace's cache before it: unchanged lines are not read again.

    Raises:
        InputError, EngineError: as `speech.engine.open_engine`.
    """
    from broadcast.speech.cache import CachingEngine, SpeechCache  # noqa: PLC0415 - needs numpy
    from broadcast.speech.engine import open_engine  # noqa: PLC0415

    return CachingEngine(open_engine(name), SpeechCache(workspace.cache / "speech"))


def programme(
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    tell: Callable[[int], None] = lambda _line: None,
) -> tuple[Samples, Loudness]:
    """All that is heard of a script without blockers, mixed and mastered for loudspeakers.

    Args:
        tell: called with the number of lines done, before each line and at the end.

    Returns:
        16-bit mono samples at RATE, and the loudness an MP3 of them will have.
    """
    from broadcast.audio.loudness import master  # noqa: PLC0415 - numpy is heavy
    from broadcast.audio.mix import mix  # noqa: PLC0415

    samples = mix(_parts(workspace, station, hearing, engine, tell), RATE)
    tell(len(hearing.lines))
    return master(samples, RATE, station.sound, out=samples)


def _parts(
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    tell: Callable[[int], None],
) -> Iterator[Part]:
    from broadcast.audio.mix import PausePart, spoken_part  # noqa: PLC0415

    previous: str | None = None
    for number, heard in enumerate(hearing.lines):
        tell(number)
        if heard.line.cue:
            previous = None
            yield _cue_part(workspace, heard)
            continue
        speaker = heard.line.speaker
        if pause := pause_before(previous, speaker):
            yield PausePart(pause)
        voice = engine.speaker(speaker, station.voices)
        speech = engine.synthesize(heard.spoken, voice)
        if speech.rate != RATE:
            happened = f"bộ đọc {engine.name} cho {speech.rate} mẫu/giây, cần {RATE}"
            raise EngineError("Không dùng được bộ đọc này", happened, "chọn bộ đọc khác")
        yield spoken_part(speech.samples, speech.rate, speaker)
        previous = speaker


def _cue_part(workspace: Workspace, heard: HeardLine) -> Part:
    from broadcast.audio.mix import IdentPart, PausePart, RecordingPart  # noqa: PLC0415
    from broadcast.speech.recording import read_recording  # noqa: PLC0415

    cue = heard.line.cue
    assert cue is not None  # noqa: S101 - only cues come here
    if cue.kind == "jingle":
        return IdentPart()
    if cue.kind == "pause":
        return PausePart(cue.seconds)
    path = workspace.recording(cue.path)
    assert path is not None  # noqa: S101 - refuse_blocked has looked
    return RecordingPart(read_recording(path, RATE).samples)
