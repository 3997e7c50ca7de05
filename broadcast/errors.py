"""What can go wrong, said once: a title, what happened, what to do, every problem and its place.

All user-facing strings carried by these classes are Vietnamese; they are printed as they stand.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum


class ExitStatus(IntEnum):
    """Exit statuses of every command (design: "Commands")."""

    DONE = 0
    """It was done."""
    FAILED = 1
    """It could not be done, and the message says why."""
    USAGE = 2
    """The command line is wrong."""
    FOUND = 3
    """A check ran and found something."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where.

    `file` is a path as the user knows it, `line` is 1-based; both may be unknown.
    `suggestion` says what to do or what would be allowed.
    """

    message: str
    file: str | None = None
    line: int | None = None
    suggestion: str | None = None

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.file and self.line else self.file
        if where is None and self.line:
            where = f"dòng {self.line}"
        text = f"{where}: {self.message}" if where else self.message
        return f"{text} → {self.suggestion}" if self.suggestion else text


class BroadcastError(Exception):
    """Something the officer must be told; never a traceback.

    Args:
        title: what could not be done, a few words.
        happened: what went wrong, one sentence.
        mend: what to do about it, one sentence.
        problems: every single problem found, with its place.
    """

    status: ExitStatus = ExitStatus.FAILED

    def __init__(
        self, title: str, happened: str = "", mend: str = "", problems: Iterable[Problem] = ()
    ) -> None:
        super().__init__(title)
        self.title = title
        self.happened = happened
        self.mend = mend
        self.problems = tuple(problems)

    def __str__(self) -> str:
        lines = [f"{self.title}: {self.happened}" if self.happened else self.title]
        lines += [f"  - {problem}" for problem in self.problems]
        if self.mend:
            lines.append(f"Cách xử lý: {self.mend}")
        return "\n".join(lines)


class InputError(BroadcastError):
    """A file, name or text that the user gave cannot be used as it is."""


class NotFoundError(BroadcastError):
    """A plan, week, script, zone or workspace that does not exist."""


class ConflictError(BroadcastError):
    """Going on would overwrite something that changed or that a person wrote."""


class FoundError(BroadcastError):
    """A check found something that stands in the way (exit status 3)."""

    status = ExitStatus.FOUND


class EngineError(BroadcastError):
    """A speech engine failed; another voice may do."""


class EncoderError(BroadcastError):
    """An encoder failed; no other voice would change that."""


class SoundError(BroadcastError):
    """Nothing can be heard at this machine: no loudspeaker, no sound card, or it failed."""


class StorageError(BroadcastError):
    """A file or folder cannot be read or written: full disk, read-only folder, missing rights."""
