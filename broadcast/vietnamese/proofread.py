"""Everything a proofreader would ask about in a text: suggestions for a person, never changes."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import NamedTuple

from broadcast.vietnamese.characters import nfc
from broadcast.vietnamese.citations_check import citation_slips
from broadcast.vietnamese.days_check import day_slips
from broadcast.vietnamese.spelling import spelling
from broadcast.vietnamese.suggestion import Suggestion
from broadcast.vietnamese.terms import outdated


class About(NamedTuple):
    """What is known of a text: the day it is heard, and a document's own day and number."""

    air_date: date
    own_date: date | None = None
    own_number: str | None = None


Source = Callable[[Sequence[str], About], tuple[Suggestion, ...]]
"""Looks for one kind of thing; raises nothing, whatever the lines are."""


def _citations(lines: Sequence[str], about: About) -> tuple[Suggestion, ...]:
    return citation_slips(
        lines, own_number=about.own_number, own_date=about.own_date, air_date=about.air_date
    )


SOURCES: tuple[Source, ...] = (
    _citations,
    lambda lines, about: outdated(lines, about.air_date),
    lambda lines, about: day_slips(lines, about.air_date),
    lambda lines, _about: spelling(lines),
)
"""Where two ask about the same words, the one named first is heard."""


def proofread(
    lines: Sequence[str],
    *,
    air_date: date,
    own_date: date | None = None,
    own_number: str | None = None,
) -> tuple[Suggestion, ...]:
    """Suggestions for a text, by place; no two of them about the same characters.

    Args:
        lines: any text line by line; suggestions count the characters of its NFC form.
        air_date: the day it is heard.
        own_date: the day of the document itself, if it is one and says it.
        own_number: the number of the document itself; else it is looked for at its head.
    """
    known = [nfc(line) for line in lines]
    about = About(air_date, own_date, own_number)
    return _apart(found for source in SOURCES for found in source(known, about))


def _apart(found: Iterable[Suggestion]) -> tuple[Suggestion, ...]:
    """By place, without those that overlap one that came before them."""
    kept: list[Suggestion] = []
    for one in found:
        at = bisect_left(kept, (one.line, one.start))
        beside = kept[max(0, at - 1) : at + 1]
        if not any(_overlap(one, other) for other in beside):
            insort(kept, one)
    return tuple(kept)


def _overlap(one: Suggestion, other: Suggestion) -> bool:
    if one.line != other.line:
        return False
    return (one.start < other.end and other.start < one.end) or one[1:3] == other[1:3]
