"""Days, lengths and clean text as the officer and the operator read them."""

from __future__ import annotations

import unicodedata
from datetime import date

_WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")
_LINE_ENDS = str.maketrans({"\r": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def day_name(day: date) -> str:
    """ "Thứ Hai" to "Chủ nhật"."""
    return _WEEKDAYS[day.weekday()]


def day_text(day: date) -> str:
    """The day as a Vietnamese reader writes it: 23/11/2026."""
    return f"{day:%d/%m/}{day.year:04d}"


def length_text(seconds: float) -> str:
    """A length in words, to the second: "1 giờ 02 phút", "8 phút 12 giây", "45 giây"."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} giờ {minutes:02d} phút"
    if minutes:
        return f"{minutes} phút {rest:02d} giây" if rest else f"{minutes} phút"
    return f"{rest} giây"


def clean_text(text: str) -> str:
    """NFC text whose only control character is the newline; other line ends become one."""
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").translate(_LINE_ENDS)
    return "".join(
        c if c == "\n" or unicodedata.category(c) not in _UNPRINTABLE else " " for c in text
    )


def clean_line(text: str) -> str:
    """The same on a single line, blanks folded."""
    return " ".join(clean_text(text).split())


_UNPRINTABLE = frozenset({"Cc", "Cs"})
"""Control characters and lone surrogates: neither can be written to a calendar or playlist."""
