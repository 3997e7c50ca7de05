"""What of a week a zone does not hear in its own language, and why."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from broadcast.domain.checked import Checked, Dated, Paired, ScriptInfo
from broadcast.domain.pairing import (
    GAP,
    Place,
    language_name,
    languages_of,
    place_in,
    zones_by_language,
)
from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing, Finding
from broadcast.domain.wording import length_text

_NONE = Paired("chưa có", 0.0)
_WHY = {
    "chưa có": ("no-recording", "chưa có bản ghi âm {}"),
    "chưa duyệt": ("recording-waits", "bản ghi âm {} chưa được duyệt"),
    "thiếu tệp": ("recording-changed", "không còn tệp của bản ghi âm {}"),
    "tệp đã đổi": ("recording-changed", "tệp ghi âm {} đã đổi sau khi ghép"),
    "lời đã đổi": ("recording-changed", "lời tiếng Việt đã đổi sau khi ghi âm {}"),
}
_AGAIN = frozenset({"chưa có", "thiếu tệp"})


def check(checked: Checked) -> Iterator[Dated]:
    """Each script's languages once, at the first airing that needs them; lengths at every one."""
    told: set[tuple[str, str]] = set()
    for airing in checked.week.in_order():
        script = checked.scripts.get(airing.script or "")
        if script is None or airing.script is None:
            continue
        for language, zones in zones_by_language(checked.station, airing.zones).items():
            paired = script.recordings.get(language, _NONE)
            if paired.state != "đã duyệt" and (airing.script, language) not in told:
                told.add((airing.script, language))
                yield airing.starts, _waits(airing, airing.script, language, paired, zones)
        yield from ((airing.starts, it) for it in _too_long(checked.station, airing, script))


def _waits(
    airing: Airing, script: str, language: str, paired: Paired, zones: list[Zone]
) -> Finding:
    rule, why = _WHY[paired.state]
    name = language_name(language)
    where = ", ".join(zone.name for zone in zones)
    pair = f'broadcast script pair {script} --language "{language}"'
    mend = f"nghe lại rồi duyệt: {pair} --approve --by TÊN"
    if paired.state in _AGAIN:
        mend = f"ghi âm rồi ghép: {pair} --file TỆP --by TÊN"
    elif paired.state == "lời đã đổi":
        mend = f"ghi âm lại, hoặc {mend}"
    return Finding(rule, f"{where}: {why.format(name)}", mend, airing.id)


def _too_long(station: Station, airing: Airing, script: ScriptInfo) -> Iterator[Finding]:
    """What zones hear is longer than the time set aside, though the Vietnamese fits."""
    slot = station.slot(airing.slot or "")
    limit = 60 * (min(airing.minutes, slot.minutes) if slot else airing.minutes)
    zones: dict[tuple[float, Place], list[str]] = {}
    for zone in station.zones:
        lasts = _lasts(station, zone, script) if zone.id in airing.zones else 0.0
        if lasts > limit:
            zones.setdefault((lasts, place_in(station, zone)), []).append(zone.name)
    for (lasts, place), names in zones.items():
        where = ", ".join(names)
        message = f"{where}: cả bản ghi âm dài {length_text(ceil(lasts))}, quá {limit // 60} phút"
        instead = ", hoặc đặt recordings: thay trong station.yaml" if place == "sau" else ""
        mend = f"tăng thời lượng lên {ceil(lasts / 60)} phút, rút ngắn bản ghi âm{instead}"
        if (script.seconds or 0.0) <= limit:
            yield Finding("too-long", message, mend, airing.id)


def _lasts(station: Station, zone: Zone, script: ScriptInfo) -> float:
    """How long a zone listens; 0 where it hears no recording."""
    needed = (script.recordings.get(one, _NONE) for one in languages_of(station, zone))
    lengths = [GAP + one.seconds for one in needed if one.state == "đã duyệt"]
    if not lengths:
        return 0.0
    after = place_in(station, zone) == "sau"
    return sum(lengths) + ((script.seconds or 0.0) if after else 0.0)
