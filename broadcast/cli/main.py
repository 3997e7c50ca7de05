"""The `broadcast` command: finds the subcommand without loading the others, and turns every
error the program knows into one message in Vietnamese and an exit status."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from broadcast import __version__
from broadcast.cli.words import VietnameseGroup, usage_message
from broadcast.errors import BroadcastError, ExitStatus, NotFoundError

COMMANDS: dict[str, tuple[str, str]] = {
    "demo": ("broadcast.cli.start:demo", "Làm thử trọn một tuần trên đài mẫu, không cần mạng"),
    "init": ("broadcast.cli.start:init", "Tạo thư mục làm việc mới cho một đài"),
    "doctor": ("broadcast.cli.start:doctor", "Kiểm tra máy và thư mục làm việc"),
    "station": ("broadcast.cli.station:station", "Cài đặt đài: cụm loa, khung giờ, giọng đọc"),
    "slot": ("broadcast.cli.slot:slot", "Khung giờ: đổi, bỏ một lần, từ một ngày, hay tất cả"),
    "rules": ("broadcast.cli.rules:rules", "Quy định đang áp dụng và nguồn của từng quy định"),
    "plan": ("broadcast.cli.plan:plan", "Kế hoạch: nhập, xem, kiểm tra"),
    "duties": ("broadcast.cli.duties:duties", "Chỉ tiêu, thời hạn, báo cáo của kế hoạch"),
    "week": ("broadcast.cli.week:week", "Tuần phát: xếp lịch, xem, kiểm tra, sửa"),
    "script": ("broadcast.cli.script:script", "Kịch bản: soạn, xem, kiểm tra, duyệt"),
    "spoken": ("broadcast.cli.spoken:spoken", "Cho biết một câu sẽ được đọc thành lời thế nào"),
    "lexicon": ("broadcast.cli.lexicon:lexicon", "Cách đọc riêng của đài: tên riêng, chữ viết tắt"),
    "render": ("broadcast.cli.sound:render", "Đọc kịch bản thành tệp MP3"),
    "voice": ("broadcast.cli.voice:voice", "Giọng đọc: có giọng nào, thêm, bỏ, nghe thử, tự thu"),
    "verify": (
        "broadcast.cli.sound:verify",
        "Kiểm tra tệp MP3 và lịch .ics có nguyên vẹn, đúng chuẩn",
    ),
    "export": ("broadcast.cli.sound:export", "Xuất tuần phát: tệp âm thanh, lịch, phiếu trực máy"),
    "calendar": ("broadcast.cli.calendar:calendar", "Lịch iCal: xuất, nhập, gửi lên máy chủ lịch"),
    "page": ("broadcast.cli.page:page", "Trang lịch phát cho bà con: xem, nghe, theo dõi, in"),
    "serve": ("broadcast.cli.serve:serve", "Mở trang lịch phát cho máy trong mạng"),
    "log": ("broadcast.cli.log:log", "Nhật ký phát thanh: ghi, sửa, nhập từ máy phát, kiểm tra"),
    "report": (
        "broadcast.cli.report:report",
        "Báo cáo quý, 6 tháng, 9 tháng, năm (.docx, .xlsx)",
    ),
}
"""Name of each command, where it lives, and its line in the help."""


@click.group(
    cls=VietnameseGroup,
    commands_at=COMMANDS,
    help="Lập lịch, soạn, duyệt, đọc và xuất chương trình truyền thanh xã về cải cách hành chính. "
    "Không nêu lệnh nào thì mở giao diện.",
    invoke_without_command=True,
)
@click.option(
    "-C",
    "folder",
    metavar="THƯ_MỤC",
    type=click.Path(),
    help="Thư mục làm việc (mặc định: thư mục gần nhất phía trên có schedules/station.yaml)",
)
@click.version_option(
    __version__, "--version", message="broadcast %(version)s", help="In phiên bản"
)
@click.pass_context
def main(context: click.Context, folder: str | None) -> None:
    """Keep the workspace's folder for the subcommands; without one open the terminal UI."""
    context.obj = folder
    if context.invoked_subcommand is None:
        _open_screens(folder)


def _open_screens(folder: str | None) -> None:
    """Open the terminal UI on the workspace; where there is none it leads to one."""
    # Textual draws on stderr.
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        raise click.UsageError("Giao diện cần một cửa sổ dòng lệnh; ở đây phải nêu một lệnh.")
    from broadcast.store.root import find_root  # noqa: PLC0415 - `spoken` needs none of this
    from broadcast.tui.app import run as run_screens  # noqa: PLC0415 - textual is heavy

    start = Path(folder if folder is not None else ".").absolute()
    if not start.is_dir():
        # A mistyped -C must not make a station.
        raise NotFoundError("Không có thư mục này", str(start), "kiểm tra lại tên thư mục")
    root = find_root(str(start))
    run_screens(Path(root) if root else None, start)


def run(arguments: list[str] | None = None) -> None:
    """Entry point: run, and exit with the status that design.md promises."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # Old Windows consoles default to a code page without Vietnamese letters.
            stream.reconfigure(
                encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace"
            )
    sys.exit(_status(arguments))


def _status(arguments: list[str] | None) -> int:  # noqa: PLR0911 - one for each kind of end
    try:
        result = main.main(args=arguments, prog_name="broadcast", standalone_mode=False)
        return int(result) if isinstance(result, int) else ExitStatus.DONE
    except click.UsageError as error:
        click.echo(usage_message(error), err=True)
        return ExitStatus.USAGE
    except click.ClickException as error:
        click.echo(error.format_message(), err=True)
        return ExitStatus.FAILED
    except BroadcastError as error:
        click.echo(str(error), err=True)
        return error.status
    except (KeyboardInterrupt, click.Abort):
        click.echo("Đã dừng theo yêu cầu. Những gì đã làm xong được giữ nguyên.", err=True)
        return ExitStatus.FAILED
    except SystemExit:
        # What click makes of a reader (head, less) that has seen enough; it keeps Python quiet.
        return ExitStatus.DONE
    except OSError as error:
        from broadcast.storage import storage_error  # noqa: PLC0415 - only when something failed

        click.echo(str(storage_error(error)), err=True)
        return ExitStatus.FAILED
