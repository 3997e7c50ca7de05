"""Going through folders to choose one, or a document: what is in them, which drives are in."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from broadcast.errors import InputError
from broadcast.publish import disk
from broadcast.publish.drives import Drive, drives
from broadcast.storage import storage_error

_TITLE = "Chưa chọn được thư mục"


PLACES = (
    "Downloads", "Desktop", "Documents", "Tải xuống", "Tải về", "Màn hình nền", "Tài liệu",
)  # fmt: skip
"""What systems call the folders in which people keep documents, in English and Vietnamese."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder one is in: the one above it (None at the top), those in it, the drives there are.

    Where documents are looked for `files` are those in it, and `places` the person's own folders
    where they are likely.
    """

    path: Path
    above: Path | None
    inside: tuple[str, ...]
    drives: tuple[Drive, ...]
    files: tuple[str, ...] = ()
    places: tuple[Path, ...] = ()


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


def look_into(path: Path, endings: frozenset[str] = frozenset()) -> Folder:
    """The folder, or the nearest one above it that there is.

    Args:
        endings: of the documents that are looked for, as ".pdf"; none where a folder is.

    Raises:
        StorageError: it cannot be looked into.
    """
    try:
        folder = disk.nearest(path.absolute())
        folder = folder if folder.is_dir() else folder.parent
        found = sorted(filter(_shown, os.scandir(folder)), key=lambda one: one.name.casefold())
    except OSError as error:
        raise storage_error(error, path, _TITLE) from error
    above = folder.parent if folder.parent != folder else None
    return Folder(
        path=folder,
        above=above,
        inside=tuple(one.name for one in found if _is_folder(one)),
        drives=drives(),
        files=tuple(one.name for one in found if Path(one.name).suffix.lower() in endings
                    and not _is_folder(one)),
        places=_places(folder) if endings else (),
    )  # fmt: skip


def _shown(entry: os.DirEntry[str]) -> bool:
    """What is not hidden, and no trace of a document that is open ("~$ke-hoach.docx")."""
    return not entry.name.startswith((".", "$", "~"))


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Those that do not say what they are count as none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _places(here: Path) -> tuple[Path, ...]:
    """The person's folders of documents that there are, but for the one one is in."""
    try:
        found = [Path.home() / name for name in PLACES]
        return tuple(path for path in found if path != here and path.is_dir())
    except (OSError, RuntimeError):
        return ()  # nobody's home: a system's own account
