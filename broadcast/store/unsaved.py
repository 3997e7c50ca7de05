"""Text that is being edited and not saved yet, kept so that a killed program gives it back.

An editor has a file `<script id>~<token>.json` of its own, and holds the lock beside it while it
lives. A file whose lock can be taken is what a program left that was killed. A token is never used
twice, so nobody else makes a lock of that name.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from secrets import token_hex
from typing import TYPE_CHECKING, Any

from broadcast.errors import BroadcastError, NotFoundError, Problem
from broadcast.storage import storage_error
from broadcast.store.files import Revision, read_bytes, write_whole
from broadcast.store.names import is_id

if TYPE_CHECKING:
    from filelock import BaseFileLock

_UNREAD = "không đọc được chữ chưa lưu của lần trước"
_MEND = "mở bằng trình soạn thảo để lấy lại chữ nếu cần, rồi xóa tệp"


@dataclass(frozen=True, slots=True)
class Unsaved:
    """A script's body as it was being edited, when (aware), and the body it was made from.

    `revision` is that of the script's file then, `cursor` the row and column (from 0). `token`
    tells this editor's text from another one's of the same script.
    """

    token: str
    script_id: str
    title: str
    revision: Revision
    base: str
    text: str
    cursor: tuple[int, int]
    at: datetime


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What killed programs left, newest first, and the files of theirs that cannot be read."""

    texts: tuple[Unsaved, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(slots=True, eq=False)
class Place:
    """Where one living editor keeps its unsaved text; nobody else writes there until `close`."""

    folder: Path
    script_id: str
    token: str
    _lock: BaseFileLock

    @classmethod
    def make(cls, folder: Path, script_id: str) -> Place:
        """A place of one's own.

        Raises:
            StorageError: the folder cannot be written to.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
            while True:
                token = token_hex(4)
                path = _lock_path(folder, script_id, token)
                lock = _lock(path)
                # Somebody who tidies up may have removed it just before it was locked.
                if lock and path.exists():
                    return cls(folder, script_id, token, lock)
        except OSError as error:
            raise storage_error(error, folder, "Không giữ được chữ chưa lưu") from error

    @classmethod
    def take(cls, folder: Path, left: Unsaved) -> Place | None:
        """The place of a text that was left over; None if somebody else has taken it.

        Raises:
            StorageError: the folder cannot be written to.
        """
        lock_path = _lock_path(folder, left.script_id, left.token)
        try:
            lock = _lock(lock_path)
        except OSError as error:
            raise storage_error(error, lock_path, "Không lấy lại được chữ chưa lưu") from error
        if lock is None:
            return None
        place = cls(folder, left.script_id, left.token, lock)
        if place.path.exists():
            return place
        place.close()
        return None

    @property
    def path(self) -> Path:
        """The file of the text."""
        return self.folder / f"{self.script_id}~{self.token}.json"

    def write(self, unsaved: Unsaved) -> None:
        """Keep this text in place of what was kept before.

        Raises:
            StorageError: the disk refuses; what was kept before still is.
        """
        record = {
            "script": unsaved.script_id,
            "title": unsaved.title,
            "revision": unsaved.revision,
            "base": unsaved.base,
            "text": unsaved.text,
            "cursor": list(unsaved.cursor),
            "at": unsaved.at.isoformat(),
        }
        # Halves of a letter that a terminal may give are text too until a person mends them.
        data = json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "surrogatepass")
        write_whole(self.path, data)

    def clear(self) -> None:
        """Forget the text: it has been saved.

        Raises:
            StorageError: the disk refuses.
        """
        try:
            self.path.unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(error, self.path, "Không xóa được tệp") from error

    def close(self) -> None:
        """Let go of the place; a text that is still kept there counts as left over."""
        _release(self._lock, forget=not self.path.exists())


def left_over(folder: Path, script_id: str | None = None) -> LeftOver:
    """Texts that no living editor holds, of one script or of all; what cannot be read is told."""
    texts, problems = [], []
    try:
        for path in _free(folder, script_id):
            try:
                texts.append(_read(path))
            except NotFoundError:
                continue  # its editor has just saved it
            except (BroadcastError, ValueError, KeyError, TypeError):
                problems.append(Problem(_UNREAD, str(path), suggestion=_MEND))
    except OSError as error:
        refused = storage_error(error, folder)
        problems.append(Problem(f"{_UNREAD}: {refused.happened}", suggestion=refused.mend))
    return LeftOver(tuple(sorted(texts, key=lambda one: one.at, reverse=True)), tuple(problems))


def _free(folder: Path, script_id: str | None) -> Iterator[Path]:
    """Files of texts whose lock can be taken; locks without a text are removed on the way."""
    names = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    for stem in dict.fromkeys(name.rpartition(".")[0] for name in names):
        owner = stem.rpartition("~")[0]
        if not is_id(owner) or script_id not in {None, owner}:
            continue
        with suppress(OSError):  # what cannot be locked is somebody's
            lock = _lock(folder / f"{stem}.lock")
            if lock:
                path = folder / f"{stem}.json"
                there = path.exists()
                _release(lock, forget=not there)
                if there:
                    yield path


def _read(path: Path) -> Unsaved:
    record: dict[str, Any] = json.loads(read_bytes(path).decode("utf-8", "surrogatepass"))
    owner, _, token = path.stem.rpartition("~")
    row, column = (int(one) for one in record["cursor"])
    at = datetime.fromisoformat(record["at"])
    if record["script"] != owner or at.tzinfo is None:
        raise ValueError(path)
    texts = record["title"], record["base"], record["text"]
    if not all(isinstance(one, str) for one in texts):
        raise TypeError(path)
    title, base, text = texts
    cursor = max(row, 0), max(column, 0)
    return Unsaved(token, owner, title, record["revision"], base, text, cursor, at)


def _lock_path(folder: Path, script_id: str, token: str) -> Path:
    return folder / f"{script_id}~{token}.lock"


def _lock(path: Path) -> BaseFileLock | None:
    """The lock of that file, held; None if somebody else holds it."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only those who write pay for it

    # Not of one thread: workers take turns in looking after one editor.
    lock = FileLock(path, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        return None
    return lock


def _release(lock: BaseFileLock, *, forget: bool) -> None:
    """Let go of a lock, and remove its file where no text needs it any more."""
    lock.release()
    if forget:
        with suppress(OSError):
            Path(lock.lock_file).unlink(missing_ok=True)
