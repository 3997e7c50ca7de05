"""Reports: whichever way airings are counted, the sums are the same."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.log import Evidence, Heard, as_planned
from broadcast.domain.periods import Period, read_period
from broadcast.domain.plan import Plan, Quota, Topic
from broadcast.domain.report import OUTSIDE, Counted, Report, ReportRow, Tally, report
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import VIETNAM, Airing
from broadcast.domain.wording import DAYS

from .log_examples import ZONES, airing, airings, entry, heard_in, line

STATION = Station(
    id="dai",
    name="Đài",
    commune="xã Thử",
    zones=tuple(Zone(one, one.title()) for one in ZONES),
    slots=(
        Slot("sang", "Sáng", time(5, 30), 15, DAYS, peak=True),
        Slot("chieu", "Chiều", time(17), 15, ("T2",), language="Tiếng Thái"),
    ),
)
PLAN = Plan(
    id="ke-hoach",
    year=2026,
    topics=(Topic("I.1", "Một"), Topic("I.2", "Hai", also=("II.đ",)), Topic("I.3", "Ba")),
    quotas=(
        Quota("Đài", "phát", 2, "tuần", at_least=True, peak=True),
        Quota("Văn phòng", "tin, bài", 3, "quý"),
    ),
)
NOVEMBER = read_period("2026-11")
AFTER = datetime(2027, 1, 4, 8, tzinfo=VIETNAM)
SUMMED = [one.name for one in fields(Tally) if one.name != "airings"]


@st.composite
def rows(draw: st.DrawFn) -> list[ReportRow]:
    """Airings of a month, each logged somehow or not at all."""
    planned = draw(st.lists(airings(), max_size=8, unique_by=lambda one: one.id))
    return [_row(draw, one, n) for n, one in enumerate(planned, 1)]


def _row(draw: st.DrawFn, of: Airing, number: int) -> ReportRow:
    if draw(st.booleans()):
        return ReportRow(of)
    evidence = Evidence(languages={of.zones[0]: "tiếng Thái"} if draw(st.booleans()) else {})
    told = replace(entry(of), heard=draw(heard_in(of)), evidence=evidence)
    return ReportRow(of, line(told, number))


def made(of: list[ReportRow], period: Period = NOVEMBER, now: datetime = AFTER) -> Report:
    return report(period, of, station=STATION, plans=[PLAN], now=now)


def sums(lines: tuple[Counted, ...], names: list[str]) -> dict[str, int]:
    return {name: sum(getattr(one.tally, name) for one in lines) for name in names}


def totals(of: Report, names: list[str]) -> dict[str, int]:
    return {name: getattr(of.total, name) for name in names}


@given(of=rows())
@settings(max_examples=40)
def test_every_way_of_counting_has_the_same_sums(of: list[ReportRow]) -> None:
    told = made(of)
    for lines in (told.by_zone, told.by_topic, told.by_language, told.by_week, told.by_month):
        assert sums(lines, SUMMED) == totals(told, SUMMED)
    for lines in (told.by_topic, told.by_week, told.by_month):
        assert sums(lines, ["airings"]) == totals(told, ["airings"])


@given(of=rows())
@settings(max_examples=40)
def test_what_is_planned_is_heard_or_lost_or_not_logged(of: list[ReportRow]) -> None:
    total = made(of).total
    assert total.planned == total.heard + total.missed + total.unlogged
    assert total.minutes_planned == (
        total.minutes_heard + total.minutes_lost + total.minutes_unlogged
    )


@given(of=rows())
@settings(max_examples=40)
def test_incidents_and_reasons_lose_as_many_minutes_as_are_missing(of: list[ReportRow]) -> None:
    told = made(of)
    assert sum(one.lost for one in told.incidents) == told.total.minutes_lost
    assert sum(one.lost for one in told.reasons) == told.total.minutes_lost
    assert sum(one.incidents for one in told.reasons) == len(told.incidents)


@given(of=rows())
@settings(max_examples=40)
def test_topics_that_were_heard_are_those_that_were_counted(of: list[ReportRow]) -> None:
    told = made(of)
    heard = {f"{one.plan}:{one.path}" for one in told.topics if one.heard}
    assert heard == {one.key for one in told.by_topic if one.tally.heard} - {OUTSIDE}


def test_a_topic_joined_to_another_counts_for_that() -> None:
    told = made([ReportRow(airing(topic="II.đ"), line(entry(airing(topic="II.đ"))))])
    assert [one.heard for one in told.topics] == [0, 1, 0]


def test_an_airing_that_only_some_zones_heard_is_heard_there() -> None:
    of = airing()
    told = made([ReportRow(of, line(entry(of, Heard(ZONES[:1], "không phát", 0, 0, "mất điện"))))])
    assert [(one.key, one.tally.heard, one.tally.missed) for one in told.by_zone] == [
        ("trung-tam", 0, 1), ("ban-lan", 1, 0), ("ban-phieng", 1, 0),
    ]  # fmt: skip
    assert (told.incidents[0].lost, told.total.minutes_heard) == (15, 30)


def test_languages_are_those_that_were_logged_or_of_the_slot() -> None:
    thai = Evidence(languages={"ban-lan": "tiếng Việt, tiếng Thái"})
    evening = airing(date(2026, 11, 30), "chieu")
    told = made([ReportRow(airing(), line(entry(evidence=thai))), ReportRow(evening)])
    assert [(one.key, one.tally.planned) for one in told.by_language] == [
        ("tiếng Thái", 3), ("tiếng Việt", 2), ("tiếng Việt, tiếng Thái", 1),
    ]  # fmt: skip


def test_a_period_that_goes_on_counts_what_is_over() -> None:
    days = [date(2026, 11, 23) + timedelta(days=n) for n in range(4)]
    now = datetime(2026, 11, 25, 8, tzinfo=VIETNAM)
    told = made([ReportRow(airing(day)) for day in days], now=now)
    assert (told.total.airings, told.ahead, told.over, told.until) == (
        3, 1, False, date(2026, 11, 25),
    )  # fmt: skip


def test_weekly_quotas_count_what_was_heard_at_peak_in_whole_weeks() -> None:
    monday = date(2026, 11, 2)
    of = [airing(monday + timedelta(days=n)) for n in (0, 1, 7)]
    missed = replace(entry(of[1]), heard=(Heard(ZONES, "không phát", 0, 0, "mất điện"),))
    logged = [entry(of[0]), missed, entry(of[2])]
    unlogged = ReportRow(airing(monday + timedelta(days=8)))
    (told,) = made([*(ReportRow(one.airing, line(one)) for one in logged), unlogged]).duties
    done, _ = told.quotas
    # Thursdays of November 2026: 5, 12, 19 and 26.
    assert (done.quota.unit, done.owed, done.done, done.met) == ("Đài", 8, 2, 0)
    assert (done.unlogged, done.lost(AFTER.date())) == (1, 5)


def test_a_zone_that_is_told_nothing_of_heard_it_as_planned() -> None:
    assert entry().heard == (as_planned(airing()),)
