"""The marks before items of Vietnamese official texts: I. 1. 1.1. a) đ, - + * •"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

MarkKind = Literal["part", "roman", "number", "letter", "small", "dash", "plus", "star"]

UPPER = "A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ"
"""Upper-case Vietnamese letters, for character classes."""
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
"""Letters that number items, in their order."""
_OFTEN_LEFT_OUT = frozenset("đfjwz")
"""Letters that lists may pass over: Vietnamese has no f, j, w, z, and Word's numbering no đ."""

_STOP = rf"(?:\s?[.)](?:\s+|(?=[{UPPER}“\"]))|\s?/\s+|-\s+)"
"""What ends a mark; a slash wants a space, for "23/CT-TTg" is a document."""
_ROMAN = re.compile(
    rf"(?:(?:phần|mục|chương)\s+(?:thứ\s+)?)?([IVX]{{1,6}})(?:{_STOP}|:\s+)", re.IGNORECASE
)
_PART = re.compile(rf"([A-HĐ]){_STOP}")
_PART_WORDS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám")
_NAMED_PART = re.compile(
    rf"phần\s+(?:thứ\s+({'|'.join(_PART_WORDS)})\b|([IVX]{{1,4}})\b)\s*(?:[.:)]|[-–—])?\s*",
    re.IGNORECASE,
)
"""The parts of a long plan, above its Roman numbers: "Phần thứ nhất", "PHẦN II"."""
_BARE_ROMAN = re.compile(r"(?:(?:chương|mục)\s+)?[IVX]{1,6}\s?[.:]?", re.IGNORECASE)
_NUMBER = re.compile(
    rf"\(?(\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:{_STOP}|(?<=\.\d)\s+|(?<=\.\d\d)\s+)"
)
_LETTER = re.compile(rf"\(?([{LETTERS}])(?:{_STOP}|,\s*(?=\S))")
_SMALL = re.compile(rf"\(?([ivx]{{2,5}}){_STOP}")
"""Small Roman numbers of two and more letters; "i" and "v" are letters until a list says else."""
_UNORDERED = re.compile(r"([-–—−]|\+|[*•●○▪■◦·§\uf0b7\uf0a7\uf0fc])(?:\s+|(?=[^\W\d_]|[“\"]))")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10}


@dataclass(frozen=True, slots=True)
class Mark:
    """An item's mark: its kind and label ("II", "2.4", "đ", "-"); `closed` marks "1)" and "(1)"."""

    kind: MarkKind
    label: str
    closed: bool = False

    @property
    def ordered(self) -> bool:
        """Whether the label counts."""
        return self.kind in {"part", "roman", "number", "letter", "small"}

    @property
    def value(self) -> int:
        """The label's place in its list, 1-based; 0 for bullets."""
        if self.kind in {"roman", "small"}:
            return _roman_value(self.label.upper())
        if self.kind == "number":
            return int(self.label.rsplit(".", 1)[-1])
        if self.kind == "letter":
            return LETTERS.index(self.label) + 1
        if self.kind == "part":
            letter = "ABCDĐEGH".find(self.label) + 1
            return letter or _roman_value(self.label)
        return 0

    @property
    def depth(self) -> int:
        """How many numbers a decimal mark has: 2 for "2.4"."""
        return self.label.count(".") + 1


def is_bare_mark(text: str) -> bool:
    """Whether a line is only the number of a section, whose title stands on the next line."""
    return bool(_NAMED_PART.fullmatch(text) or _BARE_ROMAN.fullmatch(text))


def split_mark(text: str) -> tuple[Mark | None, str]:
    """An item's mark and its text; (None, text) for a text without a mark."""
    if (named := _NAMED_PART.match(text)) and text[named.end() :].strip():
        word, roman = named.groups()
        value = _PART_WORDS.index(word.casefold()) + 1 if word else _roman_value(roman.upper())
        return Mark("part", to_roman(value)), text[named.end() :].strip()
    for kind, pattern in _ORDERED:
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            mark = _ordered_mark(kind, match)
            if mark:
                return mark, text[match.end() :].strip()
    if match := _UNORDERED.match(text):
        sign = match[1]
        bullet: MarkKind = "plus" if sign == "+" else "dash" if sign in "-–—−" else "star"
        return Mark(bullet, "*"), text[match.end() :].strip()
    return None, text


_ORDERED: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    ("roman", _ROMAN),
    ("part", _PART),
    ("number", _NUMBER),
    ("letter", _LETTER),
    ("small", _SMALL),
)


def _ordered_mark(kind: MarkKind, match: re.Match[str]) -> Mark | None:
    label = match[1].rstrip(".")
    if kind == "small":
        return Mark(kind, label) if small_value(label) else None
    if kind == "roman":
        label = label if match[0][0].isupper() else ""
        valid = label.isupper() and to_roman(_roman_value(label)) == label
        return Mark(kind, label) if valid else None
    closed = ")" in match[0]
    return Mark(kind, label, closed and kind == "number")


def _roman_value(label: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in label]
    following = [*values[1:], 0]
    return sum(-v if v < after else v for v, after in zip(values, following, strict=True))


def small_value(label: str) -> int:
    """The value of a small Roman number, 0 for letters that make none."""
    value = _roman_value(label.upper()) if set(label) <= set("ivx") else 0
    return value if to_roman(value).lower() == label else 0


def to_roman(value: int) -> str:
    """Roman numerals below 40: 4 is "IV"."""
    tens, ones = divmod(value, 10)
    return "X" * tens + ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")[ones]


def follows(mark: Mark, before: Mark) -> bool:
    """Whether `mark` is next after `before` in one list: "đ" or "e" after "d", 2.10 after 2.9."""
    if mark.kind == "letter":
        between = LETTERS[before.value : mark.value - 1]
        return mark.value > before.value and _OFTEN_LEFT_OUT.issuperset(between)
    return mark.value == before.value + 1
