"""What is told of an entry of a plan beside the outline, and of a new import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.plan import Duty, Plan, PlanProblem, Topic
from broadcast.domain.plan_edit import Entry
from broadcast.domain.plan_outline import Heading, nearest
from broadcast.domain.plan_words import describe, describe_conflict
from broadcast.domain.wording import day_text
from broadcast.tui.hints import key_of
from broadcast.tui.widgets.heat_rows import MARKS, strip
from broadcast.tui.widgets.plan_rows import SIGNS, WORDS, entry_line, shown_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcast.domain.plan_merge import Change
    from broadcast.workflow.plans import Import
    from broadcast.workflow.topic_counts import Counts, TopicCount

_FIELDS = {
    "time": "Thời gian", "lead": "Chủ trì", "with": "Phối hợp", "content": "Nội dung",
}  # fmt: skip

LEGEND = " ".join(f"{sign} {mark.removeprefix('đã ')}" for mark, sign in MARKS.items())
"""What the signs of the strip mean."""


def side_text(plan: Plan, of: Heading | Entry, counts: Counts | None) -> Text:
    """All of an entry; of a heading what can be done there."""
    if isinstance(of, Heading):
        return _heading_text(plan, of)
    line = entry_line(of, 0, None)
    text = Text()
    where, what = "" if isinstance(of, Duty) else of.path, f"{line.sign} {line.word}"
    if isinstance(of, Topic):
        where, what = shown_path(of), f"{SIGNS[of.airable]} {WORDS[of.airable]}"
        what = what if of.kind == "leaf" else f"{line.word} · {what}"
    place = f"dòng {of.line}" if of.line else ""
    text.append(" · ".join(part for part in (where, what, place) if part) + "\n", "bold")
    for problem in problems_of(plan, of):
        text.append(f"! {_problem(problem)}\n", "bold")
    text.append(line.text.removeprefix(f"{where}  "))
    if isinstance(of, Topic):
        _tell_topic(text, of, counts)
    return text


def _heading_text(plan: Plan, heading: Heading) -> Text:
    text = Text()
    text.append(f"{heading.title}\n", "bold")
    if heading.topics:
        key = key_of("plan.next_waiting")
        waits = f", {heading.waiting} mục đang chờ trả lời ({key})" if heading.waiting else ""
        text.append(f"{heading.topics} nội dung{waits}. ")
    text.append("→ mở, ← gập.")
    text.append(f"\n{plan.title}", "dim")
    return text


def _tell_topic(text: Text, topic: Topic, counts: Counts | None) -> None:
    for name, value in topic.fields.items():
        text.append(f"\n{_FIELDS.get(name, name)}: {value}")
    if topic.also:
        text.append(f"\nGồm cả mục {', '.join(topic.also)}")
    if counts is not None and topic.kind != "fragment":
        text.append("\n")
        text.append_text(_count_text(counts, counts.of(topic.path)))


def _count_text(counts: Counts, count: TopicCount) -> Text:
    text = Text()
    text.append(f"{strip(count.marks)} ", "bold")
    weeks = len(count.marks)
    heard = f"nghe {count.recent} lượt" if count.recent else "chưa nghe lần nào"
    text.append(f"{weeks} tuần qua {heard}")
    text.append(f"\n{LEGEND}", "dim")
    last = f"gần nhất {day_text(count.last)}" if count.last else ""
    coming = f"sắp tới {day_text(count.next)}" if count.next else "chưa xếp lượt sắp tới"
    text.append(f"\n{_capital('; '.join(filter(None, (last, coming))))}")
    told = f"{count.times} lượt phát" if count.times else "chưa xếp lần nào"
    states = ", ".join(f"{number} {state}" for state, number in count.states.items())
    text.append(f"\n{_capital(str(counts.quarter))}: {told}", "bold")
    text.append(f" ({states})" if states else "")
    return text


def problems_of(plan: Plan, entry: Entry) -> list[PlanProblem]:
    """The problems whose lines are in that entry."""
    return [p for p in plan.problems if p.line and nearest(plan, p.line) == entry]


def _problem(problem: PlanProblem) -> str:
    place = f"dòng {problem.line}: " if problem.line else ""
    mend = f" → {problem.suggestion}" if problem.suggestion else ""
    return f"{place}{problem.message}{mend}"


def import_text(done: Import) -> Text:
    """What importing a document again would do."""
    text = Text()
    text.append(f"{done.plan.title or done.plan.id}\n", "bold")
    _tell_changes(text, f"Sẽ đổi {len(done.changes)} chỗ theo văn bản:", done.changes)
    mine = [change for change in done.corrections if change not in done.conflicts]
    _tell_changes(text, f"Giữ nguyên {len(mine)} chỗ đã sửa tay:", mine)
    if done.conflicts:
        text.append("\nVăn bản cũng đổi ở chỗ đã sửa tay; vẫn giữ chỗ sửa, xem lại sau:\n", "bold")
        text.append("".join(f"  ! {describe_conflict(change)}\n" for change in done.conflicts))
    text.rstrip()
    return text


def _tell_changes(text: Text, title: str, changes: Sequence[Change]) -> None:
    if changes:
        text.append(f"\n{title}\n", "bold")
        text.append("".join(f"  • {describe(change)}\n" for change in changes))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
