"""What stands where in the grid of a week: rows of slots, cells, and their text. No drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING

from broadcast.domain.week import Airing
from broadcast.domain.wording import STATE_SIGNS, clock, meter

if TYPE_CHECKING:
    from broadcast.domain.station import Slot
    from broadcast.workflow.weeks import WeekView

Place = tuple[date, str | None]
"""A cell by its day and its slot's id; None is the row of airings outside the slots."""


@dataclass(frozen=True, slots=True)
class Shown:
    """An airing as a cell shows it; `findings` counts what is to be looked at."""

    airing: Airing
    title: str
    state: str
    seconds: float | None
    findings: int

    def foot(self, width: int, more: int = 0) -> str:
        """The cell's last line: sign of the state, a warning, how full, how many more."""
        left = STATE_SIGNS[self.state] + ("!" if self.findings else " ")
        right = f"+{more}" if more else ""
        return left + meter(self.seconds, self.airing.minutes, width - 2 - len(right)) + right


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a slot, or with None the airings that stand outside all slots."""

    slot: Slot | None

    @property
    def id(self) -> str | None:
        """The slot's id."""
        return self.slot.id if self.slot else None

    def head(self) -> tuple[str, str]:
        """Time and name at the row's beginning."""
        return (clock(self.slot.start), self.slot.name) if self.slot else ("khác", "giờ riêng")

    def stands_on(self, day: date) -> bool:
        """Whether the slot is there on that day."""
        return self.slot is not None and self.slot.stands_on(day)


@dataclass(frozen=True, slots=True)
class Table:
    """A week laid out: days, rows, and the airings of each cell in order of time."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    cells: Mapping[Place, tuple[Shown, ...]]

    def at(self, row: int, column: int) -> tuple[Shown, ...]:
        """The airings of a cell."""
        return self.cells.get((self.days[column], self.rows[row].id), ())

    def first_on(self, column: int) -> tuple[int, int]:
        """Row and column of the first cell of a day where a slot or an airing is."""
        day = self.days[column]
        for r, row in enumerate(self.rows):
            if row.stands_on(day) or (day, row.id) in self.cells:
                return r, column
        return 0, column

    def where(self, airing_id: str) -> tuple[int, int, int] | None:
        """Row, column and place within the cell of an airing."""
        for r, row in enumerate(self.rows):
            for c, day in enumerate(self.days):
                for n, shown in enumerate(self.cells.get((day, row.id), ())):
                    if shown.airing.id == airing_id:
                        return r, c, n
        return None


def lay_out(view: WeekView) -> Table:
    """The grid of a week: its slots that stand in it or hold an airing, by time."""
    slots = sorted(view.station.slots, key=lambda slot: slot.start)
    known = {slot.id for slot in slots}
    counts: dict[str, int] = {}
    for finding in view.findings:
        if finding.airing:
            counts[finding.airing] = counts.get(finding.airing, 0) + 1
    cells: dict[Place, list[Shown]] = {}
    for airing in view.week.in_order():
        shown = Shown(
            airing,
            view.title(airing) or "(chưa có tên)",
            view.state(airing),
            view.seconds(airing),
            counts.get(airing.id, 0),
        )
        cells.setdefault((airing.day, airing.slot if airing.slot in known else None), []).append(
            shown
        )
    days, held = view.week.id.days(), {slot for _, slot in cells}
    rows = [Row(slot) for slot in slots if slot.id in held or any(map(slot.stands_on, days))]
    if not rows or any(slot is None for _, slot in cells):
        rows.append(Row(None))
    return Table(days, tuple(rows), {place: tuple(found) for place, found in cells.items()})


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int, lines: int) -> Sequence[str]:
    """`text` in at most `lines` lines of `width` letters; what is left out shows as "…"."""
    found = wrap(text, width, break_on_hyphens=False)
    if len(found) > lines:
        last = found[lines - 1]
        found = [*found[: lines - 1], (last if len(last) < width else last[: width - 1]) + "…"]
    return tuple(found)
