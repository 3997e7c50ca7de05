"""What of a week a zone does not hear in its own language, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from broadcast.domain.checked import Checked, Dated, Paired, ScriptInfo
from broadcast.domain.pairing import (
    GAP,
    PairState,
    Place,
    language_name,
    languages_of,
    place_in,
    zones_by_language,
)
from broadcast.domain.station import Station, Zone
from broadcast.domain.week import Airing, Finding, WeekId
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
    """What waits for a recording, one finding a zone or one a script (`each`); lengths always."""
    waiting: dict[tuple[str, str, PairState], dict[str, _Waiting]] = {}
    for airing in checked.week.in_order():
        script = checked.scripts.get(airing.script or "")
        if script is None or airing.script is None:
            continue
        for language, zones in zones_by_language(checked.station, airing.zones).items():
            state = script.recordings.get(language, _NONE).state
            for zone in zones if state != "đã duyệt" else ():
                one = _Waiting(airing, airing.script, language, state, zone)
                waiting.setdefault((zone.id, language, state), {}).setdefault(airing.script, one)
        yield from ((airing.starts, it) for it in _too_long(checked.station, airing, script))
    for scripts in waiting.values():
        several = [*scripts.values()]
        if checked.each or len(several) == 1:
            yield from ((one.airing.starts, _one_waits(one)) for one in several)
        else:
            yield several[0].airing.starts, _several_wait(checked.week.id, several)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A script that a zone does not hear in a language: its first airing there, and why."""

    airing: Airing
    script: str
    language: str
    state: PairState
    zone: Zone


def _one_waits(one: _Waiting) -> Finding:
    rule, why = _WHY[one.state]
    name = language_name(one.language)
    pair = f'broadcast script pair {one.script} --language "{one.language}"'
    mend = f"nghe lại rồi duyệt: {pair} --approve --by TÊN"
    if one.state in _AGAIN:
        mend = f"ghi âm rồi ghép: {pair} --file TỆP --by TÊN"
    elif one.state == "lời đã đổi":
        mend = f"ghi âm lại, hoặc {mend}"
    return Finding(rule, f"{one.zone.name}: {why.format(name)}", mend, one.airing.id)


def _several_wait(week: WeekId, several: Sequence[_Waiting]) -> Finding:
    first = several[0]
    rule, why = _WHY[first.state]
    told = f"{why.format(language_name(first.language))} ({len(several)} bài)"
    mend = f"xem từng bài: broadcast week check {week} --each"
    return Finding(rule, f"{first.zone.name}: {told}", mend, first.airing.id)


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
