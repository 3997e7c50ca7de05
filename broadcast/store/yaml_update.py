"""Writing a changed value over a file that people also edit: their comments and layout stay.

Rows of the old file are kept for every entry whose value is the same, also within a record, within
texts by name and within the items of a list of records; only the rest is written anew. Comments
belong to the entry below them, or to the value they stand behind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass, replace
from itertools import pairwise
from operator import eq
from typing import Any, TypeVar

from broadcast.errors import InputError
from broadcast.store import yaml_nodes as nodes
from broadcast.store.yaml_files import decode
from broadcast.store.yaml_write import encode, told

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
        kept = "".join(_entries(_blocks(rows), old, value))
        # Part by part, since equal records may differ in parts that do not count.
        if _parts(decode(kept, kind, "")) != _parts(value):
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


def _entries(old_blocks: dict[str, _Block], old: Any, value: Any, indent: int = 0) -> list[str]:
    """Rows of a record or of texts by name: those of the old file where the value is the same.

    What was written stays written, also when it becomes what is meant without writing it.
    """
    before, after, needed = _parts(old), _parts(value), _told(value)
    written: list[str] = []
    for key, block in old_blocks.items():
        written += block.above
        if key in after and before[key] == after[key]:
            written += block.rows
        elif key in needed or (key in after and after[key] not in _NOTHING):
            written += _changed(block, before[key], _fresh(key, after[key], indent), after[key])
        else:
            written += _own(block)[1]
    for key in needed:
        if key not in old_blocks:
            written += _fresh(key, after[key], indent).rows
    return written


def _fresh(key: str, value: Any, indent: int) -> _Block:
    """An entry as it is written where there was none."""
    block = _blocks(encode({key: value}))[key]
    return replace(block, rows=tuple(_shifted(block.rows, indent)))


_NOTHING: tuple[Any, ...] = (None, "", (), {})
"""Values that are told by leaving their entry out."""


def _parts(value: Any) -> dict[str, Any]:
    """The values of a record or of texts by name, by key."""
    if isinstance(value, dict):
        return value
    return {field.name: getattr(value, field.name) for field in fields(value)}


def _told(value: Any) -> list[str]:
    """The keys that have to be written, in order."""
    if isinstance(value, dict):
        return list(value)
    return [field.name for field in fields(value) if told(value, field)]


def _changed(old: _Block, before: Any, new: _Block, after: Any) -> list[str]:
    """Rows of an entry with another value: part by part where it has parts, else the new ones."""
    with suppress(_OddError):
        if isinstance(before, tuple) and any(map(is_dataclass, before)):
            return _changed_list(old, before, new, after)
        if isinstance(before, dict) or is_dataclass(before):
            return _changed_parts(old, before, after)
    return _on_one_row(old, new)


def _changed_parts(old: _Block, before: Any, after: Any) -> list[str]:
    """A record, or texts by name, under its key."""
    if not after:
        raise _OddError
    head, blocks = _inside(old)
    return [*head, *_entries(blocks, before, after, _indent(next(iter(blocks.values()))))]


def _inside(block: _Block) -> tuple[tuple[str, ...], dict[str, _Block]]:
    """The row of the key (and what stands under it), and a block for each entry below it."""
    node = block.node
    if not isinstance(node, nodes.Mapping) or node.flow or not node.pairs:
        raise _OddError
    starts = [(key.line, value) for key, value in node.pairs]
    cut = list(_cut(block.rows, block.line - 1, starts))
    length = cut[0].line - block.line - len(cut[0].above)
    if not length:
        raise _OddError  # the first entry stands on the row of the key
    return block.rows[:length], {
        key.text: part for (key, _), part in zip(node.pairs, cut, strict=True)
    }


def _own(block: _Block) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The rows of an entry itself, and blank rows and comments that follow a value on one row."""
    alone = all(map(_beside, block.rows[1:])) and _says(block.rows[0]) == _texts(block.node)
    return (block.rows[:1], block.rows[1:]) if alone else (block.rows, ())


def _beside(row: str) -> bool:
    """Whether a row is blank or a comment."""
    return not row.strip() or row.lstrip().startswith("#")


def _says(row: str) -> list[str] | None:
    """The texts of a row "key: value", None if it is none by itself."""
    with suppress(InputError):
        node = nodes.parse(row, "")[0]
        if isinstance(node, nodes.Mapping) and len(node.pairs) == 1:
            return _texts(node.pairs[0][1])
    return None


def _texts(node: nodes.Node) -> list[str]:
    return [item.text for item in nodes.scalars(node)]


def _on_one_row(old: _Block, new: _Block) -> list[str]:
    """New rows with the comment that stood behind the old value, and what followed it."""
    own, below = _own(old)
    if len(own) > 1 or len(new.rows) > 1:
        return [*new.rows, *below]
    remarks = (own[0][found.start() :] for found in re.finditer(r"\s+#", own[0].rstrip()))
    kept = (r for r in remarks if _says(own[0][: -len(r)]) == _texts(old.node))
    return [new.rows[0].rstrip("\n") + next(kept, "\n"), *below]


def _changed_list(
    old: _Block, before: tuple[Any, ...], new: _Block, after: tuple[Any, ...]
) -> list[str]:
    """A list of records under its key, item by item."""
    if not after:
        raise _OddError
    head, old_items = _items(old)
    new_items = _items(new)[1]
    shift = _indent(old_items[0]) - _indent(new_items[0])
    written = [*head]
    paired = _paired(before, old_items, after)
    for block, value, pair in zip(new_items, after, paired, strict=True):
        if pair is None:
            written += _shifted(block.rows, shift)
        else:
            kept, earlier = pair
            written += kept.above
            written += kept.rows if earlier == value else _changed_item(kept, earlier, block, value)
    return written


def _changed_item(old: _Block, before: Any, new: _Block, after: Any) -> list[str]:
    """A record of a list, entry by entry."""
    node, dash = old.node, _DASH.match(old.rows[0])
    if not isinstance(node, nodes.Mapping) or node.flow or not dash:
        return _shifted(new.rows, _indent(old) - _indent(new))
    # Without the dash its entries are as those of any record.
    rows = [" " * len(dash[0]) + old.rows[0][len(dash[0]) :], *old.rows[1:]]
    cut = _cut(rows, old.line - 1, [(key.line, value) for key, value in node.pairs])
    blocks = {key.text: part for (key, _), part in zip(node.pairs, cut, strict=True)}
    written = _entries(blocks, before, after, len(dash[0]))
    first = next(n for n, row in enumerate(written) if not _beside(row))
    return [*written[:first], dash[0] + written[first][len(dash[0]) :], *written[first + 1 :]]


_DASH = re.compile(r" *- +(?=[^\s#])")


def _paired(
    before: Sequence[Any], old: Sequence[_Block], after: Sequence[Any]
) -> list[tuple[_Block, Any] | None]:
    """For each new item the old item's block and value, None if it is a new one.

    Equal ones first, so that of two items of one name each keeps its own rows.
    """
    free = list(zip(old, before, strict=True))
    pairs: list[tuple[_Block, Any] | None] = [None] * len(after)
    for alike in (eq, _same_name):
        for n, value in enumerate(after):
            if pairs[n] is None:
                found = next((i for i, (_, item) in enumerate(free) if alike(item, value)), None)
                if found is not None:
                    pairs[n] = free.pop(found)
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
