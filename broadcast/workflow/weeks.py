"""Filling, checking and showing a week."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import Fill, fill
from broadcast.domain.rules import ScriptInfo, check_week
from broadcast.domain.station import Station
from broadcast.domain.week import Airing, Finding, Week, WeekId
from broadcast.domain.wording import clock
from broadcast.errors import BroadcastError, NotFoundError
from broadcast.store.files import revision
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.listener import short_title
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.plans import load_plans
from broadcast.workflow.render import Audio, finished_audio

_WRITTEN_WRONG = {
    "unknown-zone": "zones",
    "unknown-slot": "slot",
    "unknown-plan": "plan",
    "unknown-topic": "topic",
    "unknown-script": "script",
    "wrong-day": "day",
    "duplicate-id": "id",
    "no-zone": "zones",
}
"""Rules about what the week's file says, and the key that says it."""

EMPTY, ON_FILE = "trống", "đã có audio"
"""States of an airing beyond those of its script."""


@dataclass(frozen=True, slots=True)
class WeekView:
    """A week with all that is known of its airings: scripts as heard, audio, findings."""

    week: Week
    station: Station
    hearings: Mapping[str, Hearing]
    audio: Mapping[str, Audio]
    findings: tuple[Finding, ...]

    def state(self, airing: Airing) -> str:
        """Where the airing stands: trống, nháp, ..., đã duyệt, đã có audio."""
        hearing = self.hearings.get(airing.script or "")
        if hearing is None:
            return EMPTY
        if hearing.state == "đã duyệt" and airing.script in self.audio:
            return ON_FILE
        return hearing.state

    def seconds(self, airing: Airing) -> float | None:
        """Length of the airing's programme: measured if there is audio, else estimated."""
        audio = self.audio.get(airing.script or "")
        hearing = self.hearings.get(airing.script or "")
        return audio.seconds if audio else hearing.seconds if hearing else None

    def title(self, airing: Airing) -> str:
        """Title of the airing's script as it is now, or its own."""
        hearing = self.hearings.get(airing.script or "")
        return hearing.script.title if hearing else airing.title


def fill_week(workspace: Workspace, week_id: WeekId, plan_ids: Iterable[str] = ()) -> Fill:
    """Give every empty standing slot of the week a topic; the week is saved.

    Args:
        plan_ids: whose topics; none means every plan of the workspace.

    Raises:
        NotFoundError: there is no plan to fill from.
    """
    with workspace.lock("xếp lịch tuần"):
        station = workspace.load_station()
        plans = load_plans(workspace)
        chosen = [_one_of(plans, one) for one in plan_ids] or list(plans.values())
        if not chosen:
            mend = "nhập kế hoạch trước: broadcast plan import TỆP"
            raise NotFoundError("Chưa xếp được lịch", "chưa có kế hoạch nào", mend)
        seen = revision(workspace.week_path(week_id))
        week = workspace.load_or_begin_week(week_id)
        history = [a for other in _other_weeks(workspace, week_id) for a in other.airings]
        done = fill(week, station, chosen, history, title_of=_title_of)
        if done.added:
            workspace.save_week(done.week, seen)
        return done


def _title_of(topic: Topic) -> str:
    return short_title(topic.text)


def _one_of(plans: Mapping[str, Plan], plan_id: str) -> Plan:
    if plan_id not in plans:
        known = ", ".join(plans) or "chưa có kế hoạch nào"
        raise NotFoundError("Không tìm thấy kế hoạch", f"không có {plan_id}", f"đang có: {known}")
    return plans[plan_id]


def list_weeks(workspace: Workspace) -> tuple[list[Week], list[BroadcastError]]:
    """Every week that can be read, in order, and what is wrong with the files that cannot."""
    weeks, broken = [], []
    for week_id in workspace.week_ids():
        try:
            weeks.append(workspace.load_week(week_id))
        except BroadcastError as error:
            broken.append(error)
    return weeks, broken


def _other_weeks(workspace: Workspace, week_id: WeekId) -> list[Week]:
    return [workspace.load_week(one) for one in workspace.week_ids() if one != week_id]


def view_week(workspace: Workspace, week_id: WeekId) -> WeekView:
    """The week with its scripts, audio and findings.

    Raises:
        NotFoundError: the week has no file.
    """
    station = workspace.load_station()
    week = workspace.load_week(week_id)
    listener = Listener.at(workspace, station)
    hearings, broken = _hear_all(workspace, listener, week)
    audio = {
        one: made for one, h in hearings.items() if (made := finished_audio(workspace, station, h))
    }
    infos = {
        one: ScriptInfo(h.state, audio[one].seconds if one in audio else h.seconds, len(h.blockers))
        for one, h in hearings.items()
    }
    found = check_week(
        week, station, load_plans(workspace), infos | broken, _neighbours(workspace, week_id)
    )
    findings = tuple(_located(workspace, week_id, finding) for finding in found)
    return WeekView(week, station, hearings, audio, findings)


def _located(workspace: Workspace, week_id: WeekId, finding: Finding) -> Finding:
    """The finding with the line of the week's file that names what does not exist."""
    key = _WRITTEN_WRONG.get(finding.rule)
    if key is None or finding.airing is None:
        return finding
    path = workspace.week_path(week_id)
    return replace(finding, line=workspace.line_of(path, "airings", finding.airing, key))


def _hear_all(
    workspace: Workspace, listener: Listener, week: Week
) -> tuple[dict[str, Hearing], dict[str, ScriptInfo]]:
    """The week's scripts as heard; those whose file cannot be read count as one problem each."""
    hearings: dict[str, Hearing] = {}
    broken: dict[str, ScriptInfo] = {}
    known = set(workspace.script_ids())
    for script_id in dict.fromkeys(a.script for a in week.in_order() if a.script in known):
        assert script_id is not None  # noqa: S101 - narrowed by `known`
        try:
            hearings[script_id] = listener.hear(workspace.load_script(script_id))
        except BroadcastError as error:
            broken[script_id] = ScriptInfo("nháp", None, max(1, len(error.problems)))
    return hearings, broken


def _neighbours(workspace: Workspace, week_id: WeekId) -> list[Airing]:
    """Airings of the weeks before and after, which may collide across midnight."""
    first, last = week_id.days()[0].toordinal() - 1, week_id.days()[-1].toordinal() + 1
    near = {WeekId.of(date.fromordinal(first)), WeekId.of(date.fromordinal(last))}
    return [a for one in near & set(workspace.week_ids()) for a in workspace.load_week(one).airings]


def week_view(view: WeekView) -> dict[str, Any]:
    """`week show --json`."""
    return {
        "week": str(view.week.id),
        "airings": [_airing_view(view, airing) for airing in view.week.in_order()],
        "findings": [finding_view(finding) for finding in view.findings],
    }


def finding_view(finding: Finding) -> dict[str, Any]:
    """A finding about an airing as JSON."""
    return {
        "rule": finding.rule,
        "airing": finding.airing,
        "line": finding.line,
        "message": finding.message,
        "mend": finding.mend,
    }


def _airing_view(view: WeekView, airing: Airing) -> dict[str, Any]:
    audio = view.audio.get(airing.script or "")
    return {
        "id": airing.id,
        "day": airing.day.isoformat(),
        "start": clock(airing.start),
        "minutes": airing.minutes,
        "seconds": view.seconds(airing),
        "slot": airing.slot,
        "zones": list(airing.zones),
        "title": view.title(airing),
        "plan": airing.plan,
        "topic": airing.topic,
        "script": airing.script,
        "state": view.state(airing),
        "level": airing.level,
        "audio": audio.file if audio else None,
        "why": airing.why,
    }
