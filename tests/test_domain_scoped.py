"""Standing slots and series edited once, from a day on, and altogether, over a year's end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.rota import fill
from broadcast.domain.scoped import Draft, Scoped
from broadcast.domain.scoped_series import SeriesEdit, edit_series
from broadcast.domain.scoped_slot import SlotEdit, edit_slot
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import VIETNAM, Airing, Week, WeekId
from broadcast.errors import InputError, NotFoundError

MORNING = Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4", "T6"))
EVENING = Slot("chieu", "Chiều", time(17), 15, ("T3",), ("a",), column="Hỏi đáp")
STATION = Station("s", "Đài", "X", zones=(Zone("a", "A"), Zone("b", "B")), slots=(MORNING, EVENING))
PLAN = Plan("p", topics=tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(3)))
W52, W53, W1 = WeekId(2026, 52), WeekId(2026, 53), WeekId(2027, 1)
NOW = datetime(2026, 12, 28, 9, tzinfo=VIETNAM)
"""Monday of week 53, after the morning's programme."""


def planned(station: Station = STATION) -> dict[WeekId, Week]:
    weeks: dict[WeekId, Week] = {}
    for one in (W52, W53, W1):
        others = [a for week in weeks.values() for a in week.airings]
        weeks[one] = fill(Week(one), station, [PLAN], others).week
    return weeks


WEEKS = planned()


def by_hand(airing_id: str, **changes: Any) -> dict[WeekId, Week]:
    return {
        one: replace(week, airings=tuple(
            replace(a, **changes) if a.id == airing_id else a for a in week.airings))
        for one, week in WEEKS.items()
    }  # fmt: skip


def slot_edit(
    edit: SlotEdit,
    scope: Any,
    day: date | None = None,
    weeks: dict[WeekId, Week] = WEEKS,
    *,
    slot: str = "sang",
    station: Station = STATION,
) -> Scoped:
    return edit_slot(station, weeks.values(), slot, edit, scope=scope, day=day, now=NOW)


def told(scoped: Scoped) -> list[tuple[str, str, str, str | None]]:
    return [
        (t.kind, str(t.before or "-"), str(t.after or "-"), t.airing.id if t.airing else None)
        for t in scoped.touched
    ]


def planned_ones(scoped: Scoped) -> list[tuple[str, str, str, str | None]]:
    return [row for row in told(scoped) if row[3]]


def airing(scoped: Scoped, airing_id: str) -> Airing:
    return next(a for week in scoped.weeks for a in week.airings if a.id == airing_id)


def ids(weeks: Any) -> list[str]:
    return sorted(a.id for week in weeks for a in week.airings)


def test_once_the_airing_moves_and_the_slot_makes_an_exception() -> None:
    done = slot_edit(SlotEdit(start=time(6)), "this", date(2027, 1, 1))
    assert told(done) == [
        ("change", "T6 01/01 05:30-05:45", "T6 01/01 06:00-06:15", "2027-01-01-sang")
    ]
    new = airing(done, "2027-01-01-sang")
    assert (new.start, new.slot) == (time(6), None)
    slot = done.station.slot("sang")
    assert slot == replace(MORNING, except_on=(date(2027, 1, 1),))
    refilled = fill(done.weeks[0], done.station, [PLAN], [])
    assert refilled.added == ()


def test_once_within_the_slot_it_stays_the_slots() -> None:
    done = slot_edit(SlotEdit(minutes=10), "this", date(2027, 1, 1))
    assert airing(done, "2027-01-01-sang").slot == "sang"
    assert done.station == STATION


def test_once_an_airing_goes_to_another_week_with_its_id() -> None:
    done = slot_edit(SlotEdit(day=date(2027, 1, 5)), "this", date(2027, 1, 1))
    assert [week.id for week in done.weeks] == [W53, W1]
    assert airing(done, "2027-01-01-sang").day == date(2027, 1, 5)
    assert ids({**WEEKS, **{w.id: w for w in done.weeks}}.values()) == ids(WEEKS.values())


def test_once_an_empty_occurrence_becomes_a_slot_of_one_day() -> None:
    day = date(2027, 1, 15)
    done = slot_edit(SlotEdit(start=time(18), minutes=20), "this", day)
    assert told(done) == [("change", "T6 15/01 05:30-05:45", "T6 15/01 18:00-18:20", None)]
    once = done.station.slot("sang-2")
    assert once == replace(
        MORNING, id="sang-2", name="Sáng (chỉ 15/01/2027)", start=time(18), minutes=20,
        days=("T6",), valid_from=day, valid_until=day, follows="sang",
    )  # fmt: skip
    assert done.weeks == ()
    again = edit_slot(
        done.station, [], "sang-2", SlotEdit(start=time(19)), scope="this", day=day, now=NOW
    )
    assert [slot.id for slot in again.station.slots] == ["sang", "chieu", "sang-2"]
    assert again.station.slots[2].start == time(19)


def test_once_in_another_language_the_airing_goes_along() -> None:
    done = slot_edit(SlotEdit(language="Tiếng Thái"), "this", date(2027, 1, 1))
    assert airing(done, "2027-01-01-sang").slot == "sang-2"
    assert [s.language for s in done.station.slots] == ["Tiếng Việt", "Tiếng Việt", "Tiếng Thái"]


def test_once_removed_it_is_not_filled_again() -> None:
    done = slot_edit(SlotEdit(remove=True), "this", date(2027, 1, 1))
    assert told(done) == [("remove", "T6 01/01 05:30-05:45", "-", "2027-01-01-sang")]
    assert fill(done.weeks[0], done.station, [PLAN], []).added == ()
    empty = slot_edit(SlotEdit(remove=True), "this", date(2027, 1, 15))
    assert told(empty) == [("remove", "T6 15/01 05:30-05:45", "-", None)]


def test_from_a_day_on_the_slot_is_split_and_airings_go_along_with_their_ids() -> None:
    day = date(2026, 12, 30)
    weeks = by_hand("2027-01-04-sang", minutes=10)
    done = slot_edit(SlotEdit(start=time(5, 45), zones=("a",)), "following", day, weeks)
    assert done.station.slots == (
        replace(MORNING, valid_until=day - timedelta(days=1)),
        EVENING,
        replace(MORNING, id="sang-2", name="Sáng (từ 30/12/2026)", start=time(5, 45),
                zones=("a",), valid_from=day, follows="sang"),
    )  # fmt: skip
    assert [(row[0], row[3]) for row in planned_ones(done)] == [
        ("change", "2026-12-30-sang"), ("change", "2027-01-01-sang"), ("keep", "2027-01-04-sang"),
        ("change", "2027-01-06-sang"), ("change", "2027-01-08-sang"),
    ]  # fmt: skip
    moved, kept = airing(done, "2026-12-30-sang"), airing(done, "2027-01-04-sang")
    assert (moved.start, moved.zones, moved.slot) == (time(5, 45), ("a",), "sang-2")
    assert (kept.start, kept.minutes, kept.slot) == (time(5, 30), 10, "sang-2")
    assert done.touched[2].why == "đã sửa tay (số phút)"
    assert [week.id for week in done.weeks] == [W53, W1]
    assert done.endless
    assert len(done.touched) > 5


def test_split_again_the_name_tells_the_last_day_only() -> None:
    once = slot_edit(SlotEdit(peak=True), "following", date(2026, 12, 30))
    twice = slot_edit(
        SlotEdit(minutes=20), "following", date(2027, 1, 6), slot="sang-2", station=once.station
    )
    assert [(s.id, s.name) for s in twice.station.slots][2:] == [
        ("sang-2", "Sáng (từ 30/12/2026)"), ("sang-3", "Sáng (từ 06/01/2027)"),
    ]  # fmt: skip
    assert twice.station.lineage("sang") == ("sang", "sang-2", "sang-3")


def test_other_days_take_their_airings_in_order_within_each_week() -> None:
    done = slot_edit(SlotEdit(days=("T4", "T5", "T7")), "following", date(2026, 12, 29))
    goes = [(row[1][:8], row[2][:8]) for row in planned_ones(done)]
    assert goes == [
        ("T4 30/12", "T4 30/12"), ("T6 01/01", "T5 31/12"), ("T2 04/01", "T5 07/01"),
        ("T4 06/01", "T4 06/01"), ("T6 08/01", "T7 09/01"),
    ]  # fmt: skip
    assert ("new", "-", "T7 02/01 05:30-05:45", None) in told(done)


def test_fewer_days_take_airings_out_and_say_so() -> None:
    done = slot_edit(SlotEdit(days=("T4",)), "following", date(2027, 1, 4))
    assert [(row[0], row[3]) for row in planned_ones(done)] == [
        ("remove", "2027-01-04-sang"), ("change", "2027-01-06-sang"), ("remove", "2027-01-08-sang"),
    ]  # fmt: skip


def test_a_moved_day_is_left_out_for_an_airing_that_was_changed_by_hand() -> None:
    weeks = by_hand("2027-01-04-sang", start=time(6))
    done = slot_edit(SlotEdit(days=("T3", "T4", "T6")), "all", None, weeks)
    kept = airing(done, "2027-01-04-sang")
    assert (kept.day, kept.start, kept.slot) == (date(2027, 1, 4), time(6), None)
    slot = done.station.slot("sang")
    assert slot is not None
    assert slot.except_on == (date(2027, 1, 5),)


def test_all_changes_in_place_what_is_to_come_and_nothing_that_was_heard() -> None:
    done = slot_edit(SlotEdit(start=time(6)), "all")
    assert done.station.slot("sang") == replace(MORNING, start=time(6))
    assert [a.id for a in done.heard] == [
        "2026-12-21-sang", "2026-12-23-sang", "2026-12-25-sang", "2026-12-28-sang",
    ]  # fmt: skip
    assert done.heard_weeks == (W52, W53)
    assert [week.id for week in done.weeks] == [W53, W1]
    assert airing(done, "2026-12-28-sang") == WEEKS[W53].airing("2026-12-28-sang")
    assert {airing(done, row[3] or "").start for row in planned_ones(done)} == {time(6)}


def test_today_is_reached_unless_it_has_or_would_have_begun() -> None:
    evening = replace(STATION, slots=(replace(MORNING, start=time(17)),))
    weeks = planned(evening)
    later = slot_edit(SlotEdit(start=time(18)), "all", None, weeks, station=evening)
    assert planned_ones(later)[0][3] == "2026-12-28-sang"
    earlier = slot_edit(SlotEdit(start=time(8)), "all", None, weeks, station=evening)
    assert planned_ones(earlier)[0][3] == "2026-12-30-sang"


def test_a_removed_slot_stays_as_long_as_it_was_heard() -> None:
    weeks = by_hand("2027-01-04-sang", minutes=10)
    done = slot_edit(SlotEdit(remove=True), "all", None, weeks)
    assert done.station.slots[0] == replace(MORNING, valid_until=date(2026, 12, 28))
    assert airing(done, "2027-01-04-sang").slot is None
    assert {row[0] for row in planned_ones(done)} == {"remove", "keep"}
    unheard = slot_edit(SlotEdit(remove=True), "all", None, {W1: WEEKS[W1]})
    assert unheard.station.slots == (EVENING,)
    tail = slot_edit(SlotEdit(remove=True), "following", date(2027, 1, 1))
    assert tail.station.slots[0] == replace(MORNING, valid_until=date(2026, 12, 31))


def test_new_clashes_are_told() -> None:
    extra = Airing("tin", date(2027, 1, 1), time(6), 10, ("b",), None, "Tin")
    weeks = {**WEEKS, W53: replace(WEEKS[W53], airings=(*WEEKS[W53].airings, extra))}
    done = slot_edit(SlotEdit(start=time(5, 50)), "all", None, weeks)
    assert [(it.first.id, it.second.id, it.zones) for it in done.clashes] == [
        ("2027-01-01-sang", "tin", ("b",))
    ]
    assert slot_edit(SlotEdit(start=time(5, 45)), "all", None, weeks).clashes == ()


@pytest.mark.parametrize(
    ("edit", "scope", "day", "message"),
    [
        (SlotEdit(), "all", None, "chưa nói đổi gì"),
        (SlotEdit(start=time(6)), "this", None, "chưa biết là lần phát nào"),
        (SlotEdit(days=("T2",)), "this", date(2027, 1, 1), "không đổi các thứ"),
        (SlotEdit(day=date(2027, 1, 2)), "all", None, "chỉ hợp với «chỉ lần này»"),
        (SlotEdit(start=time(6)), "this", date(2027, 1, 2), "không có ngày 02/01/2027"),
        (SlotEdit(start=time(6)), "this", date(2026, 12, 28), "đã phát rồi"),
        (SlotEdit(day=date(2026, 12, 27)), "this", date(2027, 1, 1), "đã qua"),
    ],
)
def test_an_edit_without_sense_is_refused(
    edit: SlotEdit, scope: str, day: date | None, message: str
) -> None:
    with pytest.raises(InputError, match="Không đổi được khung giờ") as caught:
        slot_edit(edit, scope, day)
    assert message in caught.value.happened


def test_a_slot_that_has_ended_or_is_not_there_is_refused() -> None:
    ended = replace(STATION, slots=(replace(MORNING, valid_until=date(2026, 12, 1)),))
    with pytest.raises(InputError):
        slot_edit(SlotEdit(start=time(6)), "all", station=ended)
    with pytest.raises(NotFoundError):
        slot_edit(SlotEdit(start=time(6)), "all", slot="trua")


# Series


def series(
    week: WeekId, airing_id: str, edit: SeriesEdit, scope: Any, weeks: Any = WEEKS
) -> Scoped:
    return edit_series(Draft.over(STATION, weeks.values(), NOW), week, airing_id, edit, scope)


def test_a_column_is_renamed_from_an_airing_on() -> None:
    weeks = {one: replace(week, airings=tuple(
        replace(a, title="Hỏi đáp") if a.slot == "chieu" else a for a in week.airings))
        for one, week in WEEKS.items()}  # fmt: skip
    done = series(W53, "2026-12-29-chieu", SeriesEdit(title="Bạn hỏi"), "following", weeks)
    assert [(t.kind, t.airing.id if t.airing else "") for t in done.touched] == [
        ("change", "2026-12-29-chieu"), ("change", "2027-01-05-chieu"),
    ]  # fmt: skip
    assert airing(done, "2027-01-05-chieu").title == "Bạn hỏi"
    every = series(W53, "2026-12-29-chieu", SeriesEdit(title="Bạn hỏi"), "all", weeks)
    assert [a.id for a in every.heard] == ["2026-12-22-chieu"]


def test_a_programme_goes_with_its_topic() -> None:
    pointed = WEEKS[W53].airing("2026-12-30-sang")
    assert pointed is not None
    same = [a.id for week in WEEKS.values() for a in week.airings if a.topic == pointed.topic]
    done = series(W53, pointed.id, SeriesEdit(remove=True), "all")
    assert sorted([*(a.id for a in done.heard), *(row[3] or "" for row in told(done))]) == same
    assert len(ids({**WEEKS, **{w.id: w for w in done.weeks}}.values())) == len(
        ids(WEEKS.values())
    ) - len(done.touched)


def test_an_airing_moved_by_hand_and_one_in_the_way_stay() -> None:
    weeks = by_hand("2027-01-05-chieu", start=time(17, 5), minutes=10)
    done = series(W53, "2026-12-29-chieu", SeriesEdit(start=time(18)), "all", weeks)
    assert [t.kind for t in done.touched] == ["change", "keep"]
    assert done.touched[1].why == "đã sửa tay (giờ, số phút)"
    extra = Airing("tin", date(2027, 1, 5), time(18), 10, ("a",), None, "Tin")
    busy = {**WEEKS, W1: replace(WEEKS[W1], airings=(*WEEKS[W1].airings, extra))}
    done = series(W53, "2026-12-29-chieu", SeriesEdit(start=time(18)), "all", busy)
    assert [(t.kind, t.why) for t in done.touched] == [
        ("change", ""), ("keep", "trùng giờ với «Tin» T3 05/01 18:00"),
    ]  # fmt: skip


def test_one_airing_alone_may_change_although_others_are_like_it() -> None:
    done = series(W53, "2026-12-29-chieu", SeriesEdit(minutes=30, day=date(2026, 12, 31)), "this")
    new = airing(done, "2026-12-29-chieu")
    assert (new.day, new.minutes, new.slot) == (date(2026, 12, 31), 30, None)
    assert len(done.touched) == 1


@pytest.mark.parametrize(
    ("airing_id", "edit", "scope", "message"),
    [
        ("2026-12-28-sang", SeriesEdit(minutes=9), "all", "đã phát rồi"),
        ("2026-12-29-chieu", SeriesEdit(), "all", "chưa nói đổi gì"),
        ("2026-12-29-chieu", SeriesEdit(day=date(2026, 12, 31)), "all", "chỉ hợp với"),
        ("2026-12-29-chieu", SeriesEdit(slot="sang"), "this", "nằm ngoài khung giờ sang"),
    ],
)
def test_a_series_edit_without_sense_is_refused(
    airing_id: str, edit: SeriesEdit, scope: str, message: str
) -> None:
    with pytest.raises(InputError) as caught:
        series(W53, airing_id, edit, scope)
    assert message in caught.value.happened
