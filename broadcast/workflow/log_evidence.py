"""What the log keeps of a programme that aired: who approved it, which file, in which languages."""

from __future__ import annotations

from broadcast.domain.log import Evidence
from broadcast.domain.pairing import language_key, language_name, version_for
from broadcast.domain.station import VIETNAMESE
from broadcast.domain.week import Airing
from broadcast.domain.wording import day_text
from broadcast.errors import BroadcastError
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.render import finished_audio, finished_versions
from broadcast.workflow.versions import by_language


def evidence_of(desk: Desk, airing: Airing) -> tuple[str, Evidence]:
    """The title of what aired, and what shows that it was approved.

    A script that is gone or cannot be read does not keep an airing from being logged.
    """
    hearing = _hearing(desk, airing)
    languages = _languages(desk, airing, hearing)
    title = hearing.script.title if hearing else airing.title
    approval = hearing.script.approval if hearing and hearing.state == "đã duyệt" else None
    if hearing is None or approval is None:
        return title, Evidence(languages=languages)
    audio, paper = finished_audio(desk.workspace, desk.station(), hearing), approval.paper
    return title, Evidence(
        approved_by=approval.by,
        approved_at=approval.at,
        paper=f"{paper.number} ngày {day_text(paper.day)}" if paper else "",
        file=audio.file if audio else "",
        digest=audio.digest if audio else "",
        languages=languages,
    )


def _hearing(desk: Desk, airing: Airing) -> Hearing | None:
    try:
        known = airing.script and desk.has_script(airing.script)
        return desk.hearing(airing.script) if known and airing.script else None
    except BroadcastError:
        return None


def _languages(desk: Desk, airing: Airing, hearing: Hearing | None) -> dict[str, str]:
    """By zone what was heard, where it was not Vietnamese alone: "tiếng Việt, tiếng Thái"."""
    station = desk.station()
    slot = station.slot(airing.slot or "")
    spoken = language_name(language_key(slot.language if slot else VIETNAMESE))
    plain = spoken == language_name(language_key(VIETNAMESE))
    told = {} if plain else dict.fromkeys(airing.zones, spoken)
    if hearing is None or hearing.state != "đã duyệt" or not hearing.script.recordings:
        return told
    finished = finished_versions(desk.workspace, station, hearing)
    approved = by_language(desk.workspace, hearing)
    for zone in station.zones:
        version = version_for(station, zone, approved) if zone.id in airing.zones else None
        if version in finished and version:
            names = ", ".join(map(language_name, version.languages))
            told[zone.id] = names if version.place == "thay" else f"{spoken}, {names}"
    return told
