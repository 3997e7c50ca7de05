"""Asking about a proofreader's suggestions: their lines in a list, and what to do with one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from broadcast.tui.dialogs.ask import Choice, LongAskDialog
from broadcast.vietnamese.characters import shorten
from broadcast.workflow.proof_view import finding

if TYPE_CHECKING:
    from broadcast.vietnamese.decisions import Open

Way = Literal["accept", "accept_alike", "reject", "ignore"]
"""Carry one out, or all that say the same; leave this place; never ask about these words again."""

_LONGEST = 40


def alike(one: Open, others: Sequence[Open]) -> tuple[Open, ...]:
    """The suggestions that would change the same words in the same way, itself too."""
    same = one.suggestion
    return tuple(
        other for other in others if other.suggestion[3:6] == (same.written, same.better, same.rule)
    )


def suggestion_line(one: Open, place: str) -> tuple[str, str]:
    """A suggestion in a list: what it is about, and the change."""
    told = finding(one)
    return f"? {place}{told.message}", f"→ {told.mend}"


def asking(one: Open, place: str, around: str, same: int) -> LongAskDialog[Way]:
    """The question about a suggestion.

    Args:
        place: where it is, "" if unknown.
        around: the words it stands in.
        same: how many suggestions say the same, itself too.
    """
    found = one.suggestion
    text = Text(f"{found.reason}\n\n")
    before, written, after = around.partition(found.written)
    text.append(f"…{before}" if before else "")
    text.append(written, "bold reverse")
    text.append(after)
    ways: list[Choice[Way]] = []
    better = shorten(found.better, _LONGEST)
    if found.better:
        ways.append(Choice("accept", f"Sửa thành «{better}»"))
        if same > 1:
            ways.append(Choice("accept_alike", f"Sửa cả {same} chỗ giống nhau thành «{better}»"))
    ways.append(Choice("reject", "Để nguyên chỗ này"))
    words = shorten(found.written, _LONGEST)
    ways.append(Choice("ignore", f"Không bao giờ hỏi về «{words}» nữa"))
    return LongAskDialog(f"{place}«{words}»", text, ways)
