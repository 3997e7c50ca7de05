"""The log's lines and the report's bars, as they are drawn in letters."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from textual.content import Content

from broadcast.domain.log import Heard
from broadcast.domain.periods import read_period
from broadcast.domain.plan import Plan, Quota
from broadcast.domain.report import ReportRow, Tally, report
from broadcast.domain.station import Station, Zone
from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import AIRED_SIGNS
from broadcast.tui.actions.log import HELP
from broadcast.tui.widgets.log_lines import (
    DAY_SIGNS,
    airing_text,
    head_text,
    line_text,
    lines_of,
    month_strip,
)
from broadcast.tui.widgets.report_bars import bar, number, parts, report_text
from broadcast.workflow.log_rows import Row
from broadcast.workflow.log_session import LogDay
from broadcast.workflow.reports import Made

from .log_examples import AT, DAY, ZONES, airing, entry, line

STATION = Station(
    id="dai",
    name="Đài thử",
    commune="Thử",
    zones=tuple(Zone(one, f"Bản {n}") for n, one in enumerate(ZONES, 1)),
)
POWER = Heard(("ban-lan",), "không phát", 0, reason="mất điện", note="cả bản")
LATE = Heard(("ban-phieng",), "muộn", 10, 5, reason="mất điện")
LOGGED = Row(airing(), line(entry(airing(), POWER, LATE)))
VALUES = st.lists(st.integers(0, 500), min_size=1, max_size=4)


def shown(*rows: Row) -> LogDay:
    month = tuple((date(2026, 11, n), "không có") for n in range(1, 31))
    return LogDay(DAY, STATION, rows, month, (), (), "")  # type: ignore[arg-type]


def told(*rows: Row, width: int = 78) -> list[str]:
    return [line_text(one, STATION, AT, width).plain for one in lines_of(shown(*rows))]


@given(VALUES, st.integers(0, 900), st.integers(1, 60))
@example([1, 1, 1], 900, 1)
def test_a_bar_is_as_long_as_its_values_and_shows_each_it_has_room_for(
    values: list[int], more: int, width: int
) -> None:
    most = sum(values) + more
    cells = parts(values, most, width)
    length = max(round(width * sum(values) / most), 1) if sum(values) else 0
    assert sum(cells) == length
    assert all(n >= 0 for n in cells)
    assert all(n == 0 for n, value in zip(cells, values, strict=True) if not value)
    there = sum(value > 0 for value in values)
    assert sum(n > 0 for n in cells) >= min(there, length)


def test_a_bar_tells_heard_lost_and_not_logged_without_colour() -> None:
    tally = Tally(minutes_planned=60, minutes_heard=30, minutes_lost=15, minutes_unlogged=15)
    assert bar(tally, 120, 16).plain == "████××░░        "


def test_big_numbers_are_written_as_vietnamese_write_them() -> None:
    assert [number(one) for one in (0, 999, 12480)] == ["0", "999", "12.480"]


def test_each_zone_has_a_line_with_what_was_planned_and_heard() -> None:
    assert told(LOGGED) == [
        "05:30 ◐ Bài thử                    15 phút     0–15  phát một phần",
        "      ✓  Bản 1                          15       15  như kế hoạch",
        "      ✗  Bản 2                          15        0  không phát, mất điện (cả bản)",
        "      ◐  Bản 3                          15       10  muộn 5 phút, nghe 10 phút, mất điện",
    ]


@pytest.mark.parametrize(
    ("now", "sign", "state"),
    [(AT, "?", "chưa ghi"), (datetime(2026, 11, 23, 5, tzinfo=VIETNAM), "·", "chưa đến giờ")],
)
def test_what_is_not_logged_has_a_sign_and_words(now: datetime, sign: str, state: str) -> None:
    first, *_ = (line_text(one, STATION, now, 78).plain for one in lines_of(shown(Row(airing()))))
    assert (first[6], first.split("  ")[-1]) == (sign, state)


def test_columns_stand_over_what_they_name() -> None:
    head, text = head_text(78), told(LOGGED)[1]
    assert head.index("Kế hoạch") + len("Kế hoạch") == text.index("15") + 2
    assert head.index("Nhật ký") == text.index("như kế hoạch")


def test_the_month_shows_the_day_in_brackets_and_mondays_numbers() -> None:
    month = tuple(
        (date(2026, 11, n), {22: "chưa ghi", 23: "có sự cố", 24: "đã ghi"}.get(n, "không có"))
        for n in range(1, 31)
    )
    day = LogDay(DAY, STATION, (), month, (), (), "")  # type: ignore[arg-type]
    numbers, signs = month_strip(day).plain.splitlines()
    assert signs[54:64] == " · ?[◐]✓ ·"
    assert numbers[signs.index("◐") - 1 : signs.index("◐") + 1] == "23"


def test_the_last_day_of_a_month_has_its_closing_bracket() -> None:
    month = tuple((date(2026, 11, n), "không có") for n in range(1, 31))
    day = LogDay(date(2026, 11, 30), STATION, (), month, (), (), "")  # type: ignore[arg-type]
    assert month_strip(day).plain.endswith("[·]")


def test_an_airing_is_told_with_who_logged_it_and_where() -> None:
    text = airing_text(lines_of(shown(LOGGED))[0], STATION, AT).plain
    assert "Bản 2: không phát, mất điện (cả bản)\n" in text
    assert "Lò Thị Thử ghi T3 24/11 08:00, schedules/log/2026-11.jsonl dòng 1" in text


def made(*rows: ReportRow, quotas: tuple[Quota, ...] = ()) -> str:
    plan = Plan("p", year=2026, quotas=quotas)
    found = report(read_period("2026-Q4"), rows, station=STATION, plans=(plan,), now=AT)
    text: Content = report_text(Made(found), 76)
    return text.plain


def test_a_report_tells_until_when_totals_zones_and_incidents() -> None:
    text = made(ReportRow(LOGGED.airing, LOGGED.line))
    assert "! Kỳ báo cáo chưa kết thúc: số liệu tính đến ngày 24/11/2026" in text
    assert "1 lượt phát, 3 lượt loa: đã phát 2, không phát 1, chưa ghi 0" in text
    assert "Phút loa: kế hoạch 45, đã phát 25 (56%), mất 20, chưa ghi 0" in text
    zones = {row[:5]: row.count("█") for row in text.splitlines() if row.startswith("Bản ")}
    assert (zones["Bản 2"], zones["Bản 1"] > zones["Bản 3"] > 0) == (0, True)
    assert "2 sự cố, mất 20 phút loa" in text
    assert "· T2 23/11 05:30 Bản 2: không phát, mất điện (cả bản)" in text


def test_a_report_without_data_says_so_and_draws_no_bars() -> None:
    text = made()
    assert "! Trong kỳ không có lượt phát nào" in text
    assert "Phút loa theo tuần" not in text


def test_a_quota_tells_whose_it_is_what_is_done_and_what_is_missing() -> None:
    text = made(quotas=(Quota("Văn phòng", "tin, bài về một cửa", 3, "quý"),))
    bar = "░" * 20
    assert f"! Văn phòng: tin, bài về một cửa\n  [{bar}] 0/3 tin bài, còn thiếu 3" in text


def test_no_line_of_a_report_is_wider_than_the_window() -> None:
    done = Quota("Đài", "phát chuyên mục " * 9, 2, "tuần")
    rows = [
        ReportRow(airing(name=f"s{n}"), line(entry(airing(name=f"s{n}"), POWER))) for n in range(40)
    ]
    text = made(*rows, quotas=(done,))
    assert [one for one in text.splitlines() if len(one) > 76] == []
    assert "… và 10 sự cố nữa, đủ trong tệp báo cáo" in text


def test_the_help_tells_every_sign_of_a_line_and_of_a_day() -> None:
    signs = {*DAY_SIGNS.values(), *AIRED_SIGNS.values()}
    assert {sign for sign in signs if sign not in HELP} == set()
