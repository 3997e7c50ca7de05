"""Lists of scripts and pieces to choose from."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from broadcast.errors import NotFoundError
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import SETTLED, Desk
from broadcast.workflow.script_list import Entry, insertable, piece_body, script_list
from tests.helpers import BY, PLAN, WEEK, airings, done, edit, script_file


def test_every_script_is_listed_with_what_one_chooses_by(approved: Path) -> None:
    desk = Desk(Workspace(approved))
    entries = {entry.id: entry for entry in script_list(desk)}
    assert sorted(entries) == list(desk.workspace.script_ids())
    first = airings(approved)[0]
    entry = entries[first["script"]]
    assert (entry.title, entry.state, entry.plan, entry.topic) == (
        first["title"], "đã duyệt", PLAN, first["topic"],
    )  # fmt: skip
    assert entry.seconds == desk.hearing(entry.id).seconds
    assert (entry.used, entry.error) == ("T2 23/11", None)
    done("script", "return", entry.id, "--by", BY, "--reason", "ngắn", cwd=approved)
    edit(script_file(approved, entry.id), "NỮ: ", "[lạ]\nNỮ: ")
    again = {entry.id: entry for entry in script_list(desk)}[entry.id]
    assert (again.state, again.findings) == ("trả lại", entry.findings + 1)


def test_a_script_on_air_often_names_the_first_days(approved: Path) -> None:
    days = Workspace(approved).load_week(next(iter(Workspace(approved).week_ids()))).id.days()
    assert Entry("a", "A", days=days[:2]).used == "T2 23/11, T3 24/11"
    assert Entry("a", "A", days=days).used == "T2 23/11, T3 24/11, T4 25/11 ..."
    assert Entry("a", "A").used == ""


def test_a_broken_script_is_listed_with_what_is_wrong(approved: Path) -> None:
    broken = airings(approved)[0]["script"]
    script_file(approved, broken).write_text("hỏng", encoding="utf-8")
    entry = next(e for e in script_list(Desk(Workspace(approved))) if e.id == broken)
    assert (entry.title, entry.state, entry.used) == (broken, None, "T2 23/11")
    assert f"scripts/{broken}.md:1" in str(entry.error)


def test_a_broken_week_hides_no_script(approved: Path) -> None:
    (approved / f"schedules/{WEEK}.yaml").write_text("week: [", encoding="utf-8")
    entries = script_list(Desk(Workspace(approved)))
    assert {entry.used for entry in entries} == {""}
    assert {entry.state for entry in entries} == {"đã duyệt"}


def test_a_list_of_what_did_not_change_reads_no_file(
    approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (*approved.rglob("*.md"), *approved.rglob("*.yaml")):
        long_ago = path.stat().st_mtime_ns - 2 * SETTLED
        os.utime(path, ns=(long_ago, long_ago))
    desk = Desk(Workspace(approved))
    before = script_list(desk)
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"read {path}"))
    assert script_list(desk) == before


def test_ready_pieces_are_offered_by_title(approved: Path) -> None:
    desk = Desk(Workspace(approved))
    offered = insertable(desk)
    assert [one.id for one in sorted(offered, key=lambda one: one.id)] == [
        piece.id for piece in desk.workspace.load_pieces()
    ]
    assert [one.title for one in offered] == sorted(one.title for one in offered)
    assert all(one.seconds > 20 and one.subjects for one in offered)


def test_a_piece_comes_with_the_station_s_details(approved: Path) -> None:
    desk = Desk(Workspace(approved))
    (approved / "scripts/pieces").mkdir(exist_ok=True)
    text = "---\nid: bai-moi\ntitle: Bài mới\nsubjects: [x]\n---\n{}"
    body = "NỮ: Gọi {hotline_x}.\nNAM: Đến {nơi|trụ sở} xã. Hỏi {ai?} nhé.\n[nghỉ 1s]\n"
    (approved / "scripts/pieces/bai-moi.md").write_text(text.format(body), encoding="utf-8")
    assert piece_body(desk, "bai-moi") == ("NỮ: Gọi {hotline_x}.\nNAM: Đến trụ sở xã.\n[nghỉ 1s]\n")
    with pytest.raises(NotFoundError):
        piece_body(desk, "khong-co")
