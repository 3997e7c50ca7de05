"""Which ready piece tells listeners about a topic."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from broadcast.domain.piece import Piece


@dataclass(frozen=True, slots=True)
class Match:
    """A piece that fits a topic: by which of its `subjects`, and how well (`score`)."""

    piece: Piece
    subjects: tuple[str, ...]
    score: int


def best_piece(
    text: str,
    pieces: Iterable[Piece],
    fold: Callable[[str], str],
    used: Mapping[str, int] | None = None,
) -> Match | None:
    """The piece whose subjects the topic's text names, or None.

    A subject counts by its words, so that "dịch vụ công trực tuyến" outweighs "hồ sơ", and twice
    in the topic's first clause, which says what it is about. Of equals, the one used least, then
    the first by id.

    Args:
        text: the topic's text.
        fold: brings text and subjects to one spelling for comparison.
        used: how often each piece was used before, by id.
    """
    counts = used or {}
    whole, first = f" {_words(fold(text))} ", f" {_words(fold(text.partition(';')[0][:160]))} "
    matches = [m for piece in pieces if (m := _match(piece, whole, first, fold))]
    return min(
        matches, key=lambda m: (-m.score, counts.get(m.piece.id, 0), m.piece.id), default=None
    )


def _match(piece: Piece, whole: str, first: str, fold: Callable[[str], str]) -> Match | None:
    named, score = [], 0
    for subject in piece.subjects:
        words = _words(fold(subject))
        if words and f" {words} " in whole:
            named.append(subject)
            score += len(words.split()) * (2 if f" {words} " in first else 1)
    return Match(piece, tuple(named), score) if named else None


def _words(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())
