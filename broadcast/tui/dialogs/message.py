"""Dialogs to be read: messages, errors, long texts."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.hints import in_keys


class ReadDialog(Dialog[None]):
    """A text to read, as long as it likes; arrows scroll, Enter or Esc closes."""

    KEYS = "↑ ↓ PgUp PgDn cuộn · Enter hoặc Esc đóng"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "leave", "Đóng", show=False, id="read.close")
    ]

    def __init__(self, title: str, text: Text) -> None:
        super().__init__(title)
        self.text = text

    def body(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="dialog-text"):
            yield Static(self.text)

    def on_mount(self) -> None:
        """Arrows scroll at once."""
        self.query_one(VerticalScroll).focus()


class ErrorDialog(ReadDialog):
    """What could not be done, what happened, every problem, and what to do."""

    def __init__(self, error: BroadcastError) -> None:
        super().__init__(error.title, error_text(error))
        self.error = error
        self.add_class("-error")


def error_text(error: BroadcastError) -> Text:
    """An error for reading, without its title."""
    text = Text()
    if error.happened:
        text.append(_sentence(in_keys(error.happened)) + "\n")
    for problem in error.problems:
        text.append(f"  • {in_keys(str(problem))}\n")
    if error.mend:
        text.append("\nCách xử lý: ", "bold")
        text.append(in_keys(error.mend))
    text.rstrip()
    return text


def _sentence(text: str) -> str:
    first = text.partition(" ")[0]
    # A file is called as it is called.
    return text if "/" in first or "\\" in first else text[:1].upper() + text[1:]
