"""The line of keys at the bottom: one widget, as one a key would hold up the first picture."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual import events
from textual.screen import Screen
from textual.widgets import Static


class KeyBar(Static):
    """The keys of the screen that has it, as they are now; a click presses one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-bar--key", "key-bar--off"}

    def __init__(self) -> None:
        super().__init__("", id="keys")
        self._places: list[tuple[int, int, str]] = []

    def on_mount(self) -> None:
        """Show the keys, and go along with what they are."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)
        self.call_after_refresh(self.show_keys)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen:
            self.show_keys()

    def show_keys(self) -> None:
        """Show the keys as they are now."""
        text, self._places = Text(no_wrap=True, overflow="ellipsis"), []
        key_style = self.get_component_rich_style("key-bar--key")
        off_style = self.get_component_rich_style("key-bar--off")
        told: set[str] = set()
        for _, binding, enabled, _tooltip in self.screen.active_bindings.values():
            if not binding.show or binding.action in told:
                continue
            told.add(binding.action)
            start = len(text)
            text.append(self.app.get_key_display(binding), key_style)
            text.append(f" {binding.description}", "" if enabled else off_style)
            self._places.append((start, len(text), binding.key))
            text.append(" ")
        self.update(text)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for start, end, key in self._places:
            if start <= event.x < end:
                self.app.simulate_key(key)
