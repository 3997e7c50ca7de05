"""The rules of a week that look at more than one airing, or at the hours of the day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from broadcast.domain.calendar_math import Place, occupant, places
from broadcast.domain.days import SpecialDays
from broadcast.domain.minimum import at_peak, counted, wording
from broadcast.domain.overlaps import Overlap, free_from, overlaps
from broadcast.domain.pairing import PairState
from broadcast.domain.plan import Plan, Quota
from broadcast.domain.script import State
from broadcast.domain.station import Rules, Station
from broadcast.domain.week import VIETNAM, Airing, Finding, Week, WeekId
from broadcast.domain.wording import clock, day_label, moment

Dated = tuple[datetime, Finding]
"""A finding and the moment it is about."""

_RANK = {"thông thường": 0, "ưu tiên": 1, "khẩn cấp": 2}
_DEFAULT = "mức mặc định của phần mềm, không phải quy định pháp luật"
_OWN = "giới hạn của đài"
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Paired:
    """A script's recording in another language: where it stands, how long it is."""

    state: PairState
    seconds: float


@dataclass(frozen=True, slots=True)
class ScriptInfo:
    """What a check must know of a script: `seconds` it lasts (None unknown), problems in it.

    `stale` is what of it does not hold on a day of airing, and nobody has answered for;
    `recordings` are those in other languages, by language.
    """

    state: State
    seconds: float | None
    problems: int
    stale: Mapping[date, tuple[Finding, ...]] = field(default_factory=dict)
    recordings: Mapping[str, Paired] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looks at."""

    week: Week
    station: Station
    plans: Mapping[str, Plan]
    scripts: Mapping[str, ScriptInfo]
    neighbours: tuple[Airing, ...]
    today: date | None = None
    days: SpecialDays = field(default_factory=dict)
    by_day: dict[date, list[Airing]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for airing in (*self.week.airings, *self.neighbours):
            self.by_day.setdefault(airing.day, []).append(airing)

    def around(self, day: date) -> list[Airing]:
        """Airings of this and other weeks that begin on `day`, the day before or after it."""
        days = (day - _DAY, day, day + _DAY)
        return [airing for near in days for airing in self.by_day.get(near, ())]

    def free_places(self) -> list[Place]:
        """Standing slots of the week, heard somewhere, in which nothing sounds."""
        standing = (p for p in places(self.week.id, self.station, self.days) if p.zones)
        return [place for place in standing if not occupant(place, self.around(place.day))]


def check(checked: Checked) -> Iterator[Dated]:
    """Findings of every rule of this module, in no order."""
    free = checked.free_places()
    yield from _overlaps(checked, free)
    for airing in checked.week.airings:
        yield from ((airing.starts, it) for it in _hours(checked.station, airing))
    yield from _day_minutes(checked)
    yield from _silent_slots(checked, free)
    yield from _weekly_minimums(checked, free)


def latest_end(station: Station, day: date) -> datetime:
    """When broadcasts of `day` have to be over; midnight as the limit is the end of the day."""
    latest = datetime.combine(day, station.rules.latest, VIETNAM)
    return latest if station.rules.latest != time(0) else latest + _DAY


def _overlaps(checked: Checked, free: list[Place]) -> Iterator[Dated]:
    own = set(checked.week.airings)
    days = checked.week.id.days()
    first, last = days[0] - _DAY, days[-1] + _DAY
    near = [airing for airing in checked.neighbours if first <= airing.day <= last]
    for overlap in overlaps([*checked.week.airings, *near]):
        pair = [a for a in (overlap.second, overlap.first) if a in own]
        if pair:
            mover = min(pair, key=lambda a: _RANK.get(a.level, 0))
            yield mover.starts, _overlap(checked, overlap, mover, free)


def _overlap(checked: Checked, overlap: Overlap, mover: Airing, free: list[Place]) -> Finding:
    keeper = overlap.first if mover is overlap.second else overlap.second
    zones = _zone_names(checked.station, overlap.zones)
    week = WeekId.of(keeper.day)
    other = f" của tuần {week}" if week != checked.week.id else ""
    message = (
        f"{_span(mover)} trùng giờ với lượt phát {keeper.id}{other} "
        f"({_span(keeper)}) tại cụm loa {zones}"
    )
    return Finding("overlap", message, _mend_overlap(checked, mover, keeper, free), mover.id)


def _mend_overlap(checked: Checked, mover: Airing, keeper: Airing, free: list[Place]) -> str:
    """The next free time of the day, else the nearest free slot, else give one of them up."""
    end = latest_end(checked.station, mover.day)
    start = free_from(checked.around(mover.day), mover, keeper.ends, end)
    if start and start.date() == mover.day:
        return f"dời lượt phát {mover.id} sang {clock(start)} cùng ngày"
    fitting = [p for p in free if p.slot.minutes >= mover.minutes and _hears(p, mover)]
    nearest = min(fitting, key=lambda p: abs(p.starts - mover.starts), default=None)
    if nearest:
        return f"dời lượt phát {mover.id} vào khung giờ còn trống {nearest}"
    return f"bỏ lượt phát {mover.id}, hoặc bớt cụm loa của nó"


def _hears(place: Place, airing: Airing) -> bool:
    return set(airing.zones) <= set(place.zones)


def _hours(station: Station, airing: Airing) -> Iterator[Finding]:
    """Outside the hours of broadcast; urgent bulletins go out at any hour."""
    if airing.level == "khẩn cấp":
        return
    rules, standard = station.rules, Rules()
    end = latest_end(station, airing.day)
    if airing.start < rules.earliest:
        whose = _DEFAULT if rules.earliest == standard.earliest else _OWN
        message = f"phát lúc {clock(airing.start)}, trước {clock(rules.earliest)} ({whose})"
        mend = f"dời sang {clock(rules.earliest)}, hoặc đổi rules.earliest của đài"
        yield Finding("too-early", message, mend, airing.id)
    elif airing.ends > end:
        whose = _DEFAULT if rules.latest == standard.latest else _OWN
        message = f"phát xong lúc {clock(airing.ends)}, sau {clock(rules.latest)} ({whose})"
        start = end - timedelta(minutes=airing.minutes)
        mend = f"dời sang {clock(start)} hoặc sớm hơn, hoặc đổi rules.latest của đài"
        yield Finding("too-late", message, mend, airing.id)


def _day_minutes(checked: Checked) -> Iterator[Dated]:
    """More minutes in a day than a zone should hear; minutes after midnight are the next day's."""
    most = checked.station.rules.max_minutes_per_day
    minutes = _minutes(checked)
    for day in checked.week.id.days():
        over: dict[int, list[str]] = {}
        for zone in checked.station.zones:
            if minutes[day, zone.id] > most:
                over.setdefault(minutes[day, zone.id], []).append(zone.id)
        for heard, zones in over.items():
            whose = _DEFAULT if most == Rules().max_minutes_per_day else _OWN
            message = (
                f"{day_label(day)}: cụm loa {_zone_names(checked.station, zones)} "
                f"nghe {heard} phút, quá {most} phút một ngày ({whose})"
            )
            mover = _to_lighten(checked, day, zones[0], heard - most)
            mend = _mend_minutes(checked, minutes, mover) if mover else "bớt lượt phát của ngày này"
            when = mover.starts if mover else datetime.combine(day, time(), VIETNAM)
            about = mover.id if mover else None
            yield when, Finding("day-minutes", message, mend, about, day=day)


def _minutes(checked: Checked) -> Counter[tuple[date, str]]:
    """Minutes each zone hears each day."""
    minutes: Counter[tuple[date, str]] = Counter()
    for airing in (*checked.week.airings, *checked.neighbours):
        midnight = datetime.combine(airing.day + _DAY, time(), VIETNAM)
        later = max(0, int((airing.ends - midnight).total_seconds()) // 60)
        for zone in set(airing.zones):
            minutes[airing.day, zone] += airing.minutes - later
            minutes[airing.day + _DAY, zone] += later
    return minutes


def _to_lighten(checked: Checked, day: date, zone: str, over: int) -> Airing | None:
    """The shortest airing of the day that brings it down to the limit, else the longest."""
    there = [a for a in checked.week.airings if a.day == day and zone in a.zones]
    usual = [a for a in there if a.level == "thông thường"] or there
    enough = [a for a in usual if a.minutes >= over]
    if enough:
        return min(enough, key=lambda a: (a.minutes, -a.starts.timestamp()))
    return max(usual, key=lambda a: (a.minutes, a.starts), default=None)


def _mend_minutes(checked: Checked, minutes: Counter[tuple[date, str]], mover: Airing) -> str:
    most = checked.station.rules.max_minutes_per_day

    def load(day: date) -> int:
        return max((minutes[day, zone] for zone in mover.zones), default=0) + mover.minutes

    others = [day for day in checked.week.id.days() if day != mover.day and load(day) <= most]
    if not others:
        return f"bỏ hoặc rút ngắn lượt phát {mover.id} ({mover.minutes} phút)"
    lightest = min(others, key=lambda day: (load(day), abs((day - mover.day).days)))
    return f"dời lượt phát {mover.id} ({mover.minutes} phút) sang {day_label(lightest)}"


def _silent_slots(checked: Checked, free: list[Place]) -> Iterator[Dated]:
    for place in free:
        if checked.today is None or place.day >= checked.today:
            mend = f"xếp nội dung: broadcast week fill {checked.week.id}"
            message = f"{place}: chưa có lượt phát nào"
            yield (
                place.starts,
                Finding("empty-slot", message, mend, day=place.day, slot=place.slot.id),
            )


def _weekly_minimums(checked: Checked, free: list[Place]) -> Iterator[Dated]:
    end = datetime.combine(checked.week.id.days()[-1] + _DAY, time(), VIETNAM)
    for plan in checked.plans.values():
        quota = plan.weekly_minimum()
        if quota is None:
            continue
        done = counted(checked.week.airings, plan, quota, checked.station)
        if done < quota.count:
            asked = f"kế hoạch {plan.id} yêu cầu {wording(quota)}"
            message = f"{asked}; tuần này mới có {done} lần"
            yield end, Finding("weekly-minimum", message, _mend_minimum(checked, plan, quota, free))


def _mend_minimum(checked: Checked, plan: Plan, quota: Quota, free: list[Place]) -> str:
    """A free slot that would count, else a swap with another plan's airing at a peak."""
    ahead = [p for p in free if checked.today is None or p.day >= checked.today]
    room = next((p for p in ahead if p.slot.peak or not quota.peak), None)
    if room:
        return f"xếp một nội dung của kế hoạch vào {room}: broadcast week fill {checked.week.id}"
    if quota.peak and not any(slot.peak for slot in checked.station.slots):
        return "đặt peak: true cho khung giờ có nhiều người nghe trong schedules/station.yaml"
    usual = [a for a in checked.week.in_order() if a.level == "thông thường"]
    off_peak = [a for a in usual if not at_peak(a, checked.station)]
    hers = next((a for a in off_peak if a.plan == plan.id), None)
    other = next((a for a in usual if a.plan != plan.id and a not in off_peak), None)
    if quota.peak and hers and other:
        return f"đổi chỗ lượt phát {hers.id} với {other.id} ({moment(other.starts)})"
    return "thay một lượt phát khác bằng nội dung của kế hoạch này, hoặc thêm khung giờ"


def _span(airing: Airing) -> str:
    return f"{moment(airing.starts)}-{clock(airing.ends)}"


def _zone_names(station: Station, zones: list[str] | tuple[str, ...]) -> str:
    known = {zone.id: zone.name for zone in station.zones}
    return ", ".join(known.get(zone) or zone for zone in zones)
