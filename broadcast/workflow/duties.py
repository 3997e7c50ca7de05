"""A plan's quotas and duties: counted for a period, recorded as done, taken back."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from broadcast.domain.duties import (
    Airings,
    DatedDuty,
    DoneItem,
    Duties,
    PartCount,
    QuotaCount,
    dated_duties,
    duties,
    reach,
)
from broadcast.domain.periods import Period, around, whole_year
from broadcast.domain.plan import Plan
from broadcast.errors import InputError, NotFoundError, Problem
from broadcast.store.files import revision
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import nfc
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_rows import rows_between

LETTERS = {"chỉ tiêu": "C", "thời hạn": "H", "báo cáo": "B"}
"""How a duty is named in commands: C2 is the plan's second quota, B1:2026-Q4 a report."""

COUNTED_BY = "lượt phát đếm theo nhật ký phát thanh, việc khác theo những gì đã ghi"

_HANDLE = re.compile(r"([CHB])([0-9]{1,3})(?::(.+))?", re.IGNORECASE)
_TITLE = "Không ghi được việc đã làm"


@dataclass(frozen=True, slots=True)
class DutiesView:
    """What a plan asks for in a period, seen on a day.

    `duties` has the numbers, `handle` names a duty for `record_done`. `overdue` are deadlines and
    reports of before the period that nobody has recorded as done; `problems` what is wrong with
    the log that airings are counted from.
    """

    duties: Duties
    today: date
    overdue: tuple[DatedDuty, ...] = ()
    problems: tuple[Problem, ...] = ()


def duties_view(desk: Desk, plan_id: str, period: Period | None, now: datetime) -> DutiesView:
    """A plan's duties in a period, by default the quarter that `now` (aware) is in.

    Raises:
        NotFoundError: there is no such plan.
        InputError: a file cannot be read.
    """
    today = now.date()
    asked = period or around(today, "quý")
    assert asked is not None  # noqa: S101 - every day is in a quarter
    plan, done = desk.plan(plan_id), desk.done()
    days = reach([plan], asked)
    rows = rows_between(desk, days.first, days.last)
    seen = Airings.of(((row.airing, row.line) for row in rows.rows), now)
    found = duties(plan, asked, desk.station(), seen, done)
    late = tuple(_overdue(plan, done, min(asked.first, today)))
    return DutiesView(found, today, late, rows.problems)


def _overdue(plan: Plan, done: Iterable[DoneItem], before: date) -> Iterator[DatedDuty]:
    own = [item for item in done if item.plan == plan.id]
    for one in dated_duties(plan, whole_year(plan.year or before.year), own):
        if one.due and one.due < before and one.done is None:
            yield one


def handle(duty: QuotaCount | DatedDuty) -> str:
    """What a duty is called in commands: "C2", "H1", "B1:2026-Q4"."""
    if isinstance(duty, QuotaCount):
        return f"C{duty.number}"
    period = f":{duty.period}" if duty.period else ""
    return f"{LETTERS[duty.kind]}{duty.number}{period}"


def record_done(  # noqa: PLR0913 - what is told of a thing done
    workspace: Workspace,
    plan_id: str,
    which: str,
    *,
    day: date,
    title: str = "",
    link: str = "",
) -> DoneItem:
    """Record something as done: a further item of a quota, a deadline, a report of a period.

    Args:
        which: the duty's handle.

    Raises:
        InputError: `which` names none, the quota counts airings, or it is recorded already.
        NotFoundError: no such plan or duty.
    """
    with workspace.lock("ghi việc đã làm"):
        seen = revision(workspace.duties_path)
        done = workspace.load_done()
        plan = workspace.load_plan(plan_id)
        wanted = _wanted(plan, which, workspace, day, done)
        item = replace(wanted, id=_fresh_id(day, done), title=nfc(title), link=link)
        workspace.save_done((*done, item), seen)
        return item


def undo_done(workspace: Workspace, item_id: str) -> DoneItem:
    """Take a record away.

    Raises:
        NotFoundError: there is none of that id.
    """
    with workspace.lock("bỏ việc đã ghi"):
        seen = revision(workspace.duties_path)
        done = workspace.load_done()
        item = next((one for one in done if one.id == item_id), None)
        if item is None:
            known = ", ".join(one.id for one in done) or "chưa ghi việc nào"
            raise NotFoundError("Không bỏ được", f"không có việc {item_id}", f"hiện có: {known}")
        workspace.save_done(tuple(one for one in done if one is not item), seen)
        return item


def _wanted(
    plan: Plan, which: str, workspace: Workspace, day: date, done: tuple[DoneItem, ...]
) -> DoneItem:
    """What would be recorded for a handle, without its id and what is told of it."""
    match = _HANDLE.fullmatch(which.strip())
    if match is None:
        mend = f"xem mã ở đầu dòng: broadcast duties show {plan.id}"
        raise InputError(_TITLE, f"«{which}» không phải là mã; viết như C2, H1, B1:2026-Q4", mend)
    letter, number, period = match[1].upper(), int(match[2]), (match[3] or "").upper()
    if letter == "C":
        return _quota_item(plan, number, day)
    return _dated_item(plan, (letter, number, period), workspace, day, done)


def _quota_item(plan: Plan, number: int, day: date) -> DoneItem:
    if not 1 <= number <= len(plan.quotas):
        raise _no_such(plan, f"C{number}", [f"C{n}" for n in range(1, len(plan.quotas) + 1)])
    quota = plan.quotas[number - 1]
    if quota.counted.by == "lượt phát":
        happened = f"C{number} là chỉ tiêu lượt phát ({quota.counted.why}), máy tự đếm"
        raise InputError(_TITLE, happened, "xếp lịch và ghi nhật ký phát thanh là đủ")
    return DoneItem("", plan.id, "chỉ tiêu", quota.unit, quota.what, day)


def _dated_item(
    plan: Plan,
    asked: tuple[str, int, str],
    workspace: Workspace,
    day: date,
    done: tuple[DoneItem, ...],
) -> DoneItem:
    letter, number, period = asked
    # A report of the year's last quarter is often sent, and recorded, in the next year.
    years = {plan.year or day.year, day.year}
    station = workspace.load_station()
    known: dict[str, DatedDuty] = {}
    for year in sorted(years):
        for one in duties(plan, whole_year(year), station, Airings(), done).dated:
            known[handle(one)] = one
    name = f"{letter}{number}{':' if period else ''}{period}"
    duty = known.get(name)
    if duty is None:
        alike = [one for one in known if one.startswith(f"{letter}{number}")]
        raise _no_such(plan, name, alike or list(known))
    if duty.done:
        mend = f"bỏ lần ghi trước: broadcast duties undo {duty.done.id}"
        raise InputError(_TITLE, f"{name} đã ghi là xong ngày {duty.done.day:%d/%m/%Y}", mend)
    return DoneItem("", plan.id, duty.kind, duty.unit, duty.what, day, period=duty.period)


def _no_such(plan: Plan, name: str, known: list[str]) -> NotFoundError:
    there = f"đang có: {', '.join(known)}" if known else "kế hoạch không có mục nào loại này"
    return NotFoundError(_TITLE, f"kế hoạch {plan.id} không có {name}", there)


def _fresh_id(day: date, done: tuple[DoneItem, ...]) -> str:
    taken = {item.id for item in done}
    number = 1
    while f"{day.isoformat()}-{number}" in taken:
        number += 1
    return f"{day.isoformat()}-{number}"


def duties_json(view: DutiesView) -> dict[str, Any]:
    """`duties show --json`."""
    found = view.duties
    return {
        "plan": found.plan.id,
        "period": found.period.name,
        "first": found.period.first.isoformat(),
        "last": found.period.last.isoformat(),
        "today": view.today.isoformat(),
        "source": COUNTED_BY,
        "quotas": [quota_view(one, view.today) for one in found.quotas],
        "dated": [dated_view(one, view.today) for one in found.dated],
        "overdue": [dated_view(one, view.today) for one in view.overdue],
        "strays": [_item_json(one) for one in found.strays],
    }


def quota_view(one: QuotaCount, today: date) -> dict[str, Any]:
    """A quota's counts as JSON, seen on a day."""
    return {
        "id": handle(one),
        "unit": one.quota.unit,
        "what": one.quota.what,
        "count": one.quota.count,
        "per": one.quota.per,
        "counts": one.counted.by,
        "why": one.counted.why,
        "owed": one.owed,
        "done": one.done,
        "missing": one.missing,
        "planned": one.planned,
        "unlogged": one.unlogged,
        "met": one.met,
        "lost": one.lost(today),
        "days_left": one.days_left(today),
        "periods": [_part_json(part, today) for part in one.parts],
        "items": [_item_json(item) for item in one.items],
    }


def _part_json(part: PartCount, today: date) -> dict[str, Any]:
    return {
        "period": part.period.name,
        "owed": part.owed,
        "done": part.done,
        "unlogged": part.unproved,
        "missing": part.missing,
        "days_left": (part.period.last - today).days,
    }


def dated_view(one: DatedDuty, today: date) -> dict[str, Any]:
    """A deadline or report as JSON, seen on a day."""
    return {
        "id": handle(one),
        "kind": one.kind,
        "unit": one.unit,
        "what": one.what,
        "due": one.due.isoformat() if one.due else None,
        "why": one.why,
        "days_left": one.days_left(today),
        "done": _item_json(one.done) if one.done else None,
    }


def _item_json(item: DoneItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "kind": item.kind,
        "unit": item.unit,
        "what": item.what,
        "day": item.day.isoformat(),
        "title": item.title,
        "link": item.link,
        "period": item.period or None,
    }
