"""The public page: which weeks, which texts, and where it goes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.domain.week import WeekId
from broadcast.errors import FoundError, Problem
from broadcast.store.workspace import Workspace
from broadcast.workflow.handing_out import airings_for, blockers, handout
from broadcast.workflow.progress import SILENT, Progress, Step
from broadcast.workflow.weeks import WeekView, view_week

if TYPE_CHECKING:
    from broadcast.publish.compare import ExportResult
    from broadcast.publish.tree import Copied


@dataclass(frozen=True, slots=True)
class PageWritten:
    """A page that was written: of which weeks, where, how many airings, which files."""

    weeks: tuple[WeekId, ...]
    target: Path
    airings: int
    files: ExportResult


def write_page(  # noqa: PLR0913 - what goes where; the rest is by keyword
    workspace: Workspace,
    week_ids: Sequence[WeekId],
    target: Path,
    *,
    now: datetime,
    texts: bool = False,
    address: str = "",
    progress: Progress = SILENT,
) -> PageWritten:
    """Write the page of these weeks to a folder; only approved and rendered airings go out.

    Args:
        texts: whether the scripts' texts stand on the page.
        address: where the folder can be reached, "" for the address the station names, if any.

    Raises:
        CancelledError: the person asked to stop.
        FoundError: airings that are not approved, not rendered, or collide; with each one.
        ConflictError, StorageError: something is in the way there, or the disk refuses.
    """
    from broadcast.publish.site import SiteOptions, write_site  # noqa: PLC0415 - icalendar

    views = [view_week(workspace, one) for one in sorted(set(week_ids))]
    _refuse_unready(views)
    handouts = [handout(workspace, view, airings_for(view, ()), ()) for view in views]
    said = _texts(views) if texts else {}

    def tell(copied: Copied) -> None:
        progress.report(Step(copied.path, copied.done, copied.files, copied.written, copied.size))

    address = address or handouts[0].station.calendar.page
    options = SiteOptions(texts=said, address=address)
    files = write_site(target, handouts, now, options, tell)
    airings = sum(len(one.items) for one in handouts)
    return PageWritten(tuple(view.week.id for view in views), target, airings, files)


def _refuse_unready(views: Iterable[WeekView]) -> None:
    problems: list[Problem] = []
    for view in views:
        problems += (it.problem for it in blockers(view, airings_for(view, ())))
    if problems:
        happened = f"có {len(problems)} chỗ chưa sẵn sàng; chưa ghi gì cả"
        raise FoundError("Chưa làm trang", happened, "làm xong các việc trên rồi làm lại", problems)


def _texts(views: Iterable[WeekView]) -> dict[str, tuple[str, ...]]:
    """What each airing says, as its script writes it, a line a paragraph."""
    found = {}
    for view in views:
        for airing in view.week.airings:
            hearing = view.hearings.get(airing.script or "")
            if hearing:
                lines = (one.line.text for one in hearing.lines if one.line.kind == "speech")
                found[airing.id] = tuple(lines)
    return found
