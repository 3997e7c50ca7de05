"""A plan document as data: topics to air, channels, duties, quotas, deadlines and reports.

Field names are the keys of the plan YAML and of `plan show --json` (design: "Commands").
`line` is always the 1-based line (or paragraph, for formats without lines) of the source document.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from broadcast.domain.counting import Counted, counted_as

TopicKind = Literal["leaf", "parent", "fragment"]
"""leaf: a topic by itself; parent: introduces children; fragment: text that could not be placed."""

Airable = Literal["yes", "no", "ask"]
"""Whether a topic is for the air; `ask` leaves it to the officer."""


@dataclass(frozen=True, slots=True)
class Section:
    """A level-one section: Roman `number` and `title` without its closing colon."""

    number: str
    title: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing the plan wants talked about.

    `path` is like "II.2/2.4/-1": section II, item 2, item 2.4, first dash.
    `fields` are those of an activity card: time, lead, with, content.
    `also` are the paths of topics that a person has joined to this one: what was planned or
    written for them goes on under this one.
    """

    path: str
    text: str
    kind: TopicKind = "leaf"
    airable: Airable = "yes"
    fields: dict[str, str] = field(default_factory=dict)
    line: int | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Channel:
    """A form of propaganda the plan names (loudspeaker, notice board, web portal)."""

    path: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Duty:
    """What one unit has to do; `frequency` in the plan's own words where it says so."""

    unit: str
    text: str
    frequency: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Quota:
    """A number of things a unit owes per period; `peak`: at a time when many listen."""

    unit: str
    what: str
    count: int
    per: str
    at_least: bool = False
    peak: bool = False
    line: int | None = None

    @property
    def counted(self) -> Counted:
        """What it counts (airings, items to be written, other work), and why."""
        return counted_as(self.unit, self.what, self.per, peak=self.peak)


@dataclass(frozen=True, slots=True)
class Report:
    """Who reports to whom how often (`per`: "quý", "6 tháng", "9 tháng", "năm", ...)."""

    unit: str
    to: str
    per: tuple[str, ...]
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something a unit must have done before a day."""

    unit: str
    what: str
    before: date
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A numbered document the plan rests on; `date` and `issuer` where the text gives them."""

    type: str
    number: str
    date: date | None = None
    issuer: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True)
class Signatory:
    """Who signed, in which position."""

    position: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """Text of the document that is none of the other parts (purposes, bases, solutions, budget).

    Kept so that nothing of the document is dropped.
    """

    path: str
    text: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """Something in the document a person should look at, with its line."""

    message: str
    line: int | None = None
    suggestion: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """The document a plan was read from: its name and the SHA-256 of its bytes."""

    file: str
    digest: str


@dataclass(frozen=True, slots=True)
class Plan:
    """An imported plan. Lists keep the document's order."""

    id: str
    title: str = ""
    issuing_body: str = ""
    locality: str = ""
    level: str = ""
    year: int | None = None
    number: str | None = None
    date: date | None = None
    audience: str | None = None
    sections: tuple[Section, ...] = ()
    topics: tuple[Topic, ...] = ()
    channels: tuple[Channel, ...] = ()
    duties: tuple[Duty, ...] = ()
    quotas: tuple[Quota, ...] = ()
    reporting: tuple[Report, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    signatory: Signatory = Signatory()
    recipients: tuple[str, ...] = ()
    passages: tuple[Passage, ...] = ()
    problems: tuple[PlanProblem, ...] = ()
    source: Source | None = None

    def topic(self, path: str) -> Topic | None:
        """The topic (not a fragment) at `path`, or that what was there is joined to, if any."""
        topics = [t for t in self.topics if t.kind != "fragment"]
        own = next((t for t in topics if t.path == path), None)
        return own or next((t for t in topics if path in t.also), None)

    def path_of(self, path: str) -> str:
        """The path that what is planned for `path` counts for: its own but for a joined topic's."""
        topic = self.topic(path)
        return topic.path if topic else path

    def airable_topics(self) -> tuple[Topic, ...]:
        """Topics that go on air, in the document's order."""
        return tuple(t for t in self.topics if t.airable == "yes" and t.kind != "fragment")

    def weekly_minimum(self) -> Quota | None:
        """The largest quota of airings a week, if the plan has one.

        Items for a web portal that are owed each week are another counter (`counting`).
        """
        weekly = [q for q in self.quotas if q.per == "tuần" and q.counted.by == "lượt phát"]
        return max(weekly, key=lambda q: (q.count, q.peak), default=None)


def plans_of(plans: Sequence[Plan], year: int) -> tuple[Plan, ...]:
    """The plans whose topics are heard in a year.

    Those of that year and those of no year; without one of that year the newest before it, and
    without that the first to come.
    """
    years = {plan.year for plan in plans if plan.year is not None and plan.airable_topics()}
    past = [one for one in years if one <= year]
    meant = max(past) if past else min(years, default=None)
    return tuple(plan for plan in plans if plan.year is None or plan.year == meant)
