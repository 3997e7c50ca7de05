"""A document as intake sees it: paragraphs or lines of plain text, with their places."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line of a text or PDF file, one paragraph or table row of a Word file.

    `text` is NFC and not empty; runs of spaces inside it are kept, since they part columns.
    `line` is 1-based: the line of a text file, the paragraph of a Word file, the line counted
    through all pages of a PDF. `cells` are the cells of a row of a table with three or more
    columns, whose `text` joins them with " | ". `heading`: the file itself marks it as a heading.
    """

    text: str
    line: int
    cells: tuple[str, ...] = ()
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A plan document as read: its file's name, the SHA-256 of its bytes, and its text in order."""

    file: str
    digest: str
    paragraphs: tuple[Paragraph, ...]
