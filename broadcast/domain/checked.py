"""What a check of a week looks at, gathered once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from broadcast.domain.calendar_math import Place, airing_at, occupant, places
from broadcast.domain.conflicts import Conflicts, conflicts, heard, relays
from broadcast.domain.days import SpecialDays
from broadcast.domain.limits import DAY, outside
from broadcast.domain.log import LogLine
from broadcast.domain.pairing import PairState
from broadcast.domain.plan import Plan
from broadcast.domain.rotation import Heard
from broadcast.domain.rulebook import RuleBook
from broadcast.domain.script import State
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Finding, Week
from broadcast.domain.wording import clock, moment

Dated = tuple[datetime, Finding]
"""A finding and the moment it is about."""


@dataclass(frozen=True, slots=True)
class Paired:
    """A script's recording in another language: where it stands, how long it is."""

    state: PairState
    seconds: float


@dataclass(frozen=True, slots=True)
class ScriptInfo:
    """What a check must know of a script: `seconds` it lasts (None unknown), problems in it.

    `stale` is what of it does not hold on a day of airing, and nobody has answered for;
    `recordings` are those in other languages, by language; `pieces` the ready ones it tells.
    """

    state: State
    seconds: float | None
    problems: int
    stale: Mapping[date, tuple[Finding, ...]] = field(default_factory=dict)
    recordings: Mapping[str, Paired] = field(default_factory=dict)
    pieces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check looks at; `station` has the rules in force, `book` says where they come from.

    `texts` are those of other weeks; `each`: every recording that is missing for itself; `logged`:
    the lines of the log that hold for the week's airings, by id; `now` (aware), None if unknown.
    """

    week: Week
    station: Station
    plans: Mapping[str, Plan]
    scripts: Mapping[str, ScriptInfo]
    neighbours: tuple[Airing, ...]
    today: date | None = None
    book: RuleBook = field(default_factory=RuleBook)
    texts: Heard = field(default_factory=dict)
    each: bool = False
    days: SpecialDays = field(default_factory=dict)
    logged: Mapping[str, LogLine] = field(default_factory=dict)
    now: datetime | None = None
    by_day: dict[date, list[Airing]] = field(init=False, default_factory=dict)
    met: Conflicts = field(init=False, default=Conflicts())

    def __post_init__(self) -> None:
        days = self.week.id.days()
        span = (days[0] - DAY, *days, days[-1] + DAY)
        carried = relays(self.station, span)
        for airing in (*self.week.airings, *self.neighbours, *carried):
            self.by_day.setdefault(airing.day, []).append(airing)
        near = (a for a in self.neighbours if span[0] <= a.day <= span[-1])
        met = conflicts([*self.week.airings, *near], carried)
        object.__setattr__(self, "met", met)

    def heard(self) -> list[Airing]:
        """The week's airings as they are heard: without those that give way, or were not aired."""
        aired = [a for a in self.week.airings if self.aired(a)]
        return heard(aired, self.met.lost)

    def over(self, airing: Airing) -> bool:
        """Whether it was on air already: logged, or over by the clock if there is one."""
        return airing.id in self.logged or bool(self.now and airing.ends <= self.now)

    def aired(self, airing: Airing) -> bool:
        """Whether it went on air, or nobody has logged that it did not."""
        line = self.logged.get(airing.id)
        return line is None or line.entry.state != "không phát"

    def as_planned(self, airing: Airing) -> Airing:
        """One of `heard` as its file has it, with every zone."""
        same = (a for a in self.week.airings if (a.id, a.starts) == (airing.id, airing.starts))
        return next(same, airing)

    def around(self, day: date) -> list[Airing]:
        """Airings and relays that begin on `day`, the day before or after it, of any week."""
        days = (day - DAY, day, day + DAY)
        return [airing for near in days for airing in self.by_day.get(near, ())]

    def free_places(self) -> list[Place]:
        """Standing slots of the week, heard somewhere, in which nothing sounds."""
        standing = (
            place
            for place in places(self.week.id, self.station, self.days)
            if place.zones and not outside(self.station.rules, airing_at(place))
        )
        return [place for place in standing if not occupant(place, self.around(place.day))]


def span_text(airing: Airing) -> str:
    """When an airing is, in a message."""
    return f"{moment(airing.starts)}-{clock(airing.ends)}"


def zone_names(station: Station, zones: list[str] | tuple[str, ...]) -> str:
    """Zones by the names the officer gave them."""
    known = {zone.id: zone.name for zone in station.zones}
    return ", ".join(known.get(zone) or zone for zone in zones)
