"""F10: the screens there are; a digit or Enter goes to one."""

from __future__ import annotations

from collections.abc import Sequence

from textual import events

from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.widgets.nav import Tab


class ScreensDialog(AskDialog[str]):
    """Which screen to go to."""

    KEYS = "Gõ số, hoặc ↑ ↓ rồi Enter · Esc thôi"

    def __init__(self, tabs: Sequence[Tab]) -> None:
        names = [f"{number}  {name} {more}" for number, (_, name, more) in enumerate(tabs, 1)]
        choices = [Choice(tab[0], name.rstrip()) for tab, name in zip(tabs, names, strict=True)]
        super().__init__("Sang màn hình nào?", "", choices)

    def on_key(self, event: events.Key) -> None:
        """A digit takes the screen of that number."""
        number = int(event.key) if event.key.isdecimal() else 0
        if 0 < number <= len(self.choices):
            event.stop()
            self.dismiss(self.choices[number - 1].value)
