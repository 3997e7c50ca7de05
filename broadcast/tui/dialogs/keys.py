"""Changing keys on the spot: the actions of all screens, and the dialog that takes the new key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.widgets import Static

from broadcast.tui.actions import ACTIONS, Action, Where
from broadcast.tui.actions.model import key_name
from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.keyboard import Keyboard, read_key, unfit

_SCREENS: dict[Where, str] = {
    "app": "mọi nơi", "start": "lúc mới mở", "week": "Tuần", "script": "Kịch bản",
    "plan": "Kế hoạch", "render": "Sản xuất", "export": "Xuất bản", "station": "Đài",
    "log": "Nhật ký",
}  # fmt: skip

EVERYTHING = Action("", "", "Trả mọi phím về như cũ", "", (), "app")
"""Stands for all actions where the keys of all are to be given back."""


class KeysDialog(ChooseDialog[Action]):
    """Which action is to have another key; searched without accents."""

    KEYS = "Gõ để tìm việc · ↑ ↓ chọn · Enter đổi phím · Esc xong"

    def __init__(self, keyboard: Keyboard) -> None:
        super().__init__("Đổi phím", choices(keyboard), "Tìm việc, ví dụ: xep lich")


def choices(keyboard: Keyboard) -> Sequence[Choice[Action]]:
    """Every action with its keys; first, where some were changed, the way back for all."""
    found = [Choice(one, _line(one, keyboard)) for one in ACTIONS]
    back = Choice(EVERYTHING, f"{EVERYTHING.label} ({len(keyboard.own)} việc đã đổi phím)")
    return [back, *found] if keyboard.own else found


def _line(action: Action, keyboard: Keyboard) -> str:
    before = f" (trước là {key_name(action.keys[0])})" if action.id in keyboard.own else ""
    return f"{keyboard.shown(action):<14} {action.label} · {_SCREENS[action.where]}{before}"


class PressDialog(Dialog[tuple[str, ...]]):
    """Takes the next key that is pressed for an action; none of them gives its own back."""

    KEYS = "Nhấn phím mới · Backspace trả về như cũ · Esc thôi"
    TAKES_EVERY_KEY: ClassVar[bool] = True
    """The app leaves its own keys alone while this is open."""

    def __init__(self, action: Action, keyboard: Keyboard) -> None:
        super().__init__(f"Phím cho «{action.label}»")
        self.action = action
        self.keyboard = keyboard

    def body(self) -> ComposeResult:
        """Which keys it has, and why one that was pressed cannot be taken."""
        yield Static(Text(f"Đang là {self.keyboard.shown(self.action)}. Nhấn phím mới…"))
        yield Static("", id="pressed", classes="wrong")

    def on_key(self, event: events.Key) -> None:
        """Take the key, or say why not and wait for another one."""
        if event.key == "escape":
            return
        event.stop()
        event.prevent_default()
        if event.key == "backspace":
            self.dismiss(())
            return
        why = self._refused(event.key)
        if why:
            told = self.query_one("#pressed", Static)
            told.update(Text(f"! {why}. Nhấn phím khác."))
            told.add_class("-shown")
        else:
            self.dismiss((event.key,))

    def _refused(self, key: str) -> str:
        if read_key(key_name(key)) != key:
            return f"Phím {key_name(key)} không dùng được"
        if why := unfit(key, self.action):
            return why[:1].upper() + why[1:]
        other = self.keyboard.user(key, self.action)
        return f"{key_name(key)} đang dùng cho «{other.label}»" if other else ""
