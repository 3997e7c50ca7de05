"""Reading marks: what stays a pause, what is said, and what is not heard at all."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from broadcast.vietnamese.dashes import dash
from broadcast.vietnamese.figures import amount, phone
from broadcast.vietnamese.line import BREAK, STRENGTH, Line, Reading
from broadcast.vietnamese.slashes import slash

_SAID = {
    "&": "và", "%": "phần trăm", "‰": "phần nghìn", "°": "độ", "=": "bằng", "±": "cộng trừ",
    "×": "nhân", "÷": "chia", "≥": "lớn hơn hoặc bằng", "≤": "nhỏ hơn hoặc bằng", "€": "ơ rô",
    "$": "đô la", "₫": "đồng", "£": "bảng Anh", "¥": "yên", "≠": "khác", "√": "căn", "∞": "vô cùng",
    "§": "mục", "№": "số", "Σ": "tổng", "∑": "tổng", "∆": "đen ta", "⌀": "phi", "µ": "mi crô",
    "℃": "độ xê",
    "℉": "độ ép",
    "㎡": "mét vuông", "㎥": "mét khối", "㎞": "ki lô mét", "™": "", "®": "", "©": "",
    "@": "a còng", "≈": "khoảng", "~": "khoảng",
}  # fmt: skip
_MONEY = "$€£¥₫"
_PAUSES = frozenset("()[]{}|\\→⇒•·▪◦‣►▶➢➤✓✔☑✅❖■□●○★☆")


def mark(line: Line, at: int) -> Reading:
    """What a token that is neither letters nor figures is said as."""
    kind = line.shape[at]
    rule = _RULES.get(kind)
    if rule and (reading := rule(line, at)):
        return reading
    if kind in _SAID:
        return Reading(1, _SAID[kind], "ký hiệu")
    if kind in _PAUSES:
        return Reading(1, "", "dấu câu", BREAK)
    if _is_ornament(kind):
        return Reading(1, "", "dấu câu")
    return Reading(1, line.tokens[at], "")  # a sign without a name: left, and reported


def _bracket(line: Line, at: int) -> Reading | None:
    return phone(line, at) if line.is_at(at, "(0)") else None


def _money(line: Line, at: int) -> Reading | None:
    """A currency's sign in front of its amount: "$100"."""
    if line.kind(at + 1) != "0":
        return None
    paid = amount(line, at + 1)
    return Reading(1 + paid.width, f"{paid.text} {_SAID[line.shape[at]]}", "số và đơn vị")


def _degree(line: Line, at: int) -> Reading | None:
    scale = {"C": "xê", "F": "ép"}.get(line.token(at + 1))
    return Reading(2, f"độ {scale}", "ký hiệu") if scale else None


def _is_ornament(sign: str) -> bool:
    """Whether a sign only adorns the page: quotation marks, emoji, what cannot be seen."""
    kind = unicodedata.category(sign)
    if kind == "So":
        return sign >= "\U0001f000" or "\u2190" <= sign <= "\u2bff"
    return kind[0] in "PMC" or kind == "Sk" or sign in "→⇒←↔↓↑⇨⇔"


def _stop(line: Line, at: int) -> Reading:
    kind = line.shape[at]
    if line.is_at(at, "./."):
        return Reading(3, "", "dấu câu", ".")
    # A run such as "?!!" is one pause; ".." is a slip for one full stop.
    return Reading(1, "", "dấu câu" if line.tokens[at] != kind else "", kind)


def _sign(line: Line, at: int) -> Reading:
    """Signs that are only said right before a number."""
    kind = line.shape[at]
    if kind in "<>" and line.kind(at + 1) == "=":
        return Reading(2, _SAID["≥" if kind == ">" else "≤"], "ký hiệu")
    if line.is_at(at, "+0") and (reading := phone(line, at)):
        return reading
    after = line.kind(line.after_space(at + 1))
    words_beside = after == "a" or (after == "0" and line.kind(at - 2) not in {"0", "%"})
    if kind == "+" and words_beside and _is_within(line, at):
        return Reading(1, "và", "ký hiệu")
    share = kind in "<>" and line.kind(line.after_space(at + 1) + 1) == "%"
    if after != "0" or not (line.said or share):
        return Reading(1, "", "dấu câu")
    said = {"+": "cộng", "<": "dưới", ">": "trên", "*": "sao", "#": "thăng", "^": "mũ"}[kind]
    return Reading(1, said, "ký hiệu")


def _is_within(line: Line, at: int) -> bool:
    """Whether a plus stands between two things, and does not begin an item of a list."""
    before = line.token(at - 1)
    if not line.said or "\n" in before or line.token(at) != "+":
        return False
    return before.isspace() and line.said[-1] not in STRENGTH and line.kind(at + 1) == " "


_RULES: dict[str, Callable[[Line, int], Reading | None]] = {
    "-": dash,
    "/": slash,
    "(": _bracket,
    "°": _degree,
    **dict.fromkeys(_MONEY, _money),
    **dict.fromkeys("+<>*#^", _sign),
    **dict.fromkeys(",:;….!?", _stop),
}
"""What may read a mark before its name in _SAID does."""
