"""What is hard to follow by ear in a text that is going to be read aloud."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from broadcast.vietnamese.characters import count_syllables, sentences, shorten
from broadcast.vietnamese.citations import NUMBER_TEXT, find_mentions
from broadcast.vietnamese.lexicon import Lexicon
from broadcast.vietnamese.line import cut
from broadcast.vietnamese.spoken import Spoken
from broadcast.vietnamese.syllables import is_syllable, is_unspeakable

LONGEST_SENTENCE = 30
"""Syllables; beyond that listeners lose the thread (radio handbooks)."""
MOST_ABBREVIATIONS = 2
"""Abbreviations of one sentence that a script may hold; better none at all."""

_NUMBER = re.compile(NUMBER_TEXT)
_LONGEST_SHOWN = 30
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u0300-\u036f\u1e00-\u1eff]")


class LongSentence(NamedTuple):
    """A sentence that is too long: its syllables, itself, and where it may be parted.

    `parts` are the places where a new sentence may begin: the words from there on, and what that
    sentence might begin with, "" where its own words will do.
    """

    syllables: int
    text: str
    parts: tuple[tuple[str, str], ...]

    @property
    def mend(self) -> str:
        """Where to part it, in a sentence of Vietnamese."""
        if not self.parts:
            return f"tách thành các câu không quá {LONGEST_SENTENCE} âm tiết"
        places = [
            f"«{shorten(text, _LONGEST_SHOWN)}»" + (f" (viết: «{frame} ...»)" if frame else "")
            for text, frame in self.parts
        ]
        return f"tách thành câu mới trước {', trước '.join(places)}"


def long_sentences(spoken: str) -> tuple[LongSentence, ...]:
    """The sentences of a spoken text that nobody can follow, and where to part them."""
    found = []
    for sentence in sentences(spoken):
        syllables = count_syllables(sentence)
        if syllables > LONGEST_SENTENCE:
            found.append(LongSentence(syllables, sentence, _parts(sentence)))
    return tuple(found)


def _parts(sentence: str) -> tuple[tuple[str, str], ...]:
    from broadcast.vietnamese.breaks import NEXT, split  # noqa: PLC0415 - most lines are short

    places, end = [], 0
    for part in split(sentence, ""):
        if end:
            places.append((sentence[end:].lstrip(), "" if NEXT in part.frame else part.frame))
        end = sentence.index(part.text, end) + len(part.text)
    return tuple(places)


def unread_symbols(said: Spoken) -> tuple[str, ...]:
    """Signs that were left out and letters of other scripts that a Vietnamese voice cannot say.

    Those that reading itself reports as unknown are not told again.
    """
    told = "".join(one.text for one in said.unknown)
    dropped = (c.written for c in said.changes if not c.spoken.strip(" ,.;:"))
    signs = [sign for written in dropped for sign in written if _is_sign(sign)]
    foreign = [c for c in dict.fromkeys(said.text) if c.isalpha() and not is_latin(c)]
    return tuple(dict.fromkeys(sign for sign in (*signs, *foreign) if sign not in told))


def is_latin(word: str) -> bool:
    """Whether a word is of letters that Vietnamese is written with, or their like."""
    return word.isalpha() and all(map(_LATIN.match, word))


def _is_sign(sign: str) -> bool:
    return sign in "§¶†‡" or (sign not in "|`´^+<>~→⇒" and unicodedata.category(sign)[0] == "S")


def crowded_sentences(text: str, lexicon: Lexicon) -> tuple[tuple[str, ...], ...]:
    """The abbreviations of each written sentence that has three or more of them.

    Those in a document's number are no words of the sentence.
    """
    found = (abbreviations(one, lexicon) for one in sentences(text))
    return tuple(several for several in found if len(several) > MOST_ABBREVIATIONS)


def abbreviations(text: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The abbreviations of a text in order; each time it is written counts."""
    tokens = cut(_NUMBER.sub(" ", text))
    return tuple(token for token in tokens if _is_abbreviation(token, lexicon))


def _is_abbreviation(token: str, lexicon: Lexicon) -> bool:
    if len(token) < 2 or not token.isupper() or is_syllable(token):
        return False
    return is_unspeakable(token) or bool(lexicon.beginning(token))


def document_numbers(text: str) -> tuple[str, ...]:
    """The numbers of the documents that a text names, each once."""
    if not any(letter.isdigit() for letter in text):
        return ()
    mentions = find_mentions([(text, 1)])
    return tuple(dict.fromkeys(mention.citation.number for mention in mentions))
