"""Things kept on disk by key: made once, found again, the oldest let go when there are too many.

An entry's name is the digest of all that makes it, so there is nothing to invalidate: what changed
has another name, and what is no longer asked for is the oldest and goes first.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from secrets import token_hex
from typing import BinaryIO

from broadcast.storage import storage_error, sweep


class Shelf:
    """Entries in `folder`: <2 hex>/<62 hex><suffix>. Several processes may share a folder.

    Args:
        title: what could not be done, for the officer, when the disk refuses.
        largest: bytes that are kept.
    """

    def __init__(self, folder: Path, suffix: str, title: str, largest: int) -> None:
        self.folder = folder
        self.suffix = suffix
        self._title = title
        self._largest = largest
        self._grown = False

    def path(self, key: str) -> Path:
        """Where the entry of `key` (64 hex digits) is or would be."""
        return self.folder / key[:2] / f"{key[2:]}{self.suffix}"

    def touch(self, key: str) -> bool:
        """Let the entry of `key` count as young again; whether there is one."""
        try:
            os.utime(self.path(key))
        except OSError:
            return False
        return True

    def get(self, key: str) -> bytes | None:
        """What is kept for `key`; None if nothing, or nothing that can be read."""
        try:
            data = self.path(key).read_bytes()
        except OSError:
            return None
        self.touch(key)
        return data

    def put(self, key: str, data: bytes) -> None:
        """Keep `data` for `key`; it appears whole or not at all.

        Raises:
            StorageError: the folder cannot be written to, or the disk is full.
        """
        with self.writing(key) as file:
            file.write(data)

    @contextlib.contextmanager
    def writing(self, key: str) -> Iterator[BinaryIO]:
        """A file to write the entry of `key` into; it appears whole, at the end, or not at all.

        Nothing waits for the disk here: an entry has a checksum, by which one that was torn by a
        power cut is told from a whole one.

        Raises:
            StorageError: the folder cannot be written to, or the disk is full.
        """
        path = self.path(key)
        draft = path.with_name(f"{key[2:10]}.{token_hex(8)}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with draft.open("w+b") as file:
                yield file
            draft.replace(path)
        except OSError as error:
            raise storage_error(error, self.folder, self._title) from error
        finally:
            with contextlib.suppress(OSError):
                draft.unlink(missing_ok=True)
        self._grown = True

    def grow(self) -> None:
        """Know that somebody else added to the folder."""
        self._grown = True

    def prune(self) -> None:
        """Let the entries asked for longest ago go, until the rest fits; only if any was added."""
        if not self._grown:
            return
        self._grown = False
        sweep(self.folder.glob("??/*.tmp"))
        kept = 0
        for _, size, path in sorted(self._entries(), reverse=True):
            kept += size
            if kept > self._largest:
                with contextlib.suppress(OSError):  # another process may be reading it; next time
                    path.unlink()

    def _entries(self) -> list[tuple[int, int, Path]]:
        """When each entry was last asked for (ns), its size in bytes, its path."""
        found = []
        for path in self.folder.glob(f"??/*{self.suffix}"):
            with contextlib.suppress(OSError):
                about = path.stat()
                found.append((about.st_mtime_ns, about.st_size, path))
        return found
