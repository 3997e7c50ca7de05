"""Importing plan documents, again and again, without losing what the officer corrected."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.plan_merge import Change, differences, merge
from broadcast.errors import BroadcastError, ConflictError, InputError, NotFoundError
from broadcast.store.files import Revision, revision
from broadcast.store.names import require_id
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name
from broadcast.workflow.desk import Desk

LONGEST_ID = 40
"""Characters of a plan's id."""

TopicKey = tuple[str, str]
"""A topic by its plan's id and its path."""


@dataclass(frozen=True, slots=True)
class Import:
    """What an import did: the plan as saved, whether it is new, what changed, what was kept."""

    plan: Plan
    new: bool
    changes: tuple[Change, ...] = ()
    corrections: tuple[Change, ...] = ()
    conflicts: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """A document that was read, and what importing it would do; nothing is written yet."""

    file: Path
    done: Import
    seen: Revision


def import_plan(
    workspace: Workspace, file: Path, plan_id: str | None = None, *, replace: bool = False
) -> Import:
    """Read a plan document into the workspace; the document itself is kept beside the plan.

    Importing again merges: what the officer corrected stays, what the document changed is taken.
    Without `replace` an existing plan is never written.

    Raises:
        InputError: the document cannot be read or is no plan.
        ConflictError: the plan exists and differs from the document; says what would change.
    """
    with workspace.lock("nhập kế hoạch"):
        reading = read_import(workspace, file, plan_id)
        done = reading.done
        if not (done.new or replace) and (done.changes or done.corrections):
            raise _refusal(done.plan.id, done.changes, done.corrections)
        return take_import(workspace, reading)


def read_import(workspace: Workspace, file: Path, plan_id: str | None = None) -> Reading:
    """Read a plan document and compare it with what is there; nothing is written.

    Raises:
        InputError: the document cannot be read or is no plan.
    """
    from broadcast.intake.plan_parser import parse_plan  # noqa: PLC0415 - readers are heavy
    from broadcast.intake.readers import read_document  # noqa: PLC0415

    read = parse_plan(read_document(file), plan_id or "-")
    if plan_id is None:
        plan_id = _id_for(workspace, read, file)
    fresh = dataclasses.replace(read, id=require_id(plan_id))
    seen = revision(workspace.plan_path(plan_id))
    if seen is None:
        return Reading(file, Import(fresh, new=True), seen)
    mine = workspace.load_plan(plan_id)
    merged = merge(_imported_before(workspace, plan_id), mine, fresh)
    changes = differences(mine, merged.plan)
    if not changes and not merged.corrections:
        return Reading(file, Import(mine, new=False), seen)
    done = Import(merged.plan, False, changes, merged.corrections, merged.conflicts)
    return Reading(file, done, seen)


def take_import(workspace: Workspace, reading: Reading) -> Import:
    """Write what was read; where nothing would change nothing is written.

    Raises:
        ConflictError: the plan was changed, or made, since it was compared.
    """
    done = reading.done
    if done.new or done.changes or done.corrections:
        with workspace.lock("nhập kế hoạch"):
            workspace.save_plan(done.plan, reading.seen)
            workspace.keep_source(done.plan.id, reading.file)
    return done


def _imported_before(workspace: Workspace, plan_id: str) -> Plan | None:
    """What the last import read, from the document kept then; None if that is gone."""
    from broadcast.intake.plan_parser import parse_plan  # noqa: PLC0415
    from broadcast.intake.readers import read_document  # noqa: PLC0415

    source = workspace.plan_source(plan_id)
    if source is None:
        return None
    try:
        return parse_plan(read_document(source), plan_id)
    except InputError:
        return None


def _refusal(
    plan_id: str, changes: tuple[Change, ...], corrections: tuple[Change, ...]
) -> ConflictError:
    from broadcast.domain.plan_words import describe  # noqa: PLC0415

    lines = [f"kế hoạch {plan_id} đã có, chưa ghi đè gì"]
    if changes:
        lines.append(f"Nhập lại sẽ đổi {len(changes)} chỗ:")
        lines += [f"    {describe(change)}" for change in changes]
    if corrections:
        lines.append(f"Giữ nguyên {len(corrections)} chỗ đã sửa tay:")
        lines += [f"    {describe(change)}" for change in corrections]
    mend = "thêm --replace để nhập lại (chỗ đã sửa tay vẫn giữ), hoặc --id TÊN_KHÁC để nhập bản mới"
    return ConflictError("Chưa nhập", "\n".join(lines), mend)


def _id_for(workspace: Workspace, plan: Plan, file: Path) -> str:
    """The id of the plan already imported from a document of this name, or place and year."""
    for known in list_plans(workspace)[0]:
        if known.source and known.source.file == file.name:
            return known.id
    place = plan.locality.partition(",")[0]
    for unit in ("xã", "phường", "đặc khu", "thị trấn", "huyện"):
        place = place.removeprefix(f"{unit} ")
    name = f"{place or file.stem} {plan.year or ''}"
    return ascii_name(name, LONGEST_ID)


def find_topic(plan: Plan, path: str) -> Topic:
    """The topic at `path`.

    Raises:
        NotFoundError: with the paths there are.
    """
    topic = plan.topic(path)
    if topic is None:
        known = ", ".join(t.path for t in plan.topics if t.kind != "fragment")
        happened = f"kế hoạch {plan.id} không có mục {path}"
        raise NotFoundError("Không tìm thấy nội dung", happened, f"chọn một trong: {known}")
    return topic


def list_plans(workspace: Workspace) -> tuple[list[Plan], list[BroadcastError]]:
    """Every plan that can be read, and what is wrong with the files that cannot."""
    plans, broken = [], []
    for plan_id in workspace.plan_ids():
        try:
            plans.append(workspace.load_plan(plan_id))
        except BroadcastError as error:
            broken.append(error)
    return plans, broken


def newest_plan(desk: Desk) -> str | None:
    """The id of the plan of the latest year, None where there is none; unread ones count last.

    Where none can be read it is the first one, so that opening it tells what is wrong.
    """
    years: dict[str, int] = {}
    for plan_id in desk.workspace.plan_ids():
        years[plan_id] = -1
        with suppress(BroadcastError):
            years[plan_id] = desk.plan(plan_id).year or 0
    return max(years, key=years.__getitem__, default=None)


def load_plans(workspace: Workspace) -> dict[str, Plan]:
    """Every plan of the workspace by id."""
    return {plan_id: workspace.load_plan(plan_id) for plan_id in workspace.plan_ids()}


def plan_view(plan: Plan) -> dict[str, Any]:
    """`plan show --json`: the plan's own keys, dates in ISO form."""
    return {key: _plain(value) for key, value in asdict(plan).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value
