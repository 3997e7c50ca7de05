"""Standing slots and series changed once, from a day on, or altogether: seen first, then done.

A preview tells what becomes of each occurrence; `apply` writes just that, the station and every
week it touches, as one change that `undo` takes back as one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from broadcast.domain.scoped import KINDS, SCOPES, Draft, Scope, Scoped, Stand, Touch
from broadcast.domain.scoped_series import SeriesEdit, edit_series
from broadcast.domain.scoped_slot import SlotEdit, edit_slot
from broadcast.domain.station import Station
from broadcast.domain.station_check import doubts
from broadcast.domain.week import WeekId
from broadcast.domain.week_edit import find, find_slot
from broadcast.domain.wording import clock, moment
from broadcast.errors import ConflictError, Problem
from broadcast.store import batch as files
from broadcast.store.files import Revision, revision
from broadcast.store.workspace import Workspace
from broadcast.workflow.changes import Changes
from broadcast.workflow.station_session import readable_plans


@dataclass(frozen=True, slots=True)
class Preview:
    """What a change would do; nothing is written.

    `seen` are the files it was made from, those of weeks and the station; `doubts` what would be
    odd about the station that is not now.
    """

    what: str
    scoped: Scoped
    seen: Mapping[Path, Revision] = field(repr=False)
    doubts: tuple[Problem, ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class ScopedSession(Changes):
    """Changes of standing slots and series in one workspace, the last ones undoable.

    All methods may touch the disk and are safe in any thread.
    """

    # Before it happens

    def preview_slot(
        self, slot_id: str, edit: SlotEdit, *, scope: Scope, day: date | None, now: datetime
    ) -> Preview:
        """What changing or removing a slot comes to; see `edit_slot`."""
        with self.desk.lock:
            seen, draft = self._read(now)
            verb = "bỏ" if edit.remove else "đổi"
            title = f"Không {verb} được khung giờ"
            name = find_slot(draft.station, slot_id, title).name
            scoped = edit_slot(
                draft.station, draft.was.values(), slot_id, edit, scope=scope, day=day, now=now
            )
            what = f"{verb} khung giờ «{name}» ({SCOPES[scope]})"
            return Preview(what, scoped, seen, self._new_doubts(scoped.station))

    def _new_doubts(self, after: Station) -> tuple[Problem, ...]:
        plans = readable_plans(self.desk)
        known = doubts(self.desk.station(), plans)
        return tuple(one for one in doubts(after, plans) if one not in known)

    def preview_series(
        self, week_id: WeekId, airing_id: str, edit: SeriesEdit, *, scope: Scope, now: datetime
    ) -> Preview:
        """What changing or removing an airing and its like comes to; see `edit_series`."""
        with self.desk.lock:
            seen, draft = self._read(now)
            airing = find(draft.week(week_id), airing_id)
            verb = "bỏ" if edit.remove else "đổi"
            told = f"«{airing.title or airing.id}» {moment(airing.starts)}"
            scoped = edit_series(draft, week_id, airing_id, edit, scope)
            return Preview(f"{verb} {told} ({SCOPES[scope]})", scoped, seen)

    def _read(self, now: datetime) -> tuple[dict[Path, Revision], Draft]:
        seen = _revisions(self.desk.workspace)
        weeks = [self.desk.week(one) for one in self.desk.workspace.week_ids()]
        return seen, Draft.over(self.desk.station(), weeks, now)

    # Doing it, and taking it back

    def apply(self, preview: Preview) -> bool:
        """Write what a preview told; whether there was anything to write.

        Raises:
            ConflictError: the station or a week was changed since the preview was made.
            StorageError: a file cannot be written; see `batch.apply`.
        """
        workspace = self.desk.workspace
        scoped = preview.scoped
        with self.desk.lock, workspace.lock(preview.what):
            files.finish(workspace.root)
            if _revisions(workspace) != preview.seen:
                happened = "cài đặt đài hoặc một tuần vừa bị sửa ở nơi khác"
                raise ConflictError("Chưa lưu, để không ghi đè", happened, "xem trước lại rồi làm")
            station = scoped.station if scoped.station != self.desk.station() else None
            return self.write(preview.what, scoped.weeks, station)


def _revisions(workspace: Workspace) -> dict[Path, Revision]:
    paths = (workspace.station_path, *map(workspace.week_path, workspace.week_ids()))
    return {path: revision(path) for path in paths}


# For other programs and for people


def touch_line(touch: Touch) -> str:
    """One occurrence for reading: what becomes of it."""
    name = f" «{touch.airing.title or touch.airing.id}»" if touch.airing else " (còn trống)"
    goes = f" → {touch.after}" if touch.kind == "change" and touch.after != touch.before else ""
    stand = touch.before or touch.after
    why = f": {touch.why}" if touch.why else ""
    return f"{KINDS[touch.kind]:<10} {stand}{goes}{name}{why}"


def beside_lines(preview: Preview) -> Iterator[str]:
    """What a preview tells besides the occurrences: what was heard, clashes, what would be odd."""
    scoped = preview.scoped
    if scoped.heard:
        weeks = ", ".join(map(str, scoped.heard_weeks))
        yield f"Giữ nguyên {len(scoped.heard)} lượt đã phát (tuần {weeks})."
    for clash in scoped.clashes:
        yield f"  ! trùng giờ: {clash.first.id} và {clash.second.id} ({', '.join(clash.zones)})"
    for doubt in preview.doubts:
        yield f"  ! {doubt}"


def preview_view(preview: Preview, *, written: bool) -> dict[str, Any]:
    """A preview as JSON; `written` says whether it was done."""
    scoped = preview.scoped
    return {
        "what": preview.what,
        "written": written,
        "weeks": [str(week.id) for week in scoped.weeks],
        "touched": [
            {
                "kind": touch.kind,
                "airing": touch.airing.id if touch.airing else None,
                "before": _stand_view(touch.before),
                "after": _stand_view(touch.after),
                "why": touch.why,
            }
            for touch in scoped.touched
        ],
        "more": scoped.endless,
        "heard": [airing.id for airing in scoped.heard],
        "heard_weeks": [str(week_id) for week_id in scoped.heard_weeks],
        "doubts": [{"message": one.message, "mend": one.suggestion} for one in preview.doubts],
        "clashes": [[it.first.id, it.second.id] for it in scoped.clashes],
    }


def _stand_view(stand: Stand | None) -> dict[str, Any] | None:
    if stand is None:
        return None
    return {
        "day": stand.starts.date().isoformat(),
        "start": clock(stand.starts),
        "minutes": stand.minutes,
        "zones": list(stand.zones),
    }
