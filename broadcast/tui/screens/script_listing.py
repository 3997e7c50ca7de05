"""The list of scripts on the script screen: what there is, searched without accents."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from broadcast.tui.hints import key_of
from broadcast.tui.memory import undisturbed
from broadcast.tui.office import Office
from broadcast.tui.screens.base import StationScreen
from broadcast.tui.screens.script_view import entry_text, matching
from broadcast.tui.widgets.fields import Field

if TYPE_CHECKING:
    from broadcast.workflow.script_list import Entry
    from broadcast.workflow.script_session import ScriptSession


class ScriptListing(StationScreen):
    """Holds the session of the script being edited; None while the list is shown."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.session: ScriptSession | None = None
        self.entries: list[Entry] | None = None
        self.found: list[Entry] = []

    def list_body(self) -> ComposeResult:
        """The search, the scripts, and what is said where there are none."""
        with Vertical(id="scripts"):
            yield Field(placeholder="Tìm kịch bản, không cần dấu", id="search")
            yield OptionList(id="list")
            yield Static("", id="none")

    @property
    def search_field(self) -> Field:
        """Where words to search the list for are typed."""
        return self.query_one("#search", Field)

    @property
    def listed(self) -> OptionList:
        """The scripts there are."""
        return self.query_one("#list", OptionList)

    @abstractmethod
    def open_script(self, script_id: str) -> None:
        """Edit a script."""

    def show_list(self, at: str | None = None) -> None:
        """Show the scripts there are, read in the worker.

        Args:
            at: the script to stand on.
        """
        self.add_class("-listing")
        self.search_field.focus()
        self.set_title("Kịch bản")
        self.show_hint()
        self.job(self.read_entries, lambda found: self.show_entries(found, at))

    def read_entries(self) -> list[Entry]:
        """In the worker: every script there is."""
        from broadcast.workflow.script_list import script_list  # noqa: PLC0415 - in the worker

        with undisturbed():
            return script_list(self.office.desk)

    def show_entries(self, entries: list[Entry], at: str | None = None) -> None:
        """Show them, those that have the words searched for; `at` is the one to stand on."""
        at = at or (entry.id if (entry := self.highlighted) else None)
        self.entries = entries
        self._narrow()
        ids = [entry.id for entry in self.found]
        if at in ids:
            self.listed.highlighted = ids.index(at)

    @on(Input.Changed, "#search")
    def _narrow(self) -> None:
        """Show those that have the words searched for."""
        entries = self.entries or []
        self.found = matching(entries, self.search_field.value)
        width = self.app.size.width - 4
        self.listed.clear_options()
        self.listed.add_options(Option(entry_text(one, width)) for one in self.found)
        self.listed.highlighted = 0 if self.found else None
        self.listed.display = bool(self.found)
        none = self.query_one("#none", Static)
        none.display = not self.found
        none.update(Text(self._why_none()))
        self.set_title(f"Kịch bản · {_counted(entries)}")
        self.show_hint()

    def _why_none(self) -> str:
        if self.entries:
            return "Không có kịch bản nào khớp. Xóa bớt chữ ở ô tìm."
        assemble, new = key_of("script.assemble"), key_of("script.new")
        return (
            "Đài chưa có kịch bản nào.\n\n"
            f"{assemble}  soạn từ một nội dung của kế hoạch: có sẵn mở đầu, phần chính, kết thúc\n"
            f"{new}  viết một kịch bản mới từ đầu\n\n"
            f"Hoặc ở màn hình Tuần nhấn {key_of('week.assemble')} để soạn kịch bản cho cả tuần."
        )

    @property
    def highlighted(self) -> Entry | None:
        """The script in the list that Enter would open."""
        at = self.listed.highlighted
        return self.found[at] if at is not None and at < len(self.found) else None

    @on(OptionList.OptionSelected, "#list")
    @on(Input.Submitted, "#search")
    def action_open(self) -> None:
        """Open the script under the cursor."""
        entry = self.highlighted
        if self.session is not None or entry is None:
            return
        if entry.error:
            self.show_error(entry.error)
        else:
            self.open_script(entry.id)

    def list_hint(self) -> str:
        """The one thing to do next with the list."""
        if self.entries is None:
            return "Đang đọc các kịch bản…"
        if not self.entries:
            return f"Việc đầu tiên: {key_of('script.assemble')} soạn từ một nội dung của kế hoạch"
        assemble, new = key_of("script.assemble"), key_of("script.new")
        return f"Gõ để tìm, ↑ ↓ chọn, Enter mở; {assemble} soạn từ kế hoạch, {new} viết mới"


def _counted(entries: list[Entry]) -> str:
    waiting = sum(entry.state == "chờ duyệt" for entry in entries)
    broken = sum(entry.error is not None for entry in entries)
    told = [f"{len(entries)} bản"]
    told += [f"{waiting} chờ duyệt"] if waiting else []
    told += [f"{broken} không đọc được"] if broken else []
    return ", ".join(told)
