"""Writing an export: only what changed, in playing order, and nothing that is not ours.

Every new file is first written whole into a staging folder on the same disk. Only then is
anything moved to its final name, so a final name never stands for half a file. The staging folder
also holds what was about to be written; the next export reads it there if this one was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

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
_PENDING = "pending.json"
_OUT = ".out"
_SLASH = "+"
"""Stands for "/" in the staging folder; no name of an export has one."""
_MARGIN = 1 << 20
"""Bytes kept free beyond the files themselves: folders, tables and the manifest need room."""
_CLUSTER = 1 << 15
"""Bytes a file's end may waste on FAT32."""

_NOTHING = WeekEntry()

Progress = Callable[[int, int], None]
"""Called with the files written and the files to write; what it raises stops the export."""


@dataclass(frozen=True, slots=True)
class FileSource:
    """What a file of the export shall hold: bytes, or a file whose SHA-256 is known."""

    content: bytes | Path
    digest: str
    size: int

    @classmethod
    def of_bytes(cls, data: bytes) -> FileSource:
        """These bytes."""
        return cls(data, sha256(data).hexdigest(), len(data))

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
    but not deleted.
    """

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept_foreign: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Job:
    """One export: where, what, and what is to be done about each file."""

    target: Path
    files: Mapping[str, FileSource]
    result: ExportResult
    manifest: bytes

    @property
    def staging(self) -> Path:
        return self.target / STAGING

    def staged(self, path: str) -> Path:
        """Where the file waits, whole, before it gets its name."""
        return self.staging / f"{path.replace('/', _SLASH)}.part"

    def taken_out(self, path: str) -> Path:
        """Where a file that already had its name waits to be put in order."""
        return self.staging / f"{path.replace('/', _SLASH)}{_OUT}"


def export_tree(
    target: Path,
    files: Mapping[str, FileSource],
    week: str,
    about: WeekEntry = _NOTHING,
    progress: Progress = lambda done, total: None,
) -> ExportResult:
    """Make `target` hold exactly `files` for this week, beside other weeks and foreign files.

    Args:
        target: the folder; made if missing.
        files: by relative path with forward slashes, in playing order.
        week: "2026-W48"; an earlier export of the same week, of whichever zone, is replaced.
        about: the zone and the calendar events' states, for the manifest; its files are set here.
        progress: told after each file.

    Raises:
        ConflictError: a file that no export wrote, or that was edited since, is in the way;
            nothing was written.
        StorageError: full, read-only or lost disk, or a name it refuses; final names are whole.
    """
    _check_names(files)
    try:
        disk.make_folder(target)
        manifest = _mended(target)
        result = _compare(target, files, manifest, week)
        entry = replace(about, files={path: file.entry for path, file in files.items()})
        job = _Job(target, files, result, print_manifest(manifest.with_week(week, entry)))
        _check_space(job)
        _carry_out(job, print_manifest(Manifest({week: entry})), progress)
    except OSError as error:
        raise disk.export_error(error, target) from error
    return result


def recovered(target: Path) -> Manifest:
    """The manifest, made true where an export was cut off before it could write it.

    Raises:
        ConflictError: manifest.json is not ours or damaged.
        OSError: it cannot be read.
    """
    manifest = read_manifest(target)
    try:
        pending = parse_manifest((target / STAGING / _PENDING).read_bytes())
    except (FileNotFoundError, NotADirectoryError):
        return manifest
    except NOT_A_MANIFEST:
        return manifest  # not written whole: no final name had been touched yet
    for name, week in pending.weeks.items():
        before = manifest.weeks.get(name, WeekEntry(week.zone))
        arrived = {path: e for path, e in week.files.items() if _holds(target / path, e)}
        entry = replace(before, files={**before.files, **arrived}, events=week.events)
        manifest = manifest.with_week(name, entry)
    return manifest


def _mended(target: Path) -> Manifest:
    """Undo and note down what an export that was cut off left behind."""
    manifest = recovered(target)
    if (target / STAGING).is_dir():
        if (target / STAGING / _PENDING).exists():
            _write_manifest(target, print_manifest(manifest))
        _clean_up(target)
    return manifest


def _holds(path: Path, entry: FileEntry) -> bool:
    if not path.is_file() or path.stat().st_size != entry.size:
        return False
    return file_digest(path) == entry.digest


def _check_names(files: Mapping[str, FileSource]) -> None:
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


def _compare(
    target: Path, files: Mapping[str, FileSource], manifest: Manifest, week: str
) -> ExportResult:
    ours = manifest.files()
    unchanged = [path for path, file in files.items() if _holds(target / path, file.entry)]
    written = [path for path in files if path not in set(unchanged)]
    _refuse_conflicts(target, written, ours)
    gone = [p for p in manifest.weeks.get(week, WeekEntry()).files if p not in files]
    present = [p for p in gone if (target / p).is_file()]
    removed = [p for p in present if _holds(target / p, ours[p])]
    kept = [p for p in present if p not in set(removed)]
    return ExportResult(tuple(written), tuple(unchanged), tuple(removed), tuple(kept))


def _refuse_conflicts(target: Path, paths: list[str], ours: Mapping[str, FileEntry]) -> None:
    problems = [p for path in paths if (p := _conflict(target, path, ours.get(path)))]
    if problems:
        raise ConflictError(
            "Không xuất vào thư mục này được",
            "có tệp không do chương trình ghi đứng đúng chỗ cần ghi; chưa ghi gì cả",
            "chuyển các tệp đó đi chỗ khác hoặc chọn thư mục khác, rồi xuất lại",
            problems,
        )


def _conflict(target: Path, path: str, ours: FileEntry | None) -> Problem | None:
    place = target / path
    if not place.resolve().is_relative_to(target.resolve()):
        return Problem("là lối tắt dẫn ra ngoài thư mục xuất", path)
    if place.parent.exists() and not place.parent.is_dir():
        return Problem("cần một thư mục ở chỗ đang có tệp", place.parent.name)
    if not place.exists() and not place.is_symlink():
        return None
    if ours is None or not place.is_file():
        return Problem("không do chương trình này ghi", path)
    return None if _holds(place, ours) else Problem("đã bị sửa sau lần xuất trước", path)


def _check_space(job: _Job) -> None:
    sizes = [job.files[path].size for path in job.result.written]
    if not sizes:
        return
    needed = sum(sizes) + len(sizes) * _CLUSTER + len(job.manifest) + _MARGIN
    free = disk.free_bytes(job.target)
    if free < needed:
        raise StorageError(
            "Không xuất được tệp",
            f"{job.target} cần {needed / 1e6:.1f} MB nhưng chỉ còn trống {free / 1e6:.1f} MB",
            "xóa bớt tệp hoặc dùng thẻ nhớ, ổ đĩa khác; chưa ghi gì cả",
        )


def _carry_out(job: _Job, pending: bytes, progress: Progress) -> None:
    if not _anything_to_do(job):
        return
    disk.make_folder(job.staging)
    try:
        for count, path in enumerate(job.result.written, 1):
            _stage(job, path)
            progress(count, len(job.result.written))
        _settle(job, pending)
    finally:
        _clean_up(job.target)


def _anything_to_do(job: _Job) -> bool:
    if job.result.written or job.result.removed:
        return True
    place = job.target / MANIFEST
    return not place.is_file() or place.read_bytes() != job.manifest


def _stage(job: _Job, path: str) -> None:
    source = job.files[path]
    if disk.copy_whole(source.content, job.staged(path)) != source.digest:
        raise ConflictError(
            "Không xuất được",
            f"tệp của {path} đã thay đổi sau khi thu",
            "thu lại tiếng (broadcast render) rồi xuất lại",
        )


def _settle(job: _Job, pending: bytes) -> None:
    """From here on final names change; `pending` says what for, until the manifest does."""
    _write_through_staging(job.target, pending, job.staging / _PENDING)
    _clear_away(job)
    folders: dict[str, list[str]] = {}
    for path in job.files:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    for folder, paths in folders.items():
        _place(job, job.target / folder, paths)
    _write_manifest(job.target, job.manifest)


def _clear_away(job: _Job) -> None:
    for path in job.result.removed:
        disk.remove(job.target / path)
    for folder in {(job.target / path).parent for path in job.result.removed} - {job.target}:
        disk.remove_empty(folder)


def _place(job: _Job, folder: Path, paths: list[str]) -> None:
    """Move a folder's files to their final names, in playing order.

    Car-type players play in the order of the folder's entries. A new file would get the first
    free entry, so all the folder's files leave and come back in order; they keep their times.
    """
    disk.make_folder(folder)
    if folder != job.target and not all((job.target / path).exists() for path in paths):
        for path in paths:
            if (job.target / path).exists():
                disk.move(job.target / path, job.taken_out(path))
    for path in paths:
        for waiting in (job.staged(path), job.taken_out(path)):
            if waiting.exists():
                disk.move(waiting, job.target / path)
                break
    disk.flush_folder(folder)


def _write_manifest(target: Path, data: bytes) -> None:
    _write_through_staging(target, data, target / MANIFEST)
    disk.flush_folder(target)
    disk.remove(target / STAGING / _PENDING)


def _write_through_staging(target: Path, data: bytes, to: Path) -> None:
    part = target / STAGING / f"{to.name}.part"
    disk.copy_whole(data, part)
    disk.move(part, to)


def _clean_up(target: Path) -> None:
    """Put back what was taken out of its place, and empty the staging folder.

    The note of what was about to be written stays, if it is still there.
    """
    staging = target / STAGING
    for waiting in staging.glob(f"*{_OUT}"):
        place = target / waiting.name.removesuffix(_OUT).replace(_SLASH, "/")
        if place.exists():
            disk.remove(waiting)
        else:
            disk.move(waiting, place)
    for part in staging.glob("*.part"):
        disk.remove(part)
    disk.remove_empty(staging)
