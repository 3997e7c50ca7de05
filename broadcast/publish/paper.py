"""The operator's sheet: the week on paper, to tick off programme by programme."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Sequence

from broadcast.publish.items import Handout, Programme
from broadcast.publish.sheet import STICKS, TITLE, Sheet, SheetDay, SheetRow, week_on_sheet

PAGE = 80
"""Characters a line: what Notepad prints on an upright A4 handout."""

_COLUMNS = (4, 13, 6)
"""Cells for tick, time and length; the programme gets the rest, less bars and blanks."""
_LAST = PAGE - sum(_COLUMNS) - 3 * len(_COLUMNS) - 4


def operator_sheet(handout: Handout, programmes: Sequence[Programme]) -> bytes:
    """The sheet of `programmes` (the handout's items in order) as text for Notepad on an old PC.

    UTF-8 with a byte order mark and CRLF: Notepad before Windows 10 of 2018 shows a file without
    them as one line, or guesses another encoding.
    """
    sheet = week_on_sheet(handout, programmes)
    blocks = [_heading(sheet), *map(_day, sheet.days), _sticks(sheet), _signatures(sheet)]
    text = "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _heading(sheet: Sheet) -> list[str]:
    lines = [sheet.station.upper(), f"{TITLE} - {sheet.week}", sheet.span]
    zones = _wrapped(sheet.zones, PAGE)
    return [*(_centred(line) for line in [*lines, *zones]), "", *_wrapped(sheet.total, PAGE)]


def _day(day: SheetDay) -> list[str]:
    lines = [
        _spread(day.name, day.total),
        *(f"Thư mục: {folder}" for folder in day.folders),
        _rule("┌", "┬", "┐"),
        _row("Phát", "Giờ", "Dài", "Chương trình"),
    ]
    for row in day.rows:
        lines += [_rule("├", "┼", "┤"), *_programme(row)]
    return [*lines, _rule("└", "┴", "┘")]


def _programme(row: SheetRow) -> list[str]:
    told = (row.title, row.zones, row.file_line, *row.notes)
    text = [line for one in told for line in _wrapped(one, _LAST)]
    first = _row("[ ]", row.times, row.length, text[0])
    return [first, *(_row("", "", "", line) for line in text[1:])]


def _sticks(sheet: Sheet) -> list[str]:
    lines = [line for one in sheet.sticks for line in _wrapped(f"[ ] {one}", PAGE, indent="    ")]
    return [STICKS, *lines] if lines else []


def _signatures(sheet: Sheet) -> list[str]:
    approved = sheet.approved_by or "." * 30
    return [*_wrapped(f"Người duyệt nội dung: {approved}", PAGE), f"Người phát: {'.' * 30}"]


def _row(*cells: str) -> str:
    widths = (*_COLUMNS, _LAST)
    return "│" + "│".join(f" {_padded(c, w)} " for c, w in zip(cells, widths, strict=True)) + "│"


def _rule(left: str, middle: str, right: str) -> str:
    return left + middle.join("─" * (w + 2) for w in (*_COLUMNS, _LAST)) + right


def display_width(text: str) -> int:
    """Cells a text takes in a fixed-width font: marks take none, East Asian wide letters two."""
    return sum(_cells(c) for c in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _centred(text: str) -> str:
    return " " * max(0, (PAGE - display_width(text)) // 2) + text


def _spread(left: str, right: str) -> str:
    return left + " " * max(1, PAGE - display_width(left) - display_width(right)) + right


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most `width` cells; wide letters are rare, so they only make lines shorter."""
    wide = display_width(text) - len(text)
    most = width if wide <= 0 else width // 2
    return textwrap.wrap(text, most, subsequent_indent=indent, break_on_hyphens=False) or [""]
