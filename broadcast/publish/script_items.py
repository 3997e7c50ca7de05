"""What the papers with scripts take in; the caller gathers it from the workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from broadcast.domain.letterhead import Letterhead
from broadcast.domain.script import Line, State
from broadcast.domain.week import Airing, WeekId


@dataclass(frozen=True, slots=True)
class Aired:
    """An airing on paper: its programme, where it is heard, and its script's place in the paper.

    `seconds` is None while nobody knows. `zones` is the zones in words, `number` counts the
    paper's scripts from 1, None where the airing has no script yet.
    """

    airing: Airing
    title: str
    zones: str
    seconds: float | None = None
    number: int | None = None


@dataclass(frozen=True, slots=True)
class ScriptOnPaper:
    """A script as people read it on paper.

    `seconds` is its length, `measured` if that is of finished audio. `topic` is what of which plan
    it is about, `airings` when and where it is heard, `sources` what its facts rest on, each in a
    few words. `by`, `at` (aware) and `note` are of the approval, or of who handed it in or sent it
    back. `signed` is number and date of the paper that was signed for it.
    """

    id: str
    title: str
    lines: tuple[Line, ...]
    state: State
    seconds: float
    measured: bool = False
    topic: str = ""
    airings: tuple[Aired, ...] = ()
    sources: tuple[str, ...] = ()
    by: str = ""
    at: datetime | None = None
    note: str = ""
    signed: str = ""

    @property
    def draft(self) -> bool:
        """Whether nobody answers for it yet."""
        return self.state != "đã duyệt"


@dataclass(frozen=True, slots=True)
class Issued:
    """Who issues a paper for which station, and when (aware)."""

    letterhead: Letterhead
    station: str
    made: datetime


@dataclass(frozen=True, slots=True)
class WeekOnPaper:
    """A week: its airings in order, and the scripts they air, each once."""

    week: WeekId
    aired: tuple[Aired, ...]
    scripts: tuple[ScriptOnPaper, ...]
