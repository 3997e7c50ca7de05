"""What is typed into a station's settings, what changes there, and what is odd about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.domain import station_edit as edit
from broadcast.domain import station_fields as typed
from broadcast.domain.station import Rules, Screen, Slot, Station, Zone
from broadcast.domain.station_check import doubts
from broadcast.domain.wording import DAYS
from broadcast.errors import InputError, NotFoundError

A, B = Zone("a", "Bản A"), Zone("b", "Bản B")
MORNING = Slot("sang", "Buổi sáng", time(5, 30), 15, ("T2", "T4"))
EVENING = Slot("chieu", "Buổi chiều", time(17), 15, ("T3",), ("a",))
STATION = Station("x", "Đài xã X", "xã X", zones=(A, B), slots=(MORNING, EVENING))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("05:30", time(5, 30)), ("5:30", time(5, 30)), ("5h30", time(5, 30)), ("17h", time(17)),
        ("17 giờ", time(17)), ("17 giờ 15 phút", time(17, 15)), ("6", time(6)),
        (" 5.30 ", time(5, 30)), ("0530", None), ("24:00", None), ("5:60", None), ("", None),
        ("sáng", None), ("05:3o", None), ("-1:00", None),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(text: str, when: time | None) -> None:
    if when is None:
        with pytest.raises(ValueError, match="05:30"):
            typed.read_clock(text)
    else:
        assert typed.read_clock(text) == when


@given(st.times().map(lambda t: t.replace(second=0, microsecond=0)))
def test_every_time_that_is_shown_can_be_typed(when: time) -> None:
    assert typed.read_clock(typed.value_text(when)) == when


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("T2 T4 T6", "T2 T4 T6"), ("t2,t4; t6", "T2 T4 T6"), ("thứ hai, thứ tư", "T2 T4"),
        ("Thứ 2 và thứ 7", "T2 T7"), ("chủ nhật", "CN"), ("CN T2", "T2 CN"),
        ("T2-T6", "T2 T3 T4 T5 T6"), ("thứ hai đến thứ sáu, CN", "T2 T3 T4 T5 T6 CN"),
        ("2 4 6", "T2 T4 T6"), ("cả tuần", " ".join(DAYS)), ("hằng ngày", " ".join(DAYS)),
    ],
)  # fmt: skip
def test_days_are_read_as_people_write_them(text: str, days: str) -> None:
    assert " ".join(typed.read_days(text)) == days


@pytest.mark.parametrize("text", ["", "T1", "T8", "mai", "T6-T2", "T2-", "thứ", "T2 Tư8"])
def test_what_is_no_day_is_told_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="T2"):
        typed.read_days(text)


@given(st.sets(st.sampled_from(DAYS), min_size=1))
def test_every_set_of_days_that_is_shown_can_be_typed(days: set[str]) -> None:
    written = " ".join(day for day in DAYS if day in days)
    assert set(typed.read_days(written)) == days


READERS = [one.read for one in typed.ENTRIES] + [
    typed.read_days, typed.read_flag, typed.read_languages, typed.zones_reader(STATION),
]  # fmt: skip


@given(st.sampled_from(READERS), st.text(max_size=30))
def test_a_reader_gives_a_value_or_says_what_is_wrong(read: object, text: str) -> None:
    try:
        read(text)  # type: ignore[operator]
    except ValueError as error:
        assert str(error)


def test_what_stands_in_every_entry_can_be_typed_again() -> None:
    for one in typed.ENTRIES:
        value = edit.value_of(STATION, one.key)
        shown = typed.value_text(value)
        if shown:
            assert one.read(shown) == value
        assert one.read(one.example) is not None


@pytest.mark.parametrize(
    ("key", "text", "told"),
    [
        ("voices.rate", "50", "120"), ("voices.rate", "nhanh", "190"),
        ("rules.max_minutes_per_day", "0", "1440"), ("sound.bitrate", "63", "64"),
        ("sound.loudness", "-50", "-30"), ("sound.loudness", "to", "-16"),
        ("voices.region", "tây", "bắc"), ("name", "   ", "tên"),
    ],
)  # fmt: skip
def test_a_value_out_of_bounds_is_told_with_what_would_do(key: str, text: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        edit.entry(key).read(text)


def test_numbers_take_their_unit_and_a_comma() -> None:
    assert edit.entry("rules.max_minutes_per_day").read("45 phút") == 45
    assert edit.entry("sound.loudness").read("-16,5 LUFS") == -16.5
    assert edit.entry("sound.bitrate").read("64 kbit/s") == 64


def test_limits_may_be_left_open_and_are_typed_as_they_are_shown() -> None:
    rules = Rules(
        quiet_hours=("11:30-13:30", "21:00-05:00"), max_airings_per_day=2, weekdays=("T2", "T3"),
        no_broadcast_days=(date(2027, 2, 17), date(2027, 2, 18)),
    )  # fmt: skip
    station = replace(STATION, rules=rules)
    for one in typed.ENTRIES:
        value = edit.value_of(station, one.key)
        assert one.key.startswith("voices") or one.read(typed.value_text(value)) == value
    assert edit.entry("rules.max_airings_per_day").read("không") is None
    assert edit.entry("rules.weekdays").read("") == ()
    with pytest.raises(ValueError, match="viết như 06/02/2027"):
        edit.entry("rules.no_broadcast_days").read("30/02/2027")


def test_zones_are_typed_by_name_or_id_and_all_is_none() -> None:
    read = typed.zones_reader(STATION)
    assert (read("Bản B, a"), read("tất cả"), read("")) == (("a", "b"), (), ())
    with pytest.raises(ValueError, match="«c»; hiện có: a, b"):
        read("a, c")


def test_an_entry_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(NotFoundError) as caught:
        edit.entry("voices.speed")
    assert "voices.rate" in caught.value.mend


def test_broadcasting_cannot_begin_after_it_ends() -> None:
    with pytest.raises(InputError, match="trước giờ kết thúc"):
        edit.with_values(STATION, {"rules.earliest": time(22, 30)})
    midnight = edit.with_values(STATION, {"rules.latest": time(0)})
    assert midnight.rules.latest == time(0)


def test_a_removed_zone_is_named_by_no_slot() -> None:
    station = replace(STATION, slots=(MORNING, replace(EVENING, zones=("a", "b"))))
    after = edit.remove_zone(station, "b")
    assert [z.id for z in after.zones] == ["a"]
    assert [s.zones for s in after.slots] == [(), ("a",)]


def test_a_zone_that_is_all_a_slot_has_stays() -> None:
    with pytest.raises(InputError, match="Buổi chiều"):
        edit.remove_zone(STATION, "a")


def test_names_are_not_given_twice() -> None:
    with pytest.raises(InputError, match="bản a"):
        edit.put_zone(STATION, Zone("c", "bản a"))
    with pytest.raises(InputError, match="Buổi sáng"):
        edit.put_slot(STATION, replace(EVENING, name="Buổi sáng"))
    with pytest.raises(InputError, match="số máy"):
        edit.put_detail(replace(STATION, details={"số máy": "1"}), "số máy", "2")


def test_a_fact_that_gets_another_name_keeps_its_place() -> None:
    station = replace(STATION, details={"a": "1", "b": "2"})
    assert list(edit.put_detail(station, "c", "3", "a").details.items()) == [("c", "3"), ("b", "2")]
    assert edit.remove_detail(station, "a").details == {"b": "2"}


def test_stations_that_differ_in_colours_alone_are_equal() -> None:
    assert replace(STATION, screen=Screen("sang")) == STATION


NAMES = st.sampled_from(["Một", "Hai", "Ba"])
ZONES = st.builds(Zone, st.sampled_from("abc"), NAMES)
EDITS = st.one_of(
    st.builds(lambda z: lambda s: edit.put_zone(s, z), ZONES),
    st.builds(lambda i: lambda s: edit.remove_zone(s, i), st.sampled_from("abc")),
    st.builds(
        lambda i, n, m, z: lambda s: edit.put_slot(s, Slot(i, n, time(5), m, ("T2",), z)),
        st.sampled_from("xy"), NAMES, st.integers(1, 90), st.sampled_from([(), ("a",), ("b", "c")]),
    ),
    st.builds(lambda i: lambda s: edit.remove_slot(s, i), st.sampled_from("xy")),
    st.builds(lambda k, v: lambda s: edit.put_detail(s, k, v), st.sampled_from("pq"), NAMES),
    st.builds(lambda v: lambda s: edit.with_values(s, {"voices.rate": v}), st.integers(150, 200)),
)  # fmt: skip


def _made(station: Station, changes: list[object]) -> Station:
    for change in changes:
        try:
            station = change(station)  # type: ignore[operator]
        except (InputError, NotFoundError):
            continue
    return station


@given(st.lists(EDITS, max_size=6), st.lists(EDITS, max_size=2))
def test_a_change_taken_back_leaves_the_station_as_it_was(
    first: list[object], second: list[object]
) -> None:
    before = _made(STATION, first)
    after = _made(before, second)
    assert edit.changed(after, after, before) == before
    known = {zone.id for zone in after.zones}
    assert all(known.issuperset(slot.zones) for slot in after.slots)


@given(st.lists(EDITS, max_size=4))
def test_a_change_fits_beside_what_others_changed_elsewhere(others: list[object]) -> None:
    new = replace(STATION, commune="xã Mới")
    meanwhile = _made(STATION, others)
    assert edit.changed(meanwhile, STATION, new) == replace(meanwhile, commune="xã Mới")


def test_a_change_does_not_fit_where_its_own_part_was_changed() -> None:
    renamed = edit.put_zone(STATION, replace(A, name="Bản Một"))
    elsewhere = edit.put_zone(STATION, replace(A, name="Bản Hai"))
    assert edit.changed(elsewhere, STATION, renamed) is None
    gone = edit.remove_zone(STATION, "b")
    used = edit.put_slot(STATION, replace(EVENING, zones=("b",)))
    assert edit.changed(used, STATION, gone) is None


def _told(**changes: object) -> str:
    return "\n".join(map(str, doubts(replace(STATION, **changes))))  # type: ignore[arg-type]


def test_a_station_in_order_raises_no_doubts() -> None:
    assert _told() == ""


def test_slots_outside_the_hours_are_told() -> None:
    early = replace(MORNING, start=time(4, 30))
    assert "04:30, trước giờ được phát 05:00" in _told(slots=(early,))
    late = replace(MORNING, start=time(21, 50), minutes=30)
    assert "hết lúc 22:20, quá giờ được phát 22:00" in _told(slots=(late,))
    night = replace(MORNING, start=time(23, 50), minutes=30)
    assert "00:20 hôm sau" in _told(slots=(night,))
    until = replace(late, start=time(23, 30))
    assert _told(slots=(until,), rules=Rules(latest=time(0))) == ""


def test_slots_that_meet_in_a_zone_are_told_with_their_days() -> None:
    second = replace(MORNING, id="s2", name="Tin", start=time(5, 40), days=("T4", "T5"))
    assert "«Buổi sáng» và «Tin» trùng giờ T4 tại Bản A, Bản B" in _told(slots=(MORNING, second))
    apart = (replace(MORNING, zones=("a",)), replace(second, zones=("b",)))
    assert _told(slots=apart) == ""
    after = replace(second, start=time(5, 45))
    assert _told(slots=(MORNING, after)) == ""


def test_slots_that_meet_over_midnight_are_told() -> None:
    night = Slot("n", "Khuya", time(23, 50), 30, ("CN",))
    first = Slot("m", "Rạng sáng", time(0, 10), 10, ("T2",))
    assert "trùng giờ CN" in _told(slots=(night, first))
    assert "trùng giờ T2" in _told(slots=(first, night))


def test_zones_no_slot_reaches_and_days_too_long_are_told() -> None:
    assert "«Bản B» không có khung giờ" in _told(slots=(EVENING,))
    long = replace(MORNING, minutes=70)
    assert "«Bản A» nghe tới 70 phút một ngày (T2, T4), quá 60 phút" in _told(slots=(long,))
    assert _told(zones=(), slots=()).count("chưa có") == 2
