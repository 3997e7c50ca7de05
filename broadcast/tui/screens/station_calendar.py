"""Other people's calendars taken into the station: relays as slots, holidays and leave as days."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from broadcast.tui.dialogs.ask import Choice, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.station_scope import StationScope

if TYPE_CHECKING:
    from broadcast.domain.station import Station
    from broadcast.workflow.calendars import CalendarRead

ENDINGS = frozenset({".ics", ".ical", ".ifb", ".icalendar"})

Way = Literal["take", "closed"]


class StationCalendar(StationScope):
    """The action that takes a calendar in: chosen, looked at, then one change."""

    def action_import_calendar(self) -> None:
        """Choose a calendar's file."""
        from broadcast.tui.dialogs.files import FileDialog  # noqa: PLC0415 - after first paint

        start = self.office.papers or Path.cwd()
        dialog = FileDialog("Nhập lịch của nơi khác: chọn tệp .ics", start, ENDINGS)
        self.app.push_screen(dialog, lambda file: self._read_calendar(file) if file else None)

    def _read_calendar(self, file: Path) -> None:
        from broadcast.workflow.calendars import read_calendar_file  # noqa: PLC0415 - as above

        today = self.office.now().date()
        self.say(f"Đang đọc {file.name}…")
        self.job(
            lambda: read_calendar_file(self.office.desk, file, today),
            lambda read: self._show_calendar(file, read),
        )

    def _show_calendar(self, file: Path, read: CalendarRead) -> None:
        from broadcast.workflow.calendars import taking_in  # noqa: PLC0415 - as above

        self.say("")
        if self.session is None:
            return
        choices: list[Choice[Way]] = []
        count = len(read.slots) + len(read.days)
        if count:
            choices.append(Choice("take", f"Nhập {count} mục; lấy lại: {key_of('station.undo')}"))
        if read.days:
            choices.append(Choice("closed", "Nhập, và những ngày trọn thì đài nghỉ phát"))

        def taken(way: Way | None) -> None:
            if way:
                self.change(f"nhập lịch {file.name}", taking_in(read, closed=way == "closed"))

        title = f"{file.name}: {count} mục mới" if count else f"{file.name}: không có gì mới"
        text = calendar_text(self.session.station, read)
        self.app.push_screen(LongAskDialog(title, text, choices), taken)


def calendar_text(station: Station, read: CalendarRead) -> Text:
    """What a calendar brings, and what of it could not be used."""
    from broadcast.workflow.calendars import read_lines  # noqa: PLC0415 - after first paint

    lines = [f"! {problem}" for problem in read.problems]
    lines += read_lines(station, read)
    return Text("\n".join(lines) or "Mọi mục của lịch này đã có ở đài, hoặc đã qua.")
