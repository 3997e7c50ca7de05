"""The station's lexicon file with one entry changed: the rest of it stays to the letter."""

from __future__ import annotations

from broadcast.errors import InputError
from broadcast.store import yaml_nodes as nodes
from broadcast.store.records import decode_texts
from broadcast.store.yaml_write import encode


def with_entry(text: str, written: str, said: str | None) -> str:
    """The file's text with `written` said as `said`, or without that entry if it is None.

    Where the text is laid out too oddly to be kept in part (one line of braces), all is anew.

    Args:
        text: a whole lexicon that can be read, "" for none yet.
        written, said: NFC, one line each.

    Raises:
        InputError: the text is no lexicon; every problem with its line.
    """
    wanted = decode_texts(text, "")
    wanted.pop(written, None)
    if said is not None:
        wanted[written] = said
    end = "\r\n" if "\r\n" in text else "\n"
    made = _edited(text.replace("\r\n", "\n"), written, said)
    try:
        kept = decode_texts(made, "") == wanted
    except InputError:
        kept = False
    return (made if kept else encode(wanted)).replace("\n", end)


def _edited(text: str, written: str, said: str | None) -> str:
    """The rows of the entry exchanged, or a row put at the end."""
    rows = text.splitlines(keepends=True)
    if rows and not rows[-1].endswith("\n"):
        rows[-1] += "\n"
    start, end = _place(text, rows, written)
    fresh = [] if said is None else [encode({written: said})]
    return "".join([*rows[:start], *fresh, *rows[end:]])


def _place(text: str, rows: list[str], written: str) -> tuple[int, int]:
    """Which rows the entry takes; none, after the last row, where there is no such entry."""
    root = nodes.parse(text, "")[0]
    pairs = root.pairs if isinstance(root, nodes.Mapping) else ()
    starts = [key.line - 1 for key, _ in pairs]
    for number, (key, _) in enumerate(pairs):
        if key.text == written:
            end = starts[number + 1] if number + 1 < len(starts) else len(rows)
            while end > starts[number] + 1 and _stands_apart(rows[end - 1]):
                end -= 1  # comments below belong to what follows
            return starts[number], end
    return len(rows), len(rows)


def _stands_apart(row: str) -> bool:
    return not row.strip() or row.lstrip().startswith("#")
