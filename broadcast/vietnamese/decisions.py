"""What an officer said to suggestions, and which place in a text each was about.

A place is known by the words around it, not by its line: lines move, documents come again.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from broadcast.vietnamese.paragraphs import AROUND, Place, contexts
from broadcast.vietnamese.suggestion import Suggestion

SHORTEST_ID = 4
"""Characters of the id that a suggestion is called by."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Words that this station never wants to be asked about by that rule."""

    rule: str
    written: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """One place that is right as it is: the words written there, and those around them."""

    rule: str
    written: str
    before: str = ""
    after: str = ""


Decision = Ignored | Rejected


@dataclass(frozen=True)
class Decisions:
    """What was decided in a station: scripts/proofread.yaml."""

    ignored: tuple[Ignored, ...] = ()
    rejected: tuple[Rejected, ...] = ()

    def has(self, decision: Decision) -> bool:
        """Whether that was decided; the case of letters does not matter."""
        return _key(decision) in self._known

    def covers(self, spot: Rejected) -> bool:
        """Whether nothing is to be asked about that place any more.

        The words on one side tell a place too, as those on the other may have been corrected.
        """
        if self.has(spot) or self.has(Ignored(spot.rule, spot.written)):
            return True
        return any(side in self._sides for side in _sides(spot))

    def adding(self, decisions: Iterable[Decision]) -> Decisions:
        """These and more; what is known is not said twice."""
        new = [one for one in dict.fromkeys(decisions) if not self.has(one)]
        return Decisions(
            (*self.ignored, *(one for one in new if isinstance(one, Ignored))),
            (*self.rejected, *(one for one in new if isinstance(one, Rejected))),
        )

    def without(self, decisions: Iterable[Decision]) -> Decisions:
        """These but for some that are taken back."""
        gone = {_key(one) for one in decisions}
        return Decisions(
            tuple(one for one in self.ignored if _key(one) not in gone),
            tuple(one for one in self.rejected if _key(one) not in gone),
        )

    @cached_property
    def _known(self) -> frozenset[tuple[str, ...]]:
        return frozenset({*map(_key, self.ignored), *map(_key, self.rejected)})

    @cached_property
    def _sides(self) -> frozenset[tuple[str, ...]]:
        return frozenset(side for one in self.rejected for side in _sides(one))


def _sides(spot: Rejected) -> Iterator[tuple[str, ...]]:
    """The place by the words on one side of it, where there are enough of them."""
    rule, written, before, after = _key(spot)
    if before.count(" ") == AROUND - 1:
        yield rule, written, "before", before
    if after.count(" ") == AROUND - 1:
        yield rule, written, "after", after


def _key(decision: Decision) -> tuple[str, ...]:
    parts = [decision.rule, decision.written]
    if isinstance(decision, Rejected):
        parts += [decision.before, decision.after]
    return tuple(" ".join(part.casefold().split()) for part in parts)


@dataclass(frozen=True, slots=True)
class Choice:
    """What to do with suggestions, by their ids: carry out, leave this place, never ask again."""

    accept: Sequence[str] = ()
    reject: Sequence[str] = ()
    ignore: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.accept or self.reject or self.ignore)


class Open(NamedTuple):
    """A suggestion that waits for a decision.

    `id` is short and stays the same while the place does; `spot` is the place by its words.
    """

    id: str
    suggestion: Suggestion
    spot: Rejected


def undecided(
    lines: Sequence[str], suggestions: Sequence[Suggestion], decisions: Decisions
) -> tuple[Open, ...]:
    """The suggestions nobody decided about yet, each with its id; lines are those proofread."""
    spots = _spots(lines, suggestions)
    return tuple(
        Open(name, one, spot)
        for name, one, spot in zip(_ids(spots), suggestions, spots, strict=True)
        if not decisions.covers(spot)
    )


def carried(
    old: tuple[Sequence[str], Sequence[Suggestion]],
    new: tuple[Sequence[str], Sequence[Suggestion]],
    decisions: Decisions,
) -> tuple[Rejected, ...]:
    """Places that were decided in the old lines, where words around them are others in the new.

    The lines are the same ones, in which some words were corrected, each with its suggestions.
    """
    now = _by_line(*new)
    decided = (key for key, spot in _by_line(*old).items() if decisions.covers(spot))
    return tuple(now[key] for key in decided if key in now and not decisions.covers(now[key]))


def _by_line(
    lines: Sequence[str], suggestions: Sequence[Suggestion]
) -> dict[tuple[int, str, str, int], Rejected]:
    """Places by line, rule, words, and which of those in the line it is."""
    seen = Counter[tuple[int, str, str]]()
    found = {}
    for one, spot in zip(suggestions, _spots(lines, suggestions), strict=True):
        key = (one.line, one.rule, spot.written)
        found[*key, seen[key]] = spot
        seen[key] += 1
    return found


def _spots(lines: Sequence[str], suggestions: Sequence[Suggestion]) -> list[Rejected]:
    places = [Place(one.line, one.start, one.end) for one in suggestions]
    return [
        Rejected(one.rule, " ".join(one.written.split()) or one.written, *context)
        for one, context in zip(suggestions, contexts(lines, places), strict=True)
    ]


def _ids(spots: Sequence[Rejected]) -> list[str]:
    """As short as they can be and still differ; equal places are told apart by their order."""
    seen = Counter[tuple[str, ...]]()
    digests = []
    for spot in spots:
        key = _key(spot)
        told = "\0".join([*key, str(seen[key])])
        seen[key] += 1
        digests.append(hashlib.sha256(told.encode("utf-8", "replace")).hexdigest())
    length = SHORTEST_ID
    while len({digest[:length] for digest in digests}) < len(set(digests)):
        length += 1
    return [digest[:length] for digest in digests]
