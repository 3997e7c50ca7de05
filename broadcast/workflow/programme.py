"""A script's lines into one sound: read by an engine, mixed with cues, mastered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from broadcast.domain.pairing import GAP, Version, language_name
from broadcast.domain.station import Station
from broadcast.errors import EngineError, InputError
from broadcast.store.voice_lines import VoiceLine
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import count_syllables, shorten
from broadcast.workflow.hearing import HeardLine, Hearing, pause_before
from broadcast.workflow.progress import Tell, part_of

if TYPE_CHECKING:
    from broadcast.audio.loudness import Loudness, Samples
    from broadcast.audio.mix import Part, SpeechPart
    from broadcast.speech.engine import Engine

RATE = 22050
"""Samples a second of every programme; horns carry no more, and every player takes it."""

READING = 0.75
"""The share of a programme's making that is reading its lines; the rest is mastering."""


class Programme(NamedTuple):
    """A programme's sound: 16-bit mono samples at RATE, the loudness an MP3 of them will have.

    `spoken` are the seconds of speech in it, without cues and the pauses between lines; `chapters`
    begin where speech does after a cue, the first of them at 0, and with each recording.
    """

    samples: Samples
    loudness: Loudness
    spoken: float
    chapters: tuple[tuple[float, str], ...] = ()


_CHAPTER = 60
"""Characters of a chapter's name."""


@dataclass(slots=True)
class _Log:
    """What is learnt while parts are made: samples until now, of them spoken, and where chapters
    begin."""

    at: int = 0
    spoken: int = 0
    chapters: list[tuple[int, str]] = field(default_factory=list)

    def passed(self, part: Part) -> Part:
        """The part, once it is counted."""
        from broadcast.audio.mix import part_size  # noqa: PLC0415 - needs numpy

        self.at += part_size(part, RATE)
        return part

    def chapter(self, title: str) -> None:
        """A chapter begins here."""
        start = self.at if self.chapters else 0
        self.chapters.append((start, shorten(title, _CHAPTER)))


def open_reader(workspace: Workspace, name: str) -> Engine:
    """The engine with the workspace's cache before it: unchanged lines are not read again.

    Raises:
        InputError, EngineError: as `speech.engine.open_engine`.
    """
    from broadcast.speech.cache import CachingEngine, SpeechCache  # noqa: PLC0415 - needs numpy
    from broadcast.speech.engine import open_engine  # noqa: PLC0415

    cache = SpeechCache(workspace.cache / "speech")
    return CachingEngine(open_engine(name, cache), cache)


def programme(
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    tell: Tell = lambda _share: None,
) -> Programme:
    """All that is heard of a script without blockers, mixed and mastered for loudspeakers.

    Raises:
        EngineError, InputError: a line or a recording cannot be read.
    """
    reading, mastering = part_of(tell, 0, READING), part_of(tell, READING, 1)
    log = _Log()
    parts = _parts(workspace, station, hearing, engine, reading, log=log)
    return _mastered(station, parts, log, mastering)


def paired_programme(
    workspace: Workspace, station: Station, hearing: Hearing, engine: Engine, version: Version
) -> Programme:
    """What zones hear that need recordings in other languages: after the programme, or instead.

    Raises:
        EngineError, InputError: a line or a recording cannot be read.
    """
    log = _Log()
    parts = _paired_parts(workspace, station, hearing, engine, version, log=log)
    return _mastered(station, parts, log, lambda _share: None)


def _mastered(station: Station, parts: Iterable[Part], log: _Log, tell: Tell) -> Programme:
    from broadcast.audio.loudness import master  # noqa: PLC0415 - numpy is heavy
    from broadcast.audio.mix import mix  # noqa: PLC0415

    samples = mix(parts, RATE)
    mastered, loudness = master(samples, RATE, station.sound, samples, tell)
    chapters = tuple((start / RATE, title) for start, title in log.chapters)
    return Programme(mastered, loudness, log.spoken / RATE, chapters)


def _paired_parts(  # noqa: PLR0913 - what a programme is made of
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    version: Version,
    *,
    log: _Log,
) -> Iterator[Part]:
    """A recording alone stands between the idents that the programme begins and ends with."""
    from broadcast.audio.mix import IdentPart, PausePart, RecordingPart  # noqa: PLC0415
    from broadcast.speech.recording import read_recording  # noqa: PLC0415

    alone, cues = version.place == "thay", [heard.line.cue for heard in hearing.lines]
    begins, ends = (alone and bool(cue and cue.kind == "jingle") for cue in (cues[0], cues[-1]))
    if not alone:
        yield from _parts(workspace, station, hearing, engine, lambda _share: None, log=log)
    elif begins:
        yield log.passed(IdentPart())
    for number, pairing in enumerate(version.recordings):
        if number or begins or not alone:
            yield log.passed(PausePart(GAP))
        path = workspace.recording(pairing.file)
        if path is None:  # it was there when the script was looked at
            raise _no_recording(pairing.file)
        log.chapter(f"Bản {language_name(pairing.language)}")
        yield log.passed(RecordingPart(read_recording(path, RATE).samples))
    if ends:
        yield PausePart(GAP)
        yield IdentPart()


def _parts(  # noqa: PLR0913 - what a programme is made of
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    tell: Tell,
    *,
    log: _Log,
) -> Iterator[Part]:
    """The programme's parts in order, each made when it is asked for.

    Args:
        log: is told of each.
    """
    from broadcast.audio.mix import PausePart  # noqa: PLC0415

    efforts = [1 + count_syllables(heard.spoken) for heard in hearing.lines]
    done, previous = 0, None
    for heard, effort in zip(hearing.lines, efforts, strict=True):
        tell(done / sum(efforts))
        if heard.line.cue:
            previous = None
            if heard.line.cue.kind == "recording":
                log.chapter(f"Bản ghi âm {PurePath(heard.line.cue.path).stem}")
            yield log.passed(_cue_part(workspace, heard))
        else:
            if pause := pause_before(previous, heard.line.speaker):
                yield log.passed(PausePart(pause))
            if previous is None:
                log.chapter(heard.line.text)
            part = _line_part(station, heard, engine)
            log.spoken += 0 if heard.recorded else part.samples.size
            yield log.passed(part)
            previous = heard.line.speaker
        done += effort
    tell(1)


def _line_part(station: Station, heard: HeardLine, engine: Engine) -> SpeechPart:
    return _own_part(heard.recorded) if heard.recorded else _speech_part(station, heard, engine)


def _speech_part(station: Station, heard: HeardLine, engine: Engine) -> SpeechPart:
    from broadcast.audio.mix import spoken_part  # noqa: PLC0415

    speaker = heard.line.speaker
    voice = engine.speaker(speaker, station.voices)
    speech = engine.synthesize(heard.spoken, voice, heard.reading.pauses)
    if speech.rate != RATE:
        happened = f"bộ đọc {engine.name} cho {speech.rate} mẫu/giây, cần {RATE}"
        raise EngineError("Không dùng được bộ đọc này", happened, "chọn bộ đọc khác")
    return spoken_part(speech.samples, speech.rate, speaker)


def _own_part(own: VoiceLine) -> SpeechPart:
    """A line as a person read it; all of that person's lines are brought to one level."""
    from broadcast.audio.mix import spoken_part  # noqa: PLC0415
    from broadcast.speech.recording import read_recording  # noqa: PLC0415

    return spoken_part(read_recording(own.path, RATE).samples, RATE, f"own {own.by}")


def _cue_part(workspace: Workspace, heard: HeardLine) -> Part:
    from broadcast.audio.mix import IdentPart, PausePart, RecordingPart  # noqa: PLC0415
    from broadcast.speech.recording import read_recording  # noqa: PLC0415

    cue = heard.line.cue
    assert cue is not None  # noqa: S101 - only cues come here
    if cue.kind in {"jingle", "closing"}:
        return IdentPart()
    if cue.kind in {"bed", "bed-end"}:
        return PausePart(0)
    if cue.kind == "pause":
        return PausePart(cue.seconds)
    path = workspace.recording(cue.path)
    if path is None:  # it was there when the script was looked at
        raise _no_recording(cue.path)
    return RecordingPart(read_recording(path, RATE).samples)


def _no_recording(name: str) -> InputError:
    happened = f"không có tệp ghi âm {name}"
    return InputError("Chưa đọc được", happened, "chép tệp vào scripts/recordings/")
