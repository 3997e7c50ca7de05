"""A week rendered for every station of a folder; one that fails keeps no other from it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, Problem
from broadcast.storage import storage_error
from broadcast.store.root import STATION_FILE
from broadcast.store.workspace import Workspace
from broadcast.workflow.progress import SILENT, CancelledError, Progress, Step
from broadcast.workflow.render import Rendered, render_week
from broadcast.workflow.workshop import Workers


@dataclass(frozen=True, slots=True)
class StationDone:
    """A station's files, or why it has none."""

    workspace: Workspace
    rendered: tuple[Rendered, ...] = ()
    error: BroadcastError | None = None


def stations_in(folder: Path) -> tuple[Workspace, ...]:
    """The workspaces right below a folder, by name.

    Raises:
        OSError: it cannot be read.
    """
    return tuple(
        Workspace(one.absolute())
        for one in sorted(folder.iterdir())
        if (one / STATION_FILE).is_file()
    )


def render_stations(
    stations: Sequence[Workspace],
    week_id: WeekId,
    engine: str | None = None,
    progress: Progress = SILENT,
    workers: Workers | None = None,
) -> Iterator[StationDone]:
    """Render the week of each station in turn.

    Raises:
        CancelledError: the person asked to stop.
    """
    for workspace in stations:
        name = workspace.root.name

        def tell(step: Step, name: str = name) -> None:
            progress.step(f"{name}: {step.label}", step.done, step.total)

        try:
            done = render_week(workspace, week_id, engine, Progress(tell), workers)
        except CancelledError:
            raise
        except BroadcastError as error:
            yield StationDone(workspace, error=error)
        except OSError as error:
            yield StationDone(workspace, error=storage_error(error))
        else:
            yield StationDone(workspace, tuple(done))


def stations_failed(failed: Sequence[StationDone], total: int) -> BroadcastError:
    """What is told at the end: each station that failed, and why; the same reason only once."""
    reasons: dict[str, tuple[BroadcastError, list[str]]] = {}
    for one in failed:
        if one.error:
            reasons.setdefault(str(one.error), (one.error, []))[1].append(one.workspace.root.name)
    problems = [told for error, names in reasons.values() for told in _told(error, names)]
    happened = f"{len(failed)}/{total} đài chưa đọc xong; những đài khác đã xong"
    if len(failed) == total:
        happened = f"cả {total} đài chưa đọc xong"
    mend = "sửa những chỗ trên rồi chạy lại; đoạn nào đã đọc xong thì không đọc lại"
    return BroadcastError("Có đài chưa đọc được", happened, mend, problems)


def _told(error: BroadcastError, names: Sequence[str]) -> Iterator[Problem]:
    who = ", ".join(names)
    what = f"{error.title}: {error.happened}" if error.happened else error.title
    yield Problem(f"{who}: {what}", suggestion=error.mend or None)
    for problem in error.problems:
        yield Problem(f"{who}: {problem}")
