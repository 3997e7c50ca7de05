"""Undo and redo of the changes to one file's value, also after others have changed the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Generic, TypeVar

from broadcast.errors import BroadcastError
from broadcast.store.files import Revision, read_bytes

_T = TypeVar("_T")

Redo = Callable[[_T, _T, _T], _T | None]
"""Do to a value what led from an old to a new one; None where it does not fit any more."""


_numbers = count(1)


def step_number() -> int:
    """A number for a change, higher than those of all before: it tells which was done last."""
    return next(_numbers)


@dataclass(frozen=True, slots=True)
class State(Generic[_T]):
    """A value as its file said it, and the file itself: its revision and bytes (None: no file)."""

    value: _T
    revision: Revision = None
    raw: bytes | None = None

    @classmethod
    def of(cls, value: _T, seen: Revision, path: Path) -> State[_T]:
        """What was read from or written to `path` as `seen`; a newer file is no part of it."""
        raw = None
        with suppress(BroadcastError):
            raw = read_bytes(path)
        same = raw is not None and hashlib.sha256(raw).hexdigest() == seen
        return cls(value, seen, raw if same else None)


@dataclass(frozen=True, slots=True)
class Step(Generic[_T]):
    """One change: `what` was done, in Vietnamese, the states before and after it.

    `redo` does the same to another value. `number` tells which of two steps is the later one.
    """

    what: str
    before: State[_T]
    after: State[_T]
    redo: Redo[_T]
    number: int = field(default_factory=step_number, compare=False)

    @property
    def reverse(self) -> Step[_T]:
        """The step that takes this one back."""
        return Step(self.what, self.after, self.before, self.redo, self.number)

    def on(self, value: _T) -> _T | None:
        """`value` with this change; None where a part it changes is not as it was before it."""
        return self.redo(value, self.before.value, self.after.value)

    def file_on(self, seen: Revision) -> bytes | None:
        """The file after this change to the letter, if the file is just what it was before it.

        So comments that went with a part come back with it.
        """
        return self.after.raw if seen == self.before.revision else None


@dataclass(slots=True)
class History(Generic[_T]):
    """Steps that can be taken back (`done`) and done again (`undone`), the latest last."""

    done: list[Step[_T]] = field(default_factory=list)
    undone: list[Step[_T]] = field(default_factory=list)

    @property
    def undo_label(self) -> str:
        """What would be taken back, "" if nothing."""
        return self.done[-1].what if self.done else ""

    @property
    def redo_label(self) -> str:
        """What would be done again, "" if nothing."""
        return self.undone[-1].what if self.undone else ""

    @property
    def undo_at(self) -> int:
        """The number of what would be taken back, 0 if nothing."""
        return self.done[-1].number if self.done else 0

    @property
    def redo_at(self) -> int:
        """The number of what would be done again, 0 if nothing."""
        return self.undone[-1].number if self.undone else 0

    def push(self, step: Step[_T]) -> None:
        """Remember a new change; what was undone before it cannot be done again."""
        self.done.append(step)
        self.undone.clear()

    def fit(self, value: _T) -> tuple[str, ...]:
        """Drop the steps that do not fit what is there now; says which, the latest first."""
        back, lost_done = _fitting([step.reverse for step in reversed(self.done)], value)
        self.done = [step.reverse for step in reversed(back)]
        again, lost_undone = _fitting(self.undone[::-1], value)
        self.undone = again[::-1]
        return (*lost_done, *lost_undone)


class Undoable(Generic[_T]):
    """What every session with a history tells of it."""

    __slots__ = ()

    _history: History[_T]

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to take back."""
        return bool(self._history.done)

    @property
    def can_redo(self) -> bool:
        """Whether there is a change to do again."""
        return bool(self._history.undone)

    @property
    def undo_label(self) -> str:
        """What `undo` would take back, "" if nothing."""
        return self._history.undo_label

    @property
    def redo_label(self) -> str:
        """What `redo` would do again, "" if nothing."""
        return self._history.redo_label

    @property
    def undo_at(self) -> int:
        """When what `undo` would take back was done (`step_number`), 0 if nothing."""
        return self._history.undo_at

    @property
    def redo_at(self) -> int:
        """When what `redo` would do again was taken back, 0 if nothing."""
        return self._history.redo_at


def _fitting(steps: list[Step[_T]], value: _T) -> tuple[list[Step[_T]], list[str]]:
    """Of steps to be made in turn those that can be, and what the others were."""
    kept, lost = list[Step[_T]](), list[str]()
    for step in steps:
        after = step.on(value)
        if after is None:
            lost.append(step.what)
        else:
            value = after
            kept.append(step)
    return kept, lost
