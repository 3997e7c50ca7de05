"""The paragraphs of a text given line by line, and on which line each of their words stands.

A term, a date or a document's number may be broken over lines: whoever looks for one looks in a
paragraph, and tells the place by line.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from broadcast.vietnamese.characters import nfc

_MARK = re.compile(
    r"(?:[-–—−+*•●○▪■◦·|]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5})(?:[.)]|/(?=\s)))+"
)
"""The mark before an item of a list."""
_OPENS = re.compile(r"Căn cứ\b|Trên đây là|Nơi nhận|Kính gửi")
"""How another paragraph begins."""
_CLOSERS = "”\"')’»]*_"
_STOPS = (".", ";", ":", "!", "?", "…", "./")
_TORN_CODE = re.compile(r"[^\s-]-$|\d/$")
"""How a line ends in the middle of a document's number ("NĐ-", "61/2018/")."""
_LONGEST = 500
"""Characters on each side of a place that are looked at as its sentence."""
_STOP = re.compile(r"[.;!?…](?=\s|$)")


class Place(NamedTuple):
    """Characters `start` to `end` of line `line` (1-based)."""

    line: int
    start: int
    end: int


class _Piece(NamedTuple):
    """What one line gives to a paragraph: from `at` on its text is the line's from `column` on."""

    at: int
    line: int
    column: int
    length: int


class Paragraph(NamedTuple):
    """A paragraph on one row, and the pieces of lines it was put together from."""

    text: str
    pieces: tuple[_Piece, ...]

    def place(self, start: int, end: int) -> Place:
        """Where a stretch of the text stands; of one over several lines the longest part."""
        parts = list[Place]()
        for piece in self.pieces[self._number(start) :]:
            if parts and piece.at >= end:
                break
            first, last = max(start, piece.at), min(end, piece.at + piece.length)
            offset = piece.column - piece.at
            parts.append(Place(piece.line, first + offset, max(first, last) + offset))
        return max(parts, key=lambda part: part.end - part.start)

    def told(self, start: int, end: int) -> tuple[Place, str]:
        """As `place`, and what is written there."""
        place = self.place(start, end)
        piece = next(one for one in self.pieces if one.line == place.line)
        offset = piece.at - piece.column
        return place, self.text[place.start + offset : place.end + offset]

    def is_whole(self, start: int, end: int) -> bool:
        """Whether a stretch of the text stands on one line."""
        piece = self.pieces[self._number(start)]
        return end <= piece.at + piece.length

    def sentence(self, start: int, end: int) -> str:
        """The sentence, or item of a list, around a stretch of the text."""
        first, last = max(0, start - _LONGEST), end + _LONGEST
        before = [match.end() for match in _STOP.finditer(self.text, first, start)]
        after = _STOP.search(self.text, end, last)
        return self.text[before[-1] if before else first : after.start() if after else last]

    def _number(self, at: int) -> int:
        return max(bisect_right(self.pieces, at, key=lambda piece: piece.at) - 1, 0)


def paragraphs(lines: Iterable[str]) -> Iterator[Paragraph]:
    """The paragraphs of a text, in order; empty lines alone part nothing, and are no part of any.

    A line goes on with the one before unless that one ended a sentence or an item, or this one
    begins an item, or only one of them is in capitals.
    """
    open_lines: list[tuple[int, int, str]] = []
    for number, line in enumerate(lines, 1):
        whole = nfc(line)
        text = whole.strip()
        if not text:
            continue
        if open_lines and not _goes_on(open_lines[-1][2], text):
            yield _joined(open_lines)
            open_lines = []
        open_lines.append((number, whole.index(text), text))
    if open_lines:
        yield _joined(open_lines)


def _goes_on(before: str, text: str) -> bool:
    if before.rstrip(_CLOSERS).endswith(_STOPS):
        return False
    if _MARK.match(text) or _OPENS.match(text):
        return False
    return before.isupper() == text.isupper()


def _joined(lines: Sequence[tuple[int, int, str]]) -> Paragraph:
    pieces, parts, length = [], list[str](), 0
    for number, column, text in lines:
        if parts and not _TORN_CODE.search(parts[-1]):
            parts.append(" ")
            length += 1
        pieces.append(_Piece(length, number, column, len(text)))
        parts.append(text)
        length += len(text)
    return Paragraph("".join(parts), tuple(pieces))


class Context(NamedTuple):
    """The words around a place, as a person would find it again: single spaces, no marks."""

    before: str
    after: str


AROUND = 3
"""Words on each side."""
_WORD = re.compile(r"[^\W_]+")


def contexts(lines: Sequence[str], places: Iterable[Place]) -> Iterator[Context]:
    """What stands around each place, in its own paragraph: lines may move and be broken anew."""
    pieces = {
        piece.line: (paragraph.text, piece)
        for paragraph in paragraphs(lines)
        for piece in paragraph.pieces
    }
    for place in places:
        text, piece = pieces.get(place.line, ("", _Piece(0, place.line, 0, 0)))
        start, end = (max(0, at - piece.column + piece.at) for at in (place.start, place.end))
        mark = _MARK.match(text)
        first = max(mark.end() if mark else 0, start - 200)  # items may be numbered anew
        before = _WORD.findall(text[first:start])
        after = _WORD.findall(text[end : end + 200])
        yield Context(" ".join(before[-AROUND:]), " ".join(after[:AROUND]))
