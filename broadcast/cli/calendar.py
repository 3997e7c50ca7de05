"""`broadcast calendar`: calendar files out and in, and a calendar on a server."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from broadcast.cli.common import WHERE_TO, now, progress_bar, say, workspace_of
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.periods import STRETCH_FORMS, Period, read_stretch
from broadcast.domain.week import WeekId
from broadcast.errors import ExitStatus
from broadcast.workflow.desk import Desk


class PeriodType(click.ParamType):
    """A week, a month, a quarter, a year, or from one to another."""

    name = "khoảng"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Period:
        """The days meant, seen from today."""
        try:
            return value if isinstance(value, Period) else read_stretch(str(value), now().date())
        except ValueError:
            self.fail(f"«{value}» không phải là khoảng ngày; viết như {STRETCH_FORMS}.")


@click.group(cls=VietnameseGroup)
def calendar() -> None:
    """Lịch iCal: xuất cả năm, nhập giờ tiếp âm, ngày nghỉ; gửi lên máy chủ lịch."""


@calendar.command()
@click.argument("span", metavar="KHOẢNG", type=PeriodType())
@click.option("--to", "target", metavar="THƯ_MỤC", type=WHERE_TO, required=True)
@click.pass_context
def export(context: click.Context, span: Period, target: Path) -> None:
    """Xuất lịch một tuần, một quý, cả năm: một tệp chung, mỗi cụm loa một tệp."""
    from broadcast.workflow.calendars import export_calendars  # noqa: PLC0415 - icalendar

    with progress_bar("Đang xuất") as progress:
        files = export_calendars(workspace_of(context), span, target, now=now(), progress=progress)
    for name in files.written:
        click.echo(name)
    say(f"Lịch {span}: {len(files.written)} tệp ghi mới, {len(files.unchanged)} giữ nguyên.")


@calendar.command("import")
@click.argument("file", metavar="TỆP", type=click.Path(path_type=Path))
@click.option("--zone", "zones", metavar="CỤM_LOA", multiple=True, help="Chỉ ở cụm loa này")
@click.option("--closed", is_flag=True, help="Những ngày trọn trong lịch ấy thì đài nghỉ phát")
@click.option("--dry-run", is_flag=True, help="Chỉ xem, chưa ghi")
@click.pass_context
def import_(
    context: click.Context, file: Path, zones: tuple[str, ...], *, closed: bool, dry_run: bool
) -> None:
    """Nhập lịch .ics của nơi khác: giờ tiếp âm thành khung giờ, ngày trọn thành ngày riêng."""
    from broadcast.workflow import calendars as work  # noqa: PLC0415 - icalendar

    desk = Desk(workspace_of(context))
    read = work.read_calendar_file(desk, file, now().date(), zones=zones, closed=closed)
    for line in work.read_lines(desk.station(), read):
        click.echo(line)
    for problem in read.problems:
        say(f"! {problem}")
    count = len(read.slots) + len(read.days)
    if dry_run or not count:
        say(f"Sẽ nhập {count} mục." if count else "Không có gì mới để nhập.")
    else:
        work.take_in(desk, read, file.name)
        say(f"Đã nhập {count} mục vào schedules/station.yaml.")
    if read.problems:
        context.exit(ExitStatus.FOUND)


@calendar.command()
@click.argument("span", metavar="[KHOẢNG]", type=PeriodType(), required=False)
@click.option("--dry-run", is_flag=True, help="Chỉ xem sẽ tạo, sửa, bỏ gì")
@click.option("--overwrite", is_flag=True, help="Ghi đè cả chỗ có người đã sửa trên máy chủ")
@click.option(
    "--insecure",
    is_flag=True,
    help="Cho phép địa chỉ http:// không mã hóa: người khác trong mạng đọc được mật khẩu",
)
@click.pass_context
def publish(
    context: click.Context,
    span: Period | None,
    *,
    dry_run: bool,
    overwrite: bool,
    insecure: bool,
) -> None:
    """Gửi lịch lên máy chủ CalDAV của đài (mặc định: tuần này và tuần sau, tuần nào đã có).

    Mật khẩu lấy từ biến BROADCAST_CALDAV_PASSWORD hoặc kho mật khẩu của máy, không ghi ra tệp.
    """
    from broadcast.workflow import publishing as work  # noqa: PLC0415 - a server and its rooms

    workspace = workspace_of(context)
    there = sys.stdin.isatty() and sys.stderr.isatty()

    def agreed(_target: object) -> bool:
        return insecure or (there and _agree_to_clear(work.EXPOSED))

    target = work.target_of(workspace, _ask_password if there else None, agreed)
    this = WeekId.of(now().date())
    weeks = span.weeks() if span else (this, this.after())
    with progress_bar("Đang gửi lịch") as progress:
        done = work.publish_weeks(
            workspace,
            weeks,
            target,
            now=now(),
            send=not dry_run,
            overwrite=overwrite,
            progress=progress,
        )
    for step in done.steps:
        if step.kind != "giữ":
            told = f" ({step.why})" if step.why else ""
            click.echo(f"{step.kind}: {step.title} [{step.uid}]{told}")
    parts = [f"{done.count(kind)} {kind}" for kind in ("tạo", "sửa", "bỏ", "giữ")]
    say(f"{'Sẽ làm' if dry_run else 'Đã làm'}: {', '.join(parts)}.")
    if conflicts := done.count("đụng"):
        say(
            f"{conflicts} mục để nguyên vì khác với máy chủ; --overwrite thì lấy theo lịch của đài."
        )
        context.exit(ExitStatus.FOUND)


def _agree_to_clear(warning: str) -> bool:
    say(f"! {warning[:1].upper()}{warning[1:]}.")
    shown = "Vẫn gửi? (c: có, k: không)"
    answer = click.prompt(shown, type=click.Choice(["c", "k"]), show_choices=False, err=True)
    return bool(answer == "c")


def _ask_password(whom: str) -> str:
    return str(click.prompt(f"Mật khẩu của {whom}", hide_input=True, err=True))
