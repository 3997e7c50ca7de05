"""The plan on screen and its session: loading, showing, noticing what others change."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from rich.text import Text
from textual import on
from textual.widgets import Static

from broadcast.domain.plan import Channel, Duty, Passage, Topic
from broadcast.domain.plan_edit import Entry, waiting
from broadcast.domain.plan_outline import Folded, first_folds, keys_over
from broadcast.errors import BroadcastError, ConflictError, NotFoundError
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.base import StationScreen
from broadcast.tui.widgets.outline import OutlineView
from broadcast.tui.widgets.plan_rows import least_lines, outline_lines
from broadcast.tui.widgets.plan_side import side_text

if TYPE_CHECKING:
    from broadcast.domain.plan import Plan
    from broadcast.workflow.plan_session import PlanReload, PlanSession
    from broadcast.workflow.topic_counts import Counts

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Change(Generic[_T]):
    """A correction: what does it, what is said when it is done, and what comes then.

    What `make` gives, where it is an entry, is where the cursor goes.
    """

    make: Callable[[PlanSession], _T]
    told: Callable[[_T], str]
    then: Callable[[_T], None] = lambda _result: None


@dataclass(frozen=True, slots=True)
class _Opened:
    """What the worker hands over to be shown."""

    plans: tuple[str, ...]
    session: PlanSession | None


class PlanBase(StationScreen):
    """Holds the session of the plan on screen; every correction goes through `change`."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.session: PlanSession | None = None
        self.sessions: dict[str, PlanSession] = {}
        """What was opened before: each plan keeps what can be undone."""
        self.plans: tuple[str, ...] = ()
        self.counts: Counts | None = None
        self.folded: Folded = frozenset()
        self.least = False
        """Whether topics stand in the order of how seldom they are planned."""
        self._counted: Hashable = None
        self._broken = False
        """Whether the plan that was to be shown cannot be read."""
        self._wanted: str | None = None

    @property
    def view(self) -> OutlineView:
        """The outline."""
        return self.query_one(OutlineView)

    @property
    def plan(self) -> Plan | None:
        """The plan on screen."""
        return self.session.plan if self.session else None

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor; None on a heading."""
        of = self.view.line.of if self.view.line else None
        return of if isinstance(of, (Topic, Channel, Duty, Passage)) else None

    @property
    def topic(self) -> Topic | None:
        """The topic under the cursor; where there is none it says so."""
        entry = self.entry
        if isinstance(entry, Topic):
            return entry
        if self.session:
            self.say("Chọn một nội dung trước (dòng có dấu ✓ ? ✗)")
        return None

    # Opening

    def open_plan(self, plan_id: str | None = None, then: Callable[[], None] | None = None) -> None:
        """Show a plan; without a name the one on screen, else the newest."""

        def opened(found: _Opened) -> None:
            self._show_opened(found)
            if then:
                then()

        self.job(
            lambda: self._opened(plan_id),
            opened,
            lambda error: self._unreadable_plan(error, plan_id),
        )

    def _opened(self, plan_id: str | None) -> _Opened:
        """In the worker: the plan's session, as it was left if it was open before."""
        from broadcast.workflow.plan_session import PlanSession  # noqa: PLC0415 - first paint
        from broadcast.workflow.plans import newest_plan  # noqa: PLC0415

        desk = self.office.desk
        plans = desk.workspace.plan_ids()
        here = self.session.plan.id if self.session else None
        wanted = plan_id or (here if here in plans else newest_plan(desk))
        if wanted is None:
            return _Opened(plans, None)
        session = self.sessions.get(wanted)
        if session is None:
            session = PlanSession.open(desk, wanted)
        elif session.changed_on_disk():
            session.reload()
        return _Opened(plans, session)

    def _show_opened(self, found: _Opened) -> None:
        self.plans, self._trouble, self._broken = found.plans, "", False
        other = found.session is not self.session
        self.session = found.session
        if self.session is None:
            self._show_empty(_welcome())
            return
        self.sessions[self.session.plan.id] = self.session
        if other:
            self.folded = first_folds(self.session.plan)
            self.counts, self.least = None, False
            self.view.cursor = 0
            waits = waiting(self.session.plan) or self.session.plan.topics
            self.show(waits[0] if waits else None)
        else:
            self.show()
        self.count()

    def _unreadable_plan(self, error: BroadcastError, plan_id: str | None) -> None:
        """The plan's file cannot be read: all of what is wrong, where the outline would be."""
        self.session = None
        self._broken = True
        self._wanted = plan_id
        text = Text.assemble((f"{error.title}\n\n", "bold"), error_text(error))
        again, other = key_of("plan.reload"), key_of("plan.plans")
        text.append(f"\n\nSửa tệp rồi nhấn {again} đọc lại; {other} chọn kế hoạch khác.")
        self._show_empty(text)

    def _show_empty(self, text: Text) -> None:
        self.set_title("Kế hoạch")
        self.query_one("#empty-text", Static).update(text)
        self.set_class(True, "-empty")
        self.query_one("#empty").focus()
        self.show_hint()

    # Showing

    def show(self, at: Entry | None = None) -> None:
        """Show the plan as it is now; the cursor goes to `at`."""
        plan = self.plan
        if plan is None:
            return
        if self.has_class("-empty"):
            self.remove_class("-empty")
            self.view.focus()
        if at is not None:
            self.folded -= keys_over(plan, at)
        which = self.plans.index(plan.id) + 1 if plan.id in self.plans else 0
        several = f"{which}/{len(self.plans)} · " if len(self.plans) > 1 else ""
        order = "Ít phát nhất trước · " if self.least else ""
        self.set_title(f"{several}{order}{plan.title or plan.id}")
        if self.least:
            self.view.show(least_lines(plan, self.counts), at)
        else:
            self.view.show(outline_lines(plan, self.folded, self.counts), at)

    @on(OutlineView.Moved)
    def show_cursor(self, message: OutlineView.Moved) -> None:
        """Tell in the panel what is under the cursor, and below what to do next."""
        if message.by_hand:
            self._said = ""
        plan, line = self.plan, self.view.line
        if plan and line:
            self.query_one("#side-text", Static).update(side_text(plan, line.of, self.counts))
            self.query_one("#side").scroll_home(animate=False)
        self.show_hint()

    @on(OutlineView.Fold)
    def _fold(self, message: OutlineView.Fold) -> None:
        key = message.heading.key
        self.folded = self.folded | {key} if message.fold else self.folded - {key}
        self.show()

    def hint(self) -> str:
        """The one thing to do next with this plan."""
        plan = self.plan
        if self._broken:
            return f"Tệp kế hoạch có lỗi: sửa tệp rồi {key_of('plan.reload')} đọc lại"
        if plan is None:
            return "" if self._busy else f"Việc đầu tiên: {key_of('plan.import')} nhập kế hoạch"
        waits = len(waiting(plan))
        if waits:
            return f"Còn {waits} mục chờ trả lời: {key_of('plan.confirm')} hỏi lần lượt từng mục"
        if plan.problems:
            count = len(plan.problems)
            return f"{count} chỗ nên xem lại trong văn bản: {key_of('plan.problems')} xem"
        return f"Kế hoạch đã rõ: {key_of('app.screens')} sang màn hình Tuần để xếp lịch"

    # Counting

    def count(self) -> None:
        """Count how often topics are planned, and show it."""
        session, today = self.session, self.office.today()
        if session is None:
            return

        def counted() -> tuple[Counts, Hashable]:
            from broadcast.workflow import topic_counts  # noqa: PLC0415 - first paint

            trace = topic_counts.trace(session.desk)
            return topic_counts.counts(session.desk, session.plan, today), trace

        def done(found: tuple[Counts, Hashable]) -> None:
            if session is self.session:
                self.counts, self._counted = found
                self.show()

        self.job(counted, done, lambda error: self.say(f"! Chưa đếm được lượt phát: {error.title}"))

    # Changing

    def change(self, change: Change[_T]) -> None:
        """Have a correction made and saved, show the plan after it, or ask what to do instead."""
        session = self.session
        if session is None:
            return

        def done(result: _T) -> None:
            if session is self.session:
                at = result if isinstance(result, (Topic, Channel, Duty, Passage)) else None
                self.show(at)
                self.count()
            self.say(change.told(result))
            change.then(result)

        self.job(lambda: change.make(session), done, lambda error: self._failed(error, change))

    def _failed(self, error: BroadcastError, change: Change[Any]) -> None:
        if isinstance(error, ConflictError):
            ways = [
                Choice("again", "Nạp lại rồi làm lại thay đổi vừa rồi"),
                Choice("reload", "Chỉ nạp lại, bỏ thay đổi vừa rồi"),
            ]
            told = error.happened[:1].upper() + error.happened[1:]

            def answered(way: str | None) -> None:
                if way:
                    self.reload()
                if way == "again":
                    self.change(change)

            self.app.push_screen(AskDialog(error.title, told, ways), answered)
        else:
            self.say("")
            self.show_error(error)

    def reload(self) -> None:
        """Take the plan as its file has it now, and tell what is different."""
        session = self.session
        if session is None:
            self.open_plan(self._wanted)
            return
        self.job(session.reload, self._reloaded, self._unreadable)

    def _reloaded(self, told: PlanReload) -> None:
        self._trouble = ""
        self.show()
        self.count()
        lost = "; có việc không hoàn tác được nữa" if told.lost else ""
        self.say(f"Đã đọc lại tệp: {_different(told)}{lost}")

    # What others change

    def look(self) -> tuple[PlanReload | None, tuple[str, ...], bool] | None:
        """In the worker: what somebody else changed of the plan, and whether to count anew."""
        from broadcast.workflow import topic_counts  # noqa: PLC0415 - first paint

        session, desk = self.session, self.office.desk
        plans = desk.workspace.plan_ids()
        if session is None:
            return (None, plans, False) if plans != self.plans else None
        if session.plan.id not in plans:
            happened = f"tệp của kế hoạch {session.plan.id} không còn"
            raise NotFoundError("Tệp kế hoạch đã bị xóa hoặc đổi tên", happened)
        told = session.reload() if session.changed_on_disk() else None
        stale = topic_counts.trace(desk) != self._counted
        return (told, plans, stale) if told or stale or plans != self.plans else None

    def seen(self, found: tuple[PlanReload | None, tuple[str, ...], bool]) -> None:
        """Show the plan as it is now, and tell."""
        told, self.plans, _stale = found
        if self.session is None:
            self.open_plan(self._wanted)
            return
        self.show()
        self.count()
        if told:
            self.say(f"Vừa có thay đổi từ cửa sổ hoặc chương trình khác: {_different(told)}")


def _different(told: PlanReload) -> str:
    return f"{len(told.changes)} chỗ khác" if told.changes else "không có gì khác"


def _welcome() -> Text:
    """What a plan is for, and the first three steps."""
    return Text.assemble(
        ("Chưa có kế hoạch nào\n\n", "bold"),
        "Kế hoạch tuyên truyền của xã (hay của cấp trên giao xuống) cho biết phát nội dung gì, "
        "mỗi tuần mấy lần. Nhập văn bản ấy vào đây, chương trình tách sẵn từng nội dung; cán bộ "
        "xem lại chỗ nào chưa chắc, rồi sang màn hình Tuần xếp lịch.\n\n",
        (f"1. Nhấn {key_of('plan.import')}", "bold"),
        ", chọn tệp kế hoạch trên máy hoặc USB: Word (.docx), PDF, .txt, .md.\n",
        (f"2. Nhấn {key_of('plan.confirm')}", "bold"),
        ", trả lời những mục máy đọc chưa chắc.\n",
        (f"3. Nhấn {key_of('app.screens')}", "bold"),
        ", sang màn hình Tuần, xếp lịch.",
    )
