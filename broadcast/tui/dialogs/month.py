"""A month to go by: how many airings each day has, and how far they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from broadcast.domain.wording import DAYS, STATE_SIGNS
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.base import Dialog

if TYPE_CHECKING:
    from broadcast.workflow.months import DayCount, Month

Days = Mapping[date, "DayCount"]
"""What is known of each day."""

CELL = 10
"""Columns of a day."""

NO_BREAK = "\N{NO-BREAK SPACE}"
"""Keeps columns: Textual drops other spaces where it breaks lines."""


class MonthDialog(Dialog[date]):
    """A month as a table of weeks; arrows go by days, PgUp and PgDn by months, Enter takes one."""

    KEYS = "← → ↑ ↓ ngày · PgUp PgDn tháng · Enter mở tuần ấy · Esc đóng"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("left", "go(-1)", "Ngày trước", show=False, id="month.left"),
        Binding("right", "go(1)", "Ngày sau", show=False, id="month.right"),
        Binding("up", "go(-7)", "Tuần trước", show=False, id="month.up"),
        Binding("down", "go(7)", "Tuần sau", show=False, id="month.down"),
        Binding("pageup", "month(-1)", "Tháng trước", show=False, id="month.pageup"),
        Binding("pagedown", "month(1)", "Tháng sau", show=False, id="month.pagedown"),
        Binding("enter", "take", "Mở", show=False, id="month.take"),
    ]

    class Loaded(Message):
        """The days of a month are known, or why they are not."""

        def __init__(self, first: date, days: Days, error: BroadcastError | None) -> None:
            super().__init__()
            self.first, self.days, self.error = first, days, error

    def __init__(self, day: date, today: date, load: Callable[[int, int], Month]) -> None:
        super().__init__("Xem cả tháng")
        self.day = day
        self.today = today
        self.load = load
        self.days: Days = {}
        self.trouble = ""

    def body(self) -> ComposeResult:
        """The month's name and its weeks."""
        yield Static(id="month")

    def on_mount(self) -> None:
        """Show the frame at once, the numbers when they are there."""
        self._show()
        self._load_month(self.day.replace(day=1))

    @work(thread=True, exclusive=True, exit_on_error=False, group="month")
    def _load_month(self, first: date) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs

        try:
            month = self.load(first.year, first.month)
            message = self.Loaded(first, {one.day: one for one in month.days}, None)
        except Exception as error:
            message = self.Loaded(first, {}, told_error(error))
        self.post_message(message)

    @on(Loaded)
    def _loaded(self, message: Loaded) -> None:
        if message.first == self.day.replace(day=1):
            self.days = message.days
            self.trouble = message.error.title if message.error else ""
            self._show()

    def action_go(self, days: int) -> None:
        """Go by so many days."""
        self._to(self.day + timedelta(days=days))

    def action_month(self, months: int) -> None:
        """Go by a month, to its same day or its last."""
        first = self.day.replace(day=1)
        other = (first + timedelta(days=31 if months > 0 else -1)).replace(day=1)
        last = (other + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        self._to(min(other.replace(day=min(self.day.day, 28)), last))

    def _to(self, day: date) -> None:
        other = (day.year, day.month) != (self.day.year, self.day.month)
        self.day = day
        if other:
            self.days = {}
            self._load_month(day.replace(day=1))
        self._show()

    def action_take(self) -> None:
        """Open the week of the day."""
        self.dismiss(self.day)

    def _show(self) -> None:
        self.query_one("#month", Static).update(
            month_text(self.day, self.today, self.days, self.trouble)
        )


def month_text(day: date, today: date, days: Days, trouble: str = "") -> Text:
    """The weeks of the month of `day`, each day with its number and its airings by state."""
    first = day.replace(day=1)
    text = Text()
    text.append(f"Tháng {day.month} năm {day.year}\n\n", "bold")
    text.append("".join(_padded(name, CELL) for name in DAYS) + "\n", "bold")
    monday = first - timedelta(days=first.weekday())
    while monday <= first or monday.month == first.month:
        for column in range(7):
            one = monday + timedelta(days=column)
            style = "reverse bold" if one == day else "bold" if one == today else ""
            text.append(_padded(_cell(one, first, today, days), CELL - 1), style)
            text.append(NO_BREAK)
        text.append("\n\n")
        monday += timedelta(days=7)
    text.append(trouble or "   ".join(f"{sign} {state}" for state, sign in STATE_SIGNS.items()))
    return text


def _padded(text: str, width: int) -> str:
    return text.replace(" ", NO_BREAK).ljust(width, NO_BREAK)


def _cell(one: date, first: date, today: date, days: Days) -> str:
    if one.month != first.month:
        return ""
    known = days.get(one)
    number = f"{one.day:>2}{'*' if one == today else ' '}"
    if known is None:
        return number
    if known.unread:
        return f"{number}? lỗi"
    counts = {**known.states, "trống": known.states.get("trống", 0) + known.empty}
    signs = "".join(f"{sign}{counts[s]}" for s, sign in STATE_SIGNS.items() if counts.get(s))
    return number + signs + ("!" if known.findings else "")
