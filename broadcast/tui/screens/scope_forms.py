"""What is asked of a change that may reach several times, and what each scope of it comes to."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

from broadcast.domain import station_edit
from broadcast.domain import station_fields as typed
from broadcast.domain.scoped import SCOPES, Scope
from broadcast.domain.scoped_series import SeriesEdit
from broadcast.domain.scoped_slot import SlotEdit
from broadcast.errors import BroadcastError
from broadcast.tui.dialogs.form import Asked, Chosen, Form, Typed, Values
from broadcast.tui.screens import station_tasks as tasks

if TYPE_CHECKING:
    from broadcast.domain.station import Slot, Station
    from broadcast.domain.week import Airing, WeekId
    from broadcast.tui.office import Office
    from broadcast.workflow.scoped_changes import Preview

PreviewOf = Callable[[Scope], "Preview"]
"""In the worker: what a scope comes to; raises BroadcastError where it cannot be."""

Previews = dict[Scope, "Preview | BroadcastError"]
"""What each scope comes to, or why it cannot be."""


def previews(preview_of: PreviewOf) -> Previews:
    """In the worker: what every scope comes to.

    Raises:
        BroadcastError: none of them can be; why the first cannot.
    """
    found = Previews()
    for scope in SCOPES:
        try:
            found[scope] = preview_of(scope)
        except BroadcastError as error:
            found[scope] = error
    errors = [one for one in found.values() if isinstance(one, BroadcastError)]
    if len(errors) == len(found):
        raise errors[0]
    return found


# Slots


def slot_form(station: Station, slot: Slot) -> Form:
    """The fields of a slot that may be other for once, from some day on, or altogether."""

    def attempt(values: Values) -> object:
        changed = replace(slot, **tasks.slot_values(station, slot, asked, values))
        return station_edit.put_slot(station, changed)

    asked = tasks.slot_fields(station, slot)
    return Form(f"Đổi khung giờ «{slot.name}»", asked, attempt)


def slot_changed(  # noqa: PLR0913, PLR0917 - the slot, where it stands, and what was asked
    office: Office, station: Station, slot: Slot, day: date, asked: Sequence[Asked], values: Values
) -> PreviewOf | None:
    """What a form's values come to by scope; None if they change nothing."""
    changes = tasks.slot_values(station, slot, asked, values)
    return of_slot(office, slot.id, SlotEdit(**changes), day) if changes else None


def slot_gone(office: Office, slot_id: str, day: date) -> PreviewOf:
    """What taking a slot away comes to."""
    return of_slot(office, slot_id, SlotEdit(remove=True), day)


def of_slot(office: Office, slot_id: str, edit: SlotEdit, day: date) -> PreviewOf:
    """What an edit of a slot comes to, from its time on `day`."""
    return lambda scope: office.wide.scoped.preview_slot(
        slot_id, edit, scope=scope, day=day, now=office.now()
    )


# Airings and those like them


def airing_form(station: Station, airing: Airing, title: str) -> Form:
    """The fields of an airing that others of its column or programme may share."""
    slots: list[tuple[Any, str]] = [(None, "giữ khung giờ của từng lượt")]
    slots += [
        (slot.id, f"{typed.value_text(slot.start)} {slot.name}")
        for slot in station.slots
        if slot.id != airing.slot and not slot.relay
    ]
    asked: list[Asked] = [
        Chosen("slot", "Dời sang khung giờ", None, slots),
        Typed("minutes", "Số phút", str(airing.minutes), typed.read_minutes, "15"),
        Typed("title", "Tên", airing.title, typed.read_name, "Cách giữ mã hồ sơ"),
    ]
    return Form(f"Đổi «{title}»", asked)


def airing_changed(
    office: Office, week_id: WeekId, airing: Airing, asked: Sequence[Asked], values: Values
) -> PreviewOf | None:
    """What a form's values come to by scope; None if they change nothing."""
    changes = tasks.changed_values(asked, values)
    return _of_airing(office, week_id, airing.id, SeriesEdit(**changes)) if changes else None


def airing_gone(office: Office, week_id: WeekId, airing_id: str) -> PreviewOf:
    """What taking an airing and its like away comes to."""
    return _of_airing(office, week_id, airing_id, SeriesEdit(remove=True))


def _of_airing(office: Office, week_id: WeekId, airing_id: str, edit: SeriesEdit) -> PreviewOf:
    return lambda scope: office.wide.scoped.preview_series(
        week_id, airing_id, edit, scope=scope, now=office.now()
    )
