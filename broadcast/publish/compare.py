"""Looking at where an export goes: what it would write, leave and remove, and what is in the way.

Nothing here writes. An export does what was found here; a preview only tells it.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from broadcast.domain.wording import size_text
from broadcast.errors import ConflictError, Problem, StorageError
from broadcast.publish import disk
from broadcast.publish.manifest import (
    MANIFEST,
    NOT_A_MANIFEST,
    FileEntry,
    Manifest,
    WeekEntry,
    parse_manifest,
    print_manifest,
    read_manifest,
)
from broadcast.publish.names import name_problem
from broadcast.storage import file_digest

STAGING = ".broadcast-export"
"""The folder in which files wait, whole, for their names."""

PENDING = "pending.json"
"""In the staging folder: what was about to be written, should the export be cut off."""

FILLED_IN = "da-ghi"
"""Ends the name of a form that somebody wrote in, once a new one takes its place."""

_OUT = ".out"
_SLASH = "+"
"""Stands for "/" in the staging folder; no name of an export has one."""
_MARGIN = 1 << 20
"""Bytes kept free beyond the files themselves: folders, tables and the manifest need room."""
_CLUSTER = 1 << 15
"""Bytes a file's end may waste on FAT32."""

NOTHING = WeekEntry()

DigestOf = Callable[[Path], str]
"""SHA-256 (hex) of a file's bytes; a preview may remember those of files that stay as they are."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """What a file of the export shall hold: bytes, or a file whose SHA-256 is known.

    `filled_in`: it is a form. One that somebody wrote in is neither in the way nor overwritten.
    """

    content: bytes | Path
    digest: str
    size: int
    filled_in: bool = False

    @classmethod
    def of_bytes(cls, data: bytes, *, filled_in: bool = False) -> FileSource:
        """These bytes."""
        return cls(data, sha256(data).hexdigest(), len(data), filled_in)

    @classmethod
    def of_file(cls, path: Path, digest: str) -> FileSource:
        """The bytes of a finished file.

        Raises:
            OSError: there is no such file.
        """
        return cls(path, digest, path.stat().st_size)

    @property
    def entry(self) -> FileEntry:
        """How the manifest names it."""
        return FileEntry(self.digest, self.size)


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What an export did, as relative paths.

    `kept_foreign` are files of an earlier export that somebody changed since: no longer wanted,
    but not deleted. `set_aside` are forms that somebody wrote in and that had to be written anew:
    each with the name under which the filled-in one stands now.
    """

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept_foreign: tuple[str, ...] = ()
    set_aside: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Survey:
    """What an export of a week would do to a folder.

    `replaced` are those of `result.written` that stand there in an older state. `sizes` are the
    bytes of every file of `result`, `needed` and `free` bytes of the disk. `manifest` is what
    manifest.json would hold, `work` whether anything would be written at all.
    """

    result: ExportResult
    replaced: frozenset[str]
    sizes: Mapping[str, int]
    manifest: bytes
    needed: int
    free: int
    work: bool

    def refuse_full(self, target: Path) -> None:
        """Say so if there is not enough room.

        Raises:
            StorageError: there is not.
        """
        if self.result.written and self.free < self.needed:
            needed, free = size_text(self.needed), size_text(self.free)
            raise StorageError(
                "Không xuất được tệp",
                f"{target} cần {needed} nhưng chỉ còn trống {free}",
                "xóa bớt tệp hoặc dùng thẻ nhớ, ổ đĩa khác; chưa ghi gì cả",
            )


def taken_out(target: Path, path: str) -> Path:
    """Where a file that already had its name waits, in the staging folder, to be put in order."""
    return target / STAGING / f"{path.replace('/', _SLASH)}{_OUT}"


def all_taken_out(target: Path) -> dict[Path, Path | None]:
    """Every file that waits there, left behind by an export that was cut off, and its own place.

    None for one that no export can have put there: names on a stick are anybody's.
    """
    found = (one for one in (target / STAGING).glob(f"*{_OUT}") if one.is_file())
    return {one: _place_of(target, one.name.removesuffix(_OUT)) for one in found}


def _place_of(target: Path, name: str) -> Path | None:
    path = name.replace(_SLASH, "/")
    if name_problem(path) or _way_problem(target, path):
        return None
    return target / path


def _way_problem(target: Path, path: str) -> Problem | None:
    """Why nothing can stand at a path: it leads out of the folder, or through a file."""
    if not (target / path).resolve().is_relative_to(target.resolve()):
        return Problem("là lối tắt dẫn ra ngoài thư mục xuất", path)
    there = disk.nearest((target / path).parent)
    return None if there.is_dir() else Problem("cần một thư mục ở chỗ đang có tệp", there.name)


def staged(target: Path, path: str) -> Path:
    """Where a new file waits, whole, before it gets its name."""
    return target / STAGING / f"{path.replace('/', _SLASH)}.part"


def survey(
    target: Path,
    files: Mapping[str, FileSource],
    week: str,
    about: WeekEntry = NOTHING,
    digest_of: DigestOf = file_digest,
) -> Survey:
    """What making `target` hold `files` for this week takes, as `tree.export_tree` does it.

    The folder itself may be missing, or hold what an export that was cut off left behind.

    Raises:
        ConflictError: a file that no export wrote, or that was edited since, is in the way.
        OSError: the disk cannot be read.
    """
    before = recovered(target, digest_of)
    look = _Look(target, before.files(), digest_of)
    result, replaced = look.compare(files, before.weeks.get(week, NOTHING))
    entry = replace(about, files={path: file.entry for path, file in files.items()})
    manifest = print_manifest(before.with_week(week, entry))
    left = (*result.removed, *result.kept_foreign)
    sizes = {path: file.size for path, file in files.items()}
    sizes |= {path: look.standing(path).stat().st_size for path in left}
    sizes |= {name: look.standing(path).stat().st_size for path, name in result.set_aside}
    written = [sizes[path] for path in result.written]
    needed = sum(written) + len(written) * _CLUSTER + len(manifest) + _MARGIN if written else 0
    work = bool(result.written or result.removed) or look.differs(manifest)
    free = disk.free_bytes(disk.nearest(target))
    return Survey(result, replaced, sizes, manifest, needed, free, work)


def recovered(target: Path, digest_of: DigestOf = file_digest) -> Manifest:
    """The manifest, made true where an export was cut off before it could write it.

    Raises:
        ConflictError: manifest.json is not ours or damaged.
        OSError: it cannot be read.
    """
    manifest = read_manifest(target)
    try:
        pending = parse_manifest((target / STAGING / PENDING).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return manifest
    except NOT_A_MANIFEST:
        return manifest  # not written whole: no final name had been touched yet
    for name, week in pending.weeks.items():
        before = manifest.weeks.get(name, WeekEntry(week.zones))
        arrived = {p: e for p, e in week.files.items() if _holds(target / p, e, digest_of)}
        told = {p: several for p, several in week.airings.items() if p in arrived}
        entry = replace(
            before,
            files={**before.files, **arrived},
            events=week.events,
            airings={**before.airings, **told},
            player=week.player,
        )
        manifest = manifest.with_week(name, entry)
    return manifest


def _holds(path: Path, entry: FileEntry, digest_of: DigestOf) -> bool:
    if not path.is_file() or path.stat().st_size != entry.size:
        return False
    return digest_of(path) == entry.digest


def check_names(files: Mapping[str, FileSource]) -> None:
    """Tell every name that a disk would refuse.

    Raises:
        StorageError: there is at least one.
    """
    seen: dict[str, str] = {MANIFEST: MANIFEST, STAGING: STAGING}
    problems = []
    for path in files:
        if trouble := name_problem(path):
            problems.append(Problem(trouble, path))
        elif path.casefold() in seen:
            problems.append(Problem(f"trùng tên với {seen[path.casefold()]}", path))
        seen[path.casefold()] = path
    if problems:
        mend = "đổi tên các chương trình này rồi xuất lại"
        raise StorageError("Không xuất được", "có tên tệp không dùng được", mend, problems)


@dataclass(frozen=True, slots=True)
class _Look:
    """A folder, what earlier exports wrote there, and how digests are got."""

    target: Path
    ours: Mapping[str, FileEntry]
    digest_of: DigestOf

    def standing(self, path: str) -> Path:
        """Where a file stands: at its name, or where an export that was cut off put it."""
        place, waiting = self.target / path, taken_out(self.target, path)
        return waiting if not place.exists() and waiting.exists() else place

    def holds(self, path: str, entry: FileEntry) -> bool:
        """Whether the file there is what `entry` says."""
        return _holds(self.standing(path), entry, self.digest_of)

    def differs(self, manifest: bytes) -> bool:
        """Whether manifest.json is to be written, or what was left behind to be cleared away."""
        place = self.target / MANIFEST
        if (self.target / STAGING).is_dir() or not place.is_file():
            return True
        return place.read_bytes() != manifest

    def compare(
        self, files: Mapping[str, FileSource], before: WeekEntry
    ) -> tuple[ExportResult, frozenset[str]]:
        """What is to be done about each file, and which of the written ones replace their own.

        Raises:
            ConflictError: a file is in the way.
        """
        forms = {path for path, file in files.items() if file.filled_in and self.edited(path)}
        unchanged = [
            path
            for path, file in files.items()
            if self.holds(path, file.entry) or (path in forms and self.ours[path] == file.entry)
        ]
        written = [path for path in files if path not in set(unchanged)]
        aside = [(path, self._free_name(path)) for path in written if path in forms]
        self._refuse_conflicts([path for path in written if path not in forms])
        replaced = frozenset(path for path in written if self.standing(path).exists())
        gone = [path for path in before.files if path not in files]
        present = [path for path in gone if self.standing(path).is_file()]
        removed = [path for path in present if self.holds(path, self.ours[path])]
        kept = [path for path in present if path not in set(removed)]
        result = ExportResult(
            tuple(written), tuple(unchanged), tuple(removed), tuple(kept), tuple(aside)
        )
        return result, replaced

    def edited(self, path: str) -> bool:
        """Whether a file that an export wrote there is no longer what it was."""
        ours = self.ours.get(path)
        return bool(ours and self.standing(path).is_file() and not self.holds(path, ours))

    def _free_name(self, path: str) -> str:
        """Where a form that was filled in goes, beside the one that takes its name."""
        stem, dot, ending = path.rpartition(".")
        for count in itertools.count(1):
            name = f"{stem}-{FILLED_IN}{'' if count == 1 else f'-{count}'}{dot}{ending}"
            if not (self.target / name).exists():
                break
        return name

    def _refuse_conflicts(self, paths: list[str]) -> None:
        problems = [problem for path in paths if (problem := self._conflict(path))]
        if problems:
            raise ConflictError(
                "Không xuất vào thư mục này được",
                "có tệp không do chương trình ghi đứng đúng chỗ cần ghi; chưa ghi gì cả",
                "chuyển các tệp đó đi chỗ khác hoặc chọn thư mục khác, rồi xuất lại",
                problems,
            )

    def _conflict(self, path: str) -> Problem | None:
        place, ours = self.standing(path), self.ours.get(path)
        if problem := _way_problem(self.target, path):
            return problem
        if not place.exists() and not place.is_symlink():
            return None
        if ours is None or not place.is_file():
            return Problem("không do chương trình này ghi", path)
        return None if self.holds(path, ours) else Problem("đã bị sửa sau lần xuất trước", path)
