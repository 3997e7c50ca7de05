"""Approving by commands: the signed paper, and answering for what does not hold any more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.script_airings import judged_on

from .helpers import APPROVED_AT, BY, WEEK, done, edit, run, tree

PAPER = ("--paper-number", "12/TB-UBND", "--paper-date", "20/11/2026")
REASON = "Đã hỏi lại phòng chuyên môn ngày 22/11, vẫn đúng"
SCRIPT = "scripts/tin.md"
PIECE = """---
id: le-phi
title: Miễn lệ phí
subjects: [lệ phí]
sources:
  - fact: Nộp trực tuyến thì miễn phí.
    source: Thông tư 117/2026/TT-BTC
    until: 2027-02-28
review: 2027-03-15
---
NỮ: Nộp trực tuyến thì miễn phí.
"""
BODY = "[nhạc hiệu]\nNỮ: Nộp trực tuyến thì miễn phí.\n"


@pytest.fixture(autouse=True)
def november(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """It is the morning of 23 November 2026."""
    monkeypatch.setattr("broadcast.cli.script.now", lambda: APPROVED_AT)
    yield


@pytest.fixture
def told(station: Path) -> Path:
    """A station with a script made of a piece that holds until the end of February 2027."""
    (station / "scripts/pieces").mkdir(exist_ok=True)
    (station / "scripts/pieces/le-phi.md").write_text(PIECE, encoding="utf-8")
    front = "---\nid: tin\ntitle: Miễn lệ phí\npieces: [le-phi]\n---\n"
    (station / SCRIPT).write_text(front + BODY, encoding="utf-8")
    return station


def air(root: Path, day: str, week: str) -> None:
    done("week", "add", week, "--day", day, "--start", "05:30", "--minutes", "15",
         "--script", "tin", cwd=root)  # fmt: skip


def approve(root: Path, *more: str) -> Any:
    return run("script", "approve", "tin", "--by", BY, *more, cwd=root)


def shown(root: Path) -> Any:
    return done("script", "show", "tin", "--json", cwd=root).json()


def found(root: Path) -> list[str]:
    return [one["rule"] for one in shown(root)["findings"]]


def of_week(root: Path, week: str) -> list[str]:
    findings = run("week", "check", week, "--json", cwd=root).json()["findings"]
    return [one["rule"] for one in findings if one["airing"] and one["rule"] != "unapproved"]


def test_the_signed_paper_is_kept_with_the_approval(told: Path) -> None:
    assert approve(told, *PAPER).status == 0
    assert shown(told)["approval"]["paper"] == {"number": "12/TB-UBND", "day": "2026-11-20"}
    assert "Văn bản duyệt: số 12/TB-UBND, ngày 20/11/2026" in (
        done("script", "show", "tin", cwd=told).out
    )
    assert "number: 12/TB-UBND" in (told / SCRIPT).read_text("utf-8")


def test_one_paper_stands_behind_a_whole_week(approved: Path) -> None:
    done("script", "approve", "--week", WEEK, "--by", BY, *PAPER, cwd=approved)
    listed = done("script", "list", "--json", cwd=approved).json()
    views = [done("script", "show", one["id"], "--json", cwd=approved).json() for one in listed]
    assert {view["state"] for view in views} == {"đã duyệt"}
    assert {view["approval"]["paper"]["number"] for view in views} == {"12/TB-UBND"}


def test_a_paper_that_comes_later_leaves_who_approved_and_when(told: Path) -> None:
    assert approve(told).status == 0
    before = shown(told)["approval"]
    assert run("script", "approve", "tin", "--by", "Người Khác", *PAPER, cwd=told).status == 0
    after = shown(told)["approval"]
    assert (after.pop("paper") is None, before.pop("paper")) == (False, None)
    assert after == before
    assert run("script", "approve", "tin", "--by", "Người Khác", *PAPER, cwd=told).status == 0
    assert shown(told)["approval"]["by"] == BY


def test_what_changed_since_the_approval_is_told_line_by_line(told: Path) -> None:
    refused = run("script", "changes", "tin", cwd=told)
    assert (refused.status, "chưa được duyệt lần nào" in refused.err) == (1, True)
    assert approve(told).status == 0
    edit(told / SCRIPT, "NỮ: Nộp trực tuyến", "NỮ: Bà con nộp trực tuyến")
    shown_so = done("script", "changes", "tin", cwd=told)
    assert shown_so.lines == [
        "  [nhạc hiệu]",
        "- NỮ: Nộp trực tuyến thì miễn phí.",
        "+ NỮ: Bà con nộp trực tuyến thì miễn phí.",
    ]
    assert BY in shown_so.err
    rows = done("script", "changes", "tin", "--json", cwd=told).json()["rows"]
    assert [row["kind"] for row in rows] == ["kept", "removed", "added"]


@pytest.mark.parametrize(
    ("more", "status", "told_why"),
    [
        (("--paper-number", "12/TB-UBND"), 2, "đi cùng nhau"),
        (("--paper-date", "2026-11-20"), 2, "đi cùng nhau"),
        (("--paper-number", "mười hai", "--paper-date", "2026-11-20"), 1, "viết như 12/TB-UBND"),
        (("--paper-number", "12/TB-UBND", "--paper-date", "2026-11-24"), 1, "sau ngày duyệt"),
        (("--paper-number", "12/TB-UBND", "--paper-date", "20-11"), 2, "không phải là ngày"),
    ],
)
def test_a_paper_that_cannot_be_is_refused(
    more: tuple[str, ...], status: int, told_why: str, told: Path
) -> None:
    before = tree(told)
    result = approve(told, *more)
    assert (result.status, told_why in result.err) == (status, True)
    assert tree(told) == before


def test_a_slip_in_the_paper_in_a_file_is_told_by_line(told: Path) -> None:
    assert approve(told, *PAPER).status == 0
    edit(told / SCRIPT, "day: 2026-11-20", "day: 20 tháng 11")
    refused = run("script", "show", "tin", cwd=told)
    assert (refused.status, "scripts/tin.md:" in refused.err) == (1, True)


def test_a_script_that_holds_when_it_airs_needs_no_reason(told: Path) -> None:
    air(told, "2027-02-27", "2027-W08")
    assert (approve(told).status, found(told)) == (0, [])


def test_a_script_that_does_not_hold_when_it_airs_is_approved_for_a_reason_only(
    told: Path,
) -> None:
    air(told, "2027-03-01", "2027-W09")
    assert found(told) == ["fact-ended"]
    assert run("script", "check", "tin", cwd=told).status == 3
    refused = approve(told)
    assert (refused.status, "--despite" in refused.err) == (1, True)
    assert "28/02/2027" in refused.err
    assert shown(told)["state"] == "nháp"

    assert approve(told, "--despite", REASON).status == 0
    view = shown(told)
    (kept,) = view["approval"]["despite"]
    assert (view["state"], view["findings"]) == ("đã duyệt", [])
    assert (kept["rule"], kept["by"], kept["reason"]) == ("fact-ended", BY, REASON)
    assert kept["at"] == APPROVED_AT.isoformat()
    assert "Nộp trực tuyến thì miễn phí." in kept["message"]
    assert REASON in done("script", "show", "tin", cwd=told).out
    assert of_week(told, "2027-W09") == []


def test_a_change_of_the_text_voids_the_reason(told: Path) -> None:
    air(told, "2027-03-01", "2027-W09")
    assert approve(told, "--despite", REASON).status == 0
    edit(told / SCRIPT, "NỮ: Nộp", "NỮ: Bà con nộp")
    assert (shown(told)["state"], found(told)) == ("nháp", ["fact-ended"])
    assert approve(told).status == 1


def test_a_script_of_no_week_is_judged_by_today(
    told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert found(told) == []
    later = APPROVED_AT.replace(year=2027)
    monkeypatch.setattr("broadcast.cli.script.now", lambda: later)
    assert found(told) == ["fact-ended", "review-due"]


def test_an_old_script_is_judged_by_the_day_it_aired(
    told: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    air(told, "2026-11-25", WEEK)
    monkeypatch.setattr("broadcast.cli.script.now", lambda: APPROVED_AT.replace(year=2030))
    assert found(told) == []
    assert approve(told).status == 0


def test_a_script_is_judged_by_its_last_day_on_air(told: Path) -> None:
    desk = Desk(Workspace(told))
    today = APPROVED_AT.date()
    assert judged_on(desk, "tin", today) == today
    air(told, "2027-02-27", "2027-W08")
    air(told, "2026-11-25", WEEK)
    assert judged_on(desk, "tin", today).isoformat() == "2027-02-27"


def test_an_approved_script_that_airs_again_too_late_stops_the_export(told: Path) -> None:
    air(told, "2026-11-25", WEEK)
    assert approve(told).status == 0
    done("render", "tin", cwd=told)
    air(told, "2027-03-01", "2027-W09")
    assert (of_week(told, WEEK), of_week(told, "2027-W09")) == ([], ["fact-ended"])
    usb = told.parent / "usb"
    refused = run("export", "2027-W09", "--to", usb, cwd=told)
    assert (refused.status, usb.exists()) == (3, False)
    assert '--despite "LÝ DO"' in refused.err
    done("export", WEEK, "--to", usb, cwd=told)

    assert approve(told, "--despite", REASON).status == 0
    done("export", "2027-W09", "--to", usb, cwd=told)


def test_a_piece_that_is_gone_or_broken_stops_nothing(told: Path) -> None:
    air(told, "2027-03-01", "2027-W09")
    (told / "scripts/pieces/le-phi.md").write_text("hỏng", encoding="utf-8")
    assert found(told) == []
    (told / "scripts/pieces/le-phi.md").unlink()
    assert (found(told), approve(told).status) == ([], 0)
