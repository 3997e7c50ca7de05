"""Two people's edits of one script's body brought together, row by row, so that neither is lost.

What only one of them changed is taken. Where both changed the same rows, mine stay in place and
theirs stand right below as comments, which nobody speaks and a finding points at.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from broadcast.domain.script import parse_body
from broadcast.workflow.hearing import OTHER_VERSION, is_other_version
from broadcast.workflow.script_text import alike

_NOTHING_NEW = "bỏ bớt hoặc đổi thứ tự các dòng trên"

Rows = Sequence[str]


@dataclass(frozen=True, slots=True)
class Merged:
    """What came of it: in `taken` places something of theirs was taken, in `conflicts` places both
    had changed the same rows."""

    text: str
    taken: int = 0
    conflicts: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything of theirs in it."""
        return bool(self.taken or self.conflicts)

    def __str__(self) -> str:
        told = []
        if self.taken:
            told.append(f"đã gộp {self.taken} chỗ vừa được sửa ở nơi khác")
        if self.conflicts:
            told.append(
                f"{self.conflicts} chỗ hai nơi cùng sửa: bản kia nằm trong dòng ghi chú ngay dưới"
            )
        return "; ".join(told)


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Bring `mine` and `theirs`, both made from `base`, together.

    Args:
        base, mine, theirs: bodies' texts, see `script_text.plain`.
    """
    if theirs in {base, mine}:
        return Merged(mine)
    texts = [text.split("\n") for text in (base, mine, theirs)]
    head, tail = alike(*texts)
    middle = _Middle()
    was, ours, others = (rows[head : len(rows) - tail] for rows in texts)
    middle.merge(was, ours, others)
    rows = texts[1][:head] + middle.rows + texts[1][len(texts[1]) - tail :]
    return Merged("\n".join(rows), middle.taken, middle.conflicts)


@dataclass(slots=True)
class _Middle:
    """The rows between the first and the last change."""

    rows: list[str] = field(default_factory=list)
    taken: int = 0
    conflicts: int = 0

    def merge(self, base: Rows, mine: Rows, theirs: Rows) -> None:
        from merge3 import Merge3  # noqa: PLC0415 - only where two have edited

        for group in Merge3(base, mine, theirs).merge_groups():
            if group[0] == "conflict":
                _, was, ours, others = group
                self._both(was, ours, others)
            else:
                self.rows += group[1]
                self.taken += group[0] == "b"

    def _both(self, was: Rows, ours: Rows, others: Rows) -> None:
        """Rows that both changed; of as many rows as before each is looked at by itself."""
        if not len(was) == len(ours) == len(others):
            self._conflict(was, ours, others)
            return
        for old, our, other in zip(was, ours, others, strict=True):
            if other in {old, our}:
                self.rows.append(our)
            elif our == old:
                self.rows.append(other)
                self.taken += 1
            else:
                self._conflict([old], [our], [other])

    def _conflict(self, was: Rows, ours: Rows, others: Rows) -> None:
        self.conflicts += 1
        self.rows += ours
        known = {*was, *ours}
        self.rows += list(_comments([row for row in others if row not in known]))


def _comments(rows: Rows) -> Iterator[str]:
    """Rows as comments; blank ones say nothing."""
    told = [row for row in rows if row.strip()]
    for row in told or [_NOTHING_NEW]:
        yield row if _is_comment_of_ours(row) else f"<!-- {OTHER_VERSION}: {_safe(row)} -->"


def _is_comment_of_ours(row: str) -> bool:
    return any(is_other_version(line) for line in parse_body(row))


def _safe(row: str) -> str:
    """The row with nothing in it that begins or ends a comment."""
    return row.strip().replace("<!--", "‹!--").replace("-->", "--›")
