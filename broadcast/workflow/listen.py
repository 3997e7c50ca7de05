"""Hearing things at this machine before they go on air: a line, a script, a finished file."""

from __future__ import annotations

import io
import wave
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from broadcast.domain.script import Script, Speaker, parse_body
from broadcast.errors import ConflictError, InputError, Problem
from broadcast.store.files import read_bytes, write_whole
from broadcast.vietnamese.characters import nfc
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.programme import open_reader, programme
from broadcast.workflow.progress import SILENT, Progress
from broadcast.workflow.scripts import refuse_blocked
from broadcast.workflow.segments import RATE
from broadcast.workflow.threads import meanwhile
from broadcast.workflow.voice_choice import Chooser

if TYPE_CHECKING:
    from broadcast.audio.loudness import Samples
    from broadcast.workflow.desk import Desk

BITRATE = 64
"""kbit/s of an MP3 saved to be listened to."""

ENDINGS = (".mp3", ".wav")
"""Kinds of files a sound can be saved as."""

_REFUSED = "Chưa nghe được"


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Something to listen to: 16-bit mono samples, and how many a second."""

    samples: Samples
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


def line_audio(
    desk: Desk, text: str, speaker: Speaker = "NỮ", progress: Progress = SILENT
) -> Sound:
    """Lines of a script as they stand in an editor, saved or not; cues may be among them.

    Args:
        text: one line or several.
        speaker: who speaks until the text names somebody.

    Raises:
        InputError: nothing in it can be heard, or something cannot, with every place.
        EngineError: the station's engine failed.
        CancelledError: the person asked to stop.
    """
    hearing = desk.listener().hear(Script("", "", "", parse_body(nfc(text), speaker=speaker)))
    # A cue alone is something to listen to, though no script.
    wrong = [Problem(f.message, suggestion=f.mend) for f in hearing.blockers if f.rule != "empty"]
    if wrong:
        raise InputError(_REFUSED, "lời này chưa đọc được", "sửa rồi nghe lại", wrong)
    if not hearing.lines:
        raise InputError(_REFUSED, "dòng này không có lời", "đưa con trỏ tới dòng có lời")
    return _audio(desk, hearing, progress)


def script_audio(desk: Desk, script: Script, progress: Progress = SILENT) -> Sound:
    """A whole script as it would go on air, saved or not.

    Raises:
        InputError: it cannot be read out as it is, with every place.
        EngineError: the station's engine failed.
        CancelledError: the person asked to stop.
    """
    hearing = desk.listener().hear(script)
    refuse_blocked(_REFUSED, [hearing])
    return _audio(desk, hearing, progress)


def _audio(desk: Desk, hearing: Hearing, progress: Progress) -> Sound:
    station = desk.station()

    def tell(share: float) -> None:
        progress.step(hearing.script.title, round(share * 100), 100)

    choice = meanwhile(partial(Chooser(station).choose, hearing), partial(tell, 0.0))
    station = replace(station, voices=choice.voices)
    with open_reader(desk.workspace, choice.engine) as engine:
        made = programme(desk.workspace, station, hearing, engine, tell)
    return Sound(made.samples(), RATE)


def file_audio(path: Path) -> Sound:
    """A finished MP3.

    Raises:
        NotFoundError, StorageError: there is no such file, or it cannot be read.
        InputError: it is damaged.
    """
    from broadcast.audio.mp3 import decode  # noqa: PLC0415 - numpy is heavy

    return Sound(*decode(read_bytes(path)))


def play(sound: Sound, stop: Event, tell: Callable[[float], None] = lambda _seconds: None) -> bool:
    """Let a sound be heard at this machine; returns when it is over or `stop` is set.

    Args:
        tell: called with the seconds heard so far.

    Returns:
        Whether it was heard to its end.

    Raises:
        SoundError: there is nothing to hear it with.
    """
    from broadcast.audio.player import open_player  # noqa: PLC0415 - when asked for

    return open_player().play(sound.samples, sound.rate, stop, tell)


def save_sound(sound: Sound, path: Path) -> None:
    """Put a sound into a new file, whole or not at all.

    Args:
        path: ends as one of ENDINGS.

    Raises:
        InputError: another ending.
        ConflictError: there is such a file already.
        StorageError: it cannot be written.
    """
    title, ending = "Chưa lưu được", path.suffix.lower()
    if ending not in ENDINGS:
        happened = f"tên tệp {path.name} không có đuôi {' hoặc '.join(ENDINGS)}"
        raise InputError(title, happened, "ghi tên như nghe-thu.mp3")
    if path.exists():
        raise ConflictError(title, f"{path} đã có sẵn", "ghi tên khác để không ghi đè")
    data = _mp3(sound) if ending == ".mp3" else wav(sound)
    write_whole(path, data, expected_revision=None)


def _mp3(sound: Sound) -> bytes:
    from broadcast.audio.mp3 import encode  # noqa: PLC0415 - numpy is heavy

    return encode(sound.samples, sound.rate, BITRATE)


def wav(sound: Sound) -> bytes:
    """A sound as a WAV file's bytes."""
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(sound.rate)
        out.writeframes(sound.samples.astype("<i2", copy=False).tobytes())
    return file.getvalue()
