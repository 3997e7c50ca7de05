"""Calendar files of weeks, and other people's calendars read into the station's times."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.domain.days import OwnDay
from broadcast.domain.periods import Period
from broadcast.domain.station import Slot, Station
from broadcast.domain.station_edit import put_slot
from broadcast.domain.station_fields import about_slot
from broadcast.domain.week import WeekId
from broadcast.domain.wording import day_text
from broadcast.errors import InputError, NotFoundError, Problem
from broadcast.store.event_cache import keep_events, load_events
from broadcast.store.files import read_bytes
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.handing_out import airings_for, chosen_zones, handout
from broadcast.workflow.progress import SILENT, Progress, Step
from broadcast.workflow.station_session import Edit, StationSession
from broadcast.workflow.weeks import seen_from

if TYPE_CHECKING:
    from broadcast.publish.compare import ExportResult
    from broadcast.publish.ics_import import Taken
    from broadcast.publish.items import Handout
    from broadcast.publish.tree import Copied

_READING = "đọc các tuần"


def handouts_of(
    workspace: Workspace, weeks: Sequence[WeekId], progress: Progress = SILENT
) -> list[Handout]:
    """Those of the weeks that have a file, as they are handed out; not ready ones without sound.

    Raises:
        NotFoundError: none of them has a file.
    """
    desk, known = Desk(workspace), set(workspace.week_ids())
    there = [one for one in weeks if one in known]
    if not there:
        mend = "xếp lịch trước: broadcast week fill"
        raise NotFoundError("Chưa có lịch để xuất", "chưa có tuần nào trong khoảng ấy", mend)
    found = []
    for done, one in enumerate(there):
        progress.step(_READING, done, len(there))
        view = seen_from(desk, desk.week(one))
        found.append(handout(workspace, view, airings_for(view, ()), ()))
    return found


def export_calendars(
    workspace: Workspace,
    span: Period,
    target: Path,
    *,
    now: datetime,
    progress: Progress = SILENT,
) -> ExportResult:
    """Write the calendar of a week, a quarter, a year to a folder: of all zones, and one a zone.

    Raises:
        CancelledError: the person asked to stop.
        NotFoundError: no week of it has a file.
        ConflictError, StorageError: something is in the way there, or the disk refuses.
    """
    from broadcast.publish.calendar import EventBook  # noqa: PLC0415 - icalendar
    from broadcast.publish.calendars import write_calendars  # noqa: PLC0415

    handouts = handouts_of(workspace, span.weeks(), progress)
    cache = workspace.cache / "events.json"
    book = EventBook(load_events(cache))

    def tell(copied: Copied) -> None:
        progress.report(Step(copied.path, copied.done, copied.files, copied.written, copied.size))

    result = write_calendars(target, str(span), handouts, now, book=book, progress=tell)
    keep_events(cache, book.known)
    return result


@dataclass(frozen=True, slots=True)
class CalendarRead:
    """What a calendar file brings: slots that are taken and days of the station's own.

    `slots` and `days` are those that are new or different; `problems` could not be used.
    """

    slots: tuple[Slot, ...]
    days: tuple[OwnDay, ...]
    problems: tuple[Problem, ...]


def read_calendar_file(
    desk: Desk, file: Path, today: date, *, zones: Collection[str] = (), closed: bool = False
) -> CalendarRead:
    """What importing a calendar file would change; nothing is changed.

    Args:
        zones: ids of the zones in which its times are taken, none for all.
        closed: whether the station is silent on its whole days.

    Raises:
        InputError: it is no calendar, or no such zone.
        NotFoundError, StorageError: it cannot be read.
    """
    from broadcast.publish.ics_import import TakenDays, read_calendar  # noqa: PLC0415 - icalendar

    station = desk.station()
    chosen = tuple(zone.id for zone in chosen_zones(station, zones))
    found, problems = read_calendar(read_bytes(file), file.name, today)
    read = [_slot(one, chosen) for one in found if not isinstance(one, TakenDays)]
    slots = list(_told_apart(read, station))
    days = [
        OwnDay(one.name, one.first, one.last if one.last > one.first else None, closed=closed)
        for one in found
        if isinstance(one, TakenDays)
    ]
    fresh = tuple(slot for slot in slots if station.slot(slot.id) != slot)
    return CalendarRead(fresh, tuple(d for d in days if d not in station.days), tuple(problems))


def _told_apart(slots: Sequence[Slot], station: Station) -> Iterator[Slot]:
    """The slots with names of their own: one event gives several, two may be called the same."""
    ids = {slot.id for slot in slots}
    used = {slot.name.casefold() for slot in station.slots if slot.id not in ids}
    named = Counter(slot.name.casefold() for slot in slots)
    for slot in slots:
        name = slot.name
        if slot.valid_from and slot.valid_from == slot.valid_until and named[name.casefold()] > 1:
            name = f"{name} {day_text(slot.valid_from)}"
        others = (f"{name} ({number})" for number in itertools.count(2))
        free = next(one for one in itertools.chain([name], others) if one.casefold() not in used)
        used.add(free.casefold())
        yield replace(slot, name=free)


def taking_in(read: CalendarRead, *, closed: bool = False) -> Edit:
    """The change that puts what was read into a station.

    Args:
        closed: the station is silent on the whole days.
    """

    def edit(station: Station) -> Station:
        for slot in read.slots:
            station = put_slot(station, slot)
        days = (replace(day, closed=day.closed or closed) for day in read.days)
        return replace(station, days=(*station.days, *days))

    return edit


def take_in(desk: Desk, read: CalendarRead, file: str) -> bool:
    """Put what was read into the station, as one step that can be undone; whether it changed.

    Raises:
        InputError: a time does not go with the station's others.
        BroadcastError: the station's file cannot be written.
    """
    return StationSession.open(desk).change(f"nhập lịch {file}", taking_in(read))


def read_lines(station: Station, read: CalendarRead) -> Iterator[str]:
    """What was read, a line a time and a day."""
    for slot in read.slots:
        yield f"{slot.name}: {about_slot(station, slot)}"
    for day in read.days:
        until = f" đến {day_text(day.until)}" if day.until else ""
        yield f"{day.name}: {day_text(day.day) if day.day else ''}{until}"


def _slot(taken: Taken, zones: tuple[str, ...]) -> Slot:
    """A taken time as a slot that carries somebody else's programme."""
    from broadcast.publish.ics_import import TakenTime  # noqa: PLC0415 - icalendar

    if not isinstance(taken, TakenTime):
        raise InputError("Chưa nhập được lịch", f"«{taken.name}» không có giờ")
    return Slot(
        taken.id,
        taken.name,
        taken.start,
        taken.minutes,
        taken.days,
        zones,
        relay=taken.name,
        valid_from=taken.first,
        valid_until=taken.last,
        except_on=taken.except_on,
    )
