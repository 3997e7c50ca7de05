"""Rules that cannot be kept together, told as findings of the station; both sources are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from broadcast.domain.limits import read_spans
from broadcast.domain.pairing import language_key, language_name
from broadcast.domain.plan import Plan
from broadcast.domain.rulebook import LABELS, RuleBook, plan_source, value_text
from broadcast.domain.rules_of_limits import tongues
from broadcast.domain.station import Rules, Slot, Station
from broadcast.domain.week import Finding
from broadcast.domain.wording import DAYS, clock

ABOUT_STATION = frozenset({"contradiction", "profile-dated"})
"""Rules of findings that are about the station and the same in every week."""

_DAY = 24 * 60
_CONFIRMED = "profile"
"""The key of `rules.sources` that says who confirmed the profile."""


def contradictions(book: RuleBook, station: Station, plans: Iterable[Plan]) -> tuple[Finding, ...]:
    """Everything that no week can keep; `station` has the rules of `book`."""
    found = [*_hours(book), *_slots(book, station), *_repeats(book, station)]
    found += _languages(book, station)
    found += _minimums(book, station, tuple(plans))
    return (*found, *_dated(book, station))


def _clash(book: RuleBook, keys: tuple[str, ...], why: str, mend: str) -> Finding:
    """Rules by their keys that cannot hold together, and why."""
    rules = " và ".join(f"{LABELS[key]} {value_text(getattr(book.rules, key))}" for key in keys)
    return Finding("contradiction", f"{rules}: {why}", mend, source=_sources(book, keys))


def _sources(book: RuleBook, keys: Iterable[str], more: Iterable[str] = ()) -> str:
    return "; ".join([*(f"rules.{key}: {book.source(key)}" for key in keys), *more])


def _hours(book: RuleBook) -> Iterator[Finding]:
    rules = book.rules
    if _first(rules) >= _last(rules):
        mend = "đổi rules.earliest hoặc rules.latest"
        yield _clash(book, ("earliest", "latest"), "không còn lúc nào được phát", mend)
    elif rules.quiet_hours and not _open(rules):
        mend = "bớt giờ yên tĩnh, hoặc nới giờ phát"
        keys = ("quiet_hours", "earliest", "latest")
        yield _clash(book, keys, "giờ yên tĩnh phủ hết giờ được phát", mend)


def _first(rules: Rules) -> int:
    return _minute(rules.earliest)


def _last(rules: Rules) -> int:
    return _minute(rules.latest) or _DAY


def _minute(when: time) -> int:
    return when.hour * 60 + when.minute


def _open(rules: Rules) -> list[tuple[int, int]]:
    """Stretches of the day, in minutes, in which broadcasts are allowed."""
    free = [(_first(rules), _last(rules))]
    for begin, end in read_spans(rules):
        first, last = _minute(begin), _minute(end)
        shut = [(first, last)] if first < last else [(0, last), (first, _DAY)]
        for low, high in shut:
            parts = ((a, b) for x, y in free for a, b in ((x, min(y, low)), (max(x, high), y)))
            free = [(a, b) for a, b in parts if a < b]
    return free


def _slots(book: RuleBook, station: Station) -> Iterator[Finding]:
    """Standing slots that the rules do not let sound."""
    rules = book.rules
    for slot in station.slots:
        if slot.relay:
            continue
        name = f"khung giờ «{slot.name or slot.id}»"
        barred = [day for day in slot.days if rules.weekdays and day not in rules.weekdays]
        if barred:
            why = f"{name} phát {', '.join(barred)}"
            yield _clash(book, ("weekdays",), why, "bỏ những ngày ấy khỏi khung giờ")
        if rules.max_minutes_per_slot is not None and slot.minutes > rules.max_minutes_per_slot:
            why = f"{name} dài {slot.minutes} phút"
            yield _clash(book, ("max_minutes_per_slot",), why, "rút ngắn khung giờ")
        if rules.quiet_hours and _in_hours(rules, slot) and not _allowed(rules, slot):
            why = f"{name} {_span(slot)} rơi vào giờ yên tĩnh"
            yield _clash(book, ("quiet_hours",), why, "dời khung giờ, hoặc bớt giờ yên tĩnh")


def _span(slot: Slot) -> str:
    end = datetime(2000, 1, 1, slot.start.hour, slot.start.minute)  # noqa: DTZ001 - a clock only
    return f"{clock(slot.start)}-{clock(end + timedelta(minutes=slot.minutes))}"


def _in_hours(rules: Rules, slot: Slot) -> bool:
    begin = _minute(slot.start)
    return _first(rules) <= begin and begin + slot.minutes <= _last(rules)


def _allowed(rules: Rules, slot: Slot) -> bool:
    """Whether the slot lies wholly in a stretch in which broadcasts are allowed."""
    begin = _minute(slot.start)
    return any(low <= begin and begin + slot.minutes <= high for low, high in _open(rules))


def _repeats(book: RuleBook, station: Station) -> Iterator[Finding]:
    rules = book.rules
    least, most = rules.repeat_at_least_hours, rules.repeat_at_most_hours
    if least is not None and most is not None and least > most:
        keys = ("repeat_at_least_hours", "repeat_at_most_hours")
        yield _clash(book, keys, "không giờ nào vừa", "đổi một trong hai số giờ")
        return
    for slot in station.slots:
        first = station.slot(slot.repeats) if slot.repeats else None
        gaps = _gaps(first, slot) if first else ()
        if not gaps:
            continue
        name = f"khung giờ «{slot.name or slot.id}» có lần phát lại sau"
        mend = "dời khung giờ phát lại, hoặc bỏ ngày ấy"
        if least is not None and min(gaps) < least * 60:
            why = f"{name} {_hours_text(min(gaps))}"
            yield _clash(book, ("repeat_at_least_hours",), why, mend)
        if most is not None and max(gaps) > most * 60:
            why = f"{name} {_hours_text(max(gaps))}"
            yield _clash(book, ("repeat_at_most_hours",), why, mend)


def _hours_text(minutes: int) -> str:
    return f"{minutes / 60:.3g} giờ".replace(".", ",")


def _gaps(first: Slot, again: Slot) -> list[int]:
    """Minutes from each sounding of the repeat back to the latest one of what it repeats."""
    week = len(DAYS) * _DAY
    begins = [DAYS.index(day) * _DAY + _minute(first.start) for day in first.days]
    return [
        min((at - begin) % week or week for begin in begins)
        for day in again.days
        if begins
        for at in [DAYS.index(day) * _DAY + _minute(again.start)]
    ]


def _languages(book: RuleBook, station: Station) -> Iterator[Finding]:
    """A minimum of airings in a language in which nothing can be heard."""
    least = book.rules.language_minimum_per_week
    for zone in station.zones if least else ():
        for language in tongues(zone):
            mine = [s for s in station.slots if zone.id in station.zones_of(s) and not s.relay]
            if station.recordings == "không":
                mine = [s for s in mine if language_key(s.language) == language]
            room = sum(len(_days(book.rules, slot)) for slot in mine)
            if least and room < least:
                name = language_name(language)
                why = f"cụm loa «{zone.name}» chỉ có {room} lượt một tuần có thể phát bằng {name}"
                mend = f"thêm khung giờ có language: {name}, hoặc đặt lại recordings"
                yield _clash(book, ("language_minimum_per_week",), why, mend)


def _days(rules: Rules, slot: Slot) -> list[str]:
    return [day for day in slot.days if not rules.weekdays or day in rules.weekdays]


def _minimums(book: RuleBook, station: Station, plans: tuple[Plan, ...]) -> Iterator[Finding]:
    """Minimums that slots and caps cannot hold: the station's own, and those of all plans."""
    own = book.rules.weekly_minimum_at_peak
    if own:
        source = f"rules.weekly_minimum_at_peak: {book.source('weekly_minimum_at_peak')}"
        told = f"{LABELS['weekly_minimum_at_peak']} {own}"
        yield from _cannot(book, station, _Asked(own, True, told, source))
    asked = [(plan, quota) for plan in plans if (quota := plan.weekly_minimum())]
    for peak in (True, False):
        mine = [(plan, quota) for plan, quota in asked if quota.peak or not peak]
        count = sum(quota.count for _, quota in mine)
        if count and (peak or len(mine) > sum(quota.peak for _, quota in mine)):
            names = ", ".join(plan.id for plan, _ in mine)
            when = " vào giờ cao điểm" if peak else ""
            told = f"kế hoạch {names} cần {count} lượt một tuần{when}"
            source = "; ".join(str(plan_source(plan, quota.line)) for plan, quota in mine)
            yield from _cannot(book, station, _Asked(count, peak, told, source))


@dataclass(frozen=True, slots=True)
class _Asked:
    """A minimum of airings a week, at a `peak` or not; how it is told, and who asks."""

    count: int
    peak: bool
    told: str
    source: str


def _cannot(book: RuleBook, station: Station, asked: _Asked) -> Iterator[Finding]:
    """What keeps the slots from holding a minimum: their hours, their number, or a cap a day."""
    count, peak = asked.count, asked.peak
    slots = [s for s in station.slots if not s.relay and (s.peak or not peak) and s.days]
    # Without any slot of the kind the station is being set up; a week's check says what to add.
    if not slots:
        return
    rules = book.rules
    fitting = [slot for slot in slots if _in_hours(rules, slot) and _allowed(rules, slot)]
    room = sum(len(_days(rules, slot)) for slot in fitting)
    keys = [key for key in ("earliest", "latest", "quiet_hours", "weekdays")
            if getattr(rules, key) not in (None, ())]  # fmt: skip
    if not room:
        why = "giờ cao điểm nằm cả ngoài" if peak else "khung giờ nằm cả ngoài"
        limits = f"{why} giờ, ngày được phát"
    elif room < count:
        limits = f"khung giờ chỉ có {room} lượt một tuần"
        keys = [key for key in keys if key == "weekdays"]
    else:
        capped = _capped(rules, fitting)
        if capped is None or capped[1] >= count:
            return
        keys = [capped[0]]
        cap = value_text(getattr(rules, keys[0]))
        limits = f"{LABELS[keys[0]]} {cap} chỉ cho {capped[1]} lượt một tuần"
    mend = "thêm khung giờ, nới giới hạn, hoặc hỏi lại nơi giao chỉ tiêu"
    sources = _sources(book, keys, (asked.source,))
    yield Finding("contradiction", f"{asked.told}: {limits}", mend, source=sources)


def _capped(rules: Rules, slots: list[Slot]) -> tuple[str, int] | None:
    """The tighter cap a day, and how many of the slots a week it lets sound at most.

    Slots may be for different zones, whose airings count apart; the cap binds one zone, so slots
    that are not for every zone are left alone.
    """
    if any(slot.zones for slot in slots):
        return None
    caps = []
    if rules.max_airings_per_day is not None:
        per_day = [sum(day in _days(rules, slot) for slot in slots) for day in DAYS]
        held = sum(min(count, rules.max_airings_per_day) for count in per_day)
        caps.append(("max_airings_per_day", held))
    held = sum(_fit(rules, [s.minutes for s in slots if day in _days(rules, s)]) for day in DAYS)
    caps.append(("max_minutes_per_day", held))
    return min(caps, key=lambda cap: cap[1])


def _fit(rules: Rules, lengths: list[int]) -> int:
    """How many of the slots of a day fit into the minutes of a day, the shortest first."""
    left, count = rules.max_minutes_per_day, 0
    for minutes in sorted(lengths):
        left -= minutes
        count += left >= 0
    return count


def _dated(book: RuleBook, station: Station) -> Iterator[Finding]:
    """A profile of a place that has been divided anew, unless somebody has confirmed it since."""
    profile = book.profile
    if profile is None or not profile.outdated or _CONFIRMED in station.rules.sources:
        return
    message = (
        f"bộ quy định «{profile.name}» có từ {profile.dated}, trước khi sắp xếp lại đơn vị hành "
        f"chính 1/7/2025 ({profile.certainty or 'chưa rõ mức tin cậy'})"
    )
    mend = "hỏi lại nơi ban hành, rồi ghi ai xác nhận vào rules.sources, mục profile"
    source = f"{profile.document} ({profile.dated})"
    yield Finding("profile-dated", message, mend, source=source)
