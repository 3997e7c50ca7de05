"""A plan's outline as lines to be drawn: signs, words, how often each topic is planned."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from broadcast.domain.plan import Channel, Duty, Plan, Topic
from broadcast.domain.plan_edit import Entry
from broadcast.domain.plan_outline import Folded, Heading, outline
from broadcast.tui.widgets.heat_rows import strip

if TYPE_CHECKING:
    from broadcast.workflow.topic_counts import Counts, TopicCount

SIGNS = {"yes": "✓", "ask": "?", "no": "✗"}
"""Whether a topic is for the air, so that it reads without colour."""

WORDS = {"yes": "phát được", "ask": "hỏi lại", "no": "không phát"}
"""The same in words."""

KIND_WORDS = {"parent": "mục cha", "fragment": "đoạn rời"}
"""What a topic is that is none by itself."""

_GROUP_WORDS = {"channels": "hình thức", "duties": "nhiệm vụ", "passages": "đoạn"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the outline: what it is of, and what is drawn of it.

    `cells` are the last weeks, a character each (`heat_rows.MARKS`). `look` names its
    colour: heading, yes, ask, no, other.
    """

    of: Heading | Entry
    indent: int
    sign: str
    text: str
    word: str = ""
    times: str = ""
    cells: str = ""
    look: str = "other"


def outline_lines(plan: Plan, folded: Folded, counts: Counts | None) -> tuple[Line, ...]:
    """The plan in its own order."""
    return tuple(
        _heading(row.of, row.depth, row.of.key in folded)
        if isinstance(row.of, Heading)
        else entry_line(row.of, row.depth, counts)
        for row in outline(plan, folded)
    )


def least_lines(plan: Plan, counts: Counts | None) -> tuple[Line, ...]:
    """The topics for the air, the least planned first."""
    topics: Sequence[Topic] = plan.airable_topics()
    if counts is not None:
        topics = sorted(topics, key=lambda t: _rank(counts.of(t.path)))
    return tuple(entry_line(topic, 0, counts) for topic in topics)


def _rank(count: TopicCount) -> tuple[int, date]:
    return count.times, count.last or date.min


def _heading(heading: Heading, depth: int, folded: bool) -> Line:
    told = [f"{heading.topics} nội dung"] if heading.topics else []
    told += [f"{heading.waiting} đang chờ"] if heading.waiting else []
    if not told:
        told = [f"{size} {_GROUP_WORDS[group]}" for group, size in heading.others]
    sign = "▸" if folded else "▾"
    return Line(heading, depth, sign, f"{heading.title} ({', '.join(told)})", look="heading")


def entry_line(entry: Entry, depth: int, counts: Counts | None) -> Line:
    """One entry."""
    if not isinstance(entry, Topic):
        sign, word = _other(entry)
        text = f"{entry.unit}: {entry.text}" if isinstance(entry, Duty) else entry.text
        return Line(entry, depth, sign, text, word)
    count = counts.of(entry.path) if counts and entry.kind != "fragment" else None
    tells = count is not None and (count.times or count.recent or entry.airable == "yes")
    return Line(
        entry,
        depth,
        SIGNS[entry.airable],
        f"{shown_path(entry)}  {entry.text}",
        KIND_WORDS.get(entry.kind) or WORDS[entry.airable],
        f"{count.times}×" if count and tells else "",
        strip(count.marks) if count and tells else "",
        entry.airable,
    )


def shown_path(topic: Topic) -> str:
    """The topic's path for reading; a fragment has none, only the topic that it came after."""
    return topic.path.partition("/fragment")[0] + "/…" if topic.kind == "fragment" else topic.path


def _other(entry: Entry) -> tuple[str, str]:
    if isinstance(entry, Duty):
        return "•", "nhiệm vụ"
    return ("◦", "hình thức") if isinstance(entry, Channel) else ("¶", "đoạn văn")
