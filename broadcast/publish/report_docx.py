"""A report as an official paper (.docx): head, title, text, tables, charts, signature."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from docx.shared import Pt

from broadcast.domain.log import LogLine
from broadcast.domain.report import Counted, Incident, Report, ReportRow
from broadcast.domain.wording import clock, day_text
from broadcast.publish import report_tables as tables
from broadcast.publish.charts import Chart
from broadcast.publish.docx_charts import add_chart
from broadcast.publish.docx_official import OfficialPaper, Span
from broadcast.publish.docx_styles import TEXT
from broadcast.publish.report_charts import time_chart, topic_chart
from broadcast.publish.script_items import Issued
from broadcast.publish.words import clean_line
from broadcast.vietnamese.listener import short_title

KIND = "BÁO CÁO"
SYMBOL = "BC-UBND"

_QUOTA_HEAD = ("Đơn vị", "Chỉ tiêu", "Kỳ", "Cần", "Đã làm", "Còn thiếu")

_COUNTS = (47, 14, 14, 15, 20, 15, 20, 20)
_QUOTAS = (32, 55, 24, 15, 15, 24)
_DATED = (40, 75, 25, 25)
_INCIDENTS = (25, 44, 33, 41, 22)
_EVIDENCE = (29, 51, 38, 47)
_REASONS = (75, 45, 45)
"""Columns of the tables, in mm."""

_DIGEST = 12
"""Letters of a digest on paper; the workbook has all of it."""


def report_paper(report: Report, issued: Issued) -> bytes:
    """The report as .docx."""
    about = f"Kết quả tuyên truyền trên hệ thống truyền thanh {report.period.text}"
    paper = OfficialPaper(about, issued.station, issued.made)
    paper.head(issued.letterhead, issued.made.year, SYMBOL)
    paper.title(KIND, about)
    for note in tables.notes(report):
        paper.prose(note)
    if not report.empty:
        _results(paper, report)
        _topics(paper, report)
        _quotas(paper, report)
        _incidents(paper, report)
    _below_table(paper, _closing(report, issued))
    paper.signature(issued.letterhead, (issued.station,))
    _evidence(paper, report)
    return paper.data()


def _results(paper: OfficialPaper, report: Report) -> None:
    paper.section("I. KẾT QUẢ CHUNG")
    paper.prose(_summary(report))
    _chart(paper, time_chart(report), 70)
    paper.heading("1. Theo cụm loa")
    _counts(paper, "Cụm loa", report.by_zone, report)
    paper.heading("2. Theo thứ tiếng")
    _counts(paper, "Thứ tiếng", report.by_language, report)
    paper.heading("3. Theo tháng")
    _counts(paper, "Tháng", report.by_month, report)


def _summary(report: Report) -> str:
    total = report.total
    told = (
        f"Từ ngày {day_text(report.period.first)} đến ngày {day_text(report.until)}, đài có "
        f"{total.airings} lượt phát theo lịch, tính theo từng cụm loa là {total.planned} lượt loa, "
        f"{total.minutes_planned} phút. Bà con đã nghe {total.heard} lượt loa, "
        f"{total.minutes_heard} phút (đạt {percent(total.share)} số phút theo kế hoạch)"
    )
    if total.missed or total.minutes_lost:
        told += f"; {total.missed} lượt loa không phát được, mất {total.minutes_lost} phút"
    if total.unlogged:
        told += f"; {total.unlogged} lượt loa, {total.minutes_unlogged} phút chưa ghi nhật ký"
    return f"{told}. Số phút tính theo thời gian dành cho lượt phát, nhân với số cụm loa nghe."


def percent(share: float) -> str:
    """A share as readers write it: "97,5%"."""
    return f"{share * 100:.1f}%".replace(".", ",")


def _counts(paper: OfficialPaper, what: str, lines: Iterable[Counted], report: Report) -> None:
    head = (what, "Lượt phát", "Lượt loa", "Đã phát", "Không phát", "Chưa ghi", "Phút kế hoạch",
            "Phút đã phát")  # fmt: skip
    total = Counted("", tables.TOTAL, report.total)
    rows = (_row(one) for one in (*lines, total))
    paper.table(_COUNTS, head, rows, numbers=range(1, len(head)))


def _row(line: Counted) -> tuple[str, ...]:
    tally = line.tally
    numbers = (tally.airings, tally.planned, tally.heard, tally.missed, tally.unlogged,
               tally.minutes_planned, tally.minutes_heard)  # fmt: skip
    return (tables.line_name(line), *map(str, numbers))


def _topics(paper: OfficialPaper, report: Report) -> None:
    paper.section("II. NỘI DUNG ĐÃ TUYÊN TRUYỀN")
    heard = sum(one.heard > 0 for one in report.topics)
    paper.prose(
        f"Kế hoạch có {len(report.topics)} nội dung để phát thanh; bà con đã nghe {heard} nội dung."
    )
    _counts(paper, "Nội dung", tables.short_topics(report), report)
    chart = topic_chart(report)
    _chart(paper, chart, 25 + 9 * len(chart.categories) if chart else 0)
    missing = [one for one in report.topics if not one.heard]
    if missing:
        paper.heading("Nội dung chưa được nghe trong kỳ")
        for one in missing:
            paper.prose(f"- Mục {one.path}: {short_title(clean_line(one.text))}.")


def _quotas(paper: OfficialPaper, report: Report) -> None:
    paper.section("III. CHỈ TIÊU, NHIỆM VỤ")
    rows = [dict(zip(tables.QUOTAS, row, strict=True)) for row in tables.quotas(report).rows]
    airings = [row for row in rows if row["Đếm"] == tables.AIRINGS]
    items = [row for row in rows if row["Đếm"] != tables.AIRINGS]
    dated = tables.dated(report).rows
    if not rows and not dated:
        paper.prose("Kế hoạch không giao chỉ tiêu, thời hạn nào trong kỳ.")
    number = 0
    for title, those in (("Lượt phát trên loa", airings), ("Tin, bài và việc khác", items)):
        if those:
            number += 1
            paper.heading(f"{number}. {title}")
            paper.table(_QUOTAS, _QUOTA_HEAD, map(_quota, those), numbers=(3, 4, 5))
        if unlogged := sum(int(str(row["Chưa ghi nhật ký"] or 0)) for row in those):
            told = f"Trong số còn thiếu có {unlogged} lượt đã qua mà chưa ghi nhật ký."
            _below_table(paper, told)
    if dated:
        paper.heading(f"{number + 1}. Thời hạn và báo cáo")
        paper.table(_DATED, ("Đơn vị", "Việc", "Hạn", "Tình trạng"), map(_dated, dated))


def _quota(row: dict[str, tables.Value]) -> tuple[str, ...]:
    left = row["Còn (ngày)"]
    missing = f"{row['Còn thiếu']}" + (f" (còn {left} ngày)" if left is not None else "")
    cells = (row["Đơn vị"], row["Chỉ tiêu"], row["Kỳ"], row["Cần"], row["Đã làm"], missing)
    return tuple(map(str, cells))


def _dated(row: tuple[tables.Value, ...]) -> tuple[str, ...]:
    unit, what, _, due, stands, *_ = row
    return str(unit), str(what), day_text(due) if isinstance(due, date) else "", str(stands)


def _incidents(paper: OfficialPaper, report: Report) -> None:
    paper.section("IV. SỰ CỐ")
    if not report.incidents:
        paper.prose("Trong những lượt đã ghi nhật ký không có sự cố.")
        return
    lost = sum(one.lost for one in report.incidents)
    paper.prose(f"Có {len(report.incidents)} sự cố, mất {lost} phút loa.")
    reasons = [(one.reason, str(one.incidents), str(one.lost)) for one in report.reasons]
    paper.table(_REASONS, ("Lý do", "Số sự cố", "Phút loa mất"), reasons, numbers=(1, 2))
    _below_table(paper, "Từng sự cố:")
    head = ("Ngày, giờ", "Chương trình", "Cụm loa", "Sự việc", "Phút mất")
    rows = (_incident(report, one) for one in report.incidents)
    paper.table(_INCIDENTS, head, rows, numbers=(4,))


def _incident(report: Report, one: Incident) -> tuple[str, ...]:
    airing, heard = one.row.airing, one.heard
    told = heard.outcome + (f" {heard.late} phút" if heard.late else "")
    why = "; ".join(filter(None, (heard.reason, clean_line(heard.note))))
    return (
        f"{day_text(airing.day)} {clock(airing.start)}",
        clean_line(airing.title),
        tables.zones_text(report, heard.zones),
        f"{told}: {why}" if why else told,
        str(one.lost),
    )


def _evidence(paper: OfficialPaper, report: Report) -> None:
    if not report.logged:
        return
    paper.appendix("Minh chứng của từng lượt phát")
    paper.prose(
        "Người duyệt kịch bản; dòng trong nhật ký phát thanh với mã kiểm của dòng và dấu vân của "
        "tệp âm thanh đã phát. Mã và dấu vân đầy đủ ở bảng tính kèm theo."
    )
    head = ("Ngày, giờ", "Chương trình", "Duyệt", "Nhật ký, tệp")
    shown = (_shown(row, row.line) for row in report.rows if row.line)
    paper.table(_EVIDENCE, head, shown, style="Bảng nhỏ")


def _shown(row: ReportRow, line: LogLine) -> tuple[str, ...]:
    shown = line.entry.evidence
    approved = shown.approved_by and clean_line(shown.approved_by)
    if approved and shown.approved_at:
        approved += f", {day_text(shown.approved_at.date())}"
    if shown.paper:
        approved += f"; {clean_line(shown.paper)}"
    digest = f"; tệp {shown.digest[:_DIGEST]}" if shown.digest else ""
    return (
        f"{day_text(row.airing.day)} {clock(row.airing.start)}",
        clean_line(row.airing.title),
        approved or "chưa có",
        f"{tables.place(row)} ({line.checksum[:_DIGEST]}){digest}",
    )


def _closing(report: Report, issued: Issued) -> str:
    until = "" if report.over else f" (tính đến ngày {day_text(report.until)})"
    return (
        f"Trên đây là báo cáo kết quả tuyên truyền trên hệ thống truyền thanh của "
        f"{clean_line(issued.station)} {report.period.text}{until}."
    )


def _below_table(paper: OfficialPaper, text: str) -> None:
    """A paragraph that keeps off the table above it."""
    paper.line("Lời văn", Span(text)).paragraph_format.space_before = Pt(8)


def _chart(paper: OfficialPaper, chart: Chart | None, height: int) -> None:
    if chart:
        add_chart(paper.document, paper.line("Biểu đồ"), chart, (TEXT, height))
