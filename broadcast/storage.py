"""What every room that touches a disk needs: refusals in the officer's words, digests, flushing.

A disk may be full, write-protected, pulled out, or of a kind that refuses a name; whichever room
meets that, the officer is told the same thing.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import time
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from broadcast.errors import StorageError

_NO_SPACE = "xóa bớt tệp (thư mục out/ xóa được bất cứ lúc nào) hoặc dùng thẻ nhớ, ổ đĩa khác"
_NO_RIGHT = "đóng chương trình đang mở tệp, bỏ thuộc tính chỉ đọc, hoặc chọn thư mục khác"
_BAD_NAME = "đặt tên ngắn, không dấu, chỉ có chữ thường, số và gạch nối"
_IN_THE_WAY = "đổi tên tệp đó hoặc chọn thư mục khác"

_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("ổ đĩa đã đầy, hết dung lượng", _NO_SPACE),
    errno.EFBIG: ("tệp lớn hơn mức ổ đĩa cho phép", "chọn ổ định dạng NTFS hoặc exFAT"),
    errno.EROFS: ("ổ đĩa chỉ đọc được, không ghi được", "gạt khóa chống ghi hoặc chọn ổ khác"),
    errno.EACCES: ("không có quyền, hoặc tệp đang mở trong chương trình khác", _NO_RIGHT),
    errno.EPERM: ("không có quyền", _NO_RIGHT),
    errno.ENAMETOOLONG: ("tên hoặc đường dẫn quá dài", "chọn thư mục gần gốc ổ đĩa hơn"),
    errno.EINVAL: ("ổ đĩa không nhận tên tệp này", _BAD_NAME),
    errno.EILSEQ: ("ổ đĩa không nhận tên tệp này", _BAD_NAME),
    errno.EISDIR: ("đây là thư mục, không phải tệp", "đổi tên thư mục đó, hoặc nêu một tệp"),
    errno.ENOTDIR: ("một phần của đường dẫn là tệp, không phải thư mục", _IN_THE_WAY),
    errno.EEXIST: ("đã có một tệp trùng tên thư mục cần tạo", _IN_THE_WAY),
    errno.ENOENT: ("không có ổ đĩa hoặc thư mục đó", "cắm lại USB hoặc kiểm tra đường dẫn"),
    errno.EIO: ("ổ đĩa báo lỗi khi đọc ghi", "cắm lại cho chắc, hoặc thử ổ đĩa, thẻ nhớ khác"),
}
# Not every system knows quotas by a code of their own.
_REASONS[getattr(errno, "EDQUOT", errno.ENOSPC)] = _REASONS[errno.ENOSPC]
_WINDOWS_REASONS: dict[int, int] = {
    32: errno.EACCES,
    112: errno.ENOSPC,
    123: errno.EINVAL,
    206: errno.ENAMETOOLONG,
}
"""Windows' own codes (OSError.winerror), some of which Python turns into a vaguer errno."""


def quoted(path: Path) -> str:
    """A path as it is typed in a command, on Windows as elsewhere."""
    text = str(path)
    return f'"{text}"' if any(not (c.isalnum() or c in "-_./\\:~+,") for c in text) else text


def storage_error(
    error: OSError, path: Path | str | None = None, title: str = "Không ghi được tệp"
) -> StorageError:
    """The operating system's refusal in the officer's words, naming the file and what to do.

    Without `path` the file is the one the system names.
    """
    code = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0, error.errno or 0)
    unknown = f"hệ điều hành báo: {error.strerror or error}"
    reason, mend = _REASONS.get(code, (unknown, "kiểm tra ổ đĩa và đường dẫn, rồi làm lại"))
    name = path or error.filename
    return StorageError(title, f"{name}: {reason}" if name else reason, mend)


def file_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes, read in portions.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def known_digest(path: Path) -> str:
    """SHA-256 (hex) of a file's bytes, remembered while the file stays as it is.

    Raises:
        OSError: it cannot be read.
    """
    now = path.stat()
    return _digest_of(path, now.st_mtime_ns, now.st_size)


@lru_cache(maxsize=1024)
def _digest_of(path: Path, changed: int, size: int) -> str:
    del changed, size  # they only tell one state of the file from another
    return file_digest(path)


ABANDONED = 6 * 3600.0
"""Seconds after which a draft counts as abandoned: nobody writes at one for hours."""


def sweep(drafts: Iterable[Path]) -> None:
    """Let drafts go that somebody was killed over; those of others at work are young, and stay."""
    for path in drafts:
        with contextlib.suppress(OSError):  # it went meanwhile, or another system holds it
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()


def flush_folder(folder: Path) -> None:
    """Let a folder's new names outlive a power cut, where the system has a way to."""
    if os.name != "posix":
        return
    with contextlib.suppress(OSError):  # some network file systems cannot
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def user_folder() -> Path:
    """Where this user's data of ours lies on this system, beside every workspace; may not exist.

    BROADCAST_DATA names another one: a shared drive, a stick, a test's own folder.
    """
    if named := os.environ.get("BROADCAST_DATA"):
        return Path(named)
    from platformdirs import user_data_path  # noqa: PLC0415 - only when voices are looked for

    return user_data_path("broadcast", appauthor=False)
