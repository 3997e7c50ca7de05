"""Entries of the airing log as lines of JSON, each with a checksum and that of the line before.

A line holds for itself: `sum` is the SHA-256 of all else in it, written canonically (keys sorted,
no blanks). `prev` is the `sum` of the line before, so that one that is gone or moved is missed.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime, time
from typing import Any, cast, get_args

from broadcast.domain.log import OUTCOMES, REASONS, Entry, Evidence, Heard
from broadcast.domain.week import LEVELS, Airing, Level

FORMAT = 1
"""Version of the lines, in each of them."""

NOT_A_LINE = (ValueError, KeyError, TypeError, AttributeError, RecursionError)
"""What `decode_line` raises for anything but a whole line of this format."""

assert get_args(Level) == LEVELS  # noqa: S101 - the casts below rest on it


def encode_line(entry: Entry, before: str) -> tuple[bytes, str]:
    """The line with its end, and its checksum; `before` is that of the line before."""
    content = {"v": FORMAT, "prev": before, **_entry_to(entry)}
    checksum = _checksum(content)
    return _canonical({**content, "sum": checksum}) + b"\n", checksum


def decode_line(raw: bytes) -> tuple[Entry, str, str]:
    """The entry of a line without its end, its checksum, and that of the line before.

    Raises:
        NOT_A_LINE: it is damaged, or no line of this format.
    """
    content = json.loads(raw.decode("utf-8"))
    checksum = str(content.pop("sum"))
    if checksum != _checksum(content) or content["v"] != FORMAT:
        raise ValueError(checksum)
    return _entry_from(content), checksum, str(content["prev"])


def _checksum(content: dict[str, Any]) -> str:
    return hashlib.sha256(_canonical(content)).hexdigest()


def _canonical(content: dict[str, Any]) -> bytes:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def _entry_to(entry: Entry) -> dict[str, Any]:
    airing = entry.airing
    return {
        "airing": airing.id,
        "day": airing.day.isoformat(),
        "start": airing.start.isoformat("minutes"),
        "minutes": airing.minutes,
        "zones": list(airing.zones),
        "slot": airing.slot,
        "title": airing.title,
        "plan": airing.plan,
        "topic": airing.topic,
        "script": airing.script,
        "level": airing.level,
        "heard": [_heard_to(one) for one in entry.heard],
        "evidence": _evidence_to(entry.evidence),
        "by": entry.by,
        "at": entry.at.isoformat(),
        "corrects": entry.corrects,
    }


def _heard_to(one: Heard) -> dict[str, Any]:
    return {
        "zones": list(one.zones),
        "outcome": one.outcome,
        "minutes": one.minutes,
        "late": one.late,
        "reason": one.reason,
        "note": one.note,
    }


def _evidence_to(one: Evidence) -> dict[str, Any]:
    return {
        "approved_by": one.approved_by,
        "approved_at": one.approved_at.isoformat() if one.approved_at else None,
        "paper": one.paper,
        "file": one.file,
        "digest": one.digest,
        "languages": dict(one.languages),
    }


def _entry_from(raw: dict[str, Any]) -> Entry:
    airing = Airing(
        id=str(raw["airing"]),
        day=date.fromisoformat(raw["day"]),
        start=time.fromisoformat(raw["start"]),
        minutes=int(raw["minutes"]),
        zones=tuple(map(str, raw["zones"])),
        slot=raw["slot"],
        title=str(raw["title"]),
        plan=raw["plan"],
        topic=raw["topic"],
        script=raw["script"],
        level=cast(Level, _one_of(LEVELS, raw["level"])),
    )
    heard = tuple(map(_heard_from, raw["heard"]))
    evidence = _evidence_from(raw["evidence"])
    return Entry(airing, heard, str(raw["by"]), _moment(raw["at"]), evidence, str(raw["corrects"]))


def _heard_from(raw: dict[str, Any]) -> Heard:
    reason = None if raw["reason"] is None else _one_of(REASONS, raw["reason"])
    return Heard(
        zones=tuple(map(str, raw["zones"])),
        outcome=_one_of(OUTCOMES, raw["outcome"]),
        minutes=int(raw["minutes"]),
        late=int(raw["late"]),
        reason=reason,
        note=str(raw["note"]),
    )


def _evidence_from(raw: dict[str, Any]) -> Evidence:
    return Evidence(
        approved_by=str(raw["approved_by"]),
        approved_at=_moment(raw["approved_at"]) if raw["approved_at"] else None,
        paper=str(raw["paper"]),
        file=str(raw["file"]),
        digest=str(raw["digest"]),
        languages={str(zone): str(told) for zone, told in raw["languages"].items()},
    )


def _one_of(known: tuple[Any, ...], value: object) -> Any:
    if value not in known:
        raise ValueError(value)
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment
