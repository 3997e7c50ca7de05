"""Paragraphs nest by their marks, and every item has a path."""

from __future__ import annotations

import pytest

from broadcast.intake.airable import airable
from broadcast.intake.headings import heading_and_text, own_role, role_of
from broadcast.intake.lines import Block
from broadcast.intake.outline import Outline, build_outline
from broadcast.intake.problems import outline_problems


def outline(text: str) -> Outline:
    lines = [line.strip() for line in text.strip().splitlines()]
    return build_outline([Block(line, at, raw=(line,)) for at, line in enumerate(lines, 1)])


def paths(text: str) -> list[str]:
    return [n.path for s in outline(text).sections for n in s.walk() if n.mark]


def test_marks_nest_roman_digits_letters_dashes_pluses():
    assert paths("I. A\n1. b\n1.1. c\na) d\n- e\n+ f\n- g\nđ) h\n2. i\nII. B") == [
        "I",
        "I.1",
        "I.1/1.1",
        "I.1/1.1/a",
        "I.1/1.1/a/-1",
        "I.1/1.1/a/-1/+1",
        "I.1/1.1/a/-2",
        "I.1/1.1/đ",
        "I.2",
        "II",
    ]


def test_a_dash_after_pluses_stands_beside_them():
    assert paths("I. M\nII. N\n2. n\n2.1. như:\n+ a\n+ b\n- c") == [
        "I",
        "II",
        "II.2",
        "II.2/2.1",
        "II.2/2.1/+1",
        "II.2/2.1/+2",
        "II.2/2.1/-1",
    ]


def test_dashes_under_a_star_heading_are_its_children():
    assert paths("I. N\n* Một\n- a\n- b\n* Hai\n- c") == [
        "I",
        "I/*1",
        "I/*1/-1",
        "I/*1/-2",
        "I/*2",
        "I/*2/-1",
    ]


def test_digits_inside_a_letters_item_are_its_children():
    assert paths("I. N\na) x\n1. y\n2. z\nb) w") == ["I", "I/a", "I/a/1", "I/a/2", "I/b"]


def test_small_roman_numbers_nest_under_letters_and_letters_h_i_k_stay_letters():
    assert paths("I. N\n1. x\na. y\ni. z\nii. w\nb. v") == [
        "I",
        "I.1",
        "I.1/a",
        "I.1/a/i",
        "I.1/a/ii",
        "I.1/b",
    ]
    assert paths("I. N\nh) y\ni) z\nk) w") == ["I", "I/h", "I/i", "I/k"]


def test_a_list_under_a_markdown_heading_of_the_same_kind_is_its_matter():
    lines = ["## I. N", "### 1. a", "1. x", "2. y", "### 2. b", "### 3. c", "4. d"]
    blocks = [
        Block(line.lstrip("# "), at, heading=line.startswith("#")) for at, line in enumerate(lines)
    ]
    nodes = [node for section in build_outline(blocks).sections for node in section.walk()]
    assert [n.path for n in nodes] == ["I", "I.1", "I.1/1", "I.1/2", "I.2", "I.3", "I.4"]


def test_a_repeated_number_gets_a_path_of_its_own():
    assert paths("I. A\n1. a\n2. b\n2. c") == ["I", "I.1", "I.2", "I.2#2"]


def test_digits_head_the_sections_where_there_are_no_roman_numbers():
    assert paths("1. Mục đích\n1.1. a\n2. Nội dung\n2.1. b\na) c") == [
        "1",
        "1/1.1",
        "2",
        "2/2.1",
        "2/2.1/a",
    ]


def test_capital_letters_part_a_plan_above_roman_numbers():
    assert paths("A. CHUNG\nI. x\n1. y\nB. RIÊNG\nI. z") == ["A", "A/I", "A/I/1", "B", "B/I"]


def test_head_closing_recipients_and_appendix_are_parted_from_the_sections():
    parts = outline(
        "KẾ HOẠCH\nTuyên truyền\nI. NỘI DUNG\n- a.\nII. TỔ CHỨC THỰC HIỆN\n1. Xã\n- b.\n"
        "Trên đây là Kế hoạch./.\nNơi nhận:\n- Sở;\nCHỦ TỊCH\nLê A\nPHỤ LỤC I\nBảng"
    )
    texts = [[block.text for block in part] for part in (parts.head, parts.closing, parts.tail)]
    assert texts == [
        ["KẾ HOẠCH", "Tuyên truyền"],
        ["Trên đây là Kế hoạch./."],
        ["Nơi nhận:", "- Sở;", "CHỦ TỊCH", "Lê A"],
    ]
    assert [block.text for block in parts.appendix] == ["PHỤ LỤC I", "Bảng"]


def test_a_signature_above_the_recipients_belongs_to_the_ending():
    parts = outline("I. NỘI DUNG\n- a.\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNơi nhận:\n- Sở;")
    assert [b.text for b in parts.tail][:2] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]


@pytest.mark.parametrize(
    ("text", "said", "line"),
    [
        ("I. A\nII. B\nV. C", "nhảy từ “II” sang “V”", 3),
        ("I. A\n1. a\n2. b\n2. c", "lặp lại (đã có ở dòng 3)", 4),
        ("I. A\n1. a\n3. b", "nhảy từ “1” sang “3”", 3),
        ("I. A\n2. a\n3. b", "bắt đầu từ “2”", 2),
        ("I. A\n- phát loa, đăng tin,\n- b.", "kết thúc giữa câu", 2),
    ],
)
def test_numbering_and_broken_off_items_are_reported_with_their_line(text, said, line):
    (problem,) = outline_problems(outline(text).sections)
    assert said in problem.message
    assert problem.line == line
    assert problem.suggestion


def test_a_sound_outline_has_no_problems():
    assert list(outline_problems(outline("I. A\n1. a\na) x\nb) y\n2. b\nII. B").sections)) == []


@pytest.mark.parametrize(
    ("title", "role"),
    [
        ("MỤC ĐÍCH, YÊU CẦU, ĐỐI TƯỢNG", "purpose"),
        ("ĐỐI TƯỢNG, PHẠM VI", "audience"),
        ("MỤC ĐÍCH, YÊU CẦU", "purpose"),
        ("ĐỐI TƯỢNG, NỘI DUNG, HÌNH THỨC TUYÊN TRUYỀN", "content"),
        ("YÊU CẦU VỀ NỘI DUNG", "purpose"),
        ("NHIỆM VỤ VÀ GIẢI PHÁP", "tasks"),
        ("HÌNH THỨC, PHƯƠNG THỨC TUYÊN TRUYỀN", "channels"),
        ("PHÂN CÔNG NHIỆM VỤ", "organisation"),
        ("TỔ CHỨC THỰC HIỆN", "organisation"),
        ("KINH PHÍ THỰC HIỆN", "budget"),
        ("LỜI NÓI ĐẦU", "other"),
    ],
)
def test_a_sections_title_tells_its_part(title, role):
    assert role_of(title) == role


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Nội dung tuyên truyền:", "content"),
        ("Nội dung, thời gian, hình thức tuyên truyền", "content"),
        ("Đối tượng: Bà con trong xã.", "audience"),
        ("Hình thức", "channels"),
        ("Nội dung cải cách thể chế", None),
        ("Tuyên truyền cải cách hành chính", None),
        ("Nội dung phát đều trong năm.", None),
    ],
)
def test_only_generic_headings_open_a_part_inside_a_section(text, role):
    assert own_role(text) == role


@pytest.mark.parametrize(
    ("text", "parted"),
    [
        ("Phòng Tư pháp: Xây dựng.", ("Phòng Tư pháp", "Xây dựng.")),
        ("Phòng Tư pháp", ("Phòng Tư pháp", "")),
        ("Phòng Tư pháp:", ("Phòng Tư pháp", "")),
        ("Làm việc này.", ("", "Làm việc này.")),
        ("Làm xong. Sau đó: nghỉ.", ("", "Làm xong. Sau đó: nghỉ.")),
    ],
)
def test_a_heading_is_parted_from_its_text(text, parted):
    assert heading_and_text(text) == parted


@pytest.mark.parametrize(
    ("text", "kind", "answer"),
    [
        ("Tuyên truyền về dịch vụ công trực tuyến.", "leaf", "yes"),
        ("Tuyên truyền kết quả hội nghị đối thoại.", "leaf", "yes"),
        ("Tuyên truyền trực quan bằng pa nô, áp phích.", "leaf", "ask"),
        ("Tổ chức lớp tập huấn cho trưởng thôn.", "leaf", "ask"),
        ("Lồng ghép trong các cuộc họp thôn.", "leaf", "ask"),
        ("Niêm yết công khai thủ tục tại trụ sở.", "leaf", "ask"),
        ("Bằng nhiều hình thức phù hợp như:", "parent", "ask"),
        ("Cải cách thể chế", "parent", "ask"),
        ("Đẩy mạnh phổ biến chủ trương của Đảng về cải cách.", "parent", "yes"),
        ("đăng tin lên cổng,", "fragment", "ask"),
    ],
)
def test_what_is_held_or_hung_up_is_left_to_the_officer(text, kind, answer):
    assert airable(text, kind) == answer
