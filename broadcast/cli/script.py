"""`broadcast script`: new, assemble, fill, list, show, check, submit, approve, return, print."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from broadcast.cli.assemble import DETAILS, assemble
from broadcast.cli.common import (
    JSON_OPTION,
    PAPER_TO,
    WeekType,
    end_of_list,
    finding_lines,
    minutes,
    now,
    put_json,
    say,
    table,
    tell_printed,
    workspace_of,
)
from broadcast.cli.suggestions import DECIDE, choice_options, suggestion_lines, tell_decided
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.script import blanks
from broadcast.domain.week import WeekId
from broadcast.domain.wording import STATE_SIGNS
from broadcast.errors import ExitStatus
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import shorten
from broadcast.vietnamese.decisions import Choice, Open
from broadcast.workflow import scripts as work
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.proofreading import Proofreading


@click.group(cls=VietnameseGroup)
def script() -> None:
    """Kịch bản: soạn, xem, kiểm tra, gửi duyệt, duyệt, trả lại, in ra giấy."""


@script.command()
@click.argument("title", metavar="TÊN")
@click.option("--id", "script_id", metavar="MÃ", help="Mã của kịch bản (mặc định lấy theo tên)")
@click.pass_context
def new(context: click.Context, title: str, script_id: str | None) -> None:
    """Tạo một kịch bản trống để viết."""
    workspace = workspace_of(context)
    made = work.create_script(workspace, title, script_id)
    click.echo(made.id)
    say(f"Viết lời vào scripts/{made.id}.md")


script.add_command(assemble)


@script.command()
@click.argument("script_id", metavar="MÃ")
@click.argument("details", metavar="TÊN=LỜI...", nargs=-1, required=True, type=DETAILS)
@click.pass_context
def fill(context: click.Context, script_id: str, details: tuple[tuple[str, str], ...]) -> None:
    """Điền các chỗ trống {...} còn lại trong kịch bản."""
    filled = work.fill_blanks(workspace_of(context), script_id, dict(details))
    click.echo(filled.id)
    left = ", ".join(dict.fromkeys(f"{{{blank.name}}}" for blank in blanks(filled)))
    say(f"Còn chỗ trống: {left}" if left else "Không còn chỗ trống nào.")


@script.command("list")
@JSON_OPTION
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """Các kịch bản và trạng thái của chúng."""
    hearings, broken = work.list_scripts(workspace_of(context))
    if as_json:
        put_json(
            [
                {"id": h.script.id, "title": h.script.title, "state": h.state, "seconds": h.seconds}
                for h in hearings
            ]
        )
    elif hearings:
        rows = [
            (
                f"{STATE_SIGNS[h.state]} {h.state}",
                minutes(h.seconds),
                h.script.id,
                shorten(h.script.title, 50),
            )
            for h in hearings
        ]
        click.echo(table(rows, ("TRẠNG THÁI", "DÀI", "MÃ", "TÊN"), frozenset({1})))
    else:
        say("Chưa có kịch bản nào. Soạn bằng: broadcast script assemble --week this")
    end_of_list(context, broken)


@script.command()
@click.argument("script_id", metavar="MÃ")
@JSON_OPTION
@click.pass_context
def show(context: click.Context, script_id: str, *, as_json: bool) -> None:
    """Một kịch bản: lời viết, lời đọc, độ dài, điểm cần xem."""
    hearing, suggestions = _looked_at(Desk(workspace_of(context)), script_id)
    if as_json:
        put_json(work.script_view(hearing, suggestions))
        return
    length = f"khoảng {minutes(hearing.seconds)}"
    click.echo(f"{hearing.script.title}\n{STATE_SIGNS[hearing.state]} {hearing.state} · {length}")
    if hearing.script.approval:
        approval = hearing.script.approval
        void = (
            ""
            if hearing.state == "đã duyệt"
            else " (không còn hiệu lực: nội dung đã đổi sau khi duyệt)"
        )
        click.echo(f"Duyệt: {approval.by}, {approval.at:%H:%M %d/%m/%Y}{void}")
    if review := hearing.review:
        done = "Gửi duyệt" if review.state == "chờ duyệt" else "Trả lại"
        reason = f": {review.note}" if review.note else ""
        click.echo(f"{done}: {review.by}, {review.at:%H:%M %d/%m/%Y}{reason}")
    click.echo()
    for heard in hearing.lines:
        click.echo(heard.line.text if heard.line.cue else f"{heard.line.speaker}: {heard.spoken}")
    for line in (*finding_lines(hearing.findings), *suggestion_lines(suggestions, "  ")):
        click.echo(line)


@script.command()
@click.argument("script_id", metavar="MÃ")
@choice_options
@JSON_OPTION
@click.pass_context
def check(context: click.Context, script_id: str, *, as_json: bool, choice: Choice) -> None:
    """Những điểm cần xem trước khi duyệt.

    Gợi ý sửa chữ, từ cũ, số văn bản, ngày đã qua có mã trong ngoặc vuông, để sửa hay để nguyên.
    """
    desk = Desk(workspace_of(context))
    if choice:
        tell_decided(Proofreading(desk).decide_script(script_id, choice), choice)
    hearing, suggestions = _looked_at(desk, script_id)
    if as_json:
        put_json(work.script_view(hearing, suggestions)["findings"])
    elif not choice:
        lines = [*finding_lines(hearing.findings, ""), *suggestion_lines(suggestions)]
        click.echo("\n".join(lines) or "Không có điểm nào cần xem.")
        if suggestions:
            say(DECIDE)
    if (hearing.findings or suggestions) and not choice:
        context.exit(ExitStatus.FOUND)


def _looked_at(desk: Desk, script_id: str) -> tuple[Hearing, tuple[Open, ...]]:
    """What will be heard of a script, and what a proofreader suggests for it."""
    return desk.hearing(script_id), Proofreading(desk).of_script(script_id)


_IDS = click.argument("script_ids", metavar="[MÃ]...", nargs=-1)


@script.command()
@_IDS
@click.option(
    "--week", "week_id", metavar="TUẦN", type=WeekType(), help="Gửi duyệt mọi kịch bản của tuần"
)
@click.option("--by", metavar="HỌ_TÊN", required=True, help="Người gửi duyệt")
@click.pass_context
def submit(
    context: click.Context, script_ids: tuple[str, ...], week_id: WeekId | None, by: str
) -> None:
    """Gửi kịch bản cho người duyệt: trạng thái thành "chờ duyệt"."""
    workspace, ids = _scripts_of(context, script_ids, week_id)
    _tell(work.submit(workspace, ids, by, now()), findings=True)


@script.command()
@_IDS
@click.option(
    "--week", "week_id", metavar="TUẦN", type=WeekType(), help="Duyệt mọi kịch bản của tuần"
)
@click.option("--by", metavar="HỌ_TÊN", required=True, help="Người duyệt")
@click.pass_context
def approve(
    context: click.Context, script_ids: tuple[str, ...], week_id: WeekId | None, by: str
) -> None:
    """Duyệt kịch bản: ghi tên, thời điểm và dấu vân của những gì sẽ được nghe."""
    workspace, ids = _scripts_of(context, script_ids, week_id)
    _tell(work.approve(workspace, ids, by, now()), findings=True)


@script.command("return")
@click.argument("script_ids", metavar="MÃ...", nargs=-1, required=True)
@click.option("--by", metavar="HỌ_TÊN", required=True, help="Người trả lại")
@click.option("--reason", metavar="LÝ_DO", required=True, help="Phải sửa những gì")
@click.pass_context
def return_(context: click.Context, script_ids: tuple[str, ...], by: str, reason: str) -> None:
    """Trả kịch bản lại cho người soạn, kèm lý do; đã duyệt rồi thì thôi duyệt."""
    _tell(work.send_back(workspace_of(context), script_ids, by, reason, now()), findings=False)


@script.command("print")
@click.argument("script_id", metavar="MÃ")
@PAPER_TO
@click.option("--translate", is_flag=True, help="In bản lời có chỗ trống để dịch sang tiếng khác")
@click.pass_context
def print_(context: click.Context, script_id: str, *, to: Path | None, translate: bool) -> None:
    """In một kịch bản thành văn bản .docx để trình ký, hoặc bản lời để dịch."""
    from broadcast.workflow.papers import papers_folder, print_script  # noqa: PLC0415

    workspace = workspace_of(context)
    target = to or papers_folder(workspace)
    tell_printed(print_script(Desk(workspace), script_id, target, translate=translate, now=now()))


def _scripts_of(
    context: click.Context, script_ids: tuple[str, ...], week_id: WeekId | None
) -> tuple[Workspace, Iterable[str]]:
    """The scripts named, or those of the week named."""
    workspace = workspace_of(context)
    if bool(script_ids) == (week_id is not None):
        raise click.UsageError("Nêu mã kịch bản hoặc --week TUẦN, một trong hai.", context)
    return workspace, work.scripts_of_week(workspace, week_id) if week_id else script_ids


def _tell(hearings: Iterable[Hearing], *, findings: bool) -> None:
    for hearing in hearings:
        click.echo(hearing.script.id)
        say(f"  {hearing.state}: {hearing.script.title}")
        for line in finding_lines(hearing.findings, "  ") if findings else ():
            say(line)
