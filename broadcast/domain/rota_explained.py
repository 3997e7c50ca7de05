"""What a filled rota comes to, and which wishes stand in each other's way."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from broadcast.domain.rota_model import (
    FOUR_WEEKS,
    Candidate,
    Heard,
    Judgement,
    Problem,
    missed_days,
)
from broadcast.domain.week import Finding
from broadcast.domain.wording import day_text

_WEEK = 7


@dataclass(frozen=True, slots=True)
class TopicShare:
    """What a topic gets: `times` in the span, `total` with all that was heard before and after.

    `longest`: most days between two airings of it, counted from the first day of the span on
    where it was not heard before; `last`: the last day in the span it is heard on, if any.
    """

    plan: str
    path: str
    text: str
    times: int
    total: int
    longest: int
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Explained:
    """A span of days after filling.

    Attributes:
        places: free places that were found, with and without a topic now.
        filled: how many of them got a topic.
        topics: in the plans' order.
        judged: what the rota costs by the rules of evenness and distance.
        clashes: wishes that cannot all be had, and what could be done about it.
    """

    first: date
    last: date
    places: int
    filled: int
    topics: tuple[TopicShare, ...]
    judged: Judgement
    clashes: tuple[Finding, ...] = ()

    @property
    def evenness(self) -> int:
        """Most minus least: how often topics are heard, all told."""
        return _spread(topic.total for topic in self.topics)

    @property
    def spread(self) -> int:
        """Most minus least within the span."""
        return _spread(topic.times for topic in self.topics)

    @property
    def longest(self) -> int:
        """Most days between two airings of one topic."""
        return max((topic.longest for topic in self.topics), default=0)


def _spread(counts: Iterable[int]) -> int:
    those = list(counts)
    return max(those) - min(those) if those else 0


def explain(problem: Problem, answer: Sequence[int], places: int) -> Explained:
    """What an answer comes to.

    Args:
        places: free places that were found.
    """
    heard = Heard.of(problem)
    for spot, topic in zip(problem.spots, answer, strict=True):
        heard.add(topic, spot.day, spot.place.zones)
    judged = [n for n, one in enumerate(problem.topics) if _judged(problem, one)]
    topics = tuple(_share(problem, heard, number) for number in judged)
    clashes = (*_four_weeks(problem, judged), *_near(problem, heard), *_uneven(problem, topics))
    first, last = date.fromordinal(problem.first), date.fromordinal(problem.last)
    crowded = any(clash.rule == "four-weeks" for clash in clashes)
    late = () if crowded else _late(problem, heard, judged)
    return Explained(first, last, places, len(answer), topics, heard.judged(), (*clashes, *late))


def _judged(problem: Problem, one: Candidate) -> bool:
    return one.active[0] <= problem.last and problem.first <= one.active[1]


def _share(problem: Problem, heard: Heard, number: int) -> TopicShare:
    one, days = problem.topics[number], heard.days[number]
    first, last = max(problem.first, one.active[0]), min(problem.last, one.active[1])
    low, high = bisect_left(days, first), bisect_right(days, last)
    inside = days[low:high]
    before = days[low - 1] if low else first - 1
    ends = [before, *inside, min(last + 1, days[high]) if high < len(days) else last + 1]
    longest = max(b - a for a, b in pairwise(ends))
    at = date.fromordinal(inside[-1]) if inside else None
    topic = one.topic
    return TopicShare(one.plan.id, topic.path, topic.text, len(inside), len(days), longest, at)


def _four_weeks(problem: Problem, judged: Sequence[int]) -> list[Finding]:
    """More topics than four weeks have places."""
    days = [spot.day for spot in problem.spots]
    count, span = len(judged), problem.last - problem.first + 1
    if not days or span < FOUR_WEEKS:
        return []
    room = [
        (bisect_right(days, day + FOUR_WEEKS - 1) - bisect_left(days, day), day)
        for day in range(problem.first, problem.last - FOUR_WEEKS + 2)
    ]
    # What slots give when no holiday is in the way, but not because weeks happen to fall well.
    usual, (least, when) = sorted(room)[len(room) * 3 // 4][0], min(room)
    if count <= least:
        return []
    if count <= usual:
        return [_tight(count, least, when)]
    a_week = len(days) * _WEEK / span
    gap = round(count / a_week * _WEEK)
    more = -(-(count - usual) * _WEEK // FOUR_WEEKS)
    message = (
        f"{count} nội dung, {_number(a_week)} khung giờ trống một tuần: 4 tuần chỉ có {usual} "
        f"chỗ, nên hai lần phát của một nội dung cách nhau khoảng {gap} ngày, quá 28 ngày"
    )
    mend = (
        f"thêm {more} khung giờ một tuần, hoặc bớt nội dung (đặt airable: no) còn {usual}, "
        "hoặc chấp nhận phát thưa hơn"
    )
    return [Finding("four-weeks", message, mend)]


def _tight(count: int, least: int, when: int) -> Finding:
    start, end = (day_text(date.fromordinal(day)) for day in (when, when + FOUR_WEEKS - 1))
    message = (
        f"từ {start} đến {end} chỉ có {least} chỗ cho {count} nội dung "
        "(nghỉ phát, trùng giờ hoặc đã xếp việc khác), nên có nội dung phải cách quá 28 ngày"
    )
    mend = "thêm lượt phát trong những ngày ấy, hoặc chấp nhận phát thưa hơn lúc đó"
    return Finding("four-weeks", message, mend, day=date.fromordinal(when))


def _number(value: float) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")


def _near(problem: Problem, heard: Heard) -> list[Finding]:
    """Fewer topics than the repeat rule needs."""
    if not heard.judged().near:
        return []
    pools = {spot.pool: spot for spot in problem.spots}
    fewest = min(pools, key=len, default=())
    where = pools[fewest].place.slot if fewest else None
    name = f"khung giờ {where.name or where.id}" if where and len(pools) > 1 else "các khung giờ"
    message = (
        f"chỉ có {len(fewest)} nội dung cho {name}: có nội dung phải lặp lại sớm hơn "
        f"{problem.apart} ngày"
    )
    mend = "thêm nội dung, bớt khung giờ, hoặc giảm rules.repeat_after_days của đài"
    return [Finding("repeat-near", message, mend)]


def _uneven(problem: Problem, topics: Sequence[TopicShare]) -> list[Finding]:
    """Topics that are heard more often than others by two times or more, and what makes it so."""
    if _spread(topic.total for topic in topics) <= 1:
        return []
    most = max(topics, key=lambda topic: topic.total)
    least = min(topics, key=lambda topic: topic.total)
    message = (
        f"phát nhiều nhất: {most.plan}:{most.path} ({most.total} lần), ít nhất: "
        f"{least.plan}:{least.path} ({least.total} lần), vì {_cause(problem, topics)}"
    )
    mend = "không cần sửa nếu đúng ý; muốn đều hơn thì bỏ bớt ràng buộc ấy hoặc thêm khung giờ"
    return [Finding("uneven", message, mend)]


def _cause(problem: Problem, topics: Sequence[TopicShare]) -> str:
    if _spread(topic.total - topic.times for topic in topics) > 1:
        return "trước đó đã phát không đều, số chỗ trống chưa đủ bù"
    full = max((len(spot.pool) for spot in problem.spots), default=0)
    if any(spot.due and len(spot.pool) < full for spot in problem.spots):
        return "chỉ tiêu hằng tuần của một kế hoạch giữ chỗ cho riêng nội dung của nó"
    if any(len(spot.pool) < full for spot in problem.spots):
        return "có khung giờ chỉ dành cho một số nội dung (chuyên mục, thứ tiếng)"
    if len({one.active for one in problem.topics}) > 1:
        return "các kế hoạch có thời gian áp dụng khác nhau"
    return "các lượt phát đã xếp tay trong thời gian này không đều"


def _late(problem: Problem, heard: Heard, judged: Sequence[int]) -> list[Finding]:
    """Topics that wait too long although there is room: fixed airings or history are the cause."""
    late = [
        problem.topics[n] for n in judged if missed_days(problem.topics[n], heard.days[n], problem)
    ]
    if not late or not problem.spots:
        return []
    names = ", ".join(f"{one.plan.id}:{one.topic.path}" for one in late[:5])
    more = f" và {len(late) - 5} nội dung khác" if len(late) > 5 else ""
    message = (
        f"phải chờ lâu hơn {late[0].gap} ngày: {names}{more}, vì đã lâu chưa phát trước "
        "thời gian này, hoặc chỗ trống đến chậm"
    )
    return [Finding("late", message, "xếp cả những tuần trước đó, hoặc xếp tay nội dung cần gấp")]
