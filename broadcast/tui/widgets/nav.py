"""The line of screens at the top: which there are, which one is open, which one is at work."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

Tab = tuple[str, str, str]
"""A screen: its mode, its name, and what stands behind the name ("45%")."""


_MORE = "  F10"


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
        labels = [f" {n} {name} {more}".rstrip() for n, (_, name, more) in enumerate(tabs, 1)]
        # In the small window there is no room for gaps while a screen tells how far its work is.
        gap = " " if sum(map(len, labels)) + len(labels) <= self.app.size.width else ""
        for label, (mode, _, _) in zip((f"{one}{gap}" for one in labels), tabs, strict=True):
            style = "reverse bold" if mode == self.mode else ""
            self._places.append((len(text), len(text) + len(label), mode))
            text.append(label, style)
        if text.cell_len + len(_MORE) <= self.app.size.width:
            text.append(_MORE, "dim")
        self.update(text)

    def on_click(self, event: events.Click) -> None:
        """Go to the screen whose name was clicked."""
        for start, end, mode in self._places:
            if start <= event.x < end:
                self.post_message(self.Chosen(mode))
