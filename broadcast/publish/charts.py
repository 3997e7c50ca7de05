"""Bar charts as DrawingML: the same chart stands in a workbook and, with its own data, in a paper.

What is drawn is held in the chart beside the cells it names, so that programs which do not look
into the cells show it too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from openpyxl.chart import BarChart
from openpyxl.chart.data_source import (
    AxDataSource,
    NumData,
    NumDataSource,
    NumRef,
    NumVal,
    StrData,
    StrRef,
    StrVal,
)
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.layout import Layout, ManualLayout
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.text import (
    CharacterProperties,
    Font,
    Paragraph,
    ParagraphProperties,
    RichTextProperties,
)
from openpyxl.utils import get_column_letter, quote_sheetname

from broadcast.publish.docx_marks import FONT

_COLOURS = ("9DB4C8", "1F4E79", "C55A11")
"""Light before dark, so that two of them differ on a copier too."""

_POINT = 100
"""Font sizes are hundredths of a point."""


@dataclass(frozen=True, slots=True)
class Bars:
    """One colour of bars: its name and a number for each category; cells as "Tuần!$B$2:$B$5"."""

    name: str
    values: tuple[int, ...]
    name_cell: str
    cells: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart: `lying` bars have room for long names, standing ones go well with time."""

    title: str
    categories: tuple[str, ...]
    cells: str
    bars: tuple[Bars, ...]
    lying: bool = False
    unit: str = ""


def bar_chart(chart: Chart) -> BarChart:
    """The chart for openpyxl."""
    made = BarChart()
    made.type, made.grouping = ("bar" if chart.lying else "col"), "clustered"
    made.title = chart.title
    made.title.overlay = False
    made.title.tx.rich.p[0].pPr = ParagraphProperties(defRPr=_letters(13, bold=True))
    for run in made.title.tx.rich.p[0].r:
        run.rPr = _letters(13, bold=True)
    made.gapWidth, made.overlap = 60, 0
    for number, bars in enumerate(chart.bars):
        made.series.append(_series(number, chart, bars))
    _axes(made, chart)
    if len(chart.bars) > 1:
        made.legend.position = "b"
        made.legend.txPr = _text(10)
    else:
        made.legend = None
    return made


def _series(number: int, chart: Chart, bars: Bars) -> Series:
    names = [StrVal(idx=n, v=one) for n, one in enumerate(chart.categories)]
    values = [NumVal(idx=n, v=str(one)) for n, one in enumerate(bars.values)]
    label = StrData(ptCount=1, pt=[StrVal(idx=0, v=bars.name)])
    series = Series(
        idx=number,
        order=number,
        tx=SeriesLabel(strRef=StrRef(f=bars.name_cell, strCache=label)),
        cat=AxDataSource(
            strRef=StrRef(f=chart.cells, strCache=StrData(ptCount=len(names), pt=names))
        ),
        val=NumDataSource(
            numRef=NumRef(
                f=bars.cells, numCache=NumData(formatCode="0", ptCount=len(values), pt=values)
            )
        ),
    )
    series.spPr = GraphicalProperties(solidFill=_COLOURS[number % len(_COLOURS)])
    series.spPr.line.noFill = True
    if len(chart.bars) == 1:
        series.dLbls = DataLabelList(showVal=True, showSerName=False, showCatName=False,
                                     showLegendKey=False, showPercent=False)  # fmt: skip
        series.dLbls.txPr = _text(10)
    return series


def _axes(made: BarChart, chart: Chart) -> None:
    for axis in (made.x_axis, made.y_axis):
        axis.delete = False  # else new versions of Excel hide it
        axis.txPr = _text(10)
    made.y_axis.majorGridlines.spPr = GraphicalProperties(ln=None)
    made.y_axis.majorGridlines.spPr.line.solidFill = "D9D9D9"
    made.y_axis.scaling.min = 0
    made.y_axis.number_format = "0"
    if chart.unit:
        made.y_axis.title = chart.unit
        made.y_axis.title.overlay = False
        for run in made.y_axis.title.tx.rich.p[0].r:
            run.rPr = _letters(10)
    if chart.lying:
        made.x_axis.scaling.orientation = "maxMin"  # the first one on top
        made.y_axis.crosses = "max"
        # Names get the left half, which they would else be given only where they fit.
        made.layout = Layout(
            manualLayout=ManualLayout(
                layoutTarget="inner", xMode="edge", yMode="edge", x=0.46, y=0.14, w=0.5, h=0.76
            )
        )


def _letters(points: int, *, bold: bool = False) -> CharacterProperties:
    return CharacterProperties(sz=points * _POINT, b=bold, latin=Font(typeface=FONT))


def _text(points: int) -> RichText:
    paragraph = Paragraph(pPr=ParagraphProperties(defRPr=_letters(points)), endParaRPr=None)
    return RichText(bodyPr=RichTextProperties(), p=[paragraph])


def chart_tree(chart: Chart) -> Any:
    """The chart as the XML of its own part."""
    made = bar_chart(chart)
    made.roundedCorners = False
    return made._write()


def cells(sheet: str, column: int, first: int, count: int) -> str:
    """Cells one below the other, as charts name them."""
    letter = get_column_letter(column)
    return f"{quote_sheetname(sheet)}!${letter}${first}:${letter}${first + count - 1}"


def cell(sheet: str, column: int, row: int) -> str:
    """One cell, as charts name it."""
    return cells(sheet, column, row, 1).partition(":")[0]
