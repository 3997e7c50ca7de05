"""Pauses in spoken text as data: where they fall, of which kind, and how long each lasts.

This is the one place that decides about silence within a line; engines are given it and put it in.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Literal, NamedTuple

Kind = Literal["list", "clause", "sentence"]


class Pause(NamedTuple):
    """A pause at index `at` of a spoken text, where the mark stands that shows it to a reader."""

    at: int
    kind: Kind


RATE = 190
"""Syllables a minute at which SECONDS holds."""
SECONDS: dict[Kind, float] = {"list": 0.15, "clause": 0.27, "sentence": 0.40}
"""How long each lasts at RATE; slower reading has longer pauses. Close to espeak-ng's own at that
rate (0.14, 0.26 and 0.38 s), with which a voice's syllables a minute were measured."""
SHARE = 0.044
"""The share of pauses in the time of ordinary lines, which a voice's rate includes: over the ready
pieces as they are spoken, SECONDS against 60/RATE a syllable."""

_KINDS: dict[str, Kind] = {
    ",": "list", ";": "clause", ":": "clause", "…": "clause", ".": "sentence", "!": "sentence",
    "?": "sentence",
}  # fmt: skip
_MARK = re.compile("[,;:….!?]")


def find(text: str, clauses: Collection[int] = ()) -> tuple[Pause, ...]:
    """The pauses between the words of a spoken text, in order; none at its end.

    Args:
        text: as `spoken.read_aloud` makes it: one mark at a time, right behind a word.
        clauses: where a comma stands for a dash or a bracket.
    """
    marks = _MARK.finditer(text, 0, len(text.rstrip(" ,;:….!?")))
    return tuple(
        Pause(mark.start(), "clause" if mark.start() in clauses else _KINDS[mark[0]])
        for mark in marks
    )


def seconds(pause: Pause, rate: int) -> float:
    """How long a pause lasts in reading of `rate` syllables a minute."""
    return SECONDS[pause.kind] * RATE / rate


def syllable_seconds(rate: int) -> float:
    """How long a syllable lasts without pauses, where `rate` a minute are read with them."""
    return 60 / rate * (1 - SHARE)


def duration(syllables: int, pauses: Iterable[Pause], rate: int) -> float:
    """Seconds of a spoken line of so many syllables with these pauses in it."""
    return syllables * syllable_seconds(rate) + sum(seconds(pause, rate) for pause in pauses)


def segments(text: str, pauses: Sequence[Pause], rate: int) -> Iterator[tuple[str, float]]:
    """The text cut behind each pause's mark, and the seconds of silence after each part."""
    start = 0
    for pause in pauses:
        yield text[start : pause.at + 1], seconds(pause, rate)
        start = pause.at + 1
    yield text[start:], 0.0
