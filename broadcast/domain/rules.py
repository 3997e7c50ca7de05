"""Check a week: every rule, what breaks it, and the least change that mends it.

The names of the rules are stable: duplicate-id, wrong-day, no-zone, unknown-zone, unknown-slot,
unknown-plan, unknown-topic, unknown-script, no-script, script-problem, unapproved, too-long (here);
overlap, relay, gives-way (rules_of_conflicts); too-early, too-late, early, day-minutes, empty-slot,
weekly-minimum (rules_of_time); closed-day, quiet-hours, slot-minutes, day-airings, same-programme,
repeat-gap, peak-minimum, language-minimum (rules_of_limits); contradiction, profile-dated
(contradictions). A slot is a ceiling; what is far below it ("too-short") is told where a script is
made, by its budget.
fact-ended, review-due, source-repealed (as freshness has them); no-recording, recording-waits,
recording-changed (rules_of_languages); repeat (rules_of_texts); closed-day (rules_of_days);
duties-unread (the workflow's: what is done cannot be read, so nothing is reminded of).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches
from math import ceil
from types import MappingProxyType

from broadcast.domain import (
    freshness,
    rule_sources,
    rules_of_conflicts,
    rules_of_days,
    rules_of_languages,
    rules_of_limits,
    rules_of_texts,
    rules_of_time,
)
from broadcast.domain.budget import syllables_of, too_long
from broadcast.domain.calendar_math import airing_id, holds
from broadcast.domain.checked import Checked, Dated, Paired, ScriptInfo
from broadcast.domain.contradictions import contradictions
from broadcast.domain.days import SpecialDays
from broadcast.domain.limits import latest_end
from broadcast.domain.log import LogLine
from broadcast.domain.mending import Mender
from broadcast.domain.overlaps import free_from
from broadcast.domain.plan import Plan
from broadcast.domain.rotation import Heard
from broadcast.domain.rulebook import Profile, rule_book
from broadcast.domain.station import Slot, Station
from broadcast.domain.week import VIETNAM, Airing, Finding, Week, WeekId
from broadcast.domain.wording import clock, day_label, day_text, moment, weekday_code

__all__ = ["BLOCKING", "Paired", "ScriptInfo", "check_week"]

BLOCKING = frozenset(
    {"overlap", "relay", "unknown-zone", "no-zone", "duplicate-id", "wrong-day", "too-long"}
).union(freshness.RULES)
"""Rules whose breach keeps a week from being handed out: people would not hear what it says, or
would hear what does not hold any more and nobody answers for."""

_MOST_NAMES = 8
"""How many allowed names a message lists."""


def check_week(  # noqa: PLR0913 - what a week is made of; the clock is by keyword
    week: Week,
    station: Station,
    plans: Mapping[str, Plan],
    scripts: Mapping[str, ScriptInfo],
    neighbours: Sequence[Airing],
    *,
    today: date | None = None,
    heard: Heard | None = None,
    each: bool = False,
    profile: Profile | None = None,
    days: SpecialDays = MappingProxyType({}),
    logged: Mapping[str, LogLine] = MappingProxyType({}),
    now: datetime | None = None,
) -> tuple[Finding, ...]:
    """Everything a person should look at before the week goes on air, by time.

    Args:
        week: the week as its file says it.
        station: its zones, slots and rules.
        plans: the plans the week serves, by id; each one's weekly minimum is asked for.
        scripts: what is known of every script of the workspace, by id.
        neighbours: airings of other weeks, of which those near this one matter.
        today: silent slots before it are not told any more.
        heard: when which texts are on air in other weeks.
        each: tell of every script that waits for a recording, not only how many do.
        profile: the rules of the station's province, which hold where it says nothing itself.
        days: the special days of the week: on closed ones nothing is missed, and nothing belongs.
        logged: the lines of the airing log that hold for the week's airings, by id. What is logged
            cannot be moved any more, and what did not go on air counts for nothing.
        now: aware; what is over by then cannot be moved either.
    """
    own = set(week.airings)
    near = tuple(airing for airing in neighbours if airing not in own)
    book = rule_book(station, profile)
    in_force = replace(station, rules=book.rules)
    texts = heard or {}
    checked = Checked(
        week, in_force, plans, scripts, near, today, book, texts, each, days, logged, now
    )
    mender = Mender(checked, checked.free_places())
    begin = datetime.combine(week.id.days()[0], time(), VIETNAM)
    found: list[Dated] = [(begin, it) for it in contradictions(book, in_force, plans.values())]
    for airing in week.airings:
        found += ((airing.starts, it) for it in _check_airing(checked, mender, airing))
    found += ((airing.starts, it) for airing, it in _duplicate_ids(checked))
    found += rules_of_conflicts.check(checked, mender)
    found += rules_of_time.check(checked, mender)
    found += rules_of_limits.check(checked, mender)
    found += rules_of_languages.check(checked)
    found += rules_of_texts.check(checked)
    found += rules_of_days.check(checked)
    found.sort(key=lambda it: (it[0], it[1].airing or "", it[1].rule, it[1].message))
    return tuple(rule_sources.cited(mender.offered(finding)) for _, finding in found)


def _check_airing(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Finding]:
    for rule in (_day, _zones, _slot, _plan, _script):
        for finding in rule(checked, mender, airing):
            yield replace(finding, airing=airing.id)


def _duplicate_ids(checked: Checked) -> Iterator[tuple[Airing, Finding]]:
    """Ids that are given twice, in this week or in a neighbouring one."""
    taken = {airing.id: airing for airing in checked.neighbours}
    used = {*taken, *(airing.id for airing in checked.week.airings)}
    for airing in checked.week.airings:
        other = taken.get(airing.id)
        taken.setdefault(airing.id, airing)
        if other:
            message = f"mã {airing.id} đã dùng cho lượt phát {moment(other.starts)}"
            fresh = airing_id(airing.day, airing.start, airing.slot, used)
            used.add(fresh)
            mend = f"đổi mã của lượt này thành {fresh}"
            yield airing, Finding("duplicate-id", message, mend, airing.id)


def _day(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Finding]:
    week = checked.week.id
    if airing.day not in week.days():
        same = week.days()[airing.day.weekday()]
        message = f"ngày {day_text(airing.day)} không thuộc tuần {week}"
        mend = f"đổi ngày thành {day_text(same)}, hoặc chuyển sang tuần {WeekId.of(airing.day)}"
        slot = checked.station.slot(airing.slot or "")
        target = datetime.combine(same, airing.start, VIETNAM)
        change = mender.into_slot(airing, slot) if slot else mender.move(airing, (target,))
        yield Finding("wrong-day", message, mend, change=change)


def _zones(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Finding]:
    known = [zone.id for zone in checked.station.zones]
    if not airing.zones:
        slot = checked.station.slot(airing.slot or "")
        zones = checked.station.zones_of(slot) if slot else known
        mend = f"ghi cụm loa nghe lượt này: {', '.join(zones)}" if zones else _name("", known)
        change = mender.zones(airing, zones)
        yield Finding("no-zone", "lượt phát không có cụm loa nào", mend, change=change)
    for zone in airing.zones:
        if zone not in known:
            message = f"đài không có cụm loa {zone}"
            right = [one for one in airing.zones if one in known]
            change = mender.zones(airing, right or get_close_matches(zone, known, n=1))
            yield Finding("unknown-zone", message, _name(zone, known), change=change)


def _slot(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Finding]:
    if airing.slot is None:
        return
    slot = checked.station.slot(airing.slot)
    if slot is None:
        known = [slot.id for slot in checked.station.slots]
        message = f"đài không có khung giờ {airing.slot}"
        yield Finding("unknown-slot", message, _name(airing.slot, known))
    elif checked.over(airing):
        return  # it was heard when it was; its slot may have been changed since
    elif not slot.stands_on(airing.day):
        message = f"khung giờ {slot.id} {_not_then(slot, airing.day)}"
        mend = f"{_nearest_day(checked, airing, slot)}bỏ khung giờ để thành lượt phát riêng"
        change = mender.into_slot(airing, slot)
        yield Finding("wrong-day", message, mend, change=change)
    elif not holds(slot, airing):
        start = airing.starts.replace(hour=slot.start.hour, minute=slot.start.minute)
        end = start + timedelta(minutes=slot.minutes)
        span = f"{clock(airing.starts)}-{clock(airing.ends)}"
        message = f"{span} nằm ngoài khung giờ {slot.id} ({clock(start)}-{clock(end)})"
        fit = f"đặt lại {clock(start)}, không quá {slot.minutes} phút"
        mend = f"{fit}, hoặc bỏ khung giờ để thành lượt phát riêng"
        yield Finding("wrong-day", message, mend, change=mender.into_slot(airing, slot))


def _not_then(slot: Slot, day: date) -> str:
    """Why a slot does not stand on a day."""
    if slot.valid_from and day < slot.valid_from:
        return f"chỉ phát từ ngày {day_text(slot.valid_from)}"
    if slot.valid_until and day > slot.valid_until:
        return f"chỉ phát đến hết ngày {day_text(slot.valid_until)}"
    if weekday_code(day) in slot.days:
        return f"không phát riêng ngày {day_text(day)}"
    return f"chỉ phát {', '.join(slot.days)}, không phát {day_label(day)}"


def _nearest_day(checked: Checked, airing: Airing, slot: Slot) -> str:
    days = [day for day in checked.week.id.days() if slot.stands_on(day)]
    nearest = min(days, key=lambda day: abs((day - airing.day).days), default=None)
    return f"đổi ngày sang {day_label(nearest)}, hoặc " if nearest else ""


def _plan(checked: Checked, _: Mender, airing: Airing) -> Iterator[Finding]:
    if airing.plan is None:
        if airing.topic is not None:
            message = f"có nội dung {airing.topic} nhưng không nói của kế hoạch nào"
            yield Finding("unknown-plan", message, _name("", list(checked.plans)))
        return
    plan = checked.plans.get(airing.plan)
    if plan is None:
        message = f"không có kế hoạch {airing.plan}"
        yield Finding("unknown-plan", message, _name(airing.plan, list(checked.plans)))
    elif airing.topic is not None and plan.topic(airing.topic) is None:
        message = f"kế hoạch {plan.id} không có nội dung {airing.topic}"
        known = [topic.path for topic in plan.topics if topic.kind != "fragment"]
        yield Finding("unknown-topic", message, _name(airing.topic, known))


def _script(checked: Checked, mender: Mender, airing: Airing) -> Iterator[Finding]:
    if airing.script is None:
        mend = (
            f"soạn kịch bản: broadcast script assemble --week {checked.week.id}"
            if airing.plan and airing.topic
            else f"chọn kịch bản: broadcast week set {checked.week.id} {airing.id} --script MÃ"
        )
        yield Finding("no-script", "chưa có kịch bản", mend)
        return
    script = checked.scripts.get(airing.script)
    if script is None:
        message = f"không có kịch bản {airing.script}"
        yield Finding("unknown-script", message, _name(airing.script, list(checked.scripts)))
        return
    if script.problems:
        message = f"kịch bản {airing.script} có {script.problems} chỗ cần sửa"
        mend = f"xem từng chỗ: broadcast script check {airing.script}"
        yield Finding("script-problem", message, mend)
    if script.state != "đã duyệt":
        message = f"kịch bản {airing.script} chưa được duyệt ({script.state})"
        yield Finding("unapproved", message, _to_approve(airing.script, script))
    for finding in script.stale.get(airing.day, ()):
        yield replace(finding, mend=f"{finding.mend}; {_to_answer(airing.script)}", day=None)
    if script.seconds is not None:
        yield from _length(checked, mender, airing, script.seconds)


def _to_answer(name: str) -> str:
    return f'hoặc duyệt kèm lý do: broadcast script approve {name} --by TÊN --despite "LÝ DO"'


def _to_approve(name: str, script: ScriptInfo) -> str:
    if script.state == "trả lại":
        return f"sửa theo ý kiến trả lại, rồi gửi duyệt: broadcast script submit {name} --by TÊN"
    return f"đọc lại rồi duyệt: broadcast script approve {name} --by TÊN"


def _length(checked: Checked, mender: Mender, airing: Airing, seconds: float) -> Iterator[Finding]:
    """A programme longer than the time set aside, or than the slot it stands in."""
    slot = checked.station.slot(airing.slot or "")
    minutes = min(airing.minutes, slot.minutes) if slot else airing.minutes
    over = seconds - minutes * 60
    if over <= 0:
        return
    message = too_long(seconds, minutes)
    needed, change = ceil(seconds / 60), None
    if _can_grow(checked, airing, slot, needed):
        mend = f"tăng thời lượng của lượt phát lên {needed} phút, ngay sau đó loa đang trống"
        change = mender.length(airing, needed)
    else:
        syllables = syllables_of(over, checked.station.voices.rate)
        mend = f"rút kịch bản {airing.script} bớt khoảng {syllables} tiếng"
    yield Finding("too-long", message, mend, change=change)


def _can_grow(checked: Checked, airing: Airing, slot: Slot | None, minutes: int) -> bool:
    """Whether the airing may last `minutes` without leaving its slot or meeting another."""
    longer = replace(airing, minutes=minutes)
    if slot is not None and not holds(slot, longer):
        return False
    others = (a for a in checked.around(airing.day) if a is not airing)
    end = latest_end(checked.station.rules, airing.day)
    return free_from(others, longer, longer.starts, end) == longer.starts


def _name(wrong: str, known: Sequence[str]) -> str:
    """What to write instead of an unknown name: one that looks like it, or what there is."""
    if not known:
        return "hiện chưa có tên nào để chọn"
    near = get_close_matches(wrong, known, n=1)
    more = ", ..." if len(known) > _MOST_NAMES else ""
    allowed = f"{', '.join(known[:_MOST_NAMES])}{more}"
    return f"có phải {near[0]}? Được dùng: {allowed}" if near else f"chọn một trong: {allowed}"
