"""What became of the files that exports wrote into a folder, told by its manifest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from broadcast.publish.compare import STAGING, DigestOf
from broadcast.publish.manifest import MANIFEST, FileEntry, Manifest
from broadcast.storage import file_digest

State = Literal["nguyên vẹn", "thiếu", "đã đổi", "lạ"]
"""Whole, missing, changed since it was written, or written by no export."""

SOUND = frozenset({".mp3", ".wav", ".wma", ".m4a", ".aac", ".ogg", ".oga", ".flac", ".amr", ".mp2"})
"""Endings of what a player may play, in small letters."""

_SYSTEM = frozenset({
    STAGING.casefold(), "system volume information", "$recycle.bin", "found.000",
    "thumbs.db", "desktop.ini", "lost.dir", "autorun.inf",
})  # fmt: skip
"""What operating systems leave on a stick, beside names that begin with a dot."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that should be in the folder, or is: its relative path, and where it stands.

    `claims` are the exports that wrote it, newest first, and what each of them wrote: cards of
    players have the same names week after week. None: it is foreign.
    """

    path: str
    place: Path
    claims: tuple[tuple[str, FileEntry], ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a file, of which export it is ("" if foreign), and the digest it had then."""

    state: State
    export: str = ""
    digest: str = ""


def listed(folder: Path, manifest: Manifest) -> list[Listed]:
    """Every file of the manifest and every other one of the folder, by path; nothing is read.

    Disks of players tell capitals from small letters or not: names are compared without.
    """
    present = {path.casefold(): path for path in _present(folder)}
    claims: dict[str, list[tuple[str, FileEntry]]] = {}
    for name, week in sorted(manifest.weeks.items(), reverse=True):
        for path, entry in week.files.items():
            claims.setdefault(path, []).append((name, entry))
    ours = [
        Listed(path, folder / present.pop(path.casefold(), path), tuple(several))
        for path, several in sorted(claims.items())
    ]
    return [*ours, *(Listed(path, folder / path) for path in present.values())]


def standing(one: Listed, digest_of: DigestOf = file_digest) -> Standing:
    """What became of the file.

    Raises:
        OSError: it cannot be read.
    """
    if not one.claims:
        return Standing("lạ")
    newest, entry = one.claims[0]
    if not one.place.is_file():
        return Standing("thiếu", newest, entry.digest)
    size = one.place.stat().st_size
    if any(size == claimed.size for _, claimed in one.claims):
        digest = digest_of(one.place)
        for name, claimed in one.claims:
            if claimed.digest == digest:
                return Standing("nguyên vẹn", name, digest)
    return Standing("đã đổi", newest, entry.digest)


def _present(folder: Path) -> Iterator[str]:
    """Relative paths of the files there, but for the system's own, the manifest, and what is in
    folders with a manifest of their own."""
    for path in sorted(folder.iterdir()):
        if path.name.startswith(".") or path.name.casefold() in _SYSTEM:
            continue
        if path.is_dir():
            if not path.is_symlink() and not (path / MANIFEST).is_file():
                yield from (f"{path.name}/{below}" for below in _present(path))
        elif path.name != MANIFEST:
            yield path.name
