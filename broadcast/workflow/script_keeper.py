"""Keeping what is typed and not saved yet, and giving it back after the program was killed."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from broadcast.domain.script import Script
from broadcast.domain.wording import clock, day_text
from broadcast.errors import BroadcastError
from broadcast.store.files import Revision, revision
from broadcast.store.unsaved import LeftOver, Place, Unsaved
from broadcast.store.workspace import Workspace
from broadcast.workflow.script_merge import Merged, merge
from broadcast.workflow.script_text import plain, text_of


@dataclass(frozen=True, slots=True)
class Loaded:
    """A script as its file had it, its body's text, and the file's revision."""

    script: Script
    text: str
    revision: Revision

    @classmethod
    def read(cls, workspace: Workspace, script_id: str) -> Loaded:
        """The script as its file has it now.

        Raises:
            NotFoundError: there is none.
            InputError: it cannot be read.
        """
        seen = revision(workspace.script_path(script_id))
        script = workspace.load_script(script_id)
        return cls(script, text_of(script), seen)


@dataclass(frozen=True, slots=True)
class Restored:
    """A text that a killed program left, brought together with the file as it is now."""

    text: str
    cursor: tuple[int, int]
    at: datetime
    told: str


@dataclass(slots=True, eq=False)
class Keeper:
    """Keeps what one editor has typed and not saved; `kept` is the last of it, None before any.

    `others` are texts of killed programs that nobody has taken up yet.
    """

    workspace: Workspace
    script_id: str
    now: Callable[[], datetime]
    kept: str | None = None
    cursor: tuple[int, int] = (0, 0)
    others: tuple[Unsaved, ...] = ()
    _closed: bool = False
    _place: Place | None = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def keep(self, base: Loaded, text: str, cursor: tuple[int, int]) -> None:
        """Keep a text made from `base`, forget what was kept where it says the same as the file.

        After `close` nothing is kept any more.

        Raises:
            StorageError: the disk refuses; what was kept before still is.
        """
        with self._lock:
            if self._closed:
                return
            self.kept, self.cursor = text, cursor
            if text == base.text:
                if self._place:
                    self._place.clear()
                return
            if self._place is None:
                self._place = Place.make(self.workspace.unsaved, self.script_id)
            self._place.write(
                Unsaved(
                    token=self._place.token,
                    script_id=self.script_id,
                    title=base.script.title,
                    revision=base.revision,
                    base=base.text,
                    text=text,
                    cursor=cursor,
                    at=self.now(),
                )
            )

    def close(self) -> None:
        """Let go of the place; what is kept there stays."""
        with self._lock:
            self._closed = True
            if self._place:
                self._place.close()
                self._place = None

    def take_up(self, left: LeftOver, base: Loaded) -> Restored | None:
        """Go on with the newest text that was left, if it says anything that the file does not."""
        with self._lock:
            waiting = list(left.texts)
            while waiting:
                newest = waiting.pop(0)
                place = self._take(newest)
                if place is None:
                    continue
                merged = _on_top(newest, base)
                if merged.text == base.text:
                    _forget(place)
                    continue
                self._place, self.others = place, tuple(waiting)
                cursor = _within(newest.cursor, merged.text)
                self.keep(base, merged.text, cursor)
                return Restored(merged.text, cursor, newest.at, _told(newest, merged))
        return None

    def adopt(self, base: Loaded, text: str, other: Unsaved) -> Merged | None:
        """Merge one of `others` into a text made from `base`; None if somebody else has it.

        Raises:
            StorageError: the disk refuses; the other text stays where it is.
        """
        with self._lock:
            place = self._take(other)
            if place is None:
                self._leave_out(other)
                return None
            merged = merge(plain(other.base), text, plain(other.text))
            self.keep(base, merged.text, self.cursor)
            self._leave_out(other)
            _forget(place)
            return merged

    def discard(self, other: Unsaved) -> None:
        """Throw one of `others` away.

        Raises:
            StorageError: the disk refuses.
        """
        with self._lock:
            self._leave_out(other)
            place = self._take(other)
            if place:
                _forget(place)

    def _take(self, left: Unsaved) -> Place | None:
        """The place of that text; None where somebody has it or the disk does not give it."""
        try:
            return Place.take(self.workspace.unsaved, left)
        except BroadcastError:
            return None

    def _leave_out(self, other: Unsaved) -> None:
        self.others = tuple(one for one in self.others if one is not other)


def _on_top(left: Unsaved, base: Loaded) -> Merged:
    """The text that was left, with what others wrote since; a file that is gone says nothing."""
    if base.revision is None:
        return Merged(plain(left.text))
    return merge(plain(left.base), plain(left.text), base.text)


def _forget(place: Place) -> None:
    place.clear()
    place.close()


def _told(left: Unsaved, merged: Merged) -> str:
    told = f"Đã lấy lại chữ chưa lưu lúc {clock(left.at)} {day_text(left.at.date())}"
    return f"{told}; {merged}" if merged else told


def _within(cursor: tuple[int, int], text: str) -> tuple[int, int]:
    """The cursor where there is text for it."""
    rows = text.split("\n")
    row = min(cursor[0], len(rows) - 1)
    return row, min(cursor[1], len(rows[row]))
