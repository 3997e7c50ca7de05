"""Changing a week by commands."""

from __future__ import annotations

from pathlib import Path

from .helpers import WEEK, airings, done, run


def test_an_airing_is_given_a_script_that_is_there(sample: Path) -> None:
    script = done("script", "new", "Thông báo cắt điện", cwd=sample).lines[0]
    first = airings(sample)[0]["id"]
    done("week", "set", WEEK, first, "--script", script, cwd=sample)
    assert (airings(sample)[0]["script"], airings(sample)[0]["title"]) == (
        script,
        "Thông báo cắt điện",
    )


def test_a_script_that_is_not_there_changes_nothing(sample: Path) -> None:
    before = (sample / f"schedules/{WEEK}.yaml").read_bytes()
    result = run("week", "set", WEEK, airings(sample)[0]["id"], "--script", "khong-co", cwd=sample)
    assert (result.status, "Không có kịch bản khong-co" in result.err) == (1, True)
    assert (sample / f"schedules/{WEEK}.yaml").read_bytes() == before


def test_an_airing_outside_every_plan_is_told_how_it_gets_a_script(sample: Path) -> None:
    added = done(
        "week", "add", WEEK, "--day", "2026-11-28", "--slot", "sang", "--start", "09:00", cwd=sample
    )
    told = run("week", "check", WEEK, cwd=sample)
    assert f"broadcast week set {WEEK} {added.lines[0]} --script" in told.out
