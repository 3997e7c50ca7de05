"""The week as iCalendar (RFC 5545, RFC 7986): one event an airing, and days on which something
is due.

Subscribers read the file again every few hours, so an event keeps its UID for ever, and its
SEQUENCE and LAST-MODIFIED move only when its content does: the same week gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from icalendar import Calendar, Component, Event, Timezone, TimezoneStandard, vText

from broadcast.domain.reminders import Reminder
from broadcast.domain.station import Station
from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import length_text
from broadcast.publish.items import EventState, Programme
from broadcast.publish.words import clean_line, clean_text

TZID = "Asia/Ho_Chi_Minh"
PRODID = "-//broadcast//Lich truyen thanh xa//VI"
REFRESH = timedelta(hours=4)
"""How often subscribers should ask again; Google asks every 4 to 24 hours whatever is said."""

LINE_OCTETS = 75
"""Longest line without its end (RFC 5545, 3.1)."""


_DAY_LENGTH = len("2026-11-23")

_DUE_HEADS = {"chỉ tiêu": "Hết kỳ", "thời hạn": "Hạn chót", "báo cáo": "Hạn gửi"}
"""How what is due is announced, by its kind."""


class _Text(vText):
    """TEXT escaped by RFC 5545, 3.3.11; icalendar's own turns a written backslash-N into a line
    break, and leaves the NAME of a calendar unescaped."""

    def to_ical(self) -> bytes:
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def event_uid(airing_id: str, station_id: str) -> str:
    """The UID an airing keeps through moves and new titles."""
    return f"{airing_id}@{station_id}.broadcast"


def week_calendar(  # noqa: PLR0913 - what a calendar is made of; what is beside it by keyword
    programmes: Iterable[Programme],
    station: Station,
    previous: Mapping[str, EventState],
    now: datetime,
    *,
    reminders: Iterable[Reminder] = (),
    lunar: Mapping[date, str] = MappingProxyType({}),
) -> tuple[bytes, dict[str, EventState]]:
    """The calendar's bytes, and each event's state to hand in as `previous` next time.

    Args:
        programmes: the airings, from `names.programmes`.
        station: names the calendar and makes UIDs the station's own.
        previous: the states of the export before, by UID.
        now: the time of changes, aware.
        reminders: what is due, each an event of a whole day.
        lunar: lunar dates to tell of airings, by day.

    Returns:
        UTF-8 with CRLF, folded at 75 octets; and the state by UID of the events in it.
    """
    moment = now.astimezone(UTC).replace(microsecond=0)
    calendar = _empty_calendar(station)
    states: dict[str, EventState] = {}
    contents = {one.item.airing.id: _content(one, lunar) for one in programmes}
    contents |= {one.key: _due(one) for one in reminders}
    for key, content in contents.items():
        uid = event_uid(key, station.id)
        states[uid] = _next_state(content, previous.get(uid), moment)
        calendar.add_component(_event(uid, content, states[uid]))
    return _to_bytes(calendar), states


def _empty_calendar(station: Station) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = _Text(clean_line(f"Lịch phát thanh - {station.name}"))
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", TZID)
    # RFC 7986 wants the value type said, or strict readers drop the property.
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", f"PT{REFRESH // timedelta(hours=1)}H")
    calendar.add_component(_time_zone())
    return calendar


def _time_zone() -> Timezone:
    """Without it Outlook shifts events. One rule is all: no daylight saving since 1975."""
    zone = Timezone()
    zone.add("tzid", TZID)
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1976, 1, 1))  # noqa: DTZ001 - an onset is local by definition
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    return zone


def _due(reminder: Reminder) -> dict[str, str]:
    """Something due as an event of one day: its dates have no time, its end is the day after."""
    facts = (
        ("Đơn vị", reminder.unit),
        ("Kế hoạch", reminder.plan),
        ("Căn cứ", reminder.why),
    )
    lines = [f"{label}: {clean_line(value)}" for label, value in facts if value]
    return {
        "start": reminder.day.isoformat(),
        "end": (reminder.day + timedelta(days=1)).isoformat(),
        "summary": clean_line(f"{_DUE_HEADS[reminder.kind]}: {reminder.what}"),
        "location": "",
        "categories": "Truyền thanh\nNhắc việc",
        "description": "\n".join(lines),
    }


def _content(programme: Programme, lunar: Mapping[date, str]) -> dict[str, str]:
    """Everything of an event that people see; a change in any of it is a change of the event."""
    airing = programme.item.airing
    start = airing.starts.astimezone(VIETNAM).replace(tzinfo=None)
    level = "" if airing.level == "thông thường" else airing.level
    return {
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=_minutes(programme))).isoformat(),
        "summary": clean_line(programme.item.title or airing.title) or "Chương trình truyền thanh",
        "location": clean_line(", ".join(programme.item.zone_names)),
        "categories": "\n".join(filter(None, ("Truyền thanh", level))),
        "description": _description(programme, lunar.get(airing.day, "")),
    }


def _minutes(programme: Programme) -> int:
    """The time set aside, since people wait through it; more where the programme is longer."""
    return max(1, programme.item.airing.minutes, math.ceil(programme.item.seconds / 60))


def _description(programme: Programme, lunar: str) -> str:
    item = programme.item
    facts = (
        ("Nội dung", clean_line(item.topic)),
        ("Mức độ", "" if item.airing.level == "thông thường" else item.airing.level),
        ("Cụm loa", clean_line(", ".join(item.zone_names))),
        ("Thời lượng", length_text(item.seconds) if item.seconds else ""),
        ("Tệp", programme.path or ""),
        ("Âm lịch", lunar),
    )
    lines = [f"{label}: {value}" for label, value in facts if value]
    return "\n".join([clean_text(item.summary).strip(), *lines]).strip()


def _next_state(content: Mapping[str, str], before: EventState | None, now: datetime) -> EventState:
    data = json.dumps(content, ensure_ascii=False, sort_keys=True)
    digest = hashlib.sha256(data.encode()).hexdigest()
    if before is None:
        return EventState(digest, 0, now)
    return before if before.digest == digest else EventState(digest, before.sequence + 1, now)


def _event(uid: str, content: Mapping[str, str], state: EventState) -> Event:
    event = Event()
    event.add("uid", _Text(uid))
    for name in ("start", "end"):
        event.add(f"dt{name}", *_when(content[name]))
    for name in ("summary", "location", "description"):
        if content[name]:
            event.add(name, _Text(content[name]))
    event.add("categories", content["categories"].split("\n"))
    event.add("transp", "TRANSPARENT")  # a loudspeaker does not make its listeners busy
    event.add("sequence", state.sequence)
    event.add("dtstamp", state.modified)
    event.add("last-modified", state.modified)
    return event


def _when(text: str) -> tuple[date, dict[str, str]]:
    """A day, or a local time with the zone's name: the VTIMEZONE above says what that means."""
    if len(text) == _DAY_LENGTH:
        return date.fromisoformat(text), {"VALUE": "DATE"}
    return datetime.fromisoformat(text), {"TZID": TZID}


def _to_bytes(calendar: Component) -> bytes:
    lines = (str(line) for line in calendar.content_lines() if line)
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _folded(line: str) -> bytes:
    """Cut a line at 75 octets, never inside a UTF-8 character or an escape.

    icalendar's own folding may part a backslash from what it escapes; one such fold made Google
    drop a whole feed (facts: calendars).
    """
    data = line.encode()
    if len(data) <= LINE_OCTETS:
        return data
    parts: list[bytes] = []
    start, room = 0, LINE_OCTETS
    while len(data) - start > room:
        end = _cut(data, start, start + room)
        parts.append(data[start:end])
        start, room = end, LINE_OCTETS - 1  # the space that opens a continuation counts
    return b"\r\n ".join([*parts, data[start:]])


def _cut(data: bytes, start: int, end: int) -> int:
    while data[end] & 0xC0 == 0x80:
        end -= 1
    before = data[start:end]
    slashes = len(before) - len(before.rstrip(b"\\"))
    return end - 1 if slashes % 2 else end
