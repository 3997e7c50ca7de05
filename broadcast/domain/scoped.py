"""Edits that reach one time, this and those that follow, or all: what they share.

An edit gives the station and the weeks as they would be, and what becomes of each occurrence, so
that the dates are seen before anything is written. What has been on air never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from broadcast.domain.occurrences import Place
from broadcast.domain.overlaps import Overlap, overlaps
from broadcast.domain.repeats import followed
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.wording import clock, moment

Scope = Literal["this", "following", "all"]
"""Only this time, this and those that follow, all of them."""

SCOPES: dict[Scope, str] = {
    "this": "chỉ lần này",
    "following": "từ lần này về sau",
    "all": "tất cả",
}
"""Every scope, and how it is called."""

Kind = Literal["change", "remove", "new", "keep"]
"""What becomes of an occurrence."""

KINDS: dict[Kind, str] = {"change": "đổi", "remove": "bỏ", "new": "thêm", "keep": "giữ nguyên"}
"""Every kind, and how it is called."""


@dataclass(frozen=True, slots=True)
class Stand:
    """When an occurrence begins (aware), its minutes, and the zones that hear it."""

    starts: datetime
    minutes: int
    zones: tuple[str, ...]

    @classmethod
    def of(cls, it: Airing | Place) -> Stand:
        """Where an airing or a slot on a day stands."""
        minutes = it.minutes if isinstance(it, Airing) else it.slot.minutes
        return cls(it.starts, minutes, it.zones)

    def __str__(self) -> str:
        ends = self.starts + timedelta(minutes=self.minutes)
        return f"{moment(self.starts)}-{clock(ends)}"


@dataclass(frozen=True, slots=True)
class Touch:
    """What becomes of one occurrence.

    `airing` is the one in it, as it is before the edit, None while it is empty. `why` says for what
    is kept why it is.
    """

    kind: Kind
    before: Stand | None
    after: Stand | None
    airing: Airing | None = None
    why: str = ""

    @property
    def at(self) -> datetime:
        """The moment it is known by: where it stood, or where it newly stands."""
        stand = self.before or self.after
        assert stand is not None  # noqa: S101 - one of them is always there
        return stand.starts


@dataclass(frozen=True, slots=True)
class Scoped:
    """What an edit comes to.

    Args:
        station: the station after it.
        weeks: the weeks that change, as they are after it, in order.
        touched: every occurrence it has to do with, by time.
        heard: airings it would reach had they not been on air already; they stay as they are.
        clashes: airings that would newly sound at one time in one zone.
        endless: whether more occurrences follow than `touched` tells of.
    """

    station: Station
    weeks: tuple[Week, ...] = ()
    touched: tuple[Touch, ...] = ()
    heard: tuple[Airing, ...] = ()
    clashes: tuple[Overlap, ...] = ()
    endless: bool = False

    @property
    def heard_weeks(self) -> tuple[WeekId, ...]:
        """The weeks that hold what has been on air and is not touched."""
        return tuple(sorted({WeekId.of(airing.day) for airing in self.heard}))


@dataclass(slots=True)
class Draft:
    """The weeks while an edit is being made; `was` is how they were, `now` the moment (aware)."""

    station: Station
    was: dict[WeekId, Week]
    now: datetime
    weeks: dict[WeekId, Week] = field(init=False)
    touched: list[Touch] = field(default_factory=list)
    heard: list[Airing] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.weeks = dict(self.was)

    @classmethod
    def over(cls, station: Station, weeks: Iterable[Week], now: datetime) -> Draft:
        """A draft in which nothing has changed yet."""
        return cls(station, {week.id: week for week in weeks}, now)

    def week(self, week_id: WeekId) -> Week:
        """A week as it is by now; one that was not given is empty."""
        return self.weeks.get(week_id, Week(week_id))

    def put(self, week: Week) -> None:
        """Take a week as it is from now on."""
        self.weeks[week.id] = week

    def airings(self) -> Iterator[Airing]:
        """Every airing as it is by now, week by week."""
        for week_id in sorted(self.weeks):
            yield from self.weeks[week_id].airings

    def done(self, *, endless: bool = False) -> Scoped:
        """What the edit comes to, with repeats led on and new clashes found."""
        self._lead_repeats()
        changed = [w for one in sorted(self.weeks) if (w := self.weeks[one]) != self._old(one)]
        touched = sorted(self.touched, key=lambda it: (it.at, it.airing.id if it.airing else ""))
        heard = tuple(sorted(self.heard, key=lambda a: (a.starts, a.id)))
        clashes = _new_clashes(self.was, self.weeks)
        return Scoped(self.station, tuple(changed), tuple(touched), heard, clashes, endless)

    def _old(self, week_id: WeekId) -> Week:
        return self.was.get(week_id, Week(week_id))

    def _lead_repeats(self) -> None:
        for one in sorted(self.weeks):
            if self.weeks[one] != self._old(one):
                last = self.was.get(one.before(), Week(one)).airings
                self.put(followed(self._old(one), self.weeks[one], self.station, last))


def as_standing(airing: Airing, slot: Slot, station: Station) -> bool:
    """Whether an airing stands in its slot as the slot says; else it was changed by hand."""
    return (
        slot.stands_on(airing.day)
        and (airing.start, airing.minutes) == (slot.start, slot.minutes)
        and set(airing.zones) == set(station.zones_of(slot))
    )


def changed_by_hand(airing: Airing, slot: Slot, station: Station) -> str:
    """What of an airing is not as its slot says, in Vietnamese."""
    own = (
        ("ngày", slot.stands_on(airing.day)),
        ("giờ", airing.start == slot.start),
        ("số phút", airing.minutes == slot.minutes),
        ("cụm loa", set(airing.zones) == set(station.zones_of(slot))),
    )
    return f"đã sửa tay ({', '.join(what for what, same in own if not same)})"


def _new_clashes(was: Mapping[WeekId, Week], now: Mapping[WeekId, Week]) -> tuple[Overlap, ...]:
    """Overlaps that were not there before, in the weeks that change and those around them."""
    touched = {one for one, week in now.items() if week != was.get(one, Week(one))}
    near = touched | {one.before() for one in touched} | {one.after() for one in touched}
    before = {_pair(it) for it in overlaps(_airings(was, near))}
    return tuple(it for it in overlaps(_airings(now, near)) if _pair(it) not in before)


def _airings(weeks: Mapping[WeekId, Week], wanted: set[WeekId]) -> Sequence[Airing]:
    return [a for one in sorted(wanted & weeks.keys()) for a in weeks[one].airings]


def _pair(overlap: Overlap) -> frozenset[str]:
    return frozenset((overlap.first.id, overlap.second.id))
