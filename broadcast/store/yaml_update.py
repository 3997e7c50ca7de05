"""Writing a changed value over a file that people also edit: their comments and layout stay.

Rows of the old file are kept for every entry, and every item of a list of records, whose value
is the same; only the rest is written anew. Comments belong to the entry below them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, is_dataclass
from itertools import pairwise
from operator import eq
from typing import Any, TypeVar

from broadcast.errors import InputError
from broadcast.store import yaml_nodes as nodes
from broadcast.store.yaml_files import decode
from broadcast.store.yaml_write import encode

T = TypeVar("T")
_NAMES = ("id", "path", "number")
"""Fields by which an item is the same one although other fields changed."""


def update(old_text: str, value: T) -> str:
    """`value`, a dataclass, as YAML that keeps what it can of `old_text`.

    Where the old text cannot be read, or was written too oddly to be kept in part, all is anew.
    """
    kind = type(value)
    rows = old_text.replace("\r\n", "\n")
    try:
        old = decode(rows, kind, "")
        kept = _merged(_blocks(rows), old, value)
        if decode(kept, kind, "") != value:
            return encode(value)
    except (InputError, _OddError):
        return encode(value)
    return kept.replace("\n", "\r\n") if "\r\n" in old_text else kept


class _OddError(Exception):
    """The old text is no block of entries, each on rows of its own."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Rows of one entry or item: comments above it, then itself; `node` is its value."""

    above: tuple[str, ...]
    rows: tuple[str, ...]
    node: nodes.Node
    line: int


def _blocks(text: str) -> dict[str, _Block]:
    """The entries of a whole file by key; rows after the last entry are part of it."""
    root = nodes.parse(text, "")[0]
    if not isinstance(root, nodes.Mapping) or root.flow:
        raise _OddError
    starts = [(key.line, value) for key, value in root.pairs]
    rows = text.splitlines(keepends=True)
    if rows and not rows[-1].endswith("\n"):
        rows[-1] += "\n"
    cut = _cut(rows, 0, starts)
    return {key.text: block for (key, _), block in zip(root.pairs, cut, strict=True)}


def _cut(
    rows: Sequence[str], offset: int, starts: Sequence[tuple[int, nodes.Node]]
) -> Iterator[_Block]:
    """Cut rows, whose first is number `offset` + 1, at the lines where the nodes start."""
    lines = [line - offset - 1 for line, _ in starts]
    if any(b <= a for a, b in pairwise(lines)):
        raise _OddError
    begins = [_above(rows, line, 0 if n == 0 else lines[n - 1] + 1) for n, line in enumerate(lines)]
    for n, (line, node) in enumerate(starts):
        at = lines[n]
        end = begins[n + 1] if n + 1 < len(begins) else len(rows)
        yield _Block(tuple(rows[begins[n] : at]), tuple(rows[at:end]), node, line)


def _above(rows: Sequence[str], line: int, floor: int) -> int:
    """Where the comments and blank rows right above a row begin."""
    while line > floor and (not rows[line - 1].strip() or rows[line - 1].lstrip().startswith("#")):
        line -= 1
    return line


def _merged(old_blocks: dict[str, _Block], old: Any, value: Any) -> str:
    new_blocks = _blocks(encode(value))
    written: list[str] = []
    for key, block in old_blocks.items():
        before, after = getattr(old, key), getattr(value, key)
        written += block.above
        if before == after:
            written += block.rows
        elif key in new_blocks:
            written += _changed(block, before, new_blocks[key], after)
    for key in (f.name for f in fields(value)):
        if key in new_blocks and key not in old_blocks:
            written += new_blocks[key].rows
    return "".join(written)


def _changed(old: _Block, before: Any, new: _Block, after: Any) -> list[str]:
    """Rows of an entry with another value: item by item for a list of records, else the new."""
    both = (*before, *after) if isinstance(before, tuple) and before and after else ()
    if not both or not all(map(is_dataclass, both)):
        return list(new.rows)
    head, old_items = _items(old)
    new_items = _items(new)[1]
    shift = _indent(old_items[0]) - _indent(new_items[0])
    written = [*head]
    for block, (kept, same) in zip(new_items, _paired(before, old_items, after), strict=True):
        written += kept.above if kept else ()
        written += kept.rows if kept and same else _shifted(block.rows, shift)
    return written


def _paired(
    before: Sequence[Any], old: Sequence[_Block], after: Sequence[Any]
) -> list[tuple[_Block | None, bool]]:
    """For each new item the old item's block, and whether its value is still the same.

    Equal ones first, so that of two items of one name each keeps its own rows.
    """
    free = list(zip(before, old, strict=True))
    pairs: list[tuple[_Block | None, bool]] = [(None, False)] * len(after)
    for same, alike in ((True, eq), (False, _same_name)):
        for n, value in enumerate(after):
            if pairs[n][0] is None:
                found = next((i for i, (item, _) in enumerate(free) if alike(item, value)), None)
                if found is not None:
                    pairs[n] = (free.pop(found)[1], same)
    return pairs


def _items(block: _Block) -> tuple[tuple[str, ...], list[_Block]]:
    """The row of the key (and what stands under it), and a block for each item."""
    if not isinstance(block.node, nodes.Sequence) or not block.node.items:
        raise _OddError
    items = list(_cut(block.rows, block.line - 1, [(i.line, i) for i in block.node.items]))
    if not items or not all(item.rows[0].lstrip(" ").startswith("- ") for item in items):
        raise _OddError
    length = items[0].line - block.line - len(items[0].above)
    return block.rows[:length], items


def _indent(item: _Block) -> int:
    return len(item.rows[0]) - len(item.rows[0].lstrip(" "))


def _shifted(rows: Sequence[str], by: int) -> list[str]:
    """Rows moved right, or left (a row of an item is never indented less than its dash)."""
    return [
        " " * by + row if by > 0 and row.strip() else row[-by if by < 0 else 0 :] for row in rows
    ]


def _same_name(one: Any, other: Any) -> bool:
    names = [name for name in _NAMES if hasattr(one, name)]
    return bool(names) and getattr(one, names[0]) == getattr(other, names[0])
