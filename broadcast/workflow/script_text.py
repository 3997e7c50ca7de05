r"""A script's body as an editor has it: rows with "\n" between them, in NFC.

What breaks a line is what `parse_body` says: a row of the text is a line of the script. The file's
own line ends, whatever they are, come back with the rows that stayed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from broadcast.domain.script import Script
from broadcast.store.script_files import line_end, with_body
from broadcast.vietnamese.characters import nfc


def plain(text: str) -> str:
    r"""Any text as a body's text: NFC, every line end a "\n"."""
    rows = nfc(text).splitlines(keepends=True)
    ends_open = bool(rows) and rows[-1].splitlines()[0] == rows[-1]
    return "\n".join(row.splitlines()[0] for row in rows) + ("" if ends_open or not rows else "\n")


def text_of(script: Script) -> str:
    """The script's body as text."""
    return plain("".join(line.raw for line in script.lines))


def with_text(script: Script, text: str) -> Script:
    """The script with that body; rows that stay keep their own line ends, its front is kept.

    Args:
        text: the new body, see `plain`.
    """
    rows = plain(text).split("\n")
    old = [_apart(line.raw) for line in script.lines]
    if not old or old[-1][1]:
        old.append(("", ""))  # what follows the last line end, as in `rows`
    usual = next((end for _, end in old if end), line_end(script))
    ends = list(_ends(old, rows, usual))
    return with_body(script, "".join(row + end for row, end in zip(rows, ends, strict=True)))


def alike(*texts: Sequence[str]) -> tuple[int, int]:
    """How many rows all of the texts begin with, and end with after those."""
    shortest = min(len(rows) for rows in texts)
    head = 0
    while head < shortest and len({rows[head] for rows in texts}) == 1:
        head += 1
    tail = 0
    while tail < shortest - head and len({rows[-tail - 1] for rows in texts}) == 1:
        tail += 1
    return head, tail


def _apart(raw: str) -> tuple[str, str]:
    """A line of a file without its end, and its end."""
    content = raw.splitlines()[0]
    return content, raw[len(content) :]


def _ends(old: Sequence[tuple[str, str]], rows: Sequence[str], usual: str) -> Iterator[str]:
    """The line end of each row; none for the last, which is what follows the last end."""
    kept: dict[int, str] = {}
    if any(end and end != usual for _, end in old):
        # Only files of many hands pay for this.
        contents = [content for content, _ in old]
        kept = {new: old[was][1] for was, new in _pairs(contents, rows)}
    before = ""
    for number, row in enumerate(rows[:-1]):
        end = kept.get(number) or usual
        if before == "\r" and not row and end.startswith("\n"):
            end = "\r"  # or it would be taken for the rest of a "\r\n"
        yield end
        before = end
    yield ""


def _pairs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Numbers of the rows that stayed, in the old text and in the new one."""
    head, tail = alike(old, new)
    yield from ((at, at) for at in range(head))
    old_end, new_end = len(old) - tail, len(new) - tail
    matcher = SequenceMatcher(None, old[head:old_end], new[head:new_end])
    for start, first, size in matcher.get_matching_blocks():
        yield from ((head + start + n, head + first + n) for n in range(size))
    yield from ((old_end + n, new_end + n) for n in range(tail))
