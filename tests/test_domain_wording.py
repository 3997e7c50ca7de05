"""Days, times and lengths: one spelling everywhere."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import (
    day_label,
    day_text,
    length_clock,
    length_text,
    moment,
    size_text,
    weekday,
    weekday_title,
)

MONDAY = date(2026, 11, 23)
WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


def test_weekdays_are_spelt_as_official_documents_spell_them() -> None:
    names = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
    assert [weekday(day) for day in WEEK] == names


def test_at_the_head_of_a_line_every_weekday_begins_with_a_capital() -> None:
    assert [weekday_title(day) for day in (WEEK[0], WEEK[6])] == ["Thứ Hai", "Chủ nhật"]


def test_messages_name_days_and_times_in_short_and_paper_in_full() -> None:
    assert [day_label(day) for day in (WEEK[0], WEEK[6])] == ["T2 23/11", "CN 29/11"]
    assert day_text(date(2026, 3, 2)) == "02/03/2026"
    assert moment(datetime(2026, 11, 23, 5, 30, tzinfo=VIETNAM)) == "T2 23/11 05:30"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0, "0 giây"),
        (45.4, "45 giây"),
        (59.6, "1 phút"),
        (492, "8 phút 12 giây"),
        (3600, "1 giờ 00 phút"),
        (3725, "1 giờ 02 phút"),
    ],
)
def test_lengths_are_said_in_words(seconds: float, said: str) -> None:
    assert length_text(seconds) == said


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "0:00"), (59.6, "1:00"), (185, "3:05"), (4500, "75:00")]
)
def test_lengths_are_shown_as_players_show_them(seconds: float, shown: str) -> None:
    assert length_clock(seconds) == shown


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (0, "0 byte"),
        (999, "999 byte"),
        (1000, "1,0 KB"),
        (9_949, "9,9 KB"),
        (9_950, "10 KB"),
        (999_499, "999 KB"),
        (999_500, "1,0 MB"),
        (7_140_000, "7,1 MB"),
        (32_000_000_000, "32 GB"),
        (5_000_000_000_000_000, "5000 TB"),
    ],
)
def test_sizes_are_said_as_a_disks_label_counts(size: int, said: str) -> None:
    assert size_text(size) == said
