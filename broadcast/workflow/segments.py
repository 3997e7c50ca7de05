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
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple

from broadcast.domain.script import heard_digest
from broadcast.domain.station import Sound
from broadcast.errors import EngineError
from broadcast.keeping import Shelf
from broadcast.speech.engine import Engine, Voice, open_engine
from broadcast.vietnamese.pauses import Pause
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
    """A person's recording: its file, or its bytes; `line`: of a line of the script.

    `name` is its file's, for messages; `digest` the SHA-256 of its bytes.
    """

    name: str
    digest: str
    content: Path | bytes
    line: bool = False

    @property
    def key(self) -> str:
        """Differs where what is heard does."""
        return f"{'line' if self.line else 'recording'} {self.digest}"


@dataclass(frozen=True, slots=True)
class Ident:
    """The station's ident (nhạc hiệu)."""

    key: str = "ident"


Source = Spoken | Read | Recorded | Ident
"""What an item is made of. Lines over a music bed are to be one more of these."""


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
        match source:
            case Spoken():
                source = replace(source, lines=None)
            case Recorded(content=Path() as path):
                source = replace(source, content=path.read_bytes())
        return replace(self, source=source, shelf=None)


class Made(NamedTuple):
    """A segment that was made: its key, and its entry where it is not on the shelf already."""

    key: str
    entry: bytes | None = None


def segment_key(source: str, sound: Sound) -> str:
    """Digest of all that makes a segment: its source's key, and how it is to sound."""
    from broadcast.audio.segment import FORMAT  # noqa: PLC0415 - needs numpy

    return heard_digest((source, repr(sound), str(RATE), str(FORMAT)))


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
    below = IDENT_BELOW if isinstance(task.source, Ident) else 0.0
    wanted = Wanted(RATE, task.sound, below)
    with _sound_of(task.source) as blocks:
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
def _sound_of(source: Source) -> Iterator[Blocks]:
    """A source's samples, 16-bit mono at RATE, to be asked for as often as needed."""
    import numpy as np  # noqa: PLC0415 - heavy

    from broadcast.audio.jingle import ident  # noqa: PLC0415

    match source:
        case Spoken():
            samples = _without_edges(_read_aloud(source))
            yield lambda: [samples]
        case Read(pcm=pcm):
            samples = _without_edges(np.frombuffer(pcm, np.int16))
            yield lambda: [samples]
        case Recorded():
            with _file_of(source) as path:
                yield _recording_blocks(path, line=source.line)
        case Ident():
            yield lambda: [ident(RATE)]


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
            raise EngineError("Không đọc được", happened, "cài cùng một phiên bản trên các máy")
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


class Readers:
    """The engines of this process, each lent to one thread at a time and kept for the next."""

    def __init__(self) -> None:
        self._idle: dict[tuple[str, Path | None], list[Engine]] = {}
        self._lock = Lock()

    @contextmanager
    def borrowed(self, name: str, lines: Path | None) -> Iterator[Engine]:
        """An engine of that name that nobody else uses, opened if all are lent.

        Raises:
            InputError, EngineError: as `speech.engine.open_engine`.
        """
        with self._lock:
            idle = self._idle.get((name, lines))
            engine = idle.pop() if idle else None
        engine = engine or _opened(name, lines)
        try:
            yield engine
        finally:
            with self._lock:
                self._idle.setdefault((name, lines), []).append(engine)

    def close(self) -> None:
        """Close what nobody uses."""
        with self._lock:
            engines = [engine for idle in self._idle.values() for engine in idle]
            self._idle.clear()
        for engine in engines:
            engine.close()


READERS = Readers()
"""Those of this process."""


def _opened(name: str, lines: Path | None) -> Engine:
    if lines is None:
        return open_engine(name)
    from broadcast.speech.cache import CachingEngine, SpeechCache  # noqa: PLC0415

    cache = SpeechCache(lines)
    return CachingEngine(open_engine(name, cache), cache)
