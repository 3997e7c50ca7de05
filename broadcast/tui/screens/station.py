"""The station's settings (Đài): one list of everything, each line opened as a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container, VerticalScroll
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from broadcast.domain import station_edit as edits
from broadcast.errors import BroadcastError, ConflictError
from broadcast.tui.actions import Where, bindings
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens import station_tasks as tasks
from broadcast.tui.screens.base import WATCH_EVERY
from broadcast.tui.screens.consent import with_consent
from broadcast.tui.screens.station_calendar import StationCalendar
from broadcast.tui.widgets.station_rows import ABOUT, Row, rows

if TYPE_CHECKING:
    from broadcast.domain.station import Station
    from broadcast.domain.week import WeekId
    from broadcast.errors import Problem
    from broadcast.workflow.listen import Sound
    from broadcast.workflow.progress import Progress
    from broadcast.workflow.station_session import Edit, StationSession

SAMPLE = (
    "NỮ: Kính thưa bà con, đây là giọng đọc của đài truyền thanh xã.\n"
    "NAM: Mời bà con đón nghe chương trình lúc 5 giờ 30 phút sáng thứ hai."
)
"""What is read to try the voices."""

_ADD = {"zone": "cụm loa", "slot": "khung giờ", "detail": "thông tin địa phương"}


class Lines(OptionList, inherit_bindings=False):
    """The lines; Enter is the screen's, whatever key the station gives it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", "Lên", show=False, id="lines.up"),
        Binding("down", "cursor_down", "Xuống", show=False, id="lines.down"),
        Binding("pageup", "page_up", "Lên trang", show=False, id="lines.page_up"),
        Binding("pagedown", "page_down", "Xuống trang", show=False, id="lines.page_down"),
        Binding("home", "first", "Đầu", show=False, id="lines.first"),
        Binding("end", "last", "Cuối", show=False, id="lines.last"),
    ]


class SettingsScreen(StationCalendar):
    """Everything of the station, line by line; every change is saved at once and can be undone."""

    WHERE: ClassVar[Where] = "station"
    AUTO_FOCUS = "#lines"
    CSS_PATH = "station.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("station", "app"),
        Binding("escape", "leave", "Về Tuần", show=False, id="station.leave"),
    ]

    def body(self) -> ComposeResult:
        """The lines, and what is told of them."""
        with Container(id="station-main"):
            yield Lines(id="lines")
            with VerticalScroll(id="about", can_focus=False):
                yield Static("", id="about-text")

    def on_mount(self) -> None:
        """Keep an eye on the station's file once it has been read."""
        self.set_title("Cài đặt đài")
        self.set_interval(WATCH_EVERY, self.watch_files)

    def arrive(self, **what: Any) -> None:
        """Read the station, or show what became of its file; with `try_out` compare voices."""
        if self.session is None:
            self._open()
        else:
            self.watch_files()
        if what.get("try_out"):
            # After the station is there.
            self.job(lambda: None, lambda _none: self.action_try_out())

    def _open(self) -> None:
        def opened(session: StationSession) -> None:
            self.session, self._trouble = session, ""
            self.show_station()

        self.job(lambda: _open_session(self.office), opened, self._not_opened)

    def _not_opened(self, error: BroadcastError) -> None:
        self._unreadable(error)
        self.show_error(error)

    # On screen

    def show_station(self) -> None:
        """Show the station as it is now; the cursor stays on its line."""
        if self.session is None:
            return
        station, lines = self.session.station, self.query_one(Lines)
        held, at = self.row.id if self.row else "", lines.highlighted
        self.rows = rows(station, self.shell.theme, len(self.shell.keyboard.own))
        lines.clear_options()
        lines.add_options(
            Option(row.prompt(), id=f"{n}", disabled=not row.part)
            for n, row in enumerate(self.rows)
        )
        same = next((n for n, row in enumerate(self.rows) if row.id == held), None)
        near = min(at or 1, len(self.rows) - 1)
        lines.highlighted = same if same is not None else self._line_at(near)
        self.set_title(f"Cài đặt đài · {station.name}")
        self._show_about()
        self.show_hint()

    def _line_at(self, at: int) -> int:
        """The line at a place, or where a heading is there, the one above or below it."""
        return next(n for n in (at, at - 1, at + 1) if self.rows[n].part)

    @property
    def row(self) -> Row | None:
        """The line under the cursor."""
        at = self.query_one(Lines).highlighted
        return self.rows[at] if at is not None and at < len(self.rows) else None

    @on(OptionList.OptionHighlighted, "#lines")
    def _show_about(self) -> None:
        if self.session is None or self.row is None:
            return
        text = Text(f"{self.row.label}\n", "bold")
        text.append(f"{self.row.value}\n" if self.row.value else "", "")
        text.append(ABOUT[self.row.part], "dim")
        found = _doubts(self.session.station)
        if found:
            text.append(f"\n\nNên xem lại ({len(found)}):", "bold")
        for one in found:
            text.append(f"\n! {one.message}")
        self.query_one("#about-text", Static).update(text)

    def hint(self) -> str:
        """The one thing to do next."""
        if self.session is None:
            return "Đang đọc cài đặt…"
        station = self.session.station
        if not station.zones:
            return f"Việc đầu tiên: {key_of('station.add')} thêm cụm loa"
        if not station.slots:
            return f"Tiếp theo: {key_of('station.add')} thêm khung giờ"
        found = len(_doubts(station))
        if found:
            return f"{found} chỗ nên xem lại: {key_of('station.check')} xem"
        return f"{key_of('station.open')} sửa dòng đang chọn, {key_of('station.add')} thêm; Esc về"

    # Changes

    def change(self, what: str, edit: Edit) -> None:
        """Have a change made and saved, and show the station after it."""
        session = self.session
        if session is None:
            return

        def done(different: bool) -> None:
            self.show_station()
            self.say(f"Đã {what}" if different else "Không có gì thay đổi")

        def failed(error: BroadcastError) -> None:
            if isinstance(error, ConflictError):
                self._ask_reload(error, what, edit)
            else:
                self.show_error(error)

        self.job(lambda: session.change(what, edit), done, failed)

    def _ask_reload(self, error: ConflictError, what: str, edit: Edit) -> None:
        ways = [
            Choice("again", "Đọc lại rồi làm lại thay đổi vừa rồi"),
            Choice("reload", "Chỉ đọc lại, bỏ thay đổi vừa rồi"),
        ]

        def answered(way: str | None) -> None:
            if way:
                self.action_reload()
            if way == "again":
                self.change(what, edit)

        happened = error.happened[:1].upper() + error.happened[1:]
        self.app.push_screen(AskDialog(error.title, happened, ways), answered)

    def ask(self, task: tasks.Task) -> None:
        """Show a form, and make the change its values ask for."""
        if self.session is None:
            return

        def filled(values: dict[str, Any] | None) -> None:
            if values is not None:
                self.change(task.what(values), task.edit(values))

        self.app.push_screen(task.form(self.session.station), filled)

    # Keys

    def action_open(self) -> None:
        """Change what the line under the cursor says."""
        if self.session is None or self.row is None:
            return
        station, row = self.session.station, self.row
        if row.part == "zone":
            self.ask(tasks.zone_task(station, station.zone(row.name)))
        elif row.part == "slot":
            slot = station.slot(row.name)
            self.ask_slot(slot) if slot else self._add("slot")
        elif row.part == "detail":
            self.ask(tasks.detail_task(station, row.name))
        elif row.part in _VALUES:
            title, *keys = _VALUES[row.part]
            self.ask(tasks.values_task(station, title, *keys))
        else:
            self.open_looks(row.part, station)

    @on(OptionList.OptionSelected, "#lines")
    def _clicked(self) -> None:
        self.action_open()

    def action_add(self) -> None:
        """Add to the part of the cursor; elsewhere ask what to."""
        if self.row and self.row.part in _ADD:
            self._add(self.row.part)
            return
        ways = [Choice(part, name[:1].upper() + name[1:]) for part, name in _ADD.items()]
        self.app.push_screen(AskDialog("Thêm gì?", "", ways), self._add)

    def _add(self, part: str | None) -> None:
        if part is None or self.session is None:
            return
        station = self.session.station
        made: dict[str, Callable[[], tasks.Task]] = {
            "zone": lambda: tasks.zone_task(station, None),
            "slot": lambda: tasks.slot_task(station, None),
            "detail": lambda: tasks.detail_task(station, ""),
        }
        self.ask(made[part]())

    def action_delete(self) -> None:
        """Take away a zone, a slot or a fact; what weeks use is asked about."""
        session, row = self.session, self.row
        if session is None or row is None or row.part not in _ADD or not row.name:
            self.say("Chỉ bỏ được cụm loa, khung giờ, thông tin địa phương")
            return
        slot = session.station.slot(row.name)
        if row.part == "slot" and slot:
            self.remove_slot(slot)
            return
        what = f"bỏ {_ADD[row.part]} «{row.label}»"
        edit = _removal(row)
        try:
            edit(session.station)
        except BroadcastError as error:
            self.show_error(error)
            return
        if row.part == "detail":
            self.change(what, edit)
            return
        self.job(lambda: _used(session, row), lambda weeks: self._remove(weeks, what, edit))

    def _remove(self, weeks: tuple[WeekId, ...], what: str, edit: Edit) -> None:
        if not weeks:
            self.change(what, edit)
            return
        told = f"Đang dùng trong {len(weeks)} tuần: {', '.join(map(str, weeks[-8:]))}. "
        after = "Bỏ rồi thì các lượt phát ấy phải xếp lại; hoàn tác được."
        ways = [Choice("keep", "Giữ lại"), Choice("remove", "Vẫn bỏ")]
        self.app.push_screen(
            AskDialog(f"{what[:1].upper()}{what[1:]}?", told + after, ways),
            lambda way: self.change(what, edit) if way == "remove" else None,
        )

    def action_check(self) -> None:
        """Everything odd, to be read."""
        if self.session is None:
            return
        found = _doubts(self.session.station)
        if not found:
            self.say("Không có chỗ nào phải xem lại")
            return
        text = Text()
        for one in found:
            text.append(f"! {one.message}\n", "bold")
            text.append(f"  → {one.suggestion}\n")
        self.app.push_screen(ReadDialog("Những chỗ nên xem lại", text))

    def action_listen(self) -> None:
        """Hear the station's voices."""
        from broadcast.tui.dialogs.listen import ListenDialog  # noqa: PLC0415 - after first paint

        office = self.office

        def made(progress: Progress) -> Sound:
            from broadcast.workflow.listen import line_audio  # noqa: PLC0415 - sound is heavy

            return line_audio(office.desk, SAMPLE, "NỮ", progress)

        dialog = ListenDialog("Nghe thử giọng đọc", made)
        with_consent(self, lambda: self.app.push_screen(dialog))

    def action_reload(self) -> None:
        """Read the file again."""
        session = self.session
        if session is None:
            self._open()
            return

        def reloaded(lost: tuple[str, ...]) -> None:
            self._trouble = ""
            self.show_station()
            more = "; có việc không hoàn tác được nữa" if lost else ""
            self.say(f"Đã đọc lại tệp{more}")

        self.job(session.reload, reloaded)

    def action_leave(self) -> None:
        """Back to the week."""
        self.shell.go("week")

    # Others' changes

    def may_look(self) -> bool:
        """Whether the station has been read once."""
        return self.session is not None

    def look(self) -> bool | None:
        """In the worker: whether others changed the station."""
        session = self.session
        if session is None or not session.changed_on_disk():
            return None
        before: Station = session.station
        session.reload()
        return session.station != before

    def seen(self, found: bool) -> None:
        """Show what others changed."""
        self.show_station()
        if found:
            self.say("Vừa có thay đổi từ cửa sổ hoặc chương trình khác")


_VALUES = {
    "name": ("Tên, xã, tỉnh", "name", "commune", "province"),
    "rules": ("Quy định của đài", "rules.earliest", "rules.latest", "rules.max_minutes_per_day",
              "rules.repeat_after_days"),
    "online": ("Giọng Google: gửi lời tới máy của Google", "voices.online"),
    "sound": ("Âm thanh", "sound.profile", "sound.loudness", "sound.true_peak", "sound.bitrate",
              "sound.ident", "sound.closing", "sound.bed"),
    "limits": ("Giới hạn thêm, để trống là không có", "rules.quiet_hours", "rules.weekdays",
               "rules.no_broadcast_days", "rules.max_minutes_per_slot", "rules.max_airings_per_day",
               "rules.same_programme_after_hours", "rules.repeat_at_least_hours",
               "rules.repeat_at_most_hours", "rules.weekly_minimum_at_peak",
               "rules.language_minimum_per_week", "rules.warn_before"),
    "holidays": ("Ngày lễ, Tết", "holidays.tet", "holidays.other", "holidays.programme"),
    "calendar": ("Tệp lịch xuất ra", "calendar.lunar", "calendar.reminders", "calendar.alarm"),
    "web": ("Trang và lịch trên mạng", "calendar.address", "calendar.caldav", "calendar.user"),
    "recordings": ("Nơi nói tiếng khác", "recordings"),
    "paper": ("Văn bản in ra để ký", "paper.position", "paper.signer", "paper.place"),
}  # fmt: skip
"""The single values of a line: the form's title, and their keys."""


def _doubts(station: Station) -> tuple[Problem, ...]:
    """What is odd about the station, its rules too."""
    from broadcast.workflow.rules import all_doubts  # noqa: PLC0415 - after first paint

    return all_doubts(station)


def _removal(row: Row) -> Edit:
    if row.part == "zone":
        return lambda before: edits.remove_zone(before, row.name)
    return lambda before: edits.remove_detail(before, row.name)


def _used(session: StationSession, row: Row) -> tuple[WeekId, ...]:
    """In the worker: the weeks that use a zone."""
    from broadcast.workflow.station_session import weeks_using  # noqa: PLC0415 - after first paint

    return weeks_using(session.desk, zone=row.name)


def _open_session(office: Any) -> StationSession:
    """In the worker: the station as its file has it."""
    from broadcast.workflow.station_session import StationSession  # noqa: PLC0415 - first paint

    return StationSession.open(office.desk)
