"""`broadcast script`: new, assemble, fill, list, show, check, submit, approve, return, changes,
pair, print."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import click

from broadcast.cli.assemble import DETAILS, assemble
from broadcast.cli.common import (
    JSON_OPTION,
    PAPER_TO,
    DayType,
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
from broadcast.domain.approval import Approval, Paper
from broadcast.domain.pairing import language_name
from broadcast.domain.script import blanks
from broadcast.domain.week import WeekId
from broadcast.domain.wording import STATE_SIGNS, day_text
from broadcast.errors import ExitStatus
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import shorten
from broadcast.vietnamese.decisions import Choice, Open
from broadcast.workflow import pairing
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
    desk = Desk(workspace_of(context))
    hearing, suggestions = _looked_at(desk, script_id)
    recordings = pairing.pairings(desk.workspace, hearing)
    if as_json:
        put_json(work.script_view(hearing, suggestions, recordings))
        return
    length = f"khoảng {minutes(hearing.seconds)}"
    click.echo(f"{hearing.script.title}\n{STATE_SIGNS[hearing.state]} {hearing.state} · {length}")
    if hearing.script.approval:
        click.echo("\n".join(_approval_lines(hearing, hearing.script.approval)))
    if review := hearing.review:
        done = "Gửi duyệt" if review.state == "chờ duyệt" else "Trả lại"
        reason = f": {review.note}" if review.note else ""
        click.echo(f"{done}: {review.by}, {review.at:%H:%M %d/%m/%Y}{reason}")
    for line in pairing_lines(recordings):
        click.echo(line)
    click.echo()
    for heard in hearing.lines:
        click.echo(heard.line.text if heard.line.cue else f"{heard.line.speaker}: {heard.spoken}")
    for line in (*finding_lines(hearing.findings), *suggestion_lines(suggestions, "  ")):
        click.echo(line)


def _approval_lines(hearing: Hearing, approval: Approval) -> Iterator[str]:
    void = (
        ""
        if hearing.state == "đã duyệt"
        else " (không còn hiệu lực: nội dung đã đổi sau khi duyệt)"
    )
    yield f"Duyệt: {approval.by}, {approval.at:%H:%M %d/%m/%Y}{void}"
    if paper := approval.paper:
        yield f"Văn bản duyệt: số {paper.number}, ngày {day_text(paper.day)}"
    for one in approval.despite:
        yield f"Duyệt dù {one.message}"
        yield f"  → lý do: {one.reason} ({one.by}, {one.at:%H:%M %d/%m/%Y})"


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
    hearing = work.looked_at(desk, desk.hearing(script_id), now().date())
    return hearing, Proofreading(desk).of_script(script_id)


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
@click.option("--paper-number", "number", metavar="SỐ", help="Số văn bản đã ký, như 12/TB-UBND")
@click.option("--paper-date", "day", metavar="NGÀY", type=DayType(), help="Ngày ghi trên văn bản")
@click.option("--despite", metavar="LÝ_DO", default="", help="Vì sao vẫn duyệt dù có chỗ quá hạn")
@click.pass_context
def approve(  # noqa: PLR0913 - its options
    context: click.Context,
    *,
    script_ids: tuple[str, ...],
    week_id: WeekId | None,
    by: str,
    number: str | None,
    day: date | None,
    despite: str,
) -> None:
    """Duyệt kịch bản: ghi tên, thời điểm và dấu vân của những gì sẽ được nghe.

    Chỗ quá hạn vào ngày phát (bài phải xem lại, quy định đã hết, văn bản đã bị thay) cần lý do.
    Duyệt lại bài đã duyệt thì chỉ ghi thêm số văn bản và lý do.
    """
    if (number is None) != (day is None):
        raise click.UsageError("--paper-number và --paper-date đi cùng nhau.", context)
    workspace, ids = _scripts_of(context, script_ids, week_id)
    paper = Paper(" ".join(number.split()), day) if number is not None and day else None
    done = work.approve(workspace, ids, by, now(), paper=paper, despite=despite)
    _tell(done, findings=True)


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


@script.command()
@click.argument("script_id", metavar="MÃ")
@JSON_OPTION
@click.pass_context
def changes(context: click.Context, script_id: str, *, as_json: bool) -> None:
    """Lời đã đổi những gì từ lần duyệt gần nhất: dòng bỏ có dấu -, dòng thêm có dấu +."""
    from broadcast.workflow.script_review import changes_since_approval  # noqa: PLC0415

    workspace = workspace_of(context)
    since = changes_since_approval(workspace, workspace.load_script(script_id))
    if as_json:
        rows = [{"kind": row.kind, "text": row.text} for row in since.rows]
        put_json({"approval": work.approval_view(since.approval), "told": since.told, "rows": rows})
        return
    say(since.told)
    for row in since.rows:
        click.echo(f"{_SIGNS[row.kind]} {row.text}")


_SIGNS = {"kept": " ", "removed": "-", "added": "+"}


@script.command()
@click.argument("script_id", metavar="MÃ")
@click.option("--language", metavar="TIẾNG", required=True, help="Thứ tiếng của bản ghi, như thái")
@click.option("--file", metavar="TỆP", type=click.Path(path_type=Path), help="Bản ghi âm cần ghép")
@click.option("--approve", "approves", is_flag=True, help="Duyệt bản đã ghép, sau khi nghe lại")
@click.option("--remove", is_flag=True, help="Thôi dùng bản ghi âm này; tệp vẫn còn")
@click.option("--text", "shows_text", is_flag=True, help="In lời tiếng Việt để người ghi âm dịch")
@click.option("--by", metavar="HỌ_TÊN", help="Người ghi âm; với --approve là người duyệt")
@click.pass_context
def pair(  # noqa: PLR0913 - its options
    context: click.Context,
    script_id: str,
    *,
    language: str,
    file: Path | None,
    approves: bool,
    remove: bool,
    shows_text: bool,
    by: str | None,
) -> None:
    """Ghép bản ghi âm tiếng dân tộc với kịch bản, duyệt hoặc bỏ bản đã ghép.

    Lời tiếng Việt hay tệp ghi âm đổi sau đó thì bản ghi phải duyệt lại.
    """
    if (file is not None) + approves + remove + shows_text != 1:
        ways = "--file TỆP, --approve, --remove hoặc --text"
        raise click.UsageError(f"Nêu {ways}, một trong bốn.", context)
    if (file or approves) and by is None:
        raise click.UsageError("Thiếu tùy chọn --by.", context)
    workspace, name = workspace_of(context), by or ""
    if shows_text:
        hearing = work.hear_script(workspace, script_id)
        click.echo("\n".join(pairing.text_to_translate(hearing, language)))
        return
    if file is not None:
        stands = pairing.pair(workspace, script_id, language, file, name)
    elif approves:
        stands = pairing.approve_pairing(workspace, script_id, language, name, now())
    else:
        stands = pairing.unpair(workspace, script_id, language)
    click.echo(script_id)
    for line in pairing_lines(stands):
        say(f"  {line}")


def pairing_lines(recordings: Iterable[pairing.Stands]) -> Iterator[str]:
    """Recordings for reading: language, file, by whom, how long, where each stands."""
    for stands in recordings:
        one = stands.pairing
        told = f"{language_name(one.language)}: {one.file}, {one.by} ghi, {minutes(one.seconds)}"
        approved = f" ({one.approval.by}, {one.approval.at:%H:%M %d/%m/%Y})" if one.approval else ""
        yield f"Bản ghi âm {told}, {stands.state}{approved if stands.state == 'đã duyệt' else ''}"


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
