"""Fields for Vietnamese text: what is typed or pasted is NFC at once.

Textual edits by code point; in decomposed text backspace on "ệ" would take one mark.
"""

from __future__ import annotations

from textual.widgets import Input

from broadcast.tui.actions.model import is_letter
from broadcast.vietnamese.characters import nfc


class Field(Input):
    """An Input whose value is always NFC, whatever an input method or a paste brings."""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Which keys are letters here; the keys that lead to a screen never are."""
        return is_letter(key) and super().check_consume_key(key, character)

    def replace(self, text: str, start: int, end: int) -> None:
        """Put `text` in place of what is from `start` to `end`; all editing comes through here.

        A mark that comes alone joins the letter before it.
        """
        start, end = sorted((max(0, start), min(len(self.value), end)))
        head = nfc(self.value[:start] + text)
        self.value = head + self.value[end:]
        self.cursor_position = len(head)

    def validate_value(self, value: str) -> str:
        """What the program itself sets is brought to NFC too."""
        return nfc(value)
