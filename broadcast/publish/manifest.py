"""manifest.json: what exports wrote into a folder, so that the next one touches nothing else.

One folder may hold several weeks; each keeps its own entry: the zones it was exported for, every
file with its digest and size, which airings each sound is for, and what each calendar event last
looked like.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from broadcast.errors import ConflictError
from broadcast.publish.items import EventState, Programme
from broadcast.publish.names import name_problem

MANIFEST = "manifest.json"
FORMAT = 1
_MADE_BY = "broadcast"

NOT_A_MANIFEST = (ValueError, KeyError, TypeError, AttributeError)
"""What `parse_manifest` raises for anything but a manifest of this format."""


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file as it was written: SHA-256 in hexadecimal, size in bytes."""

    digest: str
    size: int


@dataclass(frozen=True, slots=True)
class Aired:
    """An airing that a file is for: its id, when it starts (aware), and the only zone that hears
    this file of it, "" where all do."""

    airing: str
    starts: datetime
    zone: str = ""


@dataclass(frozen=True, slots=True)
class WeekEntry:
    """One week's export: for which `zones` (none: all of them), its `files` by relative path.

    `airings` are those that each sound is for, by its path; `player` is what it was laid out for.
    Both are empty where an earlier state of the program wrote the entry.
    """

    zones: tuple[str, ...] = ()
    files: Mapping[str, FileEntry] = field(default_factory=dict)
    events: Mapping[str, EventState] = field(default_factory=dict)
    airings: Mapping[str, tuple[Aired, ...]] = field(default_factory=dict)
    player: str = ""
    """The kind of player the files are for; "" is the plain stick."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All the weeks exported into one folder, by name ("2026-W48")."""

    weeks: Mapping[str, WeekEntry] = field(default_factory=dict)

    def files(self) -> dict[str, FileEntry]:
        """Every file any export wrote here."""
        return {path: entry for week in self.weeks.values() for path, entry in week.files.items()}

    def event_states(self) -> dict[str, EventState]:
        """The newest state of every event; an airing that moved to another week stands twice."""
        found: dict[str, EventState] = {}
        for week in self.weeks.values():
            for uid, state in week.events.items():
                if uid not in found or found[uid].sequence < state.sequence:
                    found[uid] = state
        return found

    def with_week(self, name: str, entry: WeekEntry) -> Manifest:
        """The same with one week's entry set; events no longer there keep their last state.

        A calendar that imported an event remembers its SEQUENCE: coming back it must not fall.
        """
        before = self.weeks.get(name, WeekEntry())
        entry = replace(entry, events={**before.events, **entry.events})
        return Manifest({**self.weeks, name: entry})


def airings_by_path(
    ordered: Iterable[Programme], zones: Mapping[str, Iterable[Programme]] | None = None
) -> dict[str, tuple[Aired, ...]]:
    """Which airings each file is for: those of `ordered`, and of each zone's own folder."""
    found: dict[str, tuple[Aired, ...]] = {}
    for zone, heard in {"": ordered, **(zones or {})}.items():
        for one in heard:
            if one.path:
                airing = one.item.airing
                aired = Aired(airing.id, airing.starts, zone)
                found[one.path] = (*found.get(one.path, ()), aired)
    return found


def read_manifest(folder: Path) -> Manifest:
    """The manifest in a folder; an empty one where there is none.

    Raises:
        ConflictError: manifest.json is damaged, somebody else's, or of a newer program.
        OSError: it cannot be read.
    """
    try:
        data = (folder / MANIFEST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return Manifest()
    try:
        return parse_manifest(data)
    except NOT_A_MANIFEST as error:
        raise ConflictError(
            "Không xuất vào thư mục này được",
            f"{folder / MANIFEST} không phải của chương trình này, đã hỏng hoặc do bản mới hơn ghi",
            "chọn thư mục khác, hoặc đổi tên tệp đó rồi xuất lại",
        ) from error


def parse_manifest(data: bytes) -> Manifest:
    """Read manifest.json.

    Raises:
        NOT_A_MANIFEST: it is not a manifest of this format.
    """
    content = json.loads(data)
    if content["made_by"] != _MADE_BY or content["format"] != FORMAT:
        raise ValueError(content["format"])
    return Manifest({str(n): _week_from(raw) for n, raw in content["weeks"].items()})


def _week_from(raw: Mapping[str, Any]) -> WeekEntry:
    # A path that leads out of the folder was not written by us: it must never be deleted.
    files = {
        path: FileEntry(str(entry["sha256"]), int(entry["bytes"]))
        for path, entry in raw["files"].items()
        if name_problem(path) is None
    }
    events = {uid: _state_from(entry) for uid, entry in raw["events"].items()}
    airings = {
        str(path): tuple(_aired_from(one) for one in several)
        for path, several in raw.get("airings", {}).items()
    }
    zones = tuple(str(zone) for zone in raw["zones"])
    return WeekEntry(zones, files, events, airings, str(raw.get("player", "")))


def _state_from(raw: Mapping[str, Any]) -> EventState:
    return EventState(str(raw["digest"]), int(raw["sequence"]), _moment(raw["modified"]))


def _aired_from(raw: Mapping[str, Any]) -> Aired:
    return Aired(str(raw["airing"]), _moment(raw["starts"]), str(raw.get("zone", "")))


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(text)
    return moment


def print_manifest(manifest: Manifest) -> bytes:
    """manifest.json, the same bytes for the same content: it holds no time of writing."""
    content = {
        "made_by": _MADE_BY,
        "format": FORMAT,
        "weeks": {name: _week_to(week) for name, week in sorted(manifest.weeks.items())},
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def _week_to(week: WeekEntry) -> dict[str, Any]:
    told = {"player": week.player} if week.player else {}
    return told | {
        "zones": list(week.zones),
        "files": {p: {"sha256": f.digest, "bytes": f.size} for p, f in sorted(week.files.items())},
        "events": {
            uid: {"digest": s.digest, "sequence": s.sequence, "modified": s.modified.isoformat()}
            for uid, s in sorted(week.events.items())
        },
        "airings": {
            path: [_aired_to(one) for one in several]
            for path, several in sorted(week.airings.items())
        },
    }


def _aired_to(one: Aired) -> dict[str, str]:
    told = {"airing": one.airing, "starts": one.starts.isoformat()}
    return {**told, "zone": one.zone} if one.zone else told
