"""Which syllables a written one may have been meant for, and how far a slip each would be.

A slip is priced on the letters apart from their marks: a lost or mistaken tone is near, a letter
too many is farther, another letter farthest; sounds that speakers mix up, shapes that scanners mix
up and keys of the Telex and VNI typing methods are nearer than chance would put them.
"""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from functools import lru_cache
from itertools import chain


def _both_ways(pairs: str) -> list[tuple[str, str]]:
    made = [tuple(pair.split()) for pair in pairs.split(",")]
    return [(one, two) for one, two in made] + [(two, one) for one, two in made]


_LIMIT, _LIMIT_OF_UNKNOWN = 5.0, 6.5
"""The dearest slip looked at, and the dearest for what is no syllable."""
_TONE, _MARK, _LETTER, _EXTRA, _SWAP = 1.5, 1.5, 3.5, 3.0, 3.0
_SPEECH = 1.8
_SHAPE = 2.2
_LONGEST = 12
"""Letters beyond which nothing is one syllable, whatever slipped."""
_DOUBLED = 1.0
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_NEAR_TONES = {frozenset("\u0309\u0303"): 1.0, frozenset("\u0300\u0309"): 1.2}
_HORN, _HORNS = "\u031b.", "\u031b\u031b"
_VARIANTS = frozenset(
    frozenset(pair.split("/"))
    for pair in "hàng/hằng chánh/chính sanh/sinh nhơn/nhân giầy/giày giòng/dòng đàng/đường".split()
)
"""Two accepted spellings, or ways of speech, of one word."""
_ALPHABET = "abcdeghiklmnopqrstuvxy"
_SOUNDS = _both_ways("s x, ch tr, l n, d gi, r gi, d r, v d")
_ENDS = _both_ways("n ng, t c, n nh, i y, u o, ch t, p t, p c")
_LIGATURES = _both_ways("rn m, cl d, ii u, nn m")
_SHAPES = frozenset(
    "".join(pair)
    for pair in _both_ways(
        "l i, c e, e o, c o, u n, u v, v y, h b, n m, f t, r n, q g, i j, o a, t l, d c, a o"
    )
)
_TELEX_TONES = dict(zip("sfrxj", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_TONES = dict(zip("12345", "\u0301\u0300\u0309\u0303\u0323", strict=True))
_VNI_MARKS = {"6": ("aeo", "\u0302"), "7": ("uo", "\u031b"), "8": ("a", "\u0306")}
_TELEX_MARKS = {"a": ("a", "\u0302"), "e": ("e", "\u0302"), "o": ("o", "\u0302")}
_HORN_OR_BREVE = {"a": "\u0306", "o": "\u031b", "u": "\u031b"}


@lru_cache(maxsize=16384)
def parts(word: str) -> tuple[str, str, str]:
    """Bare letters, marks (one sign a letter: "." for none, "-" for đ), tone: "được" is
    ("duoc", "-++.", dot below)."""
    letters: list[str] = []
    marks: list[str] = []
    tone = ""
    for sign in unicodedata.normalize("NFD", word.replace("đ", "d\u0335")):
        if sign in _TONES:
            tone = sign
        elif unicodedata.combining(sign):
            marks[-1:] = [sign]
        else:
            letters.append(sign)
            marks.append(".")
    return "".join(letters), "".join(marks), tone


class Confusions:
    """The known syllables by their bare letters."""

    def __init__(self, words: Iterable[str]) -> None:
        self._bare: dict[str, list[str]] = defaultdict(list)
        for word in words:
            self._bare[parts(word)[0]].append(word)
        self._found: dict[str, tuple[tuple[str, float], ...]] = {}

    def of(self, word: str) -> tuple[tuple[str, float], ...]:
        """Known syllables other than `word` with their price, nearest first."""
        if len(word) > _LONGEST:
            return ()
        if word not in self._found:
            self._found[word] = self._search(word)
        return self._found[word]

    def typed(self, word: str) -> str | None:
        """The syllable that keys of Telex or VNI, left as letters, were meant for."""
        if len(word) > _LONGEST:
            return None
        meant = _from_keys(word)
        return (
            meant
            if meant and meant != word and meant in self._bare.get(parts(meant)[0], ())
            else None
        )

    def _search(self, word: str) -> tuple[tuple[str, float], ...]:
        bare, marks, tone = parts(word)
        priced: dict[str, float] = {}
        limit = _LIMIT if word in self._bare.get(bare, ()) else _LIMIT_OF_UNKNOWN
        for other, price in _neighbours(bare, self._bare).items():
            for candidate in self._bare.get(other, ()):
                _, its_marks, its_tone = parts(candidate)
                cost = price + _tone_price(tone, its_tone) + _marks_price(marks, its_marks)
                if candidate != word and cost <= limit and not _is_variant(word, candidate):
                    priced[candidate] = min(cost, priced.get(candidate, cost))
        return tuple(sorted(priced.items(), key=lambda pair: (pair[1], pair[0])))


def _is_variant(word: str, other: str) -> bool:
    """Whether both are right: "lý" and "lí", "hằng" and "hàng" (năm)."""
    if frozenset((word, other)) in _VARIANTS:
        return True
    one, two = (unicodedata.normalize("NFD", each).replace("y", "i") for each in (word, other))
    return one == two


def _tone_price(tone: str, other: str) -> float:
    return 0.0 if tone == other else _NEAR_TONES.get(frozenset((tone, other)), _TONE)


def _marks_price(marks: str, other: str) -> float:
    """How many letters carry other marks; of words of unequal length, what is left over."""
    if len(marks) == len(other):
        # The two letters of "ươ" are marked by one key.
        one, two = marks.replace(_HORNS, _HORN), other.replace(_HORNS, _HORN)
        longest = max(len(one), len(two))
        pairs = zip(one.ljust(longest, "."), two.ljust(longest, "."), strict=True)
        wrong = sum(a != b for a, b in pairs) if len(one) == len(two) else 1
    else:
        one, two = marks.replace(".", ""), other.replace(".", "")
        wrong = 0 if one == two else max(1, abs(len(one) - len(two)))
    return _MARK * min(wrong, 2)


def _neighbours(bare: str, known: Container[str]) -> dict[str, float]:
    """Bare spellings among those `known` that are one slip away."""
    found = {bare: 0.0}
    for other, price in chain(_strokes(bare), _mixed_up(bare)):
        if other in known:
            found[other] = min(price, found.get(other, price))
    return found


def _strokes(bare: str) -> Iterator[tuple[str, float]]:
    """A letter too few, another one, too many, or two of them swapped."""
    for at in range(len(bare) + 1):
        left, right, rest = bare[:at], bare[at:], bare[at + 1 :]
        for letter in _ALPHABET:
            yield left + letter + right, _EXTRA
        if not right:
            continue
        for letter in _ALPHABET:
            yield left + letter + rest, _SHAPE if letter + right[0] in _SHAPES else _LETTER
        yield left + rest, _DOUBLED if left[-1:] == right[0] else _EXTRA
        if rest:
            yield left + rest[0] + right[0] + rest[1:], _SWAP


def _mixed_up(bare: str) -> Iterator[tuple[str, float]]:
    """Sounds that speakers and shapes that scanners take for each other."""
    for one, two in _SOUNDS:
        if bare.startswith(one):
            yield two + bare[len(one) :], _SPEECH
    for one, two in _ENDS:
        if bare.endswith(one):
            yield bare[: -len(one)] + two, _SPEECH
    for one, two in _LIGATURES:
        if one in bare:
            yield bare.replace(one, two, 1), _SHAPE


def _from_keys(word: str) -> str | None:
    """Apply the typing methods to what stands there; None where no key of theirs is in it."""
    if not any(key in "sfrxjwaeodz123456789" for key in word[1:]):
        return None
    made: list[str] = []
    tone, used = "", False
    for letter in unicodedata.normalize("NFD", word.replace("đ", "d\u0335")):
        if letter in _TONES:
            tone = letter
        elif made and (key := _key(letter, made)):
            used = True
            tone = key if key != "mark" else tone
        else:
            made.append(letter)
    if not used:
        return None
    return _with_tone("".join(made), tone)


def _key(letter: str, made: list[str]) -> str:
    """A tone, or "mark" when the letter changed one of those already made, or nothing."""
    if any(one in "aeiouy" for one in made):
        if letter in _TELEX_TONES or letter in _VNI_TONES:
            return _TELEX_TONES.get(letter) or _VNI_TONES[letter]
        if letter in _VNI_MARKS and _mark(made, *_VNI_MARKS[letter]):
            return "mark"
        if letter in _TELEX_MARKS and _mark(made, *_TELEX_MARKS[letter]):
            return "mark"
        if letter == "w" and _horn(made):
            return "mark"
    if letter in "d9" and made == ["d"]:
        made.append("\u0335")
        return "mark"
    return ""


def _mark(made: list[str], bases: str, mark: str) -> bool:
    for at in range(len(made) - 1, -1, -1):
        if made[at] in bases and made[at + 1 : at + 2] not in ([mark], ["\u031b"], ["\u0306"]):
            made.insert(at + 1, mark)
            return True
    return False


def _horn(made: list[str]) -> bool:
    found = False
    for at in range(len(made) - 1, -1, -1):
        if made[at] in _HORN_OR_BREVE and (not found or made[at] == "u"):
            made.insert(at + 1, _HORN_OR_BREVE[made[at]])
            if found or made[at] == "a":
                return True
            found = True
        elif found:
            break
    return found


def _with_tone(bare: str, tone: str) -> str:
    """Put the tone on the vowel that carries it in the common spelling."""
    text = unicodedata.normalize("NFC", bare).replace("d\u0335", "đ")
    start = 2 if text[:2] in {"qu", "gi"} and len(text) > 2 and text[2] in "aăâeêioôơuưy" else 0
    vowels = [at for at in range(start, len(text)) if text[at] in "aăâeêioôơuưy"]
    if not vowels or not tone:
        return text
    marked = [at for at in vowels if text[at] in "ăâêôơư"]
    closed = vowels[-1] < len(text) - 1
    at = marked[-1] if marked else vowels[-1] if closed and len(vowels) > 1 else vowels[0]
    if not marked and len(vowels) == 3:
        at = vowels[1]
    return unicodedata.normalize("NFC", text[: at + 1] + tone + text[at + 1 :])
