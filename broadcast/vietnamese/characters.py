"""Characters, syllables and sentences of Vietnamese: what every other room needs of the language.

Everything here is linear in the length of the text and imports next to nothing.
"""

from __future__ import annotations

import re
import unicodedata

_NOT_NAME = re.compile(r"[^a-z0-9]+")
_WORD = re.compile(r"[^\W_]+")
_MARKS = re.compile("[\u0300-\u034e\u0350-\u036f]+")
"""Marks above and below letters; U+034F, between them, joins and marks nothing."""
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul"] + [f"{port}{n}" for port in ("com", "lpt") for n in range(10)]
)
_NAMELESS = "khong-ten"

_OPENING = "\"'“‘«([{"
_CLOSING = "\"'”’»)]}"
_STOPS = ".!?…"
_SHORTENED = "tp tx tt p q h x t đ đ/c ths ts pgs gs bs ks cn cv gv st tr vd mr mrs ms dr tel nxb"
_NEVER_LAST = frozenset(_SHORTENED.split()) | {"tm", "tl", "tuq"}
"""Shortened words whose full stop belongs to them when a name or a number follows."""
_BEFORE_NUMBER = frozenset(["số", "điều", "khoản", "điểm", "mục", "tr", "no", "stt"])


def nfc(text: str) -> str:
    """The text in Unicode form NFC, in which it is kept everywhere."""
    return unicodedata.normalize("NFC", text)


def fold(text: str) -> str:
    """The text for searching and matching: "Dịch  vụ Đất" becomes "dich vu dat".

    Lower case, no tone or vowel marks, đ as d, runs of white space as one space.
    """
    text = " ".join(text.split())
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    plain = _MARKS.sub("", apart)
    if plain.isascii():  # so nearly always, and much quicker than letter by letter
        return plain
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def ascii_name(text: str, most: int = 30) -> str:
    """A name for files and ids out of any text: "Lễ hội đầu năm" becomes "le-hoi-dau-nam".

    Lower-case ASCII words joined by "-", at most `most` characters, cut between words where that
    keeps at least half. Never empty and never a name that Windows reserves.
    """
    plain = fold(text)
    if not plain.isascii():
        # Other alphabets are rare, their table is large.
        from anyascii import anyascii  # noqa: PLC0415

        plain = anyascii(plain).lower()
    name = _cut(_NOT_NAME.sub("-", plain).strip("-"), most) or _NAMELESS[:most].strip("-")
    return _cut(f"ten-{name}", most) if is_reserved(name) else name


def is_reserved(name: str) -> bool:
    """Whether Windows keeps a file name for a device: "con", "lpt1", whatever suffix follows."""
    return name.partition(".")[0].lower() in _RESERVED


def shorten(text: str, most: int) -> str:
    """At most `most` characters for a list or a message, cut at a word where there is one."""
    if len(text) <= most:
        return text
    cut = text[: most - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut[most // 2 :] else cut).rstrip(" ,;:") + "…"


def _cut(name: str, most: int) -> str:
    if len(name) <= most:
        return name
    end = name.rfind("-", 0, most + 1)
    return name[: end if end * 2 >= most else most].strip("-")


def count_syllables(text: str) -> int:
    """How many syllables a spoken Vietnamese text has: its words, since each is one syllable."""
    return sum(1 for _ in _WORD.finditer(nfc(text)))


def sentences(text: str) -> tuple[str, ...]:
    """The sentences of a text, white space folded; nothing else of it is changed or lost.

    A full stop ends no sentence in "TP. Hải Phòng", "số. 5", "1. Mục tiêu" or "98.5", three dots
    end none before a small letter.
    """
    found: list[str] = []
    words = text.split()
    first = 0
    for at, word in enumerate(words):
        following = words[at + 1] if at + 1 < len(words) else ""
        if following and word[-1].isalnum():  # most words: no mark, no end
            continue
        if not following or _ends(word, following, alone=at == first):
            found.append(" ".join(words[first : at + 1]))
            first = at + 1
    return tuple(found)


def _ends(word: str, following: str, *, alone: bool) -> bool:
    """Whether `word` is the last of its sentence; `alone`: nothing of it stands before."""
    bare = word.rstrip(_CLOSING)
    core = bare.rstrip(_STOPS)
    marks = bare[len(core) :]
    if not marks or "?" in marks or "!" in marks:
        return bool(marks)
    core = core.lstrip(_OPENING).lower()
    after = following.lstrip(_OPENING)[:1]
    if marks != ".":
        return not after.islower()
    if core in _BEFORE_NUMBER and after.isdigit():
        return False
    if alone and (core.isdigit() or len(core) == 1):
        return False
    if core == "v.v":
        return not after.islower()
    return core not in _NEVER_LAST or not (after.isupper() or after.isdigit())
