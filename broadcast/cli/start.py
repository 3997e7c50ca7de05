"""`broadcast demo`, `init` and `doctor`: the first things somebody new runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from broadcast.cli.common import now, progress_bar, say, table, workspace_of
from broadcast.cli.words import VietnameseCommand
from broadcast.errors import ExitStatus, NotFoundError
from broadcast.storage import quoted

if TYPE_CHECKING:
    from broadcast.workflow.demo import Demo

DEMO_FOLDER = Path("suoi-hoa-demo")
"""Where the demo goes if nothing is said."""


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="[THƯ_MỤC]", default=DEMO_FOLDER, type=click.Path(path_type=Path))
def demo(folder: Path) -> None:
    """Làm thử trọn một tuần trên đài mẫu xã Suối Hoa, không cần mạng."""
    from broadcast.workflow.demo import run_demo  # noqa: PLC0415 - loads every room

    began = time.perf_counter()
    with progress_bar("Đang đọc") as progress:
        done = run_demo(folder, now(), progress)
    rows = [(s.name, s.made, f"{folder / s.where}", f"{s.seconds:.1f} giây") for s in done.stages]
    click.echo(table(rows, ("BƯỚC", "ĐÃ LÀM", "Ở ĐÂU", "THỜI GIAN"), frozenset({3})))
    shown = quoted(folder)
    click.echo(f"\nXong tuần {done.week} trong {time.perf_counter() - began:.1f} giây. Thử tiếp:")
    for line, what in (
        (_first_file(done), "nghe chương trình đầu tiên"),
        (f"broadcast -C {shown} week show {done.week}", "xem lịch cả tuần"),
        (f"broadcast -C {shown} script list", "xem các kịch bản; sửa trong thư mục scripts"),
        (f"broadcast -C {shown} plan show suoi-hoa-2026", "xem kế hoạch đã nhập"),
        ('broadcast spoken "TTHC của UBND xã"', "xem chữ viết tắt được đọc ra sao"),
        ('broadcast init THƯ_MỤC --commune "xã ..."', "bắt đầu với đài của mình"),
    ):
        click.echo(f"  {line}\n      {what}")


def _first_file(done: Demo) -> str:
    export = done.workspace.out / "export"
    first = min(export.rglob("*.mp3"), default=export)
    return str(first.relative_to(Path.cwd()) if first.is_relative_to(Path.cwd()) else first)


@click.command(cls=VietnameseCommand)
@click.argument("folder", metavar="THƯ_MỤC", type=click.Path(path_type=Path))
@click.option("--commune", metavar="TÊN", help='Tên xã, phường, ví dụ "xã Suối Hoa"')
@click.option("--province", metavar="TÊN", default="", help='Tên tỉnh, ví dụ "tỉnh Sơn La"')
def init(folder: Path, commune: str | None, province: str) -> None:
    """Tạo thư mục làm việc mới cho một đài."""
    from broadcast.workflow.setup import create_workspace  # noqa: PLC0415

    workspace = create_workspace(folder, commune or folder.absolute().name, province)
    click.echo(workspace.root)
    say("Đã tạo. Việc tiếp theo:")
    say("  1. Sửa schedules/station.yaml: cụm loa, khung giờ, số điện thoại")
    say(f"  2. broadcast -C {quoted(folder)} plan import TỆP_KẾ_HOẠCH")
    say(f"  3. broadcast -C {quoted(folder)} week fill next")


@click.command(cls=VietnameseCommand)
@click.pass_context
def doctor(context: click.Context) -> None:
    """Kiểm tra máy và thư mục làm việc có đủ những gì công việc cần."""
    from broadcast.workflow.setup import examine  # noqa: PLC0415

    try:
        workspace = workspace_of(context)
    except NotFoundError:
        if context.find_root().obj is not None:
            raise
        workspace = None
    bad = 0
    for check in examine(workspace):
        mark = click.style("tốt", fg="green") if check.good else click.style("LỖI", fg="red")
        click.echo(f"{mark}  {check.name}: {check.seen}")
        bad += not check.good
    if bad:
        say(f"{bad} chỗ cần xử lý.")
        context.exit(ExitStatus.FOUND)
