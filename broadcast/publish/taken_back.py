"""Airings taken back, told by calendar files that people read into their own calendar.

A calendar that is followed drops what is missing, so a feed leaves it out; a file that was read in
once does not. Made again it carries what it once had as cancelled (RFC 5545, 3.8.1.11), with a
higher SEQUENCE (3.8.7.4), and says so in the title for programs that do not look at STATUS.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from broadcast.publish.ics_lines import Text, folded
from broadcast.publish.items import EventState

KEPT = timedelta(days=14)
"""How long after its day an airing that was taken back still stands in a calendar of many weeks."""

_EVENT = re.compile(rb"^BEGIN:VEVENT\r\n.*?^END:VEVENT\r\n", re.DOTALL | re.MULTILINE)
_UID = re.compile(rb"^UID:([^\r]*)", re.MULTILINE)
_NAME = re.compile(rb"[A-Z-]+")
_DAY = re.compile(rb"^DTSTART[^:]*:(\d{4})(\d\d)(\d\d)", re.MULTILINE)
_STAYS = (b"DTSTART", b"DTEND", b"LOCATION", b"CATEGORIES", b"TRANSP")
_HEAD = "Đã bỏ: "


@dataclass(frozen=True, slots=True)
class Before:
    """A calendar file as it was handed out the last time.

    `since`: what was taken back of earlier days is told no more. `part`: the file has only some of
    the airings, so one that is not in it may go on elsewhere.
    """

    file: bytes
    since: date = date.min
    part: bool = False


def taken_back(
    before: Before, bodies: Iterable[bytes], last: Mapping[str, EventState], now: datetime
) -> tuple[dict[str, bytes], dict[str, EventState]]:
    """The events that stood in a file and do not any more, cancelled; and their states, by UID.

    Args:
        bodies: the events that stand in it now.
        last: the newest state of events, by UID, of those in the file too.
        now: the time of the change, aware.
    """
    there = set(_UID.findall(_unfolded(b"".join(bodies))))
    stood = _unfolded(before.file)
    missing = [one for one in _EVENT.findall(stood) if there.isdisjoint(_UID.findall(one))]
    gone = [lines for lines in map(_lines, missing) if _day(lines) >= before.since]
    uids = {Text(uid).to_ical(): uid for uid in last} if gone else {}
    cancelled, states = dict[str, bytes](), dict[str, EventState]()
    for lines in gone:
        uid = uids.get(_uid(lines))
        state = _state(lines, last[uid], now, part=before.part) if uid else None
        if uid and state:
            cancelled[uid], states[uid] = _cancelled(lines, state), state
    return cancelled, states


def _unfolded(data: bytes) -> bytes:
    return data.replace(b"\r\n ", b"")


def _lines(event: bytes) -> dict[bytes, bytes]:
    """The unfolded lines of an event by name; of those of a name the first, which is its own."""
    lines: dict[bytes, bytes] = {}
    for line in event.split(b"\r\n"):
        if name := _NAME.match(line):
            lines.setdefault(name[0], line)
    return lines


def _uid(lines: Mapping[bytes, bytes]) -> bytes:
    return lines.get(b"UID", b"").removeprefix(b"UID:")


def _day(lines: Mapping[bytes, bytes]) -> date:
    match = _DAY.match(lines.get(b"DTSTART", b""))
    return date(*map(int, match.groups())) if match else date.min


def _state(
    lines: Mapping[bytes, bytes], last: EventState, now: datetime, *, part: bool
) -> EventState | None:
    """The state of an event once it is cancelled; None where the airing went to another file."""
    told = b"\n".join(lines.get(name, b"") for name in (b"UID", b"DTSTART"))
    digest = hashlib.sha256(b"CANCELLED\n" + told).hexdigest()
    if last.digest == digest:
        return last
    standing = int(lines.get(b"SEQUENCE", b"SEQUENCE:0").rpartition(b":")[2])
    if part and b"STATUS" in lines:  # cancelled here already, whatever became of it elsewhere
        return EventState(digest, standing, _modified(lines))
    if last.sequence > standing:
        return EventState(digest, last.sequence, last.modified) if part else None
    moment = now.astimezone(UTC).replace(microsecond=0)
    return EventState(digest, last.sequence + 1, moment)


def _modified(lines: Mapping[bytes, bytes]) -> datetime:
    text = lines[b"LAST-MODIFIED"].rpartition(b":")[2].decode()
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _cancelled(lines: Mapping[bytes, bytes], state: EventState) -> bytes:
    return b"".join(folded(line) + b"\r\n" for line in _cancelled_lines(lines, state))


def _cancelled_lines(lines: Mapping[bytes, bytes], state: EventState) -> Iterator[bytes]:
    title = lines.get(b"SUMMARY", b"").removeprefix(b"SUMMARY:").removeprefix(_HEAD.encode())
    moment = f"{state.modified:%Y%m%dT%H%M%SZ}"
    yield b"BEGIN:VEVENT"
    yield b"UID:" + _uid(lines)
    yield b"SUMMARY:" + _HEAD.encode() + title
    yield from (lines[name] for name in _STAYS if name in lines)
    yield b"STATUS:CANCELLED"
    yield f"SEQUENCE:{state.sequence}".encode()
    yield f"DTSTAMP:{moment}".encode()
    yield f"LAST-MODIFIED:{moment}".encode()
    yield b"END:VEVENT"
