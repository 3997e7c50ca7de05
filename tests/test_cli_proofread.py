"""`plan check` and `script check`: suggestions by line, and deciding about them by their ids."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .helpers import done, edit, run, tree

SCRIPT = """\
---
id: thu
title: Thử
---
NỮ: Mời bà con mang CMND đến thị trấn Tân Yên.
NAM: Mang CMND nhé. Theo Nghị định số 15/QĐ-UBND.
"""
PLAN = """\
ỦY BAN NHÂN DÂN XÃ SUỐI HOA
Số: 08/KH-UBND
Suối Hoa, ngày 12 tháng 01 năm 2026

KẾ HOẠCH
Tuyên truyền cải cách hành chính năm 2026

I. NỘI DUNG TUYÊN TRUYỀN
- Cách nộp hồ sơ tại Bộ phận một cửa xã và nhận kết quả.
- Giấy tờ cần mang theo khi đến làm việc tại xã.
"""


@pytest.fixture
def root(station: Path) -> Path:
    (station / "scripts/thu.md").write_text(SCRIPT, "utf-8")
    return station


@pytest.fixture
def planned(root: Path, tmp_path: Path) -> Path:
    document = tmp_path / "ke-hoach.txt"
    document.write_text(PLAN, "utf-8")
    done("plan", "import", document, "--id", "kh", cwd=root)
    return root


def asked(root: Path, *command: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(*command, "--json", cwd=root).json()
    return [one for one in found if one.get("id")]


def ids(root: Path) -> dict[str, str]:
    """Ids of what `script check` asks about by the words, the last of equal ones."""
    return {one["written"]: one["id"] for one in asked(root, "script", "check", "thu")}


def test_a_script_is_checked_by_line_with_ids_and_status_three(root: Path) -> None:
    told = run("script", "check", "thu", cwd=root)
    found = asked(root, "script", "check", "thu")

    assert told.status == 3
    assert [(one["line"], one["rule"], one["written"], one["better"]) for one in found] == [
        (5, "outdated-term", "CMND", "thẻ căn cước"),
        (5, "outdated-term", "thị trấn Tân Yên", ""),
        (6, "outdated-term", "CMND", "thẻ căn cước"),
        (6, "citation", "Nghị định số 15/QĐ-UBND", "Quyết định số 15/QĐ-UBND"),
    ]
    assert all(f"[{one['id']}]" in told.out for one in found)
    assert "--accept" in told.err


def test_what_is_shown_of_a_script_has_the_same_findings(root: Path) -> None:
    shown = done("script", "show", "thu", "--json", cwd=root).json()

    assert shown["findings"] == run("script", "check", "thu", "--json", cwd=root).json()


def test_suggestions_keep_nobody_from_approving(root: Path) -> None:
    assert run("script", "approve", "thu", "--by", "Trần Thị Mẫu", cwd=root).status == 0


def test_suggestions_are_decided_by_id(root: Path) -> None:
    known = ids(root)
    decided = done(
        "script", "check", "thu", "--accept", known["Nghị định số 15/QĐ-UBND"],
        "--reject", known["thị trấn Tân Yên"], "--ignore", known["CMND"], cwd=root,
    )  # fmt: skip

    assert decided.out == ""
    assert (
        "Đã sửa dòng 6: «Nghị định số 15/QĐ-UBND» thành «Quyết định số 15/QĐ-UBND»" in decided.err
    )
    assert "Theo Quyết định số 15/QĐ-UBND." in (root / "scripts/thu.md").read_text("utf-8")
    again = run("script", "check", "thu", cwd=root)
    assert (again.status, again.out) == (0, "Không có điểm nào cần xem.\n")


def test_an_id_that_is_not_there_is_told_and_nothing_is_done(root: Path) -> None:
    before = tree(root / "scripts")
    refused = run("script", "check", "thu", "--accept", "zzzz", cwd=root)

    assert (refused.status, refused.out) == (1, "")
    assert "không có gợi ý mang mã zzzz" in refused.err
    assert tree(root / "scripts") == before


def test_one_id_is_not_decided_in_two_ways(root: Path) -> None:
    one = ids(root)["CMND"]
    refused = run("script", "check", "thu", "--accept", one, "--reject", one, cwd=root)

    assert refused.status == 1
    assert f"mã {one} được nêu hai lần" in refused.err


def test_a_broken_file_of_decisions_is_told_by_line(root: Path) -> None:
    (root / "scripts/proofread.yaml").write_text("rejected:\n  - rule: spelling\n", "utf-8")
    refused = run("script", "check", "thu", cwd=root)

    assert refused.status == 1
    assert "scripts/proofread.yaml:2: rejected: thiếu mục 'written'" in refused.err


def test_a_plan_is_checked_and_corrected(planned: Path) -> None:
    (one,) = asked(planned, "plan", "check", "kh")
    assert run("plan", "check", "kh", cwd=planned).status == 3
    assert (one["line"], one["written"]) == (9, "Bộ phận một cửa")
    assert one["suggestion"] == "sửa thành «Trung tâm Phục vụ hành chính công»"

    done("plan", "check", "kh", "--accept", one["id"], cwd=planned)
    topics = done("plan", "show", "kh", "--json", cwd=planned).json()["topics"]
    assert topics[0]["text"].startswith("Cách nộp hồ sơ tại Trung tâm Phục vụ hành chính công xã")
    assert asked(planned, "plan", "check", "kh") == []


def test_the_same_words_of_a_plan_are_told_once_with_all_their_places(
    planned: Path, tmp_path: Path
) -> None:
    document = tmp_path / "khac.txt"
    document.write_text(PLAN, "utf-8")
    edit(document, "làm việc tại xã", "Bộ phận một cửa")
    done("plan", "import", document, "--id", "khac", cwd=planned)
    first, other = asked(planned, "plan", "check", "khac")
    told = run("plan", "check", "khac", cwd=planned).out

    assert told.count("«Bộ phận một cửa»") == 1
    assert f"! [{first['id']}] dòng 9: " in told
    assert f"cũng ở: dòng 10 [{other['id']}]" in told


def test_proofreading_is_no_part_of_hearing_each_key(root: Path) -> None:
    from .helpers import run_python  # noqa: PLC0415 - only this one looks at what is loaded

    code = (
        "import sys, broadcast.workflow.hearing, broadcast.workflow.script_preview\n"
        "print([m for m in sys.modules if 'proofread' in m or m.endswith(('terms', 'spelling'))])"
    )
    assert run_python("-c", code, cwd=root).out == "[]\n"
