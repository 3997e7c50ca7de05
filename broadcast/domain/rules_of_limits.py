"""The further limits a station or its province may set: days, quiet hours, counts and gaps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from operator import attrgetter

from broadcast.domain.calendar_math import Place
from broadcast.domain.checked import (
    Checked,
    Dated,
    Paired,
    span_text,
    zone_names,
)
from broadcast.domain.conflicts import relays
from broadcast.domain.limits import DAY, open_on, quiet_until, sitting, stretches
from broadcast.domain.mending import Mender
from broadcast.domain.minimum import at_peak
from broadcast.domain.pairing import language_key, language_name
from broadcast.domain.station import VIETNAMESE, Zone
from broadcast.domain.week import VIETNAM, Airing, Finding, Mend
from broadcast.domain.wording import day_label, moment

_HOUR = timedelta(hours=1)
_NONE = Paired("chưa có", 0.0)


def check(checked: Checked, mender: Mender) -> Iterator[Dated]:
    """Findings of every rule of this module, in no order."""
    for airing in checked.week.airings:
        if airing.level != "khẩn cấp":
            yield from _days(checked, mender, airing)
            yield from _quiet(checked, mender, airing)
    yield from _sittings(checked, mender)
    yield from _airings_a_day(checked, mender)
    yield from _too_soon_again(checked, mender)
    yield from _repeats(checked)
    yield from _at_peak(checked, mender)
    yield from _in_languages(checked)


def _days(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Dated]:
    rules = checked.station.rules
    if open_on(rules, airing.day):
        return
    key = "no_broadcast_days" if airing.day in rules.no_broadcast_days else "weekdays"
    source = str(checked.book.source(key))
    days = ", ".join(rules.weekdays)
    why = "là ngày không phát" if key == "no_broadcast_days" else f"chỉ được phát {days}"
    message = f"phát {day_label(airing.day)}, {why} ({source})"
    change = mender.move(airing, mender.nearest(airing))
    yield (
        airing.starts,
        _to_move(Finding("closed-day", message, source=source), checked, airing, change),
    )


def _quiet(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Dated]:
    rules = checked.station.rules
    until = quiet_until(rules, airing) if rules.quiet_hours else None
    if until is None:
        return
    source = str(checked.book.source("quiet_hours"))
    hours = ", ".join(rules.quiet_hours)
    message = f"{span_text(airing)} phạm giờ yên tĩnh {hours} ({source})"
    change = mender.move(airing, (*mender.same_day(airing, until), *mender.nearest(airing)))
    yield (
        airing.starts,
        _to_move(Finding("quiet-hours", message, source=source), checked, airing, change),
    )


def _to_move(found: Finding, checked: Checked, airing: Airing, change: Mend | None) -> Finding:
    """A finding that a move mends; without a place for it, giving it up does."""
    mend = f"dời sang ngày, giờ được phát, hoặc bỏ lượt phát {airing.id}"
    if change and change.day and change.start:
        at = datetime.combine(change.day, change.start, VIETNAM)
        slot = checked.station.slot(change.slot or "")
        into = f" ({slot.name or slot.id})" if slot else ""
        mend = f"dời lượt phát {airing.id} sang {moment(at)}{into}"
    return replace(found, mend=mend, airing=airing.id, change=change)


def _sittings(checked: Checked, mender: Mender) -> Iterator[Dated]:
    """Longer in one zone without a break, relays included, than it may be."""
    most = checked.station.rules.max_minutes_per_slot
    if most is None:
        return
    source = str(checked.book.source("max_minutes_per_slot"))
    own = {airing for airing in checked.heard() if airing.level != "khẩn cấp"}
    over: dict[tuple[int, Airing, datetime], list[str]] = {}
    for zone in checked.station.zones:
        for stretch in _stretches(checked, zone.id):
            begin, minutes = stretch[0].starts, sitting(stretch)
            mine = [sound for sound in stretch if sound in own]
            if minutes > most and mine:
                rest = max(
                    (sound.ends for sound in stretch if sound is not mine[-1]), default=begin
                )
                over.setdefault((minutes, mine[-1], rest), []).append(zone.id)
    for (minutes, last, rest), zones in over.items():
        where = zone_names(checked.station, zones)
        message = f"cụm loa {where} nghe liền {minutes} phút, quá {most} phút một lần ({source})"
        mend = f"rút lượt phát {last.id} bớt {minutes - most} phút, hoặc dời sang lúc khác"
        airing, cut = checked.as_planned(last), minutes - most
        # Cutting the last one helps only where nothing else sounds as long as it does.
        helps = rest <= last.ends - timedelta(minutes=cut)
        change = mender.length(airing, airing.minutes - cut) if helps else None
        found = Finding("slot-minutes", message, mend, last.id, source=source, change=change)
        yield last.starts, found


def _stretches(checked: Checked, zone: str) -> Iterator[list[Airing]]:
    """What sounds in a zone around the week, parted where it falls silent."""
    days = checked.week.id.days()
    sounds = [*checked.heard(), *checked.neighbours, *relays(checked.station, days)]
    return stretches(a for a in sounds if zone in a.zones)


def _airings_a_day(checked: Checked, mender: Mender) -> Iterator[Dated]:
    most = checked.station.rules.max_airings_per_day
    if most is None:
        return
    source = str(checked.book.source("max_airings_per_day"))
    by_place: dict[tuple[date, str], list[Airing]] = defaultdict(list)
    for airing in checked.heard():
        for zone in airing.zones:
            by_place[airing.day, zone].append(airing)
    told: dict[tuple[date, int, Airing], list[str]] = {}
    for (day, zone), there in by_place.items():
        if len(there) > most:
            usual = [a for a in there if a.level == "thông thường"] or there
            last = max(usual, key=attrgetter("starts", "id"))
            told.setdefault((day, len(there), last), []).append(zone)
    for (day, count, last), zones in told.items():
        where = zone_names(checked.station, zones)
        message = f"{day_label(day)}: cụm loa {where} nghe {count} lượt, quá {most} lượt một ngày"
        airing = checked.as_planned(last)
        targets = (p for p in mender.nearest(airing) if _room(by_place, p, airing, most))
        change = mender.move(airing, targets)
        found = Finding("day-airings", f"{message} ({source})", source=source)
        yield airing.starts, _to_move(found, checked, airing, change)


def _room(
    by_place: dict[tuple[date, str], list[Airing]], place: Place, airing: Airing, most: int
) -> bool:
    return all(len(by_place.get((place.day, zone), ())) < most for zone in airing.zones)


def _too_soon_again(checked: Checked, mender: Mender) -> Iterator[Dated]:
    """A zone hears a script again within the hours set for it; slots that repeat are left out."""
    hours = checked.station.rules.same_programme_after_hours
    if hours is None:
        return
    source = str(checked.book.source("same_programme_after_hours"))
    for airing, before, zones in _again(checked):
        gap = airing.starts - before.starts
        slot = checked.station.slot(airing.slot or "")
        if gap >= hours * _HOUR or (slot and slot.repeats):
            continue
        where = zone_names(checked.station, zones)
        message = (
            f"cụm loa {where} nghe lại «{airing.title or airing.script}» sau {_hours(gap)}, "
            f"chưa đủ {hours} giờ kể từ {moment(before.starts)} ({source})"
        )
        later = mender.later(airing, before.starts + hours * _HOUR)
        change = mender.move(checked.as_planned(airing), later)
        found = Finding("same-programme", message, source=source)
        yield airing.starts, _to_move(found, checked, airing, change)


def _again(checked: Checked) -> Iterator[tuple[Airing, Airing, list[str]]]:
    """Each of the week's airings with the one before it of the same script, by their zones."""
    own = set(checked.heard())
    last: dict[tuple[str, str], Airing] = {}
    found: dict[tuple[Airing, Airing], list[str]] = {}
    heard = (*checked.heard(), *checked.neighbours)
    for airing in sorted(heard, key=attrgetter("starts", "id")):
        for zone in airing.zones if airing.script else ():
            before = last.get((airing.script or "", zone))
            last[airing.script or "", zone] = airing
            if before and airing in own:
                found.setdefault((airing, before), []).append(zone)
    yield from ((airing, before, zones) for (airing, before), zones in found.items())


def _repeats(checked: Checked) -> Iterator[Dated]:
    """A repeat too soon after, or too long after, what it repeats."""
    rules = checked.station.rules
    least, most = rules.repeat_at_least_hours, rules.repeat_at_most_hours
    if least is None and most is None:
        return
    everything = (*checked.week.airings, *checked.neighbours)
    for airing in checked.week.airings:
        slot = checked.station.slot(airing.slot or "")
        first = _repeated(airing, slot.repeats, everything) if slot and slot.repeats else None
        if first is None:
            continue
        gap = airing.starts - first.starts
        if least is not None and gap < least * _HOUR:
            key, limit = "repeat_at_least_hours", f"phải cách ít nhất {least} giờ"
        elif most is not None and gap > most * _HOUR:
            key, limit = "repeat_at_most_hours", f"phải trong vòng {most} giờ"
        else:
            continue
        source = str(checked.book.source(key))
        message = f"phát lại sau {_hours(gap)} kể từ {moment(first.starts)}, {limit} ({source})"
        mend = f"đổi giờ khung {airing.slot}, hoặc đổi rules.{key} của đài"
        yield airing.starts, Finding("repeat-gap", message, mend, airing.id, source=source)


def _repeated(airing: Airing, slot: str, airings: tuple[Airing, ...]) -> Airing | None:
    """The latest airing before it, in the slot it repeats, of the same programme."""
    same = (
        a
        for a in airings
        if a.slot == slot and a.starts < airing.starts and _programme(a) == _programme(airing)
    )
    return max(same, key=attrgetter("starts"), default=None)


def _programme(airing: Airing) -> tuple[str | None, ...]:
    return (airing.script,) if airing.script else (airing.plan, airing.topic, airing.title)


def _at_peak(checked: Checked, mender: Mender) -> Iterator[Dated]:
    least = checked.station.rules.weekly_minimum_at_peak
    done = sum(at_peak(airing, checked.station) for airing in checked.heard())
    if least is None or done >= least:
        return
    source = str(checked.book.source("weekly_minimum_at_peak"))
    message = f"giờ cao điểm cần ít nhất {least} lượt/tuần ({source}); tuần này mới có {done} lượt"
    ahead = (p for p in mender.free if checked.today is None or p.day >= checked.today)
    room = next((p for p in ahead if p.slot.peak), None)
    where = f"xếp nội dung vào {room}" if room else "dời lượt phát khác vào giờ cao điểm"
    mend = f"{where}, hoặc thêm khung giờ cao điểm"
    found = Finding("peak-minimum", message, mend, source=source, change=mender.fill(room))
    yield _end(checked), found


def _in_languages(checked: Checked) -> Iterator[Dated]:
    least = checked.station.rules.language_minimum_per_week
    if least is None:
        return
    source = str(checked.book.source("language_minimum_per_week"))
    short: dict[tuple[str, int], list[str]] = {}
    for zone in checked.station.zones:
        for language in tongues(zone):
            done = sum(_speaks(checked, airing, zone, language) for airing in checked.heard())
            if done < least:
                short.setdefault((language, done), []).append(zone.name)
    for (language, done), zones in short.items():
        name = language_name(language)
        message = f"{', '.join(zones)}: cần ít nhất {least} lượt/tuần bằng {name} ({source})"
        mend = f"ghép bản ghi âm {name} cho một kịch bản, hoặc đặt language cho khung giờ"
        found = Finding(
            "language-minimum", f"{message}; tuần này mới có {done} lượt", mend, source=source
        )
        yield _end(checked), found


def tongues(zone: Zone) -> tuple[str, ...]:
    """A zone's languages other than Vietnamese, by their bare names."""
    keys = dict.fromkeys(language_key(one) for one in zone.languages)
    return tuple(key for key in keys if key != language_key(VIETNAMESE))


def _speaks(checked: Checked, airing: Airing, zone: Zone, language: str) -> bool:
    """Whether the zone hears the airing in that language."""
    if zone.id not in airing.zones:
        return False
    slot = checked.station.slot(airing.slot or "")
    if slot and language_key(slot.language) == language:
        return True
    script = checked.scripts.get(airing.script or "")
    return bool(script and script.recordings.get(language, _NONE).state == "đã duyệt")


def _end(checked: Checked) -> datetime:
    """What concerns the whole week comes last."""
    return datetime.combine(checked.week.id.days()[-1] + DAY, time(), VIETNAM)


def _hours(gap: timedelta) -> str:
    hours, rest = divmod(int(gap / timedelta(minutes=1)), 60)
    return f"{hours} giờ {rest:02d}" if rest else f"{hours} giờ"
