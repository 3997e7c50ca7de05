"""Slips in what a text says of other documents: their numbers, types and days.

Only what is surely wrong within the text itself is told; which of two is right nobody can know
without the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from broadcast.vietnamese.characters import fold
from broadcast.vietnamese.citations import Mention, conflicts, find_mentions, signs, type_of_sign
from broadcast.vietnamese.paragraphs import Paragraph, paragraphs
from broadcast.vietnamese.suggestion import Suggestion

RULE = "citation"

_SIGNS = {
    "Nghị định": ("NĐ",),
    "Quyết định": ("QĐ",),
    "Nghị quyết": ("NQ", "NQLT", "QH", "UBTVQH"),
    "Thông tư": ("TT", "TTLT"),
    "Thông tư liên tịch": ("TTLT", "TT"),
    "Chỉ thị": ("CT",),
    "Kế hoạch": ("KH", "KHLT", "KHPH"),
    "Hướng dẫn": ("HD", "HDLT"),
    "Thông báo": ("TB",),
    "Kết luận": ("KL",),
    "Báo cáo": ("BC",),
    "Công điện": ("CĐ",),
}
"""The signs that a document of a type carries; types with customs of their own are left out."""
_NEVER_A_LETTER = frozenset(["NĐ", "QĐ", "NQ", "KH"])
"""Signs no official letter has; its code begins with whoever wrote it (CT, TT are offices too)."""
_LETTER = "Công văn"
_YEARLY = {"Nghị định": "NĐ", "Thông tư": "TT"}
"""Types whose number carries its year since 1997."""
_YEARLY_SINCE = 1997
_OWN = re.compile(r"số\s*:\s*$", re.IGNORECASE)
_HEAD = 25
"""Lines at the head of a document among which its own number stands."""
_ITSELF = re.compile(r"\(?(?:ban hành\s+)?kèm theo\b[^;.]{0,60}$", re.IGNORECASE)
_THIS = re.compile(r"\s+này\b")


class _Named(NamedTuple):
    """A mention and the paragraph it is in."""

    mention: Mention
    paragraph: Paragraph


def citation_slips(
    lines: Sequence[str],
    *,
    own_number: str | None = None,
    own_date: date | None = None,
    air_date: date | None = None,
) -> tuple[Suggestion, ...]:
    """What cannot be right in how the text cites documents, by place.

    Args:
        own_number: the document's own number; else looked for at its head ("Số: 15/KH-UBND").
        own_date: the document's own day; it cites nothing that is younger.
        air_date: the day of the broadcast; what is younger does not exist yet.
    """
    named = [_Named(m, p) for p in paragraphs(lines) for m in _mentions(p)]
    own = own_number or _own_number(named)
    latest = own_date or air_date
    told = dict(_conflicting(named))
    found = []
    for one in named:
        slip = (
            _conflict(one, told)
            or _other_self(one, own)
            or _wrong_type(one)
            or _typed_without_bar(one)
            or _other_year(one)
            or _too_young(one, latest, own=bool(own_date))
            or _without_year(one)
        )
        if slip:
            found.append(_suggestion(one.paragraph, *slip))
    return tuple(sorted(found))


class _Slip(NamedTuple):
    """A stretch of a paragraph and what may stand there."""

    start: int
    end: int
    better: str = ""


_Told = tuple[_Slip, str]
"""A slip and why it is one."""


def _mentions(paragraph: Paragraph) -> Iterator[Mention]:
    for mention in find_mentions([(paragraph.text, 0)]):
        line = paragraph.place(mention.start, mention.end).line
        yield replace(mention, citation=replace(mention.citation, line=line))


def _suggestion(paragraph: Paragraph, slip: _Slip, reason: str) -> Suggestion:
    place, written = paragraph.told(slip.start, slip.end)
    better = slip.better if paragraph.is_whole(slip.start, slip.end) else ""
    return Suggestion(*place, written, better, RULE, reason)


def _number(one: _Named, better: str = "") -> _Slip:
    return _Slip(one.mention.start, one.mention.end, better)


def _own_number(named: Sequence[_Named]) -> str | None:
    for one in named:
        mention = one.mention
        head = (mention.citation.line or 0) <= _HEAD
        if head and not mention.named and _OWN.search(one.paragraph.text, 0, mention.start):
            return mention.citation.number
    return None


def _conflicting(named: Sequence[_Named]) -> Iterator[tuple[int, str]]:
    for mention, message in conflicts(one.mention for one in named):
        yield id(mention), f"{message}; đối chiếu bản gốc"


def _conflict(one: _Named, told: Mapping[int, str]) -> _Told | None:
    reason = told.get(id(one.mention))
    return (_number(one), reason) if reason else None


def _other_self(one: _Named, own: str | None) -> _Told | None:
    """The document naming itself by another number than its own."""
    mention, text = one.mention, one.paragraph.text
    number = mention.citation.number
    if not own or number == own or signs(number) != signs(own):
        return None
    itself = _THIS.match(text, mention.end) or _ITSELF.search(text, 0, mention.start)
    if not itself:
        return None
    return _number(one, own), f"văn bản này mang số {own}, chỗ này ghi {number}"


def _wrong_type(one: _Named) -> _Told | None:
    """ "Nghị định số 15/QĐ-UBND": the word and the code name different types."""
    word = one.mention.named
    if not word:
        return None
    kind, codes = word.capitalize(), signs(one.mention.citation.number)
    sign = codes[0] if codes else ""
    other = type_of_sign(sign)
    letter = kind == _LETTER and sign in _NEVER_A_LETTER
    if not letter and (not other or kind not in _SIGNS or sign in _SIGNS[kind]):
        return None
    text, end = one.paragraph.text, one.mention.end
    at = text.rindex(word, 0, one.mention.start)
    better = other if word[:1].isupper() else other.lower()
    better = (better.upper() if word.isupper() else better) + text[at + len(word) : end]
    reason = f"ghi là {word} nhưng ký hiệu {'-'.join(codes)} là của {other}; đối chiếu bản gốc"
    return _Slip(at, end, better), reason


def _typed_without_bar(one: _Named) -> _Told | None:
    """ "15/QD-UBND": the sign was typed without the bar of Đ."""
    codes = signs(one.mention.citation.number)
    known = _SIGNS.get(one.mention.named.capitalize(), ())
    if not codes or codes[0] in known:
        return None
    meant = next((sign for sign in known if fold(sign) == fold(codes[0])), "")
    if not meant or not codes[0].isupper():
        return None
    number = one.paragraph.text[one.mention.start : one.mention.end]
    better = number.replace(codes[0], meant, 1)
    return _number(one, better), f"ký hiệu của {one.mention.named} là {meant}"


def _other_year(one: _Named) -> _Told | None:
    """The number says one year, the date another."""
    citation = one.mention.citation
    year = re.search(r"/(\d{4})/", citation.number)
    if not year or not citation.date or int(year[1]) == citation.date.year:
        return None
    reason = (
        f"số ghi năm {year[1]} nhưng ngày ban hành ghi năm {citation.date.year}; đối chiếu bản gốc"
    )
    return _number(one), reason


def _too_young(one: _Named, latest: date | None, *, own: bool) -> _Told | None:
    day = one.mention.citation.date
    if not day or not latest or day <= latest:
        return None
    than = "ngày của chính văn bản này" if own else "ngày phát"
    reason = f"văn bản viện dẫn ghi ngày {day:%d/%m/%Y}, sau {than} ({latest:%d/%m/%Y})"
    return _number(one), reason


def _without_year(one: _Named) -> _Told | None:
    """A decree's or a circular's number without its year."""
    citation = one.mention.citation
    sign = _YEARLY.get(one.mention.named.capitalize())
    codes = signs(citation.number)
    if not sign or codes[:1] != (sign,) or len(codes) < 2 or citation.number.count("/") != 1:
        return None
    if "-" in citation.number.partition("/")[0]:
        return None
    year = citation.date.year if citation.date else None
    if year and year < _YEARLY_SINCE:
        return None
    first, _, code = citation.number.partition("/")
    better = f"{first}/{year}/{code}" if year else ""
    return _number(one, better), f"số của {one.mention.named} phải có năm: số/năm/ký hiệu"
