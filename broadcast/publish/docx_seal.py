"""A .docx as bytes that tell whether it is still as this program made it.

People open a printed paper in Word and fill it in; what they wrote must not be overwritten. So the
document says, in its own properties, what the digest of everything else in it is.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from collections.abc import Mapping

from docx.document import Document

_CORE = "docProps/core.xml"
MARK = "broadcast:"
UNSEALED = f"{MARK}{'0' * 64}"
"""What stands in place of a seal until everything else is known."""
_SEAL = re.compile(rb"<dc:identifier[^>]*>broadcast:([0-9a-f]{64})</dc:identifier>")
_NO_DOCX = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError)
"""What reading a ZIP raises: it is none, or damaged, or has a password or an odd compression."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first time a ZIP can name; the same for all, so that the same paper has the same bytes."""


def sealed(document: Document) -> bytes:
    """The document's bytes, with the seal by which `seal_of` knows them again."""
    document.core_properties.identifier = f"{MARK}{_digest(_parts(_saved(document)))}"
    return packed(_parts(_saved(document)))


def sealed_parts(parts: Mapping[str, bytes]) -> bytes:
    """Likewise of any Office file in parts, whose properties say UNSEALED for their identifier."""
    seal = f"{MARK}{_digest(parts)}".encode()
    return packed({**parts, _CORE: parts[_CORE].replace(UNSEALED.encode(), seal)})


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Parts as an Office file, the same bytes for the same parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, _EARLIEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)
    return made.getvalue()


def seal_of(data: bytes) -> str | None:
    """The digest of a document that nobody changed since `sealed`; None of anything else.

    Two papers have the same one if they read the same, whenever they were made.
    """
    try:
        parts = _parts(data)
    except _NO_DOCX:
        return None
    found = _SEAL.search(parts.get(_CORE, b""))
    digest = _digest(parts)
    return digest if found and found[1].decode() == digest else None


def _saved(document: Document) -> bytes:
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def _digest(parts: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(parts):
        if name != _CORE:
            for piece in (name.encode(), parts[name]):
                digest.update(len(piece).to_bytes(8, "big"))
                digest.update(piece)
    return digest.hexdigest()
