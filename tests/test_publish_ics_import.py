"""Other people's calendars read for the times they take."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.wording import DAYS
from broadcast.errors import InputError
from broadcast.publish.ics_import import Taken, TakenDays, TakenTime, read_calendar

TODAY = date(2026, 11, 25)


def read(*lines: str) -> tuple[Taken, ...]:
    found, problems = read_calendar(_file(*lines), "tinh.ics", TODAY)
    assert problems == []
    return found


def _file(*lines: str) -> bytes:
    event = ["BEGIN:VEVENT", "UID:x@tinh", "SUMMARY:Tiếp âm đài tỉnh", *lines, "END:VEVENT"]
    whole = ["BEGIN:VCALENDAR", "VERSION:2.0", *event, "END:VCALENDAR"]
    return "".join(f"{line}\r\n" for line in whole).encode()


def test_a_relay_of_every_day_is_one_standing_time() -> None:
    (one,) = read(
        "DTSTART;TZID=Asia/Ho_Chi_Minh:20260101T060000", "DURATION:PT15M", "RRULE:FREQ=DAILY"
    )
    assert isinstance(one, TakenTime)
    assert (one.name, one.start, one.minutes, one.days) == (
        "Tiếp âm đài tỉnh", time(6), 15, DAYS,
    )  # fmt: skip
    assert (one.first, one.last) == (date(2026, 1, 1), None)


def test_weekdays_end_and_exceptions_are_kept() -> None:
    (one,) = read(
        "DTSTART:20261201T110000Z", "DTEND:20261201T113000Z",
        "RRULE:FREQ=WEEKLY;BYDAY=TU,TH;UNTIL=20261231T110000Z", "EXDATE:20261208T110000Z",
    )  # fmt: skip
    assert isinstance(one, TakenTime)
    assert (one.start, one.minutes, one.days) == (time(18), 30, ("T3", "T5"))
    assert (one.last, one.except_on) == (date(2026, 12, 31), (date(2026, 12, 8),))


def test_a_time_of_one_day_is_taken_on_that_day() -> None:
    (one,) = read("DTSTART:20261222T070000", "DTEND:20261222T080000")
    assert isinstance(one, TakenTime)
    assert (one.days, one.first, one.last) == (("T3",), date(2026, 12, 22), date(2026, 12, 22))


def test_what_is_over_is_left_out() -> None:
    assert read("DTSTART:20260101T070000", "DTEND:20260101T080000") == ()
    assert read("DTSTART;VALUE=DATE:20260101") == ()


def test_a_monthly_time_is_taken_on_each_of_its_dates() -> None:
    found = read("DTSTART:20261201T070000", "DTEND:20261201T073000", "RRULE:FREQ=MONTHLY;COUNT=3")
    assert [one.first for one in found] == [date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)]
    assert len({one.id for one in found}) == 3


def test_days_that_are_whole_stay_days() -> None:
    (one,) = read("DTSTART;VALUE=DATE:20270206", "DTEND;VALUE=DATE:20270211")
    assert one == TakenDays(one.id, "Tiếp âm đài tỉnh", date(2027, 2, 6), date(2027, 2, 10))


def test_a_yearly_day_is_taken_next_time() -> None:
    (one,) = read("DTSTART;VALUE=DATE:20201222", "RRULE:FREQ=YEARLY")
    assert (one.first, one.last) == (date(2026, 12, 22), date(2026, 12, 22))


def test_a_cancelled_event_takes_nothing() -> None:
    assert read("DTSTART:20261222T070000", "DTEND:20261222T080000", "STATUS:CANCELLED") == ()


def test_the_same_event_has_the_same_id_when_it_is_read_again() -> None:
    first = read("DTSTART:20261222T070000", "DTEND:20261222T080000")
    moved = read("DTSTART:20261223T090000", "DTEND:20261223T093000")
    assert [one.id for one in first] == [one.id for one in moved]


@pytest.mark.parametrize(
    "lines",
    [
        ["DTSTART:20261222T070000"],
        ["DTSTART:20261222T070000", "DTEND:20261225T080000"],
        ["DTSTART:khong-phai-ngay"],
    ],
)
def test_what_has_no_usable_time_is_told_by_its_name(lines: list[str]) -> None:
    found, problems = read_calendar(_file(*lines), "tinh.ics", TODAY)
    assert found == ()
    assert [("Tiếp âm đài tỉnh" in one.message, one.file) for one in problems] == [
        (True, "tinh.ics")
    ]


@pytest.mark.parametrize("data", [b"", b"khong phai lich", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"])
def test_what_is_no_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"tinh\.ics"):
        read_calendar(data, "tinh.ics", TODAY)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused_in_words(noise: bytes) -> None:
    data = _file("DTSTART:20261222T070000", "DTEND:20261222T080000")
    for tried in (noise, data[:80] + noise + data[80:]):
        with suppress(InputError):
            read_calendar(tried, "tinh.ics", TODAY)
