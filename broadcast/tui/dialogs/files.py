"""Choosing a file or a folder: by its path, or by going through the folders."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.widgets import DirectoryTree, Input, Label

from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.widgets.fields import Field

PLAN_ENDINGS = frozenset({".docx", ".doc", ".pdf", ".txt", ".md", ".rtf", ".odt", ".html"})
"""Endings of files that may hold a plan; others are not shown."""


class PlainTree(DirectoryTree):
    """Folders and plan documents, with letters for icons: emoji are of unsure width."""

    ICON_NODE = "▸ "
    ICON_NODE_EXPANDED = "▾ "
    ICON_FILE = "· "

    def filter_paths(self, paths: Iterable[Path]) -> Iterable[Path]:
        """What is not hidden and might be a plan."""
        return [p for p in paths if not p.name.startswith((".", "~")) and _may_be_plan(p)]


def _may_be_plan(path: Path) -> bool:
    try:
        return path.suffix.lower() in PLAN_ENDINGS or path.is_dir()
    except OSError:
        return False


class FileDialog(Dialog[Path]):
    """A file: typed or pasted into the field, or found in the tree."""

    KEYS = "Gõ đường dẫn rồi Enter · Tab sang cây thư mục: ↑ ↓ Enter · Esc thôi"

    def __init__(self, title: str, start: Path) -> None:
        super().__init__(title)
        self.start = start

    def body(self) -> ComposeResult:
        """The path, what is wrong with it, and the folders."""
        yield Field(placeholder="Đường dẫn tới tệp kế hoạch (.docx, .pdf, .txt…)")
        yield Label("", id="wrong", classes="wrong")
        yield PlainTree(self.start)

    def on_mount(self) -> None:
        """Typing goes into the path."""
        self.query_one(Field).focus()

    @on(Input.Submitted)
    def _typed(self, event: Input.Submitted) -> None:
        text = event.value.strip().strip("\"'")
        path = Path(text).expanduser()
        path = path if path.is_absolute() else self.start / path
        if text and path.is_dir():
            self.query_one(PlainTree).path = path
            self.query_one(PlainTree).focus()
        elif text and path.is_file():
            self.dismiss(path)
        else:
            label = self.query_one("#wrong", Label)
            label.update(Text(f"Không có tệp {path}" if text else "Chưa ghi đường dẫn"))
            label.add_class("-shown")

    @on(DirectoryTree.FileSelected)
    def _picked(self, event: DirectoryTree.FileSelected) -> None:
        self.dismiss(event.path)
