"""Other people's calendars read for their times: relays, holidays, leave.

A timed event that repeats every day or week becomes one standing time; another one becomes a time
of its own for each date; an event of whole days stays what it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import DAYS
from broadcast.errors import InputError, Problem
from broadcast.publish.words import clean_line

MOST = 366
"""Dates of one event that repeats in a way of its own; more than one a day for a year is none."""

_BYDAY = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), DAYS, strict=True))


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
    from icalendar import Calendar  # noqa: PLC0415 - slow to load

    try:
        calendars = Calendar.from_ical(data, multiple=True)
    except (ValueError, KeyError, IndexError) as error:
        mend = "chọn tệp .ics do lịch khác xuất ra"
        raise InputError("Chưa đọc được lịch", f"{file} không phải tệp lịch .ics", mend) from error
    found: list[Taken] = []
    problems: list[Problem] = []
    events = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    if not events:
        raise InputError("Chưa đọc được lịch", f"{file} không có sự kiện nào", "chọn tệp khác")
    for event in events:
        try:
            found += _taken(event, today)
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as error:
            name = clean_line(str(event.get("SUMMARY", ""))) or "sự kiện không tên"
            problems.append(Problem(f"không hiểu thời gian của «{name}» ({error})", file))
    return tuple(found), problems


def _taken(event: Any, today: date) -> Iterator[Taken]:
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    name = clean_line(str(event.get("SUMMARY", ""))) or "Lịch nhập vào"
    key = _key(event)
    start = event.decoded("DTSTART")
    if not isinstance(start, datetime):
        yield from _whole_days(event, key, name, start, today)
        return
    timed = _Timed(key, name, _local(start), _minutes(event, _local(start)))
    rule = event.get("RRULE")
    if rule is None:
        if timed.begins.date() >= today:
            yield timed.on(timed.begins.date())
    elif _is_standing(rule):
        yield _standing(event, timed)
    else:
        days = _days(event, timed.begins, today)
        yield from (timed.on(day, f"-{day:%Y%m%d}") for day in days)


def _whole_days(event: Any, key: str, name: str, first: date, today: date) -> Iterator[Taken]:
    after = event.decoded("DTEND") if "DTEND" in event else first + timedelta(days=1)
    last = max(first, after - timedelta(days=1))
    if event.get("RRULE") is not None:
        for day in _days(event, datetime.combine(first, time()), today):
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
    minutes = -(-int(length.total_seconds()) // 60)
    if not 0 < minutes <= 24 * 60:
        raise ValueError("không có giờ kết thúc" if minutes == 0 else "dài quá một ngày")
    return minutes


def _is_standing(rule: Any) -> bool:
    """Whether a rule is nothing but every day or every week on some weekdays."""
    known = {"FREQ", "BYDAY", "UNTIL", "INTERVAL", "WKST"}
    plain = set(rule) <= known and rule.get("INTERVAL", [1]) == [1]
    return bool(plain and rule["FREQ"][0] in {"DAILY", "WEEKLY"})


def _standing(event: Any, timed: _Timed) -> TakenTime:
    rule = event["RRULE"]
    asked = [_BYDAY[str(day).upper()[-2:]] for day in rule.get("BYDAY", ())]
    if not asked:
        asked = list(DAYS) if rule["FREQ"][0] == "DAILY" else [DAYS[timed.begins.weekday()]]
    until = rule.get("UNTIL", [None])[0]
    return TakenTime(
        timed.key,
        timed.name,
        timed.begins.time(),
        timed.minutes,
        tuple(day for day in DAYS if day in asked),
        timed.begins.date(),
        None if until is None else _day(until),
        tuple(sorted(_excluded(event))),
    )


def _excluded(event: Any) -> set[date]:
    found = event.get("EXDATE", [])
    lists = found if isinstance(found, list) else [found]
    days = [one.dt for each in lists for one in each.dts]
    return {_day(one) for one in days}


def _days(event: Any, begins: datetime, today: date) -> Sequence[date]:
    """The dates of a rule within a year from today, without those it excepts."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # noqa: PLC0415

    text = event["RRULE"].to_ical().decode().split(";")
    rule = rrulestr(
        ";".join(part for part in text if not part.startswith("UNTIL=")), dtstart=begins
    )
    first = max(datetime.combine(today, time()), begins)
    found = rule.between(first, first + timedelta(days=MOST), inc=True)
    until = event["RRULE"].get("UNTIL", [None])[0]
    last = date.max if until is None else _day(until)
    left_out = _excluded(event)
    days: Iterable[date] = (one.date() for one in found)
    return [day for day in days if day <= last and day not in left_out][:MOST]


def _day(moment: date) -> date:
    return _local(moment).date() if isinstance(moment, datetime) else moment


def _key(event: Any) -> str:
    """An id that stays when the calendar is read again: from its UID and, of one date, that too."""
    uid = f"{event.get('UID', '')}{event.get('RECURRENCE-ID', '')}"
    text = uid or f"{event.get('SUMMARY', '')}{event['DTSTART'].to_ical()!r}"
    return f"ics-{hashlib.sha256(text.encode()).hexdigest()[:8]}"
