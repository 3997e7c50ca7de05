"""Everything of the public page in one folder: the page, the sound, and calendars to follow.

The folder works from a disk, on any web host, and behind `serve`; the next writing replaces what
this one wrote and touches nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from broadcast.domain.station import Zone
from broadcast.publish import disk
from broadcast.publish.calendar import telling_of, week_calendar
from broadcast.publish.compare import ExportResult, FileSource, recovered
from broadcast.publish.export import media
from broadcast.publish.items import EventState, Handout, Programme
from broadcast.publish.manifest import WeekEntry, airings_by_path
from broadcast.publish.names import of_zones, programmes
from broadcast.publish.page import CalendarLink, PageOptions, Texts, week_page
from broadcast.publish.tree import Progress, export_tree

PAGE = "index.html"
CALENDAR = "lich"
"""The calendars' name: lich.ics for all zones, lich-ZONE.ics for one."""

ENTRY = "page"
"""Under this name the manifest knows what was written for the page."""


@dataclass(frozen=True, slots=True)
class SiteOptions:
    """What the page shows beside the schedule.

    `texts` of scripts by airing id; `notes` of days by ISO date; `address`: where the folder can
    be reached ("https://..."), "" while it is only a folder: then calendars are only downloaded.
    """

    texts: Texts = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    address: str = ""


def write_site(
    target: Path,
    handouts: Sequence[Handout],
    now: datetime,
    options: SiteOptions | None = None,
    progress: Progress = lambda copied: None,
) -> ExportResult:
    """Make `target` the page of these weeks (all of one station, in order).

    Raises:
        InputError: two airings have the same id.
        NotFoundError: an MP3 is missing.
        ConflictError, StorageError: see `tree.export_tree`.
    """
    try:
        previous = recovered(target).event_states()
    except OSError as error:
        raise disk.export_error(error, target) from error
    files, events = site_files(handouts, previous, now, options or SiteOptions())
    ordered = programmes([item for one in handouts for item in one.items])
    about = WeekEntry(events=events, airings=airings_by_path(ordered, of_zones(ordered)))
    return export_tree(target, files, ENTRY, about, progress)


def site_files(
    handouts: Sequence[Handout],
    previous: Mapping[str, EventState],
    now: datetime,
    options: SiteOptions,
) -> tuple[dict[str, FileSource], dict[str, EventState]]:
    """Every file of the page, and the calendar events' states for the next time."""
    ordered = programmes([item for one in handouts for item in one.items])
    station = handouts[0].station
    lunar = {day: told for one in handouts for day, told in one.lunar.items()}
    telling = telling_of(station, lunar, options.address)
    everything, events = week_calendar(ordered, station, previous, now, telling=telling)
    files = media([*ordered, *(one for zone in of_zones(ordered).values() for one in zone)])
    files[f"{CALENDAR}.ics"] = FileSource.of_bytes(everything)
    links = [_link("Lịch của tất cả các cụm loa", f"{CALENDAR}.ics", options.address)]
    for zone in _zones(handouts, ordered):
        mine = [one for one in ordered if zone.id in one.item.airing.zones]
        path = f"{CALENDAR}-{zone.id}.ics"
        files[path] = FileSource.of_bytes(
            week_calendar(mine, station, events, now, telling=telling)[0]
        )
        links.append(_link(f"Lịch của {zone.name}", path, options.address))
    shown = PageOptions(options.texts, options.notes, links, options.address)
    # The time of the last change, not of the writing: an unchanged page keeps its bytes.
    changed = max((state.modified for state in events.values()), default=now)
    files[PAGE] = FileSource.of_bytes(week_page(ordered, station, changed, shown))
    return files, events


def _zones(handouts: Sequence[Handout], ordered: Sequence[Programme]) -> list[Zone]:
    """The zones that hear something; one alone needs no calendar of its own."""
    heard = {zone for one in ordered for zone in one.item.airing.zones}
    asked = handouts[0].zones or handouts[0].station.zones
    found = [zone for zone in asked if zone.id in heard]
    return found if len(found) > 1 else []


def _link(name: str, path: str, address: str) -> CalendarLink:
    """A calendar, and where it can be followed if the page has an address.

    https: becomes webcal:, which calendar programs answer to; any other address stays as it is.
    """
    base = address.rstrip("/")
    whole = f"{base}/{path}" if base else ""
    return CalendarLink(name, path, whole.replace("https://", "webcal://", 1))
