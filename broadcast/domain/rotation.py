"""Which text a programme tells, so that no listener hears the same one twice within four weeks.

A text is a ready piece, named by its id, or a topic's own sentences, named "plan:path".
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from broadcast.domain.matching import Match, best_piece
from broadcast.domain.piece import Piece
from broadcast.domain.week import Finding
from broadcast.domain.wording import day_text

QUIET_DAYS = 28
"""Days between two hearings of one text: on the 28th it may be heard again."""

RIVAL = 2
"""A piece stands in for the best one only where it fits at least half as well."""


class Hearing(NamedTuple):
    """A text was or will be on air on `day` in `zones`."""

    day: date
    zones: frozenset[str]


@dataclass(frozen=True, slots=True)
class Audience:
    """Who will listen, and when; without a day nobody has heard anything too lately."""

    day: date | None = None
    zones: frozenset[str] = frozenset()


Heard = Mapping[str, Sequence[Hearing]]
"""When which zones hear a text, by the text's name; coming weeks count as past ones do."""


class Passed(NamedTuple):
    """A piece that fits, but that some of the listeners hear on `day`, too near."""

    match: Match
    day: date


@dataclass(frozen=True, slots=True)
class Choice:
    """The text chosen for a topic: a piece (`match`), or its own sentences where that is None.

    `passed` are pieces that fit better and were heard too lately. `repeats` is the nearest day on
    which listeners hear the topic's own sentences too, where nothing else was left. `fitting` are
    all pieces that fit, the best first.
    """

    text: str
    match: Match | None = None
    passed: tuple[Passed, ...] = ()
    repeats: date | None = None
    fitting: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Choosing:
    """What a choice is made from.

    Args:
        pieces: every ready piece.
        fold: brings texts to one spelling for comparison.
        heard: when the texts are on air.
        counts: how many scripts were made from a piece, by id; of equals the rarest is taken.
    """

    pieces: Sequence[Piece]
    fold: Callable[[str], str]
    heard: Heard
    counts: Mapping[str, int] = field(default_factory=dict)

    def choose(
        self, topic: str, own: str, audience: Audience, taken: Collection[str] = ()
    ) -> Choice:
        """The text for a topic that says `topic` and whose own sentences go by the name `own`.

        The best piece that fits and that none of the audience hears within four weeks; else the
        topic's own sentences. Where those are not new either they are told all the same, since
        they are edited before they go on air, and a piece is not.

        Args:
            taken: pieces that are spoken for: by this programme, or as another topic's best.
        """
        fitting = self.fitting(topic)
        rivals = [m for m in fitting if m.score * RIVAL >= fitting[0].score]
        free = [m for m in rivals if m.piece.id not in taken]
        passed: list[Passed] = []
        for match in free:
            day = too_near(self.heard, match.piece.id, audience)
            if day is None:
                return Choice(match.piece.id, match, tuple(passed), None, fitting)
            passed.append(Passed(match, day))
        return Choice(own, None, tuple(passed), too_near(self.heard, own, audience), fitting)

    def fitting(self, topic: str) -> tuple[Match, ...]:
        """Every piece that fits the topic, the best first; of equals the one used least."""
        return tuple(_by_fit(topic, self.pieces, self.fold, self.counts))


def too_near(heard: Heard, text: str, audience: Audience) -> date | None:
    """The nearest day within four weeks on which some of the audience hear `text`, if any."""
    day = audience.day
    if day is None:
        return None
    days = (at.day for at in heard.get(text, ()) if at.zones & audience.zones)
    near = [at for at in days if _apart(at, day) < QUIET_DAYS]
    return min(near, key=lambda at: (_apart(at, day), at), default=None)


def repeated(title: str, day: date, airing: str | None = None) -> Finding:
    """That listeners of a programme hear the same text on `day`, too near."""
    message = (
        f"«{title}»: bà con nghe cùng bài này ngày {day_text(day)}, chưa cách đủ {QUIET_DAYS} ngày"
    )
    mend = "đổi nội dung, hoặc thêm bài của xã vào scripts/pieces"
    return Finding("repeat", message, mend, airing)


def _apart(one: date, other: date) -> int:
    return abs((one - other).days)


def _by_fit(
    topic: str, pieces: Iterable[Piece], fold: Callable[[str], str], counts: Mapping[str, int]
) -> Iterable[Match]:
    left = list(pieces)
    while match := best_piece(topic, left, fold, counts):
        yield match
        left = [piece for piece in left if piece.id != match.piece.id]
