"""The quarter as a heat map with a cursor. Drawing and moving only."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from broadcast.tui.widgets.heat_rows import Frame, Line, head_lines, topic_line, total_line

if TYPE_CHECKING:
    from broadcast.workflow.heat import HeatRow
    from broadcast.workflow.quarter_view import QuarterView

HEAD = 3
"""Lines above the topics."""


class HeatMap(Widget, can_focus=True):
    """Shows the topics of one plan; tells where the cursor went and what was opened."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "heat--head", "heat--now", "heat--holiday", "heat--text", "heat--dim", "heat--late",
        "heat--sum", "heat--heat0", "heat--heat1", "heat--heat2", "heat--heat3", "heat--heat4",
        "heat--cursor", "heat--here",
    }  # fmt: skip

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(0, -1)", "Tuần trước", show=False, id="heat.left"),
        Binding("right", "go(0, 1)", "Tuần sau", show=False, id="heat.right"),
        Binding("up", "go(-1, 0)", "Nội dung trên", show=False, id="heat.up"),
        Binding("down", "go(1, 0)", "Nội dung dưới", show=False, id="heat.down"),
        Binding("home", "go(0, -99)", "Tuần đầu", show=False, id="heat.home"),
        Binding("end", "go(0, 99)", "Tuần cuối", show=False, id="heat.end"),
        Binding("ctrl+home", "go(-9999, 0)", "Đầu", show=False, id="heat.top"),
        Binding("ctrl+end", "go(9999, 0)", "Cuối", show=False, id="heat.bottom"),
    ]

    class Moved(Message):
        """The cursor is on another cell, or the cell is another one."""

    class Opened(Message):
        """A cell was clicked twice."""

    def __init__(self, id: str | None = None) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.view: QuarterView | None = None
        self.rows: tuple[HeatRow, ...] = ()
        self.totals: tuple[int, ...] = ()
        self.row, self.week, self.top = 0, 0, 0

    def show(self, view: QuarterView, rows: tuple[HeatRow, ...]) -> None:
        """Show a quarter of these topics; the cursor stays where it is if it can."""
        self.view, self.rows = view, rows
        self.totals = tuple(map(sum, zip(*(row.weeks for row in rows), strict=True)))
        self.jump(self.row, self.week)

    def jump(self, row: int, week: int) -> None:
        """Put the cursor on a cell and bring it into view."""
        weeks = len(self.view.heat.weeks) if self.view else 0
        self.row = max(0, min(len(self.rows) - 1, row))
        self.week = max(0, min(weeks - 1, week))
        room = self._room()
        self.top = max(self.row - room + 1, min(self.top, self.row), 0)
        self.refresh()
        self.post_message(self.Moved())

    def action_go(self, rows: int, weeks: int) -> None:
        """Move the cursor."""
        self.jump(self.row + rows, self.week + weeks)

    def _room(self) -> int:
        return max(1, self.size.height - HEAD - 1)

    def _frame(self) -> Frame:
        return Frame.of(self.size.width, len(self.view.heat.weeks) if self.view else 13)

    def on_resize(self) -> None:
        """The cursor stays in view."""
        if self.view:
            self.jump(self.row, self.week)

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor, a second one opens."""
        offset = event.get_content_offset(self)
        if offset is None or self.view is None:
            return
        row, week = offset.y - HEAD + self.top, self._frame().week_at(offset.x)
        if HEAD <= offset.y < HEAD + self._room() and row < len(self.rows):
            self.jump(row, self.week if week is None else week)
            if event.chain > 1 and week is not None:
                self.post_message(self.Opened())

    def render_line(self, y: int) -> Strip:
        """A line of the head, a topic, or at the end of them the totals."""
        width = self.size.width
        segments = self._segments(y) if self.view else []
        return Strip(segments).adjust_cell_length(width, self.rich_style)

    def _segments(self, y: int) -> list[Segment]:
        assert self.view is not None  # noqa: S101 - asked only where there is one
        frame = self._frame()
        if y < HEAD:
            return self._drawn(head_lines(self.view, frame)[y])
        shown = min(self._room(), len(self.rows) - self.top)
        number = y - HEAD + self.top
        if y - HEAD < shown:
            return self._drawn(topic_line(self.rows[number], frame), number == self.row)
        return self._drawn(total_line(self.totals, frame)) if y - HEAD == shown else []

    def _drawn(self, line: Line, here: bool = False) -> list[Segment]:
        segments = [Segment(text, self._style(look)) for text, look in line]
        if here:
            segments[0] = Segment(line[0][0], self._style("here"))
            segments[self.week + 1] = Segment(line[self.week + 1][0], self._style("cursor"))
        return segments

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"heat--{name}")
