"""Numbers in words, checked by an inverse that reads the words back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.vietnamese.numbers import (
    DIGITS,
    cardinal,
    day_of_month,
    decimal,
    digits,
    month,
    ordinal,
    roman,
)

ONES = {word: n for n, word in enumerate(DIGITS)} | {"mốt": 1, "tư": 4, "lăm": 5}
SIZES = {"nghìn": 10**3, "ngàn": 10**3, "triệu": 10**6}


def parse(words: str) -> int:
    """Read a cardinal back: what was said before "tỷ" counts thousand millions."""
    *high, low = words.split(" tỷ")
    total = parse_below(low)
    return total + 10**9 * parse(" tỷ".join(high)) if high else total


def parse_below(words: str) -> int:
    total = group = 0
    for word in words.split():
        if word in SIZES:
            total, group = total + group * SIZES[word], 0
        elif word == "trăm":
            group *= 100
        elif word == "mươi":
            group += (group % 10) * 9
        elif word == "mười":
            group += 10
        elif word not in {"linh", "lẻ"}:
            group += ONES[word]
    return total + group


@given(st.integers(min_value=0, max_value=10**18 - 1), st.sampled_from(["bắc", "trung", "nam"]))
def test_a_number_can_be_told_from_its_words(n: int, region: str) -> None:
    assert parse(cardinal(n, region)) == n


@pytest.mark.parametrize(
    ("n", "north", "south"),
    [
        (0, "không", "không"),
        (4, "bốn", "bốn"),
        (14, "mười bốn", "mười bốn"),
        (15, "mười lăm", "mười lăm"),
        (21, "hai mươi mốt", "hai mươi mốt"),
        (24, "hai mươi tư", "hai mươi tư"),
        (105, "một trăm linh năm", "một trăm lẻ năm"),
        (1_005, "một nghìn không trăm linh năm", "một ngàn không trăm lẻ năm"),
        (1_000_000, "một triệu", "một triệu"),
        (10**9 + 7, "một tỷ không trăm linh bảy", "một tỷ không trăm lẻ bảy"),
        (10**15, "một triệu tỷ", "một triệu tỷ"),
        (-3, "âm ba", "âm ba"),
    ],
)
def test_cardinals_are_said_as_in_the_north_and_the_south(n: int, north: str, south: str) -> None:
    assert (cardinal(n), cardinal(n, "nam")) == (north, south)


def test_a_number_too_large_to_follow_is_read_figure_by_figure() -> None:
    assert cardinal(10**18).startswith("một không không, không không không")


@given(st.text(alphabet="0123456789", min_size=1, max_size=60))
def test_figures_are_read_one_by_one_without_loss(figures: str) -> None:
    words = digits(figures).replace(",", "").split()
    assert "".join(str(DIGITS.index(word)) for word in words) == figures


@pytest.mark.parametrize(
    ("whole", "fraction", "said"),
    [
        (98, "5", "chín mươi tám phẩy năm"),
        (0, "75", "không phẩy bảy mươi lăm"),
        (3, "05", "ba phẩy không năm"),
        (3, "125", "ba phẩy một hai năm"),
    ],
)
def test_a_decimal_has_its_comma_said(whole: int, fraction: str, said: str) -> None:
    assert decimal(whole, fraction) == said


def test_the_first_and_the_fourth_have_names_of_their_own() -> None:
    said = [ordinal(n) for n in (1, 2, 4, 5, 14, 24)]
    assert said == ["nhất", "hai", "tư", "năm", "mười bốn", "hai mươi tư"]


def test_the_first_ten_days_are_mung_in_the_north_only() -> None:
    assert [day_of_month(n) for n in (1, 10, 11)] == ["mùng một", "mùng mười", "mười một"]
    assert day_of_month(1, "nam") == "một"


def test_the_fourth_month_is_tu() -> None:
    assert [month(n) for n in (1, 4, 12)] == ["một", "tư", "mười hai"]


@pytest.mark.parametrize(
    ("text", "value"),
    [("I", 1), ("IV", 4), ("XIV", 14), ("MMXXVI", 2026), ("IIII", None), ("VX", None), ("A", None)],
)
def test_only_proper_roman_numbers_are_numbers(text: str, value: int | None) -> None:
    assert roman(text) == value
