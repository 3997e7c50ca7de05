"""The sample station and ready texts that come with the product."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import broadcast
from broadcast.errors import ConflictError, NotFoundError, Problem
from broadcast.store.files import read_bytes, write_whole
from broadcast.store.root import STATION_FILE

_PLAIN = (STATION_FILE, "scripts/lexicon.yaml")
"""What a station without plans starts with."""
_STAYS = ("scripts/pieces", "scripts/templates", "schedules/log")
"""Ready texts stay with the product, so that legal corrections reach the station with a new
version; a copy would hide them. The log is of one station only."""


def sample_root() -> Path:
    """The sample's workspace: in an installed wheel its package data, else the repository's root.

    Raises:
        NotFoundError: the installation lacks it.
    """
    package = Path(broadcast.__file__).parent
    for folder in (package / "sample", package.parent):
        if (folder / STATION_FILE).is_file():
            return folder
    mend = "cài lại chương trình (pip install --force-reinstall broadcast)"
    raise NotFoundError("Thiếu dữ liệu mẫu", f"không thấy {STATION_FILE} của chương trình", mend)


def copy_sample(target: Path, *, plans: bool = True) -> tuple[Path, ...]:
    """Make `target` a workspace like the sample station's.

    Ready pieces and templates are not copied: the product's are used until the station writes a
    file of the same name.

    Args:
        target: an existing or new folder.
        plans: also the sample's plan, weeks and scripts; without them only the station's
            description and lexicon.

    Returns:
        The files made, in order.

    Raises:
        ConflictError: something of it exists already; nothing is copied then.
        StorageError: a file cannot be written.
    """
    root = sample_root()
    names = [name for name in _sample_files(root) if plans or str(name) in _PLAIN]
    there = [target / name for name in names if (target / name).exists()]
    if there:
        problems = [Problem("đã có", str(path)) for path in there]
        mend = "chọn thư mục trống hoặc thư mục chưa có"
        raise ConflictError("Không ghi đè", f"{target} đã có dữ liệu", mend, problems)
    for name in names:
        write_whole(target / name, read_bytes(root / name), expected_revision=None)
    return tuple(target / name for name in names)


def _sample_files(root: Path) -> Iterator[PurePosixPath]:
    """Files of the sample's workspace, relative to `root`, in order."""
    for folder in ("schedules", "scripts"):
        for path in sorted((root / folder).rglob("*")):
            name = PurePosixPath(path.relative_to(root).as_posix())
            hidden = any(part.startswith(".") for part in name.parts)
            if path.is_file() and not hidden and not str(name).startswith(_STAYS):
                yield name
