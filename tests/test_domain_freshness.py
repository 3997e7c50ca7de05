"""Whether what a script was made from still holds when it airs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import pytest

from broadcast.domain.approval import Approval, Override, Paper, paper_wrong
from broadcast.domain.freshness import RULES, stale, unanswered
from broadcast.domain.piece import Piece, Reference
from broadcast.domain.week import Finding

from .helpers import APPROVED_AT, BY

ENDS = date(2027, 2, 28)
REVIEW = date(2027, 3, 15)
REPLACED = date(2026, 7, 1)
PIECE = Piece(
    "le-phi",
    "Miễn lệ phí",
    ("lệ phí",),
    "",
    (),
    sources=(
        Reference("Nộp trực tuyến thì miễn phí.", "Thông tư 117/2026/TT-BTC", until=ENDS),
        Reference("Toàn trình là làm hết trên mạng.", "Nghị định 42/2022/NĐ-CP, Điều 3"),
    ),
    review=REVIEW,
)
DAY = timedelta(days=1)


def replaced(text: str, day: date) -> Iterable[str]:
    return ["42/2022/NĐ-CP đã được thay"] if "42/2022" in text and day >= REPLACED else []


def found(day: date) -> list[str]:
    return [finding.rule for finding in stale([PIECE], day, replaced)]


@pytest.mark.parametrize(
    ("day", "rules"),
    [
        (date(2021, 5, 3), []),
        (REPLACED - DAY, []),
        (REPLACED, ["source-repealed"]),
        (ENDS, ["source-repealed"]),
        (ENDS + DAY, ["fact-ended", "source-repealed"]),
        (REVIEW - DAY, ["fact-ended", "source-repealed"]),
        (REVIEW, ["fact-ended", "source-repealed", "review-due"]),
    ],
)
def test_a_piece_is_judged_by_the_day_it_airs(day: date, rules: list[str]) -> None:
    assert found(day) == rules


def test_what_is_found_says_the_same_on_every_later_day() -> None:
    first, later = (
        [(f.rule, f.message) for f in stale([PIECE], day, replaced)]
        for day in (REVIEW, REVIEW + 400 * DAY)
    )
    assert later == first
    assert "28/02/2027" in first[0][1]
    assert "Nộp trực tuyến thì miễn phí." in first[0][1]


def test_an_answer_counts_for_just_that_finding() -> None:
    every = tuple(stale([PIECE], REVIEW, replaced))
    one = Override(every[0].rule, every[0].message, BY, APPROVED_AT, "đã bỏ câu ấy")
    approval = Approval(BY, APPROVED_AT, "ab", despite=(one,))
    assert unanswered(every, None) == every
    assert unanswered(every, approval) == every[1:]
    assert unanswered([*every, *every], approval) == every[1:]


def test_other_findings_need_no_answer() -> None:
    assert unanswered([Finding("long-sentence", "câu dài")], None) == ()
    assert set(found(REVIEW)) == RULES


@pytest.mark.parametrize(
    "number", ["12/TB-UBND", "05/2026/QĐ-UBND", "7a/TTr-VHXH", "123/UBND-VP", "45-TB/ĐU", "9/tb"]
)
def test_numbers_of_papers_are_taken_as_communes_write_them(number: str) -> None:
    assert paper_wrong(Paper(number, date(2026, 11, 20)), APPROVED_AT.date()) == ""


@pytest.mark.parametrize("number", ["", "TB-UBND", "12", "12/", "12 TB UBND", "12/3", "12/TB\nX"])
def test_what_is_no_number_of_a_paper_is_refused(number: str) -> None:
    assert "viết như 12/TB-UBND" in paper_wrong(
        Paper(number, date(2026, 11, 20)), APPROVED_AT.date()
    )


def test_a_paper_signed_after_the_approval_is_a_slip() -> None:
    tomorrow = APPROVED_AT.date() + DAY
    assert "24/11/2026" in paper_wrong(Paper("12/TB-UBND", tomorrow), APPROVED_AT.date())
    assert paper_wrong(Paper("12/TB-UBND", APPROVED_AT.date()), APPROVED_AT.date()) == ""
