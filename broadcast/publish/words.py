"""Text that calendars, playlists and paper can hold."""

from __future__ import annotations

import re

from broadcast.vietnamese.characters import nfc

_LINE_ENDS = str.maketrans({"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def clean_text(text: str) -> str:
    """NFC text whose only control character is the newline; other line ends become one."""
    text = nfc(text).replace("\r\n", "\n").translate(_LINE_ENDS)
    return _UNPRINTABLE.sub(" ", text)


def clean_line(text: str) -> str:
    """The same on a single line, blanks folded."""
    return " ".join(clean_text(text).split())


_UNPRINTABLE = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""Control characters and lone surrogates: neither can be written to a calendar or playlist."""
