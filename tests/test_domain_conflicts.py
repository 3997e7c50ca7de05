"""Who is heard where airings and relays meet, against a minute-by-minute oracle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.domain.conflicts import RANK, conflicts, heard, relays, silent
from broadcast.domain.rules import BLOCKING, check_week
from broadcast.domain.station import Rules, Slot, Station, Zone
from broadcast.domain.week import LEVELS, Airing, Finding, Week, WeekId

MONDAY = date(2026, 11, 23)
STATION = Station(
    "s",
    "Đài",
    "Suối Hoa",
    zones=(Zone("a", "Bản Mờ"), Zone("b", "Trung tâm")),
    slots=(
        Slot("tiep-am", "Tiếp âm", time(6), 30, ("T2", "T3", "CN"), relay="Đài tỉnh"),
        Slot("dem", "Đêm", time(23, 50), 30, ("CN",), ("a",), relay="Đài tỉnh"),
        Slot("trua", "Trưa", time(11), 15, ("T2", "T4")),
    ),
    rules=Rules(latest=time(0)),
)
USUAL = Airing("x", MONDAY, time(11), 15, ("a", "b"), "trua", "Tên", script="k")
URGENT = replace(USUAL, id="u", slot=None, start=time(11, 5), level="khẩn cấp", script="k2")


def findings(
    *airings: Airing, near: tuple[Airing, ...] = (), rules: tuple[str, ...] = ()
) -> list[Finding]:
    """Findings of the week of 23/11/2026 about conflicts, or of the rules named."""
    wanted = rules or ("overlap", "relay", "gives-way")
    found = check_week(Week(WeekId(2026, 48), airings), STATION, {}, {}, near)
    return [one for one in found if one.rule in wanted]


def test_what_gives_way_is_told_with_zones_and_when_it_is_made_up_for() -> None:
    (found,) = findings(USUAL, replace(URGENT, zones=("b",)))
    assert found.message == (
        "T2 23/11 11:00-11:15 (thông thường) nhường lượt phát u (khẩn cấp, "
        "T2 23/11 11:05-11:20): cụm loa Trung tâm không nghe lượt này"
    )
    assert (found.airing, found.mend) == ("x", "phát bù tại Trung tâm: T4 25/11 11:00 (Trưa)")
    assert "Thông tư 39/2020/TT-BTTTT" in found.source


def test_giving_way_does_not_keep_the_week_from_going_out() -> None:
    assert "gives-way" not in BLOCKING
    assert {"overlap", "relay"} <= BLOCKING


def test_what_is_heard_again_later_needs_nothing_more() -> None:
    again = replace(USUAL, id="y", day=date(2026, 11, 25))
    (found,) = findings(USUAL, URGENT, again)
    assert found.mend == "đã có lượt phát lại lúc T4 25/11 11:00, không cần làm gì thêm"
    assert found.change is None


def test_two_priority_items_are_for_the_commune_to_decide() -> None:
    (found,) = findings(replace(USUAL, level="ưu tiên"), replace(URGENT, level="ưu tiên"))
    assert found.mend.startswith("xã quyết định lượt nào phát trước")
    assert "cả hai đều là ưu tiên" in found.message


def test_two_urgent_bulletins_are_both_told() -> None:
    found = findings(replace(USUAL, level="khẩn cấp"), URGENT)
    assert [(one.rule, one.airing) for one in found] == [("overlap", "x"), ("overlap", "u")]


def test_a_relays_time_is_taken_unless_the_bulletin_is_urgent() -> None:
    over = replace(USUAL, slot=None, start=time(6, 10))
    (found,) = findings(over)
    assert (found.rule, found.airing) == ("relay", "x")
    assert "giờ tiếp âm Đài tỉnh (T2 23/11 06:00-06:30) tại cụm loa Bản Mờ, Trung tâm" in (
        found.message
    )
    assert found.mend == "dời lượt phát x sang 06:30 cùng ngày"
    assert findings(replace(over, level="khẩn cấp")) == []


def test_last_sundays_relay_reaches_into_monday() -> None:
    (found,) = findings(replace(USUAL, slot=None, start=time(0, 10)))
    assert (found.rule, found.message.split(" tại ")[1]) == ("relay", "cụm loa Bản Mờ")


def test_what_meets_only_something_that_gives_way_is_heard() -> None:
    priority = replace(USUAL, id="p", slot=None, start=time(10, 55), level="ưu tiên", minutes=11)
    usual = replace(USUAL, id="n", slot=None, start=time(10, 50), minutes=10)
    assert [one.airing for one in findings(priority, usual, URGENT)] == ["p"]


def test_an_airing_that_begins_twice_as_the_same_entry_never_meets_itself() -> None:
    assert findings(USUAL, near=(USUAL,)) == []


def week_of_days(first: date) -> st.SearchStrategy[Airing]:
    """Airings on any level in and around the week of `first`, on whole ten minutes."""
    return st.builds(
        Airing,
        id=st.sampled_from(["x", "y", "z", "w", "v"]),
        day=st.integers(-2, 8).map(lambda n: first + timedelta(days=n)),
        start=st.integers(0, 143).map(lambda n: time(n // 6, n % 6 * 10)),
        minutes=st.integers(0, 30).map(lambda n: n * 10),
        zones=st.lists(st.sampled_from("ab"), max_size=2, unique=True).map(tuple),
        level=st.sampled_from(LEVELS),
    )


MONDAYS = (MONDAY, date(2020, 12, 28), date(2026, 12, 28), date(2027, 1, 4))
"""An ordinary week, two of number 53, and the one after such a week."""

WEEKS = st.sampled_from(MONDAYS).flatmap(
    lambda day: st.tuples(st.just(day), st.lists(week_of_days(day), max_size=14))
)


def _sounds(airing: Airing, zone: str) -> set[int]:
    """The ten minutes in which it would be heard in a zone."""
    begin = airing.day.toordinal() * 144 + airing.start.hour * 6 + airing.start.minute // 10
    return set(range(begin, begin + airing.minutes // 10)) if zone in airing.zones else set()


def _oracle(airings: list[Airing], zone: str) -> list[int]:
    """Numbers of the airings heard in a zone, worked out from the highest level down."""
    kept: list[int] = []
    for level in reversed(LEVELS):
        above = {t for n in kept for t in _sounds(airings[n], zone)}
        mine = [n for n, a in enumerate(airings) if a.level == level]
        kept += [n for n in mine if not _sounds(airings[n], zone) & above]
    return sorted(n for n in kept if zone in airings[n].zones)


@given(WEEKS)
@settings(deadline=None, max_examples=60)
def test_who_is_heard_is_what_a_look_at_every_ten_minutes_finds(
    drawn: tuple[date, list[Airing]],
) -> None:
    _, airings = drawn
    distinct = list(dict.fromkeys(airings))
    lost = silent(distinct)
    for zone in "ab":
        found = [
            n for n, a in enumerate(distinct) if zone in a.zones and zone not in lost.get(a, ())
        ]
        assert found == _oracle(distinct, zone)
    assert {zone for a in heard(distinct, lost) for zone in a.zones} <= {"a", "b"}


@given(WEEKS)
@settings(deadline=None, max_examples=60)
def test_every_conflict_that_brute_force_finds_is_found_and_no_other(
    drawn: tuple[date, list[Airing]],
) -> None:
    monday, airings = drawn
    distinct = list(dict.fromkeys(airings))
    carried = relays(STATION, [monday + timedelta(days=n) for n in range(-3, 10)])
    expected, over = set(), set()
    for zone in "ab":
        on = [distinct[n] for n in _oracle(distinct, zone)]
        for n, one in enumerate(on):
            expected |= {
                (frozenset((one, two)), zone)
                for two in on[n + 1 :]
                if _sounds(one, zone) & _sounds(two, zone)
            }
            over |= {
                (one, relay, zone)
                for relay in carried
                if one.level != "khẩn cấp" and _sounds(one, zone) & _sounds(relay, zone)
            }
    met = conflicts(distinct, carried)
    assert {(frozenset((it.first, it.second)), z) for it in met.unsettled for z in it.zones} == (
        expected
    )
    assert {(it.first, it.second, z) for it in met.over_relays for z in it.zones} == over
    for way in met.gives_way:
        assert RANK[way.to.level] > RANK[way.airing.level]
        for zone in way.zones:
            assert _sounds(way.airing, zone) & _sounds(way.to, zone)


@given(WEEKS)
@settings(deadline=None, max_examples=60)
def test_the_weeks_findings_are_the_conflicts_of_its_own_airings(
    drawn: tuple[date, list[Airing]],
) -> None:
    monday, airings = drawn
    named = [replace(a, id=f"{a.id}{n}") for n, a in enumerate(dict.fromkeys(airings))]
    week_id = WeekId.of(monday)
    own = [a for a in named if a.day in week_id.days()]
    near = [a for a in named if a.day not in week_id.days()]
    found = check_week(Week(week_id, tuple(own)), STATION, {}, {}, near)
    carried = relays(STATION, [monday + timedelta(days=n) for n in range(-1, 8)])
    within = [a for a in named if monday - timedelta(days=1) <= a.day <= monday + timedelta(days=7)]
    met, mine = conflicts(within, carried), {a.id for a in own}
    ways = {it.airing.id for it in met.gives_way} & mine
    over = {it.first.id for it in met.over_relays} & mine
    told = {rule: {f.airing for f in found if f.rule == rule} for rule in ("gives-way", "relay")}
    assert told == {"gives-way": ways, "relay": over}
    pairs = [it for it in met.unsettled if {it.first.id, it.second.id} & mine]
    both = sum({it.first.id, it.second.id} <= mine and it.first.level == LEVELS[-1] for it in pairs)
    assert sum(f.rule == "overlap" for f in found) == len(pairs) + both
