"""What is planned in a month, day by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from broadcast.domain.calendar_math import places
from broadcast.domain.station import Station
from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError
from broadcast.workflow.desk import Desk
from broadcast.workflow.weeks import WeekView, seen_from


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day of the month overview.

    `places` are its standing slots, `empty` those without an airing; `states` counts its airings
    by state (trống, nháp, ..., đã có audio), `findings` what should be looked at on it. `unread`
    says why nothing is known of it: the title of the error its week's file gave.
    """

    day: date
    places: int = 0
    empty: int = 0
    states: Mapping[str, int] = field(default_factory=dict)
    findings: int = 0
    unread: str = ""

    @property
    def airings(self) -> int:
        """How many airings the day has."""
        return sum(self.states.values())


@dataclass(frozen=True, slots=True)
class Month:
    """A month's days, from the first to the last."""

    year: int
    month: int
    days: tuple[DayCount, ...]


def month(desk: Desk, year: int, number: int) -> Month:
    """What is planned in a month; a week that cannot be read leaves its days unread.

    Takes a while where many scripts are heard for the first time: call it in a worker.

    Raises:
        InputError: station or plans cannot be read.
    """
    first = date(year, number, 1)
    following = date(year + number // 12, number % 12 + 1, 1)
    days = [first + timedelta(days=n) for n in range((following - first).days)]
    station = desk.station()
    desk.plans()
    counted: dict[date, DayCount] = {}
    for week_id in dict.fromkeys(WeekId.of(day) for day in days):
        try:
            view = seen_from(desk, desk.week(week_id))
        except BroadcastError as error:
            counted |= {day: DayCount(day, unread=error.title) for day in week_id.days()}
        else:
            counted |= {day: _count(day, view, station) for day in week_id.days()}
    return Month(year, number, tuple(counted[day] for day in days))


def _count(day: date, view: WeekView, station: Station) -> DayCount:
    airings = [airing for airing in view.week.airings if airing.day == day]
    ids = {airing.id for airing in airings}
    standing = [p for p in places(view.week.id, station, view.days) if p.day == day and p.zones]
    about = [f for f in view.findings if f.airing in ids or (f.airing is None and f.day == day)]
    empty = sum(finding.rule == "empty-slot" for finding in about)
    states = Counter(view.state(airing) for airing in airings)
    return DayCount(day, len(standing), empty, dict(states), len(about))
