"""Word files (.docx), by docx2python: paragraphs and table rows in order, with their numbers."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from broadcast.intake.document import Paragraph
from broadcast.intake.text_files import clean
from broadcast.intake.word_numbers import Numbering, read_numbering

_LINE_END = re.compile(r"[\r\n\x0b]+")
_BULLET = re.compile(r"^\t*(?:--|[^\s)]{1,8}\))\t")
"""What docx2python writes before a numbered paragraph; Numbering knows the printed form."""
_FOOTNOTE = re.compile(r"-{4}(?:footnote|endnote|image|media)[^-]*-{4}")
_LARGEST_UNPACKED = 500 * 1024 * 1024
"""Bytes; a larger package was made to fill the memory."""
_DATA_COLUMNS = 3
"""From this many columns a table is data; two columns are the layout of headers and signatures."""


def read_word(path: Path) -> tuple[Paragraph, ...] | None:
    """Every paragraph and table row in order, None for a file that is not a sound .docx."""
    # docx2python brings lxml; only Word plans need it.
    from docx2python import docx2python  # noqa: PLC0415

    try:
        with zipfile.ZipFile(path) as archive:
            if not _is_sound(archive):
                return None
        with warnings.catch_warnings(), docx2python(path) as document:
            warnings.simplefilter("ignore")
            texts = list(_texts(document.body_pars, read_numbering(document.docx_reader)))
    except (
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        OSError,
        SyntaxError,
    ):  # lxml's is a SyntaxError
        return None
    return tuple(Paragraph(text, line, cells) for line, (text, cells) in enumerate(texts, 1))


def _is_sound(archive: zipfile.ZipFile) -> bool:
    """An Office package of a size a plan can have once unpacked, pictures and all."""
    size = sum(entry.file_size for entry in archive.infolist())
    return "[Content_Types].xml" in archive.namelist() and size <= _LARGEST_UNPACKED


def _texts(tables: Sequence[Any], numbering: Numbering) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The text and, for rows of data tables, the cells; nothing empty."""
    for table in tables:
        for row in table:
            cells = [[part for par in cell for part in _lines(par, numbering)] for cell in row]
            if len(cells) >= _DATA_COLUMNS:
                joined = tuple(" ".join(cell) for cell in cells)
                if any(joined):
                    yield " | ".join(text for text in joined if text), joined
            else:
                yield from ((text, ()) for cell in cells for text in cell)


def _lines(par: Any, numbering: Numbering) -> Iterator[str]:
    """A paragraph's text, its automatic number printed, one a manual line break."""
    text = "".join(par.run_strings)
    mark = numbering.mark(par.elem)
    if mark is not None:
        text = f"{mark} {_BULLET.sub('', text)}"
    for part in _LINE_END.split(_FOOTNOTE.sub("", text)):
        if shown := clean(part).strip():
            yield shown
