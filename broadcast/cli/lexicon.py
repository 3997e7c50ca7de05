"""`broadcast lexicon`: how this station says its own names and abbreviations."""

from __future__ import annotations

import click

from broadcast.cli.common import JSON_OPTION, put_json, say, table, workspace_of
from broadcast.cli.words import VietnameseGroup
from broadcast.errors import NotFoundError


@click.group(cls=VietnameseGroup)
def lexicon() -> None:
    """Cách đọc riêng của đài: tên riêng, chữ viết tắt."""


@lexicon.command("list")
@JSON_OPTION
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """Những chữ đài đã dạy cách đọc."""
    words = workspace_of(context).load_lexicon()
    if as_json:
        put_json(words)
    elif words:
        click.echo(table(sorted(words.items()), ("CHỮ", "ĐỌC LÀ")))
    else:
        say("Đài chưa dạy chữ nào. Dạy bằng: broadcast lexicon add NVH 'nhà văn hóa'")


@lexicon.command()
@click.argument("written", metavar="CHỮ")
@click.argument("said", metavar="ĐỌC_LÀ")
@click.pass_context
def add(context: click.Context, written: str, said: str) -> None:
    """Dạy cách đọc một chữ, ví dụ: NVH "nhà văn hóa"."""
    from broadcast.workflow.teaching import teach  # noqa: PLC0415 - reads the product's lexicon

    if not said.strip():
        raise click.UsageError("Chưa ghi cách đọc. Muốn bỏ thì dùng: broadcast lexicon remove CHỮ")
    say(teach(workspace_of(context), written, said))


@lexicon.command()
@click.argument("written", metavar="CHỮ")
@click.pass_context
def remove(context: click.Context, written: str) -> None:
    """Bỏ cách đọc mà đài đã dạy."""
    from broadcast.workflow.teaching import taught, teach  # noqa: PLC0415 - as above

    workspace = workspace_of(context)
    if not taught(workspace, written):
        happened = f"đài chưa dạy cách đọc «{written}»"
        raise NotFoundError("Không bỏ được", happened, "xem: broadcast lexicon list")
    say(teach(workspace, written, ""))
