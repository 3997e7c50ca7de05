"""A list of lines with a cursor: a plan's outline. Drawing and moving only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from broadcast.domain.plan_edit import Entry
from broadcast.domain.plan_outline import Heading
from broadcast.tui.widgets.columns import fitting
from broadcast.tui.widgets.heat_rows import MARKS
from broadcast.tui.widgets.plan_rows import Line

WORD, TIMES = 11, 5
"""Columns of the word and of how often, at the right."""

LEAST_TEXT = 45
"""Columns that lines keep for the text before the last weeks are drawn too."""

LOOKS = {
    MARKS["cao điểm"]: "peak", MARKS["đã nghe"]: "heard", MARKS["đã xếp"]: "planned",
}  # fmt: skip
"""Colours of a strip's signs."""


class OutlineView(ScrollView, can_focus=True):
    """Shows lines; tells where the cursor went, what was folded and what was opened."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "outline--heading", "outline--yes", "outline--ask", "outline--no", "outline--other",
        "outline--text", "outline--dim", "outline--cursor",
        "outline--peak", "outline--heard", "outline--planned",
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1)", "Lên", show=False, id="outline.up"),
        Binding("down", "step(1)", "Xuống", show=False, id="outline.down"),
        Binding("pageup", "page(-1)", "Lên trang", show=False, id="outline.pageup"),
        Binding("pagedown", "page(1)", "Xuống trang", show=False, id="outline.pagedown"),
        Binding("home", "step(-100000)", "Đầu", show=False, id="outline.home"),
        Binding("end", "step(100000)", "Cuối", show=False, id="outline.end"),
        Binding("left", "fold(True)", "Gập", show=False, id="outline.fold"),
        Binding("right", "fold(False)", "Mở", show=False, id="outline.unfold"),
    ]

    class Moved(Message):
        """The cursor is on another line, or the line is another one; `by_hand`: she moved it."""

        def __init__(self, by_hand: bool = False) -> None:
            super().__init__()
            self.by_hand = by_hand

    class Fold(Message):
        """A heading is to be folded, or opened."""

        def __init__(self, heading: Heading, fold: bool) -> None:
            super().__init__()
            self.heading = heading
            self.fold = fold

    class Opened(Message):
        """A line was clicked twice."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.lines: tuple[Line, ...] = ()
        self.cursor = 0

    @property
    def line(self) -> Line | None:
        """The line under the cursor."""
        return self.lines[self.cursor] if self.lines else None

    def show(self, lines: Sequence[Line], at: Heading | Entry | None = None) -> None:
        """Show other lines; the cursor goes to `at`, or stays where it is if it can."""
        self.lines = tuple(lines)
        self.virtual_size = Size(self.size.width, len(self.lines))
        self.jump(self.where(at) if at is not None else None)

    def where(self, of: Heading | Entry) -> int | None:
        """Which line is of that; a heading is known by its key."""
        for number, line in enumerate(self.lines):
            if isinstance(of, Heading) and isinstance(line.of, Heading):
                if line.of.key == of.key:
                    return number
            elif line.of == of:
                return number
        return None

    def jump(self, number: int | None, *, by_hand: bool = False) -> None:
        """Put the cursor on a line and bring it into view; None leaves it on its number."""
        wanted = self.cursor if number is None else number
        self.cursor = max(0, min(len(self.lines) - 1, wanted))
        self.scroll_to_region(Region(0, self.cursor, 1, 1), animate=False)
        self.refresh()
        self.post_message(self.Moved(by_hand))

    def action_step(self, lines: int) -> None:
        """Move the cursor by so many lines, as far as there are any."""
        self.jump(self.cursor + lines, by_hand=True)

    def action_page(self, pages: int) -> None:
        """Move the cursor by what the window shows."""
        self.jump(self.cursor + pages * max(1, self.size.height - 1), by_hand=True)

    def action_fold(self, fold: bool) -> None:
        """Fold or open the heading under the cursor; from an entry, go to its heading."""
        if self.line is None:
            return
        if isinstance(self.line.of, Heading):
            self.post_message(self.Fold(self.line.of, fold))
        elif fold:
            above = [n for n, line in enumerate(self.lines[: self.cursor]) if _is_heading(line)]
            self.jump(above[-1] if above else None, by_hand=True)

    def on_resize(self) -> None:
        """The text takes the width there is."""
        self.virtual_size = Size(self.size.width, len(self.lines))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens; one on a heading's sign folds it."""
        offset = event.get_content_offset(self)
        number = (offset.y + self.scroll_offset.y) if offset else len(self.lines)
        if not 0 <= number < len(self.lines):
            return
        self.jump(number, by_hand=True)
        if event.chain > 1:
            self.post_message(self.Opened())

    def render_line(self, y: int) -> Strip:
        """One line: sign, text, and at the right how often and what it is."""
        width, number = self.size.width, y + self.scroll_offset.y
        if number >= len(self.lines):
            return Strip.blank(width, self.rich_style)
        line = self.lines[number]
        if number == self.cursor:
            segments = self._segments(line, width, self._style("cursor"))
        else:
            segments = self._segments(line, width, None)
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"outline--{name}")

    def _segments(self, line: Line, width: int, over: Style | None) -> list[Segment]:
        coloured, text = self._style(line.look), self._style("text")
        head = f"{line.sign} {'  ' * line.indent}"
        if _is_heading(line):
            return [Segment(set_cell_size(head + line.text, width), over or coloured)]
        right = WORD + TIMES
        room = width - cell_len(head) - right
        weeks = max((len(line.cells) for line in self.lines), default=0)
        drawn = line.cells.ljust(weeks) if width - right - weeks - 1 >= LEAST_TEXT else ""
        room -= len(drawn) + 1 if drawn else 0
        return [
            Segment(head, over or coloured),
            Segment(fitting(line.text, max(room, 1)), over or text),
            *([Segment(" ", over or text), *self._strip(drawn, over)] if drawn else []),
            Segment(line.times.rjust(TIMES - 1) + " ", over or text),
            Segment(line.word.ljust(WORD), over or coloured),
        ]

    def _strip(self, cells: str, over: Style | None) -> list[Segment]:
        """The last weeks, each in the colour of what it had."""
        looks = ((LOOKS.get(sign, "dim"), sign) for sign in cells)
        return [Segment(sign, over or self._style(look)) for look, sign in looks]


def _is_heading(line: Line) -> bool:
    return isinstance(line.of, Heading)
