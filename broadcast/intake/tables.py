"""Tables of activities in a plan: which column says what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from broadcast.intake.outline import Node

_COLUMNS = (
    ("time", re.compile(r"thời gian|thời hạn|tiến độ|hoàn thành|thời điểm", re.IGNORECASE)),
    ("with", re.compile(r"phối hợp", re.IGNORECASE)),
    (
        "lead",
        re.compile(r"chủ trì|thực hiện$|phụ trách|đầu mối|trách nhiệm|phân công", re.IGNORECASE),
    ),
    ("form", re.compile(r"hình thức|phương thức|kênh|sản phẩm|cách thức", re.IGNORECASE)),
    ("content", re.compile(r"nội dung|nhiệm vụ|công việc|chủ đề|hoạt động", re.IGNORECASE)),
    ("unit", re.compile(r"đơn vị|cơ quan|bộ phận", re.IGNORECASE)),
)
_NUMBER = re.compile(r"(?:stt|tt|số tt|số thứ tự)\.?|\d{0,3}\.?|[IVX]+\.?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the table, its cells by what their column says, its whole text."""

    number: int
    cells: dict[str, str]
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of data, and the rows that name columns; all rows are `others` without such a row."""

    rows: tuple[Row, ...]
    others: tuple[Row, ...]


def split_tables(paragraphs: Sequence[Node]) -> Iterator[list[Node]]:
    """Runs of rows with as many cells each."""
    run: list[Node] = []
    for node in paragraphs:
        if run and (not node.cells or len(node.cells) != len(run[0].cells)):
            yield run
            run = []
        if node.cells:
            run.append(node)
    if run:
        yield run


def parse_table(rows: Sequence[Node]) -> Table:
    """Name the columns by the first row."""
    names = [_column(cell) for cell in rows[0].cells]
    plain = [Row(at, {}, node.text, node.line) for at, node in enumerate(rows)]
    if "content" not in names:
        return Table((), tuple(plain))
    data = [
        Row(at, _cells(names, node.cells), node.text, node.line)
        for at, node in enumerate(rows[1:], 1)
    ]
    return Table(tuple(data), (plain[0],))


def _column(title: str) -> str:
    if _NUMBER.fullmatch(title.strip()):
        return "number"
    return next((name for name, pattern in _COLUMNS if pattern.search(title)), "rest")


def _cells(names: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    """A row's texts by column; what has no column of its own is joined as "rest"."""
    found: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if not cell or (name == "number" and _NUMBER.fullmatch(cell.strip())):
            continue
        key = "rest" if name == "number" else name
        found[key] = f"{found[key]} | {cell}" if key in found else cell
    return found
