"""The operator's sheet: the week on paper, to tick off programme by programme."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import timedelta
from itertools import groupby

from broadcast.domain.station import Station, Zone
from broadcast.domain.wording import clock, day_text, length_clock, length_text, weekday_title
from broadcast.publish.items import Handout, Programme, Variant
from broadcast.publish.words import clean_line

PAGE = 80
"""Characters a line: what Notepad prints on an upright A4 handout."""

_COLUMNS = (4, 13, 6)
"""Cells for tick, time and length; the programme gets the rest, less bars and blanks."""
_LAST = PAGE - sum(_COLUMNS) - 3 * len(_COLUMNS) - 4
_STICK = "chép USB"
_MANY = 4
"""Zones; from so many on a programme for all of them does not name each."""


def operator_sheet(handout: Handout, programmes: Sequence[Programme]) -> bytes:
    """The sheet of `programmes` (the handout's items in order) as text for Notepad on an old PC.

    UTF-8 with a byte order mark and CRLF: Notepad before Windows 10 of 2018 shows a file without
    them as one line, or guesses another encoding.
    """
    blocks = [
        _heading(handout, programmes),
        *_days(handout.station, programmes),
        _sticks(handout, programmes),
        _signatures(programmes),
    ]
    text = "\n\n".join("\n".join(lines) for lines in blocks if lines) + "\n"
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _heading(handout: Handout, programmes: Sequence[Programme]) -> list[str]:
    first, *_, last = handout.week.days()
    week = f"PHIẾU PHÁT THANH - TUẦN {handout.week.number} NĂM {handout.week.year}"
    days = f"Từ {weekday_title(first)} {day_text(first)} đến {weekday_title(last)} {day_text(last)}"
    names = ", ".join(zone.name for zone in handout.zones) or "tất cả"
    zones = _wrapped(clean_line(f"Cụm loa: {names}"), PAGE)
    lines = [clean_line(handout.station.name).upper(), week, days, *zones]
    return [*(_centred(line) for line in lines), "", *_wrapped(_total(programmes), PAGE)]


def _total(programmes: Sequence[Programme]) -> str:
    items = [p.item for p in programmes]
    if not items:
        return "Tuần này chưa có lượt phát nào."
    missing = sum(item.source is None for item in items)
    text = f"Cả tuần: {len(items)} lượt phát, tổng {length_text(sum(i.seconds for i in items))}."
    return f"{text} {missing} lượt CHƯA CÓ TỆP TIẾNG." if missing else text


def _days(station: Station, programmes: Sequence[Programme]) -> Iterable[list[str]]:
    for day, group in groupby(programmes, key=lambda p: p.item.airing.day):
        todays = tuple(group)
        seconds = sum(p.item.seconds for p in todays)
        left = f"{weekday_title(day).upper()} {day_text(day)}"
        lines = [
            _spread(left, f"{len(todays)} lượt, {length_text(seconds)}"),
            *_folder(todays),
            _rule("┌", "┬", "┐"),
            _row("Phát", "Giờ", "Dài", "Chương trình"),
        ]
        for programme in todays:
            lines += [_rule("├", "┼", "┤"), *_programme(programme, station)]
        yield [*lines, _rule("└", "┴", "┘")]


def _folder(todays: Iterable[Programme]) -> list[str]:
    """Where the day's files are, if they are in a folder."""
    folders = {one.path.rpartition("/")[0] for one in todays if one.path} - {""}
    return [f"Thư mục: {folder}" for folder in sorted(folders)]


def _programme(programme: Programme, station: Station) -> list[str]:
    item = programme.item
    airing = item.airing
    until = airing.starts + timedelta(minutes=airing.minutes)
    title = clean_line(item.title or airing.title)
    if airing.level != "thông thường":
        title = f"{airing.level.upper()}: {title}"
    file = (programme.path or "").rpartition("/")[2] or "CHƯA CÓ TỆP TIẾNG"
    text = [
        *_wrapped(title, _LAST),
        *_wrapped(f"Loa: {_zones(programme, station)}", _LAST),
        *_wrapped(f"Tệp: {file}", _LAST),
        *(line for one in item.variants for line in _wrapped(_variant(one), _LAST)),
    ]
    first = _row("[ ]", f"{clock(airing.start)} - {clock(until)}", _length(item.seconds), text[0])
    return [first, *(_row("", "", "", line) for line in text[1:])]


def _variant(variant: Variant) -> str:
    folder = f"tệp cùng tên trong thư mục {variant.zone}"
    told = f"Riêng {variant.zone_name} ({variant.told}, dài {_length(variant.seconds)}): {folder}"
    return clean_line(told)


def _zones(programme: Programme, station: Station) -> str:
    if _MANY <= len(station.zones) == len(_heard_by(programme, station)):
        carried = [f"{zone.name}: {_STICK}" for zone in station.zones if not zone.network]
        return clean_line("; ".join(["tất cả các cụm loa", *carried]))
    names = []
    known = {zone.name: zone for zone in _heard_by(programme, station)}
    for name in programme.item.zone_names:
        without = name in known and not known[name].network
        names.append(f"{name} ({_STICK})" if without else name)
    return clean_line(", ".join(names)) or "tất cả"


def _heard_by(programme: Programme, station: Station) -> list[Zone]:
    return [zone for zone in station.zones if zone.id in programme.item.airing.zones]


def _sticks(handout: Handout, programmes: Sequence[Programme]) -> list[str]:
    """Zones without network: somebody has to carry the files there."""
    zones = handout.zones or handout.station.zones
    lines = []
    for zone in (z for z in zones if not z.network):
        heard = [p for p in programmes if zone.id in p.item.airing.zones]
        if heard:
            days = ", ".join(dict.fromkeys(f"{day_text(p.item.airing.day)[:5]}" for p in heard))
            text = f"[ ] {clean_line(zone.name)}: {len(heard)} lượt phát, các ngày {days}."
            note = clean_line(zone.note)
            lines += _wrapped(f"{text} {note}" if note else text, PAGE, indent="    ")
    title = "CỤM LOA KHÔNG CÓ MẠNG: CHÉP USB, GIAO TRƯỚC NGÀY PHÁT ĐẦU TIÊN"
    return [title, *lines] if lines else []


def _signatures(programmes: Sequence[Programme]) -> list[str]:
    names = (clean_line(p.item.approved_by) for p in programmes)
    approved = ", ".join(dict.fromkeys(filter(None, names))) or "." * 30
    return [*_wrapped(f"Người duyệt nội dung: {approved}", PAGE), f"Người phát: {'.' * 30}"]


def _length(seconds: float) -> str:
    return length_clock(seconds) if seconds else ""


def _row(*cells: str) -> str:
    widths = (*_COLUMNS, _LAST)
    return "│" + "│".join(f" {_padded(c, w)} " for c, w in zip(cells, widths, strict=True)) + "│"


def _rule(left: str, middle: str, right: str) -> str:
    return left + middle.join("─" * (w + 2) for w in (*_COLUMNS, _LAST)) + right


def display_width(text: str) -> int:
    """Cells a text takes in a fixed-width font: marks take none, East Asian wide letters two."""
    return sum(_cells(c) for c in text)


def _cells(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def _padded(text: str, width: int) -> str:
    return text + " " * (width - display_width(text))


def _centred(text: str) -> str:
    return " " * max(0, (PAGE - display_width(text)) // 2) + text


def _spread(left: str, right: str) -> str:
    return left + " " * max(1, PAGE - display_width(left) - display_width(right)) + right


def _wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Lines of at most `width` cells; wide letters are rare, so they only make lines shorter."""
    wide = display_width(text) - len(text)
    most = width if wide <= 0 else width // 2
    return textwrap.wrap(text, most, subsequent_indent=indent, break_on_hyphens=False) or [""]
