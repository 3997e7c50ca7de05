"""Words that are out of date and documents that were replaced, as terms.yaml lists them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from broadcast.vietnamese.citations import DATE, NUMBER_TEXT, document_year
from broadcast.vietnamese.paragraphs import Paragraph, paragraphs
from broadcast.vietnamese.phrases import UPPER
from broadcast.vietnamese.suggestion import Suggestion

TERM, DOCUMENT = "outdated-term", "repealed-document"
"""The rules' names."""

_SURE = {
    "seen": "đã đối chiếu nguồn",
    "secondary": "theo báo chí",
    "memory": "chưa đối chiếu văn bản",
}
_ASK = "nên kiểm tra lại: "
_WORD = re.compile(r"[^\W_]+")
_DASH = "[-–—]"
_PAIRS = "òa oà óa oá ỏa oả õa oã ọa oạ òe oè óe oé ỏe oẻ õe oẽ ọe oẹ ùy uỳ úy uý ủy uỷ ũy uỹ ụy uỵ"
_OTHER_TONE = dict(zip(_PAIRS.split()[1::2], _PAIRS.split()[::2], strict=True))
"""A tone on the second vowel ("uỷ"), and where it stands in the spelling used here ("ủy")."""
_NEW_TONES = {new: f"(?:{new}|{old})" for old, new in _OTHER_TONE.items()}
_TONES = re.compile("|".join([*_OTHER_TONE, *_OTHER_TONE.values()]))
_NO_NAME = r"(?!(?i:năm|ủy|uỷ|đoàn|và|về|trong|của|ở|là|đến|theo|số)\b)"
_NAME = rf"{_NO_NAME}(?-i:[{UPPER}]\w*)(?:[ \u00a0]{_NO_NAME}(?-i:[{UPPER}]\w*)){{0,3}}"
_GONE_BEFORE = re.compile(
    r"\b(?:không còn|không phải|không cần|không dùng|chẳng còn|bỏ|bãi bỏ|x(?:óa|oá) bỏ"
    r"|thay (?:thế|cho|vì)|trước đây|trước kia|ngày trước|trước là|vốn là|chấm dứt|ngừng|khác với"
    r"|dùng thay|không tổ chức|kết thúc hoạt động|giải thể|chuyển (?:đổi )?từ|thu hồi"
    r"|sáp nhập|hợp nhất|thành lập (?:từ|trên cơ sở))\b"
    r"[^.;!?]{0,40}$|\bđổi (?:từ |thẻ |giấy |lại )*$",
    re.IGNORECASE,
)
_GONE_AFTER = re.compile(
    r"[^.;!?]{0,40}\b(?:không còn|không dùng|hết dùng|hết hiệu lực|hết giá trị"
    r"|(?:được|bị|đã) (?:thay|bãi bỏ|bỏ)"
    r"|thay (?:thế )?bằng|trước đây|trước kia|cũ|đã đóng|ngừng|chấm dứt|nay là|đổi tên"
    r"|kết thúc hoạt động|đã giải thể|đã nhập|đã sáp nhập)\b",
    re.IGNORECASE,
)
"""Who says that something is no more says it rightly."""
_NAMED = re.compile(rf"{NUMBER_TEXT}(?:[\s,]+(?:ban hành\s+)?ngày\s+{DATE})?")
_NEW_CLAUSE = re.compile(rf"[;!?]|\.\s|,\s+[{UPPER}]")
_AROUND = 40
"""Characters around a term that tell whether it stands in a heading in capitals."""
_LONGEST_NAME = 200
"""Characters that a document's name goes on behind its number."""


@dataclass(frozen=True, slots=True)
class Term:
    """Something not to be said any more; keys as terms.yaml explains them."""

    pattern: re.Pattern[str]
    why: str
    since: date
    say: str = ""
    beside: tuple[re.Pattern[str], ...] = ()
    unless: re.Pattern[str] | None = None


@dataclass(frozen=True, slots=True)
class Repealed:
    """A document that was replaced, and by which: `day` is the new one's, "" if unknown."""

    pattern: re.Pattern[str]
    type: str
    by: str
    by_type: str
    why: str
    since: date
    day: str = ""
    year: int | None = None


class _Found(NamedTuple):
    """A stretch of a paragraph, what may stand there, and why."""

    start: int
    end: int
    better: str
    rule: str
    reason: str


class Terms(NamedTuple):
    """The whole table; `terms` by the first word they are written with, longest first."""

    terms: Mapping[str, tuple[Term, ...]]
    documents: tuple[Repealed, ...]


def outdated(lines: Sequence[str], air_date: date) -> tuple[Suggestion, ...]:
    """Outdated terms and replaced documents in the lines of a text, by place.

    Of a term broken over two lines the place is the longer part of it.

    Args:
        air_date: the day of the broadcast; what goes out of date later is still right.
    """
    table = product_terms()
    found: list[Suggestion] = []
    for paragraph in paragraphs(lines):
        stretches = [*_documents(paragraph, table, air_date)]
        taken = {at for one in stretches for at in range(one.start, one.end)}
        stretches += _terms(paragraph, table, air_date, taken)
        found += (_suggestion(paragraph, one) for one in stretches)
    return tuple(sorted(found))


def _suggestion(paragraph: Paragraph, found: _Found) -> Suggestion:
    place, written = paragraph.told(found.start, found.end)
    if not paragraph.is_whole(found.start, found.end):
        whole = " ".join(paragraph.text[found.start : found.end].split())
        return Suggestion(*place, written, "", found.rule, f"«{whole}»: {found.reason}")
    better = found.better
    if paragraph.text[max(0, found.start - _AROUND) : found.end + _AROUND].isupper():
        better = better.upper()
    elif written[:1].isupper() and not written.isupper():
        better = better[:1].upper() + better[1:]
    return Suggestion(*place, written, better, found.rule, found.reason)


# Terms


def _terms(paragraph: Paragraph, table: Terms, air_date: date, taken: Set[int]) -> Iterator[_Found]:
    until = 0
    for word in _WORD.finditer(paragraph.text):
        if word.start() < until or word.start() in taken:
            continue
        for term in table.terms.get(_key(word[0]), ()):
            match = term.pattern.match(paragraph.text, word.start())
            if match and term.since <= air_date and _is_meant(paragraph, term, match):
                until = match.end()
                yield _Found(match.start(), until, term.say, TERM, term.why)
                break


def _is_meant(paragraph: Paragraph, term: Term, match: re.Match[str]) -> bool:
    text, start, end = paragraph.text, match.start(), match.end()
    if term.beside:
        sentence = paragraph.sentence(start, end)
        if not all(pattern.search(sentence) for pattern in term.beside):
            return False
    if term.unless and term.unless.match(text, end):
        return False
    return not _is_gone(text, start, end) and not _in_old_name(text, start, term.since)


def _is_gone(text: str, start: int, end: int) -> bool:
    """Whether the text itself says that this is no more."""
    before = text[max(0, start - 60) : start]
    return bool(_GONE_BEFORE.search(before) or _GONE_AFTER.match(text, end, end + 60))


def _in_old_name(text: str, start: int, since: date) -> bool:
    """Whether the place is in what names a document of before that day: its issuer, its subject.

    One whose day is not told counts as older: who issued it or what it says cannot be changed.
    """
    before = text[max(0, start - _LONGEST_NAME) : start]
    last = None
    for last in _NAMED.finditer(before):  # noqa: B007 - the last one counts
        pass
    if last is None or _NEW_CLAUSE.search(before, last.end()):
        return False
    year = document_year(last[0])
    return year is None or year < since.year or (year == since.year and _is_before(last, since))


def _is_before(named: re.Match[str], since: date) -> bool:
    day, month = named["day"], named["month"]
    return bool(day) and (int(month), int(day)) < (since.month, since.day)


# Documents


def _documents(paragraph: Paragraph, table: Terms, air_date: date) -> Iterator[_Found]:
    if not any(letter.isdigit() for letter in paragraph.text):
        return
    for one in table.documents:
        if one.since > air_date:
            continue
        for match in one.pattern.finditer(paragraph.text):
            if not match["code"] and not match["type"]:
                continue
            period = match.groupdict().get("period")
            year = document_year(match[0]) or (int(period) if period else None)
            if (one.year and year and year != one.year) or _is_gone(paragraph.text, *match.span()):
                continue
            why = one.why if not one.year or year or one.why.startswith(_ASK) else _ASK + one.why
            yield _Found(match.start(), match.end(), _replacement(one, match), DOCUMENT, why)


def _replacement(one: Repealed, match: re.Match[str]) -> str:
    """The new document, named as fully as the old one was; "" where its type has no place."""
    if not match["type"]:
        return one.by if one.type == one.by_type and not match["dated"] else ""
    parts = [one.by_type, "số" if match["so"] else "", one.by]
    if match["dated"] and one.day:
        parts.append(f"ngày {one.day}")
    if match["issuer"]:
        parts.append("của Chính phủ")
    return " ".join(part for part in parts if part)


def _document(entry: Mapping[str, Any], table: str) -> Repealed:
    head, _, code = str(entry["number"]).rpartition("/")
    number = r"\s?/\s?".join(map(re.escape, head.split("/")))
    sign = re.escape(code).replace(r"\-", rf"\s?{_DASH}\s?")
    # "Nghị định 61/2018" is said without its code; a bare "225" is not.
    code_part = rf"(?P<code>\s?/\s?{sign})" + ("?" if "/" in head else "")
    pattern = (
        rf"(?:\b(?P<type>{entry['type']})\s+(?P<so>số\s*:?\s*)?)?(?<![\w/.])0*{number}{code_part}(?![\w/])"
        rf"(?P<dated>,?\s+ngày\s+{DATE})?(?P<issuer>,?\s+của\s+(?:Thủ tướng\s+)?Chính phủ)?"
        + (r"(?=(?:[^.;]{0,160}?giai đoạn\s+(?P<period>\d{4}))?)" if "year" in entry else "")
    )
    return Repealed(
        re.compile(pattern, re.IGNORECASE),
        entry["type"],
        entry["by"],
        entry["by_type"],
        _reason(entry, table),
        entry["since"],
        entry.get("day", ""),
        entry.get("year"),
    )


# The table


@lru_cache(maxsize=1)
def product_terms() -> Terms:
    """The table that the product ships (terms.yaml beside this module), read once."""
    import yaml  # noqa: PLC0415  # whoever only asks for types need not load it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    source = Path(__file__).with_name("terms.yaml").read_bytes()
    read = yaml.load(source, Loader=loader)  # noqa: S506  # both are safe loaders
    month = str(read["table"])
    by_word: dict[str, list[tuple[int, Term]]] = {}
    for entry in read["terms"]:
        for form, say in _forms(entry):
            term = _term(entry, form, say, month)
            for head in set(_heads(form)):
                by_word.setdefault(_key(head), []).append((len(form), term))
    longest = {
        word: tuple(term for _, term in sorted(found, key=lambda one: -one[0]))
        for word, found in by_word.items()
    }
    return Terms(longest, tuple(_document(entry, month) for entry in read["documents"]))


def _forms(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Each way of writing an entry's term, and what to say for it."""
    for form in entry["written"]:
        if "{old}" in form:
            for old, new in entry["moved"].items():
                yield form.replace("{old}", old), new
        else:
            yield form, entry.get("say", "")


def _term(entry: Mapping[str, Any], form: str, say: str, month: str) -> Term:
    unless = "|".join(map(_pattern, entry.get("unless", ())))
    return Term(
        re.compile(rf"(?<![\w-])(?<![A-ZĐ]/){_pattern(form)}(?!\w)", re.IGNORECASE),
        _reason(entry, month),
        entry["since"],
        say,
        tuple(
            re.compile(rf"(?<!\w)(?:{_pattern(words)})(?!\w)", re.IGNORECASE)
            for words in entry.get("beside", ())
        ),
        re.compile(rf"\s+(?:{unless})(?!\w)", re.IGNORECASE) if unless else None,
    )


def _pattern(form: str) -> str:
    """A form as terms.yaml writes it, as a regular expression."""
    tones = _TONES.sub(lambda m: _NEW_TONES[_OTHER_TONE.get(m[0], m[0])], form.lower())
    return _SPELLED.sub(lambda m: _MEANT[m[0]], tones)


_MEANT = {
    " ?[-,] ?": r"\s*[-–—,]\s*",
    " ?- ?": rf"\s*{_DASH}\s*",
    " - ": rf"\s*{_DASH}\s*",
    "-": _DASH,
    " ?": r"\s*",
    " ": r"\s+",
    "{name}": _NAME,
}
"""What stands for spaces, dashes and names in terms.yaml."""
_SPELLED = re.compile("|".join(map(re.escape, _MEANT)))
_GROUP = re.compile(r"\(((?:[^()]|\([^()]*\)\??)*)\)(\?)?\s*")


def _heads(form: str) -> Iterator[str]:
    """The first words that a form can be written with."""
    if group := _GROUP.match(form):
        rest = form[group.end() :]
        for way in _ways(group[1]):
            yield from _heads(f"{way.strip()} {rest}")
        if group[2]:
            yield from _heads(rest)
    elif word := _WORD.match(form):
        yield word[0]


def _ways(inner: str) -> Iterable[str]:
    """The alternatives of a group, those of groups inside it left together."""
    return re.split(r"\|(?![^(]*\))", inner)


def _key(word: str) -> str:
    return _TONES.sub(lambda m: _OTHER_TONE.get(m[0], m[0]), word.lower())


def _reason(entry: Mapping[str, Any], month: str) -> str:
    sure = entry["sure"]
    ask = _ASK if entry.get("ask") or sure == "memory" else ""
    return f"{ask}{entry['why']} ({_SURE[sure]}, bảng tháng {month})"
