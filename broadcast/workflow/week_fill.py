"""Filling one week from the plans; nothing here knows of longer spans."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import Fill, Wish, fill
from broadcast.domain.week import Week, WeekId
from broadcast.errors import NotFoundError
from broadcast.store.files import revision
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.aired import logged, only_logged, silent
from broadcast.workflow.day_labels import special_days_of
from broadcast.workflow.desk import Desk
from broadcast.workflow.recorded_topics import recorded_topics


def fill_week(workspace: Workspace, week_id: WeekId, plan_ids: Iterable[str] = ()) -> Fill:
    """Give every empty standing slot of the week a topic; the week is saved.

    Args:
        plan_ids: whose topics; none means every plan of the workspace.

    Raises:
        NotFoundError: there is no plan to fill from.
    """
    with workspace.lock("xếp lịch tuần"):
        seen = revision(workspace.week_path(week_id))
        desk = Desk(workspace)
        done = filled(desk, desk.week(week_id), plan_ids)
        if done.added:
            workspace.save_week(done.week, seen)
        return done


def filled(
    desk: Desk,
    week: Week,
    plan_ids: Iterable[str] = (),
    only: Collection[tuple[date, str]] | None = None,
) -> Fill:
    """The week with a topic in every empty standing slot, or in those of `only`; nothing is saved.

    Raises:
        NotFoundError: there is no plan to fill from.
    """
    chosen = plans_named(desk, plan_ids)
    planned, lines = [a for one in desk.other_weeks(week.id) for a in one.airings], logged(desk)
    wish = Wish(
        only=only,
        not_heard=silent(lines),
        days=special_days_of(desk, week.id),
        recorded=recorded_topics(desk),
        title_of=title_of,
    )
    history = [*planned, *only_logged(planned, lines)]
    return fill(week, desk.ruled(), chosen, history, wish=wish)


def title_of(topic: Topic) -> str:
    """The title of an airing of a topic that has no script yet."""
    return short_title(topic.text)


def plans_named(desk: Desk, plan_ids: Iterable[str] = ()) -> list[Plan]:
    """The plans of those ids, or all of the workspace if none is named.

    Raises:
        NotFoundError: one of them is not there, or there is none at all.
    """
    plans = desk.plans()
    chosen = [_one_of(plans, one) for one in plan_ids] or list(plans.values())
    if not chosen:
        mend = "nhập kế hoạch trước: broadcast plan import TỆP"
        raise NotFoundError("Chưa xếp được lịch", "chưa có kế hoạch nào", mend)
    return chosen


def _one_of(plans: Mapping[str, Plan], plan_id: str) -> Plan:
    if plan_id not in plans:
        known = ", ".join(plans) or "chưa có kế hoạch nào"
        raise NotFoundError("Không tìm thấy kế hoạch", f"không có {plan_id}", f"đang có: {known}")
    return plans[plan_id]
