"""Changes to a station, each a function from a station to a new one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import time
from typing import Any, TypeVar

from broadcast.domain.slot_check import wrong
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.station_fields import ENTRIES, Entry
from broadcast.domain.week_edit import find_slot
from broadcast.domain.wording import clock
from broadcast.errors import InputError, NotFoundError


def entry(key: str) -> Entry:
    """The entry of that dotted key.

    Raises:
        NotFoundError: there is none.
    """
    found = next((one for one in ENTRIES if one.key == key), None)
    if found is None:
        mend = f"dùng một trong: {', '.join(one.key for one in ENTRIES)}, details.TÊN"
        raise NotFoundError("Không đổi được cài đặt", f"không có mục «{key}»", mend)
    return found


def value_of(station: Station, key: str) -> Any:
    """The value of a dotted key."""
    value: Any = station
    for part in key.split("."):
        value = getattr(value, part)
    return value


def with_values(station: Station, values: Mapping[str, Any]) -> Station:
    """The station with other values, by their dotted keys.

    Raises:
        InputError: they do not go with each other or with the rest.
    """
    after = station
    for key, value in values.items():
        after = _with(after, key, value)
    wrong = hours_wrong(after.rules.earliest, after.rules.latest)
    if wrong and after.rules != station.rules:
        raise InputError("Không đổi được cài đặt", wrong, "đổi một trong hai giờ")
    return after


def _with(station: Station, key: str, value: Any) -> Station:
    section, _, name = key.rpartition(".")
    changes = {name: value}
    if section:
        changes = {section: replace(getattr(station, section), **changes)}
    return replace(station, **changes)


def hours_wrong(earliest: time, latest: time) -> str:
    """What is wrong with the hours of broadcasting, "" if nothing; 00:00 ends the day."""
    if latest != time(0) and earliest >= latest:
        return f"giờ bắt đầu {clock(earliest)} phải trước giờ kết thúc {clock(latest)}"
    return ""


# Zones and slots: an id that the station has changes that one, another one comes last.


def find_zone(station: Station, zone_id: str) -> Zone:
    """The zone of that id.

    Raises:
        NotFoundError: there is none; it names those there are.
    """
    found = station.zone(zone_id)
    if found is None:
        known = ", ".join(zone.id for zone in station.zones) or "chưa có cụm loa nào"
        raise NotFoundError(f"Không có cụm loa «{zone_id}»", f"hiện có: {known}")
    return found


def put_zone(station: Station, zone: Zone) -> Station:
    """The station with `zone`, in place of the one of its id.

    Raises:
        InputError: another zone has its name.
    """
    _name_free(station.zones, zone, "cụm loa")
    return replace(station, zones=_put(station.zones, zone))


def put_slot(station: Station, slot: Slot) -> Station:
    """The station with `slot`, in place of the one of its id.

    Raises:
        InputError: another slot has its name, it is for a zone that is not there, or it does not
            go with the other slots (`slot_check.wrong`).
    """
    _name_free(station.slots, slot, "khung giờ")
    unknown = [one for one in slot.zones if station.zone(one) is None]
    if unknown:
        raise InputError("Không lưu được khung giờ", f"không có cụm loa «{unknown[0]}»")
    slots = _put(station.slots, slot)
    bad = next(wrong(slots), None)
    if bad and bad not in wrong(station.slots):
        about = "" if slots[bad.number].id == slot.id else f" (khung giờ {slots[bad.number].id})"
        raise InputError("Không lưu được khung giờ", f"{bad.message}{about}", bad.mend)
    return replace(station, slots=slots)


def remove_zone(station: Station, zone_id: str) -> Station:
    """The station without that zone, which no slot names any more.

    Raises:
        NotFoundError: there is none of that id.
        InputError: a slot is for it alone; without a zone it would be for every one.
    """
    find_zone(station, zone_id)
    alone = [slot.name for slot in station.slots if slot.zones == (zone_id,)]
    if alone:
        mend = "bỏ khung giờ ấy, hoặc chọn cụm loa khác cho nó trước"
        happened = f"khung giờ «{alone[0]}» chỉ dành cho cụm loa này"
        raise InputError("Không bỏ được cụm loa", happened, mend)
    slots = tuple(
        replace(slot, zones=tuple(one for one in slot.zones if one != zone_id))
        for slot in station.slots
    )
    zones = tuple(zone for zone in station.zones if zone.id != zone_id)
    return replace(station, zones=zones, slots=slots)


def remove_slot(station: Station, slot_id: str) -> Station:
    """The station without that slot; those that go on from it go on from what it went on from.

    Raises:
        NotFoundError: there is none of that id.
        InputError: another slot repeats it.
    """
    title = "Không bỏ được khung giờ"
    gone = find_slot(station, slot_id, title)
    repeating = [slot.id for slot in station.slots if slot.repeats == slot_id]
    if repeating:
        happened = f"khung giờ {repeating[0]} phát lại chương trình của khung giờ này"
        raise InputError(title, happened, f"bỏ hoặc sửa khung giờ {repeating[0]} trước")
    rest = (slot for slot in station.slots if slot.id != slot_id)
    slots = (replace(s, follows=gone.follows) if s.follows == slot_id else s for s in rest)
    return replace(station, slots=tuple(slots))


def put_detail(station: Station, name: str, value: str, old: str = "") -> Station:
    """The station with a local fact; `old` is the name it had, its place stays.

    Raises:
        InputError: another fact has that name.
    """
    if name != old and name in station.details:
        raise InputError("Không lưu được thông tin", f"đã có mục «{name}»", "sửa mục ấy")
    details = {name if key == old else key: held for key, held in station.details.items()}
    return replace(station, details={**details, name: value})


def remove_detail(station: Station, name: str) -> Station:
    """The station without that local fact.

    Raises:
        NotFoundError: there is none of that name.
    """
    if name not in station.details:
        known = ", ".join(station.details) or "chưa có mục nào"
        raise NotFoundError("Không có thông tin này", f"không có mục «{name}»", f"hiện có: {known}")
    details = {key: value for key, value in station.details.items() if key != name}
    return replace(station, details=details)


_Named = TypeVar("_Named", Zone, Slot)


def _put(items: tuple[_Named, ...], new: _Named) -> tuple[_Named, ...]:
    if all(item.id != new.id for item in items):
        return items + (new,)  # noqa: RUF005 - else the types of the two mix
    return tuple(new if item.id == new.id else item for item in items)


def _name_free(items: tuple[_Named, ...], new: _Named, what: str) -> None:
    names = {item.name.casefold() for item in items if item.id != new.id}
    if new.name.casefold() in names:
        raise InputError(f"Không lưu được {what}", f"đã có {what} tên «{new.name}»", "đặt tên khác")


def changed(station: Station, old: Station, new: Station) -> Station | None:
    """Do to `station` what led from `old` to `new`; parts both have alike are left alone.

    None where a part that changes is not there as it was in `old`.
    """
    if station == old:
        return replace(new, screen=station.screen)
    here, before, after = _parts(station), _parts(old), _parts(new)
    touched = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    if any(here.get(key) != before.get(key) for key in touched):
        return None
    for key in touched:
        kind, _, name = key.partition(" ")
        station = _with_part(station, kind, name, after.get(key))
    known = {zone.id for zone in station.zones}
    heard = all(known.issuperset(slot.zones) for slot in station.slots)
    return station if heard and not any(wrong(station.slots)) else None


def _parts(station: Station) -> dict[str, Any]:
    """What can change by itself, each by a name of its own."""
    parts = {f"value {one.key}": value_of(station, one.key) for one in ENTRIES}
    parts |= {f"zone {zone.id}": zone for zone in station.zones}
    parts |= {f"slot {slot.id}": slot for slot in station.slots}
    return parts | {f"detail {name}": held for name, held in station.details.items()}


def _with_part(station: Station, kind: str, name: str, part: Any) -> Station:
    if kind == "value":
        return _with(station, name, part)
    if kind == "zone":
        rest = tuple(zone for zone in station.zones if zone.id != name)
        return replace(station, zones=_put(station.zones, part) if part else rest)
    if kind == "slot":
        rest_of_slots = tuple(slot for slot in station.slots if slot.id != name)
        return replace(station, slots=_put(station.slots, part) if part else rest_of_slots)
    details = {key: held for key, held in station.details.items() if key != name}
    if part is not None:
        details = {**station.details, name: part}
    return replace(station, details=details)
