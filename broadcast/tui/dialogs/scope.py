"""Only this time, from this time on, or all: what each would touch, seen before one is taken."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from broadcast.domain.scoped import KINDS, SCOPES, Kind, Scope
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.ask import Choice, LongAskDialog
from broadcast.tui.dialogs.message import error_text

if TYPE_CHECKING:
    from broadcast.workflow.scoped_changes import Preview

Previews = Mapping[Scope, "Preview | BroadcastError"]
"""What each scope comes to, or why it cannot be."""

_STYLES: dict[Kind, str] = {"change": "", "remove": "bold", "new": "bold", "keep": "dim"}


class ScopeDialog(LongAskDialog["Preview | BroadcastError"]):
    """Three scopes; above them what becomes of each occurrence in the one under the cursor.

    Nothing is done before one is taken; one that cannot be stays in the dialog and says why.
    """

    KEYS = "↑ ↓ xem từng cách · PgUp PgDn cuộn · Enter làm như đang xem · Esc thôi"

    def __init__(self, title: str, previews: Previews, names: Mapping[Scope, str] = SCOPES) -> None:
        choices: list[Choice[Preview | BroadcastError]] = [
            Choice(found, _capital(names[scope]), _counted(found))
            for scope, found in previews.items()
        ]
        super().__init__(title, scope_text(choices[0].value), choices)

    @on(OptionList.OptionHighlighted)
    def _show(self, event: OptionList.OptionHighlighted) -> None:
        question = self.query_one(".dialog-ask", VerticalScroll)
        text = scope_text(self.choices[event.option_index].value)
        question.query_one(Static).update(text)
        question.scroll_home(animate=False)

    @on(OptionList.OptionSelected)
    def _take(self, event: OptionList.OptionSelected) -> None:
        event.prevent_default()
        found = self.choices[event.option_index].value
        if isinstance(found, BroadcastError):
            self.app.bell()
        else:
            self.dismiss(found)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _counted(found: Preview | BroadcastError) -> str:
    """How many occurrences become what, or that the scope cannot be."""
    if isinstance(found, BroadcastError):
        return "không làm được cách này"
    kinds = [touch.kind for touch in found.scoped.touched]
    told = [f"{name} {kinds.count(kind)}" for kind, name in KINDS.items() if kind in kinds]
    endless = ["và mọi lần sau đó"] if found.scoped.endless else []
    heard = [f"đã phát {len(found.scoped.heard)}"] if found.scoped.heard else []
    return ", ".join([*told, *endless, *heard]) or "không có lần phát nào bị đổi"


def scope_text(found: Preview | BroadcastError) -> Text:
    """What becomes of each occurrence, and what is to be known besides."""
    from broadcast.workflow.scoped_changes import beside_lines, touch_line  # noqa: PLC0415 - paint

    if isinstance(found, BroadcastError):
        return Text().append(f"{found.title}: ", "bold").append_text(error_text(found))
    text = Text()
    for line in beside_lines(found):
        text.append(f"{line.strip()}\n", "bold")
    for touch in found.scoped.touched:
        text.append(f"{touch_line(touch)}\n", _STYLES[touch.kind])
    if found.scoped.endless:
        text.append("… và mọi lần sau đó\n", "dim")
    text.rstrip()
    return text
