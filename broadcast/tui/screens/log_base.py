"""The log on screen: a day with its month, the line under the cursor, days to go to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import OptionList, Static

from broadcast.domain.wording import day_text, weekday
from broadcast.errors import BroadcastError, Problem
from broadcast.tui.actions import Where
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.base import WATCH_EVERY, StationScreen
from broadcast.tui.widgets.lists import PlainScroll, TakeList
from broadcast.tui.widgets.log_lines import (
    Line,
    airing_text,
    head_text,
    line_text,
    lines_of,
    month_strip,
    title_text,
)

if TYPE_CHECKING:
    from broadcast.workflow.log_session import LogDay, LogSession

_PADDING = 2
_ONE = timedelta(days=1)


class LogBase(StationScreen):
    """A day of the log; who enters is remembered, and every step can be taken back."""

    WHERE: ClassVar[Where] = "log"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.day: LogDay | None = None
        self.wanted: date | None = None
        """The day that is shown or being opened; None: the last that waits to be logged."""
        self.lines: tuple[Line, ...] = ()
        self._session: LogSession | None = None

    def body(self) -> ComposeResult:
        """The month, the day's lines and what is told of one; in their place the report."""
        yield Static("", id="month")
        yield Static("", id="columns")
        with Container(id="log-main"):
            with Vertical(id="log-left"):
                yield TakeList(id="log-lines", compact=True)
                yield Static("", id="log-none")
            with VerticalScroll(id="log-about"):
                yield Static("", id="log-about-text")
        with PlainScroll(id="report-main"):
            yield Static("", id="report-text")

    def on_mount(self) -> None:
        """Keep an eye on the files; what is shown first comes with `arrive`."""
        self.set_interval(WATCH_EVERY, self.watch_files)

    def arrive(self, day: date | None = None, **_what: Any) -> None:
        """Show a day, else the one shown before, at first the last that waits to be logged."""
        self.open_day(day or self.wanted)

    @property
    def session(self) -> LogSession:
        """In the worker: what enters into the log."""
        from broadcast.workflow.log_session import LogSession  # noqa: PLC0415 - first paint

        if self._session is None:
            self._session = LogSession(self.office.desk)
        return self._session

    @property
    def listed(self) -> TakeList:
        """The day's lines."""
        return self.query_one("#log-lines", TakeList)

    @property
    def here(self) -> Line | None:
        """The line under the cursor."""
        at = self.listed.highlighted
        return self.lines[at] if at is not None and at < len(self.lines) else None

    # A day on screen

    def open_day(self, day: date | None, then: Callable[[], None] = lambda: None) -> None:
        """Show a day as it is now; None: the last that waits to be logged, else today."""
        self.wanted = day

        def shown(found: LogDay) -> None:
            if day == self.wanted:
                self.show_day(found)
                then()

        self.job(lambda: self._read(day), shown, self._unread)

    def _read(self, day: date | None) -> LogDay:
        """In the worker."""
        from broadcast.workflow.log_session import look_at  # noqa: PLC0415 - after first paint

        return look_at(self.office.desk, day, self.office.now())

    def _unread(self, error: BroadcastError) -> None:
        """What is wrong stands in the place of the list."""
        self.day, self.lines = None, ()
        self.set_title("Nhật ký")
        self.listed.show_lines([])
        self._show_none(Text(f"{error.title}\n", "bold").append_text(error_text(error)))
        self._trouble = f"! {error.title}; {key_of('log.reload')} đọc lại sau khi sửa tệp"
        self.show_hint()

    def show_day(self, day: LogDay) -> None:
        """Show what was read."""
        if self.day is None or self.day.day != day.day:
            self._said = ""
            self.listed.highlighted = None
        self.day, self.wanted, self.lines = day, day.day, lines_of(day)
        self._trouble = _told_problems(day.problems)
        self.draw()

    def draw(self) -> None:
        """Draw everything there is of the day."""
        day = self.day
        if day is None:
            return
        today = " · hôm nay" if day.day == self.office.today() else ""
        self.set_title(title_text(day, today))
        self.query_one("#month", Static).update(month_strip(day))
        width = self.listed.scrollable_content_region.width - _PADDING
        self.query_one("#columns", Static).update(head_text(width) if self.lines else "")
        now = self.office.now()
        self.listed.show_lines([line_text(one, day.station, now, width) for one in self.lines])
        self._show_none(Text() if self.lines else self._nothing(day))
        self.show_line()
        self.show_hint()

    def _nothing(self, day: LogDay) -> Text:
        where = f"{weekday(day.day)} {day_text(day.day)}"
        return Text(f"{where[:1].upper()}{where[1:]} không có lượt phát nào trong lịch.")

    def _show_none(self, text: Text) -> None:
        self.listed.display = not text
        none = self.query_one("#log-none", Static)
        none.display = bool(text)
        none.update(text)
        if text:
            self.query_one("#log-about-text", Static).update("")

    @on(TakeList.Resized)
    def _fit(self) -> None:
        """Lines are as wide as the list."""
        self.draw()

    @on(OptionList.OptionHighlighted, "#log-lines")
    def show_line(self) -> None:
        """Tell in the panel what is known of the airing under the cursor."""
        line, day = self.here, self.day
        if line and day:
            text = airing_text(line, day.station, self.office.now())
            self.query_one("#log-about-text", Static).update(text)

    def hint(self) -> str:
        """The one thing to do next."""
        day = self.day
        if day is None:
            return "Đang mở nhật ký…"
        if any(row.state(self.office.now()) == "chưa ghi" for row in day.rows):
            keys = "/".join(key_of(f"log.{one}") for one in ("late", "cut", "missed"))
            return f"Tiếp theo: {key_of('log.as_planned')} cả ngày như kế hoạch, {keys} lượt khác"
        if day.unlogged:
            waiting = key_of("log.waiting")
            return f"Ngày này ghi xong; {waiting} tới ngày chưa ghi gần nhất"
        return f"Không còn ngày nào chưa ghi · {key_of('log.report')} báo cáo"

    # What others change

    def may_look(self) -> bool:
        """Once a day is shown."""
        return self.day is not None

    def look(self) -> LogDay | None:
        """In the worker: the day, if anything of it is another than on screen."""
        found = self._read(self.wanted)
        return found if found != self.day else None

    def seen(self, found: Any) -> None:
        """Show it."""
        if found.day == self.wanted:
            self.show_day(found)

    # Days

    def action_previous(self) -> None:
        """The day before."""
        self._go(-_ONE)

    def action_next(self) -> None:
        """The day after."""
        self._go(_ONE)

    def _go(self, by: timedelta) -> None:
        if self.wanted is not None:
            self.open_day(self.wanted + by)

    def action_waiting(self) -> None:
        """The last day that waits to be logged."""
        self.open_day(None)

    def action_go_to(self) -> None:
        """A day that is typed."""
        from broadcast.tui.dialogs.ask import Blank, FormDialog  # noqa: PLC0415 - first paint
        from broadcast.tui.screens.week import read_day  # noqa: PLC0415 - the app has it by then

        today = self.office.today()

        def check(values: dict[str, str]) -> dict[str, str]:
            known = read_day(values["day"], today)
            return {} if known else {"day": "Viết ngày như 23/11/2026 hoặc 23/11"}

        blank = Blank("day", "Ngày", "", "23/11/2026, hoặc 23/11 của năm nay")
        self.app.push_screen(
            FormDialog("Đến ngày…", [blank], check),
            lambda got: self.open_day(read_day(got["day"], today)) if got else None,
        )

    def action_reload(self) -> None:
        """Read the files again."""
        self.open_day(self.wanted, lambda: self.say("Đã đọc lại tệp từ đĩa"))


def _told_problems(problems: tuple[Problem, ...]) -> str:
    """Damage in the month's files, for one line."""
    if not problems:
        return ""
    more = f" (và {len(problems) - 1} chỗ nữa)" if len(problems) > 1 else ""
    return f"! {problems[0]}{more}; {key_of('log.problems')} xem đủ"
