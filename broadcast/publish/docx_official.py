"""A paper in the official layout, part after part: head, title, text, tables, signature."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Length, Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from broadcast.domain.letterhead import Letterhead
from broadcast.publish.docx_marks import (
    first_paragraph,
    fix_columns,
    printable,
    rule,
    text_width,
    whole_row,
)
from broadcast.publish.docx_seal import sealed
from broadcast.publish.docx_styles import BODY, STYLES, TEXT, new_paper

COUNTRY = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"

BLANK = "………"
"""Room for a number or a name that is written by hand."""

_MOTTO_EM = 12.22
"""Width of the motto in bold Times New Roman, in ems: its rule is exactly as long."""

_HEAD = (62, TEXT - 62)
_FOOT = (75, TEXT - 75)
"""Widths (mm) of the two columns at the head and at the foot."""

_SHARE = 0.42
"""How long the rules below the issuer and the title are; a third to a half of the text."""

_CELL_SIDES = 3.8
"""Width (mm) of the blanks left and right in a cell."""

_SIGNATURE = 72
"""Points of room for a signature and a seal."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one look; `tab` leads on to the column after it."""

    text: str
    bold: bool = False
    italic: bool = False
    tab: bool = False


class OfficialPaper:
    """A paper that is being written, from top to bottom; `data` is the finished .docx.

    Args:
        title: what the file is called in its properties.
        author: who made it, likewise.
        made: when, aware.
    """

    def __init__(self, title: str, author: str, made: datetime) -> None:
        self.document = new_paper()
        self._ids = {style.name: style.style_id for style in self.document.styles}
        properties = self.document.core_properties
        # The limit is that of the format.
        properties.title, properties.author = printable(title)[:255], printable(author)[:255]
        properties.comments, properties.last_modified_by = "", properties.author
        # The format takes the time for UTC.
        properties.created = properties.modified = made.astimezone(UTC)
        properties.language = "vi"

    def head(self, letterhead: Letterhead, year: int, symbol: str = "") -> None:
        """Who issues it, state and motto, number, place and date; number and day are left blank.

        Args:
            year: the year of the date.
            symbol: what follows the number ("BC-UBND"), "" leaves room for it.
        """
        issuer, number = self._columns(_HEAD, 2).rows
        left, right = issuer.cells
        for line in letterhead.body:
            self._put(left, line, "Tên cơ quan")
        room = Mm(_HEAD[0] - _CELL_SIDES)
        self._rule(left, _short(letterhead.body[-1], STYLES["Tên cơ quan"].size, room), room)
        self._put(right, COUNTRY, "Quốc hiệu")
        self._put(right, MOTTO, "Tiêu ngữ")
        motto = Pt(_MOTTO_EM * STYLES["Tiêu ngữ"].size)
        self._rule(right, motto, Mm(_HEAD[1] - _CELL_SIDES))
        left, right = number.cells
        self._put(left, f"Số: {BLANK}/{symbol or BLANK}", "Số văn bản")
        day = f"ngày {BLANK[:2]} tháng {BLANK[:2]} năm {year}"
        self._put(right, f"{letterhead.place or BLANK}, {day}", "Ngày tháng")

    def title(self, kind: str, about: str = "") -> None:
        """The kind of paper in capitals, below it what it is about, and the short rule."""
        self.line("Tên loại", Span(kind))
        if about:
            self.line("Trích yếu", Span(about))
        below = self.line("Đường kẻ")
        rule(below, _short(about or kind, BODY, Mm(TEXT)), Mm(TEXT))
        below.paragraph_format.space_after = Pt(12)

    def section(self, text: str) -> None:
        """A heading of the first level: "I. LỊCH PHÁT"."""
        self.line("Heading 1", Span(text))

    def heading(self, text: str) -> None:
        """A heading of the second level: "1. ..."."""
        self.line("Heading 2", Span(text))

    def prose(self, text: str) -> None:
        """A paragraph of the text: first line indented, both edges even."""
        self.line("Lời văn", Span(text))

    def line(self, style: str, *spans: Span) -> Paragraph:
        """A paragraph in one of the styles."""
        paragraph = self._styled(self.document.add_paragraph(), style)
        for span in spans:
            run = paragraph.add_run(printable(span.text))
            run.bold, run.italic = span.bold or None, span.italic or None
            if span.tab:
                run.add_tab()
        return paragraph

    def table(
        self,
        widths: tuple[int, ...],
        head: Sequence[str],
        rows: Iterable[Sequence[str]],
        style: str = "Bảng",
        numbers: Collection[int] = (),
    ) -> None:
        """A table with rules whose head comes again on every page.

        Args:
            widths: of the columns, in mm.
            numbers: columns whose cells stand at the right.
        """
        styles = tuple("Số trong bảng" if n in numbers else style for n in range(len(widths)))
        table = self.document.add_table(rows=1, cols=len(widths))
        table.style = self.document.styles["Table Grid"]
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        fix_columns(table, widths)
        whole_row(table.rows[0], head=True)
        self._fill(table.rows[0].cells, head, ("Đầu bảng",) * len(widths))
        for row in rows:
            added = table.add_row()
            whole_row(added)
            self._fill(added.cells, row, styles)

    def signature(self, letterhead: Letterhead, recipients: Sequence[str]) -> None:
        """Who gets it, on the left; who signs, with room for it, on the right: on one page."""
        self._keep_last_with_it()
        left, right = self._columns(_FOOT).rows[0].cells
        self._put(left, "Nơi nhận:", "Nơi nhận")
        for one in recipients:
            self._put(left, f"- {one};", "Danh sách nhận")
        self._put(left, "- Lưu: VT.", "Danh sách nhận")
        for line in letterhead.signs:
            self._put(right, line, "Người ký")
        for cell in (left, right):
            cell.paragraphs[0].paragraph_format.space_before = Pt(12)
        name = self._put(right, letterhead.signer or BLANK * 3, "Người ký")
        name.paragraph_format.space_before = Pt(_SIGNATURE)
        # Word wants a paragraph after a table; this one makes no page of its own.
        self.line("Đường kẻ").paragraph_format.line_spacing = Pt(1)

    def appendix(self, title: str) -> None:
        """What follows the signature, on a page of its own: "PHỤ LỤC", below it what it is."""
        self.line("Tên loại", Span("PHỤ LỤC")).paragraph_format.page_break_before = True
        self.line("Trích yếu", Span(title))

    def data(self) -> bytes:
        """The finished file."""
        return sealed(self.document)

    def _keep_last_with_it(self) -> None:
        """A signature stands on no page without some words of what is signed."""
        for paragraph in self.document.paragraphs[-2:]:
            paragraph.paragraph_format.keep_with_next = True

    def _columns(self, widths: tuple[int, ...], rows: int = 1) -> Table:
        """Rows of cells without rules."""
        table: Table = self.document.add_table(rows=rows, cols=len(widths))
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        fix_columns(table, widths)
        for row in table.rows:
            whole_row(row)
        return table

    def _put(self, cell: _Cell, text: str, style: str) -> Paragraph:
        """Another paragraph of a cell; the one it begins with is taken first."""
        paragraph = first_paragraph(cell)
        if paragraph.text or len(cell.paragraphs) > 1:
            paragraph = cell.add_paragraph()
        paragraph.add_run(printable(text))
        return self._styled(paragraph, style)

    def _rule(self, cell: _Cell, width: Length, room: Length) -> None:
        rule(self._styled(cell.add_paragraph(), "Đường kẻ"), width, room)

    def _fill(self, cells: Iterable[_Cell], texts: Sequence[str], styles: Sequence[str]) -> None:
        for cell, text, style in zip(cells, texts, styles, strict=True):
            self._styled(first_paragraph(cell, text), style)

    def _styled(self, paragraph: Paragraph, style: str) -> Paragraph:
        """A paragraph in a style; python-docx's own way looks through all of them each time."""
        paragraph._p.style = self._ids[style]
        return paragraph


def _short(text: str, points: float, room: Length) -> Length:
    """The length of a rule below a text, which may take more than a line."""
    return Pt(min(text_width(text, points), room) / Pt(1) * _SHARE)
