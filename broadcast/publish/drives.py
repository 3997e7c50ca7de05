"""Sticks and other drives that people put in and take out: which are there, which is missing."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from broadcast.publish import disk

LINUX = (Path("/media"), Path("/run/media"))
"""Where Linux shows drives: in a folder of their own, or in one of the person's."""

MAC = Path("/Volumes")
"""Where macOS shows drives; the system's own is there too, as a link."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A drive that can be taken out: its name, its folder, bytes free (None: it does not say)."""

    name: str
    path: Path
    free: int | None = None


def drives(platform: str = sys.platform) -> tuple[Drive, ...]:
    """The drives there are now, by name; those that cannot be looked at are left out."""
    return tuple(sorted(map(_drive, _folders(platform)), key=lambda drive: drive.name))


def _folders(platform: str) -> Iterator[Path]:
    if platform == "win32":
        yield from _letters()
    elif platform == "darwin":
        yield from (path for path in _inside(MAC) if not path.is_symlink())
    else:
        for top in LINUX:
            for path in _inside(top):
                yield from [path] if os.path.ismount(path) else _inside(path)


def _letters(exists: Callable[[str], bool] = os.path.exists) -> Iterator[Path]:
    """Windows' drives but for the one it starts from."""
    system = os.environ.get("SYSTEMDRIVE", "C:").upper()
    names = (f"{letter}:" for letter in ascii_uppercase[2:])  # A and B are floppies: they rattle
    return (Path(f"{name}\\") for name in names if name != system and exists(f"{name}\\"))


def _inside(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if path.is_dir()]
    except OSError:
        return []


def _drive(path: Path) -> Drive:
    try:
        free = disk.free_bytes(path)
    except OSError:
        free = None
    return Drive(path.name or str(path).rstrip("\\"), path, free)


def drive_of(path: Path, platform: str = sys.platform) -> Path | None:
    """The folder of the drive on which a path is, whether it is in or not; None if on no such."""
    path = path.absolute()
    if platform == "win32":
        system = os.environ.get("SYSTEMDRIVE", "C:").upper()
        return Path(path.anchor) if path.drive and path.drive.upper() != system else None
    if platform == "darwin":
        return _at_depth(path, MAC, 1)
    for top in LINUX:
        own = _at_depth(path, top, 1)
        if own is not None:
            return own if os.path.ismount(own) else _at_depth(path, top, 2) or own
    return None


def _at_depth(path: Path, top: Path, depth: int) -> Path | None:
    if not path.is_relative_to(top):
        return None
    parts = path.relative_to(top).parts
    return top.joinpath(*parts[:depth]) if len(parts) >= depth else None


def refuse_missing_drive(path: Path) -> None:
    """Keep a folder of a drive's name from being made where the drive is not in.

    Raises:
        StorageError: the path is on a drive that is not there.
    """
    drive = drive_of(path)
    if drive is not None and not drive.exists():
        gone = OSError(errno.ENOENT, os.strerror(errno.ENOENT), str(drive))
        raise disk.export_error(gone, drive)
