"""Going through folders to choose one: what is in them, and the drives that are put in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import InputError
from broadcast.publish import disk
from broadcast.publish.drives import Drive, drives
from broadcast.storage import storage_error

_TITLE = "Chưa chọn được thư mục"


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder one is in: the one above it (None at the top), those in it, the drives there are."""

    path: Path
    above: Path | None
    inside: tuple[str, ...]
    drives: tuple[Drive, ...]


def typed_path(text: str, base: Path) -> Path:
    """A folder as people type or paste it: quoted, with ~, or seen from `base`.

    Raises:
        InputError: nothing was typed, or somebody's ~ is not known here.
    """
    plain = text.strip().strip("\"'").strip()
    if not plain:
        raise InputError(_TITLE, "chưa ghi thư mục", "ghi đường dẫn, hoặc chọn thư mục, ổ USB")
    try:
        return base / Path(plain).expanduser()
    except RuntimeError as error:
        happened = f"không rõ {plain.split('/')[0]} là thư mục của ai"
        raise InputError(_TITLE, happened, "ghi cả đường dẫn") from error


def look_into(path: Path) -> Folder:
    """The folder, or the nearest one above it that there is.

    Raises:
        StorageError: it cannot be looked into.
    """
    try:
        folder = disk.nearest(path.absolute())
        folder = folder if folder.is_dir() else folder.parent
        names = sorted((one.name for one in os.scandir(folder) if _shown(one)), key=str.casefold)
    except OSError as error:
        raise storage_error(error, path, _TITLE) from error
    above = folder.parent if folder.parent != folder else None
    return Folder(folder, above, tuple(names), drives())


def _shown(entry: os.DirEntry[str]) -> bool:
    """Folders that are not hidden; those that do not say what they are count as hidden."""
    try:
        return not entry.name.startswith((".", "$")) and entry.is_dir()
    except OSError:
        return False
