"""Quotas of airings a week, counted from what was heard: a `report.QuotaCounter`.

A week belongs to the period in which its Thursday lies, as ISO 8601 gives weeks to years, so that
every week counts in just one quarter. Items for a web portal are counted elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from broadcast.domain.minimum import counted
from broadcast.domain.period import Period
from broadcast.domain.plan import Plan, Quota
from broadcast.domain.report import QuotaDone, ReportRow
from broadcast.domain.station import Station
from broadcast.domain.week import WeekId

_THURSDAY = 3


@dataclass(frozen=True, slots=True)
class WeeklyQuotas:
    """Counts the weekly quotas of plans at one station; called as a `report.QuotaCounter`."""

    station: Station

    def __call__(
        self, plans: Sequence[Plan], period: Period, rows: Sequence[ReportRow], until: date
    ) -> tuple[QuotaDone, ...]:
        """Every quota of airings a week, over the weeks of the period that are over."""
        weeks = weeks_of(period, until)
        return tuple(
            self._done(plan, quota, weeks, rows)
            for plan in plans
            for quota in plan.quotas
            if quota.per == "tuần"
        )

    def _done(
        self, plan: Plan, quota: Quota, weeks: Sequence[WeekId], rows: Sequence[ReportRow]
    ) -> QuotaDone:
        heard = dict.fromkeys(weeks, 0)
        for row in rows:
            week = WeekId.of(row.airing.day)
            if week in heard and row.tally.heard:
                heard[week] += counted([row.airing], plan, quota, self.station)
        return QuotaDone(
            plan=plan.id,
            unit=quota.unit,
            what=quota.what,
            wanted=quota.count * len(weeks),
            done=sum(heard.values()),
            met=sum(done >= quota.count for done in heard.values()),
            units=len(weeks),
            note="lượt đã phát trong những tuần trọn vẹn, tính theo ngày thứ Năm",
        )


def weeks_of(period: Period, until: date) -> tuple[WeekId, ...]:
    """The weeks whose Thursday lies in the period and that ended by `until`."""
    week = WeekId.of(period.first)
    found = []
    while (days := week.days())[0] <= period.last:
        # The last day counted need not be over; a period's own last week may end after it.
        ended = days[-1] < until or until == period.last
        if period.first <= days[_THURSDAY] <= period.last and ended:
            found.append(week)
        week = WeekId.of(days[0] + timedelta(days=7))
    return tuple(found)
