"""Fill weeks' free slots so that every topic is heard in turn and equally often (phân kỳ).

A week, a quarter or a year is one problem: a greedy choice in order of time, then swaps that make
it better (`rota_choice`), by one cost (`rota_model`). It is deterministic, every airing says why
it is where it is, and what cannot be had is told with what stands in its way.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from broadcast.domain import repeats
from broadcast.domain.calendar_math import Place, airing_at, airing_id
from broadcast.domain.days import SpecialDays
from broadcast.domain.log import Key
from broadcast.domain.plan import Plan, Topic, plans_of
from broadcast.domain.rota_choice import Tell, greedy, improve
from broadcast.domain.rota_explained import Explained, explain
from broadcast.domain.rota_model import Problem
from broadcast.domain.rota_places import (
    Calendar,
    Due,
    FreePlaces,
    Limits,
    closed_days,
    free_places,
    reserve,
)
from broadcast.domain.rota_problem import (
    Asked,
    Recorded,
    interleaved,
    is_open,
    problem_of,
    spots_of,
    whole_span,
)
from broadcast.domain.rota_why import reasons
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Finding, Week, WeekId
from broadcast.domain.week_edit import insert

__all__ = ["Explained", "Fill", "Rota", "Wish", "fill", "fill_weeks", "topic_text"]

_DAY_LONG = len("2026-11-23")

Solver = Callable[[Problem, Sequence[int]], Sequence[int]]
"""Given the numbers and a good answer, gives one that is as good or better."""


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled week: `added` airings by time; `notes` say what was left free, and why."""

    week: Week
    added: tuple[Airing, ...] = ()
    notes: tuple[Finding, ...] = ()
    explained: Explained | None = None


@dataclass(frozen=True, slots=True)
class Rota:
    """Filled weeks: `added` airings by time; `explained` is None where nothing could be filled."""

    weeks: tuple[Week, ...]
    added: tuple[Airing, ...] = ()
    notes: tuple[Finding, ...] = ()
    explained: Explained | None = None


def topic_text(topic: Topic) -> str:
    """The title of an airing when the caller words none: the topic as the plan says it."""
    return topic.text


@dataclass(frozen=True, slots=True)
class Wish:
    """How weeks are to be filled.

    Attributes:
        today: days before it are left alone.
        span: only days from the first to the last of it are filled; None for the weeks' own.
        only: the day and slot id of the places to fill, None for all. What the weekly minimums
            need stays reserved in the others.
        not_heard: day and id of airings that stand in weeks and did not go on air, as the log says;
            their topics still wait.
        days: public holidays and the station's own days: closed, or with their own programme.
        recorded: which topics have a recording in which language, for slots that are not in
            Vietnamese; without one such a slot stays free.
        title_of: words the title of an airing.
        solve: an exact solver that may make the answer better.
        tell: told how far the choice is; raises to stop it.
    """

    today: date | None = None
    span: tuple[date, date] | None = None
    only: Collection[tuple[date, str]] | None = None
    not_heard: Collection[Key] = frozenset()
    days: SpecialDays = field(default_factory=dict)
    recorded: Recorded = field(default_factory=dict)
    title_of: Callable[[Topic], str] = topic_text
    solve: Solver | None = None
    tell: Tell | None = None

    def takes(self, place: Place) -> bool:
        """Whether a free place is to be filled."""
        inside = self.span is None or self.span[0] <= place.day <= self.span[1]
        return inside and (self.only is None or (place.day, place.slot.id) in self.only)

    def tells(self, note: Finding) -> bool:
        """Whether a note is about what was asked for."""
        if note.day is None:
            return self.only is None
        if self.span and not self.span[0] <= note.day <= self.span[1]:
            return False
        return self.only is None or (note.slot is not None and (note.day, note.slot) in self.only)


def fill(  # noqa: PLR0913 - what a week is made of; the options are by keyword
    week: Week,
    station: Station,
    plans: Sequence[Plan],
    history: Sequence[Airing],
    *,
    today: date | None = None,
    only: Collection[tuple[date, str]] | None = None,
    days: SpecialDays | None = None,
    title_of: Callable[[Topic], str] = topic_text,
    wish: Wish | None = None,
) -> Fill:
    """Give every standing slot of one week without an airing one airing, see `fill_weeks`.

    Args:
        today, only, days, title_of: as in `Wish`, for those who wish nothing else.
        wish: all of the options, in place of those.
    """
    wish = wish or Wish(today=today, only=only, days=days or {}, title_of=title_of)
    rota = fill_weeks([week], station, plans, history, wish)
    return Fill(rota.weeks[0], rota.added, rota.notes, rota.explained)


def fill_weeks(
    weeks: Sequence[Week],
    station: Station,
    plans: Sequence[Plan],
    history: Sequence[Airing],
    wish: Wish | None = None,
) -> Rota:
    """Give every standing slot of the weeks without an airing one airing, all at once.

    A slot over which another airing sounds stays free. Airings that are there stay as they are.

    Args:
        weeks: the weeks as they are, one after the other.
        station: its slots, zones and the rules in force (`rulebook.ruled`).
        plans: the plans whose airable topics are spread, each in its own years.
        history: airings of other weeks; how far back they go is how far back fairness looks.
            Those on a day of these weeks are left out, the weeks' own files speak for them.
        wish: how they are to be filled.
    """
    wish = wish or Wish()
    asked = Asked(station, tuple(plans), interleaved(plans), wish.recorded, wish.days)
    nothing = _nothing_to_do(station, asked)
    if nothing or not weeks:
        return Rota(tuple(weeks), (), nothing)
    own_days = {day for week in weeks for day in week.id.days()}
    others = [airing for airing in history if airing.day not in own_days]
    there = [*others, *(airing for week in weeks for airing in week.airings)]
    return _Filling(list(weeks), asked, wish, there).made()


class _Filling:
    """Weeks being filled."""

    def __init__(
        self, weeks: list[Week], asked: Asked, wish: Wish, there: Sequence[Airing]
    ) -> None:
        self.weeks = weeks
        self.asked = asked
        self.wish = wish
        self.there = there
        self.notes = list[Finding]()
        self.short = list[Finding]()
        self.programmes = list[tuple[Place, str, str]]()
        self.repeats = list[Place]()
        self.room = list[int]()
        self.past = 0

    def made(self) -> Rota:
        """The weeks with topics and programmes in their free places."""
        free = self._free()
        wanted = [(place, due) for place, due in free if self.wish.takes(place)]
        spots, empty = spots_of(self.asked, wanted)
        heard = [a for a in self.there if (a.day, a.id) not in self.wish.not_heard]
        problem = problem_of(self.asked, spots, self.room, heard, self._span())
        answer: Sequence[int] = improve(problem, greedy(problem, self.wish.tell))
        if self.wish.solve:
            answer = self.wish.solve(problem, answer)
        added = self._airings(problem, answer)
        explained = explain(problem, answer, len(wanted))
        notes = [note for note in (*self.notes, *empty) if self.wish.tells(note)]
        notes.sort(key=lambda note: note.day or date.min)
        if self.past and self.wish.only is None:
            told = f"để nguyên {self.past} khung giờ trống của những ngày đã qua"
            notes.append(Finding("past", told))
        weeks, again, unheard = self._repeated(self._with(added))
        everything = tuple(sorted((*added, *again), key=lambda airing: airing.starts))
        return Rota(weeks, everything, (*notes, *self.short, *unheard), explained)

    def _span(self) -> tuple[date, date]:
        first, last = self.wish.span or whole_span([week.id for week in self.weeks])
        return max(first, min(self.wish.today or first, last)), last

    def _free(self) -> list[tuple[Place, Due | None]]:
        """The places that topics go into, by time, with the weekly minimum each serves."""
        station, calendar = self.asked.station, Calendar.of(self.there)
        found: list[tuple[Place, Due | None]] = []
        limits = Limits.of(station, self.there, self._fills)
        for week in self.weeks:
            free = free_places(week, station, self.wish.days, calendar, self.wish.today)
            limits.keep(free)
            self._note(free)
            found += self._reserved(week, free.topics)
        self.notes += closed_days(self.weeks, station, self.wish.days)
        return found

    def _fills(self, place: Place) -> bool:
        """Whether something will be put into a free place."""
        special = self.wish.days.get(place.day)
        own = bool(place.slot.repeats or (special and special.programme))
        return self.wish.takes(place) and (own or bool(self.asked.pool(place)))

    def _note(self, free: FreePlaces) -> None:
        self.notes += free.notes
        self.past += free.past
        self.programmes += [one for one in free.programmes if self.wish.takes(one[0])]
        self.repeats += [place for place in free.repeats if self.wish.takes(place)]

    def _reserved(self, week: Week, free: Sequence[Place]) -> list[tuple[Place, Due | None]]:
        pools = [self.asked.pool(place) for place in free]
        serving = {
            id(place): {self.asked.candidates[n].plan.id for n in pool}
            for place, pool in zip(free, pools, strict=True)
        }
        years = {day.year for day in week.id.days()}
        valid = {plan.id for year in years for plan in plans_of(self.asked.plans, year)}
        plans = [plan for plan in self.asked.plans if plan.id in valid]
        reserved, short = reserve(
            week, self.asked.station, plans, free, lambda place, plan: plan.id in serving[id(place)]
        )
        if len(self.weeks) > 1:
            named = f"tuần {week.id}"
            short = [replace(n, message=n.message.replace("tuần này", named)) for n in short]
        if not (self.wish.today and week.id.days()[-1] < self.wish.today):
            self.short += short
        self.room += [
            place.day.toordinal()
            for number, place in enumerate(free)
            if is_open(place.slot) and self._open(reserved.get(number), pools[number])
        ]
        return [(place, reserved.get(number)) for number, place in enumerate(free)]

    def _open(self, due: Due | None, pool: Sequence[int]) -> bool:
        """Whether a place is for all topics, also those of other plans than a minimum's."""
        return not due or all(self.asked.candidates[n].plan.id == due[0].id for n in pool)

    def _airings(self, problem: Problem, answer: Sequence[int]) -> tuple[Airing, ...]:
        """The new airings, by time: topics, and programmes of special days."""
        made = [
            replace(
                airing_at(spot.place),
                title=self.wish.title_of(problem.topics[number].topic),
                plan=problem.topics[number].plan.id,
                topic=problem.topics[number].topic.path,
                why=why,
            )
            for spot, number, why in zip(
                problem.spots, answer, reasons(problem, answer), strict=True
            )
        ]
        made += [
            replace(airing_at(place), title=programme, why=f"chương trình riêng của ngày: {name}")
            for place, programme, name in self.programmes
        ]
        made.sort(key=lambda airing: airing.starts)
        return _with_ids(made, self.there)

    def _with(self, added: Sequence[Airing]) -> tuple[Week, ...]:
        """The weeks with what was added to them."""
        weeks = {week.id: week for week in self.weeks}
        for airing in added:
            week_id = WeekId.of(airing.day)
            weeks[week_id] = insert(weeks[week_id], airing)
        return tuple(weeks.values())

    def _repeated(
        self, weeks: tuple[Week, ...]
    ) -> tuple[tuple[Week, ...], list[Airing], list[Finding]]:
        """The weeks, one after the other, with what is heard again in them."""
        made = {week.id: week for week in weeks}
        added, notes = list[Airing](), list[Finding]()
        for week_id in [week.id for week in weeks]:
            days = week_id.days()
            places = [one for one in self.repeats if days[0] <= one.day <= days[-1]]
            if not places:
                continue
            there = [*self.there, *(a for other in made.values() for a in other.airings)]
            made[week_id], again, unheard = repeats.fill(
                made[week_id], self.asked.station, places, there
            )
            added += again
            notes += unheard
        return tuple(made.values()), added, notes


def _with_ids(airings: Iterable[Airing], there: Iterable[Airing]) -> tuple[Airing, ...]:
    """The airings with ids that nobody has."""
    taken: dict[str, set[str]] = {}
    for airing in there:
        taken.setdefault(airing.id[:_DAY_LONG], set()).add(airing.id)
    named = []
    for airing in airings:
        used = taken.setdefault(airing.day.isoformat(), set())
        made = airing_id(airing.day, airing.start, airing.slot, used)
        used.add(made)
        named.append(replace(airing, id=made))
    return tuple(named)


def _nothing_to_do(station: Station, asked: Asked) -> tuple[Finding, ...]:
    found = []
    if not station.slots:
        mend = "ghi các khung giờ vào mục slots của schedules/station.yaml"
        found.append(Finding("no-slots", "đài chưa có khung giờ nào để xếp", mend))
    if not station.zones:
        mend = "ghi các cụm loa vào mục zones của schedules/station.yaml"
        found.append(Finding("no-zones", "đài chưa có cụm loa nào", mend))
    if not asked.candidates:
        mend = (
            "nhập kế hoạch (broadcast plan import TỆP), "
            "hoặc đặt airable: yes cho nội dung cần phát trong tệp kế hoạch"
        )
        found.append(Finding("no-topics", "chưa có nội dung nào để phát", mend))
    return tuple(found)
