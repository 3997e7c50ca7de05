"""What is odd about a station's slots and zones: told to the officer, never refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import time
from itertools import combinations

from broadcast.domain.station import Slot, Station
from broadcast.domain.wording import DAYS, clock
from broadcast.errors import Problem

_DAY = 24 * 60
_WEEK = len(DAYS) * _DAY


def doubts(station: Station) -> tuple[Problem, ...]:
    """Everything odd, in the order of the file; `suggestion` says what to do."""
    return (*_missing(station), *_hours(station), *_overlaps(station), *_unreached(station),
            *_crowded_days(station))  # fmt: skip


def _missing(station: Station) -> Iterator[Problem]:
    if not station.zones:
        yield Problem("đài chưa có cụm loa nào", suggestion="thêm ít nhất một cụm loa")
    if not station.slots:
        yield Problem("đài chưa có khung giờ nào", suggestion="thêm ít nhất một khung giờ")


def _hours(station: Station) -> Iterator[Problem]:
    rules = station.rules
    # Midnight as the limit is the end of the day.
    latest = _minute(rules.latest) or _DAY
    for slot in station.slots:
        begin, end = _minute(slot.start), _minute(slot.start) + slot.minutes
        if begin < _minute(rules.earliest):
            message = f"khung giờ «{slot.name}» bắt đầu {clock(slot.start)}"
            told = f"trước giờ được phát {clock(rules.earliest)}"
            yield Problem(f"{message}, {told}", suggestion="đổi giờ, hoặc đổi quy định của đài")
        if end > latest:
            over = " hôm sau" if end > _DAY else ""
            message = f"khung giờ «{slot.name}» hết lúc {_clock(end)}{over}"
            told = f"quá giờ được phát {clock(rules.latest)}"
            yield Problem(f"{message}, {told}", suggestion="đổi giờ, hoặc rút ngắn khung giờ")


def _overlaps(station: Station) -> Iterator[Problem]:
    for first, second in combinations(station.slots, 2):
        zones = [z for z in station.zones_of(first) if z in station.zones_of(second)]
        days = [day for day in first.days if _meet(first, day, second)] if zones else []
        if days:
            names = ", ".join(z.name for z in station.zones if z.id in zones)
            message = (
                f"khung giờ «{first.name}» và «{second.name}» trùng giờ {', '.join(days)} "
                f"tại {names}"
            )
            yield Problem(message, suggestion="dời một khung giờ, hoặc chia cụm loa")


def _meet(first: Slot, day: str, second: Slot) -> bool:
    """Whether `second` sounds while `first` does on `day`; weeks follow each other."""
    begin = DAYS.index(day) * _DAY + _minute(first.start)
    for other in second.days:
        after = (DAYS.index(other) * _DAY + _minute(second.start) - begin) % _WEEK
        if after < first.minutes or _WEEK - after < second.minutes:
            return True
    return False


def _unreached(station: Station) -> Iterator[Problem]:
    reached = {zone for slot in station.slots for zone in station.zones_of(slot)}
    for zone in station.zones:
        if station.slots and zone.id not in reached:
            message = f"cụm loa «{zone.name}» không có khung giờ nào"
            yield Problem(message, suggestion="chọn cụm loa này trong một khung giờ")


def _crowded_days(station: Station) -> Iterator[Problem]:
    most = station.rules.max_minutes_per_day
    for zone in station.zones:
        heard = Counter[str]()
        for slot in station.slots:
            if zone.id in station.zones_of(slot):
                heard.update(dict.fromkeys(slot.days, slot.minutes))
        days = [day for day in DAYS if heard[day] > most]
        if days:
            told = f"nghe tới {max(heard.values())} phút một ngày ({', '.join(days)})"
            message = f"cụm loa «{zone.name}» {told}, quá {most} phút"
            yield Problem(message, suggestion="bớt khung giờ, hoặc đổi số phút nhiều nhất")


def _minute(when: time) -> int:
    return when.hour * 60 + when.minute


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
