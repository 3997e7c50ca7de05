"""The spoken lines of a script with room beside each, for whoever puts them into another tongue."""

from __future__ import annotations

from collections.abc import Sequence

from broadcast.domain.wording import length_text
from broadcast.publish.docx_official import BLANK, OfficialPaper, Span
from broadcast.publish.script_items import Issued, ScriptOnPaper
from broadcast.publish.words import clean_line

KIND = "BẢN LỜI ĐỂ DỊCH"

_HEAD = ("TT", "Lời tiếng Việt", "Lời dịch")
_WIDTHS = (11, 77, 77)
"""Columns, in mm."""


def translation_sheet(
    script: ScriptOnPaper, issued: Issued, languages: Sequence[str] = ()
) -> bytes:
    """A working paper, not an official one: no letterhead, nobody signs it.

    Args:
        languages: what is spoken where the station is heard, beside Vietnamese.
    """
    title = clean_line(script.title)
    paper = OfficialPaper(f"Bản lời để dịch: {title}", issued.station, issued.made)
    paper.title(KIND, title)
    _facts(paper, script, issued, languages)
    spoken = [line for line in script.lines if line.kind == "speech"]
    rows = [
        (str(number), f"{line.speaker}: {line.text}", "") for number, line in enumerate(spoken, 1)
    ]
    paper.table(_WIDTHS, _HEAD, rows, "Ô trống")
    return paper.data()


def _facts(
    paper: OfficialPaper, script: ScriptOnPaper, issued: Issued, languages: Sequence[str]
) -> None:
    known = " / ".join(clean_line(one) for one in languages) or BLANK * 3
    facts = [
        ("Đài", clean_line(issued.station)),
        ("Dịch sang", known),
        ("Người dịch", f"{BLANK * 4}  Ngày: {BLANK * 2}"),
        ("Độ dài bản tiếng Việt", f"khoảng {length_text(script.seconds)}"),
    ]  # fmt: skip
    if script.draft:
        facts.append(("Lưu ý", "kịch bản NHÁP – chưa duyệt; chỉ thu tiếng sau khi được duyệt"))
    for label, value in facts:
        paper.line("Thông tin bài", Span(f"{label}: ", bold=True), Span(value))
