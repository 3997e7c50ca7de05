"""What a plan's units owe: quotas counted by period, deadlines and reports with their days.

Airings count when the log says that they were heard; those that are over and that nobody logged are
told apart. Everything else has to be recorded by hand (`DoneItem`), since nobody but the unit that
did it knows. The report, the reminders and `duties show` all count here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Literal

from broadcast.domain.counting import Counted
from broadcast.domain.log import LogLine
from broadcast.domain.minimum import counting
from broadcast.domain.periods import Period, around, belongs, parts, whole_year
from broadcast.domain.plan import Plan, Quota, Report
from broadcast.domain.station import Station
from broadcast.domain.week import Airing

DutyKind = Literal["chỉ tiêu", "thời hạn", "báo cáo"]
"""A number owed by period, something to be done before a day, a report that comes back."""

BY_DEFAULT = "kế hoạch không ghi ngày: lấy ngày cuối kỳ (mặc định của phần mềm)"
NO_DAY = "không có ngày riêng"

_CLOSING_DAY = re.compile(
    r"(?:trước|chậm nhất|muộn nhất)[^.;\d]{0,20}ngày (?P<day>\d{1,2})(?!\s?[/.-]\s?\d)\s*"
    r"(?:của\s+|,\s*)?(?:tháng cuối|hàng tháng|hằng tháng|tháng)"
    r"\s*(?P<next>sau|kế tiếp|tiếp theo)?",
    re.IGNORECASE,
)
_LONG_BEFORE = timedelta(days=31)
_LONG = frozenset({"quý", "6 tháng", "9 tháng", "năm"})
_QUARTER = 92


@dataclass(frozen=True, slots=True)
class DoneItem:
    """Something done and recorded by hand: whose, what of, and when.

    `unit` and `what` are those of the duty, so that it is found again in a plan read anew;
    `period` names the report's period, "" for quotas and deadlines. `id` is given once.
    """

    id: str
    plan: str
    kind: DutyKind
    unit: str
    what: str
    day: date
    title: str = ""
    link: str = ""
    period: str = ""


@dataclass(frozen=True, slots=True)
class Airings:
    """Airings: `heard` by the log; `unlogged`: over, and not in the log; `planned`: to come."""

    heard: tuple[Airing, ...] = ()
    planned: tuple[Airing, ...] = ()
    unlogged: tuple[Airing, ...] = ()

    @classmethod
    def of(cls, rows: Iterable[tuple[Airing, LogLine | None]], now: datetime) -> Airings:
        """Sort airings, each with the line of the log that holds for it, as of `now` (aware)."""
        heard, planned, unlogged = list[Airing](), list[Airing](), list[Airing]()
        for airing, line in rows:
            if line is None:
                (unlogged if airing.ends <= now else planned).append(airing)
            elif line.entry.state != "không phát":
                heard.append(airing)
        return cls(tuple(heard), tuple(planned), tuple(unlogged))

    def that_count(self, plan: Plan, quota: Quota, station: Station) -> Airings:
        """Those that count for a quota of airings."""
        return Airings(
            tuple(counting(self.heard, plan, quota, station)),
            tuple(counting(self.planned, plan, quota, station)),
            tuple(counting(self.unlogged, plan, quota, station)),
        )


@dataclass(frozen=True, slots=True)
class PartCount:
    """One period of a quota: `owed`, `done` so far (more than owed where more was done).

    `planned` are airings still to come, `unlogged` those that are over without a line in the log;
    nothing that is only planned counts as done.
    """

    period: Period
    owed: int
    done: int
    planned: int = 0
    unlogged: int = 0

    @property
    def missing(self) -> int:
        """How many are still missing."""
        return max(0, self.owed - self.done)

    @property
    def unproved(self) -> int:
        """How many of those missing may have been heard: nobody logged them."""
        return min(self.unlogged, self.missing)


@dataclass(frozen=True, slots=True)
class QuotaCount:
    """A quota over some time: each of its own periods counts for itself, a surplus pays nothing.

    `number` is its place in the plan, from 1; `items` are what was recorded for it.
    """

    number: int
    quota: Quota
    counted: Counted
    parts: tuple[PartCount, ...]
    items: tuple[DoneItem, ...] = ()

    @property
    def owed(self) -> int:
        """How many are owed in all."""
        return sum(part.owed for part in self.parts)

    @property
    def done(self) -> int:
        """How many of those owed are done; what is beyond a period's number is not among them."""
        return sum(min(part.done, part.owed) for part in self.parts)

    @property
    def missing(self) -> int:
        """How many are missing, those still to come among them."""
        return sum(part.missing for part in self.parts)

    @property
    def planned(self) -> int:
        """How many of those missing are planned already."""
        return sum(min(part.planned, part.missing - part.unproved) for part in self.parts)

    @property
    def unlogged(self) -> int:
        """How many of those missing may have been heard: nobody logged them."""
        return sum(part.unproved for part in self.parts)

    @property
    def met(self) -> int:
        """In how many of its periods enough is done."""
        return sum(not part.missing for part in self.parts)

    def lost(self, today: date) -> int:
        """How many are missing for good: in periods that are over, whatever is still logged."""
        over = (part for part in self.parts if part.period.last < today)
        return sum(part.missing - part.unproved for part in over)

    def days_left(self, today: date) -> int | None:
        """Days to the end of the first period not over that lacks something; None if none does."""
        open_ends = (p.period.last for p in self.parts if p.missing and p.period.last >= today)
        end = min(open_ends, default=None)
        return (end - today).days if end else None

    def by_quarter(self, whole: Period) -> tuple[tuple[Period, QuotaCount], ...]:
        """Its counts parted for a table: days, weeks and months by quarter, longer periods each.

        What is owed more often than by quarter is one row where `whole` is no longer than that.
        """
        if self.quota.per in _LONG:
            return tuple((one.period, replace(self, parts=(one,))) for one in self.parts)
        groups: dict[Period, list[PartCount]] = {}
        quarters = parts(whole, "quý") if (whole.last - whole.first).days > _QUARTER else ()
        for one in self.parts:
            there = (q for q in quarters if q.has(belongs(one.period, self.quota.per)))
            groups.setdefault(next(there, whole), []).append(one)
        return tuple((at, replace(self, parts=tuple(those))) for at, those in groups.items())


@dataclass(frozen=True, slots=True)
class DatedDuty:
    """A deadline, or a report for one period; `due` is None where the plan gives no day.

    `number` is its place in the plan, from 1; `why` says where the day comes from. `done` is the
    record that it was done.
    """

    kind: DutyKind
    number: int
    plan: str
    unit: str
    what: str
    due: date | None
    why: str = ""
    period: str = ""
    done: DoneItem | None = None

    def days_left(self, today: date) -> int | None:
        """Days left, negative when overdue; None when done or without a day."""
        return None if self.due is None or self.done else (self.due - today).days


@dataclass(frozen=True, slots=True)
class Duties:
    """What a plan asks for over some time; `strays` are records that fit none of its duties."""

    plan: Plan
    period: Period
    quotas: tuple[QuotaCount, ...] = ()
    dated: tuple[DatedDuty, ...] = ()
    strays: tuple[DoneItem, ...] = ()


def reach(plans: Iterable[Plan], period: Period) -> Period:
    """The days whose airings matter for what plans ask for in a period; its own are among them."""
    found = [period, *(part for plan in plans for quota in plan.quotas
                       for part in parts(period, quota.per))]  # fmt: skip
    return Period("", min(one.first for one in found), max(one.last for one in found))


def duties(
    plan: Plan,
    period: Period,
    station: Station,
    airings: Airings,
    done: Iterable[DoneItem],
) -> Duties:
    """Everything the plan asks for in a period.

    Args:
        airings: what was heard and what is planned.
        done: what was recorded by hand, of this and other plans.
    """
    own = [item for item in done if item.plan == plan.id]
    quotas = tuple(
        _count(number, plan, quota, period, airings.that_count(plan, quota, station), own)
        for number, quota in enumerate(plan.quotas, start=1)
    )
    dated = tuple(dated_duties(plan, period, own))
    return Duties(plan, period, quotas, dated, tuple(_strays(plan, own)))


def _count(  # noqa: PLR0913, PLR0917 - what a count is made of
    number: int,
    plan: Plan,
    quota: Quota,
    period: Period,
    airings: Airings,
    done: Sequence[DoneItem],
) -> QuotaCount:
    """One quota over a period; nothing is owed outside the plan's year."""
    counted = quota.counted
    items = tuple(item for item in done if _is_of(item, quota))
    days, ahead, over = [item.day for item in items], list[date](), list[date]()
    if counted.by == "lượt phát":
        days += [airing.day for airing in airings.heard]
        ahead = [airing.day for airing in airings.planned]
        over = [airing.day for airing in airings.unlogged]
    mine = [part for part in parts(period, quota.per) if _in_year(plan, part)]
    counts = tuple(
        PartCount(part, quota.count, *(sum(map(part.has, those)) for those in (days, ahead, over)))
        for part in mine
    )
    within = tuple(item for item in items if any(p.has(item.day) for p in mine))
    return QuotaCount(number, quota, counted, counts, within)


def _is_of(item: DoneItem, quota: Quota) -> bool:
    return (item.kind, item.unit, item.what) == ("chỉ tiêu", quota.unit, quota.what)


def _in_year(plan: Plan, part: Period) -> bool:
    """Whether a period is one of the plan's year; a week is where its Thursday is."""
    return plan.year is None or part.year == plan.year


def dated_duties(plan: Plan, period: Period, done: Iterable[DoneItem]) -> Iterator[DatedDuty]:
    """Deadlines and reports that fall into a period, by day; those without a day at the end.

    A report belongs to the period it is about; so does one whose day is in it.
    """
    records = list(done)
    found = [*_deadlines(plan, period, records), *_reports(plan, period, records)]
    yield from sorted(found, key=lambda one: (one.due is None, one.due or date.max, one.number))


def _deadlines(plan: Plan, period: Period, done: Sequence[DoneItem]) -> Iterator[DatedDuty]:
    for number, deadline in enumerate(plan.deadlines, start=1):
        if period.has(deadline.before):
            record = _record(done, "thời hạn", deadline.unit, deadline.what)
            why = "ngày ghi trong kế hoạch"
            yield DatedDuty("thời hạn", number, plan.id, deadline.unit, deadline.what,
                            deadline.before, why, done=record)  # fmt: skip


def _reports(plan: Plan, period: Period, done: Sequence[DoneItem]) -> Iterator[DatedDuty]:
    for number, report in enumerate(plan.reporting, start=1):
        for per in report.per:
            for about, due, why in _due_days(plan, report, per, period):
                what = _report_words(report, per, about)
                record = _record(done, "báo cáo", report.unit, what, about.name if about else "")
                yield DatedDuty("báo cáo", number, plan.id, report.unit, what, due, why,
                                about.name if about else "", record)  # fmt: skip


def _due_days(
    plan: Plan, report: Report, per: str, period: Period
) -> Iterator[tuple[Period | None, date | None, str]]:
    """The periods a report is about whose report concerns `period`, and when each is due."""
    if around(period.first, per) is None:
        # "định kỳ (lồng ghép báo cáo CCHC)": no day of its own, but owed all the same.
        yield None, None, NO_DAY
        return
    year = whole_year(plan.year or period.first.year)
    candidates = [around(year.first, per)] if per in {"9 tháng", "năm"} else parts(year, per)
    for about in candidates:
        if about is None or (per == "6 tháng" and not about.name.endswith("H1")):
            continue  # the second half is told by the report of the year
        due, why = _due(plan, report, about)
        if period.has(due) or period.has(about.last):
            yield about, due, why


def _due(plan: Plan, report: Report, about: Period) -> tuple[date, str]:
    """When the report about a period is due: by a day in the plan, else the period's last."""
    same = [d for d in plan.deadlines if d.line is not None and d.line == report.line]
    near = [d.before for d in same if abs(d.before - about.last) <= _LONG_BEFORE]
    if near:
        return min(near, key=lambda day: abs(day - about.last)), "ngày ghi trong kế hoạch"
    if match := _closing_words(plan, report):
        later = _following_month(about.last) if match["next"] else about.last
        try:
            return later.replace(day=int(match["day"])), f"kế hoạch ghi «{match[0].strip()}»"
        except ValueError:
            pass  # the 31st of a shorter month
    return about.last, BY_DEFAULT


def _closing_words(plan: Plan, report: Report) -> re.Match[str] | None:
    """The words of the report's own paragraph that say on which day of the closing month."""
    if report.line is None:
        return None
    texts = [duty.text for duty in plan.duties if duty.line == report.line]
    texts += [passage.text for passage in plan.passages if passage.line == report.line]
    found = (_CLOSING_DAY.search(text) for text in texts)
    return next((match for match in found if match), None)


def _following_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _report_words(report: Report, per: str, about: Period | None) -> str:
    to = f" gửi {report.to}" if report.to else ""
    return f"Báo cáo {about.text if about else per}{to}"


def _record(
    done: Iterable[DoneItem], kind: DutyKind, unit: str, what: str, period: str = ""
) -> DoneItem | None:
    wanted = kind, unit, what, period
    return next((i for i in done if (i.kind, i.unit, i.what, i.period) == wanted), None)


def _strays(plan: Plan, done: Iterable[DoneItem]) -> Iterator[DoneItem]:
    """Records whose duty the plan does not have any more."""
    known: set[tuple[str, str, str]] = {("chỉ tiêu", q.unit, q.what) for q in plan.quotas}
    known |= {("thời hạn", d.unit, d.what) for d in plan.deadlines}
    years = {item.day.year for item in done} | {plan.year or 0}
    for year in years - {0}:
        own = dated_duties(plan, whole_year(year), ())
        known |= {("báo cáo", one.unit, one.what) for one in own if one.kind == "báo cáo"}
    return (item for item in done if (item.kind, item.unit, item.what) not in known)
