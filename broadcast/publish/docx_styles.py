"""The page and the styles of official papers: Nghị định 30/2020/NĐ-CP, phụ lục I, phần I.

A4 upright, 20 mm above and below, 30 mm left, 15 mm right; Times New Roman, black; page numbers
at the top in the middle, none on the first page. Each style can be changed in Word for all of a
document at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor

from broadcast.publish.docx_marks import page_number, set_fonts
from broadcast.vietnamese.characters import ascii_name

PAGE = 210, 297
"""Width and height of A4, in mm."""

TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 15
"""Margins, in mm: 20-25 above and below, 30-35 left, 15-20 right are allowed."""

TEXT = PAGE[0] - LEFT - RIGHT
"""Width of the text, in mm."""

BODY = 14
"""Points of the text (13 or 14)."""

_BLACK = RGBColor(0, 0, 0)
_LANGUAGE = "vi-VN"
_WORD = 15
"""The mode in which Word 2013 and later show no "compatibility mode"."""


@dataclass(frozen=True, slots=True)
class Look:
    """A style: points, weight, where it stands (mm, pt), whether the next one stays with it."""

    size: float = BODY
    bold: bool = False
    italic: bool = False
    align: ALIGN = ALIGN.LEFT
    first: float = 0
    left: float = 0
    before: float = 0
    after: float = 0
    spacing: float = 1.0
    with_next: bool = False


STYLES = {
    "Lời văn": Look(align=ALIGN.JUSTIFY, first=12.7, after=6, spacing=1.1),
    "Tên cơ quan": Look(13, bold=True, align=ALIGN.CENTER),
    "Quốc hiệu": Look(13, bold=True, align=ALIGN.CENTER),
    "Tiêu ngữ": Look(bold=True, align=ALIGN.CENTER),
    "Số văn bản": Look(13, align=ALIGN.CENTER, before=4),
    "Ngày tháng": Look(italic=True, align=ALIGN.CENTER, before=4),
    "Tên loại": Look(bold=True, align=ALIGN.CENTER, before=18, with_next=True),
    "Trích yếu": Look(bold=True, align=ALIGN.CENTER, after=2, with_next=True),
    "Đường kẻ": Look(2),
    "Bảng": Look(12, before=2, after=2),
    "Bảng nhỏ": Look(10, before=1, after=1),
    "Số trong bảng": Look(12, align=ALIGN.RIGHT, before=2, after=2),
    "Đầu bảng": Look(12, bold=True, align=ALIGN.CENTER, before=2, after=2),
    "Biểu đồ": Look(align=ALIGN.CENTER, before=6, after=6),
    "Ô trống": Look(13, before=3, after=14),
    "Nháp": Look(bold=True, align=ALIGN.CENTER, after=3, with_next=True),
    "Nơi nhận": Look(12, bold=True, italic=True),
    "Danh sách nhận": Look(11),
    "Người ký": Look(bold=True, align=ALIGN.CENTER, with_next=True),
    "Thông tin bài": Look(13, align=ALIGN.JUSTIFY, after=3, with_next=True),
    "Lời đọc": Look(align=ALIGN.JUSTIFY, first=-16, left=16, after=4, spacing=1.1),
    "Hiệu lệnh": Look(italic=True, left=16, after=4, spacing=1.1),
    "Nguồn": Look(12, italic=True, align=ALIGN.JUSTIFY, before=3, after=3),
}
"""Every style by the name that Word shows."""

HEADINGS = {
    "Heading 1": Look(bold=True, first=12.7, before=12, after=6, with_next=True),
    "Heading 2": Look(bold=True, align=ALIGN.JUSTIFY, first=12.7, before=12, after=3,
                      with_next=True),
}  # fmt: skip
"""Word's own headings, so that its navigation pane lists them."""


def new_paper() -> Document:
    """An empty document with the page, the styles and the page numbers of official papers."""
    document = docx.Document()
    _defaults(document)
    _page(document.sections[0])
    for name, look in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.element.styleId = ascii_name(name)
        style.base_style = document.styles["Normal"]
        style.quick_style = True  # in Word's gallery
        _dress(style, look)
    for name, look in {"Normal": Look(), **HEADINGS}.items():
        _dress(document.styles[name], look)
    return document


def _defaults(document: Document) -> None:
    """What the template brings that is not ours: theme fonts, English, an old mode, a picture."""
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}")
    properties = defaults.find(qn("w:rPr"))
    set_fonts(properties)
    language = properties.find(qn("w:lang"))
    language.set(qn("w:val"), _LANGUAGE)
    for setting in document.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), str(_WORD))
    rels = document.part.package.rels
    for key in [key for key, rel in rels.items() if rel.reltype.endswith("/thumbnail")]:
        del rels[key]


def _page(section: Section) -> None:
    section.page_width, section.page_height = Mm(PAGE[0]), Mm(PAGE[1])
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.header_distance = section.footer_distance = Mm(TOP / 2)
    section.different_first_page_header_footer = True
    number = section.header.paragraphs[0]
    number.alignment = ALIGN.CENTER
    page_number(number)


def _dress(style: Any, look: Look) -> None:
    font, shape = style.font, style.paragraph_format
    set_fonts(style.element.get_or_add_rPr())
    font.size, font.bold, font.italic = Pt(look.size), look.bold, look.italic
    font.color.rgb = _BLACK
    shape.alignment = look.align
    shape.left_indent, shape.first_line_indent = Mm(look.left), Mm(look.first)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = look.spacing
    shape.keep_with_next = look.with_next
    shape.widow_control = True
