"""When things are due: reports and their periods, deadlines, how often a duty comes back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from broadcast.domain.plan import Deadline, Report
from broadcast.intake.numbers import PERIOD, read_period
from broadcast.vietnamese.characters import sentences
from broadcast.vietnamese.citations import read_date

_REPORT = re.compile(r"báo cáo", re.IGNORECASE)
_DUE = re.compile(
    rf"(?:(?:hàng|hằng|định kỳ|mỗi|theo|báo cáo(?: kết quả)?|cuối|và|hoặc|[,(;])\s*)"
    rf"(?:0?1\s)?(?P<per>{PERIOD})\b(?!\s*/?\d)"
    rf"(?!\s+(?:kể|sau|nữa|tới|nay|này|qua|trước(?!\s+(?:ngày\s+)?\d)))",
    re.IGNORECASE,
)
_COMES_BACK = re.compile(
    rf"hàng|hằng|định kỳ|mỗi|cuối quý|báo cáo (?:kết quả )?{PERIOD}\b(?!\s*\d)", re.IGNORECASE
)
_NEAR = 140
"""Characters between "báo cáo" and its periods at most."""
_WITHIN_OTHER = re.compile(r"lồng ghép[^.;]{0,60}báo cáo[^.;)]*", re.IGNORECASE)
_TO = re.compile(
    r"(?i:về|gửi(?: về| cho| lên)?|với|lên|trình|cho|tới|đến|báo cáo)\s+"
    r"((?:UBND|[ỦU][ỷy] ban|Chủ tịch|Văn phòng|Phòng|Sở|Ban|Đảng|Thường trực|Huyện|Tỉnh|HĐND|Bộ"
    r"|Trung tâm|lãnh đạo)[^,;.()]*?(?:\s\((?:qua|thông qua)[^)]*\))?)"
    r"(?=\s+(?:để|theo|trước|định kỳ|hàng|hằng|chậm|xem|qua|vào|tổng hợp|kết quả|về|trong|tình hình"
    r"|khi)\b"
    r"|\s*[,;.()]|$)"
)
_DAY = r"(\d{1,2})(?:\s?[/.-]\s?|\s+tháng\s+)(\d{1,2})(?:(?:\s?[/.-]\s?|\s+năm\s+)(\d{4}))?"
_BEFORE = re.compile(
    rf"(?:trước|chậm nhất|muộn nhất|không quá|hoàn thành(?: xong)?)(?:\s+(?:là|vào|trước|hết))*"
    rf"\s+(ngày\s+)?{_DAY}(?!\s?/\s?[A-ZĐ\d])((?:\s*(?:,|và|;)\s*(?:trước\s+)?(?:ngày\s+)?{_DAY})*)",
    re.IGNORECASE,
)
_BEFORE_MONTH = re.compile(r"trước tháng (\d{1,2})(?:\s?/\s?|\s+năm\s+)(\d{4})", re.IGNORECASE)
_FREQUENCIES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?:định kỳ )?(?:mỗi|hàng|hằng) {PERIOD}\b(?!\s+\d)"
        rf"(?:(?:,| và)\s*(?:hàng |hằng )?{PERIOD}\b(?!\s+\d))*"
        rf"(?:\s+(?:ít nhất|tối thiểu)\s+\w+\s+(?:lần|buổi))?",
        rf"(?:ít nhất |tối thiểu )?\d{{1,2}} (?:lần|buổi|tin,? ?bài|bài|tin)\s?/\s?{PERIOD}",
        rf"\w+ (?:lần|buổi) (?:một|mỗi|trong) {PERIOD}\b",
        r"trước (?:ngày )?\d{1,2}/\d{1,2}(?:/\d{4})?",
        r"thường xuyên",
        r"định kỳ",
        r"kịp thời",
    )
)


def frequency(text: str) -> str | None:
    """How often a duty comes back, in the plan's own words; None where it says nothing."""
    matches = (pattern.search(text) for pattern in _FREQUENCIES)
    return next((match[0] for match in matches if match), None)


def find_reports(text: str, unit: str, line: int | None) -> Iterator[Report]:
    """The periodic reports that one paragraph asks for."""
    receiver = ""
    for sentence in sentences(text):
        if match := _WITHIN_OTHER.search(sentence):
            to = _TO.search(sentence[match.end() :]) or _TO.search(sentence)
            receiver = to[1].strip() if to else receiver
            yield Report(unit, receiver, ("lồng ghép báo cáo khác",), line)
            continue
        for clause in sentence.split(";"):
            periods = _periods(clause)
            if periods:
                to = _TO.search(clause) or _TO.search(sentence)
                receiver = to[1].strip() if to else receiver
                yield Report(unit, receiver, periods, line)


def _periods(clause: str) -> tuple[str, ...]:
    """The periods of the reports named in a clause, each once, in order."""
    said = _REPORT.search(clause)
    if not said or not _COMES_BACK.search(clause):
        return ()
    found: dict[str, None] = {}
    end_of_last = None
    at = 0
    while match := _DUE.search(clause, at):
        at = match.end("per")
        per = read_period(match["per"])
        gap = max(match.start() - said.end(), said.start() - match.end())
        listed = match[0][0] in ",(;" or match[0].lower().startswith(("và", "hoặc"))
        if listed and (end_of_last is None or match.start() - end_of_last > 40):
            continue
        if gap > (25 if per in {"ngày", "tuần"} else _NEAR):
            continue
        found[per] = None
        end_of_last = match.end()
    return tuple(found)


def find_deadlines(
    text: str, unit: str, line: int | None, year: int | None, what: str = ""
) -> Iterator[Deadline]:
    """The days before which one paragraph wants something done.

    Args:
        text: the paragraph.
        unit: who has to do it.
        line: the paragraph's line.
        year: the plan's year, for days printed without one.
        what: what is due, where the paragraph is only a date; else the clause before the day.
    """
    for sentence in sentences(text):
        for match in _BEFORE.finditer(sentence):
            due = what or _clause(sentence, match)
            for day in _days(match, year):
                yield Deadline(unit, due, day, line)
        for match in _BEFORE_MONTH.finditer(sentence):
            if first := read_date("1", match[1], match[2]):
                yield Deadline(unit, what or _clause(sentence, match), first, line)


def _days(match: re.Match[str], year: int | None) -> Iterator[date]:
    if not match[1] and not re.search(r"\d{4}", match[0]):
        return  # "trước 2/3 số hộ" is a share, no day
    for number, month, own_year in re.findall(_DAY, match[0]):
        printed = own_year or (str(year) if year else "")
        if printed and (day := read_date(number, month, printed)):
            yield day


def _clause(sentence: str, match: re.Match[str]) -> str:
    """What is due: the sentence up to the day, without the words that only announce it."""
    before = re.sub(
        r"[\s,;:(]*(?:thời gian|thời hạn|tiến độ)?\s*(?:hoàn thành|thực hiện|xong)?[\s:]*$",
        "",
        sentence[: match.start()],
        flags=re.IGNORECASE,
    )
    return before.strip() or sentence.strip()
