"""Importing a plan: choosing the file, seeing what would change, taking it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.errors import BroadcastError, ConflictError
from broadcast.tui.dialogs.ask import AskDialog, Blank, Choice, FormDialog, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.plan_edits import PlanEdits
from broadcast.tui.widgets.plan_side import import_text

if TYPE_CHECKING:
    from broadcast.domain.plan import Plan
    from broadcast.workflow.plans import Reading

_ID = "Chỉ dùng chữ thường không dấu, số và dấu gạch nối, ví dụ ke-hoach-2026"


class PlanImport(PlanEdits):
    """The action that brings a document in."""

    def action_import_plan(self) -> None:
        """Choose a plan document and read it."""
        from broadcast.tui.dialogs.files import FileDialog  # noqa: PLC0415 - first paint

        start = self.office.papers or Path.cwd()
        dialog = FileDialog("Nhập kế hoạch: chọn tệp văn bản", start)
        self.app.push_screen(dialog, lambda file: self._read(file) if file else None)

    def _read(self, file: Path, plan_id: str | None = None) -> None:
        def read() -> Reading:
            from broadcast.workflow.plans import read_import  # noqa: PLC0415 - readers are heavy

            return read_import(self.office.workspace, file, plan_id)

        self.office.papers = file.parent
        self.say(f"Đang đọc {file.name}…")
        self.job(read, self._was_read, self._refused)

    def _refused(self, error: BroadcastError) -> None:
        self.say("")
        self.show_error(error)

    def _was_read(self, reading: Reading) -> None:
        """A new plan is taken at once; one that is there is shown before anything is written."""
        done = reading.done
        if done.new:
            self._take(reading)
        elif not done.changes and not done.corrections:
            self.say("")
            self._show_imported(done.plan, "Kế hoạch này đã nhập; văn bản không có gì khác")
        else:
            self.say("")
            self._ask(reading)

    def _ask(self, reading: Reading) -> None:
        plan_id = reading.done.plan.id
        told = "những chỗ đã sửa tay vẫn giữ"
        ways = [
            Choice("take", f"Nhập lại vào {plan_id}; {told}"),
            Choice("other", "Nhập thành một kế hoạch khác…"),
        ]
        if not reading.done.changes:
            ways[0] = Choice("take", f"Lấy bản này làm bản gốc của {plan_id}; {told}")
        dialog = LongAskDialog(f"Kế hoạch {plan_id} đã có", import_text(reading.done), ways)

        def answered(way: str | None) -> None:
            if way == "take":
                self._take(reading)
            elif way == "other":
                self._ask_name(reading.file)

        self.app.push_screen(dialog, answered)

    def _ask_name(self, file: Path) -> None:
        taken = set(self.plans)

        def check(values: dict[str, str]) -> dict[str, str]:
            from broadcast.store.names import is_id  # noqa: PLC0415 - first paint

            if not is_id(values["id"]):
                return {"id": _ID}
            return {"id": "Đã có kế hoạch mã này"} if values["id"] in taken else {}

        form = FormDialog("Nhập thành kế hoạch khác", [Blank("id", "Mã kế hoạch mới")], check)
        self.app.push_screen(form, lambda v: self._read(file, v["id"]) if v else None)

    def _take(self, reading: Reading) -> None:
        plan_id = reading.done.plan.id

        def taken() -> Plan:
            from broadcast.workflow.plan_session import PlanSession  # noqa: PLC0415 - first paint
            from broadcast.workflow.plans import take_import  # noqa: PLC0415

            if reading.done.new:
                return take_import(self.office.workspace, reading).plan
            session = self.sessions.get(plan_id) or PlanSession.open(self.office.desk, plan_id)
            session.import_again(reading)
            self.sessions[plan_id] = session
            return session.plan

        def done(plan: Plan) -> None:
            again = "" if reading.done.new else " lại"
            told = f"{len(plan.airable_topics())} nội dung phát được"
            self._show_imported(plan, f"Đã nhập{again}: {told}")

        self.job(taken, done, lambda error: self._not_taken(error, reading))

    def _not_taken(self, error: BroadcastError, reading: Reading) -> None:
        if not isinstance(error, ConflictError):
            self._refused(error)
            return
        ways = [Choice(True, "Nạp lại kế hoạch, so sánh lại với văn bản")]

        def answered(yes: bool | None) -> None:
            if yes:
                self.reload()
                self._read(reading.file, reading.done.plan.id)

        self.app.push_screen(AskDialog(error.title, error.happened, ways), answered)

    def _show_imported(self, plan: Plan, told: str) -> None:
        """Show the plan, and say what was done and what comes next."""

        def shown() -> None:
            waits = len(self._waits())
            key = key_of("plan.confirm")
            self.say(f"{told}; {waits} mục chờ trả lời ({key})" if waits else told)

        self.open_plan(plan.id, shown)
