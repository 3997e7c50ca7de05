"""The week as a grid: days across, slots down, a cursor on one cell. Drawing and moving only."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from broadcast.domain.wording import day_label
from broadcast.tui.widgets.cells import Place, Shown, Table, wrapped

HEAD = 8
"""Columns of the row's head."""

LEAST, MOST = 4, 7
"""Lines of a row, at least and at most."""

_STATE_CLASSES = {
    "trống": "grid--empty",
    "nháp": "grid--draft",
    "trả lại": "grid--draft",
    "chờ duyệt": "grid--waiting",
    "đã duyệt": "grid--approved",
    "đã có audio": "grid--audio",
    "đã phát": "grid--aired",
    "phát một phần": "grid--partly",
    "không phát": "grid--silent",
}

CHOSEN = "▪"
"""Before the title of a cell that is chosen."""


class WeekGrid(ScrollView, can_focus=True):
    """Shows a `Table`; tells where the cursor went. `chosen` cells bear ▪, `marked` ones »."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "grid--head", "grid--today", "grid--line", "grid--none", "grid--free", "grid--title",
        "grid--cursor", "grid--marked", "grid--moon", "grid--day", "grid--closed", "grid--taken",
        "grid--off", *_STATE_CLASSES.values(),
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "step(-1, 0)", "Lên", show=False, id="grid.up"),
        Binding("down", "step(1, 0)", "Xuống", show=False, id="grid.down"),
        Binding("left", "step(0, -1)", "Sang trái", show=False, id="grid.left"),
        Binding("right", "step(0, 1)", "Sang phải", show=False, id="grid.right"),
        Binding("home", "step(0, -6)", "Đầu tuần", show=False, id="grid.home"),
        Binding("end", "step(0, 6)", "Cuối tuần", show=False, id="grid.end"),
    ]

    class Moved(Message):
        """The cursor is on another cell or another airing of the cell."""

    class Opened(Message):
        """A cell was clicked twice."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.table: Table | None = None
        self.today_column: int | None = None
        self.row = 0
        self.column = 0
        self.nth = 0
        self.chosen: set[Place] = set()
        self.marked: str | None = None
        self._measures = _measure(Size(0, 0), 1, 1)

    @property
    def place(self) -> Place | None:
        """The cell under the cursor by day and slot."""
        if self.table is None:
            return None
        return self.table.days[self.column], self.table.rows[self.row].id

    @property
    def shown(self) -> Shown | None:
        """The airing under the cursor, None on a free cell."""
        if self.table is None:
            return None
        cell = self.table.at(self.row, self.column)
        return cell[min(self.nth, len(cell) - 1)] if cell else None

    def show(self, table: Table, today_column: int | None) -> None:
        """Show another table; the cursor stays where it is if it can."""
        self.table, self.today_column = table, today_column
        self.row = min(self.row, len(table.rows) - 1)
        self._resize()
        self.refresh()
        self.post_message(self.Moved())

    def jump(self, row: int, column: int, nth: int = 0) -> None:
        """Put the cursor on a cell and bring it into view."""
        self.row, self.column, self.nth = row, column, nth
        measures = self._measured()
        height, head = measures.row, measures.head
        top = 0 if row == 0 else head + row * height
        region = Region(0, top, 1, height + (head if row == 0 else 0))
        self.scroll_to_region(region, animate=False)
        self.refresh()
        self.post_message(self.Moved())

    def action_step(self, down: int, right: int) -> None:
        """Move the cursor by so many rows and columns, as far as there are any."""
        if self.table is None:
            return
        row = max(0, min(len(self.table.rows) - 1, self.row + down))
        column = max(0, min(6, self.column + right))
        if (row, column) != (self.row, self.column):
            self.jump(row, column)

    def next_in_cell(self) -> None:
        """The next airing of a cell that holds several."""
        if self.table and (cell := self.table.at(self.row, self.column)):
            self.jump(self.row, self.column, (self.nth + 1) % len(cell))

    def on_resize(self) -> None:
        """Rows take the height there is."""
        self._resize()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        offset = event.get_content_offset(self)
        if self.table is None or offset is None:
            return
        measures = self._measured()
        row = (offset.y + self.scroll_offset.y - measures.head) // measures.row
        columns = enumerate(pairwise(measures.lefts))
        column = next((n for n, (left, end) in columns if left <= offset.x < end), None)
        if column is None or not 0 <= row < len(self.table.rows):
            return
        self.jump(row, column)
        if event.chain > 1:
            self.post_message(self.Opened())

    def _resize(self) -> None:
        rows = len(self.table.rows) if self.table else 0
        measures = self._measured()
        self.virtual_size = Size(self.size.width, measures.head + rows * measures.row)

    def _measured(self) -> _Measures:
        """Where columns begin and how high rows are, at the size the grid has now."""
        rows = len(self.table.rows) if self.table else 1
        head = 1 if self.table is None or not self.table.labels else 2 + self.table.named
        if self._measures.of != (self.size, rows, head):
            self._measures = _measure(self.size, rows, head)
        return self._measures

    def render_line(self, y: int) -> Strip:
        """One line of the grid."""
        y += self.scroll_offset.y
        measures = self._measured()
        if self.table is None:
            return Strip.blank(measures.width, self.rich_style)
        if y < measures.head:
            heads = (self._heads, self._moons, self._names)[y]
            return self._strip(heads(measures), measures)
        row, line = divmod(y - measures.head, measures.row)
        if row >= len(self.table.rows):
            return Strip.blank(measures.width, self.rich_style)
        cells = [self._cell(row, column, line, measures) for column in range(7)]
        head = self._row_head(row, line, measures)
        return self._strip([head, *(part for cell in cells for part in cell)], measures)

    def _strip(self, segments: list[Segment], measures: _Measures) -> Strip:
        return Strip(segments).adjust_cell_length(measures.width, self.rich_style)

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(name)

    def _heads(self, measures: _Measures) -> list[Segment]:
        assert self.table is not None  # noqa: S101 - render_line has looked
        found = [Segment(" " * HEAD, self._style("grid--head"))]
        for column, day in enumerate(self.table.days):
            today = column == self.today_column
            wide = measures.lefts[column + 1] - measures.lefts[column]
            text = f"{day_label(day)}{'*' if today else ''}".center(wide)
            found.append(Segment(text, self._style("grid--today" if today else "grid--head")))
        return found

    def _moons(self, measures: _Measures) -> list[Segment]:
        """The lunar date below each day; the first and the fifteenth stand out."""
        assert self.table is not None  # noqa: S101 - render_line has looked
        found = [Segment("âm lịch".ljust(HEAD), self._style("grid--moon"))]
        for column, label in enumerate(self.table.labels):
            wide = measures.lefts[column + 1] - measures.lefts[column]
            feast = label.lunar is not None and label.lunar.day in {1, 15}
            text = label.lunar.short if label.lunar else ""
            style = self._style("grid--head" if feast else "grid--moon")
            found.append(Segment(text[: wide - 1].center(wide), style))
        return found

    def _names(self, measures: _Measures) -> list[Segment]:
        """The names of days that have one, each as far as the next that has."""
        assert self.table is not None  # noqa: S101 - render_line has looked
        named = [n for n, label in enumerate(self.table.labels) if label.name]
        found = [Segment(" " * measures.lefts[named[0]], self._style("grid--moon"))]
        for column, end in pairwise([*named, 7]):
            wide, label = measures.lefts[end] - measures.lefts[column], self.table.labels[column]
            text = " ".join(wrapped(label.told, wide - 1, 1))
            style = self._style("grid--closed" if label.closed else "grid--day")
            found += [Segment(text, style), Segment(" " * (wide - len(text)), self.rich_style)]
        return found

    def _row_head(self, row: int, line: int, measures: _Measures) -> Segment:
        """Time, name, and at the foot what makes the slot another one."""
        assert self.table is not None  # noqa: S101 - render_line has looked
        (time, name), tag = self.table.rows[row].head(), self.table.rows[row].tag
        told = [time, *wrapped(name, HEAD - 1, measures.row - 2)]
        text = told[line] if line < len(told) else ""
        if line == measures.row - 1 and tag:
            text = wrapped(tag, HEAD - 1, 1)[0]
        return Segment(text.ljust(HEAD), self._style("grid--head" if line == 0 else "grid--line"))

    def _cell(self, row: int, column: int, line: int, measures: _Measures) -> list[Segment]:
        """One line of a cell: the title, then at the foot sign and bar; and the gap after it."""
        assert self.table is not None  # noqa: S101 - render_line has looked
        wide = measures.lefts[column + 1] - measures.lefts[column] - 1
        cell = self.table.at(row, column)
        shown = (
            cell[min(self.nth, len(cell) - 1) if self._here(row, column) else 0] if cell else None
        )
        foot = measures.row - 1
        if shown is None:
            free = self._sign(row, column, None) + self.table.free(row, column).text
            text = _nth_line(free, wide, measures.row, line)
        elif line == foot:
            text = shown.foot(wide, len(cell) - 1)
        else:
            text = _nth_line(self._sign(row, column, shown) + shown.title, wide, foot, line)
        style = self._cell_style(row, column, shown, at_foot=line == foot)
        return [Segment(text.ljust(wide)[:wide], style), Segment(" ", self._style("grid--line"))]

    def _here(self, row: int, column: int) -> bool:
        return (row, column) == (self.row, self.column)

    def _sign(self, row: int, column: int, shown: Shown | None) -> str:
        """What goes before the title: chosen, marked for moving."""
        assert self.table is not None  # noqa: S101 - render_line has looked
        if shown and shown.airing.id == self.marked:
            return "» "
        chosen = (self.table.days[column], self.table.rows[row].id) in self.chosen
        return f"{CHOSEN} " if chosen else ""

    def _cell_style(self, row: int, column: int, shown: Shown | None, *, at_foot: bool) -> Style:
        assert self.table is not None  # noqa: S101 - render_line has looked
        if shown is not None:
            style = self._style("grid--title")
            if at_foot:
                style = self._style(_STATE_CLASSES[shown.state])
        else:
            style = self._style(f"grid--{self.table.free(row, column).kind}")
        if shown and shown.airing.id == self.marked:
            style += self._style("grid--marked")
        if self._here(row, column):
            style += self._style("grid--cursor")
        return style


@dataclass(frozen=True, slots=True)
class _Measures:
    """Where the columns begin (eight, the last one the end), rows' height, the whole width.

    `of`: the size, the number of rows and the lines of the head they are for.
    """

    lefts: tuple[int, ...]
    row: int
    width: int
    of: tuple[Size, int, int]

    @property
    def head(self) -> int:
        """Lines above the rows."""
        return self.of[2]


def _measure(size: Size, rows: int, head: int) -> _Measures:
    """Columns share the width, what does not divide goes to the first ones; rows the height."""
    wide, rest = divmod(max(size.width - HEAD, 7 * 6), 7)
    lefts = tuple(HEAD + column * wide + min(column, rest) for column in range(8))
    row = max(LEAST, min(MOST, (size.height - head) // max(rows, 1)))
    return _Measures(lefts, row, size.width, (size, rows, head))


def _nth_line(text: str, width: int, lines: int, line: int) -> str:
    told = wrapped(text, width, lines)
    return told[line] if line < len(told) else ""
