"""Closed days and days with their own programme, whatever days they are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, time

from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.calendar_math import occupant, places
from broadcast.domain.days import SpecialDay
from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import fill
from broadcast.domain.rules import check_week
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.wording import DAYS

WEEK = WeekId(2026, 48)
STATION = Station(
    "s",
    "Đài",
    "xã",
    zones=(Zone("z", "Z"),),
    slots=(
        Slot("sang", "Sáng", time(5, 30), 15, DAYS, peak=True),
        Slot("chieu", "Chiều", time(17, 0), 15, ("T2", "T4", "CN")),
    ),
)
PLAN = Plan("p", topics=(Topic("I.1", "Một"), Topic("I.2", "Hai")))


def special(day: date, way: str) -> SpecialDay:
    programme = "Chương trình hội" if way == "riêng" else ""
    return SpecialDay(day, "Hội", closed=way == "nghỉ", programme=programme)


WAYS = st.dictionaries(
    st.sampled_from(WEEK.days()), st.sampled_from(["nghỉ", "riêng", "thường"])
).map(lambda ways: {day: special(day, way) for day, way in ways.items()})
PLACES = st.none() | st.sets(
    st.tuples(st.sampled_from(WEEK.days()), st.sampled_from(["sang", "chieu"]))
)


@given(WAYS, PLACES)
def test_each_day_gets_what_it_is_for(
    days: Mapping[date, SpecialDay], only: set[tuple[date, str]] | None
) -> None:
    done = fill(Week(WEEK), STATION, [PLAN], [], only=only, days=days)
    filled = {(a.day, a.slot): a for a in done.week.airings}
    for place in places(WEEK, STATION):
        at = (place.day, place.slot.id)
        there, about = filled.get(at), days.get(place.day)
        if (only is not None and at not in only) or (about and about.closed):
            assert there is None
        elif about and about.programme:
            assert there is not None
            assert (there.title, there.topic) == ("Chương trình hội", None)
        else:
            assert there is not None
            assert there.topic is not None
    again = fill(done.week, STATION, [PLAN], [], only=only, days=days)
    assert (again.week, again.added) == (done.week, ())


@given(WAYS)
def test_a_filled_week_has_no_finding_about_its_days(days: Mapping[date, SpecialDay]) -> None:
    week = fill(Week(WEEK), STATION, [PLAN], [], days=days).week
    rules = {one.rule for one in check_week(week, STATION, {"p": PLAN}, {}, (), days=days)}
    assert not rules & {"closed-day", "empty-slot", "overlap"}


def test_what_sounds_over_a_slot_keeps_the_days_programme_out() -> None:
    monday = WEEK.days()[0]
    over = Airing("bao", monday, time(5, 40), 20, ("z",), title="Tin bão", level="khẩn cấp")
    days = {monday: special(monday, "riêng")}
    done = fill(Week(WEEK, (over,)), STATION, [PLAN], [], days=days)
    assert [airing.slot for airing in done.added if airing.day == monday] == ["chieu"]
    assert occupant(places(WEEK, STATION)[0], done.week.airings) == over


def test_a_note_is_told_once_for_each_closed_day_that_was_to_be_filled() -> None:
    monday, tuesday, *_ = WEEK.days()
    days = {day: special(day, "nghỉ") for day in (monday, tuesday)}
    notes = fill(Week(WEEK), STATION, [PLAN], [], days=days).notes
    assert [(one.rule, one.day) for one in notes] == [
        ("closed-day", monday),
        ("closed-day", tuesday),
    ]
    assert notes[0].message == "T2 23/11 (Hội): ngày nghỉ, không xếp"
