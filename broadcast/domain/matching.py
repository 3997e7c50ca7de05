"""Which ready piece tells listeners about a topic."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

from broadcast.domain.piece import Piece
from broadcast.domain.synonyms import FILLERS, SYNONYMS

Fold = Callable[[str], str]
"""Brings a text to one spelling for comparison: lower case, no accents."""

_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = re.compile(r"\.(?:\s+|$)")
_CLAUSE = re.compile(r"([^;:…]*)([;:…]?)")
_PLACES = frozenset(["tại", "trên", "với"])
_PLACE_REACH = 3
"""A subject so few words after "tại" or "trên" is where something happens, not what; after "với"
it is what something has to agree with."""

_LEAST_SCORE = 6
_DENSE = (20, 5, 0)
"""One word in so many has to be of the piece's subjects: in the topic's leading clause, in the
leading clause of a later sentence; other clauses decide only together."""
_TOLD = 10
"""One word in so many makes any clause one that is about the piece."""
_FEWEST_WORDS = 3
_LABEL = 6
"""A leading clause of at most so many words before a colon ("Chuyển đổi số:") is a label; what
follows it leads as well."""


@dataclass(frozen=True, slots=True)
class Match:
    """A piece that fits a topic: by which of its `subjects`, and how well (`score`).

    `words` are the topic's own words that named them, in the topic's order.
    """

    piece: Piece
    subjects: tuple[str, ...]
    score: int
    words: tuple[str, ...] = ()


class _Word(NamedTuple):
    """A word to compare, and where in the text it stands.

    `plain` is folded, `marks` are the accents that folding took away, `place` whether one of
    _PLACES stands before it. A synonym's words all stand where the whole of it was written.
    """

    plain: str
    marks: str
    begin: int
    end: int
    place: bool = False

    def is_said(self, there: _Word) -> bool:
        """Whether a text says this word `there`; what it writes without accents may have any."""
        return self.plain == there.plain and there.marks in {"", self.marks}


class _Clause(NamedTuple):
    """A clause of the topic; `order` 0 leads the topic, 1 leads a later sentence, 2 the rest."""

    words: tuple[_Word, ...]
    order: int


class _Named(NamedTuple):
    """Where a clause names a subject: word by word, and whether only as a place."""

    start: int
    end: int
    place: bool


def best_piece(
    text: str,
    pieces: Iterable[Piece],
    fold: Fold,
    used: Mapping[str, int] | None = None,
) -> Match | None:
    """The piece that a topic is about, or None.

    Words are compared folded and by their synonyms; what the topic writes with accents must have
    the right ones ("chúng thực hiện" is no "chứng thực").

    A topic may name a subject in passing (a plan's title, a database, a list of eight things), so
    a piece counts only where its subjects are what the text is about: they make up a twentieth of
    the words of the leading clause, a fifth of the leading clause of a later sentence, or a tenth
    of at least half of all clauses, not counting where it is only the place. Then every word of a
    named subject scores (so that "dịch vụ công trực tuyến" outweighs "hồ sơ"): 4 in the leading
    clause, 2 elsewhere, 1 where it is only the place ("tại Bộ phận Một cửa"). A name of one word,
    an index, counts as two throughout. Six points are the least. Of equals, the one used least,
    then the first by id.

    Args:
        text: the topic's text.
        fold: brings text and subjects to one spelling for comparison.
        used: how often each piece was used before, by id.
    """
    counts = used or {}
    text = unicodedata.normalize("NFC", text)
    clauses = tuple(_clauses(text, fold))
    matches = [m for piece in pieces if (m := _match(piece, text, clauses, fold))]
    return min(
        matches, key=lambda m: (-m.score, counts.get(m.piece.id, 0), m.piece.id), default=None
    )


def _clauses(text: str, fold: Fold) -> Iterator[_Clause]:
    """Clauses of at least three words; a text without one is one clause."""
    words = _read(text, fold)
    found = False
    for begin, end in _spans(_SENTENCE_END, text):
        order = 1 if found else 0
        for clause in _CLAUSE.finditer(text, begin, end):
            made = tuple(word for word in words if clause.start(1) <= word.begin < clause.end(1))
            if len(made) < _FEWEST_WORDS:
                continue
            yield _Clause(made, order)
            found = True
            order = order if clause[2] == ":" and len(made) <= _LABEL else 2
    if not found:
        yield _Clause(words, 0)


def _spans(ends: re.Pattern[str], text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    for match in ends.finditer(text):
        yield begin, match.start()
        begin = match.end()
    yield begin, len(text)


def _match(piece: Piece, text: str, clauses: tuple[_Clause, ...], fold: Fold) -> Match | None:
    named: dict[str, int] = {}
    spans: set[tuple[int, int]] = set()
    about, told = False, 0
    for clause in clauses:
        covered: dict[int, int] = {}
        for subject in piece.subjects:
            words = _subject(subject, fold)
            for at in _places_of(words, clause):
                if not at.place:
                    covered |= dict.fromkeys(range(at.start, at.end), 1 + (len(words) == 1))
                spans.add((clause.words[at.start].begin, clause.words[at.end - 1].end))
                named[subject] = max(named.get(subject, 0), _points(words, clause, at))
        if named_words := sum(covered.values()):
            about = about or named_words * _DENSE[clause.order] >= len(clause.words)
            told += named_words * _TOLD >= len(clause.words)
    score = sum(named.values())
    if score < _LEAST_SCORE or not (about or told * 2 >= len(clauses)):
        return None
    found = tuple(subject for subject in piece.subjects if subject in named)
    return Match(piece, found, score, tuple(_written(text, spans)))


def _written(text: str, spans: set[tuple[int, int]]) -> Iterator[str]:
    """What stands at these places, each phrase once, the longest where they overlap."""
    told: set[str] = set()
    reached = 0
    for begin, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        words = " ".join(text[begin:end].split())
        if end > reached and words.casefold() not in told:
            yield words
            told.add(words.casefold())
        reached = max(reached, end)


def _places_of(subject: tuple[_Word, ...], clause: _Clause) -> Iterator[_Named]:
    """Every place where the clause names the subject, word by word."""
    size = len(subject)
    for start in range(len(clause.words) - size + 1 if size else 0):
        there = clause.words[start : start + size]
        if all(map(_Word.is_said, subject, there)):
            yield _Named(start, start + size, there[0].place)


def _points(subject: tuple[_Word, ...], clause: _Clause, at: _Named) -> int:
    each = 1 if at.place else 2 if clause.order else 4
    return each * max(2, len(subject))


@lru_cache(maxsize=4096)
def _subject(text: str, fold: Fold) -> tuple[_Word, ...]:
    return _read(unicodedata.normalize("NFC", text), fold)


def _read(text: str, fold: Fold) -> tuple[_Word, ...]:
    """The words to compare: without fillers, synonyms as the one phrase that stands for them."""
    return tuple(_replaced(_written_words(text, fold), fold))


def _written_words(text: str, fold: Fold) -> list[_Word]:
    """The words that are written, fillers left out, numbers without leading zeros."""
    written = [(m[0].lower(), m.start(), m.end()) for m in _WORD.finditer(text)]
    words, since = [], _PLACE_REACH + 1
    skip = 0
    for at, (word, begin, end) in enumerate(written):
        since = since + 1
        pair = " ".join(one for one, *_ in written[at : at + 2])
        skip = 2 if pair in FILLERS else 1 if not skip and word in FILLERS else skip
        if skip:
            skip -= 1
        else:
            plain = str(int(word)) if word.isdecimal() and word.isascii() else fold(word)
            words.append(_Word(plain, _marks(word), begin, end, since <= _PLACE_REACH))
        if word in _PLACES:
            since = 0
    return words


def _marks(word: str) -> str:
    """The accents of a word, in an order that does not tell "hoà" from "hòa"."""
    apart = unicodedata.normalize("NFD", word)
    return "".join(sorted(c for c in apart if unicodedata.combining(c) or c == "đ"))


def _replaced(words: list[_Word], fold: Fold) -> Iterator[_Word]:
    table = _synonyms(fold)
    at = 0
    while at < len(words):
        for said, meant in table.get(words[at].plain, ()):
            there = words[at : at + len(said)]
            if len(there) == len(said) and all(map(_Word.is_said, said, there)):
                begin, end, place = there[0].begin, there[-1].end, there[0].place
                yield from (_Word(w.plain, w.marks, begin, end, place) for w in meant)
                at += len(said)
                break
        else:
            yield words[at]
            at += 1


@cache
def _synonyms(fold: Fold) -> Mapping[str, list[tuple[list[_Word], list[_Word]]]]:
    """Phrases and what stands for each, by their first word, the longest first."""
    table: dict[str, list[tuple[list[_Word], list[_Word]]]] = {}
    for line in SYNONYMS.splitlines():
        meant, _, phrases = line.partition(": ")
        for phrase in (meant, *phrases.split(", ")):
            said = _written_words(phrase, fold)
            table.setdefault(said[0].plain, []).append((said, _written_words(meant, fold)))
    for entries in table.values():
        entries.sort(key=lambda entry: -len(entry[0]))
    return table
