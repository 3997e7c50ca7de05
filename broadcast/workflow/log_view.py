"""The log for reading: days and weeks, planned beside logged, as data for screens and JSON."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from broadcast.domain.log import Heard, LogLine
from broadcast.domain.station import Station
from broadcast.domain.wording import clock
from broadcast.errors import Problem
from broadcast.workflow.airing_log import Checked, Entered
from broadcast.workflow.log_rows import Row


def zone_names(station: Station, zones: tuple[str, ...]) -> str:
    """Names of zones for reading; what the station does not know is named by its id."""
    return ", ".join(zone.name if (zone := station.zone(one)) else one for one in zones)


def heard_text(station: Station, one: Heard, of_all: bool) -> str:
    """What zones heard in a few words: "Bản Lạn: không phát, mất điện (cả bản)"."""
    told: str = one.outcome
    if one.outcome == "muộn":
        told += f" {one.late} phút, nghe {one.minutes} phút"
    elif one.outcome == "bị cắt ngắn":
        told += f", nghe {one.minutes} phút"
    if one.reason:
        told += f", {one.reason}"
    if one.note:
        told += f" ({one.note})"
    return told if of_all else f"{zone_names(station, one.zones)}: {told}"


def row_view(row: Row, now: datetime) -> dict[str, Any]:
    """An airing and what is logged of it, as JSON."""
    airing = row.airing
    return {
        "id": airing.id,
        "day": airing.day.isoformat(),
        "start": clock(airing.start),
        "minutes": airing.minutes,
        "zones": list(airing.zones),
        "slot": airing.slot,
        "title": airing.title,
        "plan": airing.plan,
        "topic": airing.topic,
        "script": airing.script,
        "level": airing.level,
        "state": row.state(now),
        "logged": line_view(row.line) if row.line else None,
    }


def line_view(line: LogLine) -> dict[str, Any]:
    """A line of the log as JSON."""
    entry, evidence = line.entry, line.entry.evidence
    return {
        "file": line.file,
        "line": line.number,
        "checksum": line.checksum,
        "airing": entry.airing.id,
        "by": entry.by,
        "at": entry.at.isoformat(),
        "corrects": entry.corrects or None,
        "state": entry.state if entry.heard else None,
        "heard": [
            {
                "zones": list(one.zones),
                "outcome": one.outcome,
                "minutes": one.minutes,
                "late": one.late,
                "reason": one.reason,
                "note": one.note,
            }
            for one in entry.heard
        ],
        "approved_by": evidence.approved_by,
        "approved_at": evidence.approved_at.isoformat() if evidence.approved_at else None,
        "paper": evidence.paper,
        "audio": evidence.file,
        "digest": evidence.digest,
        "languages": dict(evidence.languages),
    }


def problem_view(problem: Problem) -> dict[str, Any]:
    """Something wrong with a file, as JSON."""
    return {
        "file": problem.file,
        "line": problem.line,
        "message": problem.message,
        "mend": problem.suggestion,
    }


def entered_view(entered: Entered) -> dict[str, Any]:
    """What was written into the log, as JSON."""
    return {
        "lines": [line_view(line) for line in entered.lines],
        "already": [row.airing.id for row in entered.already],
        "waiting": [row.airing.id for row in entered.waiting],
        "problems": [problem_view(one) for one in entered.problems],
    }


def checked_view(checked: Checked, now: datetime) -> dict[str, Any]:
    """What a check of the log found, as JSON."""
    return {
        "lines": checked.lines,
        "problems": [problem_view(one) for one in checked.problems],
        "unlogged": [row_view(row, now) for row in checked.unlogged],
    }
