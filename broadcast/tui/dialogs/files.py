"""Choosing a document: found by a few letters, by going through folders and sticks, or typed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Label, OptionList, Static

from broadcast.errors import InputError
from broadcast.tui.dialogs.browse import BrowseDialog, Row, above_rows, drive_rows, inner_rows
from broadcast.tui.widgets.fields import Field
from broadcast.vietnamese.characters import fold

if TYPE_CHECKING:
    from broadcast.workflow.folders import Folder

PLAN_ENDINGS = frozenset({".docx", ".doc", ".pdf", ".txt", ".md", ".rtf", ".odt", ".html"})
"""Endings of files that may hold a plan; others are not shown."""

_ROOM = 60
"""Letters of a path that the small window shows."""


class FileDialog(BrowseDialog):
    """A document that is there.

    Args:
        title: what it is for.
        start: the folder to begin in.
        endings: of the files that are shown.
    """

    KEYS = "Gõ để tìm, hoặc dán đường dẫn · ↑ ↓ Enter mở, chọn · Esc thôi"
    BINDINGS: ClassVar[list[BindingType]] = [
        # The field has the keys while one goes through the list.
        Binding("up", "step(-1)", "Lên", show=False, id="files.up", priority=True),
        Binding("down", "step(1)", "Xuống", show=False, id="files.down", priority=True),
        Binding("pageup", "step(-8)", "Lên trang", show=False, id="files.pageup", priority=True),
        Binding("pagedown", "step(8)", "Xuống", show=False, id="files.pagedown", priority=True),
    ]

    def __init__(self, title: str, start: Path, endings: frozenset[str] = PLAN_ENDINGS) -> None:
        super().__init__(title)
        self.start = start
        self.endings = endings

    def body(self) -> ComposeResult:
        """Letters or a path, what is wrong with it, the folder one is in, what is in it."""
        yield Field(placeholder="Vài chữ của tên tệp, hoặc cả đường dẫn")
        yield Label("", id="wrong", classes="wrong")
        yield Static("", id="where")
        yield OptionList()

    def on_mount(self) -> None:
        """Typing searches at once."""
        self.listed.can_focus = False
        self.query_one(Field).focus()
        self.open_folder(self.start)

    def look_into(self, path: Path) -> Folder:
        """In the worker: what is in a folder."""
        from broadcast.workflow.folders import look_into  # noqa: PLC0415 - when asked for

        return look_into(path, self.endings)

    @on(BrowseDialog.Looked)
    def _show(self, message: BrowseDialog.Looked) -> None:
        self.folder = message.folder
        self.query_one("#where", Static).update(Text(f"Trong {_end_of(message.folder.path)}"))
        field = self.query_one(Field)
        if field.value:
            field.value = ""  # which lists all of it
        else:
            self._list_all()
        self.tell_nothing()

    @on(Input.Changed)
    def _narrow(self, event: Input.Changed) -> None:
        """List what has the letters; a path is waited for until it is whole."""
        self.tell_nothing()
        if not event.value.strip():
            self._list_all()
        elif not _is_path(event.value):
            words = fold(event.value).split()
            found = [row for row in self._all() if all(word in fold(row.text) for word in words)]
            self.list_rows(found, 0 if found else None)

    def _list_all(self) -> None:
        rows = self._all()
        # The folder above comes first, and is hardly ever meant.
        self.list_rows(rows, min(1, len(rows) - 1) if rows else None)

    def _all(self) -> list[Row]:
        folder = self.folder
        if folder is None:
            return []
        files = [Row(f"· {name}", folder.path / name, take=True) for name in folder.files]
        places = [Row(f"● {path.name} ({path.parent})", path) for path in folder.places]
        inner = inner_rows(folder)
        return [*above_rows(folder), *files, *drive_rows(folder), *places, *inner]

    def action_step(self, lines: int) -> None:
        """Go up or down the list."""
        if self.rows:
            at = (self.listed.highlighted or 0) + lines
            self.listed.highlighted = max(0, min(len(self.rows) - 1, at))

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        text, at = event.value, self.listed.highlighted
        if text.strip() and (_is_path(text) or not self.rows):
            self.ask(lambda: self._meant(text))
        elif at is not None and at < len(self.rows):
            self.take_row(self.rows[at])

    def _meant(self, text: str) -> Message:
        """In the worker: the document or folder typed."""
        from broadcast.workflow.folders import typed_path  # noqa: PLC0415 - when asked for

        path = typed_path(text, self.folder.path if self.folder else self.start)
        if path.is_dir():
            return self.Looked(self.look_into(path))
        if path.is_file():
            return self.Typed(path)
        mend = "xem lại đường dẫn, hoặc xóa ô này rồi chọn bằng ↑ ↓"
        raise InputError("Chưa chọn được tệp", f"không có tệp {path}", mend)


def _end_of(path: Path) -> str:
    """A path as the dialog has room for; where one is stands at its end."""
    text = str(path)
    return text if len(text) <= _ROOM else f"…{text[-_ROOM:]}"


def _is_path(text: str) -> bool:
    """Whether it is a path, and not letters of a name."""
    return any(sign in text for sign in "/\\~:")
