"""Why each airing of a rota is where it is, in words a person follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from broadcast.domain.rota_choice import apart_from
from broadcast.domain.rota_model import FOUR_WEEKS, Heard, Problem, Spot


@dataclass(frozen=True, slots=True)
class _Turn:
    """A topic's being chosen for a spot, and what was heard until then."""

    problem: Problem
    heard: Heard
    spot: Spot
    topic: int

    @property
    def times(self) -> int:
        return self.heard.times(self.topic)

    @property
    def last(self) -> date:
        return date.fromordinal(self.heard.days[self.topic][-1])

    @property
    def away(self) -> int:
        return apart_from(self.heard, self.topic, self.spot.day)


def reasons(problem: Problem, answer: Sequence[int]) -> list[str]:
    """For each spot why it got its topic, as it looks when spots are filled one after the other."""
    heard = Heard.of(problem)
    told = []
    for spot, topic in zip(problem.spots, answer, strict=True):
        told.append(_why(_Turn(problem, heard, spot, topic)))
        heard.add(topic, spot.day, spot.place.zones)
    return told


def _why(turn: _Turn) -> str:
    slot, due = turn.spot.place.slot, turn.spot.due
    why = [_how_often(turn)]
    if turn.away < turn.problem.apart:
        short = f"lặp lại sớm hơn {turn.problem.apart} ngày"
        why.append(f"{short} vì không còn nội dung khác")
    if slot.column:
        why.append(f"chuyên mục {slot.column}")
    if due:
        peak = "khung giờ cao điểm, " if slot.peak else ""
        why.append(f"{peak}cho chỉ tiêu {due[1].count} lần/{due[1].per}")
    return "; ".join(why)


def _how_often(turn: _Turn) -> str:
    if not turn.times:
        return "nội dung chưa phát lần nào"
    told = f"({turn.times} lần, lần cuối {turn.last:%d/%m})"
    fewer = [t for t in turn.spot.pool if turn.heard.times(t) < turn.times]
    if not fewer:
        return f"nội dung ít được phát nhất {told}"
    apart = turn.problem.apart
    if all(apart_from(turn.heard, t, turn.spot.day) < apart for t in fewer):
        return f"nội dung ít được phát nhất trong số chưa phát trong vòng {apart} ngày {told}"
    gap = turn.problem.topics[turn.topic].gap
    most = "bốn tuần" if gap == FOUR_WEEKS else f"{gap} ngày"
    return f"đến lượt phát lại, để không cách nhau quá {most} {told}"
