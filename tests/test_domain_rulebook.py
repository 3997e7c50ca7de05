"""Rules in force, where they come from, and those that cannot be kept together."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from broadcast.domain.contradictions import contradictions
from broadcast.domain.plan import Plan, Quota
from broadcast.domain.rulebook import (
    DEFAULT_SOURCE,
    LABELS,
    OWN_SOURCE,
    Profile,
    Source,
    in_force,
    read_span,
    rule_book,
)
from broadcast.domain.rules import check_week
from broadcast.domain.station import Rules, Slot, Station, Zone
from broadcast.domain.week import Airing, Finding, Week, WeekId

MONDAY = date(2026, 11, 23)
STATION = Station(
    "s",
    "Đài",
    "Suối Hoa",
    zones=(Zone("a", "Bản Mờ", ("Tiếng Việt", "Tiếng Thái")), Zone("b", "Trung tâm")),
    slots=(
        Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4", "T6"), peak=True),
        Slot("chieu", "Chiều", time(17), 15, ("T2", "T3", "CN"), repeats="sang"),
    ),
)
PROFILE = Profile(
    "t", "Tỉnh Thử", "tỉnh Thử", "văn bản 1", 2026,
    Rules(earliest=time(6), max_airings_per_day=1, sources={"latest": "mục 2"}),
)  # fmt: skip
PLAN = Plan("p", title="Tuyên truyền", quotas=(Quota("xã", "phát", 3, "tuần", True, True, 7),))


def clashes(
    rules: Rules, *plans: Plan, profile: Profile | None = None, **changes: Any
) -> list[Finding]:
    station = replace(STATION, rules=rules, **changes)
    book = rule_book(station, profile)
    return list(contradictions(book, replace(station, rules=book.rules), plans))


def test_the_stations_own_rule_stands_above_the_profiles_and_that_above_the_default() -> None:
    book = rule_book(replace(STATION, rules=Rules(max_airings_per_day=3)), PROFILE)
    assert (book.rules.earliest, book.rules.max_airings_per_day) == (time(6), 3)
    assert book.source("max_airings_per_day") == Source("đài", OWN_SOURCE)
    assert book.source("earliest") == Source("tỉnh", "Tỉnh Thử: văn bản 1", "2026")
    assert book.source("latest") == Source("tỉnh", "Tỉnh Thử: văn bản 1, mục 2", "2026")
    assert book.source("max_minutes_per_day").text == DEFAULT_SOURCE


def test_a_source_makes_a_value_the_stations_own_even_if_it_equals_the_default() -> None:
    rules = Rules(sources={"earliest": "quy chế của xã"})
    book = rule_book(replace(STATION, rules=rules), PROFILE)
    assert book.rules.earliest == time(5)
    assert book.source("earliest") == Source("đài", "quy chế của xã")


def test_every_rule_in_force_has_a_label_and_a_source_and_plans_come_last() -> None:
    found = in_force(rule_book(STATION, PROFILE), [PLAN])
    assert [one.name for one in found] == [
        "earliest", "latest", "max_minutes_per_day", "repeat_after_days", "max_airings_per_day",
        "warn_before", "weekly-minimum",
    ]  # fmt: skip
    assert all(one.label and one.source.text for one in found)
    assert found[-1].source.text == "kế hoạch Tuyên truyền, dòng 7"


def test_every_key_of_the_rules_has_a_label() -> None:
    keys = set(Rules.__dataclass_fields__) - {"profile", "sources"}
    assert keys == set(LABELS)


def test_a_station_with_the_products_rules_has_no_contradiction() -> None:
    assert clashes(Rules(), PLAN) == []


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        (Rules(earliest=time(20), latest=time(6)), "không còn lúc nào được phát"),
        (Rules(quiet_hours=("04:00-12:00", "11:00-23:00")), "phủ hết giờ được phát"),
        (Rules(quiet_hours=("22:00-20:00", "19:00-23:00"), latest=time(0)), "phủ hết"),
        (Rules(weekdays=("T2", "T3", "T4", "T5", "T6")), "«Chiều» phát CN"),
        (Rules(max_minutes_per_slot=10), "«Sáng» dài 15 phút"),
        (Rules(quiet_hours=("17:05-17:10",)), "«Chiều» 17:00-17:15 rơi vào giờ yên tĩnh"),
        (Rules(repeat_at_least_hours=9, repeat_at_most_hours=8), "không giờ nào vừa"),
        (Rules(repeat_at_least_hours=12), "phát lại sau 11,5 giờ"),
        (Rules(repeat_at_most_hours=36), "phát lại sau 59,5 giờ"),
        (Rules(weekly_minimum_at_peak=4), "khung giờ chỉ có 3 lượt một tuần"),
        (Rules(weekly_minimum_at_peak=1, earliest=time(6)), "giờ cao điểm nằm cả ngoài"),
        (Rules(language_minimum_per_week=9), "«Bản Mờ» chỉ có 6 lượt"),
    ],
)
def test_rules_that_cannot_be_kept_together_are_told(rules: Rules, told: str) -> None:
    found = [one for one in clashes(rules) if told in one.message]
    assert found
    assert found[0].rule == "contradiction"
    assert OWN_SOURCE in found[0].source
    assert found[0].mend


def test_a_profiles_cap_below_a_plans_minimum_names_both_sources() -> None:
    many = replace(PLAN, quotas=(Quota("xã", "phát", 5, "tuần", True, False, 9),))
    twice = Slot("toi", "Tối", time(19), 15, ("T2", "T4"))
    capped = replace(PROFILE, rules=Rules(max_airings_per_day=1))
    found = clashes(Rules(), many, profile=capped, slots=(*STATION.slots, twice))
    assert len(found) == 0
    more = replace(many, quotas=(Quota("xã", "phát", 6, "tuần", True, False, 9),))
    (one,) = clashes(Rules(), more, profile=capped, slots=(*STATION.slots, twice))
    assert "chỉ cho 5 lượt một tuần" in one.message
    assert "Tỉnh Thử: văn bản 1" in one.source
    assert "kế hoạch Tuyên truyền, dòng 9" in one.source


def test_the_quotas_of_all_plans_are_added() -> None:
    assert clashes(Rules(), PLAN) == []
    (one,) = clashes(Rules(), PLAN, replace(PLAN, id="q"))
    assert one.message.startswith("kế hoạch p, q cần 6 lượt một tuần vào giờ cao điểm")


def test_a_profile_from_before_the_new_communes_is_told_until_somebody_confirms_it() -> None:
    old = replace(PROFILE, year=2021, since=date(2021, 3, 12), rules=Rules())
    (found,) = clashes(Rules(profile="t"), profile=old)
    assert (found.rule, found.source) == ("profile-dated", "văn bản 1 (12/03/2021)")
    assert clashes(Rules(profile="t", sources={"profile": "Sở trả lời"}), profile=old) == []


def test_a_weeks_check_tells_the_contradictions_of_its_station_first() -> None:
    station = replace(STATION, rules=Rules(earliest=time(20), latest=time(6)))
    found = check_week(Week(WeekId(2026, 48)), station, {}, {}, ())
    assert found[0].rule == "contradiction"


@pytest.mark.parametrize("text", ["", "11:30", "11:30-", "11:30-11:30", "trưa", "25:00-26:00"])
def test_quiet_hours_that_are_none_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"viết như 11:30-13:30"):
        read_span(text)


GOOD = Airing("x", MONDAY, time(5, 30), 15, ("a", "b"), "sang", "Tên", script="k")
REPEAT = replace(GOOD, id="y", start=time(17), slot="chieu")


def found_rules(rules: Rules, *airings: Airing, near: tuple[Airing, ...] = ()) -> dict[str, str]:
    """Messages of the limits, by rule."""
    station = replace(STATION, rules=rules)
    found = check_week(Week(WeekId(2026, 48), airings), station, {}, {}, near)
    structural = {"unknown-script", "empty-slot", "wrong-day", "contradiction"}
    return {one.rule: one.message for one in found if one.rule not in structural}


@pytest.mark.parametrize(
    ("rules", "airings", "rule", "told"),
    [
        (Rules(weekdays=("T3",)), (GOOD,), "closed-day", "chỉ được phát T3"),
        (Rules(no_broadcast_days=(MONDAY,)), (GOOD,), "closed-day", "là ngày không phát"),
        (Rules(quiet_hours=("22:00-05:40",)), (GOOD,), "quiet-hours", "phạm giờ yên tĩnh"),
        (Rules(max_minutes_per_slot=14), (GOOD,), "slot-minutes", "nghe liền 15 phút, quá 14"),
        (Rules(max_airings_per_day=1), (GOOD, REPEAT), "day-airings", "nghe 2 lượt, quá 1"),
        (Rules(same_programme_after_hours=2),
         (GOOD, replace(GOOD, id="z", slot=None, start=time(7))), "same-programme",
         "sau 1 giờ 30"),
        (Rules(repeat_at_least_hours=12), (GOOD, REPEAT), "repeat-gap", "ít nhất 12 giờ"),
        (Rules(repeat_at_most_hours=11), (GOOD, REPEAT), "repeat-gap", "trong vòng 11 giờ"),
        (Rules(weekly_minimum_at_peak=2), (GOOD, REPEAT), "peak-minimum", "mới có 1 lượt"),
        (Rules(language_minimum_per_week=1), (GOOD,), "language-minimum", "bằng tiếng Thái"),
        (Rules(), (replace(GOOD, slot=None, start=time(5, 20), minutes=5),), "early",
         "không phải quy định pháp luật"),
    ],
)  # fmt: skip
def test_each_further_limit_is_checked(
    rules: Rules, airings: tuple[Airing, ...], rule: str, told: str
) -> None:
    found = found_rules(rules, *airings)
    assert list(found) == [rule]
    assert told in found[rule]


def test_a_repeat_is_no_programme_heard_again_too_soon() -> None:
    assert found_rules(Rules(same_programme_after_hours=24), GOOD, REPEAT) == {}


def test_limits_that_are_kept_are_silent() -> None:
    kept = Rules(
        weekdays=("T2",), quiet_hours=("11:00-13:00",), max_minutes_per_slot=15,
        max_airings_per_day=2, same_programme_after_hours=11, repeat_at_least_hours=11,
        repeat_at_most_hours=12, weekly_minimum_at_peak=1,
    )  # fmt: skip
    assert found_rules(kept, GOOD, REPEAT) == {}


def test_an_urgent_bulletin_is_kept_from_no_hour_and_no_day() -> None:
    rules = Rules(weekdays=("T3",), quiet_hours=("05:00-06:00",), no_broadcast_days=(MONDAY,))
    assert found_rules(rules, replace(GOOD, level="khẩn cấp")) == {}


def test_the_last_week_is_looked_at_for_what_is_heard_again() -> None:
    sunday = replace(GOOD, id="v", slot=None, day=date(2026, 11, 22), start=time(21))
    found = found_rules(Rules(same_programme_after_hours=10), GOOD, near=(sunday,))
    assert list(found) == ["same-programme"]
