"""Filling a quarter, a year or any stretch of weeks at once, saved all or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from broadcast.almanac import special_days
from broadcast.domain.days import SpecialDays
from broadcast.domain.periods import Period
from broadcast.domain.rota import Rota, Solver, Wish, fill_weeks
from broadcast.domain.rota_model import Problem
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.errors import BroadcastError, ConflictError
from broadcast.storage import storage_error
from broadcast.store.files import Revision, read_bytes, revision, write_whole
from broadcast.store.workspace import Workspace
from broadcast.workflow.aired import Logged, logged, only_logged, silent
from broadcast.workflow.desk import Desk
from broadcast.workflow.progress import SILENT, Progress
from broadcast.workflow.recorded_topics import recorded_topics
from broadcast.workflow.weeks import plans_named, title_of

_CHOOSING, _SAVING = "chọn nội dung", "ghi các tuần"


@dataclass(frozen=True, slots=True)
class Saved:
    """A week's file that was written: its bytes before (None: no file), its revision after."""

    week: WeekId
    before: bytes | None
    after: Revision


@dataclass(frozen=True, slots=True)
class SpanFill:
    """What filling a span brought, and what `take_back` needs to undo it as one step."""

    span: Period
    rota: Rota
    saved: tuple[Saved, ...] = ()


@dataclass(frozen=True, slots=True)
class Options:
    """How a span is to be filled.

    Attributes:
        plan_ids: whose topics; none means every plan of the workspace.
        today: days before it are left alone; None fills them too.
        days: public holidays and the station's own days, None for what the almanac has.
        exact: seconds an exact solver may look for something better, None without one.
        save: write the weeks; else nothing is changed, the answer is only to be looked at.
    """

    plan_ids: tuple[str, ...] = ()
    today: date | None = None
    days: SpecialDays | None = None
    exact: float | None = None
    save: bool = True


def fill_span(
    desk: Desk, span: Period, options: Options | None = None, progress: Progress = SILENT
) -> SpanFill:
    """Give every free standing slot of a span a topic, as one problem; all its weeks are saved.

    Airings that are there stay. If a file cannot be written or the work is stopped, those written
    before get back what they had.

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
        return SpanFill(span, rota, _save(workspace, weeks, seen, progress))


def take_back(workspace: Workspace, done: SpanFill) -> None:
    """Undo the filling of a span as one step: every week's file becomes what it was.

    Raises:
        ConflictError: a week was changed since; nothing is changed, and the weeks are named.
    """
    with workspace.lock(f"hoàn tác xếp lịch {done.span}"):
        other = [s.week for s in done.saved if revision(_path(workspace, s)) != s.after]
        if other:
            names = ", ".join(str(week) for week in other)
            happened = f"đã có người sửa tuần {names} sau khi xếp"
            mend = "mở từng tuần ấy rồi bỏ các lượt phát không muốn giữ"
            raise ConflictError("Chưa hoàn tác, để không mất chỗ đã sửa", happened, mend)
        for saved in done.saved:
            _restore(_path(workspace, saved), saved.before)


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


def _save(
    workspace: Workspace,
    weeks: Sequence[Week],
    seen: dict[WeekId, Revision],
    progress: Progress,
) -> tuple[Saved, ...]:
    """Write the weeks one by one; whatever stops it half way, none of them is changed."""
    changed = [w.id for w in weeks if revision(workspace.week_path(w.id)) != seen[w.id]]
    if changed:
        names = ", ".join(map(str, changed))
        happened = f"tuần {names} vừa bị sửa ở cửa sổ khác hoặc trong tệp"
        raise ConflictError("Chưa lưu, để không ghi đè", happened, "xếp lại lần nữa")
    saved: list[Saved] = []
    try:
        for number, week in enumerate(weeks):
            progress.step(_SAVING, number, len(weeks))
            path = workspace.week_path(week.id)
            before = read_bytes(path) if seen[week.id] else None
            after = workspace.save_week(week, seen[week.id])
            saved.append(Saved(week.id, before, after))
    except BaseException:
        _undo(workspace, saved)
        raise
    return tuple(saved)


def _undo(workspace: Workspace, saved: Iterable[Saved]) -> None:
    """Give back what was written, as far as that can be done."""
    for one in saved:
        try:
            _restore(_path(workspace, one), one.before)
        except BroadcastError:  # the first error is the one to tell; each file is whole anyway
            continue


def _restore(path: Path, before: bytes | None) -> None:
    if before is not None:
        write_whole(path, before)
        return
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, path, "Không xóa được tệp") from error


def _path(workspace: Workspace, saved: Saved) -> Path:
    return workspace.week_path(saved.week)
