"""Text that calendars, playlists and paper can hold."""

from __future__ import annotations

import unicodedata

from broadcast.vietnamese.characters import nfc

_LINE_ENDS = str.maketrans({"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def clean_text(text: str) -> str:
    """NFC text whose only control character is the newline; other line ends become one."""
    text = nfc(text).replace("\r\n", "\n").translate(_LINE_ENDS)
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in _UNPRINTABLE else " " for c in text
    )


def clean_line(text: str) -> str:
    """The same on a single line, blanks folded."""
    return " ".join(clean_text(text).split())


_UNPRINTABLE = frozenset({"Cc", "Cs"})
"""Control characters and lone surrogates: neither can be written to a calendar or playlist."""
