"""Written lines with the readings that count as right: tests/spoken/lines.yaml, and gold.yaml."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import yaml

from broadcast.vietnamese.characters import nfc

OURS = Path(__file__).parent / "spoken" / "lines.yaml"
_NO_WORD = re.compile(r"[\W_]+")
_SPELLINGS = {"uỷ": "ủy", "oà": "òa", "oá": "óa", "oả": "ỏa", "oẻ": "ỏe", "uý": "úy"}


@dataclass(frozen=True, slots=True)
class Case:
    """A written line and the readings of which any is right."""

    id: str
    written: str
    spoken: tuple[str, ...]
    region: str = "bắc"

    def is_right(self, heard: str) -> bool:
        """Whether this is one of the readings, whatever its case, punctuation and spaces."""
        return key(heard) in {key(one) for one in self.spoken}


def load(path: Path) -> tuple[Case, ...]:
    """The cases of a file of the form of gold.yaml."""
    rows = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(
        Case(row["id"], row["written"], tuple(row["spoken"]), row.get("region", "bắc"))
        for row in rows
    )


def key(text: str) -> str:
    """What is compared: small letters and single spaces; both ways of placing a tone are one."""
    text = nfc(text).lower()
    for old, new in _SPELLINGS.items():
        text = text.replace(old, new)
    return _NO_WORD.sub(" ", text).strip()


def wrong(cases: Iterable[Case], say: Callable[[str, str], str]) -> list[tuple[str, str, str]]:
    """Id, heard and right reading of each case that `say(written, region)` reads wrong."""
    heard = ((case, say(case.written, case.region)) for case in cases)
    return [(case.id, said, case.spoken[0]) for case, said in heard if not case.is_right(said)]
