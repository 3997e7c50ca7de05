"""Typing and scanning errors are found, right text is left alone, and places are exact."""

from __future__ import annotations

import subprocess
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.vietnamese.confusions import Confusions
from broadcast.vietnamese.running import NAME, common, runs
from broadcast.vietnamese.spelling import spelling
from broadcast.vietnamese.suggestion import Suggestion
from broadcast.vietnamese.wordbook import DATA, wordbook
from tests.conftest import shared
from tests.spelling import measure

_LETTERS = "aàảãáạăằâầeéêếioóôốơớuủưứyýbcdđghklmnpqrstvx"
_TEXTS = st.text(
    st.sampled_from(_LETTERS + _LETTERS.upper() + " \t.,;:!?()“”\"'…-/|*_0129\u0301\u0323")
)
_WORDS = st.lists(
    st.sampled_from(
        "cải cách hành chính nhà nước của các hộ gia đình thủ tục hồ sơ một cửa , . ( “ ” Thuỷ uỷ "
        "quan triệt 2024 UBND xã Dương Quan bổ xung được được dduwowcj thuwcj ư ời".split()
    ),
    max_size=25,
).map(" ".join)


def said(*lines: str) -> list[tuple[str, str, str]]:
    return [(one.written, one.better, one.rule) for one in spelling(lines)]


def accept(lines: list[str], one: Suggestion) -> list[str]:
    line = lines[one.line - 1]
    return [
        *lines[: one.line - 1],
        line[: one.start] + one.better + line[one.end :],
        *lines[one.line :],
    ]


def test_no_text_has_no_suggestion() -> None:
    assert spelling([]) == ()
    assert spelling(["", "  "]) == ()


def test_right_sentences_are_left_alone() -> None:
    lines = [
        "Ủy ban nhân dân xã thông báo để nhân dân được biết và thực hiện.",
        "Nộp hồ sơ tại Bộ phận Một cửa (tầng 1), từ 7h30 đến 17h00, Quyết định số 12/QĐ-UBND.",
        "XÃ ĐỒNG TÂM – CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]
    assert said(*lines) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Công chức hướng dẫn bổ xung hồ sơ.", ("xung", "sung", "word")),
        ("Giải quyêt thủ tục đúng hạn.", ("quyêt", "quyết", "syllable")),
        ("Người dân nộp hồ sơ trưcj tuyến.", ("trưcj", "trực", "syllable")),
        ("Công khai thủtục hành chính.", ("thủtục", "thủ tục", "joined-words")),
        ("Phản ánh của ngư ời dân.", ("ngư ời", "người", "split-word")),
        ("Nâng cao hiệu quả quản lý nhà nước của của xã.", ("của của", "của", "doubled")),
        ("Nộp thủ  tục tại xã.", ("  ", " ", "double-space")),
        ("Khai sinh ,kết hôn.", (" ,", ",", "space-before")),
        ("Đến đúng giờ,mang theo giấy tờ.", (",", ", ", "space-missing")),
        ("Phục vụ nhân dân….", ("….", "…", "double-mark")),
        ("Phong trào “Toàn dân đoàn kết.", ("“", "", "unclosed")),
        ("Các đội tham gia) được thưởng.", (")", "", "unopened")),
        ("Đảng uỷ, Ủy ban và các ủy viên.", ("uỷ", "ủy", "tone-style")),
        (
            "Thủ tướng Chính phủ phê duyệt. Kế hoạch cải cách hành chính.",
            (". ", " ", "cut"),
        ),
        (
            "Văn bản của Trung ương của tỉnh, của huyện.",
            ("ương", "ương,", "comma"),
        ),
    ],
)
def test_a_slip_is_found_with_what_might_be_meant(
    line: str, expected: tuple[str, str, str]
) -> None:
    assert expected in said(line)


def test_a_word_left_out_of_what_the_document_often_says_is_missed() -> None:
    lines = ["Đẩy mạnh cải cách hành chính ở xã."] * 4 + ["Vai trò của cải cách chính ở xã."]
    assert said(*lines) == [("cách", "cách hành", "dropped-word")]


def test_letters_skipped_from_one_word_into_the_next_are_missed() -> None:
    lines = ["Tăng cường tuyên truyền về hồ sơ."] * 3 + ["Chú trọng tuyền về hồ sơ."]
    assert said(*lines) == [("tuyền", "tuyên truyền", "dropped-letters")]


def test_a_sentence_is_read_over_line_ends_and_empty_lines() -> None:
    assert said("Công chức hướng dẫn bổ", "", "xung hồ sơ một lần.") == [("xung", "sung", "word")]
    assert said("Kết quả của", "", "của đợt kiểm tra.") == [("của", "", "doubled")]


def test_a_bracket_may_close_lines_later() -> None:
    assert said("Chỉ số hài lòng (do tỉnh đo", "", "Hằng năm) được công bố.") == []


@pytest.mark.parametrize(
    "line", ["- Cách giữ mã hồ sơ", "Nội dung phát đều trong năm, không dồn vào dịp cuối năm."]
)
def test_a_word_with_one_neighbour_is_not_doubted_for_little(line: str) -> None:
    assert spelling([line]) == ()


def test_words_said_twice_by_right_are_left() -> None:
    assert said("Người người thi đua, nhà nhà luôn luôn vui vẻ.") == []
    assert said("Kế hoạch năm năm của xã.") == []
    assert said("Hoạt động của đài phát thanh Phát thanh hằng ngày.") == []
    assert said("Lãnh đạo phân công công chức trực.") == []


def test_labels_addresses_and_columns_are_no_slips() -> None:
    lines = [
        "đ) Bố trí cán bộ.",
        "a, Mục tiêu chung.",
        "Xem tại dichvucong.gov.vn hoặc gửi về xa.mau@tinh.gov.vn.",
        "Số:   12/KH-UBND                    Xã Mẫu, ngày   tháng   năm 2026",
    ]
    assert said(*lines) == []


def test_two_accepted_spellings_are_no_slip() -> None:
    assert said("Báo cáo hằng năm và hàng năm, quản lí và quản lý.") == []


def test_a_reason_is_a_vietnamese_sentence_about_the_words() -> None:
    reason = spelling(["Công chức hướng dẫn bổ xung hồ sơ."])[0].reason
    assert reason == "“xung” không hợp với từ đứng cạnh, có lẽ là “sung”"


def test_a_capital_at_the_head_of_a_sentence_is_kept() -> None:
    assert said("Rà xoát hồ sơ.") == [("xoát", "soát", "word")]
    assert ("Giái", "Giải", "syllable") in said("Giái quyết hồ sơ đúng hạn.")


def test_decomposed_text_has_the_places_of_its_composed_form() -> None:
    line = "Công chức hướng dẫn bổ xung hồ sơ."
    assert spelling([unicodedata.normalize("NFD", line)]) == spelling([line])


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXTS | _WORDS, max_size=6))
def test_whatever_the_text_every_place_is_exact_and_none_overlap(lines: list[str]) -> None:
    texts = [unicodedata.normalize("NFC", line) for line in lines]
    found = spelling(lines)
    last = (0, 0)
    for one in found:
        assert one.written == texts[one.line - 1][one.start : one.end] != ""
        assert one.better != one.written
        assert (one.line, one.start) >= last
        assert one.rule.isascii()
        assert one.reason
        last = (one.line, one.end)


@settings(max_examples=40, deadline=None)
@given(_WORDS)
def test_an_accepted_suggestion_is_gone(line: str) -> None:
    for one in spelling([line]):
        again = spelling(accept([line], one))
        assert one not in again


@pytest.mark.parametrize("sample", measure.written_slips()[:40], ids=lambda one: one.lines[0][:30])
def test_an_accepted_suggestion_raises_no_alarm_in_its_place(sample: measure.Sample) -> None:
    lines = list(sample.lines)
    for one in spelling(lines):
        after = spelling(accept(lines, one))
        stop = one.start + len(one.better)
        assert [two for two in after if one.start <= two.start < stop] == []


def test_most_slips_of_our_list_are_found_with_the_right_word() -> None:
    scores = [measure.score(sample)[0] for sample in measure.written_slips()]
    assert sum(one.suggested for one in scores) >= 0.85 * len(scores)
    assert sum(one.others for one in scores) <= 5


def test_most_slips_that_no_price_was_weighed_by_are_found() -> None:
    scores = [measure.score(sample)[0] for sample in measure.written_slips("held_out.tsv")]
    assert sum(one.suggested for one in scores) >= 0.75 * len(scores)
    assert sum(one.others for one in scores) <= 3


@pytest.mark.parametrize(
    "line",
    ["." * 60_000, "a" * 60_000, "(" * 30_000 + "]" * 30_000, "a-" * 30_000, "uỷ ủy " * 9_000],
    ids=["dots", "one word", "brackets", "hyphens", "two styles"],
)
def test_a_long_line_without_sense_takes_no_long_time(line: str) -> None:
    assert len(spelling([line])) < len(line)


def test_our_own_plans_raise_few_alarms() -> None:
    scores = [measure.score(sample)[0] for sample in measure.clean_plans()]
    assert sum(one.others for one in scores) <= 3 * sum(one.syllables for one in scores) / 1000


def test_two_thirds_of_the_slips_of_real_plans_are_found() -> None:
    shared("facts", "plan_defects.tsv")
    scores = [measure.score(one)[0] for one in measure.real_plans(shared())]
    assert sum(one.found for one in scores) >= 2 / 3 * sum(one.slips for one in scores)
    assert max(one.others for one in scores) <= 8


def test_names_and_numbers_say_nothing_about_their_neighbours() -> None:
    (run,) = runs(["UBND xã Dương Quan triển khai"])
    assert [token.word for token in run] == [NAME, "xã", NAME, NAME, "triển", "khai"]


def test_both_ways_to_place_a_tone_are_one_word() -> None:
    assert [common(word) for word in ("Hoà", "uỷ", "quý", "khoẻ")] == ["hòa", "ủy", "quý", "khỏe"]


def test_near_slips_come_first() -> None:
    confusions = Confusions(["bằng", "băng", "bàng", "ban", "xung", "sung", "cung"])
    assert confusions.of("sung")[0] == ("xung", 1.8)
    assert confusions.of("bang")[:2] == (("bàng", 1.5), ("băng", 1.5))


def test_keys_of_telex_and_vni_left_as_letters_are_read() -> None:
    confusions = Confusions(["được", "thực", "trình", "tiến", "hóa"])
    typed = [confusions.typed(w) for w in ("dduwowcj", "thu7c5", "trinhf", "tieesn", "hoas", "xyz")]
    assert typed == ["được", "thực", "trình", "tiến", "hóa", None]


def test_the_data_is_small_and_free_of_slips_twice_in_a_row() -> None:
    assert DATA.stat().st_size < 1_000_000
    assert not wordbook().binds("của", "của")
    assert wordbook().binds("hành", "chính")


def test_reading_aloud_does_not_load_the_words() -> None:
    code = (
        "import sys, broadcast.vietnamese.spoken, broadcast.cli.main; "
        "print('broadcast.vietnamese.wordbook' in sys.modules)"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "False\n"
