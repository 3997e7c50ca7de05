"""A document as its running words: what stands where, over the line ends of hard-wrapped text.

A run is a stretch of words that no mark or paragraph end interrupts: within it, one word says
something about the next. Names and numbers in it stand as NAME, which says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

NAME = "?"
"""The look-up form of names, abbreviations and numbers."""

_PIECE = re.compile(
    r"(?P<code>(?:https?://|www\.)\S+|\S{1,64}@\S+|[^\W_]*\d[^\W_]*(?:[./:-]+[^\W_]+)*"
    r"|[^\W\d_]+(?:/[^\W_]+(?:-[^\W_]+)*)+|[^\W\d_]+(?:\.[^\W_]{2,})+(?:/\S*)?)"
    r"|(?P<word>[^\W\d_]+)|(?P<markup>[*_#\\`]+)|(?P<mark>\S)"
)
_OPENS_SENTENCE = frozenset(".:;!?…“\"'‘(–—-+•|/")
_AFTER_LABEL = (")", ".", ",", "/", ":")
"""Marks after the letter of a point: "đ)", "a,"."""
_TONES_ON_GLIDE = {
    after + tone_on_last: tone_on_first + plain
    for after, plain, tones_last, tones_first in (
        ("o", "a", "àáảãạ", "òóỏõọ"),
        ("o", "e", "èéẻẽẹ", "òóỏõọ"),
        ("u", "y", "ỳýỷỹỵ", "ùúủũụ"),
    )
    for tone_on_last, tone_on_first in zip(tones_last, tones_first, strict=True)
}
"""How a school writes "oà" and how most people do: "òa"."""


class Token(NamedTuple):
    """A word with its place: `start` to `end` of `line` (1-based, NFC).

    `word` is its common form for look-up: small letters, tone where most people write it. `plain`
    says whether it is running text, which capitals inside a sentence are not. `joined` says
    whether only one white space parts it from the word before it in its run.
    """

    line: int
    start: int
    end: int
    text: str
    word: str
    plain: bool
    joined: bool


@lru_cache(maxsize=16384)
def common(text: str) -> str:
    """The word in small letters, "hoà" and "uỷ" as "hòa" and "ủy"."""
    word = text.lower()
    if word[:1] == "q":
        return word
    return word[:-2] + _TONES_ON_GLIDE.get(word[-2:], word[-2:])


def runs(lines: Sequence[str]) -> list[list[Token]]:
    """The runs of a document whose lines are NFC."""
    made: list[list[Token]] = []
    run: list[Token] = []
    opening = True
    for number, line in enumerate(lines, 1):
        if run and not goes_on(line):
            _close(made, run)
            run, opening = [], True
        for piece in _PIECE.finditer(line):
            if piece.lastgroup == "markup":
                continue
            if piece.lastgroup == "word":
                run.append(_token(number, line, piece, run, opening))
                opening = False
                continue
            if piece.lastgroup == "code" and run:
                run.append(_code(number, piece))
                continue
            _close(made, run)
            run = []
            opening = piece.group() in _OPENS_SENTENCE or (opening and _is_label(piece))
    _close(made, run)
    return made


def _is_label(piece: re.Match[str]) -> bool:
    """Whether this is the number of a point: "2.1", after which a sentence begins."""
    return piece.lastgroup == "code" and len(piece.group()) <= 6


def goes_on(line: str) -> bool:
    """Whether a line may be the next one of the same sentence; an empty one may always."""
    bare = line.lstrip(" \t*_")
    return not bare or (bare[0].islower() and bare[1:2] not in _AFTER_LABEL)


def _token(number: int, line: str, piece: re.Match[str], run: list[Token], opening: bool) -> Token:
    text = piece.group()
    start, end = piece.span()
    plain = text.islower() or (opening and text[1:].islower() and len(text) > 1)
    if len(text) == 1 and opening and line[end : end + 1] in _AFTER_LABEL:
        plain = False
    joined = bool(run) and run[-1].line == number and line[run[-1].end : start].isspace()
    return Token(number, start, end, text, common(text), plain, joined)


def _code(number: int, piece: re.Match[str]) -> Token:
    return Token(number, *piece.span(), piece.group(), NAME, plain=False, joined=False)


def _close(made: list[list[Token]], run: list[Token]) -> None:
    """Keep a run if there is a word in it; capitals beside each other are a name."""
    capital = [token.text[0].isupper() and token.word != NAME for token in run]
    beside = [False] * len(run)
    for at, (one, other) in enumerate(pairwise(capital)):
        if one and other:
            beside[at] = beside[at + 1] = True
    kept = [
        token._replace(word=NAME, plain=False)
        if in_name or (len(token.text) > 1 and token.text.isupper())
        else token
        for token, in_name in zip(run, beside, strict=True)
    ]
    if any(token.word != NAME for token in kept):
        made.append(kept)
