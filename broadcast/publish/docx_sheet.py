"""The operator's sheet for Word: a table a day, each programme with a box to tick.

What is ticked, on the screen too, goes into the airing log: `ticks` reads the sheet again.
"""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache

from broadcast.domain.week import VIETNAM
from broadcast.publish.docx_official import BLANK, OfficialPaper, Span
from broadcast.publish.sheet import STICKS, TITLE, Sheet, SheetDay, SheetRow

BOX = "[  ]"
HEAD = ("Phát", "Giờ", "Dài", "Chương trình", "Tệp trong máy")
_WIDTHS = (14, 28, 15, 68, 40)
"""Columns, in mm."""

_HOW = (
    "Phát xong lượt nào thì đánh dấu x vào ô Phát; lượt muộn, bị cắt hay không phát thì để trống. "
    "Ghi nhật ký theo phiếu đã đánh dấu: chọn chính tệp này ở màn hình Nhật ký, hoặc gõ broadcast "
    "log import TỆP."
)


@lru_cache(maxsize=16)
def sheet_paper(sheet: Sheet) -> bytes:
    """The sheet as .docx; the same sheet has the same bytes, so that nothing is copied twice.

    Kept, since laying it out takes a tenth of a second and looking before writing asks twice.
    """
    made = datetime.combine(sheet.monday, time(), VIETNAM)  # not the clock: it would change bytes
    paper = OfficialPaper(f"{TITLE} - {sheet.week}", sheet.station, made)
    paper.title(f"{TITLE} - {sheet.week}", sheet.station)
    for fact in (sheet.span, sheet.zones, sheet.total, _HOW):
        paper.line("Thông tin bài", Span(fact))
    for day in sheet.days:
        _day(paper, day)
    if sheet.sticks:
        paper.heading(STICKS)
        for one in sheet.sticks:
            paper.line("Thông tin bài", Span(f"{BOX} {one}"))
    signed = sheet.approved_by or BLANK * 3
    paper.line("Thông tin bài", Span("Người duyệt nội dung: "), Span(signed, bold=True))
    paper.line("Thông tin bài", Span(f"Người phát: {BLANK * 3}"))
    return paper.data()


def _day(paper: OfficialPaper, day: SheetDay) -> None:
    folders = f" · thư mục {', '.join(day.folders)}" if day.folders else ""
    paper.heading(day.name)
    paper.line("Thông tin bài", Span(f"{day.total}{folders}"))
    paper.table(_WIDTHS, HEAD, [_cells(row) for row in day.rows], "Bảng nhỏ")


def _cells(row: SheetRow) -> tuple[str, ...]:
    told = ". ".join((row.title, row.zones, *row.notes))
    return BOX, row.times, row.length, told, row.file_line
