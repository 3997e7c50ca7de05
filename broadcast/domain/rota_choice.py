"""The rota's greedy choice, spot by spot in order of time, and swaps that make it better.

A spot gets the topic heard least often, then the one least heard in its zones, then the one heard
longest ago, then the plans' own order; unless so many topics must have their turn soon that every
spot is needed for them: then the one that has waited longest goes first. Both steps give the same
answer each time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from broadcast.domain.rota_model import FOREVER, Heard, Problem, Spot

_NEVER_NEAR = 10**6
_ROUNDS = 4
"""How often all troubled topics are gone through."""
_REACH = 60
"""How many spots before and after its own a topic may be swapped to."""

_WORK = 1500
"""Airings looked at for each spot until the search ends: where a rule cannot be kept at all (two
topics for four slots a day) every change is tried in vain, and time must not grow with its square.
"""

Tell = Callable[[int, int], None]
"""Told how many of how many spots are chosen; raises to stop the work."""


def greedy(problem: Problem, tell: Tell | None = None) -> list[int]:
    """For each spot a topic of its pool."""
    heard = Heard.of(problem)
    answer: list[int] = []
    for number, spot in enumerate(problem.spots):
        if tell and number % 50 == 0:
            tell(number, len(problem.spots))
        before = number - first_of(problem, number)
        topic = _choose(problem, heard, spot, before)
        heard.add(topic, spot.day, spot.place.zones)
        answer.append(topic)
    return answer


def first_of(problem: Problem, number: int) -> int:
    """The first spot on the day of the spot of that number."""
    day, first = problem.spots[number].day, number
    while first and problem.spots[first - 1].day == day:
        first -= 1
    return first


def apart_from(heard: Heard, topic: int, day: int) -> int:
    """Days from `day` to the nearest airing of the topic, before or after."""
    days = heard.days[topic]
    at = bisect_left(days, day)
    return min((abs(day - other) for other in days[max(0, at - 1) : at + 1]), default=_NEVER_NEAR)


def _choose(problem: Problem, heard: Heard, spot: Spot, before: int) -> int:
    """The topic for a spot; `before` it that many were chosen on its day.

    Where every topic is nearer than it should be the days asked for shrink one by one, so that
    nothing is heard twice on a day as long as there is another topic.
    """
    away = {topic: apart_from(heard, topic, spot.day) for topic in spot.pool}
    gap = min(problem.apart, max(away.values()))
    free = [topic for topic in spot.pool if away[topic] >= gap]

    def rank(topic: int) -> tuple[int, int, int, int]:
        in_zones = sum(heard.zones[topic][zone] for zone in spot.place.zones)
        last = heard.days[topic][-1] if heard.days[topic] else 0
        return heard.times(topic), in_zones, last, problem.topics[topic].turn

    urgent = _urgent(problem, heard, spot.day, free, before)
    if urgent:
        first = min(urgent.values())
        return min((t for t, due in urgent.items() if due == first), key=rank)
    return min(free, key=rank)


def _urgent(
    problem: Problem, heard: Heard, day: int, pool: Sequence[int], before: int
) -> dict[int, int]:
    """The topics (and their last days) that need every spot from here on, {} if there is time."""
    due = {topic: _deadline(problem, heard, topic, day) for topic in pool}
    here = bisect_left(problem.room, day) + before
    for waiting, topic in enumerate(sorted(pool, key=lambda t: due[t]), 1):
        if due[topic] >= FOREVER:
            break
        if bisect_right(problem.room, due[topic]) - here <= waiting:
            return {t: due[t] for t in pool if due[t] <= due[topic]}
    return {}


def _deadline(problem: Problem, heard: Heard, topic: int, day: int) -> int:
    """The last day on which the topic has to be heard again, seen from `day`."""
    candidate = problem.topics[topic]
    days = heard.days[topic]
    at = bisect_right(days, day)
    reach = max(days[at - 1] if at else 0, candidate.begun)
    while at < len(days) and days[at] <= reach + candidate.gap:
        reach = days[at]
        at += 1
    due = reach + candidate.gap
    return due if due <= candidate.active[1] else FOREVER


def improve(problem: Problem, answer: Sequence[int]) -> list[int]:
    """The answer after every change of one or two spots that lowers the cost.

    Only topics that break a rule or are heard more often than others are looked at, so that an
    answer that is good already costs nothing.
    """
    search = _Search(problem, list(answer))
    for _ in range(_ROUNDS):
        changed = [search.better(topic) for topic in search.troubled()]
        if not any(changed):
            break
    return search.answer


class _Search:
    """An answer that is being made better."""

    def __init__(self, problem: Problem, answer: list[int]) -> None:
        self.problem = problem
        self.answer = answer
        self.heard = Heard.of(problem)
        self.pools = [frozenset(spot.pool) for spot in problem.spots]
        self.work = _WORK * len(problem.spots)
        for number, topic in enumerate(answer):
            self._add(number, topic)

    def troubled(self) -> list[int]:
        """Topics that break a rule, or are heard two times more often than another."""
        chosen = sorted(set(self.answer))
        least = min((self.heard.times(t) for t in range(len(self.problem.topics))), default=0)
        return [
            topic
            for topic in range(len(self.problem.topics))
            if self.heard.trouble(topic)
            or (topic in chosen and self.heard.times(topic) > least + 1)
        ]

    def better(self, topic: int) -> bool:
        """Whether something was changed for the topic's sake."""
        changed = False
        for number in [n for n, t in enumerate(self.answer) if t == topic]:
            changed |= self._give_away(number) or self._swap_near(number)
        if self.heard.trouble(topic):
            changed |= self._take(topic)
        return changed

    def _give_away(self, number: int) -> bool:
        """Another topic for a spot, the one that helps most."""
        pool = self.problem.spots[number].pool
        return self._best([[(number, topic)] for topic in pool if topic != self.answer[number]])

    def _swap_near(self, number: int) -> bool:
        """Change places with a spot not far away, if the topic breaks a rule."""
        if not self.heard.trouble(self.answer[number]):
            return False
        return self._best(self._swaps(number))

    def _swaps(self, number: int) -> Iterator[list[tuple[int, int]]]:
        mine = self.answer[number]
        reach = range(max(0, number - _REACH), min(len(self.answer), number + _REACH + 1))
        for other in reach:
            theirs = self.answer[other]
            if theirs != mine and mine in self.pools[other] and theirs in self.pools[number]:
                yield [(number, theirs), (other, mine)]

    def _take(self, topic: int) -> bool:
        """A spot for a topic that is not heard often enough."""
        spots = [n for n, pool in enumerate(self.pools) if topic in pool]
        return self._best([[(n, topic)] for n in spots if self.answer[n] != topic])

    def _best(
        self, changes: Sequence[list[tuple[int, int]]] | Iterator[list[tuple[int, int]]]
    ) -> bool:
        """Make the change that lowers the cost most, if any does."""
        gains = [(self._gain(change), change) for change in changes if self.work > 0]
        gain, change = max(gains, key=lambda it: it[0], default=(0, []))
        if gain <= 0:
            return False
        self._make(change)
        return True

    def _gain(self, change: list[tuple[int, int]]) -> int:
        """By how much a change lowers the cost; the answer stays as it is."""
        back = [(number, self.answer[number]) for number, _ in change]
        touched = {topic for _, topic in (*change, *back)}
        self.work -= sum(self.heard.times(topic) for topic in touched)
        before = sum(self.heard.cost_of(topic) for topic in touched)
        self._make(change)
        after = sum(self.heard.cost_of(topic) for topic in touched)
        self._make(back)
        return before - after

    def _make(self, change: list[tuple[int, int]]) -> None:
        for number, topic in change:
            spot = self.problem.spots[number]
            self.heard.drop(self.answer[number], spot.day, spot.place.zones)
            self._add(number, topic)
            self.answer[number] = topic

    def _add(self, number: int, topic: int) -> None:
        spot = self.problem.spots[number]
        self.heard.add(topic, spot.day, spot.place.zones)
