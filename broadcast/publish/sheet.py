"""What the operator's sheet says of a week, before it is laid out as text or for Word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing
from broadcast.domain.wording import clock, day_text, length_clock, length_text, weekday_title
from broadcast.publish.items import Handout, Programme, Variant
from broadcast.publish.words import clean_line

TITLE = "PHIẾU PHÁT THANH"
STICKS = "CỤM LOA KHÔNG CÓ MẠNG: CHÉP USB, GIAO TRƯỚC NGÀY PHÁT ĐẦU TIÊN"
FILE, CODE = "Tệp: ", " · mã "
"""What stands before a file's name and before an airing's code; `ticks` reads them again."""

_NO_SOUND = "CHƯA CÓ TỆP TIẾNG"
_STICK = "chép USB"
_MANY = 4
"""Zones; from so many on a programme for all of them does not name each."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A programme: when, how long, what, where it is heard, its file and code.

    `notes`: zones that hear something else of it.
    """

    times: str
    length: str
    title: str
    zones: str
    file: str
    code: str
    notes: tuple[str, ...] = ()

    @property
    def file_line(self) -> str:
        """The file and the code in one line."""
        return f"{FILE}{self.file}{CODE}{self.code}"


@dataclass(frozen=True, slots=True)
class SheetDay:
    """A day: its name, how much there is to play, the folders of its files."""

    name: str
    total: str
    folders: tuple[str, ...]
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A week's sheet; `sticks` are the zones to which somebody has to carry the files.

    `monday`: the week's first day. `approved_by`: "" if nobody did yet.
    """

    monday: date
    station: str
    week: str
    span: str
    zones: str
    total: str
    days: tuple[SheetDay, ...]
    sticks: tuple[str, ...]
    approved_by: str


def week_on_sheet(handout: Handout, programmes: Sequence[Programme]) -> Sheet:
    """The sheet of `programmes` (the handout's items in order)."""
    first, *_, last = handout.week.days()
    names = ", ".join(zone.name for zone in handout.zones) or "tất cả"
    approved = (clean_line(p.item.approved_by) for p in programmes)
    return Sheet(
        monday=first,
        station=clean_line(handout.station.name),
        week=f"TUẦN {handout.week.number} NĂM {handout.week.year}",
        span=f"Từ {_day(first)} đến {_day(last)}",
        zones=clean_line(f"Cụm loa: {names}"),
        total=_total(programmes),
        days=tuple(_days(handout.station, programmes)),
        sticks=tuple(_sticks(handout, programmes)),
        approved_by=", ".join(dict.fromkeys(filter(None, approved))),
    )


def code_of(airing: Airing) -> str:
    """How the log is told of an airing: its id without the day that stands above it."""
    return airing.id.removeprefix(f"{airing.day}-") or airing.id


def _day(day: date) -> str:
    return f"{weekday_title(day)} {day_text(day)}"


def _total(programmes: Sequence[Programme]) -> str:
    items = [p.item for p in programmes]
    if not items:
        return "Tuần này chưa có lượt phát nào."
    missing = sum(item.source is None for item in items)
    text = f"Cả tuần: {len(items)} lượt phát, tổng {length_text(sum(i.seconds for i in items))}."
    return f"{text} {missing} lượt {_NO_SOUND}." if missing else text


def _days(station: Station, programmes: Sequence[Programme]) -> Iterator[SheetDay]:
    for day, group in groupby(programmes, key=lambda p: p.item.airing.day):
        todays = tuple(group)
        seconds = sum(p.item.seconds for p in todays)
        folders = {one.path.rpartition("/")[0] for one in todays if one.path} - {""}
        yield SheetDay(
            name=f"{weekday_title(day).upper()} {day_text(day)}",
            total=f"{len(todays)} lượt, {length_text(seconds)}",
            folders=tuple(sorted(folders)),
            rows=tuple(_row(one, station) for one in todays),
        )


def _row(programme: Programme, station: Station) -> SheetRow:
    item = programme.item
    airing = item.airing
    title = clean_line(item.title or airing.title)
    urgent = "" if airing.level == "thông thường" else f"{airing.level.upper()}: "
    return SheetRow(
        times=f"{clock(airing.start)} - {clock(programme.ends)}",
        length=_length(item.seconds),
        title=f"{urgent}{title}",
        zones=f"Loa: {_zones(programme, station)}",
        file=(programme.path or "").rpartition("/")[2] or _NO_SOUND,
        code=clean_line(code_of(airing)),
        notes=tuple(_variant(one) for one in item.variants),
    )


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


def _sticks(handout: Handout, programmes: Sequence[Programme]) -> Iterable[str]:
    """Zones without network: somebody has to carry the files there."""
    for zone in handout.zones or handout.station.zones:
        heard = [p for p in programmes if zone.id in p.item.airing.zones]
        if heard and not zone.network:
            days = ", ".join(dict.fromkeys(f"{day_text(p.item.airing.day)[:5]}" for p in heard))
            text = f"{clean_line(zone.name)}: {len(heard)} lượt phát, các ngày {days}."
            yield f"{text} {clean_line(zone.note)}".strip()


def _length(seconds: float) -> str:
    return length_clock(seconds) if seconds else ""
