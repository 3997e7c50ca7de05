"""Numbered documents in a text: "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from broadcast.domain.plan import Citation, PlanProblem
from broadcast.vietnamese.phrases import UPPER

_TYPES = (
    "Nghị quyết liên tịch|Thông tư liên tịch|Kế hoạch|Quyết định|Nghị quyết|Nghị định|Chỉ thị"
    "|Thông tư|Công văn|Hướng dẫn|Chương trình|Đề án|Kết luận|Thông báo|Luật|Bộ luật|Pháp lệnh"
    "|Công điện|Báo cáo|Quy chế|Quy định|Tờ trình|Văn bản|Lệnh"
)
_BY_SIGN = {
    "NĐ": "Nghị định", "QĐ": "Quyết định", "NQ": "Nghị quyết", "CT": "Chỉ thị", "TT": "Thông tư",
    "KH": "Kế hoạch", "HD": "Hướng dẫn", "TB": "Thông báo", "KL": "Kết luận", "CTr": "Chương trình",
    "CĐ": "Công điện", "BC": "Báo cáo", "QC": "Quy chế", "TTLT": "Thông tư liên tịch",
    "QH": "Luật", "ĐA": "Đề án", "QyĐ": "Quy định",
}  # fmt: skip
_CODE = rf"[{UPPER}][{UPPER}a-zđ]*(?:\s?&\s?[{UPPER}]+)?"
_CODES = rf"{_CODE}(?:\s?[-–]\s?{_CODE})"
_NUMBER = re.compile(
    rf"(?<![\w/.])(\d{{1,6}}(?:\.\d{{1,2}})?[a-z]?)\s?"
    rf"(?:/\s?(\d{{4}})\s?/\s?({_CODES}{{0,3}}|QH\d{{1,2}})"
    rf"|/\s?({_CODES}{{0,3}})"
    rf"|\s?[-–]\s?((?:{_CODE})/(?:{_CODE})))(?![\w/])"
)
NUMBER_TEXT = (
    rf"(?<![\w/.])\d{{1,6}}(?:\.\d{{1,2}})?[a-z]?\s?"
    rf"(?:(?:/\s?\d{{4}}\s?)?/\s?(?:{_CODES}{{1,3}}|QH\d{{1,2}})|\s?[-–]\s?{_CODE}/{_CODE})"
    r"(?![\w/])"
)
"""A document's number with its code, for patterns of others."""
DATE = (
    r"(?P<day>\d{1,2})(?:\s?[/.-]\s?|\s+tháng\s+)(?P<month>\d{1,2})"
    r"(?:\s?[/.-]\s?|\s+năm\s+)(?P<year>\d{4})"
)
"""A full date in figures, for patterns of others."""
_YEAR_OF_NUMBER = re.compile(r"/\s?(\d{4})\b")
_TYPE_BEFORE = re.compile(rf".*\b({_TYPES})(?:\s+\w+){{0,3}}?(?:\s+số)?\s*:?\s*$", re.IGNORECASE)
_NEXT_TO = re.compile(r"(?:\s+số)?\s*:?\s*", re.IGNORECASE)
_DATE_AFTER = re.compile(rf"[\s,(]*(?:ban hành\s+)?ngày\s+{DATE}")
_ISSUER_AFTER = re.compile(
    r"\s*,?\s*của\s+(.+?)(?=\s+(?:về|[Vv]/[Vv]|ban hành|phê duyệt|hướng dẫn|quy định|sửa đổi"
    r"|thực hiện|triển khai|tổ chức|công bố|điều chỉnh|tuyên truyền|đẩy mạnh|tăng cường|để"
    r"|Thực hiện"
    rf"|kèm)\b|\s+và\s+(?:[^{UPPER}]|{_TYPES})|\s*[;:.,()“]|$)"
)
_LONGEST_ISSUER = 90
_FOLLOWS = 600
"""Characters behind a number that may tell its day, its issuer and what it is about."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A citation at one place, with the words that follow it up to the next stop.

    Its number stands at `start` to `end` of the text. `named` is the type's word right before it,
    "" where other words or none stand there.
    """

    citation: Citation
    subject: str
    start: int = 0
    end: int = 0
    named: str = ""


def read_date(day: str, month: str, year: str) -> date | None:
    """A date as printed, None where there is no such day."""
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def document_year(text: str) -> int | None:
    """The year of a document from its date, else from its number; None where neither tells it."""
    found = re.search(DATE, text)
    if found:
        return int(found["year"])
    number = _YEAR_OF_NUMBER.search(text)
    return int(number[1]) if number else None


def find_mentions(texts: Iterable[tuple[str, int]]) -> Iterator[Mention]:
    """Every numbered document named in the texts (each with its line), in order."""
    for text, line in texts:
        for match in _NUMBER.finditer(text):
            number = _plain_number(match)
            if not _is_code(number):
                continue
            yield _mention(text, line, match, number)


def _plain_number(match: re.Match[str]) -> str:
    first, year, with_year, plain, party = match.groups()
    if party:
        return f"{first}-{re.sub(r'[ –]', '', party)}"
    code = re.sub(r"\s*[-–]\s*", "-", with_year or plain)
    return "/".join(filter(None, [first, year, code]))


def _is_code(number: str) -> bool:
    """A document's sign, not a fraction of words as "1/Tỉnh" or "02 tin/Bài"."""
    return "-" in number or bool(re.search(r"/QH\d", number))


def _mention(text: str, line: int, match: re.Match[str], number: str) -> Mention:
    before = _TYPE_BEFORE.search(text[max(0, match.start() - 60) : match.start()])
    kind = before[1].capitalize() if before else _type_by_sign(number)
    after = text[match.end() : match.end() + _FOLLOWS]
    day = None
    if found := _DATE_AFTER.match(after):
        day = read_date(*found.groups())
        after = after[found.end() :]
    issuer = _ISSUER_AFTER.match(after)
    subject = re.split(r"[;.]|, [A-ZĐ]", after[issuer.end() :] if issuer else after, maxsplit=1)[0]
    name = issuer[1].strip() if issuer and len(issuer[1]) <= _LONGEST_ISSUER else None
    named = before[1] if before and _NEXT_TO.fullmatch(before[0], before.end(1)) else ""
    citation = Citation(kind, number, day, name, line)
    return Mention(citation, subject.strip(' ,”“"()'), *match.span(), named)


def _type_by_sign(number: str) -> str:
    return next((_BY_SIGN[sign] for sign in signs(number) if sign in _BY_SIGN), "Văn bản")


def signs(number: str) -> tuple[str, ...]:
    """The letters of a number's code: ("NĐ", "CP") of 61/2018/NĐ-CP, ("QH",) of 45/2019/QH14."""
    parts = (re.sub(r"\d", "", part) for part in re.split(r"[-/]", number)[1:])
    return tuple(part for part in parts if part)


def type_of_sign(sign: str) -> str:
    """The type of document that a sign stands for, "" where it stands for none."""
    return _BY_SIGN.get(sign, "")


def distinct(mentions: Iterable[Mention], own: str | None) -> tuple[Citation, ...]:
    """Each document once, dated where any mention dates it; `own` is the plan's own number.

    Two documents may share a number (plans of two councils): then their dates part them.
    """
    found: list[Citation] = []
    for mention in mentions:
        citation = mention.citation
        if own and citation.number == own:
            continue
        at = next((i for i, other in enumerate(found) if _same(other, citation)), None)
        if at is None:
            found.append(citation)
            continue
        other = found[at]
        found[at] = replace(
            other, date=other.date or citation.date, issuer=other.issuer or citation.issuer
        )
    return tuple(found)


def _same(one: Citation, other: Citation) -> bool:
    same_number = one.number.casefold() == other.number.casefold()
    return same_number and (one.date == other.date or not (one.date and other.date))


def contradictions(mentions: Iterable[Mention]) -> Iterator[PlanProblem]:
    """The same document under two numbers, or one number under two dates."""
    for mention, message in conflicts(mentions):
        mend = "đối chiếu bản gốc và sửa cho thống nhất"
        yield PlanProblem(message, mention.citation.line, mend)


def conflicts(mentions: Iterable[Mention]) -> Iterator[tuple[Mention, str]]:
    """Each mention that another one before it contradicts, and how, in Vietnamese."""
    seen: dict[tuple[str, ...], list[Mention]] = {}
    known = set[tuple[Citation, str]]()
    for mention in mentions:
        citation = mention.citation
        said = (replace(citation, line=None), mention.subject)
        if said in known:
            continue  # word for word what did not contradict anything
        alike = seen.setdefault((citation.type, *citation.number.split("/")[1:]), [])
        found = next(filter(None, (_contradiction(mention, other) for other in alike)), None)
        if found:
            yield mention, found
        else:
            alike.append(mention)
            known.add(said)


def _contradiction(one: Mention, other: Mention) -> str | None:
    new, old = one.citation, other.citation
    if new.type != old.type:
        return None
    days = bool(new.date and old.date and new.date != old.date)
    least = _SAME_DAY if new.date and new.date == old.date else _SAME
    subject = _same_subject(one.subject, other.subject, least)
    if new.number == old.number:
        alone = bool(_YEAR_OF_NUMBER.search(new.number))
        if days and (subject or alone or (new.issuer and new.issuer == old.issuer)):
            return (
                f"{new.type} số {new.number} ghi hai ngày khác nhau: "
                f"{_shown(old.date)} (dòng {old.line}) và {_shown(new.date)}"
            )
        return None
    shorter = min(one.subject, other.subject, key=len)
    if subject and not days and new.number.split("/")[1:] == old.number.split("/")[1:]:
        return (
            f"có lẽ cùng một văn bản ({new.type} {shorter}) nhưng ghi hai số: "
            f"{old.number} (dòng {old.line}) và {new.number}"
        )
    return None


_SAME, _SAME_DAY = 30, 15
"""Letters of a subject that tell a document; of two from one day fewer do."""


def _same_subject(one: str, other: str, least: int) -> bool:
    """Both say the same about what the document is; the shorter may stop earlier."""
    a, b = (
        re.sub(r"\W+|^\s*về\s+", "", re.sub(r"^\s*(?:về|ban hành)\s+", "", s.casefold()))
        for s in (one, other)
    )
    a, b = (s.removeprefix("banhành") for s in (a, b))
    return min(len(a), len(b)) >= least and (a.startswith(b) or b.startswith(a))


def _shown(day: date | None) -> str:
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day else "?"
