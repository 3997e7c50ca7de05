"""Mends that a finding offers: each takes its finding away and adds none that blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.mending import apply_mend
from broadcast.domain.plan import Plan, Quota, Topic
from broadcast.domain.rules import BLOCKING, ScriptInfo, check_week
from broadcast.domain.station import Rules, Slot, Station, Zone
from broadcast.domain.week import LEVELS, Airing, Finding, Mend, Week, WeekId
from broadcast.errors import NotFoundError

MONDAY = date(2026, 11, 23)
WEEK = WeekId(2026, 48)
STATION = Station(
    "s",
    "Đài",
    "Suối Hoa",
    zones=(Zone("a", "Bản Mờ", ("Tiếng Việt", "Tiếng Thái")), Zone("b", "Trung tâm")),
    slots=(
        Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4", "T6"), peak=True),
        Slot("trua", "Trưa", time(11), 30, ("T3", "T5"), ("a",)),
        Slot("chieu", "Chiều", time(17), 30, ("T2", "T3", "T4", "T5", "T6", "T7")),
        Slot("tiep-am", "Tiếp âm", time(6), 30, ("T2", "T3", "CN"), relay="Đài tỉnh"),
        Slot("lai", "Phát lại", time(19), 15, ("T2",), repeats="sang"),
    ),
    rules=Rules(
        quiet_hours=("12:00-13:30",),
        max_minutes_per_slot=40,
        weekdays=("T2", "T3", "T4", "T5", "T6", "T7"),
        no_broadcast_days=(date(2026, 11, 26),),
        same_programme_after_hours=5,
        repeat_at_least_hours=4,
        weekly_minimum_at_peak=2,
        language_minimum_per_week=1,
        max_airings_per_day=2,
    ),
)
PLANS = {
    "p": Plan(
        "p",
        topics=(Topic("II.1", "Một"), Topic("II.2", "Hai")),
        quotas=(Quota("xã", "phát", 2, "tuần", True, True),),
    )
}
SCRIPTS = {"k1": ScriptInfo("đã duyệt", 800.0, 0), "k2": ScriptInfo("đã duyệt", 300.0, 0)}


def check(
    week: Week, near: tuple[Airing, ...] = (), scripts: Mapping[str, ScriptInfo] = SCRIPTS
) -> tuple[Finding, ...]:
    return check_week(week, STATION, PLANS, scripts, near)


def airings(first: int, last: int) -> st.SearchStrategy[Airing]:
    """Airings from one day of the week to another (0 is Monday)."""
    return st.builds(
        Airing,
        id=st.just(""),
        day=st.integers(first, last).map(lambda n: MONDAY + timedelta(days=n)),
        start=st.one_of(
            st.sampled_from([time(5, 30), time(6, 10), time(11), time(17), time(17, 15)]),
            st.integers(0, 143).map(lambda n: time(n // 6, n % 6 * 10)),
        ),
        minutes=st.sampled_from([5, 10, 15, 30, 60, 90, 600]),
        zones=st.lists(st.sampled_from("abc"), max_size=2, unique=True).map(tuple),
        slot=st.sampled_from([None, None, "sang", "trua", "chieu", "lai", "khac"]),
        plan=st.sampled_from([None, "p"]),
        topic=st.sampled_from([None, "II.1"]),
        script=st.sampled_from([None, "k1", "k2"]),
        level=st.sampled_from([*LEVELS, "thông thường", "thông thường"]),
    )


def named(drawn: list[Airing], prefix: str) -> tuple[Airing, ...]:
    return tuple(replace(one, id=f"{prefix}{n}") for n, one in enumerate(drawn))


def key(found: Finding) -> tuple[object, ...]:
    return found.rule, found.airing, found.day, found.slot, found.message


@given(st.lists(airings(0, 6), max_size=9), st.lists(airings(-1, -1), max_size=3),
       st.lists(airings(7, 7), max_size=2))  # fmt: skip
@settings(deadline=None, max_examples=30)
def test_a_mend_takes_its_finding_away_and_adds_none_that_blocks(
    drawn: list[Airing], before: list[Airing], after: list[Airing]
) -> None:
    week = Week(WEEK, named(drawn, "x"))
    near = named(before, "v") + named(after, "n")
    found = check(week, near)
    blocked = {(one.rule, one.airing) for one in found if one.rule in BLOCKING}
    for one in (one for one in found if one.change):
        assert one.change
        mended = check(apply_mend(week, STATION, one.change), near)
        assert key(one) not in {key(left) for left in mended}
        added = {(left.rule, left.airing) for left in mended if left.rule in BLOCKING} - blocked
        assert added == set()


USUAL = Airing("x", MONDAY, time(17), 30, ("a", "b"), "chieu", "Tên", script="k2")


@pytest.mark.parametrize(
    ("rule", "airing", "mend"),
    [
        ("quiet-hours", {"slot": None, "start": time(12, 30)},
         Mend("move", "x", MONDAY, time(13, 30))),
        ("closed-day", {"day": date(2026, 11, 26)},
         Mend("move", "x", date(2026, 11, 25), time(17), "chieu")),
        ("too-early", {"slot": None, "start": time(4)}, Mend("move", "x", MONDAY, time(5))),
        ("too-late", {"slot": None, "start": time(22)}, Mend("move", "x", MONDAY, time(21, 30))),
        ("early", {"slot": None, "start": time(5), "minutes": 10},
         Mend("move", "x", MONDAY, time(5, 30))),
        ("relay", {"slot": None, "start": time(6)}, Mend("move", "x", MONDAY, time(6, 30))),
        ("too-long", {"minutes": 4}, Mend("length", "x", minutes=5)),
        ("no-zone", {"zones": ()}, Mend("zones", "x", zones=("a", "b"))),
        ("unknown-zone", {"zones": ("a", "c")}, Mend("zones", "x", zones=("a",))),
        ("wrong-day", {"day": date(2026, 11, 29)},
         Mend("move", "x", date(2026, 11, 28), time(17), "chieu")),
        ("wrong-day", {"start": time(17, 10)}, Mend("move", "x", MONDAY, time(17), "chieu")),
        ("slot-minutes", {"slot": None, "minutes": 50}, Mend("length", "x", minutes=40)),
    ],
)  # fmt: skip
def test_each_finding_that_a_key_can_mend_says_how(
    rule: str, airing: dict[str, object], mend: Mend
) -> None:
    week = Week(WEEK, (replace(USUAL, **airing),))  # type: ignore[arg-type]
    (found,) = [one for one in check(week) if one.rule == rule]
    assert found.change == mend


def test_what_some_zones_miss_is_made_up_for_there_and_the_rest_stays() -> None:
    urgent = replace(USUAL, id="u", slot=None, level="khẩn cấp", zones=("a",), script="k1")
    week = Week(WEEK, (USUAL, urgent))
    (found,) = [one for one in check(week) if one.rule == "gives-way"]
    assert found.change
    after = apply_mend(week, STATION, found.change)
    heard = [(a.id, a.zones, a.start, a.day.day) for a in after.in_order() if a.script == "k2"]
    assert heard == [("x", ("b",), time(17), 23), ("2026-11-24-trua", ("a",), time(11), 24)]


def test_an_empty_slot_is_filled_with_the_topic_heard_least() -> None:
    week = Week(WEEK, (replace(USUAL, plan="p", topic="II.1"),))
    empty = next(one for one in check(week) if one.rule == "empty-slot")
    assert empty.change
    new = apply_mend(week, STATION, empty.change).airings[0]
    assert (new.topic, new.title, new.slot, new.id) == ("II.2", "Hai", "sang", "2026-11-23-sang")


def test_a_mend_of_an_airing_that_is_gone_says_so() -> None:
    with pytest.raises(NotFoundError):
        apply_mend(Week(WEEK), STATION, Mend("remove", "x"))
