"""One week handed out: day folders, calendar, playlist, sheet and manifest in one folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from broadcast.errors import NotFoundError, Problem
from broadcast.publish import disk
from broadcast.publish.calendar import week_calendar
from broadcast.publish.compare import DigestOf, ExportResult, FileSource, Survey, recovered
from broadcast.publish.drives import refuse_missing_drive
from broadcast.publish.items import Handout, Programme
from broadcast.publish.manifest import WeekEntry
from broadcast.publish.names import of_zones, programmes, week_file
from broadcast.publish.paper import operator_sheet
from broadcast.publish.playlist import week_playlist
from broadcast.publish.tree import Copied, Progress, damaged, export_tree, preview_tree
from broadcast.storage import file_digest, storage_error

__all__ = ["Copied", "Looked", "check_target", "export_week", "preview_week", "week_sheet"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What an export would do.

    `programmes` are the airings by the path of their file, in order; `damaged` the paths of those
    whose finished file has other bytes than when it was made: an export would refuse them.
    """

    survey: Survey
    programmes: dict[str, Programme]
    damaged: tuple[str, ...]


def export_week(
    target: Path,
    handout: Handout,
    now: datetime,
    progress: Progress = lambda copied: None,
) -> ExportResult:
    """Write everything of one week into `target` (design: "export WEEK --to DIR").

    Args:
        target: the folder, made if missing; it may hold other weeks and foreign files.
        handout: the week, its airings and the zones it is for.
        now: the time of changes in the calendar, aware.
        progress: told how far it is; what it raises stops the export.

    Raises:
        InputError: two airings have the same id.
        NotFoundError: an MP3 is missing.
        ConflictError, StorageError: see `tree.export_tree`.
    """
    files, about = _prepared(target, handout, programmes(handout.items), now)
    return export_tree(target, files, str(handout.week), about, progress)


def preview_week(
    target: Path, handout: Handout, now: datetime, digest_of: DigestOf = file_digest
) -> Looked:
    """What `export_week` would do now; nothing is written.

    Raises:
        InputError, NotFoundError, ConflictError, StorageError: as `export_week`.
    """
    ordered = programmes(handout.items)
    files, about = _prepared(target, handout, ordered, now)
    found = preview_tree(target, files, str(handout.week), about, digest_of)
    every = [*ordered, *(one for zone in of_zones(ordered).values() for one in zone)]
    by_path = {one.path: one for one in every if one.path}
    try:
        return Looked(found, by_path, damaged(files, found, digest_of))
    except OSError as error:
        raise storage_error(error, title="Không đọc được tệp tiếng") from error


def check_target(target: Path) -> None:
    """Whether a week could be written there, as far as that can be told without one.

    Raises:
        ConflictError: its manifest.json is not ours.
        StorageError: no such drive, no folder, read-only, or not allowed.
    """
    refuse_missing_drive(target)
    try:
        disk.check_folder(target)
        recovered(target)
        disk.check_writable(target)
    except OSError as error:
        raise disk.export_error(error, target) from error


def week_sheet(handout: Handout) -> str:
    """The operator's sheet as it reads on the screen."""
    data = operator_sheet(handout, programmes(handout.items))
    return data.decode("utf-8-sig").replace("\r\n", "\n")


def _prepared(
    target: Path, handout: Handout, ordered: Sequence[Programme], now: datetime
) -> tuple[dict[str, FileSource], WeekEntry]:
    """Every file of the week in playing order, and what the manifest says beside them."""
    try:
        previous = recovered(target).event_states()
    except OSError as error:
        raise disk.export_error(error, target) from error
    calendar, events = week_calendar(
        ordered,
        handout.station,
        previous,
        now,
        reminders=handout.reminders,
        lunar=handout.lunar,
    )
    texts = {
        "ics": calendar,
        "m3u8": week_playlist(ordered, f"{handout.station.name}, tuần {handout.week}"),
        "txt": operator_sheet(handout, ordered),
    }
    zones = of_zones(ordered)
    files = _media([*ordered, *(one for zone in zones.values() for one in zone)])
    for zone, heard in zones.items():
        told = f"{handout.station.name}, {_zone_name(handout, zone)}, tuần {handout.week}"
        data = week_playlist(heard, told)
        files[f"{handout.week}-{zone}.m3u8"] = FileSource.of_bytes(data)
    for ending, data in texts.items():
        files[week_file(handout.week, ending)] = FileSource.of_bytes(data)
    return files, WeekEntry(tuple(zone.id for zone in handout.zones), events=events)


def _zone_name(handout: Handout, zone_id: str) -> str:
    zone = handout.station.zone(zone_id)
    return zone.name if zone else zone_id


def _media(ordered: Iterable[Programme]) -> dict[str, FileSource]:
    files: dict[str, FileSource] = {}
    problems = []
    for programme in ordered:
        if programme.path is None or programme.item.source is None:
            continue
        try:
            source = FileSource.of_file(programme.item.source, programme.item.digest)
        except OSError:
            problems.append(Problem("không có tệp tiếng", str(programme.item.source)))
        else:
            files[programme.path] = source
    if problems:
        mend = "thu tiếng cho tuần này (broadcast render) rồi xuất lại"
        raise NotFoundError("Không xuất được", "thiếu tệp tiếng", mend, problems)
    return files
