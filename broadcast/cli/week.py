"""`broadcast week`: fill, show, check, list, copy, add, move, remove, print."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import groupby
from pathlib import Path

import click

from broadcast.cli.common import (
    JSON_OPTION,
    LEVEL_OPTION,
    PAPER_TO,
    STATE_COLOURS,
    WEEK,
    DayType,
    TopicType,
    WeeksType,
    WeekType,
    end_of_list,
    finding_lines,
    minutes,
    now,
    options,
    put_json,
    say,
    tell_printed,
    workspace_of,
)
from broadcast.cli.rota import fill
from broadcast.cli.scoped import SCOPE_OPTIONS, Asked, carry_out, redo, undo
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.scoped import Scope
from broadcast.domain.scoped_series import SeriesEdit
from broadcast.domain.week import Airing, Level, WeekId
from broadcast.domain.wording import (
    AIRED_SIGNS,
    STATE_SIGNS,
    clock,
    day_label,
    length_text,
    meter,
    weekday_title,
)
from broadcast.errors import ExitStatus
from broadcast.vietnamese.characters import shorten
from broadcast.workflow import week_changes as changes
from broadcast.workflow import week_json
from broadcast.workflow import weeks as work
from broadcast.workflow.day_labels import DayLabel, day_labels, doubts_of
from broadcast.workflow.desk import Desk
from broadcast.workflow.plans import TopicKey

_METER = 8
_LEFT_OF_TITLE = 48
_WIDEST = 120
_SIGNS = {**STATE_SIGNS, **AIRED_SIGNS}


@click.group(cls=VietnameseGroup)
def week() -> None:
    """Tuần phát: xếp lịch, xem, kiểm tra, sửa, in tập kịch bản."""


@week.command()
@WEEK
@JSON_OPTION
@click.pass_context
def show(context: click.Context, week_id: WeekId, *, as_json: bool) -> None:
    """Lịch cả tuần: giờ, chương trình, độ dài, trạng thái."""
    view = work.view_week(workspace_of(context), week_id, now=now())
    if as_json:
        put_json(week_json.week_view(view))
        return
    days = week_id.days()
    click.secho(
        f"Tuần {week_id} · {view.station.name} · {days[0]:%d/%m} – {days[-1]:%d/%m/%Y}", bold=True
    )
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in _day_rows(view, width):
        click.echo(line)
    if not view.week.airings:
        click.echo("\n  (chưa có lượt phát nào)")
    click.echo(f"\n{_totals(view)}")
    doubts = (f"  ! {doubt}" for doubt in doubts_of(week_id, view.days))
    found = finding_lines(view.findings, file=f"schedules/{week_id}.yaml:")
    for line in (*_reminder_lines(view), *doubts, *found):
        click.echo(line)


def _day_rows(view: work.WeekView, width: int) -> Iterator[str]:
    """Days with airings or a name, by time; also what a slip of the pen put outside the week."""
    labels = {label.day: label for label in day_labels(view.week.id, view.days)}
    airings = {day: list(them) for day, them in groupby(view.week.in_order(), lambda a: a.day)}
    named = {day for day, label in labels.items() if label.name}
    for day in sorted({*airings, *named}):
        yield _day_line(labels.get(day) or DayLabel(day))
        yield from (_airing_line(view, airing, width) for airing in airings.get(day, ()))


def _day_line(label: DayLabel) -> str:
    head = click.style(f"{weekday_title(label.day)} {label.day:%d/%m}", bold=True)
    lunar = click.style(f"  {label.lunar_text}", dim=True) if label.lunar else ""
    special = click.style(f" · {label.told}", fg="red") if label.told else ""
    return f"\n{head}{lunar}{special}"


def _airing_line(view: work.WeekView, airing: Airing, width: int) -> str:
    state = view.stands(airing)
    sign = click.style(f"{_SIGNS[state]} {state:<13}", fg=STATE_COLOURS[state])
    seconds = view.seconds(airing)
    length = f"{minutes(seconds)}/{airing.minutes}:00"
    title = shorten(view.title(airing) or "(chưa có tên)", width - _LEFT_OF_TITLE)
    full = meter(seconds, airing.minutes, _METER)
    line = f"  {clock(airing.start)}  {sign}  {full} {length:>11}  {title}"
    below = airing.id
    if set(airing.zones) != {z.id for z in view.station.zones}:
        below += f" · chỉ: {_zone_names(view, airing)}"
    return f"{line}\n{'':9}{click.style(below, dim=True)}"


def _zone_names(view: work.WeekView, airing: Airing) -> str:
    return ", ".join(z.name if (z := view.station.zone(one)) else f"{one}?" for one in airing.zones)


def _reminder_lines(view: work.WeekView) -> Iterator[str]:
    if view.reminders:
        yield "Đến hạn trong tuần và hai tuần sau:"
    for one in view.reminders:
        yield f"  {day_label(one.day)}  {one.kind}: {one.what} ({one.unit})"


def _totals(view: work.WeekView) -> str:
    airings = view.week.airings
    heard = sum(view.seconds(a) or 0 for a in airings)
    counts = {state: sum(view.stands(a) == state for a in airings) for state in _SIGNS}
    told = ", ".join(f"{count} {state}" for state, count in counts.items() if count)
    found = f"{len(view.findings)} điểm cần xem"
    return f"{len(airings)} lượt phát, {length_text(heard)} ({told or 'trống'}); {found}"


@week.command()
@click.argument("weeks", metavar="TUẦN", type=WeeksType())
@click.option("--each", is_flag=True, help="Nêu từng bài chờ bản ghi âm, không chỉ có mấy bài")
@JSON_OPTION
@click.pass_context
def check(context: click.Context, weeks: tuple[WeekId, ...], *, each: bool, as_json: bool) -> None:
    """Kiểm tra tuần, nhiều tuần (2026-W01..2026-W26) hay cả năm (2026)."""
    if len(weeks) > 1:
        _check_many(context, weeks, as_json=as_json)
    else:
        _check_one(context, weeks[0], each=each, as_json=as_json)


def _check_many(context: click.Context, weeks: tuple[WeekId, ...], *, as_json: bool) -> None:
    checked, broken = work.check_weeks(workspace_of(context), weeks, now=now())
    count = sum(len(findings) for _, findings in checked)
    if as_json:
        put_json({"weeks": [week_json.check_view(one, found) for one, found in checked]})
    for week_id, findings in () if as_json else checked:
        if findings:
            click.secho(f"Tuần {week_id}: {len(findings)} điểm cần xem", bold=True)
            click.echo("\n".join(finding_lines(findings, file=f"schedules/{week_id}.yaml:")))
    say(f"Đã kiểm tra {len(checked)} tuần: {count or 'không có'} điểm cần xem.")
    end_of_list(context, broken)
    if count:
        context.exit(ExitStatus.FOUND)


def _check_one(context: click.Context, week_id: WeekId, *, each: bool, as_json: bool) -> None:
    view = work.view_week(workspace_of(context), week_id, each=each, now=now())
    if as_json:
        put_json(week_json.check_view(week_id, view.findings))
    else:
        click.echo(
            "\n".join(finding_lines(view.findings, "", f"schedules/{week_id}.yaml:"))
            or f"Tuần {week_id}: không có điểm nào cần xem."
        )
    if view.findings:
        context.exit(ExitStatus.FOUND)


@week.command("list")
@JSON_OPTION
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """Các tuần đã có lịch."""
    weeks, broken = work.list_weeks(workspace_of(context))
    rows = [(str(one.id), len(one.airings)) for one in weeks]
    if as_json:
        put_json([{"week": name, "airings": count} for name, count in rows])
    elif rows:
        click.echo("\n".join(f"{name}  {count} lượt phát" for name, count in rows))
    elif not broken:
        say("Chưa có tuần nào. Xếp lịch bằng: broadcast week fill this")
    end_of_list(context, broken)


class _Clock(click.ParamType):
    name = "giờ"

    def convert(
        self, value: object, param: click.Parameter | None, context: click.Context | None
    ) -> time:
        try:
            return datetime.strptime(str(value), "%H:%M").time()  # noqa: DTZ007 - a time of day
        except ValueError:
            return self.fail(f"«{value}» không phải là giờ; viết như 05:30.")


_AIRING = click.argument("airing_id", metavar="LƯỢT")
_DAY = click.option("--day", metavar="NGÀY", type=DayType(), help="Ngày, như 2026-11-23")
_SLOT = click.option("--slot", metavar="KHUNG_GIỜ", help="Mã khung giờ trong station.yaml")
_START = click.option("--start", metavar="GIỜ", type=_Clock(), help="Giờ bắt đầu, như 05:30")


@week.command()
@WEEK
@click.option("--day", metavar="NGÀY", type=DayType(), required=True, help="Ngày, như 2026-11-23")
@_SLOT
@_START
@click.option(
    "--minutes",
    "length",
    metavar="PHÚT",
    type=click.IntRange(1, 1440),
    help="Số phút dành cho lượt phát",
)
@click.option(
    "--zone",
    "zones",
    metavar="CỤM_LOA",
    multiple=True,
    help="Cụm loa nghe (mặc định: của khung giờ, hoặc tất cả)",
)
@click.option("--script", "script_id", metavar="MÃ", help="Kịch bản phát")
@click.option("--topic", metavar="KẾ_HOẠCH:MỤC", type=TopicType(), help="Nội dung của kế hoạch")
@click.option("--title", metavar="TÊN", default="", help="Tên chương trình")
@LEVEL_OPTION
@click.pass_context
def add(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    week_id: WeekId,
    day: date,
    slot: str | None,
    start: time | None,
    length: int | None,
    zones: tuple[str, ...],
    script_id: str | None,
    topic: TopicKey | None,
    title: str,
    level: Level,
) -> None:
    """Thêm một lượt phát."""
    wish = changes.NewAiring(day, slot, start, length, zones, script_id, topic, title, level)
    click.echo(changes.add_airing(workspace_of(context), week_id, wish).id)


@week.command()
@WEEK
@_AIRING
@_DAY
@_SLOT
@_START
@click.option(
    "--minutes",
    "length",
    metavar="PHÚT",
    type=click.IntRange(1, 1440),
    help="Số phút mới (cùng --scope)",
)
@click.option("--title", metavar="TÊN", help="Tên chương trình mới (cùng --scope)")
@options(*SCOPE_OPTIONS)
@click.pass_context
def move(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    /,
    *,
    week_id: WeekId,
    airing_id: str,
    day: date | None,
    slot: str | None,
    start: time | None,
    length: int | None,
    title: str | None,
    scope: Scope | None,
    **asked: bool,
) -> None:
    """Chuyển một lượt phát sang ngày, giờ khác; --scope thì cả những lượt cùng chương trình."""
    how = Asked(**asked)
    if scope or how.dry_run or length or title:
        edit = SeriesEdit(title, length, start, slot, day)
        _series(context, week_id, airing_id, edit, scope or "this", how)
        return
    changes.move_airing(workspace_of(context), week_id, airing_id, day=day, slot=slot, start=start)
    say(f"Đã chuyển {airing_id}.")


@week.command("set")
@WEEK
@_AIRING
@click.option("--script", "script_id", metavar="MÃ", required=True, help="Kịch bản sẽ phát")
@click.pass_context
def set_(context: click.Context, week_id: WeekId, airing_id: str, script_id: str) -> None:
    """Chọn kịch bản cho một lượt phát."""
    changes.give_script(workspace_of(context), week_id, airing_id, script_id)
    say(f"{airing_id} sẽ phát {script_id}.")


@week.command()
@WEEK
@_AIRING
@options(*SCOPE_OPTIONS)
@click.pass_context
def remove(
    context: click.Context,
    /,
    week_id: WeekId,
    airing_id: str,
    *,
    scope: Scope | None,
    **asked: bool,
) -> None:
    """Bỏ một lượt phát; --scope thì cả những lượt cùng chương trình, cùng chuyên mục."""
    how = Asked(**asked)
    if scope or how.dry_run:
        edit = SeriesEdit(remove=True)
        _series(context, week_id, airing_id, edit, scope or "this", how)
        return
    changes.remove_airing(workspace_of(context), week_id, airing_id)
    say(f"Đã bỏ {airing_id}.")


def _series(  # noqa: PLR0913, PLR0917 - which airing, what, how far, how asked
    context: click.Context, week_id: WeekId, name: str, edit: SeriesEdit, scope: Scope, how: Asked
) -> None:
    carry_out(context, how, lambda s: s.preview_series(week_id, name, edit, scope=scope, now=now()))


@week.command()
@WEEK
@click.argument("rule", metavar="QUY_ĐỊNH")
@click.argument("airing_id", metavar="[LƯỢT]", required=False)
@click.pass_context
def mend(context: click.Context, week_id: WeekId, rule: str, airing_id: str | None) -> None:
    """Sửa theo gợi ý của một điểm cần xem (tên ở mục rule của week check --json)."""
    done = changes.mend(workspace_of(context), week_id, rule, airing_id)
    say(f"Đã sửa: {done.message}")
    say(f"  → {done.mend}")


@week.command()
@WEEK
@click.argument("target", metavar="TUẦN_MỚI", type=WeekType())
@click.pass_context
def copy(context: click.Context, week_id: WeekId, target: WeekId) -> None:
    """Chép lịch của một tuần sang tuần khác còn trống."""
    done = changes.copy_to(workspace_of(context), week_id, target)
    say(f"Đã chép {len(done.airings)} lượt phát sang tuần {target}.")


@week.command("print")
@WEEK
@PAPER_TO
@click.pass_context
def print_(context: click.Context, week_id: WeekId, *, to: Path | None) -> None:
    """In lịch phát và mọi kịch bản của tuần thành một văn bản .docx để trình ký."""
    from broadcast.workflow.papers import papers_folder, print_week  # noqa: PLC0415

    workspace = workspace_of(context)
    target = to or papers_folder(workspace)
    tell_printed(print_week(Desk(workspace), week_id, target, now=now()))


week.add_command(fill)
week.add_command(undo)
week.add_command(redo)
