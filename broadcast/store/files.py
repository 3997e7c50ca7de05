"""Files written whole or not at all, read as UTF-8, with errors an officer can act on."""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from secrets import token_hex
from types import EllipsisType

from broadcast.errors import ConflictError, InputError, NotFoundError, Problem
from broadcast.storage import flush_folder, storage_error, sweep
from broadcast.vietnamese.characters import nfc

Revision = str | None
"""SHA-256 (hex) of a file's bytes; None while there is no file."""

_DRAFT = ".broadcast-{}.tmp"
"""The name of what is being written, until it is whole."""

_TRIES = 5
_WAIT = 0.1
"""Windows refuses to replace a file that a virus scanner or an indexer has open for a moment."""


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
    return write_portions(path, (_as_bytes(path, data),), expected_revision=expected_revision)


def write_portions(
    path: Path, portions: Iterable[bytes], *, expected_revision: Revision | EllipsisType = ...
) -> str:
    """The same for a file that is too large to be in memory: its bytes, portion by portion."""
    target = Path(os.path.realpath(path))
    digest = hashlib.sha256()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(target) as temporary:
            with temporary.open("wb") as file:
                for portion in portions:
                    digest.update(portion)
                    file.write(portion)
                file.flush()
                os.fsync(file.fileno())
            _refuse_change(path, expected_revision)
            _replace(temporary, target)
        flush_folder(target.parent)
    except OSError as error:
        raise storage_error(error, path) from error
    return digest.hexdigest()


def _as_bytes(path: Path, data: bytes | str) -> bytes:
    if isinstance(data, bytes):
        return data
    try:
        return data.encode("utf-8")
    except UnicodeEncodeError as error:
        line = data.count("\n", 0, error.start) + 1
        problem = Problem("ký tự không ghi được thành UTF-8", str(path), line, "gõ lại chỗ đó")
        raise InputError("Không ghi được tệp", problems=[problem]) from error


def sweep_drafts(folder: Path) -> None:
    """Let drafts go that somebody was killed over, hours ago, in a folder or below it."""
    sweep(folder.rglob(_DRAFT.format("*")))


@contextlib.contextmanager
def _temporary(target: Path) -> Iterator[Path]:
    """An empty file beside `target` with the rights `target` has or would have."""
    temporary = target.with_name(_DRAFT.format(token_hex(8)))
    try:
        temporary.touch(exist_ok=False)
        with contextlib.suppress(FileNotFoundError):
            temporary.chmod(stat.S_IMODE(target.stat().st_mode))
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


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
    return nfc(text)


def _not_text(path: Path, raw: bytes, position: int) -> InputError:
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        message, line = "tệp được lưu theo mã UTF-16", 1
    else:
        message = "tệp nhị phân" if b"\0" in raw else "chữ không theo mã UTF-8"
        line = raw.count(b"\n", 0, position) + 1
    mend = "mở bằng Notepad, chọn Lưu thành (Save As), Mã hóa (Encoding): UTF-8"
    problem = Problem(message, str(path), line, None if message == "tệp nhị phân" else mend)
    return InputError("Không đọc được tệp", "tệp không phải văn bản UTF-8", problems=[problem])
