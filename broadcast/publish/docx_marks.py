"""What python-docx has no word for: fonts of every script, rules, fields, cells, whole rows."""

from __future__ import annotations

import re
from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from broadcast.publish.words import clean_text

FONT = "Times New Roman"
"""The one font of official papers (Nghị định 30/2020/NĐ-CP, phụ lục I)."""

_NO_XML = re.compile("[\ufffe\uffff]")
_WIDE_LETTER, _NARROW_LETTER = 0.61, 0.45
"""Ems that a capital and a small letter of bold Times New Roman take, blanks counted."""


def printable(text: str) -> str:
    """Text that a .docx can hold: NFC, nothing that XML forbids; line ends are blanks."""
    return _NO_XML.sub(" ", clean_text(text)).replace("\n", " ")


def text_width(text: str, points: float) -> Length:
    """About how wide a bold line of Times New Roman is."""
    em = _WIDE_LETTER if text.isupper() else _NARROW_LETTER
    return Pt(len(text) * em * points)


def set_fonts(properties: Any) -> None:
    """One font for every script, in place of the theme's; `properties` is a w:rPr."""
    fonts = properties.get_or_add_rFonts()
    fonts.attrib.clear()
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)


def rule(paragraph: Paragraph, width: Length, room: Length) -> None:
    """Make an empty paragraph a line of this width in the middle of `room`."""
    side = Length(max(0, int((room - width) / 2)))
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = side
    shape.first_line_indent = Mm(0)
    shape.space_before, shape.space_after = Pt(4), Pt(4)
    shape.line_spacing = Pt(3)
    _border(paragraph, "top")


def boxed(paragraph: Paragraph) -> None:
    """A frame around a paragraph."""
    _border(paragraph, "top", "left", "bottom", "right")


def _border(paragraph: Paragraph, *sides: str) -> None:
    borders = OxmlElement("w:pBdr")
    for side in sides:
        edge = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
            edge.set(qn(f"w:{name}"), value)
        borders.append(edge)
    # The schema fixes the order of a paragraph's properties.
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def page_number(paragraph: Paragraph) -> None:
    """The field that stands for the number of the page."""
    for kind, code in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        name = "w:fldChar" if kind else "w:instrText"
        mark = OxmlElement(name)
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = code
        run._r.append(mark)


def fix_columns(table: Table, widths: tuple[int, ...]) -> None:
    """Columns of these widths (mm) that no text moves; rows that are added take them over."""
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        # Word goes by the cells, others by the column.
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def whole_row(row: _Row, *, head: bool = False) -> None:
    """Keep a row on one page; a `head` comes again on every page."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))


def first_paragraph(cell: _Cell, text: str = "") -> Paragraph:
    """The paragraph that every cell begins with, with a text in it."""
    paragraph: Paragraph = cell.paragraphs[0]
    if text:
        paragraph.add_run(printable(text))
    return paragraph
