"""Text in so many columns."""

from __future__ import annotations

from rich.cells import cell_len, set_cell_size


def fitting(text: str, width: int) -> str:
    """The text in so many columns, what does not fit ending in "…"."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(text, width - 1) + "…"
