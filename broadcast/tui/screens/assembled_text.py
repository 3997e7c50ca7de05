"""What putting a script together comes to, for reading before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.wording import length_text
from broadcast.tui.hints import in_keys

if TYPE_CHECKING:
    from broadcast.workflow.assemble import Assembled

_BELOW = frozenset({"too-short"})
"""Rules of findings whose mend is what the dialog offers below."""


def assembled_text(made: Assembled) -> Text:
    """Title, length against the time it has, each item with why, what is found and missing."""
    text = Text(f"«{made.script.title}»\n", "bold")
    text.append(_length(made), "not bold")
    for number, item in enumerate(made.items, 1):
        text.append(f"\n{number}. {item.title} ({length_text(item.seconds)})", "bold")
        text.append(f"\n   {item.why}", "not bold dim")
    for finding in made.findings:
        text.append(f"\n! {finding.message}", "bold")
        if finding.mend and finding.rule not in _BELOW:
            text.append(f" → {in_keys(finding.mend)}", "not bold")
    for line in _missing(made):
        text.append(f"\n· {line}", "not bold")
    return text


def _length(made: Assembled) -> str:
    lasts = f"Dài khoảng {length_text(made.budget.seconds)}"
    return f"{lasts} trong {made.budget.minutes} phút" if made.budget.minutes else lasts


def _missing(made: Assembled) -> Iterator[str]:
    names = list(dict.fromkeys(blank.name for blank in made.blanks))
    if names:
        yield f"chỗ trống phải điền: {', '.join(names)}"
    for name, said in made.numbers.items():
        yield f"đài chưa xác nhận {name}; nguồn ghi: {said}"
    for sentence in made.left_out:
        yield f"bỏ câu vì đài chưa khai: {sentence}"
    for sentence in made.cut:
        yield f"bỏ cho vừa giờ: {sentence}"
