"""Looking finished files over: MP3 and calendars one by one, a folder, or what was exported."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.domain.station import Sound
from broadcast.domain.week import VIETNAM
from broadcast.errors import ConflictError, NotFoundError, Problem, StorageError
from broadcast.store.files import read_bytes
from broadcast.store.workspace import Workspace
from broadcast.workflow.progress import SILENT, Progress
from broadcast.workflow.verify_export import Checked, ExportCheck

if TYPE_CHECKING:
    from broadcast.publish.standing import Listed

CALENDAR = ".ics"
_SOUND = ".mp3"

_Look = tuple[Path, Callable[[], Checked]]
"""A file, and what looks at it."""


def verify_paths(
    paths: Iterable[Path],
    sound: Sound | None = None,
    progress: Progress = SILENT,
    workspace: Workspace | None = None,
    now: datetime | None = None,
) -> list[Checked]:
    """Each file among `paths`, and each MP3 and calendar below those that are folders, with what
    is wrong with it; of folders that were exported, every file.

    Args:
        sound: the loudness and true peak an MP3 should have; None: the product's own.
        progress: told each file looked at, by its folder.
        workspace: tells of exported files whether they are still approved and aired so; None:
            then only whether they are whole.
        now: the time, aware; None: by the clock.

    Raises:
        CancelledError: the person asked to stop.
        NotFoundError: a path does not exist, or there is nothing to look at.
        StorageError: a folder cannot be read.
    """
    given = tuple(dict.fromkeys(paths))
    for path in given:
        if not path.exists():
            raise NotFoundError("Không kiểm tra được", f"không có {path}", "xem lại đường dẫn")
    broken: list[Checked] = []
    exports = list(_exports(given, workspace, now or datetime.now(VIETNAM), broken))
    looks = [*_looks_at_exports(exports, sound), *_looks_at_files(given, exports, sound)]
    if not looks and not broken:
        raise NotFoundError(
            "Không có gì để kiểm tra", "không thấy tệp .mp3, .ics nào", "nêu tệp khác"
        )
    checked = []
    for number, (file, look) in enumerate(looks, 1):
        checked.append(look())
        progress.step(file.absolute().parent.name, number, len(looks))
    return [*broken, *checked, *(row for one in exports for row in one.of_folder())]


def _exports(
    paths: Iterable[Path], workspace: Workspace | None, now: datetime, broken: list[Checked]
) -> Iterator[ExportCheck]:
    """Each folder at or below the paths that was exported; damaged manifests go to `broken`."""
    from broadcast.publish.compare import recovered  # noqa: PLC0415 - with its neighbours
    from broadcast.publish.manifest import MANIFEST  # noqa: PLC0415

    found = (file for path in paths if path.is_dir() for file in path.rglob(MANIFEST))
    for file in sorted(dict.fromkeys(found)):
        try:
            yield ExportCheck(file.parent, recovered(file.parent), workspace, now)
        except ConflictError:
            told = "không phải của chương trình này, đã hỏng, hoặc do bản mới hơn ghi"
            mend = "không biết đã xuất những gì; đổi tên tệp này rồi xuất lại"
            broken.append(Checked(file, (Problem(told, str(file), suggestion=mend),), "đã đổi"))


def _looks_at_exports(exports: Iterable[ExportCheck], sound: Sound | None) -> Iterator[_Look]:
    for export in exports:
        for one in export.files():
            yield one.place, partial(_look_at_exported, export, one, sound)


def _look_at_exported(export: ExportCheck, one: Listed, sound: Sound | None) -> Checked:
    """A file of an export; where it is whole, with what is wrong with it as a sound or calendar."""
    checked = export.look(one)
    if checked.state not in {"đang dùng", "nguyên vẹn", "bản cũ"} or not _is_known(one.place):
        return checked
    return replace(checked, problems=(*_problems(one.place, sound), *checked.problems))


def _looks_at_files(
    paths: Iterable[Path], exports: Iterable[ExportCheck], sound: Sound | None
) -> Iterator[_Look]:
    """Files that no export tells of."""
    exported = {export.folder for export in exports}
    for file in dict.fromkeys(file for path in paths for file in _files(path)):
        if not exported.intersection(file.parents):
            yield file, partial(_look_at_file, file, sound)


def _look_at_file(file: Path, sound: Sound | None) -> Checked:
    try:
        return Checked(file, _problems(file, sound))
    except StorageError as error:  # a stick that fails: the others are still looked at
        return Checked(file, (Problem(error.happened, str(file), suggestion=error.mend),))


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if _is_known(file) and file.is_file())


def _is_known(file: Path) -> bool:
    return file.suffix.lower() in {_SOUND, CALENDAR}


def _problems(file: Path, sound: Sound | None) -> tuple[Problem, ...]:
    if file.suffix.lower() == CALENDAR:
        from broadcast.publish.ics_check import byte_check  # noqa: PLC0415

        return byte_check(read_bytes(file))
    from broadcast.audio.mp3 import verify  # noqa: PLC0415 - decoders are heavy

    return verify(file, sound)
