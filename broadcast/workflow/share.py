"""Handing a week out: files for players, calendar, playlist, the operator's sheet."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.domain.station import Zone
from broadcast.domain.week import WeekId
from broadcast.errors import FoundError
from broadcast.store.workspace import Workspace
from broadcast.workflow.handing_out import airings_for, blockers, carried_to, chosen_zones, handout
from broadcast.workflow.progress import SILENT, Progress, Step
from broadcast.workflow.weeks import view_week

if TYPE_CHECKING:
    from broadcast.publish.compare import ExportResult
    from broadcast.publish.export import Copied


@dataclass(frozen=True, slots=True)
class Shared:
    """What an export did: which week, where, how many airings, seconds of audio, which files.

    `carried` are the zones without network that hear some of it.
    """

    week: WeekId
    target: Path
    airings: int
    seconds: float
    files: ExportResult
    carried: tuple[Zone, ...] = ()


def export_week(  # noqa: PLR0913 - what goes where; clock and progress are by keyword
    workspace: Workspace,
    week_id: WeekId,
    target: Path,
    zones: Collection[str] = (),
    *,
    now: datetime,
    progress: Progress = SILENT,
    player: str = "usb",
) -> Shared:
    """Write the week to `target`: a folder a day, calendar, playlist, sheet, manifest.

    Only approved and rendered airings go out, and all of them or none.

    Args:
        zones: ids; only what at least one of these zones hears. None: everything.
        now: the time of changes in the calendar, aware.
        progress: told each file written and its bytes; stopping leaves the folder as it was.
        player: what the folder is for, an id of `publish.players`.

    Raises:
        InputError: no such player, or it cannot play the week as it stands.
        CancelledError: the person asked to stop.
        NotFoundError: no such zones.
        FoundError: airings that are not approved, not rendered, or collide; with each one.
        ConflictError, StorageError: something is in the way there, or the disk refuses.
    """
    from broadcast.publish.export import export_week as export  # noqa: PLC0415 - icalendar
    from broadcast.publish.players import player_of  # noqa: PLC0415

    kind = player_of(player)
    view = view_week(workspace, week_id)
    heard_in = chosen_zones(view.station, zones)
    airings = airings_for(view, heard_in)
    problems = [blocker.problem for blocker in blockers(view, airings)]
    if problems:
        happened = f"tuần {week_id} có {len(problems)} chỗ chưa sẵn sàng; chưa ghi gì cả"
        raise FoundError("Chưa xuất", happened, "làm xong các việc trên rồi xuất lại", problems)
    given = handout(workspace, view, airings, heard_in)

    def tell(copied: Copied) -> None:
        step = Step(copied.path, copied.done, copied.files, copied.written, copied.size)
        progress.report(step)

    result = export(target, given, now, tell, kind)
    seconds = sum(item.seconds for item in given.items)
    carried = tuple(carried_to(view, airings, heard_in))
    return Shared(week_id, target, len(airings), seconds, result, carried)
