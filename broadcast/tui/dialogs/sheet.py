"""The operator's sheet as it will be printed: eighty cells wide, so it takes the whole window."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from broadcast.tui.dialogs.message import ReadDialog


class SheetDialog(ReadDialog):
    """A text whose lines stay as they are; arrows scroll all four ways."""

    KEYS: ClassVar[str] = "↑ ↓ ← → PgUp PgDn cuộn · Enter hoặc Esc đóng"
    CSS = """
    SheetDialog .dialog {
        width: 82; max-width: 100%; max-height: 100%; border: none; padding: 0;
    }
    SheetDialog .dialog-text { overflow-x: auto; scrollbar-size: 0 0; }
    SheetDialog.-short .dialog-text { max-height: 20; }
    SheetDialog .dialog-text Static { width: auto; }
    SheetDialog .dialog-title, SheetDialog .dialog-keys { padding: 0 1; margin: 0; }
    """

    def body(self) -> ComposeResult:
        """The text, to the letter."""
        with VerticalScroll(classes="dialog-text"):
            yield Static(Text(self.text.plain, no_wrap=True, overflow="crop"))
