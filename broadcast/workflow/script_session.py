"""One script's body being edited: kept with every keystroke, merged with what others write."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime

from broadcast.domain.approval import Paper
from broadcast.domain.script import Script
from broadcast.domain.week import VIETNAM, Finding
from broadcast.errors import BroadcastError, ConflictError, InputError, NotFoundError
from broadcast.store.files import revision
from broadcast.store.script_files import new_script, with_body, with_title
from broadcast.store.unsaved import LeftOver, Unsaved, left_over
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import nfc
from broadcast.workflow import script_preview, script_review, scripts
from broadcast.workflow.desk import Desk
from broadcast.workflow.freshness import stale_in
from broadcast.workflow.script_airings import Slot, next_slot
from broadcast.workflow.script_keeper import Keeper, Loaded
from broadcast.workflow.script_merge import Merged, merge
from broadcast.workflow.script_preview import Found, Preview, Row
from broadcast.workflow.script_review import Changed, Since
from broadcast.workflow.script_text import plain, text_of, with_text

__all__ = [
    "Changed", "Found", "LeftOver", "Preview", "Row", "Saved", "ScriptSession", "Since", "Slot",
    "Unsaved", "carried", "pending",
]  # fmt: skip

_TRIES = 3
"""How often a save begins again when a program that knows no lock writes in between."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What came of saving, merging or handing on a text.

    `text` is what has to be edited on (see `carried`), `merged` whether something of another
    window is in it now, `conflicts` in how many places theirs stand as comments below. `acted` is
    False where approving or handing in was left undone because of that. `told` says it all.
    """

    text: str
    merged: bool = False
    told: str = ""
    conflicts: int = 0
    acted: bool = True


def _now() -> datetime:
    return datetime.now(VIETNAM).replace(microsecond=0)


def pending(workspace: Workspace) -> LeftOver:
    """What killed programs left unsaved in any script; `open` of that script gives it back."""
    return left_over(workspace.unsaved)


def carried(sent: str, now: str, got: str) -> str:
    """The text to edit on, where `now` was typed while `sent` was away and came back as `got`."""
    return merge(plain(sent), plain(now), plain(got)).text


@dataclass(slots=True, eq=False, repr=False)
class ScriptSession:
    """One script's body being edited, as text (see `script_text`).

    All methods may touch the disk and are safe in any thread: call them in a worker; the fields and
    properties are values to be read at any time. A text that comes back (`Saved.text`) may have
    rows of another window: put it, or `carried`, into the editor before the next `keep` or `save`.

    `text` is what to begin with, at `cursor` (row, column from 0). `restored` is when it was typed
    if a killed program left it, else None; `told` says what opening met. `slot` is the time of the
    script's next airing, None if there is none. `stale`
    is what of the script does not hold on its day of airing.
    """

    desk: Desk
    script_id: str
    text: str
    _keeper: Keeper
    _loaded: Loaded
    cursor: tuple[int, int] = (0, 0)
    restored: datetime | None = None
    told: str = ""
    slot: Slot | None = None
    stale: tuple[Finding, ...] = ()
    _work: threading.RLock = field(default_factory=threading.RLock)

    @classmethod
    def open(
        cls, desk: Desk, script_id: str, *, now: Callable[[], datetime] = _now
    ) -> ScriptSession:
        """Open a script, with the text on top that a killed program left of it.

        Raises:
            NotFoundError: there is no such script.
            InputError: its file cannot be read; every problem with its line.
        """
        workspace = desk.workspace
        left = left_over(workspace.unsaved, script_id)
        loaded = _begin(workspace, script_id, left)
        session = cls(desk, script_id, loaded.text, Keeper(workspace, script_id, now), loaded)
        told = [str(problem) for problem in left.problems]
        restored = session._keeper.take_up(left, loaded)
        if restored:
            session.text, session.cursor = restored.text, restored.cursor
            session.restored = restored.at
            told.insert(0, restored.told)
        session.told = "\n".join(told)
        session._find_slot()
        return session

    @property
    def title(self) -> str:
        """The script's title."""
        return self._loaded.script.title

    @property
    def saved_text(self) -> str:
        """The body as last loaded or saved here."""
        return self._loaded.text

    @property
    def script(self) -> Script:
        """The script as last loaded or saved here."""
        return self._loaded.script

    @property
    def others(self) -> tuple[Unsaved, ...]:
        """More texts that killed programs left of this script, newest first; see `adopt`."""
        return self._keeper.others

    def preview(self, text: str) -> Preview:
        """How the text will be heard; lines that were heard before cost little."""
        # Outside the desk's lock: a long script is read for the first time in seconds.
        found = script_preview.preview(self.desk.listener(), self._loaded.script, plain(text))
        return script_preview.with_stale(found, self.stale)

    def changes_since_approval(self, text: str) -> Since:
        """What of the text differs from what was approved last.

        Raises:
            NotFoundError: it was never approved, or the approved text was not kept then.
        """
        script = with_body(self._loaded.script, plain(text))
        listener = self.desk.listener()
        return script_review.changes_since_approval(self.desk.workspace, script, listener)

    # The text that is not saved yet

    def keep(self, text: str, cursor: tuple[int, int] = (0, 0)) -> None:
        """Keep the text as it is being edited, whole, for when the program is killed.

        Does not wait for a save that is under way. The last call is believed to be the newest, and
        a save to have what was newest when it began: after one, keep again what was typed since.

        Raises:
            StorageError: the disk refuses; what was kept before still is.
        """
        self._keeper.keep(self._loaded, plain(text), cursor)

    def close(self) -> None:
        """Let go of the script; a text that is not saved stays kept, and `open` gives it back."""
        self._keeper.close()

    def adopt(self, text: str, other: Unsaved) -> Saved:
        """Merge one of `others` into the text that is being edited; nothing is saved.

        Raises:
            StorageError: the disk refuses; the other text stays where it is.
        """
        with self._work:
            merged = self._keeper.adopt(self._loaded, plain(text), other)
            if merged is None:
                return Saved(plain(text), told="Chữ ấy đang được sửa ở cửa sổ khác")
            return _merged(merged, _sentence(str(merged)))

    def discard(self, other: Unsaved) -> None:
        """Throw away one of `others`.

        Raises:
            StorageError: the disk refuses.
        """
        self._keeper.discard(other)

    # Saving, and what others do to the file

    def changed_on_disk(self) -> bool:
        """Whether the file is another one than was last loaded or saved here."""
        return self._changed(self._loaded)

    def reload(self, text: str) -> Saved:
        """Merge what was written elsewhere into the text that is being edited; nothing is saved.

        Raises:
            InputError: the file cannot be read; the session stays as it was.
        """
        with self._work:
            sent, before, there = plain(text), self._loaded, self._there()
            merged = merge(before.text, sent, there.text)
            told = [_GONE] if there.revision is None else []
            if there.script.front != before.script.front:
                told.append("tên hoặc phần duyệt vừa được đổi ở nơi khác")
            self._go_on(sent, merged.text, there)
            return _merged(merged, _sentence(_joined(str(merged), *told)))

    def save(self, text: str) -> Saved:
        """Write the text into the script's file, merged with what others wrote there meanwhile.

        Raises:
            InputError: the file cannot be read any more; the text is kept as unsaved.
            ConflictError, StorageError: it cannot be written; the text is kept as unsaved.
        """
        return self._through("lưu kịch bản", text, lambda saved: saved)

    def rename(self, title: str) -> None:
        """Give the script another title, saved at once; the body is left as it is.

        Raises:
            InputError: the title is empty.
        """
        wanted = " ".join(nfc(title).split())
        if not wanted:
            raise InputError("Không đổi được tên", "chưa có tên", "nêu tên chương trình")
        workspace = self.desk.workspace
        with self._work, workspace.lock("đổi tên kịch bản"):
            there, loaded = self._there(), self._loaded
            seen = workspace.save_script(with_title(there.script, wanted), there.revision)
            fresh = seen if there.revision == loaded.revision else loaded.revision
            script = with_title(loaded.script, wanted)
            self._loaded = replace(loaded, script=script, revision=fresh)

    def submit(self, text: str, by: str, at: datetime) -> Saved:
        """Save the text and hand the script in for approval.

        Raises:
            InputError: as `scripts.submit`; the text is saved all the same.
        """
        ids, workspace = [self.script_id], self.desk.workspace
        return self._act("gửi duyệt", text, lambda: scripts.submit(workspace, ids, by, at))

    def approve(
        self, text: str, by: str, at: datetime, paper: Paper | None = None, despite: str = ""
    ) -> Saved:
        """Save the text and approve it, see `scripts.approve`.

        Raises:
            InputError: as `scripts.approve`; the text is saved all the same.
        """
        ids, workspace = [self.script_id], self.desk.workspace

        def approve() -> object:
            return scripts.approve(workspace, ids, by, at, paper=paper, despite=despite)

        return self._act("duyệt", text, approve)

    def send_back(self, text: str, by: str, reason: str, at: datetime) -> Saved:
        """Save the text and send the script back to whoever writes it.

        Raises:
            InputError: as `scripts.send_back`; the text is saved all the same.
        """
        ids, workspace = [self.script_id], self.desk.workspace
        return self._act("trả lại", text, lambda: scripts.send_back(workspace, ids, by, reason, at))

    # Inside

    def _through(self, what: str, text: str, then: Callable[[Saved], Saved]) -> Saved:
        """Save, and go on from there while no other program writes."""
        sent = plain(text)
        with self._work:
            with suppress(BroadcastError):  # a disk that refuses this is told of by `keep`
                self._keeper.keep(self._loaded, sent, self._keeper.cursor)
            with self.desk.workspace.lock(what):
                return then(self._save(sent))

    def _act(self, verb: str, text: str, action: Callable[[], object]) -> Saved:
        def act(saved: Saved) -> Saved:
            if saved.merged:
                # Nobody answers for words that came in this moment and were never seen here.
                told = f"{saved.told}. Chưa {verb}: đọc lại chỗ vừa gộp rồi làm lại"
                return replace(saved, told=told, acted=False)
            action()
            fresh = self._there()
            if fresh.text == saved.text:
                self._loaded = fresh
            return replace(saved, told=f"Đã {verb}")

        return self._through(f"{verb} kịch bản", text, act)

    def _save(self, sent: str) -> Saved:
        for left in reversed(range(_TRIES)):
            there = self._there()
            merged = merge(self._loaded.text, sent, there.text)
            try:
                now, told = self._written(there, merged)
            except ConflictError:
                if not left:
                    raise
                continue
            self._go_on(sent, merged.text, now)
            self._find_slot()
            return _merged(merged, told)
        raise AssertionError("unreachable")  # pragma: no cover

    def _written(self, there: Loaded, merged: Merged) -> tuple[Loaded, str]:
        """The file with that body, and what to tell of it."""
        gone = there.revision is None and self._loaded.revision is not None
        if merged.text == there.text:
            return there, _sentence(_GONE if gone else str(merged) or "đã lưu")
        script = with_text(there.script, merged.text)
        seen = self.desk.workspace.save_script(script, there.revision)
        again = f"{_GONE}, vừa được ghi lại" if gone else ""
        told = _joined("đã lưu", str(merged), again, self._voided(there.script, script))
        return Loaded(script, merged.text, seen), _sentence(told)

    def _voided(self, before: Script, after: Script) -> str:
        """What saving did to an approval or to being handed in."""
        if not before.approval and not before.review:
            return ""
        try:
            listener = self.desk.listener()
        except BroadcastError:
            return ""  # a station that cannot be read is no reason not to save
        was, state = (listener.hear(script).state for script in (before, after))
        if was in {state, "nháp"}:
            return ""
        return f"nội dung đã đổi nên không còn «{was}»"

    def _changed(self, loaded: Loaded) -> bool:
        return revision(self.desk.workspace.script_path(self.script_id)) != loaded.revision

    def _there(self) -> Loaded:
        """The script as its file has it now; one whose file is gone as it was, without revision."""
        loaded = self._loaded
        if not self._changed(loaded):
            return loaded
        try:
            return Loaded.read(self.desk.workspace, self.script_id)
        except NotFoundError:
            return replace(loaded, revision=None)

    def _go_on(self, sent: str, got: str, loaded: Loaded) -> None:
        """Go on from `loaded`; what was typed while `sent` was away is kept on top of `got`."""
        self._loaded = loaded
        typed = sent if self._keeper.kept is None else self._keeper.kept
        with suppress(BroadcastError):  # as above
            self._keeper.keep(loaded, merge(sent, typed, got).text, self._keeper.cursor)

    def _find_slot(self) -> None:
        now = self._keeper.now()
        self.slot = next_slot(self.desk, self.script_id, now)
        self.stale = stale_in(self.desk, self._loaded.script, now.date())


_GONE = "tệp kịch bản đã bị xóa ở nơi khác"


def _begin(workspace: Workspace, script_id: str, left: LeftOver) -> Loaded:
    """The script to edit; one whose file is gone but of which a text is left over begins empty."""
    try:
        return Loaded.read(workspace, script_id)
    except NotFoundError:
        if not left.texts:
            raise
        script = new_script(script_id, left.texts[0].title)
        return Loaded(script, text_of(script), None)


def _merged(merged: Merged, told: str) -> Saved:
    return Saved(merged.text, bool(merged), told, merged.conflicts)


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)


def _sentence(told: str) -> str:
    return told[:1].upper() + told[1:]
