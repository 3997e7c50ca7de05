"""`broadcast week fill`: a week, a quarter, a year or any stretch of days, as one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import click

from broadcast.cli.common import (
    JSON_OPTION,
    finding_lines,
    now,
    progress_bar,
    put_json,
    say,
    table,
    workspace_of,
)
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.periods import STRETCH_FORMS, Period, read_period, read_stretch
from broadcast.domain.week import Finding, WeekId
from broadcast.domain.wording import clock, day_text, weekday_title
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


@click.command(cls=VietnameseCommand)
@click.argument("span", metavar="TUẦN", type=SpanType())
@click.option(
    "--plan",
    "plan_ids",
    metavar="MÃ",
    multiple=True,
    help="Chỉ lấy nội dung của kế hoạch này",
)
@click.option("--preview", is_flag=True, help="Chỉ xem sẽ xếp thế nào, không ghi gì")
@click.option(
    "--exact",
    metavar="GIÂY",
    type=click.FloatRange(min=1),
    help="Cho bộ giải chính xác (nếu đã cài) tìm thêm chừng ấy giây",
)
@JSON_OPTION
@click.pass_context
def fill(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    span: Period | WeekId,
    plan_ids: tuple[str, ...],
    preview: bool,
    exact: float | None,
    as_json: bool,
) -> None:
    """Xếp nội dung của kế hoạch vào các khung giờ còn trống của tuần, tháng, quý, năm.

    Ngoài một tuần còn viết được: 2026-10 (tháng), 2026-Q4 (quý), 2026-H1, 2026-9M, 2026 (năm),
    2026-W40..2026-W48, 2026-10-05..2026-11-20. Ngày đã qua và lượt phát đã có được để nguyên.
    Lấy lại cả lần xếp bằng: broadcast week undo.
    """
    from broadcast.workflow.span_fill import Options  # noqa: PLC0415 - to fill only

    today = now().date() if isinstance(span, Period) else None
    asked = Options(plan_ids, today=today, exact=exact, save=not preview)
    _fill(workspace_of(context), span, asked, as_json=as_json)


def _fill(
    workspace: Workspace, span: Period | WeekId, options: Options, *, as_json: bool = False
) -> None:
    """Fill a span, show how far it is, and tell what came of it."""
    from broadcast.workflow.span_fill import fill_span, fill_view  # noqa: PLC0415 - to fill only

    one_week = isinstance(span, WeekId)
    if isinstance(span, WeekId):
        span = read_period(str(span))
    with progress_bar("Xếp lịch") as progress:
        done = fill_span(Desk(workspace), span, options, progress)
    if as_json:
        put_json(fill_view(done))
        return
    for airing in done.rota.added:
        if options.save:
            click.echo(airing.id)
        if one_week:
            day = f"{weekday_title(airing.day)} {airing.day:%d/%m}"
            say(f"  {day} {clock(airing.start)}  {airing.title}")
            say(f"      vì {airing.why}")
    for line in _told(done, saved=options.save):
        say(line)
    if done.saved:
        say("Lấy lại bằng: broadcast week undo")


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
