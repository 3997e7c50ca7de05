"""The line of screens at the top: which there are, which one is open, which one is at work."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

Tab = tuple[str, str, str]
"""A screen: its mode, its name, and what stands behind the name ("45%")."""


class NavBar(Static):
    """Names of the screens with their digits; a click goes there."""

    class Chosen(Message):
        """A screen's name was clicked."""

        def __init__(self, mode: str) -> None:
            super().__init__()
            self.mode = mode

    def __init__(self, mode: str) -> None:
        super().__init__(id="nav")
        self.mode = mode
        self._places: list[tuple[int, int, str]] = []

    def show(self, tabs: Sequence[Tab]) -> None:
        """Show the screens as they are now."""
        text = Text(no_wrap=True, overflow="ellipsis")
        self._places = []
        for number, (mode, name, more) in enumerate(tabs, 1):
            label = f" {number} {name} {more}".rstrip() + " "
            style = "reverse bold" if mode == self.mode else ""
            self._places.append((len(text), len(text) + len(label), mode))
            text.append(label, style)
        text.append("  F10", "dim")
        self.update(text)

    def on_click(self, event: events.Click) -> None:
        """Go to the screen whose name was clicked."""
        for start, end, mode in self._places:
            if start <= event.x < end:
                self.post_message(self.Chosen(mode))
