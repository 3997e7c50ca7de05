"""A report as a workbook: a sheet a table, real numbers and days, native charts."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import UTC, date, datetime, time
from math import ceil
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from broadcast.domain.report import Report
from broadcast.publish import report_tables as tables
from broadcast.publish.charts import bar_chart
from broadcast.publish.docx_marks import FONT, printable
from broadcast.publish.docx_seal import UNSEALED, sealed_parts
from broadcast.publish.report_charts import time_chart, topic_chart
from broadcast.publish.report_tables import Sheet, Value
from broadcast.publish.script_items import Issued

_WIDEST, _NARROWEST = 60, 9
"""Characters of a column."""

_LONGEST = 32_767
"""Characters that a cell of the format takes."""

_LINE_HEIGHT = 15.5
"""Points of a line."""

_LETTER = 1.05
"""Columns that a letter takes; lines break between words and stay shorter than they might be."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a program may take for the beginning of a formula."""

_FIRST = "Tổng hợp"
"""The sheet with the main numbers and the charts."""

_HEAD = PatternFill("solid", fgColor="D9E2EC")
_LINE = Side(style="thin", color="BFBFBF")
_FORMATS = {datetime: "dd/mm/yyyy hh:mm", date: "dd/mm/yyyy", time: "hh:mm", float: "0.0%"}
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


def report_workbook(report: Report, issued: Issued) -> bytes:
    """The report as .xlsx."""
    book = Workbook()
    book.remove(book.active)
    for make in (tables.summary, tables.by_topic, tables.by_zone, tables.by_language,
                 tables.by_week, tables.by_month, tables.topics, tables.quotas, tables.dated,
                 tables.airings, tables.incidents, tables.evidence):  # fmt: skip
        _sheet(book, make(report))
    _notes(book[_FIRST], tables.notes(report))
    _charts(book, report)
    made = issued.made.astimezone(UTC).replace(tzinfo=None)
    properties = book.properties
    properties.title = printable(f"Báo cáo phát thanh {report.period.text}")
    properties.creator = properties.lastModifiedBy = printable(issued.station)
    properties.created, properties.language = made, "vi"
    properties.identifier = UNSEALED
    return _sealed(book, made)


def _sealed(book: Workbook, made: datetime) -> bytes:
    """The file, with the time it was made in place of the one at which it is written."""
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    moment = made.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    core = "docProps/core.xml"
    parts[core] = _MODIFIED.sub(rb"\g<1>" + moment + rb"\g<2>", parts[core])
    return sealed_parts(parts)


def _sheet(book: Workbook, table: Sheet) -> Worksheet:
    sheet: Worksheet = book.create_sheet(table.name)
    rows = [table.head, *table.rows, *((table.total,) if table.total else ())]
    for number, row in enumerate(rows, 1):
        for column, value in enumerate(row, 1):
            bold = number == 1 or (bool(table.total) and number == len(rows))
            _fill(sheet.cell(number, column), value, bold=bold, head=number == 1)
    widths = [_width(rows, column) for column in range(len(table.head))]
    for column, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, row in enumerate(rows, 1):
        sheet.row_dimensions[number].height = _LINE_HEIGHT * _lines(row, widths)
    sheet.freeze_panes = "A2"
    if table.rows and len(table.head) > 2:
        last = get_column_letter(len(table.head))
        sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    first = table.name == _FIRST  # with its charts on one page
    _page(sheet, wide=first or len(table.head) > 4, pages=int(first))
    return sheet


def _page(sheet: Worksheet, *, wide: bool, pages: int) -> None:
    """On paper: as wide as the page, the head again on each; 0 `pages` are as many as it takes."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape" if wide else "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, pages
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _fill(cell: Any, value: Value, *, bold: bool, head: bool) -> None:
    """A value as what it is; text never as a formula."""
    if isinstance(value, str):
        text = printable(value)[:_LONGEST]
        cell.value = text
        cell.data_type = "s"
        # Keeps what looks like a formula a text also when somebody edits the cell.
        cell.quotePrefix = text.startswith(_FORMULA)
    else:
        cell.value = value
    if form := _FORMATS.get(type(value)):
        cell.number_format = form
    cell.font = Font(name=FONT, size=11, bold=bold)
    cell.border = Border(_LINE, _LINE, _LINE, _LINE)
    number = isinstance(value, (int, float)) and not head
    side = "center" if head else "right" if number else "left"
    cell.alignment = Alignment(
        horizontal=side, vertical="center" if head else "top", wrap_text=True
    )
    if head:
        cell.fill = _HEAD


def _width(rows: list[tuple[Value, ...]], column: int) -> float:
    """Wide enough for what is in it; heads may break."""
    body = max((len(_shown(row[column])) for row in rows[1:]), default=0)
    head = max((len(word) for word in str(rows[0][column]).split()), default=0)
    return min(max(body, head, _NARROWEST) * 1.1 + 2, _WIDEST)


def _lines(row: tuple[Value, ...], widths: list[float]) -> int:
    """How many lines the row's fullest cell takes: programs do not all measure that."""
    return max(
        sum(max(1, ceil(len(part) * _LETTER / width)) for part in _shown(value).split("\n"))
        for value, width in zip(row, widths, strict=True)
    )


def _shown(value: Value) -> str:
    form = _FORMATS.get(type(value))
    return form if form else "" if value is None else str(value)


def _notes(sheet: Worksheet, notes: tuple[str, ...]) -> None:
    """What has to be known before the numbers, below the summary."""
    row = sheet.max_row + 1
    for number, note in enumerate(notes, row + 1):
        sheet.cell(number, 1, note).font = Font(name=FONT, size=11, italic=True, color="C00000")


def _charts(book: Workbook, report: Report) -> None:
    for chart, column, height in ((time_chart(report), 4, 9.0), (topic_chart(report), 4, 14.0)):
        if chart is None:
            continue
        made = bar_chart(chart)
        made.width, made.height = 22.0, height
        sheet = book[_FIRST]
        row = 1 if not sheet._charts else 21
        sheet.add_chart(made, f"{get_column_letter(column)}{row}")
