"""What a slot may say: read from the file, refused with its line, shown, and kept when written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from broadcast.domain import station_edit as edit
from broadcast.domain import station_fields as typed
from broadcast.domain.plan import Plan, Topic
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.station_check import doubts
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.errors import InputError
from broadcast.store.records import decode_station, encode_station
from broadcast.tui.widgets.cells import lay_out
from broadcast.workflow.weeks import WeekView

from .helpers import done, make_sample, run

HEAD = """\
id: x
name: Đài
commune: xã X
zones:
  - id: a
    name: Bản A
slots:
  - id: sang
    name: Sáng
    start: "05:30"
    minutes: 15
    days: [T2, T4]
  - id: chieu
    name: Chiều
    start: "17:00"
    minutes: 15
    days: [T2]
"""
MORNING = Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4"))
STATION = Station("x", "Đài", "xã X", zones=(Zone("a", "Bản A"),), slots=(MORNING,))

FULL = replace(
    MORNING,
    language="Tiếng Thái",
    valid_from=date(2026, 12, 28),
    valid_until=date(2027, 1, 3),
    column="Hỏi đáp",
    topics=("p:II.2/d", "II.3"),
    except_on=(date(2026, 12, 30),),
    follows="som",
)


def test_every_key_of_a_slot_is_written_and_read_again() -> None:
    station = replace(
        STATION,
        slots=(
            FULL,
            replace(MORNING, id="r", relay="Đài tỉnh"),
            replace(MORNING, id="l", repeats="sang"),
        ),
    )
    assert decode_station(encode_station(station), "x") == station
    again = encode_station(station, encode_station(STATION))
    assert decode_station(again, "x") == station


@pytest.mark.parametrize(
    ("keys", "line", "told"),
    [
        ("repeats: trua", 18, "repeats: không có khung giờ 'trua' để phát lại → ghi một trong"),
        ("repeats: chieu", 18, "khung giờ phát lại chính nó"),
        ("valid_from: 2026-12-02\n    valid_until: 2026-12-01", 19,
         "valid_until: ngày cuối 01/12/2026 trước ngày đầu 02/12/2026"),
        ("relay: Đài tỉnh\n    column: Hỏi đáp", 19, "«Đài tỉnh» thì không có chuyên mục riêng"),
        ("relay: Đài tỉnh\n    topics: [II.2]", 19, "«Đài tỉnh» thì không có nội dung riêng"),
        ("relay: Đài tỉnh\n    repeats: sang", 19, "«Đài tỉnh» thì không có phát lại riêng"),
        ("valid_from: 1/12/2026", 18, "viết 2026-12-01"),
        ("except_on: 2026-12-01", 18, "viết trong ngoặc vuông: except_on: [2026-12-01]"),
        ("end: \"17:00\"", 18, "mục lạ 'end'"),
    ],
)  # fmt: skip
def test_what_a_slot_may_not_say_is_told_with_its_line(keys: str, line: int, told: str) -> None:
    with pytest.raises(InputError) as caught:
        decode_station(f"{HEAD}    {keys}\n", "schedules/station.yaml")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert told in str(problem)


@pytest.mark.parametrize("minutes", ["0", "-15", "1441"])
def test_a_slot_that_ends_before_it_starts_gets_one_message(minutes: str) -> None:
    with pytest.raises(InputError) as caught:
        decode_station(HEAD.replace("minutes: 15", f"minutes: {minutes}", 1), "f")
    (problem,) = caught.value.problems
    assert (problem.line, problem.suggestion) == (11, "ghi số phút từ 1 đến 1440")
    assert f"khung giờ {minutes} phút" in problem.message


def test_a_repeat_of_a_repeat_names_what_to_repeat_instead() -> None:
    text = HEAD.replace("days: [T2]", "days: [T2]\n    repeats: sang")
    text += '  - {id: toi, name: Tối, start: "19:00", minutes: 15, days: [T2], repeats: chieu}\n'
    with pytest.raises(InputError) as caught:
        decode_station(text, "f")
    (problem,) = caught.value.problems
    assert "khung giờ chieu cũng là khung giờ phát lại" in problem.message
    assert (problem.line, problem.suggestion) == (19, "ghi sang")


def test_a_relay_cannot_be_repeated() -> None:
    relay = replace(MORNING, relay="Đài tỉnh")
    with pytest.raises(InputError, match="Không lưu được"):
        edit.put_slot(
            replace(STATION, slots=(relay,)), replace(MORNING, id="c", name="C", repeats="sang")
        )


def test_a_slot_that_is_repeated_is_not_taken_away() -> None:
    station = edit.put_slot(STATION, replace(MORNING, id="c", name="C", repeats="sang"))
    with pytest.raises(InputError) as caught:
        edit.remove_slot(station, "sang")
    assert "khung giờ c phát lại" in caught.value.happened
    assert edit.changed(station, station, STATION) == STATION
    other = replace(STATION, slots=(*STATION.slots, replace(MORNING, id="m", name="M")))
    gone = replace(STATION, slots=())
    repeated = edit.put_slot(STATION, replace(MORNING, id="c", name="C", repeats="sang"))
    assert edit.changed(repeated, STATION, gone) is None
    assert edit.changed(other, STATION, gone) is not None


def test_what_goes_on_from_a_slot_that_goes_goes_on_from_the_one_before() -> None:
    two = replace(MORNING, id="sang-2", name="S2", follows="sang")
    three = replace(MORNING, id="sang-3", name="S3", follows="sang-2")
    station = replace(STATION, slots=(MORNING, two, three))
    assert station.lineage("sang") == ("sang", "sang-2", "sang-3")
    left = edit.remove_slot(station, "sang-2")
    assert [slot.follows for slot in left.slots] == ["", "sang"]


def test_a_slot_tells_what_is_not_so_of_every_slot() -> None:
    told = typed.about_slot(STATION, FULL)
    assert told.endswith(
        "mọi cụm loa · Tiếng Thái · chuyên mục «Hỏi đáp» (p:II.2/d, II.3) · "
        "từ 28/12/2026 · đến hết 03/01/2027 · trừ 30/12/2026"
    )
    once = replace(MORNING, valid_from=date(2026, 12, 28), valid_until=date(2026, 12, 28))
    assert typed.about_slot(STATION, once).endswith("chỉ ngày 28/12/2026")
    assert typed.about_slot(STATION, replace(MORNING, repeats="sang")).endswith("phát lại «Sáng»")


def _told(*slots: Slot, plans: tuple[Plan, ...] = ()) -> str:
    return "\n".join(map(str, doubts(replace(STATION, slots=slots), plans)))


def test_slots_that_never_stand_on_one_day_do_not_meet() -> None:
    before = replace(MORNING, valid_until=date(2026, 12, 1))
    after = replace(MORNING, id="s2", name="Mới", minutes=50, valid_from=date(2026, 12, 2))
    assert _told(before, after) == ""
    assert "trùng giờ T2 tại" in _told(
        before, replace(after, valid_from=date(2026, 11, 26), minutes=5)
    )
    once = replace(after, valid_from=date(2026, 12, 2), valid_until=date(2026, 12, 2))
    assert "trùng giờ T4" in _told(MORNING, once)
    assert _told(replace(MORNING, except_on=(date(2026, 12, 2),)), once) == ""


def test_a_language_that_no_zone_speaks_is_told() -> None:
    assert "bằng Tiếng Thái, nhưng không cụm loa nào nói" in _told(
        replace(MORNING, language="Tiếng Thái")
    )


def test_a_repeat_that_goes_on_after_what_it_repeats_is_told() -> None:
    ended = replace(MORNING, valid_until=date(2026, 12, 31))
    again = replace(MORNING, id="l", name="Lại", start=time(17), repeats="sang")
    assert "«Lại» phát lại, mà khung giờ «Sáng» chỉ đến 31/12/2026" in _told(ended, again)
    assert _told(ended, replace(again, valid_until=date(2026, 12, 31))) == ""
    on = replace(MORNING, id="sang-2", name="S2", valid_from=date(2027, 1, 1), follows="sang")
    assert _told(ended, again, on) == ""


def test_a_series_that_goes_on_after_its_plan_is_told() -> None:
    plan = Plan("p", year=2026, topics=(Topic("II.2", "Nội dung"),))
    series = replace(MORNING, column="Hỏi đáp", topics=("p:II.2",))
    assert _told(series) == ""
    assert "«Hỏi đáp» không có hạn, kế hoạch chỉ đến 31/12/2026" in _told(series, plans=(plan,))
    assert _told(replace(series, valid_until=date(2026, 12, 31)), plans=(plan,)) == ""
    assert _told(replace(series, topics=("q:II.2",)), plans=(plan,)) == ""
    assert "đến hết 01/01/2027" in _told(
        replace(series, topics=("II.2",), valid_until=date(2027, 1, 1)), plans=(plan,)
    )


def test_a_days_minutes_count_only_slots_that_stand_together() -> None:
    before = replace(MORNING, minutes=40, valid_until=date(2026, 12, 1))
    after = replace(MORNING, id="t", name="T", start=time(17), minutes=40)
    assert "nghe tới 80 phút" in _told(before, after)
    assert _told(before, replace(after, valid_from=date(2026, 12, 2))) == ""


def test_the_grid_of_a_week_has_the_slots_that_stand_in_it_or_hold_an_airing() -> None:
    week = WeekId(2026, 53)
    slots = (
        replace(MORNING, valid_until=date(2026, 12, 28)),
        replace(MORNING, id="moi", valid_from=date(2027, 1, 4)),
        replace(MORNING, id="cu", valid_until=date(2026, 12, 27)),
    )
    old = Airing("x", date(2026, 12, 30), time(5, 30), 15, ("a",), "cu", "Tên")
    station = replace(STATION, slots=slots)
    grid = lay_out(WeekView(Week(week, (old,)), station, {}, {}, ()))
    assert [row.id for row in grid.rows] == ["sang", "cu"]
    assert [grid.rows[0].stands_on(day) for day in week.days()[:3]] == [True, False, False]


def test_commands_write_and_take_back_what_a_slot_says(tmp_path: Path) -> None:
    root = make_sample(tmp_path / "dai")
    file = root / "schedules" / "station.yaml"
    before = decode_station(file.read_text("utf-8"), "")
    told = done("station", "slot", "set", "sang", "--language", "Tiếng Mông", "--from", "1/12/2026",
                "--column", "Hỏi đáp", "--topics", "II.2/d, II.2/c", cwd=root)  # fmt: skip
    assert "không cụm loa nào nói" in told.err
    (slot, *_) = done("station", "show", "--json", cwd=root).json()["slots"]
    assert (slot["language"], slot["valid_from"], slot["topics"]) == (
        "Tiếng Mông", "2026-12-01", ["II.2/d", "II.2/c"],
    )  # fmt: skip
    done("station", "slot", "set", "sang", "--language", "Tiếng Việt", "--from", "",
         "--column", "", "--topics", "", cwd=root)  # fmt: skip
    assert decode_station(file.read_text("utf-8"), "") == before
    result = run("station", "slot", "set", "chieu", "--repeats", "trua", cwd=root)
    assert (result.status, "không có khung giờ 'trua'" in result.err) == (1, True)
    result = run("station", "slot", "set", "chieu", "--until", "mai", cwd=root)
    assert (result.status, "viết như 01/12/2026" in result.err) == (2, True)
