"""Reading a script oneself, line by line: takes, listening, keeping. What a prompter shows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from broadcast.errors import InputError, SoundError
from broadcast.store.voice_lines import VoiceLine, line_key
from broadcast.workflow.desk import Desk
from broadcast.workflow.levels import sound_levels
from broadcast.workflow.listen import Sound, line_audio
from broadcast.workflow.progress import CancelledError
from broadcast.workflow.voice_tracking import (
    LineToRead,
    examine_take,
    forget_take,
    keep_take,
    line_to_read,
    lines_to_read,
)

if TYPE_CHECKING:
    from broadcast.audio.levels import Levels
    from broadcast.audio.recorder import Level, Recorder
    from broadcast.speech.recording_check import Doubt

KEY = 0.12
"""Seconds cut from the end of a take: there the key is heard that ended it."""

Tell = Callable[["Level"], None]
"""Told how loud it is, from another thread."""


class Take(NamedTuple):
    """What was just read: its sound, its picture, and what is wrong with it."""

    sound: Sound
    levels: Levels
    doubts: tuple[Doubt, ...]


class Place(NamedTuple):
    """The lines to be read, and the index of the one being read."""

    lines: tuple[LineToRead, ...]
    at: int = 0

    @property
    def line(self) -> LineToRead:
        """The line being read."""
        return self.lines[self.at]

    @property
    def unread(self) -> int:
        """How many lines nobody has read."""
        return sum(one.recorded is None for one in self.lines)

    def words(self, steps: int) -> str:
        """What is said that many lines further on, "" where there is none."""
        at = self.at + steps
        return self.lines[at].spoken if 0 <= at < len(self.lines) else ""


def _nobody(_level: Level) -> None:
    """Nobody looks at the level."""


@dataclass(slots=True, eq=False)
class Prompter:
    """One person reading one script.

    A line that is kept is on the disk before `keep` returns, so whatever happens costs at most the
    take that was not kept. Methods block; one is called at a time, but `cancel` may be called and
    `place` be read meanwhile: that is replaced as a whole, since an index of lines that are gone
    leads nowhere.

    `take` is what was read of the line at `place` and not kept.
    """

    desk: Desk
    script_id: str
    now: Callable[[], datetime]
    title: str
    approved: bool
    place: Place
    by: str = ""
    take: Take | None = None
    _recorder: Recorder | None = field(default=None, repr=False)

    @classmethod
    def open(cls, desk: Desk, script_id: str, now: Callable[[], datetime]) -> Prompter:
        """Begin at the first line that nobody has read.

        Raises:
            NotFoundError, InputError: no such script, it cannot be read, or it has no words.
        """
        hearing = desk.hearing(script_id)
        lines = lines_to_read(desk, script_id)
        if not lines:
            raise InputError("Chưa thu được", "kịch bản này không có lời", "viết lời rồi thu")
        approved = hearing.state == "đã duyệt"
        made = cls(desk, script_id, now, hearing.script.title, approved, Place(lines), reader(desk))
        made._go_to(made._unread_from(0) or 0)
        return made

    # Where one is

    @property
    def line(self) -> LineToRead:
        """The line being read."""
        return self.place.line

    @property
    def unread(self) -> int:
        """How many lines nobody has read."""
        return self.place.unread

    def go(self, steps: int) -> None:
        """Go to another line, as far as there are any; a take that was not kept is dropped."""
        lines, at = self.place
        self._go_to(max(0, min(len(lines) - 1, at + steps)))
        self.take = None

    def go_to(self, number: int) -> None:
        """Go to the line of that number in the script's file, or to an earlier one of its words.

        Raises:
            InputError: nobody speaks on that line.
        """
        line = line_to_read(self.desk, self.script_id, number)
        lines = lines_to_read(self.desk, self.script_id)
        words = [line_key(one.spoken) for one in lines]
        self.place, self.take = Place(lines, words.index(line_key(line.spoken))), None

    def go_on(self) -> bool:
        """Go to the next line that nobody has read, from the end around; whether there is one."""
        at = self._unread_from(self.place.at + 1)
        if at is not None:
            self._go_to(at)
            self.take = None
        return at is not None

    def _go_to(self, at: int) -> None:
        self.place = self.place._replace(at=at)

    def _unread_from(self, start: int) -> int | None:
        lines = self.place.lines
        order = ((start + n) % len(lines) for n in range(len(lines)))
        return next((n for n in order if lines[n].recorded is None), None)

    # Reading

    @property
    def recording(self) -> bool:
        """Whether the microphone is on, or is opening."""
        return self._recorder is not None

    def begin(self, tell: Tell = _nobody) -> None:
        """Begin a take of the line.

        Raises:
            SoundError: there is no microphone.
            CancelledError: `cancel` was called while it opened.
        """
        from broadcast.audio.recorder import Recorder  # noqa: PLC0415 - when asked for

        self.cancel()
        self.take = None
        # It is there before it opens, which may take seconds, for whoever closes the prompter.
        recorder = self._recorder = Recorder(tell)
        try:
            recorder.start()
        except SoundError:
            if self._recorder is recorder:
                self._recorder = None
                raise
        if self._recorder is not recorder:
            recorder.close()
            raise CancelledError

    def end(self) -> Take:
        """End the take and look at it.

        Raises:
            InputError: nothing can be heard of it.
            SoundError: the microphone gave nothing.
        """
        from broadcast.audio.recorder import RATE  # noqa: PLC0415 - when asked for

        recorder, self._recorder = self._recorder, None
        if recorder is None:
            raise InputError("Chưa thu được", "chưa bắt đầu thu", "thu rồi mới dừng")
        samples = recorder.stop()
        sound = Sound(samples[: max(1, len(samples) - round(KEY * RATE))], RATE)
        doubts = examine_take(sound, self.line.expected)
        self.take = Take(sound, sound_levels(sound), doubts)
        return self.take

    def cancel(self) -> None:
        """Let go of the microphone, from any thread; what it was hearing is forgotten."""
        recorder, self._recorder = self._recorder, None
        if recorder is not None:
            recorder.close()

    def heard(self) -> Sound:
        """What is listened to: the take, else what is kept of the line, else the engine.

        Raises:
            InputError, EngineError, StorageError: it cannot be read out.
        """
        if self.take:
            return self.take.sound
        if self.line.recorded:
            return own_sound(self.line.recorded)
        return line_audio(self.desk, self.line.spoken, self.line.speaker)

    # Keeping

    def keep(self) -> bool:
        """Keep the take and go on to the next line that nobody has read; whether there is one.

        Raises:
            InputError: there is no take, or nobody is named who reads.
            StorageError: it cannot be written; the take is still there.
        """
        if self.take is None:
            raise InputError("Chưa giữ được", "câu này chưa thu", "thu rồi mới giữ")
        spoken, sound = self.line.spoken, self.take.sound
        keep_take(self.desk, self.script_id, spoken, sound, by=self.by, at=self.now())
        self.take = None
        self._read_again()
        return self.go_on()

    def forget(self) -> bool:
        """Drop the take; without one let the engine read the line again. Whether there was one.

        Raises:
            StorageError: it cannot be deleted.
        """
        if self.take:
            self.take = None
            return True
        gone = forget_take(self.desk, self.line.spoken)
        self._read_again()
        return gone

    def _read_again(self) -> None:
        """Take up the lines as they are on the disk; their words may have changed too."""
        before = self.place
        lines = lines_to_read(self.desk, self.script_id)
        if not lines:
            return  # somebody emptied the script; what is shown stays
        same = (n for n, one in enumerate(lines) if one.spoken == before.line.spoken)
        self.place = Place(lines, next(same, min(before.at, len(lines) - 1)))


def reader(desk: Desk) -> str:
    """Who read a line last, "" if nobody ever did."""
    last = max(desk.workspace.voice_lines.all(), key=lambda one: one.at, default=None)
    return last.by if last else ""


def own_sound(line: VoiceLine) -> Sound:
    """A line as a person read it.

    Raises:
        InputError: its file is gone or broken.
    """
    from broadcast.speech.recording import read_recording  # noqa: PLC0415 - decoders are heavy
    from broadcast.workflow.segments import RATE  # noqa: PLC0415

    speech = read_recording(line.path, RATE)
    return Sound(speech.samples, speech.rate)
