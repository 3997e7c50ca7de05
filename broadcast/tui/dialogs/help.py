"""F1: what the screen one is on is for, and every key of it."""

from __future__ import annotations

from rich.text import Text

from broadcast.domain.wording import SIGNS
from broadcast.tui.actions import SCREENS, Action, Where, actions_of
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.keyboard import current


class HelpDialog(ReadDialog):
    """The help of one screen."""

    def __init__(self, where: Where) -> None:
        super().__init__("Trợ giúp", help_text(where))


def help_text(where: Where) -> Text:
    """What the screen is, its signs, and its actions with their keys."""
    text = Text(current().told(SCREENS.get(where, ""), where))
    if where == "week":
        signs = "   ".join(f"{sign} {state}" for state, sign in SIGNS.items())
        text.append(f"\n\n{signs}\n! có điểm cần xem   ▪ ô đã chọn   » đang dời   +1 còn lượt nữa")
    text.append("\n")
    for action in (*actions_of(where), *actions_of("app")):
        _tell(text, action, where)
    return text


def _tell(text: Text, action: Action, where: Where) -> None:
    text.append(f"\n{current().shown(action)}", "bold")
    text.append(f" · {action.label}\n", "bold")
    text.append(f"{current().told(action.help, where)}\n")
