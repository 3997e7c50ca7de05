"""The rota as numbers: topics, free spots, what is fixed, and one cost that judges every answer.

Days are ordinals (`date.toordinal`), topics are indexes into `Problem.topics`. Greedy choice,
local improvement, the exact solver and the tests all go by the same `judge`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from broadcast.domain.calendar_math import Place
from broadcast.domain.plan import Plan, Quota, Topic

Key = tuple[str, str]
"""What a topic is counted by: its plan's id and its path."""

FOUR_WEEKS = 28
"""Days within which every topic should be heard, where the slots allow."""

FOREVER = 10**7
"""An ordinal after every day."""

MISSED = 1000
"""Cost of a day on which a topic has not been heard for longer than its gap."""
NEAR = 1000
"""Cost of a day that two airings of a topic are nearer than they should be."""
UNEVEN = 50
"""Cost of the square of how often a topic is heard; least when all are heard equally often."""
ZONES = 1
"""The same for what each zone hears."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic that may be chosen; `turn` decides when all else is equal.

    `gap`: most days between two airings of it. `active`: first and last day it may be chosen on.
    `begun`: the day before it could first have been heard.
    """

    plan: Plan
    topic: Topic
    turn: int
    gap: int = FOUR_WEEKS
    active: tuple[int, int] = (0, FOREVER)
    begun: int = 0

    @property
    def key(self) -> Key:
        """Its plan's id and its path."""
        return self.plan.id, self.topic.path


@dataclass(frozen=True, slots=True)
class Spot:
    """A free place that gets one of the topics of `pool`; `due`: the weekly minimum it serves."""

    place: Place
    day: int
    pool: tuple[int, ...]
    due: tuple[Plan, Quota] | None = None


@dataclass(frozen=True, slots=True)
class Sounding:
    """An airing that is there already: its day, and the zones that hear it."""

    day: int
    zones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is to be filled.

    Attributes:
        fixed: for each topic what was heard or is planned already, by day.
        first, last: the days that are judged.
        apart: least days between two airings of one topic.
        room: days of every spot open to all topics, these and those that come after `last`, in
            order; how soon a topic must have its turn is seen from it.
    """

    topics: tuple[Candidate, ...]
    spots: tuple[Spot, ...]
    fixed: tuple[tuple[Sounding, ...], ...]
    first: int
    last: int
    apart: int
    room: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an answer costs.

    Attributes:
        missed: days on which a topic has not been heard for longer than its gap, added up.
        near: days that airings of a topic are too near, added up.
        uneven: sum of the squares of how often each topic is heard, history too.
        zones: the same over every topic in every zone.
    """

    missed: int
    near: int
    uneven: int
    zones: int

    @property
    def cost(self) -> int:
        """All in one number, the less the better."""
        return MISSED * self.missed + NEAR * self.near + UNEVEN * self.uneven + ZONES * self.zones


def missed_days(candidate: Candidate, days: Sequence[int], problem: Problem) -> int:
    """Judged days on which the topic has not been heard for longer than its gap.

    Args:
        days: on which it is heard, in order.
    """
    first = max(problem.first, candidate.active[0])
    last = min(problem.last, candidate.active[1])
    start = bisect_left(days, first)
    before = days[start - 1] if start else candidate.begun
    found = 0
    for day in (*days[start:], FOREVER):
        found += max(0, min(last, day - 1) - max(first, before + candidate.gap) + 1)
        if day > last:
            break
        before = day
    return found


def near_days(days: Sequence[int], problem: Problem) -> int:
    """How many days airings of one topic, one after the other, lack to be `apart`."""
    low = bisect_left(days, problem.first - problem.apart)
    high = bisect_left(days, problem.last + problem.apart + 1)
    near = days[low:high]
    return sum(max(0, problem.apart - (b - a)) for a, b in pairwise(near))


def judge(problem: Problem, answer: Sequence[int]) -> Judgement:
    """What `answer` costs: for each spot the topic it got.

    Raises:
        ValueError: it gives a spot what is not in its pool, or leaves one out.
    """
    if len(answer) != len(problem.spots):
        raise ValueError("an answer has one topic for each spot")
    wrong = [n for n, t in enumerate(answer) if t not in problem.spots[n].pool]
    if wrong:
        raise ValueError(f"spots {wrong} got what is not in their pool")
    heard = Heard.of(problem)
    for spot, topic in zip(problem.spots, answer, strict=True):
        heard.add(topic, spot.day, spot.place.zones)
    return heard.judged()


class Heard:
    """What is heard of each topic: on which days, how often, how often in each zone."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.days: list[list[int]] = [[] for _ in problem.topics]
        self.zones: list[Counter[str]] = [Counter() for _ in problem.topics]

    @classmethod
    def of(cls, problem: Problem) -> Heard:
        """What is fixed, and nothing else."""
        heard = cls(problem)
        for topic, soundings in enumerate(problem.fixed):
            for one in soundings:
                heard.add(topic, one.day, one.zones)
        return heard

    def add(self, topic: int, day: int, zones: Iterable[str]) -> None:
        """One more airing of a topic."""
        days = self.days[topic]
        days.insert(bisect_left(days, day), day)
        counts = self.zones[topic]
        for zone in zones:
            counts[zone] += 1

    def drop(self, topic: int, day: int, zones: Iterable[str]) -> None:
        """One airing of a topic less."""
        days = self.days[topic]
        del days[bisect_left(days, day)]
        counts = self.zones[topic]
        for zone in zones:
            counts[zone] -= 1

    def times(self, topic: int) -> int:
        """How often the topic is heard."""
        return len(self.days[topic])

    def cost_of(self, topic: int) -> int:
        """The topic's share of the cost."""
        missed, near, uneven, zones = self._of(topic)
        return MISSED * missed + NEAR * near + UNEVEN * uneven + ZONES * zones

    def trouble(self, topic: int) -> int:
        """What rules cost that the topic breaks."""
        days = self.days[topic]
        missed = missed_days(self.problem.topics[topic], days, self.problem)
        return MISSED * missed + NEAR * near_days(days, self.problem)

    def judged(self) -> Judgement:
        """What all of it costs."""
        return Judgement(*(sum(part) for part in zip(*map(self._of, self._all()), strict=True)))

    def _all(self) -> range:
        return range(len(self.problem.topics))

    def _of(self, topic: int) -> tuple[int, int, int, int]:
        days = self.days[topic]
        missed = missed_days(self.problem.topics[topic], days, self.problem)
        zones = sum(count * count for count in self.zones[topic].values())
        return missed, near_days(days, self.problem), len(days) ** 2, zones
