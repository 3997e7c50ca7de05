"""The editor of a script's body: what is typed is NFC at once, and coloured by what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar
from unicodedata import combining

from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.binding import Binding, BindingType
from textual.document._document import EditResult, Location
from textual.document._edit import Edit
from textual.document._history import EditHistory
from textual.strip import Strip
from textual.widgets.text_area import TextAreaTheme

from broadcast.domain.script import parse_body
from broadcast.tui.widgets.rows_area import RowsArea
from broadcast.vietnamese.characters import nfc

_CHECKPOINTS = 100_000
"""Steps back; a session's typing, not only its end."""

_MOST_AT_ONCE = 40
"""Letters that one step back takes at most."""


class _History(EditHistory):
    """Takes letters and the backspaces between them as one step, as input methods send them."""

    def record(self, edit: Edit) -> None:
        done = edit._edit_result
        if done and len(edit.text) <= 1 and len(done.replaced_text) <= 1:
            self._previously_replaced = bool(done.replaced_text)
        super().record(edit)


class ScriptArea(RowsArea):
    """Edits rows of speakers, cues and comments; `marks` are the rows with something found."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "script--woman", "script--man", "script--cue", "script--comment", "script--wrong",
        "script--mark",
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("backspace", "delete_left", "Xóa trái", show=False, id="text.backspace"),
        Binding("delete", "delete_right", "Xóa phải", show=False, id="text.delete"),
        Binding("ctrl+w,ctrl+backspace", "delete_word_left", "Xóa từ", show=False, id="text.word"),
        Binding("ctrl+x,super+x", "cut", "Cắt", show=False, id="text.cut"),
        Binding("ctrl+v", "paste", "Dán", show=False, id="text.paste"),
    ]

    def __init__(self, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id, show_line_numbers=True, tab_behavior="focus", compact=True)
        # The cursor's row keeps its colours; its number tells which one it is.
        self.register_theme(TextAreaTheme("script", cursor_line_style=Style()))
        self.theme = "script"
        self.history = _History(_CHECKPOINTS, 2.0, _MOST_AT_ONCE)
        self.marks: Mapping[int, bool] = {}
        """By row: whether what was found there keeps the script from being read out."""

    # Editing

    def edit(self, edit: Edit) -> EditResult:
        """Do an edit; all editing comes through here. The rows stay NFC."""
        count = self.document.line_count
        done = super().edit(self._composed(edit))
        self._move_marks(edit.top[0], self.document.line_count - count)
        return done

    def _composed(self, edit: Edit) -> Edit:
        """The edit, taking in the letters beside it where they and its text are one letter now."""
        text = _typed(edit.text)
        (row, column), (last, end) = edit.top, edit.bottom
        head, tail = self.document[row][:column], self.document[last][end:]
        before, after = head[_last_letter(head) :], tail[: _marks_at_start(tail)]
        whole = nfc(before + text + after)
        if text == edit.text and whole == before + text + after:
            return edit
        start, stop = (row, column - len(before)), (last, end + len(after))
        return Edit(whole, start, stop, edit.maintain_selection_offset)

    def _move_marks(self, row: int, lines: int) -> None:
        """Marks stay with their rows until what is there now has been looked at."""
        if lines and self.marks:
            self.marks = {
                at + lines if at > row else at: blocking for at, blocking in self.marks.items()
            }

    def put(self, rows: list[str]) -> None:
        """Have other rows; one step back takes them away again. The cursor stays in its row."""
        old = self.document.lines
        top = _alike(old, rows)
        low = _alike(old[top:][::-1], rows[top:][::-1])
        if top == len(old) == len(rows):
            return
        row, column = self.cursor_location
        after = self._row_after(row, rows, top, len(old) - low)
        start, text = self._lines_range(top, len(old) - low, rows[top : len(rows) - low])
        self.history.checkpoint()
        self.replace(text, *start)
        self.move_cursor(self.clamp_visitable((after, column)))

    def _row_after(self, row: int, rows: list[str], top: int, old_end: int) -> int:
        """Where a row is among the new ones."""
        old = self.document.lines
        if row < top:
            return row
        if row >= old_end:
            return row + len(rows) - len(old)
        fresh = rows[top : old_end + len(rows) - len(old)]
        return top + fresh.index(old[row]) if old[row] in fresh else row

    def _lines_range(
        self, top: int, end: int, rows: list[str]
    ) -> tuple[tuple[Location, Location], str]:
        """Where whole rows begin and end, and the text that stands there instead."""
        count, text = self.document.line_count, "".join(f"{row}\n" for row in rows)
        if end < count:
            return ((top, 0), (end, 0)), text
        if top:  # up to the end: the line end before them goes, or comes
            above = top - 1, len(self.document[top - 1])
            return (above, self.document.end), "".join(f"\n{row}" for row in rows)
        return ((0, 0), self.document.end), "\n".join(rows)

    def insert_rows(self, rows: list[str]) -> None:
        """Put rows below the cursor's, or before it where the cursor is at its beginning."""
        row, column = self.cursor_location
        text = "\n".join(rows)
        if column or not self.document[row].strip():
            at = row, len(self.document[row])
            lead = "\n" if self.document[row].strip() else ""
            done = self.replace(lead + text, at, at)
        else:
            done = self.replace(f"{text}\n", (row, 0), (row, 0))
        self.move_cursor(done.end_location)

    # Drawing

    def get_line(self, line_index: int) -> Text:
        """A row, coloured by what it is."""
        text = super().get_line(line_index)
        for line in parse_body(self.document[line_index]):
            if line.kind in {"cue", "comment", "wrong"}:
                text.stylize(self.get_component_rich_style(f"script--{line.kind}"))
            elif line.raw.strip() != line.text:
                who = "script--man" if line.speaker == "NAM" else "script--woman"
                text.stylize(self.get_component_rich_style(who), 0, line.raw.index(":") + 1)
        return text

    def render_line(self, y: int) -> Strip:
        """One line; the number of a row with something found in it has a "!" behind it."""
        strip = super().render_line(y)
        row, part = self.row_at(y)
        if row not in self.marks or part:
            return strip
        at = self.gutter_width - 2
        mark = Segment("!", self.get_component_rich_style("script--mark"))
        return Strip.join([strip.crop(0, at), Strip([mark]), strip.crop(at + 1)])


def _typed(text: str) -> str:
    """What is typed or pasted, with the line ends that a script's rows have."""
    if len(text) <= 1:
        return text
    from broadcast.workflow.script_text import plain  # noqa: PLC0415 - there once one edits

    return plain(text)


def _last_letter(head: str) -> int:
    """Where the last letter of `head` begins, with the marks it carries."""
    at = max(len(head) - 1, 0)
    while at and combining(head[at]):
        at -= 1
    return at


def _marks_at_start(tail: str) -> int:
    at = 0
    while at < len(tail) and combining(tail[at]):
        at += 1
    return at


def _alike(one: list[str], other: list[str]) -> int:
    """How many rows both begin with."""
    for at, (a, b) in enumerate(zip(one, other, strict=False)):
        if a != b:
            return at
    return min(len(one), len(other))
