"""What this room takes in: an airing with everything people are told about it.

The caller gathers these from the workspace; nothing here reads scripts or renders audio.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

from broadcast.domain.reminders import Reminder
from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing, WeekId


@dataclass(frozen=True, slots=True)
class Variant:
    """What one zone hears of an airing instead of the item's own file.

    `told` says what it is ("tiếng Thái"); `source`, `digest` and `seconds` as an item's.
    """

    zone: str
    zone_name: str
    told: str
    source: Path
    digest: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Item:
    """One airing and its finished programme.

    `summary` is a sentence or two of the script, `topic` the plan's words for what it is about,
    `seconds` the programme's real length, `zone_names` the names of the airing's zones.
    `source` is the finished MP3 and `digest` the SHA-256 of its bytes, in hexadecimal; without a
    source the airing has no file (somebody reads live) and still stands in calendar and sheet.
    `variants` are for zones that hear something else, one for each of them.
    """

    airing: Airing
    title: str
    summary: str = ""
    seconds: float = 0.0
    zone_names: tuple[str, ...] = ()
    source: Path | None = None
    digest: str = ""
    topic: str = ""
    approved_by: str = ""
    variants: tuple[Variant, ...] = ()


@dataclass(frozen=True, slots=True)
class Programme:
    """An item in its place: `order` counts from 1 within the day.

    `path` is where the MP3 stands in the export, relative and with forward slashes; None where
    the item has no file.
    """

    item: Item
    order: int
    path: str | None

    @property
    def ends(self) -> datetime:
        """When it is over (aware), in whole minutes: people wait through the time set aside for
        it, and hear it to its end where it is longer."""
        minutes = max(1, self.item.airing.minutes, math.ceil(self.item.seconds / 60))
        return self.item.airing.starts + timedelta(minutes=minutes)


@dataclass(frozen=True, slots=True)
class Handout:
    """A week to hand out; with `zones`, `items` are only what they hear. Without: all zones.

    For the calendar: `reminders` are what is due, `lunar` the lunar dates to tell, by day.
    """

    week: WeekId
    station: Station
    items: tuple[Item, ...]
    zones: tuple[Zone, ...] = ()
    reminders: tuple[Reminder, ...] = ()
    lunar: Mapping[date, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EventState:
    """What was last handed out for a UID: content digest, SEQUENCE and LAST-MODIFIED (aware)."""

    digest: str
    sequence: int
    modified: datetime
