"""Words in the wrong place: what stands there against what a slip may have made it of.

A noisy channel: each reading of a few words is as likely as the language and the document make
it, less the price of the slip. A reading must be far likelier than what is written, and must have
been seen beside one of its neighbours, before it is a suggestion.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from broadcast.vietnamese.confusions import Confusions
from broadcast.vietnamese.running import NAME, Token
from broadcast.vietnamese.wordbook import FIRST, LAST, Language, Wordbook

_REACH = 2
"""Words on each side that count."""
_MARGIN = 2.5
"""Natural logarithm of how much likelier a reading must be, its price paid."""
_UNKNOWN_MARGIN = 1.0
"""The same where what is written is no syllable."""
_AT_HOME = 2.0
"""Asked for besides where what is written belongs with a neighbour."""
_NOT_A_WORD = -14.0
"""Chance of what is no syllable; a scanner writes it, a person does not."""
_LEFT_OUT, _LEFT_OUT_OF_USUAL = 5.0, 2.0
"""Price of a word left out, and of one left out of a phrase that the document often uses."""
_SKIPPED, _SKIPPED_LETTER = 3.0, 0.15
"""Price of letters left out from within one word to within the next."""
_LONGEST = 12
"""Letters in which the end of a first word is looked for."""
_PARTED, _RUN_TOGETHER = 2.0, 1.5
"""Price of a space too many within a word, and of one that is missing."""
_ONE_SIDED, _FAR_FETCHED, _USUAL, _MOSTLY = 2.0, 2.0, 2.2, 0.2
"""Asked for besides where one neighbour is all there is, and where the price of the slip is above
the usual ones and one of two neighbours says nothing; and the share of what follows a word that
makes up for it."""
_RARE, _FREQUENT = -9.0, -5.3
"""Natural logarithm of the chance of a rare word, and of one that any sentence may have."""
_FEW = 4
"""Uses of a phrase, over which it counts as seen."""
_NEAR, _FAR = 1.5, 7.0
"""Price of a near slip, and how much commoner a word must be that is taken for it unseen."""
_ENOUGH, _FREE, _PARTNER = 50, 0.0, 0.5
"""A word seen so often, of whose uses at most this share ends a phrase, needs the word that this
share of them has next."""
_BOUND = 1.5
"""Natural logarithm of how much more often words that belong together meet than by chance."""
_REPEATED = 3
"""Uses of a phrase in the document over which a slip within it is looked for."""

WORD, SYLLABLE, DROPPED, SKIPPED, PARTED, TOGETHER = (
    "word", "syllable", "dropped-word", "dropped-letters", "split-word", "joined-words",
)  # fmt: skip


class Reading(NamedTuple):
    """`words` for those from `first` to before `last` of a run; `gain` over what is written."""

    first: int
    last: int
    words: tuple[str, ...]
    gain: float
    rule: str


class Judge:
    """Finds better readings of the runs of one document."""

    def __init__(self, book: Wordbook, confusions: Confusions, runs: list[list[Token]]) -> None:
        self._book = book
        self._confusions = confusions
        framed = [(FIRST, *(token.word for token in run), LAST) for run in runs]
        self._words = Language(book, framed)
        self._skips = self._skipped(runs)
        self._known: dict[tuple[tuple[str, ...], int, bool], Reading | None] = {}

    def readings(self, run: Sequence[Token]) -> list[Reading]:
        """The readings of a run that are better than what is written; none overlap."""
        words = (FIRST, *(token.word for token in run), LAST)
        found = []
        for at, token in enumerate(run, 1):
            if not token.plain:
                continue
            first = max(0, at - _REACH)
            joined = at < len(run) and run[at].joined and run[at].plain
            reading = self._at(words[first : at + _REACH + 2], at - first, joined)
            if reading:
                shift = first - 1
                found.append(
                    reading._replace(first=reading.first + shift, last=reading.last + shift)
                )
        return _apart(found)

    def _at(self, window: tuple[str, ...], at: int, joined: bool) -> Reading | None:
        key = (window, at, joined)
        if key not in self._known:
            self._known[key] = max(
                (reading for reading in self._tried(window, at, joined) if reading.gain > 0),
                key=lambda reading: reading.gain,
                default=None,
            )
        return self._known[key]

    def _tried(self, window: tuple[str, ...], at: int, joined: bool) -> Iterator[Reading]:
        """Readings whose gain, over the margin asked for, is above zero where they are better."""
        word = window[at]
        known = self._book.knows(word)
        if known and self._is_meant(window, at):
            yield from self._left_out_of_usual(window, at)
            return
        yield from self._instead(window, at, _MARGIN if known else _UNKNOWN_MARGIN)
        if self._is_rare(word) and len(word) > 2:
            yield from self._skipping(window, at)
        if known:
            yield from self._left_out_of_usual(window, at)
            yield from self._left_out(window, at)
        else:
            yield from self._together(window, at)
        if joined:
            yield from self._parted(window, at)

    def _instead(self, window: tuple[str, ...], at: int, margin: float) -> Iterator[Reading]:
        """Readings with another word."""
        word = window[at]
        rule = WORD if self._book.knows(word) else SYLLABLE
        written = self._chance(window, at, at + 1)
        if self._is_seen(window, at, less=1):
            margin += _AT_HOME
        left, right = self._words.row(window[at - 1]).counts, window[at + 1]
        for other, price in self._others(word):
            unseen = left.get(other, 0) < _FEW and self._words.seen(other, right) < _FEW
            if unseen and price > _NEAR:
                continue
            new = (*window[:at], other, *window[at + 1 :])
            if self._is_seen(new, at) or self._is_far_commoner(other, word, price):
                gain = self._chance(new, at, at + 1) - written - price - margin
                if rule == WORD:
                    gain -= self._doubt(new, at, price)
                yield Reading(at, at + 1, (other,), gain, rule)

    def _doubt(self, new: Sequence[str], at: int, price: float) -> float:
        """What is asked for besides where little speaks for a reading instead of a word.

        At a run's beginning or end, after a bullet or before a full stop, one neighbour alone
        speaks; a slip that people seldom make needs both. The word that mostly comes after the
        one before needs no other.
        """
        before, word, after = new[at - 1 : at + 2]
        alone = FIRST in (before, after) or LAST in (before, after)
        row = self._words.row(before)
        if alone and before != FIRST and row.counts.get(word, 0) > _MOSTLY * row.total:
            return 0.0
        both = self._binds(before, word) and self._binds(word, after)
        return _ONE_SIDED * alone + _FAR_FETCHED * (price > _USUAL and not both)

    def _skipping(self, window: tuple[str, ...], at: int) -> Iterator[Reading]:
        """Readings as two words of which letters over the space were skipped."""
        word = window[at]
        for pair in self._skips.get(word, ()):
            gain = self._replaced(window, at, at + 1, pair) - _MARGIN
            gain -= _SKIPPED + _SKIPPED_LETTER * (len(pair[0]) + len(pair[1]) - len(word))
            yield Reading(at, at + 1, pair, gain, SKIPPED)

    def _others(self, word: str) -> Iterator[tuple[str, float]]:
        typed = self._confusions.typed(word) if not self._book.knows(word) else None
        if typed:
            yield typed, 0.5
        yield from self._confusions.of(word)

    def _is_meant(self, window: Sequence[str], at: int) -> bool:
        """Whether language or document say the word with both neighbours."""
        sides = ((window[at - 1], window[at]), (window[at], window[at + 1]))
        return all(NAME in side or self._words.seen(*side, less=1) > _FEW for side in sides)

    def _is_rare(self, word: str) -> bool:
        return self._book.chance(word) < _RARE

    def _is_seen(self, window: Sequence[str], at: int, less: int = 0) -> bool:
        """Whether the word at `at` was seen beside a neighbour, more than by chance."""
        before, word, after = window[at - 1 : at + 2]
        return self._binds(before, word, less) or self._binds(word, after, less)

    def _is_far_commoner(self, other: str, word: str, price: float) -> bool:
        """Whether a rare word, or none, is one near slip from a very common one."""
        return price <= _NEAR and self._book.chance(other) - self._book.chance(word) > _FAR

    def _binds(self, one: str, two: str, less: int = 0) -> bool:
        if {one, two} & {FIRST, LAST} or self._words.seen(one, two, less) < _FEW:
            return False
        return self._words.chance([one], two, less) - self._book.chance(two) > _BOUND

    def _left_out_of_usual(self, window: tuple[str, ...], at: int) -> Iterator[Reading]:
        """Readings with one more word, as the document says it elsewhere."""
        before, word, after = window[at - 1 : at + 2]
        if LAST in {word, after} or self._words.uses(f"{before} {word} {after}") > 1:
            return
        for missing in self._words.usual_after(f"{before} {word}", _REPEATED):
            if self._book.chance(missing) > _FREQUENT:
                continue
            if self._words.uses(f"{word} {missing} {after}") >= _REPEATED:
                gain = self._replaced(window, at + 1, at + 1, (missing,)) - _LEFT_OUT_OF_USUAL
                yield Reading(at + 1, at + 1, (missing,), gain, DROPPED)

    def _left_out(self, window: tuple[str, ...], at: int) -> Iterator[Reading]:
        """Readings with one more word after the one at `at`, as the language has it."""
        before, word, after = window[at - 1 : at + 2]
        if NAME in {before, after} or self._words.seen(f"{before} {word}", after, less=1):
            return
        for missing in self._words.row(word).counts:
            if self._is_missed(word, missing, after):
                gain = self._replaced(window, at + 1, at + 1, (missing,)) - _LEFT_OUT
                yield Reading(at + 1, at + 1, (missing,), gain, DROPPED)
        if not self._words.seen(word, after, less=1):
            partner, share = self._partner(before, word, after)
            if partner:
                yield Reading(at + 1, at + 1, (partner,), share, DROPPED)

    def _partner(self, before: str, word: str, after: str) -> tuple[str, float]:
        """The word without which one never ends, and its share of what was seen there."""
        row = self._book.after(f"{before} {word}")
        if row.total < _ENOUGH or before == FIRST:
            if self._words.seen(before, word, less=1) > _FEW:
                return "", 0.0
            row = self._book.after(word)
        free = row.counts.get(LAST, 0)
        if row.total < _ENOUGH or free > _FREE * row.total:
            return "", 0.0
        partner = max(
            row.counts, key=lambda one: (self._words.seen(one, after) > 0, row.counts[one])
        )
        share = row.counts[partner] / row.total
        return (partner, share) if share > _PARTNER else ("", 0.0)

    def _is_missed(self, word: str, missing: str, after: str) -> bool:
        """Whether a word may be missing there at all: no particle, and at home on both sides."""
        # In order of what is quickest to say no.
        if missing == LAST or self._words.seen(missing, after) < _FEW:
            return False
        if self._words.seen(f"{word} {missing}", after) < _FEW:
            return False
        if self._book.chance(missing) > _FREQUENT or not self._binds(word, missing):
            return False
        return after == LAST or self._binds(missing, after)

    def _parted(self, window: tuple[str, ...], at: int) -> Iterator[Reading]:
        """One word where a space stands within it."""
        one, two = window[at], window[at + 1]
        whole = one + two
        if self._book.knows(whole) and (self._is_rare(one) or self._is_rare(two)):
            new = (*window[:at], whole, *window[at + 2 :])
            if self._is_seen(new, at):
                gain = self._replaced(window, at, at + 2, (whole,)) - _PARTED
                if self._book.knows(one) and self._book.knows(two):
                    gain -= _MARGIN
                yield Reading(at, at + 2, (whole,), gain, PARTED)

    def _together(self, window: tuple[str, ...], at: int) -> Iterator[Reading]:
        """Two words where the space between them is missing."""
        word = window[at]
        for cut in range(1, min(len(word), _LONGEST)):
            one, two = word[:cut], word[cut:]
            if self._binds(one, two):
                gain = self._replaced(window, at, at + 1, (one, two)) - _RUN_TOGETHER
                yield Reading(at, at + 1, (one, two), gain, TOGETHER)

    def _skipped(self, runs: list[list[Token]]) -> dict[str, list[tuple[str, str]]]:
        """What is left of the document's phrases where letters over a space are skipped."""
        pairs = {
            (one.word, two.word)
            for run in runs
            for one, two in pairwise(run)
            if self._words.uses(f"{one.word} {two.word}") >= _REPEATED
        }
        skips: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one, two in sorted(pairs):
            made = {
                one[:head] + two[tail:]
                for head in range(1, len(one) + 1)
                for tail in range(len(two))
            }
            for rest in made - {one, two}:
                skips[rest].append((one, two))
        return skips

    def _replaced(
        self, window: tuple[str, ...], first: int, last: int, words: tuple[str, ...]
    ) -> float:
        """How much likelier the window is with `words` for those from `first` to `last`."""
        new = (*window[:first], *words, *window[last:])
        written = self._chance(window, first, last)
        return self._chance(new, first, first + len(words)) - written

    def _chance(self, window: Sequence[str], first: int, last: int) -> float:
        """Chance of the words from `first` on, to the reach after `last`.

        The place itself does not count for its neighbours, whatever reading is tried.
        """
        whole = 0.0
        for at in range(first, min(len(window), last + _REACH)):
            word = window[at]
            if word == NAME:
                continue
            if not self._book.knows(word):
                whole += _NOT_A_WORD
            else:
                whole += self._words.chance(window[max(0, at - 2) : at], word, less=1)
        return whole


def _apart(readings: list[Reading]) -> list[Reading]:
    """The best of readings that touch each other: a wrong word makes its neighbours doubtful."""
    kept: list[Reading] = []
    for reading in sorted(readings, key=lambda reading: -reading.gain):
        if all(reading.first > one.last or reading.last < one.first for one in kept):
            kept.append(reading)
    return sorted(kept)
