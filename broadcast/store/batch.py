"""Several files of a workspace changed as one: all of them, or none, or finished the next time.

What is to be written is kept in schedules/.changes/pending.json before the first file changes. An
error on the way puts back what was written; a program that is killed leaves that file, and
`finish` writes the rest. The batch that was written last stays in last.json, to be taken back.
Call all of this under the workspace's lock.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from broadcast.errors import BroadcastError, ConflictError, InputError, Problem, StorageError
from broadcast.storage import storage_error
from broadcast.store.files import read_bytes, write_whole

FOLDER = "schedules/.changes"
_MEND = "xóa tệp này; các tệp lịch vẫn nguyên như đang thấy"


@dataclass(frozen=True, slots=True)
class Write:
    """A file's path from the workspace, its text before and after; None where there is none."""

    file: str
    before: str | None
    after: str | None

    @property
    def reverse(self) -> Write:
        """What takes it back."""
        return Write(self.file, self.after, self.before)


@dataclass(frozen=True, slots=True)
class Batch:
    """Files that change together. `what` is done, in Vietnamese; `undone`: it was taken back."""

    what: str
    writes: tuple[Write, ...]
    undone: bool = False

    @property
    def reverse(self) -> Batch:
        """The batch that takes this one back."""
        return Batch(self.what, tuple(w.reverse for w in self.writes), not self.undone)


def apply(root: Path, batch: Batch) -> None:
    """Write a batch.

    Raises:
        ConflictError: a file is not as it was; nothing was changed.
        StorageError: a file cannot be written; what was written before it was put back, or, if
            not even that could be done, the message tells which files are written.
    """
    changed = [w.file for w in batch.writes if _text(root, w.file) != w.before]
    if changed:
        happened = f"{', '.join(changed)} vừa bị sửa ở nơi khác"
        raise ConflictError("Chưa lưu, để không ghi đè", happened, "xem lại rồi làm lại")
    write_whole(root / FOLDER / "pending.json", _encoded(batch))
    done: list[Write] = []
    try:
        for write in batch.writes:
            _put(root, write)
            done.append(write)
    except BroadcastError as error:
        _take_back(root, batch, done, error)
        raise
    _close(root, batch)


def finish(root: Path) -> Batch | None:
    """Write what is left of a batch that was interrupted; None if there was none.

    Raises:
        ConflictError: some of its files were changed since; they stay as they are, the others are
            written, and the batch is closed.
        InputError: what was kept of it cannot be read.
        StorageError: a file cannot be written; it can be tried again.
    """
    batch = _read(root / FOLDER / "pending.json")
    if batch is None:
        return None
    others = []
    for write in batch.writes:
        now = _text(root, write.file)
        if now == write.before:
            _put(root, write)
        elif now != write.after:
            others.append(write.file)
    if others:
        _remove(root / FOLDER / "pending.json")
        written = [w.file for w in batch.writes if w.file not in others]
        happened = (
            f"lần trước bị ngắt khi đang {batch.what}; {', '.join(others)} đã bị sửa từ lúc ấy "
            f"nên để nguyên, đã ghi xong: {', '.join(written) or 'không tệp nào'}"
        )
        raise ConflictError("Không ghi nốt được", happened, "xem lại các tệp ấy rồi làm lại")
    _close(root, batch)
    return batch


def recover(root: Path) -> None:
    """Finish an interrupted batch, quietly; one that cannot be is left for `finish` to tell of."""
    with suppress(BroadcastError):
        batch = _read(root / FOLDER / "pending.json")
        if batch and all(_text(root, w.file) in {w.before, w.after} for w in batch.writes):
            finish(root)


def last(root: Path) -> Batch | None:
    """The batch that was written last, None if there is none or it cannot be read."""
    with suppress(BroadcastError):
        return _read(root / FOLDER / "last.json")
    return None


def text_of(root: Path, file: str) -> str | None:
    """The text of a file to the letter, None if there is no such file."""
    return _text(root, file)


def _text(root: Path, file: str) -> str | None:
    path = root / file
    return read_bytes(path).decode("utf-8", "surrogateescape") if path.exists() else None


def _put(root: Path, write: Write) -> None:
    path = root / write.file
    if write.after is None:
        _remove(path)
    else:
        write_whole(path, write.after.encode("utf-8", "surrogateescape"))


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, path, "Không xóa được tệp") from error


def _take_back(root: Path, batch: Batch, done: Iterable[Write], error: BroadcastError) -> None:
    """Put back what was written.

    Raises:
        StorageError: that cannot be done either; tells which files are written.
    """
    left = [write for write in done if not _put_back(root, write)]
    if not left:
        with suppress(BroadcastError):
            _remove(root / FOLDER / "pending.json")
        return
    written = ", ".join(write.file for write in left)
    rest = ", ".join(w.file for w in batch.writes if w not in left)
    happened = f"{error.happened}; đã ghi {written}, chưa ghi {rest}"
    mend = "xử lý ổ đĩa rồi chạy lại, chương trình sẽ ghi nốt"
    raise StorageError(f"Mới làm được một phần: {batch.what}", happened, mend) from error


def _put_back(root: Path, write: Write) -> bool:
    try:
        _put(root, write.reverse)
    except BroadcastError:
        return False
    return True


def _close(root: Path, batch: Batch) -> None:
    """Keep a written batch to be taken back; being unable to is no reason to fail."""
    with suppress(BroadcastError):
        write_whole(root / FOLDER / "last.json", _encoded(batch))
    _remove(root / FOLDER / "pending.json")


def _encoded(batch: Batch) -> str:
    return json.dumps(asdict(batch), ensure_ascii=True, indent=1)


def _read(path: Path) -> Batch | None:
    if not path.exists():
        return None
    try:
        held: Any = json.loads(read_bytes(path))
        writes = tuple(Write(**one) for one in held["writes"])
        batch = Batch(str(held["what"]), writes, bool(held["undone"]))
        if not all(map(_inside, writes)):
            raise ValueError(path)
    except (ValueError, TypeError, KeyError) as error:
        problem = Problem("không đọc được thay đổi đang ghi dở", str(path), suggestion=_MEND)
        raise InputError("Không ghi nốt được", problems=[problem]) from error
    return batch


def _inside(write: Write) -> bool:
    """Whether it is a file of the schedules, and its texts are texts."""
    parts = Path(write.file).parts
    texts = all(text is None or isinstance(text, str) for text in (write.before, write.after))
    return texts and len(parts) == 2 and parts[0] == "schedules" and parts[1] != ".."
