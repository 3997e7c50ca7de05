"""The palette's own search: "lich phat" finds "Lịch phát" (Textual's knows no folding)."""

from __future__ import annotations

from collections.abc import Coroutine, Iterable
from functools import lru_cache, partial
from typing import Any

from rich.text import Text
from textual.command import DiscoveryHit, Hit, Hits, Provider

from broadcast.tui.actions import Action, Where, actions_of
from broadcast.tui.keyboard import current
from broadcast.vietnamese.characters import fold


@lru_cache(maxsize=1024)
def _folded(label: str) -> str:
    """An action's words, folded once: they are asked for at every letter typed."""
    return fold(label)


def score(query: str, label: str, help_text: str = "") -> float:
    """How well folded `query` fits: every word has to be in label or help; 0 is not at all."""
    words = fold(query).split()
    name, more = _folded(label), _folded(help_text)
    if not words or not all(word in name or word in more for word in words):
        return 0.0
    in_name = sum(word in name for word in words) / len(words)
    starts = 0.2 if name.startswith(words[0]) else 0.0
    whole = 0.1 if name.split() == words else 0.0  # "Lưu" comes before "Lưu kịch bản"
    return 0.2 + 0.5 * in_name + starts + whole


def best(query: str, actions: Iterable[Action]) -> list[tuple[float, Action]]:
    """The actions that fit, best first."""
    found = [(score(query, action.label, action.help), action) for action in actions]
    return sorted((pair for pair in found if pair[0] > 0), key=lambda pair: -pair[0])


class ActionProvider(Provider):
    """Every action of the screen one is on, as far as it can be done there, and of the app."""

    def _actions(self) -> tuple[Action, ...]:
        where: Where = getattr(self.screen, "WHERE", "app")
        own = actions_of(where) if where != "app" else ()
        here = (one for one in own if self.screen.check_action(one.call, ()) is not False)
        return (*here, *(one for one in actions_of("app") if one.id != "app.palette"))

    async def discover(self) -> Hits:
        """All of them, before anything is typed."""
        for action in self._actions():
            yield DiscoveryHit(_label(action), self._call(action), help=action.help)

    async def search(self, query: str) -> Hits:
        """Those that fit what was typed, with or without accents."""
        for fits, action in best(query, self._actions()):
            yield Hit(fits, _label(action), self._call(action), action.label, action.help)

    def _call(self, action: Action) -> partial[Coroutine[Any, Any, None]]:
        return partial(self.screen.run_action, action.call)


def _label(action: Action) -> Text:
    return Text.assemble(action.label, "  ", (current().shown(action), "dim"))
