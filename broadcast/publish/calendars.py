"""Calendar files of any number of weeks: one of all zones and one a zone, in a folder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from broadcast.domain.week import VIETNAM
from broadcast.publish import disk
from broadcast.publish.calendar import EventBook, telling_of, week_calendar
from broadcast.publish.compare import ExportResult, FileSource, recovered
from broadcast.publish.items import Handout
from broadcast.publish.manifest import WeekEntry
from broadcast.publish.names import programmes
from broadcast.publish.taken_back import KEPT, Before
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

    They are read in rather than followed: what was taken back since the last time stands in them
    as cancelled.

    Args:
        name: "2026", "2026-Q4", "2026-W48": what the files are called by.
        book: events written before; it learns those of now.

    Raises:
        InputError: two airings have the same id.
        ConflictError, StorageError: see `tree.export_tree`.
    """
    station = handouts[0].station
    ordered = programmes([item for one in handouts for item in one.items])
    due = {reminder.key: reminder for one in handouts for reminder in one.reminders}
    lunar = {day: told for one in handouts for day, told in one.lunar.items()}
    telling = telling_of(station, lunar, now=now)
    since = now.astimezone(VIETNAM).date() - KEPT
    zone_files = {zone.id: f"{name}-{zone.id}.ics" for zone in station.zones}
    try:
        previous = recovered(target).event_states()
        stood = {file: _standing(target / file) for file in (f"{name}.ics", *zone_files.values())}
    except OSError as error:
        raise disk.export_error(error, target) from error
    everything, states = week_calendar(
        ordered,
        station,
        previous,
        now,
        reminders=due.values(),
        telling=telling,
        book=book,
        before=Before(stood[f"{name}.ics"], since),
    )
    files = {f"{name}.ics": FileSource.of_bytes(everything)}
    for zone, file in zone_files.items():
        mine = [one for one in ordered if zone in one.item.airing.zones]
        before = Before(stood[file], since, part=True)
        data, told = week_calendar(
            mine, station, states, now, telling=telling, book=book, before=before
        )
        if told:
            files[file] = FileSource.of_bytes(data)
    return export_tree(target, files, f"lich-{name}", WeekEntry(events=states), progress)


def _standing(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""
