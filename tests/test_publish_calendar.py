"""The week's calendar: what readers see, what subscribers keep, and the traps of the format."""

from __future__ import annotations

import json
import os
import subprocess
import time as clock
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.reminders import Reminder
from broadcast.domain.station import CalendarExport
from broadcast.domain.week import VIETNAM
from broadcast.publish.calendar import Telling, week_calendar
from broadcast.publish.ics_check import byte_check
from broadcast.publish.items import EventState, Item
from broadcast.publish.names import programmes
from tests.conftest import ROOT, need
from tests.publish_examples import LATER, MONDAY, NOW, STATION, item

HARD_TITLES = [
    "Dấu phẩy, chấm phẩy; gạch \\ chéo \\Nam \\n \"ngoặc\" 'đơn'",
    "Hai\ndòng\r\nvà\u2028ba",
    "Biểu tượng 😀👨‍👩‍👧‍👦 trong tên",
    "Hướng dẫn người dân nghiêng về thủ tục " * 8,
    "\\" * 100,
    ",;" * 60,
    "ệ" * 200,
    "a\x00b\x07c\x85d",
    "",
]


def build(*items: Item, previous: dict[str, EventState] | None = None, now: datetime = NOW):
    return week_calendar(programmes(items), STATION, previous or {}, now)


def events(data: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(data).walk("VEVENT"))


def lines(data: bytes) -> list[str]:
    return data.replace(b"\r\n ", b"").decode().split("\r\n")


def hard_week() -> list[Item]:
    return [item(f"a{n}", start=time(5 + n), title=t, summary=t) for n, t in enumerate(HARD_TITLES)]


def year() -> list[Item]:
    days = (date(2026, 1, 1) + timedelta(days=n) for n in range(364))
    text = "Bà con nghe cách làm thủ tục qua mạng, không phải đi lại nhiều lần."
    return [
        item(f"{day}-{hour}", day, time(hour), "Dịch vụ công trực tuyến", summary=text)
        for day in days
        for hour in (5, 17)
    ]


def test_an_airing_is_one_event_with_its_local_time_and_zone_name() -> None:
    data, _ = build(item())
    assert "DTSTART;TZID=Asia/Ho_Chi_Minh:20261123T053000" in lines(data)
    assert "DTEND;TZID=Asia/Ho_Chi_Minh:20261123T054500" in lines(data)
    assert "UID:a1@thu.broadcast" in lines(data)


def test_an_event_tells_title_place_and_everything_in_plain_text() -> None:
    (event,) = events(build(item(summary="Ngồi nhà.", topic="Nộp qua mạng", source="x"))[0])
    assert str(event["SUMMARY"]) == "Nộp hồ sơ tại nhà"
    assert str(event["LOCATION"]) == "Trung tâm xã"
    assert str(event["DESCRIPTION"]).split("\n") == [
        "Ngồi nhà.",
        "Nội dung: Nộp qua mạng",
        "Cụm loa: Trung tâm xã",
        "Thời lượng: 8 phút 12 giây",
        "Tệp: 2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3",
    ]


def test_an_urgent_airing_says_so_as_a_category() -> None:
    (event,) = events(build(item(level="khẩn cấp"))[0])
    assert [str(c) for c in event["CATEGORIES"].cats] == ["Truyền thanh", "khẩn cấp"]


def test_an_event_lasts_the_time_set_aside_or_longer_if_the_programme_does() -> None:
    short, long = events(build(item("a1", seconds=61.0), item("a2", seconds=15 * 60 + 1.0))[0])
    assert short.decoded("DTEND") - short.decoded("DTSTART") == timedelta(minutes=15)
    assert long.decoded("DTEND") - long.decoded("DTSTART") == timedelta(minutes=16)


def test_the_time_zone_is_one_standard_rule_without_daylight_saving() -> None:
    data, _ = build(item())
    zone = lines(data)[lines(data).index("BEGIN:VTIMEZONE") : lines(data).index("END:VTIMEZONE")]
    assert zone.count("BEGIN:STANDARD") == 1
    assert "BEGIN:DAYLIGHT" not in zone
    assert "TZOFFSETTO:+0700" in zone


def test_the_refresh_interval_says_its_type_and_the_calendar_its_name() -> None:
    found = lines(build(item())[0])
    assert "REFRESH-INTERVAL;VALUE=DURATION:PT4H" in found
    assert "X-PUBLISHED-TTL:PT4H" in found
    assert "NAME:Lịch phát thanh - Đài truyền thanh xã Thử" in found
    assert "X-WR-CALNAME:Lịch phát thanh - Đài truyền thanh xã Thử" in found


def test_there_is_no_method_and_no_alarm() -> None:
    found = lines(build(item())[0])
    assert [line for line in found if line.startswith(("METHOD", "BEGIN:VALARM"))] == []


def test_the_same_week_gives_the_same_bytes_later() -> None:
    data, states = build(*hard_week())
    again, kept = build(*hard_week(), previous=states, now=LATER)
    assert again == data
    assert kept == states


def test_only_a_changed_event_gets_a_new_sequence_and_time() -> None:
    _, states = build(item("a1"), item("a2", start=time(17)))
    data, after = build(item("a1"), item("a2", start=time(18)), previous=states, now=LATER)
    first, second = events(data)
    assert (first["SEQUENCE"], first.decoded("LAST-MODIFIED")) == (0, NOW)
    assert (second["SEQUENCE"], second.decoded("LAST-MODIFIED")) == (1, LATER)
    assert second.decoded("DTSTAMP") == LATER
    assert after["a2@thu.broadcast"].sequence == 1


@pytest.mark.parametrize(
    "change",
    [
        {"title": "Khác"},
        {"summary": "Khác"},
        {"zone_names": ("Bản Pe",)},
        {"minutes": 20},
        {"level": "ưu tiên"},
        {"topic": "Khác"},
        {"day": MONDAY + timedelta(days=1)},
    ],
)
def test_any_change_that_people_see_raises_the_sequence(change: dict[str, object]) -> None:
    _, states = build(item())
    _, after = build(item(**change), previous=states, now=LATER)
    assert [s.sequence for s in after.values()] == [1]


def test_an_airing_across_midnight_and_the_years_end_ends_next_year() -> None:
    (event,) = events(build(item(day=date(2026, 12, 31), start=time(23, 50)))[0])
    assert event.decoded("DTSTART") == datetime(2026, 12, 31, 23, 50, tzinfo=VIETNAM)
    assert event.decoded("DTEND") == datetime(2027, 1, 1, 0, 5, tzinfo=VIETNAM)


def test_hard_titles_pass_the_byte_check() -> None:
    assert byte_check(build(*hard_week())[0]) == ()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=200), max_size=4))
def test_any_titles_pass_the_byte_check(titles: list[str]) -> None:
    items = [item(f"a{n}", title=t, summary=t, topic=t) for n, t in enumerate(titles)]
    assert byte_check(build(*items)[0]) == ()


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aệ,;\\😀 "), max_size=250))
def test_a_title_comes_back_as_it_was_written(title: str) -> None:
    (event,) = events(build(item(title=f"x{title}"))[0])
    assert str(event["SUMMARY"]) == " ".join(f"x{title}".split())


def test_python_readers_count_the_airings_of_a_week_and_find_no_errors() -> None:
    data, _ = build(*hard_week())
    calendar = icalendar.Calendar.from_ical(data)
    expected = len(HARD_TITLES)
    assert len(calendar.walk("VEVENT")) == expected
    occurrences = recurring_ical_events.of(calendar).between(MONDAY, MONDAY + timedelta(days=7))
    assert len(occurrences) == expected
    assert [part.errors for part in calendar.walk() if part.errors] == []


def test_a_year_of_airings_is_written_in_under_a_second_of_processor_time() -> None:
    items = year()
    week_calendar(programmes(items[:1]), STATION, {}, NOW)
    start = clock.process_time()
    data, _ = build(*items)
    spent = clock.process_time() - start
    assert data.count(b"BEGIN:VEVENT") == 728
    assert spent < 1.0


@pytest.mark.clients
@pytest.mark.parametrize("reader", ["ical.js", "node-ical"])
def test_readers_outside_python_see_the_same_airings(tmp_path: Path, reader: str) -> None:
    items = [*hard_week(), item("late", date(2026, 12, 31), time(23, 50), summary="Đón năm mới.")]
    file = tmp_path / "week.ics"
    file.write_bytes(build(*items)[0])
    seen = {event["uid"]: event for event in read_outside(reader, file)}
    assert len(seen) == len(items)
    for programme in programmes(items):
        airing = programme.item.airing
        event = seen[f"{airing.id}@thu.broadcast"]
        assert datetime.fromisoformat(event["start"]) == airing.starts.astimezone(UTC)
        assert datetime.fromisoformat(event["end"]) == airing.ends.astimezone(UTC)
    assert seen["a4@thu.broadcast"]["summary"] == HARD_TITLES[4]
    assert seen["a5@thu.broadcast"]["summary"] == HARD_TITLES[5]
    if reader == "ical.js":  # node-ical reads a written backslash before N as a line break
        assert seen["a0@thu.broadcast"]["summary"] == HARD_TITLES[0]
    assert seen["late@thu.broadcast"]["description"].startswith("Đón năm mới.\nCụm loa:")


def read_outside(reader: str, file: Path) -> list[dict[str, str]]:
    node = need("node")
    modules = Path(os.environ.get("BROADCAST_NODE_MODULES", ROOT / "node_modules"))
    if not (modules / reader).is_dir():
        if os.environ.get("CI"):
            pytest.fail(f"{reader} is not in BROADCAST_NODE_MODULES, and CI must have it")
        pytest.skip(f"{reader} is not installed (npm install --prefix DIR {reader})")
    script = ROOT / "tests" / "clients" / "read_ics.mjs"
    done = subprocess.run(
        [node, script, modules, reader, file],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return json.loads(done.stdout)


DUE = Reminder("han-0123456789abcdef", date(2026, 12, 1), "báo cáo", "p", "Phòng; VH", "Báo cáo")


def with_due(*due: Reminder, previous: dict[str, EventState] | None = None, now: datetime = NOW):
    return week_calendar(programmes([item()]), STATION, previous or {}, now, reminders=due)


def test_what_is_due_is_an_event_of_a_whole_day() -> None:
    data, states = with_due(DUE)
    written = lines(data)
    assert "DTSTART;VALUE=DATE:20261201" in written
    assert "DTEND;VALUE=DATE:20261202" in written
    assert "SUMMARY:Hạn gửi: Báo cáo" in written
    assert f"UID:{DUE.key}@thu.broadcast" in written
    assert len(states) == 2
    assert byte_check(data) == ()
    found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).at(DUE.day)
    assert [str(one["SUMMARY"]) for one in found] == ["Hạn gửi: Báo cáo"]


def test_what_is_due_keeps_its_event_until_its_day_moves() -> None:
    data, states = with_due(DUE)
    assert with_due(DUE, previous=states, now=LATER) == (data, states)
    moved = replace(DUE, day=date(2026, 12, 8))
    later, after = with_due(moved, previous=states, now=LATER)
    uid = f"{DUE.key}@thu.broadcast"
    assert (after[uid].sequence, after[uid].modified) == (1, LATER)
    assert {one: state for one, state in after.items() if one != uid} == {
        one: state for one, state in states.items() if one != uid
    }
    assert "SEQUENCE:1" in lines(later)


@pytest.mark.parametrize(("minutes", "rings"), [(0, []), (10, ["TRIGGER:-PT10M"])])
def test_calendars_ring_only_where_the_station_wants_it(minutes: int, rings: list[str]) -> None:
    station = replace(STATION, calendar=CalendarExport(alarm=minutes))
    data, _ = week_calendar(programmes([item()]), station, {}, NOW)
    assert [one for one in lines(data) if one.startswith("TRIGGER")] == rings
    assert byte_check(data) == ()


def test_the_lunar_date_is_told_where_it_is_asked_for() -> None:
    telling = Telling(lunar={MONDAY: "rằm tháng Mười"})
    data, _ = week_calendar(programmes([item()]), STATION, {}, NOW, telling=telling)
    (event,) = events(data)
    assert str(event["DESCRIPTION"]).split("\n")[-1] == "Âm lịch: rằm tháng Mười"
