"""Scoped changes in a workspace: seen first, made and taken back as one, finished if cut short."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from broadcast.domain.scoped_series import SeriesEdit
from broadcast.domain.scoped_slot import SlotEdit
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.errors import ConflictError, InputError
from broadcast.store import batch as files
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.scoped_changes import Preview, ScopedSession
from broadcast.workflow.week_session import WeekSession

from .helpers import done, make_sample, run, tree

NOW = datetime(2026, 12, 28, 9, tzinfo=VIETNAM)
WEEKS = (WeekId(2026, 53), WeekId(2027, 1))


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_sample(tmp_path_factory.mktemp("dai") / "dai")
    for week in WEEKS:
        done("week", "fill", week, cwd=root)
    return root


@pytest.fixture
def root(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(filled, tmp_path / "dai"))


def opened(root: Path) -> ScopedSession:
    return ScopedSession.open(Desk(Workspace(root)))


def later(session: ScopedSession, **changes: Any) -> Preview:
    edit = SlotEdit(**(changes or {"start": time(6)}))
    return session.preview_slot("sang", edit, scope="following", day=date(2026, 12, 30), now=NOW)


def schedules(root: Path) -> dict[str, str]:
    return {name: text for name, text in tree(root / "schedules").items() if ".changes" not in name}


def test_a_preview_writes_nothing_and_apply_writes_station_and_weeks(root: Path) -> None:
    session, before = opened(root), schedules(root)
    preview = later(session)
    assert schedules(root) == before
    assert session.apply(preview)
    after = schedules(root)
    assert sorted(name for name in after if after[name] != before[name]) == [
        "2026-W53.yaml", "2027-W01.yaml", "station.yaml",
    ]  # fmt: skip
    workspace = Workspace(root)
    assert [s.id for s in workspace.load_station().slots] == [
        "sang",
        "chieu",
        "cuoi-tuan",
        "sang-2",
    ]
    assert workspace.load_week(WEEKS[1]).airing("2027-01-04-sang") is not None
    assert not [f.rule for f in WeekSession.open(workspace, WEEKS[1]).view.findings
                if f.rule in {"wrong-day", "unknown-slot", "empty-slot"}]  # fmt: skip


def test_undo_and_redo_bring_back_every_file_to_the_letter(root: Path) -> None:
    session, before = opened(root), schedules(root)
    session.apply(later(session))
    after = schedules(root)
    assert session.undo_label == "đổi khung giờ «Buổi sáng» (từ lần này về sau)"
    session.undo()
    assert (schedules(root), session.undo_label) == (before, "xếp lịch 2027-W01")
    session.redo()
    assert schedules(root) == after
    again = opened(root)
    again.undo()
    assert schedules(root) == before
    assert opened(root).redo_label == "đổi khung giờ «Buổi sáng» (từ lần này về sau)"
    for step in (again.undo, ScopedSession(again.desk).redo):
        with pytest.raises(InputError):
            step()


def test_undo_keeps_what_was_changed_elsewhere_since(root: Path) -> None:
    session = opened(root)
    session.apply(later(session))
    week = WeekSession.open(Workspace(root), WEEKS[0])
    week.remove("2026-12-29-chieu")
    done("station", "set", "voices.rate", "180", cwd=root)
    session.undo()
    workspace = Workspace(root)
    assert workspace.load_station().voices.rate == 180
    assert [s.id for s in workspace.load_station().slots] == ["sang", "chieu", "cuoi-tuan"]
    ids = [a.id for a in workspace.load_week(WEEKS[0]).airings]
    assert "2026-12-29-chieu" not in ids
    assert workspace.load_week(WEEKS[0]).airing("2026-12-30-sang").start == time(5, 30)  # type: ignore[union-attr]


def test_undo_writes_nothing_where_the_same_was_changed_again(root: Path) -> None:
    session = opened(root)
    session.apply(later(session))
    done("station", "slot", "set", "sang-2", "--minutes", "10", cwd=root)
    before = schedules(root)
    with pytest.raises(ConflictError, match="hoàn tác"):
        session.undo()
    assert schedules(root) == before
    assert session.undo_label


def test_a_preview_of_other_files_is_not_made(root: Path) -> None:
    session = opened(root)
    preview = later(session)
    WeekSession.open(Workspace(root), WEEKS[0]).remove("2026-12-29-chieu")
    before = schedules(root)
    with pytest.raises(ConflictError):
        session.apply(preview)
    assert schedules(root) == before


def _killed(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A change that is cut short after its first file."""
    session = opened(root)
    put, seen = files._put, list[files.Write]()

    def killed(root: Path, write: files.Write) -> None:
        if seen:
            raise KeyboardInterrupt
        seen.append(write)
        put(root, write)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(files, "_put", killed)
        session.apply(later(session))


def test_what_a_killed_program_left_is_finished_by_the_next(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = schedules(root)
    _killed(root, monkeypatch)
    told = done("slot", "undo", cwd=root)
    assert "nay đã ghi nốt: đổi khung giờ «Buổi sáng»" in told.err
    assert schedules(root) == before


def test_whoever_writes_next_goes_on_from_the_whole_change(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _killed(root, monkeypatch)
    workspace = Workspace(root)
    assert workspace.load_week(WEEKS[0]).airing("2026-12-30-sang").slot == "sang"  # type: ignore[union-attr]
    done("week", "remove", WEEKS[0], "2026-12-29-chieu", cwd=root)
    week = workspace.load_week(WEEKS[0])
    assert week.airing("2026-12-30-sang").slot == "sang-2"  # type: ignore[union-attr]
    assert week.airing("2026-12-29-chieu") is None


def test_a_damaged_note_of_a_change_keeps_nobody_from_other_work(root: Path) -> None:
    note = root / files.FOLDER / "pending.json"
    note.parent.mkdir(exist_ok=True)
    note.write_text("{")
    done("week", "remove", WEEKS[0], "2026-12-29-chieu", cwd=root)
    result = run("slot", "undo", cwd=root)
    assert (result.status, "pending.json" in result.err) == (1, True)


def test_a_series_is_changed_over_weeks_and_repeats_stay_led(root: Path) -> None:
    session = opened(root)
    airing = Workspace(root).load_week(WEEKS[1]).airings[0]
    preview = session.preview_series(
        WEEKS[1], airing.id, SeriesEdit(title="Tên khác"), scope="following", now=NOW
    )
    assert session.apply(preview)
    assert Workspace(root).load_week(WEEKS[1]).airings[0] == replace(airing, title="Tên khác")
    same = session.preview_series(
        WEEKS[1], airing.id, SeriesEdit(title="Tên khác"), scope="this", now=NOW
    )
    assert not session.apply(same)


# Commands: run by the clock of this machine, so with weeks far ahead


@pytest.fixture
def ahead(root: Path) -> Path:
    done("week", "fill", "2030-W01", cwd=root)
    return root


def test_the_command_shows_the_dates_and_writes_only_when_told_to(ahead: Path) -> None:
    words = ("slot", "change", "sang", "--start", "6h", "--scope", "this", "--from", "2030-01-02")
    before = tree(ahead)
    shown = done(*words, "--dry-run", cwd=ahead)
    line = "đổi        T4 02/01 05:30-05:45 → T4 02/01 06:00-06:15 «"
    assert shown.out.startswith(line)
    assert tree(ahead) == before
    refused = run(*words, cwd=ahead)
    assert (refused.status, "--yes" in refused.err) == (2, True)
    assert tree(ahead) == before
    view = done(*words, "--yes", "--json", cwd=ahead).json()
    assert view["written"]
    assert view["touched"][0]["after"] == {
        "day": "2030-01-02", "start": "06:00", "minutes": 15,
        "zones": ["trung-tam", "ban-lan", "ban-phieng", "ban-pa-hoc"],
    }  # fmt: skip
    done("slot", "undo", cwd=ahead)
    assert schedules(ahead) == {
        name.removeprefix("schedules/"): text
        for name, text in before.items()
        if name.startswith("schedules/") and "/.changes/" not in name
    }
    assert "Đã làm lại" in done("slot", "redo", cwd=ahead).err


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["slot", "change", "sang", "--start", "6h"], 2, "Thiếu --scope"),
        (["slot", "change", "sang", "--start", "6h", "--scope", "x"], 2, "following (từ lần này"),
        (["slot", "remove", "sang", "--scope", "this"], 2, "Thiếu --from"),
        (["slot", "change", "sang", "--start", "25h", "--scope", "all"], 1, "--start: «25h»"),
        (["slot", "change", "trua", "--start", "6h", "--scope", "all"], 1, "không có khung giờ"),
        (["slot", "change", "sang", "--scope", "all"], 1, "chưa nói đổi gì"),
        (["slot", "change", "sang", "--zones", "x", "--scope", "all"], 1, "không có cụm loa «x»"),
        (["slot", "remove", "sang", "--scope", "all", "--from", "mai"], 2, "2026-11-23"),
    ],
)  # fmt: skip
def test_a_command_without_sense_is_refused(
    root: Path, words: list[str], status: int, told: str
) -> None:
    result = run(*words, cwd=root)
    assert (result.status, told in result.err) == (status, True), result.err


def test_slots_are_listed_with_what_comes_next(ahead: Path) -> None:
    shown = done("slot", "list", cwd=ahead).out
    assert "lần tới" in shown
    rows = done("slot", "list", "--json", cwd=ahead).json()
    assert [row["id"] for row in rows] == ["sang", "chieu", "cuoi-tuan"]
    assert date.fromisoformat(rows[0]["next"]).weekday() in {0, 2, 4}


def test_a_slot_and_a_programme_are_removed_by_command(ahead: Path) -> None:
    week = WeekId(2030, 1)
    told = done("slot", "remove", "chieu", "--scope", "all", "--yes", cwd=ahead)
    assert "Đã bỏ khung giờ «Buổi chiều» (tất cả)" in told.err
    left = Workspace(ahead).load_week(week)
    assert {a.slot for a in left.airings} == {"sang", "cuoi-tuan"}
    one = left.airings[0]
    done("week", "remove", week, one.id, "--scope", "this", "--yes", cwd=ahead)
    assert Workspace(ahead).load_week(week).airing(one.id) is None
    two = left.airings[1]
    done("week", "move", week, two.id, "--start", "09:00", "--title", "Tên", "--scope", "all",
         "--yes", cwd=ahead)  # fmt: skip
    moved = Workspace(ahead).load_week(week).airing(two.id)
    assert moved is not None
    assert (moved.start, moved.title, moved.slot) == (time(9), "Tên", None)


def test_in_a_terminal_scope_and_consent_are_asked_for(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("broadcast.cli.scoped._terminal", lambda: True)
    words, before = ("slot", "change", "sang", "--start", "17:05"), tree(root)
    refused = run(*words, cwd=root, stdin="mai\ntất cả\nk\n")
    assert "«mai»: được dùng: this (chỉ lần này)" in refused.err
    assert "Sẽ đổi khung giờ «Buổi sáng» (tất cả):" in refused.err
    assert tree(root) == before
    assert (run(*words, cwd=root, stdin="tất cả\n").status, tree(root)) == (1, before)
    agreed = run(*words, cwd=root, stdin="all\nCó\n")
    assert agreed.status == 0
    assert Workspace(root).load_station().slots[0].start == time(17, 5)


def test_what_becomes_odd_is_told_before_it_is_done(root: Path) -> None:
    told = done("slot", "change", "sang", "--days", "T3", "--start", "17:05", "--scope", "all",
                "--dry-run", cwd=root).err  # fmt: skip
    assert "! khung giờ «Buổi sáng» và «Buổi chiều» trùng giờ T3" in told
