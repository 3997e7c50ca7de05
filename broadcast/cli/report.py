"""`broadcast report`: a period's report on the screen, as JSON, as paper and workbook."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcast.cli.common import JSON_OPTION, now, put_json, say, table, workspace_of
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.period import PERIOD_FORMS
from broadcast.vietnamese.characters import shorten

if TYPE_CHECKING:
    from broadcast.domain.report import Counted, Report
    from broadcast.workflow.reports import Made

_NAME = 44
_HEAD = ("", "LƯỢT PHÁT", "LƯỢT LOA", "ĐÃ PHÁT", "KHÔNG PHÁT", "PHÚT KH", "PHÚT ĐÃ PHÁT")
_RIGHT = frozenset(range(1, len(_HEAD)))


@click.command(cls=VietnameseCommand)
@click.argument("period", metavar="KỲ")
@click.option(
    "--to",
    metavar="THƯ_MỤC",
    type=click.Path(path_type=Path),
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
    click.secho(f"Báo cáo {told.period.told} · {told.station.name}", bold=True)
    _say_notes(told)
    for what, lines in (("CỤM LOA", told.by_zone), ("THỨ TIẾNG", told.by_language),
                        ("NỘI DUNG", told.by_topic), ("THÁNG", told.by_month)):  # fmt: skip
        if lines:
            click.echo(f"\n{_counts(what, lines, told)}")
    for quota in told.quotas:
        weeks = f"{quota.met}/{quota.units} tuần đạt"
        click.echo(f"\nChỉ tiêu {quota.what}: cần {quota.wanted}, đã phát {quota.done}, {weeks}")
    if told.incidents:
        click.echo(f"\n{len(told.incidents)} sự cố, mất {incidents(told).total[7]} phút loa:")
        for one in told.reasons:
            click.echo(f"  {one.reason}: {one.incidents} sự cố, {one.lost} phút loa")


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
