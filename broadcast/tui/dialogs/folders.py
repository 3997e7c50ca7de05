"""Choosing a folder, a new one or one on a stick: by its path, or by going through the folders."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input, Label, OptionList

from broadcast.tui.dialogs.browse import BrowseDialog, Row, above_rows, drive_rows, inner_rows
from broadcast.tui.widgets.fields import Field

if TYPE_CHECKING:
    from broadcast.workflow.folders import Folder


class FolderDialog(BrowseDialog):
    """A folder, which may be a new one.

    Args:
        title: what it is for.
        typed: the folder to begin with, as it is typed.
        base: from where relative paths are seen.
    """

    KEYS = "Enter mở, chọn · Backspace lên trên · Tab gõ đường dẫn · Esc thôi"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f5", "take", "Chọn thư mục đang mở", show=False, id="folders.take"),
        Binding("backspace", "above", "Lên thư mục trên", show=False, id="folders.above"),
    ]

    def __init__(self, title: str, typed: str, base: Path) -> None:
        super().__init__(title)
        self.typed = typed
        self.base = base

    def body(self) -> ComposeResult:
        """The path, what is wrong with it, drives and folders."""
        yield Field(self.typed, placeholder="Đường dẫn, ví dụ E:\\ hoặc ~/Tuan48")
        yield Label("", id="wrong", classes="wrong")
        yield OptionList()

    def on_mount(self) -> None:
        """Arrows go through the list at once."""
        self.listed.focus()
        self.ask(lambda: self.Looked(self.look_into(self._path(self.typed or "."))))

    def look_into(self, path: Path) -> Folder:
        """In the worker: what is in a folder."""
        from broadcast.workflow.folders import look_into  # noqa: PLC0415 - when asked for

        return look_into(path)

    def _path(self, text: str) -> Path:
        """In the worker: the folder typed; whether it may be written to is told where it goes."""
        from broadcast.workflow.folders import typed_path  # noqa: PLC0415 - when asked for

        return typed_path(text, self.base)

    def _meant(self, text: str) -> Message:
        return self.Typed(self._path(text))

    @on(BrowseDialog.Looked)
    def _show(self, message: BrowseDialog.Looked) -> None:
        folder, first = message.folder, self.folder is None
        self.folder = folder
        here = Row(f"✓ Chọn thư mục này: {folder.path}", folder.path, take=True)
        rows = [here, *drive_rows(folder), *above_rows(folder), *inner_rows(folder)]
        # A stick that is in is most likely what is meant.
        self.list_rows(rows, 1 if first and folder.drives else 0)
        self.query_one(Field).value = self.typed if first else str(folder.path)
        self.tell_nothing()

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        self.ask(lambda: self._meant(event.value))

    def on_key(self, event: Key) -> None:
        """Who types while going through the list means a path: it goes into the field.

        Letters that come here are those the field did not get; in a quick hand several do.
        """
        if event.is_printable and event.character and event.character != " ":
            event.stop()
            self._begin_typing(event.character)

    def on_paste(self, event: Paste) -> None:
        """The same of a path that is pasted."""
        event.stop()
        self._begin_typing(event.text.partition("\n")[0].strip())

    def _begin_typing(self, text: str) -> None:
        field = self.query_one(Field)
        if self.focused is self.listed:
            field.value = ""
            field.select_on_focus = False
            self.set_focus(field)  # at once: `focus` comes after the letters that wait
        field.value += text
        field.cursor_position = len(field.value)

    def action_take(self) -> None:
        """Choose the folder one is in."""
        if self.folder is not None:
            self.dismiss(self.folder.path)
