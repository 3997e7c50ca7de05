"""The week as iCalendar (RFC 5545, RFC 7986): one event an airing, and days on which something
is due.

Subscribers read the file again every few hours, so an event keeps its UID for ever, and its
SEQUENCE and LAST-MODIFIED move only when its content does: the same week gives the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event, Timezone, TimezoneStandard, vUri

from broadcast.domain.reminders import Reminder
from broadcast.domain.station import Station
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.domain.wording import length_text
from broadcast.publish.ics_lines import Text, to_bytes
from broadcast.publish.items import EventState, Programme
from broadcast.publish.taken_back import Before, taken_back
from broadcast.publish.words import clean_line, clean_text

_FORM = "1"
"""Changes when the same words are written as other bytes: kept events are then written anew."""

TZID = "Asia/Ho_Chi_Minh"
PRODID = "-//broadcast//Lich truyen thanh xa//VI"
REFRESH = timedelta(hours=4)
"""How often subscribers should ask again; Google asks every 4 to 24 hours whatever is said."""

_DAY_LENGTH = len("2026-11-23")

_DUE_HEADS = {"chỉ tiêu": "Hết kỳ", "thời hạn": "Hạn chót", "báo cáo": "Hạn gửi"}
"""How what is due is announced, by its kind."""


def event_uid(airing_id: str, station_id: str) -> str:
    """The UID an airing keeps through moves and new titles."""
    return f"{airing_id}@{station_id}.broadcast"


@dataclass(frozen=True, slots=True)
class Telling:
    """What events tell beside the airing itself.

    Attributes:
        lunar: lunar dates to tell of airings, by day.
        address: where the folder with the sound can be reached, "" if it only lies beside the file.
        alarm: minutes before an airing at which calendars that do so ring, None for silence.
        heard_from: the first day whose sound is still at the address; None: that of every day is.
    """

    lunar: Mapping[date, str] = field(default_factory=dict)
    address: str = ""
    alarm: int | None = None
    heard_from: date | None = None


class EventBook:
    """The bytes of events as they were last written: only what changed is written anew.

    Args:
        known: by UID, the state an event had and its bytes, as `known` gives them.
    """

    def __init__(self, known: Mapping[str, tuple[str, bytes]] = MappingProxyType({})) -> None:
        self.known = dict(known)

    def event(self, uid: str, content: Mapping[str, str], state: EventState) -> bytes:
        """The VEVENT of these words in this state."""
        key = f"{_FORM}-{state.digest}-{state.sequence}-{state.modified.isoformat()}"
        there = self.known.get(uid)
        if there is None or there[0] != key:
            there = self.known[uid] = key, to_bytes(_event(uid, content, state))
        return there[1]


@dataclass(frozen=True, slots=True)
class Events:
    """Events as they are handed out: `bodies` and `states` by UID, airings in order of time and
    then what is due."""

    bodies: Mapping[str, bytes]
    states: dict[str, EventState]


def week_calendar(  # noqa: PLR0913 - what a calendar is made of; what is beside it by keyword
    programmes: Iterable[Programme],
    station: Station,
    previous: Mapping[str, EventState],
    now: datetime,
    *,
    reminders: Iterable[Reminder] = (),
    telling: Telling | None = None,
    book: EventBook | None = None,
    before: Before | None = None,
) -> tuple[bytes, dict[str, EventState]]:
    """The calendar's bytes, and each event's state to hand in as `previous` next time.

    Args:
        programmes: the airings, from `names.programmes`, of a week or of many.
        station: names the calendar and makes UIDs the station's own.
        previous: the states of the export before, by UID.
        now: the time of changes, aware.
        reminders: what is due, each an event of a whole day.
        telling: what else events tell; None: what the station wants, without lunar dates.
        book: events that were written before.
        before: the file that people read in the last time; what it had and the station took back
            stands in this one as cancelled. None for a calendar that is followed.

    Returns:
        UTF-8 with CRLF, folded at 75 octets; and the state by UID of the events in it.
    """
    telling = telling or telling_of(station, {})
    events = calendar_events(
        programmes, station, previous, now, reminders=reminders, telling=telling, book=book
    )
    bodies, states = events.bodies, events.states
    if before:
        gone, ended = taken_back(before, bodies.values(), {**previous, **states}, now)
        bodies, states = {**bodies, **gone}, {**states, **ended}
    head, foot = _around(station)
    return b"".join([head, *bodies.values(), foot]), states


def calendar_events(  # noqa: PLR0913 - as `week_calendar`
    programmes: Iterable[Programme],
    station: Station,
    previous: Mapping[str, EventState],
    now: datetime,
    *,
    reminders: Iterable[Reminder] = (),
    telling: Telling | None = None,
    book: EventBook | None = None,
) -> Events:
    """The events by themselves, as `week_calendar` puts them together."""
    telling, book = telling or Telling(), book or EventBook()
    moment = now.astimezone(UTC).replace(microsecond=0)
    contents = {one.item.airing.id: _content(one, telling) for one in programmes}
    contents |= {one.key: _due(one) for one in reminders}
    bodies, states = dict[str, bytes](), dict[str, EventState]()
    for key, content in contents.items():
        uid = event_uid(key, station.id)
        states[uid] = _next_state(content, previous.get(uid), moment)
        bodies[uid] = book.event(uid, content, states[uid])
    return Events(bodies, states)


def event_object(station: Station, body: bytes) -> bytes:
    """One event as a calendar of its own, as CalDAV servers keep them."""
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add_component(_time_zone())
    head, foot = _split(to_bytes(calendar))
    return head + body + foot


def telling_of(
    station: Station, lunar: Mapping[date, str], address: str = "", now: datetime | None = None
) -> Telling:
    """What events tell as the station wants it.

    Args:
        lunar: lunar dates by day.
        address: where the folder with the sound can be reached; else the station's own, if any.
        now: the time (aware), where the page has only the sound of its week and later ones; None
            where the sound goes out together with the calendar.
    """
    own = station.calendar
    return Telling(lunar, address or own.page, own.alarm or None, now and kept_from(now))


def kept_from(now: datetime) -> date:
    """The first day whose sound is on the page: it goes when its week is over."""
    return WeekId.of(now.astimezone(VIETNAM).date()).days()[0]


def _around(station: Station) -> tuple[bytes, bytes]:
    return _split(to_bytes(_empty_calendar(station)))


def _split(calendar: bytes) -> tuple[bytes, bytes]:
    """A calendar without events, parted where they belong."""
    foot = b"END:VCALENDAR\r\n"
    return calendar.removesuffix(foot), foot


def _empty_calendar(station: Station) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = Text(clean_line(f"Lịch phát thanh - {station.name}"))
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


def _content(programme: Programme, telling: Telling) -> dict[str, str]:
    """Everything of an event that people see; a change in any of it is a change of the event."""
    airing = programme.item.airing
    start = airing.starts.astimezone(VIETNAM).replace(tzinfo=None)
    level = "" if airing.level == "thông thường" else airing.level
    content = {
        "start": start.isoformat(),
        "end": programme.ends.astimezone(VIETNAM).replace(tzinfo=None).isoformat(),
        "summary": clean_line(programme.item.title or airing.title) or "Chương trình truyền thanh",
        "location": clean_line(", ".join(programme.item.zone_names)),
        "categories": "\n".join(filter(None, ("Truyền thanh", level))),
        "description": _description(programme, telling),
    }
    # Left out where there is none: what an event said before these were told is still the same.
    if sound := sound_address(programme, telling):
        content["sound"] = sound
    if telling.alarm is not None:
        content["alarm"] = str(telling.alarm)
    return content


def sound_address(programme: Programme, telling: Telling) -> str:
    """Where the programme can be heard, "" if nowhere yet, or nowhere any more."""
    if not (telling.address and programme.path):
        return ""
    if telling.heard_from and programme.item.airing.day < telling.heard_from:
        return ""
    return f"{telling.address.rstrip('/')}/{quote(programme.path)}"


def _description(programme: Programme, telling: Telling) -> str:
    item = programme.item
    sound = sound_address(programme, telling)
    facts = (
        ("Nội dung", clean_line(item.topic)),
        ("Mức độ", "" if item.airing.level == "thông thường" else item.airing.level),
        ("Cụm loa", clean_line(", ".join(item.zone_names))),
        ("Thời lượng", length_text(item.seconds) if item.seconds else ""),
        ("Nghe", sound) if sound else ("Tệp", programme.path or ""),
        ("Âm lịch", telling.lunar.get(item.airing.day, "")),
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
    event["uid"] = Text(uid)
    for name in ("start", "end"):
        event.add(f"dt{name}", *_when(content[name]))
    for name in ("summary", "location", "description"):
        if content[name]:
            event[name] = Text(content[name])
    event.add("categories", content["categories"].split("\n"))
    event.add("transp", "TRANSPARENT")  # a loudspeaker does not make its listeners busy
    event.add("sequence", state.sequence)
    event.add("dtstamp", state.modified)
    event.add("last-modified", state.modified)
    if sound := content.get("sound"):
        # Not every calendar shows attachments, so the description has the address too.
        event.add("attach", vUri(sound), parameters={"FMTTYPE": "audio/mpeg"})
    if minutes := content.get("alarm"):
        event.add_component(_alarm(int(minutes), content["summary"]))
    return event


def _alarm(minutes: int, summary: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", Text(summary))
    alarm.add("trigger", timedelta(minutes=-minutes))
    return alarm


def _when(text: str) -> tuple[date, dict[str, str]]:
    """A day, or a local time with the zone's name: the VTIMEZONE above says what that means."""
    if len(text) == _DAY_LENGTH:
        return date.fromisoformat(text), {"VALUE": "DATE"}
    return datetime.fromisoformat(text), {"TZID": TZID}
