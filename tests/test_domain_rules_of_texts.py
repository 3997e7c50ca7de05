"""What a week has that people heard too lately, and what it waits for in other languages."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.rotation import QUIET_DAYS, Heard, Hearing
from broadcast.domain.rules import Paired, ScriptInfo, check_week
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Airing, Finding, Week, WeekId
from broadcast.domain.wording import day_text

WEEK = WeekId(2026, 48)
MONDAY = WEEK.days()[0]
THAI = ("Tiếng Việt", "Tiếng Thái")
STATION = Station(
    "dai", "Đài", "xã Suối Hoa",
    zones=(Zone("lan", "Bản Lạn", THAI), Zone("hoc", "Bản Học", THAI), Zone("cho", "Khu chợ")),
    slots=(Slot("lai", "Phát lại", time(17), 15, ("T2", "T3"), repeats="sang"),),
)  # fmt: skip


def airing(script: str, day: int = 0, zones: tuple[str, ...] = ("cho",), **more: str) -> Airing:
    return Airing(
        f"{script}-{day}", MONDAY + timedelta(day), time(17), 15, zones, more.get("slot"),
        title=script.upper(), script=script,
    )  # fmt: skip


def told(script: str, *pieces: str, **recordings: Paired) -> dict[str, ScriptInfo]:
    return {script: ScriptInfo("đã duyệt", 60.0, 0, recordings=recordings, pieces=pieces)}


def found(
    rule: str, airings: list[Airing], scripts: dict[str, ScriptInfo], heard: Heard | None = None,
    *, each: bool = False,
) -> list[Finding]:  # fmt: skip
    week = Week(WEEK, tuple(airings))
    every = check_week(week, STATION, {}, scripts, (), heard=heard, each=each)
    return [one for one in every if one.rule == rule]


@given(apart=st.integers(1, 60), zone=st.sampled_from(["cho", "lan"]))
def test_a_piece_is_told_of_if_a_listener_hears_it_within_four_weeks(apart: int, zone: str) -> None:
    day = MONDAY - timedelta(apart)
    heard = {"bai": [Hearing(day, frozenset([zone]))]}
    findings = found("repeat", [airing("a")], told("a", "bai"), heard)
    if apart < QUIET_DAYS and zone == "cho":
        (one,) = findings
        assert (one.airing, day_text(day) in one.message, "«A»" in one.message) == (
            "a-0", True, True,
        )  # fmt: skip
    else:
        assert findings == []


def test_two_scripts_of_a_week_with_one_piece_are_told_of_and_one_that_airs_twice_is_not() -> None:
    scripts = told("a", "bai") | told("b", "bai") | told("c", "khac")
    twice = [airing("c"), airing("c", 2)]
    assert found("repeat", twice, scripts) == []
    findings = found("repeat", [*twice, airing("a", 1), airing("b", 3)], scripts)
    assert [one.airing for one in findings] == ["a-1", "b-3"]


def test_a_slot_that_repeats_a_programme_is_meant_to() -> None:
    heard = {"bai": [Hearing(MONDAY - timedelta(1), frozenset(["cho"]))]}
    assert found("repeat", [airing("a", slot="lai")], told("a", "bai"), heard) == []


def test_own_sentences_are_edited_before_they_go_on_air_again() -> None:
    heard = {"ke-hoach:II.1": [Hearing(MONDAY - timedelta(1), frozenset(["cho"]))]}
    assert found("repeat", [airing("a")], told("a"), heard) == []


def test_a_zone_that_waits_for_several_recordings_is_told_of_once() -> None:
    airings = [airing("a", 0, ("lan", "hoc")), airing("b", 1, ("lan",)), airing("a", 2, ("lan",))]
    scripts = told("a") | told("b")
    assert [(f.message, f.airing) for f in found("no-recording", airings, scripts)] == [
        ("Bản Học: chưa có bản ghi âm tiếng Thái", "a-0"),
        ("Bản Lạn: chưa có bản ghi âm tiếng Thái (2 bài)", "a-0"),
    ]
    each = found("no-recording", airings, scripts, each=True)
    assert [(f.message.partition(":")[0], f.airing) for f in each] == [
        ("Bản Học", "a-0"), ("Bản Lạn", "a-0"), ("Bản Lạn", "b-1"),
    ]  # fmt: skip
    assert all("broadcast script pair" in f.mend for f in each)


def test_recordings_that_wait_for_different_things_are_told_of_apart() -> None:
    scripts = told("a") | told("b") | told("c") | told("d")
    waits = Paired("chưa duyệt", 30.0)
    scripts |= {one: replace(scripts[one], recordings={"thái": waits}) for one in ("c", "d")}
    airings = [airing(one, day, ("lan",)) for day, one in enumerate("abcd")]
    assert [f.message for f in found("no-recording", airings, scripts)] == [
        "Bản Lạn: chưa có bản ghi âm tiếng Thái (2 bài)"
    ]
    assert [f.message for f in found("recording-waits", airings, scripts)] == [
        "Bản Lạn: bản ghi âm tiếng Thái chưa được duyệt (2 bài)"
    ]
