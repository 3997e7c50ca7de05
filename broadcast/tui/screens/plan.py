"""The plan screen (Kế hoạch): the outline to confirm and correct, problems, counts, duties."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import Static

from broadcast.domain.plan import Topic
from broadcast.domain.plan_edit import Entry, entries
from broadcast.domain.plan_outline import Heading
from broadcast.tui.actions import Where, bindings
from broadcast.tui.dialogs.ask import Choice, ChooseDialog, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.base import WATCH_EVERY
from broadcast.tui.screens.plan_proof import PlanProof
from broadcast.tui.widgets.outline import OutlineView
from broadcast.tui.widgets.plan_rows import entry_line
from broadcast.tui.widgets.plan_side import side_text
from broadcast.vietnamese.characters import shorten

_WAYS = (
    ("air", "Phát được"), ("keep_off", "Không phát"), ("edit", "Sửa chữ"),
    ("merge", "Gộp vào mục ngay trước"), ("split", "Tách làm hai mục"), ("retype", "Đổi loại…"),
)  # fmt: skip


class PlanScreen(PlanProof):
    """One plan on screen."""

    WHERE: ClassVar[Where] = "plan"
    CSS_PATH = Path(__file__).with_name("plan.tcss")
    AUTO_FOCUS = "#outline"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("plan", "app"),
        Binding("escape", "back", "Về Tuần", show=False, id="plan.back"),
    ]

    def body(self) -> ComposeResult:
        """Outline and side panel; or, where there is no plan, what to do."""
        with Container(id="main"):
            yield OutlineView(id="outline")
            with VerticalScroll(id="side"):
                yield Static("", id="side-text")
        with VerticalScroll(id="empty"):
            yield Static("", id="empty-text")

    def on_mount(self) -> None:
        """Load the newest plan, then keep an eye on the files."""
        self.set_title("Kế hoạch")
        self.open_plan()
        self.set_interval(WATCH_EVERY, self.watch_files)

    def arrive(self, plan: str | None = None, import_: bool = False, **_what: Any) -> None:
        """Show a plan, or ask for the file of one; what was planned meanwhile is counted."""
        self.say("")
        if plan:
            self.open_plan(plan)
        else:
            self.count()
        if import_:
            self.action_import_plan()

    def action_back(self) -> None:
        """From the list of the least planned to the outline; from there to the week."""
        if self.least:
            self.action_least()
        else:
            self.shell.go("week")

    # Going about

    @on(OutlineView.Opened)
    def _clicked_twice(self) -> None:
        self.action_open()

    def action_open(self) -> None:
        """Fold or open a heading; of an entry show all of it, with what can be done."""
        line, plan = self.view.line, self.plan
        if line is None or plan is None:
            return
        of = line.of
        if isinstance(of, Heading):
            self.view.action_fold(of.key not in self.folded)
            return
        fit = _WAYS if isinstance(of, Topic) else [w for w in _WAYS if w[0] in ("edit", "retype")]
        ways = [Choice(way, f"{told}  ({key_of(f'plan.{way}')})") for way, told in fit]
        text = side_text(plan, of, self.counts)
        dialog = LongAskDialog("Làm gì với mục này?", text, ways)
        self.app.push_screen(dialog, lambda way: self._do(way) if way else None)

    def _do(self, way: str) -> None:
        getattr(self, f"action_{way}")()

    def action_find(self) -> None:
        """Choose an entry by a few of its words."""
        plan = self.plan
        if plan is None:
            return
        choices: list[Choice[Entry]] = [
            Choice(entry, shorten(line.text, 140), line.word)
            for entry in entries(plan)
            for line in [entry_line(entry, 0, None)]
        ]
        dialog = ChooseDialog("Tìm trong kế hoạch", choices, "Vài chữ của mục cần tìm")
        self.app.push_screen(dialog, lambda entry: self.go_to(entry) if entry else None)

    def action_least(self) -> None:
        """Order topics by how seldom they are planned, or as the document does."""
        if self.plan is None:
            return
        at = self.entry
        self.least = not self.least
        self.show(at)
        if self.least:
            self.view.jump(0)
            self.say(f"Nội dung ít phát nhất đứng đầu; {key_of('plan.least')} về dàn ý")
        else:
            self.say("")

    def action_plans(self) -> None:
        """Choose another plan."""
        self.job(self._plan_choices, self._choose_plan)

    def _plan_choices(self) -> list[Choice[str]]:
        """In the worker: the plans with their titles; those that cannot be read say so."""
        from broadcast.workflow.plans import list_plans  # noqa: PLC0415 - first paint

        read, _broken = list_plans(self.office.workspace)
        titles = {plan.id: f"{plan.title} · năm {plan.year or '–'}" for plan in read}
        told = "! không đọc được tệp; chọn để xem lỗi"
        return [Choice(one, one, titles.get(one, told)) for one in self.office.workspace.plan_ids()]

    def _choose_plan(self, choices: list[Choice[str]]) -> None:
        if not choices:
            self.say(f"Chưa có kế hoạch nào: {key_of('plan.import')} nhập")
            return
        dialog = ChooseDialog("Chọn kế hoạch", choices, "Tìm")
        self.app.push_screen(dialog, lambda one: self.open_plan(one) if one else None)

    # Looking into

    def action_quarter(self) -> None:
        """How often topics are heard in the weeks of a quarter."""
        from broadcast.tui.dialogs.quarter import show_quarter  # noqa: PLC0415 - when asked for

        if self.plan is not None:
            show_quarter(self, self.office.today(), self.plan.id)

    def action_duties(self) -> None:
        """What the plan asks for by when, how far it is done; recording what is done."""
        from broadcast.tui.dialogs.duties import show_duties  # noqa: PLC0415 - when asked for

        if self.plan is not None:
            show_duties(self, self.plan)
