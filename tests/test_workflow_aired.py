"""Planning and the airing log: what was not on air still waits, what nobody logged is heard."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from broadcast.domain.scoped_slot import SlotEdit
from broadcast.domain.week import Airing, WeekId
from broadcast.store.workspace import Workspace
from broadcast.workflow.airing_log import Told, log_day
from broadcast.workflow.desk import Desk
from broadcast.workflow.heard import heard_around
from broadcast.workflow.scoped_changes import ScopedSession
from broadcast.workflow.topic_counts import counts
from broadcast.workflow.weeks import seen_from
from tests.helpers import PLAN, done, run

W48 = WeekId(2026, 48)
MONDAY = W48.days()[0]


@pytest.fixture
def desk(sample: Path) -> Desk:
    return Desk(Workspace(sample))


def log(desk: Desk, airing: Airing, *told: Told) -> None:
    now = airing.ends + timedelta(days=1)
    log_day(desk, airing.day, told, by="Lò Thị Thử", now=now)


def test_zones_that_heard_nothing_of_an_airing_may_hear_its_text_again(
    desk: Desk, sample: Path
) -> None:
    first = desk.week(W48).airings[0]
    (script,) = done("script", "assemble", f"{PLAN}:{first.topic}", cwd=sample).lines[-1:]
    done("week", "set", str(W48), first.id, "--script", script, cwd=sample)
    first = desk.week(W48).airings[0]
    zones, day = first.zones, first.day

    def hearers() -> set[frozenset[str]]:
        around = heard_around(desk, MONDAY, W48.days()[-1])
        return {one.zones for those in around.values() for one in those if one.day == day}

    assert hearers() == {frozenset(zones)}
    log(desk, first, Told(first.id, "không phát", reason="mất điện", zones=zones[:1]))
    assert hearers() == {frozenset(zones[1:])}


def test_a_topic_that_was_not_on_air_counts_neither_as_heard_nor_for_the_minimum(
    desk: Desk,
) -> None:
    plan, today = desk.plan(PLAN), MONDAY
    first = next(a for a in desk.week(W48).airings if a.slot == "sang")
    before = counts(desk, plan, today)
    log(desk, first, Told(first.id, "không phát", reason="mất điện"))
    after = counts(desk, plan, today)
    path = plan.path_of(first.topic or "")
    assert after.of(path).times == before.of(path).times - 1


def test_what_was_heard_in_a_slot_stays_right_when_the_slot_is_changed_altogether(
    desk: Desk,
) -> None:
    first = next(a for a in desk.week(W48).airings if a.slot == "sang")
    session = ScopedSession.open(desk)
    other_days = SlotEdit(days=("T4", "T6"))
    now = first.ends + timedelta(days=1)
    preview = session.preview_slot("sang", other_days, scope="all", day=None, now=now)
    session.apply(preview)
    found = seen_from(desk, desk.week(W48), now=now).findings_of(first.id)
    assert not any(slot.id == "sang" and "T2" in slot.days for slot in desk.station().slots)
    assert "wrong-day" not in {one.rule for one in found}
    log(desk, first)
    found = seen_from(desk, desk.week(W48)).findings_of(first.id)
    assert "wrong-day" not in {one.rule for one in found}


def test_filling_a_week_of_tet_leaves_its_days_closed(sample: Path) -> None:
    told = done("week", "fill", "2027-W06", cwd=sample)
    days = {line[:10] for line in told.out.split() if line.startswith("2027-")}
    assert days == {"2027-02-11", "2027-02-12", "2027-02-14"}
    assert "(Mùng ba Tết Nguyên Đán): ngày nghỉ, không xếp" in told.err
    checked = run("week", "check", "2027-W06", "--json", cwd=sample).json()
    assert {one["rule"] for one in checked["findings"]} == {"no-script"}
