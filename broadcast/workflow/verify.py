"""Looking finished files over, MP3 and calendars, one by one or a folder whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from broadcast.domain.station import Sound
from broadcast.errors import NotFoundError, Problem
from broadcast.store.files import read_bytes
from broadcast.workflow.progress import SILENT, Progress

CALENDAR = ".ics"


def verify_paths(
    paths: Iterable[Path], sound: Sound | None = None, progress: Progress = SILENT
) -> list[tuple[Path, tuple[Problem, ...]]]:
    """Each file among `paths`, and each MP3 and calendar below those that are folders, with what
    is wrong with it.

    Args:
        sound: the loudness and true peak an MP3 should have; None: the product's own.
        progress: told each file looked at, by its folder.

    Raises:
        CancelledError: the person asked to stop.
        NotFoundError: a path does not exist, or there is nothing to look at.
    """
    files = [file for path in paths for file in _files(path)]
    if not files:
        raise NotFoundError(
            "Không có gì để kiểm tra", "không thấy tệp .mp3, .ics nào", "nêu tệp khác"
        )
    checked = []
    for number, file in enumerate(files, 1):
        checked.append((file, _problems(file, sound)))
        progress.step(file.absolute().parent.name, number, len(files))
    return checked


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise NotFoundError("Không kiểm tra được", f"không có {path}", "xem lại đường dẫn")
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix in {".mp3", CALENDAR})


def _problems(file: Path, sound: Sound | None) -> tuple[Problem, ...]:
    if file.suffix.lower() == CALENDAR:
        from broadcast.publish.ics_check import byte_check  # noqa: PLC0415

        return byte_check(read_bytes(file))
    from broadcast.audio.mp3 import verify  # noqa: PLC0415 - decoders are heavy

    return verify(file, sound)
