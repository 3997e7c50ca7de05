"""The byte check finds what calendar readers pass over in silence."""

from __future__ import annotations

import pytest

from broadcast.publish.ics_check import byte_check

ZONE = """BEGIN:VTIMEZONE
TZID:Asia/Ho_Chi_Minh
BEGIN:STANDARD
DTSTART:19760101T000000
TZOFFSETFROM:+0700
TZOFFSETTO:+0700
END:STANDARD
END:VTIMEZONE
"""
START = "DTSTART;TZID=Asia/Ho_Chi_Minh:20261123T053000\n"


def calendar(*events: str, zone: str = ZONE) -> bytes:
    inner = "".join(f"BEGIN:VEVENT\n{event}END:VEVENT\n" for event in events)
    text = f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//x//VI\n{zone}{inner}END:VCALENDAR\n"
    return text.replace("\n", "\r\n").encode()


def found(data: bytes) -> list[tuple[int | None, str]]:
    return [(p.line, p.message) for p in byte_check(data)]


def override(when: str, rule: str = "RRULE:FREQ=WEEKLY;COUNT=3\n") -> bytes:
    return calendar(f"UID:a\n{START}{rule}", f"UID:a\n{START}RECURRENCE-ID{when}\n")


def test_a_good_calendar_has_no_problems() -> None:
    assert byte_check(calendar(f"UID:a\n{START}", f"UID:b\n{START}")) == ()


def test_a_line_over_75_octets_is_found_though_it_has_fewer_letters() -> None:
    line = "SUMMARY:" + "ệ" * 23
    assert found(calendar(f"UID:a\n{line}\n")) == [(14, "dòng dài 77 byte, quá 75")]


def test_a_line_of_exactly_75_octets_is_right() -> None:
    assert found(calendar("UID:a\nSUMMARY:" + "a" * 67 + "\n")) == []


def test_line_ends_without_carriage_return_are_found_by_line() -> None:
    data = calendar(f"UID:a\n{START}").replace(b"VERSION:2.0\r\n", b"VERSION:2.0\n")
    assert found(data) == [(2, "dòng kết thúc bằng LF, không phải CRLF")]


def test_a_last_line_without_end_is_found() -> None:
    assert found(calendar().removesuffix(b"\r\n")) == [(12, "dòng cuối không kết thúc bằng CRLF")]


def test_a_fold_inside_a_character_is_found_on_both_sides() -> None:
    data = calendar("UID:a\nSUMMARY:ệ\n").replace("ệ".encode(), b"\xe1\xbb\r\n \x87")
    message = "gấp dòng giữa một chữ UTF-8"
    assert found(data) == [(14, message), (15, message)]


def test_a_fold_inside_an_escape_is_found() -> None:
    data = calendar("UID:a\nSUMMARY:a\\\n nb\n")
    assert found(data) == [(14, "gấp dòng ngay sau dấu \\")]


def test_a_fold_after_an_escaped_backslash_is_right() -> None:
    assert found(calendar("UID:a\nSUMMARY:a\\\\\n nb\n")) == []


@pytest.mark.parametrize("byte", ["\x00", "\x07", "\x0b", "\x1f", "\x7f", "\r"])
def test_control_characters_are_found(byte: str) -> None:
    data = calendar("UID:a\nSUMMARY:aXb\n").replace(b"X", byte.encode())
    assert found(data) == [(14, "có ký tự điều khiển")]


@pytest.mark.parametrize(
    "line",
    ["X" + ";a=b=c" * 5_000, "X" + ';a="b"="c' * 5_000, "X;a b=c:d", "X;=c:d"],
    ids=["no end", "an open quote", "a blank in a name", "no name"],
)
def test_what_is_no_line_is_found_at_once_however_it_goes_on(line: str) -> None:
    data = calendar().replace(b"VERSION:2.0", line.encode())
    assert (2, "không phải dòng iCalendar (TÊN:giá trị)") in found(data)


def test_a_value_of_a_parameter_may_have_what_parts_parameters() -> None:
    assert found(calendar('UID:a\nX-A;B="c:d;e=f",g=h;I=:j\n')) == []


def test_a_tab_is_no_problem() -> None:
    assert found(calendar("UID:a\nSUMMARY:a\tb\n")) == []


def test_bytes_that_are_not_utf_8_are_found() -> None:
    data = calendar("UID:a\nSUMMARY:X\n").replace(b"X", b"\xff")
    assert found(data) == [(14, "không phải UTF-8")]


def test_a_time_zone_without_its_definition_is_found_once() -> None:
    data = calendar(f"UID:a\n{START}", f"UID:b\n{START}", zone="")
    assert found(data) == [(6, "múi giờ Asia/Ho_Chi_Minh không có VTIMEZONE")]


def test_a_uid_used_twice_is_found_with_the_first_place() -> None:
    data = calendar(f"UID:a\n{START}", f"UID:a\n{START}")
    assert found(data) == [(16, "UID a đã dùng ở dòng 12")]


def test_an_event_without_uid_is_found() -> None:
    assert found(calendar(START)) == [(12, "sự kiện không có UID")]


@pytest.mark.parametrize(
    "when",
    [
        ";TZID=Asia/Ho_Chi_Minh:20261123T053000",
        ";TZID=Asia/Ho_Chi_Minh:20261207T053000",
        ":20261129T223000Z",
    ],
)
def test_a_recurrence_that_the_rule_makes_is_right(when: str) -> None:
    assert found(override(when)) == []


@pytest.mark.parametrize(
    "when",
    [
        ";TZID=Asia/Ho_Chi_Minh:20261124T053000",
        ";TZID=Asia/Ho_Chi_Minh:20261214T053000",
        ":20261130T053000Z",
        ":20261399T053000Z",
        ":abc",
    ],
)
def test_a_recurrence_that_no_rule_makes_is_found(when: str) -> None:
    value = when.rpartition(":")[2]
    assert found(override(when)) == [(20, f"RECURRENCE-ID {value} không do quy tắc nào tạo ra")]


def test_a_rule_without_end_or_until_a_moment_in_utc_is_followed() -> None:
    when = ";TZID=Asia/Ho_Chi_Minh:20270125T053000"
    assert found(override(when, "RRULE:FREQ=WEEKLY\n")) == []
    assert found(override(when, "RRULE:FREQ=WEEKLY;UNTIL=20270124T223000Z\n")) == []
    assert len(found(override(when, "RRULE:FREQ=WEEKLY;UNTIL=20270124T222959Z\n"))) == 1


def test_an_extra_date_makes_a_recurrence_too() -> None:
    extra = "RDATE;TZID=Asia/Ho_Chi_Minh:20261125T053000,20261126T053000\n"
    assert found(override(";TZID=Asia/Ho_Chi_Minh:20261126T053000", extra)) == []


def test_a_rule_that_cannot_be_read_makes_nothing() -> None:
    when = ";TZID=Asia/Ho_Chi_Minh:20261130T053000"
    assert len(found(override(when, "RRULE:FREQ=SOMETIMES\n"))) == 1


def test_an_override_without_its_event_is_found() -> None:
    assert len(found(calendar(f"UID:a\n{START}RECURRENCE-ID:20261123T053000Z\n"))) == 1


def test_unbalanced_parts_are_found() -> None:
    data = calendar("UID:a\n").replace(b"END:VEVENT\r\n", b"")
    messages = [message for _, message in found(data)]
    assert "END:VCALENDAR không có BEGIN tương ứng" in messages
    assert "BEGIN:VEVENT không có END" in messages


@pytest.mark.parametrize("data", [b"", b"\r\n", b"\xff\x00\x01", b"hello\r\n", b"END:X\r\n" * 3])
def test_what_is_no_calendar_is_said_without_a_crash(data: bytes) -> None:
    assert "không bắt đầu bằng BEGIN:VCALENDAR" in [p.message for p in byte_check(data)]
