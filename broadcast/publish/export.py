"""One week handed out: day folders, calendar, playlist, sheet and manifest in one folder."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from broadcast.errors import NotFoundError, Problem
from broadcast.publish import disk
from broadcast.publish.calendar import week_calendar
from broadcast.publish.items import Handout, Programme
from broadcast.publish.manifest import WeekEntry
from broadcast.publish.names import programmes, week_file
from broadcast.publish.paper import operator_sheet
from broadcast.publish.playlist import week_playlist
from broadcast.publish.tree import ExportResult, FileSource, Progress, export_tree, recovered


def export_week(
    target: Path,
    handout: Handout,
    now: datetime,
    progress: Progress = lambda done, total: None,
) -> ExportResult:
    """Write everything of one week into `target` (design: "export WEEK --to DIR").

    Args:
        target: the folder, made if missing; it may hold other weeks and foreign files.
        handout: the week, its airings and the zone it is for.
        now: the time of changes in the calendar, aware.
        progress: told files written and files to write; what it raises stops the export.

    Raises:
        InputError: two airings have the same id.
        NotFoundError: an MP3 is missing.
        ConflictError, StorageError: see `tree.export_tree`.
    """
    ordered = programmes(handout.items)
    try:
        previous = recovered(target).event_states()
    except OSError as error:
        raise disk.export_error(error, target) from error
    calendar, events = week_calendar(ordered, handout.station, previous, now)
    texts = {
        "ics": calendar,
        "m3u8": week_playlist(ordered, f"{handout.station.name}, tuần {handout.week}"),
        "txt": operator_sheet(handout, ordered),
    }
    files = _media(ordered)
    for ending, data in texts.items():
        files[week_file(handout.week, ending)] = FileSource.of_bytes(data)
    about = WeekEntry(handout.zone.id if handout.zone else None, events=events)
    return export_tree(target, files, str(handout.week), about, progress)


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
