"""When scripts are on air."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from broadcast.domain.week import Airing, WeekId
from broadcast.domain.wording import moment
from broadcast.errors import BroadcastError
from broadcast.workflow.desk import Desk


@dataclass(frozen=True, slots=True)
class Slot:
    """The time set aside for an airing of a script, in seconds, and which one that is."""

    seconds: float
    told: str


def next_slot(desk: Desk, script_id: str, now: datetime) -> Slot | None:
    """The time set aside for the next airing of a script, else for the last one there was.

    Weeks and stations that cannot be read are passed over: other screens tell of them.
    """
    with suppress(BroadcastError):
        found = _nearest(desk, script_id, now)
        return _slot_of(desk, found, now) if found else None
    return None


def _nearest(desk: Desk, script_id: str, now: datetime) -> Airing | None:
    """The first airing of a script that is not over yet; where there is none, the last one."""
    weeks, this = desk.workspace.week_ids(), WeekId.of(now.date())
    for week_id in (week for week in weeks if week >= this):
        for airing in _airings(desk, week_id):
            if airing.script == script_id and airing.ends > now:
                return airing
    for week_id in sorted((week for week in weeks if week <= this), reverse=True):
        for airing in reversed(_airings(desk, week_id)):
            if airing.script == script_id:
                return airing
    return None


def judged_on(desk: Desk, script_id: str, today: date) -> date:
    """The last day on which a script airs or aired, by which it is judged; today if it never does.

    Weeks that cannot be read are passed over.
    """
    for week_id in reversed(desk.workspace.week_ids()):
        days = [a.day for a in _airings(desk, week_id) if a.script == script_id]
        if days:
            return max(days)
    return today


def airings_by_script(desk: Desk) -> dict[str, list[Airing]]:
    """The airings of every script, by time; weeks that cannot be read are passed over."""
    found: dict[str, list[Airing]] = {}
    for week_id in desk.workspace.week_ids():
        for airing in _airings(desk, week_id):
            if airing.script:
                found.setdefault(airing.script, []).append(airing)
    return found


def _airings(desk: Desk, week_id: WeekId) -> tuple[Airing, ...]:
    try:
        return desk.week(week_id).in_order()
    except BroadcastError:
        return ()


def _slot_of(desk: Desk, airing: Airing, now: datetime) -> Slot:
    slot = desk.station().slot(airing.slot or "")
    minutes = min(airing.minutes, slot.minutes) if slot else airing.minutes
    when = moment(airing.starts) if airing.ends > now else f"đã qua: {moment(airing.starts)}"
    return Slot(minutes * 60, f"{when}, {minutes} phút")
