"""Scripts and weeks on paper, and reading a .docx back, for the tests of papers."""

from __future__ import annotations

import io
from datetime import date, datetime, time, timedelta
from typing import Any

import docx
from docx.document import Document

from broadcast.domain.letterhead import Letterhead
from broadcast.domain.script import parse_body
from broadcast.domain.week import VIETNAM, Airing, WeekId
from broadcast.publish.script_items import Aired, Issued, ScriptOnPaper, WeekOnPaper

HEAD = Letterhead(
    ("ỦY BAN NHÂN DÂN", "XÃ SUỐI HOA"), "Suối Hoa", ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
)
ISSUED = Issued(HEAD, "Đài truyền thanh xã Thử", datetime(2026, 11, 20, 8, tzinfo=VIETNAM))
BODY = "[nhạc hiệu]\nNỮ: Kính thưa bà con.\nNAM: Số nhà 5 & 6.\n<!-- ghi chú -->\n[nghỉ 1s]\n"
APPROVED = {
    "state": "đã duyệt", "by": "Trần Thị Mẫu", "at": datetime(2026, 11, 19, 7, 30, tzinfo=VIETNAM),
}  # fmt: skip
MONDAY = date(2026, 11, 23)


def script(body: str = BODY, **more: Any) -> ScriptOnPaper:
    """A draft of two minutes with this body."""
    told = {"id": "bai", "title": "Bài thử", "state": "nháp", "seconds": 125.0, **more}
    return ScriptOnPaper(lines=parse_body(body), **told)


def aired(number: int | None = 1, n: int = 0, **more: Any) -> Aired:
    """The n-th airing of a week, two a day."""
    start = time(5, 30) if n % 2 == 0 else time(17)
    level = more.pop("level", "thông thường")
    airing = Airing(f"a{n}", MONDAY + timedelta(days=n // 2), start, 15, ("z",), level=level)
    told = {"title": "Bài thử", "zones": "tất cả các cụm loa", "seconds": 125.0, **more}
    return Aired(airing, number=number, **told)


def week(*scripts: ScriptOnPaper, airings: tuple[Aired, ...] = ()) -> WeekOnPaper:
    """A week that airs each script once, or these airings."""
    each = tuple(aired(n + 1, n, title=one.title) for n, one in enumerate(scripts))
    return WeekOnPaper(WeekId(2026, 48), airings or each, scripts)


def opened(data: bytes) -> Document:
    """A .docx as python-docx reads it."""
    return docx.Document(io.BytesIO(data))


def lines(document: Document) -> list[str]:
    """Every paragraph of a document outside tables, the empty ones left out."""
    return [one.text for one in document.paragraphs if one.text]


def cells(document: Document, table: int) -> list[list[str]]:
    """The texts of a table by row."""
    return [[cell.text for cell in row.cells] for row in document.tables[table].rows]
