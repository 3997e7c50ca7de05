"""What an action is, and how keys are written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["app", "start", "week", "script", "plan", "render", "export", "station", "log"]
"""On which screen an action applies; "app" is everywhere."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something the officer can have done.

    `id` is stable (keys are remapped by it), `call` the name of the action method, `label` what
    the palette and the help say, `short` what the footer says (empty: not in the footer), `keys`
    in Textual's names, the first one shown.
    """

    id: str
    call: str
    label: str
    help: str
    keys: tuple[str, ...]
    where: Where
    short: str = ""


ALT_DIGITS = {
    "1": "inverted_exclamation_mark", "2": "trade_mark_sign", "3": "pound_sign",
    "4": "cent_sign", "5": "infinity", "6": "section_sign",
    "7": "pilcrow_sign",
}  # fmt: skip
"""What Textual calls Alt and a digit: the letters that a Mac's keyboard types with them."""


def is_letter(key: str) -> bool:
    """Whether a text field may take a key as a letter; Alt and a digit leads to a screen."""
    return key not in ALT_DIGITS.values()


_KEY_NAMES = {
    "insert": "Insert", "enter": "Enter", "delete": "Delete", "space": "phím cách",
    "pageup": "PgUp", "pagedown": "PgDn", "left": "←", "right": "→", "up": "↑", "down": "↓",
    "home": "Home", "end": "End", "escape": "Esc", "tab": "Tab", "backspace": "Backspace",
    **{key: f"Alt+{digit}" for digit, key in ALT_DIGITS.items()},
}  # fmt: skip


def key_name(key: str) -> str:
    """A key for reading: "ctrl+left" is "Ctrl+←", "f2" is "F2"."""
    *held, last = key.split("+")
    word = _KEY_NAMES.get(last, last.upper() if held or len(last) > 1 else last)
    return "+".join([*(name.capitalize() for name in held), word])


def footer_key(key: str) -> str:
    """A key as the footer has room for: "^E", "F2"."""
    return key_name(key).replace("Ctrl+", "^")
