"""What a Vietnamese syllable can be, and the names of letters for spelling out.

A syllable is an onset, a nucleus of vowels and a coda. The lists are those of school grammar, with
the clusters and codas of place names from the languages of the highlands (Krông, Đắk).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LETTER_NAMES = {
    "a": "a", "ă": "á", "â": "ớ", "b": "bê", "c": "xê", "d": "đê", "đ": "đê", "e": "e", "ê": "ê",
    "f": "ép", "g": "giê", "h": "hát", "i": "i", "j": "gi", "k": "ca", "l": "lờ", "m": "mờ",
    "n": "nờ", "o": "o", "ô": "ô", "ơ": "ơ", "p": "pê", "q": "quy", "r": "rờ", "s": "sờ",
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


def split_plain(label: str) -> list[str] | None:
    """Syllables of a word written together without marks: "suoihoa" is "suoi", "hoa".

    The fewest syllables win; None where it cannot be cut into syllables or is too long to try.
    """
    if not 2 <= len(label) <= 40:
        return None
    best: list[list[str] | None] = [[]] + [None] * len(label)
    for end in range(1, len(label) + 1):
        for start in range(max(0, end - 7), end):
            before = best[start]
            known = best[end]
            shorter = before is not None and (known is None or len(before) + 1 < len(known))
            if before is not None and shorter and is_syllable(label[start:end]):
                best[end] = [*before, label[start:end]]
    return best[-1]
