"""A sheet that somebody ticked, read again: which airings were played.

Both forms are read, the text for Notepad and the .docx, whichever way the boxes were filled in.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError, Problem
from broadcast.publish.sheet import CODE, FILE, TITLE

_ZIP = b"PK"
_CELLS = 4
"""Of a programme's row, at least."""
_REFUSED = "Chưa đọc được phiếu"
_DAY = re.compile(r"(?:THỨ \w+|CHỦ NHẬT) (\d\d/\d\d/\d{4})")
_TIME = re.compile(r"(\d\d:\d\d) - \d\d:\d\d")
_CODE = re.compile(rf"{re.escape(FILE)}(.*?){re.escape(CODE)}(\S+)")
_EMPTY = re.compile(r"[\s\[\](){}_.·☐□|-]*")
"""A box with nothing in it."""

_TICKED = re.compile(r"[\s\[(]*(?:[xvX✓✔☑☒]|có|rồi|đã phát)[\s\])]*", re.IGNORECASE)
"""A box that says it was played; words that say anything else are left to a person."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A row that was ticked: its line, when it was to begin, the airing's code.

    A .docx has no lines: there it is the row's place among all rows of its tables, from 1.
    """

    line: int
    starts: datetime
    code: str


def is_sheet(data: bytes) -> bool:
    """Whether this is an operator's sheet, ticked or not."""
    if data.startswith(_ZIP):
        return any(line.startswith(TITLE) for _, line, _ in _of_docx(data, strict=False))
    return TITLE in _text(data[:4000])


def read_ticks(data: bytes, name: str) -> tuple[tuple[Tick, ...], tuple[Problem, ...]]:
    """The rows of a sheet that are ticked, in order, and those whose box says something else.

    Args:
        name: of the file, for messages.

    Raises:
        InputError: it is damaged, or nothing stands in any box.
    """
    rows = _of_docx(data) if data.startswith(_ZIP) else _of_text(_text(data))
    day, found, problems = "", list[Tick](), list[Problem]()
    for number, line, cells in rows:
        if match := _DAY.match(line):
            day = match[1]
        if not day or len(cells) < _CELLS or not (time := _TIME.search(cells[1])):
            continue
        box = cells[0].strip()
        if _TICKED.fullmatch(box):
            code = _CODE.search(" ".join(cells[3:]))
            found.append(Tick(number, _moment(day, time[1], name), code[2] if code else ""))
        elif not _EMPTY.fullmatch(box):
            mend = "đã phát thì chỉ đánh dấu x; muộn, bị cắt, không phát thì ghi bằng tay"
            problems.append(Problem(f"không hiểu ô Phát ghi «{box}»", name, number, mend))
    if not (found or problems):
        mend = "đánh dấu x vào ô Phát của những lượt đã phát, lưu lại rồi nhập"
        raise InputError(_REFUSED, f"{name} chưa có ô nào được đánh dấu", mend)
    return tuple(found), tuple(problems)


def _moment(day: str, time: str, name: str) -> datetime:
    try:
        return datetime.strptime(f"{day} {time}", "%d/%m/%Y %H:%M").replace(tzinfo=VIETNAM)
    except ValueError as error:
        happened = f"{name}: không có ngày giờ «{day} {time}»"
        raise InputError(_REFUSED, happened, "sửa lại ngày giờ như lúc in") from error


def _text(data: bytes) -> str:
    """Notepad saves as UTF-8 or as UTF-16."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return data.decode("utf-16" if wide else "utf-8-sig", "replace")


_Line = tuple[int, str, list[str]]
"""Its number, and a line of text outside tables, or "" and the cells of a row."""


def _of_text(text: str) -> Iterator[_Line]:
    """Rows of the table drawn with lines; what a row says over several lines is put together."""
    row: list[str] = []
    begins = 0
    for number, line in enumerate(text.splitlines(), 1):
        if line.startswith("│"):
            cells = [cell.strip() for cell in line.strip("│").split("│")]
            begins = begins if row else number
            row = [f"{a} {b}".strip() for a, b in zip(row, cells, strict=False)] or cells
            continue
        yield begins, "", row
        row = []
        yield number, line.strip(), []
    yield begins, "", row


def _of_docx(data: bytes, *, strict: bool = True) -> Iterator[_Line]:
    import docx  # noqa: PLC0415 - slow to load
    from docx.text.paragraph import Paragraph  # noqa: PLC0415

    try:
        document = docx.Document(io.BytesIO(data))
        parts = list(document.iter_inner_content())
    except (
        Exception
    ) as error:  # whatever a damaged file makes of it, the officer reads one sentence
        if not strict:
            return
        mend = "mở bằng Word, lưu lại dạng .docx rồi nhập"
        raise InputError(_REFUSED, "tệp hỏng hoặc không phải tệp Word .docx", mend) from error
    number = 0
    for part in parts:
        if isinstance(part, Paragraph):
            yield number, part.text.strip(), []
            continue
        for row in part.rows:
            number += 1
            yield number, "", [cell.text for cell in row.cells]
