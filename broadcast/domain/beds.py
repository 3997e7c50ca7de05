"""Music beds in a script: from which line to which music is heard softly under the words.

    [nhạc nền]                          the station's bed, or [nhạc nền recordings/x.mp3]
    NỮ: Trong chương trình hôm nay có: ...
    [hết nhạc nền]

The ident and the closing are music themselves: a bed that is still open ends before them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from broadcast.domain.script import Line
from broadcast.domain.week import Finding

_MUSIC = {"jingle": "[nhạc hiệu]", "closing": "[nhạc kết]"}
_CLOSE = "thêm dòng [hết nhạc nền] sau lời cuối có nhạc nền"


@dataclass(frozen=True, slots=True)
class Bed:
    """Lines `first` to `last` (numbers in the file) have music under them; `path` "" is the
    station's."""

    first: int
    last: int
    path: str = ""


def beds(lines: Iterable[Line]) -> tuple[Bed, ...]:
    """The beds of a script's lines, in order; those without any line under them are left out."""
    found: list[Bed] = []
    opened: Line | None = None
    for line in lines:
        if line.kind not in {"speech", "cue"}:
            continue
        kind = line.cue.kind if line.cue else ""
        if kind == "bed":
            opened = line
        elif kind == "bed-end" or kind in _MUSIC:
            opened = None
        elif opened and opened.cue:
            if found and found[-1].first > opened.number:
                found[-1] = Bed(found[-1].first, line.number, opened.cue.path)
            else:
                found.append(Bed(line.number, line.number, opened.cue.path))
    return tuple(found)


def bed_findings(lines: Iterable[Line]) -> Iterator[Finding]:
    """Beds that are not closed, closed without being open, or opened twice (rule "bed")."""
    opened: Line | None = None
    for line in lines:
        kind = line.cue.kind if line.cue else ""
        if opened and (kind == "bed" or kind in _MUSIC):
            by = _MUSIC.get(kind, "nhạc nền khác")
            message = f"nhạc nền mở ở dòng {opened.number} chưa tắt thì đến {by}"
            yield Finding("bed", message, _CLOSE, line=line.number)
        if kind == "bed-end" and not opened:
            message, mend = "[hết nhạc nền] mà không có nhạc nền nào đang mở", "xóa dòng này"
            yield Finding("bed", message, f"{mend}, hoặc thêm [nhạc nền] ở trên", line=line.number)
        if kind:
            opened = _opened(line, kind, opened)
    if opened:
        message = "nhạc nền mở ở đây mà không tắt, kéo đến hết chương trình"
        yield Finding("bed", message, _CLOSE, line=opened.number)


def _opened(line: Line, kind: str, before: Line | None) -> Line | None:
    if kind == "bed":
        return line
    return None if kind == "bed-end" or kind in _MUSIC else before
