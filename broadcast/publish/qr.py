"""An address as a QR code: in the terminal, and as a picture for the page and for paper."""

from __future__ import annotations

import io

QUIET = 2
"""Empty modules around a code; readers want a margin."""


def qr_terminal(address: str) -> str:
    """Half blocks of text, dark on light, so that phones read it from any terminal's colours."""
    # segno is needed by nobody who shares no address.
    import segno  # noqa: PLC0415

    out = io.StringIO()
    segno.make(address, error="m").terminal(out, border=QUIET, compact=True)
    return out.getvalue()


def qr_svg(address: str) -> str:
    """An SVG element without any outside resource, for a page."""
    import segno  # noqa: PLC0415

    code = segno.make(address, error="m")
    return str(code.svg_inline(scale=4, border=QUIET, light="#fff", title=address))
