"""The quarter as lines to be drawn: weeks across, topics down. Nothing is drawn here.

A count is told by how dense its block is and by the number behind it, so that it reads without
colour; the colour is one more help.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from broadcast.domain.wording import day_label, moment
from broadcast.tui.widgets.columns import fitting

if TYPE_CHECKING:
    from broadcast.domain.week import WeekId
    from broadcast.workflow.heat import HeatRow, Mark
    from broadcast.workflow.quarter_view import QuarterView

SHADES = "·░▒▓█"
"""A cell's block: never, once, twice, three times, more often."""

MARKS: dict[Mark, str] = {"cao điểm": "█", "đã nghe": "▄", "đã xếp": "░", "không": "·"}
"""A week of the strip."""

HOLIDAY, NOW, UNREAD, LONG = "◆", "▾", "?", "!"
"""Above a week with a holiday, this week, one whose file cannot be read; behind a long gap."""

LONGEST = 28
"""Days after which a topic should be heard again; what is longer is marked."""

TIMES, GAP = 4, 8
"""Columns at the right: how often in the quarter, the longest gap."""

NARROW, WIDE, WIDE_FROM = 3, 4, 100
"""Columns of a week, and from which width on there are more of them."""

SHOWN = 3
"""Airings of a cell that are told; of more only how many."""

Piece = tuple[str, str]
"""A text and its look: head, now, holiday, text, dim, late, sum, heat0 to heat4."""

Line = tuple[Piece, ...]


def strip(marks: Sequence[Mark]) -> str:
    """The weeks of a strip, one character each."""
    return "".join(MARKS[mark] for mark in marks)


@dataclass(frozen=True, slots=True)
class Frame:
    """Where columns are: `title` columns for the topic, `cell` for each of `weeks`."""

    title: int
    cell: int
    weeks: int

    @classmethod
    def of(cls, width: int, weeks: int) -> Frame:
        """The columns of so wide a window."""
        cell = WIDE if width >= WIDE_FROM else NARROW
        return cls(max(8, width - weeks * cell - TIMES - GAP), cell, weeks)

    def week_at(self, column: int) -> int | None:
        """Which week a column belongs to, if any."""
        week = (column - self.title) // self.cell
        return week if 0 <= week < self.weeks else None


def head_lines(view: QuarterView, frame: Frame) -> tuple[Line, ...]:
    """Months; this week and holidays; the day of the month on which each week begins."""
    weeks, this = view.heat.weeks, view.today
    months = _months(weeks, view.quarter.first)
    band = "".join(fitting(name, count * frame.cell) for name, count in months)
    marks = tuple(_week_mark(week, view, this, frame.cell) for week in weeks)
    mondays = tuple(
        (f"{week.days()[0].day:>2}".ljust(frame.cell), "now" if this in week.days() else "head")
        for week in weeks
    )
    right = "Lần".rjust(TIMES) + "Xa nhất".rjust(GAP)
    return (
        ((" " * frame.title + band, "head"),),
        ((" " * frame.title, "head"), *marks),
        ((fitting("Nội dung · tuần từ ngày", frame.title), "head"), *mondays, (right, "head")),
    )


def _months(weeks: Sequence[WeekId], first: date) -> list[tuple[str, int]]:
    """Names of the months with how many weeks begin in each; the first counts to the quarter."""
    begins = (max(week.days()[0], first) for week in weeks)
    groups = groupby(begins, key=lambda day: (day.year, day.month))
    return [(f"T{month}", len(list(days))) for (_, month), days in groups]


def _week_mark(week: WeekId, view: QuarterView, today: date, cell: int) -> Piece:
    now = NOW if today in week.days() else ""
    if week in view.heat.unread:
        return f" {UNREAD}{now}".ljust(cell)[:cell], "late"
    holiday = HOLIDAY if week in view.days else ""
    return f" {holiday}{now}".ljust(cell)[:cell], "holiday" if holiday else "now"


def topic_line(row: HeatRow, frame: Frame) -> Line:
    """One topic: its cells, how often, its longest gap."""
    cells = tuple((cell_text(n, frame.cell), f"heat{min(n, 4)}") for n in row.weeks)
    title = fitting(f"{row.path}  {row.text}", frame.title - 1) + " "
    late = row.gap > LONGEST
    gap = f"{row.gap}{LONG if late else ' '}".rjust(GAP)
    return (
        (title, "text"),
        *cells,
        (str(row.times).rjust(TIMES), "head"),
        (gap, "late" if late else "dim"),
    )


def cell_text(count: int, width: int) -> str:
    """A cell: a block as dense as the count is high, and the count; a dot for none."""
    shade = SHADES[min(count, len(SHADES) - 1)]
    block = shade * (width - 2) if count else shade.rjust(width - 2)
    return f"{block}{_digits(count)} " if count else f"{block}  "


def _digits(count: int) -> str:
    return str(count) if count <= 9 else "+"


def total_line(totals: Sequence[int], frame: Frame) -> Line:
    """How many airings each week has, and all of them together."""
    cells = "".join(f"{count:>{frame.cell - 1}} " for count in totals)
    return (
        (fitting("Cả tuần", frame.title), "sum"),
        (cells, "sum"),
        (str(sum(totals)).rjust(TIMES) + " " * GAP, "sum"),
    )


def told(view: QuarterView, row: HeatRow, week: int, width: int) -> str:
    """What a cell stands for: the topic, its week with holidays and airings, its gap."""
    week_id = view.heat.weeks[week]
    monday, *_, sunday = week_id.days()
    days = ", ".join(f"{day_label(one.day)} {one.name}" for one in view.days.get(week_id, ()))
    airings = "; ".join(moment(one.starts) for one in row.cells[week][:SHOWN])
    more = f" và {row.weeks[week] - SHOWN} lượt nữa" if row.weeks[week] > SHOWN else ""
    unread = " · ! tệp của tuần này không đọc được" if week_id in view.heat.unread else ""
    late = f", quá {LONGEST} ngày" if row.gap > LONGEST else ""
    return "\n".join(
        (
            fitting(f"{row.path}  {row.text}", width).rstrip(),
            f"Tuần {week_id.number} ({monday:%d/%m} – {sunday:%d/%m}): "
            f"{airings or 'không có lượt nào'}{more}{unread}",
            *([f"{HOLIDAY} {days}"] if days else []),
            f"Trong quý: {row.times} lượt · hai lần cách nhau xa nhất {row.gap} ngày{late}",
        )
    )
