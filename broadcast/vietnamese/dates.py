"""Reading dates, months, quarters and times of day."""

from __future__ import annotations

from broadcast.vietnamese.line import Line, Reading
from broadcast.vietnamese.numbers import cardinal, day_of_month, month

HOLIDAYS = frozenset(
    "1/1 3/2 14/2 27/2 8/3 26/3 30/4 1/5 7/5 15/5 19/5 1/6 5/6 28/6 27/7 19/8 2/9 10/10 13/10 "
    "20/10 9/11 20/11 1/12 22/12".split()
)
"""Days that everybody knows by their numbers; elsewhere "3/4" is a fraction."""
_DATED = frozenset(
    "ngày từ đến tới trước sau sáng trưa chiều tối đêm hôm nay qua mai dịp lễ vào hạn kể".split()
)
"""Words after which "5/7" is a day."""
_NO_DAY = frozenset(["ngày", "dịp", "lễ", "mùng", "mồng", "rằm"])
AFTER_TIME = "giờ và ngày"
"""The rule by which the slash of "7h/22-11" is said as "ngày"."""
_LAST_SHORT = 60
"""Two figures up to these are a year of this century."""
_HOURLY = frozenset("giờ thứ lúc hồi sáng chiều tối trưa ngày trước từ đúng".split())
"""Words near which "7g" is an hour and no weight."""
_PARTS_OF_DAY = frozenset("sáng trưa chiều tối đêm ngày hằng hàng".split())
_WEEKDAYS = {"hai", "ba", "tư", "năm", "sáu", "bảy"}
_COUNTED = frozenset("lần buổi giờ bữa lượt người viên phút tiếng công".split())
_PER_DAY = frozenset(["mỗi", "một", "hằng", "hàng", "số"])
_LISTING = frozenset([",", "và", ";", "hoặc"])
"""What stands between the days of a list."""
_LONGEST_LIST = 31


def year(line: Line, at: int) -> int:
    """The four-figure year at `at`, 0 where there is none."""
    value = line.value(at) if len(line.token(at)) == 4 else 0
    return value if 1800 <= value <= 2199 else 0


def _is_day(line: Line, at: int) -> bool:
    return 1 <= line.value(at) <= 31 and len(line.token(at)) <= 2


def _is_month(line: Line, at: int) -> bool:
    return 1 <= line.value(at) <= 12 and len(line.token(at)) <= 2


def _day(line: Line, at: int, *, alone: bool = False) -> str:
    """The words of the day at `at`, with "ngày" unless it was said or goes without saying."""
    before = line.before()
    value = line.value(at)
    if before in {"mùng", "mồng"}:
        return cardinal(value, line.region)
    said = day_of_month(value, line.region)
    return said if alone or before in _NO_DAY else f"ngày {said}"


def date(line: Line, at: int) -> Reading | None:
    """A full date ("23/4/2018", also with dots or dashes), a day and month, a month and year."""
    return _day_range(line, at) or _full(line, at) or _month_year(line, at) or _short(line, at)


def _full(line: Line, at: int) -> Reading | None:
    mark = line.kind(at + 1)
    if mark not in {"/", "-", "."} or not line.is_at(at, f"0{mark}0{mark}0"):
        return None
    if not (_is_day(line, at) and _is_month(line, at + 2)):
        return None
    years = year(line, at + 4)
    if not years and (mark != "/" or len(line.token(at + 4)) != 2):
        return None
    years = years or _full_year(line.value(at + 4))
    said = f"{_day(line, at)} tháng {month(line.value(at + 2))}"
    return Reading(5, f"{said} năm {cardinal(years, line.region)}", "ngày")


def _full_year(short: int) -> int:
    """The year of which only two figures are written ("6/5/26")."""
    return short + (1900 if short > _LAST_SHORT else 2000)


def _day_range(line: Line, at: int) -> Reading | None:
    """ "15 - 20/11" and "15-20/11/2026": two days of one month."""
    dash = line.after_space(at + 1)
    last = line.after_space(dash + 1)
    if not (_is_day(line, at) and line.kind(dash) == "-" and line.is_at(last, "0/0")):
        return None
    if not (_is_day(line, last) and _is_month(line, last + 2)):
        return None
    if line.value(at) >= line.value(last):
        return None
    first = _day(line, at, alone=True)
    said = f"{first} đến {day_of_month(line.value(last), line.region)}"
    said += f" tháng {month(line.value(last + 2))}"
    end = last + 3
    if line.kind(end) == "/" and year(line, end + 1):
        said += f" năm {cardinal(year(line, end + 1), line.region)}"
        end += 2
    return Reading(end - at, said, "khoảng ngày")


def _month_year(line: Line, at: int) -> Reading | None:
    mark = line.kind(at + 1)
    years = year(line, at + 2) if line.is_at(at, f"0{mark}0") and mark in {"/", "-"} else 0
    if not years or line.kind(at + 3) == "/":
        return None
    before = line.before()
    if mark == "-" and before != "tháng":
        return None
    said = cardinal(line.value(at), line.region) if len(line.token(at)) <= 4 else ""
    if before in {"số", "quý", "kỳ", "đợt", "định", "tư", "quyết", "thị", "luật", "hoạch"}:
        return Reading(3, f"{said} năm {cardinal(years, line.region)}", "số và năm")
    if not _is_month(line, at) or _is_scale(line, at):
        return None
    name = month(line.value(at))
    said = name if before == "tháng" else f"tháng {name}"
    return Reading(3, f"{said} năm {cardinal(years, line.region)}", "tháng")


def _is_scale(line: Line, at: int) -> bool:
    """Whether "1/2000" is a map's scale."""
    clause = line.clause()
    named = any(f" {word} " in f"{clause} " for word in ("tỷ lệ", "tỉ lệ", "bản đồ"))
    return named and line.value(at) == 1 and line.value(at + 2) % 100 == 0


def _short(line: Line, at: int) -> Reading | None:
    dotted = line.is_at(at, "0.0") and line.before() == "ngày" and line.kind(at + 3) != "."
    dashed = line.is_at(at, "0-0") and line.kind(at + 3) != "-"
    dotted |= dashed and (line.rule == AFTER_TIME or _is_holiday(line, at))
    if not (dotted or line.is_at(at, "0/0")) or line.kind(at + 3) == "/":
        return None
    if not (_is_day(line, at) and _is_month(line, at + 2)):
        return None
    if dotted and line.word_after(at + 3) in {"công", "triệu", "giờ"}:
        return None
    day, months = line.value(at), line.value(at + 2)
    before = line.before()
    weekday = (before in _WEEKDAYS and line.before(2) == "thứ") or before == "nhật"
    known = f"{day}/{months}" in HOLIDAYS
    listed = line.rule == "ngày" and line.said[-1:] and line.said[-1] in _LISTING
    goes_on = _goes_on(line, at)
    named = before in _DATED or weekday or listed or goes_on or dotted
    later = day > months and (day, months) != (24, 7)
    spans = _is_day_before(line, at + 3)
    if not (named or known or later or spans):
        return None
    said = _day(line, at, alone=known and not named)
    if goes_on:
        said = day_of_month(day, line.region)  # "ngày" was said at the head of the list
    return Reading(3, f"{said} tháng {month(months)}", "ngày tháng")


def _is_day_before(line: Line, at: int) -> bool:
    """Whether a dash and a later day stand at `at`: "01/9-30/11/2025"."""
    dash = line.after_space(at)
    last = line.after_space(dash + 1)
    if line.kind(dash) != "-" or not line.is_at(last, "0/0"):
        return False
    months = line.value(at - 1), line.value(last + 2)
    return _is_day(line, last) and _is_month(line, last + 2) and months[0] < months[1]


def _is_holiday(line: Line, at: int) -> bool:
    """Whether "8-3" is a day of the year and no range of numbers."""
    day = f"{line.value(at)}/{line.value(at + 2)}"
    later = line.value(at) > line.value(at + 2)
    return day in HOLIDAYS and (later or "ngày" in line.said[-8:])


def part_of_date(line: Line, at: int) -> Reading | None:
    """A single number after "ngày" or "tháng", or minutes after "giờ"."""
    before, value = line.before(), line.value(at)
    listed = line.is_at(at, "0,0,0") or line.is_at(at, "0,0/") or line.kind(at - 1) == ","
    if line.kind(at + 1) in {",", "."} and line.kind(at + 2) == "0" and not listed:
        return None
    if before == "tháng" and _is_month(line, at):
        return Reading(1, month(value), "tháng")
    if before == "ngày" and _is_day(line, at) and _names_day(line, at):
        return Reading(1, day_of_month(value, line.region), "ngày")
    if _is_listed_day(line, at):
        return Reading(1, day_of_month(value, line.region), "ngày")
    if before == "giờ" and len(line.token(at)) == 2 and value < 60:
        return _minutes(line, at)
    return None


def _is_listed_day(line: Line, at: int) -> bool:
    """Whether a number goes on a list of days: "các ngày 5,6,7/12"."""
    if not _is_day(line, at):
        return False
    tight = line.kind(at - 1) == "," and line.kind(at - 2) == "0" and line.rule == "ngày"
    return tight or (_goes_on(line, at) and _ends_in_a_date(line, at))


def _goes_on(line: Line, at: int) -> bool:
    """Whether a number at `at` is a further one of a list that began with "ngày"."""
    joint = at - 2 if line.kind(at - 1) == " " else at - 1
    last = joint - 2 if line.kind(joint - 1) == " " else joint - 1
    day = line.kind(last) == "0" and line.kind(last - 1) not in {"/", "-", "."}
    return day and line.token(joint) in _LISTING and "ngày" in line.said[-12:]


def _ends_in_a_date(line: Line, at: int) -> bool:
    """Whether further numbers follow, the last of them with its month: "3, 5 và 7/12"."""
    for _ in range(_LONGEST_LIST):
        joint = line.after_space(at + 1)
        if line.kind(joint) != "," and line.token(joint) not in _LISTING:
            return False
        at = line.after_space(joint + 1)
        if line.token(at) == "ngày":
            at = line.after_space(at + 1)
        if line.is_at(at, "0/0"):
            return _is_day(line, at) and _is_month(line, at + 2)
        if line.kind(at) != "0":
            return False
    return False


def _names_day(line: Line, at: int) -> bool:
    after = line.word_after(at + 1)
    return line.before(2) not in _PER_DAY and after not in _COUNTED and line.kind(at + 1) != "%"


def _minutes(line: Line, at: int) -> Reading | None:
    """ "30" after "08 giờ"; "00" is not said."""
    spelt = line.word_after(at + 1) == "phút"
    value = line.value(at)
    if not value:
        return Reading((line.after_space(at + 1) - at + 1) if spelt else 1, "", "giờ đúng")
    said = cardinal(value, line.region)
    return Reading(1, said if spelt or value >= 10 else f"{said} phút", "phút")


def clock(line: Line, at: int) -> Reading | None:
    """ "7h30", "8h", "7g30", "17:00": a time of day or a number of hours."""
    hours = line.value(at)
    if not 0 <= hours <= 24 or len(line.token(at)) > 2:
        return None
    if line.is_at(at, "0:0:0") and len(line.token(at + 4)) != 2:
        return None
    if line.is_at(at, "0:0"):
        return _time(line, at, 3) if len(line.token(at + 2)) == 2 else None
    if line.token(at + 1) in {"h", "H", "g", "G"}:
        if line.is_at(at, "0a0"):
            return _time(line, at, 3)
        loud = line.token(at + 1) in {"h", "H"}
        if loud or (_is_hour(line, at) and line.kind(at + 2) != "/"):
            return Reading(2, f"{cardinal(hours, line.region)} giờ", "giờ")
    return None


def _is_hour(line: Line, at: int) -> bool:
    """Whether "7g" is seven o'clock: a time stands before it, or a range of hours begins."""
    if line.region == "nam" and line.value(at) <= 24 and line.before() in _HOURLY:
        return True
    if line.word_after(at + 2) in _PARTS_OF_DAY:
        return True
    after = line.after_space(line.after_space(at + 2) + 1)
    spans = line.kind(line.after_space(at + 2)) == "-" and line.token(after + 1) in {"g", "h"}
    return (spans or line.rule in {"giờ", "khoảng"}) and bool(_HOURLY & set(line.said[-8:]))


def _time(line: Line, at: int, width: int) -> Reading | None:
    minutes = line.value(at + 2)
    if not 0 <= minutes < 60:
        return None
    said = f"{cardinal(line.value(at), line.region)} giờ"
    if line.kind(at + 3) == '"' or line.token(at + 3) in {"p", "ph"}:
        width += 1
    if minutes:
        said += f" {cardinal(minutes, line.region)}"
        said += " phút" if minutes < 10 and line.word_after(at + width) != "phút" else ""
    if line.is_at(at + width, ":0") and 0 <= line.value(at + width + 1) < 60:
        said = said.removesuffix(" phút")
        said += (
            f" {'phút ' if minutes else 'không phút '}{cardinal(line.value(at + width + 1))} giây"
        )
        width += 2
    return Reading(width, said, "giờ")


def colon(line: Line, at: int) -> Reading | None:
    """Numbers with a colon that are no time: an edition ("9001:2015"), a scale ("1:500").

    Three of them ("5:10:3") are parts of a mixture.
    """
    first, second = line.value(at), line.value(at + 2)
    if not line.is_at(at, "0:0") or first < 0 or second < 0:
        return None
    if line.is_at(at, "0:0:0") and line.value(at + 4) >= 0:
        chain = (cardinal(line.value(one), line.region) for one in (at, at + 2, at + 4))
        return Reading(5, " ".join(chain), "tỷ lệ")
    between = "năm" if year(line, at + 2) and first > 100 else "trên"
    words = (cardinal(first, line.region), between, cardinal(second, line.region))
    return Reading(3, " ".join(words), "tỷ lệ" if between == "trên" else "số và năm")


def months(line: Line, at: int) -> Reading | None:
    """ "6T/2026", "9T đầu năm": so many months, of a year."""
    if line.token(at + 1) != "T" or not line.is_at(at, "0a") or not _is_month(line, at):
        return None
    said = f"{cardinal(line.value(at), line.region)} tháng"
    if line.kind(at + 2) == "/" and year(line, at + 3):
        return Reading(4, f"{said} năm {cardinal(year(line, at + 3), line.region)}", "tháng")
    return Reading(2, said, "số") if line.word_after(at + 2) in {"đầu", "cuối"} else None


def weekday_code(line: Line, at: int) -> Reading | None:
    """ "T2" to "T7" are weekdays, "T7/2026" a month, "Q4/2026" a quarter."""
    if not line.is_at(at, "a0") or line.token(at) not in {"T", "Q"}:
        return None
    if line.token(at) == "Q":
        return _quarter_code(line, at)
    if line.kind(at + 2) in {"/", "-"} and year(line, at + 3) and _is_month(line, at + 1):
        said = f"tháng {month(line.value(at + 1))} năm {cardinal(year(line, at + 3), line.region)}"
        return Reading(4, said, "tháng")
    if 2 <= line.value(at + 1) <= 7:
        return Reading(
            2, "thứ " + ("tư" if line.value(at + 1) == 4 else cardinal(line.value(at + 1))), "thứ"
        )
    return None


def _quarter_code(line: Line, at: int) -> Reading | None:
    if line.kind(at + 2) not in {"/", "-"} or not year(line, at + 3):
        return None
    if line.token(at + 1) not in {"1", "2", "3", "4"}:
        return None
    number = cardinal(line.value(at + 1))
    said = f"quý {number} năm {cardinal(year(line, at + 3), line.region)}"
    return Reading(4, said, "quý")
