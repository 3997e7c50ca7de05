"""Scripts and ready pieces: YAML front matter between two --- lines, then speakers and cues.

`print_script(parse_script(text, file)) == text` for every valid file (text in NFC).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from broadcast.domain.approval import Approval, Review
from broadcast.domain.pairing import Pairing
from broadcast.domain.piece import Form, Piece, Reference
from broadcast.domain.script import Script, parse_body, print_script
from broadcast.errors import InputError, Problem
from broadcast.store.names import id_problems
from broadcast.store.yaml_files import decode
from broadcast.store.yaml_nodes import Mapping, Node, parse, scalars
from broadcast.store.yaml_write import encode
from broadcast.vietnamese.characters import nfc

_ENTRIES = {"approval": "duyệt", "review": "xét duyệt", "title": "tên",
            "recordings": "bản ghi âm"}  # fmt: skip
"""Entries of the front matter that the program changes, in the officer's words."""

_EXAMPLE = "dòng đầu là ---, rồi id: và title:, rồi một dòng --- nữa, rồi lời đọc"


@dataclass(frozen=True, slots=True)
class _Front:
    """Keys of a script's front matter."""

    id: str
    title: str
    plan: str | None = None
    topic: str | None = None
    pieces: tuple[str, ...] = ()
    retold: tuple[str, ...] = ()
    approval: Approval | None = None
    review: Review | None = None
    recordings: tuple[Pairing, ...] = ()


@dataclass(frozen=True, slots=True)
class _PieceFront:
    """Keys of a ready piece's front matter."""

    id: str
    title: str
    subjects: tuple[str, ...] = ()
    seconds: int | None = None
    sources: tuple[Reference, ...] = ()
    review: date | None = None
    form: Form = "bản tin"
    numbers: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _ApprovalOnly:
    approval: Approval


@dataclass(frozen=True, slots=True)
class _ReviewOnly:
    review: Review


@dataclass(frozen=True, slots=True)
class _RecordingsOnly:
    recordings: tuple[Pairing, ...]


@dataclass(frozen=True, slots=True)
class _TitleOnly:
    title: str


def parse_script(text: str, file: str) -> Script:
    """Read a script's file; unknown cues stay in it as lines of kind "wrong".

    Raises:
        InputError: the front matter is missing or wrong, every problem with its line.
    """
    fences, front, body = _split(text, file)
    read = decode(front, _Front, file, first_line=2, check=_check)
    return Script(
        id=read.id,
        title=read.title,
        front=front,
        lines=parse_body(body, _first_line(front)),
        plan=read.plan,
        topic=read.topic,
        pieces=read.pieces,
        approval=read.approval,
        review=read.review,
        recordings=read.recordings,
        fences=fences,
        retold=read.retold,
    )


def parse_piece(text: str, file: str) -> Piece:
    """Read a ready piece's file.

    Raises:
        InputError: the front matter is missing or wrong, every problem with its line.
    """
    _, front, body = _split(text, file)
    read = decode(front, _PieceFront, file, first_line=2, check=_check)
    return Piece(
        id=read.id,
        title=read.title,
        subjects=read.subjects,
        text=body,
        lines=parse_body(body, _first_line(front)),
        seconds=read.seconds,
        sources=read.sources,
        review=read.review,
        form=read.form,
        numbers=read.numbers,
        file=file,
    )


def new_script(  # noqa: PLR0913 - the parts of a script
    id: str,  # noqa: A002 - the key's name in the file
    title: str,
    *,
    plan: str | None = None,
    topic: str | None = None,
    pieces: tuple[str, ...] = (),
    retold: tuple[str, ...] = (),
    body: str = "",
) -> Script:
    """A script made from its parts, unapproved.

    Raises:
        InputError: the id cannot be an id.
    """
    front = encode(_Front(id, title, plan, topic, pieces, retold))
    return parse_script(f"---\n{front}---\n{body}", f"{id}.md")


def with_approval(script: Script, approval: Approval | None) -> Script:
    """The same script approved (or no more), with only that entry of its front matter changed.

    Raises:
        InputError: the front matter is written so that the entry cannot be replaced in it.
    """
    entry = _ApprovalOnly(approval) if approval else None
    return _with_entry(replace(script, approval=approval), "approval", entry)


def with_review(script: Script, review: Review | None) -> Script:
    """The same script handed in or sent back (or neither), with only that entry changed.

    Raises:
        InputError: as `with_approval`.
    """
    entry = _ReviewOnly(review) if review else None
    return _with_entry(replace(script, review=review), "review", entry)


def with_recordings(script: Script, recordings: tuple[Pairing, ...]) -> Script:
    """The same script with these recordings in other languages, with only that entry changed.

    Raises:
        InputError: as `with_approval`.
    """
    entry = _RecordingsOnly(recordings) if recordings else None
    return _with_entry(replace(script, recordings=recordings), "recordings", entry)


def with_title(script: Script, title: str) -> Script:
    """The same script under another title, with only that entry of its front matter changed.

    Raises:
        InputError: as `with_approval`.
    """
    return _with_entry(replace(script, title=title), "title", _TitleOnly(title))


def with_body(script: Script, body: str) -> Script:
    """The same script with another body, its front matter to the letter."""
    opening, closing = script.fences
    if body and not closing.endswith(("\n", "\r")):
        closing += line_end(script)
    lines = parse_body(body, first_body_line(script))
    return replace(script, lines=lines, fences=(opening, closing))


def first_body_line(script: Script) -> int:
    """Number of the body's first line in its file (from 1): the front and two fences before it."""
    return _first_line(script.front)


def line_end(script: Script) -> str:
    """How the file ends its lines."""
    return "\r\n" if script.fences[0].endswith("\r\n") else "\n"


def _with_entry(wanted: Script, key: str, entry: object | None) -> Script:
    """`wanted` with the entry `key` of its front matter, which does not say it yet, set to say it.

    Raises:
        InputError: the front matter is written so that the entry cannot be replaced in it.
    """
    rows = wanted.front.splitlines(keepends=True)
    start, end, indent = _entry_rows(wanted.front, rows, key)
    made = encode(entry).splitlines() if entry else []
    rows[start:end] = [f"{indent}{row}{line_end(wanted)}" for row in made]
    front = "".join(rows)
    body = "".join(line.raw for line in wanted.lines)
    wanted = replace(wanted, front=front, lines=parse_body(body, _first_line(front)))
    if not _reads_back(wanted):
        mend = "viết mỗi mục của phần đầu kịch bản trên một dòng, rồi làm lại"
        happened = f"phần đầu của {wanted.id}.md quá lạ"
        raise InputError(f"Không ghi được mục {_ENTRIES[key]}", happened, mend)
    return wanted


def _reads_back(script: Script) -> bool:
    try:
        return parse_script(print_script(script), "") == script
    except InputError:
        return False


def _split(text: str, file: str) -> tuple[tuple[str, str], str, str]:
    """The two fences with their line ends, the raw front matter, the body; all in NFC."""
    rows = nfc(text).splitlines(keepends=True)
    if not rows or rows[0].rstrip() != "---":
        raise _no_front(file, 1, "tệp không bắt đầu bằng dòng ---")
    close = next((n for n, row in enumerate(rows[1:], 1) if row.rstrip() == "---"), None)
    if close is None:
        raise _no_front(file, len(rows), "thiếu dòng --- đóng phần đầu")
    return (rows[0], rows[close]), "".join(rows[1:close]), "".join(rows[close + 1 :])


def _no_front(file: str, line: int, message: str) -> InputError:
    problem = Problem(message, file, line, _EXAMPLE)
    return InputError("Không đọc được tệp", f"{file} thiếu phần đầu", problems=[problem])


def _check(root: Node) -> Iterator[Problem]:
    yield from id_problems(scalars(root, "id"))
    if isinstance(root, Mapping) and root.flow:
        mend = "viết mỗi mục trên một dòng, không dùng ngoặc nhọn"
        yield Problem("phần đầu viết trong ngoặc {}", line=root.line, suggestion=mend)


def _first_line(front: str) -> int:
    return 3 + len(front.splitlines())


def _entry_rows(front: str, rows: list[str], entry: str) -> tuple[int, int, str]:
    """First row of an entry, the row after it (both the end if none), the indentation."""
    root = parse(front, "")[0]
    keys = [key for key, _ in root.pairs] if isinstance(root, Mapping) else []
    indent = keys[0].column if keys else 0
    start = next((key.line - 1 for key in keys if key.text == entry), len(rows))
    end, row = min(start + 1, len(rows)), start + 1
    while row < len(rows) and (not rows[row].strip() or _depth(rows[row]) > indent):
        # Blank rows belong to the entry only if more of it follows.
        end, row = (row + 1 if rows[row].strip() else end), row + 1
    return start, end, " " * indent


def _depth(row: str) -> int:
    return len(row) - len(row.lstrip(" "))
