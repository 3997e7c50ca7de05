"""A week, its findings and mends as other programs read them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from broadcast.domain.reminders import Reminder
from broadcast.domain.week import Airing, Finding, WeekId
from broadcast.domain.wording import clock
from broadcast.workflow.day_labels import day_labels, day_view
from broadcast.workflow.finding_json import finding_view
from broadcast.workflow.pairing import pairing_view
from broadcast.workflow.weeks import WeekView


def check_view(week_id: WeekId, findings: Iterable[Finding]) -> dict[str, Any]:
    """`week check --json` of one week."""
    return {"week": str(week_id), "findings": [finding_view(one) for one in findings]}


def week_view(view: WeekView) -> dict[str, Any]:
    """`week show --json`."""
    return {
        "week": str(view.week.id),
        "airings": [_airing_view(view, airing) for airing in view.week.in_order()],
        "findings": [finding_view(finding) for finding in view.findings],
        "days": [day_view(one) for one in day_labels(view.week.id, view.days)],
        "reminders": [_reminder_view(one) for one in view.reminders],
    }


def _reminder_view(one: Reminder) -> dict[str, Any]:
    return {
        "day": one.day.isoformat(),
        "kind": one.kind,
        "plan": one.plan,
        "unit": one.unit,
        "what": one.what,
        "why": one.why,
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
        "state": view.stands(airing),
        "level": airing.level,
        "audio": audio.file if audio else None,
        "recordings": [pairing_view(one) for one in view.recordings.get(airing.script or "", ())],
        "why": airing.why,
    }
