"""Other people's calendars read for their times: relays, holidays, leave.

A timed event that repeats every day or week becomes one standing time; another one becomes a time
of its own for each date; an event of whole days stays what it is.
"""

from __future__ import annotations

import codecs
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import chain, repeat
from typing import Any

from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import DAYS
from broadcast.errors import InputError, Problem
from broadcast.publish.words import clean_line

MOST = 366
"""Dates of one event that repeats in a way of its own; more than one a day for a year is none."""

MOST_BYTES = 4_000_000
"""Of a file; the feed of a year with every hour taken is smaller."""

_REFUSED = "Chưa đọc được lịch"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCIES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
"""Others would be heard every hour or oftener, and take no part of a week."""
_TIMES = {"BYHOUR": "hour", "BYMINUTE": "minute", "BYSECOND": "second"}
"""Parts of a rule that name times of day, and what of a start they are about."""
_FOLD = re.compile(rb"\r?\n[ \t]")
_BEGIN = re.compile(r"\s*BEGIN:VEVENT\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TakenTime:
    """A time that is taken on some weekdays: `first` to `last` (None: without end)."""

    id: str
    name: str
    start: time
    minutes: int
    days: tuple[str, ...]
    first: date
    last: date | None = None
    except_on: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class TakenDays:
    """Whole days, `first` to `last`."""

    id: str
    name: str
    first: date
    last: date


Taken = TakenTime | TakenDays


class _UnclearError(ValueError):
    """Says in Vietnamese why an event's times cannot be used."""


@dataclass(frozen=True, slots=True)
class _Timed:
    """A timed event: its id, name, local begin and length in minutes."""

    key: str
    name: str
    begins: datetime
    minutes: int

    def on(self, day: date, suffix: str = "") -> TakenTime:
        """It, once on a day."""
        code = (DAYS[day.weekday()],)
        start = self.begins.time()
        return TakenTime(f"{self.key}{suffix}", self.name, start, self.minutes, code, day, day)


def read_calendar(data: bytes, file: str, today: date) -> tuple[tuple[Taken, ...], list[Problem]]:
    """What a calendar file says is taken from `today` on, and what of it could not be used.

    Args:
        file: its name, for problems.

    Raises:
        InputError: it is no calendar at all.
    """
    text, problems = _decoded(data, file)
    found: list[Taken] = []
    events = _events(text, file)
    moved = _moved(event for _, event in events)
    for line, event in events:
        try:
            found += _taken(event, today, moved)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            name = clean_line(str(event.get("SUMMARY", ""))) or "sự kiện không tên"
            mend = "sửa ở lịch gốc rồi xuất lại, hoặc thêm khung giờ ấy bằng tay"
            why = f": {error}" if isinstance(error, _UnclearError) else ""
            told = f"không hiểu thời gian của «{name}»{why}"
            problems.append(Problem(told, file, line, mend))
    return tuple(found), problems


def _decoded(data: bytes, file: str) -> tuple[str, list[Problem]]:
    """The text of a calendar file; what is no Unicode has wrong letters but right times."""
    if len(data) > MOST_BYTES:
        happened = f"{file} có {len(data) / 1e6:.0f} MB, nhiều nhất {MOST_BYTES / 1e6:.0f} MB"
        raise InputError(_REFUSED, happened, "chỉ xuất lịch cần nhập, trong một năm")
    try:
        wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        return data.decode("utf-16" if wide else "utf-8-sig"), []
    except UnicodeDecodeError:
        with suppress(UnicodeDecodeError):  # lines folded in the middle of a letter (RFC 5545, 3.1)
            return _FOLD.sub(b"", data).decode("utf-8-sig"), []
        mend = "xem lại tên các mục; lịch gốc xuất bằng UTF-8 thì đúng"
        told = Problem("không phải UTF-8, tên có thể sai chữ", file, suggestion=mend)
        return data.decode("cp1252", "replace"), [told]


def _events(text: str, file: str) -> list[tuple[int, Any]]:
    """The events of a file, each with the line where it begins.

    Raises:
        InputError: it is no calendar, or has none.
    """
    from icalendar import Calendar  # noqa: PLC0415 - slow to load

    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, KeyError, IndexError) as error:
        mend = "chọn tệp .ics do lịch khác xuất ra"
        raise InputError(_REFUSED, f"{file} không phải tệp lịch .ics", mend) from error
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not events:
        raise InputError(_REFUSED, f"{file} không có sự kiện nào", "chọn tệp khác")
    begins = (n for n, line in enumerate(text.splitlines(), 1) if _BEGIN.fullmatch(line))
    return list(zip(chain(begins, repeat(0)), events, strict=False))


def _moved(events: Iterable[Any]) -> dict[str, set[date]]:
    """By UID, the dates of repeating events that an event of their own takes the place of."""
    found: dict[str, set[date]] = {}
    for event in events:
        instead = _when(event, "RECURRENCE-ID")
        if instead is not None:
            found.setdefault(str(event.get("UID", "")), set()).add(_day(instead))
    return found


def _when(event: Any, name: str) -> date | None:
    """The day or time an event has under a name, None where there is none that can be read."""
    try:
        found = getattr(event.get(name), "dt", None)
    except ValueError:  # icalendar keeps what it cannot read, and tells when asked for it
        return None
    return found if isinstance(found, date) else None


def _taken(event: Any, today: date, moved: Mapping[str, set[date]]) -> Iterator[Taken]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    name = clean_line(str(event.get("SUMMARY", ""))) or "Lịch nhập vào"
    start = _when(event, "DTSTART")
    if start is None:
        raise _UnclearError("không có giờ bắt đầu nào đọc được")
    key = _key(event)
    own = moved.get(str(event.get("UID", "")), set())
    out = _excluded(event) | (set() if "RECURRENCE-ID" in event else own)
    if not isinstance(start, datetime):
        yield from _whole_days(event, key, name, start, today, out)
        return
    timed = _Timed(key, name, _local(start), _minutes(event, _local(start)))
    rule = _rule(event, start)
    if rule is None and "RDATE" not in event:
        if timed.begins.date() >= today:
            yield timed.on(timed.begins.date())
    elif rule is not None and _is_standing(rule) and "RDATE" not in event:
        yield from (one for one in [_standing(rule, timed, start, out)] if _lasts(one, today))
    else:
        days = _days(event, rule, start, today, out)
        yield from (timed.on(day, f"-{day:%Y%m%d}") for day in days)


def _lasts(one: TakenTime, today: date) -> bool:
    return one.last is None or one.last >= max(today, one.first)


def _whole_days(  # noqa: PLR0913, PLR0917 - what an event says
    event: Any, key: str, name: str, first: date, today: date, out: set[date]
) -> Iterator[Taken]:
    length = event.decoded("DURATION") if "DURATION" in event else timedelta(days=1)
    after = event.decoded("DTEND") if "DTEND" in event else first + length
    last = max(first, after - timedelta(days=1))
    if "RRULE" in event or "RDATE" in event:
        begins = datetime.combine(first, time())
        for day in _days(event, _rule(event), begins, today, out):
            yield TakenDays(f"{key}-{day:%Y%m%d}", name, day, day + (last - first))
    elif last >= today:
        yield TakenDays(key, name, first, last)


def _local(moment: datetime) -> datetime:
    """A time as clocks in Việt Nam show it; one without a zone is meant to be local."""
    return moment.astimezone(VIETNAM).replace(tzinfo=None) if moment.tzinfo else moment


def _minutes(event: Any, begins: datetime) -> int:
    if "DURATION" in event:
        length = event.decoded("DURATION")
    else:
        length = _local(event.decoded("DTEND")) - begins if "DTEND" in event else timedelta()
    if length < timedelta():
        raise _UnclearError("kết thúc trước khi bắt đầu")
    minutes = -(-int(length.total_seconds()) // 60)
    if not 0 < minutes <= 24 * 60:
        raise _UnclearError("không có giờ kết thúc" if minutes == 0 else "dài quá một ngày")
    return minutes


def _rule(event: Any, start: datetime | None = None) -> dict[str, Any] | None:
    """How an event repeats, without times of day: it is always heard when it starts.

    Args:
        start: None for whole days, whose rules say nothing of times (RFC 5545, 3.3.10).
    """
    rule = event.get("RRULE")
    if rule is None:
        return None
    if rule["FREQ"][0] not in _FREQUENCIES:
        raise _UnclearError(f"lặp theo {rule['FREQ'][0]}")
    for part, unit in _TIMES.items():
        if start and rule.get(part, [getattr(start, unit)]) != [getattr(start, unit)]:
            raise _UnclearError(f"lặp vào nhiều giờ, hoặc giờ khác lúc bắt đầu ({part})")
    return {part: values for part, values in rule.items() if part not in _TIMES}


def _is_standing(rule: Any) -> bool:
    """Whether a rule is nothing but every day or every week on some weekdays."""
    known = {"FREQ", "BYDAY", "UNTIL", "INTERVAL", "WKST"}
    plain = set(rule) <= known and rule.get("INTERVAL", [1]) == [1]
    return bool(plain and rule["FREQ"][0] in {"DAILY", "WEEKLY"})


def _standing(rule: Any, timed: _Timed, start: datetime, out: set[date]) -> TakenTime:
    # A rule names the weekdays of its own zone, which may be another day than ours.
    later = (timed.begins.date() - start.date()).days
    asked = {(_WEEKDAYS.index(str(day).upper()[-2:]) + later) % 7 for day in rule.get("BYDAY", ())}
    if not asked:
        asked = set(range(7)) if rule["FREQ"][0] == "DAILY" else {timed.begins.weekday()}
    since_midnight = timed.begins - datetime.combine(timed.begins, time())
    return TakenTime(
        timed.key,
        timed.name,
        timed.begins.time(),
        timed.minutes,
        tuple(day for number, day in enumerate(DAYS) if number in asked),
        timed.begins.date(),
        (_until(rule) - since_midnight).date() if "UNTIL" in rule else None,
        tuple(sorted(out)),
    )


def _excluded(event: Any) -> set[date]:
    found = event.get("EXDATE", [])
    lists = found if isinstance(found, list) else [found]
    days = [one.dt for each in lists for one in each.dts]
    return {_day(one) for one in days}


def _until(rule: Mapping[str, Any]) -> datetime:
    """The last moment at which something that repeats may begin, as clocks in Việt Nam show it."""
    until = rule.get("UNTIL", [date.max])[0]
    return _local(until) if isinstance(until, datetime) else datetime.combine(until, time.max)


def _days(
    event: Any, rule: Mapping[str, Any] | None, start: datetime, today: date, out: set[date]
) -> Sequence[date]:
    """The dates of an event within a year from today, as calendars in Việt Nam show them."""
    found = {_day(start), *(_day(one) for one in _extra(event))}
    if rule:
        found = {*(found if "RDATE" in event else ()), *_by_rule(rule, start, today)}
    last = today + timedelta(days=MOST)
    return sorted(day for day in found if today <= day <= last and day not in out)[:MOST]


def _by_rule(rule: Mapping[str, Any], start: datetime, today: date) -> Iterator[date]:
    """The dates a rule makes, in its own zone, up to a year from today."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415
    from icalendar import vRecur  # noqa: PLC0415 - slow to load

    parts: Any = vRecur({part: values for part, values in rule.items() if part != "UNTIL"})
    begins = start.replace(tzinfo=None)
    made = rrulestr(parts.to_ical().decode(), dtstart=begins)
    # A day before, since another zone's day may be ours of tomorrow.
    first = max(datetime.combine(today - timedelta(days=1), time()), begins)
    last = _until(rule)
    for one in made.between(first, first + timedelta(days=MOST + 1), inc=True):
        heard = _local(one.replace(tzinfo=start.tzinfo))
        if heard <= last:
            yield heard.date()


def _extra(event: Any) -> Iterator[date]:
    """Dates an event names one by one (RDATE); of a period, where it begins."""
    found = event.get("RDATE", [])
    for each in found if isinstance(found, list) else [found]:
        for one in each.dts:
            yield one.dt[0] if isinstance(one.dt, tuple) else one.dt


def _day(moment: date) -> date:
    return _local(moment).date() if isinstance(moment, datetime) else moment


def _key(event: Any) -> str:
    """An id that stays when the calendar is read again: from its UID and, of one date, that too."""
    uid = f"{event.get('UID', '')}{event.get('RECURRENCE-ID', '')}"
    text = uid or f"{event.get('SUMMARY', '')}{event['DTSTART'].to_ical()!r}"
    return f"ics-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
