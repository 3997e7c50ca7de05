"""What is told of a filled span, alike by the command and on screen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from broadcast.domain.rota import Explained
from broadcast.domain.week import Finding, WeekId
from broadcast.domain.wording import day_text
from broadcast.workflow.span_fill import SpanFill

_MOST_ALIKE = 5
"""How many notes of one kind are told one by one."""


def headline(done: SpanFill, *, saved: bool) -> str:
    """How many airings were or would be put where."""
    rota, span = done.rota, done.span
    days = f"{day_text(span.first)} – {day_text(span.last)}"
    if not rota.added:
        return f"Không xếp thêm lượt nào vào {span} ({days})."
    weeks = len({WeekId.of(airing.day) for airing in rota.added})
    verb = "Đã xếp" if saved else "Xem trước, chưa ghi: xếp được"
    return f"{verb} {len(rota.added)} lượt phát vào {weeks} tuần ({span}: {days})."


def shares_line(told: Explained) -> str:
    """How often topics are heard, and how far apart."""
    counts = [topic.times for topic in told.topics]
    few, many = min(counts), max(counts)
    times = f"{few} lần" if few == many else f"{few} đến {many} lần"
    return f"Mỗi nội dung được phát {times}; lâu nhất {told.longest} ngày giữa hai lần."


def few_notes(notes: Iterable[Finding]) -> Iterator[Finding]:
    """The notes, but only the first of many that are alike."""
    ordered = sorted(notes, key=lambda note: note.rule)
    for rule, alike in groupby(ordered, key=lambda note: note.rule):
        those = list(alike)
        yield from those[:_MOST_ALIKE]
        if len(those) > _MOST_ALIKE:
            yield Finding(rule, f"và {len(those) - _MOST_ALIKE} chỗ khác như thế")
