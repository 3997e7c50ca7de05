"""PDF files with a text layer, by pypdfium2: pages to lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import Enum
from pathlib import Path

from broadcast.intake.document import Paragraph
from broadcast.intake.page_numbers import PAGE_NUMBER
from broadcast.intake.text_files import clean

_LINE_END = re.compile(r"\r\n|[\r\n]")


class PdfTrouble(Enum):
    """Why a PDF could not be read."""

    BROKEN = "broken"
    LOCKED = "locked"
    NO_TEXT = "no text"


def read_pdf(path: Path) -> tuple[Paragraph, ...] | PdfTrouble:
    """The lines of all pages without the page numbers, or what stands in the way."""
    # pdfium takes a moment to load and only PDF plans need it.
    import pypdfium2  # noqa: PLC0415

    try:
        with pypdfium2.PdfDocument(path.read_bytes()) as pdf:
            pages = [_page_lines(pdf[number]) for number in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        return PdfTrouble.LOCKED if "password" in str(error).lower() else PdfTrouble.BROKEN
    lines = tuple(_without_page_numbers(pages))
    return lines or PdfTrouble.NO_TEXT


def _page_lines(page: object) -> list[str]:
    """The page's lines; a hyphen at a line's end comes out of pdfium as U+FFFE."""
    textpage = page.get_textpage()  # type: ignore[attr-defined]
    text = str(textpage.get_text_range()).replace("\ufffe", "-\n")
    return [clean(line).strip() for line in _LINE_END.split(text)]


def _without_page_numbers(pages: Sequence[Sequence[str]]) -> Iterator[Paragraph]:
    """Lines numbered through all pages; a number alone at a page's edge that counts the pages goes.

    A number is true when it differs from the page's place in the file by what most such numbers
    do; any other number alone on a line is text.
    """
    shown = [_edge_numbers(page) for page in pages]
    shifts = [number - place for place, edges in enumerate(shown) for number in edges.values()]
    shift = max(set(shifts), key=shifts.count, default=0)
    count = 0
    for place, page in enumerate(pages):
        drop = {at for at, number in shown[place].items() if number - place == shift}
        for at, line in enumerate(page):
            if line:
                count += 1
                if at not in drop:
                    yield Paragraph(line, count)


def _edge_numbers(page: Sequence[str]) -> dict[int, int]:
    """Numbers that stand alone on the first or last line of a page, by their place in it."""
    filled = [at for at, line in enumerate(page) if line]
    edges = {filled[0], filled[-1]} if filled else set()
    matches = {at: PAGE_NUMBER.fullmatch(page[at]) for at in edges}
    return {at: int(match[1]) for at, match in matches.items() if match}
