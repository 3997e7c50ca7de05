"""The few things an export does to a disk, each in one place, so that tests can let each fail.

A USB stick may be full, write-protected or pulled out at any moment.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from broadcast.errors import StorageError
from broadcast.storage import flush_folder, storage_error

__all__ = [
    "copy_whole",
    "export_error",
    "flush_folder",
    "free_bytes",
    "make_folder",
    "move",
    "remove",
    "remove_empty",
]

_CHUNK = 1 << 20


def export_error(error: OSError, target: Path) -> StorageError:
    """What the officer is told for an OSError while exporting into `target`."""
    where = error.filename2 or error.filename or target
    return storage_error(error, where, "Không xuất được tệp")


def copy_whole(source: Path | bytes, to: Path) -> str:
    """Write a new file through to the disk; the SHA-256 of what was written.

    Raises:
        OSError: it cannot be read or written.
    """
    digest = hashlib.sha256()
    with to.open("wb") as file:
        for chunk in _chunks(source):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _chunks(source: Path | bytes) -> Iterable[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def move(source: Path, to: Path) -> None:
    """Rename within one file system, over what stands there."""
    os.replace(source, to)  # noqa: PTH105 - the one call that is atomic on every system


def make_folder(path: Path) -> None:
    """The folder and those above it."""
    path.mkdir(parents=True, exist_ok=True)


def remove(path: Path) -> None:
    """Delete a file; one that is gone already is fine."""
    path.unlink(missing_ok=True)


def remove_empty(folder: Path) -> None:
    """Delete a folder if nothing is in it."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written into a folder."""
    return shutil.disk_usage(folder).free
