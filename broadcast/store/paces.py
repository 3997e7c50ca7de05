"""out/paces.json: how long each voice took for what it has read here, for better estimates.

Only worth keeping: where the file is gone or damaged, estimates begin again from what was measured
for the engine.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from broadcast.store.files import write_whole

MOST = 20
"""Texts remembered of each voice; what was read long ago says little of today's settings."""


@dataclass(frozen=True, slots=True)
class Took:
    """One text read by one voice: what was counted in it, and the seconds of speech it made."""

    text: str
    counts: tuple[int, int, int, int]
    seconds: float


def load_paces(path: Path, voice: str) -> tuple[Took, ...]:
    """What that voice took, oldest first."""
    return tuple(_took(_read(path).get(voice, ())))


def note_pace(path: Path, voice: str, took: Took) -> None:
    """Remember what a text took, in place of what it took before.

    Raises:
        StorageError: it cannot be written.
    """
    known = _read(path)
    others = [one for one in _took(known.get(voice, ())) if one.text != took.text]
    kept = [*others, took][-MOST:]
    known[voice] = [[one.text, list(one.counts), one.seconds] for one in kept]
    write_whole(path, json.dumps(known, ensure_ascii=False, indent=1) + "\n")


def _read(path: Path) -> dict[str, Any]:
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _took(rows: Iterable[Any]) -> list[Took]:
    try:
        return [Took(str(text), _counts(counts), float(s)) for text, counts, s in rows]
    except (TypeError, ValueError):
        return []


def _counts(row: Iterable[Any]) -> tuple[int, int, int, int]:
    syllables, commas, stops, lines = (int(one) for one in row)
    return syllables, commas, stops, lines
