"""What stands where in the grid of a week: rows of slots, cells, and their text. No drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING, Literal

from broadcast.domain.station import VIETNAMESE
from broadcast.domain.week import Airing
from broadcast.domain.wording import SIGNS, clock, meter, weekday_code

if TYPE_CHECKING:
    from broadcast.domain.station import Slot
    from broadcast.workflow.day_labels import DayLabel
    from broadcast.workflow.weeks import WeekView

Place = tuple[date, str | None]
"""A cell by its day and its slot's id; None is the row of airings outside the slots."""


FreeKind = Literal["free", "closed", "taken", "off", "none"]
"""A cell without an airing: free, the station is closed, another station's programme is carried,
the slot does not stand there for once or not yet or no more, or it never does on that weekday."""


@dataclass(frozen=True, slots=True)
class Free:
    """A cell without an airing, and what stands in it."""

    kind: FreeKind
    text: str = ""


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
        left = SIGNS[self.state] + ("!" if self.findings else " ")
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

    @property
    def tag(self) -> str:
        """What makes the slot another one, in a word; "" if nothing does."""
        slot = self.slot
        if slot is None:
            return ""
        if slot.relay:
            return "tiếp âm"
        # As people call it, "Thái": the row's head is narrow.
        language = slot.language.removeprefix("Tiếng ") if slot.language != VIETNAMESE else ""
        tag = language or slot.column or ("phát lại" if slot.repeats else "")
        return "" if tag.casefold() in slot.name.casefold() else tag

    def stands_on(self, day: date) -> bool:
        """Whether the slot is there on that day."""
        return self.slot is not None and self.slot.stands_on(day)

    def free(self, day: date, *, closed: bool) -> Free:
        """What the cell of a day is while no airing stands in it."""
        slot = self.slot
        if slot is None or weekday_code(day) not in slot.days:
            return Free("none")
        if not slot.stands_on(day):
            return Free("off", _why_off(slot, day))
        if slot.relay:
            return Free("taken", f"tiếp âm {slot.relay}")
        return Free("closed", "đài nghỉ") if closed else Free("free", f"· {_what_fits(slot)}")


def _why_off(slot: Slot, day: date) -> str:
    if slot.valid_from and day < slot.valid_from:
        return f"từ {slot.valid_from:%d/%m}"
    if slot.valid_until and slot.valid_until < day:
        return f"hết {slot.valid_until:%d/%m}"
    return "bỏ lần này"


def _what_fits(slot: Slot) -> str:
    """What is to stand in a free cell."""
    if slot.repeats:
        return "phát lại"
    language = "" if slot.language == VIETNAMESE else slot.language
    return " ".join(("trống", *filter(None, (language, slot.column))))


@dataclass(frozen=True, slots=True)
class Table:
    """A week laid out: days, rows, and the airings of each cell in order of time."""

    days: tuple[date, ...]
    rows: tuple[Row, ...]
    cells: Mapping[Place, tuple[Shown, ...]]
    labels: tuple[DayLabel, ...] = ()
    """What the days are called, as many as there are days, or none."""

    def free(self, row: int, column: int) -> Free:
        """What a cell without an airing is."""
        closed = bool(self.labels) and self.labels[column].closed
        return self.rows[row].free(self.days[column], closed=closed)

    @property
    def named(self) -> bool:
        """Whether a day of the week has a name of its own."""
        return any(label.name for label in self.labels)

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
    from broadcast.workflow.day_labels import day_labels  # noqa: PLC0415 - after the first paint

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
            view.stands(airing),
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
    held_by = {place: tuple(found) for place, found in cells.items()}
    return Table(days, tuple(rows), held_by, day_labels(view.week.id, view.days))


@lru_cache(maxsize=4096)
def wrapped(text: str, width: int, lines: int) -> Sequence[str]:
    """`text` in at most `lines` lines of `width` letters; what is left out shows as "…"."""
    found = wrap(text, width, break_on_hyphens=False)
    if len(found) > lines:
        last = found[lines - 1]
        found = [*found[: lines - 1], (last if len(last) < width else last[: width - 1]) + "…"]
    return tuple(found)
