"""What stands above the first section: issuing body, number, date, title, place and year."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from broadcast.domain.plan import Passage
from broadcast.intake.lines import Block, is_capitals
from broadcast.intake.marks import UPPER, split_mark
from broadcast.intake.outline import Outline, is_plan_word
from broadcast.vietnamese.citations import read_date

_RANK = {"xã": 1, "phường": 1, "thị trấn": 1, "đặc khu": 1, "huyện": 2, "quận": 2, "thị xã": 2,
         "thành phố": 3, "tỉnh": 3}  # fmt: skip
_LEVEL = r"(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)"
_NAME = rf"[{UPPER}][^\W\d_]*(?:[\s'’-][{UPPER}][^\W\d_]*){{0,4}}|\d{{1,2}}\b"
_PLACE = re.compile(rf"\b({_LEVEL})\s+({_NAME})")
_COUNCIL = r"(?:UBND|[ỦU][ỷy] ban nhân dân)"
_CAPITAL_COUNCIL = re.compile(
    rf"(?:UBND|[ỦU][ỶY] BAN NHÂN DÂN)\s+({_LEVEL.upper()})\s+([{UPPER}][{UPPER}\s]*)$"
)
_ISSUES = re.compile(
    rf"({_COUNCIL}|[Đđ]ảng [ủu][ỷy])\s+({_LEVEL})\s+({_NAME})\s+"
    r"(?:ban hành|xây dựng|lập|đề ra|triển khai|tổ chức)"
)
_ANY_COUNCIL = re.compile(rf"({_COUNCIL})\s+({_LEVEL})\s+({_NAME})")
_COLUMNS = re.compile(
    r"\s{3,}|\t+|\s+(?=CỘNG H(?:ÒA|OÀ) XÃ HỘI)|\s+(?=Độc lập\s*[-–])|(?<=UBND)\s+(?=\S+.*, ngày)"
)
_BLANK_LEFT = re.compile(r"((?:\b[Ss][Ốố]\s*:|\bngày|\btháng|\bnăm))\s+")
"""Room left for a number or a day to be written by hand parts no columns."""
_NUMBER = re.compile(rf"Số\s*:?\s*(\d+)\s*([/–-])\s*(KH[-–/]?[{UPPER}\d&/-]*)", re.IGNORECASE)
_DATE = re.compile(r"ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_PLACE_AT_END = re.compile(rf"\b({_LEVEL})\s+(.+)$", re.IGNORECASE)
_NOT_ISSUER = re.compile(
    r"CỘNG H|VIỆT NAM$|Độc lập|ĐỘC LẬP|Số\s*:?|SỐ\s*:|DỰ THẢO|\(|ĐẢNG CỘNG SẢN"
)
_YEAR = re.compile(r"\bnăm\s+((?:19|20)\d\d)\b|\b((?:20)\d\d)\b", re.IGNORECASE)
_INLINE_TITLE = re.compile(r"KẾ HOẠCH\s+\S")
_NAMED = re.compile(r"(?:ban hành|xây dựng|là)\s+(kế hoạch\s+[^;:.]{10,200})", re.IGNORECASE)
_ABOUT = re.compile(r"(?:V/v|Về việc)\s+", re.IGNORECASE)
"""What letters put before their subject; no part of a plan's name."""
_FOLLOWS = re.compile(r",?\s*(?:cụ thể|nội dung|với|như sau|gồm).*$")
_BODIES = re.compile(r"\b(?:[ủu][ỷy] ban nhân dân|hội đồng nhân dân|đảng [ủu][ỷy])\b")
"""Bodies of state that ordinary text writes with a capital."""
_UNITS = re.compile(r"\b(?:UBND|ỦY BAN NHÂN DÂN|UỶ BAN NHÂN DÂN)\b")


@dataclass(frozen=True, slots=True)
class Header:
    """What the head of the document says; "" and None for what it does not."""

    title: str
    issuing_body: str
    locality: str
    level: str
    year: int | None
    number: str | None
    date: date | None
    passages: tuple[Passage, ...]


def read_header(outline: Outline, texts: Sequence[str]) -> Header:
    """Read the head; `texts` are all the document's paragraphs, which tell names and their case."""
    head = outline.head
    at = _title_place(head)
    above = [piece for block in head[: at or 0] for piece in _pieces(block)]
    issuer, level, place = _issuer(above, texts)
    title, used = _title(head, at, texts)
    if place:
        title = re.sub(
            rf"\b{level} {re.escape(place)}\b", f"{level} {place}", title, flags=re.IGNORECASE
        )
    whole = [*above, *(block.text for block in head[: at or 0])]
    day = next((read_date(*m.groups()) for m in map(_DATE.search, whole) if m), None)
    number = next((m for m in map(_NUMBER.search, above) if m), None)
    return Header(
        title=title,
        issuing_body=issuer,
        locality=", ".join(filter(None, [f"{level} {place}".strip(), *_higher(level, texts)])),
        level=level,
        year=_year(title, day, texts),
        number=f"{number[1]}{number[2]}{number[3].upper()}".replace("–", "-") if number else None,
        date=day,
        passages=tuple(_passages(head, at, used)),
    )


def _title_place(head: Sequence[Block]) -> int | None:
    """Index of the line KẾ HOẠCH, alone or with the title behind it."""
    alone = (i for i, block in enumerate(head) if is_plan_word(block.text))
    inline = (i for i, block in enumerate(head) if _INLINE_TITLE.match(block.text))
    return next(alone, next(inline, None))


def _title(head: Sequence[Block], at: int | None, texts: Sequence[str]) -> tuple[str, int]:
    """The title and how many blocks from `at` on it took."""
    if at is None:
        found = next((m for m in map(_NAMED.search, texts) if m), None)
        title = _FOLLOWS.sub("", found[1]) if found else ""
        return title[:1].upper() + title[1:], 0
    block = head[at]
    parts = [block.text]
    if is_plan_word(block.text) and at + 1 < len(head):
        parts.append(head[at + 1].text)
    else:
        following = (b.text for b in head[at + 1 :])
        for text in following:
            if not is_capitals(text):
                break
            parts.append(text)
    shown = [_plain_case(part, texts) for part in parts]
    words = re.sub(r"^\(?\s*dự thảo\s*\)?\s*", "", shown[0], flags=re.IGNORECASE).strip(" :.")
    rest = _ABOUT.sub("", " ".join(shown[1:]))
    title = f"{words[:1].upper()}{words[1:]} {_small_start(rest)}".strip()
    return title.rstrip(" ."), len(parts)


def _small_start(text: str) -> str:
    """The text with a small first letter, unless its first word is an abbreviation."""
    first = text.split(maxsplit=1)[0] if text else ""
    return text if is_capitals(first) else text[:1].lower() + text[1:]


def _plain_case(text: str, texts: Sequence[str]) -> str:
    """A text in capitals in ordinary letters; names and abbreviations as the body writes them."""
    if not is_capitals(text):
        return text
    body = [t for t in texts if not is_capitals(split_mark(t)[1])]
    shortened = {w for t in body for w in re.findall(rf"\b[{UPPER}]{{2,}}\b", t)}
    words = [w if w.strip(",.;:()") in shortened else w.lower() for w in text.split()]
    plain = _BODIES.sub(lambda m: m[0][0].upper() + m[0][1:], " ".join(words))
    for level, name in {m for t in body for m in _PLACE.findall(t)}:
        pattern = re.compile(rf"\b{level}\s+{re.escape(name)}\b", re.IGNORECASE)
        plain = pattern.sub(f"{level} {name}", plain)
    return plain


def _pieces(block: Block) -> Iterator[str]:
    """The lines of a block, columns apart."""
    for raw in block.raw:
        closed = _BLANK_LEFT.sub(r"\1 ", raw)
        yield from (piece.strip() for piece in _COLUMNS.split(closed) if piece.strip())


def _issuer(above: Sequence[str], texts: Sequence[str]) -> tuple[str, str, str]:
    """Issuing body spelt out, its level and its place's name."""
    lines = [p for p in above if is_capitals(p) and not _NOT_ISSUER.match(p)][:3]
    placed = [(at, m) for at, m in enumerate(map(_PLACE_AT_END.search, lines)) if m]
    if placed:
        at, match = placed[-1]
        level, name = match[1].lower(), _cased_name(match[1].lower(), match[2], texts)
        if at < len(lines) - 1:
            body = " ".join(lines[at + 1 :])
            return f"{_as_written(body, texts)} {level} {name}", level, name
        body = lines[at][: match.start()].strip() or " ".join(lines[max(0, at - 1) : at])
        return f"{_spelt(body)} {level} {name}", level, name
    found = next((m for m in map(_ISSUES.search, texts) if m), None)
    if found is None:
        counted = Counter(m.groups()[1:] for t in texts for m in _ANY_COUNCIL.finditer(t))
        printed = next((m for m in map(_CAPITAL_COUNCIL.search, texts) if m), None)
        if not counted and printed:
            level, name = printed[1].lower(), printed[2].strip().title()
            return f"Ủy ban nhân dân {level} {name}", level, name
        if not counted:
            return _spelt(" ".join(lines)) if lines else "", "", ""
        (level, name), _ = counted.most_common(1)[0]
        return f"Ủy ban nhân dân {level} {name}", level, name
    return f"{_spelt(found[1])} {found[2]} {found[3]}", found[2], found[3]


def _as_written(capitals: str, texts: Sequence[str]) -> str:
    """A text in capitals as the body writes it elsewhere, else with one capital in front."""
    pattern = re.compile(rf"\b{re.escape(capitals)}\b", re.IGNORECASE)
    written = (m[0] for t in texts for m in pattern.finditer(t) if not is_capitals(m[0]))
    return next(written, capitals.capitalize())


def _cased_name(level: str, name: str, texts: Sequence[str]) -> str:
    """A place's name as the body writes it, else each word with a capital."""
    pattern = re.compile(rf"\b{level}\s+({re.escape(name)})\b", re.IGNORECASE)
    written = (m[1] for t in texts for m in pattern.finditer(t) if not is_capitals(m[1]))
    return next(written, name.title())


def _spelt(body: str) -> str:
    """A council's name in full and in ordinary letters."""
    if not body or _UNITS.search(body.upper()) or re.match(_COUNCIL, body):
        return "Ủy ban nhân dân"
    return body.capitalize()


def _higher(level: str, texts: Sequence[str]) -> Iterator[str]:
    """District and province, if the text names them; each the one it names most."""
    rank = _RANK.get(level, 0)
    counted = Counter(m.groups() for t in texts for m in _PLACE.finditer(t))
    for wanted in range(rank + 1, 4):
        named = [(n, p) for p, n in counted.items() if _RANK.get(p[0]) == wanted]
        if rank and named:
            yield " ".join(max(named)[1])


def _year(title: str, day: date | None, texts: Sequence[str]) -> int | None:
    if match := _YEAR.search(title):
        return int(match[1] or match[2])
    if day:
        return day.year
    named = Counter(m[1] for t in texts for m in _YEAR.finditer(t) if m[1])
    return int(named.most_common(1)[0][0]) if named else None


def _passages(head: Sequence[Block], at: int | None, used: int) -> Iterator[Passage]:
    """Everything of the head but the title, in order."""
    for place, block in enumerate(head):
        if at is not None and at <= place < at + used:
            if about := _ABOUT.match(block.text):
                yield Passage("tên kế hoạch", about[0].strip(), block.line)
            continue
        path = "đầu văn bản" if at is not None and place < at else "mở đầu"
        yield Passage(path, block.text, block.line)
