"""Calendar files of any number of weeks: one of all zones and one a zone, in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from broadcast.publish import disk
from broadcast.publish.calendar import EventBook, telling_of, week_calendar
from broadcast.publish.compare import ExportResult, FileSource, recovered
from broadcast.publish.items import Handout
from broadcast.publish.manifest import WeekEntry
from broadcast.publish.names import programmes
from broadcast.publish.tree import Progress, export_tree


def write_calendars(  # noqa: PLR0913 - what goes where, and what is remembered
    target: Path,
    name: str,
    handouts: Sequence[Handout],
    now: datetime,
    *,
    book: EventBook,
    progress: Progress = lambda copied: None,
) -> ExportResult:
    """Make `target` hold NAME.ics and NAME-ZONE.ics of these weeks (of one station, in order).

    Args:
        name: "2026", "2026-Q4", "2026-W48": what the files are called by.
        book: events written before; it learns those of now.

    Raises:
        InputError: two airings have the same id.
        ConflictError, StorageError: see `tree.export_tree`.
    """
    try:
        previous = recovered(target).event_states()
    except OSError as error:
        raise disk.export_error(error, target) from error
    station = handouts[0].station
    ordered = programmes([item for one in handouts for item in one.items])
    due = {reminder.key: reminder for one in handouts for reminder in one.reminders}
    lunar = {day: told for one in handouts for day, told in one.lunar.items()}
    telling = telling_of(station, lunar)
    everything, states = week_calendar(
        ordered, station, previous, now, reminders=due.values(), telling=telling, book=book
    )
    files = {f"{name}.ics": FileSource.of_bytes(everything)}
    heard = {zone for one in ordered for zone in one.item.airing.zones}
    for zone in station.zones:
        if zone.id in heard:
            mine = [one for one in ordered if zone.id in one.item.airing.zones]
            data, _ = week_calendar(mine, station, states, now, telling=telling, book=book)
            files[f"{name}-{zone.id}.ics"] = FileSource.of_bytes(data)
    return export_tree(target, files, f"lich-{name}", WeekEntry(events=states), progress)
