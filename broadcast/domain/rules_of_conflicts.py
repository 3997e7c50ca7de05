"""Findings where airings and relays meet: overlap, relay, gives-way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from broadcast.domain.checked import Checked, Dated, span_text, zone_names
from broadcast.domain.conflicts import RANK, GivesWay, made_up
from broadcast.domain.limits import latest_end
from broadcast.domain.mending import Mender, told
from broadcast.domain.overlaps import Overlap
from broadcast.domain.week import LEVELS, Airing, Finding, Mend, WeekId
from broadcast.domain.wording import clock, moment

_CIRCULAR = "Thông tư 39/2020/TT-BTTTT"
ONE_AT_A_TIME = "mỗi cụm loa một lúc chỉ phát một chương trình"
_RELAYS = "phải tiếp âm chương trình cấp trên (Nghị định 49/2024/NĐ-CP)"
_ORDER = f"thứ tự khẩn cấp, ưu tiên, thông thường ({_CIRCULAR})"


def check(checked: Checked, mender: Mender) -> Iterator[Dated]:
    """Findings about the week's own airings, in no order."""
    own = set(checked.week.airings)
    for overlap in checked.met.unsettled:
        pair = [a for a in (overlap.second, overlap.first) if a in own]
        # Who listens to an urgent bulletin needs both of them; else the later one is to move.
        movers = pair if overlap.first.level == LEVELS[-1] else pair[:1]
        for mover in movers:
            yield mover.starts, _overlap(checked, mender, overlap, mover)
    for overlap in checked.met.over_relays:
        if overlap.first in own:
            yield overlap.first.starts, _over_relay(checked, mender, overlap)
    for way in checked.met.gives_way:
        if way.airing in own:
            yield way.airing.starts, _gives_way(checked, mender, way)


def _overlap(checked: Checked, mender: Mender, overlap: Overlap, mover: Airing) -> Finding:
    keeper = overlap.first if mover is overlap.second else overlap.second
    zones = zone_names(checked.station, overlap.zones)
    message = (
        f"{span_text(mover)} trùng giờ với {_named(checked, keeper)} "
        f"({span_text(keeper)}) tại cụm loa {zones}"
    )
    source = ONE_AT_A_TIME
    mend, change = _out_of_the_way(checked, mender, mover, keeper.ends)
    if RANK.get(mover.level, 0):
        source = f"{ONE_AT_A_TIME}; {_CIRCULAR}"
        message += f"; cả hai đều là {mover.level}"
    if mover.level == "ưu tiên":
        mend = f"xã quyết định lượt nào phát trước; để lượt này phát sau thì {mend}"
    return Finding("overlap", message, mend, mover.id, source=source, change=change)


def _over_relay(checked: Checked, mender: Mender, overlap: Overlap) -> Finding:
    airing, relay = overlap.first, overlap.second
    message = (
        f"{span_text(airing)} đè lên giờ tiếp âm {relay.title} ({span_text(relay)}) "
        f"tại cụm loa {zone_names(checked.station, overlap.zones)}"
    )
    mend, change = _out_of_the_way(checked, mender, airing, relay.ends)
    return Finding("relay", message, mend, airing.id, source=_RELAYS, change=change)


def _out_of_the_way(
    checked: Checked, mender: Mender, mover: Airing, after: datetime
) -> tuple[str, Mend | None]:
    """The next free time of the day, else the nearest free slot, else give it up."""
    if latest_end(checked.station.rules, mover.day) > after:
        change = mender.move(mover, mender.same_day(mover, after))
        if change:
            return f"dời lượt phát {mover.id} sang {told(change, checked.station)}", change
    change = mender.move(mover, mender.nearest(mover))
    if change:
        place = told(change, checked.station)
        return f"dời lượt phát {mover.id} vào khung giờ còn trống {place}", change
    mend = f"bỏ lượt phát {mover.id}, hoặc bớt cụm loa của nó"
    return mend, mender.remove(mover)


def _gives_way(checked: Checked, mender: Mender, way: GivesWay) -> Finding:
    airing, zones = way.airing, zone_names(checked.station, way.zones)
    message = (
        f"{span_text(airing)} ({airing.level}) nhường {_named(checked, way.to)} ({way.to.level}, "
        f"{span_text(way.to)}): cụm loa {zones} không nghe lượt này"
    )
    mend, change = _made_up(checked, mender, way)
    return Finding("gives-way", message, mend, airing.id, source=_ORDER, change=change)


def _made_up(checked: Checked, mender: Mender, way: GivesWay) -> tuple[str, Mend | None]:
    """When those who miss the airing hear it: already planned, or the next free place."""
    airing, week = way.airing, checked.heard()
    again = [made_up(airing, zone, week) for zone in way.zones]
    if all(again):
        last = max(one.starts for one in again if one)
        return f"đã có lượt phát lại lúc {moment(last)}, không cần làm gì thêm", None
    missed = tuple(z for z, one in zip(way.zones, again, strict=True) if one is None)
    change = mender.make_up(airing, missed, way.to.ends)
    if change is None:
        return "trong tuần không còn chỗ phát bù: thêm khung giờ, hoặc phát bù vào tuần sau", None
    return f"phát bù tại {zone_names(checked.station, missed)}: {_when(checked, change)}", change


def _when(checked: Checked, change: Mend) -> str:
    slot = checked.station.slot(change.slot or "")
    return (
        told(change, checked.station)
        if slot or not change.start
        else (f"lúc {clock(change.start)} cùng ngày")
    )


def _named(checked: Checked, airing: Airing) -> str:
    week = WeekId.of(airing.day)
    other = f" của tuần {week}" if week != checked.week.id else ""
    return f"lượt phát {airing.id}{other}"
