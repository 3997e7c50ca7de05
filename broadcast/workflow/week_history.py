"""Undo and redo of the changes to one week, also after others have changed its file."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from broadcast.domain.week import Airing, Week
from broadcast.domain.week_edit import insert


@dataclass(frozen=True, slots=True)
class Step:
    """One change: what was done, in Vietnamese, and the week before and after it."""

    what: str
    before: Week
    after: Week

    def back(self, week: Week) -> Week | None:
        """`week` without this change; None where what it changed was changed again since."""
        return changed(week, self.after, self.before)

    def again(self, week: Week) -> Week | None:
        """`week` with this change once more; None where that is not possible any more."""
        return changed(week, self.before, self.after)


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
        self.done, lost_done = _fitting(self.done, week, back=True)
        self.undone, lost_undone = _fitting(self.undone, week, back=False)
        return (*lost_done, *lost_undone)


def _fitting(steps: list[Step], week: Week, *, back: bool) -> tuple[list[Step], list[str]]:
    kept, lost = list[Step](), list[str]()
    for step in reversed(steps):
        after = step.back(week) if back else step.again(week)
        if after is None:
            lost.append(step.what)
        else:
            week = after
            kept.append(step)
    return kept[::-1], lost


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
