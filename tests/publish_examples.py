"""A small station and its airings, for the tests of handing out."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time
from pathlib import Path

from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing, WeekId
from broadcast.publish.items import Handout, Item

WEEK = WeekId(2026, 48)
MONDAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)

CENTRE = Zone("trung-tam", "Trung tâm xã")
VILLAGE = Zone("ban-pe", "Bản Pe", network=False, note="Giao trưởng bản chiều thứ Sáu.")
STATION = Station("thu", "Đài truyền thanh xã Thử", "xã Thử", zones=(CENTRE, VILLAGE))


def item(
    airing_id: str = "a1",
    day: date = MONDAY,
    start: time = time(5, 30),
    title: str = "Nộp hồ sơ tại nhà",
    **more: object,
) -> Item:
    """An airing of 15 minutes; `more` are fields of Item, `minutes`, `level` or `zones`."""
    inner = {name: more.pop(name) for name in ("minutes", "level", "zones") if name in more}
    airing = Airing(airing_id, day, start, **{"minutes": 15, "zones": ("trung-tam",), **inner})
    return Item(airing, title, **{"seconds": 492.4, "zone_names": ("Trung tâm xã",), **more})


def recorded(folder: Path, content: bytes = b"mp3", **more: object) -> Item:
    """The same with a finished file made in `folder`."""
    digest = hashlib.sha256(content).hexdigest()
    source = folder / f"{digest[:12]}.mp3"
    source.write_bytes(content)
    return item(source=source, digest=digest, **more)


def handout(*items: Item, zones: tuple[Zone, ...] = (), week: WeekId = WEEK) -> Handout:
    """A week of these airings."""
    return Handout(week, STATION, items, zones)
