"""Automatic numbers of Word files as they are printed: "II.", "2.1.", "đ)", "-".

Word keeps no numbers in its paragraphs, only which list and level they belong to, in the paragraph
or in its style. docx2python knows lists in paragraphs and prints each as "1)"; here the level's own
pattern is used. Source: ECMA-376 part 1, 17.9 (numbering).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_PLACE = re.compile(r"%([1-9])")
_KEPT_BULLETS = frozenset("-–+•*")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: its number format, printed pattern ("%1.%2.") and first number."""

    form: str
    pattern: str
    start: int


@dataclass(slots=True)
class Numbering:
    """The lists of one document, and how far each has been counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    """Levels by list id."""
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    """List id and level by paragraph style."""
    counts: defaultdict[str, dict[int, int]] = field(default_factory=lambda: defaultdict(dict))

    def mark(self, paragraph: Any) -> str | None:
        """The number or bullet printed before a <w:p>, None if it is in no list.

        Counts on: to be asked once for each paragraph, in order.
        """
        place = self._place(paragraph)
        if place is None or place[0] not in self.lists:
            return None
        list_id, depth = place
        levels = self.lists[list_id]
        level = levels.get(depth, Level("bullet", "-", 1))
        count = self.counts[list_id]
        count[depth] = count.get(depth, level.start - 1) + 1
        for deeper in [d for d in count if d > depth]:
            del count[deeper]
        return self._printed(level, levels, count, depth)

    def _place(self, paragraph: Any) -> tuple[str, int] | None:
        """List id and level of a paragraph, its own or its style's."""
        properties = paragraph.find(f"{_W}pPr")
        if properties is None:
            return None
        style = properties.find(f"{_W}pStyle")
        inherited = self.styles.get(style.get(f"{_W}val", "")) if style is not None else None
        own = _list_place(properties)
        if own is None:
            return inherited
        list_id, depth = own
        if not list_id and inherited:
            list_id = inherited[0]
        return None if list_id in {"0", ""} else (list_id, depth)

    @staticmethod
    def _printed(level: Level, levels: dict[int, Level], count: dict[int, int], depth: int) -> str:
        if level.form == "bullet":
            return level.pattern if level.pattern in _KEPT_BULLETS else "-+*"[min(depth, 2)]
        if level.form == "none":
            return ""

        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            upper = levels.get(at, level)
            form = upper.form if at == depth else upper.form.replace("upperRoman", "decimal")
            return _number(count.get(at, upper.start), form)

        return _PLACE.sub(number, level.pattern)


def read_numbering(reader: Any) -> Numbering:
    """The lists and list styles of a .docx that docx2python has open; none where it has none."""
    numbering = Numbering()
    for file in reader.files_of_type("numbering"):
        numbering.lists.update(_lists(file.root_element))
    for file in reader.files_of_type("styles"):
        numbering.styles.update(_styles(file.root_element))
    return numbering


def _lists(root: Any) -> Iterator[tuple[str, dict[int, Level]]]:
    abstract = {
        item.get(f"{_W}abstractNumId"): dict(_levels(item))
        for item in root.iter(f"{_W}abstractNum")
    }
    for item in root.iter(f"{_W}num"):
        ref = item.find(f"{_W}abstractNumId")
        levels = dict(abstract.get(ref.get(f"{_W}val"), {})) if ref is not None else {}
        for change in item.iter(f"{_W}lvlOverride"):
            at = int(change.get(f"{_W}ilvl", "0"))
            start = _value(change, "startOverride")
            if start and at in levels:
                levels[at] = Level(levels[at].form, levels[at].pattern, int(start))
        yield item.get(f"{_W}numId", ""), levels


def _levels(item: Any) -> Iterator[tuple[int, Level]]:
    for level in item.iter(f"{_W}lvl"):
        form = _value(level, "numFmt") or "decimal"
        pattern = _value(level, "lvlText") or ""
        start = _value(level, "start") or "1"
        yield int(level.get(f"{_W}ilvl", "0")), Level(form, pattern, int(start))


def _styles(root: Any) -> Iterator[tuple[str, tuple[str, int]]]:
    """Styles that number their paragraphs, by inheritance too."""
    based: dict[str, str] = {}
    own: dict[str, tuple[str, int]] = {}
    for style in root.iter(f"{_W}style"):
        name = style.get(f"{_W}styleId", "")
        based[name] = _value(style, "basedOn") or ""
        properties = style.find(f"{_W}pPr")
        place = _list_place(properties) if properties is not None else None
        if place:
            own[name] = place
    for name in based:
        line, seen = name, set()
        while line and line not in own and line not in seen:
            seen.add(line)
            line = based.get(line, "")
        if line in own:
            yield name, own[line]


def _list_place(properties: Any) -> tuple[str, int] | None:
    """List id and level of a <w:pPr>'s own <w:numPr>; an id that is left out is ""."""
    place = properties.find(f"{_W}numPr")
    if place is None:
        return None
    return _value(place, "numId") or "", int(_value(place, "ilvl") or "0")


def _value(element: Any, name: str) -> str | None:
    child = element.find(f"{_W}{name}")
    return None if child is None else child.get(f"{_W}val")


def _number(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"}:
        text = _LETTERS[(count - 1) % 26] * ((count - 1) // 26 + 1)
    elif form in {"lowerRoman", "upperRoman"}:
        text = _roman(count)
    elif form == "decimalZero":
        text = f"{count:02d}"
    else:
        text = str(count)
    return text.upper() if form.startswith("upper") else text


def _roman(count: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        text += letters * (count // value)
        count %= value
    return text
