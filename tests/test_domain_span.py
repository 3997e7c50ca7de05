"""Stretches of days as the officer writes them."""

from __future__ import annotations

from datetime import date

import pytest

from broadcast.domain.span import parse_span

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
    span = parse_span(text, TODAY)
    assert (span.first.isoformat(), span.last.isoformat()) == (first, last)
    assert len(span.weeks()) == weeks


@pytest.mark.parametrize(
    "text", ["", "..", "2026-Q5", "2026-13", "2026-Q4..2026-Q1", "0000", "9999", "2026-02-30"]
)
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_span(text, TODAY)
