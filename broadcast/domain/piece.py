"""A ready piece: a text that was checked against its sources and can go into any programme."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from broadcast.domain.script import Line


@dataclass(frozen=True, slots=True)
class Reference:
    """What a piece says (`fact`), on whose word, how sure, and as of when ("2026-09").

    `until` is the last day on which the fact holds, where that is known.
    """

    fact: str
    source: str
    certainty: str = ""
    as_of: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Piece:
    """A ready piece (tin, bài).

    `subjects` are keyword phrases that match it to a plan's topics, `lines` its body as a script
    has it, `seconds` its estimated length, `review` the day by which it must be looked at again.
    `text` is the body as written. `file` is where it was read from, for messages.
    """

    id: str
    title: str
    subjects: tuple[str, ...]
    text: str
    lines: tuple[Line, ...]
    seconds: int | None = None
    sources: tuple[Reference, ...] = ()
    review: date | None = None
    file: str = ""
