"""Standing slots over many days: each occurrence once, in order, across midnight and years."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import islice

from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain.calendar_math import places
from broadcast.domain.occurrences import occurrences, sounding
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.domain.wording import DAYS

DAY = timedelta(days=1)
BEGIN = date(2026, 12, 21)


def station(*slots: Slot) -> Station:
    return Station("s", "Đài", "xã S", zones=(Zone("a", "A"), Zone("b", "B")), slots=slots)


NEAR = st.integers(-20, 60).map(lambda n: BEGIN + n * DAY)
SLOTS = st.builds(
    Slot,
    st.sampled_from("xyz"),
    st.just("Tên"),
    st.sampled_from([time(0), time(5, 30), time(17), time(23, 50)]),
    st.integers(1, 90),
    st.sets(st.sampled_from(DAYS)).map(tuple),
    zones=st.sampled_from([(), ("b",)]),
    valid_from=st.none() | NEAR,
    valid_until=st.none() | NEAR,
    relay=st.sampled_from(["", "Đài tỉnh"]),
    except_on=st.lists(NEAR, max_size=3).map(tuple),
)


@given(st.lists(SLOTS, max_size=4), NEAR, st.integers(-3, 40))
def test_they_are_what_asking_every_slot_on_every_day_gives(
    slots: list[Slot], first: date, length: int
) -> None:
    its = station(*slots)
    days = [first + n * DAY for n in range(length)]
    expected = [(day, n) for day in days for n, slot in enumerate(slots) if slot.stands_on(day)]
    expected.sort(key=lambda it: (it[0], slots[it[1]].start, it[1]))
    found = list(occurrences(its, first, first + (length - 1) * DAY))
    assert [(p.day, p.slot) for p in found] == [(day, slots[n]) for day, n in expected]
    assert all(p.zones == its.zones_of(p.slot) and p.relayed == bool(p.slot.relay) for p in found)


@given(st.lists(SLOTS, max_size=3), NEAR, st.integers(0, 24 * 60), st.integers(1, 3000))
def test_what_sounds_in_a_span_is_what_meets_it(
    slots: list[Slot], day: date, minute: int, length: int
) -> None:
    its = station(*slots)
    begin = datetime.combine(day, time(), VIETNAM) + timedelta(minutes=minute)
    end = begin + timedelta(minutes=length)
    near = occurrences(its, day - 3 * DAY, day + 6 * DAY)
    expected = [p for p in near if max(p.starts, begin) < min(p.ends, end)]
    assert list(sounding(its, begin, end)) == expected


def test_a_slot_begun_before_midnight_sounds_the_day_after() -> None:
    late = Slot("k", "Khuya", time(23, 50), 30, ("T5",))
    new_year = datetime(2027, 1, 1, tzinfo=VIETNAM)
    (found,) = sounding(station(late), new_year, new_year + timedelta(minutes=5))
    assert found.day == date(2026, 12, 31)


def test_week_53_and_the_week_over_a_years_end_have_all_their_days() -> None:
    daily = station(Slot("s", "Sáng", time(5, 30), 15, DAYS))
    assert [p.day for p in places(WeekId(2026, 53), daily)] == [
        date(2026, 12, 28) + n * DAY for n in range(7)
    ]
    assert next(p.day for p in places(WeekId(2027, 1), daily)) == date(2027, 1, 4)


def test_nobody_waits_for_a_span_without_end() -> None:
    its = station(Slot("s", "Sáng", time(5, 30), 15, ("T2",)))
    assert [p.day for p in islice(occurrences(its, BEGIN, date.max), 2)] == [
        date(2026, 12, 21),
        date(2026, 12, 28),
    ]
    last = list(occurrences(its, date.max - 30 * DAY, date.max))
    assert [p.day for p in last] == [
        d for n in range(30, -1, -1) if (d := date.max - n * DAY).weekday() == 0
    ]
