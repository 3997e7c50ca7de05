"""A quarter at a glance: weeks across, topics down; Enter goes to the week."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.widgets.heat_map import HeatMap
from broadcast.tui.widgets.heat_rows import HOLIDAY, LONG, LONGEST, NOW, SHADES, told

if TYPE_CHECKING:
    from broadcast.domain.week import WeekId
    from broadcast.errors import BroadcastError
    from broadcast.tui.screens.base import StationScreen
    from broadcast.workflow.heat import HeatRow
    from broadcast.workflow.quarter_view import QuarterView

LEGEND = (
    f"{SHADES[1]}1 {SHADES[2]}2 {SHADES[3]}3 {SHADES[4]}4 lượt trở lên  {SHADES[0]} không có  "
    f"{NOW} tuần này  {HOLIDAY} có ngày lễ  {LONG} quá {LONGEST} ngày không phát"
)


@dataclass(frozen=True, slots=True)
class Taken:
    """Where to go: a week, and its first airing of the topic, if it has one."""

    week: WeekId
    airing: str | None


class QuarterDialog(Dialog[Taken]):
    """The heat map of a quarter; PgUp and PgDn go by quarters."""

    KEYS = "← → ↑ ↓ · Enter mở tuần · PgUp PgDn quý khác · Ctrl+O kế hoạch · Esc đóng"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("pageup,ctrl+left", "quarter(-1)", "Quý trước", show=False, id="quarter.pageup"),
        Binding("pagedown,ctrl+right", "quarter(1)", "Quý sau", show=False, id="quarter.pagedown"),
        Binding("ctrl+o", "plans", "Kế hoạch khác", show=False, id="quarter.plans"),
        Binding("enter", "take", "Mở", show=False, id="quarter.take"),
    ]

    def __init__(
        self,
        job: Callable[..., None],
        load: Callable[[date], QuarterView],
        day: date,
        plan: str | None = None,
    ) -> None:
        super().__init__("Cả quý")
        self.add_class("-full")
        self.job, self.load, self.day, self.plan = job, load, day, plan
        self.view: QuarterView | None = None

    @property
    def map(self) -> HeatMap:
        """The heat map."""
        return self.query_one(HeatMap)

    def body(self) -> ComposeResult:
        """The map, what is under its cursor, what its signs mean."""
        yield HeatMap()
        yield Static("Đang đếm…", id="quarter-told")
        yield Static(Text(LEGEND, no_wrap=True, overflow="ellipsis"), id="quarter-legend")

    def on_mount(self) -> None:
        """Show the frame at once, the numbers when they are there."""
        self.map.focus()
        self._load(self.day)

    def _load(self, day: date) -> None:
        self.job(lambda: self.load(day), self._loaded, self._failed)

    def _loaded(self, view: QuarterView) -> None:
        first = self.view is None
        self.view = view
        if self.is_mounted and self.is_attached:
            self._show()
            if first:
                weeks = [n for n, week in enumerate(view.heat.weeks) if self.day in week.days()]
                self.map.jump(0, weeks[0] if weeks else 0)

    def _failed(self, error: BroadcastError) -> None:
        self._tell(Text.assemble((f"! {error.title}\n", "bold"), error_text(error)))

    def _tell(self, text: str | Text) -> None:
        if self.is_attached:
            self.query_one("#quarter-told", Static).update(
                Text(text) if isinstance(text, str) else text
            )

    def _show(self) -> None:
        view = self.view
        assert view is not None  # noqa: S101 - shown only once there is one
        if self.plan not in view.plans:
            self.plan = next(iter(view.plans), None)
        quarter = f"Q{str(view.quarter)[1:]}"
        several = (
            f" · {list(view.plans).index(self.plan or '') + 1}/{len(view.plans)}"
            if len(view.plans) > 1
            else ""
        )
        title = f"{quarter}{several} · {self._plan_title()}"
        self.query_one(".dialog-title", Static).update(
            Text(title, no_wrap=True, overflow="ellipsis")
        )
        self.map.show(view, view.heat.of(self.plan) if self.plan else ())

    def _plan_title(self) -> str:
        return self.view.plans.get(self.plan or "", "chưa có kế hoạch") if self.view else ""

    @property
    def row(self) -> HeatRow | None:
        """The topic under the cursor."""
        return self.map.rows[self.map.row] if self.map.rows else None

    @on(HeatMap.Moved)
    def _moved(self) -> None:
        if self.view is None:
            return
        none = "Kế hoạch này chưa có nội dung nào phát được: đánh dấu ở màn hình Kế hoạch"
        self._tell(
            told(self.view, self.row, self.map.week, self.map.size.width - 2) if self.row else none
        )

    def action_quarter(self, by: int) -> None:
        """Go by a quarter, to the same topic."""
        if self.view is not None:
            edge = self.view.quarter.first if by < 0 else self.view.quarter.last
            self._load(edge + timedelta(days=by))

    def action_plans(self) -> None:
        """Choose another plan."""
        if self.view is None:
            return
        choices = [Choice(one, title, one) for one, title in self.view.plans.items()]
        self.app.push_screen(ChooseDialog("Chọn kế hoạch", choices, "Tìm"), self._choose)

    def _choose(self, plan: str | None) -> None:
        if plan:
            self.plan = plan
            self._show()

    @on(HeatMap.Opened)
    def action_take(self) -> None:
        """Go to the week under the cursor, to its airing of the topic."""
        if self.view is None:
            return
        week = self.view.heat.weeks[self.map.week]
        airings = self.row.cells[self.map.week] if self.row else ()
        self.dismiss(Taken(week, airings[0].id if airings else None))


def show_quarter(screen: StationScreen, day: date, plan: str | None = None) -> None:
    """Show the quarter of a day over a screen; what is taken in it is shown by the week screen."""
    office = screen.office

    def load(of: date) -> QuarterView:
        from broadcast.workflow.quarter_view import quarter_view  # noqa: PLC0415 - in the worker

        return quarter_view(office.desk, of, office.today())

    def taken(what: Taken | None) -> None:
        if what:
            asked: dict[str, Any] = {"week": what.week, "airing": what.airing}
            screen.shell.go("week", **asked)

    screen.app.push_screen(QuarterDialog(screen.job, load, day, plan), taken)
