"""The station's own days in schedules/station.yaml: read, refused with their line, kept."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from broadcast.domain.days import Holidays, OwnDay
from broadcast.domain.station import CalendarExport, Station
from broadcast.errors import InputError
from broadcast.store.records import decode_station, encode_station

HEAD = "id: thu\nname: Đài thử\ncommune: xã Thử\ndays:\n"
STATION = Station("thu", "Đài thử", "xã Thử")
DAYS = (
    OwnDay("Hội bản", lunar="10/1", lasts=3, programme="Vui hội"),
    OwnDay("Sửa máy", day=date(2026, 12, 7), until=date(2026, 12, 9), closed=True),
    OwnDay("Ngày 22/12", yearly="22/12"),
)


def test_own_days_are_read_as_they_are_written() -> None:
    text = HEAD + (
        "  - name: Hội bản\n    lunar: 10/1\n    lasts: 3\n    programme: Vui hội\n"
        "  - name: Sửa máy\n    day: 2026-12-07\n    until: 2026-12-09\n    closed: true\n"
        "  - name: Ngày 22/12\n    yearly: 22/12\n"
        "holidays:\n  tet: riêng\n  other: nghỉ\n  programme: Mừng xuân\n"
        "calendar:\n  lunar: true\n"
    )
    assert decode_station(text, "station.yaml") == replace(
        STATION,
        days=DAYS,
        holidays=Holidays("riêng", "nghỉ", "Mừng xuân"),
        calendar=CalendarExport(lunar=True),
    )


def test_own_days_survive_writing_with_the_comments_beside_them() -> None:
    old = HEAD.replace("days:\n", "# ghi chú\ndays:\n") + "  - name: Cũ\n    yearly: 1/6\n"
    station = replace(STATION, days=DAYS, holidays=Holidays(tet="thường"))
    assert decode_station(encode_station(station), "s") == station
    assert decode_station(encode_station(station, old), "s") == station
    assert "# ghi chú" in encode_station(station, old)


@pytest.mark.parametrize(
    ("item", "line", "told"),
    [
        ("  - name: Hội", 5, "thiếu ngày"),
        ("  - name: Hội\n    lunar: 10/1\n    yearly: 1/2", 7, "nhiều cách"),
        ("  - name: Hội\n    lunar: 31/1", 6, "không có ngày 31 tháng 1 âm lịch"),
        ("  - name: Hội\n    yearly: 31/4", 6, "không có ngày 31 tháng 4"),
        ("  - name: Hội\n    yearly: mùng mười", 6, "viết ngày/tháng"),
        ("  - name: Hội\n    day: 2026-12-09\n    until: 2026-12-07", 7, "trước day"),
        ("  - name: Hội\n    day: 2026-12-09\n    until: 2029-12-07", 7, "dài quá 366 ngày"),
        ("  - name: Hội\n    lunar: 10/1\n    until: 2026-12-07", 7, "until chỉ dùng với day"),
        ("  - name: Hội\n    day: 2026-12-09\n    lasts: 2", 7, "lasts chỉ dùng"),
        ("  - name: Hội\n    lunar: 10/1\n    lasts: 0", 7, "lasts: 0 ngày"),
        ("  - name: Hội\n    lunar: 10/1\n    lasts: 99999", 7, "lasts: 99999 ngày"),
        ("  - name: Hội\n    lunar: 1/1\n    closed: true\n    programme: Hát", 8, "vừa nghỉ"),
        ("  - name: Hội\n    day: 32/12/2026", 6, "day: cần ngày"),
        ("  - yearly: 1/1", 5, "thiếu mục 'name'"),
    ],
)
def test_a_day_that_cannot_be_is_told_with_its_line(item: str, line: int, told: str) -> None:
    with pytest.raises(InputError) as caught:
        decode_station(f"{HEAD}{item}\n", "station.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, told in problem.message) == (line, True), problem


def test_a_way_that_is_none_names_the_three() -> None:
    with pytest.raises(InputError) as caught:
        decode_station(HEAD.replace("days:\n", "holidays: {tet: đóng}\n"), "station.yaml")
    (problem,) = caught.value.problems
    assert problem.suggestion == "được dùng: nghỉ, riêng, thường"
