"""Broken lines become the paragraphs they were."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.intake.document import Paragraph
from broadcast.intake.lines import join_lines, page_width
from broadcast.intake.marks import Mark, follows, split_mark

FILLER = (
    "người dân trong xã được hướng dẫn nộp hồ sơ tại nhà qua mạng và nhận kết quả đúng hẹn theo "
    "phiếu đã ghi, không phải đi lại nhiều lần, không mất thêm khoản phí nào ngoài quy định của "
    "nhà nước về phí và lệ phí trong giải quyết thủ tục hành chính cho nhân dân"
)


def joined(*lines: str, every: int = 1) -> list[str]:
    """Join lines after a filler paragraph that shows how wide the page is (70 characters)."""
    page = [*textwrap.wrap(f"- Để {FILLER}.", 70), *lines]
    blocks = join_lines([Paragraph(text, 1 + at * every) for at, text in enumerate(page)])
    return [block.text for block in blocks[1:]]


def whole(*paragraphs: str) -> list[str]:
    """Join paragraphs of a document that is not broken into lines."""
    long = [Paragraph(f"- Ý {at}: {FILLER}.", at) for at in range(1, 5)]
    rest = [Paragraph(text, 10 + at) for at, text in enumerate(paragraphs)]
    return [block.text for block in join_lines([*long, *rest])[4:]]


def test_a_number_broken_over_lines_is_healed():
    assert joined(
        "- Thực hiện cơ chế một cửa theo quy định tại Nghị định số 61/2018/NĐ-",
        "CP ngày 23/4/2018 và Quyết định của Ủy ban nhân dân tỉnh về phân cấp số",
        "45/2020/QĐ-UBND.",
    ) == [
        "- Thực hiện cơ chế một cửa theo quy định tại Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 "
        "và Quyết định của Ủy ban nhân dân tỉnh về phân cấp số 45/2020/QĐ-UBND."
    ]


def test_a_dash_inside_a_compound_is_no_item():
    assert joined("- Cải cách góp phần làm cho phát triển kinh tế", "- xã hội bền vững.") == [
        "- Cải cách góp phần làm cho phát triển kinh tế - xã hội bền vững."
    ]


def test_a_number_that_opens_a_line_in_mid_sentence_is_no_item():
    assert joined(
        "- Vận động bà con dùng dịch vụ công trực tuyến một phần ở mức độ 3 và",
        "4. Khi cần thì gọi tổ công nghệ số.",
    ) == [
        "- Vận động bà con dùng dịch vụ công trực tuyến một phần ở mức độ 3 và "
        "4. Khi cần thì gọi tổ công nghệ số."
    ]


def test_a_document_number_at_a_lines_start_is_no_item():
    assert joined(
        "- Tiếp tục quán triệt sâu rộng trong cán bộ và nhân dân Chỉ thị số", "23/CT-TTg về việc."
    ) == ["- Tiếp tục quán triệt sâu rộng trong cán bộ và nhân dân Chỉ thị số 23/CT-TTg về việc."]


def test_a_heading_does_not_swallow_the_paragraph_below_it():
    assert joined(
        "2. Phòng Nội vụ", "Theo dõi việc thực hiện.", "3. Công an xã:", "Giữ trật tự."
    ) == [
        "2. Phòng Nội vụ",
        "Theo dõi việc thực hiện.",
        "3. Công an xã:",
        "Giữ trật tự.",
    ]


def test_a_section_title_in_capitals_over_two_lines_is_one_title():
    assert joined(
        "II. ĐỐI TƯỢNG, NỘI DUNG, HÌNH THỨC VÀ THỜI GIAN TUYÊN TRUYỀN CẢI CÁCH",
        "HÀNH CHÍNH",
        "1. Đối tượng",
    ) == [
        "II. ĐỐI TƯỢNG, NỘI DUNG, HÌNH THỨC VÀ THỜI GIAN TUYÊN TRUYỀN CẢI CÁCH HÀNH CHÍNH",
        "1. Đối tượng",
    ]


def test_signature_lines_stay_apart():
    lines = ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "Lê Văn Bình"]
    assert joined(*lines) == lines


def test_a_piece_that_begins_small_after_a_full_stop_stays_apart():
    assert joined("- Ý thứ nhất đã xong.", "đăng tin lên cổng, phát loa thôn,", "- Ý hai.") == [
        "- Ý thứ nhất đã xong.",
        "đăng tin lên cổng, phát loa thôn,",
        "- Ý hai.",
    ]


def test_a_paragraph_torn_by_a_page_break_is_joined_and_says_where():
    paragraphs = [Paragraph(f"- Ý {n}: {FILLER}.", n) for n in range(1, 5)]
    paragraphs += [
        Paragraph("- Trao đổi về các việc liên quan đến", 9),
        Paragraph("CCHC, từ đó tìm ra cách làm mới.", 12),
    ]
    last = join_lines(paragraphs)[-1]
    assert (last.text, last.line, last.cut) == (
        "- Trao đổi về các việc liên quan đến CCHC, từ đó tìm ra cách làm mới.",
        9,
        12,
    )


def test_whole_paragraphs_without_stops_are_not_joined():
    assert whole("1. Văn phòng xã", "Làm đầu mối.", "- Ý ngắn", "Thời gian: quý I") == [
        "1. Văn phòng xã",
        "Làm đầu mối.",
        "- Ý ngắn",
        "Thời gian: quý I",
    ]


def test_two_columns_are_never_joined():
    lines = ["ỦY BAN NHÂN DÂN          CỘNG HÒA XÃ HỘI", "XÃ A          Độc lập - Tự do"]
    assert [" ".join(line.split()) for line in lines] == joined(*lines)


@pytest.mark.parametrize(
    ("text", "mark", "rest"),
    [
        ("I. MỤC ĐÍCH", Mark("roman", "I"), "MỤC ĐÍCH"),
        ("IV.TỔ CHỨC", Mark("roman", "IV"), "TỔ CHỨC"),
        ("Mục II. Nội dung", Mark("roman", "II"), "Nội dung"),
        ("Phần II. Nội dung", Mark("part", "II"), "Nội dung"),
        ("Phần thứ tư NỘI DUNG", Mark("part", "IV"), "NỘI DUNG"),
        ("A. PHẦN CHUNG", Mark("part", "A"), "PHẦN CHUNG"),
        ("1. Một", Mark("number", "1"), "Một"),
        ("1.Một", Mark("number", "1"), "Một"),
        ("2.10. Mười", Mark("number", "2.10"), "Mười"),
        ("1.1 Một", Mark("number", "1.1"), "Một"),
        ("1) Một", Mark("number", "1", closed=True), "Một"),
        ("(1) Một", Mark("number", "1", closed=True), "Một"),
        ("a) Một", Mark("letter", "a"), "Một"),
        ("đ, Một", Mark("letter", "đ"), "Một"),
        ("a. một", Mark("letter", "a"), "một"),
        ("-Một", Mark("dash", "*"), "Một"),
        ("– Một", Mark("dash", "*"), "Một"),
        ("+ Một", Mark("plus", "*"), "Một"),
        ("• Một", Mark("star", "*"), "Một"),
        ("* Một", Mark("star", "*"), "Một"),
        ("2025, tầm nhìn", None, "2025, tầm nhìn"),
        ("2024. Tiếp", None, "2024. Tiếp"),
        ("23/CT-TTg ngày", None, "23/CT-TTg ngày"),
        ("01/3/2022 là hạn", None, "01/3/2022 là hạn"),
        ("IIII. Sai", None, "IIII. Sai"),
        ("TM. ỦY BAN", None, "TM. ỦY BAN"),
        ("Và rồi", None, "Và rồi"),
    ],
)
def test_marks_are_told_from_text(text, mark, rest):
    assert split_mark(text) == (mark, rest)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [("d", "đ", True), ("d", "e", True), ("e", "g", True), ("a", "c", False), ("b", "a", False)],
)
def test_letters_follow_as_vietnamese_lists_do(before, after, expected):
    assert follows(Mark("letter", after), Mark("letter", before)) is expected


def test_a_text_of_short_paragraphs_has_no_page_width():
    assert page_width(["KẾ HOẠCH", "I. Một", "- Hai ba bốn.", "- Năm sáu."]) is None


SYLLABLES = st.sampled_from(FILLER.replace(",", "").split())
SENTENCE = st.lists(SYLLABLES, min_size=4, max_size=60).map(
    lambda words: " ".join(words).capitalize() + "."
)


@settings(max_examples=60, deadline=None)
@given(
    sentences=st.lists(SENTENCE, min_size=3, max_size=12),
    width=st.integers(60, 100),
    step=st.integers(1, 2),
)
def test_items_broken_at_any_width_come_back_whole(sentences, width, step):
    items = [f"- {sentence}" for sentence in sentences]
    lines = [line for item in items for line in textwrap.wrap(item, width)]
    blocks = join_lines([Paragraph(text, at * step) for at, text in enumerate(lines, 1)])
    assert [block.text for block in blocks] == items
