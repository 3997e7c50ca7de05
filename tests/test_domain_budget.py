"""A programme's length against the time set aside for it."""

from __future__ import annotations

from broadcast.domain.budget import Budget, Part

PARTS = (Part("mở đầu", 12.0), Part("«Nước»", 200.0), Part("«Thuế»", 90.0), Part("kết", 8.0))


def test_without_minutes_any_length_is_right() -> None:
    assert Budget(PARTS, 310.0).finding(190) is None


def test_a_programme_that_fits_is_not_spoken_of() -> None:
    assert Budget(PARTS, 310.0, 6).finding(190) is None


def test_too_long_says_by_how_much_and_which_item_would_be_enough() -> None:
    found = Budget(PARTS, 310.0, 4).finding(190)
    assert found
    assert found.rule == "too-long"
    assert found.message == "chương trình dài 5 phút 10 giây, quá 1 phút 10 giây so với 4 phút"
    assert found.mend == "rút bớt khoảng 230 tiếng, hoặc bỏ mục «Thuế» (1 phút 30 giây)"


def test_the_only_item_is_never_to_be_left_out() -> None:
    found = Budget((PARTS[0], PARTS[1]), 212.0, 3).finding(190)
    assert found
    assert "bỏ mục" not in found.mend


def test_too_short_says_how_much_is_free_and_what_would_fill_it() -> None:
    found = Budget(PARTS, 310.0, 7).finding(190, proposal="thêm bài a")
    assert found
    assert (found.rule, found.mend) == ("too-short", "thêm bài a")
    assert "còn trống 1 phút 50 giây" in found.message
