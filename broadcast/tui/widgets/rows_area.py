"""A TextArea for thousands of rows: a keystroke costs what its own row costs.

Textual's own measures all rows, or joins them, for every line it draws.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual._wrap import compute_wrap_offsets
from textual.binding import Binding, BindingType
from textual.document._document import Document, Location
from textual.document._document_navigator import DocumentNavigator
from textual.document._wrapped_document import WrappedDocument
from textual.expand_tabs import get_tab_widths
from textual.strip import Strip
from textual.widgets import TextArea

from broadcast.tui.actions.model import is_letter
from broadcast.tui.memory import undisturbed

_NARROW = re.compile("[ -~\u00a1-\u00ac\u00ae-\u024f\u1e00-\u1eff\u2013-\u201d\u2026]*")
"""Letters and marks that are one cell wide: what Vietnamese is written with."""

VISIBLE = {
    **{code: 0x2400 + code for code in range(32) if chr(code) != "\t"},
    0x7F: 0x2421,
    **dict.fromkeys((*range(0x80, 0xA0), *range(0xD800, 0xE000)), 0xFFFD),
}
"""What stands on screen for characters that would steer the terminal, or that it cannot take."""


def visible(row: str) -> str:
    """The row as it may be drawn: as many letters, none of them a control character."""
    return row if row.isprintable() else row.translate(VISIBLE)


def breaks(row: str, width: int, tab_width: int) -> list[int]:
    """Where a row (as `visible`) is broken to fit `width` cells; 0 is no limit."""
    if not width or (len(row) <= width and _NARROW.fullmatch(row)):
        return []
    if not _NARROW.fullmatch(row):
        return compute_wrap_offsets(row, width, tab_width)
    found: list[int] = []
    start = 0
    while len(row) - start > width:
        space = row.rfind(" ", start, start + width)
        start = space + 1 if space >= start else start + width
        found.append(start)
    return found


class WrappedRows(WrappedDocument):
    """Where rows stand on screen; only what an edit has moved is reckoned again."""

    _line_index_to_offsets: list[Sequence[int]]  # type: ignore[assignment]

    @property
    def height(self) -> int:
        """Lines on screen."""
        return len(self._offset_to_line_info)

    @property
    def width(self) -> int:
        """Cells a line may have, 0 for any number."""
        return self._width

    def wrap(self, width: int, tab_width: int | None = None) -> None:
        """Break all rows at another width."""
        self._width = width
        self._tab_width = tab_width or self._tab_width
        self._wrap_offsets, self._tab_width_cache = [], []
        self._line_index_to_offsets, self._offset_to_line_info = [], []
        with undisturbed(self.document.line_count):
            self.replaced(0, 0)

    def wrap_range(self, start: Location, old_end: Location, new_end: Location) -> None:
        """Break the rows again that an edit has changed."""
        del new_end  # how many rows there are now tells as much
        last = len(self._wrap_offsets) - 1
        top, bottom = sorted((min(start[0], last), min(old_end[0], last)))
        self.replaced(top, bottom + 1)

    def replaced(self, top: int, old_end: int) -> None:
        """Others stand in the document now where the rows from `top` up to `old_end` were."""
        new_end = old_end + self.document.line_count - len(self._wrap_offsets)
        rows = self.document.lines[top:new_end]
        found = [breaks(visible(row), self._width, self._tab_width) for row in rows]
        old = self._wrap_offsets[top:old_end]
        self._wrap_offsets[top:old_end] = found
        self._tab_width_cache[top:old_end] = [self._tabs(row) for row in rows]
        if [len(one) for one in old] != [len(one) for one in found]:
            self._move_below(top)

    def _tabs(self, row: str) -> list[int]:
        if "\t" not in row:
            return []
        return [width for _, width in get_tab_widths(row, self._tab_width)]

    def _move_below(self, top: int) -> None:
        """Reckon anew where the rows from `top` on stand."""
        y = self._line_index_to_offsets[top - 1][-1] + 1 if top else 0
        lines, offsets = self._offset_to_line_info, self._line_index_to_offsets
        del lines[y:], offsets[top:]
        for row in range(top, len(self._wrap_offsets)):
            height = len(self._wrap_offsets[row]) + 1
            offsets.append(range(y, y + height))
            lines += [(row, section) for section in range(height)]
            y += height

    def get_sections(self, line_index: int) -> list[str]:
        """The parts of a row that stand below each other, as they are drawn."""
        row = Text(visible(self.document[line_index]), end="")
        return [part.plain for part in row.divide(self._wrap_offsets[line_index])]


_MOVES: tuple[tuple[str, str], ...] = (
    ("up", "cursor_up"), ("down", "cursor_down"), ("left", "cursor_left"),
    ("right", "cursor_right"), ("ctrl+left", "cursor_word_left"),
    ("ctrl+right", "cursor_word_right"), ("home", "cursor_line_start"),
    ("end", "cursor_line_end"),
)  # fmt: skip


class RowsArea(TextArea, inherit_bindings=False):
    """Rows of text to go through, shown to the letter; with Shift the way there is selected."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, call, call, show=False, id=f"text.{call}") for key, call in _MOVES),
        *(
            Binding(f"{'ctrl+' if 'ctrl' in key else ''}shift+{key.removeprefix('ctrl+')}",
                    f"{call}(True)", call, show=False, id=f"text.select.{call}")
            for key, call in _MOVES
        ),
        Binding("pageup", "cursor_page_up", "Lên trang", show=False, id="text.page_up"),
        Binding("pagedown", "cursor_page_down", "Xuống trang", show=False, id="text.page_down"),
        Binding("ctrl+home", "top", "Về đầu", show=False, id="text.top"),
        Binding("ctrl+end", "bottom", "Về cuối", show=False, id="text.bottom"),
        Binding("ctrl+a", "select_all", "Chọn hết", show=False, id="text.all"),
        Binding("ctrl+c,super+c", "copy", "Chép", show=False, id="text.copy"),
    ]  # fmt: skip

    wrapped_document: WrappedRows
    document: Document

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Which keys are letters here; the keys that lead to a screen never are."""
        return is_letter(key) and super().check_consume_key(key, character)

    @property
    def rows(self) -> list[str]:
        """The rows as they are now; a copy, to be read in any thread."""
        return self.document.lines.copy()

    @property
    def row(self) -> int:
        """The row the cursor is in."""
        return self.cursor_location[0]

    def _set_document(self, text: str, language: str | None) -> None:
        del language  # colours come from `get_line`
        self.document = Document(text)
        self.wrapped_document = WrappedRows(self.document, self.wrap_width, self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()

    def _rewrap_and_refresh_virtual_size(self) -> None:
        # Asked for at every change of size, also where the width stays.
        if self.wrap_width != self.wrapped_document.width:
            self.wrapped_document.wrap(self.wrap_width, self.indent_width)
        self._refresh_size()

    def put_rows(self, top: int, old_end: int, rows: Sequence[str]) -> None:
        """Show other rows from `top` up to `old_end`, without a way back."""
        self.document.lines[top:old_end] = rows
        self.wrapped_document.replaced(top, old_end)
        self.selection = self._validate_selection(self.selection)
        self._refresh_size()
        self.refresh()

    def go_to(self, row: int, column: int = 0) -> None:
        """Put the cursor there, with some rows around it in view."""
        self.move_cursor(self.clamp_visitable((row, column)), center=True)

    def _recompute_cursor_offset(self) -> None:
        # In the middle of a step back the cursor may still be in a row that is gone.
        at = self.clamp_visitable(self.cursor_location)
        self._cursor_offset = self.wrapped_document.location_to_offset(at)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """None: it would be looked for through the whole text, and prose has no use for it."""
        del bracket, search_from
        return None

    def get_line(self, line_index: int) -> Text:
        """A row as it is drawn."""
        return Text(visible(self.document[line_index]), end="", no_wrap=True)

    def render_line(self, y: int) -> Strip:
        """One line of the screen; drawing it costs less than knowing whether it has changed."""
        return self._render_line(y)

    def row_at(self, y: int) -> tuple[int, int]:
        """The row that a line of the widget shows and which part of it; (-1, 0) below the last."""
        lines = self.wrapped_document._offset_to_line_info
        y += self.scroll_offset.y
        return lines[y] if y < len(lines) else (-1, 0)

    def action_top(self) -> None:
        """Go to the first row."""
        self.move_cursor((0, 0))

    def action_bottom(self) -> None:
        """Go to the end of the last row."""
        self.move_cursor(self.document.end)
