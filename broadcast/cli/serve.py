"""`broadcast serve`: page, calendars and sound for phones and calendar programs nearby."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress

import click

from broadcast.cli.common import WeekType, now, say, workspace_of
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.week import WeekId

PORT = 8008


@click.command(cls=VietnameseCommand)
@click.argument("weeks", metavar="[TUẦN...]", nargs=-1, type=WeekType())
@click.option("--port", metavar="CỔNG", type=int, default=PORT, help=f"Cổng, mặc định {PORT}")
@click.option(
    "--host",
    metavar="ĐỊA_CHỈ",
    help="Nghe ở đâu: mặc định chỉ máy này; 0.0.0.0 là mọi máy trong mạng",
)
@click.option("--private", is_flag=True, help="Địa chỉ có mã bí mật, chỉ ai được gửi mới mở được")
@click.option("--text", "texts", is_flag=True, help="Có cả lời của từng kịch bản để đọc")
@click.pass_context
def serve(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    weeks: tuple[WeekId, ...],
    port: int,
    host: str | None,
    *,
    private: bool,
    texts: bool,
) -> None:
    """Mở trang lịch phát cho điện thoại, máy tính trong mạng; theo dõi được lịch.

    Không nêu tuần thì là tuần này và tuần sau, tuần nào đã có. Dừng: Ctrl+C.
    """
    from broadcast.workflow import serving  # noqa: PLC0415 - a server and its rooms

    workspace = workspace_of(context)

    def shown() -> Sequence[WeekId]:
        this = WeekId.of(now().date())
        known = set(workspace.week_ids())
        return weeks or [one for one in (this, this.after()) if one in known] or [this]

    with serving.listening(host or serving.LOOPBACK, port) as opened:
        token = serving.private_token(workspace) if private else ""
        place = serving.own_address(host or serving.LOOPBACK)
        address = f"http://{place}:{opened.getsockname()[1]}/{token}".rstrip("/")
        page = serving.FreshPage(
            workspace, shown, texts=texts, address=address, told=lambda e: say(str(e)), clock=now
        )
        page.write()
        click.echo(f"{address}/")
        if sys.stdout.isatty():
            click.echo(serving.code_of(f"{address}/"))
        say(f"Lịch để theo dõi: {address}/lich.ics. Dừng: Ctrl+C.")
        with suppress(KeyboardInterrupt):  # how it is meant to end
            serving.run(page.folder, page.refresh, token, opened)
        say("Đã dừng.")
