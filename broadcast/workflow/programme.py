"""A script's lines and cues as a programme: its items, each a segment, and how they are joined."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isfinite
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Literal, NamedTuple

from broadcast.domain.beds import beds
from broadcast.domain.pairing import GAP, Version, language_name
from broadcast.domain.station import Station
from broadcast.errors import InputError
from broadcast.storage import known_digest, storage_error
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import count_syllables, shorten
from broadcast.workflow.hearing import HeardLine, Hearing, pause_before
from broadcast.workflow.progress import Tell
from broadcast.workflow.segments import (
    RATE,
    Music,
    OverBed,
    Read,
    Recorded,
    Source,
    Spoken,
    checked,
    over_bed_key,
)
from broadcast.workflow.workshop import Order, Workers, local_workers, segments_of

if TYPE_CHECKING:
    from broadcast.audio.joining import Layout
    from broadcast.audio.loudness import Loudness, Samples
    from broadcast.audio.segment import Segment
    from broadcast.speech.engine import Engine

_CHAPTER = 60
"""Characters of a chapter's name."""

_A_SECOND = 1.5
"""What a second of a recording costs, against a syllable that is read."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something heard: how it is made, and the pause before it in seconds.

    `chapter`: what begins with it, "" nothing. `spoken`: an engine reads it, but for `unread`
    seconds of it. `line`: its number in the script. `music`: it is, or lies over it.
    """

    order: Order
    pause: float = 0.0
    chapter: str = ""
    spoken: bool = False
    unread: float = 0.0
    line: int = 0
    music: bool = False


class Programme(NamedTuple):
    """A programme that is made: its segments, where each is, the loudness of the whole.

    `spoken` are the seconds of speech in it, without cues and the pauses between lines; `chapters`
    begin where speech does after a cue, the first of them at 0, and with each recording. `quieter`
    is by how many LU the whole is quieter than what has no music, None if all of it has.
    """

    segments: list[Segment]
    layout: Layout
    loudness: Loudness
    spoken: float
    chapters: tuple[tuple[float, str], ...]
    bitrate: int
    quieter: float | None = None

    @property
    def seconds(self) -> float:
        """How long it plays."""
        from broadcast.audio.joining import samples_a_frame  # noqa: PLC0415 - needs numpy

        return self.layout.frames * samples_a_frame(RATE) / RATE

    def portions(self) -> Iterator[bytes]:
        """Its MP3 frames.

        Raises:
            StorageError: a segment cannot be read any more.
        """
        from broadcast.audio.joining import joined  # noqa: PLC0415 - needs numpy

        try:
            yield from joined(self.segments, self.layout, RATE, self.bitrate)
        except (OSError, EOFError) as error:
            happened = error if isinstance(error, OSError) else OSError(str(error))
            raise storage_error(happened, title="Không đọc lại được đoạn âm thanh") from error

    def samples(self) -> Samples:
        """What will be heard, decoded: 16-bit mono at RATE."""
        from broadcast.audio.mp3 import decode  # noqa: PLC0415 - needs numpy

        return decode(b"".join(self.portions()))[0]


def open_reader(workspace: Workspace, name: str) -> Engine:
    """The engine with the workspace's cache before it: unchanged lines are not read again.

    Raises:
        InputError, EngineError: as `speech.engine.open_engine`.
    """
    from broadcast.speech.cache import CachingEngine, SpeechCache  # noqa: PLC0415 - needs numpy
    from broadcast.speech.engine import open_engine  # noqa: PLC0415

    cache = SpeechCache(lines_folder(workspace))
    return CachingEngine(open_engine(name, cache), cache)


def lines_folder(workspace: Workspace) -> Path:
    """Where lines are kept as engines read them."""
    return workspace.cache / "speech"


def segments_folder(workspace: Workspace) -> Path:
    """Where segments are kept."""
    return workspace.cache / "segments"


def programme(  # noqa: PLR0913, PLR0917 - what a programme is made of
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    tell: Tell = lambda _share: None,
    workers: Workers | None = None,
) -> Programme:
    """All that is heard of a script without blockers.

    Args:
        engine: names the voices, and reads where only one may ask at a time (online).
        workers: None: some of its own.

    Raises:
        EngineError, InputError: a line or a recording cannot be read.
        StorageError: segments cannot be kept.
    """
    items, after = _items(workspace, station, hearing, engine)
    return _made(workspace, station, items, after, workers, tell)


def paired_programme(  # noqa: PLR0913, PLR0917 - what a programme is made of
    workspace: Workspace,
    station: Station,
    hearing: Hearing,
    engine: Engine,
    version: Version,
    tell: Tell = lambda _share: None,
    workers: Workers | None = None,
) -> Programme:
    """What zones hear that need recordings in other languages: after the programme, or instead.

    Raises:
        EngineError, InputError, StorageError: as `programme`.
    """
    items = _paired_items(workspace, station, hearing, engine, version)
    return _made(workspace, station, items, 0.0, workers, tell)


def _made(  # noqa: PLR0913, PLR0917 - what a programme is made of
    workspace: Workspace,
    station: Station,
    items: Sequence[Item],
    after: float,
    workers: Workers | None,
    tell: Tell,
) -> Programme:
    from broadcast.audio.joining import Length, lay_out, loudness  # noqa: PLC0415 - needs numpy

    orders = [item.order for item in items]
    folder, sound = segments_folder(workspace), station.sound
    if workers is None:
        with local_workers() as own:
            segments = segments_of(orders, folder, sound, own, tell)
    else:
        segments = segments_of(orders, folder, sound, workers, tell)
    both = list(zip(items, segments, strict=True))
    layout = lay_out((Length(s.samples, s.frames, item.pause) for item, s in both), RATE, after)
    spoken = sum(s.samples / RATE - item.unread for item, s in both if item.spoken)
    chapters = [
        (place.starts / RATE, shorten(item.chapter, _CHAPTER))
        for item, place in zip(items, layout.places, strict=True)
        if item.chapter
    ]
    if chapters:
        chapters[0] = (0.0, chapters[0][1])
    whole, plain = loudness(segments), loudness(s for item, s in both if not item.music)
    apart = plain.integrated - whole.integrated
    quieter = apart if isfinite(apart) else None
    return Programme(segments, layout, whole, spoken, tuple(chapters), sound.bitrate, quieter)


def _paired_items(
    workspace: Workspace, station: Station, hearing: Hearing, engine: Engine, version: Version
) -> list[Item]:
    """A recording alone stands between the idents that the programme begins and ends with."""
    alone, cues = version.place == "thay", [heard.line.cue for heard in hearing.lines]
    begins, ends = (alone and bool(cue and cue.kind == "jingle") for cue in (cues[0], cues[-1]))
    items, after = ([], 0.0) if alone else _items(workspace, station, hearing, engine)
    if begins:
        items.append(_ident(workspace, station))
    for pairing in version.recordings:
        path = _recording(workspace, pairing.file)
        pause = after + (GAP if items else 0.0)
        chapter = f"Bản {language_name(pairing.language)}"
        items.append(Item(_recorded(path), pause, chapter))
        after = 0.0
    if ends:
        items.append(_ident(workspace, station, GAP))
    return items


def _items(
    workspace: Workspace, station: Station, hearing: Hearing, engine: Engine
) -> tuple[list[Item], float]:
    """The programme's items in order, and the pause after the last."""
    items: list[Item] = []
    pause, previous = 0.0, None
    for heard in hearing.lines:
        cue, number = heard.line.cue, heard.line.number
        if cue and cue.kind in {"bed", "bed-end"}:
            previous = None
        elif cue and cue.kind == "pause":
            pause, previous = pause + cue.seconds, None
        elif cue:
            items.append(replace(_cue_item(workspace, station, heard, pause), line=number))
            pause, previous = 0.0, None
        else:
            pause += pause_before(previous, heard.line.speaker)
            chapter = "" if previous else heard.line.text
            order = _line_order(workspace, station, heard, engine)
            items.append(Item(order, pause, chapter, spoken=not heard.recorded, line=number))
            pause, previous = 0.0, heard.line.speaker
    return _over_beds(workspace, station, hearing, items), pause


def _over_beds(
    workspace: Workspace, station: Station, hearing: Hearing, items: list[Item]
) -> list[Item]:
    """The items, those over one bed as one: they share its music."""
    seconds = {heard.line.number: heard.seconds for heard in hearing.lines}
    for bed in beds(hearing.script.lines):
        there = [n for n, item in enumerate(items) if bed.first <= item.line <= bed.last]
        if there:
            over = items[there[0] : there[-1] + 1]
            music = _music(workspace, bed.path or station.sound.bed, "bed")
            items[there[0] : there[-1] + 1] = [_over_bed(over, music, seconds)]
    return items


def _over_bed(over: list[Item], music: Order, seconds: Mapping[int, float]) -> Item:
    """Items over one bed as one item.

    Args:
        seconds: by the line's number, of what no engine reads.
    """
    from broadcast.audio.bed import LEAD, TAIL  # noqa: PLC0415 - needs numpy

    orders = [(item.order, item.pause) for item in over]

    def made() -> OverBed:
        words = ((order.source(), pause) for order, pause in orders)
        # No music is among the words: a bed ends before an ident.
        said = tuple((w, p) for w, p in words if not isinstance(w, Music | OverBed))
        bed = music.source()
        return OverBed(said, bed if isinstance(bed, Recorded) else Music("bed"))

    key = over_bed_key(((order.key, pause) for order, pause in orders), music.key)
    effort = sum(order.effort for order, _ in orders)
    unread = LEAD + TAIL + sum(item.pause for item in over[1:])
    unread += sum(seconds[item.line] for item in over if not item.spoken)
    spoken = any(item.spoken for item in over)
    first = over[0]
    order = Order(key, made, effort)
    return Item(order, first.pause, first.chapter, spoken, unread, first.line, music=True)


def _cue_item(workspace: Workspace, station: Station, heard: HeardLine, pause: float) -> Item:
    cue = heard.line.cue
    assert cue is not None  # noqa: S101 - only cues come here
    if cue.kind == "jingle":
        return _ident(workspace, station, pause)
    if cue.kind == "closing":
        return Item(_music(workspace, station.sound.closing, "closing"), pause, music=True)
    path = _recording(workspace, cue.path)
    effort = 1 + _A_SECOND * heard.seconds
    return Item(_recorded(path, effort), pause, f"Bản ghi âm {PurePath(cue.path).stem}")


def _ident(workspace: Workspace, station: Station, pause: float = 0.0) -> Item:
    return Item(_music(workspace, station.sound.ident, "ident"), pause, music=True)


def _music(workspace: Workspace, name: str, kind: Literal["ident", "closing", "bed"]) -> Order:
    """The station's own music of that kind; what is made by code where there is none."""
    path = workspace.recording(name) if name else None
    if path is not None:
        return _recorded(path, music=True)
    ours = Music(kind)
    return Order(ours.key, lambda: ours)


def _line_order(workspace: Workspace, station: Station, heard: HeardLine, engine: Engine) -> Order:
    if heard.recorded:
        effort = 1 + _A_SECOND * heard.seconds
        return _recorded(heard.recorded.path, effort, line=True)
    from broadcast.speech.engine import ENGINES  # noqa: PLC0415 - when asked for

    voice = engine.speaker(heard.line.speaker, station.voices)
    about = ENGINES[engine.name]
    lines = lines_folder(workspace) if about.dear else None
    said = Spoken(
        engine.name, engine.identity, heard.spoken, voice, tuple(heard.reading.pauses), lines
    )
    read = partial(_read, engine, said) if about.online else lambda: said
    return Order(said.key, read, 1 + count_syllables(heard.spoken))


def _read(engine: Engine, said: Spoken) -> Source:
    """Read it here: whoever is asked over the network is asked by one at a time."""
    samples = checked(engine, said.text, said.voice, said.pauses)
    return Read(said.key, samples.tobytes())


def _recorded(path: Path, effort: float = 1.0, *, line: bool = False, music: bool = False) -> Order:
    """A recording.

    Raises:
        InputError: it went, or cannot be read.
    """
    try:
        digest = known_digest(path)
    except OSError as error:
        raise _no_recording(path.name) from error
    source = Recorded(path.name, digest, path, line, music)
    return Order(source.key, lambda: source, effort)


def _recording(workspace: Workspace, name: str) -> Path:
    path = workspace.recording(name)
    if path is None:  # it was there when the script was looked at
        raise _no_recording(name)
    return path


def _no_recording(name: str) -> InputError:
    happened = f"không có tệp ghi âm {name}"
    return InputError("Chưa đọc được", happened, "chép tệp vào scripts/recordings/")
