"""What `week fill` says of a quarter, a year or any stretch of days."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from broadcast.cli.common import finding_lines, now, progress_bar, say, table
from broadcast.domain.span import FORMS, Span, parse_span
from broadcast.domain.week import WeekId
from broadcast.vietnamese.characters import shorten
from broadcast.workflow.desk import Desk

if TYPE_CHECKING:
    from broadcast.domain.rota import Explained
    from broadcast.store.workspace import Workspace
    from broadcast.workflow.span_fill import Options, SpanFill

_TITLE = 48


class SpanType(click.ParamType):
    """A week, or a stretch of days: 2026-W48, next, 2026-Q4, 2026, 2026-W40..2026-W48."""

    name = "khoảng"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Span | WeekId:
        """The week, or the days, seen from today."""
        if isinstance(value, Span | WeekId):
            return value
        today = now().date()
        try:
            return WeekId.parse(str(value), today)
        except ValueError:
            pass
        try:
            return parse_span(str(value), today)
        except ValueError:
            self.fail(f"«{value}» không phải là tuần hay khoảng ngày; viết như {FORMS}.")


def fill_days(workspace: Workspace, span: Span | WeekId, options: Options) -> None:
    """Fill a span, show how far it is, and tell what came of it."""
    from broadcast.workflow.span_fill import fill_span  # noqa: PLC0415 - spans only

    if isinstance(span, WeekId):
        span = Span(span.days()[0], span.days()[-1], str(span))
    with progress_bar("Xếp lịch") as progress:
        done = fill_span(Desk(workspace), span, options, progress)
    if options.save:
        for airing in done.rota.added:
            click.echo(airing.id)
    for line in _told(done, saved=options.save):
        say(line)


def _told(done: SpanFill, *, saved: bool) -> Iterator[str]:
    from broadcast.workflow.span_words import few_notes, headline  # noqa: PLC0415 - spans only

    rota = done.rota
    yield headline(done, saved=saved)
    if rota.explained and rota.explained.topics:
        yield from _shares(rota.explained)
    yield from finding_lines(few_notes(rota.notes))
    if rota.explained and rota.explained.clashes:
        yield "Những điều không thể cùng được:"
        yield from finding_lines(rota.explained.clashes)


def _shares(told: Explained) -> Iterator[str]:
    from broadcast.workflow.span_words import shares_line  # noqa: PLC0415 - spans only

    yield shares_line(told)
    rows = [
        (
            f"{one.plan}:{one.path}",
            str(one.times),
            str(one.total),
            str(one.longest),
            shorten(one.text, _TITLE),
        )
        for one in told.topics
    ]
    head = ("mục", "lần", "cả trước đây", "xa nhất (ngày)", "nội dung")
    yield table(rows, head, frozenset({1, 2, 3}))
