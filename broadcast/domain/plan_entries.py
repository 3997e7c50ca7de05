"""What tells the entries of a plan's lists apart, and which is which in another reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

Label = tuple[tuple[str, ...], int]
"""An entry's identity and, where several have the same one, which of them it is."""

_ALIKE = 0.6
"""Share of common words from which two texts are versions of one."""

_ALIKE_OF_ONE_UNIT = 0.3
"""The same where both are the same unit's."""


@dataclass(frozen=True, slots=True)
class Identity:
    """How the entries of one list are told apart.

    `key`: what identifies an entry. `where`: its place in a message. `text`: what it says.
    `worded`: the identity is text that may be reworded; then an entry that lost its namesake is
    paired with a similar one at the same place in the list.
    """

    key: Callable[[Any], tuple[str, ...]]
    where: Callable[[Any], str]
    text: Callable[[Any], str]
    worded: bool = False


def _path(entry: Any) -> str:
    return str(entry.path)


def _number(entry: Any) -> str:
    return str(entry.number)


def _unit(entry: Any) -> str:
    return str(entry.unit)


def _text(entry: Any) -> str:
    return str(entry.text)


def _what(entry: Any) -> str:
    return str(entry.what)


LISTS: dict[str, Identity] = {
    "sections": Identity(lambda e: (e.number,), _number, lambda e: e.title),
    "topics": Identity(lambda e: (e.path,), _path, _text),
    "channels": Identity(lambda e: (e.path,), _path, _text),
    "duties": Identity(lambda e: (e.unit, e.text), _unit, _text, worded=True),
    "quotas": Identity(lambda e: (e.unit, e.per, e.what), _unit, _what, worded=True),
    "reporting": Identity(lambda e: (e.unit, e.to), _unit, lambda e: e.to, worded=True),
    "deadlines": Identity(lambda e: (e.unit, e.what), _unit, _what, worded=True),
    "citations": Identity(lambda e: (e.number,), _number, lambda e: f"{e.type} {e.number}"),
    "recipients": Identity(lambda e: (e,), lambda _: "", str, worded=True),
    # Passages before the first section all have one path, so their text tells them apart too.
    "passages": Identity(lambda e: (e.path, e.text), _path, _text, worded=True),
}
"""Every list of a plan whose entries are merged one by one, by its field's name."""


def labelled(by: Identity, entries: Sequence[Any]) -> dict[Label, Any]:
    """Entries by their label, in their order."""
    seen = Counter[tuple[str, ...]]()
    found: dict[Label, Any] = {}
    for entry in entries:
        key = by.key(entry)
        found[key, seen[key]] = entry
        seen[key] += 1
    return found


def aligned(by: Identity, base: Sequence[Any], side: Sequence[Any]) -> dict[Label, Any]:
    """The entries of `side` in their order, under the labels that `base` gives the same things."""
    old, new = labelled(by, base), labelled(by, side)
    if not by.worded:
        return new
    renamed = _reworded(by, old, new)
    return {renamed.get(label, label): entry for label, entry in new.items()}


def _reworded(by: Identity, old: dict[Label, Any], new: dict[Label, Any]) -> dict[Label, Label]:
    """Labels of `new` that are reworded ones of `old`."""
    renamed: dict[Label, Label] = {}
    matcher = SequenceMatcher(None, list(old), list(new), autojunk=False)
    for kind, i, i_end, j, j_end in matcher.get_opcodes():
        if kind != "replace":
            continue
        lost = [label for label in list(old)[i:i_end] if label not in new]
        for label in list(new)[j:j_end]:
            if label in old:
                continue
            likeness = {it: _likeness(by, old[it], new[label]) for it in lost}
            twin = max(lost, key=likeness.__getitem__, default=None)
            if twin is not None and likeness[twin] >= 1:
                lost.remove(twin)
                renamed[label] = twin
    return renamed


def _likeness(by: Identity, one: Any, other: Any) -> float:
    """How alike two entries are, 1 where they may just be versions of one."""
    mine, hers = by.key(one), by.key(other)
    same_unit = len(mine) > 1 and mine[0] == hers[0]
    words, other_words = (Counter(by.text(it).casefold().split()) for it in (one, other))
    common = 2 * (words & other_words).total()
    share = common / max(1, words.total() + other_words.total())
    return share / (_ALIKE_OF_ONE_UNIT if same_unit else _ALIKE)
