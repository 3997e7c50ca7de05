"""Charts in a .docx: each a part with a small workbook behind it, so that Word can edit them."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from datetime import datetime
from typing import Any

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm
from docx.text.paragraph import Paragraph
from openpyxl import Workbook
from openpyxl.xml.functions import SubElement, tostring

from broadcast.publish.charts import Chart, cell, cells, chart_tree
from broadcast.publish.docx_marks import printable
from broadcast.publish.docx_seal import packed

_CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOMENT = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")
_LONG_AGO = datetime(1980, 1, 1)  # noqa: DTZ001 - the format takes no zone; the same for all charts

_INLINE = """
<w:drawing {names}>
  <wp:inline distT="0" distB="0" distL="0" distR="0">
    <wp:extent cx="{width}" cy="{height}"/>
    <wp:docPr id="{number}" name="Biểu đồ {number}" descr="{told}"/>
    <wp:cNvGraphicFramePr/>
    <a:graphic>
      <a:graphicData uri="{chart}">
        <c:chart xmlns:c="{chart}" r:id="{relation}"/>
      </a:graphicData>
    </a:graphic>
  </wp:inline>
</w:drawing>
"""


def add_chart(
    document: Document, paragraph: Paragraph, chart: Chart, size: tuple[int, int]
) -> None:
    """Put a chart into an empty paragraph; `size` is width and height in mm."""
    package = document.part.package
    number = 1 + sum("/word/charts/" in str(part.partname) for part in package.iter_parts())
    local, book = _with_own_cells(chart)
    part = Part(PackURI(f"/word/charts/chart{number}.xml"), CONTENT_TYPE.DML_CHART, b"", package)
    name = PackURI(f"/word/embeddings/bieu-do-{number}.xlsx")
    workbook = Part(name, _SHEET_TYPE, book, package)
    part._blob = _xml(local, part.relate_to(workbook, RELATIONSHIP_TYPE.PACKAGE))
    relation = document.part.relate_to(part, RELATIONSHIP_TYPE.CHART)
    drawing = _INLINE.format(
        names=nsdecls("w", "wp", "a", "r"),
        width=Mm(size[0]),
        height=Mm(size[1]),
        number=number,
        told=_escaped(printable(chart.title)),
        chart=_CHART,
        relation=relation,
    )
    paragraph.add_run()._r.append(parse_xml(drawing))


def _xml(chart: Chart, workbook: str) -> bytes:
    tree = chart_tree(chart)
    outside = SubElement(tree, f"{{{_CHART}}}externalData", {f"{{{_RELATION}}}id": workbook})
    SubElement(outside, f"{{{_CHART}}}autoUpdate", {"val": "0"})
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + bytes(tostring(tree))


def _with_own_cells(chart: Chart) -> tuple[Chart, bytes]:
    """The chart over the cells of a workbook of its own, and that workbook."""
    sheet, count = "Dữ liệu", len(chart.categories)
    bars = tuple(
        replace(one, name_cell=cell(sheet, n, 1), cells=cells(sheet, n, 2, count))
        for n, one in enumerate(chart.bars, 2)
    )
    book = Workbook()
    page: Any = book.active
    page.title = sheet
    for n, row in enumerate(zip(chart.categories, *(one.values for one in bars), strict=True), 2):
        for column, value in enumerate(row, 1):
            _put(page.cell(n, column), value)
    for column, one in enumerate(bars, 2):
        _put(page.cell(1, column), one.name)
    return replace(chart, cells=cells(sheet, 1, 2, count), bars=bars), _bytes(book)


def _put(at: Any, value: str | int) -> None:
    at.value = printable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        at.data_type = "s"  # never a formula


def _bytes(book: Workbook) -> bytes:
    """The workbook, the same bytes for the same numbers."""
    book.properties.created = _LONG_AGO
    raw = io.BytesIO()
    book.save(raw)
    with zipfile.ZipFile(raw) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    core = "docProps/core.xml"
    parts[core] = _MOMENT.sub(rb"\g<1>1980-01-01T00:00:00Z\g<3>", parts[core])
    return packed(parts)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
