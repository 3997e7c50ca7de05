"""Changes of several files as one, kept by the workspace: taken back as one, in any later program.

The files of weeks and the station go through `store.batch`; its last batch is what `undo` of the
next program takes back. Filling a span and changing a slot or series write here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Self

from broadcast.domain import station_edit
from broadcast.domain.station import Station
from broadcast.domain.week import Week
from broadcast.errors import ConflictError, InputError
from broadcast.store import batch as files
from broadcast.store.batch import Batch, Write
from broadcast.store.locking import locked
from broadcast.store.records import decode_station, decode_week, encode_station, encode_week
from broadcast.workflow.desk import Desk
from broadcast.workflow.week_history import changed


@dataclass(slots=True, eq=False, repr=False)
class Changes:
    """The changes of one workspace, the last ones undoable.

    `finished` is a change that an earlier program was killed in and that opening has finished.
    """

    desk: Desk
    finished: Batch | None = None
    _done: list[Batch] = field(default_factory=list)
    _undone: list[Batch] = field(default_factory=list)

    @classmethod
    def open(cls, desk: Desk) -> Self:
        """Open, and finish a change that was interrupted; the last change can be taken back.

        Raises:
            ConflictError: some files of the interrupted change were changed since; the others are
                written now.
        """
        root = desk.workspace.root
        with desk.lock:
            finished = None
            if (root / files.FOLDER / "pending.json").exists():
                # Not by the workspace's own lock, which would finish it without a word.
                with locked(desk.workspace.out, "ghi nốt thay đổi bị ngắt"):
                    finished = files.finish(root)
            last = files.last(root)
            session = cls(desk, finished)
            if last:
                (session._undone if last.undone else session._done).append(last)
            return session

    def write(self, what: str, weeks: Iterable[Week], station: Station | None = None) -> bool:
        """Write weeks, and the station if it is given, as one; whether there was anything.

        Called under the workspace's lock, by those who have seen that nothing was changed since
        they read.

        Raises:
            StorageError: a file cannot be written; see `batch.apply`.
        """
        workspace, writes = self.desk.workspace, list[Write]()
        if station:
            file = workspace.shown(workspace.station_path)
            old = files.text_of(workspace.root, file)
            writes.append(Write(file, old, encode_station(station, old)))
        for week in weeks:
            file = workspace.shown(workspace.week_path(week.id))
            old = files.text_of(workspace.root, file)
            writes.append(Write(file, old, encode_week(week, old)))
        if not writes:
            return False
        batch = Batch(what, tuple(writes))
        files.apply(workspace.root, batch)
        self._done.append(batch)
        self._undone.clear()
        return True

    @property
    def undo_label(self) -> str:
        """What `undo` would take back, "" if nothing."""
        return self._done[-1].what if self._done else ""

    @property
    def redo_label(self) -> str:
        """What `redo` would do again, "" if nothing."""
        return self._undone[-1].what if self._undone else ""

    def undo(self) -> str:
        """Take back the last change, in every file it touched; says which.

        Raises:
            InputError: there is none.
            ConflictError: what it changed was changed again since; nothing is written.
        """
        with self.desk.lock:
            if not self._done:
                raise InputError("Không hoàn tác được", "chưa có thay đổi nào để hoàn tác")
            made = self._make(self._done[-1].reverse, "hoàn tác")
            self._done.pop()
            self._undone.append(made)
            return made.what

    def redo(self) -> str:
        """Do again what was taken back last; says what.

        Raises:
            InputError: there is nothing.
            ConflictError: as `undo`.
        """
        with self.desk.lock:
            if not self._undone:
                raise InputError("Không làm lại được", "không có thay đổi nào để làm lại")
            made = self._make(self._undone[-1].reverse, "làm lại")
            self._undone.pop()
            self._done.append(made)
            return made.what

    def _make(self, batch: Batch, name: str) -> Batch:
        """Write a batch over the files as they are now; gives it as it was written."""
        workspace = self.desk.workspace
        with workspace.lock(f"{name}: {batch.what}"):
            files.finish(workspace.root)
            writes = tuple(self._onto_now(write, name) for write in batch.writes)
            made = Batch(batch.what, writes, batch.undone)
            files.apply(workspace.root, made)
            return made

    def _onto_now(self, write: Write, name: str) -> Write:
        """The write for the file as it is now; only what it changes has to be as it was."""
        now = files.text_of(self.desk.workspace.root, write.file)
        if now == write.before:
            return write
        after = None
        if now and write.before:
            after = _again(write.file, now, write.before, write.after)
        if after is None:
            happened = f"{write.file} đã bị sửa đúng chỗ ấy từ lúc thay đổi"
            raise ConflictError(f"Không {name} được", happened, "sửa tay phần cần đổi lại")
        return Write(write.file, now, after)


def _again(file: str, now: str, before: str, after: str | None) -> str | None:
    """A file's text with what led from one text to another; None where it does not fit."""
    if file == "schedules/station.yaml":
        there, old = decode_station(now, file), decode_station(before, file)
        station = station_edit.changed(there, old, decode_station(after or before, file))
        return encode_station(station, now) if station else None
    old_week = decode_week(before, file)
    goal = decode_week(after, file) if after else type(old_week)(old_week.id)
    week = changed(decode_week(now, file), old_week, goal)
    return encode_week(week, now) if week else None
