"""Reading a slash: a rate, a share of a whole, the end of an hour, or only a pause."""

from __future__ import annotations

from broadcast.vietnamese.codes import FORM
from broadcast.vietnamese.dashes import NUMERIC
from broadcast.vietnamese.dates import AFTER_TIME, year
from broadcast.vietnamese.documents import blank_number
from broadcast.vietnamese.figures import unit
from broadcast.vietnamese.line import Line, Reading
from broadcast.vietnamese.numbers import DIGITS

_RULE = "trên mỗi đơn vị"
COUNTS = frozenset([*DIGITS, "mười", "mươi", "trăm", "nghìn", "ngàn", "triệu", "tỷ"])
_SPANS = frozenset("tháng quý năm tuần ngày giờ phút giây kỳ đợt lần người hộ buổi vụ".split())
"""After a slash these are what something is counted by ("lần/tháng")."""
_TIMES = frozenset("tháng quý năm tuần ngày giờ phút giây buổi vụ".split())
_SHARES = frozenset(
    "sào mẫu công bình suất hồ sơ trẻ cháu nhân chuyến cây gốc đầu ca mũi điểm chai gói hộp bao "
    "học ô phòng lớp".split()
)
"""After a slash and behind an amount these are what it is given for ("25 ml thuốc/bình")."""
_PRICED = frozenset(["đồng", "tấn", "tạ", "yến"])
"""Behind an amount of these any word is what it is paid or given for ("đồng/suất")."""
_CALENDAR = frozenset(["ngày", "tháng", "năm"])


def slash(line: Line, at: int) -> Reading:
    """A slash: "lần/tháng", "tin/bài/quý", "đồng/kg", a share of a whole, or a pause."""
    if reading := blank_number(line, at) or _rate(line, at):
        return reading
    if line.rule == FORM or (line.kind(at - 1) == "0" and " mẫu " in line.clause()):
        return Reading(1, "", "dấu câu")
    after = line.after_space(at + 1)
    if line.before() == "tháng" and year(line, after) and _is_measured(line):
        return Reading(1, "năm", _RULE)  # "9 tháng/2026"
    alone = line.kind(at - 2) != "/" and not line.is_at(at, "/0/")
    if line.kind(after) == "0" and line.rule in NUMERIC and line.said and alone:
        return Reading(1, "trên", "gạch chéo")
    joined = line.before() in {"và", "hoặc"} or line.word_after(at + 1) in {"và", "hoặc"}
    return Reading(1, "", "dấu câu", "" if joined else ",")


def _rate(line: Line, at: int) -> Reading | None:
    """What something is counted, paid or given for."""
    after, word = line.after_space(at + 1), line.word_after(at + 1)
    if counted := _counted(line, at, after, word):
        return Reading(1, counted, _RULE)
    if line.rule == "giờ" and line.kind(after) == "0":
        return Reading(1, "ngày", AFTER_TIME)  # "7h/22-11"
    width, name = unit(line, at + 1)
    if width and line.said and not line.token(after).isupper():
        return Reading(1 + width, f"một {name}", _RULE)
    if word in _SHARES and _is_measured(line):
        return Reading(1, "một", _RULE)
    if line.rule == "số và đơn vị" or line.before() in _PRICED:
        return Reading(1, _per(line, after), _RULE)
    return None


def _per(line: Line, after: int) -> str:
    """How a slash is said behind an amount: "đồng/01 lần", "20 g/10 lít", "50 mm/3h"."""
    if line.kind(after) == "a":
        return "một"
    if line.kind(after) != "0" or line.value(after) == 1:
        return ""
    timed = line.word_after(after + 1) in _TIMES or line.token(after + 1) == "h"
    return "trong" if timed else "trên"


def _counted(line: Line, at: int, after: int, word: str) -> str:
    """How a slash is said before what something is counted by: "một", "mỗi" for a second one."""
    timed = word in _TIMES and line.token(after).islower()
    many = line.kind(at - 1) == "a" and line.kind(at - 2) == "/"
    if (timed or (word in _SPANS and _is_measured(line))) and not _is_calendar(line, at, word):
        return "mỗi" if many else "một"
    again = many and line.said[-2:-1] == ["một"] and line.kind(after) == "a"
    return "mỗi" if again and _is_measured(line) else ""  # "95.000đ/tháng/HS"


def _is_measured(line: Line) -> bool:
    """Whether an amount was said, at most ten words ago."""
    return any(word in COUNTS for word in line.said[-10:])


def _is_calendar(line: Line, at: int, word: str) -> bool:
    """Whether the slash stands in "ngày/tháng/năm", a list of fields and not a rate."""
    counted = line.kind(at - 2) == "0" or line.kind(at - 3) == "0"
    return word in _CALENDAR and line.before() in _CALENDAR and not counted
