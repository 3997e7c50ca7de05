"""What is due in a week or soon after: deadlines, reports, quotas whose period ends."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from broadcast.domain.duties import Airings, DoneItem, DutyKind, duties
from broadcast.domain.periods import Period
from broadcast.domain.plan import Plan
from broadcast.domain.station import Station
from broadcast.domain.week import WeekId

SOON = timedelta(days=14)
"""How long after its week something due is told: two weeks are left to do it in."""

_LONG = frozenset({"quý", "6 tháng", "9 tháng", "năm"})
"""Periods whose end is told ahead; what is owed each week or month is seen in the week itself."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something due on a day. `key` stays as long as the duty does, whatever day it moves to."""

    key: str
    day: date
    kind: DutyKind
    plan: str
    unit: str
    what: str
    why: str = ""


def reminders(
    week: WeekId, plans: Iterable[Plan], station: Station, done: Iterable[DoneItem]
) -> tuple[Reminder, ...]:
    """What is due in the week or within `SOON` after it and not recorded as done, by day."""
    first, *_, last = week.days()
    if last.year == date.max.year:
        return ()  # the calendar ends before the periods do
    window = Period("", first, last + SOON)
    records = tuple(done)
    found = [one for plan in plans for one in _of_plan(plan, window, station, records)]
    return tuple(sorted(found, key=lambda one: (one.day, one.key)))


def _of_plan(
    plan: Plan, window: Period, station: Station, done: tuple[DoneItem, ...]
) -> Iterator[Reminder]:
    known = duties(plan, window, station, Airings(), done)
    for one in known.dated:
        if one.due and window.has(one.due) and one.done is None:
            key = _key(one.kind, plan.id, one.unit, one.what, one.period)
            yield Reminder(key, one.due, one.kind, plan.id, one.unit, one.what, one.why)
    for count in known.quotas:
        quota = count.quota
        if quota.per not in _LONG or count.counted.by == "lượt phát":
            continue
        for part in count.parts:
            if part.missing and window.has(part.period.last):
                told = f"{part.period.text}: còn thiếu {part.missing}/{part.owed}, {quota.what}"
                key = _key("chỉ tiêu", plan.id, quota.unit, quota.what, part.period.name)
                yield Reminder(key, part.period.last, "chỉ tiêu", plan.id, quota.unit, told,
                               count.counted.why)  # fmt: skip


def _key(*parts: str) -> str:
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return f"han-{digest[:16]}"
