"""Looking finished MP3 files over, one by one or a folder whole."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from broadcast.domain.station import Sound
from broadcast.errors import NotFoundError, Problem
from broadcast.workflow.progress import SILENT, Progress


def verify_paths(
    paths: Iterable[Path], sound: Sound | None = None, progress: Progress = SILENT
) -> list[tuple[Path, tuple[Problem, ...]]]:
    """Each MP3 among `paths`, and below those that are folders, with what is wrong with it.

    Args:
        sound: the loudness and true peak it should have; None: the product's own.
        progress: told each file looked at, by its folder.

    Raises:
        CancelledError: the person asked to stop.
        NotFoundError: a path does not exist, or there is no MP3 at all.
    """
    from broadcast.audio.mp3 import verify  # noqa: PLC0415 - decoders are heavy

    files = [file for path in paths for file in _files(path)]
    if not files:
        raise NotFoundError("Không có gì để kiểm tra", "không thấy tệp .mp3 nào", "nêu tệp khác")
    checked = []
    for number, file in enumerate(files, 1):
        checked.append((file, verify(file, sound)))
        progress.step(file.absolute().parent.name, number, len(files))
    return checked


def _files(path: Path) -> list[Path]:
    if not path.exists():
        raise NotFoundError("Không kiểm tra được", f"không có {path}", "xem lại đường dẫn")
    return sorted(path.rglob("*.mp3")) if path.is_dir() else [path]
