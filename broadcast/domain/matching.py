"""Which ready piece tells listeners about a topic."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from broadcast.domain.piece import Piece

_SENTENCE_END = re.compile(r"\.(?:\s+|$)")
_CLAUSE_END = re.compile(r"[;:…]")
_PLACES = frozenset(["tại", "trên"])
_PLACE_REACH = 3
"""A subject so few words after "tại" or "trên" is where something happens, not what."""

_LEAST_SCORE = 6
_DENSE = (20, 5, 0)
"""One word in so many has to be of the piece's subjects: in the topic's leading clause, in the
leading clause of a later sentence; other clauses decide only together."""
_TOLD = 10
"""One word in so many makes any clause one that is about the piece."""
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Match:
    """A piece that fits a topic: by which of its `subjects`, and how well (`score`)."""

    piece: Piece
    subjects: tuple[str, ...]
    score: int


class _Clause(NamedTuple):
    """A clause as folded words; `order` 0 leads the topic, 1 leads a later sentence, 2 the rest.

    `places` are the numbers of the words before which "tại" or "trên" stands; folding would make
    "tài" of them too.
    """

    words: tuple[str, ...]
    order: int
    places: frozenset[int]


class _Named(NamedTuple):
    """Where a clause names a subject: word by word, and whether only as a place."""

    start: int
    end: int
    place: bool


def best_piece(
    text: str,
    pieces: Iterable[Piece],
    fold: Callable[[str], str],
    used: Mapping[str, int] | None = None,
) -> Match | None:
    """The piece that a topic is about, or None.

    A topic may name a subject in passing (a plan's title, a database, a list of eight things), so
    a piece counts only where its subjects are what the text is about: they make up a twentieth of
    the words of the leading clause, a fifth of the leading clause of a later sentence, or a tenth
    of at least half of all clauses. Then every word of a named subject scores (so that "dịch vụ
    công trực tuyến" outweighs "hồ sơ"; a name of one word, an index, scores as two): 4 in the
    leading clause, 2 elsewhere, 1 where it is only the place ("tại Bộ phận Một cửa"). Six points
    are the least. Of equals, the one used least, then the first by id.

    Args:
        text: the topic's text.
        fold: brings text and subjects to one spelling for comparison.
        used: how often each piece was used before, by id.
    """
    counts = used or {}
    clauses = tuple(_clauses(text, fold))
    matches = [m for piece in pieces if (m := _match(piece, clauses, fold))]
    return min(
        matches, key=lambda m: (-m.score, counts.get(m.piece.id, 0), m.piece.id), default=None
    )


def _clauses(text: str, fold: Callable[[str], str]) -> Iterator[_Clause]:
    """Clauses of at least three words; a text without one is one clause."""
    found = False
    for sentence in _SENTENCE_END.split(text):
        leads = True
        for clause in _CLAUSE_END.split(sentence):
            made = _clause(clause, fold, (1 if found else 0) if leads else 2)
            if len(made.words) >= _FEWEST_WORDS:
                yield made
                found, leads = True, False
    if not found:
        yield _clause(text, fold, 0)


def _clause(text: str, fold: Callable[[str], str], order: int) -> _Clause:
    written = enumerate(_words(text.lower()))
    starts = (at + n for at, word in written if word in _PLACES for n in range(1, _PLACE_REACH + 1))
    return _Clause(_words(fold(text)), order, frozenset(starts))


def _match(piece: Piece, clauses: tuple[_Clause, ...], fold: Callable[[str], str]) -> Match | None:
    subjects = {subject: _words(fold(subject)) for subject in piece.subjects}
    named: dict[str, int] = {}
    about, told = False, 0
    for clause in clauses:
        covered: set[int] = set()
        for subject, words in subjects.items():
            for at in _places_of(words, clause):
                covered.update(range(at.start, at.end))
                named[subject] = max(named.get(subject, 0), _points(words, clause, at))
        if covered:
            about = about or len(covered) * _DENSE[clause.order] >= len(clause.words)
            told += len(covered) * _TOLD >= len(clause.words)
    score = sum(named.values())
    if score < _LEAST_SCORE or not (about or told * 2 >= len(clauses)):
        return None
    return Match(piece, tuple(subject for subject in piece.subjects if subject in named), score)


def _places_of(subject: tuple[str, ...], clause: _Clause) -> Iterator[_Named]:
    """Every place where the clause names the subject, word by word."""
    size = len(subject)
    for start in range(len(clause.words) - size + 1 if size else 0):
        if clause.words[start : start + size] == subject:
            yield _Named(start, start + size, start in clause.places)


def _points(subject: tuple[str, ...], clause: _Clause, at: _Named) -> int:
    each = 1 if at.place else 2 if clause.order else 4
    return each * max(2, len(subject))


def _words(text: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isalnum() else " " for c in text).split())
