"""Changing a week: one airing at a time, nothing else lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import fill
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


def test_a_filled_week_may_be_edited_and_filled_again() -> None:
    week = fill(Week(WEEK.id), STATION, [PLAN], []).week
    week = remove(week, "2026-11-25-sang")
    again = fill(week, STATION, [PLAN], [])
    assert [a.id for a in again.added] == ["2026-11-25-sang"]
