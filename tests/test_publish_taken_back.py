"""Airings taken back, in calendar files that were read in once: cancelled, and only there."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import icalendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.station import CalendarExport
from broadcast.publish.calendar import EventBook
from broadcast.publish.calendars import write_calendars
from broadcast.publish.export import export_week
from broadcast.publish.ics_check import byte_check
from broadcast.publish.items import Item
from broadcast.publish.site import write_site
from tests.publish_examples import CENTRE, LATER, MONDAY, NOW, WEEK, handout, item, recorded

BOTH = ("trung-tam", "ban-pe")


def told(file: Path) -> dict[str, tuple[str, int, str]]:
    """Of each event its STATUS, SEQUENCE and title, by the airing's id."""
    data = file.read_bytes()
    assert byte_check(data) == ()
    return {
        str(one["UID"]).partition("@")[0]: (
            str(one.get("STATUS", "")), int(one["SEQUENCE"]), str(one["SUMMARY"])
        )
        for one in icalendar.Calendar.from_ical(data).walk("VEVENT")
    }  # fmt: skip


def year(folder: Path, *items: Item, now: datetime = NOW) -> None:
    write_calendars(folder, "2026", [handout(*items)], now, book=EventBook())


def test_a_file_made_again_cancels_what_it_had_and_says_so_in_the_title(tmp_path: Path) -> None:
    title = "Họp bản, nói; và \\Nghe 😀 " * 9
    year(tmp_path, item("a1"), item("a2", title=title, summary="x", seconds=60))
    year(tmp_path, item("a1"), now=LATER)
    stood = told(tmp_path / "2026.ics")
    assert stood["a1"] == ("", 0, "Nộp hồ sơ tại nhà")
    assert stood["a2"] == ("CANCELLED", 1, f"Đã bỏ: {title.strip()}")
    event = icalendar.Calendar.from_ical((tmp_path / "2026.ics").read_bytes()).walk("VEVENT")[1]
    assert event.decoded("DTSTART").isoformat() == "2026-11-23T05:30:00+07:00"
    assert event.decoded("LAST-MODIFIED") == LATER
    assert "DESCRIPTION" not in event


def test_made_once_more_it_is_the_same_and_two_weeks_later_it_is_gone(tmp_path: Path) -> None:
    file = tmp_path / "2026.ics"
    year(tmp_path, item("a1"), item("a2"))
    year(tmp_path, item("a1"), now=LATER)
    once = file.read_bytes()
    year(tmp_path, item("a1"), now=LATER + timedelta(days=15))
    assert file.read_bytes() == once
    year(tmp_path, item("a1"), now=LATER + timedelta(days=17))
    assert list(told(file)) == ["a1"]
    year(tmp_path, item("a1"), item("a2"), now=LATER + timedelta(days=18))
    assert told(file)["a2"] == ("", 2, "Nộp hồ sơ tại nhà")


def test_an_airing_that_left_a_zone_is_cancelled_in_that_zones_file_alone(tmp_path: Path) -> None:
    year(tmp_path, item("a1", zones=BOTH))
    for now in (LATER, LATER + timedelta(hours=1)):
        year(tmp_path, item("a1", zone_names=("Bản Pe",), zones=("ban-pe",)), now=now)
        states = [told(tmp_path / f"2026{zone}.ics")["a1"][:2] for zone in ("", "-ban-pe")]
        assert states == [("", 1), ("", 1)]
        assert told(tmp_path / "2026-trung-tam.ics")["a1"][:2] == ("CANCELLED", 1)
    year(tmp_path, item("a1", zones=BOTH), now=LATER + timedelta(hours=2))
    assert told(tmp_path / "2026-trung-tam.ics")["a1"][:2] == ("", 2)


@pytest.mark.parametrize("first", [WEEK, WEEK.after()])
def test_an_airing_that_moved_to_another_week_is_never_cancelled_over_the_new_one(
    tmp_path: Path, first: object
) -> None:
    export_week(tmp_path, handout(item("a1")), NOW)
    moved = item("a1", MONDAY + timedelta(days=7))
    both = {WEEK: handout(), WEEK.after(): handout(moved, week=WEEK.after())}
    for week in sorted(both, key=lambda one: one != first):
        export_week(tmp_path, both[week], LATER)
    old, new = (told(tmp_path / f"{week}.ics") for week in both)
    assert new["a1"][0] == ""
    assert old.get("a1", ("", -1))[1] < new["a1"][1]


def test_another_choice_of_zones_takes_nothing_back(tmp_path: Path) -> None:
    export_week(tmp_path, handout(item("a1"), item("a2", zones=("ban-pe",))), NOW)
    export_week(tmp_path, handout(item("a1"), zones=(CENTRE,)), LATER)
    assert list(told(tmp_path / f"{WEEK}.ics")) == ["a1"]


def test_the_feed_of_the_page_leaves_out_what_was_taken_back(tmp_path: Path) -> None:
    write_site(tmp_path, [handout(item("a1"), item("a2"))], NOW)
    write_site(tmp_path, [handout(item("a1"))], LATER)
    assert list(told(tmp_path / "lich.ics")) == ["a1"]


def test_sound_of_weeks_gone_by_is_not_named_in_a_calendar_of_many_weeks(tmp_path: Path) -> None:
    out = tmp_path / "out"
    given = handout(recorded(tmp_path, airing_id="a1"))
    own = CalendarExport(address="https://xa.vn/loa")
    given = replace(given, station=replace(given.station, calendar=own))
    for days, named in ((0, True), (8, True), (10, False)):
        now = NOW + timedelta(days=days)
        write_calendars(out, "2026", [given], now, book=EventBook())
        assert (b"ATTACH" in (out / "2026.ics").read_bytes()) == named, now


@given(st.lists(st.sets(st.sampled_from(["a1", "a2", "a,;3"])), min_size=2, max_size=6))
def test_whoever_reads_each_file_in_knows_what_is_on(weeks: list[set[str]]) -> None:
    """A program that keeps of each UID the highest SEQUENCE, as RFC 5546 has it."""
    kept: dict[str, tuple[int, str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, ids in enumerate(weeks):
            year(Path(folder), *map(item, sorted(ids)), now=NOW + timedelta(hours=number))
            for uid, (status, sequence, _) in told(Path(folder) / "2026.ics").items():
                if sequence >= kept.get(uid, (-1, ""))[0]:
                    assert sequence > kept.get(uid, (-1, ""))[0] or kept[uid][1] == status
                    kept[uid] = sequence, status
            assert {uid for uid, (_, status) in kept.items() if not status} == ids
