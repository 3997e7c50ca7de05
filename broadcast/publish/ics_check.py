"""What calendar readers forgive or silently misread in an .ics file, found in its bytes.

Readers differ: what one repairs makes another drop a feed or shift its events (facts: calendars).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from itertools import islice, pairwise, takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from broadcast.domain.week import VIETNAM
from broadcast.errors import Problem
from broadcast.publish.ics_lines import LINE_OCTETS

_CONTROL = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
_NAME = r"[A-Za-z0-9-]+"
_LINE = re.compile(rf'({_NAME})((?:;{_NAME}=(?:"[^"]*"|[^":;])*)*):(.*)', re.DOTALL)
_TZID = re.compile(r';TZID="?([^":;]+)', re.IGNORECASE)
_TIME = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_UNTIL = re.compile(r"UNTIL=(\d{8}T\d{6}Z)", re.IGNORECASE)
_MOST_OCCURRENCES = 20_000
"""How far a rule is followed; twenty times a day for three years."""


@dataclass(frozen=True, slots=True)
class _Property:
    line: int
    name: str
    params: str
    value: str

    @property
    def tzid(self) -> str | None:
        match = _TZID.search(self.params)
        return match[1] if match else None


@dataclass(slots=True)
class _Part:
    """A component: its name, first line and properties; those inside it are listed apart."""

    name: str
    line: int
    properties: list[_Property] = field(default_factory=list)

    def first(self, name: str) -> _Property | None:
        return next((p for p in self.properties if p.name == name), None)

    def value(self, name: str) -> str:
        found = self.first(name)
        return found.value if found else ""


def byte_check(data: bytes) -> tuple[Problem, ...]:
    """Everything wrong with the bytes of a calendar file, by line.

    Finds lines over 75 octets, line ends other than CRLF, folds inside a character or an escape,
    control characters, wrong UTF-8, unbalanced BEGIN and END, a TZID without its VTIMEZONE, a UID
    used twice, and a RECURRENCE-ID that no rule of its UID makes.
    """
    problems = [*_line_problems(data)]
    parts, unbalanced = _parts(_unfolded(data))
    problems += unbalanced
    problems += _zone_problems(parts)
    problems += _uid_problems(parts)
    problems += _recurrence_problems(parts)
    return tuple(sorted(problems, key=lambda p: p.line or 0))


def _line_problems(data: bytes) -> Iterator[Problem]:
    *lines, rest = data.split(b"\n")
    if rest or not lines:
        lines.append(rest + b"\r")
        yield Problem("dòng cuối không kết thúc bằng CRLF", line=len(lines))
    for number, (raw, following) in enumerate(pairwise([*lines, b""]), 1):
        line = raw.removesuffix(b"\r")
        if line == raw:
            yield Problem("dòng kết thúc bằng LF, không phải CRLF", line=number)
        if len(line) > LINE_OCTETS:
            yield Problem(f"dòng dài {len(line)} byte, quá {LINE_OCTETS}", line=number)
        if _CONTROL.search(line):
            yield Problem("có ký tự điều khiển", line=number)
        yield from _fold_problems(line, following, number)


def _fold_problems(line: bytes, following: bytes, number: int) -> Iterator[Problem]:
    folded = following[:1] in {b" ", b"\t"}
    try:
        line.decode()
    except UnicodeDecodeError:
        split = folded or line[:1] in {b" ", b"\t"}
        message = "gấp dòng giữa một chữ UTF-8" if split else "không phải UTF-8"
        yield Problem(message, line=number)
    slashes = len(line) - len(line.rstrip(b"\\"))
    if folded and slashes % 2:
        yield Problem("gấp dòng ngay sau dấu \\", line=number)


def _unfolded(data: bytes) -> Iterator[_Property]:
    joined: list[tuple[int, bytes]] = []
    for number, line in enumerate(data.replace(b"\r\n", b"\n").split(b"\n"), 1):
        if line[:1] in {b" ", b"\t"} and joined:
            joined[-1] = (joined[-1][0], joined[-1][1] + line[1:])
        elif line:
            joined.append((number, line))
    for number, line in joined:
        match = _LINE.fullmatch(line.decode("utf-8", "replace"))
        if match:
            yield _Property(number, match[1].upper(), match[2], match[3])
        else:
            yield _Property(number, "", "", "")


def _parts(lines: Iterable[_Property]) -> tuple[list[_Part], list[Problem]]:
    done: list[_Part] = []
    open_parts: list[_Part] = []
    problems: list[Problem] = []
    for line in lines:
        name = line.value.strip().upper()
        if line.name == "":
            problems.append(Problem("không phải dòng iCalendar (TÊN:giá trị)", line=line.line))
        elif line.name == "BEGIN":
            open_parts.append(_Part(name, line.line))
            done.append(open_parts[-1])
        elif line.name == "END" and open_parts and open_parts[-1].name == name:
            open_parts.pop()
        elif line.name == "END":
            problems.append(Problem(f"END:{name} không có BEGIN tương ứng", line=line.line))
        elif open_parts:
            open_parts[-1].properties.append(line)
        else:
            problems.append(Problem(f"{line.name} nằm ngoài VCALENDAR", line=line.line))
    problems += [Problem(f"BEGIN:{p.name} không có END", line=p.line) for p in open_parts]
    if not done or done[0].name != "VCALENDAR":
        problems.append(Problem("không bắt đầu bằng BEGIN:VCALENDAR", line=1))
    return done, problems


def _zone_problems(parts: list[_Part]) -> Iterator[Problem]:
    defined = {part.value("TZID") for part in parts if part.name == "VTIMEZONE"}
    reported: set[str] = set()
    for part in parts:
        for found in part.properties:
            if found.tzid and found.tzid not in defined | reported:
                reported.add(found.tzid)
                yield Problem(f"múi giờ {found.tzid} không có VTIMEZONE", line=found.line)


def _uid_problems(parts: list[_Part]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for part in parts:
        if part.name != "VEVENT":
            continue
        key = (part.value("UID"), part.value("RECURRENCE-ID"))
        if not key[0]:
            yield Problem("sự kiện không có UID", line=part.line)
        elif key in seen:
            yield Problem(f"UID {key[0]} đã dùng ở dòng {seen[key]}", line=part.line)
        else:
            seen[key] = part.line


def _recurrence_problems(parts: list[_Part]) -> Iterator[Problem]:
    events = [part for part in parts if part.name == "VEVENT"]
    masters = {e.value("UID"): e for e in events if e.first("RECURRENCE-ID") is None}
    for event in events:
        found = event.first("RECURRENCE-ID")
        if found is None:
            continue
        master = masters.get(event.value("UID"))
        if master is None or not _makes(master, found):
            yield Problem(
                f"RECURRENCE-ID {found.value} không do quy tắc nào tạo ra", line=found.line
            )


def _makes(master: _Part, wanted: _Property) -> bool:
    """Whether the master's start, RDATE or RRULE gives an occurrence at the wanted time."""
    start = master.first("DTSTART")
    if start is None:
        return False
    zone = start.tzid
    target, first = _local(wanted, wanted.value, zone), _local(start, start.value, zone)
    if target is None or first is None:
        return False
    dates = [p for p in master.properties if p.name == "RDATE"]
    extra = {_local(p, value, zone) for p in dates for value in p.value.split(",")}
    if target == first or target in extra:
        return True
    rules = [p.value for p in master.properties if p.name == "RRULE"]
    return any(target in _occurrences(rule, first, target, zone) for rule in rules)


def _occurrences(rule: str, first: datetime, last: datetime, zone: str | None) -> set[datetime]:
    # Comes with icalendar, which is built on it.
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415

    def local_until(match: re.Match[str]) -> str:
        # dateutil wants UNTIL of the same kind as the start: local.
        return f"UNTIL={_utc(match[1]).astimezone(_zone(zone)):%Y%m%dT%H%M%S}"

    try:
        times = rrulestr(_UNTIL.sub(local_until, rule), dtstart=first)
        return set(takewhile(lambda t: t <= last, islice(times, _MOST_OCCURRENCES)))
    except (ValueError, OverflowError):
        return set()


def _local(place: _Property, value: str, zone: str | None) -> datetime | None:
    """A DATE or DATE-TIME as local time of `zone`, without its offset."""
    match = _TIME.fullmatch(value)
    if match is None:
        return None
    try:
        if match[3]:
            return _utc(value).astimezone(_zone(zone)).replace(tzinfo=None)
        found = datetime.strptime(match[1] + (match[2] or "000000"), "%Y%m%d%H%M%S")  # noqa: DTZ007
    except ValueError:
        return None
    if place.tzid and zone and place.tzid != zone:
        found = found.replace(tzinfo=_zone(place.tzid)).astimezone(_zone(zone))
    return found.replace(tzinfo=None)


def _utc(value: str) -> datetime:
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def _zone(name: str | None) -> tzinfo:
    """The zone of that name; Việt Nam's where there is none, since all our times are."""
    try:
        return ZoneInfo(name) if name else VIETNAM
    except (ZoneInfoNotFoundError, ValueError):
        return VIETNAM
