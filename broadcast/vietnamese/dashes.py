"""Reading a dash: "đến" in a range, nothing inside a name, a minus, or else a pause."""

from __future__ import annotations

from broadcast.vietnamese.line import BREAK, STRENGTH, Line, Reading
from broadcast.vietnamese.numbers import roman

_COMPOUNDS = frozenset(
    [
        ("tế", "xã"), ("trị", "xã"), ("hóa", "xã"), ("hoá", "xã"), ("phòng", "an"), ("chính", "kế"),
        ("pháp", "hộ"), ("động", "thương"), ("hội", "nghề"), ("chính", "ngân"), ("thanh", "truyền"),
        ("số", "kế"), ("hóa", "thông"), ("nghiệp", "xây"), ("dục", "thể"), ("lâm", "ngư"),
        ("nông", "lâm"), ("trị", "trật"), ("địa", "nông"), ("thông", "xây"), ("nghiệp", "lâm"),
        ("đông", "xuân"), ("hè", "thu"), ("xuân", "hè"), ("thu", "đông"), ("xuân", "thu"),
        ("tế", "kỹ"), ("tế", "hạ"), ("nghề", "nghiệp"), ("hội", "môi"), ("tế", "dân"),
    ]
)  # fmt: skip
"""Words that a dash joins into one name ("kinh tế - xã hội"), where nobody pauses."""
_SCORES = ("tỷ số", "tỉ số", "thắng", "thua", "thắng đậm", "en pê ca", "công thức")
"""After these a dash between numbers does not mean "to"."""
NUMERIC = frozenset(
    [
        "số", "số và đơn vị", "ngày", "ngày tháng", "tháng", "giờ", "giờ đúng", "phút", "thứ",
        "phân số", "số La Mã", "số và năm", "khoảng ngày",
    ]
)  # fmt: skip
"""Rules after which a dash before a number means "to"."""

_ROWS = frozenset("km điều khoản chương mục lớp tuần trang cọc mốc cấp tiết".split())
_LONGEST_END = 8
"""Tokens of a number at the end of a range."""


def dash(line: Line, at: int) -> Reading:
    """A dash: "đến" between numbers, nothing inside a word or a name, else a pause."""
    after = line.after_space(at + 1)
    spaced = line.kind(at - 1) == " " or after > at + 1
    if _is_range(line, at, after):
        return Reading(1, f"đến {_repeated(line, after)}".strip(), "khoảng")
    if (
        line.is_at(at, "-0")
        and line.kind(at - 1) in {"", " "}
        and (line.said or _is_cold(line, at))
    ):
        return Reading(1, "âm", "số âm")
    joined = (line.before(), line.word_after(at + 1)) in _COMPOUNDS
    inside = line.kind(at - 1) == "a" and line.kind(at + 1) == "a"
    pause = BREAK if (spaced or not inside) and not joined else ""
    return Reading(1, "", "dấu câu", pause)


def _repeated(line: Line, after: int) -> str:
    """The word that is said again before the second number: "tháng 3-5", "thứ 2-6"."""
    if line.rule not in {"tháng", "số", "số La Mã", "thứ"} or line.token(after) in {"T", "thứ"}:
        return ""
    clause = line.clause(3).split()
    word = next((word for word in clause if word in {"tháng", "thứ", "quý"}), "")
    return word if clause[:-1] and word in clause[:-1] else ""


def _is_cold(line: Line, at: int) -> bool:
    """Whether a dash at the head of a line is no bullet but a temperature's sign."""
    return (
        "°" in line.shape[at + 2 : at + 6] and " " not in line.shape[at : line.shape.find("°", at)]
    )


def _is_range(line: Line, at: int, after: int) -> bool:
    """Whether the dash stands between two ends of a range; `after` is the token behind it."""
    if line.token(after).lower() == "thứ" or line.token(after) == "T":
        return line.rule in {"số", "thứ"} and line.before(2) == "thứ"
    if _is_repeated(line, at, after):
        return True
    if line.kind(after) == "a":
        if line.token(after) == "hết" and line.shape.startswith(("a 0", "a a 0"), after):
            return _ends_in_number(line, at)
        return line.rule == "số La Mã" and roman(line.token(after)) is not None
    if line.kind(after) != "0" or not line.said or line.said[-1] in STRENGTH:
        return False
    return not _is_formula(line, at, after) and _ends_in_number(line, at)


def _is_repeated(line: Line, at: int, after: int) -> bool:
    """Whether both ends have the same word before their number: "Km 95+200 - Km 96".

    Of places in rows only: "Thôn 1 - Thôn 3" may be two teams.
    """
    if line.kind(at - 1) != " " or not line.is_at(after, "a 0"):
        return False
    if line.token(after).lower() not in _ROWS:
        return False
    start = at - 2
    while start > at - _LONGEST_END and line.kind(start) in {"0", "+", "."}:
        start -= 1
    if line.kind(start) != " " or line.token(start - 1).lower() != line.token(after).lower():
        return False
    return start + 1 < at - 1 and -1 < line.value(start + 1) < line.value(after + 2)


def _is_formula(line: Line, at: int, after: int) -> bool:
    """Whether the numbers are a fertilizer's ("16-16-8") or a score ("thắng 3-0")."""
    chain = line.is_at(after, "0-0") or (line.kind(at - 2) == "-" and line.kind(at - 3) == "0")
    even = line.kind(at - 1) == "0" and line.token(at - 1) == line.token(after)
    clause = line.clause(4)
    scored = any(f" {word} " in clause for word in _SCORES)
    return chain or even or scored


def _ends_in_number(line: Line, at: int) -> bool:
    """Whether what stands before the dash is a number, or a word right behind one."""
    back = at - 2 if line.kind(at - 1) == " " else at - 1
    if line.kind(back) == "0" and line.kind(back - 1) == "a":
        return line.rule in NUMERIC - {"số"}
    if line.kind(back) == "a":
        further = back - 2 if line.kind(back - 1) == " " else back - 1
        return line.kind(further) == "0" or line.rule in NUMERIC - {"số"}  # "8 giờ - 10 giờ"
    return line.kind(back) in {"0", "%", '"'} and line.rule in NUMERIC
