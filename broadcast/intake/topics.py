"""The contents of a plan: topics with their activity cards, and the channels named among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from broadcast.domain.plan import Channel, Passage, PlanProblem, Topic, TopicKind
from broadcast.intake.airable import airable
from broadcast.intake.headings import heading_and_text
from broadcast.intake.lines import is_finished
from broadcast.intake.outline import Node
from broadcast.intake.parts import Parts, all_text, numbered_paragraphs
from broadcast.intake.tables import Table, parse_table, split_tables

_DOING = (
    r"(?:\s+(?:thực hiện|tuyên truyền|hoàn thành|tổ chức|triển khai|cụ thể|chính|chủ yếu"
    r"|tham mưu))?"
)
_WHO = r"(?:(?:cơ quan|đơn vị|bộ phận|cá nhân|người|cán bộ|công chức)[,/ ]*(?:và )?){0,3}"
_FIELDS = tuple(
    (name, re.compile(pattern + r"\s*$", re.IGNORECASE))
    for name, pattern in (
        ("time", rf"(?:thời gian|thời điểm|thời hạn|tiến độ){_DOING}"),
        ("with", rf"{_WHO}\s*(?:cùng )?phối hợp{_DOING}"),
        (
            "lead",
            rf"{_WHO}\s*(?:chủ trì|phụ trách|chịu trách nhiệm|thực hiện|đầu mối){_DOING}"
            r"(?:,? phối hợp)?"
            rf"|phân công{_DOING}|trách nhiệm{_DOING}",
        ),
        ("content", rf"(?:các )?nội dung{_DOING}"),
        (
            "note",
            r"(?:thời lượng|tần suất|chỉ tiêu|kinh phí|địa điểm|đối tượng|sản phẩm|kết quả"
            rf"|mục đích|mục tiêu|yêu cầu){_DOING}",
        ),
        ("form", rf"(?:các )?(?:hình thức|phương thức|kênh|phương tiện){_DOING}"),
    )
)
_FRAGMENT = "đoạn rời, không rõ thuộc mục nào"
_FRAGMENT_MEND = "xem lại bản gốc, ghép đoạn này vào đúng mục"


def field_of(node: Node) -> str | None:
    """The field of an activity card an item gives: time, lead, with, content, form or note."""
    heading, rest = heading_and_text(node.text)
    if not heading or not (rest or node.children):
        return None
    return next((name for name, pattern in _FIELDS if pattern.match(heading)), None)


def read_topics(parts: Parts, items: Sequence[Node]) -> None:
    """Read sibling items of the contents; cards among them belong to the topic before them."""
    start: int | None = None
    for item in items:
        if field_of(item) and start is not None:
            _add_field(parts, item, start)
        else:
            start = len(parts.topics)
            _read_topic(parts, item)


def _read_topic(parts: Parts, node: Node) -> None:
    """One item with everything under it."""
    text, fragments = _text_and_fragments(node)
    at = len(parts.topics)
    parts.topics.append(Topic(node.path, text, line=node.line))
    _add_fragments(parts, node.path, fragments)
    items = node.items
    owner_of = _card_owners(text, items)
    last = at
    for item in items:
        if field_of(item) is None:
            last = len(parts.topics)
            _read_topic(parts, item)
        else:
            _add_field(parts, item, last if owner_of == "sibling" else at)
    read_tables(parts, node)
    has_children = any(
        topic.kind != "fragment" and topic.path.startswith(f"{node.path}/")
        for topic in parts.topics[at + 1 :]
    )
    kind: TopicKind = "parent" if has_children else "leaf"
    old = parts.topics[at]
    parts.topics[at] = Topic(old.path, old.text, kind, airable(text, kind), old.fields, old.line)


def _card_owners(text: str, items: Sequence[Node]) -> str:
    """Whose the cards among the items are: the item before's, or the whole topic's ("parent").

    A bare lead-in ("... phù hợp như:") has no card of its own; where a field comes twice, each
    item has its card; otherwise the card closes the numbered activity above.
    """
    names = [name for name in map(field_of, items) if name and name != "note"]
    if len(set(names)) < len(names):
        return "sibling"
    first = next((at for at, item in enumerate(items) if field_of(item)), 0)
    return "sibling" if first and text.rstrip().endswith(":") else "parent"


def _add_field(parts: Parts, item: Node, at: int) -> None:
    """Put an activity card's item into the fields of the topic at index `at`."""
    name = field_of(item) or ""
    heading, rest = heading_and_text(item.text)
    topic = parts.topics[at]
    if name == "content" and not rest and item.items:
        loose = [node for node in item.paragraphs if not node.cells]
        said = [(item.text, item.line), *((node.text, node.line) for node in loose)]
        parts.passages += [Passage(item.path, text, line) for text, line in said]
        read_tables(parts, item)
        read_topics(parts, item.items)
        return
    if name == "note":
        parts.keep(item, item.path)
        return
    value = all_text(item, heading)
    if name == "form":
        parts.channels.append(Channel(item.path, value, item.line))
        parts.passages.append(Passage(item.path, heading, item.line))
        return
    value = value.rstrip(" .;") if name != "content" else value
    if name in topic.fields:
        value = f"{topic.fields[name]}; {value}"
    topic.fields[name] = value


def _text_and_fragments(node: Node) -> tuple[str, list[Node]]:
    """An item's text with the paragraphs that go on with it, and those that cannot."""
    text, fragments = node.text, []
    for paragraph in node.paragraphs:
        if paragraph.cells:
            continue
        whole = is_finished(paragraph.text) and not paragraph.text[:1].islower()
        if whole:
            joint = " " if is_finished(text) else ": "
            text = f"{text}{joint}{paragraph.text}"
        else:
            fragments.append(paragraph)
    return text, fragments


def _add_fragments(parts: Parts, path: str, fragments: Sequence[Node]) -> None:
    for count, fragment in enumerate(fragments, 1):
        own = f"{path}/fragment" + (str(count) if count > 1 else "")
        parts.topics.append(Topic(own, fragment.text, "fragment", "ask", line=fragment.line))
        message = f"{_FRAGMENT}: “{_short(fragment.text)}”"
        parts.problems.append(PlanProblem(message, fragment.line, _FRAGMENT_MEND))


def _short(text: str) -> str:
    return text if len(text) <= 60 else text[:60].rsplit(" ", 1)[0] + " …"


def read_loose_topics(parts: Parts, container: Node) -> None:
    """Paragraphs of a contents section that numbers nothing: each is a topic."""
    for path, paragraph in numbered_paragraphs(container):
        if paragraph.cells:
            continue
        if paragraph.text.rstrip().endswith(":"):
            parts.passages.append(Passage(path, paragraph.text, paragraph.line))
        elif paragraph.text[:1].islower():
            _add_fragments(parts, path, [paragraph])
        else:
            text = paragraph.text
            parts.topics.append(
                Topic(path, text, "leaf", airable(text, "leaf"), line=paragraph.line)
            )


def read_tables(parts: Parts, node: Node) -> None:
    """Tables among a node's paragraphs: each row of a table of activities is a topic."""
    for table in tables_of(node):
        _read_table(parts, node.path, table)


def tables_of(node: Node) -> Iterator[Table]:
    """The tables directly under a node."""
    for rows in split_tables(node.paragraphs):
        yield parse_table(rows)


def _read_table(parts: Parts, path: str, table: Table) -> None:
    for row in table.others:
        parts.passages.append(Passage(path, row.text, row.line))
    for row in table.rows:
        cells = row.cells
        text = cells.pop("content", "")
        own = f"{path}/t{row.number}"
        if not text:
            parts.passages.append(Passage(own, row.text, row.line))
            continue
        if form := cells.pop("form", ""):
            parts.channels.append(Channel(own, form, row.line))
        if rest := cells.pop("rest", ""):
            parts.passages.append(Passage(own, rest, row.line))
        unit = cells.pop("unit", "")
        if unit:
            cells["lead"] = "; ".join(filter(None, [cells.get("lead"), unit]))
        answer = airable(text, "leaf")
        parts.topics.append(Topic(own, text, "leaf", answer, dict(cells), row.line))


def read_channels(parts: Parts, container: Node, inline: str) -> None:
    """The forms of propaganda: each item, at any depth; without items each paragraph."""
    if inline:
        parts.channels.append(Channel(container.path, inline, container.line))
    items = container.items
    for path, paragraph in numbered_paragraphs(container):
        lead_in = items or paragraph.text.rstrip().endswith(":") or paragraph.cells
        if lead_in:
            parts.passages.append(Passage(container.path, paragraph.text, paragraph.line))
        else:
            parts.channels.append(Channel(path, paragraph.text, paragraph.line))
    for item in items:
        _read_channel(parts, item)


def _read_channel(parts: Parts, node: Node) -> None:
    text = node.text
    for paragraph in node.paragraphs:
        text = f"{text} {paragraph.text}"
    parts.channels.append(Channel(node.path, text, node.line))
    for item in node.items:
        if field_of(item) in {"time", "lead", "with", "note"}:
            parts.keep(item, item.path)
        else:
            _read_channel(parts, item)
