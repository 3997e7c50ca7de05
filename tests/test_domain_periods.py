"""Periods and other stretches of days as the officer writes them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.periods import parts, read_period, read_stretch, whole_year
from broadcast.domain.week import WeekId

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "first", "last", "weeks"),
    [
        ("2026-W48", "2026-11-23", "2026-11-29", 1),
        ("this", "2026-11-23", "2026-11-29", 1),
        ("2026-W53", "2026-12-28", "2027-01-03", 1),
        ("2026-10", "2026-10-01", "2026-10-31", 5),
        ("2028-02", "2028-02-01", "2028-02-29", 5),
        ("2026-Q4", "2026-10-01", "2026-12-31", 14),
        ("2026-q1", "2026-01-01", "2026-03-31", 14),
        ("2026-H2", "2026-07-01", "2026-12-31", 27),
        ("2026-9M", "2026-01-01", "2026-09-30", 40),
        ("2026", "2026-01-01", "2026-12-31", 53),
        ("2026-W40..2026-W48", "2026-09-28", "2026-11-29", 9),
        ("2026-10-05..2026-10-11", "2026-10-05", "2026-10-11", 1),
        ("2026-Q4..2027-Q1", "2026-10-01", "2027-03-31", 27),
        ("this..2026-Q4", "2026-11-23", "2026-12-31", 6),
    ],
)
def test_a_span_has_its_days_and_weeks(text: str, first: str, last: str, weeks: int) -> None:
    span = read_stretch(text, TODAY)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert len(span.weeks()) == weeks


@pytest.mark.parametrize(
    "text",
    [
        "",
        "..",
        "2026-Q5",
        "2026-13",
        "2026-Q4..2026-Q1",
        "0000",
        "9999",
        "2026-02-30",
        "2026-Q1..2199",
    ],
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        read_stretch(text, TODAY)


@given(year=st.integers(2000, 2199))
def test_every_week_is_in_just_one_quarter(year: int) -> None:
    quarters = [read_period(f"{year:04d}-Q{n}") for n in range(1, 5)]
    weeks = [week for one in quarters for week in parts(one, "tuần")]
    assert weeks == list(parts(whole_year(year), "tuần"))
    assert {week.year for week in weeks} == {year}
    last = WeekId.of(date(year, 12, 28)).number
    assert len(weeks) == len(set(weeks)) == last


@pytest.mark.parametrize(
    ("text", "first", "last", "told"),
    [
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31), "quý IV năm 2026"),
        ("2026-h1", date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        ("2026-6m", date(2026, 1, 1), date(2026, 6, 30), "6 tháng đầu năm 2026"),
        ("2026-H2", date(2026, 7, 1), date(2026, 12, 31), "6 tháng cuối năm 2026"),
        ("2026-9M", date(2026, 1, 1), date(2026, 9, 30), "9 tháng đầu năm 2026"),
        ("2026", date(2026, 1, 1), date(2026, 12, 31), "năm 2026"),
        ("2028-02", date(2028, 2, 1), date(2028, 2, 29), "tháng 2 năm 2028"),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3), "tuần 53 năm 2026"),
    ],
)
def test_a_period_has_its_days_and_words(text: str, first: date, last: date, told: str) -> None:
    period = read_period(text)
    assert (period.first, period.last, period.text) == (first, last, told)
    assert read_period(str(period)) == period
