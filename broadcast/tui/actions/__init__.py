"""Everything the terminal UI can do, once: keys, footer, palette and help are made from this list.

Function and ctrl keys come first: with a Vietnamese input method on, single letters do not arrive
as they are typed. Letters and other keys are extras. Each screen has a module of its own here.
"""

from __future__ import annotations

from collections.abc import Iterator

from textual.binding import Binding, BindingType

from broadcast.tui.actions import app, export, log, plan, render, script, start, station, week
from broadcast.tui.actions.model import Action, Where, footer_key, key_name

__all__ = ["ACTIONS", "SCREENS", "Action", "Where", "actions_of", "bindings", "key_name"]

ACTIONS: tuple[Action, ...] = (
    *start.ACTIONS,
    *week.ACTIONS,
    *script.ACTIONS,
    *plan.ACTIONS,
    *render.ACTIONS,
    *export.ACTIONS,
    *station.ACTIONS,
    *log.ACTIONS,
    *app.ACTIONS,
)
"""Those of each screen, in the order of its help; those of the app last."""

SCREENS: dict[Where, str] = {
    "start": start.HELP,
    "week": week.HELP,
    "script": script.HELP,
    "plan": plan.HELP,
    "render": render.HELP,
    "export": export.HELP,
    "station": station.HELP,
    "log": log.HELP,
}
"""What each screen is, at the head of its help."""

_LAST = 100


def actions_of(*where: Where) -> tuple[Action, ...]:
    """The actions that apply there, in order."""
    return tuple(action for action in ACTIONS if action.where in where)


def bindings(*where: Where, priority: bool = False) -> list[BindingType]:
    """Textual's bindings of a screen, each with its action's own id.

    They come in the order of the function keys, which is the footer's. Screens take those of the
    app too. The app takes its own with `priority`: they work in dialogs as well, single letters
    and digits excepted, which belong to whoever is typing.
    """
    actions = sorted(actions_of(*where), key=lambda action: function_key(action.keys[0]))
    return [binding for action in actions for binding in _bindings(action, priority)]


def function_key(key: str) -> int:
    """Which function key it is, for the order of the footer; the others come last."""
    number = key.removeprefix("f")
    return int(number) if number.isdecimal() else _LAST


def _bindings(action: Action, priority: bool) -> Iterator[Binding]:
    for key in action.keys:
        yield Binding(
            key,
            action.call,
            action.short or action.label,
            show=bool(action.short),
            key_display=footer_key(action.keys[0]),
            # The same for all its keys: the keymap gives them up together.
            id=action.id,
            tooltip=action.help,
            priority=priority and (key == action.keys[0] or len(key) > 1),
        )
