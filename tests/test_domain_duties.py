"""Quotas counted by period, deadlines and reports with their days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.counting import counted_as
from broadcast.domain.duties import (
    BY_DEFAULT,
    NO_DAY,
    Airings,
    DatedDuty,
    DoneItem,
    Duties,
    duties,
)
from broadcast.domain.periods import around, parts, quarter, read_period, whole_year
from broadcast.domain.plan import Deadline, Duty, Plan, Quota, Report
from broadcast.domain.reminders import SOON, reminders
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Airing, WeekId
from broadcast.intake.plan_parser import parse_plan
from broadcast.intake.readers import read_document

from .conftest import shared
from .helpers import PLAN_DOCUMENT

STATION = Station(
    "s",
    "Đài",
    "xã",
    zones=(Zone("z", "Z"),),
    slots=(Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4"), peak=True),),
)
ITEMS = Quota("Công an xã", "tin, bài về định danh", 2, "quý")
AIRED = Quota("Đài truyền thanh xã", "phát chuyên mục", 2, "tuần", peak=True)
PLAN = Plan("p", year=2026, quotas=(ITEMS, AIRED))
Q4 = quarter(2026, 4)


def airing(day: date, start: time = time(5, 30), plan: str = "p") -> Airing:
    return Airing(f"{day}-{start:%H%M}-{plan}", day, start, 15, ("z",), plan=plan)


def item(day: date, number: int = 1, quota: Quota = ITEMS) -> DoneItem:
    return DoneItem(f"{day}-{number}", "p", "chỉ tiêu", quota.unit, quota.what, day)


def found(plan: Plan = PLAN, period=Q4, airings: Airings = Airings(), done=()) -> Duties:  # noqa: B008
    return duties(plan, period, STATION, airings, done)


@pytest.mark.parametrize(
    ("unit", "what", "per", "by"),
    [
        ("Phòng Nội vụ", "tin bài về công tác chỉ đạo", "quý", "tin bài"),
        ("UBND xã", "tin/bài về kết quả; đăng Trang thông tin điện tử của huyện", "quý", "tin bài"),
        ("Trung tâm Văn hóa", "phát sóng định kỳ trên sóng phát thanh", "tuần", "lượt phát"),
        ("Công an xã", "tin, bài phát trên loa truyền thanh", "quý", "tin bài"),
        ("Đài truyền thanh xã", "tin, bài phát trên loa truyền thanh", "tháng", "lượt phát"),
        ("Đài truyền thanh xã", "bài đăng trang Zalo và phát trên loa", "tháng", "tin bài"),
        ("UBND xã", "lần tuyên truyền", "tuần", "lượt phát"),
        ("UBND xã", "cuộc họp dân ở mỗi bản", "quý", "việc khác"),
        ("Tổ công nghệ số", "buổi phát triển kỹ năng số", "quý", "việc khác"),
        ("Đoàn xã", "bài viết", "tuần", "tin bài"),
    ],
)
def test_the_words_and_the_unit_say_what_is_counted(
    unit: str, what: str, per: str, by: str
) -> None:
    counted = counted_as(unit, what, per)
    assert counted.by == by
    assert counted.why


def test_items_each_week_are_not_the_weekly_minimum_of_airings() -> None:
    posted = Quota("UBND xã", "tin, bài trên Trang thông tin điện tử", 5, "tuần")
    assert replace(PLAN, quotas=(posted, AIRED)).weekly_minimum() == AIRED
    assert replace(PLAN, quotas=(posted,)).weekly_minimum() is None


@pytest.mark.parametrize(
    ("text", "first", "last", "said"),
    [
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "quý IV năm 2026"),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        ("2026-9M", date(2026, 1, 1), date(2026, 9, 30), "9 tháng đầu năm 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2 năm 2028"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "tuần 53 năm 2026"),
    ],
)
def test_a_period_is_read_and_said(text: str, first: date, last: date, said: str) -> None:
    period = read_period(text)
    assert (period.first, period.last, period.text) == (first, last, said)


@pytest.mark.parametrize(
    "text", ["", "2026-Q5", "2026-13", "2025-W53", "quý 4", "2026-H3", "0000", "9999-W52"]
)
def test_what_is_no_period_says_how_they_are_written(text: str) -> None:
    with pytest.raises(ValueError, match="2026-Q4"):
        read_period(text)


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)), st.sampled_from(["tuần", "tháng", "quý"]))
def test_a_years_parts_follow_each_other_without_gap(day: date, per: str) -> None:
    found = parts(whole_year(day.year), per)
    for one, other in pairwise(found):
        assert other.first == one.last + timedelta(days=1)
    assert len(found) == {"tháng": 12, "quý": 4}.get(per, WeekId.of(date(day.year, 12, 28)).number)
    mine = around(day, per)
    assert mine is not None
    assert mine.has(day)


def test_an_items_quota_counts_what_is_recorded_in_its_quarter() -> None:
    done = [item(date(2026, 10, 5)), item(date(2026, 9, 30), 2), item(date(2027, 1, 2), 3)]
    (count, _) = found(done=done).quotas
    assert (count.owed, count.done, count.missing) == (2, 1, 1)
    assert [one.day for one in count.items] == [date(2026, 10, 5)]
    assert count.days_left(date(2026, 12, 1)) == 30
    assert (count.lost(date(2026, 12, 31)), count.lost(date(2027, 1, 1))) == (0, 1)


def test_a_surplus_in_one_quarter_does_not_pay_for_another() -> None:
    done = [item(date(2026, 2, n), n) for n in range(1, 6)]
    (count, _) = found(period=whole_year(2026), done=done).quotas
    assert (count.owed, count.done, count.missing) == (8, 2, 6)


def test_airings_count_apart_from_items_and_only_at_the_peak() -> None:
    monday = date(2026, 11, 23)
    heard = (airing(monday), airing(monday, time(9, 0)), airing(monday, plan="khác"))
    planned = (airing(date(2026, 11, 25)),)
    items, airings = found(period=read_period("2026-W48"), airings=Airings(heard, planned)).quotas
    assert (airings.owed, airings.done, airings.missing, airings.planned) == (2, 1, 1, 1)
    assert items.done == 0


def test_nothing_is_owed_outside_the_plans_year() -> None:
    (items, airings) = found(period=quarter(2027, 1)).quotas
    assert (items.parts, airings.parts) == ((), ())


def dated(plan: Plan, period=Q4, done=()) -> tuple[DatedDuty, ...]:
    return found(replace(plan, quotas=()), period, done=done).dated


def test_reports_without_a_day_are_due_on_the_last_of_their_period_and_say_so() -> None:
    report = Report("Phòng VH", "UBND xã", ("quý", "6 tháng", "9 tháng", "năm"), 9)
    found = dated(Plan("p", year=2026, reporting=(report,)), whole_year(2026))
    assert [(one.period, one.due) for one in found] == [
        ("2026-Q1", date(2026, 3, 31)),
        ("2026-Q2", date(2026, 6, 30)),
        ("2026-H1", date(2026, 6, 30)),
        ("2026-Q3", date(2026, 9, 30)),
        ("2026-9M", date(2026, 9, 30)),
        ("2026-Q4", date(2026, 12, 31)),
        ("2026", date(2026, 12, 31)),
    ]
    assert {one.why for one in found} == {BY_DEFAULT}
    assert found[0].what == "Báo cáo quý I năm 2026 gửi UBND xã"


def test_a_day_of_the_closing_month_is_taken_from_the_reports_own_paragraph() -> None:
    text = "Báo cáo quý về Phòng Nội vụ trước ngày 15 của tháng cuối quý."
    elsewhere = Duty("A", "báo cáo trước ngày 2 tháng cuối quý", line=8)
    plan = Plan(
        "p",
        year=2026,
        reporting=(Report("A", "B", ("quý",), 9),),
        duties=(elsewhere, Duty("A", text, line=9)),
    )
    (report,) = dated(plan)
    assert (report.due, report.why.startswith("kế hoạch ghi «trước ngày 15")) == (
        date(2026, 12, 15),
        True,
    )


def test_a_day_of_the_following_month_is_found_in_its_period() -> None:
    text = "Gửi báo cáo tháng chậm nhất ngày 05 tháng sau."
    plan = Plan("p", year=2026, reporting=(Report("A", "B", ("tháng",), 9),),
                duties=(Duty("A", text, line=9),))  # fmt: skip
    days = [one.due for one in dated(plan, read_period("2026-11"))]
    assert days == [date(2026, 11, 5), date(2026, 12, 5)]


def test_a_deadline_in_the_reports_paragraph_is_the_reports_day() -> None:
    plan = Plan("p", year=2026, reporting=(Report("A", "B", ("quý", "năm"), 9),),
                deadlines=(Deadline("A", "báo cáo năm", date(2026, 12, 10), 9),))  # fmt: skip
    days = {one.period: one.due for one in dated(plan) if one.kind == "báo cáo"}
    assert days == {"2026-Q4": date(2026, 12, 10), "2026": date(2026, 12, 10)}


def test_a_report_within_another_has_no_day_but_is_told() -> None:
    plan = Plan("p", year=2026, reporting=(Report("A", "B", ("lồng ghép báo cáo khác",)),))
    (report,) = dated(plan)
    assert (report.due, report.why, report.days_left(date(2026, 12, 1))) == (None, NO_DAY, None)


def test_a_deadline_counts_its_days_until_it_is_done() -> None:
    plan = Plan("p", year=2026, deadlines=(Deadline("A", "lập kế hoạch", date(2026, 12, 1)),))
    (open_one,) = dated(plan)
    assert open_one.days_left(date(2026, 11, 25)) == 6
    assert open_one.days_left(date(2026, 12, 3)) == -2
    record = DoneItem("x", "p", "thời hạn", "A", "lập kế hoạch", date(2026, 11, 20))
    (done,) = dated(plan, done=[record])
    assert (done.done, done.days_left(date(2026, 12, 3))) == (record, None)


def test_what_was_done_for_a_duty_that_is_gone_is_not_lost() -> None:
    stray = item(date(2026, 10, 5), quota=Quota("Công an xã", "chữ đã đổi", 2, "quý"))
    other = replace(stray, id="o", plan="khác")
    assert found(done=[stray, other, item(date(2026, 10, 6), 2)]).strays == (stray,)


def test_a_week_reminds_of_what_is_due_in_it_and_two_weeks_after() -> None:
    week = WeekId(2026, 48)
    first, *_, last = week.days()
    days = [first - timedelta(days=1), first, last, last + SOON, last + SOON + timedelta(days=1)]
    deadlines = tuple(Deadline("A", f"việc {n}", day) for n, day in enumerate(days))
    plan = Plan("p", year=2026, deadlines=deadlines)
    assert [one.what for one in reminders(week, [plan], STATION, [])] == [
        "việc 1",
        "việc 2",
        "việc 3",
    ]
    done = [DoneItem("x", "p", "thời hạn", "A", "việc 2", first)]
    assert [one.what for one in reminders(week, [plan], STATION, done)] == ["việc 1", "việc 3"]


@pytest.mark.parametrize("week", [WeekId(1, 1), WeekId(9999, 50), WeekId(9999, 51)])
def test_weeks_at_the_ends_of_the_calendar_remind_of_nothing(week: WeekId) -> None:
    plan = replace(PLAN, year=None, reporting=(Report("A", "B", ("tuần", "quý"), 9),))
    assert [one for one in reminders(week, [plan], STATION, []) if one.day.year != 1] == []


def test_a_reminders_key_outlives_a_new_day() -> None:
    def key(day: date) -> str:
        plan = Plan("p", year=2026, deadlines=(Deadline("A", "lập kế hoạch", day),))
        (one,) = reminders(WeekId(2026, 48), [plan], STATION, [])
        return one.key

    assert key(date(2026, 11, 24)) == key(date(2026, 11, 26))


def test_items_missing_at_a_quarters_end_are_reminded_of() -> None:
    week = WeekId(2026, 52)
    (one,) = reminders(week, [PLAN], STATION, [item(date(2026, 10, 5))])
    assert one.day == date(2026, 12, 31)
    assert one.what == "quý IV năm 2026: còn thiếu 1/2, tin, bài về định danh"
    both = [item(date(2026, 10, 5)), item(date(2026, 10, 6), 2)]
    assert reminders(week, [PLAN], STATION, both) == ()


def test_the_real_plan_of_2022_has_its_seven_quotas_its_deadline_and_its_reports() -> None:
    path = shared("plans", "text", "002_hamtan.txt")
    plan = parse_plan(read_document(path), "ham-tan")
    assert plan.year == 2022
    year = found(plan, whole_year(2022))
    assert [count.counted.by for count in year.quotas] == ["tin bài"] * 6 + ["lượt phát"]
    assert [count.owed for count in year.quotas] == [4, 8, 8, 8, 8, 8, 52]
    deadlines = [one.due for one in year.dated if one.kind == "thời hạn"]
    assert deadlines == [date(2022, 3, 1)]
    reports = [one for one in year.dated if one.kind == "báo cáo"]
    assert [one.period for one in reports if one.due] == [
        "2022-Q1", "2022-Q2", "2022-H1", "2022-Q3", "2022-9M", "2022-Q4", "2022",
    ]  # fmt: skip
    assert [one.why for one in reports if one.due is None] == [NO_DAY]


def test_the_sample_plan_has_its_quotas_its_deadline_and_its_reports() -> None:
    plan = parse_plan(read_document(PLAN_DOCUMENT), "suoi-hoa")
    year = found(plan, whole_year(2026))
    assert [(one.counted.by, one.owed) for one in year.quotas] == [
        ("lượt phát", 106), ("tin bài", 12), ("tin bài", 8), ("tin bài", 4), ("tin bài", 4),
    ]  # fmt: skip
    assert [one.due for one in year.dated if one.kind == "thời hạn"] == [date(2026, 2, 15)]
    assert [one.period for one in year.dated if one.kind == "báo cáo"] == [
        "2026-Q1", "2026-Q2", "2026-H1", "2026-Q3", "2026-9M", "2026-Q4", "2026",
    ]  # fmt: skip
