"""A plan's paragraph retold for the ear, and the title made from it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.intake.plan_parser import parse_plan
from broadcast.intake.readers import read_document
from broadcast.vietnamese.characters import count_syllables
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.listener import FRAMES, MOST_SYLLABLES, opened, retell, short_title
from broadcast.vietnamese.spoken import read_aloud

ROOT = Path(__file__).parents[1]

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
            ("Nội dung này nói về việc thực hiện nếp sống văn minh trong việc cưới.",),
        ),
        (
            "a) Tiếp tục đẩy mạnh tuyên truyền, phổ biến những chủ trương mới của tỉnh;",
            ("Nội dung này nói về những chủ trương mới của tỉnh.",),
        ),
        (
            "+ Thông tin kịp thời phản ánh của bà con; tuyên truyền về số điện thoại nóng.",
            (
                "Nội dung này nói về phản ánh của bà con.",
                "Cùng với đó là số điện thoại nóng.",
            ),
        ),
        (
            "Tăng cường kỷ luật, kỷ cương trong giờ làm việc./.",
            ("Nội dung này nói về việc tăng cường kỷ luật, kỷ cương trong giờ làm việc.",),
        ),
        (
            "Thủ tục hành chính (TTHC) được niêm yết; và công khai trên mạng, cụ thể như sau:",
            ("Thủ tục hành chính được niêm yết.", "Cùng với đó là việc công khai trên mạng."),
        ),
        (
            "Không thả rác xuống suối. Mỗi gia đình cử một người dọn đường nước.",
            ("Không thả rác xuống suối.", "Mỗi gia đình cử một người dọn đường nước."),
        ),
        (
            "Người già có thể nhờ con cháu; trước khi đi, hỏi cán bộ xã.",
            ("Người già có thể nhờ con cháu.", "Trước khi đi, bà con hỏi cán bộ xã."),
        ),
        (
            "Biểu dương gương tốt; đặc biệt chỉ ra những nơi còn chậm.",
            (
                "Nội dung này nói về việc biểu dương gương tốt.",
                "Đặc biệt là việc chỉ ra những nơi còn chậm.",
            ),
        ),
        (
            "Các quy định tại Điều 5, khoản 2 Luật Hộ tịch.",
            ("Nội dung này nói về các quy định của Luật Hộ tịch.",),
        ),
        ("Về chuyển đổi số ở bản", ("Nội dung này nói về chuyển đổi số ở bản.",)),
        ("", ()),
        (" - ; ... ", ()),
    ],
)
def test_office_phrases_go_and_names_of_things_become_sentences(
    text: str, sentences: tuple[str, ...]
) -> None:
    assert retell(text) == sentences


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "Ba việc của bản là dọn đường nước, trồng rừng và sửa cầu treo.",
            (
                "Bà con cần biết ba việc của bản.",
                "Một là, dọn đường nước.",
                "Hai là, trồng rừng.",
                "Ba là, sửa cầu treo.",
            ),
        ),
        (
            "Năm nay, xã lo hai việc: trả kết quả đúng hẹn và không để ai phải chờ lâu.",
            (
                "Năm nay, xã lo hai việc.",
                "Một là, trả kết quả đúng hẹn.",
                "Hai là, không để ai phải chờ lâu.",
            ),
        ),
        (
            "Hoạt động của chợ phiên: nơi bán hàng, giờ họp chợ, cách giữ vệ sinh chung",
            (
                "Nội dung này nói về hoạt động của chợ phiên.",
                "Một là, nơi bán hàng.",
                "Hai là, giờ họp chợ.",
                "Ba là, cách giữ vệ sinh chung.",
            ),
        ),
        (
            "Nhiệm vụ theo Quyết định của xã: Sửa đường; Trồng rừng; Dọn suối",
            (
                "Nội dung này nói về nhiệm vụ theo Quyết định của xã.",
                "Một là, sửa đường.",
                "Hai là, trồng rừng.",
                "Ba là, dọn suối.",
            ),
        ),
        (
            "Tuyên truyền cách dùng nước; nơi lấy thuốc; quyền của người già.",
            (
                "Nội dung này có ba phần.",
                "Một là, cách dùng nước.",
                "Hai là, nơi lấy thuốc.",
                "Ba là, quyền của người già.",
            ),
        ),
        (
            "Lợi ích của bể nước chung là tiết kiệm công sức, giảm bệnh đường ruột, sạch lối đi",
            (
                "Nội dung này nói về lợi ích của bể nước chung.",
                "Một là, tiết kiệm công sức.",
                "Hai là, giảm bệnh đường ruột.",
                "Ba là, sạch lối đi.",
            ),
        ),
    ],
)
def test_a_list_of_three_is_counted(text: str, sentences: tuple[str, ...]) -> None:
    assert retell(text) == sentences


@pytest.mark.parametrize(
    "text",
    [
        "Kết quả các chỉ số: SIPAS, PAPI, PCI hằng năm của tỉnh",
        "Trách nhiệm của cán bộ, công chức, viên chức",
    ],
)
def test_names_in_a_row_are_not_counted(text: str) -> None:
    assert "Một là" not in " ".join(retell(text))


def test_only_the_first_document_number_stays_and_its_date_goes() -> None:
    told = " ".join(retell(LONG))
    assert re.findall(r"\d+/\d+/[A-ZĐ-]+", told) == ["118/2025/NĐ-CP"]
    assert "ngày" not in told
    assert "sửa đổi một số điều" in told


def test_a_document_named_again_is_this_document() -> None:
    text = (
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018 của Chính phủ; Thông tư số 01/2018/TT-VPCP "
        "hướng dẫn một số điều của Nghị định số 61/2018/NĐ-CP"
    )
    assert retell(text)[-1].endswith("hướng dẫn một số điều của nghị định này.")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (
            "Quyết định số 18/QĐ-UBND ngày 5/3/2026 của UBND xã về việc thành lập tổ giúp đỡ người "
            "dân nộp hồ sơ trên mạng tại nhà văn hóa các bản vùng cao của xã",
            "Văn bản này nói về",
        ),
        (
            "Kết quả kiểm tra an toàn của toàn bộ hệ thống đường nước, bể chứa và vòi chung ở các "
            "bản vùng cao nhằm bảo đảm nước sạch cho mọi nhà trong mùa khô",
            "Mục đích là",
        ),
    ],
)
def test_what_is_cut_off_becomes_a_sentence_of_its_own(text: str, told: str) -> None:
    assert any(sentence.startswith(told) for sentence in retell(text))


def test_a_long_clause_is_cut_so_that_each_sentence_can_be_followed() -> None:
    assert [s for s in retell(LONG) if heard(s) > MOST_SYLLABLES] == []
    assert len(retell(LONG)) >= 4


def test_no_sentence_ends_in_a_loose_word_or_begins_with_a_joint() -> None:
    for sentence in retell(LONG):
        assert not re.search(r" (và|của|về|các|để|theo|nhằm)\.$", sentence)
        assert not re.match(r"(Và|Hoặc|Đồng thời|Nhằm|Về|Theo|Trong|Tại) ", sentence)


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


@settings(max_examples=50, deadline=None)
@given(st.one_of(st.lists(WORDS, max_size=90).map(" ".join), st.text(max_size=80)))
def test_whatever_the_text_sentences_begin_large_end_full_and_can_be_followed(text: str) -> None:
    for sentence in retell(text):
        assert sentence[0] == sentence[0].upper()
        assert sentence[-1] in ".!?"
        words = sentence.split()
        assert heard(sentence) <= MOST_SYLLABLES or len(words) <= MOST_SYLLABLES


ADDED = set(re.findall(r"\w+", " ".join(FRAMES).lower())) | set(
    "một hai ba bốn năm sáu bảy tám chín mười là việc bà con".split()
)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, max_size=90).map(" ".join))
def test_nothing_but_neutral_frames_is_added(text: str) -> None:
    written = set(re.findall(r"\w+", text.lower()))
    assert set(re.findall(r"\w+", " ".join(retell(text)).lower())) <= written | ADDED


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
        (
            "Đẩy mạnh công tác truyền thông gắn với việc giúp bà con vùng cao dùng nước sạch",
            "Giúp bà con vùng cao dùng nước sạch",
        ),
        (
            "Duy trì, nâng cao chất lượng chuyên mục “Bạn nhà nông” trên hệ thống loa của xã",
            "Chuyên mục Bạn nhà nông trên hệ thống loa của xã",
        ),
        (
            "Bốn nội dung của đợt thi đua mùa xuân năm nay ở bản là trồng rừng, dọn suối, sửa cầu "
            "và làm đường",
            "Bốn nội dung của đợt thi đua mùa xuân năm nay ở bản",
        ),
        (
            "Mô hình thí điểm giải quyết hồ sơ thủ tục hành chính dịch vụ công trực tuyến ở bản",
            "Mô hình thí điểm giải quyết hồ sơ thủ tục hành chính",
        ),
        (
            "Tình hình triển khai, kết quả thực hiện việc phát nước sạch đến từng hộ ở vùng cao",
            "Phát nước sạch đến từng hộ ở vùng cao",
        ),
        (
            "Các văn bản chỉ đạo của Trung ương, của tỉnh, của huyện, của xã về bảo vệ rừng",
            "Văn bản chỉ đạo về bảo vệ rừng",
        ),
        (
            "Những giấy tờ bà con không phải nộp theo Nghị định số 118/2025/NĐ-CP của Chính phủ",
            "Những giấy tờ bà con không phải nộp",
        ),
        (
            "Trong khi sắp xếp thôn bản, người dân không phải đổi giấy tờ cũ còn thời hạn",
            "Người dân không phải đổi giấy tờ cũ còn thời hạn",
        ),
        ("Trật tự trong giờ làm việc", "Trật tự trong giờ làm việc"),
        ("", "Không có tên"),
    ],
)
def test_a_title_is_short_and_says_what_it_is_about(text: str, title: str) -> None:
    assert short_title(text) == title


@settings(max_examples=50, deadline=None)
@given(
    st.one_of(st.lists(WORDS, max_size=60).map(" ".join), st.text(max_size=200)),
    st.integers(min_value=20, max_value=90),
)
def test_a_title_is_never_empty_nor_too_long(text: str, most: int) -> None:
    assert 1 <= len(short_title(text, most)) <= most


def test_a_cut_title_leaves_no_loose_word() -> None:
    assert short_title(LONG, 45) == "Lợi ích của việc nộp hồ sơ qua mạng"
    assert short_title(LONG, 30) == "Lợi ích của việc nộp hồ sơ"


def plan_topics() -> Iterator[str]:
    """What all topics say, of the sample, of the tests' own plans and of the real ones."""
    documents = [ROOT / "schedules/plans/source/suoi-hoa-2026.txt"]
    for folder in (ROOT / "tests/plans", ROOT.parent / "shared/plans/text"):
        documents += [p for p in sorted(folder.glob("*.*")) if p.suffix in {".txt", ".md"}]
    for document in documents:
        for topic in parse_plan(read_document(document), "ke-hoach").topics:
            yield " ".join((topic.text, topic.fields.get("content", "")))


def test_whole_plans_are_told_in_sentences_that_can_be_followed() -> None:
    told = [sentence for text in plan_topics() for sentence in retell(text)]
    lengths = sorted(heard(sentence) for sentence in told)
    assert len(told) > 50
    assert lengths[-1] <= MOST_SYLLABLES
    assert lengths[len(lengths) // 2] <= 20
    assert [s for s in told if re.match(r"(Và|Về|Theo|Tại|Nhằm|Để|Cụ thể là \w+ đã) ", s)] == []
    hanging = r" (và|của|về|các|những|để|theo|nhằm|với|gồm|tiếp cận|sử dụng|gửi|được)\.$"
    assert [s for s in told if re.search(hanging, s)] == []
    assert [s for s in told if re.search(r"[Đđ]iều \d", s)] == []


def test_titles_of_whole_plans_leave_nothing_hanging() -> None:
    titles = [short_title(text) for text in plan_topics()]
    assert max(map(len, titles)) <= 70
    hanging = r"[ ,](và|của|về|các|những|để|theo|với|là|gồm|công trực|tiếp cận|sử dụng|nâng cao)$"
    assert [title for title in titles if re.search(hanging, title)] == []
    office = r"(Tuyên truyền về|Phổ biến|Tiếp tục|Đẩy mạnh|Tăng cường tuyên truyền) "
    assert [title for title in titles if re.match(office, title)] == []


def test_a_clause_without_end_still_gives_a_title() -> None:
    assert short_title("của xã, của huyện " * 20_000, 40).startswith("Của xã")


@pytest.mark.parametrize(
    ("text", "written_out"),
    [
        ("Kết quả CCHC của UBND tỉnh.", "Kết quả cải cách hành chính của ủy ban nhân dân tỉnh."),
        ("TTHC là gì?", "Thủ tục hành chính là gì?"),
        ("Quyết định số 15/QĐ-UBND về CCHC.", "Quyết định số 15/QĐ-UBND về cải cách hành chính."),
        ("Chỉ số SIPAS, VNeID và PAPI.", "Chỉ số SIPAS, VNeID và PAPI."),
        (
            "Giải quyết TTHC, tổ chức HĐND.",
            "Giải quyết thủ tục hành chính, tổ chức hội đồng nhân dân.",
        ),
    ],
)
def test_abbreviations_are_written_out_where_they_stand_for_their_words(
    text: str, written_out: str
) -> None:
    assert opened(text, product_lexicon()) == written_out
