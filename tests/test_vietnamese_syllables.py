"""What is a Vietnamese syllable, and what looks like an abbreviation."""

from __future__ import annotations

import pytest

from broadcast.vietnamese.syllables import is_syllable, is_unspeakable, spell, split_plain


@pytest.mark.parametrize(
    "word",
    "nghiêng quốc gì giữa khuya uyển yêu thuở HOẠCH Đắk Krông ủy oằn xoong a".split(),
)
def test_every_kind_of_syllable_is_one(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", "UBND web Facebook zalo TT bcd strên xyz 5a".split())
def test_what_no_vietnamese_word_looks_like_is_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    ("word", "unspeakable"),
    [
        ("UBND", True), ("TT", True), ("IOC", True), ("TTg", True),
        ("BAN", False), ("INDEX", False), ("Zalo", False), ("A", False), ("KẾ", False),
    ],
)  # fmt: skip
def test_capitals_without_a_syllable_look_like_an_abbreviation(
    word: str, unspeakable: bool
) -> None:
    assert is_unspeakable(word) == unspeakable


def test_a_word_is_spelt_by_the_names_of_its_letters() -> None:
    assert spell("VNđ1") == "vê nờ đê"


@pytest.mark.parametrize(
    ("label", "parts"),
    [("suoihoa", ["suoi", "hoa"]), ("dichvucong", ["dich", "vu", "cong"]), ("xyz", None)],
)
def test_a_label_of_an_address_is_cut_into_syllables(label: str, parts: list[str] | None) -> None:
    assert split_plain(label) == parts
