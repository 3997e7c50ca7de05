"""schedules/log/<year>-<month>.jsonl: the airing log, a file a month, only ever appended to.

Beside each file lies its seal: how many lines it had after the last entry and the checksum of the
last of them, so that lines cut off at the end are missed as well. A line that a power cut tore is
moved aside, into a file of its own, before the next one is written; nothing else is ever removed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from pathlib import Path

from broadcast.domain.log import Entry, LogLine
from broadcast.errors import Problem
from broadcast.storage import flush_folder, storage_error
from broadcast.store.files import read_bytes, write_whole
from broadcast.store.log_lines import NOT_A_LINE, decode_line, encode_line
from broadcast.store.workspace import Workspace

_MONTH = re.compile(r"(\d{4})-(\d{2})\.(?:jsonl|seal)")
_SEAL = re.compile(r"(\d+) ([0-9a-f]{64})\n")
_AGAIN = "dòng ấy không được tính; ghi lại lượt phát đó: broadcast log correct"


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the log as read: its entries, and everything that is wrong with the file.

    `whole`: bytes up to the end of the last line; what is behind it, `torn`, is no whole line.
    `unended`: the last line is whole but lacks its end. `lost`: the seal of lines that are gone.
    """

    lines: tuple[LogLine, ...] = ()
    problems: tuple[Problem, ...] = ()
    count: int = 0
    last: str = ""
    whole: int = 0
    torn: bytes = b""
    unended: bool = False
    lost: str = ""


@dataclass(frozen=True, slots=True)
class AiringLog:
    """The log of one workspace.

    Raises of all methods: StorageError, the disk refuses.
    """

    workspace: Workspace

    @property
    def folder(self) -> Path:
        """Where the log is."""
        return self.workspace.schedules / "log"

    def path(self, day: date) -> Path:
        """The file of the month of `day`."""
        return self.folder / f"{day.year:04d}-{day.month:02d}.jsonl"

    def months(self) -> tuple[date, ...]:
        """The first days of the months there is a file of, or was, in order."""
        if not self.folder.is_dir():
            return ()
        try:
            found = (_MONTH.fullmatch(path.name) for path in self.folder.iterdir())
            numbers = sorted({(int(m[1]), int(m[2])) for m in found if m})
        except OSError as error:
            raise storage_error(error, self.folder, "Không đọc được thư mục") from error
        return tuple(date(year, month, 1) for year, month in numbers if year and 1 <= month <= 12)

    def month(self, day: date) -> Month:
        """The month of `day`; an empty one where it has no file. What is damaged is reported."""
        path = self.path(day)
        seal = _seal_at(path)
        if not path.exists():
            return _against(seal, Month(), [], self.workspace.shown(path))
        return _read(read_bytes(path), seal, self.workspace.shown(path))

    def append(self, entries: Iterable[Entry]) -> tuple[tuple[LogLine, ...], tuple[Problem, ...]]:
        """Write entries behind what is there, those of a month together, flushed to the disk.

        Returns:
            The new lines, and what was wrong with the files and has been moved aside or stays.

        Raises:
            ConflictError: another program holds the workspace's lock for too long.
        """
        lines, problems = list[LogLine](), list[Problem]()
        ordered = sorted(entries, key=lambda one: (one.airing.day.year, one.airing.day.month))
        with self.workspace.lock("ghi nhật ký phát thanh"):
            for _, group in groupby(ordered, key=lambda one: self.path(one.airing.day)):
                added, wrong = self._append(tuple(group))
                lines += added
                problems += wrong
        return tuple(lines), tuple(problems)

    def _append(self, entries: tuple[Entry, ...]) -> tuple[list[LogLine], tuple[Problem, ...]]:
        day = entries[0].airing.day
        path, found = self.path(day), self.month(day)
        self._set_aside(path, found)
        shown, before, written = self.workspace.shown(path), found.last, b""
        lines = []
        for number, entry in enumerate(entries, found.count + 1):
            raw, before = encode_line(entry, before)
            written += raw
            lines.append(LogLine(entry, shown, number, before))
        start = b"\n" if found.unended else b""
        _write_behind(path, found.whole, start + written)
        write_whole(_seal_path(path), f"{lines[-1].number} {before}\n")
        return lines, found.problems

    def _set_aside(self, path: Path, found: Month) -> None:
        """Keep what the next line would write over, or what the next seal would forget."""
        if found.torn:
            name = hashlib.sha256(found.torn).hexdigest()[:8]
            write_whole(path.with_name(f"{path.stem}-dong-do-{name}.txt"), found.torn)
        if found.lost:
            told = f"Mất dòng cuối. Dấu chốt trước đó: {found.lost}\n"
            name = hashlib.sha256(told.encode()).hexdigest()[:8]
            write_whole(path.with_name(f"{path.stem}-mat-dong-{name}.txt"), told)


def _seal_path(path: Path) -> Path:
    return path.with_suffix(".seal")


def _seal_at(path: Path) -> bytes | None:
    seal = _seal_path(path)
    return read_bytes(seal) if seal.exists() else None


def _read(data: bytes, seal: bytes | None, file: str) -> Month:
    *ended, rest = data.split(b"\n")
    unended = bool(rest) and _decoded(rest) is not None
    raws = [*ended, rest] if unended else ended
    torn = b"" if unended else rest
    lines, problems = list[LogLine](), list[Problem]()
    known = ""
    link: str | None = known  # None after a damaged line: its checksum cannot be told
    for number, raw in enumerate(raws, 1):
        decoded = _decoded(raw.removesuffix(b"\r"))
        if decoded is None:
            problems.append(Problem("dòng bị hỏng hoặc bị sửa", file, number, _AGAIN))
            link = None
            continue
        entry, known, before = decoded
        if link is not None and before != link:
            problems.append(Problem("thiếu dòng, thừa dòng hoặc đảo dòng ở ngay trước dòng này",
                                    file, number, "lấy lại tệp từ bản sao lưu nếu có"))  # fmt: skip
        link = known
        lines.append(LogLine(entry, file, number, known))
    if unended:
        message = "dòng cuối còn đủ nhưng thiếu dấu xuống dòng"
        problems.append(Problem(message, file, len(raws), "lần ghi sau sẽ tự thêm"))
    if torn:
        mend = "phần đứt sẽ được cất riêng ở lần ghi sau; ghi lại lượt phát ấy"
        problems.append(Problem("dòng cuối bị đứt, không được tính", file, len(raws) + 1, mend))
    month = Month(tuple(lines), count=len(raws), last=known, whole=len(data) - len(torn),
                  torn=torn, unended=unended)  # fmt: skip
    return _against(seal, month, problems, file)


def _decoded(raw: bytes) -> tuple[Entry, str, str] | None:
    try:
        return decode_line(raw)
    except NOT_A_LINE:
        return None


def _against(seal: bytes | None, month: Month, problems: list[Problem], file: str) -> Month:
    """The month with what its seal says about lines that are gone."""
    lost = ""
    match = _SEAL.fullmatch(seal.decode("ascii", "replace")) if seal is not None else None
    if seal is None and month.count:
        message = "không có dấu chốt (.seal), không biết cuối tệp còn đủ dòng hay không"
        problems.append(Problem(message, file, None, "lần ghi sau sẽ chốt lại"))
    elif seal is not None and match is None:
        problems.append(Problem("dấu chốt (.seal) bị hỏng", file, None, "lần ghi sau sẽ chốt lại"))
    elif match and not _holds(month, int(match[1]), match[2], problems):
        lost = match[0].strip()
        message = f"từng có {match[1]} dòng, nay có {month.count}: có dòng đã mất hoặc bị đổi"
        mend = "lấy lại tệp từ bản sao lưu, hoặc ghi lại những lượt bị mất"
        problems.append(Problem(message, file, None, mend))
    return Month(month.lines, tuple(problems), month.count, month.last, month.whole, month.torn,
                 month.unended, lost)  # fmt: skip


def _holds(month: Month, count: int, checksum: str, problems: Iterable[Problem]) -> bool:
    """Whether the sealed line is there; a damaged one in its place is told already."""
    if month.count < count:
        return False
    if any(line.number == count and line.checksum == checksum for line in month.lines):
        return True
    return any(one.line == count for one in problems)


def _write_behind(path: Path, whole: int, data: bytes) -> None:
    """Write `data` behind the first `whole` bytes; what is there stays, whatever happens."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
        with path.open("r+b", buffering=0) as file, _back_to(file.fileno(), whole):
            file.truncate(whole)
            file.seek(whole)
            while data:
                data = data[file.write(data) :]
            os.fsync(file.fileno())
        flush_folder(path.parent)
    except OSError as error:
        raise storage_error(error, path) from error


@contextlib.contextmanager
def _back_to(handle: int, whole: int) -> Iterator[None]:
    """Where a full disk takes half a line, take that half away again."""
    try:
        yield
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(handle, whole)
        raise
