"""Importing a plan again and again, with corrections made by hand in between."""

from __future__ import annotations

from pathlib import Path

import pytest

from .helpers import PLAN, PLAN_DOCUMENT, done, edit, run, tree

CORRECTED = "Cách giữ phiếu hẹn, tra cứu tình trạng xử lý"
WRITTEN = "Cách giữ mã hồ sơ, tra cứu tình trạng xử lý"


@pytest.fixture
def document(sample: Path) -> Path:
    """The plan's document, where the officer may change it."""
    copy = sample.parent / PLAN_DOCUMENT.name
    copy.write_bytes(PLAN_DOCUMENT.read_bytes())
    return copy


def plan_file(root: Path) -> Path:
    return root / f"schedules/plans/{PLAN}.yaml"


def topic_texts(root: Path) -> list[str]:
    shown = done("plan", "show", PLAN, "--json", cwd=root).json()
    return [one["text"] for one in shown["topics"]]


def test_the_document_is_kept_beside_the_plan(sample: Path) -> None:
    kept = sample / f"schedules/plans/source/{PLAN}.txt"

    assert kept.read_bytes() == PLAN_DOCUMENT.read_bytes()


def test_the_same_document_again_is_no_news(sample: Path, document: Path) -> None:
    before = tree(sample)
    again = run("plan", "import", document, cwd=sample)

    assert (again.status, again.out) == (0, f"{PLAN}\n")
    assert "không có gì thay đổi" in again.err
    assert tree(sample) == before


def test_a_correction_is_not_overwritten_unasked(sample: Path, document: Path) -> None:
    edit(plan_file(sample), WRITTEN, CORRECTED)
    before = tree(sample)
    again = run("plan", "import", document, cwd=sample)

    assert (again.status, again.out) == (1, "")
    assert CORRECTED in again.err
    assert "--replace" in again.err
    assert tree(sample) == before


def test_replace_keeps_the_correction(sample: Path, document: Path) -> None:
    edit(plan_file(sample), WRITTEN, CORRECTED)
    again = done("plan", "import", document, "--replace", cwd=sample)

    assert "giữ chỗ đã sửa" in again.err
    assert [text for text in topic_texts(sample) if text.startswith(CORRECTED)]
    assert [text for text in topic_texts(sample) if text.startswith(WRITTEN)] == []


def test_a_changed_document_says_what_would_change_and_writes_nothing(
    sample: Path, document: Path
) -> None:
    edit(document, "Cách giữ mã hồ sơ", "Cách lưu mã hồ sơ")
    before = tree(sample)
    again = run("plan", "import", document, cwd=sample)

    assert again.status == 1
    assert "Cách lưu mã hồ sơ" in again.err
    assert tree(sample) == before


def test_replace_takes_the_new_document_and_keeps_the_correction(
    sample: Path, document: Path
) -> None:
    edit(plan_file(sample), WRITTEN, CORRECTED)
    edit(document, "Kỷ luật, kỷ cương và văn hóa giao tiếp", "Kỷ cương và văn hóa giao tiếp")
    done("plan", "import", document, "--replace", cwd=sample)
    texts = topic_texts(sample)

    assert [text for text in texts if text.startswith(CORRECTED)]
    assert [text for text in texts if text.startswith("Kỷ cương và văn hóa giao tiếp")]
    kept = sample / f"schedules/plans/source/{PLAN}.txt"
    assert kept.read_bytes() == document.read_bytes()
    assert done("plan", "import", document, "--replace", cwd=sample).status == 0


def test_a_comment_in_the_plan_survives_a_new_import(sample: Path, document: Path) -> None:
    edit(plan_file(sample), "year: 2026", "year: 2026  # đã hỏi văn phòng")
    edit(document, "Kỷ luật, kỷ cương và văn hóa giao tiếp", "Kỷ cương và văn hóa giao tiếp")
    done("plan", "import", document, "--replace", cwd=sample)

    assert "year: 2026  # đã hỏi văn phòng" in plan_file(sample).read_text(encoding="utf-8")


def test_an_id_of_ones_own_makes_a_second_plan(sample: Path, document: Path) -> None:
    edit(document, "Kỷ luật, kỷ cương", "Kỷ cương")
    done("plan", "import", document, "--id", "ban-bo-sung", cwd=sample)
    listed = done("plan", "list", "--json", cwd=sample).json()

    assert sorted(one["id"] for one in listed) == ["ban-bo-sung", PLAN]


def test_a_topic_that_is_not_for_the_air_is_not_filled_in(sample: Path) -> None:
    shown = done("plan", "show", PLAN, "--json", cwd=sample).json()
    airable = {one["path"] for one in shown["topics"] if one["airable"] == "yes"}
    week = done("week", "show", "2026-W48", "--json", cwd=sample).json()["airings"]

    assert {one["topic"] for one in week} < airable


def test_every_problem_of_a_document_is_told_with_its_line(station: Path, tmp_path: Path) -> None:
    document = tmp_path / "ke-hoach.txt"
    document.write_bytes(PLAN_DOCUMENT.read_bytes())
    edit(document, "\nV. TỔ CHỨC", "\nVII. TỔ CHỨC")
    line = document.read_text(encoding="utf-8").split("\n").index("VII. TỔ CHỨC THỰC HIỆN") + 1
    done("plan", "import", document, cwd=station)
    checked = run("plan", "check", PLAN, "--json", cwd=station)
    shown = run("plan", "check", PLAN, cwd=station)

    assert checked.status == shown.status == 3
    problems = [one for one in checked.json() if one["rule"] == "problem"]
    assert [one["line"] for one in problems] == [line]
    assert f"! dòng {line}: " in shown.out
