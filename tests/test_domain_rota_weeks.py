"""Filling many weeks as one: four weeks, evenness, distance, and nobody's airings touched."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.days import SpecialDay
from broadcast.domain.plan import Plan, Quota, Topic
from broadcast.domain.rota import Rota, Wish, fill, fill_weeks
from broadcast.domain.rota_choice import greedy, improve
from broadcast.domain.rota_model import Problem, judge
from broadcast.domain.station import Rules, Slot, Station, Zone
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.wording import DAYS

FIRST = WeekId(2026, 40)
ZONES = (Zone("a", "A"), Zone("b", "B", ("Tiếng Việt", "Tiếng Thái")))
MORNING = Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4", "T6"))
EVENING = Slot("chieu", "Chiều", time(17), 20, ("T3", "T5"), peak=True)
STATION = Station("s", "Đài", "Suối Hoa", zones=ZONES, slots=(MORNING, EVENING))
PEAK_TWICE = Quota("UBND xã", "phát thanh", 2, "tuần", at_least=True, peak=True)


def plan(topics: int, plan_id: str = "p", *quotas: Quota, year: int | None = None) -> Plan:
    made = tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(1, topics + 1))
    return Plan(plan_id, year=year, topics=made, quotas=quotas)


def weeks(count: int, first: WeekId = FIRST) -> list[Week]:
    found = [first]
    while len(found) < count:
        found.append(found[-1].after())
    return [Week(week_id) for week_id in found]


def days_of(airings: Sequence[Airing], topic: str) -> list[date]:
    return [airing.day for airing in airings if airing.topic == topic]


def longest_silence(days: Sequence[date], first: date, last: date) -> int:
    """Days between two airings, from the day before the first to the day after the last."""
    ends = [first - timedelta(days=1), *days, last + timedelta(days=1)]
    return max((b - a).days for a, b in pairwise(ends))


def least_room(airings: Sequence[Airing], first: date, last: date) -> int:
    """Brute force: the fewest airings of any 28 days."""
    starts = range((last - first).days - 26)
    return min(sum(0 <= (a.day - first).days - start < 28 for a in airings) for start in starts)


@st.composite
def stations(draw: st.DrawFn) -> Station:
    """Slots that do not overlap; any days, zones, peaks, and repeat rule."""
    hours = draw(st.lists(st.integers(5, 20), min_size=1, max_size=3, unique=True))
    days = st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True).map(tuple)
    slots = tuple(
        Slot(f"k{h}", "", time(h), 30, draw(days), peak=draw(st.booleans())) for h in hours
    )
    apart = draw(st.integers(0, 5))
    return replace(STATION, slots=slots, rules=Rules(repeat_after_days=apart))


@given(stations(), st.integers(1, 30), st.integers(4, 10))
@settings(max_examples=30)
def test_every_topic_is_heard_within_any_four_weeks_wherever_the_slots_allow(
    station: Station, topics: int, count: int
) -> None:
    served = plan(topics)
    rota = fill_weeks(weeks(count), station, [served], [])
    first, last = rota.weeks[0].id.days()[0], rota.weeks[-1].id.days()[-1]
    if least_room(rota.added, first, last) >= topics:
        silences = [
            longest_silence(days_of(rota.added, t.path), first, last) for t in served.topics
        ]
        assert max(silences) <= 28
        assert rota.explained is not None
        assert rota.explained.clashes == () or "repeat-near" in {
            clash.rule for clash in rota.explained.clashes
        }


@given(stations(), st.integers(1, 30), st.integers(1, 8), st.integers(0, 3))
@settings(max_examples=30)
def test_topics_of_one_plan_differ_by_one_at_most_and_it_is_the_same_each_time(
    station: Station, topics: int, count: int, minimum: int
) -> None:
    quota = replace(PEAK_TWICE, count=minimum)
    served = plan(topics, "p", quota)
    rota = fill_weeks(weeks(count), station, [served], [])
    assert rota == fill_weeks(weeks(count), station, [served], [])
    counts = Counter(airing.topic for airing in rota.added)
    of_each = [counts[topic.path] for topic in served.topics]
    assert max(of_each) - min(of_each) <= 1
    assert rota.explained is not None
    assert rota.explained.evenness == max(of_each) - min(of_each)


@given(stations(), st.integers(1, 20), st.integers(1, 10))
@settings(max_examples=25)
def test_no_topic_comes_back_too_soon_while_there_are_enough_others(
    station: Station, topics: int, count: int
) -> None:
    rota = fill_weeks(weeks(count), station, [plan(topics)], [])
    apart = station.rules.repeat_after_days
    a_day = Counter(airing.day for airing in rota.added)
    most = max(sum(a_day[day + timedelta(days=n)] for n in range(apart)) for day in a_day)
    if topics >= most:
        for topic in plan(topics).topics:
            days = days_of(rota.added, topic.path)
            assert all((b - a).days >= apart for a, b in pairwise(days))


@given(stations(), st.integers(1, 12), st.integers(1, 6), st.data())
@settings(max_examples=25)
def test_what_is_there_stays_and_filling_again_changes_nothing(
    station: Station, topics: int, count: int, data: st.DataObject
) -> None:
    empty = weeks(count)
    full = fill_weeks(empty, station, [plan(topics)], [])
    kept = data.draw(st.sets(st.sampled_from([a.id for a in full.added]))) if full.added else set()
    begun = [replace(w, airings=tuple(a for a in w.airings if a.id in kept)) for w in full.weeks]
    again = fill_weeks(begun, station, [plan(topics)], [])
    there = {airing.id: airing for week in again.weeks for airing in week.airings}
    assert {one: there[one] for one in kept} == {a.id: a for a in full.added if a.id in kept}
    assert {(a.day, a.slot) for a in there.values()} == {(a.day, a.slot) for a in full.added}
    once_more = fill_weeks(again.weeks, station, [plan(topics)], [])
    assert (once_more.weeks, once_more.added) == (again.weeks, ())


@given(stations(), st.integers(1, 30), st.integers(4, 10))
@settings(max_examples=20)
def test_week_by_week_every_topic_is_heard_within_four_weeks_too(
    station: Station, topics: int, count: int
) -> None:
    served, heard = plan(topics), list[Airing]()
    for week in weeks(count):
        heard += fill(week, station, [served], heard).added
    first, last = heard[0].day, weeks(count)[-1].id.days()[-1]
    if least_room(heard, weeks(count)[0].id.days()[0], last) >= topics:
        silences = [longest_silence(days_of(heard, t.path), first, last) for t in served.topics]
        assert max(silences) <= 28 + 7  # before the first airing nobody looked ahead


@given(stations(), st.integers(2, 12), st.integers(2, 8), st.data())
@settings(max_examples=25)
def test_swaps_never_make_an_answer_worse(
    station: Station, topics: int, count: int, data: st.DataObject
) -> None:
    problem = problem_of(station, plan(topics), count)
    answer = [data.draw(st.sampled_from(spot.pool)) for spot in problem.spots]
    better = improve(problem, answer)
    assert judge(problem, better).cost <= judge(problem, answer).cost
    assert improve(problem, answer) == better


def problem_of(station: Station, served: Plan, count: int) -> Problem:
    """The numbers of empty weeks."""
    kept: list[Problem] = []

    def keep(problem: Problem, answer: Sequence[int]) -> Sequence[int]:
        kept.append(problem)
        return answer

    fill_weeks(weeks(count), station, [served], [], Wish(solve=keep))
    return kept[0]


@given(stations(), st.integers(1, 8), st.integers(1, 6), st.data())
@settings(max_examples=30)
def test_the_judge_counts_as_a_slow_count_of_windows_does(
    station: Station, topics: int, count: int, data: st.DataObject
) -> None:
    problem = problem_of(station, plan(topics), count)
    answer = [data.draw(st.sampled_from(spot.pool)) for spot in problem.spots]
    days = [
        sorted(s.day for s, t in zip(problem.spots, answer, strict=True) if t == topic)
        for topic in range(topics)
    ]

    def within(topic: int, start: int, length: int) -> int:
        return bisect_right(days[topic], start + length - 1) - bisect_left(days[topic], start)

    missed = sum(
        not within(topic, end - one.gap + 1, one.gap)
        for topic, one in enumerate(problem.topics)
        for end in range(max(problem.first, one.begun + one.gap), problem.last + 1)
    )
    near = sum(
        max(0, within(topic, start, problem.apart) - 1)
        for topic in range(topics)
        for start in range(problem.first - problem.apart, problem.last + 1)
        if problem.apart
    )
    judged = judge(problem, answer)
    assert (judged.missed, judged.near) == (missed, near)


def test_an_answer_outside_its_pool_is_refused() -> None:
    problem = problem_of(STATION, plan(3), 1)
    with pytest.raises(ValueError, match="pool"):
        judge(problem, [7] * len(problem.spots))


def test_a_year_with_week_53_is_filled_over_its_end() -> None:
    rota = fill_weeks(weeks(4, WeekId(2026, 52)), STATION, [plan(6)], [])
    assert [str(week.id) for week in rota.weeks] == ["2026-W52", "2026-W53", "2027-W01", "2027-W02"]
    assert [len(week.airings) for week in rota.weeks] == [5, 5, 5, 5]
    assert all(a.day in week.id.days() for week in rota.weeks for a in week.airings)


def test_a_plan_serves_its_own_year_and_later_ones_until_there_is_a_newer() -> None:
    old, new = plan(3, "cu", year=2026), plan(3, "moi", year=2027)
    over = weeks(3, WeekId(2026, 52))
    both = fill_weeks(over, STATION, [old, new], []).added
    assert {(a.day.year, a.plan) for a in both} == {(2026, "cu"), (2027, "moi")}
    alone = fill_weeks(over, STATION, [old], []).added
    assert {(a.day.year, a.plan) for a in alone} == {(2026, "cu"), (2027, "cu")}
    early = fill_weeks(over, STATION, [new], []).added
    assert {a.plan for a in early} == {"moi"}


def test_a_weekly_minimum_of_next_years_plan_reserves_nothing_this_year() -> None:
    old, new = plan(3, "cu", year=2026), plan(3, "moi", PEAK_TWICE, year=2027)
    rota = fill_weeks(weeks(2), STATION, [old, new], [])
    assert ({a.plan for a in rota.added}, rota.notes) == ({"cu"}, ())


def test_only_days_of_the_span_are_filled() -> None:
    span = date(2026, 10, 1), date(2026, 10, 6)
    rota = fill_weeks(weeks(2), STATION, [plan(5)], [], Wish(span=span))
    assert [a.day.isoformat() for a in rota.added] == [
        "2026-10-01", "2026-10-02", "2026-10-05", "2026-10-06",
    ]  # fmt: skip


def test_closed_days_stay_free_and_are_named_and_a_day_of_its_own_has_its_programme() -> None:
    monday, _, wednesday, *_ = FIRST.days()
    days = {
        monday: SpecialDay(monday, "nghỉ Tết", "lễ", closed=True),
        wednesday: SpecialDay(wednesday, "Ngày của xã", programme="Kể chuyện bản"),
    }
    rota = fill_weeks(weeks(1), STATION, [plan(5)], [], Wish(days=days))
    assert [(a.day.day, a.topic, a.title) for a in rota.added][:2] == [
        (29, "II.1", "Nội dung 1"),
        (30, None, "Kể chuyện bản"),
    ]
    assert rota.added[1].why == "chương trình riêng của ngày: Ngày của xã"
    assert [(n.rule, n.message) for n in rota.notes] == [
        ("closed-day", "T2 28/09 (nghỉ Tết): ngày nghỉ, không xếp")
    ]


def test_a_column_draws_from_its_own_topics_of_a_plan_or_a_branch_of_one() -> None:
    topics = tuple(Topic(path, path) for path in ("II.1", "II.1/a", "II.1/b", "II.10", "II.2"))
    served = Plan("p", topics=topics)
    column = replace(MORNING, column="VNeID", topics=("p:II.1",))
    rota = fill_weeks(weeks(4), replace(STATION, slots=(column,)), [served], [])
    assert {a.topic for a in rota.added} == {"II.1", "II.1/a", "II.1/b"}
    assert "chuyên mục VNeID" in rota.added[0].why
    other = replace(column, topics=("q:II.1",))
    left = fill_weeks(weeks(1), replace(STATION, slots=(other,)), [served], [])
    assert ({n.rule for n in left.notes}, left.added) == ({"no-column-topics"}, ())


def test_a_slot_in_another_language_takes_recorded_topics_for_those_who_speak_it() -> None:
    thai = replace(MORNING, id="thai", language="Tiếng Thái")
    station = replace(STATION, slots=(thai,))
    wish = Wish(recorded={"thái": {("p", "II.2")}})
    rota = fill_weeks(weeks(1), station, [plan(3)], [], wish)
    assert {(a.topic, a.zones) for a in rota.added} == {("II.2", ("b",))}
    left = fill_weeks(weeks(1), station, [plan(3)], [])
    assert ([n.rule for n in left.notes], left.added) == (["no-recording"] * 3, ())
    assert "tiếng Thái" in left.notes[0].message


def test_a_relay_stays_free_and_a_repeat_has_what_it_repeats() -> None:
    slots = (
        MORNING,
        replace(EVENING, id="tinh", relay="Đài tỉnh"),
        replace(MORNING, id="lai", start=time(18), repeats="sang"),
    )
    rota = fill_weeks(weeks(2), replace(STATION, slots=slots), [plan(9)], [])
    assert {a.slot for a in rota.added} == {"sang", "lai"}
    first = {a.day: a.topic for a in rota.added if a.slot == "sang"}
    again = {a.day: a.topic for a in rota.added if a.slot == "lai"}
    assert {day: again[day] for day in first} == first


def test_what_was_heard_before_counts_and_the_longest_silent_come_first() -> None:
    history = [
        Airing(f"x{n}", date(2026, 9, n), time(17), 20, ("a",), plan="p", topic=f"II.{topic}")
        for n, topic in enumerate((1, 1, 2), 1)
    ]
    added = fill_weeks(weeks(2), STATION, [plan(3)], history).added
    # The third place is II.1's: on 30/9 it was last heard 28 days ago.
    assert [a.topic for a in added][:3] == ["II.3", "II.2", "II.1"]
    counts = Counter(a.topic for a in (*history, *added))
    assert max(counts.values()) - min(counts.values()) <= 1


def test_topics_due_soon_go_before_those_heard_less_often() -> None:
    rare = [
        Airing(f"x{n}", date(2026, 9, 3), time(17), 20, ("a",), plan="p", topic="II.1")
        for n in range(4)
    ]
    others = [
        Airing(f"y{n}", date(2026, 9, 25), time(17), 20, ("a",), plan="p", topic=f"II.{n}")
        for n in range(2, 21)
    ]
    added = fill_weeks(weeks(4), STATION, [plan(20)], [*rare, *others]).added
    first = next(a for a in added if a.topic == "II.1")
    assert first.day <= date(2026, 10, 1)
    assert "đến lượt phát lại, để không cách nhau quá bốn tuần" in first.why


def test_topics_of_a_plan_that_is_new_do_not_push_the_others_beyond_four_weeks() -> None:
    old, new = plan(9, "cu"), plan(9, "moi")
    history = fill_weeks(weeks(12, WeekId(2026, 28)), STATION, [old], []).added
    rota = fill_weeks(weeks(8), STATION, [old, new], history)
    assert rota.explained is not None
    assert rota.explained.longest <= 28
    counts = Counter(airing.plan for airing in rota.added)
    assert counts["moi"] > counts["cu"]


def test_a_wish_that_cannot_be_had_says_which_figures_clash() -> None:
    rota = fill_weeks(weeks(13), STATION, [plan(41)], [])
    assert rota.explained is not None
    told = [(c.rule, c.message, c.mend) for c in rota.explained.clashes]
    assert told == [
        (
            "four-weeks",
            "41 nội dung, 5 khung giờ trống một tuần: 4 tuần chỉ có 20 chỗ, nên hai lần phát của "
            "một nội dung cách nhau khoảng 57 ngày, quá 28 ngày",
            "thêm 6 khung giờ một tuần, hoặc bớt nội dung (đặt airable: no) còn 20, hoặc chấp "
            "nhận phát thưa hơn",
        )
    ]
    assert rota.explained.evenness == 1


def test_a_holiday_that_leaves_too_little_room_is_named_with_its_days() -> None:
    closed = [date(2026, 10, 26) + timedelta(days=n) for n in range(14)]
    days = {day: SpecialDay(day, "nghỉ", closed=True) for day in closed}
    rota = fill_weeks(weeks(13), STATION, [plan(18)], [], Wish(days=days))
    assert rota.explained is not None
    clash = rota.explained.clashes[0]
    assert (clash.rule, "chỉ có 10 chỗ cho 18 nội dung" in clash.message) == ("four-weeks", True)


def test_a_minimum_that_makes_counts_uneven_is_named_as_the_cause() -> None:
    rota = fill_weeks(weeks(8), STATION, [plan(20, "a"), plan(2, "b", PEAK_TWICE)], [])
    assert rota.explained is not None
    uneven = next(c for c in rota.explained.clashes if c.rule == "uneven")
    assert "chỉ tiêu hằng tuần của một kế hoạch giữ chỗ" in uneven.message


def test_too_few_topics_for_the_repeat_rule_are_named() -> None:
    station = replace(STATION, rules=Rules(repeat_after_days=4))
    rota = fill_weeks(weeks(2), station, [plan(2)], [])
    assert rota.explained is not None
    assert "repeat-near" in {clash.rule for clash in rota.explained.clashes}


def test_weeks_that_lack_peaks_for_the_minimum_are_named() -> None:
    quota = replace(PEAK_TWICE, count=3)
    rota: Rota = fill_weeks(weeks(2), STATION, [plan(9, "p", quota)], [])
    assert [n.rule for n in rota.notes] == ["weekly-minimum"] * 2
    assert "tuần 2026-W41 không còn khung giờ cao điểm trống" in rota.notes[1].message


def test_a_greedy_choice_that_is_good_is_left_as_it_is() -> None:
    problem = problem_of(STATION, plan(10), 13)
    answer = greedy(problem)
    assert improve(problem, answer) == answer
