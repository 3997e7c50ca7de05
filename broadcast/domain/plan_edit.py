"""Correcting an imported plan: each correction gives a new plan; nothing of its text is dropped.

Paths are what weeks and scripts know a topic by: a correction never changes that of a topic it
does not touch, and the path of a joined topic goes on to lead to what it was joined to
(`Topic.also`). Entries are named by themselves, as they are in the plan now; one that has been
changed meanwhile is not found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final, Literal

from broadcast.domain.plan import (
    Airable,
    Channel,
    Duty,
    Passage,
    Plan,
    PlanProblem,
    Topic,
    TopicKind,
)
from broadcast.errors import InputError, NotFoundError

Entry = Topic | Channel | Duty | Passage
"""What can be corrected: something the document says."""

Part = Literal["topics", "channels", "duties", "passages"]
"""The list of the plan that holds an entry."""

EntryKind = Literal["leaf", "parent", "fragment", "channel", "duty", "passage"]
"""What a text of the document is taken for; the first three are topics."""

TOPIC_KINDS: Final = ("leaf", "parent", "fragment")
"""The kinds that are topics."""

_PARTS: Final[dict[type, Part]] = {
    Topic: "topics", Channel: "channels", Duty: "duties", Passage: "passages",
}  # fmt: skip

_STOPS = (".", "!", "?", "…", ";", ":")


def part_of(entry: Entry) -> Part:
    """The list of the plan an entry is in."""
    return _PARTS[type(entry)]


def kind_of(entry: Entry) -> EntryKind:
    """What an entry is taken for."""
    if isinstance(entry, Topic):
        return entry.kind
    if isinstance(entry, Channel):
        return "channel"
    return "duty" if isinstance(entry, Duty) else "passage"


def entries(plan: Plan) -> tuple[Entry, ...]:
    """Everything that can be corrected, list by list."""
    return (*plan.topics, *plan.channels, *plan.duties, *plan.passages)


def set_airable(plan: Plan, topic: Topic, airable: Airable) -> Plan:
    """Say whether a topic is for the air; a fragment that is becomes a topic by itself."""
    kind: TopicKind = "leaf" if topic.kind == "fragment" and airable == "yes" else topic.kind
    return _exchange(plan, topic, replace(topic, airable=airable, kind=kind))


def set_text(plan: Plan, entry: Entry, text: str) -> Plan:
    """Correct what an entry says; white space is folded.

    Raises:
        InputError: nothing is left of it.
    """
    text = " ".join(text.split())
    if not text:
        happened = "đoạn này không còn chữ nào"
        mend = "ghi nội dung; nếu không muốn phát, đánh dấu là không phát"
        raise InputError("Không sửa được", happened, mend)
    return _exchange(plan, entry, replace(entry, text=text))


def set_field(plan: Plan, topic: Topic, name: str, text: str) -> Plan:
    """Correct one field of an activity card; white space is folded, an empty one goes.

    Args:
        name: its name in `Topic.fields`.
    """
    fields = {**topic.fields, name: " ".join(text.split())}
    kept = {key: value for key, value in fields.items() if value}
    return _exchange(plan, topic, replace(topic, fields=kept))


def before(plan: Plan, topic: Topic) -> Topic:
    """The topic that `topic` would be joined to: the one before it in the same section.

    Raises:
        InputError: it is the first one.
    """
    at = _at(plan.topics, topic)
    if at == 0 or section_of(plan.topics[at - 1].path) != section_of(topic.path):
        happened = f"{topic.path} là mục đầu tiên của phần này"
        raise InputError("Không gộp được", happened, "chọn mục đứng sau mục cần gộp vào")
    return plan.topics[at - 1]


def merge_up(plan: Plan, topic: Topic) -> Plan:
    """Join a topic to the one before it: text after text, what was planned for both goes on.

    The path of the one before stays; where that is a fragment, which nothing refers to, the
    path and kind of the joined topic stay. Topics under the joined one stay where they are.

    Raises:
        InputError: there is none before it in its section.
    """
    first = before(plan, topic)
    at = _at(plan.topics, topic)
    loose = first.kind == "fragment" and topic.kind != "fragment"
    main, other = (topic, first) if loose else (first, topic)
    joined = replace(
        main,
        text=_joined(first.text, topic.text),
        fields=_joined_fields(first.fields, topic.fields),
        line=first.line if first.line is not None else topic.line,
        also=(*main.also, *_known_by(other)),
    )
    rest = (*plan.topics[: at - 1], *plan.topics[at + 1 :])
    if joined.kind == "parent" and not any(t.path.startswith(f"{joined.path}/") for t in rest):
        joined = replace(joined, kind="leaf")
    return replace(plan, topics=(*rest[: at - 1], joined, *rest[at - 1 :]))


def split(plan: Plan, topic: Topic, at: int) -> Plan:
    """Divide a topic: what stands before `at` (characters) stays, the rest is a topic after it.

    The new one takes the path of a topic that was joined to this one, else a new path.

    Raises:
        InputError: one of the two would be empty.
    """
    text, rest = topic.text[:at].rstrip(), topic.text[at:].lstrip()
    if not text or not rest:
        happened = "một trong hai phần không có chữ nào"
        raise InputError("Không tách được", happened, "chọn chỗ tách ở giữa đoạn")
    path, *also = topic.also or (_free_path(plan, topic.path),)
    kind: TopicKind = "fragment" if topic.kind == "fragment" else "leaf"
    first = replace(topic, text=text, also=())
    second = Topic(path, rest, kind, topic.airable, line=topic.line, also=tuple(also))
    place = _at(plan.topics, topic)
    topics = (*plan.topics[:place], first, second, *plan.topics[place + 1 :])
    return replace(plan, topics=topics)


def retype(plan: Plan, entry: Entry, kind: EntryKind, unit: str = "") -> Plan:
    """Take an entry for something else.

    A passage, a channel or a duty that becomes a topic is for the air: it is made one because it
    is to be told. What an entry says beyond its text (an activity card, a duty's unit) goes along.

    Args:
        unit: who has the duty, where it becomes one; without it the card's lead unit.

    Raises:
        InputError: it would become a duty of nobody.
    """
    if kind == kind_of(entry):
        return plan
    if isinstance(entry, Topic) and kind in ("leaf", "parent", "fragment"):
        airable: Airable = "ask" if kind == "fragment" else entry.airable
        return _exchange(plan, entry, replace(entry, kind=kind, airable=airable))
    rest = _without(plan, entry)
    if kind == "duty":
        return _put(rest, _as_duty(entry, unit))
    if kind in ("leaf", "parent", "fragment"):
        return _put(rest, _as_topic(rest, entry, kind))
    path, line = _place_of(plan, entry), entry.line
    whole = _whole_text(entry)
    if kind == "channel":
        return _put(rest, Channel(path, whole, line))
    return _put(rest, Passage(path, whole, line))


def drop_problem(plan: Plan, problem: PlanProblem) -> Plan:
    """Take a problem from the list: a person has looked at it."""
    return replace(plan, problems=tuple(one for one in plan.problems if one != problem))


def waiting(plan: Plan) -> tuple[Topic, ...]:
    """The topics that wait for the officer's yes or no."""
    return tuple(topic for topic in plan.topics if topic.airable == "ask")


def lost_paths(old: Plan, new: Plan) -> tuple[str, ...]:
    """Paths that lead to a topic in `old` and to none in `new`."""
    known = [p for t in old.topics if t.kind != "fragment" for p in (t.path, *t.also)]
    return tuple(path for path in known if new.topic(path) is None)


def section_of(path: str) -> str:
    """The section a path is in: "II" of "II.2/a"."""
    return path.partition("/")[0].partition(".")[0]


def section_at(plan: Plan, line: int | None) -> str:
    """The number of the section that a line of the document is in; "" before the first one."""
    found = ""
    for section in plan.sections:
        if line is not None and section.line is not None and section.line <= line:
            found = section.number
    return found


def _exchange(plan: Plan, old: Entry, new: Entry) -> Plan:
    listed: Sequence[Entry] = getattr(plan, part_of(old))
    at = _at(listed, old)
    return _with_part(plan, part_of(old), (*listed[:at], new, *listed[at + 1 :]))


def _without(plan: Plan, entry: Entry) -> Plan:
    listed: Sequence[Entry] = getattr(plan, part_of(entry))
    at = _at(listed, entry)
    return _with_part(plan, part_of(entry), (*listed[:at], *listed[at + 1 :]))


def _put(plan: Plan, entry: Entry) -> Plan:
    """Put a new entry where its line belongs; without a line at the end of its section."""
    listed: Sequence[Entry] = getattr(plan, part_of(entry))
    at = len(listed)
    if entry.line is not None:
        later = (n for n, other in enumerate(listed) if (other.line or 0) > entry.line)
        at = next(later, at)
    elif isinstance(entry, Topic):
        section = section_of(entry.path)
        mine = [n for n, t in enumerate(plan.topics) if section_of(t.path) == section]
        at = mine[-1] + 1 if mine else at
    return _with_part(plan, part_of(entry), (*listed[:at], entry, *listed[at:]))


def _with_part(plan: Plan, part: Part, listed: Sequence[Entry]) -> Plan:
    named: dict[str, Any] = {part: listed}
    return replace(plan, **named)


def _at(listed: Sequence[Entry], entry: Entry) -> int:
    if entry not in listed:
        happened = "mục này vừa được sửa hoặc không còn trong kế hoạch"
        raise NotFoundError("Không sửa được", happened, "xem lại mục ấy rồi làm lại")
    return listed.index(entry)


def _known_by(topic: Topic) -> tuple[str, ...]:
    """The paths that others may know a topic by."""
    return topic.also if topic.kind == "fragment" else (topic.path, *topic.also)


def _joined(one: str, other: str) -> str:
    return " ".join(text for text in (one.strip(), other.strip()) if text)


def _joined_fields(one: dict[str, str], other: dict[str, str]) -> dict[str, str]:
    joined = dict(one)
    for name, value in other.items():
        joined[name] = f"{joined[name]}; {value}" if name in joined else value
    return joined


def _free_path(plan: Plan, path: str) -> str:
    """A path for a second topic beside the one at `path`: "II.2/đ~2"."""
    stem = path.partition("~")[0]
    return _numbered(f"{stem}~", plan, start=2)


def _numbered(stem: str, plan: Plan, start: int) -> str:
    taken = {path for topic in plan.topics for path in (topic.path, *topic.also)}
    number = start
    while f"{stem}{number}" in taken:
        number += 1
    return f"{stem}{number}"


def _place_of(plan: Plan, entry: Entry) -> str:
    """Where an entry stands: its path; of a duty, which has none, its section."""
    if isinstance(entry, Duty):
        return section_at(plan, entry.line) or "mở đầu"
    return entry.path


def _as_topic(plan: Plan, entry: Entry, kind: TopicKind) -> Topic:
    """A topic that says what the entry says; the plan is that without the entry."""
    path = _place_of(plan, entry)
    sections = {section.number for section in plan.sections}
    if path in sections or section_of(path) not in sections:
        path = _numbered(f"{path}/+", plan, start=1)
    elif any(path in (t.path, *t.also) for t in plan.topics):
        path = _free_path(plan, path)
    fields: dict[str, str] = {}
    if isinstance(entry, Duty):
        fields["lead"] = entry.unit
        # A frequency is in the duty's own words; it is part of the text already.
        if entry.frequency and entry.frequency not in entry.text:
            fields["time"] = entry.frequency
    airable: Airable = "ask" if kind == "fragment" else "yes"
    return Topic(path, entry.text, kind, airable, fields, entry.line)


def _as_duty(entry: Entry, unit: str) -> Duty:
    fields = dict(entry.fields) if isinstance(entry, Topic) else {}
    lead = fields.get("lead", "")
    unit = " ".join(unit.split()) or lead
    if not unit:
        happened = "chưa rõ nhiệm vụ này của đơn vị nào"
        raise InputError("Không đổi được", happened, "ghi tên đơn vị có nhiệm vụ ấy")
    if unit == lead:
        del fields["lead"]
    return Duty(unit, _with(entry.text, fields.values()), None, entry.line)


def _whole_text(entry: Entry) -> str:
    """All that an entry says, as one text."""
    if isinstance(entry, Topic):
        return _with(entry.text, entry.fields.values())
    if isinstance(entry, Duty):
        more = entry.frequency or ""
        text = entry.text if more in entry.text else _with(entry.text, [more])
        return f"{entry.unit}: {text}"
    return entry.text


def _with(text: str, others: Iterable[str]) -> str:
    for other in others:
        text = f"{text} {other}" if text.endswith(_STOPS) else f"{text}; {other}"
    return text
