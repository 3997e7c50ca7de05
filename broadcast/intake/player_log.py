"""What a player says it played, as CSV: rows with a moment, a file, a length and a zone.

Players and spreadsheets differ in everything: names and order of columns, what stands between
them, how days are written, the encoding. What is not understood is told with its line.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError, Problem
from broadcast.intake.text_files import clean, decode
from broadcast.vietnamese.characters import fold

Column = Literal["thời điểm", "ngày", "giờ", "tệp", "thời lượng", "cụm loa"]
"""What a column can be."""

KNOWN: dict[Column, tuple[str, ...]] = {
    "thời điểm": ("thời điểm", "ngày giờ", "thời gian", "bắt đầu", "datetime", "timestamp",
                  "start", "start time", "started", "played at", "date time"),
    "ngày": ("ngày", "ngày phát", "date", "day"),
    "giờ": ("giờ", "giờ phát", "giờ bắt đầu", "time", "clock"),
    "tệp": ("tệp", "tên tệp", "tập tin", "chương trình", "bài", "file", "filename", "file name",
            "track", "title", "program", "programme", "message"),
    "thời lượng": ("thời lượng", "độ dài", "số giây", "số phút", "duration", "length", "seconds",
                   "minutes", "played"),
    "cụm loa": ("cụm loa", "loa", "khu vực", "zone", "zones", "area", "output"),
}  # fmt: skip
"""Names by which a column is known; any case, with or without accents and units in brackets."""

_DELIMITERS = ";\t,|"
_DAYS = ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%Y/%m/%d")
_CLOCKS = ("%H:%M:%S", "%H:%M", "%I:%M:%S %p", "%I:%M %p", "%Hh%M")
_LENGTH = re.compile(r"(\d+(?:[.,]\d+)?)\s*([a-zà-ỹ]*)")
_FRACTION = re.compile(r"(:\d\d)[.,]\d+")
_REFUSED = "Chưa nhập được nhật ký của máy phát"


class ColumnsError(InputError):
    """A file whose columns say neither when nor what; `heads` are their names."""

    def __init__(self, happened: str, mend: str, heads: tuple[str, ...]) -> None:
        super().__init__(_REFUSED, happened, mend)
        self.heads = heads


@dataclass(frozen=True, slots=True)
class PlayerRow:
    """A row: its line in the file from 1, when it began (aware), seconds played; None if unsaid.

    `airing`: the code of the airing it is about, where the file says that.
    """

    line: int
    when: datetime | None
    file: str
    seconds: float | None
    zone: str
    airing: str = ""


@dataclass(frozen=True, slots=True)
class PlayerLog:
    """A player's file: its rows, those that cannot be read, and columns nobody asked for."""

    rows: tuple[PlayerRow, ...]
    problems: tuple[Problem, ...] = ()
    ignored: tuple[str, ...] = ()


def read_player_log(data: bytes, name: str, columns: Mapping[str, str] | None = None) -> PlayerLog:
    """Read a player's CSV.

    Args:
        name: of the file, for messages.
        columns: what a column of the file is, by its head: {"Bắt đầu lúc": "thời điểm"}.

    Raises:
        ColumnsError: its columns say neither when nor what.
        InputError: it is no text, or has no rows.
    """
    lines = _lines(_text(data, name))
    if not lines:
        raise InputError(_REFUSED, f"{name} không có dòng nào", "chọn tệp CSV của máy phát")
    (_, head), *body = lines
    delimiter = max(_DELIMITERS, key=head.count)
    heads = [clean(one).strip() for one in next(csv.reader([head], delimiter=delimiter), [])]
    places = _places(heads, columns or {}, name)
    rows, problems = list[PlayerRow](), list[Problem]()
    for number, text in body:
        try:
            cells = next(csv.reader([text], delimiter=delimiter), [])
            rows.append(_row(number, cells, places, heads))
        except (ValueError, csv.Error) as error:
            problems.append(
                Problem(str(error), name, number, "sửa dòng ấy hoặc ghi lượt ấy bằng tay")
            )
    ignored = tuple(one for n, one in enumerate(heads) if one and n not in places.values())
    return PlayerLog(tuple(rows), tuple(problems), ignored)


def _text(data: bytes, name: str) -> str:
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and b"\0" in data[:64]:
        # UTF-16 without its mark: the zero of an ASCII letter comes second in little endian.
        mark = codecs.BOM_UTF16_LE if data[1:2] == b"\0" else codecs.BOM_UTF16_BE
        data = mark + data
    text = decode(data)
    if text is None or "\0" in text:
        mend = "mở bằng Excel hoặc Notepad, lưu lại dạng CSV UTF-8"
        raise InputError(_REFUSED, f"{name} không phải văn bản UTF-8 hay UTF-16", mend)
    return text


def _lines(text: str) -> list[tuple[int, str]]:
    """Lines with something in them, with their numbers; Excel's own first line is no head."""
    numbered = enumerate(text.splitlines(), 1)
    return [(n, one) for n, one in numbered if one.strip() and not one.startswith("sep=")]


def _places(heads: list[str], columns: Mapping[str, str], name: str) -> dict[Column, int]:
    """Where each column stands."""
    known = {fold(one): column for column, names in KNOWN.items() for one in names}
    own = {fold(head): _column(what) for head, what in columns.items()}
    missing = [head for head in columns if fold(head) not in map(fold, heads)]
    places: dict[Column, int] = {}
    for number, head in enumerate(heads):
        bare = " ".join(fold(re.sub(r"[(\[].*", "", head)).replace("_", " ").split())
        column = own.get(fold(head)) or known.get(bare)
        if column and column not in places:
            places[column] = number
    timed = "thời điểm" in places or "giờ" in places
    if missing or not (timed or "tệp" in places):
        what = f"không có cột {', '.join(missing)}" if missing else "không có cột nào nói lúc phát"
        told = "; ".join(f"{column}: {', '.join(names)}" for column, names in KNOWN.items())
        named = tuple(filter(None, heads))
        raise ColumnsError(
            f"{name} {what}; các cột có trong tệp: {', '.join(named) or 'không có'}",
            f"đổi tên cột, hoặc nêu cột là gì: --column 'TÊN=thời điểm'. Tên hiểu được: {told}",
            named,
        )
    return places


def _column(what: str) -> Column:
    for column, names in KNOWN.items():
        if fold(what.strip()) in map(fold, (column, *names)):
            return column
    mend = f"dùng một trong: {', '.join(KNOWN)}"
    raise InputError(_REFUSED, f"không có loại cột «{what}»", mend)


def _row(
    number: int, cells: list[str], places: Mapping[Column, int], heads: list[str]
) -> PlayerRow:
    def cell(column: Column) -> str:
        place = places.get(column, len(cells))
        return clean(cells[place]).strip() if place < len(cells) else ""

    length = heads[places["thời lượng"]] if "thời lượng" in places else ""
    when = _moment(cell("thời điểm")) or _moment(f"{cell('ngày')} {cell('giờ')}")
    if when is None and not cell("tệp"):
        raise ValueError("không có thời điểm, không có tên tệp")
    return PlayerRow(
        number, when, cell("tệp"), read_length(cell("thời lượng"), length), cell("cụm loa")
    )


def _moment(text: str) -> datetime | None:
    """A day and a time of day in either order; None for nothing.

    Raises:
        ValueError: it cannot be read.
    """
    words = _FRACTION.sub(r"\1", text.replace("T", " ", 1) if "-" in text[:8] else text).split()
    if not words:
        return None
    for split in range(1, len(words)):
        one, other = " ".join(words[:split]), " ".join(words[split:])
        for day_text, clock_text in ((one, other), (other, one)):
            day, clock = _first(day_text, _DAYS), _first(clock_text, _CLOCKS)
            if day and clock:
                return datetime.combine(day.date(), clock.time(), VIETNAM)
    raise ValueError(f"không hiểu thời điểm «{text.strip()}», viết như 23/11/2026 05:30")


def _first(text: str, forms: Iterable[str]) -> datetime | None:
    for form in forms:
        try:
            return datetime.strptime(text.upper().replace("H", "h"), form)  # noqa: DTZ007
        except ValueError:
            continue
    return None


def read_length(text: str, head: str = "") -> float | None:
    """Seconds: "00:15:00", "15:00", "900", "15 phút"; None for nothing.

    Args:
        head: that of the column, which may say what a bare number counts; else it counts seconds.

    Raises:
        ValueError: it cannot be read.
    """
    if not text:
        return None
    parts = _FRACTION.sub(r"\1", text).split(":")
    if 1 < len(parts) <= 3 and all(part.strip().isdecimal() for part in parts):
        seconds = 0
        for part in parts:
            seconds = seconds * 60 + int(part)
        return float(seconds)
    match = _LENGTH.fullmatch(text.casefold())
    if not match:
        raise ValueError(f"không hiểu thời lượng «{text}», viết như 00:15:00 hoặc số giây")
    unit = fold(match[2] or head)
    minutes = bool(re.search(r"phut|minute|\bp\b|\bm(?:in)?\b", unit))
    return float(match[1].replace(",", ".")) * (60 if minutes else 1)


def days_of(rows: Iterable[PlayerRow]) -> tuple[date, date] | None:
    """The first and the last day that rows name; None if none does."""
    days = [row.when.date() for row in rows if row.when]
    return (min(days), max(days)) if days else None
