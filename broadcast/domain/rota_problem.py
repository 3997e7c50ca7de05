"""From weeks, station and plans to the rota's numbers: who may go where, and how far apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from broadcast.domain.calendar_math import Place, airing_at, places
from broadcast.domain.days import SpecialDays
from broadcast.domain.limits import outside
from broadcast.domain.pairing import language_key, language_name
from broadcast.domain.plan import Plan, Topic, plans_of
from broadcast.domain.rota_model import (
    FOREVER,
    FOUR_WEEKS,
    Candidate,
    Key,
    Problem,
    Sounding,
    Spot,
)
from broadcast.domain.rota_places import Due, is_vietnamese, note_at
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import Airing, Finding, WeekId

Recorded = Mapping[str, Collection[Key]]
"""Topics that have a recording, by language (`language_key`)."""

_USUAL = 0.8
"""The share of turns that what slots allow is measured by: a holiday does not loosen a year."""
_DAY_MINUTES = 24 * 60
_MOST_WEEKS = 60
"""How far ahead turns are looked for."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What topics may be chosen from: the `candidates` of every plan."""

    station: Station
    plans: tuple[Plan, ...]
    candidates: tuple[Candidate, ...]
    recorded: Recorded
    days: SpecialDays
    _pools: dict[tuple[str, int], tuple[int, ...]] = field(default_factory=dict, repr=False)

    def pool(self, place: Place) -> tuple[int, ...]:
        """The topics that may be heard at a place; looked up once for each slot and year."""
        key = place.slot.id, place.day.year
        if key not in self._pools:
            self._pools[key] = self._pool(place)
        return self._pools[key]

    def _pool(self, place: Place) -> tuple[int, ...]:
        valid = {plan.id for plan in plans_of(self.plans, place.day.year)}
        return tuple(
            number
            for number, one in enumerate(self.candidates)
            if one.plan.id in valid and self._fits(one, place.slot)
        )

    def _fits(self, one: Candidate, slot: Slot) -> bool:
        if slot.topics and not any(_named(one, name) for name in slot.topics):
            return False
        return is_vietnamese(slot) or one.key in self.recorded.get(language_key(slot.language), ())

    def why_empty(self, place: Place) -> Finding:
        """Why a place finds no topic."""
        slot = place.slot
        if not is_vietnamese(slot):
            language = language_name(language_key(slot.language))
            message = f"để trống vì chưa có nội dung nào có bản ghi âm {language}"
            return note_at("no-recording", place, message, "ghi âm rồi ghép vào kịch bản")
        if slot.topics:
            message = f"để trống vì không kế hoạch nào có mục {', '.join(slot.topics)} được phát"
            mend = f"sửa topics của khung giờ {slot.id} trong schedules/station.yaml"
            return note_at("no-column-topics", place, message, mend)
        message = f"để trống vì chưa có kế hoạch nào cho năm {place.day.year}"
        return note_at("no-topics", place, message, "nhập kế hoạch: broadcast plan import TỆP")


def is_open(slot: Slot) -> bool:
    """Whether any topic may be heard in the slot."""
    return not slot.topics and not slot.relay and not slot.repeats and is_vietnamese(slot)


def _named(one: Candidate, name: str) -> bool:
    """Whether a column's name for topics ("plan:path", or a path alone) means this one."""
    plan, colon, path = name.rpartition(":")
    if colon and plan != one.plan.id:
        return False
    return one.topic.path == path or one.topic.path.startswith(f"{path}/")


def interleaved(plans: Sequence[Plan]) -> tuple[Candidate, ...]:
    """Airable topics in turn: each plan's in its own order, the plans spread over one another."""
    turns: list[tuple[float, int, Plan, Topic]] = []
    for number, plan in enumerate(plans):
        topics: dict[str, Topic] = {}
        for topic in plan.airable_topics():
            topics.setdefault(topic.path, topic)
        share = len(topics)
        turns += [((n + 0.5) / share, number, plan, t) for n, t in enumerate(topics.values())]
    turns.sort(key=lambda turn: turn[:2])
    return tuple(Candidate(plan, topic, n) for n, (_, _, plan, topic) in enumerate(turns))


def spots_of(
    asked: Asked, free: Iterable[tuple[Place, Due | None]]
) -> tuple[list[Spot], list[Finding]]:
    """The free places with the topics that may be heard there, and those that find none."""
    spots, notes = list[Spot](), list[Finding]()
    pools: dict[tuple[str, int, str], tuple[int, ...]] = {}
    for place, due in free:
        key = place.slot.id, place.day.year, due[0].id if due else ""
        if key not in pools:
            pool = asked.pool(place)
            mine = tuple(n for n in pool if due and asked.candidates[n].plan.id == due[0].id)
            pools[key] = mine or pool
        if pools[key]:
            spots.append(Spot(place, place.day.toordinal(), pools[key], due))
        else:
            notes.append(asked.why_empty(place))
    return spots, notes


def problem_of(
    asked: Asked,
    spots: Sequence[Spot],
    room: Sequence[int],
    airings: Iterable[Airing],
    span: tuple[date, date],
) -> Problem:
    """The rota's numbers.

    Args:
        room: days of the open places that are free in the span, in order.
        airings: everything that was heard or is planned.
        span: first and last day that are judged.
    """
    first, last = (day.toordinal() for day in span)
    fixed = _fixed(asked, airings)
    begun = _begun(asked.candidates, fixed)
    everything = (*room, *_ahead(asked, span[1]))
    candidates = tuple(
        _timed(asked, one, everything, min(begun.get(one.plan.id, first), first) - 1, span)
        for one in asked.candidates
    )
    return Problem(candidates, tuple(spots), fixed, first, last, _apart(asked.station), everything)


def _apart(station: Station) -> int:
    """Days between two airings of one topic: enough for the rule of hours too, at any times."""
    rules, starts = station.rules, [60 * s.start.hour + s.start.minute for s in station.slots]
    hours = rules.same_programme_after_hours
    if not hours or not starts:
        return rules.repeat_after_days
    minutes = 60 * hours + max(starts) - min(starts)
    return max(rules.repeat_after_days, -(-minutes // _DAY_MINUTES))


def _fixed(asked: Asked, airings: Iterable[Airing]) -> tuple[tuple[Sounding, ...], ...]:
    plans = {plan.id: plan for plan in asked.plans}
    index = {one.key: number for number, one in enumerate(asked.candidates)}
    again = {slot.id for slot in asked.station.slots if slot.repeats}
    fixed: list[list[Sounding]] = [[] for _ in asked.candidates]
    for airing in airings:
        plan = plans.get(airing.plan or "")
        if plan is None or airing.topic is None or airing.slot in again:
            continue
        number = index.get((plan.id, plan.path_of(airing.topic)))
        if number is not None:
            zones = tuple(dict.fromkeys(airing.zones))
            fixed[number].append(Sounding(airing.day.toordinal(), zones))
    return tuple(tuple(sorted(those, key=lambda one: one.day)) for those in fixed)


def _begun(candidates: Sequence[Candidate], fixed: Sequence[Sequence[Sounding]]) -> dict[str, int]:
    """The first day anything of each plan was heard.

    A topic that was never heard has waited since then; those of a plan that is new have not.
    """
    begun: dict[str, int] = {}
    for one, soundings in zip(candidates, fixed, strict=True):
        for sounding in soundings[:1]:
            begun[one.plan.id] = min(begun.get(one.plan.id, sounding.day), sounding.day)
    return begun


def _ahead(asked: Asked, last: date) -> list[int]:
    """Days of the open places after the span, enough for every topic to have a turn or two."""
    wanted = 2 * len(asked.candidates)
    found: list[int] = []
    week = WeekId.of(last)
    for number in range(_MOST_WEEKS):
        found += [
            place.day.toordinal()
            for place in places(week, asked.station, asked.days)
            if place.day > last and place.zones and is_open(place.slot)
            if not outside(asked.station.rules, airing_at(place))
        ]
        if number >= 2 * FOUR_WEEKS // 7 and (len(found) >= wanted or not found):
            break
        if week.year >= date.max.year:
            break
        week = week.after()
    return found


def _timed(
    asked: Asked, one: Candidate, room: Sequence[int], begun: int, span: tuple[date, date]
) -> Candidate:
    """The candidate with the days it is for, and how far apart its turns are."""
    years = _years(asked, one, span)
    if not years:
        return replace(one, active=(FOREVER, -1))
    start = 0 if years[0] < span[0].year else date(years[0], 1, 1).toordinal()
    end = FOREVER if years[-1] > span[1].year else date(years[-1], 12, 31).toordinal()
    valid = _ids(asked, years[0])
    count = sum(other.plan.id in valid for other in asked.candidates)
    inside = room[bisect_left(room, start) : bisect_left(room, end + 1)]
    begins = max(start, span[0].toordinal())
    gap = turn_days(inside, count, begins)
    gap = gap + gap // 8 if gap > FOUR_WEEKS else FOUR_WEEKS
    return replace(one, gap=gap, active=(start, end), begun=max(begun, start - 1))


def _years(asked: Asked, one: Candidate, span: tuple[date, date]) -> list[int]:
    """The years around the span in which the topic may be heard."""
    around = range(span[0].year - 1, span[1].year + 2)
    years = [year for year in around if one.plan.id in _ids(asked, year)]
    return years if any(span[0].year <= year <= span[1].year for year in years) else []


def _ids(asked: Asked, year: int) -> frozenset[str]:
    return frozenset(plan.id for plan in plans_of(asked.plans, year))


def turn_days(room: Sequence[int], count: int, begins: int) -> int:
    """Days within which each of `count` topics gets a turn if they simply take turns.

    Args:
        room: days of the places they share, in order.
        begins: the first day.
    """
    if not room:
        return FOUR_WEEKS
    starts = (begins - 1, *room)
    turns = sorted(day - before for before, day in zip(starts, starts[count:], strict=False))
    if not turns:
        days = room[-1] - begins + 1
        return -(-count * days // len(room))
    return turns[min(len(turns) - 1, int(_USUAL * len(turns)))]


def whole_span(weeks: Sequence[WeekId]) -> tuple[date, date]:
    """The first and last day of weeks in order."""
    return weeks[0].days()[0], weeks[-1].days()[0] + timedelta(days=6)
