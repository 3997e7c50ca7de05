"""A written line cut into tokens, and what a reading rule sees of it.

`shape` has one character for each token: "a" letters, "0" figures, a space, "-" for any dash,
'"' for any quotation mark, "…" for dots, else the mark itself. So a rule recognises "23/4/2018" as
"0/0/0" at once, without a regular expression and in constant time.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|([^\w\s]|_)\1*")
_DASHES = "-‐‑‒–—―−"
_QUOTES = "\"'“”„‟‘’‚‛«»‹›`´″′"
_SHAPES = dict.fromkeys(_DASHES, "-") | dict.fromkeys(_QUOTES, '"')
_COMMON = (
    dict.fromkeys(
        "abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXYđĐăâêôơưàáảãạếềệểễấầậẩẫắằặẳẵíìịỉĩóòọỏõốồộổỗớờợởỡ"
        "úùụủũứừựửữýỳỵỷỹéèẹẻẽỦÁÂẤẦẬÀÔỔÊ",
        "a",
    )
    | dict.fromkeys("0123456789", "0")
    | {" ": " ", ",": ",", "\n": " "}
)
"""The shapes of what most tokens begin with."""
_LOOK_BACK = 160
"""Characters of one reading that hold more words than any rule looks back at."""
BREAK = "–"
"""The pause of a dash or a bracket, shown as a comma: a clause's, not a list's."""
STRENGTH = {"": 0, ",": 1, BREAK: 2, ":": 3, ";": 4, "…": 5, ".": 6, "!": 7, "?": 8}
"""Pauses by their mark; of several in a row the one with the highest number stays."""
_PAUSES = frozenset([",", ".", "?", "!", ";", ":", "…", BREAK])


class Reading(NamedTuple):
    """What a rule makes of the next `width` tokens: the words said and the rule's Vietnamese name.

    `pause`: a mark of STRENGTH, put after the words.
    """

    width: int
    text: str
    rule: str
    pause: str = ""


def cut(text: str) -> list[str]:
    """The tokens of a text; together they are the text."""
    return [match[0] for match in _TOKEN.finditer(text)]


def first_token(text: str) -> str:
    """The first token of a text, "" where there is none."""
    match = _TOKEN.match(text)
    return match[0] if match else ""


def _shape(token: str) -> str:
    kind = _COMMON.get(token[0])
    return kind or _rare_shape(token)


def _rare_shape(token: str) -> str:
    first = token[0]
    if first.isspace():
        return " "
    if first.isdecimal():
        return "0"
    if first.isalnum():
        return "a"
    if first in ".…" and token not in {".", ".."}:
        return "…"
    return _SHAPES.get(first, first)


class Line:
    """A line being read: its tokens, and `said`, the words (small letters) and pauses so far.

    `rule` is the rule by which the last words were said, "" for words that stayed as they were.
    """

    __slots__ = ("region", "rule", "said", "shape", "starts", "tokens")

    def __init__(self, text: str, region: str) -> None:
        self.tokens = cut(text)
        self.shape = "".join(map(_shape, self.tokens))
        self.starts = list(accumulate(map(len, self.tokens), initial=0))
        self.said: list[str] = []
        self.region = region
        self.rule = ""

    def say(self, text: str, pause: str = "", rule: str = "") -> None:
        """Remember what was said and why; of something long, the end that rules look back at."""
        if text:
            self.rule = rule
        self.said += text[-_LOOK_BACK:].lower().replace(",", " ,").split()
        if pause:
            self.said.append(pause)

    def say_plain(self, words: list[str]) -> None:
        """Remember words that were said as they stand."""
        self.rule = ""
        self.said += [word.lower() for word in words]

    def before(self, back: int = 1) -> str:
        """The word said `back` words ago in this clause, "" at its beginning."""
        if len(self.said) < back:
            return ""
        last = self.said[-back:]
        return "" if any(word in _PAUSES for word in last) else last[0]

    def clause(self, most: int = 8) -> str:
        """The last words said, at most `most`, since the last pause, one space before each."""
        words: list[str] = []
        for word in reversed(self.said[-most:]):
            if word in _PAUSES:
                break
            words.append(word)
        return "".join(f" {word}" for word in reversed(words))

    def is_at(self, at: int, shape: str) -> bool:
        """Whether the tokens from `at` on have this shape."""
        return self.shape.startswith(shape, at)

    def kind(self, at: int) -> str:
        """The shape of the token at `at`, "" outside the line."""
        return self.shape[at] if 0 <= at < len(self.shape) else ""

    def token(self, at: int) -> str:
        """The token at `at`, "" outside the line."""
        return self.tokens[at] if 0 <= at < len(self.tokens) else ""

    def after_space(self, at: int) -> int:
        """`at`, or one further if a space stands there."""
        return at + 1 if self.kind(at) == " " else at

    def value(self, at: int) -> int:
        """The number at `at`, -1 where there is none or it has more than 18 figures."""
        token = self.token(at)
        return int(token) if self.kind(at) == "0" and len(token) <= 18 else -1

    def heads(self, at: int) -> bool:
        """Whether the token at `at` is the first of a written line."""
        return at == 0 or "\n" in self.tokens[at - 1]

    def starts_token(self, at: int) -> bool:
        """Whether nothing is written right before `at` (a space, a bracket, a quotation mark)."""
        return at == 0 or self.shape[at - 1] in ' "([{,;:'

    def word_after(self, at: int) -> str:
        """The next word (small letters) at `at`, after a space or none; "" if no letters come."""
        at = self.after_space(at)
        return self.tokens[at].lower() if self.kind(at) == "a" else ""

    def following(self, at: int, most: int = 6) -> str:
        """The next tokens in small letters, single spaces."""
        tokens = self.tokens[at : at + most]
        return "".join(" " if token.isspace() else token.lower() for token in tokens).strip()
