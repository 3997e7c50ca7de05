"""What `week fill` says of a quarter, a year or any stretch of days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from broadcast.cli.common import finding_lines, now, progress_bar, say, table
from broadcast.domain.periods import STRETCH_FORMS, Period, read_stretch
from broadcast.domain.week import Finding, WeekId
from broadcast.domain.wording import day_text
from broadcast.vietnamese.characters import shorten
from broadcast.workflow.desk import Desk

if TYPE_CHECKING:
    from broadcast.domain.rota import Explained
    from broadcast.store.workspace import Workspace
    from broadcast.workflow.span_fill import Options, SpanFill

_MOST_ALIKE = 5
"""How many notes of one kind are told one by one."""
_TITLE = 48


class SpanType(click.ParamType):
    """A week, or a stretch of days: 2026-W48, next, 2026-Q4, 2026, 2026-W40..2026-W48."""

    name = "khoảng"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Period | WeekId:
        """The week, or the days, seen from today."""
        if isinstance(value, Period | WeekId):
            return value
        today = now().date()
        try:
            return WeekId.parse(str(value), today)
        except ValueError:
            pass
        try:
            return read_stretch(str(value), today)
        except ValueError:
            self.fail(f"«{value}» không phải là tuần hay khoảng ngày; viết như {STRETCH_FORMS}.")


def fill_days(workspace: Workspace, span: Period | WeekId, options: Options) -> None:
    """Fill a span, show how far it is, and tell what came of it."""
    from broadcast.workflow.span_fill import fill_span  # noqa: PLC0415 - spans only

    if isinstance(span, WeekId):
        span = Period(str(span), span.days()[0], span.days()[-1])
    with progress_bar("Xếp lịch") as progress:
        done = fill_span(Desk(workspace), span, options, progress)
    if options.save:
        for airing in done.rota.added:
            click.echo(airing.id)
    for line in _told(done, saved=options.save):
        say(line)


def _told(done: SpanFill, *, saved: bool) -> Iterator[str]:
    rota, span = done.rota, done.span
    weeks = len({WeekId.of(airing.day) for airing in rota.added})
    days = f"{day_text(span.first)} – {day_text(span.last)}"
    verb = "Đã xếp" if saved else "Xem trước, chưa ghi: xếp được"
    if rota.added:
        yield f"{verb} {len(rota.added)} lượt phát vào {weeks} tuần ({span}: {days})."
    else:
        yield f"Không xếp thêm lượt nào vào {span} ({days})."
    if rota.explained and rota.explained.topics:
        yield from _shares(rota.explained)
    yield from finding_lines(_few(rota.notes))
    if rota.explained and rota.explained.clashes:
        yield "Những điều không thể cùng được:"
        yield from finding_lines(rota.explained.clashes)


def _shares(told: Explained) -> Iterator[str]:
    counts = [topic.times for topic in told.topics]
    few, many = min(counts), max(counts)
    times = f"{few} lần" if few == many else f"{few} đến {many} lần"
    yield f"Mỗi nội dung được phát {times}; lâu nhất {told.longest} ngày giữa hai lần."
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


def _few(notes: Iterable[Finding]) -> Iterator[Finding]:
    """The notes, but only the first of many that are alike."""
    ordered = sorted(notes, key=lambda note: note.rule)
    for rule, alike in groupby(ordered, key=lambda note: note.rule):
        those = list(alike)
        yield from those[:_MOST_ALIKE]
        if len(those) > _MOST_ALIKE:
            yield Finding(rule, f"và {len(those) - _MOST_ALIKE} chỗ khác như thế")
