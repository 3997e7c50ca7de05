"""The words of a line as large as a terminal shows them: bold, roomy, broken where one breathes."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

from broadcast.vietnamese.characters import shorten

BREATH = tuple(",.;:?!…")
"""Marks at which a reader breathes: a row rather ends there than in the middle of a phrase."""

_ENOUGH = 0.6
_ROOMY = ((2, 2), (2, 1), (1, 1), (1, 0))


def large(text: str, width: int, height: int) -> list[str]:
    """The rows of a line: the roomiest that fit, spaces between words and rows; "" between rows.

    A text that fits in no way has more rows than `height`.
    """
    rows: list[str] = []
    for between, below in _ROOMY:
        rows = [*_rows(text, width, " " * between)]
        if below:
            rows = [one for row in rows for one in (row, *[""] * below)][:-below]
        if len(rows) <= height:
            break
    return rows


def small(text: str, width: int, rows: int = 1) -> str:
    """The beginning of a line that is not read now, as far as `rows` go."""
    return shorten(text, max(8, width * rows - 1))


def _rows(text: str, width: int, space: str) -> Iterator[str]:
    row = ""
    for word in text.split():
        longer = f"{row}{space}{word}" if row else word
        breathes = row.endswith(BREATH) and cell_len(row) >= width * _ENOUGH
        if row and (breathes or cell_len(longer) > width):
            yield row
            longer = word
        row = longer
    if row:
        yield row
