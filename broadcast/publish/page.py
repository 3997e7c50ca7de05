"""The week as a page for everybody: one file of HTML beside the sound, nothing from outside.

It opens from a disk as from a web server, reads without JavaScript, and lets nothing in a title or
a script become markup: everything is escaped, and the page's own policy forbids other scripts.
"""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib.resources import files
from itertools import groupby
from urllib.parse import quote

from broadcast.domain.station import Station
from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import clock, day_text, length_text, weekday_title
from broadcast.publish.items import Programme
from broadcast.publish.qr import qr_svg
from broadcast.publish.words import clean_line

Texts = Mapping[str, Sequence[str]]
"""What an airing says, a paragraph an entry, by the airing's id."""


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """A calendar of the page: its name, its file beside the page, and where it can be followed."""

    name: str
    path: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PageOptions:
    """What else stands on the page.

    `texts` are shown for the airings that have them; `notes` say what a day is (a holiday), by
    its ISO date; `calendars` can be downloaded; `address` stands as a QR code, for phones and for
    the notice board.
    """

    texts: Texts = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    calendars: Sequence[CalendarLink] = ()
    address: str = ""


@dataclass(frozen=True, slots=True)
class _Sound:
    path: str
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Airing:
    anchor: str
    start: str
    end: str
    clock: str
    until: str
    title: str
    level: str
    zones: tuple[str, ...]
    zone_names: str
    length: str
    summary: str
    sounds: tuple[_Sound, ...]
    text: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    iso: str
    label: str
    note: str
    airings: tuple[_Airing, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    title: str
    station: str
    span: str
    count_text: str
    changed: str
    days: tuple[_Day, ...]
    zones: tuple[tuple[str, str], ...]
    calendars: tuple[CalendarLink, ...]
    address: str


def week_page(
    programmes: Sequence[Programme],
    station: Station,
    changed: datetime,
    options: PageOptions | None = None,
) -> bytes:
    """The page of `programmes`, as UTF-8.

    Args:
        programmes: airings in order, of one week or several.
        station: whose page it is.
        changed: when anything on it last changed, aware.
        options: texts, notes of days and calendars; none of them without it.
    """
    page = _page(programmes, station, changed, options or PageOptions())
    style, script = _asset("page.css"), _asset("page.js")
    # jinja2 is slow to load and only this needs it here.
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415
    from markupsafe import Markup  # noqa: PLC0415 - comes with jinja2

    template = Environment(autoescape=True, undefined=StrictUndefined).from_string(
        _asset("page.html")
    )
    html = template.render(
        page=page,
        qr=Markup(qr_svg(page.address)) if page.address else "",  # noqa: S704 - escaped by segno
        style=Markup(style),  # noqa: S704 - our own file, without any text of the station
        script=Markup(script),  # noqa: S704
        style_hash=_hash(style),
        script_hash=_hash(script),
    )
    return html.encode()


@cache
def _asset(name: str) -> str:
    return (files("broadcast.publish") / "web" / name).read_text("utf-8")


def _hash(text: str) -> str:
    """The source expression by which a policy allows just this text."""
    return f"sha256-{b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _page(
    programmes: Sequence[Programme], station: Station, changed: datetime, options: PageOptions
) -> _Page:
    heard = {zone for one in programmes for zone in one.item.airing.zones}
    name = clean_line(station.name)
    span = _span(programmes)
    moment = changed.astimezone(VIETNAM)
    return _Page(
        title=f"{name} - {span}",
        station=name,
        span=span,
        count_text=f"{len(programmes)} lượt phát",
        changed=f"Cập nhật lúc {clock(moment)} ngày {day_text(moment.date())}.",
        days=tuple(_days(programmes, options)),
        zones=tuple((z.id, clean_line(z.name)) for z in station.zones if z.id in heard),
        calendars=tuple(options.calendars),
        address=options.address,
    )


def _span(programmes: Sequence[Programme]) -> str:
    days = [one.item.airing.day for one in programmes]
    if not days:
        return "Lịch phát thanh"
    first, last = min(days), max(days)
    if first == last:
        return f"Lịch phát thanh ngày {day_text(first)}"
    return f"Lịch phát thanh từ {day_text(first)} đến {day_text(last)}"


def _days(programmes: Sequence[Programme], options: PageOptions) -> list[_Day]:
    found = []
    for day, group in groupby(programmes, key=lambda one: one.item.airing.day):
        iso = day.isoformat()
        label = f"{weekday_title(day)}, {day_text(day)}"
        note = clean_line(options.notes.get(iso, ""))
        airings = tuple(_airing(one, options.texts) for one in group)
        found.append(_Day(iso, label, note, airings))
    return found


def _airing(programme: Programme, texts: Texts) -> _Airing:
    item, airing = programme.item, programme.item.airing
    start = airing.starts
    end = programme.ends
    return _Airing(
        anchor=f"phat-{hashlib.sha256(airing.id.encode()).hexdigest()[:12]}",
        start=start.isoformat(),
        end=end.isoformat(),
        clock=clock(start),
        until=clock(end),
        title=clean_line(item.title or airing.title) or "Chương trình truyền thanh",
        level="" if airing.level == "thông thường" else airing.level,
        zones=airing.zones,
        zone_names=clean_line(", ".join(item.zone_names)),
        length=length_text(item.seconds) if item.seconds else "",
        summary=clean_line(item.summary),
        sounds=tuple(_sounds(programme)),
        text=tuple(clean_line(one) for one in texts.get(airing.id, ()) if one.strip()),
    )


def _sounds(programme: Programme) -> list[_Sound]:
    """The programme's own file, then those of zones that hear another one."""
    if programme.path is None:
        return []
    own = [_Sound(quote(programme.path))]
    others = [
        _Sound(quote(f"{one.zone}/{programme.path}"), clean_line(f"{one.zone_name} ({one.told})"))
        for one in programme.item.variants
    ]
    return own + others
