"""Going through folders: what dialogs that ask for a folder or a file share."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on, work
from textual.message import Message
from textual.widgets import Label, OptionList
from textual.widgets.option_list import Option

from broadcast.domain.wording import size_text
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.base import Dialog

if TYPE_CHECKING:
    from broadcast.workflow.folders import Folder


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: what it says, the path it is, whether taking it ends the dialog."""

    text: str
    path: Path
    take: bool = False


class BrowseDialog(Dialog[Path]):
    """Folders to go through in an OptionList; what is looked at is looked at in the worker."""

    class Looked(Message):
        """What is in a folder."""

        def __init__(self, folder: Folder) -> None:
            super().__init__()
            self.folder = folder

    class Typed(Message):
        """A path that was typed and is the one to give back."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class Failed(Message):
        """It cannot be looked into, or nothing sensible was typed."""

        def __init__(self, error: BroadcastError) -> None:
            super().__init__()
            self.error = error

    def __init__(self, title: str) -> None:
        super().__init__(title)
        self.folder: Folder | None = None
        self.rows: Sequence[Row] = ()

    @property
    def listed(self) -> OptionList:
        """The list."""
        return self.query_one(OptionList)

    @work(thread=True, exclusive=True, exit_on_error=False, group="jobs")
    def ask(self, look: Callable[[], Message]) -> None:
        """Have `look` done in the worker; its message comes back, or why there is none."""
        from broadcast.tui.jobs import told_error  # noqa: PLC0415 - jobs shows our dialogs

        try:
            message = look()
        except Exception as error:
            message = self.Failed(told_error(error))
        self.post_message(message)

    @abstractmethod
    def look_into(self, path: Path) -> Folder:
        """In the worker: what is in a folder."""

    def open_folder(self, path: Path) -> None:
        """Go to another folder."""
        self.ask(lambda: self.Looked(self.look_into(path)))

    def list_rows(self, rows: Sequence[Row], at: int | None) -> None:
        """Show these rows, the cursor on one of them."""
        self.rows = rows
        self.listed.clear_options()
        self.listed.add_options([Option(Text(row.text)) for row in rows])
        self.listed.highlighted = at

    @on(Typed)
    def _take_typed(self, message: Typed) -> None:
        self.dismiss(message.path)

    @on(Failed)
    def _tell(self, message: Failed) -> None:
        label = self.query_one("#wrong", Label)
        label.update(Text(f"{message.error.happened} → {message.error.mend}"))
        label.add_class("-shown")

    def tell_nothing(self) -> None:
        """Nothing is wrong any more."""
        self.query_one("#wrong", Label).remove_class("-shown")

    @on(OptionList.OptionSelected)
    def _go(self, event: OptionList.OptionSelected) -> None:
        self.take_row(self.rows[event.option_index])

    def take_row(self, row: Row) -> None:
        """Give its path back, or go there."""
        if row.take:
            self.dismiss(row.path)
        else:
            self.open_folder(row.path)

    def action_above(self) -> None:
        """Go to the folder above."""
        above = self.folder.above if self.folder else None
        if above is not None:
            self.open_folder(above)


def drive_rows(folder: Folder) -> Iterator[Row]:
    """The drives that are in, each with the room it has."""
    for drive in folder.drives:
        free = "" if drive.free is None else f", còn trống {size_text(drive.free)}"
        yield Row(f"● {drive.name} (ổ đang cắm{free})", drive.path)


def above_rows(folder: Folder) -> Iterator[Row]:
    """The folder above, where there is one."""
    if folder.above is not None:
        yield Row("↑ lên thư mục trên", folder.above)


def inner_rows(folder: Folder) -> Iterator[Row]:
    """The folders in it."""
    return (Row(f"▸ {name}", folder.path / name) for name in folder.inside)
