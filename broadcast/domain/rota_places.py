"""The places of weeks that can be filled, why others cannot, and what weekly minimums reserve."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from broadcast.domain.calendar_math import (
    Place,
    airing_at,
    occupant,
    overlap_in_zone,
    places,
    stands_in,
)
from broadcast.domain.conflicts import relays
from broadcast.domain.days import SpecialDays
from broadcast.domain.limits import DAY, minutes_of, open_on, outside, sitting, stretches
from broadcast.domain.minimum import counted, wording
from broadcast.domain.pairing import language_key
from broadcast.domain.plan import Plan, Quota
from broadcast.domain.station import VIETNAMESE, Rules, Slot, Station
from broadcast.domain.week import Airing, Finding, Week
from broadcast.domain.wording import day_label, moment

Due = tuple[Plan, Quota]
"""A plan and its weekly minimum."""

_IF_NOT_CLOSED = "muốn phát thì sửa mục holidays hoặc days trong schedules/station.yaml"


@dataclass(slots=True)
class Calendar:
    """Airings by their day, so that what is near a place is found at once."""

    by_day: dict[date, list[Airing]] = field(default_factory=dict)

    @classmethod
    def of(cls, airings: Iterable[Airing]) -> Calendar:
        """The calendar of some airings."""
        made = cls()
        for airing in airings:
            made.by_day.setdefault(airing.day, []).append(airing)
        return made

    def around(self, day: date) -> list[Airing]:
        """Airings that begin on that day, the day before or after it."""
        days = (day - DAY, day, day + DAY)
        return [airing for near in days for airing in self.by_day.get(near, ())]


@dataclass(slots=True)
class FreePlaces:
    """The places to fill, by time, those with a programme of their own, and what was left free."""

    topics: list[Place] = field(default_factory=list)
    repeats: list[Place] = field(default_factory=list)
    """Places of slots in which another slot's programme is heard again."""
    programmes: list[tuple[Place, str, str]] = field(default_factory=list)
    """Place, programme, and the day's name."""
    notes: list[Finding] = field(default_factory=list)
    past: int = 0
    """How many free places of days gone by were left alone."""


def free_places(
    week: Week, station: Station, days: SpecialDays, calendar: Calendar, today: date | None
) -> FreePlaces:
    """What of a week can be filled, and with what kind of thing."""
    found = FreePlaces()
    taken, carried = Calendar(), Calendar.of(relays(station, _with_eves(week)))
    for standing in places(week.id, station, days):
        place = spoken_there(standing, station)
        there = occupant(place, calendar.around(place.day))
        if there and stands_in(there, place):
            continue
        if today and place.day < today:
            found.past += 1
            continue
        if not open_on(station.rules, place.day):
            continue  # `closed_days` tells of the day
        note = (
            _hindrance(place, there, taken.around(place.day))
            or _relayed(place, carried.around(place.day))
            or _forbidden(place, station.rules)
        )
        if note:
            found.notes.append(note)
            continue
        # Only where it is and when it sounds matters of it.
        blind = replace(airing_at(place), title=str(place))
        taken.by_day.setdefault(place.day, []).append(blind)
        special = days.get(place.day)
        if place.slot.repeats:
            found.repeats.append(place)
        elif special and special.programme:
            found.programmes.append((place, special.programme, special.name))
        else:
            found.topics.append(place)
    return found


def _hindrance(place: Place, there: Airing | None, taken: Iterable[Airing]) -> Finding | None:
    """Why a place without an airing of its own cannot be filled, None if it can."""
    if not place.zones:
        mend = f"xem mục zones của khung giờ {place.slot.id} trong schedules/station.yaml"
        return note_at("no-zones", place, "không có cụm loa nào nghe khung giờ này", mend)
    if there:
        message = f"để trống vì trùng giờ với lượt phát {there.id} {moment(there.starts)}"
        mend = "dời lượt phát ấy nếu muốn xếp khung giờ này"
        return note_at("occupied", place, message, mend)
    other = next((one for one in taken if overlap_in_zone(one, place)), None)
    if other:
        message = f"để trống vì hai khung giờ trùng nhau, đã xếp {other.title}"
        mend = "sửa giờ của một khung trong schedules/station.yaml"
        return note_at("occupied", place, message, mend)
    return None


def _with_eves(week: Week) -> Iterator[date]:
    first, *_, last = week.id.days()
    return (first + number * DAY for number in range(-1, (last - first).days + 2))


def _relayed(place: Place, carried: Iterable[Airing]) -> Finding | None:
    relay = next((one for one in carried if overlap_in_zone(one, place)), None)
    if relay is None:
        return None
    message = f"để trống vì đang tiếp âm {relay.title} lúc {moment(relay.starts)}"
    return note_at("occupied", place, message, "sửa giờ của một khung trong schedules/station.yaml")


def _forbidden(place: Place, rules: Rules) -> Finding | None:
    if not outside(rules, airing_at(place)):
        return None
    message = "để trống vì ngoài giờ được phát, hoặc trong giờ yên tĩnh"
    return note_at("outside-hours", place, message, "xem từng quy định: broadcast rules")


def is_vietnamese(slot: Slot) -> bool:
    """Whether the slot is in Vietnamese."""
    return language_key(slot.language) == language_key(VIETNAMESE)


def spoken_there(place: Place, station: Station) -> Place:
    """The place with only those zones that speak its slot's language."""
    if is_vietnamese(place.slot):
        return place
    asked = language_key(place.slot.language)
    speaking = {z.id for z in station.zones if asked in map(language_key, z.languages)}
    return replace(place, zones=tuple(zone for zone in place.zones if zone in speaking))


def note_at(rule: str, place: Place, message: str, mend: str) -> Finding:
    """What is to be said of a place that stays free."""
    return Finding(rule, f"{place}: {message}", mend, day=place.day, slot=place.slot.id)


def closed_days(weeks: Collection[Week], station: Station, days: SpecialDays) -> list[Finding]:
    """A note for each closed day on which something would have stood."""
    notes = []
    for week in weeks:
        standing = {place.day for place in places(week.id, station)}
        for day in week.id.days():
            why = _why_closed(day, station.rules, days)
            if day in standing and why:
                message = f"{day_label(day)} ({why}): ngày nghỉ, không xếp"
                notes.append(Finding("closed-day", message, _IF_NOT_CLOSED, day=day))
    return notes


def _why_closed(day: date, rules: Rules, days: SpecialDays) -> str:
    """Why nothing is filled in on a day, "" if something is."""
    if day in days and days[day].closed:
        return days[day].name
    if open_on(rules, day):
        return ""
    return "quy định về ngày không phát" if day in rules.no_broadcast_days else "quy định về thứ"


@dataclass(slots=True)
class Limits:
    """What zones may still hear on each day and without a break, as places are given away.

    `fills` says whether something will be put into a free place; others take nothing.
    """

    rules: Rules
    fills: Callable[[Place], bool]
    minutes: Counter[tuple[date, str]]
    airings: dict[tuple[date, str], list[Airing]]
    station: Station

    @classmethod
    def of(
        cls, station: Station, there: Sequence[Airing], fills: Callable[[Place], bool]
    ) -> Limits:
        """What is left beside the airings that are there."""
        limits = cls(station.rules, fills, minutes_of(there), defaultdict(list), station)
        for airing in there:
            limits._heard(airing)
        return limits

    def _heard(self, airing: Airing) -> None:
        for zone in set(airing.zones):
            self.airings[airing.day, zone].append(airing)

    def keep(self, free: FreePlaces) -> None:
        """Leave the places free that would be too much: peaks are kept first, repeats last."""
        programmes = [place for place, *_ in free.programmes]
        everything = (*free.topics, *programmes, *free.repeats)
        wanted = [place for place in everything if self.fills(place)]
        wanted.sort(key=lambda p: (not p.slot.peak, bool(p.slot.repeats), p.starts))
        notes = [note for place in wanted if (note := self._take(place))]
        gone = {(note.day, note.slot) for note in notes}
        free.topics = [p for p in free.topics if (p.day, p.slot.id) not in gone]
        free.repeats = [p for p in free.repeats if (p.day, p.slot.id) not in gone]
        free.programmes = [o for o in free.programmes if (o[0].day, o[0].slot.id) not in gone]
        free.notes += notes

    def _take(self, place: Place) -> Finding | None:
        """Give a place away; a note if that would be too much."""
        rules, airing = self.rules, airing_at(place)
        more, most = minutes_of([airing]), rules.max_airings_per_day
        rule, told = "", ""
        if any(n + self.minutes[at] > rules.max_minutes_per_day for at, n in more.items()):
            rule, told = "day-minutes", f"một ngày không quá {rules.max_minutes_per_day} phút"
        elif most is not None and any(
            len(self.airings[place.day, zone]) >= most for zone in place.zones
        ):
            rule, told = "day-airings", f"một ngày không quá {most} lượt"
        elif rules.max_minutes_per_slot is not None and self._too_long(airing):
            rule, told = "slot-minutes", f"nghe liền không quá {rules.max_minutes_per_slot} phút"
        if rule:
            return note_at(rule, place, f"để trống vì {told}", "xem quy định: broadcast rules")
        self.minutes.update(more)
        self._heard(airing)
        return None

    def _too_long(self, airing: Airing) -> bool:
        """Whether with it a zone would hear more without a break than it may."""
        near = [airing.day + number * DAY for number in (-1, 0, 1)]
        carried = relays(self.station, near)
        for zone in airing.zones:
            sounds = [a for day in near for a in self.airings[day, zone]]
            sounds += [a for a in carried if zone in a.zones]
            for stretch in stretches([*sounds, airing]):
                if airing in stretch and sitting(stretch) > (self.rules.max_minutes_per_slot or 0):
                    return True
        return False


def reserve(
    week: Week,
    station: Station,
    plans: Sequence[Plan],
    free: Sequence[Place],
    serves: Callable[[Place, Plan], bool],
) -> tuple[dict[int, Due], list[Finding]]:
    """Which free places (by index) the weekly minimums need: peaks first, the most owing first.

    Args:
        serves: whether a place may get a topic of a plan.
    """
    dues = [(p, quota) for p in plans if p.airable_topics() and (quota := p.weekly_minimum())]
    owed = [quota.count - counted(week.airings, plan, quota, station) for plan, quota in dues]
    reserved: dict[int, Due] = {}
    for number in sorted(range(len(free)), key=lambda n: not free[n].slot.peak):
        peak = free[number].slot.peak
        waiting = [
            n
            for n, (plan, quota) in enumerate(dues)
            if owed[n] > 0 and (peak or not quota.peak) and serves(free[number], plan)
        ]
        if waiting:
            most = max(waiting, key=lambda n: owed[n])
            owed[most] -= 1
            reserved[number] = dues[most]
    short = [_short(*due, left) for due, left in zip(dues, owed, strict=True) if left > 0]
    return reserved, short


def _short(plan: Plan, quota: Quota, left: int) -> Finding:
    kind = "khung giờ cao điểm" if quota.peak else "khung giờ"
    message = (
        f"chỉ tiêu {wording(quota)} của kế hoạch {plan.id} còn thiếu {left} lần: "
        f"tuần này không còn {kind} trống"
    )
    mend = "thêm khung giờ trong schedules/station.yaml, hoặc đổi một lượt phát đã có"
    return Finding("weekly-minimum", message, mend)
