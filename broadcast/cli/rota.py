"""`broadcast week fill`: a week, a quarter, a year or any stretch of days, as one."""

from __future__ import annotations

from collections.abc import Iterator
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
from broadcast.domain.week import WeekId
from broadcast.domain.wording import clock, weekday_title
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
