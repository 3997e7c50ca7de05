"""The airing log on the disk: nothing is lost, and whatever happened to a file is noticed."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.log import Entry
from broadcast.errors import StorageError
from broadcast.store import airing_log
from broadcast.store.airing_log import AiringLog
from broadcast.store.workspace import Workspace

from .log_examples import DAY, airing, entries, entry


def log_at(folder: Path) -> AiringLog:
    return AiringLog(Workspace(folder))


def file_of(log: AiringLog) -> Path:
    return log.path(DAY)


def told(log: AiringLog) -> list[Entry]:
    return [line.entry for line in log.month(DAY).lines]


def three(folder: Path) -> tuple[AiringLog, list[Entry]]:
    """A log of three lines, written one by one."""
    log = log_at(folder)
    written = [entry(airing(name=name)) for name in ("sang", "trua", "chieu")]
    for one in written:
        log.append([one])
    return log, written


@given(written=st.lists(entries(), max_size=4))
@settings(max_examples=30)
def test_what_is_logged_is_read_back(written: list[Entry]) -> None:
    with TemporaryDirectory() as folder:
        log = log_at(Path(folder))
        for one in written:
            log.append([one])
        assert (told(log), log.month(DAY).problems) == (written, ())


def test_entries_of_two_months_go_to_two_files(tmp_path: Path) -> None:
    log, other = log_at(tmp_path), date(2026, 12, 1)
    lines, _ = log.append([entry(airing(other)), entry()])
    assert [(one.file, one.number) for one in lines] == [
        ("schedules/log/2026-11.jsonl", 1),
        ("schedules/log/2026-12.jsonl", 1),
    ]
    assert log.months() == (date(2026, 11, 1), other)


def test_a_file_cut_at_any_byte_is_noticed_and_all_before_the_cut_is_kept(tmp_path: Path) -> None:
    log, written = three(tmp_path)
    whole = file_of(log).read_bytes()
    for size in range(len(whole)):
        file_of(log).write_bytes(whole[:size])
        month = log.month(DAY)
        # A line whose end alone is missing is whole.
        kept = whole[: size + 1].count(b"\n")
        assert [one.entry for one in month.lines] == written[:kept]
        assert month.problems != ()


@given(data=st.data())
@settings(max_examples=40)
def test_a_changed_byte_is_noticed_with_its_line(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        log, written = three(Path(folder))
        raw = bytearray(file_of(log).read_bytes())
        at = data.draw(st.integers(0, len(raw) - 1).filter(lambda n: raw[n] != 10))
        raw[at] = data.draw(st.integers(32, 255).filter(lambda byte: byte != raw[at]))
        file_of(log).write_bytes(raw)
        line = raw[:at].count(b"\n")
        month = log.month(DAY)
        assert [one.entry for one in month.lines] == [*written[:line], *written[line + 1 :]]
        assert line + 1 in [one.line for one in month.problems]


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_line_taken_out_is_missed(tmp_path: Path, gone: int) -> None:
    log, _ = three(tmp_path)
    lines = file_of(log).read_bytes().splitlines(keepends=True)
    file_of(log).write_bytes(b"".join(lines[:gone] + lines[gone + 1 :]))
    assert log.month(DAY).problems != ()


def test_a_deleted_file_is_missed(tmp_path: Path) -> None:
    log, _ = three(tmp_path)
    file_of(log).unlink()
    (problem,) = log.month(DAY).problems
    assert "từng có 3 dòng, nay có 0" in problem.message
    assert log.months() == (date(2026, 11, 1),)


def test_a_torn_line_is_moved_aside_before_the_next_one(tmp_path: Path) -> None:
    log, written = three(tmp_path)
    torn = file_of(log).read_bytes()[:-40]
    file_of(log).write_bytes(torn)
    _, problems = log.append([entry(airing(name="toi"))])
    assert [problem.line for problem in problems] == [3, None]
    assert told(log) == [*written[:2], entry(airing(name="toi"))]
    aside = sorted(path.name for path in log.folder.glob("*.txt"))
    assert [name[:15] for name in aside] == ["2026-11-dong-do", "2026-11-mat-don"]
    assert (log.folder / aside[0]).read_bytes() == torn.split(b"\n")[-1]
    assert log.month(DAY).problems == ()


def test_a_line_that_lacks_only_its_end_gets_it_back(tmp_path: Path) -> None:
    log, written = three(tmp_path)
    file_of(log).write_bytes(file_of(log).read_bytes()[:-1])
    log.append([entry(airing(name="toi"))])
    assert told(log) == [*written, entry(airing(name="toi"))]
    assert log.month(DAY).problems == ()


def test_a_damaged_line_stays_where_it_is_and_goes_on_being_reported(tmp_path: Path) -> None:
    log, written = three(tmp_path)
    raw = file_of(log).read_bytes().replace("Lò Thị Thử".encode(), "Lò Thị Sửa".encode(), 1)
    file_of(log).write_bytes(raw)
    log.append([entry(airing(name="toi"))])
    assert file_of(log).read_bytes().startswith(raw)
    assert told(log) == [*written[1:], entry(airing(name="toi"))]
    assert [problem.line for problem in log.month(DAY).problems] == [1]


def test_lines_that_git_ended_for_windows_are_still_whole(tmp_path: Path) -> None:
    log, written = three(tmp_path)
    file_of(log).write_bytes(file_of(log).read_bytes().replace(b"\n", b"\r\n"))
    assert (told(log), log.month(DAY).problems) == (written, ())


def test_programs_that_log_at_once_lose_nothing(tmp_path: Path) -> None:
    days = [date(2026, 11, 1) + timedelta(days=n) for n in range(12)]
    threads = [threading.Thread(target=log_at(tmp_path).append, args=([entry(airing(day))],))
               for day in days]  # fmt: skip
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    month = log_at(tmp_path).month(DAY)
    assert sorted(one.entry.airing.day for one in month.lines) == days
    assert month.problems == ()


def test_a_full_disk_leaves_the_log_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log, _ = three(tmp_path)
    before = file_of(log).read_bytes()

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(airing_log.os, "fsync", full)
    with pytest.raises(StorageError, match="hết dung lượng"):
        log.append([entry(airing(name="toi"))])
    assert file_of(log).read_bytes() == before
