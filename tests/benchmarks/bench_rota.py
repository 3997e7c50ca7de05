"""One station's quarter against a random fill, taking turns and an exact solver; then 235 stations.

Every way of filling gets the same free places and is judged by the same cost. A violation is a
topic's day beyond its gap (28 days, or what the slots allow), a day two airings of it are too near,
or an airing that a week owes to a plan's weekly minimum.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, timedelta
from datetime import time as clock
from multiprocessing import get_context
from pathlib import Path

from broadcast.domain.days import SpecialDay
from broadcast.domain.periods import read_stretch
from broadcast.domain.plan import Plan, Quota, Topic
from broadcast.domain.rota import Wish, fill_weeks
from broadcast.domain.rota_explained import explain
from broadcast.domain.rota_model import Problem
from broadcast.domain.rota_problem import is_open
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Week, WeekId
from broadcast.domain.wording import DAYS
from broadcast.errors import NotFoundError
from broadcast.solver import solve
from broadcast.store.workspace import Workspace

TITLE = "Xếp một quý: đều, cách xa, đúng luật; so với ngẫu nhiên, xoay vòng, bộ giải chính xác"
HEAD = ("đài", "cách xếp", "giây", "lệch số lần", "xa nhất (ngày)", "vi phạm", "giá", "MB lớn nhất")
ROOT = Path(__file__).resolve().parents[2]
QUARTER = read_stretch("2027-Q1", date(2026, 11, 25))
STATIONS = 235
PROCESSES = 2
EXACT = 60.0
QUOTA = Quota("Đài", "phát chuyên mục", 2, "tuần", at_least=True, peak=True)

Way = Callable[[Problem, Sequence[int]], Sequence[int]]


@dataclass(frozen=True, slots=True)
class Case:
    """A station, its plans and its special days."""

    name: str
    station: Station
    plans: tuple[Plan, ...]
    closed: tuple[date, ...] = ()


def rows() -> Iterator[tuple[str, ...]]:
    """One row for each way of filling each station, one for all stations together."""
    for case in cases():
        yield from _compared(case)
    yield _many()


def cases() -> list[Case]:
    """The sample station; one with 41 topics; one with two plans, a column, Tết and more slots."""
    workspace = Workspace(ROOT)
    sample, plan = workspace.load_station(), workspace.load_plan("suoi-hoa-2026")
    big = _plan("xa-lon", 41)
    column = Slot("chuyen-muc", "", clock(18), 10, ("T4",), column="VNeID", topics=("xa-lon:II.1",))
    morning = Slot("sang-2", "", clock(6), 15, DAYS)
    busy = replace(sample, slots=(*sample.slots, morning, column))
    tet = tuple(date(2027, 2, 4) + timedelta(days=n) for n in range(7))
    return [
        Case("đài mẫu, 10 nội dung", sample, (replace(plan, year=None),)),
        Case("41 nội dung, 6 khung giờ/tuần", sample, (big,)),
        Case("hai kế hoạch, chuyên mục, nghỉ Tết", busy, (big, _plan("chuyen-de", 7, ())), tet),
    ]


def _compared(case: Case) -> Iterator[tuple[str, ...]]:
    problem, answer, took = _filled(case)
    yield _row(case, "broadcast", problem, answer, took)
    for name, way in (("ngẫu nhiên", _random), ("xoay vòng", _round_robin)):
        began = time.perf_counter()
        other = way(problem, answer)
        yield _row(case, name, problem, other, time.perf_counter() - began)
    try:
        best = solve(problem, answer, EXACT)
    except NotFoundError:
        yield (case.name, "bộ giải (chưa cài)", *[""] * (len(HEAD) - 2))
        return
    proved = "tối ưu" if best.optimal else f"không dưới {best.bound:.0f}"
    yield _row(case, f"bộ giải ({proved})", problem, best.answer, best.seconds)


def _filled(case: Case) -> tuple[Problem, Sequence[int], float]:
    """The numbers, the answer, and the seconds that all of it took."""
    kept: list[tuple[Problem, Sequence[int]]] = []

    def keep(problem: Problem, answer: Sequence[int]) -> Sequence[int]:
        kept.append((problem, answer))
        return answer

    days = {day: SpecialDay(day, "Tết", "lễ", closed=True) for day in case.closed}
    weeks = [Week(week_id) for week_id in QUARTER.weeks()]
    wish = Wish(span=(QUARTER.first, QUARTER.last), days=days, solve=keep)
    began = time.perf_counter()
    fill_weeks(weeks, case.station, case.plans, [], wish)
    return *kept[0], time.perf_counter() - began


def _row(
    case: Case, name: str, problem: Problem, answer: Sequence[int], took: float
) -> tuple[str, ...]:
    told = explain(problem, answer, len(answer))
    cost = told.judged.cost
    broken = told.judged.missed + told.judged.near + _owed(problem, answer)
    figures = f"{took:.3f}", str(told.evenness), str(told.longest), str(broken), str(cost)
    return case.name, name, *figures, ""


def _owed(problem: Problem, answer: Sequence[int]) -> int:
    """Airings at a peak that weeks owe to weekly minimums, where places were kept for them."""
    owed: Counter[tuple[WeekId, str]] = Counter()
    for spot, topic in zip(problem.spots, answer, strict=True):
        week = WeekId.of(spot.place.day)
        if spot.due:
            owed[week, spot.due[0].id] += 1
        if spot.place.slot.peak:
            owed[week, problem.topics[topic].plan.id] -= 1
    return sum(max(0, count) for count in owed.values())


def _open_pool(problem: Problem, number: int) -> Sequence[int]:
    """What somebody who does not think of weekly minimums may choose from."""
    spot = problem.spots[number]
    return range(len(problem.topics)) if is_open(spot.place.slot) else spot.pool


def _random(problem: Problem, _answer: Sequence[int]) -> Sequence[int]:
    dice = random.Random(1)  # noqa: S311 - the same dice each time
    return [dice.choice(_open_pool(problem, n)) for n in range(len(problem.spots))]


def _round_robin(problem: Problem, _answer: Sequence[int]) -> Sequence[int]:
    turns: Counter[Sequence[int]] = Counter()
    answer = []
    for number in range(len(problem.spots)):
        pool = tuple(_open_pool(problem, number))
        answer.append(pool[turns[pool] % len(pool)])
        turns[pool] += 1
    return answer


def _many() -> tuple[str, ...]:
    """Every station of a province, in processes as many as there are cores."""
    began = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        done = list(pool.map(_one, range(STATIONS), chunksize=10))
    took = time.perf_counter() - began
    uneven, longest, broken, megabytes, _ = (max(column) for column in zip(*done, strict=True))
    cpu = sum(one[-1] for one in done)
    name = f"{STATIONS} đài, {PROCESSES} tiến trình ({cpu:.1f} giây CPU)"
    figures = f"{took:.1f}", str(uneven), str(longest), str(broken), "", f"{megabytes:.0f}"
    return name, "broadcast (đài tệ nhất)", *figures


def _one(number: int) -> tuple[int, int, int, float, float]:
    """A station of its own kind: evenness, longest gap, violations; peak MB, seconds of CPU."""
    began = time.process_time()
    dice = random.Random(number)  # noqa: S311 - the same dice each time
    zones = tuple(Zone(f"z{n}", f"Cụm {n}") for n in range(dice.randint(2, 9)))
    slots = tuple(
        Slot(
            f"k{hour}",
            "",
            clock(hour),
            15,
            tuple(sorted(dice.sample(DAYS, dice.randint(3, 7)), key=DAYS.index)),
            peak=hour in {5, 17},
        )
        for hour in (5, 17, *dice.sample((6, 11, 18), dice.randint(0, 2)))
    )
    station = Station(f"d{number}", "", "", zones=zones, slots=slots)
    problem, answer, _ = _filled(Case("", station, (_plan("p", dice.randint(8, 45)),)))
    told = explain(problem, answer, len(answer))
    broken = told.judged.missed + told.judged.near + _owed(problem, answer)
    return told.evenness, told.longest, broken, _peak(), time.process_time() - began


def _peak() -> float:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def _plan(name: str, topics: int, quotas: tuple[Quota, ...] = (QUOTA,)) -> Plan:
    made = tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(1, topics + 1))
    return Plan(name, topics=made, quotas=quotas)
