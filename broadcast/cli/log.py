"""`broadcast log`: day, show, correct, undo, import, check."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcast.cli.common import (
    JSON_OPTION,
    STATE_COLOURS,
    DayType,
    now,
    put_json,
    say,
    workspace_of,
)
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.log import REASONS, Outcome
from broadcast.domain.station import Station
from broadcast.domain.week import WeekId
from broadcast.domain.wording import AIRED_SIGNS, clock, day_text, weekday_title
from broadcast.errors import ExitStatus, Problem
from broadcast.workflow.desk import Desk

if TYPE_CHECKING:
    from broadcast.workflow.airing_log import Entered, Told
    from broadcast.workflow.log_import import Imported
    from broadcast.workflow.log_rows import Row

_DAYS = {"today": 0, "nay": 0, "yesterday": 1, "qua": 1}
_SIGNS = {**AIRED_SIGNS, "chưa ghi": "?", "chưa đến giờ": "·"}


class _LogDayType(DayType):
    """A day, also "today" and "yesterday" in either language."""

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> date:
        """The day meant."""
        back = _DAYS.get(str(value).strip().casefold())
        if back is not None:
            return now().date() - timedelta(days=back)
        return super().convert(value, param, context)


class _DaysType(_LogDayType):
    """A day or a week: its first and its last day."""

    name = "ngày hoặc tuần"

    def convert(  # type: ignore[override]
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[date, date]:
        """The days meant."""
        if isinstance(value, tuple):
            return value
        try:
            week = WeekId.parse(str(value), now().date())
        except ValueError:
            day = super().convert(value, param, context)
            return day, day
        return week.days()[0], week.days()[-1]


_DAY = click.argument("day", metavar="NGÀY", type=_LogDayType())
_AIRING = click.argument("airing_id", metavar="LƯỢT")
_ON = click.option(
    "--day", "on", metavar="NGÀY", type=_LogDayType(), help="Ngày của lượt phát, nếu mã trùng"
)
_BY = click.option("--by", metavar="HỌ_TÊN", help="Người ghi (mặc định: người ghi lần trước)")
_REASON = click.option(
    "--reason", metavar="LÝ_DO", default="", help=f"{'; '.join(REASONS[:-1])}; hoặc lời khác"
)


@click.group(cls=VietnameseGroup)
def log() -> None:
    """Nhật ký phát thanh: lượt nào đã phát, muộn, bị cắt, không phát."""


@log.command("day")
@_DAY
@click.option("--missed", metavar="LƯỢT[@CỤM_LOA][: LÝ_DO]", multiple=True, help="Lượt không phát")
@click.option(
    "--late",
    metavar="LƯỢT[@CỤM_LOA]=PHÚT[: LÝ_DO]",
    multiple=True,
    help="Lượt phát muộn, muộn mấy phút",
)
@click.option(
    "--cut",
    metavar="LƯỢT[@CỤM_LOA]=PHÚT[: LÝ_DO]",
    multiple=True,
    help="Lượt bị cắt ngắn, nghe được mấy phút",
)
@_REASON
@_BY
@JSON_OPTION
@click.pass_context
def day_(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    day: date,
    missed: tuple[str, ...],
    late: tuple[str, ...],
    cut: tuple[str, ...],
    reason: str,
    by: str | None,
    as_json: bool,
) -> None:
    """Ghi cả ngày: phát như kế hoạch, trừ những lượt nêu ra."""
    from broadcast.workflow.airing_log import log_day, who_enters  # noqa: PLC0415 - as all below
    from broadcast.workflow.log_words import read_told  # noqa: PLC0415

    outcomes: dict[Outcome, tuple[str, ...]] = {
        "không phát": missed, "muộn": late, "bị cắt ngắn": cut,
    }  # fmt: skip
    told = [read_told(one, how, reason) for how, texts in outcomes.items() for one in texts]
    desk = Desk(workspace_of(context))
    entered = log_day(desk, day, told, by=who_enters(desk, by), now=now())
    _tell_entered(desk.station(), entered, as_json=as_json)


@log.command()
@click.argument("days", metavar="NGÀY|TUẦN", type=_DaysType(), default="today")
@JSON_OPTION
@click.pass_context
def show(context: click.Context, days: tuple[date, date], *, as_json: bool) -> None:
    """Một ngày hoặc một tuần: kế hoạch và nhật ký bên nhau."""
    from broadcast.workflow.log_rows import rows_between  # noqa: PLC0415
    from broadcast.workflow.log_view import problem_view, row_view  # noqa: PLC0415

    desk, moment = Desk(workspace_of(context)), now()
    found = rows_between(desk, *days)
    if as_json:
        rows = [row_view(row, moment) for row in found.rows]
        put_json({"airings": rows, "problems": [problem_view(one) for one in found.problems]})
        return
    _tell_rows(desk.station(), found.rows, moment)
    if not found.rows:
        say("Không có lượt phát nào trong lịch và nhật ký.")
    _tell_problems(found.problems)


@log.command()
@_AIRING
@click.option("--planned", is_flag=True, help="Đã phát như kế hoạch")
@click.option("--missed", is_flag=True, help="Không phát")
@click.option("--late", metavar="PHÚT", type=click.IntRange(1, 1440), help="Muộn mấy phút")
@click.option("--cut", metavar="PHÚT", type=click.IntRange(1, 1440), help="Nghe được mấy phút")
@click.option("--zone", "zones", metavar="CỤM_LOA", multiple=True, help="Chỉ ở cụm loa này")
@_REASON
@_ON
@_BY
@JSON_OPTION
@click.pass_context
def correct(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    airing_id: str,
    planned: bool,
    missed: bool,
    late: int | None,
    cut: int | None,
    zones: tuple[str, ...],
    reason: str,
    on: date | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Ghi lại một lượt; lời cũ còn trong tệp, lời sau được tính."""
    from broadcast.workflow import airing_log as work  # noqa: PLC0415

    told = _told(airing_id, zones, reason, planned=planned, missed=missed, late=late, cut=cut)
    desk = Desk(workspace_of(context))
    by = work.who_enters(desk, by)
    entered = work.correct(desk, airing_id, [told], by=by, now=now(), day=on)
    _tell_entered(desk.station(), entered, as_json=as_json)


def _told(  # noqa: PLR0913 - what correct may be given
    airing_id: str,
    zones: tuple[str, ...],
    reason: str,
    *,
    planned: bool,
    missed: bool,
    late: int | None,
    cut: int | None,
) -> Told:
    from broadcast.workflow.airing_log import Told  # noqa: PLC0415
    from broadcast.workflow.log_words import read_reason  # noqa: PLC0415

    shorter = late is None and cut is not None
    outcomes: dict[Outcome, bool] = {
        "như kế hoạch": planned, "không phát": missed, "muộn": late is not None,
        "bị cắt ngắn": shorter,
    }  # fmt: skip
    chosen = [outcome for outcome, given in outcomes.items() if given]
    if len(chosen) != 1:
        raise click.UsageError(
            "Nêu một trong: --planned, --missed, --late PHÚT (có thể thêm --cut PHÚT), --cut PHÚT."
        )
    named, note = read_reason(reason) if chosen[0] != "như kế hoạch" else (None, "")
    return Told(airing_id, chosen[0], cut, late or 0, named, note, zones)


@log.command()
@_AIRING
@_ON
@_BY
@JSON_OPTION
@click.pass_context
def undo(
    context: click.Context, *, airing_id: str, on: date | None, by: str | None, as_json: bool
) -> None:
    """Bỏ lời ghi cuối của một lượt, bằng một dòng mới; lời trước đó lại được tính."""
    from broadcast.workflow import airing_log as work  # noqa: PLC0415

    desk = Desk(workspace_of(context))
    by = work.who_enters(desk, by)
    entered = work.undo(desk, airing_id, by=by, now=now(), day=on)
    _tell_entered(desk.station(), entered, as_json=as_json)


@log.command("import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option(
    "--column",
    "columns",
    metavar="TÊN_CỘT=LOẠI",
    multiple=True,
    help="Cột ấy là gì: thời điểm, ngày, giờ, tệp, thời lượng, cụm loa",
)
@click.option(
    "--tolerance",
    metavar="PHÚT",
    type=click.IntRange(0, 240),
    default=15,
    help="Lệch giờ nhiều nhất mà vẫn là lượt ấy (mặc định 15)",
)
@click.option("--rest", is_flag=True, help="Cụm loa không có trong tệp coi như phát đúng kế hoạch")
@click.option("--replace", is_flag=True, help="Lượt đã ghi khác thì sửa theo tệp")
@click.option("--dry-run", "dry", is_flag=True, help="Chỉ xem sẽ ghi gì, không ghi")
@_BY
@JSON_OPTION
@click.pass_context
def import_(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    file: Path,
    columns: tuple[str, ...],
    tolerance: int,
    rest: bool,
    replace: bool,
    dry: bool,
    by: str | None,
    as_json: bool,
) -> None:
    """Nhập tệp CSV của máy phát, hoặc phiếu phát thanh đã đánh dấu (.docx, .txt)."""
    from broadcast.workflow import log_import as work  # noqa: PLC0415
    from broadcast.workflow.airing_log import who_enters  # noqa: PLC0415

    desk, within = Desk(workspace_of(context)), timedelta(minutes=tolerance)
    options = work.Options(work.read_columns(columns), within, rest, replace, dry)
    by = by or "" if dry else who_enters(desk, by)
    done = work.import_log(desk, file, options, by=by, now=now())
    if as_json:
        put_json(work.imported_view(done, dry=dry))
    else:
        _tell_imported(desk.station(), done, dry=dry)
    if done.problems:
        context.exit(ExitStatus.FOUND)


def _tell_imported(station: Station, done: Imported, *, dry: bool) -> None:
    from broadcast.domain.log import LogLine  # noqa: PLC0415
    from broadcast.workflow.log_rows import Row  # noqa: PLC0415

    shown = done.lines or [LogLine(entry, "", 0, "") for entry in done.entries]
    _tell_rows(station, [Row(line.entry.airing, line) for line in shown], now())
    say(f"{'Sẽ ghi' if dry else 'Đã ghi'} {len(done.entries)} lượt; {len(done.same)} lượt có rồi.")
    if done.silent:
        say(f"Tệp không nói đến: {', '.join(airing.id for airing in done.silent)}.")
    if done.ignored:
        say(f"Cột không dùng: {', '.join(done.ignored)}.")
    _tell_problems(done.problems)


@log.command()
@JSON_OPTION
@click.pass_context
def check(context: click.Context, *, as_json: bool) -> None:
    """Kiểm tra nhật ký: dòng hỏng, dòng đứt, dòng mất, lượt chưa ghi."""
    from broadcast.workflow.airing_log import check_log  # noqa: PLC0415
    from broadcast.workflow.log_view import checked_view  # noqa: PLC0415

    moment = now()
    checked = check_log(Desk(workspace_of(context)), moment)
    if as_json:
        put_json(checked_view(checked, moment))
    else:
        for problem in checked.problems:
            click.echo(str(problem))
        for row in checked.unlogged:
            day = day_text(row.airing.day)
            click.echo(f"{row.airing.id}: chưa ghi ({clock(row.airing.start)} {day})")
        if not checked.found:
            click.echo(f"Nhật ký: {checked.lines} dòng, không có điểm nào cần xem.")
        elif checked.unlogged:
            say("Ghi cả ngày bằng: broadcast log day NGÀY")
    if checked.found:
        context.exit(ExitStatus.FOUND)


def _tell_entered(station: Station, entered: Entered, *, as_json: bool) -> None:
    from broadcast.workflow.log_rows import Row  # noqa: PLC0415
    from broadcast.workflow.log_view import entered_view  # noqa: PLC0415

    if as_json:
        put_json(entered_view(entered))
        return
    rows = [Row(line.entry.airing, line if line.entry.heard else None) for line in entered.lines]
    _tell_rows(station, rows, now())
    if entered.already:
        say(f"Đã ghi từ trước: {', '.join(row.airing.id for row in entered.already)}.")
    if entered.waiting:
        say(f"Chưa phát xong nên chưa ghi: {', '.join(row.airing.id for row in entered.waiting)}.")
    _tell_problems(entered.problems)


def _tell_rows(station: Station, rows: Iterable[Row], moment: datetime) -> None:
    for day, airings in groupby(rows, key=lambda row: row.airing.day):
        click.secho(f"{weekday_title(day)} {day_text(day)}", bold=True)
        for row in airings:
            _tell_row(station, row, moment)


def _tell_row(station: Station, row: Row, moment: datetime) -> None:
    from broadcast.workflow.log_view import heard_text  # noqa: PLC0415

    state, airing = row.state(moment), row.airing
    sign = click.style(f"{_SIGNS[state]} {state:<13}", fg=STATE_COLOURS.get(state))
    click.echo(f"  {clock(airing.start)}  {sign}  {airing.title or '(chưa có tên)'}")
    click.echo(f"{'':9}{click.style(airing.id, dim=True)}")
    for one in row.line.entry.heard if row.line else ():
        if one.outcome != "như kế hoạch":
            of_all = set(one.zones) == set(airing.zones)
            click.echo(f"{'':11}{heard_text(station, one, of_all)}")


def _tell_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        say(f"! {problem}")
