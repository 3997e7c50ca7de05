"""`broadcast slot`: standing slots changed or removed once, from a day on, or altogether."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import click

from broadcast.cli.common import (
    JSON_OPTION,
    DayType,
    now,
    options,
    put_json,
    say,
    table,
    workspace_of,
)
from broadcast.cli.scoped import SCOPE_OPTIONS, Asked, asked_scope, carry_out, redo, undo
from broadcast.cli.words import VietnameseGroup
from broadcast.domain import station_fields as typed
from broadcast.domain.occurrences import Place, days_of
from broadcast.domain.scoped import Scope
from broadcast.domain.scoped_slot import SlotEdit
from broadcast.domain.station import Slot, Station
from broadcast.domain.wording import moment
from broadcast.errors import InputError
from broadcast.vietnamese.characters import nfc
from broadcast.workflow.station_session import station_view

_AHEAD = timedelta(days=366)


@click.group(cls=VietnameseGroup)
def slot() -> None:
    """Khung giờ: xem, đổi hay bỏ chỉ lần này, từ lần này về sau, hoặc tất cả."""


@slot.command("list")
@JSON_OPTION
@click.pass_context
def list_(context: click.Context, *, as_json: bool) -> None:
    """Các khung giờ, và lần phát tới của mỗi khung."""
    station = workspace_of(context).load_station()
    coming = {one.id: _next(station, one) for one in station.slots}
    if as_json:
        rows = station_view(station)["slots"]
        put_json([{**row, "next": _day(coming[row["id"]])} for row in rows])
        return
    told = [(s.id, s.name, f"{typed.about_slot(station, s)} · {_told(coming[s.id])}")
            for s in station.slots]  # fmt: skip
    click.echo(table(told)) if told else say("Đài chưa có khung giờ nào.")


def _next(station: Station, one: Slot) -> Place | None:
    """The occurrence that comes next, within a year."""
    at = now()
    places = (Place(day, one, station.zones_of(one))
              for day in days_of(one, at.date(), at.date() + _AHEAD))  # fmt: skip
    return next((place for place in places if place.starts > at), None)


def _day(place: Place | None) -> str | None:
    return place.day.isoformat() if place else None


def _told(place: Place | None) -> str:
    return f"lần tới {moment(place.starts)}" if place else "không còn lần nào"


_SLOT = click.argument("slot_id", metavar="KHUNG_GIỜ")
_FROM = click.option("--from", "day", metavar="NGÀY", type=DayType(),
                     help="Lần phát nào: ngày của nó, như 2026-11-23")  # fmt: skip
_CHANGES = (
    click.option("--start", metavar="GIỜ", help="Giờ bắt đầu mới, như 05:30"),
    click.option("--minutes", metavar="PHÚT", help="Số phút mới"),
    click.option("--days", metavar="CÁC_NGÀY", help='Các thứ mới, như "T2 T4 T6" hoặc T2-T6'),
    click.option("--zones", metavar="CÁC_CỤM_LOA",
                 help='Cụm loa mới, như "trung-tam, ban-lan"; "tất cả" là mọi cụm loa'),
    click.option("--peak", metavar="CÓ_KHÔNG", help="Có phải giờ nhiều người nghe không"),
    click.option("--language", metavar="TIẾNG", help='Tiếng nói mới, như "Tiếng Thái"'),
    click.option("--name", metavar="TÊN", help="Tên mới"),
    click.option("--day", "other_day", metavar="NGÀY", type=DayType(),
                 help="Chuyển lần ấy sang ngày khác (cùng --scope this)"),
)  # fmt: skip


@slot.command()
@_SLOT
@_FROM
@options(*_CHANGES, *SCOPE_OPTIONS)
@click.pass_context
def change(  # noqa: PLR0913 - one parameter an option
    context: click.Context,
    /,
    *,
    slot_id: str,
    day: date | None,
    other_day: date | None,
    scope: Scope | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
    **given: str | None,
) -> None:
    """Đổi giờ, ngày, độ dài, cụm loa, tiếng nói của một khung giờ; cho xem những ngày bị đổi."""
    named = _read(workspace_of(context).load_station(), given)
    edit = SlotEdit(**named, day=other_day)
    _carry_out(context, slot_id, edit, (scope, day), Asked(dry_run, yes, as_json))


@slot.command()
@_SLOT
@_FROM
@options(*SCOPE_OPTIONS)
@click.pass_context
def remove(
    context: click.Context,
    /,
    *,
    slot_id: str,
    day: date | None,
    scope: Scope | None,
    **asked: bool,
) -> None:
    """Bỏ một khung giờ: chỉ một lần, từ một ngày, hoặc hẳn."""
    _carry_out(context, slot_id, SlotEdit(remove=True), (scope, day), Asked(**asked))


slot.add_command(undo)
slot.add_command(redo)


def _carry_out(
    context: click.Context,
    slot_id: str,
    edit: SlotEdit,
    reach: tuple[Scope | None, date | None],
    asked: Asked,
) -> None:
    scope, day = asked_scope(reach[0]), reach[1]
    if scope != "all" and day is None:
        raise click.UsageError("Thiếu --from: ngày của lần phát ấy, như 2026-11-23.")
    carry_out(
        context, asked, lambda s: s.preview_slot(slot_id, edit, scope=scope, day=day, now=now())
    )


def _read(station: Station, given: dict[str, str | None]) -> dict[str, Any]:
    """What was named on the command line, read as a form's fields are."""
    readers: dict[str, Callable[[str], Any]] = {
        "start": typed.read_clock,
        "minutes": typed.read_minutes,
        "days": typed.read_days,
        "zones": typed.zones_reader(station),
        "peak": typed.read_flag,
        "language": typed.read_name,
        "name": typed.read_name,
    }
    found = {}
    for key, text in given.items():
        if text is not None:
            try:
                found[key] = readers[key](nfc(text))
            except ValueError as error:
                told = f"--{key}: «{text}» {error}"
                raise InputError("Không đổi được khung giờ", told) from error
    return found
