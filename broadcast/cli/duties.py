"""`broadcast duties`: what the plan's units owe, what is done, what is missing, what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import click

from broadcast.cli.common import JSON_OPTION, DayType, now, put_json, say, workspace_of
from broadcast.cli.words import VietnameseGroup
from broadcast.domain.duties import DatedDuty, DoneItem, QuotaCount
from broadcast.domain.periods import PERIOD_FORMS, Period, read_period
from broadcast.domain.wording import day_text
from broadcast.errors import NotFoundError
from broadcast.workflow import duties as work
from broadcast.workflow.desk import Desk
from broadcast.workflow.plans import newest_plan


class PeriodType(click.ParamType):
    """2026-Q4, 2026-H1, 2026-9M, 2026, 2026-11 or 2026-W48."""

    name = "kỳ"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Period:
        """The period meant."""
        try:
            return value if isinstance(value, Period) else read_period(str(value))
        except ValueError:
            self.fail(f"«{value}» không phải là kỳ; viết như {PERIOD_FORMS}.")


@click.group(cls=VietnameseGroup)
def duties() -> None:
    """Chỉ tiêu và nhiệm vụ của kế hoạch: phải làm, đã làm, còn thiếu, sắp đến hạn."""


@duties.command()
@click.argument("plan_id", metavar="[KẾ_HOẠCH]", required=False)
@click.option("--period", metavar="KỲ", type=PeriodType(), help=f"Kỳ xem: {PERIOD_FORMS}")
@JSON_OPTION
@click.pass_context
def show(
    context: click.Context, plan_id: str | None, *, period: Period | None, as_json: bool
) -> None:
    """Chỉ tiêu, thời hạn và báo cáo trong một kỳ (mặc định: quý này)."""
    desk = Desk(workspace_of(context))
    view = work.duties_view(desk, plan_id or _newest(desk), period, now())
    if as_json:
        put_json(work.duties_json(view))
        return
    for problem in view.problems:
        say(f"! {problem}")
    for line in _lines(view):
        click.echo(line)


@duties.command()
@click.argument("plan_id", metavar="KẾ_HOẠCH")
@click.argument("which", metavar="MỤC")
@click.option("--day", metavar="NGÀY", type=DayType(), help="Ngày làm xong (mặc định: hôm nay)")
@click.option("--title", metavar="TÊN", default="", help="Tên tin, bài hoặc số văn bản")
@click.option("--link", metavar="ĐỊA_CHỈ", default="", help="Nơi đăng")
@click.pass_context
def done(  # noqa: PLR0913 - one parameter an option
    context: click.Context, plan_id: str, which: str, *, day: date | None, title: str, link: str
) -> None:
    """Ghi một việc đã làm: tin, bài của chỉ tiêu (C2), thời hạn (H1), báo cáo (B1:2026-Q4)."""
    item = work.record_done(
        workspace_of(context), plan_id, which, day=day or now().date(), title=title, link=link
    )
    click.echo(item.id)
    say(f"Đã ghi: {item.what} ({item.unit}), ngày {day_text(item.day)}.")


@duties.command()
@click.argument("item_id", metavar="VIỆC")
@click.pass_context
def undo(context: click.Context, item_id: str) -> None:
    """Bỏ một việc đã ghi nhầm."""
    item = work.undo_done(workspace_of(context), item_id)
    say(f"Đã bỏ: {item.what} ({item.unit}), ngày {day_text(item.day)}.")


def _newest(desk: Desk) -> str:
    found = newest_plan(desk)
    if found is None:
        mend = "nhập kế hoạch trước: broadcast plan import TỆP"
        raise NotFoundError("Chưa có gì để đếm", "chưa có kế hoạch nào", mend)
    return found


def _lines(view: work.DutiesView) -> Iterator[str]:
    found = view.duties
    period = found.period
    yield click.style(
        f"{found.plan.id} · {period.text}, tính đến {day_text(view.today)}", bold=True
    )
    if found.quotas:
        yield f"\nChỉ tiêu ({work.COUNTED_BY})"
    for one in found.quotas:
        yield from _quota_lines(one, view.today)
    if found.dated:
        yield "\nThời hạn và báo cáo"
    for dated in found.dated:
        yield from _dated_lines(dated, view.today)
    if not (found.quotas or found.dated):
        yield "  kế hoạch không có chỉ tiêu, thời hạn hay báo cáo nào trong kỳ này"
    if view.overdue:
        yield "\nQuá hạn từ trước kỳ này"
    for dated in view.overdue:
        yield from _dated_lines(dated, view.today)
    if found.strays:
        yield "\nViệc đã ghi nhưng kế hoạch không còn mục ấy"
    yield from (_item_line(item) for item in found.strays)


def _quota_lines(one: QuotaCount, today: date) -> Iterator[str]:
    least = "ít nhất " if one.quota.at_least else ""
    unit = "lượt phát" if one.counted.by == "lượt phát" else "tin, bài"
    unit = "lần" if one.counted.by == "việc khác" else unit
    yield f"  {work.handle(one)}  {one.quota.unit}: {least}{one.quota.count} {unit}/{one.quota.per}"
    yield f"      {one.quota.what}"
    yield f"      {_state(one, today)}"
    yield from (_item_line(item) for item in one.items)


def _state(one: QuotaCount, today: date) -> str:
    if not one.parts:
        return "ngoài năm của kế hoạch"
    told = f"phải {one.owed} · đã {one.done} · còn thiếu {one.missing}"
    if not one.missing:
        return click.style(f"{told} ✓", fg="green")
    more = []
    if lost := one.lost(today):
        more.append(f"{lost} đã quá kỳ")
    if one.unlogged:
        more.append(f"{one.unlogged} đã qua mà chưa ghi nhật ký")
    if one.planned:
        more.append(f"{one.planned} đã xếp lịch")
    left = one.days_left(today)
    rest = "" if left is None else f" · còn {left} ngày"
    inside = f" ({', '.join(more)})" if more else ""
    return click.style(f"{told}{inside}{rest}", fg="yellow")


def _dated_lines(one: DatedDuty, today: date) -> Iterator[str]:
    due = day_text(one.due) if one.due else "không có ngày"
    yield f"  {work.handle(one)}  {due}  {one.what} ({one.unit})"
    yield f"      {_left(one, today)} · {one.why}"
    if one.done:
        yield _item_line(one.done)


def _left(one: DatedDuty, today: date) -> str:
    left = one.days_left(today)
    if one.done:
        return click.style("đã xong ✓", fg="green")
    if left is None:
        return "chưa ghi là đã làm"
    if left < 0:
        return click.style(f"quá hạn {-left} ngày", fg="red")
    return click.style("hôm nay là ngày cuối" if not left else f"còn {left} ngày", fg="yellow")


def _item_line(item: DoneItem) -> str:
    told = " · ".join(filter(None, (item.title, item.link)))
    return f"      ✓ {item.id}  {day_text(item.day)}{f'  {told}' if told else ''}"
