"""Correcting one paragraph: all of it in view, wrapped; Enter ends, Esc leaves it as it was."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import TextArea
from textual.widgets.text_area import Edit, EditResult

from broadcast.tui.actions.model import is_letter
from broadcast.tui.dialogs.base import Dialog
from broadcast.vietnamese.characters import nfc


class Paragraph(TextArea):
    """A text that is always NFC, whatever an input method or a paste brings."""

    def check_consume_key(self, key: str, character: str | None = None) -> bool:
        """Which keys are letters here; the keys that lead to a screen never are."""
        return is_letter(key) and super().check_consume_key(key, character)

    def edit(self, edit: Edit) -> EditResult:
        """Make an edit; all of them come through here. A lone mark joins the letter before it."""
        start, end = sorted((edit.from_location, edit.to_location))
        row, column = start
        before, insert = self.document.get_line(row)[:column], edit.text
        if before and nfc(before + insert) != before + nfc(insert):
            # That letter is put anew, together with its mark.
            start, insert = (row, column - 1), before[-1] + insert
        return super().edit(Edit(nfc(insert), start, end, edit.maintain_selection_offset))


class TextDialog(Dialog[str]):
    """One paragraph to be corrected."""

    KEYS = "Enter xong · Esc thôi, giữ như cũ"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "done", "Xong", show=False, id="text.done", priority=True),
        Binding("ctrl+s", "done", "Xong", show=False, id="text.save", priority=True),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__(title)
        self.text = nfc(text)

    def body(self) -> ComposeResult:
        """The paragraph."""
        yield Paragraph(self.text, soft_wrap=True, tab_behavior="focus")

    def on_mount(self) -> None:
        """Typing goes on at the end."""
        area = self.query_one(Paragraph)
        area.move_cursor(area.document.end)
        area.focus()

    def action_done(self) -> None:
        """Give the text back; None if it is the one it was."""
        text = " ".join(self.query_one(Paragraph).text.split())
        self.dismiss(text if text != self.text else None)
