"""Undo and redo of the changes to one week, also after others have changed its file."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from broadcast.domain.week import Airing, Week
from broadcast.domain.week_edit import insert
from broadcast.errors import BroadcastError
from broadcast.store.files import Revision, read_bytes


@dataclass(frozen=True, slots=True)
class State:
    """A week as its file said it, and the file itself: its revision and bytes (None: no file)."""

    week: Week
    revision: Revision = None
    raw: bytes | None = None

    @classmethod
    def of(cls, week: Week, seen: Revision, path: Path) -> State:
        """The state of a week read from or written to `path` as `seen`; a newer file is no part."""
        raw = None
        with suppress(BroadcastError):
            raw = read_bytes(path)
        same = raw is not None and hashlib.sha256(raw).hexdigest() == seen
        return cls(week, seen, raw if same else None)


@dataclass(frozen=True, slots=True)
class Step:
    """One change: what was done, in Vietnamese, and the week before and after it."""

    what: str
    before: State
    after: State

    @property
    def reverse(self) -> Step:
        """The step that takes this one back."""
        return Step(self.what, self.after, self.before)

    def on(self, week: Week) -> Week | None:
        """`week` with this change; None where an airing it changes is not as it was before it."""
        return changed(week, self.before.week, self.after.week)

    def file_on(self, seen: Revision) -> bytes | None:
        """The file after this change to the letter, if the file is just what it was before it.

        So comments that went with an airing come back with it.
        """
        return self.after.raw if seen == self.before.revision else None


def changed(week: Week, old: Week, new: Week) -> Week | None:
    """Do to `week` what led from `old` to `new`; airings both have alike are left alone.

    None where an airing that would go is not there as it was in `old`, or an id would be twice.
    """
    if week == old:
        return new
    gone = [a for a in old.airings if a not in new.airings]
    come = [a for a in new.airings if a not in old.airings]
    if any(airing not in week.airings for airing in gone):
        return None
    week = replace(week, airings=tuple(a for a in week.airings if a not in gone))
    ids = {airing.id for airing in week.airings}
    if any(airing.id in ids for airing in come):
        return None
    for airing in come:
        week = insert(week, airing)
    return week


@dataclass(slots=True)
class History:
    """Steps that can be taken back (`done`) and done again (`undone`), the latest last."""

    done: list[Step] = field(default_factory=list)
    undone: list[Step] = field(default_factory=list)

    def push(self, step: Step) -> None:
        """Remember a new change; what was undone before it cannot be done again."""
        self.done.append(step)
        self.undone.clear()

    def fit(self, week: Week) -> tuple[str, ...]:
        """Drop the steps that do not fit the week as it is now; says which, the latest first."""
        back, lost_done = _fitting([step.reverse for step in reversed(self.done)], week)
        self.done = [step.reverse for step in reversed(back)]
        again, lost_undone = _fitting(self.undone[::-1], week)
        self.undone = again[::-1]
        return (*lost_done, *lost_undone)


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload brought: the file's `changes`, and steps that cannot be undone any more."""

    changes: Difference
    lost: tuple[str, ...] = ()


def _fitting(steps: list[Step], week: Week) -> tuple[list[Step], list[str]]:
    """Of steps to be made in turn those that can be, and what the others were."""
    kept, lost = list[Step](), list[str]()
    for step in steps:
        after = step.on(week)
        if after is None:
            lost.append(step.what)
        else:
            week = after
            kept.append(step)
    return kept, lost


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of a week elsewhere: airings that came, went, or changed (as they are now)."""

    added: tuple[Airing, ...] = ()
    removed: tuple[Airing, ...] = ()
    altered: tuple[Airing, ...] = ()

    @classmethod
    def of(cls, before: Week, after: Week) -> Difference:
        """The difference of two states of a week."""
        old = {airing.id: airing for airing in before.airings}
        new = {airing.id: airing for airing in after.airings}
        return cls(
            tuple(a for a in after.in_order() if a.id not in old),
            tuple(a for a in before.in_order() if a.id not in new),
            tuple(a for a in after.in_order() if a.id in old and old[a.id] != a),
        )

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.altered)

    def __str__(self) -> str:
        parts = (
            ("thêm", self.added), ("bỏ", self.removed), ("đổi", self.altered),
        )  # fmt: skip
        told = [f"{what} {len(those)} lượt phát" for what, those in parts if those]
        return ", ".join(told) or "không lượt phát nào khác đi"
