"""Days that cannot be, and what a text speaks of as still to come although it is over by then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from broadcast.domain.wording import day_text, weekday
from broadcast.vietnamese.citations import DATE, NUMBER_TEXT, read_date
from broadcast.vietnamese.numbers import roman
from broadcast.vietnamese.paragraphs import Paragraph, paragraphs
from broadcast.vietnamese.suggestion import Suggestion

PAST, IMPOSSIBLE, WEEKDAY = "past-date", "impossible-date", "wrong-weekday"
"""The rules' names."""

_WORDS = {"một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7}
_TIME = re.compile(
    rf"(?:ngày\s+)?(?<![\w/.-]){DATE}(?![\w/])"
    r"|tháng\s+(?P<m>\d{1,2})(?:\s?[/-]\s?|\s+năm\s+)(?P<my>\d{4})\b"
    r"|(?<![\w/.-])(?P<bm>\d{1,2})/(?P<bmy>\d{4})(?![\w/-])"
    r"|quý\s+(?P<q>IV|I{1,3}|[1-4]|một|hai|ba|tư)(?:\s?[/-]\s?|,?\s+năm\s+|\s+)(?P<qy>\d{4})\b"
    r"|(?:0?6|sáu)\s+tháng\s+(?P<half>đầu|cuối)\s+năm\s+(?P<hy>\d{4})\b"
    r"|giai\s+đoạn\s+(?:năm\s+)?\d{4}\s*(?:[-–—]|đến)\s*(?:năm\s+)?(?P<py>\d{4})\b"
    r"|năm\s+(?P<y>\d{4})\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:đến hết|hết|chậm nhất|muộn nhất|từ nay đến|thời hạn|hạn(?: chót| cuối| cuối cùng| nộp"
    r"| đăng ký)?|trước khi hết|\bhạn(?: cuối| chót)?(?: nộp| gửi| đăng ký| đóng| báo cáo| kê khai"
    r"| tiếp nhận| nhận| hoàn thành)(?: \w+){0,9}?(?=:| là| đến| tới| vào| trước))"
    r"(?: là| đến| tới| vào| trong| trước| hết)*\s*:?\s*"
    r"(?:ngày\s+|cuối\s+)?$",
    re.IGNORECASE,
)
"""Words that can only stand before the end of something that is going on."""
_BEFORE = re.compile(
    r"\b(?:trước|xong|đến|tới|từ [^.;]{3,40} đến)(?: ngày| trước| trong| cuối)*\s*$", re.IGNORECASE
)
_IN = re.compile(
    r"(?:\btrong(?: cả)?|\bđến(?: cuối| hết)?|\btới|\bcuối|\bcác tháng cuối)\s*$", re.IGNORECASE
)
_DUTY = re.compile(
    r"\b(?:báo cáo|gửi|nộp|hoàn thành|xong|triển khai|thực hiện|đăng ký|tổ chức|xây dựng|tổng hợp"
    r"|thông báo|phấn đấu|bảo đảm|đảm bảo|trình|xử lý|cập nhật|kê khai|tham gia|tiếp nhận|mời"
    r"|đề nghị|yêu cầu|cần|phải|tập trung|tiếp tục|sẽ|mục tiêu|đạt|thời gian|rà soát|tuyên truyền"
    r"|phát|đóng|áp dụng)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:đã (?!đề ra|được giao|nêu|quy định|có\b|xác định|ban hành|duyệt|được phê duyệt)"
    r"|tính (?:đến|tới)|l[ũu][yỹ] kế|so với|cùng kỳ|hết hiệu lực|không còn|có hiệu lực|hiệu lực từ"
    r"|trước đây|hết giá trị|(?:không|thôi) (?:\w+ ){1,3}nữa"
    r"|vừa qua|số liệu|từng\b)",
    re.IGNORECASE,
)
"""Who tells of what was tells of it rightly."""
_TOLD = re.compile(
    r"\b(?:kết quả|tổng kết|sơ kết|đánh giá|thành tích|rút kinh nghiệm|tiếp nối|kế thừa)\b",
    re.IGNORECASE,
)
_CUTOFF_BEFORE = re.compile(
    r"\b(?:cấp|sinh|ban hành|(?<!đăng )ký|phát sinh|xảy ra|thành lập|mua|sinh ra|lập|sử dụng|có"
    r"|nộp|nhận)"
    r"(?: (?!báo|cáo)\w+){0,2}\s+(?:trước|đến|tới)(?: ngày)?\s*$",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"\b(?:đề nghị|yêu cầu|phải|cần|mời|vận động|thông báo)\b[^.;]*\bnộp\b[^.;]*$", re.IGNORECASE
)
"""Who is asked to hand something in before a day is not told of what was handed in."""
_CUTOFF_AFTER = re.compile(
    r"\b(?:thì|vẫn|được tiếp tục|có giá trị|còn giá trị|không phải|chưa)\b", re.IGNORECASE
)
"""What the law says of things from before a day stays true after it."""
_NAMED = re.compile(rf"{NUMBER_TEXT}[^;.]*$")
_FIELD = re.compile(r"^\W*(?:thời gian|thời hạn|hạn)\b[^:]{0,40}:?\s*$|^\W*$", re.IGNORECASE)
_NAME = r"(?<!lần )\b(?P<name>thứ\s+(?:hai|ba|tư|năm|sáu|bảy)|chủ\s+nhật)"
_DAY = re.compile(rf"(?:{_NAME},?\s+(?:ngày\s+)?|\bngày\s+){DATE}(?!\d)", re.IGNORECASE)
_SHORT_DAY = re.compile(
    rf"(?:{_NAME},?\s+)?\bngày\s+"
    r"(?P<day>\d{1,2})(?:\s?/\s?|\s+tháng\s+)(?P<month>\d{1,2})(?![\d/.-]|\s+năm)",
    re.IGNORECASE,
)
_LEAP = 2024


class _Slip(NamedTuple):
    """A stretch of a paragraph, what may stand there, the rule and why."""

    start: int
    end: int
    better: str
    rule: str
    reason: str


def day_slips(lines: Sequence[str], air_date: date) -> tuple[Suggestion, ...]:
    """Impossible days, wrong weekdays, and deadlines and periods that are over on `air_date`."""
    found = []
    for paragraph in paragraphs(lines):
        if not any(letter.isdigit() for letter in paragraph.text):
            continue
        slips = [*_impossible(paragraph.text, air_date), *_past(paragraph, air_date)]
        found += [_suggestion(paragraph, slip) for slip in slips]
    return tuple(sorted(found))


def _suggestion(paragraph: Paragraph, slip: _Slip) -> Suggestion:
    place, written = paragraph.told(slip.start, slip.end)
    better = slip.better if paragraph.is_whole(slip.start, slip.end) else ""
    return Suggestion(*place, written, better, slip.rule, slip.reason)


# Days that cannot be


def _impossible(text: str, air_date: date) -> Iterator[_Slip]:
    for match in _DAY.finditer(text):
        day = read_date(match["day"], match["month"], match["year"])
        yield from _wrong_day(match, day, f"{match['day']}/{match['month']}/{match['year']}")
    for match in _SHORT_DAY.finditer(text):
        day = _nearest(match["day"], match["month"], air_date)
        yield from _wrong_day(match, day, f"{match['day']}/{match['month']}")


def _wrong_day(match: re.Match[str], day: date | None, told: str) -> Iterator[_Slip]:
    """What is wrong with a day as written, `told` in figures, and its weekday."""
    if day is None:
        yield _Slip(match.start("day"), match.end(), "", IMPOSSIBLE, f"không có ngày {told}")
    elif match["name"] and weekday(day).casefold() != _folded(match["name"]):
        better = weekday(day) if match["name"][0].islower() else weekday(day).capitalize()
        reason = f"ngày {day_text(day)} là {weekday(day)}"
        yield _Slip(*match.span("name"), better, WEEKDAY, reason)


def _nearest(day: str, month: str, air_date: date) -> date | None:
    """The day without a year that is meant: the one nearest to the broadcast."""
    years = (air_date.year, air_date.year - 1, air_date.year + 1)
    days = [found for year in years if (found := read_date(day, month, str(year)))]
    if days:
        return min(days, key=lambda found: abs(found - air_date))
    return read_date(day, month, str(_LEAP))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


# What is over


def _past(paragraph: Paragraph, air_date: date) -> Iterator[_Slip]:
    for match in _TIME.finditer(paragraph.text):
        end = _end(match)
        if end is None or end >= air_date:
            continue
        what = _speaks_of(paragraph, match)
        if what is not None:
            told = " ".join((what, *match[0].split())).strip()
            reason = f"{told} đã qua khi phát ({day_text(air_date)}): nên kiểm tra lại"
            yield _Slip(*match.span(), "", PAST, reason)


def _end(match: re.Match[str]) -> date | None:
    """The last day of the time named, None where there is no such time."""
    if match["day"]:
        return read_date(match["day"], match["month"], match["year"])
    if month := match["m"] or match["bm"]:
        return _end_of(int(match["my"] or match["bmy"]), int(month))
    if quarter := match["q"]:
        number = roman(quarter.upper()) or _WORDS.get(quarter.lower()) or int(quarter)
        return _end_of(int(match["qy"]), number * 3)
    if match["half"]:
        return _end_of(int(match["hy"]), 6 if match["half"].lower() == "đầu" else 12)
    return _end_of(int(match["py"] or match["y"]), 12)


def _end_of(year: int, month: int) -> date | None:
    if not (1900 <= year < 2200 and 1 <= month <= 12):
        return None
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def _speaks_of(paragraph: Paragraph, match: re.Match[str]) -> str | None:
    """The word for what the text speaks of as still to come, None where it tells of what was."""
    sentence = paragraph.sentence(*match.span())
    if _DONE.search(sentence):
        return None
    if match["py"]:
        return None if _TOLD.search(sentence) else ""
    before = paragraph.text[max(0, match.start() - 80) : match.start()]
    after = paragraph.text[match.end() : match.end() + 60]
    if _is_deadline(before, after, sentence):
        return "hạn"
    if match["day"] or match["bm"] or not _is_period(before, sentence):
        return None
    return ""


def _is_deadline(before: str, after: str, sentence: str) -> bool:
    if _LAST.search(before):
        return True
    if not _BEFORE.search(before) or not _DUTY.search(sentence):
        return False
    cut_off = _CUTOFF_BEFORE.search(before) and not _PAID.search(before)
    return not cut_off and not _CUTOFF_AFTER.search(after)


def _is_period(before: str, sentence: str) -> bool:
    if _TOLD.search(sentence) or _NAMED.search(before) or not _DUTY.search(sentence):
        return False
    return bool(_IN.search(before) or _FIELD.match(before))
