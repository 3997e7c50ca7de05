"""`broadcast page`: the public page of a week as one folder."""

from __future__ import annotations

from pathlib import Path

import click

from broadcast.cli.common import WHERE_TO, WeekType, now, progress_bar, say, workspace_of
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.station_fields import read_web_address
from broadcast.domain.week import WeekId


@click.command(cls=VietnameseCommand)
@click.argument("weeks", metavar="TUẦN...", nargs=-1, required=True, type=WeekType())
@click.option(
    "--to",
    "target",
    metavar="THƯ_MỤC",
    type=WHERE_TO,
    required=True,
    help="Thư mục của trang; mở index.html, hoặc đưa cả thư mục lên trang của xã",
)
@click.option("--text", "texts", is_flag=True, help="Có cả lời của từng kịch bản để đọc")
@click.option(
    "--address",
    metavar="ĐỊA_CHỈ",
    default="",
    help="Địa chỉ mà bà con mở trang (https://...), mặc định là calendar.address của đài",
)
@click.pass_context
def page(
    context: click.Context, weeks: tuple[WeekId, ...], target: Path, address: str, *, texts: bool
) -> None:
    """Làm trang lịch phát cho bà con xem và nghe trên điện thoại, máy tính; in ra được."""
    from broadcast.workflow.site import write_page  # noqa: PLC0415 - calendars, templates

    try:
        address = read_web_address(address)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--address") from error
    workspace = workspace_of(context)
    with progress_bar("Đang chép") as progress:
        done = write_page(
            workspace,
            weeks,
            target,
            now=now(),
            texts=texts,
            address=address,
            progress=progress,
        )
    for name in done.files.written:
        click.echo(name)
    told = ", ".join(map(str, done.weeks))
    say(f"Trang tuần {told}: {done.airings} lượt phát; mở {target / 'index.html'}")
