"""`broadcast script`: new, assemble, list, show, check, submit, approve, return."""

from __future__ import annotations

from collections.abc import Iterable

import click

from broadcast.cli.common import (
    JSON_OPTION,
    TopicType,
    WeekType,
    end_of_list,
    finding_lines,
    minutes,
    now,
    put_json,
    say,
    table,
    workspace_of,
)
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.week import WeekId
from broadcast.domain.wording import STATE_SIGNS
from broadcast.errors import ExitStatus
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import shorten
from broadcast.workflow import scripts as work
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.plans import TopicKey


@click.group(cls=VietnameseGroup)
def script() -> None:
    """Kịch bản: soạn, xem, kiểm tra, gửi duyệt, duyệt, trả lại."""


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


@script.command()
@click.argument("topic", metavar="[KẾ_HOẠCH:MỤC]", required=False, type=TopicType())
@click.option(
    "--week",
    "week_id",
    metavar="TUẦN",
    type=WeekType(),
    help="Soạn cho mọi lượt phát trong tuần còn thiếu",
)
@click.pass_context
def assemble(context: click.Context, topic: TopicKey | None, week_id: WeekId | None) -> None:
    """Soạn kịch bản từ một mục của kế hoạch (ví dụ suoi-hoa-2026:II.2/đ) hoặc cho cả tuần."""
    from broadcast.workflow.assemble import assemble_topic, assemble_week  # noqa: PLC0415

    if (topic is None) == (week_id is None):
        raise click.UsageError("Nêu KẾ_HOẠCH:MỤC hoặc --week TUẦN, một trong hai.", context)
    workspace = workspace_of(context)
    made = assemble_week(workspace, week_id) if week_id else []
    if topic:
        made = [assemble_topic(workspace, *topic)]
    for one in made:
        click.echo(one.script.id)
        say(f"  {one.script.title}: {one.why}")
        for sentence in one.left_out:
            say(f"  bỏ câu «{shorten(sentence, 70)}»: station.yaml chưa ghi mục này ở details")
        for name, told in one.numbers.items():
            say(f"  cần xác nhận {name}: nguồn của bài nói «{told}», đúng thì ghi vào details")
    if not made:
        say("Lượt phát nào có nội dung của kế hoạch cũng đã có kịch bản.")


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
    hearing = work.hear_script(workspace_of(context), script_id)
    if as_json:
        put_json(work.script_view(hearing))
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
    for line in finding_lines(hearing.findings):
        click.echo(line)


@script.command()
@click.argument("script_id", metavar="MÃ")
@JSON_OPTION
@click.pass_context
def check(context: click.Context, script_id: str, *, as_json: bool) -> None:
    """Những điểm cần xem trước khi duyệt."""
    hearing = work.hear_script(workspace_of(context), script_id)
    if as_json:
        put_json(work.script_view(hearing)["findings"])
    else:
        click.echo("\n".join(finding_lines(hearing.findings, "")) or "Không có điểm nào cần xem.")
    if hearing.findings:
        context.exit(ExitStatus.FOUND)


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
