"""What leads from the filled week to people's ears: plan, check, approval, MP3, export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.wording import length_clock
from broadcast.tui.dialogs.findings import FindingsDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.printing import told_printed
from broadcast.tui.screens.week_base import Change
from broadcast.tui.screens.week_scripts import WeekScripts

if TYPE_CHECKING:
    from broadcast.domain.week import Airing, Finding
    from broadcast.errors import BroadcastError
    from broadcast.tui.dialogs.approval import Approving
    from broadcast.tui.office import Office
    from broadcast.workflow.weeks import WeekView


_SETTLED = frozenset({"trống", "đã duyệt", "đã có audio"})
"""States in which there is nothing to approve, unless something of the script does not hold."""


class WeekWork(WeekScripts):
    """The actions beyond the week's own file."""

    # Plan

    def action_import_plan(self) -> None:
        """Choose a plan document on the screen of plans."""
        self.shell.go("plan", import_=True)

    # Check

    def action_check(self) -> None:
        """List what is to be looked at and what is due; taking one jumps to its cell."""
        view = self.view
        if view is None:
            return
        if not view.findings and not view.reminders:
            self.say("Không có điểm nào cần xem, không có việc nào sắp đến hạn")
            return
        dialog = FindingsDialog(view, self.office.today(), self._mend, self.action_undo)
        self.app.push_screen(dialog, self._jump_to)

    def _mend(self, finding: Finding) -> None:
        """Do what a finding offers; the list of findings stays open, and tells."""
        told = f"Đã sửa theo gợi ý; {key_of('week.undo')} để lấy lại"
        self.change(Change(lambda session, _out: session.mend(finding), lambda _none: told))

    def say(self, text: str) -> None:
        """Tell what was done, in the list of findings too while that is open."""
        super().say(text)
        dialog = self.app.screen
        if text and self.view is not None and isinstance(dialog, FindingsDialog):
            dialog.refresh_list(self.view, text)

    def _jump_to(self, finding: Finding | None) -> None:
        table = self.grid.table
        if finding is None or table is None or self.session is None:
            return
        if finding.airing and (at := table.where(finding.airing)):
            self.grid.jump(*at)
            return
        place = self.session.view.place_of(finding)
        rows = [row.id for row in table.rows]
        if place and place[0] in table.days and place[1] in rows:
            self.grid.jump(rows.index(place[1]), table.days.index(place[0]))

    # Approval

    def action_approve(self) -> None:
        """Approve the scripts of the chosen cells, or without any of the whole week."""
        view = self.view
        if view is None:
            return
        waiting = {
            a.script: f"{view.title(a)} ({_length(view.seconds(a))}){_to_look_at(view, a)}"
            for a in self._chosen_airings()
            if a.script and (view.state(a) not in _SETTLED or _stale(view, a))
        }
        if not waiting:
            self.say("Không có kịch bản nào chờ duyệt")
            return
        found = any(view.hearings[one].findings for one in waiting if one in view.hearings)
        self.job(
            lambda: _needs_reason(self.office, list(waiting)),
            lambda stale: self._ask_approve(waiting, stale=stale, found=found),
        )

    def _ask_approve(self, waiting: dict[str, str], *, stale: bool, found: bool) -> None:
        """Ask who approves these scripts (told by id), and why in spite of what is found."""
        from broadcast.tui.dialogs.approval import Approving, approval_form  # noqa: PLC0415

        told = Text(f"{len(waiting)} kịch bản sẽ được duyệt:\n")
        told.append("\n".join(f"  • {line}" for line in waiting.values()))
        today, approver = self.office.now().date(), self.office.approver
        form = approval_form("Duyệt kịch bản", approver, told, today, stale=stale, found=found)
        self.app.push_screen(
            form, lambda v: self._approve(list(waiting), Approving.of(v)) if v else None
        )

    def _chosen_airings(self) -> list[Airing]:
        assert self.view is not None  # noqa: S101 - callers have looked
        airings = list(self.view.week.in_order())
        chosen = self.grid.chosen
        return [a for a in airings if (a.day, a.slot) in chosen] if chosen else airings

    def _approve(self, scripts: list[str], given: Approving) -> None:
        self.office.approver = given.by

        def approved() -> int:
            from broadcast.workflow.scripts import approve  # noqa: PLC0415 - after first paint

            workspace, now = self.office.workspace, self.office.now()
            made = approve(
                workspace, scripts, given.by, now, paper=given.paper, despite=given.despite
            )
            return len(made)

        def done(count: int) -> None:
            self.grid.chosen.clear()
            self._show_again(f"Đã duyệt {count} kịch bản; {key_of('week.render')} đọc thành MP3")

        self.job(approved, done)

    def _show_again(self, told: str) -> None:
        """Look at scripts and audio again, then say what was done."""
        self.open_week(self.week_id)
        self.job(lambda: None, lambda _none: self.say(told))

    # Audio and export

    def action_render(self) -> None:
        """Go where the week is read into MP3 files, and begin there."""
        if self.view is None:
            return
        if not any(a.script for a in self.view.week.airings):
            self.say(f"Tuần này chưa có kịch bản nào; {key_of('week.assemble')} soạn trước")
            return
        self.shell.go("render", week=self.week_id, start=True)

    def action_print(self) -> None:
        """Put the week on paper, for the signature."""
        if self.view is None:
            return
        if not self.view.week.airings:
            self.say(f"Tuần này chưa có lượt phát nào; {key_of('week.fill')} xếp lịch trước")
            return
        week_id, office = self.week_id, self.office

        def printed() -> str:
            from broadcast.workflow.papers import papers_folder, print_week  # noqa: PLC0415 - docx

            folder = papers_folder(office.workspace)
            return told_printed(office, print_week(office.desk, week_id, folder, now=office.now()))

        def failed(error: BroadcastError) -> None:
            self.say("")
            self.show_error(error)

        self.say("Đang in…")
        self.job(printed, self.say, failed)

    def action_export(self) -> None:
        """Go where this week is handed out."""
        self.shell.go("export", week=self.week_id)


def _needs_reason(office: Office, scripts: list[str]) -> bool:
    """In the worker: whether one of them is approved only with a reason."""
    from broadcast.workflow.approving import needs_reason  # noqa: PLC0415 - after first paint

    return needs_reason(office.desk, scripts, office.today())


def _to_look_at(view: WeekView, airing: Airing) -> str:
    """How many places of its script are to be looked at before somebody answers for it."""
    hearing = view.hearings.get(airing.script or "")
    count = len(hearing.findings) if hearing else 0
    return f" ! {count} điểm cần xem" if count else ""


def _stale(view: WeekView, airing: Airing) -> bool:
    from broadcast.domain.freshness import RULES  # noqa: PLC0415 - after first paint

    return any(finding.rule in RULES for finding in view.findings_of(airing.id))


def _length(seconds: float | None) -> str:
    return "chưa rõ" if seconds is None else length_clock(seconds)
