"""What a check of a week finds, and how it says to mend it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.overlaps import free_from, overlaps
from broadcast.domain.plan import Plan, Quota, Topic
from broadcast.domain.rules import ScriptInfo, check_week
from broadcast.domain.station import Rules, Slot, Station, Zone
from broadcast.domain.week import VIETNAM, Airing, Finding, Mend, Week, WeekId

MONDAY = date(2026, 11, 23)
STATION = Station(
    "s",
    "Đài",
    "Suối Hoa",
    zones=(Zone("a", "Bản Mờ"), Zone("b", "Trung tâm")),
    slots=(Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4")),),
)
GOOD = Airing("x", MONDAY, time(5, 30), 15, ("a", "b"), "sang", "Tên", "p", "II.1", "k1")
WEDNESDAY = replace(GOOD, id="y", day=date(2026, 11, 25))
PLANS = {"p": Plan("p", topics=(Topic("II.1", "Một"), Topic("II.2", "Hai")))}
SCRIPTS = {"k1": ScriptInfo("đã duyệt", 800.0, 0)}


def check(
    *airings: Airing,
    station: Station = STATION,
    plans: Mapping[str, Plan] = PLANS,
    scripts: Mapping[str, ScriptInfo] = SCRIPTS,
    neighbours: Sequence[Airing] = (),
) -> tuple[Finding, ...]:
    """Findings of the week of 23/11/2026 with these airings."""
    return check_week(Week(WeekId(2026, 48), airings), station, plans, scripts, neighbours)


def the_one(findings: Sequence[Finding], rule: str) -> Finding:
    (found,) = [finding for finding in findings if finding.rule == rule]
    return found


def test_a_good_week_has_no_findings() -> None:
    assert check(GOOD, WEDNESDAY) == ()


@pytest.mark.parametrize(
    ("rule", "changed", "mend"),
    [
        ("no-zone", {"zones": ()}, "ghi cụm loa nghe lượt này: a, b"),
        ("unknown-zone", {"zones": ("a", "c")}, "chọn một trong: a, b"),
        ("unknown-slot", {"slot": "sanh"}, "có phải sang?"),
        ("unknown-plan", {"plan": "pp"}, "có phải p?"),
        ("unknown-plan", {"plan": None}, "chọn một trong: p"),
        ("unknown-topic", {"topic": "II.3"}, "có phải II.2?"),
        ("unknown-script", {"script": "k2"}, "chọn một trong: k1"),
        ("no-script", {"script": None}, "broadcast script assemble --week 2026-W48"),
        ("wrong-day", {"day": date(2026, 11, 24)}, "đổi ngày sang T2 23/11"),
        ("wrong-day", {"day": date(2026, 11, 30)}, "đổi ngày thành 23/11/2026"),
        ("wrong-day", {"start": time(5, 40)}, "đặt lại 05:30, không quá 15 phút"),
        ("wrong-day", {"minutes": 20}, "không quá 15 phút"),
        ("too-early", {"slot": None, "start": time(4, 45)}, "dời sang 05:00"),
        ("too-late", {"slot": None, "start": time(21, 50)}, "dời sang 21:45 hoặc sớm hơn"),
    ],
)
def test_each_slip_of_one_airing_is_found_and_mended(
    rule: str, changed: dict[str, Any], mend: str
) -> None:
    found = the_one(check(replace(GOOD, **changed), WEDNESDAY), rule)
    assert found.airing == "x"
    assert mend in found.mend


@pytest.mark.parametrize(
    ("rule", "script", "mend"),
    [
        ("unapproved", ScriptInfo("nháp", None, 0), "broadcast script approve k1 --by"),
        ("unapproved", ScriptInfo("trả lại", None, 0), "broadcast script submit k1"),
        ("script-problem", ScriptInfo("đã duyệt", None, 2), "broadcast script check k1"),
        ("too-long", ScriptInfo("đã duyệt", 901.0, 0), "rút kịch bản k1 bớt khoảng 10 tiếng"),
    ],
)
def test_each_slip_of_a_script_is_found_and_mended(
    rule: str, script: ScriptInfo, mend: str
) -> None:
    found = check(GOOD, WEDNESDAY, scripts={"k1": script})
    assert [(f.rule, f.airing) for f in found] == [(rule, "x"), (rule, "y")]
    assert mend in found[0].mend


def test_a_programme_that_fills_its_slot_to_the_second_is_not_too_long() -> None:
    assert check(GOOD, WEDNESDAY, scripts={"k1": ScriptInfo("đã duyệt", 900.0, 0)}) == ()


def test_an_airing_with_room_after_it_is_to_be_lengthened() -> None:
    short = replace(GOOD, minutes=10)
    found = the_one(check(short, WEDNESDAY), "too-long")
    assert found.message == "chương trình dài 13 phút 20 giây, quá 3 phút 20 giây so với 10 phút"
    assert found.mend.startswith("tăng thời lượng của lượt phát lên 14 phút")


def test_an_airing_with_another_behind_it_is_not_to_be_lengthened() -> None:
    short = replace(GOOD, minutes=10)
    behind = replace(GOOD, id="z", slot=None, start=time(5, 40), minutes=14)
    assert the_one(check(short, behind, WEDNESDAY), "too-long").mend.startswith("rút kịch bản")


def test_two_airings_in_one_zone_overlap_and_the_next_free_time_is_named() -> None:
    other = replace(GOOD, id="z", slot=None, start=time(5, 40), zones=("a",))
    after = replace(GOOD, id="w", slot=None, start=time(5, 50), zones=("a",), minutes=20)
    found = [f for f in check(GOOD, other, after, WEDNESDAY) if f.rule == "overlap"]
    assert found[0] == Finding(
        "overlap",
        "T2 23/11 05:40-05:55 trùng giờ với lượt phát x (T2 23/11 05:30-05:45) tại cụm loa Bản Mờ",
        "dời lượt phát z sang 06:10 cùng ngày",
        "z",
        source="mỗi cụm loa một lúc chỉ phát một chương trình",
        change=Mend("move", "z", MONDAY, time(6, 10)),
    )
    assert [f.airing for f in found] == ["z", "w"]


def test_airings_that_meet_or_sound_in_different_zones_do_not_overlap() -> None:
    west = replace(GOOD, id="z", slot=None, zones=("a",))
    east = replace(GOOD, id="w", slot=None, zones=("b",))
    then = replace(GOOD, id="v", slot=None, start=time(5, 45))
    assert check(west, east, then, WEDNESDAY) == ()


def test_the_less_urgent_airing_is_the_one_to_move() -> None:
    urgent = replace(GOOD, id="z", slot=None, start=time(5, 40), level="khẩn cấp")
    found = the_one(check(GOOD, urgent, WEDNESDAY), "gives-way")
    assert (found.airing, found.mend) == (
        "x",
        "đã có lượt phát lại lúc T4 25/11 05:30, không cần làm gì thêm",
    )


def test_a_day_without_room_sends_the_airing_to_a_free_slot() -> None:
    late = replace(GOOD, id="z", slot=None, start=time(21, 40), minutes=15)
    last = replace(late, id="w", start=time(21, 45))
    found = the_one(check(GOOD, late, last), "overlap")
    assert found.mend == "dời lượt phát w vào khung giờ còn trống T4 25/11 05:30 (Sáng)"


def test_an_overlap_across_midnight_with_last_weeks_sunday_is_found() -> None:
    sunday = replace(GOOD, id="cn", day=date(2026, 11, 22), slot=None, start=time(23, 55))
    early = replace(GOOD, id="z", slot=None, start=time(0, 5))
    found = the_one(check(GOOD, early, WEDNESDAY, neighbours=[sunday]), "overlap")
    assert found.airing == "z"
    assert "lượt phát cn của tuần 2026-W47" in found.message


def test_an_overlap_between_two_days_of_the_week_is_found() -> None:
    night = replace(GOOD, id="z", slot=None, start=time(23, 55))
    dawn = replace(WEDNESDAY, id="w", slot=None, day=date(2026, 11, 24), start=time(0, 5))
    assert the_one(check(GOOD, night, dawn, WEDNESDAY), "overlap").airing == "w"


def test_the_weeks_own_airings_among_the_neighbours_are_no_overlap() -> None:
    assert check(GOOD, WEDNESDAY, neighbours=[GOOD, WEDNESDAY]) == ()


def test_an_id_given_twice_gets_a_fresh_one_proposed() -> None:
    again = replace(WEDNESDAY, id="x")
    found = the_one(check(GOOD, again), "duplicate-id")
    assert found.mend == "đổi mã của lượt này thành 2026-11-25-sang"


def test_an_id_of_another_week_is_a_duplicate_too() -> None:
    before = replace(GOOD, day=date(2026, 11, 16))
    assert the_one(check(GOOD, WEDNESDAY, neighbours=[before]), "duplicate-id").airing == "x"


def test_limits_say_whose_they_are() -> None:
    early = replace(GOOD, slot=None, start=time(4, 45))
    assert "mặc định của phần mềm" in the_one(check(early, WEDNESDAY, GOOD), "too-early").message
    own = replace(STATION, rules=Rules(earliest=time(6)))
    found = check(GOOD, WEDNESDAY, station=own)
    assert ["giới hạn của đài" in f.message for f in found] == [True, True]


def test_urgent_bulletins_go_out_at_any_hour() -> None:
    night = replace(GOOD, id="z", slot=None, start=time(23), level="khẩn cấp")
    assert check(GOOD, night, WEDNESDAY) == ()


def test_midnight_as_the_latest_hour_is_the_end_of_the_day() -> None:
    station = replace(STATION, rules=Rules(latest=time(0)))
    night = replace(GOOD, id="z", slot=None, start=time(23, 45))
    late = replace(night, start=time(23, 46))
    assert check(GOOD, night, WEDNESDAY, station=station) == ()
    assert the_one(check(GOOD, late, WEDNESDAY, station=station), "too-late").airing == "z"


def test_too_many_minutes_a_day_name_the_airing_and_the_day_to_move_to() -> None:
    long = replace(GOOD, id="z", slot=None, start=time(17), minutes=50, zones=("b",))
    found = the_one(check(GOOD, long, WEDNESDAY), "day-minutes")
    assert "T2 23/11: cụm loa Trung tâm nghe 65 phút, quá 60 phút" in found.message
    assert found.mend == "dời lượt phát x (15 phút) sang T3 24/11"


def test_minutes_after_midnight_are_the_next_days() -> None:
    station = replace(STATION, rules=Rules(max_minutes_per_day=20, latest=time(0)))
    night = replace(GOOD, id="z", slot=None, start=time(23, 55), minutes=15, level="khẩn cấp")
    assert check(GOOD, night, WEDNESDAY, station=station) == ()


def test_a_silent_slot_is_told_until_its_day_is_over() -> None:
    found = check(GOOD)
    assert [(f.rule, f.message) for f in found] == [
        ("empty-slot", "T4 25/11 05:30 (Sáng): chưa có lượt phát nào")
    ]
    week = Week(WeekId(2026, 48), (GOOD,))
    assert check_week(week, STATION, PLANS, SCRIPTS, (), today=date(2026, 11, 26)) == ()


def test_a_slot_over_which_another_airing_sounds_is_not_silent() -> None:
    over = replace(WEDNESDAY, slot=None, start=time(5, 35))
    assert check(GOOD, over) == ()


PEAK = replace(
    STATION, slots=(*STATION.slots, Slot("chieu", "Chiều", time(17), 15, ("T2",), peak=True))
)
OWING = {"p": replace(PLANS["p"], quotas=(Quota("xã", "phát", 1, "tuần", True, True),))}
OTHER = replace(GOOD, id="z", slot="chieu", start=time(17), plan=None, topic=None)


def test_a_missed_weekly_minimum_names_the_free_peak_slot() -> None:
    found = the_one(check(GOOD, WEDNESDAY, station=PEAK, plans=OWING), "weekly-minimum")
    assert found.message == (
        "kế hoạch p yêu cầu ít nhất 1 lần/tuần vào giờ cao điểm; tuần này mới có 0 lần"
    )
    assert "T2 23/11 17:00 (Chiều)" in found.mend


def test_a_missed_weekly_minimum_without_a_free_peak_slot_asks_for_a_swap() -> None:
    found = the_one(check(GOOD, WEDNESDAY, OTHER, station=PEAK, plans=OWING), "weekly-minimum")
    assert found.mend == "đổi chỗ lượt phát x với z (T2 23/11 17:00)"


def test_last_years_plan_asks_for_no_minimum_once_there_is_one_of_this_year() -> None:
    ahead = replace(OWING["p"], id="cu", year=2025), replace(OWING["p"], year=2026)
    found = check(GOOD, WEDNESDAY, station=PEAK, plans={plan.id: plan for plan in ahead})
    assert [f.message[:10] for f in found if f.rule == "weekly-minimum"] == ["kế hoạch p"]


def test_a_weekly_minimum_kept_at_the_peak_is_no_finding() -> None:
    kept = replace(OTHER, plan="p", topic="II.1", slot=None, start=time(17, 2), minutes=13)
    scripts = {"k1": ScriptInfo("đã duyệt", 700.0, 0)}
    assert check(GOOD, WEDNESDAY, kept, station=PEAK, plans=OWING, scripts=scripts) == ()


def test_findings_come_in_order_of_time() -> None:
    found = check(replace(WEDNESDAY, script=None), replace(GOOD, script=None, zones=("c",)))
    assert [f.airing for f in found] == ["x", "x", "y"]


AIRINGS = st.builds(
    Airing,
    id=st.sampled_from(["x", "y", "z", "w"]),
    day=st.dates(date(2026, 11, 21), date(2026, 12, 1)),
    start=st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    minutes=st.integers(0, 600),
    zones=st.lists(st.sampled_from("abc"), max_size=3).map(tuple),
)


@given(st.lists(AIRINGS, max_size=25))
@settings(deadline=None)
def test_every_overlap_that_brute_force_finds_is_found_once(airings: list[Airing]) -> None:
    pairs = [
        tuple(sorted((id(a), id(b))))
        for a, b in combinations(airings, 2)
        if set(a.zones) & set(b.zones) and max(a.starts, b.starts) < min(a.ends, b.ends)
    ]
    found = [tuple(sorted((id(it.first), id(it.second)))) for it in overlaps(airings)]
    assert sorted(found) == sorted(pairs)


@given(st.lists(AIRINGS, max_size=15), AIRINGS.filter(lambda a: a.minutes > 0))
@settings(deadline=None)
def test_a_time_called_free_is_free_and_none_before_it_is(
    airings: list[Airing], wanted: Airing
) -> None:
    after = datetime(2026, 11, 23, tzinfo=VIETNAM)
    start = free_from(airings, wanted, after, after + timedelta(days=30))
    assert start is not None
    ends = {a.ends for a in airings if a.ends > after and set(a.zones) & set(wanted.zones)}
    for at in sorted({after, *ends, start}):
        clashes = [
            a
            for a in airings
            if set(a.zones) & set(wanted.zones)
            and max(a.starts, at) < min(a.ends, at + timedelta(minutes=wanted.minutes))
        ]
        if at >= start:
            assert not clashes or at > start
            break
        assert clashes


@given(st.lists(AIRINGS, max_size=12), st.lists(AIRINGS, max_size=4))
@settings(deadline=None)
def test_any_week_can_be_checked_and_every_finding_says_how_to_mend(
    airings: list[Airing], neighbours: list[Airing]
) -> None:
    for finding in check(*airings, station=PEAK, plans=OWING, neighbours=neighbours):
        assert finding.message
        assert finding.mend
