"""Changes that reach beyond one week, each undone as one step among those of weeks and station."""

from __future__ import annotations

from dataclasses import dataclass, field

from broadcast.errors import InputError
from broadcast.workflow.desk import Desk
from broadcast.workflow.history import step_number
from broadcast.workflow.scoped_changes import Preview, ScopedSession
from broadcast.workflow.span_fill import SpanFill


@dataclass(slots=True, eq=False, repr=False)
class WideChanges:
    """What was done to many weeks, or to the station and weeks, since the program was opened.

    `undo_at` and `redo_at` compare with those of the sessions of a week and of the station: the
    highest number is what was done last. All methods may touch the disk and are safe in any thread.
    """

    desk: Desk
    _scoped: ScopedSession | None = None
    _done: list[int] = field(default_factory=list)
    _undone: list[int] = field(default_factory=list)

    @property
    def scoped(self) -> ScopedSession:
        """Changes by scope; opening finishes one that was interrupted.

        Raises:
            ConflictError: the interrupted change cannot be finished as it was.
        """
        with self.desk.lock:
            if self._scoped is None:
                self._scoped = ScopedSession.open(self.desk)
            return self._scoped

    def apply(self, preview: Preview) -> bool:
        """Write what a preview told; whether there was anything to write.

        Raises:
            ConflictError: the station or a week was changed since the preview was made.
        """
        with self.desk.lock:
            written = self.scoped.apply(preview)
            if written:
                self._push()
            return written

    def keep(self, filled: SpanFill) -> None:
        """Remember a span that was filled among these changes (`scoped`)."""
        with self.desk.lock:
            if filled.saved:
                self._push()

    def _push(self) -> None:
        self._done.append(step_number())
        self._undone.clear()

    @property
    def undo_at(self) -> int:
        """When what `undo` would take back was done, 0 if there is nothing."""
        return self._done[-1] if self._done else 0

    @property
    def redo_at(self) -> int:
        """When what `redo` would do again was taken back, 0 if there is nothing."""
        return self._undone[-1] if self._undone else 0

    def undo(self) -> str:
        """Take back the last change in every file it touched; says which.

        Raises:
            InputError: there is none.
            ConflictError: what it changed was changed again since; nothing is written.
        """
        with self.desk.lock:
            if not self._done:
                raise InputError("Không hoàn tác được", "chưa có thay đổi nào để hoàn tác")
            told = self.scoped.undo()
            self._done.pop()
            self._undone.append(step_number())
            return told

    def redo(self) -> str:
        """Do again what was taken back last; says what.

        Raises:
            InputError: there is nothing.
            ConflictError: as `undo`.
        """
        with self.desk.lock:
            if not self._undone:
                raise InputError("Không làm lại được", "không có thay đổi nào để làm lại")
            told = self.scoped.redo()
            self._undone.pop()
            self._done.append(step_number())
            return told
