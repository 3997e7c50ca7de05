"""What became of a week: changes made to it again later, and the differences of two states."""

from __future__ import annotations

from dataclasses import dataclass, replace

from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.week_edit import insert
from broadcast.errors import ConflictError


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


@dataclass(frozen=True, slots=True)
class Reload:
    """What a reload brought: the file's `changes`, and steps that cannot be undone any more."""

    changes: Difference
    lost: tuple[str, ...] = ()


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


def changed_elsewhere(week_id: WeekId) -> ConflictError:
    """That the week's file is another one than the change was made to."""
    happened = f"tuần {week_id} vừa bị sửa ở cửa sổ khác hoặc trong tệp"
    mend = "nạp lại tuần, xem chỗ khác đi, rồi làm lại thay đổi vừa rồi"
    return ConflictError("Chưa lưu, để không ghi đè", happened, mend)
