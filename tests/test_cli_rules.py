"""`broadcast rules`, a year's check, and what is exported where something gives way."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from broadcast.domain.week import WeekId
from broadcast.store.profiles import profiles
from broadcast.store.workspace import Workspace
from broadcast.workflow.handing_out import airings_for
from broadcast.workflow.weeks import view_week

from .helpers import WEEK, airings, done, edit, run

RULES = "rules:\n"


def test_each_rule_in_force_is_listed_with_its_source(sample: Path) -> None:
    listed = done("rules", "list", "--json", cwd=sample).json()
    assert {one["rule"]: one["from"] for one in listed["rules"]} == {
        "earliest": "phần mềm",
        "latest": "phần mềm",
        "max_minutes_per_day": "phần mềm",
        "repeat_after_days": "phần mềm",
        "warn_before": "phần mềm",
        "weekly-minimum": "kế hoạch",
    }
    assert (listed["findings"], listed["profile"]) == ([], None)
    assert "không phát trước" in done("rules", cwd=sample).out


def test_a_profile_lends_its_rules_and_says_that_it_is_dated(sample: Path) -> None:
    edit(sample / "schedules/station.yaml", RULES, f"{RULES}  profile: ha-noi-noi-thanh-2021\n")
    result = run("rules", "list", "--json", cwd=sample)
    listed = {one["rule"]: one for one in result.json()["rules"]}
    assert listed["max_minutes_per_slot"]["value"] == 15
    assert listed["weekdays"]["value"] == ["T2", "T3", "T4", "T5", "T6"]
    assert listed["weekdays"]["dated"] == "12/03/2021"
    rules = {one["rule"] for one in result.json()["findings"]}
    assert (result.status, rules) == (3, {"profile-dated", "contradiction"})
    assert "profile-dated" in {
        one["rule"] for one in run("week", "check", WEEK, "--json", cwd=sample).json()["findings"]
    }
    assert any("1/7/2025" in line for line in done("station", "show", cwd=sample).lines)


def test_the_shipped_profiles_say_where_they_are_from_and_how_sure_it_is(sample: Path) -> None:
    listed = done("rules", "profiles", "--json", cwd=sample).json()
    assert [one["id"] for one in listed] == list(profiles())
    for one in listed:
        assert one["rules"]
        assert one["url"].startswith("https://")
        assert one["certainty"]
        assert str(one["year"]) in one["id"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ("profile: ha-noi", "ha-noi-noi-thanh-2021"),
        ("quiet_hours: [trưa]", "viết như 11:30-13:30"),
        ("weekdays: [T9]", "T9"),
        ("max_airings_per_day: 0", "quá nhỏ"),
        ("sources: {earlyest: quy chế}", "earliest"),
    ],
)
def test_a_rule_that_is_written_wrongly_is_told_with_its_line(
    sample: Path, wrong: str, told: str
) -> None:
    path = sample / "schedules/station.yaml"
    edit(path, RULES, f"{RULES}  {wrong}\n")
    line = path.read_text(encoding="utf-8").splitlines().index(f"  {wrong}") + 1
    result = run("rules", cwd=sample)
    assert result.status == 1
    assert f"schedules/station.yaml:{line}" in result.err
    assert told in result.err


def test_a_year_is_checked_at_once_and_a_broken_week_does_not_hide_the_others(
    sample: Path,
) -> None:
    for source, target in ((WEEK, "2026-W50"), (WEEK, "2026-W53")):
        done("week", "copy", source, target, cwd=sample)
    result = run("week", "check", "2026", "--json", cwd=sample)
    assert [one["week"] for one in result.json()["weeks"]] == [WEEK, "2026-W50", "2026-W53"]
    assert result.status == 3
    edit(sample / "schedules/2026-W50.yaml", "minutes: 15", "minutes: dài")
    result = run("week", "check", "2026-W48..W53", cwd=sample)
    assert result.status == 1
    assert "2026-W50.yaml" in result.err
    assert "Đã kiểm tra 2 tuần" in result.err


def test_a_stretch_without_a_file_and_one_that_is_none_are_told(sample: Path) -> None:
    assert run("week", "check", "2031", cwd=sample).status == 1
    assert run("week", "check", "2026-W50..2026-W48", cwd=sample).status == 2


def test_weeks_are_read_as_a_year_a_stretch_or_one() -> None:
    today = date(2026, 11, 25)
    assert len(WeekId.parse_many("2026", today)) == 53
    assert len(WeekId.parse_many("2025", today)) == 52
    assert WeekId.parse_many("this", today) == (WeekId(2026, 48),)
    turn = WeekId.parse_many("2026-W53..2027-W01", today)
    assert turn == (WeekId(2026, 53), WeekId(2027, 1))


def test_what_gives_way_is_not_handed_out_where_it_is_not_heard(sample: Path) -> None:
    first = airings(sample)[0]
    at = ("--day", first["day"], "--start", first["start"], "--minutes", "5")
    urgent = ("--level", "khẩn cấp", "--zone", "ban-lan", "--title", "Báo lũ")
    done("week", "add", WEEK, *at, *urgent, cwd=sample)
    view = view_week(Workspace(sample), WeekId(2026, 48))
    given = {one.id: one.zones for one in airings_for(view, ())}
    assert given[first["id"]] == tuple(zone for zone in first["zones"] if zone != "ban-lan")
    lan = [zone for zone in view.station.zones if zone.id == "ban-lan"]
    assert first["id"] not in {one.id for one in airings_for(view, lan)}


def test_what_gives_way_is_made_up_for_by_one_command(sample: Path) -> None:
    first = airings(sample)[0]
    at = ("--day", first["day"], "--start", first["start"], "--minutes", "5")
    done("week", "add", WEEK, *at, "--level", "khẩn cấp", "--title", "Báo lũ", cwd=sample)
    result = done("week", "mend", WEEK, "gives-way", cwd=sample)
    assert "nhường lượt phát" in result.err
    left = run("week", "check", WEEK, "--json", cwd=sample).json()["findings"]
    assert {one["rule"] for one in left}.isdisjoint({"gives-way", "overlap"})
    (moved,) = [one for one in airings(sample) if one["id"] == first["id"]]
    assert (moved["day"], moved["start"]) != (first["day"], first["start"])
    assert run("week", "mend", WEEK, "overlap", cwd=sample).status == 1
