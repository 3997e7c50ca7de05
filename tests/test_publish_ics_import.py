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
    ("lines", "why"),
    [
        (["DTSTART:20261222T070000"], "không có giờ kết thúc"),
        (["DTSTART:20261222T070000", "DTEND:20261225T080000"], "dài quá một ngày"),
        (["DTSTART:20261222T070000", "DTEND:20261222T063000"], "kết thúc trước khi bắt đầu"),
        (["DTSTART:20261222T070000", "DURATION:-PT30S"], "kết thúc trước khi bắt đầu"),
        (["DTSTART:khong-phai-ngay"], "không có giờ bắt đầu nào đọc được"),
        (["DTSTART:070000"], "không có giờ bắt đầu nào đọc được"),
        (["DTEND:20261222T070000"], "không có giờ bắt đầu nào đọc được"),
    ],
)
def test_what_has_no_usable_time_is_told_by_its_name(lines: list[str], why: str) -> None:
    found, problems = read_calendar(_file(*lines), "tinh.ics", TODAY)
    assert found == ()
    assert [(one.message, one.file) for one in problems] == [
        (f"không hiểu thời gian của «Tiếp âm đài tỉnh»: {why}", "tinh.ics")
    ]


@pytest.mark.parametrize(
    ("until", "last", "every_third"),
    [
        ("20261203T215959Z", 3, [1]),
        ("20261203T220000Z", 4, [1, 4]),
        ("20261204T045959", 3, [1]),
        ("20261204", 4, [1, 4]),
    ],
)
def test_what_repeats_does_not_begin_after_the_moment_it_lasts_until(
    until: str, last: int, every_third: list[int]
) -> None:
    when = ("DTSTART;TZID=Asia/Ho_Chi_Minh:20261201T050000", "DURATION:PT30M")
    (daily,) = read(*when, f"RRULE:FREQ=DAILY;UNTIL={until}")
    thirds = read(*when, f"RRULE:FREQ=DAILY;INTERVAL=3;UNTIL={until}")
    assert daily.last == date(2026, 12, last)
    assert [one.first.day for one in thirds] == every_third


def test_a_date_that_was_moved_is_taken_where_it_went_and_not_where_it_was() -> None:
    master = ("DTSTART:20261201T060000", "DURATION:PT15M", "RRULE:FREQ=DAILY", "END:VEVENT")
    moved = ("BEGIN:VEVENT", "UID:x@tinh", "RECURRENCE-ID:20261203T060000",
             "DTSTART:20261203T190000", "DURATION:PT15M", "END:VEVENT")  # fmt: skip
    dropped = ("BEGIN:VEVENT", "UID:x@tinh", "RECURRENCE-ID:20261204T060000",
               "DTSTART:20261204T060000", "DURATION:PT15M", "STATUS:CANCELLED")  # fmt: skip
    standing, instead = read(*master, *moved, *dropped)
    assert isinstance(standing, TakenTime)
    assert isinstance(instead, TakenTime)
    assert standing.except_on == (date(2026, 12, 3), date(2026, 12, 4))
    assert (instead.start, instead.first, instead.last) == (
        time(19), date(2026, 12, 3), date(2026, 12, 3),
    )  # fmt: skip


def test_a_date_that_is_said_to_be_moved_from_nowhere_is_taken_where_it_went() -> None:
    (one,) = read("DTSTART:20261222T070000", "DURATION:PT1H", "RECURRENCE-ID:khong-ro")
    assert one.first == date(2026, 12, 22)


def test_weekdays_of_another_zone_are_ours_of_the_next_day() -> None:
    when = ("DTSTART:20261201T230000Z", "DURATION:PT15M")
    (standing,) = read(*when, "RRULE:FREQ=WEEKLY;BYDAY=TU")
    counted = read(*when, "RRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2")
    assert isinstance(standing, TakenTime)
    assert (standing.start, standing.days) == (time(6), ("T4",))
    assert [(one.first, one.days) for one in counted if isinstance(one, TakenTime)] == [
        (date(2026, 12, 2), ("T4",)), (date(2026, 12, 9), ("T4",)),
    ]  # fmt: skip


def test_dates_that_are_named_one_by_one_are_taken() -> None:
    found = read(
        "DTSTART:20261201T070000", "DURATION:PT30M", "RDATE:20261205T070000,20261206T070000",
        "EXDATE:20261206T070000",
    )  # fmt: skip
    assert [one.first for one in found] == [date(2026, 12, 1), date(2026, 12, 5)]


def test_a_rule_that_has_ended_takes_nothing() -> None:
    assert read("DTSTART:20260101T070000", "DURATION:PT30M",
                "RRULE:FREQ=DAILY;UNTIL=20260301T000000Z") == ()  # fmt: skip


@pytest.mark.parametrize("zone", [";TZID=SE Asia Standard Time", ";TZID=Khong/Co", ""])
def test_times_of_zones_nobody_defines_are_local(zone: str) -> None:
    (one,) = read(f"DTSTART{zone}:20261222T070000", f"DTEND{zone}:20261222T080000")
    assert isinstance(one, TakenTime)
    assert (one.start, one.minutes) == (time(7), 60)


def test_whole_days_may_say_how_long_they_are() -> None:
    (one,) = read("DTSTART;VALUE=DATE:20270206", "DURATION:P5D")
    assert (one.first, one.last) == (date(2027, 2, 6), date(2027, 2, 10))


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_calendars_in_unicode_of_any_kind_are_read(encoding: str) -> None:
    data = _file("DTSTART:20261222T070000", "DTEND:20261222T080000").decode().encode(encoding)
    found, problems = read_calendar(data, "tinh.ics", TODAY)
    assert ([one.name for one in found], problems) == (["Tiếp âm đài tỉnh"], [])


def test_a_line_folded_within_a_letter_is_put_together_first() -> None:
    data = _file("DTSTART:20261222T070000", "DTEND:20261222T080000")
    within = data.index("đài".encode()) + 1
    found, problems = read_calendar(data[:within] + b"\r\n " + data[within:], "tinh.ics", TODAY)
    assert ([one.name for one in found], problems) == (["Tiếp âm đài tỉnh"], [])


def test_letters_of_an_old_encoding_are_told_and_the_times_taken() -> None:
    data = _file("DTSTART:20261222T070000", "DTEND:20261222T080000", "LOCATION:Café")
    found, problems = read_calendar(data.replace("é".encode(), b"\xe9"), "tinh.ics", TODAY)
    assert ([one.first for one in found], len(problems)) == ([date(2026, 12, 22)], 1)
    assert "không phải UTF-8" in str(problems[0])


def test_line_ends_and_folds_of_careless_programs_are_read() -> None:
    whole = _file("DTSTART:20261222T070000", "DESCRIPTION:dài", "  dài nữa", "DURATION:PT1H")
    for data in (whole.replace(b"\r\n", b"\n"), whole.replace(b"\r\n", b"\r\n\r\n", 2)):
        found, problems = read_calendar(data, "tinh.ics", TODAY)
        assert ([one.first for one in found], problems) == ([date(2026, 12, 22)], [])


def test_what_cannot_be_used_is_told_with_the_line_of_its_event() -> None:
    good = ("DTSTART:20261222T070000", "DTEND:20261222T080000", "END:VEVENT", "BEGIN:VEVENT")
    bad = ("UID:y", "SUMMARY:Hỏng", "DTSTART:20261222T070000")
    found, problems = read_calendar(_file(*good, *bad), "tinh.ics", TODAY)
    assert len(found) == 1
    assert [(one.file, one.line) for one in problems] == [("tinh.ics", 9)]


@pytest.mark.parametrize("often", ["SECONDLY", "HOURLY"])
def test_what_repeats_within_a_day_is_told_at_once(often: str) -> None:
    lines = ("DTSTART:20200101T070000", "DURATION:PT1M", f"RRULE:FREQ={often}")
    found, problems = read_calendar(_file(*lines), "tinh.ics", TODAY)
    assert (found, [often in one.message for one in problems]) == ((), [True])


@pytest.mark.parametrize("times", ["BYHOUR=7", "BYHOUR=7;BYMINUTE=0;BYSECOND=0"])
def test_times_of_a_rule_that_only_say_the_start_again_change_nothing(times: str) -> None:
    (one,) = read("DTSTART:20261201T070000", "DURATION:PT1M", f"RRULE:FREQ=DAILY;{times}")
    assert isinstance(one, TakenTime)
    assert (one.start, one.days, one.last) == (time(7), DAYS, None)


@pytest.mark.parametrize(
    "times",
    [
        "BYHOUR=7,19",
        "BYHOUR=8",
        "BYMINUTE=0,30",
        "BYHOUR={};BYMINUTE={};BYSECOND={}".format(
            *(",".join(map(str, range(most))) for most in (24, 60, 60))
        ),
    ],
    ids=["twice", "another hour", "half hours", "every second"],
)
def test_what_repeats_at_other_times_than_its_start_is_told_at_once(times: str) -> None:
    lines = ("DTSTART:20260101T070000", "DURATION:PT1M", f"RRULE:FREQ=DAILY;{times}")
    found, problems = read_calendar(_file(*lines), "tinh.ics", TODAY)
    assert (found, ["giờ khác lúc bắt đầu" in one.message for one in problems]) == ((), [True])


def test_whole_days_repeat_whatever_times_their_rule_names() -> None:
    found = read("DTSTART;VALUE=DATE:20261222", "RRULE:FREQ=DAILY;COUNT=2;BYHOUR=7,19")
    assert [one.first.day for one in found] == [22, 23]


def test_a_file_that_is_too_large_is_told_before_it_is_read() -> None:
    with pytest.raises(InputError, match=r"tinh\.ics có 10 MB, nhiều nhất 4 MB"):
        read_calendar(b"x" * 10_000_000, "tinh.ics", TODAY)


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
