"""Mends of a week: applied, and looked for so that applying one makes nothing worse."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from broadcast.domain.calendar_math import Place, overlap_in_zone
from broadcast.domain.checked import Checked
from broadcast.domain.conflicts import Conflicts, conflicts, relays
from broadcast.domain.limits import DAY, latest_end, minutes_of, outside, quiet_until
from broadcast.domain.overlaps import free_from
from broadcast.domain.plan import Plan
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import VIETNAM, Airing, Finding, Mend, Week
from broadcast.domain.week_edit import add, find, find_slot, insert, remove
from broadcast.domain.wording import clock, moment

MOST_WORK = 2000
"""Pairs that sound together gone through while looking at mends in one check. A look at a mend goes
through those of the week once more; where everything overlaps a few airings are mended at a time.
"""


def apply_mend(week: Week, station: Station, mend: Mend) -> Week:
    """The week with a mend done to it; ids stay, a new airing gets one of its own.

    Raises:
        NotFoundError: the airing or the slot is not there any more.
        InputError: the day is not in the week.
    """
    if mend.kind == "fill":
        return add(week, _filling(station, mend))
    old = find(week, mend.airing or "")
    if mend.kind == "remove":
        return remove(week, old.id)
    if mend.kind == "make-up":
        return _made_up(week, old, mend)
    new = _changed(old, mend)
    return insert(remove(week, old.id), new)


def _filling(station: Station, mend: Mend) -> Airing:
    slot = find_slot(station, mend.slot or "", "Không xếp được vào khung giờ này")
    zones = mend.zones or station.zones_of(slot)
    day = mend.day or date.min
    what = {"plan": mend.plan, "topic": mend.topic, "title": mend.title}
    why = "xếp vào khung giờ trống"
    return Airing("", day, slot.start, slot.minutes, zones, slot.id, why=why, **what)  # type: ignore[arg-type]


def _changed(old: Airing, mend: Mend) -> Airing:
    if mend.kind == "length":
        return replace(old, minutes=mend.minutes or old.minutes)
    if mend.kind == "zones":
        return replace(old, zones=mend.zones)
    new = replace(old, day=mend.day or old.day, start=mend.start or old.start, slot=mend.slot)
    return replace(new, why=f"dời từ {moment(old.starts)}")


def _made_up(week: Week, old: Airing, mend: Mend) -> Week:
    rest = tuple(zone for zone in old.zones if zone not in mend.zones)
    moved = _changed(old, mend)
    week = remove(week, old.id)
    if not rest:
        return insert(week, moved)
    week = insert(week, replace(old, zones=rest))
    return add(week, replace(moved, id="", zones=mend.zones, why=f"phát bù cho {old.id}"))


@dataclass(slots=True)
class Mender:
    """Looks for mends of one checked week; what it offers takes nothing off the air elsewhere."""

    checked: Checked
    free: list[Place]
    looked_at: set[Mend] = field(default_factory=set)
    _minutes: Counter[tuple[date, str]] | None = field(default=None, init=False)
    _heard: Counter[tuple[str | None, str | None]] | None = field(default=None, init=False)

    def move(self, airing: Airing, targets: Iterable[Place | datetime]) -> Mend | None:
        """A move to the first of the targets that holds the airing within the rules."""
        for place in targets:
            mend = _to(airing, place)
            if self._fits(airing, mend, airing.zones) and self.safe(mend):
                return mend
        return None

    def make_up(self, airing: Airing, zones: tuple[str, ...], after: datetime) -> Mend | None:
        """A later time at which `zones` hear the airing: a free slot, else free time that day.

        A second airing of what is too long already would be too long again.
        """
        if set(zones) != set(airing.zones) and self._overlong(airing):
            return None
        targets: list[Place | datetime] = [*self.later(airing, after)]
        for place in (*targets, *self.same_day(airing, after, zones)):
            mend = replace(_to(airing, place), kind="make-up", zones=zones)
            if self._fits(airing, mend, zones) and self.safe(mend):
                return mend
        return None

    def zones(self, airing: Airing, zones: Iterable[str]) -> Mend | None:
        """Hearing it in `zones` only."""
        mend = Mend("zones", airing.id, zones=tuple(zones))
        return mend if mend.zones and self.safe(mend) else None

    def length(self, airing: Airing, minutes: int) -> Mend | None:
        """Setting `minutes` aside for it, if all that zones hear of it fits into them."""
        script = self.checked.scripts.get(airing.script or "")
        mend = Mend("length", airing.id, minutes=minutes)
        # What has recordings, or no known length, is not shortened by a key.
        unsure = script is None or bool(script.recordings) or script.seconds is None
        fits = minutes >= airing.minutes or airing.script is None
        if not fits and not unsure and script and script.seconds:
            fits = script.seconds <= minutes * 60
        return mend if fits and minutes > 0 and self.safe(mend) else None

    def into_slot(self, airing: Airing, slot: Slot) -> Mend | None:
        """The nearest day of the week on which its slot has room for it, its own day first."""
        days = sorted(self.checked.week.id.days(), key=lambda day: abs(day - airing.day))
        zones = self.checked.station.zones_of(slot)
        if airing.minutes > slot.minutes:
            return None
        return self.move(airing, (Place(d, slot, zones) for d in days if slot.stands_on(d)))

    def remove(self, airing: Airing) -> Mend | None:
        """Taking it out."""
        mend = Mend("remove", airing.id)
        return mend if self.safe(mend) else None

    def fill(self, place: Place | None, plans: Iterable[Plan] = ()) -> Mend | None:
        """What an empty place may air: the airable topic that these weeks have least often."""
        asked = tuple(plans) or tuple(self.checked.plans.values())
        topics = [(plan, topic) for plan in asked for topic in plan.airable_topics()]
        if place is None or not topics:
            return None
        if self._heard is None:
            known = (*self.checked.week.airings, *self.checked.neighbours)
            self._heard = Counter((a.plan, a.topic) for a in known)
        counts = self._heard
        plan, topic = min(topics, key=lambda it: counts[it[0].id, it[1].path])
        what = {"plan": plan.id, "topic": topic.path, "title": topic.text}
        slot = place.slot
        return Mend("fill", None, place.day, slot.start, slot.id, None, place.zones, **what)

    def later(self, airing: Airing, after: datetime) -> Iterator[Place]:
        """Free slots from `after` on that are long enough."""
        return (p for p in self.free if p.starts >= after and p.slot.minutes >= airing.minutes)

    def nearest(self, airing: Airing) -> list[Place]:
        """Free slots that are long enough, the nearest first."""
        fitting = [p for p in self.free if p.slot.minutes >= airing.minutes]
        return sorted(fitting, key=lambda p: abs(p.starts - airing.starts))

    def same_day(
        self, airing: Airing, after: datetime, zones: tuple[str, ...] = ()
    ) -> Iterator[datetime]:
        """The first free time from `after` on, if it is on the airing's day and within its hours.

        Quiet hours are stepped over.
        """
        wanted = replace(airing, zones=zones) if zones else airing
        others = [a for a in self.checked.around(airing.day) if a is not airing]
        end = latest_end(self.checked.station.rules, airing.day)
        for _ in range(len(self.checked.station.rules.quiet_hours) + 1):
            start = free_from(others, wanted, after, end)
            if start is None or start.date() != airing.day:
                return
            moved = replace(wanted, start=start.timetz().replace(tzinfo=None))
            quiet = quiet_until(self.checked.station.rules, moved)
            if quiet is None:
                yield start
                return
            after = quiet

    def safe(self, mend: Mend) -> bool:
        """Whether doing it makes no two airings, or an airing and a relay, sound together anew.

        When `MOST_WORK` is done the rest is believed without a look; `offered` leaves it out.
        """
        if len(self.looked_at) * (10 + self.checked.met.looked_at) >= MOST_WORK:
            return True
        self.looked_at.add(mend)
        return self._adds_nothing(mend)

    def offered(self, finding: Finding) -> Finding:
        """The finding with its change only if that was looked at; filling needs no look."""
        change = finding.change
        if change is None or change.kind == "fill" or change in self.looked_at:
            return finding
        return replace(finding, change=None)

    def _adds_nothing(self, mend: Mend) -> bool:
        week = self.checked.week
        if mend.airing and sum(a.id == mend.airing for a in week.airings) != 1:
            return False
        after = apply_mend(week, self.checked.station, mend)
        touched = set(week.airings) ^ set(after.airings)
        days = {a.day + step for a in touched for step in (-2 * DAY, -DAY, 0 * DAY, DAY, 2 * DAY)}
        near = [a for a in self.checked.neighbours if a.day in days]
        carried = relays(self.checked.station, sorted(days))
        before, then = (
            _blocked(conflicts([*(a for a in airings if a.day in days), *near], carried))
            for airings in (week.airings, after.airings)
        )
        return then <= before

    def _fits(self, airing: Airing, mend: Mend, zones: tuple[str, ...]) -> bool:
        """Whether the place of a mend is free for the airing in `zones`, by every limit."""
        there = replace(
            airing, day=mend.day or airing.day, start=mend.start or airing.start, zones=zones
        )
        slot = self.checked.station.slot(mend.slot or "")
        if slot and not set(zones) <= set(self.checked.station.zones_of(slot)):
            return False
        known = {zone.id for zone in self.checked.station.zones}
        if there.day not in self.checked.week.id.days() or not known.issuperset(zones):
            return False
        rules = self.checked.station.rules
        if outside(rules, there) or self._crowded(airing, there):
            return False
        others = (a for a in self.checked.around(there.day) if a is not airing)
        return not any(overlap_in_zone(there, other) for other in others)

    def _crowded(self, airing: Airing, there: Airing) -> bool:
        """Whether a zone would hear more minutes that day than it may."""
        if there.day == airing.day:
            return False
        minutes = self.minutes()
        most = self.checked.station.rules.max_minutes_per_day
        return any(minutes[there.day, zone] + there.minutes > most for zone in there.zones)

    def _overlong(self, airing: Airing) -> bool:
        script = self.checked.scripts.get(airing.script or "")
        return bool(script and (script.seconds or 0) > airing.minutes * 60)

    def minutes(self) -> Counter[tuple[date, str]]:
        """Minutes each zone hears each day; those after midnight are the next day's."""
        if self._minutes is None:
            checked = self.checked
            self._minutes = minutes_of((*checked.week.airings, *checked.neighbours))
        return self._minutes


def told(mend: Mend, station: Station) -> str:
    """Where a mend puts its airing, in a message: "T4 25/11 05:30 (Sáng)"."""
    slot = station.slot(mend.slot or "")
    at = datetime.combine(mend.day or date.min, mend.start or time(), VIETNAM)
    return f"{moment(at)} ({slot.name or slot.id})" if slot else f"{clock(at)} cùng ngày"


def _to(airing: Airing, place: Place | datetime) -> Mend:
    if isinstance(place, Place):
        return Mend("move", airing.id, place.day, place.slot.start, place.slot.id)
    start = place.timetz().replace(tzinfo=None)
    return Mend("move", airing.id, place.date(), start)


def _blocked(met: Conflicts) -> set[tuple[str, str, str]]:
    """Every zone in which two things sound together, with their ids."""
    pairs = ((it, "") for it in met.unsettled), ((it, "relay ") for it in met.over_relays)
    return {
        (*sorted((it.first.id, f"{kind}{it.second.id}")), zone)  # type: ignore[misc]
        for found in pairs
        for it, kind in found
        for zone in it.zones
    }
