"""The few things an export does to a disk, each in one place.

A USB stick may be full, write-protected or pulled out at any moment.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from broadcast.errors import StorageError

_CHUNK = 1 << 20

_LOOK = "kiểm tra thẻ nhớ hoặc ổ đĩa còn cắm chắc, rồi xuất lại"
_CAUSES = {
    errno.ENOENT: ("không tìm thấy tệp, thư mục hoặc ổ đĩa", _LOOK),
    errno.ENOSPC: ("hết dung lượng", "xóa bớt tệp hoặc dùng thẻ nhớ, ổ đĩa khác"),
    errno.EDQUOT: ("hết dung lượng được cấp", "xóa bớt tệp hoặc chọn ổ đĩa khác"),
    errno.EROFS: ("ổ đĩa chỉ cho đọc", "gạt khóa chống ghi của thẻ nhớ hoặc chọn thư mục khác"),
    errno.EACCES: (
        "không có quyền ghi, hoặc tệp đang mở trong chương trình khác",
        "đóng chương trình đang mở tệp, hoặc chọn thư mục khác",
    ),
    errno.EINVAL: ("thẻ nhớ không nhận tên tệp", "chọn thư mục có tên ngắn, không dấu"),
    errno.ENAMETOOLONG: ("đường dẫn quá dài", "chọn thư mục gần gốc ổ đĩa hơn"),
    errno.EFBIG: ("tệp quá lớn đối với thẻ nhớ", "định dạng lại thẻ nhớ hoặc dùng thẻ khác"),
    errno.ENOTDIR: ("có tệp đứng ở chỗ cần thư mục", "chọn thư mục khác"),
    errno.EEXIST: ("có tệp đứng ở chỗ cần thư mục", "chọn thư mục khác"),
}
_CAUSES[errno.EPERM] = _CAUSES[errno.EACCES]


def storage_error(error: OSError, target: Path) -> StorageError:
    """What the officer is told for an OSError while exporting into `target`."""
    known = _CAUSES.get(error.errno or 0)
    happened, mend = known or (f"ổ đĩa báo lỗi ({error.strerror})", _LOOK)
    where = error.filename2 or error.filename or target
    return StorageError("Không xuất được tệp", f"{where}: {happened}", mend)


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def copy_whole(source: Path | bytes, to: Path) -> str:
    """Write a new file through to the disk; the SHA-256 of what was written.

    Raises:
        OSError: it cannot be read or written.
    """
    digest = hashlib.sha256()
    with to.open("wb") as file:
        for chunk in _chunks(source):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest()


def _chunks(source: Path | bytes) -> Iterable[bytes]:
    if isinstance(source, bytes):
        yield source
        return
    with source.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def move(source: Path, to: Path) -> None:
    """Rename within one file system, over what stands there."""
    os.replace(source, to)  # noqa: PTH105 - the one call that is atomic on every system


def make_folder(path: Path) -> None:
    """The folder and those above it."""
    path.mkdir(parents=True, exist_ok=True)


def remove(path: Path) -> None:
    """Delete a file; one that is gone already is fine."""
    path.unlink(missing_ok=True)


def remove_empty(folder: Path) -> None:
    """Delete a folder if nothing is in it."""
    with contextlib.suppress(OSError):
        folder.rmdir()


def flush_folder(folder: Path) -> None:
    """Write a folder's names through to the disk, where the system has a way to."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network file systems cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written into a folder."""
    return shutil.disk_usage(folder).free
