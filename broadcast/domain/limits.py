"""When a station's rules let anything be on air, and how much: for checks, mends and the rota."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from operator import attrgetter

from broadcast.domain.rulebook import read_span
from broadcast.domain.station import Rules
from broadcast.domain.week import VIETNAM, Airing
from broadcast.domain.wording import weekday_code

DAY = timedelta(days=1)


def open_on(rules: Rules, day: date) -> bool:
    """Whether the rules have broadcasts on that day at all."""
    if day in rules.no_broadcast_days:
        return False
    return not rules.weekdays or weekday_code(day) in rules.weekdays


def latest_end(rules: Rules, day: date) -> datetime:
    """When broadcasts of `day` have to be over; midnight as the limit is the end of the day."""
    latest = datetime.combine(day, rules.latest, VIETNAM)
    return latest if rules.latest != time(0) else latest + DAY


def outside(rules: Rules, airing: Airing) -> bool:
    """Whether the rules of days and hours keep an airing from its time; khẩn cấp is never kept."""
    if airing.level == "khẩn cấp":
        return False
    if not open_on(rules, airing.day) or airing.start < rules.earliest:
        return True
    return airing.ends > latest_end(rules, airing.day) or quiet_until(rules, airing) is not None


def read_spans(rules: Rules) -> Iterator[tuple[time, time]]:
    """The quiet hours; what is written wrongly (its reader says so) is left out."""
    for text in rules.quiet_hours:
        with suppress(ValueError):
            yield read_span(text)


def quiet_until(rules: Rules, airing: Airing) -> datetime | None:
    """The end of the quiet hours that an airing reaches into, None if it keeps clear of them."""
    for begin, end in read_spans(rules):
        for day in (airing.day - DAY, airing.day, airing.day + DAY):
            starts = datetime.combine(day, begin, VIETNAM)
            ends = datetime.combine(day, end, VIETNAM) + (DAY if end <= begin else timedelta(0))
            if starts < airing.ends and airing.starts < ends:
                return ends
    return None


def minutes_of(airings: Iterable[Airing]) -> Counter[tuple[date, str]]:
    """Minutes each zone hears each day; those after midnight are the next day's."""
    minutes: Counter[tuple[date, str]] = Counter()
    for airing in airings:
        midnight = datetime.combine(airing.day + DAY, time(), VIETNAM)
        later = max(0, int((airing.ends - midnight).total_seconds()) // 60)
        for zone in set(airing.zones):
            minutes[airing.day, zone] += airing.minutes - later
            minutes[airing.day + DAY, zone] += later
    return minutes


def stretches(sounds: Iterable[Airing]) -> Iterator[list[Airing]]:
    """What sounds in one zone, relays too, parted where it falls silent."""
    stretch: list[Airing] = []
    until = datetime.min.replace(tzinfo=VIETNAM)
    for sound in sorted(sounds, key=attrgetter("starts", "id")):
        if stretch and sound.starts > until:
            yield stretch
            stretch = []
        stretch.append(sound)
        until = max(until, sound.ends)
    if stretch:
        yield stretch


def sitting(stretch: Iterable[Airing]) -> int:
    """Minutes that a stretch lasts."""
    begins, ends = zip(*((sound.starts, sound.ends) for sound in stretch), strict=True)
    return int((max(ends) - min(begins)) / timedelta(minutes=1))
