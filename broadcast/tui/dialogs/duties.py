"""What a plan asks for, as a table: done, missing, days left; recording what is done, undoing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from broadcast.domain.duties import DatedDuty, DoneItem, QuotaCount
from broadcast.domain.periods import Period, around
from broadcast.domain.wording import day_text
from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.dialogs.form import Form, Typed, Values
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.screens.week import read_day
from broadcast.tui.widgets.duty_rows import (
    Duty,
    DutyRow,
    duty_rows,
    duty_text,
    head_line,
    items_of,
    row_line,
    sums,
)
from broadcast.tui.widgets.lists import PlainList, TakeList

if TYPE_CHECKING:
    from broadcast.domain.plan import Plan
    from broadcast.errors import BroadcastError
    from broadcast.tui.screens.base import StationScreen
    from broadcast.workflow.duties import DutiesView

KINDS = ("quý", "6 tháng", "9 tháng", "năm", "tháng")
"""The kinds of periods, in the order the key goes through them."""


@dataclass(frozen=True, slots=True)
class Book:
    """What the view does with files, in the worker; `undo` takes a record's id."""

    load: Callable[[Period], DutiesView]
    record: Callable[[Duty, date, str, str], DoneItem]
    undo: Callable[[str], DoneItem]


class DutiesDialog(Dialog[None]):
    """Quotas, deadlines and reports of a plan in a period."""

    KEYS = "Enter ghi · Del bỏ · Ctrl+Z hoàn tác · PgUp PgDn kỳ · F6 loại kỳ · Esc đóng"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup,ctrl+left", "period(-1)", "Kỳ trước", show=False, id="duties.pageup"),
        Binding("pagedown,ctrl+right", "period(1)", "Kỳ sau", show=False, id="duties.pagedown"),
        Binding("f6,ctrl+t", "kind", "Loại kỳ", show=False, id="duties.kind"),
        Binding("f5,insert", "record", "Ghi đã làm", show=False, id="duties.record"),
        Binding("delete,ctrl+d", "take_back", "Bỏ việc đã ghi", show=False, id="duties.take_back"),
        Binding("ctrl+z,u", "undo", "Hoàn tác", show=False, id="duties.undo"),
    ]

    def __init__(
        self, job: Callable[..., None], book: Book, today: date, year: int | None = None
    ) -> None:
        super().__init__("Chỉ tiêu, thời hạn, báo cáo")
        self.add_class("-full")
        self.job, self.book, self.today = job, book, today
        self.kind, self.day = KINDS[0], _first_day(today, year)
        self.view: DutiesView | None = None
        self.rows: tuple[DutyRow, ...] = ()
        self.done: list[tuple[DoneItem, Duty | None]] = []
        """What was recorded (with None) or taken back (with its duty) here, to be undone."""

    def body(self) -> ComposeResult:
        """The table, all of what is under its cursor, what was done last."""
        yield Static("", id="duties-head")
        yield TakeList(id="duties-list")
        with VerticalScroll(id="duties-told", can_focus=False):
            yield Static("Đang đếm…", id="duties-text")
        yield Static("", id="duties-line")

    def on_mount(self) -> None:
        """Show the frame at once, the numbers when they are there."""
        self.list.focus()
        self._load()

    @property
    def list(self) -> TakeList:
        """The table."""
        return self.query_one(TakeList)

    @property
    def row(self) -> DutyRow | None:
        """The line under the cursor."""
        at = self.list.highlighted
        return self.rows[at] if at is not None and at < len(self.rows) else None

    # Showing

    def _load(self, told: str = "") -> None:
        period = around(self.day, self.kind)
        if period is not None:
            self.job(
                partial(self.book.load, period), partial(self._loaded, told=told), self._failed
            )

    def _loaded(self, view: DutiesView, told: str) -> None:
        self.view, self.rows = view, duty_rows(view)
        if self.is_attached:
            self._show()
            self._say(told or sums(self.rows))

    def _failed(self, error: BroadcastError) -> None:
        if self.is_attached:
            text = Text.assemble((f"! {error.title}\n", "bold"), error_text(error))
            self.query_one("#duties-text", Static).update(text)

    def _say(self, told: str) -> None:
        line = Text(told, no_wrap=True, overflow="ellipsis")
        self.query_one("#duties-line", Static).update(line)

    @on(PlainList.Resized)
    def _show(self) -> None:
        if self.view is None:
            return
        found, width = self.view.duties, self.list.scrollable_content_region.width
        title = Text(f"{_capital(found.period.text)} · {found.plan.title or found.plan.id}",
                     no_wrap=True, overflow="ellipsis")  # fmt: skip
        self.query_one(".dialog-title", Static).update(title)
        self.query_one("#duties-head", Static).update(head_line(width))
        self.list.show_lines([row_line(row, width) for row in self.rows])
        self._tell()

    @on(OptionList.OptionHighlighted)
    def _tell(self) -> None:
        if self.view is None:
            return
        none = Text("Kế hoạch không có chỉ tiêu, thời hạn hay báo cáo nào trong kỳ này")
        text = duty_text(self.row, self.view) if self.row else none
        self.query_one("#duties-text", Static).update(text)
        self.query_one("#duties-told").scroll_home(animate=False)

    # Periods

    def action_period(self, by: int) -> None:
        """Go by a period."""
        period = around(self.day, self.kind)
        if period is None:
            return
        # 9 months are the first of their year: the year decides which come before and after.
        whole = around(self.day, "năm") if self.kind == "9 tháng" else period
        edge = whole and (whole.first if by < 0 else whole.last)
        if edge:
            self.day = edge + timedelta(days=by)
            self._load()

    def action_kind(self) -> None:
        """Quarter, half a year, nine months, year, month, and around again."""
        self.kind = KINDS[(KINDS.index(self.kind) + 1) % len(KINDS)]
        self._load()

    # Recording

    @on(OptionList.OptionSelected)
    def action_record(self) -> None:
        """Ask when it was done, and record it."""
        duty = self.row.of if self.row else None
        refusal = why_not(duty)
        if duty is None or refusal:
            self._say(refusal)
            return
        asked = [
            Typed("day", "Ngày làm xong", day_text(self.today), self._day, "23/11/2026"),
            Typed("title", "Tên tin, bài hoặc số văn bản", "", str.strip, "12/BC-UBND"),
            Typed("link", "Nơi đăng, địa chỉ, ghi chú", "", str.strip, "cổng thông tin xã"),
        ]
        title = f"Ghi đã làm: {self.row.what if self.row else ''}"
        self.app.push_screen(Form(title, asked), partial(self._record, duty))

    def _day(self, text: str) -> date:
        day = read_day(text.strip(), self.today)
        if day is None:
            raise ValueError("viết ngày như 23/11/2026 hoặc 23/11")
        if day > self.today:
            raise ValueError("ngày ấy chưa đến; ghi khi đã làm xong")
        return day

    def _record(self, duty: Duty, values: Values | None) -> None:
        if values is None:
            return

        def recorded(item: DoneItem) -> None:
            self.done.append((item, None))
            self._load(f"Đã ghi: {item.what} ngày {day_text(item.day)} (Ctrl+Z để bỏ)")

        day, title, link = values["day"], values["title"], values["link"]
        self.job(lambda: self.book.record(duty, day, title, link), recorded)

    def action_take_back(self) -> None:
        """Take back something recorded for the duty under the cursor."""
        row = self.row
        items = items_of(row.of) if row else ()
        if row is None or not items:
            self._say("Mục này chưa có việc nào ghi bằng tay để bỏ")
        elif len(items) == 1:
            self._take_back(row.of, items[0])
        else:
            choices = [
                Choice(item, f"{day_text(item.day)}  {item.title or item.what}", item.link)
                for item in reversed(items)
            ]
            dialog = ChooseDialog("Bỏ việc đã ghi nào?", choices, "Tìm")
            self.app.push_screen(dialog, partial(self._take_back, row.of))

    def _take_back(self, duty: Duty, item: DoneItem | None) -> None:
        if item is None:
            return

        def taken(gone: DoneItem) -> None:
            # A record that fits no duty any more cannot be made again.
            if not isinstance(duty, DoneItem):
                self.done.append((gone, duty))
            self._load(f"Đã bỏ: {gone.what} ngày {day_text(gone.day)}")

        self.job(lambda: self.book.undo(item.id), taken)

    def action_undo(self) -> None:
        """Undo what was recorded or taken back here last."""
        if not self.done:
            self._say("Không còn gì để hoàn tác ở màn hình này")
            return
        item, duty = self.done.pop()
        told = f"Đã hoàn tác: {item.what} ngày {day_text(item.day)}"
        if duty is None:
            self.job(lambda: self.book.undo(item.id), lambda _item: self._load(told))
        else:
            again = partial(self.book.record, duty, item.day, item.title, item.link)
            self.job(again, lambda _item: self._load(told))


def _first_day(today: date, year: int | None) -> date:
    """The day whose period is shown first: today, or of another year's plan its nearest day."""
    if year is None or year == today.year:
        return today
    return date(year, 12, 31) if year < today.year else date(year, 1, 1)


def why_not(duty: Duty | None) -> str:
    """Why nothing can be recorded for a duty, "" if something can."""
    if isinstance(duty, QuotaCount) and duty.counted.by == "lượt phát":
        return "Chỉ tiêu lượt phát máy tự đếm: xếp lịch và ghi nhật ký phát thanh là đủ"
    if isinstance(duty, DatedDuty) and duty.done:
        return f"Đã ghi xong ngày {day_text(duty.done.day)}; Del bỏ để ghi lại"
    if isinstance(duty, DoneItem):
        return "Kế hoạch không còn mục này; Del bỏ việc đã ghi"
    return ""


def show_duties(screen: StationScreen, plan: Plan) -> None:
    """Show a plan's duties over a screen."""
    from broadcast.workflow import duties  # noqa: PLC0415 - first paint

    office, today, plan_id = screen.office, screen.office.today(), plan.id

    def load(period: Period) -> DutiesView:
        return duties.duties_view(office.desk, plan_id, period, office.now())

    def record(duty: Duty, day: date, title: str, link: str) -> DoneItem:
        assert not isinstance(duty, DoneItem)  # noqa: S101 - `why_not` refuses it
        which = duties.handle(duty)
        return duties.record_done(office.workspace, plan_id, which, day=day, title=title, link=link)

    book = Book(load, record, lambda item: duties.undo_done(office.workspace, item))
    screen.app.push_screen(DutiesDialog(screen.job, book, today, plan.year))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
