"""`broadcast report`: a period's report on the screen, as JSON, as paper and workbook."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcast.cli.common import JSON_OPTION, WHERE_TO, now, put_json, say, table, workspace_of
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.periods import PERIOD_FORMS
from broadcast.domain.wording import day_text
from broadcast.vietnamese.characters import shorten

if TYPE_CHECKING:
    from broadcast.domain.report import Counted, Report
    from broadcast.workflow.reports import Made

_NAME = 44
_QUOTAS = ("Chỉ tiêu", "Đếm", "Kỳ", "Cần", "Đã làm", "Chưa ghi nhật ký", "Còn thiếu", "Còn (ngày)")
_NUMBERS = frozenset(_QUOTAS[3:])
_DATED = ("Việc", "Đơn vị", "Hạn", "Tình trạng")
_HEAD = ("", "LƯỢT PHÁT", "LƯỢT LOA", "ĐÃ PHÁT", "KHÔNG PHÁT", "PHÚT KH", "PHÚT ĐÃ PHÁT")
_RIGHT = frozenset(range(1, len(_HEAD)))


@click.command(cls=VietnameseCommand)
@click.argument("period", metavar="KỲ")
@click.option(
    "--to",
    metavar="THƯ_MỤC",
    type=WHERE_TO,
    help="Ghi báo cáo .docx để trình ký và bảng tính .xlsx vào thư mục này",
)
@JSON_OPTION
@click.pass_context
def report(context: click.Context, *, period: str, to: Path | None, as_json: bool) -> None:
    """Báo cáo một kỳ: kế hoạch và đã phát, theo cụm loa, nội dung, sự cố."""
    from broadcast.workflow import reports as work  # noqa: PLC0415 - loads every room
    from broadcast.workflow.desk import Desk  # noqa: PLC0415

    desk, moment = Desk(workspace_of(context)), now()
    made = work.make_report(desk, work.read_period(period), now=moment)
    for problem in made.problems:
        say(f"! {problem}")
    written = work.write_report(desk, made, to, now=moment) if to else None
    if as_json:
        put_json(work.report_view(made))
    elif not written:
        _show(made)
    if written:
        for path in written.files:
            (say if as_json else click.echo)(str(path))
        if not written.fresh:
            say("Các tệp đã có sẵn đúng như thế.")
        _say_notes(made.report)


report.help = f"{report.help}\n\nKỲ viết như: {PERIOD_FORMS}."


def _show(made: Made) -> None:
    from broadcast.publish.report_tables import incidents  # noqa: PLC0415

    told = made.report
    click.secho(f"Báo cáo {told.period.text} · {told.station.name}", bold=True)
    _say_notes(told)
    for what, lines in (("CỤM LOA", told.by_zone), ("THỨ TIẾNG", told.by_language),
                        ("NỘI DUNG", told.by_topic), ("THÁNG", told.by_month)):  # fmt: skip
        if lines:
            click.echo(f"\n{_counts(what, lines, told)}")
    _show_duties(told)
    if told.incidents:
        click.echo(f"\n{len(told.incidents)} sự cố, mất {incidents(told).total[7]} phút loa:")
        for one in told.reasons:
            click.echo(f"  {one.reason}: {one.incidents} sự cố, {one.lost} phút loa")


def _show_duties(told: Report) -> None:
    """Quotas by quarter, and what is due."""
    from broadcast.publish.report_tables import DATED, QUOTAS, dated, quotas  # noqa: PLC0415

    if not told.empty and not quotas(told).rows and not dated(told).rows:
        say("Kế hoạch không giao chỉ tiêu, thời hạn nào trong kỳ này.")
    for head, sheet, shown in ((QUOTAS, quotas(told), _QUOTAS), (DATED, dated(told), _DATED)):
        rows = []
        for row in sheet.rows:
            cells = dict(zip(head, row, strict=True))
            rows.append(tuple(shorten(_cell(cells[name]), _NAME) for name in shown))
        if rows:
            right = frozenset(n for n, name in enumerate(shown) if name in _NUMBERS)
            click.echo(f"\n{table(rows, tuple(name.upper() for name in shown), right)}")


def _cell(value: object) -> str:
    if value is None:
        return ""
    return day_text(value) if isinstance(value, date) else str(value)


def _counts(what: str, lines: Iterable[Counted], told: Report) -> str:
    from broadcast.domain.report import Counted  # noqa: PLC0415
    from broadcast.publish.report_tables import TOTAL, line_name  # noqa: PLC0415

    rows = []
    for line in (*lines, Counted("", TOTAL, told.total)):
        t = line.tally
        numbers = (t.airings, t.planned, t.heard, t.missed, t.minutes_planned, t.minutes_heard)
        rows.append((shorten(line_name(line), _NAME), *map(str, numbers)))
    return table(rows, (what, *_HEAD[1:]), _RIGHT)


def _say_notes(told: Report) -> None:
    from broadcast.publish.report_tables import notes  # noqa: PLC0415

    for note in notes(told):
        say(note)
