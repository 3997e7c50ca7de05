"""`broadcast script assemble`: scripts out of topics, ready pieces, the officer's words."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from broadcast.cli.common import (
    JSON_OPTION,
    LEVEL_OPTION,
    TopicType,
    WeekType,
    finding_lines,
    minutes,
    now,
    put_json,
    say,
    workspace_of,
)
from broadcast.cli.words import VietnameseCommand
from broadcast.domain.week import LEVELS, Level, WeekId
from broadcast.vietnamese.characters import shorten
from broadcast.workflow.plans import TopicKey

if TYPE_CHECKING:
    from broadcast.workflow.assemble import Assembled
    from broadcast.workflow.order import Ask, ItemKind, Order

_SHOWN = 70
"""Characters of a sentence that a message quotes."""


class _TextType(click.ParamType):
    """Words of the officer's own: as they are, or "@file", or "-" for standard input."""

    name = "lời"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> str:
        text = str(value)
        if text == "-":
            return sys.stdin.read()
        if not text.startswith("@"):
            return text
        from broadcast.store.files import read_text  # noqa: PLC0415

        return read_text(Path(text[1:]))


class _DetailType(click.ParamType):
    """A placeholder's name and what stands in it: "số điện thoại=0200..."."""

    name = "tên=lời"

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> tuple[str, str]:
        if isinstance(value, tuple):
            return value
        name, equals, text = str(value).partition("=")
        if not (name.strip() and equals and text.strip()):
            self.fail('viết như "số điện thoại=0200.300.0118" (tên chỗ trống, dấu bằng, lời điền).')
        return name.strip("{} "), text.strip()


DETAILS = _DetailType()


@click.command(cls=VietnameseCommand)
@click.argument("topics", metavar="[KẾ_HOẠCH:MỤC]...", nargs=-1, type=TopicType())
@click.option(
    "--week",
    "week_id",
    metavar="TUẦN",
    type=WeekType(),
    help="Soạn cho mọi lượt phát trong tuần còn thiếu",
)
@click.option("--piece", "pieces", metavar="MÃ", multiple=True, help="Thêm một bài soạn sẵn")
@click.option(
    "--news",
    metavar="LỜI",
    multiple=True,
    type=_TextType(),
    help="Tin của xã; @tệp.txt đọc từ tệp, - đọc từ bàn phím; nhiều dòng thì dòng đầu là tên tin",
)
@click.option(
    "--notice",
    "notices",
    metavar="LỜI",
    multiple=True,
    type=_TextType(),
    help="Thông báo; viết như --news",
)
@click.option("--weather", metavar="LỜI", type=_TextType(), help="Tin thời tiết")
@click.option(
    "--minutes",
    "length",
    metavar="PHÚT",
    type=click.IntRange(1, 1440),
    help="Số phút dành cho chương trình",
)
@click.option("--fill", is_flag=True, help="Còn thời lượng thì thêm bài soạn sẵn bà con chưa nghe")
@click.option("--title", metavar="TÊN", default="", help="Tên chương trình")
@LEVEL_OPTION
@click.option(
    "--time",
    "effective",
    metavar="LỜI",
    default="",
    help="Thông báo ưu tiên, khẩn cấp: áp dụng khi nào",
)
@click.option("--call", metavar="SỐ", default="", help="Thông báo ưu tiên, khẩn cấp: số để gọi")
@click.option(
    "--detail",
    "details",
    metavar="TÊN=LỜI",
    multiple=True,
    type=DETAILS,
    help="Điền một chỗ trống của bài soạn sẵn",
)
@click.option("--preview", is_flag=True, help="Chỉ xem sẽ lấy bài nào, vì sao, dài bao nhiêu")
@JSON_OPTION
@click.pass_context
def assemble(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    *,
    topics: tuple[TopicKey, ...],
    week_id: WeekId | None,
    pieces: tuple[str, ...],
    news: tuple[str, ...],
    notices: tuple[str, ...],
    weather: str | None,
    length: int | None,
    fill: bool,
    title: str,
    level: Level,
    effective: str,
    call: str,
    details: tuple[tuple[str, str], ...],
    preview: bool,
    as_json: bool,
) -> None:
    """Soạn kịch bản từ các mục của kế hoạch (ví dụ suoi-hoa-2026:II.2/đ), bài soạn sẵn, tin,
    thông báo; hoặc cho cả tuần."""
    from broadcast.workflow.order import Order  # noqa: PLC0415 - not needed for help
    from broadcast.workflow.voices import one_voice  # noqa: PLC0415

    order = Order(
        asks=tuple(_asks(topics, pieces, news, notices, weather)),
        title=" ".join(title.split()),
        minutes=length,
        fill=fill,
        level=level,
        day=now().date(),
        effective=" ".join(effective.split()),
        call=" ".join(call.split()),
        details=dict(details),
    )
    single = bool(order.asks or length or fill or title or details or level != LEVELS[0])
    if single == (week_id is not None) or (week_id is None and not order.asks):
        message = "Nêu nội dung (KẾ_HOẠCH:MỤC, --piece, --news, --notice) hoặc --week TUẦN, một "
        raise click.UsageError(f"{message}trong hai.", context)
    if as_json and not preview:
        raise click.UsageError("--json đi cùng --preview.", context)
    made = _made(context, order, week_id, preview=preview)
    if as_json:
        put_json([_view(one) for one in made])
        return
    _tell(made, preview=preview, week=week_id is not None)
    if made and (told := one_voice(workspace_of(context).load_station())):
        say(told)


def _asks(
    topics: Iterable[TopicKey],
    pieces: Iterable[str],
    news: Iterable[str],
    notices: Iterable[str],
    weather: str | None,
) -> list[Ask]:
    """The items in the order they go on air."""
    from broadcast.workflow.order import Ask  # noqa: PLC0415

    asks = [Ask("topic", topic=topic) for topic in topics]
    asks += [Ask("piece", piece=piece) for piece in pieces]
    own: list[tuple[ItemKind, str]] = [("news", text) for text in news]
    own += [("notice", text) for text in notices]
    own += [("weather", weather)] if weather is not None else []
    return [*asks, *(Ask(kind, text=text) for kind, text in own)]


def _made(
    context: click.Context, order: Order, week_id: WeekId | None, *, preview: bool
) -> list[Assembled]:
    from broadcast.workflow import assemble as one  # noqa: PLC0415 - jinja2 is heavy
    from broadcast.workflow import assemble_week as all_of  # noqa: PLC0415
    from broadcast.workflow.desk import Desk  # noqa: PLC0415

    workspace = workspace_of(context)
    if week_id and preview:
        return all_of.preview_week(Desk(workspace), week_id)
    if week_id:
        return all_of.assemble_week(workspace, week_id)
    if preview:
        return [one.preview_order(Desk(workspace), order)]
    return [one.assemble_order(workspace, order)]


def _tell(made: list[Assembled], *, preview: bool, week: bool) -> None:
    put = say if not preview else click.echo
    short = 0
    for one in made:
        if not preview:
            click.echo(one.script.id)
        for line in _about(one):
            put(line)
        findings = [f for f in one.findings if not (week and f.rule == "too-short")]
        short += len(one.findings) - len(findings)
        for line in finding_lines(findings):
            put(line)
    if short:
        put(f"{short} kịch bản ngắn hơn thời lượng dành cho lượt phát: có thể thêm tin, thông báo.")
    if not made:
        say("Lượt phát nào có nội dung của kế hoạch cũng đã có kịch bản.")


def _about(one: Assembled) -> Iterable[str]:
    """What a script is made of, and why, line by line."""
    time = f"/{one.budget.minutes}:00" if one.budget.minutes else ""
    length = f"khoảng {minutes(one.budget.seconds)}{time}"
    if len(one.items) == 1:
        yield f"  {one.script.title} ({length}): {one.why}"
    else:
        yield f"  {one.script.title} ({length})"
        for item in one.items:
            yield f"    «{item.title}» ({minutes(item.seconds)}): {item.why}"
    for sentence in one.left_out:
        yield f"  bỏ câu «{shorten(sentence, _SHOWN)}»: station.yaml chưa ghi mục này ở details"
    for name, told in one.numbers.items():
        yield f"  cần xác nhận {name}: nguồn của bài nói «{told}», đúng thì ghi vào details"
    for sentence in one.cut:
        yield f"  bỏ câu «{shorten(sentence, _SHOWN)}»: không đủ thời lượng"
    for blank in one.blanks:
        yield f"  còn chỗ trống {{{blank.name}}}: «{shorten(blank.text, _SHOWN)}»"


def _view(one: Assembled) -> dict[str, Any]:
    """A script that would be made, as JSON."""
    return {
        "id": one.script.id,
        "title": one.script.title,
        "seconds": one.budget.seconds,
        "minutes": one.budget.minutes,
        "parts": [{"name": part.name, "seconds": part.seconds} for part in one.budget.parts],
        "items": [
            {
                "kind": item.ask.kind,
                "title": item.title,
                "seconds": item.seconds,
                "text": item.text,
                "why": item.why,
                "options": [
                    {
                        "piece": option.piece,
                        "title": option.title,
                        "heard": option.heard.isoformat() if option.heard else None,
                    }
                    for option in item.options
                ],
                "left_out": list(item.left_out),
                "cut": list(item.cut),
            }
            for item in one.items
        ],
        "blanks": [{"name": b.name, "line": b.line, "text": b.text} for b in one.blanks],
        "lines": [line.raw.rstrip("\n") for line in one.script.lines],
        "findings": [
            {"rule": f.rule, "message": f.message, "mend": f.mend, "line": f.line}
            for f in (*one.findings, *one.hearing.findings)
        ],
    }
