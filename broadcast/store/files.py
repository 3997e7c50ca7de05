"""Files written whole or not at all, read as UTF-8, with errors an officer can act on."""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import stat
import tempfile
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from types import EllipsisType

from broadcast.errors import (
    BroadcastError,
    ConflictError,
    InputError,
    NotFoundError,
    Problem,
    StorageError,
)

Revision = str | None
"""SHA-256 (hex) of a file's bytes; None while there is no file."""

_TRIES = 5
_WAIT = 0.1
"""Windows refuses to replace a file that a virus scanner or an indexer has open for a moment."""

_NO_SPACE = "xóa bớt tệp (thư mục out/ xóa được bất cứ lúc nào) hoặc chọn ổ khác, rồi làm lại"
_NO_RIGHT = "chọn thư mục mà bạn được ghi, hoặc bỏ thuộc tính chỉ đọc, rồi làm lại"
_BAD_NAME = "đặt tên ngắn, không dấu, chỉ có chữ thường, số và gạch nối"
_REASONS: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("ổ đĩa đã đầy", _NO_SPACE),
    errno.EFBIG: ("tệp lớn hơn mức ổ đĩa cho phép", "chọn ổ định dạng NTFS hoặc exFAT"),
    errno.EROFS: ("thư mục này chỉ đọc được, không ghi được", _NO_RIGHT),
    errno.EACCES: ("không có quyền, hoặc tệp đang mở trong chương trình khác", _NO_RIGHT),
    errno.EPERM: ("không có quyền", _NO_RIGHT),
    errno.ENAMETOOLONG: ("tên hoặc đường dẫn quá dài", "đặt thư mục làm việc gần gốc ổ đĩa hơn"),
    errno.EINVAL: ("ổ đĩa không nhận tên tệp này", _BAD_NAME),
    errno.EILSEQ: ("ổ đĩa không nhận tên tệp này", _BAD_NAME),
    errno.EISDIR: ("đã có một thư mục mang tên này", "đổi tên thư mục đó rồi làm lại"),
    errno.ENOTDIR: ("một phần của đường dẫn là tệp, không phải thư mục", "kiểm tra lại đường dẫn"),
    errno.EEXIST: ("đã có một tệp trùng tên thư mục cần tạo", "đổi tên tệp đó rồi làm lại"),
    errno.ENOENT: ("không có ổ đĩa hoặc thư mục đó", "cắm lại USB hoặc kiểm tra đường dẫn"),
    errno.EIO: ("ổ đĩa báo lỗi khi đọc ghi", "sao lưu dữ liệu và thử ổ khác"),
}
# errno.EDQUOT is missing on Windows; the Windows codes reach OSError.winerror.
_REASONS[getattr(errno, "EDQUOT", errno.ENOSPC)] = _REASONS[errno.ENOSPC]
_WINDOWS_REASONS: dict[int, int] = {
    32: errno.EACCES,
    112: errno.ENOSPC,
    123: errno.EINVAL,
    206: errno.ENAMETOOLONG,
}


def revision(path: Path) -> Revision:
    """SHA-256 of the file's bytes, None if there is no such file.

    Take it before loading: whatever changes the file from then on is noticed when saving.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise storage_error(error, path, "Không đọc được tệp") from error


def write_whole(
    path: Path, data: bytes | str, *, expected_revision: Revision | EllipsisType = ...
) -> str:
    """Put `data` at `path` whole or not at all; text is written as UTF-8, its line ends kept.

    The folder is made if it is missing. A link is followed, so that what it names is replaced.

    Args:
        expected_revision: what `revision(path)` gave when the file was read (None: there was no
            file); `...` overwrites whatever is there.

    Returns:
        The new revision.

    Raises:
        ConflictError: the file is not the expected one any more; nothing was overwritten.
        StorageError: the file cannot be written; what was there before is still there.
    """
    raw = _as_bytes(path, data)
    target = Path(os.path.realpath(path))
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(target) as temporary:
            with temporary.open("wb") as file:
                file.write(raw)
                file.flush()
                os.fsync(file.fileno())
            _refuse_change(path, expected_revision)
            _replace(temporary, target)
        _sync_folder(target.parent)
    except OSError as error:
        raise storage_error(error, path) from error
    return hashlib.sha256(raw).hexdigest()


def _as_bytes(path: Path, data: bytes | str) -> bytes:
    if isinstance(data, bytes):
        return data
    try:
        return data.encode("utf-8")
    except UnicodeEncodeError as error:
        line = data.count("\n", 0, error.start) + 1
        problem = Problem("ký tự không ghi được thành UTF-8", str(path), line, "gõ lại chỗ đó")
        raise InputError("Không ghi được tệp", problems=[problem]) from error


@contextlib.contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """An empty file beside `target` with the rights `target` has or would have."""
    handle, name = tempfile.mkstemp(prefix=".broadcast-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    temporary = Path(name)
    try:
        temporary.chmod(_mode(target))
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _mode(target: Path) -> int:
    try:
        return stat.S_IMODE(target.stat().st_mode)
    except FileNotFoundError:
        mask = os.umask(0o022)
        os.umask(mask)
        return 0o666 & ~mask


def _refuse_change(path: Path, expected: Revision | EllipsisType) -> None:
    if isinstance(expected, EllipsisType) or revision(path) == expected:
        return
    happened = (
        f"{path} đã có sẵn"
        if expected is None
        else f"{path} đã bị sửa hoặc xóa ở nơi khác sau khi được đọc"
    )
    raise ConflictError("Không ghi đè", happened, "mở lại tệp, xem chỗ thay đổi, rồi làm lại")


def _replace(temporary: Path, target: Path) -> None:
    for left in reversed(range(_TRIES)):
        try:
            temporary.replace(target)
        except PermissionError:
            if os.name != "nt" or not left:
                raise
            time.sleep(_WAIT)
        else:
            return


def _sync_folder(folder: Path) -> None:
    """Make the new name itself outlive a power cut, where the system can."""
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def storage_error(
    error: OSError, path: Path | None = None, title: str = "Không ghi được tệp"
) -> BroadcastError:
    """The operating system's refusal in the officer's words, naming the file and what to do.

    Without `path` the file is the one the system names.
    """
    code = _WINDOWS_REASONS.get(getattr(error, "winerror", None) or 0, error.errno or 0)
    reason, mend = _REASONS.get(
        code,
        (
            f"hệ điều hành báo: {error.strerror or error}",
            "kiểm tra ổ đĩa và đường dẫn, rồi làm lại",
        ),
    )
    name = path or error.filename
    return StorageError(title, f"{name}: {reason}" if name else reason, mend)


def read_bytes(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        NotFoundError: there is no such file.
        StorageError: it cannot be read.
    """
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        mend = "kiểm tra lại tên và thư mục"
        raise NotFoundError("Không tìm thấy tệp", str(path), mend) from error
    except OSError as error:
        raise storage_error(error, path, "Không đọc được tệp") from error


def read_text(path: Path) -> str:
    """The file's text in NFC, its line ends kept, a byte order mark dropped.

    Raises:
        InputError: the file is not UTF-8 text; the problem names the first line that is not.
        NotFoundError, StorageError: as `read_bytes`.
    """
    raw = read_bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _not_text(path, raw, error.start) from error
    if "\0" in text:
        raise _not_text(path, raw, raw.index(b"\0"))
    return unicodedata.normalize("NFC", text)


def _not_text(path: Path, raw: bytes, position: int) -> InputError:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message, line = "tệp được lưu theo mã UTF-16", 1
    else:
        message = "tệp nhị phân" if b"\0" in raw else "chữ không theo mã UTF-8"
        line = raw.count(b"\n", 0, position) + 1
    mend = "mở bằng Notepad, chọn Lưu thành (Save As), Mã hóa (Encoding): UTF-8"
    problem = Problem(message, str(path), line, None if message == "tệp nhị phân" else mend)
    return InputError("Không đọc được tệp", "tệp không phải văn bản UTF-8", problems=[problem])
