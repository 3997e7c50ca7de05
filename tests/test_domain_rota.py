"""Filling a week: fair, deterministic, nothing of the officer's touched."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.plan import Plan, Quota, Topic
from broadcast.domain.rota import fill
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.wording import DAYS

MORNING = Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4", "T6"))
EVENING = Slot("chieu", "Chiều", time(17), 20, ("T2", "T5"), peak=True)
STATION = Station("s", "Đài", "Suối Hoa", zones=(Zone("a", "A"), Zone("b", "B")))
TWO_SLOTS = replace(STATION, slots=(MORNING, EVENING))
W48 = Week(WeekId(2026, 48))


def plan(topics: int, plan_id: str = "p", quota: Quota | None = None) -> Plan:
    made = tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(1, topics + 1))
    return Plan(plan_id, topics=made, quotas=(quota,) if quota else ())


def weekly(count: int, *, peak: bool = True) -> Quota:
    return Quota("Ủy ban nhân dân xã", "phát thanh", count, "tuần", at_least=True, peak=peak)


def test_every_free_slot_gets_one_airing_in_the_documents_order() -> None:
    filled = fill(W48, TWO_SLOTS, [plan(9)], [])
    assert [(a.id, a.topic, a.zones, a.minutes) for a in filled.added] == [
        ("2026-11-23-sang", "II.1", ("a", "b"), 15),
        ("2026-11-23-chieu", "II.2", ("a", "b"), 20),
        ("2026-11-25-sang", "II.3", ("a", "b"), 15),
        ("2026-11-26-chieu", "II.4", ("a", "b"), 20),
        ("2026-11-27-sang", "II.5", ("a", "b"), 15),
    ]
    assert filled.week.airings == filled.added
    assert filled.notes == ()


def test_filling_twice_adds_nothing() -> None:
    once = fill(W48, TWO_SLOTS, [plan(9)], [])
    assert fill(once.week, TWO_SLOTS, [plan(9)], []).added == ()


def test_only_the_places_asked_for_are_filled_and_told_of() -> None:
    thursday, friday = W48.id.days()[3:5]
    there = Airing("x", friday, time(5, 35), 5, ("a",))
    week = Week(W48.id, (there,))
    filled = fill(week, TWO_SLOTS, [plan(9)], [], only={(thursday, "chieu")})
    assert [(a.day, a.slot) for a in filled.added] == [(thursday, "chieu")]
    assert filled.notes == ()
    occupied = fill(week, TWO_SLOTS, [plan(9)], [], only={(friday, "sang")})
    assert occupied.added == ()
    assert [(n.rule, n.day, n.slot) for n in occupied.notes] == [("occupied", friday, "sang")]


def test_what_the_weekly_minimum_needs_stays_reserved_where_nothing_is_filled_yet() -> None:
    plans = [plan(9, "p"), plan(9, "q", quota=weekly(2))]
    monday, _, wednesday, *_ = W48.id.days()
    first = fill(W48, TWO_SLOTS, plans, [], only={(monday, "sang"), (wednesday, "sang")})
    assert first.notes == ()
    rest = fill(first.week, TWO_SLOTS, plans, [])
    assert [a.plan for a in rest.week.airings if a.slot == "chieu"] == ["q", "q"]


def test_the_least_heard_topic_comes_first_and_the_reason_is_told() -> None:
    history = fill(Week(WeekId(2026, 47)), TWO_SLOTS, [plan(3)], []).added
    filled = fill(W48, TWO_SLOTS, [plan(3, quota=weekly(1))], history)
    assert [a.topic for a in filled.added] == ["II.3", "II.1", "II.2", "II.3", "II.1"]
    assert [a.why for a in filled.added[:2]] == [
        "nội dung ít được phát nhất (1 lần, lần cuối 18/11)",
        "nội dung ít được phát nhất (2 lần, lần cuối 19/11); "
        "khung giờ cao điểm, cho chỉ tiêu 1 lần/tuần",
    ]


def test_a_topic_just_heard_waits_while_there_is_another() -> None:
    played = Airing("x", date(2026, 11, 22), time(17), 20, ("a",), plan="p", topic="II.1")
    others = [
        replace(played, id=f"o{n}", day=date(2026, 10, n), topic=f"II.{topic}")
        for n, topic in enumerate((2, 2, 3, 3), 1)
    ]
    filled = fill(W48, TWO_SLOTS, [plan(3)], [played, *others])
    assert filled.added[0].topic == "II.2"
    assert filled.added[0].why == (
        "nội dung ít được phát nhất trong số chưa phát trong vòng 2 ngày (2 lần, lần cuối 02/10)"
    )


def test_a_lone_topic_is_repeated_and_it_says_so() -> None:
    added = fill(W48, TWO_SLOTS, [plan(1)], []).added
    assert [a.topic for a in added] == ["II.1"] * 5
    assert added[1].why.endswith("lặp lại sớm hơn 2 ngày vì không còn nội dung khác")


def test_the_weekly_minimum_takes_peak_slots_and_other_plans_the_rest() -> None:
    plans = [plan(40, "a"), plan(2, "b", weekly(2))]
    filled = fill(W48, TWO_SLOTS, plans, [])
    assert [a.plan for a in filled.added if a.slot == "chieu"] == ["b", "b"]
    assert {a.plan for a in filled.added if a.slot == "sang"} == {"a"}


def test_a_minimum_at_any_hour_takes_a_peak_slot_first() -> None:
    plans = [plan(40, "a"), plan(1, "b", weekly(1, peak=False))]
    due = [a for a in fill(W48, TWO_SLOTS, plans, []).added if "chỉ tiêu" in a.why]
    assert [(a.id, a.plan) for a in due] == [("2026-11-23-chieu", "b")]


def test_a_minimum_that_finds_no_peak_slot_is_noted() -> None:
    filled = fill(W48, TWO_SLOTS, [plan(2, quota=weekly(4))], [])
    assert [note.rule for note in filled.notes] == ["weekly-minimum"]
    assert "còn thiếu 2 lần" in filled.notes[0].message


def test_airings_that_are_there_stay_and_no_airing_is_put_over_another() -> None:
    notice = Airing("tin", date(2026, 11, 23), time(17, 10), 5, ("b",))
    in_slot = Airing("cu", date(2026, 11, 25), time(5, 30), 15, ("a",), slot="sang")
    week = Week(W48.id, (notice, in_slot))
    filled = fill(week, TWO_SLOTS, [plan(9)], [])
    assert [a.id for a in filled.added] == [
        "2026-11-23-sang",
        "2026-11-26-chieu",
        "2026-11-27-sang",
    ]
    assert {notice, in_slot} <= set(filled.week.airings)
    assert [note.rule for note in filled.notes] == ["occupied"]


def test_an_airing_of_last_sunday_over_midnight_keeps_mondays_slot_free() -> None:
    slot = Slot("dem", "Đêm", time(0, 0), 10, ("T2",))
    late = Airing("x", date(2026, 11, 22), time(23, 55), 10, ("a",))
    filled = fill(W48, replace(STATION, slots=(slot,)), [plan(2)], [late])
    assert (filled.added, [n.rule for n in filled.notes]) == ((), ["occupied"])


def test_two_slots_at_one_time_in_one_zone_get_one_airing() -> None:
    twin = replace(MORNING, id="sang2", start=time(5, 40))
    filled = fill(W48, replace(STATION, slots=(MORNING, twin)), [plan(9)], [])
    assert {a.slot for a in filled.added} == {"sang"}
    assert [n.rule for n in filled.notes] == ["occupied"] * 3


def test_days_gone_by_are_left_alone() -> None:
    filled = fill(W48, TWO_SLOTS, [plan(9)], [], today=date(2026, 11, 26))
    assert [a.day.day for a in filled.added] == [26, 27]
    assert [n.message for n in filled.notes] == [
        "để nguyên 3 khung giờ trống của những ngày đã qua"
    ]


def test_ids_taken_anywhere_are_not_given_again() -> None:
    strayed = Airing("2026-11-23-sang", date(2026, 12, 1), time(9), 5, ("a",))
    filled = fill(W48, TWO_SLOTS, [plan(9)], [strayed])
    assert filled.added[0].id == "2026-11-23-sang-2"


def test_without_slots_zones_or_topics_it_says_what_is_missing() -> None:
    notes = fill(W48, Station("s", "Đài", "Suối Hoa"), [], []).notes
    assert [note.rule for note in notes] == ["no-slots", "no-zones", "no-topics"]


def test_only_airable_topics_are_chosen_and_the_caller_words_the_title() -> None:
    topics = (
        Topic("II.1", "Mở lớp tập huấn", airable="no"),
        Topic("II.2", "Hỏi cán bộ", airable="ask"),
        Topic("II.3", "Nộp hồ sơ qua mạng"),
        Topic("II.3", "câu rơi", kind="fragment"),
    )
    added = fill(
        W48, TWO_SLOTS, [Plan("p", topics=topics)], [], title_of=lambda topic: f"mục {topic.path}"
    ).added
    assert {(a.topic, a.title) for a in added} == {("II.3", "mục II.3")}


def test_zones_with_slots_of_their_own_all_hear_every_topic() -> None:
    slots = (
        replace(MORNING, days=DAYS, zones=("a",)),
        replace(EVENING, days=DAYS, zones=("b",), peak=False),
    )
    heard: list[Airing] = []
    for number in range(40, 44):
        week = Week(WeekId(2026, number))
        heard += fill(week, replace(STATION, slots=slots), [plan(6)], heard).added
    assert {len({a.topic for a in heard if zone in a.zones}) for zone in "ab"} == {6}


@st.composite
def stations(draw: st.DrawFn) -> Station:
    """Stations whose slots do not overlap; any days, zones and peaks."""
    hours = draw(st.lists(st.integers(5, 21), min_size=1, max_size=4, unique=True))
    days = st.lists(st.sampled_from(DAYS), min_size=1, max_size=7, unique=True).map(tuple)
    zones = st.sampled_from([(), ("a",), ("b",)])
    slots = [
        Slot(
            f"k{hour}", f"{hour} giờ", time(hour), 30, draw(days), draw(zones), draw(st.booleans())
        )
        for hour in hours
    ]
    return replace(STATION, slots=tuple(slots))


@given(stations(), st.integers(1, 12), st.integers(1, 6), st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_over_any_weeks_topics_of_a_plan_differ_by_one_at_most(
    station: Station, topics: int, weeks: int, minimum: int
) -> None:
    served = plan(topics, quota=weekly(minimum))
    heard: list[Airing] = []
    for number in range(weeks):
        week = Week(WeekId(2026, 30 + number))
        added = fill(week, station, [served], heard).added
        assert added == fill(week, station, [served], heard).added
        heard += added
        counts = Counter(a.topic for a in heard)
        of_each = [counts[topic.path] for topic in served.topics]
        assert max(of_each) - min(of_each) <= 1


@given(stations(), st.lists(st.integers(1, 9), min_size=2, max_size=4), st.integers(1, 6))
@settings(max_examples=40, deadline=None)
def test_topics_of_several_plans_are_heard_equally_often(
    station: Station, sizes: list[int], weeks: int
) -> None:
    plans = [plan(size, f"p{n}") for n, size in enumerate(sizes)]
    heard: list[Airing] = []
    for number in range(weeks):
        heard += fill(Week(WeekId(2026, 30 + number)), station, plans, heard).added
    counts = Counter((a.plan, a.topic) for a in heard)
    of_each = [counts[p.id, topic.path] for p in plans for topic in p.topics]
    assert max(of_each) - min(of_each) <= 1


def test_plans_take_turns_by_their_length() -> None:
    station = replace(STATION, slots=(replace(MORNING, days=DAYS),))
    filled = fill(W48, station, [plan(4, "dai"), plan(2, "ngan")], [])
    assert [a.plan for a in filled.added[:6]] == ["dai", "ngan", "dai", "dai", "ngan", "dai"]
