"""What the cells of the week's grid say, without an app."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from broadcast.domain.days import SpecialDay
from broadcast.domain.log import Entry, Heard, LogLine
from broadcast.domain.reminders import Reminder
from broadcast.domain.station import Slot
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.store.workspace import Workspace
from broadcast.tui.widgets.cells import Free, Row, lay_out
from broadcast.tui.widgets.due import due_line, due_title
from broadcast.tui.widgets.side import about_text, place_text
from broadcast.workflow.weeks import WeekView, view_week

from .helpers import WEEK

WEDNESDAY, FRIDAY = date(2026, 11, 25), date(2026, 11, 27)
SLOT = Slot("sang", "Buổi sáng", time(5, 30), 15, ("T2", "T4", "T6"))


@pytest.fixture(scope="module")
def view(sample_once: Path) -> WeekView:
    return view_week(Workspace(sample_once), WeekId.parse(WEEK, WEDNESDAY))


@pytest.mark.parametrize(
    ("slot", "free"),
    [
        (SLOT, Free("free", "· trống")),
        (replace(SLOT, days=("T3",)), Free("none")),
        (replace(SLOT, valid_from=FRIDAY), Free("off", "từ 27/11")),
        (replace(SLOT, valid_until=date(2026, 11, 24)), Free("off", "hết 24/11")),
        (replace(SLOT, except_on=(WEDNESDAY,)), Free("off", "bỏ lần này")),
        (replace(SLOT, relay="Đài tỉnh"), Free("taken", "tiếp âm Đài tỉnh")),
        (replace(SLOT, repeats="chieu"), Free("free", "· phát lại")),
        (
            replace(SLOT, language="Tiếng Thái", column="Hỏi đáp"),
            Free("free", "· trống Tiếng Thái Hỏi đáp"),
        ),
    ],
)
def test_an_empty_cell_says_why_it_is_empty(slot: Slot, free: Free) -> None:
    assert Row(slot).free(WEDNESDAY, closed=False) == free


def test_on_a_closed_day_free_cells_are_closed_and_relays_go_on() -> None:
    assert Row(SLOT).free(WEDNESDAY, closed=True) == Free("closed", "đài nghỉ")
    relay = Row(replace(SLOT, relay="Đài tỉnh"))
    assert relay.free(WEDNESDAY, closed=True).kind == "taken"


def test_a_logged_airing_shows_what_became_of_it_and_who_says_so(view: WeekView) -> None:
    airing = view.week.in_order()[0]
    heard = (
        Heard(airing.zones[:1], "không phát", 0, reason="mất điện"),
        Heard(airing.zones[1:], "như kế hoạch", airing.minutes),
    )
    entry = Entry(airing, heard, "Lò Thị Hoa", datetime(2026, 11, 23, 6, tzinfo=VIETNAM))
    logged = replace(view, logged={airing.id: LogLine(entry, "2026-11.jsonl", 1, "")})
    at = lay_out(logged).where(airing.id)
    assert at is not None
    shown = lay_out(logged).at(at[0], at[1])[at[2]]
    assert shown.state == "phát một phần"
    assert shown.foot(9)[0] == "◐"
    assert "◐ phát một phần (mất điện, Lò Thị Hoa ghi)" in str(about_text(logged, airing))


def test_a_closed_day_is_told_of_its_free_places(view: WeekView) -> None:
    closed = SpecialDay(FRIDAY, "Sửa máy", closed=True)
    week = replace(view.week, airings=())
    table = lay_out(replace(view, week=week, days={FRIDAY: closed}))
    assert table.named
    assert table.free(0, 4).kind == "closed"
    told = str(place_text(view, table, 0, 4))
    assert told.startswith("T6 27/11, 19 tháng Mười: Sửa máy (đài nghỉ)")


def test_what_is_due_is_told_with_the_days_that_are_left() -> None:
    one = Reminder("k", FRIDAY, "báo cáo", "ke-hoach", "UBND xã", "quý IV")
    assert due_line(one, WEDNESDAY) == "còn 2 ngày (T6 27/11): báo cáo quý IV, UBND xã"
    assert due_line(one, FRIDAY).startswith("hôm nay là ngày cuối")
    assert due_title((one, one), date(2026, 11, 28)) == " · báo cáo quá hạn 1 ngày, 1 hạn nữa"
    assert due_title((), WEDNESDAY) == ""
