"""Weeks over a year's end under any edits: no airing lost or doubled, every overlap found.

Filled, added, moved, removed, swapped, copied, slots and series changed once, from a day on and
altogether, taken back and done again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from itertools import combinations

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from broadcast.domain import station_edit, week_edit
from broadcast.domain.overlaps import overlaps
from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import fill
from broadcast.domain.rules import check_week
from broadcast.domain.scoped import Draft, Scope, Scoped, as_standing
from broadcast.domain.scoped_series import SeriesEdit, edit_series
from broadcast.domain.scoped_slot import SlotEdit, edit_slot
from broadcast.domain.slot_check import wrong
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import VIETNAM, Airing, Week, WeekId
from broadcast.domain.wording import DAYS
from broadcast.errors import BroadcastError
from broadcast.workflow.week_history import changed

WEEKS = (WeekId(2026, 52), WeekId(2026, 53), WeekId(2027, 1))
FIRST = WEEKS[0].days()[0]
NOW = datetime(2026, 12, 28, 9, tzinfo=VIETNAM)
"""Monday of week 53, after the morning's programme."""
STATION = Station(
    "s",
    "Đài",
    "Suối Hoa",
    zones=(Zone("a", "A"), Zone("b", "B")),
    slots=(
        Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4")),
        Slot("chieu", "Chiều", time(17), 20, ("T2", "T5"), zones=("a",), column="Hỏi đáp"),
        Slot("khuya", "Khuya", time(23, 55), 10, ("CN",)),
        Slot("tinh", "Tiếp âm", time(6), 30, DAYS, relay="Đài tỉnh"),
    ),
)
PLAN = Plan("p", topics=tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(5)))

TIMES = st.sampled_from(
    [time(0, 5), time(5, 30), time(5, 40), time(17), time(17, 10), time(23, 50)]
)
MINUTES = st.integers(1, 40)
WEEK = st.sampled_from(WEEKS)
DAY = st.integers(0, 27).map(lambda n: FIRST + timedelta(days=n))
SCOPE = st.sampled_from(["this", "following", "all"])
SLOT_EDITS = st.one_of(
    st.just(SlotEdit(remove=True)),
    st.builds(SlotEdit, start=TIMES, minutes=st.none() | MINUTES),
    st.builds(SlotEdit, days=st.sets(st.sampled_from(DAYS), min_size=1).map(tuple)),
    st.builds(SlotEdit, zones=st.sampled_from([(), ("a",)]), peak=st.none() | st.booleans()),
    st.builds(SlotEdit, day=DAY, start=st.none() | TIMES),
)  # fmt: skip
SERIES_EDITS = st.one_of(
    st.just(SeriesEdit(remove=True)),
    st.builds(SeriesEdit, minutes=MINUTES),
    st.builds(SeriesEdit, start=TIMES),
    st.builds(SeriesEdit, slot=st.sampled_from(["sang", "chieu"])),
)

State = tuple[Station, dict[WeekId, Week]]


class Edits(RuleBasedStateMachine):
    """Three neighbouring weeks under edits; `kept` is what they must hold, kept by simple means."""

    def __init__(self) -> None:
        super().__init__()
        self.station = STATION
        self.weeks = {one: Week(one) for one in WEEKS}
        self.kept: dict[WeekId, dict[str, Airing]] = {one: {} for one in WEEKS}
        self.done: list[tuple[State, State]] = []
        self.undone: list[tuple[State, State]] = []
        self.count = 0

    def others(self, week_id: WeekId) -> list[Airing]:
        return [a for one, week in self.weeks.items() if one != week_id for a in week.airings]

    def some(self, data: st.DataObject) -> tuple[WeekId, str]:
        ids = [(one, a.id) for one, week in self.weeks.items() for a in week.airings]
        return data.draw(st.sampled_from(ids))

    def make(self, week: Week) -> None:
        """A week as it is from now on; one step to take back."""
        self.step(self.station, {**self.weeks, week.id: week})

    def step(self, station: Station, weeks: dict[WeekId, Week]) -> None:
        before = self.station, self.weeks
        self.station, self.weeks = station, weeks
        if before != (station, weeks):
            self.done.append((before, (station, weeks)))
            self.undone.clear()

    @rule(
        week_id=WEEK, day=st.integers(0, 6), start=TIMES, minutes=MINUTES,
        zones=st.sampled_from([("a",), ("b",), ("a", "b")]), own=st.booleans(),
    )  # fmt: skip
    def add(  # noqa: PLR0917 - a rule draws each by name
        self,
        week_id: WeekId,
        day: int,
        start: time,
        minutes: int,
        zones: tuple[str, ...],
        own: bool,
    ) -> None:
        self.count += 1
        name = f"x{self.count}" if own else ""
        airing = Airing(name, week_id.days()[day], start, minutes, zones, title=f"Tin {self.count}")
        week = week_edit.add(self.weeks[week_id], airing)
        (new,) = set(week.airings) - set(self.weeks[week_id].airings)
        assert new.id not in self.kept[week_id]
        self.make(week)
        self.kept[week_id][new.id] = new

    @precondition(lambda self: any(self.kept.values()))
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        week_id, name = self.some(data)
        self.make(week_edit.remove(self.weeks[week_id], name))
        del self.kept[week_id][name]

    @precondition(lambda self: any(self.kept.values()))
    @rule(data=st.data(), day=st.integers(0, 6), start=TIMES)
    def move(self, data: st.DataObject, day: int, start: time) -> None:
        week_id, name = self.some(data)
        old, where = self.kept[week_id][name], week_id.days()[day]
        week = week_edit.move(self.weeks[week_id], name, self.station, day=where, start=start)
        moved = week.airing(name)
        assert moved is not None
        assert (moved.day, moved.start, moved.minutes, moved.zones, moved.topic) == (
            where, start, old.minutes, old.zones, old.topic,
        )  # fmt: skip
        self.make(week)
        self.kept[week_id][name] = moved

    @precondition(lambda self: any(self.kept.values()))
    @rule(data=st.data())
    def swap(self, data: st.DataObject) -> None:
        week_id, first = self.some(data)
        others = [a.id for a in self.weeks[week_id].airings if a.id != first]
        if not others:
            return
        second = data.draw(st.sampled_from(others))
        week = week_edit.swap(self.weeks[week_id], first, second)
        held = self.kept[week_id]
        for one, other in ((first, second), (second, first)):
            swapped = week.airing(one)
            assert swapped is not None
            assert (swapped.starts, swapped.zones) == (held[other].starts, held[other].zones)
            assert swapped.title == held[one].title
        self.make(week)
        self.kept[week_id] = {a.id: a for a in week.airings}

    @rule(source=WEEK, goal=WEEK)
    def copy(self, source: WeekId, goal: WeekId) -> None:
        if source != goal and not self.weeks[goal].airings:
            copied = week_edit.copy_week(self.weeks[source], goal)
            assert len(copied.airings) == len(self.weeks[source].airings)
            self.make(copied)
            self.kept[goal] = {a.id: a for a in copied.airings}

    @rule(week_id=WEEK)
    def fill(self, week_id: WeekId) -> None:
        before = overlapping([*self.weeks[week_id].airings, *self.others(week_id)])
        filled = fill(self.weeks[week_id], self.station, [PLAN], self.others(week_id))
        assert not {self._slot(a).relay for a in filled.added} - {""}
        self.make(filled.week)
        self.kept[week_id].update({a.id: a for a in filled.added})
        after = overlapping([*filled.week.airings, *self.others(week_id)])
        assert after == before

    def _slot(self, airing: Airing) -> Slot:
        slot = self.station.slot(airing.slot or "")
        assert slot is not None
        return slot

    @rule(number=st.integers(0, 7), edit=SLOT_EDITS, scope=SCOPE, day=DAY)
    def change_slot(self, number: int, edit: SlotEdit, scope: Scope, day: date) -> None:
        slots = self.station.slots
        if not slots:
            return
        slot = slots[number % len(slots)]
        if scope != "this" and edit.day is not None:
            return
        try:
            done = edit_slot(
                self.station, self.weeks.values(), slot.id, edit, scope=scope, day=day, now=NOW
            )
        except BroadcastError:
            return
        if scope != "this":
            every = [a for week in self.weeks.values() for a in week.airings]
            own = [a for a in every if a.slot == slot.id and not as_standing(a, slot, self.station)]
            stays = {(a.id, a.day, a.start, a.minutes, a.zones) for a in own}
            now = {**self.weeks, **{week.id: week for week in done.weeks}}
            held = [a for week in now.values() for a in week.airings]
            assert stays <= {(a.id, a.day, a.start, a.minutes, a.zones) for a in held}
        self.take(done)

    @precondition(lambda self: any(self.kept.values()))
    @rule(data=st.data(), edit=SERIES_EDITS, scope=SCOPE)
    def change_series(self, data: st.DataObject, edit: SeriesEdit, scope: Scope) -> None:
        week_id, name = self.some(data)
        draft = Draft.over(self.station, self.weeks.values(), NOW)
        try:
            done = edit_series(draft, week_id, name, edit, scope)
        except BroadcastError:
            return
        assert done.station == self.station
        assert done.clashes == ()
        self.take(done)

    def take(self, done: Scoped) -> None:
        """A scoped edit: what it tells is what it does, and all else is as it was."""
        before = [a for week in self.weeks.values() for a in week.airings]
        weeks = {**self.weeks, **{week.id: week for week in done.weeks}}
        after = [a for week in weeks.values() for a in week.airings]
        gone = Counter(t.airing.title for t in done.touched if t.kind == "remove" and t.airing)
        assert Counter(a.title for a in after) == Counter(a.title for a in before) - gone
        told = {t.airing for t in done.touched if t.airing}
        assert set(before) - told <= set(after)
        assert {a for a in before if a.starts <= NOW} <= set(after)
        assert not told & {a for a in before if a.starts <= NOW}
        stands = {(a.starts, a.minutes, a.zones) for a in after}
        for touch in done.touched:
            if touch.airing and touch.after:
                new = touch.after
                assert (new.starts, new.minutes, new.zones) in stands
                assert touch.kind != "keep" or touch.after == touch.before
        fresh = set(overlapping(after)) - set(overlapping(before))
        assert {(min(i), max(i)) for c in done.clashes if (i := (c.first.id, c.second.id))} == fresh
        self.step(done.station, weeks)
        # An airing that moved beyond the three weeks has begun another one.
        self.weeks = {one: weeks[one] for one in sorted(weeks)}
        self.kept = {one: {a.id: a for a in week.airings} for one, week in weeks.items()}

    @rule()
    def undo(self) -> None:
        if self.done:
            before, after = self.done.pop()
            self.again(after, before)
            self.undone.append((before, after))

    @rule()
    def redo(self) -> None:
        if self.undone:
            before, after = self.undone.pop()
            self.again(before, after)
            self.done.append((before, after))

    def again(self, old: State, new: State) -> None:
        """Do what led from one state to another, as the histories of station and weeks do it."""
        station = station_edit.changed(self.station, old[0], new[0])
        assert station is not None
        weeks = {}
        for one in sorted({*old[1], *new[1]}):
            week = changed(self.weeks[one], old[1].get(one, Week(one)), new[1].get(one, Week(one)))
            assert week is not None
            weeks[one] = week
        assert station == new[0]
        assert all(weeks[one] == new[1].get(one, Week(one)) for one in weeks)
        self.station, self.weeks = station, weeks
        self.kept = {one: {a.id: a for a in week.airings} for one, week in weeks.items()}

    @invariant()
    def nothing_is_lost(self) -> None:
        for one, week in self.weeks.items():
            assert {a.id: a for a in week.airings} == self.kept[one]
            assert len(week.airings) == len(self.kept[one])
            assert list(week.airings) == list(week.in_order())
            assert {WeekId.of(a.day) for a in week.airings} <= {one}

    @invariant()
    def the_slots_go_together(self) -> None:
        assert list(wrong(self.station.slots)) == []
        names = [slot.name.casefold() for slot in self.station.slots]
        assert len({*names}) == len(names) == len({slot.id for slot in self.station.slots})

    @invariant()
    def every_overlap_is_found(self) -> None:
        every = [a for week in self.weeks.values() for a in week.airings]
        pairs = overlapping(every)
        found = [(it.first.id, it.second.id) for it in overlaps(every)]
        assert sorted((min(pair), max(pair)) for pair in found) == pairs
        for one, week in self.weeks.items():
            told = [
                finding.airing
                for finding in check_week(week, self.station, {"p": PLAN}, {}, self.others(one))
                if finding.rule == "overlap"
            ]
            own = {a.id for a in week.airings}
            near = overlapping([*week.airings, *self.others(one)])
            assert len(told) == sum(not own.isdisjoint(pair) for pair in near)
            assert set(told) <= own


def overlapping(airings: Iterable[Airing]) -> list[tuple[str, str]]:
    """Ids of every two airings that sound together in a zone, by comparing all of them."""
    pairs = [
        (a.id, b.id)
        for a, b in combinations(airings, 2)
        if set(a.zones) & set(b.zones) and a.starts < b.ends and b.starts < a.ends
    ]
    return sorted((min(pair), max(pair)) for pair in pairs)


Edits.TestCase.settings = settings(max_examples=30, stateful_step_count=20, deadline=None)
TestEdits = Edits.TestCase
