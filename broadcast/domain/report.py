"""A period's report: what was to air against what did, counted in several ways that add up.

What is counted is one airing in one zone (lượt loa), with the minutes set aside for it. It was
heard (at least partly), not heard, or nobody logged it; its minutes were heard, lost or not
logged. So each table's sums are the same totals. An airing (lượt phát) counts once however many
zones hear it; only by zone its counts do not add up to their total.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from broadcast.domain.duties import Airings, DoneItem, Duties, duties
from broadcast.domain.log import Heard, LogLine, Reason
from broadcast.domain.periods import Period
from broadcast.domain.plan import Plan
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, WeekId

OUTSIDE = "Ngoài kế hoạch"
"""Where airings without a plan's topic are counted."""

_PLAIN = "tiếng Việt"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts: airings; zones' airings planned, heard, not heard, not logged; minutes likewise."""

    airings: int = 0
    planned: int = 0
    heard: int = 0
    missed: int = 0
    unlogged: int = 0
    minutes_planned: int = 0
    minutes_heard: int = 0
    minutes_lost: int = 0
    minutes_unlogged: int = 0

    @property
    def share(self) -> float:
        """Minutes heard of those planned, 0 to 1; 0 where nothing was planned."""
        return self.minutes_heard / self.minutes_planned if self.minutes_planned else 0.0


@dataclass(frozen=True, slots=True)
class Counted:
    """A line of a table: its key (a zone's id, "plan:path", "2026-W48"), its name, its counts."""

    key: str
    name: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class ReportRow:
    """An airing and the line of the log that holds for it, None if nobody logged it."""

    airing: Airing
    line: LogLine | None = None

    @property
    def tally(self) -> Tally:
        """Its counts, all zones together."""
        return tally_of(Piece(self, zone) for zone in self.airing.zones)


@dataclass(frozen=True, slots=True)
class Piece:
    """An airing in one zone: what all is counted in."""

    row: ReportRow
    zone: str

    @property
    def heard(self) -> Heard | None:
        """What the zone heard, None if nobody logged it."""
        return self.row.line.entry.in_zone(self.zone) if self.row.line else None


@dataclass(frozen=True, slots=True)
class Incident:
    """Zones that did not hear an airing as planned: `lost` minutes, those of its zones together."""

    row: ReportRow
    heard: Heard

    @property
    def lost(self) -> int:
        """Minutes that these zones did not hear, added up."""
        return (self.row.airing.minutes - self.heard.minutes) * len(self.heard.zones)


@dataclass(frozen=True, slots=True)
class ReasonCount:
    """How often something happened for one reason, and the zones' minutes lost by it."""

    reason: Reason
    incidents: int
    lost: int


@dataclass(frozen=True, slots=True)
class TopicHeard:
    """A topic of a plan that is for the air, and how many airings of it were heard."""

    plan: str
    path: str
    text: str
    heard: int


@dataclass(frozen=True, slots=True)
class Report:
    """All that is reported of a period, seen `today`; `until`: last day counted; `over`: all were.

    `ahead`: airings of the period that are not over yet, counted nowhere else.
    """

    period: Period
    station: Station
    today: date
    until: date
    over: bool
    total: Tally
    by_zone: tuple[Counted, ...]
    by_topic: tuple[Counted, ...]
    by_language: tuple[Counted, ...]
    by_week: tuple[Counted, ...]
    by_month: tuple[Counted, ...]
    topics: tuple[TopicHeard, ...]
    duties: tuple[Duties, ...]
    incidents: tuple[Incident, ...]
    reasons: tuple[ReasonCount, ...]
    rows: tuple[ReportRow, ...]
    ahead: int = 0

    @property
    def empty(self) -> bool:
        """Whether nothing was to air and nothing did."""
        return not self.rows

    @property
    def logged(self) -> bool:
        """Whether anything was logged at all."""
        return any(row.line for row in self.rows)


def report(  # noqa: PLR0913 - what it is made from, all of it by name
    period: Period,
    rows: Sequence[ReportRow],
    *,
    station: Station,
    plans: Sequence[Plan],
    now: datetime,
    done: Iterable[DoneItem] = (),
) -> Report:
    """The report of a period as of `now` (aware).

    Args:
        rows: every airing of the weeks that touch the period; those outside it only count for
            weekly quotas.
        done: what was recorded by hand of the plans' duties.
    """
    inside = [row for row in rows if period.first <= row.airing.day <= period.last]
    counted = tuple(row for row in inside if row.line or row.airing.ends <= now)
    pieces = [Piece(row, zone) for row in counted for zone in row.airing.zones]
    over = now.date() > period.last
    until = period.last if over else now.date()
    topics = _topic_names(plans)
    incidents = tuple(_incidents(counted))
    airings, records = Airings.of(((row.airing, row.line) for row in rows), now), tuple(done)
    return Report(
        period=period,
        station=station,
        today=now.date(),
        until=until,
        over=over,
        total=tally_of(pieces),
        by_zone=_by(pieces, lambda p: p.zone, _zone_names(station)),
        by_topic=_by(pieces, lambda p: _topic_key(p.row.airing, plans), topics),
        by_language=_by(pieces, lambda p: language_of(p, station), {}),
        by_week=_by(pieces, lambda p: str(WeekId.of(p.row.airing.day)), {}),
        by_month=_by(pieces, lambda p: f"{p.row.airing.day:%Y-%m}", {}),
        topics=_heard_topics(counted, plans),
        duties=tuple(duties(plan, period, station, airings, records) for plan in plans),
        incidents=incidents,
        reasons=_reasons(incidents),
        rows=counted,
        ahead=len(inside) - len(counted),
    )


def tally_of(pieces: Iterable[Piece]) -> Tally:
    """The counts of airings in zones."""
    every = list(pieces)
    told = [(piece.row.airing.minutes, piece.heard) for piece in every]
    heard = [one.minutes for _, one in told if one]
    planned, unlogged = sum(m for m, _ in told), sum(m for m, one in told if one is None)
    return Tally(
        airings=len({(p.row.airing.day, p.row.airing.id) for p in every}),
        planned=len(told),
        heard=sum(minutes > 0 for minutes in heard),
        missed=sum(minutes == 0 for minutes in heard),
        unlogged=len(told) - len(heard),
        minutes_planned=planned,
        minutes_heard=sum(heard),
        minutes_lost=planned - unlogged - sum(heard),
        minutes_unlogged=unlogged,
    )


def language_of(piece: Piece, station: Station) -> str:
    """What the zone hears an airing in: as logged, else the slot's language."""
    line = piece.row.line
    logged = line.entry.evidence.languages.get(piece.zone) if line else None
    slot = station.slot(piece.row.airing.slot or "")
    spoken = f"{slot.language[:1].lower()}{slot.language[1:]}" if slot else _PLAIN
    return logged or (_PLAIN if line else spoken)


def _by(
    pieces: Iterable[Piece], key: Callable[[Piece], str], names: dict[str, str]
) -> tuple[Counted, ...]:
    """The counts by a key: in the order of `names`, what has none of them after, in order."""
    groups: dict[str, list[Piece]] = {}
    for piece in pieces:
        groups.setdefault(key(piece), []).append(piece)
    order = {name: place for place, name in enumerate(names)}
    keys = sorted(groups, key=lambda k: (order.get(k, len(order)), k))
    return tuple(Counted(k, names.get(k, k), tally_of(groups[k])) for k in keys)


def _zone_names(station: Station) -> dict[str, str]:
    return {zone.id: zone.name for zone in station.zones}


def _topic_names(plans: Iterable[Plan]) -> dict[str, str]:
    named = {f"{plan.id}:{topic.path}": topic.text for plan in plans for topic in plan.topics}
    return {**named, OUTSIDE: OUTSIDE}


def _topic_key(airing: Airing, plans: Iterable[Plan]) -> str:
    """The topic an airing counts for; one joined to another counts for that."""
    if not airing.plan or not airing.topic:
        return OUTSIDE
    plan = next((plan for plan in plans if plan.id == airing.plan), None)
    return f"{airing.plan}:{plan.path_of(airing.topic) if plan else airing.topic}"


def _heard_topics(rows: Iterable[ReportRow], plans: Sequence[Plan]) -> tuple[TopicHeard, ...]:
    """Every topic that is for the air, of plans that were aired or are of the period's year."""
    counts: dict[str, int] = {}
    for row in rows:
        if row.tally.heard:
            key = _topic_key(row.airing, plans)
            counts[key] = counts.get(key, 0) + 1
    return tuple(
        TopicHeard(plan.id, topic.path, topic.text, counts.get(f"{plan.id}:{topic.path}", 0))
        for plan in plans
        for topic in plan.airable_topics()
    )


def _incidents(rows: Iterable[ReportRow]) -> Iterable[Incident]:
    for row in rows:
        for one in row.line.entry.heard if row.line else ():
            if one.outcome != "như kế hoạch":
                yield Incident(row, one)


def _reasons(incidents: Iterable[Incident]) -> tuple[ReasonCount, ...]:
    found: dict[Reason, list[int]] = {}
    for one in incidents:
        found.setdefault(one.heard.reason or "khác", []).append(one.lost)
    counts = [ReasonCount(reason, len(lost), sum(lost)) for reason, lost in found.items()]
    return tuple(sorted(counts, key=lambda c: (-c.lost, -c.incidents, c.reason)))
