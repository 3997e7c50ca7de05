"""Lunar dates and holidays: known days, days that follow each other, the station's own days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.almanac import KNOWN_YEARS, lunar_day, special_days, unsettled
from broadcast.domain.days import Holidays, OwnDay, SpecialDay
from broadcast.domain.lunar import LunarDay
from broadcast.domain.station import Station

STATION = Station("thu", "Đài thử", "xã Thử")
KNOWN = st.dates(date(KNOWN_YEARS[0], 1, 1), date(KNOWN_YEARS[-1], 12, 30))


def days_of_year(year: int, station: Station = STATION) -> dict[date, SpecialDay]:
    return dict(special_days(date(year, 1, 1), date(year, 12, 31), station))


def own(*days: OwnDay, holidays: Holidays | None = None) -> Station:
    return replace(STATION, days=days, holidays=holidays or Holidays())


# Days on which Việt Nam and China differ are among them: 1985, 2007 and 2030.
@pytest.mark.parametrize(
    "day",
    ["1985-01-21", "2007-02-17", "2024-02-10", "2025-01-29", "2026-02-17", "2027-02-06",
     "2028-01-26", "2029-02-13", "2030-02-02", "2031-01-23"],
)  # fmt: skip
def test_the_lunar_year_begins_on_its_known_day(day: str) -> None:
    first = date.fromisoformat(day)
    assert lunar_day(first) == LunarDay(1, 1, first.year)


@pytest.mark.parametrize(
    ("day", "said", "short", "year"),
    [
        (date(2030, 2, 2), "mùng 1 tháng Giêng", "1/1", "Canh Tuất"),
        (date(2026, 2, 16), "29 tháng Chạp", "29/12", "Ất Tỵ"),
        (date(2026, 9, 25), "rằm tháng Tám", "15/8", "Bính Ngọ"),
        (date(2025, 7, 25), "mùng 1 tháng Sáu nhuận", "1/6 nhuận", "Ất Tỵ"),
        (date(2023, 3, 22), "mùng 1 tháng Hai nhuận", "1/2 nhuận", "Quý Mão"),
        (date(2026, 4, 26), "mùng 10 tháng Ba", "10/3", "Bính Ngọ"),
        (date(2026, 11, 24), "16 tháng Mười", "16/10", "Bính Ngọ"),
    ],
)
def test_lunar_dates_are_said_as_people_say_them(
    day: date, said: str, short: str, year: str
) -> None:
    lunar = lunar_day(day)
    assert lunar is not None
    assert (lunar.text, lunar.short, lunar.year_name) == (said, short, year)


@given(KNOWN)
def test_the_next_day_is_one_on_or_the_first_of_the_next_month(day: date) -> None:
    today, next_day = lunar_day(day), lunar_day(day + timedelta(days=1))
    assert today is not None
    assert next_day is not None
    if next_day.day > 1:
        assert next_day == replace(today, day=today.day + 1)
        return
    assert today.day in {29, 30}
    following = [
        LunarDay(1, today.month, today.year, leap=True),
        LunarDay(1, today.month % 12 + 1, today.year + (today.month == 12)),
    ]
    assert next_day in (following if not today.leap else following[1:])


@given(st.sampled_from(KNOWN_YEARS))
def test_every_year_has_its_tet_and_the_ancestors_day(year: int) -> None:
    found = days_of_year(year)
    (tet,) = [day for day, one in found.items() if "Tết Nguyên Đán" in one.name.split("; ")]
    assert lunar_day(tet) == LunarDay(1, 1, year)
    if year >= 2007:
        (hung,) = [
            day
            for day, one in found.items()
            if "Giỗ Tổ Hùng Vương" in one.name and one.kind == "lễ"
        ]
        assert lunar_day(hung) == LunarDay(10, 3, year)


def test_tet_2030_is_the_second_of_february() -> None:
    tet = days_of_year(2030)[date(2030, 2, 2)]
    assert tet == SpecialDay(date(2030, 2, 2), "Tết Nguyên Đán", "lễ", closed=True)


def test_days_in_lieu_and_the_new_holiday_are_known() -> None:
    found = days_of_year(2026)
    assert (found[date(2026, 4, 27)].kind, found[date(2026, 8, 31)].kind) == ("nghỉ bù", "nghỉ bù")
    assert found[date(2026, 11, 24)].name == "Ngày Văn hóa Việt Nam"
    assert date(2025, 11, 24) not in days_of_year(2025)


def test_only_tet_is_closed_unless_the_station_says_otherwise() -> None:
    closed = [day for day, one in days_of_year(2026).items() if one.closed]
    assert closed == [date(2026, 2, day) for day in (16, 17, 18, 19, 20)]
    usual = own(holidays=Holidays(tet="thường", other="nghỉ"))
    assert not days_of_year(2026, usual)[date(2026, 2, 17)].closed
    assert days_of_year(2026, usual)[date(2026, 9, 2)].closed


def test_a_holiday_can_have_its_own_programme() -> None:
    named = days_of_year(2026, own(holidays=Holidays(tet="riêng", programme="Mừng xuân")))
    assert named[date(2026, 2, 17)].programme == "Mừng xuân"
    unnamed = days_of_year(2026, own(holidays=Holidays(other="riêng")))
    assert unnamed[date(2026, 9, 2)].programme == "Chương trình nhân dịp Quốc khánh"


def test_what_is_decided_each_year_is_expected_only_and_said() -> None:
    found = days_of_year(2060)
    assert found[date(2060, 2, 5)].name == "Mùng bốn Tết Nguyên Đán (dự kiến)"
    assert found[date(2060, 2, 2)].name == "Tết Nguyên Đán"
    assert found[date(2060, 9, 3)].name == "Quốc khánh (dự kiến)"
    assert found[date(2060, 9, 2)].name == "Quốc khánh"
    (told,) = unsettled(date(2060, 1, 1), date(2060, 12, 31))
    assert "2060 mới là dự kiến" in told
    assert unsettled(date(2026, 1, 1), date(2026, 12, 31)) == ()


def test_years_beyond_the_tables_are_not_guessed() -> None:
    assert days_of_year(2150) == {}
    assert lunar_day(date(2150, 1, 1)) is None
    assert unsettled(date(2150, 1, 1), date(2150, 1, 7)) == (
        "chưa biết ngày lễ và ngày âm lịch của năm 2150",
    )


def test_a_village_feast_comes_by_the_lunar_calendar() -> None:
    station = own(OwnDay("Hội bản", lunar="10/1", lasts=2, programme="Vui hội bản"))
    for year, first in ((2026, date(2026, 2, 26)), (2027, date(2027, 2, 15))):
        found = [day for day, one in days_of_year(year, station).items() if one.kind == "riêng"]
        assert found == [first, first + timedelta(days=1)]
        assert lunar_day(first) == LunarDay(10, 1, year)


def test_a_feast_is_not_kept_again_in_a_leap_month() -> None:
    found = days_of_year(2025, own(OwnDay("Lễ", lunar="1/6")))
    assert [day for day, one in found.items() if one.kind == "riêng"] == [date(2025, 6, 25)]


def test_what_falls_on_the_thirtieth_is_kept_on_a_short_months_last_day() -> None:
    found = days_of_year(2026, own(OwnDay("Tất niên", lunar="30/12")))
    assert found[date(2026, 2, 16)].name == "Tất niên; Giao thừa Tết Nguyên Đán"


def test_a_stretch_of_days_and_a_yearly_day_are_found_within_any_span() -> None:
    repair = OwnDay("Sửa máy", day=date(2026, 12, 30), until=date(2027, 1, 2), closed=True)
    army = OwnDay("Ngày 22/12", yearly="22/12", lasts=2)
    station = own(repair, army)
    found = special_days(date(2026, 12, 23), date(2026, 12, 31), station)
    assert {day: one.name for day, one in found.items()} == {
        date(2026, 12, 23): "Ngày 22/12",
        date(2026, 12, 30): "Sửa máy",
        date(2026, 12, 31): "Sửa máy",
    }


def test_an_own_day_goes_before_a_holiday_but_keeps_what_it_does_not_speak_of() -> None:
    quiet = own(OwnDay("Hội bản", lunar="3/1"))
    festive = own(OwnDay("Hội bản", lunar="3/1", programme="Vui hội"))
    day = date(2026, 2, 19)
    assert days_of_year(2026, quiet)[day] == SpecialDay(
        day, "Hội bản; Mùng ba Tết Nguyên Đán", "riêng", closed=True
    )
    assert days_of_year(2026, festive)[day].programme == "Vui hội"
    assert not days_of_year(2026, festive)[day].closed


@given(KNOWN, st.integers(0, 40))
def test_a_span_tells_the_same_as_its_days_one_by_one(first: date, length: int) -> None:
    station = own(OwnDay("Hội", lunar="30/12", lasts=3), OwnDay("Ngày", yearly="29/2", lasts=2))
    days = [first + timedelta(days=n) for n in range(length + 1)]
    apart: dict[date, SpecialDay] = {}
    for day in days:
        apart |= special_days(day, day, station)
    assert special_days(days[0], days[-1], station) == apart
