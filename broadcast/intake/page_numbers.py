"""Page numbers that stand alone on a line of a text: no words of the document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from broadcast.intake.document import Paragraph

PAGE_NUMBER = re.compile(r"(?:trang\s*)?[-–]?\s*(\d{1,4})\s*(?:[-–]|/\s*\d{1,4})?", re.IGNORECASE)
"""A page number on a line of its own, for fullmatch: "3", "- 3 -", "Trang 3/7"."""
_SHORTEST_PAGE = 12
"""Lines with words; numbers closer together count rows or items, not pages."""
_MOST_STEP = 2
"""A first page often shows no number; another may be lost."""


def without_page_numbers(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines without numbers that stand alone, a page apart, and count on from 1 or 2.

    One number at a time may be missing.
    """
    places = set(_page_places(lines))
    return (line for at, line in enumerate(lines) if at not in places)


def _page_places(lines: Sequence[Paragraph]) -> Iterator[int]:
    page, last = 0, 0
    for at, line in enumerate(lines):
        match = None if line.cells else PAGE_NUMBER.fullmatch(line.text)
        if match is None or at - last < _SHORTEST_PAGE:
            continue
        number = int(match[1])
        if page < number <= page + _MOST_STEP:
            page, last = number, at
            yield at
