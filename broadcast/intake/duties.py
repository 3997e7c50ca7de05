"""Who has to do what: the organisation section of a plan."""

from __future__ import annotations

import re

from broadcast.domain.plan import Duty, Passage
from broadcast.intake.headings import heading_and_text
from broadcast.intake.outline import Node
from broadcast.intake.parts import Parts, whole_text
from broadcast.intake.reports import frequency
from broadcast.intake.topics import tables_of
from broadcast.intake.units import bare_unit, is_unit, unit_before_verb

_LEAD = re.compile(
    r",?\s+(?:có (?:trách nhiệm|nhiệm vụ)|chịu trách nhiệm|chủ trì|chủ động|phối hợp|tham mưu"
    r"|là (?:cơ quan|đơn vị|đầu mối))\b.*$"
)
"""What leads from a unit to the list of its duties: "... chủ trì, phối hợp với các đơn vị:"."""
_SHORT_UNIT = 100
"""Characters; what stands before a colon and is longer is a sentence, no unit's name."""


def read_organisation(parts: Parts, container: Node, inline: str) -> None:
    """Read a section's (or heading's) units; its own lead-in stays a passage."""
    if inline:
        _read_sentence(parts, container, inline, None)
    _read_tables(parts, container)
    for child in container.children:
        if child.cells:
            continue
        if child.mark is None:
            _read_sentence(parts, child, child.text, None)
        else:
            read_unit(parts, child)


def read_reports(parts: Parts, container: Node, inline: str) -> None:
    """Read a section on reports: units where they are named, all else stays a passage."""
    if inline:
        _read_sentence(parts, container, inline, None)
    for child in container.children:
        if child.mark and is_unit(child.text):
            read_unit(parts, child)
        elif child.text:
            _read_sentence(parts, child, child.text, None)
            read_reports(parts, child, "")


def read_unit(parts: Parts, node: Node) -> None:
    """One item: a unit with its duties, a group of units, or a sentence that names its unit."""
    heading, inline = heading_and_text(node.text)
    if heading and _is_group(node, heading, inline):
        parts.passages.append(Passage(node.path, node.text, node.line))
        for child in node.children:
            if child.mark:
                read_unit(parts, child)
            else:
                _read_sentence(parts, child, child.text, None)
        return
    if heading and _heads_duties(node, heading, inline):
        _read_duties(parts, node, heading, inline)
        return
    _read_sentence(parts, node, whole_text(node), None)
    unit = unit_before_verb(node.text)
    _read_tables(parts, node, unit or "")
    for item in node.items:
        _read_duty(parts, item, unit)


def _is_group(node: Node, heading: str, inline: str) -> bool:
    """A heading over units: each of its items is a unit with its own duties."""
    items = node.items
    if inline or not items:
        return False
    parted = [heading_and_text(item.text) for item in items]
    return all(
        title and is_unit(title) and len(title) <= _SHORT_UNIT and (rest or item.children)
        for item, (title, rest) in zip(items, parted, strict=True)
    )


def _heads_duties(node: Node, heading: str, inline: str) -> bool:
    if inline:
        return is_unit(heading) or (len(heading) <= _SHORT_UNIT and not unit_before_verb(node.text))
    return bool(node.children)


def _read_duties(parts: Parts, node: Node, heading: str, inline: str) -> None:
    """The duties under (or behind) a unit's name."""
    unit = bare_unit(heading)
    known = len(parts.duties)
    if unit != heading:
        asked = heading[: len(heading) - len(unit)].strip()
        parts.passages.append(Passage(node.path, asked, node.line))
    if lead := _LEAD.search(unit):
        parts.passages.append(Passage(node.path, lead[0].strip(" ,"), node.line))
        unit = unit[: lead.start()]
    if inline:
        parts.duties.append(Duty(unit, inline, frequency(inline), node.line))
    _read_tables(parts, node, unit)
    for child in node.children:
        if not child.cells:
            _read_duty(parts, child, unit)
    if all(duty.unit != unit for duty in parts.duties[known:]):
        # Nothing below it was its own (a table that names other units): the name still stays.
        parts.passages.append(Passage(node.path, unit, node.line))


def _read_duty(parts: Parts, node: Node, unit: str | None) -> None:
    text = whole_text(node)
    if unit:
        parts.duties.append(Duty(unit, text, frequency(text), node.line))
    else:
        _read_sentence(parts, node, text, None)
    _read_tables(parts, node, unit or "")
    for item in node.items:
        _read_duty(parts, item, unit)


def _read_sentence(parts: Parts, node: Node, text: str, unit: str | None) -> None:
    """A sentence is a duty of the unit it opens with; one that names nobody stays a passage."""
    unit = unit or unit_before_verb(text)
    if unit is None and is_unit(text):
        title, rest = heading_and_text(text)
        if title and rest:
            unit, text = bare_unit(title), rest
    if unit:
        parts.duties.append(Duty(unit, text, frequency(text), node.line))
    else:
        parts.passages.append(Passage(node.path or "tổ chức thực hiện", text, node.line))


def _read_tables(parts: Parts, node: Node, unit: str = "") -> None:
    """Tables of duties: a column of contents, a column of units."""
    for table in tables_of(node):
        for row in table.others:
            parts.passages.append(Passage(node.path, row.text, row.line))
        for row in table.rows:
            cells = dict(row.cells)
            text = cells.pop("content", "")
            who = cells.pop("unit", "") or cells.pop("lead", "") or unit
            if not (text and who):
                parts.passages.append(Passage(f"{node.path}/t{row.number}", row.text, row.line))
                continue
            when = cells.pop("time", None)
            parts.duties.append(Duty(who, text, when, row.line))
            for rest in cells.values():
                parts.passages.append(Passage(f"{node.path}/t{row.number}", rest, row.line))
