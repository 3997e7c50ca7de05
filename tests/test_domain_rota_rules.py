"""A rota and the rules in force: what is filled breaks none of them, as the check sees it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import example, given, settings
from hypothesis import strategies as st

from broadcast.domain.days import SpecialDay, SpecialDays
from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import Rota, Wish, fill_weeks
from broadcast.domain.rules import check_week
from broadcast.domain.station import Rules, Slot, Station, Zone
from broadcast.domain.week import Week, WeekId
from broadcast.domain.wording import DAYS

MONDAY = date(2026, 9, 28)
WEEKS = [Week(WeekId.of(MONDAY + timedelta(days=7 * n))) for n in range(2)]
ZONES = (Zone("a", "A"), Zone("b", "B"))
PLAN = Plan("p", topics=tuple(Topic(f"I.{n}", f"Nội dung {n}") for n in range(6)))
KEPT = frozenset({
    "closed-day", "quiet-hours", "too-early", "too-late", "day-minutes", "day-airings",
    "same-programme", "repeat-gap", "relay", "overlap", "wrong-day", "empty-slot", "slot-minutes",
})  # fmt: skip
"""Rules that what is filled in may not break."""


@st.composite
def slots(draw: st.DrawFn) -> tuple[Slot, ...]:
    """Up to four slots of any times, zones and kinds; the last one may repeat the first."""
    hours = draw(st.lists(st.integers(4, 23), min_size=1, max_size=4, unique=True))
    found = [
        Slot(
            f"k{hour}", "", time(hour, draw(st.sampled_from((0, 45)))),
            draw(st.sampled_from((15, 30, 70))),
            draw(st.lists(st.sampled_from(DAYS), min_size=1, unique=True).map(tuple)),
            draw(st.sampled_from(((), ("a",), ("b",)))), peak=draw(st.booleans()),
        )
        for hour in hours
    ]  # fmt: skip
    if len(found) > 1 and draw(st.booleans()):
        found[-1] = replace(found[-1], repeats=found[0].id)
    if len(found) > 2 and draw(st.booleans()):
        found[1] = replace(found[1], relay="đài tỉnh")
    return tuple(found)


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    """Any limits that what is filled in has to keep."""
    days = [MONDAY + timedelta(days=n) for n in range(14)]
    return Rules(
        earliest=time(draw(st.integers(4, 6))),
        latest=time(draw(st.sampled_from((0, 20, 21)))),
        max_minutes_per_day=draw(st.sampled_from((20, 45, 60, 300))),
        quiet_hours=draw(st.sampled_from(((), ("11:30-13:30",), ("21:00-05:00", "12:00-12:10")))),
        weekdays=draw(st.sampled_from(((), DAYS[:5]))),
        no_broadcast_days=tuple(draw(st.lists(st.sampled_from(days), max_size=2, unique=True))),
        same_programme_after_hours=draw(st.sampled_from((None, 20))),
        repeat_at_least_hours=draw(st.sampled_from((None, 5))),
        repeat_at_most_hours=draw(st.sampled_from((None, 30))),
        max_airings_per_day=draw(st.sampled_from((None, 1, 2))),
        max_minutes_per_slot=draw(st.sampled_from((None, 15, 30))),
    )


def filled(station: Station, days: SpecialDays) -> Rota:
    return fill_weeks(WEEKS, station, [PLAN], [], Wish(days=days))


RELAYED = (
    Slot("sang", "Sáng", time(5, 30), 45, ("T2",)),
    Slot("tinh", "Tỉnh", time(6), 30, DAYS, relay="đài tỉnh"),
)


@given(slots(), rules(), st.sets(st.integers(0, 13), max_size=2))
@example(RELAYED, Rules(), set())
@settings(max_examples=60, deadline=None)
def test_what_is_filled_in_breaks_none_of_the_rules_in_force(
    standing: tuple[Slot, ...], limits: Rules, shut: set[int]
) -> None:
    station = Station("s", "Đài", "Suối Hoa", zones=ZONES, slots=standing, rules=limits)
    closed = [MONDAY + timedelta(days=n) for n in shut]
    days = {day: SpecialDay(day, "Tết", "lễ", closed=True) for day in closed}
    rota = filled(station, days)
    free = {(note.day, note.slot) for note in rota.notes}
    for week in rota.weeks:
        near = [a for other in rota.weeks if other is not week for a in other.airings]
        found = check_week(week, station, {PLAN.id: PLAN}, {}, near, days=days)
        broken = [f for f in found if f.rule in KEPT and (f.day, f.slot) not in free]
        assert [(f.rule, f.message) for f in broken] == []


def test_a_free_slot_that_the_rules_forbid_is_told_and_the_peak_is_filled_first() -> None:
    morning = Slot("sang", "Sáng", time(5, 30), 15, ("T2",))
    evening = Slot("chieu", "Chiều", time(17), 15, ("T2", "T3"), peak=True)
    noon = Slot("trua", "Trưa", time(12), 5, ("T2",))
    limits = Rules(
        max_minutes_per_day=20, quiet_hours=("11:30-13:30",), no_broadcast_days=(date(2026, 9, 29),)
    )
    station = Station("s", "Đài", "Suối Hoa", zones=ZONES, slots=(morning, evening, noon),
                      rules=limits)  # fmt: skip
    rota = fill_weeks(WEEKS[:1], station, [PLAN], [])
    assert [airing.slot for airing in rota.added] == ["chieu"]
    assert [(note.rule, note.slot) for note in rota.notes] == [
        ("outside-hours", "trua"), ("day-minutes", "sang"), ("closed-day", None),
    ]  # fmt: skip


def test_slots_that_follow_one_another_stay_under_the_minutes_of_one_sitting() -> None:
    standing = tuple(
        Slot(f"s{n}", "Tối", time(17, 15 * n), 15, ("T2",), peak=n == 1) for n in range(3)
    )
    limits = Rules(max_minutes_per_slot=30, max_minutes_per_day=300)
    station = Station("s", "Đài", "Suối Hoa", zones=ZONES, slots=standing, rules=limits)
    rota = fill_weeks(WEEKS[:1], station, [PLAN], [])
    assert [airing.slot for airing in rota.added] == ["s0", "s1"]
    assert [(note.rule, note.slot) for note in rota.notes] == [("slot-minutes", "s2")]
