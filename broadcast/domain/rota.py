"""Fill a week's free slots so that every topic is heard about equally often (phân kỳ).

The choice is greedy: for each free place in order of time the topic heard least often, then the one
least heard in the place's zones, then the one heard longest ago, then the plans' own order. It is
deterministic, and every airing says why it is where it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from broadcast.domain.calendar_math import (
    Place,
    airing_id,
    occupant,
    overlap_in_zone,
    places,
    stands_in,
)
from broadcast.domain.days import SpecialDays
from broadcast.domain.minimum import counted, wording
from broadcast.domain.plan import Plan, Quota, Topic
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Finding, Week
from broadcast.domain.week_edit import insert
from broadcast.domain.wording import moment

Key = tuple[str, str]
"""What a topic is counted by: its plan's id and its path."""

_NEVER_NEAR = 10**6
"""Days to the nearest airing of a topic that was never aired."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled week: `added` airings by time; `notes` say what was left free, and why."""

    week: Week
    added: tuple[Airing, ...] = ()
    notes: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A topic that may be chosen; `turn` decides when all else is equal."""

    plan: Plan
    topic: Topic
    turn: int

    @property
    def key(self) -> Key:
        return self.plan.id, self.topic.path


@dataclass(slots=True)
class _Heard:
    """What has been heard so far: how often, how often in a zone, and on which days."""

    plans: dict[str, Plan]
    times: Counter[Key] = field(default_factory=Counter)
    by_zone: Counter[tuple[Key, str]] = field(default_factory=Counter)
    days: dict[Key, list[date]] = field(default_factory=dict)

    def add(self, airing: Airing) -> None:
        if airing.plan is None or airing.topic is None:
            return
        plan = self.plans.get(airing.plan)
        key = airing.plan, plan.path_of(airing.topic) if plan else airing.topic
        self.times[key] += 1
        self.by_zone.update((key, zone) for zone in set(airing.zones))
        self.days.setdefault(key, []).append(airing.day)

    def last(self, key: Key) -> date:
        return max(self.days.get(key, ()), default=date.min)

    def distance(self, key: Key, day: date) -> int:
        """Days from `day` to the nearest airing of the topic, before or after."""
        days = self.days.get(key, ())
        return min((abs((day - other).days) for other in days), default=_NEVER_NEAR)


def topic_text(topic: Topic) -> str:
    """The title of an airing when the caller words none: the topic as the plan says it."""
    return topic.text


def fill(  # noqa: PLR0913 - what a week is made of; the options are by keyword
    week: Week,
    station: Station,
    plans: Sequence[Plan],
    history: Sequence[Airing],
    *,
    today: date | None = None,
    only: Collection[tuple[date, str]] | None = None,
    days: SpecialDays = MappingProxyType({}),
    title_of: Callable[[Topic], str] = topic_text,
) -> Fill:
    """Give every standing slot of the week without an airing one airing.

    A slot over which another airing sounds stays free. Airings that are there stay as they are.

    Args:
        week: the week as it is.
        station: its slots, zones and rules.
        plans: the plans whose airable topics are spread.
        history: airings of other weeks; how far back they go is how far back fairness looks.
            Those on a day of this week are left out, this week's own file speaks for it.
        today: days before it are left alone.
        only: the day and slot id of the places to fill, None for all. What the weekly minimums
            need stays reserved in the others.
        days: the special days of the week; nothing is filled in on closed ones.
        title_of: words the title of an airing.
    """
    candidates = _interleaved(plans)
    nothing = _nothing_to_do(station, candidates)
    if nothing:
        return Fill(week, (), nothing)
    own_days = set(week.id.days())
    others = [airing for airing in history if airing.day not in own_days]
    free, left = _free_places(week, station, others, today, days)
    reserved, short = _reserve(week, station, plans, free)
    taken = {airing.id for airing in (*others, *week.airings)}
    heard = _Heard({plan.id: plan for plan in plans})
    for airing in (*others, *week.airings):
        heard.add(airing)
    added: list[Airing] = []
    for number, place in enumerate(free):
        if not _wanted(place, only):
            continue
        chosen, why = _choose(candidates, heard, place, station, reserved.get(number))
        title = title_of(chosen.topic)
        airing = _airing(place, chosen, title, why, taken)
        heard.add(airing)
        taken.add(airing.id)
        added.append(airing)
        week = insert(week, airing)
    notes = left if only is None else [n for n in left if n.day and (n.day, n.slot) in only]
    return Fill(week, tuple(added), (*notes, *short))


def _wanted(place: Place, only: Collection[tuple[date, str]] | None) -> bool:
    return only is None or (place.day, place.slot.id) in only


def _airing(place: Place, chosen: _Candidate, title: str, why: str, taken: set[str]) -> Airing:
    slot = place.slot
    return Airing(
        id=airing_id(place.day, slot.start, slot.id, taken),
        day=place.day,
        start=slot.start,
        minutes=slot.minutes,
        zones=place.zones,
        slot=slot.id,
        title=title,
        plan=chosen.plan.id,
        topic=chosen.topic.path,
        why=why,
    )


def _interleaved(plans: Sequence[Plan]) -> tuple[_Candidate, ...]:
    """Airable topics in turn: each plan's in its own order, the plans spread over one another."""
    turns: list[tuple[float, int, Plan, Topic]] = []
    for number, plan in enumerate(plans):
        topics: dict[str, Topic] = {}
        for topic in plan.airable_topics():
            topics.setdefault(topic.path, topic)
        share = len(topics)
        turns += [((n + 0.5) / share, number, plan, t) for n, t in enumerate(topics.values())]
    turns.sort(key=lambda turn: turn[:2])
    return tuple(_Candidate(plan, topic, n) for n, (_, _, plan, topic) in enumerate(turns))


def _nothing_to_do(station: Station, candidates: Sequence[_Candidate]) -> tuple[Finding, ...]:
    found = []
    if not station.slots:
        mend = "ghi các khung giờ vào mục slots của schedules/station.yaml"
        found.append(Finding("no-slots", "đài chưa có khung giờ nào để xếp", mend))
    if not station.zones:
        mend = "ghi các cụm loa vào mục zones của schedules/station.yaml"
        found.append(Finding("no-zones", "đài chưa có cụm loa nào", mend))
    if not candidates:
        mend = (
            "nhập kế hoạch (broadcast plan import TỆP), "
            "hoặc đặt airable: yes cho nội dung cần phát trong tệp kế hoạch"
        )
        found.append(Finding("no-topics", "chưa có nội dung nào để phát", mend))
    return tuple(found)


def _free_places(
    week: Week, station: Station, others: Iterable[Airing], today: date | None, days: SpecialDays
) -> tuple[list[Place], list[Finding]]:
    """The places to fill, by time, and a note for each that cannot be filled."""
    free: list[Place] = []
    notes: list[Finding] = []
    past = 0
    middle = week.id.days()[3]
    airings = [*week.airings, *(a for a in others if abs((a.day - middle).days) <= 5)]
    for place in places(week.id, station, days):
        there = occupant(place, airings)
        if there and stands_in(there, place):
            continue
        if today and place.day < today:
            past += 1
            continue
        note = _hindrance(place, there, free)
        if note:
            notes.append(note)
        else:
            free.append(place)
    if past:
        notes.append(Finding("past", f"để nguyên {past} khung giờ trống của những ngày đã qua"))
    return free, notes


def _hindrance(place: Place, there: Airing | None, free: Iterable[Place]) -> Finding | None:
    """Why a place without an airing of its own cannot be filled, None if it can."""
    if not place.zones:
        mend = f"xem mục zones của khung giờ {place.slot.id} trong schedules/station.yaml"
        return _note("no-zones", place, "không có cụm loa nào nghe khung giờ này", mend)
    if there:
        message = f"để trống vì trùng giờ với lượt phát {there.id} {moment(there.starts)}"
        mend = "dời lượt phát ấy nếu muốn xếp khung giờ này"
        return _note("occupied", place, message, mend)
    other = next((p for p in free if overlap_in_zone(p, place)), None)
    if other:
        message = f"để trống vì hai khung giờ trùng nhau, đã xếp {other}"
        mend = "sửa giờ của một khung trong schedules/station.yaml"
        return _note("occupied", place, message, mend)
    return None


def _note(rule: str, place: Place, message: str, mend: str) -> Finding:
    return Finding(rule, f"{place}: {message}", mend, day=place.day, slot=place.slot.id)


def _reserve(
    week: Week, station: Station, plans: Sequence[Plan], free: Sequence[Place]
) -> tuple[dict[int, tuple[Plan, Quota]], list[Finding]]:
    """Which free places (by index) the weekly minimums need: peaks first, the most owing first."""
    dues = [(p, quota) for p in plans if p.airable_topics() and (quota := p.weekly_minimum())]
    owed = [quota.count - counted(week.airings, plan, quota, station) for plan, quota in dues]
    reserved: dict[int, tuple[Plan, Quota]] = {}
    for number in sorted(range(len(free)), key=lambda n: not free[n].slot.peak):
        peak = free[number].slot.peak
        waiting = [n for n, due in enumerate(dues) if owed[n] > 0 and (peak or not due[1].peak)]
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


def _choose(
    candidates: Sequence[_Candidate],
    heard: _Heard,
    place: Place,
    station: Station,
    due: tuple[Plan, Quota] | None,
) -> tuple[_Candidate, str]:
    """The topic for a place, and why it is that one.

    Where every topic was heard less than `repeat_after_days` ago, the days asked for shrink one by
    one, so that nothing is repeated on the same day as long as there is another topic.
    """
    pool = [c for c in candidates if not due or c.plan.id == due[0].id]
    asked = station.rules.repeat_after_days
    away = {c.key: heard.distance(c.key, place.day) for c in pool}
    gap = min(asked, max(away.values()))
    apart = [c for c in pool if away[c.key] >= gap]

    def rank(candidate: _Candidate) -> tuple[int, int, date, int]:
        key = candidate.key
        in_zones = sum(heard.by_zone[key, zone] for zone in place.zones)
        return heard.times[key], in_zones, heard.last(key), candidate.turn

    chosen = min(apart, key=rank)
    least = heard.times[chosen.key] == min(heard.times[c.key] for c in pool)
    why = [_how_often(chosen.key, heard, asked, least)]
    if gap < asked:
        why.append(f"lặp lại sớm hơn {asked} ngày vì không còn nội dung khác")
    if due:
        peak = "khung giờ cao điểm, " if place.slot.peak else ""
        why.append(f"{peak}cho chỉ tiêu {due[1].count} lần/{due[1].per}")
    return chosen, "; ".join(why)


def _how_often(key: Key, heard: _Heard, asked: int, least: bool) -> str:
    times = heard.times[key]
    if not times:
        return "nội dung chưa phát lần nào"
    among = "" if least else f" trong số chưa phát trong vòng {asked} ngày"
    return f"nội dung ít được phát nhất{among} ({times} lần, lần cuối {heard.last(key):%d/%m})"
