"""The sample station and ready texts that come with the product."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

import broadcast
from broadcast.errors import ConflictError, NotFoundError, Problem
from broadcast.store.files import read_bytes, read_text, write_whole
from broadcast.store.root import STATION_FILE

_PLAIN = (STATION_FILE, "scripts/lexicon.yaml")
"""What a station without plans starts with."""
_NEW_LEXICON = """\
# Cách đọc tên riêng, chữ viết tắt của địa phương. Mỗi dòng một mục, ví dụ:
# NVH: nhà văn hóa
"""
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


def new_station(target: Path, station_id: str, commune: str, province: str = "") -> Path:
    """Make `target` the workspace of a new station: a description to correct, an empty lexicon.

    Returns:
        The workspace's root.

    Raises:
        ConflictError: it is a workspace already.
    """
    root = target.absolute()
    if (root / STATION_FILE).exists():
        mend = "chọn thư mục khác, hoặc sửa tiếp đài đang có"
        raise ConflictError("Không ghi đè", f"{root} đã là thư mục làm việc", mend)
    template = read_text(Path(__file__).with_name("new_station.yaml"))
    words = {"id": station_id, "name": f"Đài truyền thanh {commune}", "commune": commune}
    quoted = {key: _quoted(value) for key, value in {**words, "province": province}.items()}
    write_whole(root / STATION_FILE, template.format(**quoted), expected_revision=None)
    lexicon = root / "scripts" / "lexicon.yaml"
    if not lexicon.exists():
        write_whole(lexicon, _NEW_LEXICON, expected_revision=None)
    return root


def _quoted(text: str) -> str:
    """A YAML scalar for any text: JSON strings are YAML."""
    return json.dumps(text, ensure_ascii=False)


def _sample_files(root: Path) -> Iterator[PurePosixPath]:
    """Files of the sample's workspace, relative to `root`, in order."""
    for folder in ("schedules", "scripts"):
        for path in sorted((root / folder).rglob("*")):
            name = PurePosixPath(path.relative_to(root).as_posix())
            hidden = any(part.startswith(".") for part in name.parts)
            if path.is_file() and not hidden and not str(name).startswith(_STAYS):
                yield name
