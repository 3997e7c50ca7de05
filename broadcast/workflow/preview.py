"""What an export would do, before it is done: which files, how big, and what keeps it from it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing, WeekId
from broadcast.domain.wording import moment
from broadcast.errors import BroadcastError, Problem
from broadcast.storage import known_digest
from broadcast.workflow.desk import Desk, stamp
from broadcast.workflow.handing_out import (
    Blocker,
    airings_for,
    blockers,
    carried_to,
    chosen_zones,
    handout,
)
from broadcast.workflow.weeks import WeekView, seen_from

if TYPE_CHECKING:
    from broadcast.publish.export import Looked
    from broadcast.publish.items import Handout, Programme
    from broadcast.publish.players import Player

Change = Literal["new", "changed", "same", "removed", "kept"]
"""What becomes of a file: it is written, written over its older state, left as it is, deleted, or
no longer wanted but kept, since somebody edited it (a filled-in sheet: under a name of its own)."""

NO_WEEK = "tuần này chưa có lịch phát"

_WEEK = re.compile(r"\d{4}-W\d{2}")
"""Names of weeks in a manifest, which also knows pages and calendars."""


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of an export: its relative path, its bytes, and for a programme its title."""

    path: str
    change: Change
    size: int
    title: str = ""
    seconds: float = 0.0

    @property
    def folder(self) -> str:
        """The day's folder, "" for files of the whole week."""
        return self.path.rpartition("/")[0]

    @property
    def name(self) -> str:
        """Its name within the folder."""
        return self.path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What an export would do, or why it would not.

    `zones` are those chosen, none for all; `carried` those of them that get a stick. `sheet` is
    the operator's sheet as it stands, of unready airings too. With `blockers` or a `trouble`
    (something about the folder) nothing would be written; with `blockers` `files` is empty.
    `needed` and `free` are bytes of the disk.
    """

    week: WeekId
    station: Station
    target: Path
    zones: tuple[Zone, ...]
    airings: int
    seconds: float
    sheet: str
    carried: tuple[Zone, ...] = ()
    blockers: tuple[Blocker, ...] = ()
    files: tuple[PlannedFile, ...] = ()
    needed: int = 0
    free: int | None = field(default=None, compare=False)
    """It changes all the time; whether it is enough stands in `trouble`."""
    trouble: BroadcastError | None = field(default=None, compare=False)
    told: str = field(default="", repr=False)
    """The trouble's words: errors do not compare."""
    player: str = "usb"
    """The kind of player it is for, an id of `publish.players`."""

    @property
    def ready(self) -> bool:
        """Whether an export would go through."""
        return not self.blockers and self.trouble is None

    def paths(self, *changes: Change) -> tuple[str, ...]:
        """The files to which that happens."""
        return tuple(file.path for file in self.files if file.change in changes)

    def bytes_of(self, *changes: Change) -> int:
        """How big the files are to which that happens."""
        return sum(file.size for file in self.files if file.change in changes)


def preview_export(  # noqa: PLR0913 - as `share.export_week`
    desk: Desk,
    week_id: WeekId,
    target: Path,
    zones: Collection[str] = (),
    *,
    now: datetime,
    player: str = "usb",
) -> ExportPreview:
    """What `share.export_week` would do with the same arguments; nothing is written.

    What the player cannot do is a `trouble`, an InputError.

    Raises:
        InputError: no such player.
        NotFoundError: no such zones.
        InputError, StorageError: the station, the week or a plan cannot be read.
    """
    from broadcast.publish.players import player_of  # noqa: PLC0415 - when asked for

    kind, station = player_of(player), desk.station()
    heard_in = chosen_zones(station, zones)
    view = seen_from(desk, desk.week(week_id))
    airings = airings_for(view, heard_in)
    given = handout(desk.workspace, view, airings, heard_in)
    found, trouble = _look(target, given, now, kind, blocked=bool(blockers(view, airings)))
    return ExportPreview(
        week=week_id,
        station=station,
        target=target,
        zones=heard_in,
        airings=len(airings),
        seconds=sum(item.seconds for item in given.items),
        sheet=_sheet(given, kind),
        carried=tuple(carried_to(view, airings, heard_in)),
        blockers=tuple(_all_blockers(desk, view, airings, found)),
        files=tuple(_planned(found)) if found else (),
        needed=found.survey.needed if found else 0,
        free=found.survey.free if found else None,
        trouble=trouble,
        told=str(trouble or ""),
        player=player,
    )


def remembered_player(target: Path) -> str:
    """The kind of player the newest week in a folder was written for; "" if there is none."""
    from broadcast.publish.manifest import read_manifest  # noqa: PLC0415 - when asked for

    try:
        weeks = read_manifest(target).weeks
    except (BroadcastError, OSError):  # told where the folder itself is looked at
        return ""
    newest = max((name for name in weeks if _WEEK.fullmatch(name)), default=None)
    return (weeks[newest].player or "usb") if newest else ""


def _all_blockers(
    desk: Desk, view: WeekView, airings: Collection[Airing], found: Looked | None
) -> Iterator[Blocker]:
    week_id = view.week.id
    if stamp(desk.workspace.week_path(week_id)) is None:
        mend = f"xếp lịch: broadcast week fill {week_id}"
        yield Blocker("fill", Problem(NO_WEEK, suggestion=mend))
        return
    yield from blockers(view, airings)
    for path in found.damaged if found else ():
        airing = found.programmes[path].item.airing if found else None
        if airing:
            told = f"{moment(airing.starts)} «{view.title(airing)}»: tệp MP3 bị hỏng hoặc đã bị sửa"
            problem = Problem(told, suggestion=f"broadcast render {week_id}")
            yield Blocker("render", problem, airing.id, airing.script)


def _look(
    target: Path, given: Handout, now: datetime, player: Player, *, blocked: bool
) -> tuple[Looked | None, BroadcastError | None]:
    """What there is at the target, and what is wrong with it; of a blocked week only the latter."""
    from broadcast.publish.export import check_target, preview_week  # noqa: PLC0415 - icalendar

    try:
        if blocked:
            check_target(target)
            return None, None
        return preview_week(target, given, now, known_digest, player), None
    except BroadcastError as error:
        return None, error


def _sheet(given: Handout, player: Player) -> str:
    from broadcast.publish.export import week_sheet  # noqa: PLC0415 - icalendar

    try:
        return week_sheet(given, player)
    except BroadcastError:  # two airings of one id: a blocker tells it
        return ""


def _planned(found: Looked) -> Iterator[PlannedFile]:
    """The files in the order in which they stand in folders: days first, then the week's own."""
    result, survey = found.survey.result, found.survey
    changes: dict[str, Change] = dict.fromkeys(result.written, "new")
    changes |= dict.fromkeys(survey.replaced, "changed")
    changes |= dict.fromkeys(result.unchanged, "same")
    changes |= dict.fromkeys(result.removed, "removed")
    changes |= dict.fromkeys(result.kept_foreign, "kept")
    changes |= dict.fromkeys((name for _, name in result.set_aside), "kept")
    for path in sorted(changes, key=lambda one: ("/" not in one, one)):
        programme: Programme | None = found.programmes.get(path)
        title, seconds = (programme.item.title, programme.item.seconds) if programme else ("", 0.0)
        yield PlannedFile(path, changes[path], survey.sizes[path], title, seconds)
