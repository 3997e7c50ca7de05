"""The unit of rendering: one item of a programme, from what it is made of to a kept segment.

A `SegmentTask` carries all that its item needs, so the same function makes it in a thread here, in
another process, or on another machine. Where worker and parent share a disk, the worker puts the
segment on the shelf itself; else its entry comes back as bytes (`portable`).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Literal, NamedTuple

from broadcast.domain.approval import heard_digest
from broadcast.domain.station import Sound
from broadcast.errors import BroadcastError, EngineError
from broadcast.keeping import Shelf
from broadcast.speech.engine import Engine, Voice
from broadcast.vietnamese.pauses import Pause
from broadcast.workflow.lent import READERS
from broadcast.workflow.progress import CancelledError

if TYPE_CHECKING:
    from broadcast.audio.levelling import Blocks
    from broadcast.audio.loudness import Samples

RATE = 22050
"""Samples a second of every programme; horns carry no more, and every player takes it."""

IDENT_BELOW = 3.0
"""LU that the ident lies below speech."""

LARGEST = 300_000_000
"""Bytes of segments kept: ten hours of programmes at 64 kbit/s."""

Stop = Callable[[], bool]
"""Whether somebody asked to stop, for work that shares memory with whoever did."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A line read by an engine. `identity` is that of the engine whose sound is wanted.

    `lines`: the folder in which what engines read is kept, where there is one.
    """

    engine: str
    identity: str
    text: str
    voice: Voice
    pauses: tuple[Pause, ...] = ()
    lines: Path | None = None

    @property
    def key(self) -> str:
        """Differs where what is heard does."""
        from broadcast.speech.cache import speech_key  # noqa: PLC0415 - needs numpy

        return speech_key(self.identity, self.text, self.voice, self.pauses)


@dataclass(frozen=True, slots=True)
class Read:
    """A line that was read already, by a voice that only one may ask at a time.

    `key` is that of the line; `pcm` its 16-bit mono samples at RATE.
    """

    key: str
    pcm: bytes


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording: its file, or its bytes; `line`: of a line of the script; `music`: the station's.

    `name` is its file's, for messages; `digest` the SHA-256 of its bytes.
    """

    name: str
    digest: str
    content: Path | bytes
    line: bool = False
    music: bool = False

    @property
    def key(self) -> str:
        """Differs where what is heard does."""
        kind = "music" if self.music else "line" if self.line else "recording"
        return f"{kind} {self.digest}"

    def portable(self) -> Recorded:
        """The same with its bytes.

        Raises:
            OSError: they cannot be read.
        """
        path = self.content
        return replace(self, content=path.read_bytes()) if isinstance(path, Path) else self


@dataclass(frozen=True, slots=True)
class Music:
    """The ident (nhạc hiệu), the closing (nhạc kết) or the bed (nhạc nền) made by code."""

    kind: Literal["ident", "closing", "bed"] = "ident"

    @property
    def key(self) -> str:
        """Names it."""
        return self.kind


Word = Spoken | Read | Recorded


@dataclass(frozen=True, slots=True)
class OverBed:
    """Lines over music: each with the seconds of pause before it."""

    words: tuple[tuple[Word, float], ...]
    bed: Recorded | Music

    @property
    def key(self) -> str:
        """Differs where what is heard does."""
        return over_bed_key(((word.key, pause) for word, pause in self.words), self.bed.key)


def over_bed_key(words: Iterable[tuple[str, float]], bed: str) -> str:
    """The key of lines over music, from theirs."""
    return heard_digest(("over bed", bed, *(f"{key} {pause:g}" for key, pause in words)))


Source = Word | Music | OverBed
"""What an item is made of."""


@dataclass(frozen=True, slots=True)
class SegmentTask:
    """An item to be made: its source, how programmes of this station sound, and where to keep it.

    `shelf`: the folder of segments, None where there is none on this machine.
    """

    source: Source
    sound: Sound
    shelf: Path | None

    @property
    def key(self) -> str:
        """Digest (64 hex digits) of all that makes the segment."""
        return segment_key(self.source.key, self.sound)

    def portable(self) -> SegmentTask:
        """The same for a machine that shares no disk with this one.

        Raises:
            OSError: a recording cannot be read.
        """
        source = self.source
        if isinstance(source, OverBed):
            words = tuple((_portable(word), pause) for word, pause in source.words)
            bed = source.bed.portable() if isinstance(source.bed, Recorded) else source.bed
            source = OverBed(words, bed)
        elif not isinstance(source, Music):
            source = _portable(source)
        return replace(self, source=source, shelf=None)


def _portable(word: Word) -> Word:
    if isinstance(word, Spoken):
        return replace(word, lines=None)
    return word.portable() if isinstance(word, Recorded) else word


class Made(NamedTuple):
    """A segment that was made: its key, and its entry where it is not on the shelf already."""

    key: str
    entry: bytes | None = None


def segment_key(source: str, sound: Sound) -> str:
    """Digest of all that makes a segment: its source's key, and how it is to sound."""
    from broadcast.audio.segment import FORMAT  # noqa: PLC0415 - needs numpy

    # The station's own music is a source; its file's name makes no other difference.
    how = repr((sound.profile, sound.target, sound.true_peak, sound.bitrate))
    return heard_digest((source, how, str(RATE), str(FORMAT)))


def segment_shelf(folder: Path) -> Shelf:
    """The segments kept in a workspace's folder for them."""
    from broadcast.audio.segment import SUFFIX  # noqa: PLC0415

    return Shelf(folder, SUFFIX, "Không lưu được đoạn âm thanh", LARGEST)


def make_segment(task: SegmentTask, stop: Stop = lambda: False) -> Made:
    """Make a task's segment; the same task always gives the same bytes.

    Args:
        stop: looked at every few seconds of sound.

    Raises:
        EngineError, InputError: the line or the recording cannot be read.
        StorageError: the shelf refuses.
        CancelledError: `stop` said so.
    """
    from broadcast.audio.levelling import Wanted  # noqa: PLC0415 - codecs are heavy
    from broadcast.audio.segment import write_segment  # noqa: PLC0415

    if stop():
        raise CancelledError
    source = task.source
    alone = isinstance(source, Music) or (isinstance(source, Recorded) and source.music)
    # What lies over a bed was shaped and levelled line by line.
    music = alone or isinstance(source, OverBed)
    wanted = Wanted(RATE, task.sound, IDENT_BELOW if alone else 0.0, music)
    with _sound_of(source, task.sound) as blocks:
        watched = _watched(blocks, stop)
        if task.shelf is None:
            file = io.BytesIO()
            write_segment(file, watched, wanted)
            return Made(task.key, file.getvalue())
        with segment_shelf(task.shelf).writing(task.key) as kept:
            write_segment(kept, watched, wanted)
    return Made(task.key)


def _watched(blocks: Blocks, stop: Stop) -> Blocks:
    def one_by_one() -> Iterator[Samples]:
        for block in blocks():
            if stop():
                raise CancelledError
            yield block

    return one_by_one


@contextmanager
def _sound_of(source: Source, sound: Sound) -> Iterator[Blocks]:
    """A source's samples, 16-bit mono at RATE, to be asked for as often as needed."""
    import numpy as np  # noqa: PLC0415 - heavy

    from broadcast.audio import jingle  # noqa: PLC0415

    match source:
        case Spoken():
            samples = _without_edges(_read_aloud(source))
        case Read(pcm=pcm):
            samples = _without_edges(np.frombuffer(pcm, np.int16))
        case Recorded():
            with _file_of(source) as path:
                yield _recording_blocks(path, line=source.line)
            return
        case Music(kind=kind):
            made = {"ident": jingle.ident, "closing": jingle.closing, "bed": jingle.bed}
            samples = made[kind](RATE)
        case OverBed():
            samples = _over_bed(source, sound)
    yield lambda: [samples]


def _over_bed(source: OverBed, sound: Sound) -> Samples:
    """The lines, each at its level, over their music."""
    import numpy as np  # noqa: PLC0415 - heavy

    from broadcast.audio.bed import LEAD, TAIL, Words, over_bed  # noqa: PLC0415
    from broadcast.audio.chain import without_rumble  # noqa: PLC0415
    from broadcast.audio.levelling import Wanted, levelled  # noqa: PLC0415
    from broadcast.audio.loudness import floats, integers  # noqa: PLC0415

    words: list[Words] = []
    at = 0
    for word, pause in source.words:
        pieces: list[Samples] = []
        with _sound_of(word, sound) as blocks:
            levelled(blocks, Wanted(RATE, sound), pieces.append)
        at += round(pause * RATE) if words else 0
        words.append(Words(at, floats(np.concatenate(pieces))))
        at += words[-1].samples.size
    with _sound_of(source.bed, sound) as blocks:
        music = floats(_first(blocks, at + round((LEAD + TAIL) * RATE)))
        (bed,) = without_rumble([music], RATE, sound.profile)
    return integers(over_bed(words, bed, RATE, seamless=isinstance(source.bed, Music)))


def _first(blocks: Blocks, size: int) -> Samples:
    """No more of a sound than is needed: a bed may be a file of an hour."""
    import numpy as np  # noqa: PLC0415 - heavy

    held: list[Samples] = []
    for block in blocks():
        held.append(block)
        if sum(map(len, held)) >= size:
            break
    return np.concatenate(held)[:size] if len(held) > 1 else held[0]


def _recording_blocks(path: Path, *, line: bool) -> Blocks:
    from broadcast.speech.recording import read_recording, stream_recording  # noqa: PLC0415

    if not line:
        return stream_recording(path, RATE).blocks
    samples = _without_edges(read_recording(path, RATE).samples)
    return lambda: [samples]


@contextmanager
def _file_of(source: Recorded) -> Iterator[Path]:
    if isinstance(source.content, Path):
        yield source.content
        return
    with TemporaryDirectory() as folder:
        path = Path(folder) / source.name
        path.write_bytes(source.content)
        yield path


QUIET = 40
"""Sample values (-58 dB) up to which the edges of a spoken line count as silence."""

_SOFT = 0.005
"""Seconds left around what is heard of a line."""


def _without_edges(samples: Samples) -> Samples:
    """A line without the near-silence that engines put around it, so that pauses are as written."""
    import numpy as np  # noqa: PLC0415

    heard = np.flatnonzero((samples > QUIET) | (samples < -QUIET))
    if not heard.size:
        return samples
    edge = round(_SOFT * RATE)
    return samples[max(0, int(heard[0]) - edge) : int(heard[-1]) + 1 + edge]


def _read_aloud(line: Spoken) -> Samples:
    with READERS.borrowed(line.engine, line.lines) as engine:
        if engine.identity != line.identity:
            happened = f"bộ đọc trên máy này là {engine.identity}, cần {line.identity}"
            raise BroadcastError("Không đọc được", happened, "cài giọng giống nhau trên các máy")
        return checked(engine, line.text, line.voice, line.pauses)


def checked(engine: Engine, text: str, voice: Voice, pauses: Iterable[Pause]) -> Samples:
    """What the engine reads, at RATE.

    Raises:
        EngineError: it failed, or it speaks at another rate.
    """
    speech = engine.synthesize(text, voice, tuple(pauses))
    if speech.rate != RATE:
        happened = f"bộ đọc {engine.name} cho {speech.rate} mẫu/giây, cần {RATE}"
        raise EngineError("Không dùng được bộ đọc này", happened, "chọn bộ đọc khác")
    return speech.samples
