"""Changing a week: one airing at a time, nothing else lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from itertools import combinations
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import fill
from broadcast.domain.rules import check_week
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.week_edit import add, copy_week, move, remove
from broadcast.errors import BroadcastError, ConflictError, InputError, NotFoundError

MONDAY = date(2026, 11, 23)
STATION = Station(
    "s",
    "Đài",
    "Suối Hoa",
    zones=(Zone("a", "A"), Zone("b", "B")),
    slots=(
        Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4")),
        Slot("chieu", "Chiều", time(17), 20, ("T2", "T5"), zones=("a",)),
    ),
)
MORNING = Airing("x", MONDAY, time(5, 30), 15, ("a", "b"), "sang", "Tên", script="k1")
LATER = replace(MORNING, id="y", day=date(2026, 11, 25))
WEEK = Week(WeekId(2026, 48), (MORNING, LATER))


def test_an_added_airing_stands_in_order_of_time_and_gets_an_id() -> None:
    notice = Airing("", MONDAY, time(17, 5), 5, ("a",))
    week = add(WEEK, notice)
    assert [a.id for a in week.airings] == ["x", "2026-11-23-1705", "y"]
    thrice = add(add(week, notice), notice)
    assert [a.id for a in thrice.airings][2:4] == ["2026-11-23-1705-2", "2026-11-23-1705-3"]


@pytest.mark.parametrize(
    ("airing", "error"),
    [
        (MORNING, ConflictError),
        (replace(MORNING, id="z", day=date(2026, 11, 30)), InputError),
        (replace(MORNING, id="z", minutes=0), InputError),
        (replace(MORNING, id="z", zones=()), InputError),
    ],
)
def test_an_airing_that_cannot_be_is_refused(airing: Airing, error: type[BroadcastError]) -> None:
    with pytest.raises(error) as caught:
        add(WEEK, airing)
    assert caught.value.mend


def test_removing_takes_one_airing_and_leaves_the_others() -> None:
    assert remove(WEEK, "x").airings == (LATER,)


def test_an_unknown_airing_is_named_with_those_that_look_alike() -> None:
    week = add(WEEK, replace(MORNING, id="2026-11-23-sang"))
    with pytest.raises(NotFoundError) as caught:
        remove(week, "2026-11-23-san")
    assert caught.value.mend == "Có phải: 2026-11-23-sang?"


def test_a_move_into_a_slot_takes_its_time_length_and_zones() -> None:
    moved = move(WEEK, "x", STATION, slot="chieu").airing("x")
    assert moved == replace(
        MORNING,
        start=time(17),
        minutes=20,
        zones=("a",),
        slot="chieu",
        why="dời từ T2 23/11 05:30",
    )


def test_a_move_into_a_slot_keeps_what_the_officer_set_herself() -> None:
    own = replace(MORNING, minutes=8, zones=("b",))
    moved = move(Week(WEEK.id, (own,)), "x", STATION, slot="chieu").airing("x")
    assert moved is not None
    assert (moved.minutes, moved.zones) == (8, ("b",))


def test_a_move_by_time_leaves_the_slot_or_joins_the_one_that_holds_it() -> None:
    week = move(WEEK, "x", STATION, start=time(9))
    assert [a.slot for a in week.airings if a.id == "x"] == [None]
    narrow = Week(WEEK.id, (replace(MORNING, zones=("a",)),))
    joined = move(narrow, "x", STATION, start=time(17, 5)).airing("x")
    assert joined is not None
    assert (joined.slot, joined.start) == ("chieu", time(17, 5))


def test_a_move_to_where_it_is_changes_nothing() -> None:
    assert move(WEEK, "x", STATION, day=MONDAY, start=time(5, 30)) == WEEK


@pytest.mark.parametrize(
    ("where", "error"),
    [
        ({}, InputError),
        ({"day": date(2026, 12, 1)}, InputError),
        ({"slot": "trua"}, NotFoundError),
        ({"slot": "sang", "day": date(2026, 11, 24)}, InputError),
        ({"slot": "sang", "start": time(6)}, InputError),
    ],
)
def test_a_move_to_nowhere_is_refused(where: dict[str, Any], error: type[BroadcastError]) -> None:
    with pytest.raises(error) as caught:
        move(WEEK, "x", STATION, **where)
    assert caught.value.mend


def test_a_copied_week_has_new_ids_the_same_weekdays_and_scripts() -> None:
    copied = copy_week(WEEK, WeekId(2026, 53))
    assert [(a.id, a.day, a.script, a.why) for a in copied.airings] == [
        ("2026-12-28-sang", date(2026, 12, 28), "k1", "chép từ tuần 2026-W48"),
        ("2026-12-30-sang", date(2026, 12, 30), "k1", "chép từ tuần 2026-W48"),
    ]


PLAN = Plan("p", topics=tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(5)))
NUMBERS = (47, 48, 49)
TIMES = st.sampled_from(
    [time(0, 5), time(5, 30), time(5, 40), time(17), time(17, 10), time(23, 50)]
)


class WeekEdits(RuleBasedStateMachine):
    """Three neighbouring weeks under edits; `kept` is what they must hold, kept by simple means."""

    def __init__(self) -> None:
        super().__init__()
        self.weeks = {number: Week(WeekId(2026, number)) for number in NUMBERS}
        self.kept: dict[int, dict[str, Airing]] = {number: {} for number in NUMBERS}

    def others(self, number: int) -> list[Airing]:
        return [a for n, week in self.weeks.items() if n != number for a in week.airings]

    def some(self, data: st.DataObject) -> tuple[int, str]:
        ids = [(n, a.id) for n, week in self.weeks.items() for a in week.airings]
        return data.draw(st.sampled_from(ids))

    @rule(
        number=st.sampled_from(NUMBERS),
        day=st.integers(0, 6),
        start=TIMES,
        minutes=st.integers(1, 40),
        zones=st.sampled_from([("a",), ("b",), ("a", "b")]),
    )
    def add(self, number: int, day: int, start: time, minutes: int, zones: tuple[str, ...]) -> None:
        days = WeekId(2026, number).days()
        week = add(self.weeks[number], Airing("", days[day], start, minutes, zones))
        (new,) = set(week.airings) - set(self.weeks[number].airings)
        self.weeks[number] = week
        assert new.id not in self.kept[number]
        self.kept[number][new.id] = new

    @precondition(lambda self: any(self.kept.values()))
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        number, name = self.some(data)
        self.weeks[number] = remove(self.weeks[number], name)
        del self.kept[number][name]

    @precondition(lambda self: any(self.kept.values()))
    @rule(data=st.data(), day=st.integers(0, 6), start=TIMES)
    def move(self, data: st.DataObject, day: int, start: time) -> None:
        number, name = self.some(data)
        where = WeekId(2026, number).days()[day]
        self.weeks[number] = move(self.weeks[number], name, STATION, day=where, start=start)
        moved = self.weeks[number].airing(name)
        assert moved is not None
        old = self.kept[number][name]
        assert (moved.day, moved.start, moved.minutes, moved.zones, moved.topic) == (
            where,
            start,
            old.minutes,
            old.zones,
            old.topic,
        )
        self.kept[number][name] = moved

    @rule(source=st.sampled_from(NUMBERS), goal=st.sampled_from(NUMBERS))
    def copy(self, source: int, goal: int) -> None:
        if source != goal and not self.weeks[goal].airings:
            copied = copy_week(self.weeks[source], WeekId(2026, goal))
            assert len(copied.airings) == len(self.weeks[source].airings)
            self.weeks[goal] = copied
            self.kept[goal] = {a.id: a for a in copied.airings}

    @rule(number=st.sampled_from(NUMBERS))
    def fill(self, number: int) -> None:
        before = overlapping(list(self.weeks[number].airings) + self.others(number))
        filled = fill(self.weeks[number], STATION, [PLAN], self.others(number))
        self.weeks[number] = filled.week
        self.kept[number].update({a.id: a for a in filled.added})
        after = overlapping(list(filled.week.airings) + self.others(number))
        assert after == before

    @invariant()
    def nothing_is_lost(self) -> None:
        for number, week in self.weeks.items():
            assert {a.id: a for a in week.airings} == self.kept[number]
            assert len(week.airings) == len(self.kept[number])
            assert list(week.airings) == list(week.in_order())

    @invariant()
    def every_overlap_is_found(self) -> None:
        for number, week in self.weeks.items():
            others = self.others(number)
            found = check_week(week, STATION, {"p": PLAN}, {}, others)
            told = [finding.airing for finding in found if finding.rule == "overlap"]
            own = {a.id for a in week.airings}
            pairs = overlapping([*week.airings, *others])
            assert len(told) == sum(not own.isdisjoint(pair) for pair in pairs)
            assert set(told) <= own


def overlapping(airings: list[Airing]) -> list[tuple[str, str]]:
    """Ids of every two airings that sound together in a zone, by comparing all of them."""
    pairs = [
        (a.id, b.id)
        for a, b in combinations(airings, 2)
        if set(a.zones) & set(b.zones) and a.starts < b.ends and b.starts < a.ends
    ]
    return sorted((min(pair), max(pair)) for pair in pairs)


WeekEdits.TestCase.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)
TestWeekEdits = WeekEdits.TestCase


def test_a_filled_week_may_be_edited_and_filled_again() -> None:
    week = fill(Week(WEEK.id), STATION, [PLAN], []).week
    week = remove(week, "2026-11-25-sang")
    again = fill(week, STATION, [PLAN], [])
    assert [a.id for a in again.added] == ["2026-11-25-sang"]
