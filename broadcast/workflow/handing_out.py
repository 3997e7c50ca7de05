"""What of a week goes out, to whom, and what keeps it from it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from broadcast.domain.conflicts import heard
from broadcast.domain.freshness import RULES as STALE
from broadcast.domain.pairing import language_name
from broadcast.domain.rules import BLOCKING
from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing
from broadcast.domain.wording import moment
from broadcast.errors import NotFoundError, Problem
from broadcast.publish.items import Handout, Item, Variant
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import sentences
from broadcast.workflow.day_labels import day_labels
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.weeks import EMPTY, ON_FILE, WeekView

LONGEST_SUMMARY = 240
"""Characters of a calendar entry's summary of the script."""

_OPENING_LINES = 3
"""Lines of greeting and headline that say nothing of the content."""

_APPROVED = "đã duyệt"

Mend = Literal["fill", "assemble", "choose", "week", "approve", "render"]
"""What takes something that keeps a week from going out one step further: filling the week, making
its scripts, choosing what an airing is about, changing the week, approving, reading aloud."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Something that keeps a week from going out: what and where, and what kind of step mends it.

    `airing` and `script` are ids, None where it is about none.
    """

    mend: Mend
    problem: Problem
    airing: str | None = None
    script: str | None = None


def chosen_zones(station: Station, zones: Collection[str]) -> tuple[Zone, ...]:
    """The station's zones of these ids, in its order; none if they are all of them, or no ids.

    Raises:
        NotFoundError: the station lacks some; every one is told.
    """
    known = [zone.id for zone in station.zones]
    wrong = [zone for zone in dict.fromkeys(zones) if zone not in known]
    if wrong:
        happened = f"không có cụm loa {', '.join(wrong)}"
        raise NotFoundError("Chưa xuất", happened, f"chọn một trong: {', '.join(known)}")
    found = tuple(zone for zone in station.zones if zone.id in zones)
    return () if len(found) == len(known) else found


def airings_for(view: WeekView, zones: Collection[Zone]) -> tuple[Airing, ...]:
    """The airings that at least one of the zones hears, in order; without zones all.

    Zones in which an airing gives way to a more urgent one are not among its own any more.
    """
    ids = {zone.id for zone in zones}
    sounding = heard(view.week.in_order(), view.lost)
    return tuple(a for a in sounding if not zones or ids.intersection(a.zones))


def blockers(view: WeekView, airings: Iterable[Airing]) -> tuple[Blocker, ...]:
    """Everything that keeps these airings of the week from going out."""
    unready = (_unready(view, airing) for airing in airings if view.state(airing) != ON_FILE)
    return (*unready, *_breaches(view))


def _unready(view: WeekView, airing: Airing) -> Blocker:
    week, state = view.week.id, view.state(airing)
    told = "đã duyệt, chưa đọc thành MP3" if state == _APPROVED else state
    mend, how = _next(view, airing)
    title = view.title(airing) or "chưa có tên"
    what = f"{moment(airing.starts)} «{title}»: {told}"
    suggestion = how.format(week=week, airing=airing.id, script=airing.script)
    return Blocker(mend, Problem(what, suggestion=suggestion), airing.id, airing.script)


def _next(view: WeekView, airing: Airing) -> tuple[Mend, str]:
    """The step that takes an airing further, and its command."""
    state = view.state(airing)
    if state == EMPTY and not (airing.plan and airing.topic):
        write = "ghi mã kịch bản vào mục script của lượt phát {airing}"
        return "choose", f"{write}, hoặc bỏ lượt phát ấy"
    if state == EMPTY:
        return "assemble", "broadcast script assemble --week {week}"
    if state == _APPROVED:
        return "render", "broadcast render {week}"
    if state == "trả lại":
        return "approve", 'sửa rồi gửi lại: broadcast script submit {script} --by "HỌ TÊN"'
    return "approve", 'broadcast script approve {script} --by "HỌ TÊN"'


def _breaches(view: WeekView) -> Iterator[Blocker]:
    file = f"schedules/{view.week.id}.yaml"
    for found in view.findings:
        if found.rule in BLOCKING:
            message = f"{found.airing}: {found.message}" if found.airing else found.message
            problem = Problem(message, file, found.line, found.mend)
            airing = view.week.airing(found.airing) if found.airing else None
            script = airing.script if airing and found.rule in STALE else None
            yield Blocker("approve" if script else "week", problem, found.airing, script)


def handout(
    workspace: Workspace, view: WeekView, airings: Iterable[Airing], zones: tuple[Zone, ...]
) -> Handout:
    """The week as it is handed out; airings that are not ready have no file in it."""
    items = tuple(_spread(_item(workspace, view, one), workspace, view, zones) for one in airings)
    told = view.station.calendar
    # What is due is for the commune's offices, not for those who carry a stick to one zone.
    due = view.reminders if told.reminders and not zones else ()
    lunar = _lunar_dates(view) if told.lunar else {}
    return Handout(view.week.id, view.station, items, zones, due, lunar)


def _lunar_dates(view: WeekView) -> dict[date, str]:
    labels = day_labels(view.week.id, view.days)
    return {label.day: label.lunar_text for label in labels if label.lunar}


def _item(workspace: Workspace, view: WeekView, airing: Airing) -> Item:
    ready = view.state(airing) == ON_FILE
    hearing = view.hearings.get(airing.script or "")
    audio = view.audio.get(airing.script or "") if ready else None
    approval = hearing.script.approval if hearing and ready else None
    return Item(
        airing=airing,
        title=view.title(airing),
        summary=_summary(hearing) if hearing else "",
        seconds=view.seconds(airing) or 0.0,
        zone_names=tuple(z.name for one in airing.zones if (z := view.station.zone(one))),
        source=workspace.root / audio.file if audio else None,
        digest=audio.digest if audio else "",
        topic=f"{airing.plan}: {airing.topic}" if airing.plan and airing.topic else "",
        approved_by=approval.by if approval else "",
    )


def _spread(item: Item, workspace: Workspace, view: WeekView, zones: tuple[Zone, ...]) -> Item:
    """The item with what zones hear in their own language.

    Where every zone it is for hears the same, that is the item's own file.
    """
    if item.source is None:
        return item
    asked = zones or view.station.zones
    hearing = [zone for zone in asked if zone.id in item.airing.zones]
    found = [one for zone in hearing if (one := _variant(workspace, view, item.airing, zone))]
    if found and len(found) == len(hearing) and len({one.digest for one in found}) == 1:
        one = found[0]
        title = f"{item.title} ({one.told})"
        return replace(item, title=title, source=one.source, digest=one.digest, seconds=one.seconds)
    return replace(item, variants=tuple(found))


def _variant(workspace: Workspace, view: WeekView, airing: Airing, zone: Zone) -> Variant | None:
    version = view.version(airing, zone)
    if version is None:
        return None
    audio = view.versions[airing.script or ""][version]
    told = ", ".join(map(language_name, version.languages))
    source = workspace.root / audio.file
    return Variant(zone.id, zone.name, told, source, audio.digest, audio.seconds)


def _summary(hearing: Hearing) -> str:
    """The first sentences after the opening, as the script writes them."""
    spoken = [h.line.text for h in hearing.lines if h.line.kind == "speech"]
    told = ""
    for sentence in (s for text in spoken[_OPENING_LINES:] for s in sentences(text)):
        if len(told) + len(sentence) >= LONGEST_SUMMARY:
            break
        told = f"{told} {sentence}".strip()
    return told


def carried_to(view: WeekView, airings: Iterable[Airing], zones: tuple[Zone, ...]) -> list[Zone]:
    """The zones without network that hear some of the airings: somebody has to carry a stick."""
    heard = {zone for airing in airings for zone in airing.zones}
    asked = zones or view.station.zones
    return [zone for zone in asked if not zone.network and zone.id in heard]
