"""The lines of an iCalendar file: escaped, folded, ended as RFC 5545 wants them."""

from __future__ import annotations

from typing import Any

from icalendar import Component, vText

LINE_OCTETS = 75
"""Longest line without its end (RFC 5545, 3.1)."""


class Text(vText):
    """TEXT escaped by RFC 5545, 3.3.11; icalendar's own turns a written backslash-N into a line
    break, and leaves the NAME of a calendar unescaped."""

    def to_ical(self) -> bytes:
        """The escaped text."""
        escaped = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return escaped.replace("\n", "\\n").encode()


def to_bytes(component: Component) -> bytes:
    """The component's lines, folded, each with CRLF.

    icalendar's values and parameters, put together here: its own lines are checked and copied on
    the way, which takes three times as long and folds as some readers do not like.
    """
    return b"".join(folded(_line(*one)) + b"\r\n" for one in component.property_items())


def _line(name: str, value: Any) -> bytes:
    written = value.to_ical() if hasattr(value, "to_ical") else value
    params = getattr(value, "params", None)
    told = b";" + params.to_ical() if params else b""
    return name.encode() + told + b":" + (written.encode() if isinstance(written, str) else written)


def folded(data: bytes) -> bytes:
    """Cut a line at 75 octets, never inside a UTF-8 character or an escape.

    icalendar's own folding may part a backslash from what it escapes; one such fold made Google
    drop a whole feed (facts: calendars).
    """
    if len(data) <= LINE_OCTETS:
        return data
    parts: list[bytes] = []
    start, room = 0, LINE_OCTETS
    while len(data) - start > room:
        end = _cut(data, start, start + room)
        parts.append(data[start:end])
        start, room = end, LINE_OCTETS - 1  # the space that opens a continuation counts
    return b"\r\n ".join([*parts, data[start:]])


def _cut(data: bytes, start: int, end: int) -> int:
    while data[end] & 0xC0 == 0x80:
        end -= 1
    before = data[start:end]
    slashes = len(before) - len(before.rstrip(b"\\"))
    return end - 1 if slashes % 2 else end
