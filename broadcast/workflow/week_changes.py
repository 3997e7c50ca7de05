"""Changes the officer makes to a week by hand, each read, applied and saved under the lock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time

from broadcast.domain import repeats, week_edit
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import Airing, Finding, Level, Week, WeekId
from broadcast.errors import ConflictError, InputError, NotFoundError
from broadcast.store.files import revision
from broadcast.store.workspace import Workspace
from broadcast.workflow.plans import TopicKey, find_topic
from broadcast.workflow.weeks import mended, view_week

_TITLE = "Không thêm được lượt phát"


@dataclass(frozen=True, slots=True)
class NewAiring:
    """What the officer asks for; what she leaves out comes from the slot and the script."""

    day: date
    slot: str | None = None
    start: time | None = None
    minutes: int | None = None
    zones: tuple[str, ...] = ()
    script: str | None = None
    topic: TopicKey | None = None
    title: str = ""
    level: Level = "thông thường"


def add_airing(workspace: Workspace, week_id: WeekId, wish: NewAiring) -> Airing:
    """Put one airing into the week, which is begun if it has no file.

    Raises:
        InputError: no time and no slot, an unknown zone, or a day outside the week.
        NotFoundError: no such slot, script or topic.
    """
    with workspace.lock("thêm lượt phát"):
        station = workspace.load_station()
        airing = _airing(workspace, station, wish)
        seen = revision(workspace.week_path(week_id))
        before = workspace.load_or_begin_week(week_id)
        after = repeats.followed(before, week_edit.add(before, airing), station)
        workspace.save_week(after, seen)
    known = {airing.id for airing in before.airings}
    return next(airing for airing in after.airings if airing.id not in known)


def _airing(workspace: Workspace, station: Station, wish: NewAiring) -> Airing:
    slot = week_edit.find_slot(station, wish.slot, _TITLE) if wish.slot else None
    start = wish.start or (slot.start if slot else None)
    minutes = wish.minutes or (slot.minutes if slot else None)
    if start is None or minutes is None:
        mend = "thêm --slot KHUNG_GIỜ, hoặc cả --start GIỜ và --minutes PHÚT"
        raise InputError(_TITLE, "chưa biết giờ và thời lượng", mend)
    script = workspace.load_script(wish.script) if wish.script else None
    plan_id, topic = wish.topic or (None, None)
    if plan_id and topic:
        find_topic(workspace.load_plan(plan_id), topic)
    return Airing(
        id="",
        day=wish.day,
        start=start,
        minutes=minutes,
        zones=_zones(station, slot, wish.zones),
        slot=wish.slot,
        title=wish.title or (script.title if script else ""),
        plan=plan_id or (script.plan if script else None),
        topic=topic or (script.topic if script else None),
        script=wish.script,
        level=wish.level,
        why="cán bộ đài thêm",
    )


def _zones(station: Station, slot: Slot | None, wanted: tuple[str, ...]) -> tuple[str, ...]:
    known = tuple(z.id for z in station.zones)
    strange = [one for one in wanted if one not in known]
    if strange:
        happened = f"không có cụm loa {', '.join(strange)}"
        raise InputError(_TITLE, happened, f"được dùng: {', '.join(known)}")
    return wanted or (station.zones_of(slot) if slot else known)


def move_airing(  # noqa: PLR0913 - a move names day, slot and time apart
    workspace: Workspace,
    week_id: WeekId,
    airing_id: str,
    *,
    day: date | None = None,
    slot: str | None = None,
    start: time | None = None,
) -> Week:
    """Move one airing to another day, slot or time."""
    station = workspace.load_station()
    return _change(
        workspace,
        week_id,
        lambda week: week_edit.move(week, airing_id, station, day=day, start=start, slot=slot),
    )


def remove_airing(workspace: Workspace, week_id: WeekId, airing_id: str) -> Week:
    """Take one airing out of the week."""
    return _change(workspace, week_id, lambda week: week_edit.remove(week, airing_id))


def give_script(workspace: Workspace, week_id: WeekId, airing_id: str, script_id: str) -> Week:
    """Let an airing air a script that is there."""
    script = workspace.load_script(script_id)
    return _change(workspace, week_id, lambda week: week_edit.give_script(week, airing_id, script))


def mend(workspace: Workspace, week_id: WeekId, rule: str, airing_id: str | None) -> Finding:
    """Do what the first finding of a rule, about that airing if one is named, offers; says which.

    Raises:
        NotFoundError: the week has no such finding.
        InputError: it offers nothing that can be done by itself.
    """
    with workspace.lock("sửa tuần phát"):
        seen = revision(workspace.week_path(week_id))
        view = view_week(workspace, week_id)
        asked = [f for f in view.findings if f.rule == rule and airing_id in {None, f.airing}]
        if not asked:
            known = (
                ", ".join(dict.fromkeys(f.rule for f in view.findings if f.change)) or "không có"
            )
            happened = f"tuần {week_id} không có điểm {rule}"
            told = f"sửa được ngay: {known}"
            raise NotFoundError("Không có gì để sửa", happened, told)
        finding = next((f for f in asked if f.change), asked[0])
        workspace.save_week(mended(view.week, view.station, finding), seen)
    return finding


def _change(workspace: Workspace, week_id: WeekId, change: Callable[[Week], Week]) -> Week:
    with workspace.lock("sửa tuần phát"):
        seen = revision(workspace.week_path(week_id))
        before = workspace.load_week(week_id)
        near = workspace.load_or_begin_week(week_id.before()).airings
        week = repeats.followed(before, change(before), workspace.load_station(), near)
        workspace.save_week(week, seen)
    return week


def copy_to(workspace: Workspace, week_id: WeekId, target: WeekId) -> Week:
    """Copy a week's airings into a week that is still empty.

    Raises:
        ConflictError: the target has airings already.
    """
    with workspace.lock("chép tuần phát"):
        seen = revision(workspace.week_path(target))
        if workspace.load_or_begin_week(target).airings:
            mend = f"bỏ các lượt phát của tuần {target} trước, hoặc chọn tuần khác"
            raise ConflictError("Không chép được", f"tuần {target} đã có lượt phát", mend)
        copied = week_edit.copy_week(workspace.load_week(week_id), target)
        workspace.save_week(copied, seen)
    return copied
