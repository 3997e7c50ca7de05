"""A report as tables that paper and workbook both are made of, so that they say the same."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time

from broadcast.domain.duties import DatedDuty, QuotaCount
from broadcast.domain.report import OUTSIDE, Counted, Incident, Report, ReportRow, Tally
from broadcast.domain.week import WeekId
from broadcast.domain.wording import day_text
from broadcast.publish.words import clean_line
from broadcast.vietnamese.characters import shorten
from broadcast.vietnamese.listener import short_title

Value = str | int | float | date | datetime | time | None
"""What a cell holds."""

QUARTER = 92
"""Days of the longest period that is shown by weeks."""

SHORT_TITLE = 42
"""Characters of a topic's name in a chart."""

COUNTS = (
    "Lượt phát",
    "Lượt loa theo kế hoạch",
    "Đã phát",
    "Không phát",
    "Chưa ghi",
    "Phút theo kế hoạch",
    "Phút đã phát",
    "Phút mất",
    "Phút chưa ghi",
    "Tỷ lệ phút đã phát",
)
"""Heads of the columns of counts."""

QUOTAS = (
    "Đơn vị",
    "Chỉ tiêu",
    "Đếm",
    "Kỳ",
    "Cần",
    "Đã làm",
    "Chưa ghi nhật ký",
    "Còn thiếu",
    "Đã quá kỳ",
    "Còn (ngày)",
    "Vì sao đếm như vậy",
)
"""Heads of the table of quotas."""

DATED = (
    "Đơn vị",
    "Việc",
    "Loại",
    "Hạn",
    "Tình trạng",
    "Ngày làm xong",
    "Tên, số văn bản",
    "Hạn lấy từ đâu",
)
"""Heads of the table of deadlines and reports."""

AIRINGS = "lượt phát"
"""What quotas are called that the log counts; all others are counted from what was recorded."""

TOTAL = "Tổng cộng"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its name, heads, rows, and the row of totals if it has one."""

    name: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] = ()


def counts(tally: Tally) -> tuple[Value, ...]:
    """The numbers under COUNTS."""
    return (
        tally.airings,
        tally.planned,
        tally.heard,
        tally.missed,
        tally.unlogged,
        tally.minutes_planned,
        tally.minutes_heard,
        tally.minutes_lost,
        tally.minutes_unlogged,
        tally.share,
    )


def counted(name: str, what: str, lines: Iterable[Counted], total: Tally) -> Sheet:
    """A table of counts, with totals."""
    rows = tuple((line_name(line), *counts(line.tally)) for line in lines)
    return Sheet(name, (what, *COUNTS), rows, (TOTAL, *counts(total)))


def line_name(line: Counted) -> str:
    """What a line of a table is called: a week with its days, a month in words."""
    try:
        week = WeekId.parse(line.key, date.min)
    except ValueError:
        pass
    else:
        days = week.days()
        return f"Tuần {week.number} ({days[0]:%d/%m} – {days[-1]:%d/%m/%Y})"
    year, dash, month = line.key.partition("-")
    if dash and year.isdecimal() and month.isdecimal():
        return f"Tháng {int(month)}/{year}"
    return clean_line(line.name)


def by_zone(report: Report) -> Sheet:
    """Counts by zone."""
    return counted("Theo cụm loa", "Cụm loa", report.by_zone, report.total)


def by_topic(report: Report) -> Sheet:
    """Counts by topic, by their titles; `topics` has the plan's whole text."""
    return counted("Theo nội dung", "Nội dung", short_topics(report), report.total)


def by_language(report: Report) -> Sheet:
    """Counts by language."""
    return counted("Theo thứ tiếng", "Thứ tiếng", report.by_language, report.total)


def by_week(report: Report) -> Sheet:
    """Counts by week."""
    return counted("Theo tuần", "Tuần", report.by_week, report.total)


def by_month(report: Report) -> Sheet:
    """Counts by month."""
    return counted("Theo tháng", "Tháng", report.by_month, report.total)


def topics(report: Report) -> Sheet:
    """Every topic that is for the air, and how many airings of it were heard."""
    rows = tuple(
        (one.plan, one.path, clean_line(one.text), one.heard, "đã nghe" if one.heard else "chưa")
        for one in report.topics
    )
    head = ("Kế hoạch", "Mục", "Nội dung", "Số lượt đã phát", "Bà con đã nghe chưa")
    return Sheet("Nội dung đã nghe", head, rows)


def quotas(report: Report) -> Sheet:
    """What is owed in numbers, airings before all else; a quarter or a longer period a row."""
    rows = tuple(
        (
            clean_line(count.quota.unit),
            clean_line(count.quota.what),
            count.counted.by,
            at.text,
            count.owed,
            count.done,
            count.unlogged if count.counted.by == AIRINGS else None,
            count.missing,
            count.lost(report.today),
            count.days_left(report.today),
            clean_line(count.counted.why),
        )
        for count in _all_quotas(report)
        for at, count in count.by_quarter(report.period)
    )
    return Sheet("Chỉ tiêu", QUOTAS, rows)


def _all_quotas(report: Report) -> list[QuotaCount]:
    counts = [count for one in report.duties for count in one.quotas if count.parts]
    return sorted(counts, key=lambda count: count.counted.by != AIRINGS)


def dated(report: Report) -> Sheet:
    """Deadlines and reports of the period, and what is known of their being done."""
    rows = tuple(
        (
            clean_line(one.unit),
            clean_line(one.what),
            one.kind,
            one.due,
            _stands(one, report.today),
            one.done.day if one.done else None,
            clean_line(one.done.title) if one.done else "",
            clean_line(one.why),
        )
        for plan in report.duties
        for one in plan.dated
    )
    return Sheet("Thời hạn, báo cáo", DATED, rows)


def _stands(one: DatedDuty, today: date) -> str:
    left = one.days_left(today)
    if one.done:
        return "đã xong"
    if left is None:
        return "chưa ghi là đã làm"
    return f"quá hạn {-left} ngày" if left < 0 else f"còn {left} ngày"


def incidents(report: Report) -> Sheet:
    """What was not as planned."""
    rows = tuple(_incident(report, one) for one in report.incidents)
    lost = sum(one.lost for one in report.incidents)
    head = ("Ngày", "Giờ", "Chương trình", "Cụm loa", "Sự việc", "Muộn (phút)",
            "Nghe được (phút)", "Phút loa mất", "Lý do", "Ghi thêm", "Nhật ký")  # fmt: skip
    total = (TOTAL, *[None] * 6, lost, *[None] * 3)
    return Sheet("Sự cố", head, rows, total if rows else ())


def _incident(report: Report, one: Incident) -> tuple[Value, ...]:
    airing, heard = one.row.airing, one.heard
    return (
        airing.day,
        airing.start,
        clean_line(airing.title),
        zones_text(report, heard.zones),
        heard.outcome,
        heard.late or None,
        heard.minutes,
        one.lost,
        heard.reason,
        clean_line(heard.note),
        place(one.row),
    )


def airings(report: Report) -> Sheet:
    """Every airing."""
    rows = tuple(_airing(report, row) for row in report.rows)
    head = ("Ngày", "Giờ", "Phút", "Chương trình", "Kế hoạch", "Mục", "Cụm loa", "Kết quả",
            "Phút loa theo kế hoạch", "Phút loa đã phát", "Người ghi", "Lúc ghi")  # fmt: skip
    minutes = report.total.minutes_planned, report.total.minutes_heard
    total = (TOTAL, *[None] * 7, *minutes, None, None)
    return Sheet("Lượt phát", head, rows, total if rows else ())


def _airing(report: Report, row: ReportRow) -> tuple[Value, ...]:
    airing, entry = row.airing, row.line.entry if row.line else None
    return (
        airing.day,
        airing.start,
        airing.minutes,
        clean_line(airing.title),
        airing.plan,
        airing.topic,
        zones_text(report, airing.zones),
        entry.state if entry else "chưa ghi",
        row.tally.minutes_planned,
        row.tally.minutes_heard,
        clean_line(entry.by) if entry else None,
        entry.at.replace(tzinfo=None) if entry else None,
    )


def evidence(report: Report) -> Sheet:
    """What shows of each logged airing that it was approved and that it aired."""
    rows = tuple(_evidence(row) for row in report.rows if row.line)
    head = ("Ngày", "Giờ", "Chương trình", "Kịch bản", "Người duyệt", "Lúc duyệt",
            "Văn bản duyệt", "Tệp âm thanh", "SHA-256 của tệp", "Tệp nhật ký", "Dòng",
            "Mã kiểm của dòng")  # fmt: skip
    return Sheet("Minh chứng", head, rows)


def _evidence(row: ReportRow) -> tuple[Value, ...]:
    assert row.line is not None  # noqa: S101 - logged rows only, narrows for mypy
    airing, shown, line = row.airing, row.line.entry.evidence, row.line
    return (
        airing.day,
        airing.start,
        clean_line(airing.title),
        airing.script,
        clean_line(shown.approved_by),
        shown.approved_at.replace(tzinfo=None) if shown.approved_at else None,
        clean_line(shown.paper),
        shown.file,
        shown.digest,
        line.file,
        line.number,
        line.checksum,
    )


def summary(report: Report) -> Sheet:
    """The report's main numbers."""
    total = report.total
    rows: list[tuple[Value, ...]] = [
        ("Kỳ báo cáo", report.period.text),
        ("Từ ngày", report.period.first),
        ("Tính đến hết ngày", report.until),
        *zip(COUNTS, counts(total), strict=True),
        ("Nội dung đã nghe", sum(one.heard > 0 for one in report.topics)),
        ("Nội dung chưa nghe", sum(one.heard == 0 for one in report.topics)),
        ("Sự cố", len(report.incidents)),
    ]
    rows += [(f"Phút loa mất vì {one.reason}", one.lost) for one in report.reasons]
    if report.ahead:
        rows.append(("Lượt còn trong lịch của kỳ, chưa tính", report.ahead))
    return Sheet("Tổng hợp", ("Mục", "Số liệu"), tuple(rows))


def zones_text(report: Report, zones: tuple[str, ...]) -> str:
    """Zones for reading."""
    if len(zones) > 1 and set(zones) == {zone.id for zone in report.station.zones}:
        return "tất cả các cụm loa"
    names = (zone.name if (zone := report.station.zone(one)) else one for one in zones)
    return clean_line(", ".join(names))


def place(row: ReportRow) -> str:
    """Where in the log a row stands: "2026-11.jsonl, dòng 3"."""
    if row.line is None:
        return ""
    return f"{row.line.file.rpartition('/')[2]}, dòng {row.line.number}"


def notes(report: Report) -> tuple[str, ...]:
    """What a reader has to know before the numbers: not over yet, no data, not all logged."""
    told = []
    if not report.over:
        more = f"; còn {report.ahead} lượt trong lịch chưa đến giờ" if report.ahead else ""
        told.append(
            f"Kỳ báo cáo chưa kết thúc: số liệu tính đến ngày {day_text(report.until)}{more}."
        )
    if report.empty:
        told.append("Trong kỳ không có lượt phát nào trong lịch phát và trong nhật ký.")
    elif not report.logged:
        told.append("Trong kỳ chưa ghi nhật ký lượt phát nào nên chưa có số liệu đã phát.")
    elif report.total.unlogged:
        lost = f"{report.total.unlogged} lượt loa, {report.total.minutes_unlogged} phút"
        told.append(f"Còn {lost} chưa ghi nhật ký, không tính là đã phát.")
    return tuple(told)


def short_topics(report: Report) -> tuple[Counted, ...]:
    """The counts by topic, with titles for names instead of the plan's whole text."""
    return tuple(
        one if one.key == OUTSIDE else replace(one, name=short_title(clean_line(one.name)))
        for one in report.by_topic
    )


def chart_names(report: Report) -> tuple[str, ...]:
    """Shorter names of the topics still, for a chart."""
    return tuple(shorten(one.name, SHORT_TITLE) for one in short_topics(report))


def time_lines(report: Report) -> tuple[str, tuple[str, ...], tuple[Counted, ...]]:
    """What a chart over time shows: sheet, short names, lines; months where there are many."""
    if (report.period.last - report.period.first).days > QUARTER:
        lines, name = report.by_month, "Theo tháng"
    else:
        lines, name = report.by_week, "Theo tuần"
    return name, tuple(str(int(one.key[-2:])) for one in lines), lines
