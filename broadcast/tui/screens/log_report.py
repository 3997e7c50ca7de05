"""A period's report on screen, before it is saved: choosing the period, reading, saving."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widgets import Static

from broadcast.domain.periods import PERIOD_FORMS, Period, read_period
from broadcast.errors import BroadcastError, InputError
from broadcast.tui.dialogs.ask import Blank, Choice, ChooseDialog, FormDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.log_import import LogImport
from broadcast.tui.widgets.lists import PlainScroll

if TYPE_CHECKING:
    from broadcast.tui.dialogs.progress import Outcome
    from broadcast.workflow.progress import Progress
    from broadcast.workflow.reports import Made, Written

OWN_FOLDER = "out"
"""Where a first report goes, seen from the station's folder."""

_BESIDE = 4
"""Cells beside the report: its margins and the scroll bar."""


class LogReport(LogImport):
    """The report in the place of the day."""

    period: Period | None = None
    """The period whose report is on screen; None while the log is."""
    made: Made | None = None
    _kept: Period | None = None
    _folder_of_reports = OWN_FOLDER

    @property
    def reporting(self) -> bool:
        """Whether the report is shown and not the log."""
        return self.period is not None

    def action_report(self) -> None:
        """The report; from there, back to the log."""
        from broadcast.workflow.report_choice import quarter_of  # noqa: PLC0415 - first paint

        if self.reporting:
            self.close_report()
        else:
            self.open_report(self._kept or quarter_of(self.office.today()))

    def close_report(self) -> None:
        """Show the log again."""
        self.period, self.made, self._said = None, None, ""
        self.remove_class("-report")
        self.refresh_bindings()
        self.listed.focus()
        self.open_day(self.wanted)

    def open_report(self, period: Period, then: Callable[[], None] = lambda: None) -> None:
        """Show the report of a period, then `then`; one that cannot be leaves what is on screen."""

        def shown(made: Made) -> None:
            self.period = self._kept = period
            self.made, self._said = made, ""
            self.add_class("-report")
            self.refresh_bindings()
            self.query_one(PlainScroll).focus()
            self.query_one(PlainScroll).scroll_home(animate=False)
            self.draw()
            then()

        self.say(f"Đang tính {period.text}…")
        self.job(lambda: self._make(period), shown, self._not_made)

    def _make(self, period: Period) -> Made:
        """In the worker."""
        from broadcast.workflow.reports import make_report  # noqa: PLC0415 - when asked for

        return make_report(self.office.desk, period, now=self.office.now())

    def _not_made(self, error: BroadcastError) -> None:
        """A period that is not there yet is told in the line; files that are wrong in full."""
        if isinstance(error, InputError) and not error.problems:
            self.say(f"! {error.happened[:1].upper()}{error.happened[1:]}")
        else:
            self.say("")
            self.show_error(error)

    def draw(self) -> None:
        """Draw the report, or the day."""
        if self.made is None:
            super().draw()
            return
        from broadcast.tui.widgets.report_bars import report_text  # noqa: PLC0415 - when asked for

        told = self.made.report
        self.set_title(f"Báo cáo {told.period.text} · {told.station.name}")
        # The scroll bar takes its cells whether it is there or not, or lines would move.
        width = self.app.size.width - _BESIDE
        self.query_one("#report-text", Static).update(report_text(self.made, width))
        self.show_hint()

    def on_resize(self) -> None:
        """Bars are as wide as the window."""
        if self.made is not None:
            self.call_after_refresh(self.draw)

    def hint(self) -> str:
        """What can be done with the report, or with the day."""
        if not self.reporting:
            return super().hint()
        save, choose = key_of("log.save"), key_of("log.go_to")
        return f"{save} lưu .docx, .xlsx · {choose} chọn kỳ · PgUp PgDn kỳ khác · Esc nhật ký"

    def may_look(self) -> bool:
        """The report stands still while it is read."""
        return not self.reporting and super().may_look()

    def action_reload(self) -> None:
        """Read the files again."""
        if self.period is not None:
            self.open_report(self.period, lambda: self.say("Đã đọc lại tệp từ đĩa"))
        else:
            super().action_reload()

    # Periods

    def _beside(self, by: int) -> None:
        from broadcast.workflow.report_choice import beside  # noqa: PLC0415 - when asked for

        if self.period is not None:
            self.open_report(beside(self.period, by))

    def action_previous(self) -> None:
        """The day, or the period, before."""
        if self.reporting:
            self._beside(-1)
        else:
            super().action_previous()

    def action_next(self) -> None:
        """The day, or the period, after."""
        if self.reporting:
            self._beside(1)
        else:
            super().action_next()

    def action_waiting(self) -> None:
        """This quarter; in the log the last day that waits."""
        from broadcast.workflow.report_choice import quarter_of  # noqa: PLC0415 - when asked for

        if self.reporting:
            self.open_report(quarter_of(self.office.today()))
        else:
            super().action_waiting()

    def action_go_to(self) -> None:
        """Choose a period; in the log a day."""
        if not self.reporting:
            super().action_go_to()
            return
        from broadcast.workflow.report_choice import begun  # noqa: PLC0415 - when asked for

        today = self.office.today()
        choices: list[Choice[Period | str]] = [
            Choice(one, f"{one.text[:1].upper()}{one.text[1:]}"
                   f"{'' if one.last < today else ', đang diễn ra'}  ({one})")
            for one in begun(today)
        ]  # fmt: skip
        choices.append(Choice("typed", f"Kỳ khác, viết như: {PERIOD_FORMS}"))
        self.app.push_screen(ChooseDialog("Báo cáo kỳ nào?", choices, "Tìm"), self._chosen)

    def _chosen(self, taken: Period | str | None) -> None:
        if isinstance(taken, Period):
            self.open_report(taken)
        elif taken:
            blank = Blank("period", "Kỳ báo cáo", "", "2024-Q4, 2024-9M, 2024-11, 2024")
            self.app.push_screen(
                FormDialog("Báo cáo kỳ nào?", [blank], _check_period),
                lambda got: self.open_report(read_period(got["period"])) if got else None,
            )

    # Saving

    def action_save(self) -> None:
        """Choose a folder and write the report there."""
        from broadcast.tui.dialogs.folders import FolderDialog  # noqa: PLC0415 - when asked for

        dialog = FolderDialog("Lưu báo cáo vào đâu?", self._folder_of_reports, self.office.root)
        self.app.push_screen(dialog, lambda path: self._save(path) if path else None)

    def _save(self, folder: Path) -> None:
        from broadcast.tui.dialogs.progress import ProgressDialog  # noqa: PLC0415 - when asked for

        made, now, desk = self.made, self.office.now(), self.office
        if made is None:
            return
        self._folder_of_reports = str(folder)

        def write(progress: Progress) -> Written:
            from broadcast.workflow.reports import write_report  # noqa: PLC0415 - when asked for

            return write_report(desk.desk, made, folder, now=now, progress=progress)

        self.app.push_screen(ProgressDialog("Lưu báo cáo", write), self._saved)

    def _saved(self, outcome: Outcome | None) -> None:
        from broadcast.workflow.progress import CancelledError  # noqa: PLC0415 - when asked for

        written, error = outcome or (None, None)
        if isinstance(error, CancelledError):
            self.say("Đã dừng, chưa ghi tệp nào")
        elif error is not None:
            self.show_error(error)
        elif written is not None:
            self.say(self._written_text(written))

    def _written_text(self, written: Written) -> str:
        """What was saved where; the station's own folder goes without saying."""
        folder, root = written.files[0].parent, self.office.root
        where = folder.relative_to(root) if folder.is_relative_to(root) else folder
        endings = ", ".join(path.suffix for path in written.files)
        done = "Đã lưu" if written.fresh else "Đã có sẵn đúng như thế:"
        return f"{done} {written.files[0].stem} ({endings}) vào {where}"

    # Entering belongs to the log

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """In the report nothing of a day can be entered, and only there is something to save."""
        if action in (_OF_A_DAY if self.reporting else _OF_A_REPORT):
            return False
        return super().check_action(action, parameters)

    def action_leave(self) -> None:
        """From the report to the log, from there to the week."""
        if self.reporting:
            self.close_report()
        else:
            self.shell.go("week")


_OF_A_REPORT = frozenset({"save"})
_OF_A_DAY = frozenset(
    {"import_log", "planned", "as_planned", "late", "cut", "missed", "open", "take_back",
     "undo", "redo", "problems"}
)  # fmt: skip


def _check_period(values: dict[str, str]) -> dict[str, str]:
    try:
        read_period(values["period"])
    except ValueError:
        return {"period": f"Viết: {PERIOD_FORMS}"}
    return {}
