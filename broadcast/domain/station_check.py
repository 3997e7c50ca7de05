"""What is odd about a station's slots and zones: told to the officer, never refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, time, timedelta
from itertools import combinations

from broadcast.domain.occurrences import Place, days_of
from broadcast.domain.plan import Plan
from broadcast.domain.station import VIETNAMESE, Slot, Station
from broadcast.domain.wording import DAYS, clock, day_text
from broadcast.errors import Problem

_DAY = 24 * 60
_WEEK = len(DAYS) * _DAY
_DAYS_AROUND = timedelta(days=2)
_EARLY, _LATE = date.min + timedelta(days=14), date.max - timedelta(days=14)


def doubts(station: Station, plans: Iterable[Plan] = ()) -> tuple[Problem, ...]:
    """Everything odd, in the order of the file; `suggestion` says what to do.

    Args:
        plans: those that series draw from; what is odd about their ends is told only with them.
    """
    return (
        *_missing(station), *_hours(station), *_overlaps(station), *_unreached(station),
        *_crowded_days(station), *_unspoken(station), *_unsourced(station),
        *_endless(station, tuple(plans)), *_unreachable(station),
    )  # fmt: skip


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
        days = [day for day in days if _ever_meet(first, day, second)]
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


def _ever_meet(first: Slot, day: str, second: Slot) -> bool:
    """Whether both stand on days on which they meet: each has first, last and excepted days."""
    begin = max(first.valid_from or _EARLY, second.valid_from or _EARLY) - _DAYS_AROUND
    end = min(first.valid_until or _LATE, second.valid_until or _LATE) + _DAYS_AROUND
    for one in days_of(first, begin, end):
        if DAYS[one.weekday()] == day:
            here = Place(one, first, ())
            near = days_of(second, one - _DAYS_AROUND, one + _DAYS_AROUND)
            others = (Place(other, second, ()) for other in near)
            if any(max(here.starts, it.starts) < min(here.ends, it.ends) for it in others):
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
        heard = _most_minutes([s for s in station.slots if zone.id in station.zones_of(s)])
        days = [day for day in DAYS if heard[day] > most]
        if days:
            told = f"nghe tới {max(heard.values())} phút một ngày ({', '.join(days)})"
            message = f"cụm loa «{zone.name}» {told}, quá {most} phút"
            yield Problem(message, suggestion="bớt khung giờ, hoặc đổi số phút nhiều nhất")


def _most_minutes(slots: list[Slot]) -> Counter[str]:
    """Most minutes of each weekday; they change only where a slot begins to stand."""
    heard = Counter[str]()
    for begin in {slot.valid_from or _EARLY for slot in slots}:
        for day in (begin + timedelta(days=n) for n in range(len(DAYS))):
            minutes = sum(slot.minutes for slot in slots if slot.stands_on(day))
            name = DAYS[day.weekday()]
            heard[name] = max(heard[name], minutes)
    return heard


def _unspoken(station: Station) -> Iterator[Problem]:
    for slot in station.slots:
        zones = [zone for zone in station.zones if zone.id in station.zones_of(slot)]
        spoken = {language.casefold() for zone in zones for language in zone.languages}
        if slot.language != VIETNAMESE and slot.language.casefold() not in spoken:
            message = f"khung giờ «{slot.name}» bằng {slot.language}, nhưng không cụm loa nào nói"
            mend = "ghi thứ tiếng ấy cho cụm loa, hoặc đổi tiếng của khung giờ"
            yield Problem(message, suggestion=mend)


def _unsourced(station: Station) -> Iterator[Problem]:
    """Repeats that go on after what they repeat has ended."""
    for slot in (one for one in station.slots if one.repeats):
        sources = [one for one in map(station.slot, station.lineage(slot.repeats)) if one]
        last = max((one.valid_until or date.max for one in sources), default=date.max)
        if (slot.valid_until or date.max) > last:
            source = station.slot(slot.repeats)
            told = f"khung giờ «{source.name if source else slot.repeats}» chỉ đến {day_text(last)}"
            message = f"khung giờ «{slot.name}» phát lại, mà {told}"
            mend = "ghi ngày cuối (valid_until) cho khung phát lại, hoặc phát lại khung khác"
            yield Problem(message, suggestion=mend)


def _endless(station: Station, plans: tuple[Plan, ...]) -> Iterator[Problem]:
    """A series that goes on after the plan it draws from has ended."""
    for slot in station.slots:
        ends = [date(p.year, 12, 31) for p in _drawn_from(slot, plans) if p.year]
        if slot.column and ends and (slot.valid_until or date.max) > max(ends):
            until = f"đến hết {day_text(slot.valid_until)}" if slot.valid_until else "không có hạn"
            message = f"chuyên mục «{slot.column}» {until}, kế hoạch chỉ đến {day_text(max(ends))}"
            yield Problem(message, suggestion="ghi ngày cuối (valid_until) cho khung giờ ấy")


def _unreachable(station: Station) -> Iterator[Problem]:
    address = station.calendar.address
    if address and not station.calendar.page:
        message = f"địa chỉ trang «{address}» không phải địa chỉ trên mạng, nên không được dùng"
        yield Problem(message, suggestion="viết như https://xa.tinh.vn/loa (calendar.address)")


def _drawn_from(slot: Slot, plans: tuple[Plan, ...]) -> list[Plan]:
    """The plans whose topics a series draws from."""
    keys = [(plan, path) if path else ("", plan) for plan, _, path in
            (topic.partition(":") for topic in slot.topics)]  # fmt: skip
    return [p for p in plans if any(n in {"", p.id} and p.topic(t) for n, t in keys)]


def _minute(when: time) -> int:
    return when.hour * 60 + when.minute


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24:02d}:{minute % 60:02d}"
