"""Filling a quarter, a year or any stretch of weeks at once, saved all or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from broadcast.almanac import special_days
from broadcast.domain.days import SpecialDays
from broadcast.domain.periods import Period
from broadcast.domain.rota import Rota, Solver, Wish, fill_weeks
from broadcast.domain.rota_model import Problem
from broadcast.domain.week import Airing, WeekId
from broadcast.domain.wording import clock
from broadcast.errors import ConflictError
from broadcast.store.files import Revision, revision
from broadcast.store.workspace import Workspace
from broadcast.workflow.aired import Logged, logged, only_logged, silent
from broadcast.workflow.changes import Changes
from broadcast.workflow.desk import Desk
from broadcast.workflow.finding_json import finding_view
from broadcast.workflow.progress import SILENT, Progress
from broadcast.workflow.recorded_topics import recorded_topics
from broadcast.workflow.week_fill import plans_named, title_of

_CHOOSING, _SAVING = "chọn nội dung", "ghi các tuần"


@dataclass(frozen=True, slots=True)
class SpanFill:
    """What filling a span brought; `saved`: it is in the files, and can be taken back as one."""

    span: Period
    rota: Rota
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """How a span is to be filled.

    Attributes:
        plan_ids: whose topics; none means every plan of the workspace.
        today: days before it are left alone; None fills them too.
        days: public holidays and the station's own days, None for what the almanac has.
        exact: seconds an exact solver may look for something better, None without one.
        save: write the weeks; else nothing is changed, the answer is only to be looked at.
        changes: those that it is to be undone among; None opens them for this one.
    """

    plan_ids: tuple[str, ...] = ()
    today: date | None = None
    days: SpecialDays | None = None
    exact: float | None = None
    save: bool = True
    changes: Changes | None = None


def fill_span(
    desk: Desk, span: Period, options: Options | None = None, progress: Progress = SILENT
) -> SpanFill:
    """Give every free standing slot of a span a topic, as one problem; all its weeks are saved.

    Airings that are there stay. If a file cannot be written all get back what they had; what is
    written is one change, which `Changes.undo` takes back in this program or a later one.

    Raises:
        NotFoundError: there is no plan to fill from, or the exact solver is not installed.
        InputError: a week, plan or station cannot be read.
        ConflictError: a week was changed meanwhile; nothing is changed.
        CancelledError: it was stopped; nothing is changed.
    """
    options = options or Options()
    workspace = desk.workspace
    with workspace.lock(f"xếp lịch {span}"):
        seen = {week: revision(workspace.week_path(week)) for week in span.weeks()}
        rota = _rota(desk, span, options, progress)
        if not options.save:
            return SpanFill(span, rota)
        filled = {WeekId.of(airing.day) for airing in rota.added}
        weeks = [week for week in rota.weeks if week.id in filled]
        progress.step(_SAVING, 0, 1)
        _unchanged(workspace, seen)
        return SpanFill(
            span, rota, (options.changes or Changes.open(desk)).write(f"xếp lịch {span}", weeks)
        )


def _rota(desk: Desk, span: Period, options: Options, progress: Progress) -> Rota:
    station, plans = desk.ruled(), plans_named(desk, options.plan_ids)
    weeks = [desk.week(week) for week in span.weeks()]
    days = options.days
    if days is None:
        days = special_days(span.first, span.last, station)
    lines = logged(desk)
    wish = Wish(
        not_heard=silent(lines),
        today=options.today,
        span=(span.first, span.last),
        days=days,
        recorded=recorded_topics(desk),
        title_of=title_of,
        solve=_solver(options.exact),
        tell=lambda done, total: progress.step(_CHOOSING, done, total),
    )
    return fill_weeks(weeks, station, plans, _history(desk, lines), wish)


def _history(desk: Desk, lines: Logged) -> list[Airing]:
    planned = [a for week in desk.workspace.week_ids() for a in desk.week(week).airings]
    return [*planned, *only_logged(planned, lines)]


def _solver(seconds: float | None) -> Solver | None:
    if seconds is None:
        return None

    def solved(problem: Problem, start: Sequence[int]) -> Sequence[int]:
        from broadcast.solver import solve  # noqa: PLC0415 - an optional package

        return solve(problem, start, seconds).answer

    return solved


def _unchanged(workspace: Workspace, seen: dict[WeekId, Revision]) -> None:
    """Refuse to write over what somebody saved meanwhile."""
    changed = [week for week, was in seen.items() if revision(workspace.week_path(week)) != was]
    if changed:
        names = ", ".join(map(str, changed))
        happened = f"tuần {names} vừa bị sửa ở cửa sổ khác hoặc trong tệp"
        raise ConflictError("Chưa lưu, để không ghi đè", happened, "xếp lại lần nữa")


def fill_view(done: SpanFill) -> dict[str, Any]:
    """`week fill --json`."""
    told = done.rota.explained
    return {
        "span": done.span.name,
        "first": done.span.first.isoformat(),
        "last": done.span.last.isoformat(),
        "saved": done.saved,
        "added": [
            {
                "id": airing.id,
                "day": airing.day.isoformat(),
                "start": clock(airing.start),
                "minutes": airing.minutes,
                "slot": airing.slot,
                "zones": list(airing.zones),
                "title": airing.title,
                "plan": airing.plan,
                "topic": airing.topic,
                "why": airing.why,
            }
            for airing in done.rota.added
        ],
        "topics": [
            {"plan": t.plan, "path": t.path, "times": t.times, "total": t.total,
             "longest": t.longest}
            for t in (told.topics if told else ())
        ],
        "notes": [finding_view(note) for note in done.rota.notes],
        "clashes": [finding_view(note) for note in (told.clashes if told else ())],
    }  # fmt: skip
