"""Choosing a folder, a new one or one on a stick: by its path, or by going through the folders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from rich.text import Text
from textual import on, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Label, OptionList
from textual.widgets.option_list import Option

from broadcast.domain.wording import size_text
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.widgets.fields import Field

if TYPE_CHECKING:
    from broadcast.workflow.folders import Folder


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of the list: what it says, the folder it is, whether taking it ends the dialog."""

    text: str
    path: Path
    take: bool = False


class FolderDialog(Dialog[Path]):
    """A folder; what is looked at is looked at in the worker.

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

    class Looked(Message):
        """What is in a folder."""

        def __init__(self, folder: Folder) -> None:
            super().__init__()
            self.folder = folder

    class Typed(Message):
        """The folder that was typed."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class Failed(Message):
        """It cannot be looked into, or nothing sensible was typed."""

        def __init__(self, error: BroadcastError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, title: str, typed: str, base: Path) -> None:
        super().__init__(title)
        self.typed = typed
        self.base = base
        self.folder: Folder | None = None
        self._rows: Sequence[_Row] = ()

    def body(self) -> ComposeResult:
        """The path, what is wrong with it, drives and folders."""
        yield Field(self.typed, placeholder="Đường dẫn, ví dụ E:\\ hoặc ~/Tuan48")
        yield Label("", id="wrong", classes="wrong")
        yield OptionList()

    def on_mount(self) -> None:
        """Arrows go through the list at once."""
        self.query_one(OptionList).focus()
        self._do(lambda: self._looked_into_typed(self.typed))

    @work(thread=True, exclusive=True, exit_on_error=False, group="jobs")
    def _do(self, look: Callable[[], Message]) -> None:
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs

        try:
            message = look()
        except Exception as error:
            message = self.Failed(told_error(error))
        self.post_message(message)

    def _looked_into_typed(self, text: str) -> Message:
        """In the worker."""
        from broadcast.workflow.folders import look_into, typed_path  # noqa: PLC0415 - when asked

        return self.Looked(look_into(typed_path(text or ".", self.base)))

    def _looked_into(self, path: Path) -> Message:
        """In the worker."""
        from broadcast.workflow.folders import look_into  # noqa: PLC0415 - when asked for

        return self.Looked(look_into(path))

    def _meant(self, text: str) -> Message:
        """In the worker: the folder typed; whether it may be written to is told where it goes."""
        from broadcast.workflow.folders import typed_path  # noqa: PLC0415 - when asked for

        return self.Typed(typed_path(text, self.base))

    @on(Looked)
    def _show(self, message: Looked) -> None:
        folder, first = message.folder, self.folder is None
        self.folder = folder
        self._rows = _rows(folder)
        listed = self.query_one(OptionList)
        listed.clear_options()
        listed.add_options([Option(Text(row.text)) for row in self._rows])
        # A stick that is in is most likely what is meant.
        listed.highlighted = 1 if first and folder.drives else 0
        self.query_one(Field).value = self.typed if first else str(folder.path)
        self.query_one("#wrong", Label).remove_class("-shown")

    @on(Typed)
    def _take_typed(self, message: Typed) -> None:
        self.dismiss(message.path)

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        label = self.query_one("#wrong", Label)
        label.update(Text(f"{message.error.happened} → {message.error.mend}"))
        label.add_class("-shown")

    @on(Input.Submitted)
    def _enter(self, event: Input.Submitted) -> None:
        self._do(lambda: self._meant(event.value))

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        row = self._rows[event.option_index]
        if row.take:
            self.dismiss(row.path)
        else:
            self._do(lambda: self._looked_into(row.path))

    def action_take(self) -> None:
        """Choose the folder one is in."""
        if self.folder is not None:
            self.dismiss(self.folder.path)

    def action_above(self) -> None:
        """Go to the folder above."""
        above = self.folder.above if self.folder else None
        if above is not None:
            self._do(lambda: self._looked_into(above))


def _rows(folder: Folder) -> list[_Row]:
    """This folder, the drives, the folder above, the folders in it."""
    rows = [_Row(f"✓ Chọn thư mục này: {folder.path}", folder.path, take=True)]
    for drive in folder.drives:
        free = "" if drive.free is None else f", còn trống {size_text(drive.free)}"
        rows.append(_Row(f"● {drive.name} (ổ đang cắm{free})", drive.path))
    if folder.above is not None:
        rows.append(_Row("↑ lên thư mục trên", folder.above))
    rows += [_Row(f"▸ {name}", folder.path / name) for name in folder.inside]
    return rows
