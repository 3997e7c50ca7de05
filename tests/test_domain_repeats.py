"""Repeats: filled with the programme of the morning, and led by it until changed by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

from broadcast.domain.plan import Plan, Topic
from broadcast.domain.repeats import followed, following, source
from broadcast.domain.rota import fill
from broadcast.domain.station import Slot, Station, Zone
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.domain.week_edit import remove, swap
from broadcast.store.workspace import Workspace
from broadcast.workflow.week_session import WeekSession

from .helpers import done, edit, make_sample

W53 = WeekId(2026, 53)
MONDAY, TUESDAY, FRIDAY = date(2026, 12, 28), date(2026, 12, 29), date(2027, 1, 1)
MORNING = Slot("sang", "Sáng", time(5, 30), 15, ("T2", "T4", "T6"))
AGAIN = Slot("lai", "Phát lại", time(17), 20, ("T2", "T3", "T6"), ("a",), repeats="sang")
STATION = Station(
    "s", "Đài", "xã S", zones=(Zone("a", "A"), Zone("b", "B")), slots=(AGAIN, MORNING)
)
PLAN = Plan("p", topics=tuple(Topic(f"II.{n}", f"Nội dung {n}") for n in range(6)))
FILLED = fill(Week(W53), STATION, [PLAN], []).week


def topics(week: Week) -> dict[str, str | None]:
    return {airing.id: airing.topic for airing in week.in_order()}


def test_a_repeat_gets_the_mornings_programme_or_else_the_last_one_before() -> None:
    assert topics(FILLED) == {
        "2026-12-28-sang": "II.0", "2026-12-28-lai": "II.0", "2026-12-29-lai": "II.0",
        "2026-12-30-sang": "II.1", "2027-01-01-sang": "II.2", "2027-01-01-lai": "II.2",
    }  # fmt: skip
    again = FILLED.airing("2026-12-29-lai")
    assert again is not None
    assert (again.start, again.minutes, again.zones) == (time(17), 20, ("a",))
    assert again.why == "phát lại 2026-12-28-sang"


def test_the_first_repeat_of_a_year_repeats_last_years_programme() -> None:
    station = replace(STATION, slots=(replace(MORNING, days=("T6",)), replace(AGAIN, days=("T2",))))
    old = fill(Week(W53), station, [PLAN], []).week
    new = fill(Week(WeekId(2027, 1)), station, [PLAN], old.airings).week
    assert topics(new)["2027-01-04-lai"] == topics(old)["2027-01-01-sang"]


def test_a_repeat_without_anything_to_repeat_stays_free_and_is_told() -> None:
    filled = fill(Week(W53), replace(STATION, slots=(AGAIN, replace(MORNING, days=("T4",)))),
                  [PLAN], [])  # fmt: skip
    assert [(note.rule, note.day) for note in filled.notes] == [
        ("nothing-to-repeat", MONDAY),
        ("nothing-to-repeat", TUESDAY),
    ]
    assert len(filled.added) == 2


def test_of_two_programmes_at_one_time_the_one_its_zones_heard_is_repeated() -> None:
    halves = [
        Airing(one, MONDAY, time(5, 30), 15, (zone,), "sang", one) for one, zone in ("xb", "ya")
    ]
    found = source(AGAIN, MONDAY, STATION, halves)
    assert found is not None
    assert found.id == "y"


def test_what_goes_on_from_the_morning_slot_is_repeated_too() -> None:
    later = replace(MORNING, id="sang-2", follows="sang", start=time(6))
    ours = replace(STATION, slots=(*STATION.slots, later))
    heard = Airing("x", MONDAY, time(6), 15, ("a",), "sang-2", "Tên")
    assert source(AGAIN, MONDAY, ours, [heard]) == heard


def _given(week: Week, airing_id: str, title: str) -> Week:
    airings = (replace(a, title=title) if a.id == airing_id else a for a in week.airings)
    return replace(week, airings=tuple(airings))


def test_repeats_follow_what_they_repeat() -> None:
    after = followed(FILLED, _given(FILLED, "2026-12-28-sang", "Khác"), STATION)
    assert [a.title for a in after.in_order()][:3] == ["Khác"] * 3
    swapped = followed(FILLED, swap(FILLED, "2026-12-28-sang", "2027-01-01-sang"), STATION)
    assert topics(swapped)["2026-12-28-lai"] == "II.2"
    assert topics(swapped)["2027-01-01-lai"] == "II.0"


def test_a_repeat_changed_by_hand_stays_and_so_does_one_whose_source_went() -> None:
    own = _given(FILLED, "2026-12-28-lai", "Tin của xã")
    assert "2026-12-28-lai" not in following(own, STATION)
    after = followed(own, _given(own, "2026-12-28-sang", "Khác"), STATION)
    assert [a.title for a in after.in_order()][:3] == ["Khác", "Tin của xã", "Khác"]
    assert followed(FILLED, own, STATION) == own
    gone = remove(FILLED, "2027-01-01-sang")
    assert followed(FILLED, gone, STATION) == gone


def test_in_a_workspace_repeats_get_scripts_and_follow_by_command_and_by_key(
    tmp_path: Path,
) -> None:
    root = make_sample(tmp_path / "dai")
    edit(root / "schedules" / "station.yaml", "    days: [T3, T5]\n",
         "    days: [T2, T3, T5]\n    repeats: sang\n")  # fmt: skip
    week = WeekId(2026, 50)
    done("week", "fill", str(week), cwd=root)
    done("script", "assemble", "--week", str(week), cwd=root)
    workspace = Workspace(root)

    def scripts() -> dict[str, str | None]:
        return {airing.id: airing.script for airing in workspace.load_week(week).airings}

    made = scripts()
    assert made["2026-12-07-chieu"] == made["2026-12-07-sang"] == made["2026-12-08-chieu"]
    assert None not in made.values()
    other = made["2026-12-11-sang"]
    done("week", "set", week, "2026-12-07-sang", "--script", other, cwd=root)
    assert scripts()["2026-12-08-chieu"] == other
    session = WeekSession.open(workspace, week)
    session.swap("2026-12-07-sang", "2026-12-09-sang")
    assert scripts()["2026-12-08-chieu"] == made["2026-12-09-sang"]
    session.undo()
    assert scripts()["2026-12-08-chieu"] == other
