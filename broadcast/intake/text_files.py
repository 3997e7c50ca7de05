"""Plain text and Markdown: bytes to lines."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Iterator

from broadcast.intake.document import Paragraph

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u200e\u200f"))
"""Soft hyphens, zero-width characters and direction marks: no letters of the text."""
_SPACES = str.maketrans({"\u00a0": " ", "\u2007": " ", "\u202f": " ", "\u2011": "-"})
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_LINE_END = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")

_LONG_ENOUGH = 200
"""Letters; a shorter text may lack the letters by chance."""
_SHARE_OF_SIGNS = 0.05

_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(.*?)\s*#*$")
_QUOTED = re.compile(r"^\s{0,3}>\s?")
_STRONG = re.compile(r"\*\*|__(?=\S)|(?<=\S)__")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*]+?)(?<=\S)\*(?![\w*])")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~&])")
_RULE = re.compile(r"^[\s|:*_=~-]*$")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_MARKDOWN_SIGN = re.compile(r"^\s{0,3}#{1,6}\s+\S|\*\*\S|^\|.*\|\s*$", re.MULTILINE)


def clean(text: str) -> str:
    """NFC without characters nobody sees; odd spaces and hyphens become plain ones."""
    seen = unicodedata.normalize("NFC", text.translate(_UNSEEN)).translate(_SPACES)
    return _CONTROLS.sub("", seen)


def decode(data: bytes) -> str | None:
    """The text of UTF-8 (with or without BOM) or UTF-16 with BOM; None for anything else."""
    encoding = next((name for bom, name in _BOMS if data.startswith(bom)), "utf-8")
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def is_binary(data: bytes) -> bool:
    """Bytes that no text in a known encoding has: NUL, outside UTF-16."""
    utf16 = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return not utf16 and b"\x00" in data


def is_old_font(text: str) -> bool:
    """Text typed in a font of before Unicode (TCVN3, VNI): its letters show as other signs.

    A longer Vietnamese text always has letters of U+1EA0 to U+1EF9 ("ạ" to "ỹ"); one that has
    none, and many signs beyond ASCII, was typed for such a font.
    """
    signs = [letter for letter in text if not letter.isspace()]
    beyond = sum(letter > "\x7f" for letter in signs)
    modern = any("\u1ea0" <= letter <= "\u1ef9" for letter in signs)
    return len(signs) >= _LONG_ENOUGH and not modern and beyond / len(signs) > _SHARE_OF_SIGNS


def read_lines(text: str, markdown: bool) -> Iterator[Paragraph]:
    """The lines that have words in them, with their 1-based numbers.

    Args:
        text: the whole file.
        markdown: the file says it is Markdown; a text that plainly is gets the same treatment.
    """
    plain = _unmark if markdown or _MARKDOWN_SIGN.search(text) else str.rstrip
    for number, raw in enumerate(_LINE_END.split(text), 1):
        line = clean(raw)
        if _RULE.match(line):
            continue
        cells = _cells(line) if plain is _unmark else ()
        if cells:
            yield Paragraph(" | ".join(c for c in cells if c), number, cells)
            continue
        heading = plain is _unmark and bool(_HEADING.match(line))
        for part in _BREAK.split(line):
            if shown := plain(part).strip():
                yield Paragraph(shown, number, heading=heading)


def _unmark(line: str) -> str:
    """The line without Markdown's headings, quotes, emphasis and escapes."""
    line = _QUOTED.sub("", line)
    if match := _HEADING.match(line):
        line = match[1]
    line = _STRONG.sub("", line)
    line = _EMPHASIS.sub(r"\1", line)
    return _ESCAPED.sub(r"\1", line).removesuffix("\\")


def _cells(line: str) -> tuple[str, ...]:
    """The cells of a Markdown table's row of three or more columns."""
    row = line.strip()
    if not (row.startswith("|") and row.endswith("|")) or row.count("|") < 4:
        return ()
    return tuple(_unmark(cell).strip() for cell in row[1:-1].split("|"))
