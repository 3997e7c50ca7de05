"""The few things an export does to a disk, each in one place, so that tests can let each fail.

A USB stick may be full, write-protected or pulled out at any moment.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

from broadcast.errors import StorageError
from broadcast.storage import flush_folder, storage_error

__all__ = [
    "check_folder",
    "check_writable",
    "copy_whole",
    "export_error",
    "flush_folder",
    "free_bytes",
    "make_folder",
    "move",
    "nearest",
    "remove",
    "remove_empty",
]

_CHUNK = 1 << 20


def export_error(error: OSError, target: Path) -> StorageError:
    """What the officer is told for an OSError while exporting into `target`."""
    where = error.filename2 or error.filename or target
    return storage_error(error, where, "Không xuất được tệp")


def copy_whole(
    source: Path | bytes, to: Path, tell: Callable[[int], None] = lambda _bytes: None
) -> str:
    """Write a new file through to the disk; the SHA-256 of what was written.

    Args:
        tell: called with the bytes written so far; what it raises ends the copying.

    Raises:
        OSError: it cannot be read or written.
    """
    digest, written = hashlib.sha256(), 0
    with to.open("wb") as file:
        for chunk in _chunks(source):
            digest.update(chunk)
            file.write(chunk)
            written += len(chunk)
            tell(written)
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


def nearest(folder: Path) -> Path:
    """The folder, or the nearest one above it that there is."""
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def check_folder(folder: Path) -> None:
    """Whether the folder is one or could be made, as far as its name goes.

    Raises:
        OSError: a file is in its place or above it, or there is no such drive.
    """
    there = nearest(folder)
    if not there.exists():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(there))
    if not there.is_dir():
        kind = errno.EEXIST if there == folder else errno.ENOTDIR
        raise OSError(kind, os.strerror(kind), str(there))


def check_writable(folder: Path) -> None:
    """Whether files may be written there, as far as the system tells without trying.

    Raises:
        OSError: the disk is read-only, or the right is missing.
    """
    there = nearest(folder)
    if not os.access(there, os.W_OK | os.X_OK):
        raise OSError(errno.EROFS if _read_only(there) else errno.EACCES, "", str(there))


def _read_only(folder: Path) -> bool:
    flags = getattr(os, "ST_RDONLY", 0)
    return bool(flags and os.statvfs(folder).f_flag & flags)
