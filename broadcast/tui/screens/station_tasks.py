"""What the station's forms ask, and the change that their values make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import time
from typing import TYPE_CHECKING, Any

from broadcast.domain import station_edit as edits
from broadcast.domain import station_fields as typed
from broadcast.domain.station import REGIONS, VIETNAMESE, Slot, Station, Zone
from broadcast.domain.week_edit import find_slot
from broadcast.errors import Problem
from broadcast.tui.dialogs.form import Asked, Chosen, Form, Ticked, Typed, Values
from broadcast.tui.widgets.station_rows import value_for

if TYPE_CHECKING:
    from broadcast.workflow.station_session import Edit

_YES_NO = ((True, "có"), (False, "không"))
_NETWORK = ((True, "có mạng"), (False, "không có mạng, chép USB"))
_OWN_VOICE = ("", "giọng sẵn có của bộ đọc")


@dataclass(frozen=True, slots=True)
class Task:
    """A form: its title, its fields, what its values do, and how that is called."""

    title: str
    asked: Sequence[Asked]
    edit: Callable[[Values], Edit]
    what: Callable[[Values], str]

    def form(self, station: Station) -> Form:
        """The form, which knows what may not be at this station and what would be odd."""

        def notes(values: Values) -> list[Problem]:
            from broadcast.workflow.rules import all_doubts  # noqa: PLC0415 - after first paint

            before = all_doubts(station)
            return [one for one in all_doubts(self.edit(values)(station)) if one not in before]

        return Form(self.title, self.asked, lambda v: self.edit(v)(station), notes)

    def changes(self, values: Values) -> Values:
        """The values that are others than those the form began with."""
        return changed_values(self.asked, values)


def changed_values(asked: Sequence[Asked], values: Values) -> Values:
    """The values that are others than those the fields began with."""
    return {one.key: values[one.key] for one in asked if values[one.key] != _began(one)}


def _began(one: Asked) -> Any:
    if isinstance(one, Typed):
        try:
            return one.read(one.text)
        except ValueError:
            return None  # a new thing, or one that a file holds and no field would take
    return one.value if isinstance(one, Chosen) else tuple(one.values)


def values_task(station: Station, title: str, *keys: str) -> Task:
    """Single values by their dotted keys."""
    found = [edits.entry(key) for key in keys]
    # A field's key is a CSS id: it has no dots.
    names = {key.replace(".", "-"): key for key in keys}
    asked = [_asked(station, name, one) for name, one in zip(names, found, strict=True)]
    return _values(title, asked, names)


def _asked(station: Station, name: str, one: typed.Entry) -> Asked:
    """A field for a value: to choose in where it is one of a few."""
    if one.choices:
        return Chosen(name, one.label, edits.value_of(station, one.key), [*one.choices.items()])
    return Typed(name, one.label, value_for(station, one.key), one.read, one.example)


def voices_task(station: Station, speakers: Sequence[str]) -> Task:
    """How the engine reads; `speakers` are those it has."""
    rate, voices = edits.entry("voices.rate"), station.voices
    chosen = [_OWN_VOICE, *((one, one) for one in speakers)]
    asked: list[Asked] = [
        Typed("voices-rate", rate.label, str(voices.rate), rate.read, rate.example),
        Chosen("voices-women", "Giọng nữ", voices.women, chosen),
        Chosen("voices-men", "Giọng nam", voices.men, chosen),
        Chosen("voices-region", "Vùng giọng", voices.region, [(one, one) for one in REGIONS]),
    ]
    names = {one.key: one.key.replace("-", ".") for one in asked}
    return _values("Giọng đọc", asked, names)


def _values(title: str, asked: Sequence[Asked], names: dict[str, str]) -> Task:
    def edit(values: Values) -> Edit:
        changes = {names[key]: value for key, value in task.changes(values).items()}
        return lambda before: edits.with_values(before, changes)

    task = Task(title, asked, edit, lambda _values: f"đổi {title[0].lower()}{title[1:]}")
    return task


def zone_task(station: Station, old: Zone | None) -> Task:
    """A new zone, or another look at one."""
    zone = old or Zone("", "")
    asked: list[Asked] = [
        Typed("name", "Tên", zone.name, typed.read_name, "Bản Lạn"),
        Typed("languages", "Các thứ tiếng", ", ".join(zone.languages), typed.read_languages,
              "Tiếng Việt, Tiếng Thái"),
        Chosen("network", "Đường truyền", zone.network, _NETWORK),
        Typed("note", "Ghi chú", zone.note, typed.read_words, "loa đặt ở đâu, ai trông"),
    ]  # fmt: skip

    def edit(values: Values) -> Edit:
        def made(before: Station) -> Station:
            if old is None:
                return edits.put_zone(before, Zone(_new_id(values, before.zones), **values))
            changed = replace(edits.find_zone(before, old.id), **task.changes(values))
            return edits.put_zone(before, changed)

        return made

    title = f"Cụm loa «{zone.name}»" if old else "Thêm cụm loa"
    verb = "sửa" if old else "thêm"
    task = Task(title, asked, edit, lambda values: f"{verb} cụm loa «{values['name']}»")
    return task


def slot_fields(station: Station, old: Slot | None) -> list[Asked]:
    """The fields of a slot that may be other for once or from some day on."""
    start = typed.value_text(old.start) if old else ""
    asked: list[Asked] = [
        Typed("name", "Tên", old.name if old else "", typed.read_name, "Buổi sáng"),
        Typed("start", "Bắt đầu lúc", start, typed.read_clock, "05:30"),
        Typed("minutes", "Số phút", str(old.minutes if old else 15), typed.read_minutes, "15"),
        Typed("days", "Các ngày", " ".join(old.days) if old else "", typed.read_days,
              "T2 T4 T6, T2-T6 hoặc cả tuần"),
        Chosen("peak", "Giờ đông người nghe", old.peak if old else False, _YES_NO),
    ]  # fmt: skip
    spoken = dict.fromkeys((VIETNAMESE, *(one for zone in station.zones for one in zone.languages)))
    language = old.language if old else VIETNAMESE
    if len(spoken | {language: None}) > 1:
        names = [(one, one) for one in (spoken | {language: None})]
        asked.append(Chosen("language", "Tiếng nói", language, names))
    if station.zones:
        zones = [(zone.id, zone.name) for zone in station.zones]
        heard = station.zones_of(old) if old else _everywhere(station)
        none = "chọn ít nhất một cụm loa (phím cách)"
        asked.append(Ticked("zones", "Cụm loa (hết là mọi nơi)", heard, zones, none))
    return asked


def _more_slot_fields(station: Station, old: Slot | None) -> list[Asked]:
    """The fields of a slot that say what it is for, and how long it stands."""
    slot = old or Slot("", "", time(0), 15, ())
    others = [(one.id, f"phát lại «{one.name}»") for one in station.slots if one.id != slot.id]
    text = typed.value_text
    asked: list[Asked] = [
        Typed("column", "Chuyên mục", slot.column, typed.read_words, "Hỏi đáp thủ tục"),
        Typed("topics", "Chuyên mục lấy mục nào", text(slot.topics), typed.read_names,
              "II.2/d, hoặc mã kế hoạch:II.2/d"),
        Typed("relay", "Tiếp âm đài nào", slot.relay, typed.read_words, "Đài tỉnh"),
        Typed("valid_from", "Từ ngày", text(slot.valid_from), typed.read_day_or_none, "01/12/2026"),
        Typed("valid_until", "Đến hết ngày", text(slot.valid_until), typed.read_day_or_none,
              "31/03/2027"),
        Typed("except_on", "Trừ các ngày", text(slot.except_on), typed.read_dates, "06/02/2027"),
    ]  # fmt: skip
    if others:
        choices = [("", "chương trình của chính nó"), *others]
        asked.insert(2, Chosen("repeats", "Phát gì", slot.repeats, choices))
    return asked


def _everywhere(station: Station) -> tuple[str, ...]:
    return tuple(zone.id for zone in station.zones)


def slot_values(
    station: Station, old: Slot | None, asked: Sequence[Asked], values: Values
) -> Values:
    """The fields of a slot that a form's values change; of a new one all of them.

    All zones ticked means every zone, those to come too.
    """
    changed = changed_values(asked, values) if old else values
    meant = {"zones": ()} if changed.get("zones") == _everywhere(station) else {}
    return {**changed, **meant}


def slot_task(station: Station, old: Slot | None) -> Task:
    """A new slot, or another look at one."""
    asked = [*slot_fields(station, old), *_more_slot_fields(station, old)]

    def edit(values: Values) -> Edit:
        named = slot_values(station, old, asked, values)

        def made(before: Station) -> Station:
            if old is None:
                return edits.put_slot(before, Slot(_new_id(values, before.slots), **named))
            slot = find_slot(before, old.id, "Không sửa được khung giờ")
            return edits.put_slot(before, replace(slot, **named))

        return made

    title = f"Khung giờ «{old.name}»" if old else "Thêm khung giờ"
    verb = "sửa" if old else "thêm"
    return Task(title, asked, edit, lambda values: f"{verb} khung giờ «{values['name']}»")


def detail_task(station: Station, old: str) -> Task:
    """A new local fact, or another look at one."""
    asked = [
        Typed("name", "Tên mục", old, typed.read_name, "số điện thoại"),
        Typed("value", "Ghi là", station.details.get(old, ""), typed.read_name, "0200.300.0118"),
    ]

    def edit(values: Values) -> Edit:
        return lambda before: edits.put_detail(before, values["name"], values["value"], old)

    title = f"Thông tin «{old}»" if old else "Thêm thông tin địa phương"
    verb = "sửa" if old else "thêm"
    return Task(title, asked, edit, lambda values: f"{verb} thông tin «{values['name']}»")


def _new_id(values: Values, there: Sequence[Zone] | Sequence[Slot]) -> str:
    from broadcast.workflow.station_session import new_id  # noqa: PLC0415 - after first paint

    return new_id(values["name"], [one.id for one in there])
