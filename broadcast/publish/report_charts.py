"""The charts of a report: minutes planned against heard over time, and how often topics aired."""

from __future__ import annotations

from broadcast.domain.report import OUTSIDE, Report
from broadcast.publish import report_tables as tables
from broadcast.publish.charts import Bars, Chart, cell, cells

_FIRST = 2
"""The row of a sheet's first number, below its head."""

_PLANNED, _HEARD, _LOST = (tables.COUNTS.index(name) + 2 for name in tables.COUNTS[5:8])
"""Columns of minutes in a table of counts."""

MOST_TOPICS = 15
"""Topics in a chart; more cannot be read."""


def time_chart(report: Report) -> Chart | None:
    """Minutes planned and heard by week, by month for more than a quarter; None without any."""
    sheet, names, lines = tables.time_lines(report)
    if not lines:
        return None
    count = len(lines)
    planned = tuple(one.tally.minutes_planned for one in lines)
    heard = tuple(one.tally.minutes_heard for one in lines)
    bars = (
        Bars("Theo kế hoạch", planned, cell(sheet, _PLANNED, 1), cells(sheet, _PLANNED, 2, count)),
        Bars("Đã phát", heard, cell(sheet, _HEARD, 1), cells(sheet, _HEARD, 2, count)),
    )
    title = f"Số phút loa {sheet.lower()}"
    return Chart(title, names, cells(sheet, 1, _FIRST, count), bars, unit="phút")


def topic_chart(report: Report) -> Chart | None:
    """How many zones' airings of each topic were heard; None where no topic was aired."""
    lines = [one for one in report.by_topic if one.key != OUTSIDE][:MOST_TOPICS]
    if not lines:
        return None
    sheet, column = "Theo nội dung", tables.COUNTS.index("Đã phát") + 2
    names = tables.chart_names(report)[: len(lines)]
    values = tuple(one.tally.heard for one in lines)
    bars = Bars("Lượt loa đã phát", values, cell(sheet, column, 1),
                cells(sheet, column, _FIRST, len(lines)))  # fmt: skip
    title = "Số lượt loa đã phát theo nội dung"
    return Chart(title, names, cells(sheet, 1, _FIRST, len(lines)), (bars,), lying=True)
