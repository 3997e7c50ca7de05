"""What a Vietnamese syllable can be, and the names of letters for spelling out.

A syllable is an onset, a nucleus of vowels and a coda. The lists are those of school grammar, with
the clusters and codas of place names from the languages of the highlands (Krông, Đắk).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

LETTER_NAMES = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "đê", "đ": "đê", "e": "e", "ê": "ê",
    "f": "ép", "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "lờ", "m": "mờ",
    "n": "nờ", "o": "ô", "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "rờ", "s": "ét",
    "t": "tê", "u": "u", "ư": "ư", "v": "vê", "w": "vê kép", "x": "ích", "y": "i dài", "z": "dét",
}  # fmt: skip
"""How each letter is said when a word is spelt out."""

_ONSETS = (
    "ngh ng nh gh gi kh ph qu th tr ch kr br đr bl gr kl cr pr b c d đ g h k l m n p r s t v x"
).split()
_CODAS = frozenset(["", "c", "ch", "k", "m", "n", "ng", "nh", "p", "t", "i", "y", "o", "u", "r"])
_VOWELS = frozenset("aăâeêioôơuưy")
_NUCLEI = frozenset(
    (
        "a ă â e ê i o ô ơ u ư y ia iê ya yê ua uô ưa ươ uă uâ ue uê ui uy uya uyê oa oă oe oo "
        "ôô uơ iu êu eo ao au âu ay ây ai oi ôi ơi ưi ưu ươi ươu uôi iêu yêu oai oay oao oeo uây "
        "uyu uao ie ye uo uye oua uai uau uay ieu yeu uoi eu"
    ).split()
)
"""Written nuclei with their glides, without tones; the last ones as typed without any marks."""
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_LONGEST = 8
_LONGEST_KNOWN = 12


def is_latin(word: str) -> bool:
    """Whether all letters are Latin ones, as every engine here can read them."""
    return all(letter < "\u0250" or "\u1e00" <= letter <= "\u1eff" for letter in word)


def toneless(word: str) -> str:
    """The word in small letters without its tone ("Nghị" becomes "nghi", "ớ" becomes "ơ")."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFD", word.lower())
    return unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in _TONES))


@lru_cache(maxsize=4096)
def is_syllable(word: str) -> bool:
    """Whether the word could be one Vietnamese syllable, in any case, with or without tone."""
    if len(word) > _LONGEST:
        return False
    plain = toneless(word)
    if not plain.isalpha():
        return False
    starts = [onset for onset in _ONSETS if plain.startswith(onset)]
    # "gi" and "qu" end in a vowel that a bare "gì" or "quý" needs itself.
    return any(_is_rime(plain[len(onset) :]) for onset in [*starts, ""]) or plain == "gi"


def _is_rime(rime: str) -> bool:
    end = 0
    while end < len(rime) and rime[end] in _VOWELS:
        end += 1
    return rime[:end] in _NUCLEI and rime[end:] in _CODAS


@lru_cache(maxsize=4096)
def is_unspeakable(word: str) -> bool:
    """Whether a word in capitals looks like an abbreviation: no syllable, few vowels or short."""
    capitals = sum(letter.isupper() for letter in word)
    if len(word) < 2 or capitals < 2 or is_syllable(word):
        return False
    vowels = sum(letter in _VOWELS for letter in toneless(word))
    return len(word) <= 4 or vowels * 3 <= len(word)


def spell(word: str) -> str:
    """The word letter by letter: "VN" is "vê nờ"; what is no Latin letter is left out."""
    marks = (LETTER_NAMES.get(letter) for letter in toneless(word))
    return " ".join(mark for mark in marks if mark)


def split_plain(label: str, known: Mapping[str, str] | None = None) -> list[str] | None:
    """Syllables of a word written together without marks: "suoihoa" is "suoi", "hoa".

    The fewest parts win; None where it cannot be cut into syllables or is too long to try.

    Args:
        label: small letters without marks.
        known: words written together, and how each is said as one part ("congan": "công an").
    """
    if not 2 <= len(label) <= 40:
        return None
    words = known or {}
    best: list[list[str] | None] = [[]] + [None] * len(label)
    for end in range(1, len(label) + 1):
        for start in range(max(0, end - _LONGEST_KNOWN), end):
            before, so_far = best[start], best[end]
            part = label[start:end]
            if before is None or (so_far is not None and len(before) + 1 >= len(so_far)):
                continue
            if part in words or is_syllable(part):
                best[end] = [*before, words.get(part, part)]
    return best[-1]
