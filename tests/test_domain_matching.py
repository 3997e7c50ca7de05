"""Which ready piece tells about which topic, judged by hand for real plans and the sample."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.matching import best_piece
from broadcast.domain.piece import Piece
from broadcast.intake.plan_parser import parse_plan
from broadcast.intake.readers import read_document
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import fold

ROOT = Path(__file__).parents[1]
REAL_PLANS = ROOT.parent / "shared" / "plans" / "text"

SATISFACTION, CENTRE = "su-hai-long", "trung-tam-hanh-chinh-cong"
ONLINE, COMPLAINTS = "dich-vu-cong-truc-tuyen", "phan-anh-kien-nghi"
CONDUCT = "ky-luat-cong-vu"

REAL = {
    "002_hamtan.txt": {
        "II.2/a": SATISFACTION,
        "II.2/b": None,  # three plans, one of which names the indices
        "II.2/c": CENTRE,
        "II.2/d": ONLINE,
        "II.2/đ": ONLINE,
    },
    "003_duongquan.txt": {
        "II.1/a": None,
        "II.1/a/-1": None,
        "II.1/a/-2": CONDUCT,
        "II.1/a/-3": CENTRE,
        "II.1/b": None,
        "II.1/c": SATISFACTION,
        "II.1/c/-1": None,  # digital government, which names the population database in passing
        "II.1/c/-2": None,
        "II.1/c/-3": COMPLAINTS,
        "II.1/d": None,
        "II.1/đ": ONLINE,
        "II.1/e": CENTRE,
    },
    "004_chiengson.txt": {
        "II.2/2.1/+3": COMPLAINTS,
        "II.2/2.1/-1": None,
        "II.2/2.1/-2": None,
        "II.2/2.1/-3": SATISFACTION,
        "II.2/2.2": None,
        "II.2/2.2/-1": CONDUCT,
        "II.2/2.3": None,
    },
}
"""Every airable topic of the three real plans, read and judged by a person."""

SAMPLE = {
    "II.2/a/-1": None,
    "II.2/a/-2": SATISFACTION,
    "II.2/b": CONDUCT,
    "II.2/c": CENTRE,
    "II.2/d/-1": "theo-doi-ho-so",
    "II.2/d/-2": None,
    "II.2/đ": ONLINE,
    "II.2/e/-1": "dinh-danh-vneid",
    "II.2/e/-2": "chong-lua-dao",
    "II.2/g": COMPLAINTS,
}


def found_for(document: Path) -> dict[str, str | None]:
    pieces = Workspace(ROOT).load_pieces()
    plan = parse_plan(read_document(document), "ke-hoach")
    matches = {t.path: best_piece(t.text, pieces, fold) for t in plan.airable_topics()}
    return {path: match and match.piece.id for path, match in matches.items()}


@pytest.mark.skipif(not REAL_PLANS.is_dir(), reason="the real plans are not part of the project")
@pytest.mark.parametrize("name", REAL)
def test_real_topics_get_the_piece_an_editor_would_take(name: str) -> None:
    assert found_for(REAL_PLANS / name) == REAL[name]


def test_topics_of_the_sample_get_the_piece_an_editor_would_take() -> None:
    assert found_for(ROOT / "schedules/plans/source/suoi-hoa-2026.txt") == SAMPLE


def piece(name: str, *subjects: str) -> Piece:
    return Piece(name, name, subjects, "", ())


BRIDGE = piece("cau", "cầu treo", "CTBX")
WATER = piece("nuoc", "nguồn nước sạch", "giếng")
PIECES = (BRIDGE, WATER)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Việc sửa cầu treo của bản.", "cau"),
        ("VIỆC SỬA CAU TREO cua ban.", "cau"),
        ("Kết quả kiểm tra CTBX năm nay.", "cau"),
        ("Lịch họp thôn; tiền quỹ; đường đi; trường học; sửa cầu treo.", None),
        ("Lịch họp tại cầu treo của bản.", None),
        ("Tài cầu treo vượt lũ.", "cau"),
        ("Sửa cầu treo, giữ nguồn nước sạch.", "nuoc"),
        ("Giữ nguồn nước sạch; việc sửa cầu treo.", "nuoc"),
        ("Lễ hội xuống đồng. Giữ nguồn nước sạch của bản.", "nuoc"),
        ("Lễ hội xuống đồng. Sửa cầu treo của bản.", None),
        ("Lễ hội xuống đồng ở bản; nguồn nước sạch mới của xã.", "nuoc"),
        ("", None),
        ("cầu", None),
    ],
)
def test_a_piece_counts_where_the_text_is_about_it(text: str, expected: str | None) -> None:
    match = best_piece(text, PIECES, fold)
    assert (match and match.piece.id) == expected


def test_a_subject_lost_in_a_long_leading_clause_does_not_count() -> None:
    about = "các bản trong xã cùng nhau " * 8
    assert best_piece(f"Họp với {about} sửa cầu treo", PIECES, fold) is None


def test_the_named_subjects_are_told() -> None:
    match = best_piece("Sửa cầu treo theo chương trình CTBX", PIECES, fold)
    assert match and match.subjects == ("cầu treo", "CTBX")


@pytest.mark.parametrize(
    ("used", "expected"), [({}, "a"), ({"a": 1}, "b"), ({"a": 1, "b": 1}, "a")]
)
def test_of_equals_the_one_used_least_is_taken(used: dict[str, int], expected: str) -> None:
    pieces = [piece("b", "cầu treo"), piece("a", "cầu treo")]
    match = best_piece("Sửa cầu treo của bản", pieces, fold, used)
    assert match and match.piece.id == expected


@given(
    st.lists(
        st.sampled_from("sửa cầu treo giếng CTBX tại ; . : nước sạch nguồn".split()), max_size=30
    )
)
def test_a_match_names_only_subjects_that_are_in_the_text(words: list[str]) -> None:
    text = " ".join(words)
    match = best_piece(text, PIECES, fold)
    bare = fold("".join(c if c.isalnum() else " " for c in text))
    assert match is None or all(fold(subject) in bare for subject in match.subjects)
