"""The rules in force at a station: each with its value, where that comes from, and since when.

Precedence: the station's own, the profile of its province, the product's default. What plans ask
for is added to them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date, time
from typing import Any, Literal

from broadcast.domain.minimum import wording
from broadcast.domain.plan import Plan
from broadcast.domain.station import Rules, Station
from broadcast.domain.wording import clock, day_text

Kind = Literal["kế hoạch", "tỉnh", "đài", "phần mềm"]
"""Whose rule it is: a plan's, the province's (by a profile), the station's own, the product's."""

NEW_COMMUNES = date(2025, 7, 1)
"""From this day on there is no district level, and most communes are other ones than before."""

LABELS = {
    "earliest": "không phát trước",
    "latest": "không phát sau",
    "max_minutes_per_day": "số phút nhiều nhất một ngày, mỗi cụm loa",
    "repeat_after_days": "số ngày mới xếp lại một nội dung",
    "quiet_hours": "giờ yên tĩnh",
    "max_minutes_per_slot": "số phút nhiều nhất một lần phát, kể cả tiếp âm",
    "weekdays": "chỉ phát các ngày",
    "no_broadcast_days": "ngày không phát",
    "same_programme_after_hours": "số giờ mới phát lại một chương trình",
    "repeat_at_least_hours": "phát lại sau ít nhất (giờ)",
    "repeat_at_most_hours": "phát lại sau nhiều nhất (giờ)",
    "weekly_minimum_at_peak": "số lượt ít nhất một tuần vào giờ cao điểm",
    "language_minimum_per_week": "số lượt ít nhất một tuần bằng tiếng của cụm loa",
    "max_airings_per_day": "số lượt nhiều nhất một ngày, mỗi cụm loa",
    "warn_before": "nhắc khi phát trước",
}
"""Every rule by its key in `rules:` of schedules/station.yaml, as the officer reads it."""

_STANDARD = Rules()

DEFAULT_SOURCE = "mức mặc định của phần mềm, không phải quy định pháp luật"
OWN_SOURCE = "giới hạn của đài"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule comes from, and the day or year it is of ("" unknown)."""

    kind: Kind
    text: str
    dated: str = ""

    def __str__(self) -> str:
        return f"{self.text} ({self.dated})" if self.dated else self.text


@dataclass(frozen=True, slots=True)
class Profile:
    """Rules that hold in a province, or were seen there.

    `place`: where; `document`: what says so, `url` where that was read; `year`, and `since`, the
    first day if it is known; `certainty`: how far to trust it. Keys named in `rules.sources` are
    stated even where they equal the default.
    """

    id: str
    name: str
    place: str
    document: str
    year: int
    rules: Rules
    since: date | None = None
    url: str = ""
    certainty: str = ""
    note: str = ""

    @property
    def dated(self) -> str:
        """Its first day, else its year."""
        return day_text(self.since) if self.since else str(self.year)

    @property
    def outdated(self) -> bool:
        """Whether the place has been divided anew since."""
        return (self.since or date(self.year, 12, 31)) < NEW_COMMUNES


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule in force; `name` is its key, or "weekly-minimum" for a plan's."""

    name: str
    label: str
    value: Any
    source: Source


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The limits that hold, and the source of each by its key."""

    rules: Rules = field(default=_STANDARD)
    sources: Mapping[str, Source] = field(default_factory=dict)
    profile: Profile | None = None

    def source(self, key: str) -> Source:
        """Where the value of a key comes from."""
        return self.sources.get(key, _DEFAULT)

    def cited(self, key: str) -> str:
        """A rule as a message names it: "không phát trước 05:00 (mức mặc định ...)"."""
        value = value_text(getattr(self.rules, key))
        return f"{LABELS[key]} {value} ({self.source(key)})"


_DEFAULT = Source("phần mềm", DEFAULT_SOURCE)


def rule_book(station: Station, profile: Profile | None = None) -> RuleBook:
    """The station's rules over those of its profile over the product's."""
    own = {key: _own(station.rules, key) for key in stated(station.rules)}
    lent = {key: _lent(profile, key) for key in stated(profile.rules)} if profile else {}
    values = {key: getattr(profile.rules, key) for key in lent if key not in own} if profile else {}
    return RuleBook(replace(station.rules, **values), lent | own, profile)


def ruled(station: Station, profile: Profile | None = None) -> Station:
    """The station with the rules that are in force there."""
    return replace(station, rules=rule_book(station, profile).rules)


def stated(rules: Rules) -> tuple[str, ...]:
    """Keys for which `rules` says something of its own."""
    standard = {one.name: getattr(_STANDARD, one.name) for one in fields(Rules)}
    return tuple(
        key for key in LABELS if getattr(rules, key) != standard[key] or key in rules.sources
    )


def _own(rules: Rules, key: str) -> Source:
    return Source("đài", rules.sources.get(key) or OWN_SOURCE)


def _lent(profile: Profile, key: str) -> Source:
    told = profile.rules.sources.get(key, "")
    part = f", {told}" if told else ""
    return Source("tỉnh", f"{profile.name}: {profile.document}{part}", profile.dated)


def plan_source(plan: Plan, line: int | None = None) -> Source:
    """A plan as a source: its title, and the line that asks."""
    where = f", dòng {line}" if line else ""
    title = plan.title if plan.title.casefold().startswith("kế hoạch") else f"kế hoạch {plan.title}"
    name = title if plan.title else f"kế hoạch {plan.id}"
    return Source("kế hoạch", f"{name}{where}", str(plan.year or ""))


def in_force(book: RuleBook, plans: Iterable[Plan] = ()) -> tuple[Rule, ...]:
    """Every rule that asks for something, the station's first, then what plans add."""
    kept = [
        Rule(key, label, value, book.source(key))
        for key, label in LABELS.items()
        if (value := getattr(book.rules, key)) not in (None, ())
    ]
    asked = [
        Rule("weekly-minimum", wording(quota), quota.count, plan_source(plan, quota.line))
        for plan in plans
        if (quota := plan.weekly_minimum())
    ]
    return (*kept, *asked)


def value_text(value: Any) -> str:
    """A rule's value as the officer reads it."""
    if isinstance(value, tuple):
        return ", ".join(map(value_text, value))
    if isinstance(value, time):
        return clock(value)
    return day_text(value) if isinstance(value, date) else str(value)


def read_span(text: str) -> tuple[time, time]:
    """Quiet hours as they are written, "11:30-13:30"; an end before the start is the next day's.

    Raises:
        ValueError: they are not, in Vietnamese.
    """
    try:
        begin, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError:
        raise ValueError(f"«{text}» không phải là giờ yên tĩnh; viết như 11:30-13:30") from None
    if begin == end:
        raise ValueError(f"«{text}» bắt đầu và kết thúc cùng một lúc; viết như 11:30-13:30")
    return begin, end
