"""`broadcast duties`: shown, recorded as done, taken back; and the reminders of a week."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from broadcast.domain.periods import quarter
from broadcast.domain.week import WeekId
from broadcast.store.workspace import Workspace
from broadcast.workflow.airing_log import Told, log_day
from broadcast.workflow.desk import Desk
from broadcast.workflow.duties import duties_view

from .helpers import APPROVED_AT, PLAN, WEEK, done, edit, run

TODAY = APPROVED_AT.date()
OWED = 2
"""Airings a week at peak that the plan asks for; the sample's week has one more."""


def shown(root: Path, period: str = "2026-Q4") -> dict[str, Any]:
    found: dict[str, Any] = done("duties", "show", "--period", period, "--json", cwd=root).json()
    return found


def test_what_is_owed_done_and_missing_is_shown_of_each_unit(sample: Path) -> None:
    text = done("duties", "show", PLAN, "--period", "2026-Q4", cwd=sample).out
    assert "C2  Phòng Văn hóa - Xã hội: ít nhất 3 tin, bài/quý" in text
    assert "phải 3 · đã 0 · còn thiếu 3" in text
    assert "B1:2026-Q4  31/12/2026  Báo cáo quý IV năm 2026 gửi UBND xã" in text
    assert "mặc định của phần mềm" in text


def test_what_is_recorded_counts_and_can_be_taken_back(sample: Path) -> None:
    item = done("duties", "done", PLAN, "c2", "--day", "2026-11-20", "--title", "Nụ cười một cửa",
                "--link", "trang xã", cwd=sample).lines[0]  # fmt: skip
    assert item == "2026-11-20-1"
    quota = shown(sample)["quotas"][1]
    assert (quota["owed"], quota["done"], quota["missing"]) == (3, 1, 2)
    assert [one["title"] for one in quota["items"]] == ["Nụ cười một cửa"]
    assert shown(sample, "2026-Q3")["quotas"][1]["done"] == 0
    done("duties", "undo", item, cwd=sample)
    assert shown(sample)["quotas"][1]["done"] == 0
    again = run("duties", "undo", item, cwd=sample)
    assert (again.status, "không có việc 2026-11-20-1" in again.err) == (1, True)


def test_a_deadline_over_is_told_until_it_is_recorded(sample: Path) -> None:
    (late,) = [one for one in shown(sample)["overdue"] if one["kind"] == "thời hạn"]
    assert (late["id"], late["due"]) == ("H1", "2026-02-15")
    done("duties", "done", PLAN, "H1", "--day", "2026-02-10", cwd=sample)
    assert "H1" not in {one["id"] for one in shown(sample)["overdue"]}
    twice = run("duties", "done", PLAN, "H1", cwd=sample)
    assert "H1 đã ghi là xong ngày 10/02/2026" in twice.err


def test_a_report_is_recorded_for_its_period(sample: Path) -> None:
    done("duties", "done", PLAN, "B1:2026-q4", "--title", "Số 12/BC", cwd=sample)
    reports = {one["id"]: one["done"] for one in shown(sample)["dated"]}
    assert reports["B1:2026-Q4"]["title"] == "Số 12/BC"
    assert reports["B1:2026"] is None


@pytest.mark.parametrize(
    ("which", "told"),
    [
        ("C1", "C1 là chỉ tiêu lượt phát"),
        ("C9", "không có C9"),
        ("B1", "đang có: B1:2026-Q1"),
        ("B1:2031-Q1", "không có B1:2031-Q1"),
        ("xong", "«xong» không phải là mã"),
    ],
)
def test_what_is_no_duty_to_record_is_refused(sample: Path, which: str, told: str) -> None:
    result = run("duties", "done", PLAN, which, cwd=sample)
    assert (result.status, told in result.err) == (1, True), result.err
    assert not (sample / "schedules/duties.yaml").exists()


def test_comments_in_the_file_of_what_is_done_survive(sample: Path) -> None:
    done("duties", "done", PLAN, "C2", "--day", "2026-11-20", cwd=sample)
    path = sample / "schedules/duties.yaml"
    edit(path, "done:\n", "# sổ của tôi\ndone:\n")
    done("duties", "done", PLAN, "C2", "--day", "2026-11-20", cwd=sample)
    assert "# sổ của tôi" in path.read_text("utf-8")
    assert shown(sample)["quotas"][1]["done"] == 2


def test_a_damaged_file_of_what_is_done_is_told_with_its_line(sample: Path) -> None:
    path = sample / "schedules/duties.yaml"
    path.write_text("done:\n  - id: a\n    plan: p\n    kind: tin\n", "utf-8")
    result = run("duties", "show", cwd=sample)
    assert result.status == 1
    assert "schedules/duties.yaml:4" in result.err
    week = done("week", "show", WEEK, "--json", cwd=sample).json()
    assert [one["rule"] for one in week["findings"]][-1] == "duties-unread"
    assert len(week["airings"]) == 6


def test_airings_are_done_when_the_log_says_that_they_were_heard(sample: Path) -> None:
    desk = Desk(Workspace(sample))
    before = APPROVED_AT - timedelta(days=7)
    ahead = duties_view(desk, PLAN, quarter(2026, 4), before).duties.quotas[0]
    assert (ahead.done, ahead.unlogged, ahead.planned) == (0, 0, OWED)
    after = APPROVED_AT + timedelta(days=7)
    over = duties_view(desk, PLAN, quarter(2026, 4), after).duties.quotas[0]
    assert (over.done, over.unlogged, over.planned) == (0, OWED, 0)
    first, second, _ = (
        a
        for a in desk.week(WeekId.parse(WEEK, TODAY)).airings
        if a.plan == PLAN and a.slot == "sang"
    )
    log_day(desk, first.day, by="Lò Thị Thử", now=after)
    silent = Told(second.id, "không phát", reason="mất điện")
    log_day(desk, second.day, [silent], by="Lò Thị Thử", now=after)
    logged = duties_view(desk, PLAN, quarter(2026, 4), after).duties.quotas[0]
    assert (logged.done, logged.unlogged, logged.planned) == (1, 1, 0)


def test_a_week_reminds_of_deadlines_and_reports(sample: Path) -> None:
    done("week", "fill", "2026-W52", cwd=sample)
    reminded = done("week", "show", "2026-W52", "--json", cwd=sample).json()["reminders"]
    assert {(one["day"], one["kind"]) for one in reminded} == {
        ("2026-12-31", "báo cáo"),
        ("2026-12-31", "chỉ tiêu"),
    }
    text = done("week", "show", "2026-W52", cwd=sample).out
    assert "T5 31/12  báo cáo: Báo cáo năm 2026 gửi UBND xã (Phòng Văn hóa - Xã hội)" in text
    for period in ("2026-Q4", "2026"):
        done("duties", "done", PLAN, f"B1:{period}", cwd=sample)
    reminded = done("week", "show", "2026-W52", "--json", cwd=sample).json()["reminders"]
    assert {one["kind"] for one in reminded} == {"chỉ tiêu"}


def test_without_a_plan_there_is_nothing_to_count(station: Path) -> None:
    result = run("duties", "show", cwd=station)
    assert (result.status, "chưa có kế hoạch nào" in result.err) == (1, True)
