"""What is in the way of an airing, and the ways out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from broadcast.domain.collisions import CollisionError, WayOut, collisions, put, ways_out
from broadcast.domain.days import SpecialDay
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.week_edit import standing_in
from broadcast.errors import InputError

MONDAY, TUESDAY, WEDNESDAY = date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 25)
STATION = Station(
    "s",
    "Đài",
    "Suối Hoa",
    zones=(Zone("a", "Bản A"), Zone("b", "Bản B"), Zone("c", "Bản C")),
    slots=(
        Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T3", "T4")),
        Slot("muon", "Muộn", time(23, 50), 20, ("T2", "CN")),
    ),
)
THERE = Airing("x", MONDAY, time(5, 30), 15, ("a", "b", "c"), "sang", "Tin cũ")
WEEK = Week(WeekId(2026, 48), (THERE,))
NEW = Airing("", MONDAY, time(5, 30), 15, ("a", "b", "c"), "sang", "Tin mới")


def make(day: date, slot: str) -> Airing:
    return standing_in(NEW, STATION, day, slot)


def test_an_airing_in_other_zones_is_not_in_the_way() -> None:
    week = Week(WEEK.id, (replace(THERE, zones=("a",)),))
    assert collisions(week, replace(NEW, zones=("b", "c")), ()) == []
    (found,) = collisions(week, NEW, ())
    assert found.zones == ("a",)
    assert str(found) == "T2 23/11 05:30-05:45 «Tin cũ» (a)"


def test_a_closed_day_and_forbidden_hours_are_no_way_out() -> None:
    """The slot late on Monday is past the hours of broadcast; Tuesday is a holiday."""
    days = {TUESDAY: SpecialDay(TUESDAY, "Tết", "lễ", closed=True)}
    way, *_ = ways_out(WEEK, STATION, make(MONDAY, "sang"), make, (), days=days)
    assert (way.kind, way.day) == ("next-slot", WEDNESDAY)


def test_the_ways_out_are_the_next_free_slot_replacing_and_sharing_the_zones() -> None:
    ways = ways_out(WEEK, STATION, make(MONDAY, "sang"), make, ())
    assert [(way.kind, way.day, way.zones) for way in ways] == [
        ("next-slot", TUESDAY, ("a", "b", "c")),
        ("replace", MONDAY, ("a", "b", "c")),
        ("split", MONDAY, ("c",)),
    ]
    assert [way.label for way in ways] == [
        "đặt vào khung giờ trống gần nhất: T3 24/11 05:30 (Sáng)",
        "thay «Tin cũ» chỉ lần này",
        "chia cụm loa: lượt mới chỉ phát ở Bản C",
    ]


def test_zones_that_only_the_newcomer_wants_are_its_share() -> None:
    week = Week(WEEK.id, (replace(THERE, zones=("a", "b")),))
    (split,) = [w for w in ways_out(week, STATION, NEW, make, ()) if w.kind == "split"]
    after, newcomer = put(week, STATION, make, split, [])
    assert newcomer.zones == ("c",)
    assert after.airing("x") == week.airings[0]


def test_a_split_leaves_the_other_its_remaining_zones() -> None:
    way = WayOut("split", "", MONDAY, "sang", ("b",))
    after, newcomer = put(WEEK, STATION, make, way, [])
    assert newcomer.zones == ("b",)
    assert after.airing("x") == replace(THERE, zones=("a", "c"))


def test_a_split_that_leaves_the_other_nothing_is_refused() -> None:
    way = WayOut("split", "", MONDAY, "sang", ("a", "b", "c"))
    with pytest.raises(InputError):
        put(WEEK, STATION, make, way, [])


def test_where_there_is_one_zone_nothing_is_shared() -> None:
    station = replace(STATION, zones=STATION.zones[:1])
    week = Week(WEEK.id, (replace(THERE, zones=("a",)),))
    newcomer = replace(NEW, zones=("a",))
    kinds = [way.kind for way in ways_out(week, station, newcomer, make, ())]
    assert kinds == ["next-slot", "replace"]


def test_a_replaced_airing_is_gone_and_its_id_is_not_given_again() -> None:
    way = WayOut("replace", "", MONDAY, "sang", ("a", "b", "c"))
    week = Week(WEEK.id, (replace(THERE, id="2026-11-23-sang"),))
    after, newcomer = put(week, STATION, make, way, [])
    assert [a.title for a in after.airings] == ["Tin mới"]
    assert newcomer.id == "2026-11-23-sang-2"


def test_an_airing_of_another_week_is_in_the_way_but_stays() -> None:
    sunday = date(2026, 11, 22)
    late = Airing("y", sunday, time(23, 50), 400, ("a",), None, "Trực đêm")
    (found,) = collisions(WEEK, replace(NEW, day=MONDAY), [late])[:1]
    assert (found.airing, found.own) == (late, False)
    kinds = [way.kind for way in ways_out(Week(WEEK.id), STATION, NEW, make, [late])]
    assert kinds == ["next-slot"]
    with pytest.raises(CollisionError):
        put(WEEK, STATION, make, WayOut("replace", "", MONDAY, "sang", ("a",)), [late])


def test_a_full_week_offers_no_other_slot() -> None:
    full = [THERE, replace(THERE, id="t", day=TUESDAY), replace(THERE, id="w", day=WEDNESDAY)]
    full += [replace(THERE, id=f"m{n}", day=day, start=time(23, 50), slot="muon")
             for n, day in enumerate((MONDAY, date(2026, 11, 29)))]  # fmt: skip
    kinds = [way.kind for way in ways_out(Week(WEEK.id, tuple(full)), STATION, NEW, make, ())]
    assert "next-slot" not in kinds


def test_a_slot_that_has_filled_up_meanwhile_is_refused() -> None:
    way = WayOut("next-slot", "", MONDAY, "sang", ("a", "b", "c"))
    with pytest.raises(CollisionError) as caught:
        put(WEEK, STATION, make, way, [])
    assert caught.value.mend
