"""A whole week handed out into one folder."""

from __future__ import annotations

import errno
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import icalendar
import pytest

from broadcast.domain.week import WeekId
from broadcast.errors import NotFoundError, StorageError
from broadcast.publish import disk
from broadcast.publish.export import Copied, export_week
from broadcast.publish.ics_check import byte_check
from broadcast.publish.items import Item
from broadcast.publish.manifest import read_manifest
from tests.publish_examples import LATER, MONDAY, NOW, VILLAGE, handout, item, recorded


@pytest.fixture
def week(tmp_path: Path) -> list[Item]:
    audio = tmp_path / "audio"
    audio.mkdir()
    return [
        recorded(audio, b"one", airing_id="a1"),
        recorded(audio, b"two", airing_id="a2", start=time(17), zones=("trung-tam", "ban-pe")),
        recorded(audio, b"one", airing_id="a3", day=MONDAY + timedelta(days=1)),
    ]


def names(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def sequences(folder: Path, week: str = "2026-W48") -> dict[str, int]:
    data = (folder / f"{week}.ics").read_bytes()
    events = icalendar.Calendar.from_ical(data).walk("VEVENT")
    return {str(e["UID"]): int(e["SEQUENCE"]) for e in events}


def test_a_week_is_a_calendar_a_playlist_a_sheet_a_manifest_and_a_folder_a_day(
    tmp_path: Path, week: list[Item]
) -> None:
    export_week(tmp_path / "out", handout(*week), NOW)
    assert names(tmp_path / "out") == [
        "2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3",
        "2026-11-23-t2/02-1700-nop-ho-so-tai-nha.mp3",
        "2026-11-24-t3/01-0530-nop-ho-so-tai-nha.mp3",
        "2026-W48.docx",
        "2026-W48.ics",
        "2026-W48.m3u8",
        "2026-W48.txt",
        "manifest.json",
    ]
    assert byte_check((tmp_path / "out" / "2026-W48.ics").read_bytes()) == ()


def test_the_playlist_leads_to_the_files(tmp_path: Path, week: list[Item]) -> None:
    out = tmp_path / "out"
    export_week(out, handout(*week), NOW)
    lines = (out / "2026-W48.m3u8").read_text("utf-8").splitlines()
    heard = [(out / line).read_bytes() for line in lines if not line.startswith("#")]
    assert heard == [b"one", b"two", b"one"]


def test_the_same_week_later_changes_nothing(tmp_path: Path, week: list[Item]) -> None:
    export_week(tmp_path / "out", handout(*week), NOW)
    result = export_week(tmp_path / "out", handout(*week), LATER)
    assert (result.written, result.removed) == ((), ())
    assert len(result.unchanged) == 7


def test_a_removed_airing_goes_with_its_file_and_is_cancelled_in_the_calendar(
    tmp_path: Path, week: list[Item]
) -> None:
    export_week(tmp_path / "out", handout(*week), NOW)
    result = export_week(tmp_path / "out", handout(*week[:2]), LATER)
    assert result.removed == ("2026-11-24-t3/01-0530-nop-ho-so-tai-nha.mp3",)
    assert sequences(tmp_path / "out") == {
        "a1@thu.broadcast": 0,
        "a2@thu.broadcast": 0,
        "a3@thu.broadcast": 1,
    }
    assert not (tmp_path / "out" / "2026-11-24-t3").exists()


def test_an_airing_that_comes_back_changed_has_a_higher_sequence(
    tmp_path: Path, week: list[Item]
) -> None:
    out = tmp_path / "out"
    export_week(out, handout(week[0]), NOW)
    export_week(out, handout(week[1]), LATER)
    export_week(out, handout(item("a1", title="Khác")), LATER)
    assert sequences(out) == {"a1@thu.broadcast": 2, "a2@thu.broadcast": 1}


def test_an_airing_moved_to_the_next_week_keeps_counting(tmp_path: Path) -> None:
    out = tmp_path / "out"
    export_week(out, handout(item("a1")), NOW)
    export_week(out, handout(), LATER)
    moved = item("a1", day=MONDAY + timedelta(days=7))
    export_week(out, handout(moved, week=WeekId(2026, 49)), LATER)
    assert sequences(out, "2026-W49") == {"a1@thu.broadcast": 2}


def test_an_airing_moved_there_and_back_never_counts_down(tmp_path: Path) -> None:
    out = tmp_path / "out"
    there = item("a1", day=MONDAY + timedelta(days=7))
    next_week = WeekId(2026, 49)
    export_week(out, handout(item("a1")), NOW)
    export_week(out, handout(there, week=next_week), LATER)
    export_week(out, handout(replace(there, title="Khác"), week=next_week), LATER)
    export_week(out, handout(item("a1")), LATER)
    assert sequences(out) == {"a1@thu.broadcast": 3}


def test_an_export_cut_off_after_the_calendar_was_written_still_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    export_week(out, handout(item("a1")), NOW)
    real = disk.move

    def cut_off(source: Path, to: Path) -> None:
        if to.name == "manifest.json":
            raise OSError(errno.EIO, "pulled out")
        real(source, to)

    with monkeypatch.context() as patch:
        patch.setattr(disk, "move", cut_off)
        with pytest.raises(StorageError):
            export_week(out, handout(item("a1", title="Hai")), LATER)
    assert sequences(out) == {"a1@thu.broadcast": 1}
    export_week(out, handout(item("a1", title="Ba")), LATER)
    assert sequences(out) == {"a1@thu.broadcast": 2}


def test_an_export_for_one_zone_replaces_the_weeks_files(tmp_path: Path, week: list[Item]) -> None:
    out = tmp_path / "out"
    export_week(out, handout(*week), NOW)
    export_week(out, handout(week[1], zones=(VILLAGE,)), LATER)
    assert [n for n in names(out) if n.endswith(".mp3")] == [
        "2026-11-23-t2/01-1700-nop-ho-so-tai-nha.mp3"
    ]
    assert read_manifest(out).weeks["2026-W48"].zones == ("ban-pe",)


def test_missing_audio_is_told_all_at_once_and_nothing_is_written(
    tmp_path: Path, week: list[Item]
) -> None:
    for path in (tmp_path / "audio").iterdir():
        path.unlink()
    with pytest.raises(NotFoundError) as caught:
        export_week(tmp_path / "out", handout(*week), NOW)
    assert len(caught.value.problems) == 3
    assert not (tmp_path / "out").exists()


def test_progress_counts_up_to_all_files(tmp_path: Path, week: list[Item]) -> None:
    seen: list[Copied] = []
    export_week(tmp_path / "out", handout(*week), NOW, seen.append)
    size = sum(path.stat().st_size for path in (tmp_path / "out").rglob("*.*") if path.is_file())
    size -= (tmp_path / "out" / "manifest.json").stat().st_size
    assert sorted({(one.done, one.files) for one in seen}) == [(n, 7) for n in range(8)]
    assert [one.written for one in seen] == sorted(one.written for one in seen)
    assert {one.size for one in seen} == {size} == {seen[-1].written}
    assert seen[0].path == "2026-11-23-t2/01-0530-nop-ho-so-tai-nha.mp3"
