"""The public page made from the screen Xuất bản: of which weeks, with what, where."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.station_fields import read_web_address
from broadcast.domain.week import WeekId
from broadcast.errors import FoundError
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.form import Asked as Field
from broadcast.tui.dialogs.form import Chosen, Form, Typed, Values
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.screens.export_player import PlayerChoice

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from broadcast.tui.dialogs.progress import Outcome
    from broadcast.workflow.progress import Progress
    from broadcast.workflow.site import PageWritten

OWN_PAGE = "out/trang"
"""Where a first page goes, seen from the station's folder."""

_COUNTS = (1, 2, 4)
"""So many weeks a page may show, from the one on screen on."""


def week_choices(first: WeekId, known: Iterable[WeekId]) -> list[tuple[tuple[WeekId, ...], str]]:
    """The weeks a page may show, each with its words: those that have a schedule."""
    there = sorted(one for one in set(known) | {first} if one >= first)
    told = {there[:count][-1]: tuple(there[:count]) for count in _COUNTS}
    return [(weeks, _told(weeks)) for weeks in told.values()]


def _told(weeks: tuple[WeekId, ...]) -> str:
    first, last = weeks[0], weeks[-1]
    return f"tuần {first.number}" if first == last else f"tuần {first.number} đến {last.number}"


class PageMaking(PlayerChoice):
    """Asks for a page, makes it, and tells where it is."""

    week_id: WeekId
    _page: Values | None = None
    """What the form held the last time."""

    def action_page(self) -> None:
        """Ask what the page is to have."""
        if self.run is None:
            self.job(self._known_weeks, self._ask_page)

    def _known_weeks(self) -> Iterable[WeekId]:
        """In the worker: the weeks that have a schedule."""
        return self.office.workspace.week_ids()

    def _ask_page(self, known: Iterable[WeekId]) -> None:
        own = self.preview.station.calendar.page if self.preview else ""
        last = self._page or {"folder": OWN_PAGE, "texts": False, "address": own}
        choices = week_choices(self.week_id, known)
        asked: list[Field] = [
            Chosen("weeks", "Các tuần", choices[0][0], choices),
            Chosen("texts", "Lời kịch bản để đọc", last["texts"],
                   ((False, "không"), (True, "có"))),
            Typed("folder", "Ghi vào thư mục", last["folder"], _folder, OWN_PAGE),
            Typed("address", "Địa chỉ trên mạng, nếu có", last["address"], read_web_address,
                  "https://suoihoa.vn/loa"),
        ]  # fmt: skip
        self.app.push_screen(Form("Trang cho bà con xem và nghe", asked), self._make_page)

    def _make_page(self, values: Values | None) -> None:
        from broadcast.tui.dialogs.progress import ProgressDialog  # noqa: PLC0415 - when asked for

        if values is None:
            return
        self._page = values
        now = self.office.now()

        def write(progress: Progress) -> PageWritten:
            from broadcast.workflow.folders import typed_path  # noqa: PLC0415 - when asked for
            from broadcast.workflow.site import write_page  # noqa: PLC0415 - icalendar

            return write_page(
                self.office.workspace,
                values["weeks"],
                typed_path(values["folder"], self.office.root),
                now=now,
                texts=values["texts"],
                address=values["address"],
                progress=progress,
            )

        self.app.push_screen(ProgressDialog("Làm trang", write), self._page_made)

    def _page_made(self, outcome: Outcome | None) -> None:
        from broadcast.workflow.progress import CancelledError  # noqa: PLC0415 - when asked for

        made, error = outcome or (None, None)
        if isinstance(error, CancelledError):
            self.say("Đã dừng; thư mục của trang vẫn như trước")
        elif isinstance(error, FoundError):
            self.show_error(_first_elsewhere(error))
        elif error is not None:
            self.show_error(error)
        elif made is not None:
            self._tell_page(made, (self._page or {})["address"])

    def _tell_page(self, made: PageWritten, address: str) -> None:
        title, text = "✓ Đã làm trang", page_text(made, address)
        if not address:
            self.app.push_screen(ReadDialog(title, text))
            return
        choices = [Choice("code", "Hiện mã QR của địa chỉ"), Choice("close", "Đóng")]

        def then(answer: str | None) -> None:
            from broadcast.tui.dialogs.code import CodeDialog  # noqa: PLC0415 - when asked for

            if answer == "code":
                self.app.push_screen(CodeDialog(address))

        self.app.push_screen(AskDialog(title, text, choices), then)


def page_text(made: PageWritten, address: str) -> Text:
    """What was made, where it is, and what comes next."""
    files = made.files
    counts = [f"{len(files.written)} tệp đã ghi", f"{len(files.unchanged)} giữ nguyên"]
    if files.removed:
        counts.append(f"{len(files.removed)} bỏ đi")
    if files.kept_foreign:
        counts.append(f"{len(files.kept_foreign)} giữ lại vì có người đã sửa")
    text = Text(f"{_told(made.weeks).capitalize()}: {made.airings} lượt phát\n")
    text.append(f"{', '.join(counts)}\n\n")
    text.append("Mở xem: ", "bold").append(f"{_shown(made.target)}\n")
    next_one = f"Đưa cả thư mục lên {address}" if address else "Đưa cả thư mục lên trang của xã"
    return text.append(f"{next_one}, hoặc chép ra USB: mở được cả khi không có mạng.")


def _first_elsewhere(error: FoundError) -> FoundError:
    """What is to be done on other screens, without their keys: here they do something else."""
    mend = "làm xong ở màn hình Tuần, Kịch bản, Sản xuất rồi làm lại trang"
    problems = [replace(one, suggestion=None) for one in error.problems]
    return FoundError(error.title, error.happened, mend, problems)


def _shown(target: Path) -> str:
    return str(target / "index.html")


def _folder(text: str) -> str:
    if not text.strip():
        raise ValueError("chưa ghi thư mục")
    return text.strip()
