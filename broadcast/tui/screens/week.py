"""The week screen (Tuần): days across, slots down; going from week to week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from broadcast.domain.week import WeekId
from broadcast.tui.actions import Where, bindings
from broadcast.tui.dialogs.ask import Blank, FormDialog
from broadcast.tui.screens.base import WATCH_EVERY
from broadcast.tui.screens.week_wide import WeekWide
from broadcast.tui.widgets.grid import WeekGrid

if TYPE_CHECKING:
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.months import Month


FIRST_PICTURE = 0.05
"""Seconds that drawing the frame may take before the week is loaded."""


class WeekScreen(WeekWide):
    """One week on screen."""

    WHERE: ClassVar[Where] = "week"
    AUTO_FOCUS = "#grid"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("week", "app"),
        Binding("escape", "leave", "Thôi", show=False, id="week.leave"),
    ]

    def body(self) -> ComposeResult:
        """Grid and side panel."""
        with Container(id="main"):
            yield WeekGrid(id="grid")
            with VerticalScroll(id="side"):
                yield Static("", id="side-text")

    def on_mount(self) -> None:
        """Load this week once the first picture is drawn, then keep an eye on the files."""
        today = self.office.today()
        # A moment later: the worker's imports would hold up the picture.
        self.set_timer(FIRST_PICTURE, lambda: self.open_week(WeekId.of(today), today))
        self.set_interval(WATCH_EVERY, self.watch_files)

    def arrive(self, week: WeekId | None = None, airing: str | None = None, **_what: Any) -> None:
        """Show the week as it is by now, or another one; the cursor goes to `airing`."""
        if self.session is not None:
            self.say("")
            self.open_week(week or self.office.week)
        if airing is not None:
            self.job(lambda: airing, self.jump_to_airing)

    def on_paste(self, event: events.Paste) -> None:
        """Terminals that keep Ctrl+V send their own clipboard: here it means the copied airing."""
        event.stop()
        self.action_paste()

    def action_next(self) -> None:
        """The week after."""
        self.open_week(self.week_id.after())

    def action_previous(self) -> None:
        """The week before."""
        self.open_week(self.week_id.before())

    def action_today(self) -> None:
        """The week of today."""
        today = self.office.today()
        self.open_week(WeekId.of(today), today)

    def action_reload(self) -> None:
        """Read the files again."""
        self.reload()

    def action_go_to(self) -> None:
        """Ask for a day and show its week."""
        blank = Blank("day", "Ngày", "", "23/11/2026, hoặc 23/11 của năm nay")
        form = FormDialog("Đến tuần có ngày…", [blank], self._check_day)
        self.app.push_screen(form, lambda v: self._go_to(v["day"]) if v else None)

    def _check_day(self, values: dict[str, str]) -> dict[str, str]:
        if read_day(values["day"], self.office.today()) is None:
            return {"day": "Viết ngày như 23/11/2026 hoặc 23/11"}
        return {}

    def _go_to(self, text: str) -> None:
        day = read_day(text, self.office.today())
        if day:
            self.open_week(WeekId.of(day), day)

    def action_month(self) -> None:
        """Show a month; taking a day opens its week."""
        from broadcast.tui.dialogs.month import MonthDialog  # noqa: PLC0415 - after first paint

        if self.session is None:
            return
        desk, day = self.session.desk, self.week_id.days()[self.grid.column]
        self.app.push_screen(
            MonthDialog(day, self.office.today(), lambda year, month: _month(desk, year, month)),
            lambda taken: self.open_week(WeekId.of(taken), taken) if taken else None,
        )

    def action_quarter(self) -> None:
        """How often topics are heard in the weeks of a quarter; taking a cell opens its week."""
        from broadcast.tui.dialogs.quarter import show_quarter  # noqa: PLC0415 - when asked for

        if self.session is not None:
            show_quarter(self, self.week_id.days()[self.grid.column])


def _month(desk: Desk, year: int, number: int) -> Month:
    """In the worker: what each day of a month has."""
    from broadcast.workflow.months import month  # noqa: PLC0415 - when asked for

    return month(desk, year, number)


def read_day(text: str, today: date) -> date | None:
    """A day as people write it: 23/11/2026, 23-11-2026, 23.11, or "nay", "mai"."""
    words = {"nay": today, "hôm nay": today, "mai": today + timedelta(days=1)}
    if text.casefold() in words:
        return words[text.casefold()]
    parts = text.replace("-", "/").replace(".", "/").split("/")
    if not 2 <= len(parts) <= 3 or not all(part.strip().isdecimal() for part in parts):
        return None
    day, month, *rest = (int(part) for part in parts)
    year = rest[0] if rest else today.year
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
