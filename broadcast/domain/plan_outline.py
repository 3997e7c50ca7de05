"""A plan as an outline to go through: its sections, the topics under them, and all other text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from broadcast.domain.plan import Duty, Plan, Topic
from broadcast.domain.plan_edit import Entry, entries, part_of, section_at, section_of

Group = Literal["section", "channels", "duties", "passages"]
"""A heading: a section, or what of it is no topic."""

GROUP_NAMES: dict[Group, str] = {
    "channels": "Hình thức tuyên truyền",
    "duties": "Nhiệm vụ của các đơn vị",
    "passages": "Đoạn văn khác",
}
"""What the headings inside a section are called."""

PREAMBLE, ENDING = "", "cuối"
"""Instead of a section's number: what stands before the first one (or belongs to none), and the
closing words and signature after the last one."""

_NAMES = {PREAMBLE: "Phần mở đầu", ENDING: "Phần kết"}
_END_PATHS = ("kết thúc", "ký")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: of a section (by its number, or PREAMBLE or ENDING), or of a group inside one.

    `topics` and `waiting` count the topics under it and those that wait for an answer, `others`
    the entries of each group that is no topic.
    """

    section: str
    group: Group
    title: str
    topics: int = 0
    waiting: int = 0
    others: tuple[tuple[Group, int], ...] = ()

    @property
    def key(self) -> tuple[str, Group]:
        """What it is folded by; it stays the same when entries come and go."""
        return self.section, self.group


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the outline: a heading or an entry, `depth` steps in."""

    of: Heading | Entry
    depth: int


Folded = frozenset[tuple[str, Group]]
"""The keys of the headings whose entries are not shown."""


def outline(plan: Plan, folded: Folded = frozenset()) -> tuple[Row, ...]:
    """The rows to be shown, in the document's order; sections without any entry have none."""
    return tuple(_rows(plan, folded))


def first_folds(plan: Plan) -> Folded:
    """The headings to fold at first: everything that is no topic."""
    headings = (row.of for row in outline(plan) if isinstance(row.of, Heading))
    found = [h for h in headings if h.group != "section" or not h.topics]
    return frozenset(heading.key for heading in found)


def keys_over(plan: Plan, entry: Entry) -> Folded:
    """The headings that have to be open for an entry to be seen."""
    section = _section(plan, entry, {s.number for s in plan.sections})
    if isinstance(entry, Topic):
        return frozenset({(section, "section")})
    group: Group = part_of(entry)  # type: ignore[assignment]  # topics are not among the rest
    return frozenset({(section, "section"), (section, group)})


def nearest(plan: Plan, line: int | None) -> Entry | None:
    """The entry a line of the document is in, for a problem that names it; topics come first."""
    if line is None:
        return None
    lines = [(entry.line, entry) for entry in entries(plan) if entry.line is not None]
    ahead = [(at, isinstance(entry, Topic), entry) for at, entry in lines if at <= line]
    if ahead:
        return max(ahead, key=lambda one: one[:2])[2]
    return min(lines, key=lambda one: one[0])[1] if lines else None


def _rows(plan: Plan, folded: Folded) -> Iterator[Row]:
    numbers = {section.number: section.title for section in plan.sections}
    by_section: dict[str, list[Entry]] = {key: [] for key in (PREAMBLE, *numbers, ENDING)}
    for entry in entries(plan):
        by_section[_section(plan, entry, set(numbers))].append(entry)
    for number, found in by_section.items():
        if found:
            yield from _section_rows(number, numbers.get(number, ""), found, folded)


def _section(plan: Plan, entry: Entry, numbers: set[str]) -> str:
    """The section an entry is under: by its path; a duty, which has none, by its line."""
    if isinstance(entry, Duty):
        return section_at(plan, entry.line)
    section = section_of(entry.path)
    if section in numbers:
        return section
    return ENDING if section in _END_PATHS else PREAMBLE


def _section_rows(number: str, title: str, found: Sequence[Entry], folded: Folded) -> Iterator[Row]:
    topics = [entry for entry in found if isinstance(entry, Topic)]
    name = _NAMES.get(number) or f"{number}. {title}"
    waiting = sum(topic.airable == "ask" for topic in topics)
    groups = {group: [e for e in found if part_of(e) == group] for group in GROUP_NAMES}
    others = tuple((group, len(inside)) for group, inside in groups.items() if inside)
    heading = Heading(number, "section", name, len(topics), waiting, others)
    yield Row(heading, 0)
    # A section that holds nothing but one group needs no second heading over it.
    if heading.key in folded:
        return
    highest = min((topic.path.count("/") for topic in topics), default=0)
    for topic in topics:
        yield Row(topic, 1 + topic.path.count("/") - highest)
    if not topics and len(others) == 1:
        yield from (Row(entry, 1) for entry in found)
        return
    for group, inside in groups.items():
        if inside:
            below = Heading(number, group, GROUP_NAMES[group], others=((group, len(inside)),))
            yield Row(below, 1)
            if below.key not in folded:
                yield from (Row(entry, 2) for entry in inside)
