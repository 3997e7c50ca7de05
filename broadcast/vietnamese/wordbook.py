"""What follows what in Vietnamese: known syllables, and how likely a word is after others.

The data (data/words.bin, made by tests/spelling/make_words.py) is read when first asked for, its
rows when a word is first met. Probabilities are natural logarithms.
"""

from __future__ import annotations

import math
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

from broadcast.vietnamese.running import NAME

DATA = Path(__file__).parent / "data" / "words.bin"

_DISCOUNT = 0.75
"""Taken from each count seen and left to what was not (absolute discounting)."""
_NEW = 0.35
"""How often, at least, something follows that the wordbook has not seen there."""
_OF_DOCUMENT = 3
"""What one use of a phrase in the document itself counts for."""
_BINDING = 12
"""How much oftener than by chance words of a compound meet."""
_UNKNOWN = 800
FIRST, LAST = "^", "$"
"""Stand for the beginning and the end of a run of words."""
_CENTIBEL = math.log(10) / 100


_PROBABILITIES = [math.exp(-rank * _CENTIBEL) for rank in range(_UNKNOWN + 1)]


class Row:
    """What was seen after a word or a pair, and how often altogether."""

    __slots__ = ("counts", "total")

    def __init__(self, counts: dict[str, int]) -> None:
        self.counts = counts
        self.total = sum(counts.values())


_NOTHING = Row({})


class Wordbook:
    """The words and phrases of the language."""

    def __init__(self, data: bytes) -> None:
        words, pairs = zlib.decompress(data).decode().split("\n\n")
        self._rank: dict[str, int] = {}
        self._rows: dict[str, str | Row] = {}
        for line in words.split("\n"):
            word, rank, row = line.split("\t")
            self._rank[word] = int(rank)
            self._rows[word] = row
        for line in pairs.split("\n"):
            pair, row = line.split("\t")
            self._rows[pair] = row

    def knows(self, word: str) -> bool:
        """Whether the word is a syllable of the language."""
        return word in self._rank

    def words(self) -> Iterable[str]:
        """All known syllables."""
        return (word for word in self._rank if word not in {FIRST, LAST})

    def chance(self, word: str) -> float:
        """How likely the word is, nothing else being known."""
        return -self._rank.get(word, _UNKNOWN) * _CENTIBEL

    def probability(self, word: str) -> float:
        """The same, not as a logarithm."""
        return _PROBABILITIES[self._rank.get(word, _UNKNOWN)]

    def binds(self, one: str, two: str) -> bool:
        """Whether two words meet far more often than by chance, as in a compound."""
        row = self.after(one)
        count = row.counts.get(two, 0)
        return count > 0 and count > _BINDING * row.total * self.probability(two)

    def after(self, words: str) -> Row:
        """What was seen after a word, or after a pair joined by a space."""
        row = self._rows.get(words, _NOTHING)
        if isinstance(row, str):
            cells = row.split()
            counts = dict(zip(cells[::2], map(int, cells[1::2]), strict=True))
            row = self._rows[words] = Row(counts)
        return row


@lru_cache(maxsize=1)
def wordbook() -> Wordbook:
    """The one wordbook, read once a process."""
    return Wordbook(DATA.read_bytes())


class Language:
    """The wordbook together with the phrases of one document.

    Where `less` is 1, one use by the document is left out of account: that of the place in
    question, which must not speak for itself.
    """

    def __init__(self, book: Wordbook, document: Iterable[Sequence[str]]) -> None:
        self._book = book
        self._uses: Counter[str] = Counter()
        self._own: dict[str, dict[str, int]] = defaultdict(dict)
        self._rows: dict[str, Row] = {}
        for words in document:
            self._uses.update(f"{a} {b}" for a, b in pairwise(words) if NAME not in {a, b})
            triples = zip(words, words[1:], words[2:], strict=False)
            self._uses.update(" ".join(triple) for triple in triples if NAME not in triple)
        for phrase, count in self._uses.items():
            before, _, last = phrase.rpartition(" ")
            self._own[before][last] = count

    def uses(self, phrase: str) -> int:
        """How often the document has a phrase of two or three words."""
        return self._uses[phrase]

    def usual_after(self, before: str, least: int) -> list[str]:
        """What the document has after a phrase at least so often."""
        return [word for word, count in self._own.get(before, {}).items() if count >= least]

    def row(self, before: str) -> Row:
        """What follows a word or a pair, in the wordbook and in the document."""
        row = self._rows.get(before)
        if row is None:
            row = self._rows[before] = self._merged(before)
        return row

    def _merged(self, before: str) -> Row:
        row = self._book.after(before)
        own = self._own.get(before)
        if not own:
            return row
        counts = Counter(row.counts)
        counts.update({word: _OF_DOCUMENT * uses for word, uses in own.items()})
        return Row(counts)

    def seen(self, before: str, word: str, less: int = 0) -> int:
        """How often `word` was seen after `before`; a use by the document counts for several."""
        return self.row(before).counts.get(word, 0) - less * _OF_DOCUMENT

    def chance(self, before: Sequence[str], word: str, less: int = 0) -> float:
        """How likely `word` is after up to two words `before`; nothing is known of a name."""
        probability = self._book.probability(word)
        for size in range(1, len(before) + 1):
            if before[-size] == NAME:
                break
            row = self.row(before[-1] if size == 1 else f"{before[-2]} {before[-1]}")
            probability = _after(row, word, probability, less * _OF_DOCUMENT)
        return math.log(probability)


def _after(row: Row, word: str, backing: float, less: int) -> float:
    """Interpolate what was seen in a row with the chance of the word in shorter phrases."""
    total = row.total - less
    if total <= 0:
        return backing
    new = max(_NEW, min(1.0, _DISCOUNT * len(row.counts) / total))
    seen = max(0.0, row.counts.get(word, 0) - less - _DISCOUNT) / total
    return (1 - new) * seen + new * backing
