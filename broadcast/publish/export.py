"""One week handed out: day folders, calendar, playlist, sheet and manifest in one folder."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from broadcast.errors import InputError, NotFoundError, Problem
from broadcast.publish import disk
from broadcast.publish.calendar import telling_of, week_calendar
from broadcast.publish.compare import DigestOf, ExportResult, FileSource, Survey, recovered
from broadcast.publish.drives import refuse_missing_drive
from broadcast.publish.items import Handout, Programme
from broadcast.publish.manifest import Manifest, WeekEntry, airings_by_path
from broadcast.publish.names import of_zones, programmes, week_file
from broadcast.publish.paper import operator_sheet
from broadcast.publish.players import PLAYERS, Layout, Player
from broadcast.publish.playlist import week_playlist
from broadcast.publish.sheet import week_on_sheet
from broadcast.publish.taken_back import Before
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
    player: Player = PLAYERS[0],
) -> ExportResult:
    """Write everything of one week into `target` (design: "export WEEK --to DIR").

    Args:
        target: the folder, made if missing; it may hold other weeks and foreign files.
        handout: the week, its airings and the zones it is for.
        now: the time of changes in the calendar, aware.
        progress: told how far it is; what it raises stops the export.
        player: what the folder is for; any but the plain stick gets its own files and the sheet.

    Raises:
        InputError: two airings have the same id, or the player cannot play the week.
        NotFoundError: an MP3 is missing.
        ConflictError, StorageError: see `tree.export_tree`.
    """
    files, about, _ = _prepared(target, handout, now, player)
    return export_tree(target, files, str(handout.week), about, progress)


def preview_week(
    target: Path,
    handout: Handout,
    now: datetime,
    digest_of: DigestOf = file_digest,
    player: Player = PLAYERS[0],
) -> Looked:
    """What `export_week` would do now; nothing is written.

    Raises:
        InputError, NotFoundError, ConflictError, StorageError: as `export_week`.
    """
    files, about, ordered = _prepared(target, handout, now, player)
    found = preview_tree(target, files, str(handout.week), about, digest_of)
    every = [*ordered, *(one for zone in of_zones(ordered).values() for one in zone)]
    by_path = {one.path: one for one in every if one.path}
    try:
        return Looked(found, by_path, damaged(files, found, digest_of))
    except OSError as error:
        raise storage_error(error, title="Không đọc được tệp tiếng") from error


def wanted_files(
    target: Path, handout: Handout, now: datetime, player: Player = PLAYERS[0]
) -> dict[str, str]:
    """The digest of every file that `export_week` would make `target` hold, by relative path.

    Raises:
        InputError, NotFoundError, ConflictError, StorageError: as `export_week`.
    """
    files, _, _ = _prepared(target, handout, now, player)
    return {path: file.digest for path, file in files.items()}


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


def week_sheet(handout: Handout, player: Player = PLAYERS[0]) -> str:
    """The operator's sheet as it reads on the screen, with the names files have on the player."""
    ordered = programmes(handout.items)
    if player is not PLAYERS[0]:
        ordered = _on_sheet(ordered, _laid_out(ordered, player))
    data = operator_sheet(handout, ordered)
    return data.decode("utf-8-sig").replace("\r\n", "\n")


_Prepared = tuple[dict[str, FileSource], WeekEntry, tuple[Programme, ...]]
"""Every file by path in playing order, what the manifest says beside them, and the programmes."""


def _prepared(target: Path, handout: Handout, now: datetime, player: Player) -> _Prepared:
    ordered = programmes(handout.items)
    if player is not PLAYERS[0]:
        return _for_player(handout, ordered, player)
    try:
        manifest = recovered(target)
        before = _calendar_before(target, handout, manifest)
    except OSError as error:
        raise disk.export_error(error, target) from error
    calendar, events = week_calendar(
        ordered,
        handout.station,
        manifest.event_states(),
        now,
        reminders=handout.reminders,
        telling=telling_of(handout.station, handout.lunar),
        before=before,
    )
    playlist = week_playlist(ordered, f"{handout.station.name}, tuần {handout.week}")
    zones = of_zones(ordered)
    files = media([*ordered, *(one for zone in zones.values() for one in zone)])
    for zone, heard in zones.items():
        told = f"{handout.station.name}, {_zone_name(handout, zone)}, tuần {handout.week}"
        data = week_playlist(heard, told)
        files[f"{handout.week}-{zone}.m3u8"] = FileSource.of_bytes(data)
    files[week_file(handout.week, "ics")] = FileSource.of_bytes(calendar)
    files[week_file(handout.week, "m3u8")] = FileSource.of_bytes(playlist)
    files |= _sheets(handout, ordered)
    about = WeekEntry(
        tuple(zone.id for zone in handout.zones),
        events=events,
        airings=airings_by_path(ordered, zones),
        player=player.id,
    )
    return files, about, ordered


def _calendar_before(target: Path, handout: Handout, manifest: Manifest) -> Before | None:
    """The week's calendar as it stands there, if it was for the same zones."""
    entry, file = manifest.weeks.get(str(handout.week)), week_file(handout.week, "ics")
    zones = tuple(zone.id for zone in handout.zones)
    if entry is None or entry.zones != zones or not (target / file).is_file():
        return None
    return Before((target / file).read_bytes())


def _sheets(handout: Handout, shown: Sequence[Programme]) -> dict[str, FileSource]:
    """The operator's sheet, as text and for Word: a form, which comes back with ticks."""
    from broadcast.publish.docx_sheet import sheet_paper  # noqa: PLC0415 - python-docx is slow

    paper = sheet_paper(week_on_sheet(handout, shown))
    forms = {"txt": operator_sheet(handout, shown), "docx": paper}
    return {
        week_file(handout.week, ending): FileSource.of_bytes(data, filled_in=True)
        for ending, data in forms.items()
    }


def _for_player(handout: Handout, ordered: Sequence[Programme], player: Player) -> _Prepared:
    """The files of a player's card, and the sheet that says which file is which programme."""
    layout = _laid_out(ordered, player)
    problems = [*layout.problems, *_several_versions(ordered, player)]
    if problems:
        happened = f"{player.name} không phát được tuần {handout.week} như đã xếp; chưa ghi gì cả"
        raise InputError("Chưa xuất", happened, "làm theo gợi ý rồi xuất lại", problems)
    files = media([replace(one, path=path) for path, one in layout.sounds.items()])
    files |= {path: FileSource.of_bytes(data) for path, data in layout.lists.items()}
    shown = _on_sheet(ordered, layout)
    files |= _sheets(handout, shown)
    about = WeekEntry(
        tuple(zone.id for zone in handout.zones),
        airings=airings_by_path(shown),
        player=player.id,
    )
    return files, about, shown


def _laid_out(ordered: Sequence[Programme], player: Player) -> Layout:
    return player.lay_out([one for one in ordered if one.path])


def _on_sheet(ordered: Sequence[Programme], layout: Layout) -> tuple[Programme, ...]:
    """The programmes with their names on the player, and those without sound among them."""
    silent = [one for one in ordered if not one.path]
    return tuple(sorted([*layout.placed, *silent], key=lambda one: one.item.airing.starts))


def _several_versions(ordered: Iterable[Programme], player: Player) -> list[Problem]:
    """Zones of one card that ought to hear different things."""
    names = {one.zone_name for programme in ordered for one in programme.item.variants}
    if not names:
        return []
    told = f"{player.name}: {', '.join(sorted(names))} nghe bản riêng, một thẻ chỉ chứa một bản"
    return [Problem(told, suggestion="xuất riêng từng cụm loa (--zone)")]


def _zone_name(handout: Handout, zone_id: str) -> str:
    zone = handout.station.zone(zone_id)
    return zone.name if zone else zone_id


def media(ordered: Iterable[Programme]) -> dict[str, FileSource]:
    """The programmes' sound by path, in their order.

    Raises:
        NotFoundError: files are missing; each one is told.
    """
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
        mend = "đọc tuần này: broadcast render TUẦN rồi xuất lại"
        raise NotFoundError("Không xuất được", "thiếu tệp tiếng", mend, problems)
    return files
