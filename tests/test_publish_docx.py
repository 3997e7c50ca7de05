"""Papers in the official layout, read back from the .docx: Nghị định 30/2020/NĐ-CP, phụ lục I."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import timedelta

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.script import parse_body
from broadcast.publish.docx_official import COUNTRY, MOTTO
from broadcast.publish.docx_scripts import DRAFT, script_paper, week_paper
from broadcast.publish.docx_seal import seal_of
from broadcast.publish.docx_translation import translation_sheet
from broadcast.vietnamese.characters import nfc

from .paper_examples import APPROVED, HEAD, ISSUED, aired, cells, lines, opened, script, week

FONT = "Times New Roman"


@pytest.fixture(scope="module")
def paper() -> Document:
    """A week of two scripts, one of them approved."""
    approved = script(title="Bài đã duyệt", **APPROVED)
    return opened(week_paper(week(approved, script(title="Bài nháp")), ISSUED))


def test_the_page_is_a4_with_the_margins_of_the_decree(paper: Document) -> None:
    (section,) = paper.sections
    page = section.page_width, section.page_height
    assert [round(side.mm) for side in page] == [210, 297]
    margins = section.top_margin, section.bottom_margin, section.left_margin, section.right_margin
    assert [round(side.mm) for side in margins] == [20, 20, 30, 15]


def test_pages_are_numbered_at_the_top_in_the_middle_from_the_second_on(paper: Document) -> None:
    (section,) = paper.sections
    (number,) = section.header.paragraphs
    assert section.different_first_page_header_footer
    assert number.alignment == ALIGN.CENTER
    assert [code.text for code in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert [p._p.xpath(".//w:instrText") for p in section.first_page_header.paragraphs] == [[]]


def test_issuer_and_state_head_the_paper_side_by_side(paper: Document) -> None:
    (issuer, state), (number, day) = cells(paper, 0)
    assert issuer.split() == "ỦY BAN NHÂN DÂN XÃ SUỐI HOA".split()
    assert state.strip().split("\n") == [COUNTRY, MOTTO]
    assert number == "Số: ………/………"
    assert day == "Suối Hoa, ngày …… tháng …… năm 2026"


def test_the_rule_below_the_motto_is_as_long_as_the_motto(paper: Document) -> None:
    cell = paper.tables[0].rows[0].cells[1]
    rule = cell.paragraphs[-1]
    room = cell.width - Mm(3.8)
    shape = rule.paragraph_format
    assert rule._p.xpath("w:pPr/w:pBdr/w:top")
    # Measured with a font of the same widths: 171 points at 14.
    assert room - shape.left_indent - shape.right_indent == pytest.approx(Pt(171), abs=Pt(1))


@pytest.mark.parametrize(
    ("style", "size", "bold", "italic"),
    [
        ("Quốc hiệu", 13, True, False), ("Tiêu ngữ", 14, True, False),
        ("Tên cơ quan", 13, True, False), ("Ngày tháng", 14, False, True),
        ("Số văn bản", 13, False, False), ("Tên loại", 14, True, False),
        ("Trích yếu", 14, True, False), ("Lời văn", 14, False, False),
        ("Lời đọc", 14, False, False), ("Hiệu lệnh", 14, False, True),
        ("Người ký", 14, True, False), ("Nơi nhận", 12, True, True),
        ("Danh sách nhận", 11, False, False), ("Header", 14, False, False),
    ],
)  # fmt: skip
def test_each_part_has_the_size_and_weight_of_the_decree(
    paper: Document, style: str, size: int, bold: bool, italic: bool
) -> None:
    found = paper.styles[style]
    font = found.font if found.font.size else found.base_style.font
    assert (font.size.pt, bool(font.bold), bool(font.italic)) == (size, bold, italic)


def test_everything_is_in_times_new_roman_and_black(paper: Document) -> None:
    used = {p.style.name for p in paper.paragraphs}
    used |= {p.style.name for t in paper.tables for r in t.rows for c in r.cells
             for p in c.paragraphs}  # fmt: skip
    for name in used:
        fonts = paper.styles[name].element.rPr.find(qn("w:rFonts"))
        assert set(fonts.attrib.values()) == {FONT}, name
        assert str(paper.styles[name].font.color.rgb) == "000000", name
    assert paper.element.body.xpath(".//w:rFonts | .//w:color") == []


def test_the_text_is_justified_with_its_first_line_indented(paper: Document) -> None:
    shape = paper.styles["Lời văn"].paragraph_format
    assert shape.alignment == ALIGN.JUSTIFY
    assert round(shape.first_line_indent.mm, 1) == 12.7
    assert shape.space_after.pt >= 6
    assert 1 <= shape.line_spacing <= 1.5


def test_the_title_says_which_week_and_its_days(paper: Document) -> None:
    kind, about = (p for p in paper.paragraphs if p.style.name in {"Tên loại", "Trích yếu"})
    assert kind.text == "TẬP KỊCH BẢN PHÁT THANH"
    assert about.text == "Tuần 48 năm 2026 (từ ngày 23/11/2026 đến ngày 29/11/2026)"
    assert kind.style.paragraph_format.alignment == ALIGN.CENTER


def test_a_table_tells_when_and_where_everything_is_heard(paper: Document) -> None:
    assert cells(paper, 1) == [
        ["Ngày", "Giờ", "Cụm loa", "Chương trình", "Thời lượng", "Kịch bản"],
        ["Thứ Hai 23/11/2026", "05:30", "Tất cả các cụm loa", "Bài đã duyệt", "2 phút 05 giây",
         "Số 1"],
        ["Thứ Hai 23/11/2026", "17:00", "Tất cả các cụm loa", "Bài nháp", "2 phút 05 giây",
         "Số 2"],
    ]  # fmt: skip
    head, *rows = paper.tables[1].rows
    assert head._tr.xpath("w:trPr/w:tblHeader")
    assert all(row._tr.xpath("w:trPr/w:cantSplit") for row in (head, *rows))


def test_scripts_are_numbered_in_the_order_of_the_table(paper: Document) -> None:
    assert [p.text for p in paper.paragraphs if p.style.name == "Heading 2"] == [
        "1. Bài đã duyệt",
        "2. Bài nháp",
    ]


def test_speakers_stand_before_their_words_and_cues_in_italics(paper: Document) -> None:
    text = lines(paper)
    first = text.index("[nhạc hiệu]")
    assert text[first : first + 4] == [
        "[nhạc hiệu]", "NỮ:\tKính thưa bà con.", "NAM:\tSố nhà 5 & 6.", "[nghỉ 1s]",
    ]  # fmt: skip
    cue = next(p for p in paper.paragraphs if p.text == "[nghỉ 1s]")
    assert cue.style.font.italic


def test_notes_that_nobody_hears_stay_out_of_the_paper(paper: Document) -> None:
    assert not any("ghi chú" in line for line in lines(paper))


def test_a_draft_is_marked_and_an_approved_script_says_by_whom_and_when(paper: Document) -> None:
    text = lines(paper)
    assert text.count(DRAFT) == 1
    assert text.index(DRAFT) == text.index("2. Bài nháp") + 1
    assert "Đã duyệt: Trần Thị Mẫu, 07:30 ngày 19/11/2026" in text
    assert any("Có 1 kịch bản chưa duyệt" in line for line in text)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"signed": "số 12/TB-UBND ngày 20/11/2026"},
         "Đã duyệt: Trần Thị Mẫu, 07:30 ngày 19/11/2026; văn bản số 12/TB-UBND ngày 20/11/2026"),
        ({"state": "trả lại", "note": "ghi rõ nơi nộp"},
         "Trả lại: Trần Thị Mẫu, 07:30 ngày 19/11/2026; ghi rõ nơi nộp"),
        ({"state": "chờ duyệt"}, "Chờ duyệt: Trần Thị Mẫu, 07:30 ngày 19/11/2026"),
    ],
)  # fmt: skip
def test_where_a_script_stands_is_told_with_the_signed_paper_or_the_reason(
    more: dict[str, str], told: str
) -> None:
    one = script(**{**APPROVED, **more})
    text = lines(opened(script_paper(one, ISSUED)))
    assert told in text
    assert (DRAFT in text) == one.draft


def test_the_signature_is_on_the_right_and_who_gets_it_on_the_left(paper: Document) -> None:
    table = paper.tables[-1]
    ((left, right),) = cells(paper, len(paper.tables) - 1)
    assert left.split("\n") == ["Nơi nhận:", "- Đài truyền thanh xã Thử;", "- Lưu: VT."]
    assert right.split("\n")[:2] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]
    assert set(right.split("\n")[2]) == {"…"}
    name = table.rows[0].cells[1].paragraphs[-1]
    assert name.paragraph_format.space_before.pt >= 60
    assert table.rows[0]._tr.xpath("w:trPr/w:cantSplit")


def test_a_known_signer_is_named() -> None:
    issued = replace(ISSUED, letterhead=replace(HEAD, signer="Lò Văn Bình"))
    document = opened(script_paper(script(), issued))
    assert document.tables[-1].rows[0].cells[1].text.endswith("\nLò Văn Bình")


def test_one_script_says_what_it_is_about_when_it_airs_and_what_it_rests_on() -> None:
    one = script(
        topic="Nộp hồ sơ (mục II.1, Kế hoạch)",
        airings=(aired(), aired(n=3, zones="Bản Lạn")),
        sources=("Nghị định 118/2025/NĐ-CP, Điều 5", "baosonla.vn"),
        measured=True,
    )
    text = lines(opened(script_paper(one, ISSUED)))
    assert text[:3] == ["KỊCH BẢN PHÁT THANH", "Bài thử", DRAFT]
    assert text[3:6] == [
        "Thời lượng: 2 phút 05 giây",
        "Nội dung: Nộp hồ sơ (mục II.1, Kế hoạch)",
        "Phát: 05:30 thứ Hai 23/11/2026 (tất cả các cụm loa); 17:00 thứ Ba 24/11/2026 (Bản Lạn)",
    ]
    assert text[-1] == "Nguồn: Nghị định 118/2025/NĐ-CP, Điều 5; baosonla.vn."


def test_an_airing_without_a_script_stands_in_the_table_all_the_same() -> None:
    rows = (aired(None, title="", seconds=None, level="khẩn cấp"),)
    document = opened(week_paper(week(airings=rows), ISSUED))
    assert cells(document, 1)[1][3:] == ["KHẨN CẤP: (chưa có tên)", "chưa rõ", "chưa có"]
    assert any("Có 1 lượt phát chưa có kịch bản" in line for line in lines(document))


HARD = "Ông A & bà <B> \"C\" 'D' [/] {x} %s \\n 😀 e\u0301 &amp; ]]>"
ILLEGAL = "a\x00b\x0bc\x1fd\x7fe\ufffef\uffffg\ud800h"


def test_no_character_that_people_type_breaks_the_file() -> None:
    one = script(f"NỮ: {HARD}\n[{HARD}]\n", title=HARD, topic=HARD, sources=(HARD,))
    issued = replace(ISSUED, station=HARD, letterhead=replace(HEAD, place=HARD, signer=HARD))
    text = lines(opened(script_paper(one, issued)))
    assert text[1] == nfc(HARD)
    assert f"NỮ:\t{nfc(HARD)}" in text
    assert f"[{nfc(HARD)}]" in text


def test_characters_that_xml_forbids_become_blanks() -> None:
    one = script("NỮ: x\n", title=ILLEGAL, topic=ILLEGAL, by=ILLEGAL)
    lined = replace(parse_body("NỮ: x")[0], text=ILLEGAL)
    text = lines(opened(script_paper(replace(one, lines=(lined,)), ISSUED)))
    assert text[1] == "a b c d e f g h"
    assert "NỮ:\ta b c d e f g h" in text


_WORDS = st.text(
    st.characters(exclude_categories=("Cc", "Cs", "Cn", "Zl", "Zp", "Co")), min_size=1
).filter(lambda text: bool(text.strip()))


@settings(max_examples=12)
@given(st.lists(_WORDS, min_size=1, max_size=40))
def test_every_spoken_line_is_in_the_paper_to_the_letter(said: list[str]) -> None:
    body = nfc("".join(f"NAM: {text}\n" for text in said))
    one = script(body)
    document = opened(script_paper(one, ISSUED))
    written = [p.text for p in document.paragraphs if p.style.name == "Lời đọc"]
    assert written == [f"{x.speaker}:\t{x.text}" for x in one.lines if x.kind == "speech"]


def test_the_same_paper_has_the_same_bytes_and_seal_whenever_it_is_made() -> None:
    later = replace(ISSUED, made=ISSUED.made + timedelta(hours=5))
    first, second = script_paper(script(), ISSUED), script_paper(script(), ISSUED)
    assert first == second
    assert seal_of(first) == seal_of(script_paper(script(), later)) is not None
    assert seal_of(first) != seal_of(script_paper(script(title="Bài khác"), ISSUED))


def test_a_paper_that_somebody_wrote_in_has_no_seal_any_more() -> None:
    document = opened(script_paper(script(), ISSUED))
    document.tables[0].rows[1].cells[0].paragraphs[0].runs[0].text = "Số: 12/UBND"
    edited = io.BytesIO()
    document.save(edited)
    assert seal_of(edited.getvalue()) is None


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"plain text"])
def test_what_is_no_paper_has_no_seal(data: bytes) -> None:
    assert seal_of(data) is None


@given(st.integers(30, 20_000), st.binary(min_size=1, max_size=40))
@settings(max_examples=60)
def test_a_damaged_paper_has_no_seal_or_still_reads_the_same(at: int, noise: bytes) -> None:
    whole = _WHOLE
    damaged = whole[:at] + noise + whole[at + len(noise) :]
    assert seal_of(damaged) in {None, seal_of(whole)}


_WHOLE = script_paper(script(), ISSUED)


def test_the_file_tells_its_title_its_maker_and_its_language() -> None:
    data = script_paper(script(), ISSUED)
    properties = opened(data).core_properties
    assert (properties.title, properties.author) == ("Bài thử", "Đài truyền thanh xã Thử")
    assert f"{properties.created:%Y-%m-%d %H:%M}" == "2026-11-20 01:00"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        styles = archive.read("word/styles.xml").decode()
        assert not [name for name in archive.namelist() if "thumbnail" in name]
    assert re.findall(r'<w:lang w:val="([^"]+)"', styles) == ["vi-VN"]


def test_the_words_to_translate_are_numbered_with_room_beside_each() -> None:
    document = opened(translation_sheet(script(), ISSUED, ("Tiếng Thái",)))
    assert cells(document, 0) == [
        ["TT", "Lời tiếng Việt", "Lời dịch"],
        ["1", "NỮ: Kính thưa bà con.", ""],
        ["2", "NAM: Số nhà 5 & 6.", ""],
    ]
    text = lines(document)
    assert text[:2] == ["BẢN LỜI ĐỂ DỊCH", "Bài thử"]
    assert "Dịch sang: Tiếng Thái" in text
    assert any("NHÁP – chưa duyệt" in line for line in text)


def test_nobody_signs_the_words_to_translate() -> None:
    document = opened(translation_sheet(script(**APPROVED), ISSUED))
    text = "\n".join(lines(document))
    assert COUNTRY not in text
    assert DRAFT not in text
    assert len(document.tables) == 1
