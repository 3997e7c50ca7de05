"""What commands share that change one time, those that follow, or all: options, showing, asking."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click

from broadcast.cli.common import JSON_OPTION, put_json, say, workspace_of
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.scoped import SCOPES, Scope
from broadcast.vietnamese.characters import fold
from broadcast.workflow.desk import Desk
from broadcast.workflow.scoped_changes import (
    Preview,
    ScopedSession,
    beside_lines,
    preview_view,
    touch_line,
)

_SHOWN = 40
"""Occurrences told line by line; a year's are counted."""


class _ScopeType(click.ParamType):
    """A scope by its id or its Vietnamese name, with or without accents."""

    name = "phạm vi"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Scope:
        """The scope meant."""
        known: dict[str, Scope] = {fold(label): scope for scope, label in SCOPES.items()}
        known |= {scope: scope for scope in SCOPES}
        if fold(str(value)) not in known:
            told = ", ".join(f"{scope} ({label})" for scope, label in SCOPES.items())
            self.fail(f"được dùng: {told}.")
        return known[fold(str(value))]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a change is asked for: only shown, without a question, as JSON."""

    dry_run: bool
    yes: bool
    as_json: bool


SCOPE_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--scope", metavar="PHẠM_VI", type=_ScopeType(),
                 help="this: chỉ lần này; following: từ lần này về sau; all: tất cả"),
    click.option("--dry-run", is_flag=True, help="Chỉ cho xem những ngày bị đổi, không ghi"),
    click.option("--yes", is_flag=True, help="Làm ngay, không hỏi lại"),
    JSON_OPTION,
)  # fmt: skip


def session_of(context: click.Context) -> ScopedSession:
    """The session, and word of a change that it had to finish."""
    session = ScopedSession.open(Desk(workspace_of(context)))
    if session.finished:
        say(f"Lần trước bị ngắt giữa chừng, nay đã ghi nốt: {session.finished.what}.")
    return session


def asked_scope(scope: Scope | None) -> Scope:
    """The scope that was named, else the officer's answer; without a terminal it must be named."""
    if scope is not None:
        return scope
    if not _terminal():
        raise click.UsageError("Thiếu --scope: this, following hoặc all.")
    told = ", ".join(f"{one} ({label})" for one, label in SCOPES.items())
    while True:
        answer = _answer(f"Lần nào? {told}: ")
        try:
            return _ScopeType().convert(answer, None, None)
        except click.BadParameter as error:
            say(f"«{answer}»: {error.message}")


def _answer(question: str) -> str:
    """What the officer types; nothing more to read is as if she had stopped."""
    click.echo(question, nl=False, err=True)
    line = sys.stdin.readline()
    if not line:
        raise click.Abort
    return line.strip()


def carry_out(
    context: click.Context, asked: Asked, preview_of: Callable[[ScopedSession], Preview]
) -> None:
    """Show the dates a change touches, ask, and make it."""
    session = session_of(context)
    preview = preview_of(session)
    if not asked.as_json:
        _show(preview)
    if asked.dry_run or not _agreed(asked):
        _tell(asked, preview, written=False)
        return
    written = session.apply(preview)
    _tell(asked, preview, written=written)
    say(f"Đã {preview.what}. Lấy lại bằng: broadcast slot undo" if written
        else "Không có gì thay đổi.")  # fmt: skip


def _tell(asked: Asked, preview: Preview, *, written: bool) -> None:
    if asked.as_json:
        put_json(preview_view(preview, written=written))


def _agreed(asked: Asked) -> bool:
    """Whether to go on; without a terminal that has to be said beforehand."""
    if asked.yes:
        return True
    if not _terminal():
        raise click.UsageError("Thêm --yes để làm, hoặc --dry-run để chỉ xem.")
    return fold(_answer("Làm như trên? [c/K] ")) in {"c", "co", "y", "yes"}


def _terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _show(preview: Preview) -> None:
    """The dates touched, what stays, and what would clash."""
    scoped = preview.scoped
    say(f"Sẽ {preview.what}:")
    for touch in scoped.touched[:_SHOWN]:
        click.echo(touch_line(touch))
    left = len(scoped.touched) - _SHOWN
    if left > 0:
        click.echo(f"... và {left} lần nữa")
    if scoped.endless:
        click.echo("... và mọi lần sau đó")
    for line in beside_lines(preview):
        say(line)


@click.command(cls=VietnameseCommand)
@click.pass_context
def undo(context: click.Context) -> None:
    """Lấy lại thay đổi nhiều tuần vừa làm: week fill, slot change, week move --scope..."""
    say(f"Đã hoàn tác: {session_of(context).undo()}.")


@click.command(cls=VietnameseCommand)
@click.pass_context
def redo(context: click.Context) -> None:
    """Làm lại thay đổi vừa hoàn tác."""
    say(f"Đã làm lại: {session_of(context).redo()}.")
