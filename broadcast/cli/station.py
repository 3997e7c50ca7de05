"""`broadcast station`: show and change the station, its zones and its slots."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import click

from broadcast.cli.common import JSON_OPTION, options, put_json, say, table, workspace_of
from broadcast.cli.words import VietnameseGroup
from broadcast.domain import station_edit as edits
from broadcast.domain import station_fields as typed
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week_edit import find_slot
from broadcast.errors import ConflictError, InputError
from broadcast.vietnamese.characters import nfc
from broadcast.workflow.desk import Desk
from broadcast.workflow.rules import all_doubts, require_profile
from broadcast.workflow.station_session import (
    StationSession,
    new_id,
    readable_plans,
    station_view,
    weeks_using,
)


@click.group(cls=VietnameseGroup)
def station() -> None:
    """Cài đặt đài: cụm loa, khung giờ, giọng đọc, quy định."""


def _session(context: click.Context) -> StationSession:
    return StationSession.open(Desk(workspace_of(context)))


def _change(session: StationSession, what: str, edit: Callable[[Station], Station]) -> None:
    """Make a change, and tell what is odd about the station since then."""
    plans = readable_plans(session.desk)
    before = {str(doubt) for doubt in all_doubts(session.station, plans)}
    if not session.change(what, edit):
        say("Không có gì thay đổi.")
    for doubt in all_doubts(session.station, plans):
        if str(doubt) not in before:
            say(f"  ! {doubt}")


@station.command()
@JSON_OPTION
@click.pass_context
def show(context: click.Context, *, as_json: bool) -> None:
    """Toàn bộ cài đặt của đài, và những chỗ nên xem lại."""
    desk = Desk(workspace_of(context))
    shown, plans = desk.station(), readable_plans(desk)
    if as_json:
        put_json(station_view(shown, plans))
        return
    click.secho(shown.name, bold=True)
    values = [(one.key, typed.value_text(edits.value_of(shown, one.key))) for one in typed.ENTRIES]
    facts = [(f"details.{name}", value) for name, value in shown.details.items()]
    click.echo(table([*values, *facts]))
    click.secho("\nCụm loa", bold=True)
    click.echo(table([(z.id, z.name, typed.about_zone(z)) for z in shown.zones]))
    click.secho("\nKhung giờ", bold=True)
    click.echo(table([(s.id, s.name, typed.about_slot(shown, s)) for s in shown.slots]))
    for doubt in all_doubts(shown, plans):
        click.echo(f"! {doubt}")


@station.command("set")
@click.argument("key", metavar="MỤC")
@click.argument("value", metavar="GIÁ_TRỊ")
@click.pass_context
def set_(context: click.Context, key: str, value: str) -> None:
    """Đổi một mục, ví dụ: voices.rate 180, rules.latest 21:30, "details.số điện thoại" 0200..."""
    from broadcast.workflow.station_voices import require_voices  # noqa: PLC0415 - engines

    key, value = nfc(key), nfc(value)
    section, _, name = key.partition(".")
    if section == "details" and name:
        kept = typed.read_words(value)
        _change(_session(context), f"đổi {key}", lambda s: _with_fact(s, name, kept))
        return
    read = _read(edits.entry(key), value)

    def edit(before: Station) -> Station:
        after = edits.with_values(before, {key: read})
        require_profile(after.rules.profile)
        if section == "voices":
            require_voices(after.voices)
        return after

    _change(_session(context), f"đổi {key}", edit)


def _with_fact(before: Station, name: str, value: str) -> Station:
    """The station with a local fact; one without a value goes."""
    return (
        edits.put_detail(before, name, value, name) if value else edits.remove_detail(before, name)
    )


def _read(entry: typed.Entry, value: str) -> Any:
    try:
        return entry.read(value)
    except ValueError as error:
        raise InputError("Không đổi được cài đặt", f"{entry.key}: «{value}» {error}") from error


class _Typed(click.ParamType):
    """What a reader of the domain reads."""

    def __init__(self, name: str, read: Callable[[str], Any]) -> None:
        self.name = name
        self.read = read

    def convert(
        self, value: Any, param: click.Parameter | None, context: click.Context | None
    ) -> Any:
        """The value meant."""
        try:
            return self.read(nfc(value)) if isinstance(value, str) else value
        except ValueError as error:
            self.fail(f"«{value}»: {error}.")


@station.group(cls=VietnameseGroup)
def zone() -> None:
    """Cụm loa: thêm, sửa, bỏ."""


_NAME = _Typed("tên", typed.read_name)
_WORDS = _Typed("lời", typed.read_words)
_NO_LIMIT = date.min
"""What a limit of "" becomes, since None is an option that was not named."""
_LIMIT = _Typed("ngày", lambda text: typed.read_day_or_none(text) or _NO_LIMIT)
_ZONE_OPTIONS = (
    click.option("--languages", metavar="CÁC_TIẾNG",
                 type=_Typed("tiếng", typed.read_languages),
                 help='Các thứ tiếng, như "Tiếng Việt, Tiếng Thái"'),
    click.option("--network/--usb", default=None, help="Có mạng, hay chép sang bằng USB"),
    click.option("--note", metavar="LỜI", type=_Typed("lời", typed.read_words), help="Ghi chú"),
)  # fmt: skip
_SLOT_OPTIONS = (
    click.option("--days", metavar="CÁC_NGÀY", type=_Typed("ngày", typed.read_days),
                 help='Các ngày, như "T2 T4 T6" hoặc T2-T6'),
    click.option("--zones", metavar="CÁC_CỤM_LOA",
                 help='Cụm loa nghe, như "trung-tam, ban-lan"; "tất cả" là mọi cụm loa'),
    click.option("--peak/--no-peak", default=None, help="Có phải giờ nhiều người nghe không"),
    click.option("--language", metavar="TIẾNG", type=_Typed("tiếng", typed.read_name),
                 help='Tiếng nói của khung giờ, như "Tiếng Thái" (không nêu là Tiếng Việt)'),
    click.option("--from", "valid_from", metavar="NGÀY", type=_LIMIT,
                 help='Ngày đầu, như 01/12/2026; "" là không hạn'),
    click.option("--until", "valid_until", metavar="NGÀY", type=_LIMIT,
                 help='Ngày cuối, như 31/03/2027; "" là không hạn'),
    click.option("--relay", metavar="ĐÀI", type=_WORDS,
                 help='Tiếp âm đài nào, như "Đài tỉnh"; "" là không tiếp âm'),
    click.option("--repeats", metavar="KHUNG_GIỜ", type=_WORDS,
                 help='Phát lại chương trình của khung giờ nào; "" là không phát lại'),
    click.option("--column", metavar="TÊN", type=_WORDS, help='Tên chuyên mục; "" là không có'),
    click.option("--topics", metavar="CÁC_MỤC", type=_Typed("mục", typed.read_names),
                 help='Nội dung chuyên mục lấy, như "II.2/d, suoi-hoa-2026:II.2/c"'),
)  # fmt: skip
_START = _Typed("giờ", typed.read_clock)
_MINUTES = _Typed("phút", typed.read_minutes)
_YES = click.option("--yes", is_flag=True, help="Vẫn bỏ dù có tuần đang dùng")


@zone.command("add")
@click.argument("name", metavar="TÊN", type=_NAME)
@click.option("--id", "zone_id", metavar="MÃ", help="Mã (mặc định lấy theo tên)")
@options(*_ZONE_OPTIONS)
@click.pass_context
def add_zone(context: click.Context, /, *, name: str, zone_id: str | None, **given: Any) -> None:
    """Thêm một cụm loa."""
    session = _session(context)
    id_ = _new_id(zone_id, name, [z.id for z in session.station.zones], "cụm loa")
    new = replace(Zone(id_, name), **_given(given))
    _change(session, f"thêm cụm loa «{name}»", lambda s: edits.put_zone(s, new))
    click.echo(id_)


@zone.command("set")
@click.argument("zone_id", metavar="MÃ")
@click.option("--name", metavar="TÊN", type=_NAME, help="Tên mới")
@options(*_ZONE_OPTIONS)
@click.pass_context
def set_zone(context: click.Context, /, *, zone_id: str, **given: Any) -> None:
    """Sửa một cụm loa; mã giữ nguyên."""

    def edit(before: Station) -> Station:
        return edits.put_zone(before, replace(edits.find_zone(before, zone_id), **_given(given)))

    _change(_session(context), f"sửa cụm loa {zone_id}", edit)


@zone.command("remove")
@click.argument("zone_id", metavar="MÃ")
@_YES
@click.pass_context
def remove_zone(context: click.Context, zone_id: str, *, yes: bool) -> None:
    """Bỏ một cụm loa."""
    session = _session(context)
    edits.remove_zone(session.station, zone_id)  # says first whether it can go at all
    _refuse_used(session, yes, f"cụm loa {zone_id}", zone=zone_id)
    _change(session, f"bỏ cụm loa {zone_id}", lambda s: edits.remove_zone(s, zone_id))
    say(f"Đã bỏ cụm loa {zone_id}.")


@station.group(cls=VietnameseGroup)
def slot() -> None:
    """Khung giờ: thêm, sửa, bỏ."""


@slot.command("add")
@click.argument("name", metavar="TÊN", type=_NAME)
@click.option("--start", metavar="GIỜ", type=_START, required=True, help="Giờ bắt đầu, như 05:30")
@click.option("--minutes", metavar="PHÚT", type=_MINUTES, default="15", help="Số phút (15)")
@click.option("--id", "slot_id", metavar="MÃ", help="Mã (mặc định lấy theo tên)")
@options(*_SLOT_OPTIONS)
@click.pass_context
def add_slot(context: click.Context, /, *, name: str, slot_id: str | None, **given: Any) -> None:
    """Thêm một khung giờ; không nêu ngày thì là cả tuần."""
    session = _session(context)
    id_ = _new_id(slot_id, name, [s.id for s in session.station.slots], "khung giờ")
    wanted = {"days": typed.read_days("cả tuần"), **_given(given, session.station)}
    new = Slot(id_, name, **wanted)
    _change(session, f"thêm khung giờ «{name}»", lambda s: edits.put_slot(s, new))
    click.echo(id_)


@slot.command("set")
@click.argument("slot_id", metavar="MÃ")
@click.option("--name", metavar="TÊN", type=_NAME, help="Tên mới")
@click.option("--start", metavar="GIỜ", type=_START, help="Giờ bắt đầu, như 05:30")
@click.option("--minutes", metavar="PHÚT", type=_MINUTES, help="Số phút")
@options(*_SLOT_OPTIONS)
@click.pass_context
def set_slot(context: click.Context, /, *, slot_id: str, **given: Any) -> None:
    """Sửa một khung giờ; mã giữ nguyên."""

    def edit(before: Station) -> Station:
        changes = _given(given, before)
        return edits.put_slot(
            before, replace(find_slot(before, slot_id, "Không sửa được khung giờ"), **changes)
        )

    _change(_session(context), f"sửa khung giờ {slot_id}", edit)


@slot.command("remove")
@click.argument("slot_id", metavar="MÃ")
@_YES
@click.pass_context
def remove_slot(context: click.Context, slot_id: str, *, yes: bool) -> None:
    """Bỏ một khung giờ."""
    session = _session(context)
    edits.remove_slot(session.station, slot_id)  # says first whether it is there
    _refuse_used(session, yes, f"khung giờ {slot_id}", slot=slot_id)
    _change(session, f"bỏ khung giờ {slot_id}", lambda s: edits.remove_slot(s, slot_id))
    say(f"Đã bỏ khung giờ {slot_id}.")


def _given(values: dict[str, Any], of: Station | None = None) -> dict[str, Any]:
    """What was named on the command line; zones read against the station they are for."""
    named = {key: value for key, value in values.items() if value is not None}
    named |= {key: None for key, value in named.items() if value is _NO_LIMIT}
    if of is not None and "zones" in named:
        try:
            named["zones"] = typed.zones_reader(of)(nfc(named["zones"]))
        except ValueError as error:
            raise InputError("Không lưu được khung giờ", str(error)) from error
    return named


def _new_id(wanted: str | None, name: str, taken: list[str], what: str) -> str:
    if wanted is None:
        return new_id(name, taken)
    from broadcast.store.names import require_id  # noqa: PLC0415 - only with --id

    if wanted in taken:
        happened = f"đã có {what} mã {wanted}"
        raise ConflictError(f"Không thêm được {what}", happened, 'đặt mã khác, hoặc dùng "set"')
    return require_id(wanted)


def _refuse_used(session: StationSession, yes: bool, what: str, **part: str) -> None:
    """Do not quietly take away what weeks still name."""
    weeks = weeks_using(session.desk, **part)
    if weeks and not yes:
        happened = f"{what} đang dùng trong tuần {', '.join(map(str, weeks))}"
        mend = "sửa các tuần ấy trước, hoặc thêm --yes nếu vẫn bỏ"
        raise ConflictError("Chưa bỏ", happened, mend)
