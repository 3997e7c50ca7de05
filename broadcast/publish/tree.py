"""Writing an export: only what changed, in playing order, and nothing that is not ours.

Every new file is first written whole into a staging folder on the same disk. Only then is
anything moved to its final name, so a final name never stands for half a file. The staging folder
also holds what was about to be written; the next export reads it there if this one was cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from broadcast.errors import ConflictError
from broadcast.publish import disk
from broadcast.publish.compare import (
    NOTHING,
    PENDING,
    STAGING,
    DigestOf,
    ExportResult,
    FileSource,
    Survey,
    all_taken_out,
    check_names,
    recovered,
    staged,
    survey,
    taken_out,
)
from broadcast.publish.drives import refuse_missing_drive
from broadcast.publish.manifest import MANIFEST, Manifest, WeekEntry, print_manifest
from broadcast.storage import file_digest


@dataclass(frozen=True, slots=True)
class Copied:
    """How far an export is: the file being written, whole files and bytes done, and of how many."""

    path: str
    done: int
    files: int
    written: int
    size: int


Progress = Callable[[Copied], None]
"""Called after every portion and every file; what it raises stops the export."""


@dataclass(frozen=True, slots=True)
class _Job:
    """One export: where, what, and what is to be done about each file."""

    target: Path
    files: Mapping[str, FileSource]
    survey: Survey

    @property
    def staging(self) -> Path:
        return self.target / STAGING

    @property
    def result(self) -> ExportResult:
        return self.survey.result


def export_tree(
    target: Path,
    files: Mapping[str, FileSource],
    week: str,
    about: WeekEntry = NOTHING,
    progress: Progress = lambda copied: None,
) -> ExportResult:
    """Make `target` hold exactly `files` for this week, beside other weeks and foreign files.

    Args:
        target: the folder; made if missing.
        files: by relative path with forward slashes, in playing order.
        week: "2026-W48"; an earlier export of the same week, for whichever zones, is replaced.
        about: the zones and the calendar events' states, for the manifest; its files are set here.
        progress: told how far it is.

    Raises:
        ConflictError: a file that no export wrote, or that was edited since and is no form, is in
            the way; nothing was written.
        StorageError: full, read-only or lost disk, or a name it refuses; final names are whole.
    """
    check_names(files)
    refuse_missing_drive(target)
    try:
        disk.make_folder(target)
        _mend(target)
        job = _Job(target, files, survey(target, files, week, about))
        job.survey.refuse_full(target)
        entry = replace(about, files={path: file.entry for path, file in files.items()})
        _carry_out(job, print_manifest(Manifest({week: entry})), progress)
    except OSError as error:
        raise disk.export_error(error, target) from error
    return job.result


def preview_tree(
    target: Path,
    files: Mapping[str, FileSource],
    week: str,
    about: WeekEntry = NOTHING,
    digest_of: DigestOf = file_digest,
) -> Survey:
    """What `export_tree` would do; nothing is written.

    Raises:
        ConflictError, StorageError: as `export_tree` would, as far as that can be told before.
    """
    check_names(files)
    refuse_missing_drive(target)
    try:
        disk.check_folder(target)
        found = survey(target, files, week, about, digest_of)
        found.refuse_full(target)
        if found.work:
            disk.check_writable(target)
    except OSError as error:
        raise disk.export_error(error, target) from error
    return found


def damaged(
    files: Mapping[str, FileSource], found: Survey, digest_of: DigestOf = file_digest
) -> tuple[str, ...]:
    """Of the files to be written, those whose source has other bytes than when it was made.

    Raises:
        OSError: a source cannot be read.
    """
    return tuple(path for path in found.result.written if _changed(files[path], digest_of))


def _changed(source: FileSource, digest_of: DigestOf) -> bool:
    return isinstance(source.content, Path) and digest_of(source.content) != source.digest


def _mend(target: Path) -> None:
    """Undo and note down what an export that was cut off left behind."""
    if not (target / STAGING).is_dir():
        return
    if (target / STAGING / PENDING).exists():
        _write_manifest(target, print_manifest(recovered(target)))
    _clean_up(target)


def _carry_out(job: _Job, pending: bytes, progress: Progress) -> None:
    if not job.survey.work:
        return
    disk.make_folder(job.staging)
    try:
        _stage_all(job, progress)
        _settle(job, pending)
    finally:
        _clean_up(job.target)


def _stage_all(job: _Job, progress: Progress) -> None:
    written, files = 0, len(job.result.written)
    size = sum(job.files[path].size for path in job.result.written)
    for done, path in enumerate(job.result.written):
        before = written

        def tell(portion: int, now: Copied = Copied(path, done, files, before, size)) -> None:
            progress(replace(now, written=now.written + portion))

        _stage(job, path, tell)
        written += job.files[path].size
        progress(Copied(path, done + 1, files, written, size))


def _stage(job: _Job, path: str, tell: Callable[[int], None]) -> None:
    source = job.files[path]
    if disk.copy_whole(source.content, staged(job.target, path), tell) != source.digest:
        raise ConflictError(
            "Không xuất được",
            f"tệp của {path} đã thay đổi sau khi đọc xong",
            "đọc lại tuần này: broadcast render TUẦN rồi xuất lại",
        )


def _settle(job: _Job, pending: bytes) -> None:
    """From here on final names change; `pending` says what for, until the manifest does."""
    _write_through_staging(job.target, pending, job.staging / PENDING)
    for path, name in job.result.set_aside:
        disk.move(job.target / path, job.target / name)
    _clear_away(job)
    folders: dict[str, list[str]] = {}
    for path in job.files:
        folders.setdefault(path.rpartition("/")[0], []).append(path)
    for folder, paths in folders.items():
        _place(job, job.target / folder, paths)
    _write_manifest(job.target, job.survey.manifest)


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
                disk.move(job.target / path, taken_out(job.target, path))
    for path in paths:
        for waiting in (staged(job.target, path), taken_out(job.target, path)):
            if waiting.exists():
                disk.move(waiting, job.target / path)
                break
    disk.flush_folder(folder)


def _write_manifest(target: Path, data: bytes) -> None:
    _write_through_staging(target, data, target / MANIFEST)
    disk.flush_folder(target)
    disk.remove(target / STAGING / PENDING)


def _write_through_staging(target: Path, data: bytes, to: Path) -> None:
    part = target / STAGING / f"{to.name}.part"
    disk.copy_whole(data, part)
    disk.move(part, to)


def _clean_up(target: Path) -> None:
    """Put back what was taken out of its place, and empty the staging folder.

    The note of what was about to be written stays, if it is still there.
    """
    staging = target / STAGING
    for waiting, place in all_taken_out(target).items():
        if place is None or place.exists():
            disk.remove(waiting)
        else:
            disk.make_folder(place.parent)
            disk.move(waiting, place)
    for part in staging.glob("*.part"):
        disk.remove(part)
    disk.remove_empty(staging)
