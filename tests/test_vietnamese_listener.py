"""A plan's paragraph retold for the ear, and the title made from it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.vietnamese.characters import count_syllables
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.listener import MOST_SYLLABLES, retell, short_title
from broadcast.vietnamese.spoken import read_aloud

LONG = (
    "- Tuyên truyền, phổ biến sâu rộng về lợi ích của việc nộp hồ sơ qua mạng; tình hình tiếp "
    "nhận, trả kết quả tại trung tâm của xã theo Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của "
    "Chính phủ và Nghị định số 367/2025/NĐ-CP ngày 31/12/2025 của Chính phủ sửa đổi một số "
    "điều, nhằm giúp "
    "bà con bớt đi lại, bớt giấy tờ, đồng thời giám sát được việc giải quyết của cán bộ, công chức."
)


def heard(sentence: str) -> int:
    return count_syllables(read_aloud(sentence, product_lexicon()).text)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Tuyên truyền việc thực hiện nếp sống văn minh trong việc cưới.",
            ("Thực hiện nếp sống văn minh trong việc cưới.",),
        ),
        (
            "a) Tiếp tục đẩy mạnh tuyên truyền, phổ biến những chủ trương mới của tỉnh;",
            ("Những chủ trương mới của tỉnh.",),
        ),
        (
            "Thực hiện tốt công tác truyền thông về kết quả giải quyết hồ sơ ở xã.",
            ("Kết quả giải quyết hồ sơ ở xã.",),
        ),
        (
            "+ Thông tin kịp thời phản ánh của bà con; tuyên truyền về số điện thoại nóng.",
            ("Phản ánh của bà con.", "Số điện thoại nóng."),
        ),
        (
            "Tăng cường kỷ luật, kỷ cương trong giờ làm việc./.",
            ("Tăng cường kỷ luật, kỷ cương trong giờ làm việc.",),
        ),
        (
            "Tuyên truyền thông qua hệ thống loa của các bản.",
            ("Tuyên truyền thông qua hệ thống loa của các bản.",),
        ),
        (
            "Thủ tục hành chính (TTHC) được niêm yết; và công khai trên mạng, cụ thể như sau:",
            ("Thủ tục hành chính được niêm yết.", "Công khai trên mạng."),
        ),
        ("", ()),
        (" - ; ... ", ()),
    ],
)
def test_office_phrases_go_and_clauses_become_sentences(
    text: str, sentences: tuple[str, ...]
) -> None:
    assert retell(text) == sentences


def test_only_the_first_document_number_stays_and_its_date_goes() -> None:
    told = " ".join(retell(LONG))
    assert re.findall(r"\d+/\d+/[A-ZĐ-]+", told) == ["118/2025/NĐ-CP"]
    assert "ngày" not in told
    assert "Nghị định của Chính phủ sửa đổi" in told


def test_a_long_clause_is_cut_so_that_each_sentence_can_be_followed() -> None:
    assert [s for s in retell(LONG) if heard(s) > MOST_SYLLABLES] == []
    assert len(retell(LONG)) >= 4


def test_no_sentence_ends_in_a_loose_word_or_begins_with_a_joint() -> None:
    for sentence in retell(LONG):
        assert not re.search(r" (và|của|về|các|để|theo|nhằm)\.$", sentence)
        assert not re.match(r"(Và|Hoặc|Đồng thời|Nhằm) ", sentence)


def test_a_range_or_a_list_of_numbers_is_never_torn_apart() -> None:
    text = (
        "Kết quả thực hiện chương trình xây dựng nông thôn mới và chuyển đổi số của toàn xã trong "
        "giai đoạn 2021 - 2030 ở các bản vùng cao, mức độ 3, 4 tại trung tâm của xã và các bản"
    )
    told = retell(text)
    assert any("giai đoạn 2021 - 2030" in sentence for sentence in told)
    assert any("ức độ 3, 4 tại" in sentence for sentence in told)


WORDS = st.sampled_from(
    "tuyên truyền về việc các hồ sơ, của xã; và để nhằm UBND 118/2025/NĐ-CP ngày 5/6/2025 cán bộ. "
    "(TTHC) 2021 - 2030 công chức, giai đoạn: mức độ 3, 4 - + …".split(" ")
)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=90).map(" ".join), st.text(max_size=80)))
def test_whatever_the_text_sentences_begin_large_end_full_and_can_be_followed(text: str) -> None:
    for sentence in retell(text):
        assert sentence[0] == sentence[0].upper()
        assert sentence[-1] in ".!?"
        words = sentence.split()
        assert heard(sentence) <= MOST_SYLLABLES or len(words) <= MOST_SYLLABLES


@settings(max_examples=150, deadline=None)
@given(st.lists(WORDS, max_size=90).map(" ".join))
def test_nothing_is_invented(text: str) -> None:
    written = set(re.findall(r"\w+", text.lower()))
    assert set(re.findall(r"\w+", " ".join(retell(text)).lower())) <= written


@pytest.mark.parametrize(
    ("text", "title"),
    [
        (
            "Tuyên truyền về lợi ích của dịch vụ công trực tuyến; cách nộp hồ sơ",
            "Lợi ích của dịch vụ công trực tuyến",
        ),
        (
            "c, Tiếp tục tuyên truyền Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ",
            "Nghị định của Chính phủ",
        ),
        ("Nội dung: Kết quả khảo sát sự hài lòng", "Kết quả khảo sát sự hài lòng"),
        ("", "Không có tên"),
    ],
)
def test_a_title_is_short_and_says_what_it_is_about(text: str, title: str) -> None:
    assert short_title(text) == title


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=200)),
    st.integers(min_value=20, max_value=90),
)
def test_a_title_is_never_empty_nor_too_long(text: str, most: int) -> None:
    assert 1 <= len(short_title(text, most)) <= most


def test_a_cut_title_leaves_no_loose_word() -> None:
    assert short_title(LONG, 45) == "Lợi ích của việc nộp hồ sơ qua mạng"
    assert short_title(LONG, 30) == "Lợi ích của việc nộp hồ sơ"
