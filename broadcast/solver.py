"""The optional exact rota: the same numbers and the same cost as the greedy one, as a MILP.

HiGHS (package highspy, extra [solver]) is 3 MB and needs numpy alone, with wheels for Python 3.11
to 3.14; OR-Tools is 30 MB and brings pandas and protobuf along, for a solver few stations need.
Every distance and evenness of the cost is linear or convex and piecewise linear, so that the model
is exact; what HiGHS gives back is judged by `rota_model.judge` like any other answer.
"""

from __future__ import annotations

import os
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING

from broadcast.domain.rota_model import MISSED, NEAR, UNEVEN, ZONES, Judgement, Problem, judge
from broadcast.errors import BroadcastError, NotFoundError

if TYPE_CHECKING:
    from highspy import Highs, HighsLp

SECONDS = 60.0
"""How long the solver looks, if nobody says."""

_ROOM = 4
"""How much more often than the start a topic may be heard in an exact answer."""


@dataclass(frozen=True, slots=True)
class Solved:
    """An answer, never worse than the start.

    `optimal`: nothing is better; else nothing costs less than `bound`.
    """

    answer: tuple[int, ...]
    judged: Judgement
    optimal: bool
    bound: float
    seconds: float


def solve(problem: Problem, start: Sequence[int], seconds: float = SECONDS) -> Solved:
    """The cheapest answer that is found in `seconds`.

    Args:
        start: a good answer to begin with; given back if nothing better is found.

    Raises:
        NotFoundError: the solver is not installed.
        BroadcastError: the solver failed.
    """
    highs = _highs(seconds)
    began = monotonic()
    first = judge(problem, start)
    if not problem.spots:
        return Solved((), first, optimal=True, bound=first.cost, seconds=0.0)
    model = _Model(problem)
    model.build(start)
    found, optimal, bound = _run(highs, model, start)
    judged = judge(problem, found)
    if judged.cost > first.cost:
        found, judged = tuple(start), first
    # The solver does not count what no answer can change.
    bound = min(bound + model.constant, judged.cost)
    return Solved(found, judged, optimal, bound, monotonic() - began)


def _highs(seconds: float) -> Highs:
    try:
        from highspy import Highs  # noqa: PLC0415 - optional, heavy
    except ImportError as error:
        happened = "máy này chưa cài bộ giải HiGHS"
        mend = "cài thêm: pip install 'broadcast[solver]', hoặc bỏ --exact (cách thường đã đủ tốt)"
        raise NotFoundError("Chưa xếp được bằng bộ giải chính xác", happened, mend) from error
    with _muted():
        highs = Highs()
    highs.setOptionValue("output_flag", False)
    highs.setOptionValue("time_limit", seconds)
    # The same answer each time, and the other core is left to others.
    highs.setOptionValue("threads", 1)
    highs.setOptionValue("random_seed", 1)
    return highs


@contextmanager
def _muted() -> Iterator[None]:
    """Nothing on the process's stdout: the solver greets there before it can be told not to."""
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is no stdout to keep clean
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _run(highs: Highs, model: _Model, start: Sequence[int]) -> tuple[tuple[int, ...], bool, float]:
    from highspy import HighsModelStatus, HighsStatus  # noqa: PLC0415 - optional, heavy

    if highs.passModel(model.as_lp()) == HighsStatus.kError:
        raise BroadcastError("Bộ giải chính xác bị lỗi", "không nhận bài toán này")
    _begin_with(highs, model, start)
    highs.run()
    status = highs.getModelStatus()
    values = list(highs.getSolution().col_value)
    info = highs.getInfo()
    if not values or status == HighsModelStatus.kInfeasible:
        return tuple(start), False, float("-inf")
    return model.answer_of(values), status == HighsModelStatus.kOptimal, info.mip_dual_bound


def _begin_with(highs: Highs, model: _Model, start: Sequence[int]) -> None:
    """Tell the solver the choices of the start; the rest follows from them."""
    import numpy as np  # noqa: PLC0415 - comes with the solver

    chosen = [model.chosen[number, topic] for number, topic in enumerate(start)]
    columns = np.array(sorted(model.chosen.values()), dtype=np.int32)
    values = np.isin(columns, chosen).astype(np.double)
    highs.setSolution(len(columns), columns, values)


@dataclass(slots=True)
class _Model:
    """The rota as rows and columns: `chosen` says which column gives a spot a topic."""

    problem: Problem
    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    rows: list[list[tuple[int, float]]] = field(default_factory=list)
    chosen: dict[tuple[int, int], int] = field(default_factory=dict)
    constant: float = 0.0

    def build(self, start: Sequence[int]) -> None:
        """All of it."""
        for number, spot in enumerate(self.problem.spots):
            for topic in spot.pool:
                self.chosen[number, topic] = self._column(0.0, 1.0)
        for number, spot in enumerate(self.problem.spots):
            self._row([(self.chosen[number, t], 1.0) for t in spot.pool], 1.0, 1.0)
        for topic in range(len(self.problem.topics)):
            self._missed(topic)
            self._near(topic)
        for weight, spots, fixed in self._audiences():
            self._even(weight, spots, fixed, start)

    def _column(self, cost: float, upper: float) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def _row(self, entries: list[tuple[int, float]], low: float, high: float) -> None:
        self.rows.append(entries)
        self.low.append(low)
        self.high.append(high)

    def _spots(self, topic: int) -> list[int]:
        return [n for n in range(len(self.problem.spots)) if (n, topic) in self.chosen]

    def _missed(self, topic: int) -> None:
        """Each judged day: heard within the gap that ends on it, or it costs."""
        one, problem = self.problem.topics[topic], self.problem
        spots, fixed = self._spots(topic), [s.day for s in problem.fixed[topic]]
        days = [problem.spots[n].day for n in spots]
        begins = max(problem.first, one.active[0], one.begun + one.gap)
        for end in range(begins, min(problem.last, one.active[1]) + 1):
            start = end - one.gap + 1
            if bisect_right(fixed, end) > bisect_left(fixed, start):
                continue
            window = spots[bisect_left(days, start) : bisect_right(days, end)]
            late = self._column(float(MISSED), 1.0)
            self._row([*self._ones(topic, window), (late, 1.0)], 1.0, float("inf"))

    def _near(self, topic: int) -> None:
        """Each run of days that are too near: heard once at most, or it costs."""
        problem, apart = self.problem, self.problem.apart
        spots, fixed = self._spots(topic), [s.day for s in problem.fixed[topic]]
        days = [problem.spots[n].day for n in spots]
        for start in range(problem.first - apart + 1, problem.last + 1) if apart else ():
            end = start + apart - 1
            window = spots[bisect_left(days, start) : bisect_right(days, end)]
            there = bisect_right(fixed, end) - bisect_left(fixed, start)
            if window and len(window) + there > 1:
                over = self._column(float(NEAR), float(len(window)))
                # What is fixed too near already no answer can change.
                allowed = max(0.0, 1.0 - there)
                entries = [*self._ones(topic, window), (over, -1.0)]
                self._row(entries, float("-inf"), allowed)

    def _ones(self, topic: int, spots: Sequence[int]) -> list[tuple[int, float]]:
        return [(self.chosen[number, topic], 1.0) for number in spots]

    def _audiences(self) -> Iterator[tuple[int, frozenset[int], tuple[int, ...]]]:
        """Weight, spots and what is fixed of each topic: for all, and for zones that hear alike."""
        problem = self.problem
        everywhere = frozenset(range(len(problem.spots)))
        weights = {(everywhere, tuple(len(those) for those in problem.fixed)): UNEVEN}
        zones = {z for s in problem.spots for z in s.place.zones}
        for zone in sorted(zones):
            spots = frozenset(n for n in everywhere if zone in problem.spots[n].place.zones)
            fixed = tuple(sum(zone in s.zones for s in those) for those in problem.fixed)
            weights[spots, fixed] = weights.get((spots, fixed), 0) + ZONES
        for (spots, fixed), weight in weights.items():
            yield weight, spots, fixed

    def _even(
        self, weight: int, among: frozenset[int], fixed: tuple[int, ...], start: Sequence[int]
    ) -> None:
        """The square of how often each topic is heard, one more airing after the other."""
        for topic, there in enumerate(fixed):
            self.constant += weight * there * there
            spots = [n for n in self._spots(topic) if n in among]
            if not spots:
                continue
            units = min(len(spots), _most(self.problem, fixed, start, there) + _ROOM)
            steps = [
                (self._column(float(weight * (2 * (there + k) - 1)), 1.0), -1.0)
                for k in range(1, units + 1)
            ]
            self._row([*self._ones(topic, spots), *steps], 0.0, 0.0)

    def as_lp(self) -> HighsLp:
        """The model as HiGHS reads it."""
        import numpy as np  # noqa: PLC0415 - comes with the solver
        from highspy import HighsLp, HighsVarType, MatrixFormat  # noqa: PLC0415 - optional

        lp = HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.rows)
        lp.col_cost_ = np.array(self.cost)
        lp.col_lower_, lp.col_upper_ = np.zeros(len(self.cost)), np.array(self.upper)
        lp.row_lower_, lp.row_upper_ = np.array(self.low), np.array(self.high)
        lp.a_matrix_.format_ = MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *map(len, self.rows)]).astype(np.int32)
        lp.a_matrix_.index_ = np.array([c for row in self.rows for c, _ in row], dtype=np.int32)
        lp.a_matrix_.value_ = np.array([v for row in self.rows for _, v in row])
        whole = set(self.chosen.values())
        kinds = (HighsVarType.kContinuous, HighsVarType.kInteger)
        lp.integrality_ = [kinds[n in whole] for n in range(len(self.cost))]
        return lp

    def answer_of(self, values: Sequence[float]) -> tuple[int, ...]:
        """The topic of each spot."""
        return tuple(
            max(spot.pool, key=lambda topic, n=number: values[self.chosen[n, topic]])  # type: ignore[misc]
            for number, spot in enumerate(self.problem.spots)
        )


def _most(problem: Problem, fixed: Sequence[int], start: Sequence[int], there: int) -> int:
    """How often a topic is heard at most in a reasonable answer, beyond what is fixed."""
    counts = [start.count(topic) + fixed[topic] for topic in range(len(problem.topics))]
    return max(0, max(counts) - there)
