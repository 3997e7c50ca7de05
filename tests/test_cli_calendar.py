"""Calendars of others taken in by command: looked at, for some zones, taken once, told by line."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from broadcast.domain.week import VIETNAM
from broadcast.domain.wording import day_text
from broadcast.store.workspace import Workspace

from .helpers import Result, run
from .helpers import tree as files_of

RELAY = (
    "UID:a",
    "SUMMARY:Tiếp âm",
    "DTSTART:20991201T110000",
    "DURATION:PT15M",
    "RRULE:FREQ=DAILY",
)
LEAVE = ("UID:b", "SUMMARY:Nghỉ phép", "DTSTART;VALUE=DATE:20991207", "DTEND;VALUE=DATE:20991209")
BROKEN = ("UID:c", "SUMMARY:Hỏng", "DTSTART:20991207T110000")


def taken_in(root: Path, *events: tuple[str, ...], more: tuple[str, ...] = ()) -> Result:
    inner = [line for one in events for line in ("BEGIN:VEVENT", *one, "END:VEVENT")]
    whole = ("BEGIN:VCALENDAR", *inner, "END:VCALENDAR", "")
    (root / "tinh.ics").write_bytes("\r\n".join(whole).encode())
    return run("calendar", "import", "tinh.ics", *more, cwd=root)


def test_a_dry_run_tells_all_and_writes_nothing(sample: Path) -> None:
    taken_in(sample)
    before = files_of(sample / "schedules")
    told = taken_in(sample, RELAY, LEAVE, more=("--dry-run",))
    assert told.out.splitlines() == [
        "Tiếp âm: 11:00 · 15 phút · cả tuần · mọi cụm loa · tiếp âm Tiếp âm · từ 01/12/2099",
        "Nghỉ phép: 07/12/2099 đến 08/12/2099",
    ]
    assert (told.status, "Sẽ nhập 2 mục" in told.err) == (0, True)
    assert files_of(sample / "schedules") == before


def test_times_are_taken_where_it_is_said_and_only_once(sample: Path) -> None:
    assert taken_in(sample, RELAY, LEAVE, more=("--zone", "ban-lan", "--closed")).status == 0
    station = Workspace(sample).load_station()
    slot, day = station.slots[-1], station.days[-1]
    assert (slot.relay, slot.zones) == ("Tiếp âm", ("ban-lan",))
    assert (day.name, day.closed) == ("Nghỉ phép", True)
    again = taken_in(sample, RELAY, LEAVE, more=("--zone", "ban-lan", "--closed"))
    assert "Không có gì mới" in again.err
    assert Workspace(sample).load_station() == station


def test_times_of_one_name_are_told_apart_and_taken_as_the_dry_run_says(sample: Path) -> None:
    first = datetime.now(VIETNAM).date() + timedelta(days=20)
    again = ("UID:m", "SUMMARY:Giao ban", f"DTSTART:{first:%Y%m%d}T070000", "DURATION:PT30M",
             "RRULE:FREQ=DAILY;INTERVAL=7;COUNT=2")  # fmt: skip
    twin = ("UID:t", *RELAY[1:])
    events = RELAY, twin, again
    dry = taken_in(sample, *events, more=("--dry-run",))
    taken_in(sample, *events)
    names = [slot.name for slot in Workspace(sample).load_station().slots[3:]]
    dates = [f"Giao ban {day_text(first + timedelta(days=days))}" for days in (0, 7)]
    assert names == ["Tiếp âm", "Tiếp âm (2)", *dates]
    assert [line.split(":")[0] for line in dry.out.splitlines()] == names
    assert "Sẽ nhập" not in taken_in(sample, *events, more=("--dry-run",)).err


def test_what_cannot_be_used_is_told_by_line_and_the_rest_is_taken(sample: Path) -> None:
    told = taken_in(sample, RELAY, BROKEN)
    assert (told.status, "tinh.ics:9: không hiểu thời gian của «Hỏng»" in told.err) == (3, True)
    assert Workspace(sample).load_station().slots[-1].relay == "Tiếp âm"


@pytest.mark.parametrize(
    ("more", "said"),
    [(("--zone", "ban-xa"), "ban-xa"), ((), "không có sự kiện nào")],
)
def test_what_cannot_be_taken_in_is_told(sample: Path, more: tuple[str, ...], said: str) -> None:
    told = taken_in(sample, *([RELAY] if more else []), more=more)
    assert (told.status, said in told.err, "Traceback" in told.err) == (1, True, False)
