"""A person reads a script herself, line by line; what is kept replaces the engine's voice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.domain.script import Speaker
from broadcast.errors import InputError
from broadcast.store.voice_lines import VoiceLine, line_key
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import HeardLine, estimate_seconds, outgrown
from broadcast.workflow.listen import Sound, wav
from broadcast.workflow.segments import RATE

if TYPE_CHECKING:
    from broadcast.speech.recording_check import Doubt


@dataclass(frozen=True, slots=True)
class LineToRead:
    """A line of a script for the prompter: where it stands, who says it, the words as spoken.

    `recorded` is what a person has read of just these words, None if the engine reads them; `was`
    what was read for this line before its words were changed. `expected` is how many seconds the
    words take at the station's rate.
    """

    number: int
    speaker: Speaker
    spoken: str
    recorded: VoiceLine | None
    was: VoiceLine | None = None
    expected: float = 0.0


def lines_to_read(desk: Desk, script_id: str) -> tuple[LineToRead, ...]:
    """Every line of a script that is spoken, each of the same words once.

    Raises:
        NotFoundError, InputError: no such script, or it cannot be read.
    """
    found: dict[str, LineToRead] = {}
    for line in _spoken_lines(desk, script_id):
        found.setdefault(line_key(line.spoken), line)
    return tuple(found.values())


def line_to_read(desk: Desk, script_id: str, number: int) -> LineToRead:
    """The line of that number in the script's file.

    Raises:
        NotFoundError, InputError: as `lines_to_read`, or nobody speaks on that line.
    """
    there = {line.number: line for line in _spoken_lines(desk, script_id)}
    if number not in there:
        happened = f"dòng {number} của kịch bản {script_id} không có lời"
        spoken = ", ".join(map(str, there)) or "không có dòng nào"
        raise InputError("Không thu được dòng này", happened, f"các dòng có lời: {spoken}")
    return there[number]


def _spoken_lines(desk: Desk, script_id: str) -> Iterator[LineToRead]:
    with desk.lock:
        hearing, listener = desk.hearing(script_id), desk.listener()
    voices, read = listener.station.voices, desk.workspace.voice_lines
    before = {one.spoken: own for one, own in outgrown(read, script_id, hearing.lines)}
    for heard in hearing.lines:
        if heard.spoken:
            by_engine = HeardLine(heard.line, heard.reading)
            yield LineToRead(
                heard.line.number,
                heard.line.speaker,
                heard.spoken,
                heard.recorded,
                before.get(heard.spoken),
                estimate_seconds([by_engine], voices, listener.correction),
            )


def examine_take(sound: Sound, expected: float = 0.0) -> tuple[Doubt, ...]:
    """What is wrong with a take: too loud, too quiet, noisy, too short.

    Args:
        expected: how many seconds its words take, 0: nobody knows.

    Raises:
        InputError: nothing can be heard of it.
    """
    from broadcast.speech.joining import trimmed  # noqa: PLC0415 - numpy is heavy
    from broadcast.speech.recording_check import doubts  # noqa: PLC0415

    heard = trimmed(sound.samples, sound.rate)
    if not heard.size:
        raise InputError("Chưa giữ được", "bản thu chỉ có im lặng", "xem lại micrô rồi thu lại")
    return doubts(sound.samples, heard, sound.rate, expected)


def keep_take(  # noqa: PLR0913 - what a line that is kept says of itself
    desk: Desk, script_id: str, spoken: str, sound: Sound, *, by: str, at: datetime
) -> VoiceLine:
    """Let these words be heard as they were read, wherever they recur.

    Args:
        spoken: the words as they are said, as `lines_to_read` has them.
        by: who read them.

    Raises:
        InputError: nothing can be heard of it, or nobody is named.
        StorageError: it cannot be written.
    """
    if not by.strip():
        raise InputError("Chưa giữ được", "chưa ghi ai đọc", "ghi họ tên người đọc")
    examine_take(sound)
    line = VoiceLine(desk.workspace.voice_lines.folder, spoken, by, at.isoformat(), script_id)
    with desk.lock:
        return desk.workspace.voice_lines.put(line, wav(sound))


def keep_file(  # noqa: PLR0913 - as keep_take
    desk: Desk, script_id: str, number: int, file: Path, *, by: str, at: datetime
) -> tuple[VoiceLine, tuple[Doubt, ...]]:
    """Take a recording made elsewhere, on a phone, as the reading of one line; and its doubts.

    Args:
        number: the line's, in the script's file.

    Raises:
        InputError: nobody speaks on that line, or the file cannot be used.
        StorageError: it cannot be written.
    """
    from broadcast.speech.recording import examine_recording  # noqa: PLC0415 - decoders are heavy

    line = line_to_read(desk, script_id, number)
    speech, doubts = examine_recording(file, RATE, line.expected)
    sound = Sound(speech.samples, speech.rate)
    return keep_take(desk, script_id, line.spoken, sound, by=by, at=at), doubts


def forget_line(desk: Desk, script_id: str, number: int) -> bool:
    """Let the engine read the words of one line again; whether a person had.

    Raises:
        InputError: nobody speaks on that line.
        StorageError: it cannot be deleted.
    """
    return forget_take(desk, line_to_read(desk, script_id, number).spoken)


def forget_take(desk: Desk, spoken: str) -> bool:
    """Let the engine read these words again; whether a person had.

    Raises:
        StorageError: it cannot be deleted.
    """
    with desk.lock:
        return desk.workspace.voice_lines.remove(spoken)
