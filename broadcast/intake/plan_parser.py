"""A document -> a Plan: sections to their parts, then what all parts say together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from broadcast.domain.plan import (
    Channel,
    Deadline,
    Passage,
    Plan,
    PlanProblem,
    Quota,
    Report,
    Section,
    Source,
    Topic,
)
from broadcast.errors import InputError, Problem
from broadcast.intake.document import Document
from broadcast.intake.duties import read_organisation, read_reports
from broadcast.intake.ending import read_ending
from broadcast.intake.header import read_header
from broadcast.intake.headings import Role, heading_and_text, own_role, role_of
from broadcast.intake.lines import Block, join_lines
from broadcast.intake.outline import Node, Outline, build_outline
from broadcast.intake.parts import Parts, all_text
from broadcast.intake.problems import outline_problems
from broadcast.intake.quotas import find_quotas
from broadcast.intake.reports import find_deadlines, find_reports
from broadcast.intake.topics import (
    field_of,
    read_channels,
    read_loose_topics,
    read_tables,
    read_topics,
)
from broadcast.vietnamese.citations import Mention, contradictions, distinct, find_mentions

_CLOSING = "kết thúc"
_APPENDIX = "phụ lục"


def parse_plan(document: Document, plan_id: str) -> Plan:
    """Read a plan document; nothing of its text is dropped.

    Every paragraph becomes part of the title, a section's title, a topic (or a fragment with a
    problem), a channel, a duty, the audience, the recipients, the signature, or a passage.

    Args:
        document: the paragraphs, from `read_document`.
        plan_id: the id the plan will have in the workspace.

    Raises:
        InputError: no section says what is to be told; lists the headings that were found.
    """
    blocks = join_lines(document.paragraphs)
    outline = build_outline(blocks)
    header = read_header(outline, [block.text for block in blocks])
    ending = read_ending(outline.tail)
    parts = Parts(issuer=header.issuing_body)
    _read_sections(parts, outline)
    if not any(topic.kind != "fragment" for topic in parts.topics):
        raise _no_content(document, outline)
    mentions = _mentions(outline)
    return Plan(
        id=plan_id,
        title=header.title,
        issuing_body=header.issuing_body,
        locality=header.locality,
        level=header.level,
        year=header.year,
        number=header.number,
        date=header.date,
        audience=" ".join(parts.audience) or None,
        sections=tuple(parts.sections),
        topics=tuple(parts.topics),
        channels=tuple(parts.channels),
        duties=tuple(parts.duties),
        quotas=tuple(_quotas(parts)),
        reporting=tuple(_reports(parts)),
        deadlines=tuple(_deadlines(parts, header.year)),
        citations=distinct(mentions, header.number),
        signatory=ending.signatory,
        recipients=ending.recipients,
        passages=(*header.passages, *parts.passages, *_closing(outline), *ending.passages),
        problems=tuple(_problems(parts, outline, mentions, header.title)),
        source=Source(document.file, document.digest),
    )


def _read_sections(parts: Parts, outline: Outline) -> None:
    content = _content_role(outline.sections)
    for section in outline.sections:
        if section.mark is None:
            parts.keep(section, "mở đầu")
            continue
        title, inline = _section_title(section)
        parts.sections.append(Section(section.mark.label, title, section.line))
        _place(parts, section, role_of(title), inline, content)


def _section_title(section: Node) -> tuple[str, str]:
    """A section's title and what follows it on its line."""
    heading, inline = heading_and_text(section.text)
    return (heading, inline) if heading else (section.text, "")


def _content_role(sections: Sequence[Node]) -> Role:
    """Which headings hold the contents: "nội dung", or the tasks in plans that have none such."""
    roles = {role_of(_section_title(section)[0]) for section in sections}
    inner = {own_role(item.text) for section in sections for item in section.items}
    return "content" if "content" in roles | inner else "tasks"


def _place(parts: Parts, node: Node, role: Role, inline: str, content: Role) -> None:
    """Put a section, or a heading inside one, where it belongs; headings inside may differ."""
    inner = [(child, own_role(child.text) if child.mark else None) for child in node.children]
    matter = [child for child, own in inner if own is None]
    rest = Node(node.text, node.line, node.mark, node.path, node.cut, children=matter)
    _place_matter(parts, rest, role, inline, content)
    for child, own in inner:
        if own is not None:
            heading, after = heading_and_text(child.text)
            parts.passages.append(Passage(child.path, heading, child.line))
            _place(parts, child, own, after, content)


def _place_matter(parts: Parts, node: Node, role: Role, inline: str, content: Role) -> None:
    if role == content:
        _read_content(parts, node, inline)
    elif role == "channels":
        read_channels(parts, node, inline)
    elif role == "organisation":
        read_organisation(parts, node, inline)
    elif role == "reports":
        read_reports(parts, node, inline)
    elif role == "audience":
        said = [inline, *(all_text(child) for child in node.children)]
        parts.audience += [text for text in said if text]
    else:
        if inline:
            parts.passages.append(Passage(node.path, inline, node.line))
        for child in node.children:
            parts.keep(child, node.path)


def _read_content(parts: Parts, node: Node, inline: str) -> None:
    """Topics of a contents section: its items, else its paragraphs, else what its heading says."""
    items = node.items
    lead_in = bool(items) or inline.endswith(":")
    if inline and lead_in:
        parts.passages.append(Passage(node.path, inline, node.line))
    elif inline:
        read_loose_topics(
            parts, Node("", node.line, path=node.path, children=[Node(inline, node.line)])
        )
    read_tables(parts, node)
    if not items:
        read_loose_topics(parts, node)
        return
    for paragraph in node.paragraphs:
        if not paragraph.cells:
            parts.passages.append(Passage(node.path, paragraph.text, paragraph.line))
    first = next((at for at, item in enumerate(items) if not field_of(item)), len(items))
    for card in items[:first]:
        parts.keep(card, node.path)
    read_topics(parts, items[first:])


def _closing(outline: Outline) -> Iterator[Passage]:
    for path, blocks in ((_CLOSING, outline.closing), (_APPENDIX, outline.appendix)):
        yield from (Passage(path, block.text, block.line) for block in blocks)


def _mentions(outline: Outline) -> tuple[Mention, ...]:
    head = [(block.text, block.line) for block in outline.head]
    body = [(node.text, node.line) for section in outline.sections for node in section.walk()]
    closing = [(block.text, block.line) for block in outline.closing]
    return tuple(find_mentions([*head, *body, *closing]))


def _said(parts: Parts) -> Iterator[tuple[str, str, int | None]]:
    """Text, responsible unit and line of all matter that may hold counts and days."""
    for duty in parts.duties:
        apart = duty.frequency and duty.frequency not in duty.text
        yield f"{duty.text}: {duty.frequency}" if apart else duty.text, duty.unit, duty.line
    for topic in parts.topics:
        yield topic.text, topic.fields.get("lead") or parts.issuer, topic.line
    matter: list[Channel | Passage] = [*parts.channels, *parts.passages]
    for piece in matter:
        yield piece.text, parts.issuer, piece.line


def _quotas(parts: Parts) -> list[Quota]:
    found = [q for text, unit, line in _said(parts) for q in find_quotas(text, unit, line)]
    return sorted(found, key=lambda quota: quota.line or 0)


def _reports(parts: Parts) -> list[Report]:
    found = [r for text, unit, line in _said(parts) for r in find_reports(text, unit, line)]
    return sorted(found, key=lambda report: report.line or 0)


def _deadlines(parts: Parts, year: int | None) -> list[Deadline]:
    found = [d for text, unit, line in _said(parts) for d in find_deadlines(text, unit, line, year)]
    for topic in parts.topics:
        due = topic.fields.get("time", "")
        found += find_deadlines(due, _owner(topic, parts), topic.line, year, topic.text)
    return sorted(found, key=lambda deadline: deadline.line or 0)


def _owner(topic: Topic, parts: Parts) -> str:
    return topic.fields.get("lead") or parts.issuer


def _problems(
    parts: Parts, outline: Outline, mentions: Sequence[Mention], title: str
) -> list[PlanProblem]:
    loose = {problem.line for problem in parts.problems}
    shape = [p for p in outline_problems(outline.sections) if p.line not in loose]
    found = [*parts.problems, *shape, *contradictions(mentions)]
    if not title:
        mend = "điền tên kế hoạch vào mục title"
        found.append(PlanProblem("không thấy dòng KẾ HOẠCH và tên kế hoạch", None, mend))
    found += [_torn_head(block) for block in outline.head if block.cut]
    return sorted(found, key=lambda problem: problem.line or 0)


def _torn_head(block: Block) -> PlanProblem:
    message = f"đoạn bị ngắt giữa câu, đã nối với dòng {block.cut}"
    return PlanProblem(message, block.line, "đọc lại cả đoạn xem chỗ nối có liền ý không")


def _no_content(document: Document, outline: Outline) -> InputError:
    """Say which headings there are and which one is looked for."""
    found = [
        Problem(f"đề mục “{node.path}. {node.text[:80]}”", document.file, node.line)
        for section in outline.sections
        for node in (section, *section.items)
        if node.mark and len(node.text) <= 150
    ]
    return InputError(
        "Không tìm thấy nội dung tuyên truyền trong kế hoạch",
        f"{document.file}: không có đề mục nào nêu nội dung tuyên truyền; "
        + (f"tìm thấy {len(found)} đề mục" if found else "không thấy đề mục nào"),
        "kiểm tra có đúng tệp kế hoạch không; cần một đề mục như “Nội dung tuyên truyền” hoặc "
        "“Nhiệm vụ” có các ý bên dưới",
        found,
    )
