"""The export screen (Xuất bản): where to, for which zones, what will be written; then what was."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Label, OptionList, ProgressBar, Static

from broadcast.domain.week import WeekId
from broadcast.domain.wording import week_text
from broadcast.errors import BroadcastError
from broadcast.tui.actions import Where, bindings
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.base import WATCH_EVERY
from broadcast.tui.screens.export_run import Asked, Written
from broadcast.tui.screens.export_send import Sending
from broadcast.tui.screens.export_view import next_hint, summary_text, wrong_text
from broadcast.tui.widgets.fields import Field
from broadcast.tui.widgets.handout import (
    WAYS,
    blocker_text,
    file_lines,
    outcome_text,
    problem_text,
    sheet_file,
)
from broadcast.tui.widgets.lists import PlainScroll, TakeList, ZoneList

if TYPE_CHECKING:
    from broadcast.workflow.handing_out import Blocker
    from broadcast.workflow.preview import ExportPreview

OWN_FOLDER = "out/export"
"""Where a first export goes, seen from the station's folder: always there, never lost."""

_Line = tuple[Text, Callable[[], None] | None]

TYPED = 0.5
"""Seconds after the last letter of a path until it is looked at."""


class ExportScreen(Sending):
    """One week and where it goes."""

    WHERE: ClassVar[Where] = "export"
    CSS_PATH = Path(__file__).with_name("export.tcss")
    AUTO_FOCUS = "#files"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("export", "app")]

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.week_id = office.week
        self.unreadable: BroadcastError | None = None
        """Why there is no preview."""
        self._rows: list[Callable[[], None] | None] = []
        """What Enter does on each line of the list."""
        self._looked_at: Asked | None = None
        self._typing: Timer | None = None

    def body(self) -> ComposeResult:
        """Where to; beside each other the zones and what is or was to be written."""
        with Horizontal(id="where"):
            yield Label("Ghi vào")
            example = "thư mục hoặc ổ USB, ví dụ E:\\ hoặc ~/Tuan48"
            yield Field(self.office.target or OWN_FOLDER, example, id="target", compact=True)
        yield Static("", id="wrong")
        with Horizontal(id="for"):
            yield Label("Máy phát")
            yield Static("", id="player")
        with Horizontal(id="panes"):
            with Vertical(id="left"):
                yield Static("Cụm loa", classes="head")
                yield ZoneList(id="zones", compact=True)
            with Vertical(id="right"):
                yield Static("", id="summary")
                yield ProgressBar(show_eta=False, id="bar")
                yield TakeList(id="files", compact=True)
                with PlainScroll(id="outcome"):
                    yield Static("", id="outcome-text")

    def on_mount(self) -> None:
        """Keep an eye on the files; what is shown first comes with `arrive`."""
        self.set_interval(WATCH_EVERY, self.watch_files)

    def arrive(self, week: WeekId | None = None, **_what: Any) -> None:
        """Show a week, else the one shown last anywhere; what was written stays to be read."""
        week = week or self.office.week
        if week != self.week_id or self.end is None:
            self.open_week(week)

    # What is asked

    @property
    def target(self) -> Field:
        """The field that says where to."""
        return self.query_one("#target", Field)

    @property
    def zones(self) -> ZoneList:
        """The zones."""
        return self.query_one(ZoneList)

    def asked(self) -> Asked:
        """What stands in the fields."""
        zones = () if self.zones.all_chosen else tuple(self.zones.chosen)
        return Asked(self.week_id, self.target.value.strip(), zones)

    def open_week(self, week_id: WeekId) -> None:
        """Show another week, or the same one as it is now."""
        self.week_id = self.office.week = week_id
        self.look_again()

    def look_again(self, then: Callable[[], None] = lambda: None) -> None:
        """See what would be written as the fields are now; then, if it can be seen, `then`."""
        if self.run is not None:
            return
        asked = self._looked_at = self.asked()
        self.end = None
        self._said = ""
        if self.zones.none_chosen:
            self.draw()
            return

        def looked(found: ExportPreview) -> None:
            if asked == self.asked() and self.run is None:
                self._show(found)
                then()

        def failed(error: BroadcastError) -> None:
            if asked == self.asked() and self.run is None:
                self.preview, self.unreadable = None, error
                self.draw()

        self.job(lambda: self.preview_of(asked), looked, failed)

    def _show(self, found: ExportPreview) -> None:
        self.preview, self.unreadable = found, None
        self._trouble = ""
        self.zones.show_zones(found.station.zones)
        self.refresh_bindings()
        self.draw()

    def may_look(self) -> bool:
        """Not while something is written, or while it is read how that ended."""
        return self.preview is not None and self.run is None and self.end is None

    def look(self) -> ExportPreview | None:
        """In the worker: what would be written, if it is another than on screen."""
        asked = self._looked_at
        found = self.preview_of(asked) if asked else None
        return found if found != self.preview else None

    def seen(self, found: Any) -> None:
        """Show it, unless something else is asked for by now."""
        if self._looked_at == self.asked() and self.may_look():
            self._show(found)

    @on(Input.Changed, "#target")
    def _target_changed(self) -> None:
        if self._typing is not None:
            self._typing.stop()
        if self._looked_at is not None and self.asked() != self._looked_at:
            self._typing = self.set_timer(TYPED, self._typed)

    def _typed(self) -> None:
        if self.asked() != self._looked_at:
            self.look_again()

    @on(Input.Submitted, "#target")
    def _target_given(self) -> None:
        self.look_again()
        self.query_one("#files").focus()

    @on(ZoneList.Changed)
    def _zones_changed(self) -> None:
        self.look_again()

    # What is shown

    def draw(self) -> None:
        """Draw everything but the fields."""
        station = f" · {self.preview.station.name}" if self.preview else ""
        self.set_title(f"{week_text(self.week_id, self.office.today())}{station}")
        ended = self.end is not None
        for name, shown in (
            ("#summary", not ended),
            ("#bar", self.run is not None),
            ("#files", not ended),
            ("#outcome", ended),
        ):
            self.query_one(name).display = shown
        self.target.disabled = self.zones.disabled = self.run is not None
        self.draw_player()
        self._draw_wrong()
        self._draw_right()
        self.show_hint()

    def _draw_wrong(self) -> None:
        """What is wrong with the target, at its field."""
        text = wrong_text(self.preview, self.unreadable)
        wrong = self.query_one("#wrong", Static)
        wrong.display = bool(text) and self.end is None
        wrong.update(text)

    def _draw_right(self) -> None:
        preview, summary = self.preview, self.query_one("#summary", Static)
        lines: list[_Line] = []
        if self.end is not None:
            self._draw_end()
        elif self.run is not None:
            summary.update(Text(f"{self.run_text()}\n{self._at_file()}", no_wrap=True))
            return
        elif self.zones.none_chosen:
            sticks = key_of("export.sticks")
            summary.update(
                Text(f"Chưa chọn cụm loa nào\nPhím cách chọn, {sticks} chỉ các cụm dùng USB")
            )
        elif self.unreadable is not None:
            summary.update(Text(self.unreadable.title, "bold"))
            lines = [(error_text(self.unreadable), None)]
        elif preview is not None:
            summary.update(summary_text(preview))
            lines = list(self._lines(preview))
        self._rows = [row for _, row in lines]
        listed = self.query_one("#files", TakeList)
        listed.set_class(preview is not None and preview.ready, "-one-line")
        listed.show_lines([text for text, _ in lines])

    def _lines(self, preview: ExportPreview) -> list[_Line]:
        """The list's lines, each with what Enter does there."""
        if preview.blockers:
            return [(blocker_text(one), partial(self._go_where, one)) for one in preview.blockers]
        if preview.trouble is not None:
            return [(problem_text(one), None) for one in preview.trouble.problems]
        width = self.query_one("#files").scrollable_content_region.width
        sheet = sheet_file(preview)
        return [
            (text, self.action_sheet if file and file.path == sheet else None)
            for text, file in file_lines(preview, width)
        ]

    @on(TakeList.Resized)
    def _fit(self) -> None:
        """Lines are as wide as the list."""
        if self.preview is not None and self.run is None and self.end is None:
            self.draw()

    def _at_file(self) -> str:
        return self.run.step.label if self.run and self.run.step else ""

    def _draw_end(self) -> None:
        end = self.end
        if isinstance(end, BroadcastError):
            text = Text(f"{end.title}\n\n", "bold").append_text(error_text(end))
        elif end is not None:
            text = outcome_text(end.shared, end.asked.target, drive=end.drive, player=end.player)
        else:
            return
        self.query_one("#outcome-text", Static).update(text)
        self.query_one("#outcome").set_class(isinstance(end, BroadcastError), "-error")

    def hint(self) -> str:
        """What goes on, or the one thing to do next."""
        if self.run is not None:
            return self.run_text() if self.run.stop.is_set() else f"{self.run_text()} · Esc dừng"
        write, folder, reload = (key_of(f"export.{a}") for a in ("write", "folder", "reload"))
        if isinstance(self.end, BroadcastError):
            return f"Chưa ghi được: {write} thử lại, {folder} chọn nơi khác"
        if self.end is not None:
            return f"Đã ghi vào {self.end.asked.target} · {reload} xem lại, PgDn tuần sau"
        if self.zones.none_chosen:
            return "Chọn ít nhất một cụm loa: Tab sang danh sách cụm loa, phím cách"
        return next_hint(self.preview, self.unreadable, self.week_id, self.target.value)

    # The run

    def show_run(self) -> None:
        """Draw how far it is."""
        step = self.run.step if self.run else None
        self.query_one("#bar", ProgressBar).update(total=1.0, progress=step.share if step else 0.0)
        self._said = ""
        self.draw()

    def show_end(self, end: Written | BroadcastError) -> None:
        """Draw what was written, or why not; stopped, what would be."""
        if self.end is None:
            self.look_again(lambda: self.say("Đã dừng; nơi ghi vẫn như trước"))
            return
        self.draw()
        if self.app.screen is self:
            self.query_one("#outcome").focus()

    # Actions

    @on(OptionList.OptionSelected, "#files")
    def _open_row(self, event: OptionList.OptionSelected) -> None:
        """Go where a thing is done, or read the sheet."""
        act = self._rows[event.option_index] if event.option_index < len(self._rows) else None
        if act is not None and self.run is None:
            act()

    def _go_where(self, blocker: Blocker) -> None:
        """Go where something that is to be done first is done."""
        mode = WAYS[blocker.mend].mode
        if mode == "script":
            self.shell.go(mode, script=blocker.script)
        elif mode == "week":
            self.shell.go(mode, week=self.week_id, airing=blocker.airing)
        else:
            self.shell.go(mode, week=self.week_id)

    def action_write(self) -> None:
        """Look once more, then write."""
        if self.run is not None:
            self.say(f"{self.run_text()}; chờ xong, hoặc Esc dừng")
            return

        def write() -> None:
            if self.preview is not None and self.preview.ready:
                self.begin(self.asked(), self.preview.player)

        self.look_again(write)

    def action_folder(self) -> None:
        """Choose where to by going through folders and drives."""
        from broadcast.tui.dialogs.folders import FolderDialog  # noqa: PLC0415 - after first paint

        if self.run is not None:
            return

        def taken(path: Path | None) -> None:
            if path is not None:
                self.target.value = str(path)
                self.look_again()

        dialog = FolderDialog("Ghi vào đâu?", self.target.value, self.office.root)
        self.app.push_screen(dialog, taken)

    def action_sticks(self) -> None:
        """Choose the zones without network only, or all again."""
        if self.run is not None:
            return
        if not self.zones.choose_sticks():
            self.say("Cụm loa nào của đài cũng có mạng, không cụm nào dùng USB")

    def action_sheet(self) -> None:
        """Read the operator's sheet."""
        from broadcast.tui.dialogs.sheet import SheetDialog  # noqa: PLC0415 - after first paint

        if self.preview is not None:
            title = f"Phiếu trực máy tuần {self.week_id.number}"
            self.app.push_screen(SheetDialog(title, Text(self.preview.sheet)))

    def action_next(self) -> None:
        """The week after."""
        self._go_to(self.week_id.after())

    def action_previous(self) -> None:
        """The week before."""
        self._go_to(self.week_id.before())

    def action_today(self) -> None:
        """The week of today."""
        self._go_to(WeekId.of(self.office.today()))

    def _go_to(self, week_id: WeekId) -> None:
        if self.run is None:
            self.open_week(week_id)

    def action_reload(self) -> None:
        """Look at the files again."""
        self.look_again(lambda: self.say("Đã xem lại tệp trên đĩa"))

    def action_leave(self) -> None:
        """Stop what goes on; else leave the field, else go to the week."""
        if self.run is not None:
            self.stop_work()
        elif self.focused is self.target:
            self.query_one("#files").focus()
        else:
            self.shell.go("week")
