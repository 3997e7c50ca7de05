"""One writer at a time in a workspace, and word of who it is."""

from __future__ import annotations

import contextlib
import os
import platform
import threading
from collections.abc import Iterator
from pathlib import Path

from broadcast.errors import ConflictError
from broadcast.storage import storage_error

SECONDS = 10.0
"""How long to wait for another program to finish."""

_held = threading.local()
"""Folders whose lock the thread has, so that one use case can call another."""


@contextlib.contextmanager
def locked(folder: Path, what: str, seconds: float = SECONDS) -> Iterator[None]:
    """Hold the lock kept in `folder`; a thread that holds it may take it again.

    Raises:
        ConflictError: somebody else holds it for longer than `seconds`; says who and what for.
        StorageError: the lock's file cannot be made.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - only those who write pay for it

    held: set[Path] = _held.__dict__.setdefault("folders", set())
    if folder in held:
        yield
        return
    path = folder / "workspace.lock"
    note = folder / "workspace.lock.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path)
        lock.acquire(timeout=seconds)
    except Timeout as error:
        happened = f"chương trình khác đang ghi ({_holder(note)})"
        mend = "đợi việc đó xong, hoặc đóng cửa sổ kia, rồi làm lại"
        raise ConflictError(f"Chưa làm được: {what}", happened, mend) from error
    except OSError as error:
        raise storage_error(error, path, "Không ghi được vào thư mục làm việc") from error
    try:
        # Beside the lock, as Windows lets nobody read a locked file; only a courtesy.
        with contextlib.suppress(OSError):
            note.write_text(f"{what}; máy {platform.node()}, tiến trình {os.getpid()}", "utf-8")
        held.add(folder)
        yield
    finally:
        held.discard(folder)
        lock.release()


def _holder(note: Path) -> str:
    try:
        return note.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return "không rõ là ai"
