"""Characters, names, syllables and sentences of Vietnamese."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.vietnamese.characters import (
    ascii_name,
    count_syllables,
    fold,
    is_reserved,
    nfc,
    sentences,
    shorten,
)


def test_decomposed_text_becomes_composed() -> None:
    assert nfc(unicodedata.normalize("NFD", "Tiếng Việt")) == "Tiếng Việt"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Dịch vụ", "dich vu"),
        ("  ĐẤT   đai\n", "dat dai"),
        ("lịch phát", "lich phat"),
        ("ƯỚC MƠ", "uoc mo"),
        ("abc", "abc"),
        ("", ""),
    ],
)
def test_folding_drops_case_marks_and_extra_spaces(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_folding_is_the_same_for_composed_and_decomposed_text() -> None:
    text = "Ủy ban nhân dân xã Suối Hoa đã nhận hồ sơ"
    assert fold(unicodedata.normalize("NFD", text)) == fold(text)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Lễ hội đầu năm", "le-hoi-dau-nam"),
        ("Nộp hồ sơ tại nhà qua Cổng Dịch vụ công", "nop-ho-so-tai-nha-qua-cong"),
        ("  --- ", "khong-ten"),
        ("", "khong-ten"),
        ("Con", "ten-con"),
        ("com1", "ten-com1"),
        ("AUX.", "ten-aux"),
        ("tin số 5...", "tin-so-5"),
        ("Москва", "moskva"),
        ("a" * 50, "a" * 30),
    ],
)
def test_a_name_is_ascii_words_that_every_file_system_takes(text: str, name: str) -> None:
    assert ascii_name(text) == name


@given(st.text(), st.integers(min_value=3, max_value=60))
def test_a_name_is_never_empty_too_long_or_reserved(text: str, most: int) -> None:
    name = ascii_name(text, most)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= most
    assert not re.fullmatch(r"con|prn|aux|nul|com\d|lpt\d", name)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kính thưa bà con!", 4),
        ("ủy ban nhân dân, xã Suối Hoa…", 7),
        ("kinh tế - xã hội", 4),
        ("", 0),
        (" . , ", 0),
        (unicodedata.normalize("NFD", "tiếng Việt"), 2),
    ],
)
def test_a_word_is_a_syllable(text: str, count: int) -> None:
    assert count_syllables(text) == count


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một. Hai! Ba? Bốn…", ("Một.", "Hai!", "Ba?", "Bốn…")),
        (
            "Mời bà con đến TP. Hòa Bình. Xin cảm ơn.",
            ("Mời bà con đến TP. Hòa Bình.", "Xin cảm ơn."),
        ),
        ("Xem công văn số. 15 ngày 3/4.", ("Xem công văn số. 15 ngày 3/4.",)),
        ("Đạt 98.5 điểm. Tốt.", ("Đạt 98.5 điểm.", "Tốt.")),
        ("Tin, bài... và ảnh. Hết", ("Tin, bài... và ảnh.", "Hết")),
        ("Tin, bài... Sau đó nghỉ.", ("Tin, bài...", "Sau đó nghỉ.")),
        ("1. Mục tiêu. 2. Yêu cầu.", ("1. Mục tiêu.", "2. Yêu cầu.")),
        ("Nộp năm 2026. Nhận ngay.", ("Nộp năm 2026.", "Nhận ngay.")),
        ("Ông nói: “Xong rồi.” Bà cười.", ("Ông nói: “Xong rồi.”", "Bà cười.")),
        ("Ông Lý Văn A. Bà Lò Thị B.", ("Ông Lý Văn A.", "Bà Lò Thị B.")),
        ("Lúa, ngô, v.v. Các loại khác.", ("Lúa, ngô, v.v.", "Các loại khác.")),
        ("dòng một\n dòng hai", ("dòng một dòng hai",)),
        ("", ()),
    ],
)
def test_sentences_end_where_a_reader_stops(text: str, parts: tuple[str, ...]) -> None:
    assert sentences(text) == parts


@given(st.text(alphabet='aAđ1. …!?"”()\n'))
def test_no_letter_is_lost_between_sentences(text: str) -> None:
    assert "".join(sentences(text)).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize("name", ["con", "NUL", "aux.mp3", "com1", "Lpt9.txt"])
def test_names_of_windows_devices_are_known_with_any_suffix(name: str) -> None:
    assert is_reserved(name)


@pytest.mark.parametrize("name", ["con-lan", "com", "com10", "ban-con.mp3", ""])
def test_other_names_are_no_devices(name: str) -> None:
    assert not is_reserved(name)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Nộp hồ sơ tại nhà", "Nộp hồ sơ tại nhà"),
        ("Nộp hồ sơ tại nhà qua mạng", "Nộp hồ sơ tại nhà…"),
        ("Một, hai, ba, bốn, năm, sáu", "Một, hai, ba, bốn…"),
        ("a" * 30, "a" * 19 + "…"),
    ],
)
def test_long_text_is_cut_at_a_word_where_there_is_one(text: str, shown: str) -> None:
    assert shorten(text, 20) == shown
