"""The exact solver: never worse than the start, as good as trying everything, and optional."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, time
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import Wish, fill_weeks
from broadcast.domain.rota_model import Problem, judge
from broadcast.domain.station import Rules, Slot, Station, Zone
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.wording import DAYS
from broadcast.errors import NotFoundError
from broadcast.solver import solve

STATION = Station("s", "Đài", "Suối Hoa", zones=(Zone("a", "A"), Zone("b", "B")))


def problem_of(
    station: Station, topics: int, count: int, history: Sequence[Airing] = ()
) -> tuple[Problem, Sequence[int]]:
    """The numbers of empty weeks, and the answer without the solver."""
    kept: list[tuple[Problem, Sequence[int]]] = []

    def keep(problem: Problem, answer: Sequence[int]) -> Sequence[int]:
        kept.append((problem, answer))
        return answer

    plan = Plan("p", topics=tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(topics)))
    weeks = [Week(WeekId(2026, 40 + n)) for n in range(count)]
    fill_weeks(weeks, station, [plan], history, Wish(solve=keep))
    return kept[0]


@st.composite
def small(draw: st.DrawFn) -> tuple[Problem, Sequence[int]]:
    """Problems of so few places that every answer can be tried."""
    hours = draw(st.lists(st.sampled_from([5, 11, 17]), min_size=1, max_size=2, unique=True))
    slots = tuple(
        Slot(
            f"k{hour}",
            "",
            time(hour),
            30,
            tuple(draw(st.lists(st.sampled_from(DAYS), min_size=1, max_size=2, unique=True))),
            draw(st.sampled_from([(), ("a",), ("b",)])),
        )
        for hour in hours
    )
    rules = Rules(repeat_after_days=draw(st.integers(0, 4)))
    heard = draw(st.lists(st.tuples(st.integers(1, 27), st.integers(0, 2)), max_size=5))
    history = [
        Airing(f"x{n}", date(2026, 9, day), time(17), 20, ("a",), plan="p", topic=f"II.{topic}")
        for n, (day, topic) in enumerate(heard)
    ]
    station = replace(STATION, slots=slots, rules=rules)
    return problem_of(station, draw(st.integers(1, 3)), draw(st.integers(1, 2)), history)


@given(small())
@settings(max_examples=20)
def test_it_finds_what_trying_everything_finds_and_the_usual_answer_is_near_it(
    given_: tuple[Problem, Sequence[int]],
) -> None:
    pytest.importorskip("highspy")
    problem, start = given_
    best = min(judge(problem, answer).cost for answer in product(*(s.pool for s in problem.spots)))
    solved = solve(problem, start, 20.0)
    assert (solved.judged.cost, solved.optimal) == (best, True)
    assert judge(problem, solved.answer) == solved.judged
    assert solved.bound <= best + 1e-3


def test_a_quarter_of_the_usual_answer_is_within_a_thousandth_of_the_optimum() -> None:
    pytest.importorskip("highspy")
    slots = (
        Slot("sang", "", time(5, 30), 15, ("T2", "T4", "T6")),
        Slot("chieu", "", time(17), 15, ("T3", "T5"), ("a",)),
    )
    problem, start = problem_of(replace(STATION, slots=slots), 10, 10)
    solved = solve(problem, start, 30.0)
    assert judge(problem, start).cost <= solved.bound * 1.001


def test_the_exact_answer_is_taken_where_it_is_asked_for() -> None:
    pytest.importorskip("highspy")
    station = replace(STATION, slots=(Slot("sang", "", time(5, 30), 15, ("T2", "T4")),))
    plan = Plan("p", topics=(Topic("II.1", "Một"), Topic("II.2", "Hai")))
    wish = Wish(solve=lambda problem, start: solve(problem, start, 10.0).answer)
    rota = fill_weeks([Week(WeekId(2026, 40))], station, [plan], [], wish)
    assert sorted(airing.topic or "" for airing in rota.added) == ["II.1", "II.2"]


def test_without_the_package_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "highspy", None)
    station = replace(STATION, slots=(Slot("sang", "", time(5, 30), 15, ("T2",)),))
    problem, start = problem_of(station, 2, 1)
    with pytest.raises(NotFoundError, match="bộ giải chính xác") as caught:
        solve(problem, start)
    assert "broadcast[solver]" in caught.value.mend


def test_its_greeting_does_not_get_into_what_is_data(capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("highspy")
    station = replace(STATION, slots=(Slot("sang", "", time(5, 30), 15, ("T2",)),))
    solve(*problem_of(station, 2, 1), 5.0)
    assert capfd.readouterr().out == ""
