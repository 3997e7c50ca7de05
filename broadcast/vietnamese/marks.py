"""Reading marks: what stays a pause, what is said, and what is not heard at all."""

from __future__ import annotations

from broadcast.vietnamese.figures import UNITS, phone
from broadcast.vietnamese.line import Line, Reading

STRENGTH = {"": 0, ",": 1, ":": 2, ";": 3, "…": 4, ".": 5, "!": 6, "?": 7}
"""Of several marks in a row the one with the highest number stays."""
_SAID = {
    "&": "và", "%": "phần trăm", "‰": "phần nghìn", "°": "độ", "=": "bằng", "±": "cộng trừ",
    "×": "nhân", "÷": "chia", "≥": "từ", "≤": "không quá", "€": "ơ rô", "$": "đô la", "₫": "đồng",
    "@": "a còng", "≈": "khoảng", "~": "khoảng",
}  # fmt: skip
_PAUSES = frozenset("()[]{}|\\→⇒•")
_COMPOUNDS = frozenset(
    [
        ("tế", "xã"), ("trị", "xã"), ("hóa", "xã"), ("hoá", "xã"), ("phòng", "an"), ("chính", "kế"),
        ("pháp", "hộ"), ("động", "thương"), ("hội", "nghề"), ("chính", "ngân"), ("thanh", "truyền"),
        ("số", "kế"), ("hóa", "thông"), ("nghiệp", "xây"), ("dục", "thể"), ("lâm", "ngư"),
        ("nông", "lâm"), ("trị", "trật"), ("địa", "nông"), ("thông", "xây"), ("nghiệp", "lâm"),
    ]
)  # fmt: skip
"""Words that a dash joins into one name ("kinh tế - xã hội"), where nobody pauses."""
_SPANS = frozenset("tháng quý năm tuần ngày giờ phút giây kỳ đợt lần người hộ buổi vụ".split())
"""After a slash these are what something is counted by ("lần/tháng")."""
_PRICED = frozenset(["đồng", "tấn", "tạ", "yến"])
"""Behind an amount of these any word is what it is paid or given for ("đồng/suất")."""
_CALENDAR = frozenset(["ngày", "tháng", "năm"])
_NUMERIC = frozenset(
    [
        "số", "số và đơn vị", "ngày", "ngày tháng", "tháng", "giờ", "giờ đúng", "phút", "thứ",
        "phân số", "số La Mã", "số và năm", "khoảng ngày",
    ]
)  # fmt: skip
"""Rules after which a dash before a number means "to"."""


def mark(line: Line, at: int, last_rule: str) -> Reading:
    """What a token that is neither letters nor figures is said as."""
    kind = line.shape[at]
    if kind == "-":
        return _dash(line, at, last_rule)
    if kind == "/":
        return _slash(line, at, last_rule)
    if kind in STRENGTH:
        return _stop(line, at, kind)
    if kind in "+<>*#^":
        return _sign(line, at, kind)
    if kind in _SAID:
        more = kind == "°" and line.token(at + 1) in {"C", "F"}
        letter = {"C": " xê", "F": " ép"}[line.token(at + 1)] if more else ""
        return Reading(2 if more else 1, _SAID[kind] + letter, "ký hiệu")
    return Reading(1, "", "dấu câu", "," if kind in _PAUSES else "")


def _stop(line: Line, at: int, kind: str) -> Reading:
    if line.is_at(at, "./."):
        return Reading(3, "", "dấu câu", ".")
    # A run such as "?!!" is one pause; ".." is a slip for one full stop.
    return Reading(1, "", "dấu câu" if line.tokens[at] != kind else "", kind)


def _sign(line: Line, at: int, kind: str) -> Reading:
    """Signs that are only said right before a number."""
    if line.is_at(at, "+0") and (reading := phone(line, at)):
        return reading
    if line.kind(line.after_space(at + 1)) != "0" or not line.said:
        return Reading(1, "", "dấu câu")
    said = {"+": "cộng", "<": "dưới", ">": "trên", "*": "sao", "#": "thăng", "^": "mũ"}[kind]
    return Reading(1, said, "ký hiệu")


def _dash(line: Line, at: int, last_rule: str) -> Reading:
    """A dash: "đến" between numbers, nothing inside a word or a name, else a pause."""
    after = line.after_space(at + 1)
    spaced = line.kind(at - 1) == " " or after > at + 1
    if _is_range(line, at, after, last_rule):
        return Reading(1, "đến", "khoảng")
    if (
        line.is_at(at, "-0")
        and line.kind(at - 1) in {"", " "}
        and (line.said or _is_cold(line, at))
    ):
        return Reading(1, "âm", "số âm")
    joined = (line.before(), line.word_after(at + 1)) in _COMPOUNDS
    inside = line.kind(at - 1) == "a" and line.kind(at + 1) == "a"
    pause = "," if (spaced or not inside) and not joined else ""
    return Reading(1, "", "dấu câu", pause)


def _is_cold(line: Line, at: int) -> bool:
    """Whether a dash at the head of a line is no bullet but a temperature's sign."""
    return (
        "°" in line.shape[at + 2 : at + 6] and " " not in line.shape[at : line.shape.find("°", at)]
    )


def _is_range(line: Line, at: int, after: int, last_rule: str) -> bool:
    if line.token(after).lower() == "thứ" or line.token(after) == "T":
        return last_rule in {"số", "thứ"} and (line.before(2) == "thứ")
    if line.kind(after) != "0" or not line.said or line.said[-1] in STRENGTH:
        return False
    back = at - 2 if line.kind(at - 1) == " " else at - 1
    if line.kind(back) == "0" and line.kind(back - 1) == "a":
        return last_rule in _NUMERIC - {"số"}
    if line.kind(back) == "a":
        # "8 giờ - 10 giờ": a word right behind a number.
        further = back - 2 if line.kind(back - 1) == " " else back - 1
        return line.kind(further) == "0" or last_rule in _NUMERIC - {"số"}
    return line.kind(back) in {"0", "%"} and last_rule in _NUMERIC


def _slash(line: Line, at: int, last_rule: str) -> Reading:
    """A slash: "lần/tháng", "tin/bài/quý", "đồng/kg", a year, or a pause."""
    after = line.after_space(at + 1)
    word = line.word_after(at + 1)
    if word in _SPANS and not _is_calendar(line, at, word):
        many = line.kind(at - 1) == "a" and line.kind(at - 2) == "/"
        return Reading(1, "mỗi" if many else "một", "trên mỗi đơn vị")
    unit = line.token(after)
    if unit in UNITS and line.kind(after + 1) != "a" and line.said:
        return Reading(after + 1 - at, f"một {UNITS[unit]}", "trên mỗi đơn vị")
    if last_rule == "số và đơn vị" or line.before() in _PRICED:
        return Reading(1, "một" if line.kind(after) == "a" else "", "trên mỗi đơn vị")
    alone = line.kind(at - 2) != "/" and not line.is_at(at, "/0/")
    if line.kind(after) == "0" and last_rule in _NUMERIC and line.said and alone:
        return Reading(1, "trên", "gạch chéo")
    if line.before() in {"và", "hoặc"} or word in {"và", "hoặc"}:
        return Reading(1, "", "dấu câu")
    return Reading(1, "", "dấu câu", ",")


def _is_calendar(line: Line, at: int, word: str) -> bool:
    """Whether the slash stands in "ngày/tháng/năm", a list of fields and not a rate."""
    counted = line.kind(at - 2) == "0" or line.kind(at - 3) == "0"
    return word in _CALENDAR and line.before() in _CALENDAR and not counted
