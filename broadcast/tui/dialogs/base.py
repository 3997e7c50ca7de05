"""The frame of every dialog: a title, a body, a line of keys; Esc leaves it."""

from __future__ import annotations

from typing import ClassVar, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

_T = TypeVar("_T")


class Dialog(ModalScreen[_T | None]):
    """A dialog; its result is None when it is left. Texts are shown to the letter, no markup."""

    KEYS: ClassVar[str] = "Esc đóng"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "Đóng", show=False, id="dialog.leave")
    ]

    def __init__(self, title: str) -> None:
        super().__init__()
        self.heading = title

    def compose(self) -> ComposeResult:
        """Title, what the dialog itself has, keys."""
        with Vertical(classes="dialog"):
            yield Static(Text(self.heading), classes="dialog-title")
            yield from self.body()
            yield Static(Text(self.KEYS), classes="dialog-keys")

    def body(self) -> ComposeResult:
        """What stands between title and keys; nothing, where the title says it all."""
        yield from ()

    def action_leave(self) -> None:
        """Close without a result."""
        self.dismiss(None)
