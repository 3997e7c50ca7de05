"""Importing a plan again: corrections stay, the rest follows the document."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.plan import (
    Channel,
    Citation,
    Deadline,
    Duty,
    Passage,
    Plan,
    PlanProblem,
    Quota,
    Report,
    Section,
    Signatory,
    Source,
    Topic,
)
from broadcast.domain.plan_merge import differences, merge
from broadcast.domain.plan_words import describe, describe_conflict

BASE = Plan(
    "suoi-hoa-2026",
    title="Kế hoạch tuyên truyền",
    topics=(
        Topic("II.1", "Nộp hồ sơ qua mạng", fields={"time": "Quý I"}, line=10),
        Topic("II.2", "Giờ tiếp dân", line=12),
        Topic("II.3", "Mở lớp tập huấn", line=14),
    ),
    duties=(
        Duty("Văn phòng", "Đôn đốc các thôn thực hiện kế hoạch", line=20),
        Duty("Văn phòng", "Tổng hợp báo cáo", line=21),
    ),
    quotas=(Quota("Văn phòng", "tin phát thanh", 1, "tuần", peak=True, line=25),),
    recipients=("Đảng ủy xã", "Lưu VT"),
    signatory=Signatory("Chủ tịch", "Lò Văn A"),
    source=Source("kehoach.docx", "11"),
)


def with_topic(plan: Plan, path: str, **changed: Any) -> Plan:
    topics = tuple(replace(t, **changed) if t.path == path else t for t in plan.topics)
    return replace(plan, topics=topics)


def test_a_correction_stays_when_the_document_says_the_same_as_before() -> None:
    mine = with_topic(BASE, "II.3", airable="no")
    fresh = replace(with_topic(BASE, "II.1", text="Nộp hồ sơ trực tuyến"), title="Kế hoạch 2026")
    merged = merge(BASE, mine, fresh)
    assert merged.plan == with_topic(fresh, "II.3", airable="no")
    assert [describe(c) for c in merged.changes] == [
        "tên kế hoạch: đổi «Kế hoạch tuyên truyền» → «Kế hoạch 2026»",
        "II.1: văn bản đổi «Nộp hồ sơ qua mạng» → «Nộp hồ sơ trực tuyến»",
    ]
    assert [describe(c) for c in merged.corrections] == ["II.3: phát thanh đổi «có» → «không»"]
    assert merged.conflicts == ()


def test_a_field_changed_on_both_sides_stays_hers_and_is_a_conflict() -> None:
    mine = with_topic(BASE, "II.2", text="Giờ tiếp công dân")
    fresh = with_topic(BASE, "II.2", text="Lịch tiếp dân", kind="parent")
    merged = merge(BASE, mine, fresh)
    assert merged.plan == with_topic(fresh, "II.2", text="Giờ tiếp công dân")
    assert [describe_conflict(c) for c in merged.conflicts] == [
        "II.2: văn bản: trong tài liệu nay là «Lịch tiếp dân»; đã sửa tay, giữ «Giờ tiếp công dân»"
    ]


def test_the_same_change_on_both_sides_is_no_conflict() -> None:
    both = with_topic(BASE, "II.2", text="Lịch tiếp dân")
    merged = merge(BASE, both, both)
    assert (merged.plan, merged.changes, merged.conflicts) == (both, (), ())


def test_what_she_deleted_stays_away_and_what_she_added_stays_in_its_place() -> None:
    own = Topic("II.1a", "Đường dây nóng của xã")
    mine = replace(BASE, topics=(BASE.topics[0], own, BASE.topics[2]))
    fresh = replace(BASE, topics=(*BASE.topics, Topic("II.4", "Chữ ký số", line=16)))
    merged = merge(BASE, mine, fresh)
    assert [t.path for t in merged.plan.topics] == ["II.1", "II.1a", "II.3", "II.4"]
    assert [describe(c) for c in merged.changes] == ["II.4: thêm «Chữ ký số»"]
    assert [describe(c) for c in merged.corrections] == [
        "II.2: bỏ «Giờ tiếp dân»",
        "II.1a: thêm «Đường dây nóng của xã»",
    ]


def test_what_the_document_dropped_goes_unless_she_corrected_it() -> None:
    mine = with_topic(BASE, "II.3", text="Mở hai lớp tập huấn")
    fresh = replace(BASE, topics=BASE.topics[:1])
    merged = merge(BASE, mine, fresh)
    assert [t.text for t in merged.plan.topics] == ["Nộp hồ sơ qua mạng", "Mở hai lớp tập huấn"]
    assert [describe(c) for c in merged.changes] == ["II.2: bỏ «Giờ tiếp dân»"]
    assert [describe_conflict(c) for c in merged.conflicts] == [
        "II.3: trong tài liệu không còn; đã sửa tay, giữ «Mở hai lớp tập huấn»"
    ]


def test_a_deleted_entry_that_the_document_changed_is_a_conflict() -> None:
    mine = replace(BASE, topics=BASE.topics[:2])
    merged = merge(BASE, mine, with_topic(BASE, "II.3", text="Mở lớp chữ ký số"))
    assert merged.plan.topics == BASE.topics[:2]
    assert [describe_conflict(c) for c in merged.conflicts] == [
        "II.3: trong tài liệu nay là «Mở lớp chữ ký số»; đã sửa tay, đã xoá"
    ]


def test_a_reworded_duty_is_the_same_duty() -> None:
    hers = replace(BASE.duties[0], text="Đôn đốc các bản thực hiện kế hoạch")
    mine = replace(BASE, duties=(hers, BASE.duties[1]))
    fresh = replace(BASE, duties=(replace(BASE.duties[0], frequency="hằng tháng"), BASE.duties[1]))
    merged = merge(BASE, mine, fresh)
    assert merged.plan.duties == (replace(hers, frequency="hằng tháng"), BASE.duties[1])
    assert [c.name for c in merged.corrections] == ["text"]


def test_of_several_reworded_duties_the_most_alike_is_the_same() -> None:
    hers = replace(BASE.duties[1], text="Tổng hợp, gửi báo cáo")
    mine = replace(BASE, duties=(hers,))
    fresh = replace(BASE, duties=(BASE.duties[0], replace(BASE.duties[1], frequency="hằng quý")))
    merged = merge(BASE, mine, fresh)
    assert merged.plan.duties == (replace(hers, frequency="hằng quý"),)
    assert merged.conflicts == ()


def test_a_duty_that_says_something_else_is_another_duty() -> None:
    fresh = replace(BASE, duties=(Duty("Công an xã", "Tuần tra ban đêm"), BASE.duties[1]))
    assert [describe(c) for c in merge(BASE, BASE, fresh).changes] == [
        "nhiệm vụ Công an xã: thêm «Tuần tra ban đêm»",
        "nhiệm vụ Văn phòng: bỏ «Đôn đốc các thôn thực hiện kế hoạch»",
    ]


def test_a_passage_put_before_others_of_its_path_is_one_addition() -> None:
    texts = ("Căn cứ Luật Tổ chức chính quyền địa phương", "Theo đề nghị của Văn phòng")
    old = replace(BASE, passages=tuple(Passage("đầu văn bản", text) for text in texts))
    new = replace(old, passages=(Passage("đầu văn bản", "ỦY BAN NHÂN DÂN"), *old.passages))
    assert [describe(c) for c in differences(old, new)] == [
        "đoạn khác đầu văn bản: thêm «ỦY BAN NHÂN DÂN»"
    ]


def test_fields_of_an_activity_card_are_merged_one_by_one() -> None:
    mine = with_topic(BASE, "II.1", fields={"time": "Tháng 3", "lead": "Văn phòng"})
    fresh = with_topic(BASE, "II.1", fields={"time": "Quý I", "with": "các bản"})
    merged = merge(BASE, mine, fresh)
    assert merged.plan.topics[0].fields == {
        "time": "Tháng 3",
        "with": "các bản",
        "lead": "Văn phòng",
    }
    assert [describe(c) for c in merged.changes] == ["II.1: đơn vị phối hợp thêm «các bản»"]


def test_lines_problems_and_source_follow_the_reading_and_are_no_change() -> None:
    mine = with_topic(BASE, "II.2", airable="ask")
    topics = tuple(replace(t, line=(t.line or 0) + 5) for t in BASE.topics)
    source, problems = Source("moi.pdf", "22"), (PlanProblem("chưa rõ", 3),)
    fresh = replace(BASE, topics=topics, source=source, problems=problems)
    merged = merge(BASE, mine, fresh)
    assert merged.plan == with_topic(fresh, "II.2", airable="ask")
    assert (merged.changes, merged.conflicts) == ((), ())


def test_without_the_earlier_reading_nothing_of_hers_is_lost() -> None:
    own = Topic("II.9", "Của riêng xã")
    mine = replace(with_topic(BASE, "II.2", airable="no"), topics=(*BASE.topics[:2], own))
    merged = merge(None, mine, BASE)
    assert [t.path for t in merged.plan.topics] == ["II.1", "II.2", "II.3", "II.9"]
    assert [describe(c) for c in merged.changes] == ["II.3: thêm «Mở lớp tập huấn»"]


def test_a_long_text_is_quoted_where_it_differs() -> None:
    long = "Cải cách hành chính là việc của mọi người trong xã, " * 3
    one, other = (with_topic(BASE, "II.1", text=long + end) for end in ("nộp giấy", "nộp mạng"))
    line = describe(differences(one, other)[0])
    assert "giấy»" in line and "mạng»" in line
    assert len(line) < 160


def test_another_order_is_a_difference() -> None:
    turned = replace(BASE, recipients=BASE.recipients[::-1])
    assert [describe(c) for c in differences(BASE, turned)] == ["nơi nhận: đổi thứ tự"]


WORDS = st.sampled_from(["", "một cửa", "nộp hồ sơ", "nộp hồ sơ qua mạng", "tiếp dân", "chữ ký số"])
UNITS = st.sampled_from(["Văn phòng", "các bản", "Công an"])
PATHS = st.sampled_from(["", "I.1", "II.1", "II.2", "II.2/a", "II.2/đ"])
LINES = st.none() | st.integers(1, 9)
DATES = st.none() | st.sampled_from([date(2026, 1, 5), date(2026, 3, 1)])
KINDS = st.sampled_from(["leaf", "parent", "fragment"])
CARDS = st.dictionaries(st.sampled_from(["time", "lead", "with"]), WORDS, max_size=2)
AIRABLES = st.sampled_from(["yes", "no", "ask"])


def lists_of(entry: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(entry, max_size=4).map(tuple)


PLANS = st.builds(
    Plan,
    id=st.sampled_from(["p", "q"]),
    title=WORDS,
    year=st.none() | st.integers(2025, 2027),
    date=DATES,
    sections=lists_of(st.builds(Section, st.sampled_from(["I", "II"]), WORDS, LINES)),
    topics=lists_of(st.builds(Topic, PATHS, WORDS, KINDS, AIRABLES, CARDS, LINES)),
    channels=lists_of(st.builds(Channel, PATHS, WORDS, LINES)),
    duties=lists_of(st.builds(Duty, UNITS, WORDS, st.none() | WORDS, LINES)),
    quotas=lists_of(st.builds(Quota, UNITS, WORDS, st.integers(1, 3), WORDS, line=LINES)),
    reporting=lists_of(st.builds(Report, UNITS, UNITS, st.just(("quý",)), LINES)),
    deadlines=lists_of(st.builds(Deadline, UNITS, WORDS, st.just(date(2026, 5, 1)), LINES)),
    citations=lists_of(st.builds(Citation, WORDS, UNITS, DATES, line=LINES)),
    signatory=st.builds(Signatory, WORDS, WORDS),
    recipients=lists_of(WORDS),
    passages=lists_of(st.builds(Passage, PATHS, WORDS, LINES)),
    problems=lists_of(st.builds(PlanProblem, WORDS, LINES)),
    source=st.none() | st.builds(Source, WORDS, WORDS),
)


@given(PLANS, PLANS)
@settings(deadline=None)
def test_uncorrected_plans_become_the_fresh_reading(base: Plan, fresh: Plan) -> None:
    merged = merge(base, base, fresh)
    assert merged.plan == fresh
    assert (merged.corrections, merged.conflicts) == ((), ())


@given(PLANS, PLANS)
@settings(deadline=None)
def test_reading_the_same_document_again_changes_nothing(base: Plan, mine: Plan) -> None:
    merged = merge(base, mine, base)
    assert merged.plan == mine
    assert (merged.changes, merged.conflicts) == ((), ())


@given(PLANS, PLANS, PLANS)
@settings(deadline=None)
def test_a_merge_done_once_is_done(base: Plan, mine: Plan, fresh: Plan) -> None:
    merged = merge(base, mine, fresh)
    again = merge(fresh, merged.plan, fresh)
    assert again.plan == merged.plan
    for change in (*merged.changes, *merged.corrections):
        assert describe(change)


@given(PLANS)
@settings(deadline=None)
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    assert differences(plan, plan) == ()
