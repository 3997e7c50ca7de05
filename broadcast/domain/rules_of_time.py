"""The rules of a week that look at the hours of the day, its minutes, and empty slots."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from broadcast.domain.calendar_math import Place
from broadcast.domain.checked import Checked, Dated, zone_names
from broadcast.domain.limits import DAY, latest_end
from broadcast.domain.mending import Mender
from broadcast.domain.minimum import at_peak, counted, wording
from broadcast.domain.plan import Plan, Quota, plans_of
from broadcast.domain.rulebook import plan_source
from broadcast.domain.week import VIETNAM, Airing, Finding, Mend
from broadcast.domain.wording import clock, day_label, moment


def check(checked: Checked, mender: Mender) -> Iterator[Dated]:
    """Findings of every rule of this module, in no order."""
    for airing in checked.week.airings:
        yield from ((airing.starts, it) for it in _hours(checked, mender, airing))
    yield from _day_minutes(checked, mender)
    yield from _silent_slots(checked, mender)
    yield from _weekly_minimums(checked, mender)


def _hours(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Finding]:
    """Outside the hours of broadcast; urgent bulletins go out at any hour."""
    if airing.level == "khẩn cấp":
        return
    rules, book = checked.station.rules, checked.book
    end = latest_end(checked.station.rules, airing.day)
    if airing.start < rules.earliest:
        source = str(book.source("earliest"))
        message = f"phát lúc {clock(airing.start)}, trước {clock(rules.earliest)} ({source})"
        mend = f"dời sang {clock(rules.earliest)}, hoặc đổi rules.earliest của đài"
        first = datetime.combine(airing.day, rules.earliest, VIETNAM)
        change = mender.move(airing, (first, *mender.same_day(airing, first)))
        yield Finding("too-early", message, mend, airing.id, source=source, change=change)
    elif airing.ends > end:
        source = str(book.source("latest"))
        message = f"phát xong lúc {clock(airing.ends)}, sau {clock(rules.latest)} ({source})"
        start = end - timedelta(minutes=airing.minutes)
        mend = f"dời sang {clock(start)} hoặc sớm hơn, hoặc đổi rules.latest của đài"
        change = mender.move(airing, (start, *mender.nearest(airing)))
        yield Finding("too-late", message, mend, airing.id, source=source, change=change)
    elif airing.start < rules.warn_before:
        source = str(book.source("warn_before"))
        message = f"phát lúc {clock(airing.start)}, trước {clock(rules.warn_before)} ({source})"
        mend = f"dời sang {clock(rules.warn_before)}, hoặc đổi rules.warn_before của đài"
        first = datetime.combine(airing.day, rules.warn_before, VIETNAM)
        change = mender.move(airing, (first, *mender.same_day(airing, first)))
        yield Finding("early", message, mend, airing.id, source=source, change=change)


def _day_minutes(checked: Checked, mender: Mender) -> Iterator[Dated]:
    """More minutes in a day than a zone should hear; minutes after midnight are the next day's."""
    most = checked.station.rules.max_minutes_per_day
    minutes, source = mender.minutes(), str(checked.book.source("max_minutes_per_day"))
    for day in checked.week.id.days():
        over: dict[int, list[str]] = {}
        for zone in checked.station.zones:
            if minutes[day, zone.id] > most:
                over.setdefault(minutes[day, zone.id], []).append(zone.id)
        for heard, zones in over.items():
            message = (
                f"{day_label(day)}: cụm loa {zone_names(checked.station, zones)} "
                f"nghe {heard} phút, quá {most} phút một ngày ({source})"
            )
            mover = _to_lighten(checked, day, zones[0], heard - most)
            mend, change = "bớt lượt phát của ngày này", None
            if mover:
                mend, change = _mend_minutes(checked, mender, mover)
            when = mover.starts if mover else datetime.combine(day, time(), VIETNAM)
            about = mover.id if mover else None
            yield (
                when,
                Finding("day-minutes", message, mend, about, day=day, source=source, change=change),
            )


def _to_lighten(checked: Checked, day: date, zone: str, over: int) -> Airing | None:
    """The shortest airing of the day that brings it down to the limit, else the longest."""
    there = [a for a in checked.week.airings if a.day == day and zone in a.zones]
    usual = [a for a in there if a.level == "thông thường"] or there
    enough = [a for a in usual if a.minutes >= over]
    if enough:
        return min(enough, key=lambda a: (a.minutes, -a.starts.timestamp()))
    return max(usual, key=lambda a: (a.minutes, a.starts), default=None)


def _mend_minutes(checked: Checked, mender: Mender, mover: Airing) -> tuple[str, Mend | None]:
    most, minutes = checked.station.rules.max_minutes_per_day, mender.minutes()

    def load(day: date) -> int:
        return max((minutes[day, zone] for zone in mover.zones), default=0) + mover.minutes

    days = [day for day in checked.week.id.days() if day != mover.day and load(day) <= most]
    change = mender.move(mover, (p for p in mender.nearest(mover) if p.day in days))
    if not days:
        mend = f"bỏ hoặc rút ngắn lượt phát {mover.id} ({mover.minutes} phút)"
        return mend, mender.remove(mover)
    lightest = min(days, key=lambda day: (load(day), abs((day - mover.day).days)))
    if change and change.day:
        lightest = change.day
    return f"dời lượt phát {mover.id} ({mover.minutes} phút) sang {day_label(lightest)}", change


def _silent_slots(checked: Checked, mender: Mender) -> Iterator[Dated]:
    for place in mender.free:
        if checked.today is None or place.day >= checked.today:
            mend = f"xếp nội dung: broadcast week fill {checked.week.id}"
            message = f"{place}: chưa có lượt phát nào"
            source = f"khung giờ «{place.slot.name or place.slot.id}» của đài"
            found = Finding("empty-slot", message, mend, day=place.day, slot=place.slot.id)
            yield place.starts, replace(found, source=source, change=mender.fill(place))


def _weekly_minimums(checked: Checked, mender: Mender) -> Iterator[Dated]:
    end = datetime.combine(checked.week.id.days()[-1] + DAY, time(), VIETNAM)
    # Last year's plan asks for nothing once there is one of this year.
    for plan in plans_of(tuple(checked.plans.values()), checked.week.id.year):
        quota = plan.weekly_minimum()
        if quota is None:
            continue
        done = counted(checked.heard(), plan, quota, checked.station)
        if done < quota.count:
            asked = f"kế hoạch {plan.id} yêu cầu {wording(quota)}"
            message = f"{asked}; tuần này mới có {done} lần"
            mend, room = _mend_minimum(checked, plan, quota, mender.free)
            source = str(plan_source(plan, quota.line))
            change = mender.fill(room, (plan,))
            yield end, Finding("weekly-minimum", message, mend, source=source, change=change)


def _mend_minimum(
    checked: Checked, plan: Plan, quota: Quota, free: list[Place]
) -> tuple[str, Place | None]:
    """A free slot that would count, else a swap with another plan's airing at a peak."""
    ahead = [p for p in free if checked.today is None or p.day >= checked.today]
    room = next((p for p in ahead if p.slot.peak or not quota.peak), None)
    if room:
        fill = f"broadcast week fill {checked.week.id}"
        return f"xếp một nội dung của kế hoạch vào {room}: {fill}", room
    if quota.peak and not any(slot.peak for slot in checked.station.slots):
        return "đặt peak: true cho khung giờ có nhiều người nghe trong schedules/station.yaml", None
    usual = [a for a in checked.week.in_order() if a.level == "thông thường"]
    off_peak = [a for a in usual if not at_peak(a, checked.station)]
    hers = next((a for a in off_peak if a.plan == plan.id), None)
    other = next((a for a in usual if a.plan != plan.id and a not in off_peak), None)
    if quota.peak and hers and other:
        return f"đổi chỗ lượt phát {hers.id} với {other.id} ({moment(other.starts)})", None
    return "thay một lượt phát khác bằng nội dung của kế hoạch này, hoặc thêm khung giờ", None
