"""`broadcast rules`: the rules in force, each with its source, and the profiles there are."""

from __future__ import annotations

import click

from broadcast.cli.common import JSON_OPTION, finding_lines, put_json, table, workspace_of
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.rulebook import LABELS, stated, value_text
from broadcast.errors import ExitStatus
from broadcast.workflow import rules as work
from broadcast.workflow.desk import Desk


@click.group(cls=VietnameseGroup, invoke_without_command=True)
@click.pass_context
def rules(context: click.Context) -> None:
    """Quy định đang áp dụng: giá trị, lấy từ đâu, chỗ mâu thuẫn."""
    if context.invoked_subcommand is None:
        context.invoke(list_)


@rules.command("list")
@JSON_OPTION
@click.pass_context
def list_(context: click.Context, *, as_json: bool = False) -> None:
    """Từng quy định với giá trị và nguồn; mâu thuẫn được nêu cuối cùng."""
    view = work.view_rules(Desk(workspace_of(context)))
    if as_json:
        put_json(work.rules_view(view))
    else:
        rows = [(one.label, value_text(one.value), str(one.source)) for one in view.rules]
        click.echo(table(rows, ("QUY ĐỊNH", "GIÁ TRỊ", "NGUỒN")))
        for line in finding_lines(view.findings, ""):
            click.echo(line)
    if view.findings:
        context.exit(ExitStatus.FOUND)


@rules.command()
@JSON_OPTION
def profiles(*, as_json: bool) -> None:
    """Các bộ quy định có sẵn theo nơi, năm, nguồn; chọn bằng mục profile trong rules."""
    known = work.known_profiles()
    if as_json:
        put_json([work.profile_view(one) for one in known])
        return
    for one in known:
        click.secho(f"{one.id} · {one.name} ({one.dated})", bold=True)
        click.echo(f"  {one.document}; {one.certainty}")
        for key in stated(one.rules):
            click.echo(f"  - {LABELS[key]}: {value_text(getattr(one.rules, key))}")
        if one.note:
            click.echo(f"  {one.note}")
        if one.outdated:
            click.echo("  Có từ trước khi sắp xếp lại đơn vị hành chính 1/7/2025: phải hỏi lại.")
        click.echo(f"  {one.url}")
