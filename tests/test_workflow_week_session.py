"""Editing a week in a session: saved at once, undone, and nothing of anybody's lost."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest

from broadcast.domain.week import VIETNAM, Week, WeekId
from broadcast.errors import BroadcastError, ConflictError, InputError, NotFoundError
from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble_week import assemble_week
from broadcast.workflow.scripts import approve
from broadcast.workflow.week_session import CollisionError, WeekSession
from tests.helpers import PLAN, edit

WEEK = WeekId(2026, 48)
MONDAY, TUESDAY, WEDNESDAY, *_, SUNDAY = WEEK.days()
AT = datetime(2026, 11, 20, 8, 0, tzinfo=VIETNAM)
TOPIC = (PLAN, "II.2/đ")


@pytest.fixture
def workspace(unplanned_once: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(unplanned_once, tmp_path / "dai")
    return Workspace(tmp_path / "dai")


@pytest.fixture
def session(workspace: Workspace) -> WeekSession:
    """The week, still without a file."""
    return WeekSession.open(workspace, WEEK)


@pytest.fixture
def filled(session: WeekSession) -> WeekSession:
    """The week with an airing in each of its six slots."""
    session.fill()
    return session


def on_disk(session: WeekSession) -> Week:
    """The week as a program that starts now would read it."""
    return Workspace(session.desk.workspace.root).load_week(session.week_id)


def test_a_week_without_a_file_is_empty_and_gets_none_by_being_looked_at(
    session: WeekSession,
) -> None:
    assert session.week == Week(WEEK)
    assert not session.desk.workspace.week_path(WEEK).exists()
    assert [f.rule for f in session.view.findings].count("empty-slot") == 6


def test_a_finding_is_mended_by_what_it_offers_and_that_is_one_step_to_undo(
    session: WeekSession,
) -> None:
    empty = next(f for f in session.view.findings if f.rule == "empty-slot")
    session.mend(empty)
    (airing,) = on_disk(session).airings
    assert (airing.day, airing.slot, len(airing.title) < 100) == (empty.day, empty.slot, True)
    assert empty not in session.view.findings
    assert session.undo_label.startswith("sửa theo gợi ý")
    session.undo()
    assert session.week.airings == ()


def test_a_finding_that_only_a_person_can_mend_changes_nothing(session: WeekSession) -> None:
    session.add(MONDAY, "sang", TOPIC)
    before = session.week
    waiting = next(f for f in session.view.findings if f.rule == "no-script")
    with pytest.raises(InputError):
        session.mend(waiting)
    assert session.week == before


def test_an_airing_of_a_topic_takes_the_slots_time_zones_and_the_topics_title(
    session: WeekSession,
) -> None:
    airing = session.add(MONDAY, "sang", TOPIC)
    slot = session.view.station.slot("sang")
    assert slot is not None
    assert (airing.start, airing.minutes, airing.slot) == (slot.start, slot.minutes, "sang")
    assert airing.zones == session.view.station.zones_of(slot)
    assert (airing.plan, airing.topic, bool(airing.title)) == (*TOPIC, True)
    assert on_disk(session).airings == (airing,)


def test_an_airing_of_a_script_serves_the_scripts_topic(filled: WeekSession) -> None:
    workspace = filled.desk.workspace
    assemble_week(workspace, WEEK)
    script = workspace.load_script(workspace.script_ids()[0])
    airing = filled.next_week().add(date(2026, 11, 30), "sang", script_id=script.id)
    assert (airing.script, airing.title) == (script.id, script.title)
    assert (airing.plan, airing.topic) == (script.plan, script.topic)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        (lambda s: s.add(MONDAY, "sang"), InputError),
        (lambda s: s.add(MONDAY, "sang", (PLAN, "khong-co")), NotFoundError),
        (lambda s: s.add(MONDAY, "sang", ("khong-co", "1")), NotFoundError),
        (lambda s: s.add(MONDAY, "sang", script_id="khong-co"), NotFoundError),
        (lambda s: s.add(MONDAY, "khong-co", TOPIC), NotFoundError),
        (lambda s: s.add(TUESDAY, "sang", TOPIC), InputError),
        (lambda s: s.add(date(2026, 11, 30), "sang", TOPIC), InputError),
        (lambda s: s.remove("khong-co"), NotFoundError),
        (lambda s: s.copy("khong-co"), NotFoundError),
        (lambda s: s.collisions(MONDAY, "khong-co"), NotFoundError),
        (lambda s: s.copy_last_week(), NotFoundError),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_do_and_changes_nothing(
    session: WeekSession, wrong: Callable[[WeekSession], object], error: type[BroadcastError]
) -> None:
    with pytest.raises(error) as caught:
        wrong(session)
    assert caught.value.mend
    assert session.week == Week(WEEK)
    assert not session.can_undo


def test_a_moved_airing_keeps_its_id(filled: WeekSession) -> None:
    airing = filled.week.airings[0]
    filled.remove(filled.week.airings[2].id)
    moved = filled.move(airing.id, WEDNESDAY, "sang")
    assert (moved.id, moved.day, moved.topic) == (airing.id, WEDNESDAY, airing.topic)
    assert on_disk(filled).airing(airing.id) == moved


def test_a_move_to_where_it_stands_is_no_change(filled: WeekSession) -> None:
    airing, label = filled.week.airings[0], filled.undo_label
    assert filled.move(airing.id, airing.day, "sang") == airing
    assert filled.undo_label == label


def test_swapped_airings_change_day_time_and_zones_but_not_ids(filled: WeekSession) -> None:
    first, last = filled.week.airings[0], filled.week.airings[-1]
    filled.swap(first.id, last.id)
    now_first, now_last = (on_disk(filled).airing(a.id) for a in (first, last))
    assert now_first is not None
    assert now_last is not None
    assert (now_first.starts, now_first.zones, now_first.slot) == (
        last.starts,
        last.zones,
        last.slot,
    )
    assert (now_last.starts, now_last.zones, now_last.slot) == (
        first.starts,
        first.zones,
        first.slot,
    )
    assert now_first.topic == first.topic


def test_an_airing_cannot_be_swapped_with_itself(filled: WeekSession) -> None:
    one = filled.week.airings[0].id
    with pytest.raises(InputError):
        filled.swap(one, one)


def test_a_copy_outlives_its_airing_and_is_pasted_into_another_week(filled: WeekSession) -> None:
    airing = filled.week.airings[0]
    clip = filled.copy(airing.id)
    filled.remove(airing.id)
    following = filled.next_week()
    pasted = following.paste(clip, date(2026, 11, 30), "sang")
    assert (pasted.topic, pasted.title) == (airing.topic, airing.title)
    assert pasted.id != airing.id
    assert following.undo_label.startswith("dán «")


def test_only_the_chosen_places_are_filled(session: WeekSession) -> None:
    done = session.fill({(TUESDAY, "chieu")})
    assert [(a.day, a.slot) for a in done.added] == [(TUESDAY, "chieu")]
    assert len(on_disk(session).airings) == 1


def test_filling_the_places_one_by_one_plans_as_many_as_filling_the_week(
    session: WeekSession, filled: WeekSession
) -> None:
    # The same session; what filling at once gives is undone first.
    at_once = {(a.day, a.slot) for a in filled.week.airings}
    session.undo()
    for place in sorted(at_once, key=str):
        session.fill({place})  # type: ignore[arg-type]
    assert {(a.day, a.slot) for a in session.week.airings} == at_once
    assert not [f for f in session.view.findings if f.rule == "weekly-minimum"]


def test_last_week_is_copied_to_where_nothing_is_on_air(filled: WeekSession) -> None:
    following = filled.next_week()
    mine = following.add(date(2026, 11, 30), "sang", TOPIC)
    assert following.copy_last_week() == 5
    assert on_disk(following).airing(mine.id) == mine
    assert [f for f in following.view.findings if f.rule == "overlap"] == []
    assert following.copy_last_week() == 0
    assert following.undo().startswith("chép 5 lượt phát từ tuần 2026-W48")
    assert on_disk(following).airings == (mine,)


# What is in the way


def test_a_taken_place_is_refused_with_what_is_there(filled: WeekSession) -> None:
    there = filled.week.airings[0]
    before = filled.week
    with pytest.raises(CollisionError) as caught:
        filled.add(MONDAY, "sang", TOPIC)
    assert [c.airing for c in caught.value.collisions] == [there]
    assert filled.week == before
    assert [c.airing for c in filled.collisions(MONDAY, "sang")] == [there]
    assert filled.collisions(MONDAY, "sang", moving=there.id) == []


def test_zones_that_nobody_else_uses_are_not_in_the_way(filled: WeekSession) -> None:
    clip = filled.copy(filled.week.airings[0].id)
    with pytest.raises(CollisionError) as caught:
        filled.paste(clip, WEDNESDAY, "sang")
    (split,) = [way for way in caught.value.ways if way.kind == "split"]
    pasted = filled.paste(clip, WEDNESDAY, "sang", out=split)
    others = [a for a in filled.week.airings if a.day == WEDNESDAY and a.id != pasted.id]
    assert [set(a.zones) & set(pasted.zones) for a in others] == [set()]
    assert [f for f in filled.view.findings if f.rule == "overlap"] == []
    assert filled.collisions(WEDNESDAY, "sang", others[0].zones)[0].airing == others[0]


def test_replacing_just_this_once_takes_the_other_out_of_this_week_only(
    filled: WeekSession,
) -> None:
    there, next_monday = filled.week.airings[0], date(2026, 11, 30)
    following = filled.next_week()
    following.copy_last_week()
    with pytest.raises(CollisionError) as caught:
        filled.add(MONDAY, "sang", TOPIC)
    (way,) = [way for way in caught.value.ways if way.kind == "replace"]
    new = filled.add(MONDAY, "sang", TOPIC, out=way)
    assert [a for a in filled.week.airings if a.day == MONDAY] == [new]
    assert new.id != there.id
    assert [a.topic for a in following.week.airings if a.day == next_monday] == [there.topic]
    filled.undo()
    assert filled.week.airing(there.id) == there


def test_the_nearest_free_slot_is_offered_and_taken(filled: WeekSession) -> None:
    clip = filled.copy(filled.week.airings[0].id)
    gone = filled.week.airings[3]
    filled.remove(gone.id)
    with pytest.raises(CollisionError) as caught:
        filled.paste(clip, MONDAY, "sang")
    way = caught.value.ways[0]
    assert (way.kind, way.day, way.slot) == ("next-slot", gone.day, gone.slot)
    assert filled.paste(clip, MONDAY, "sang", out=way).day == gone.day
    assert len(filled.week.airings) == 6


# Undo and redo

EVERY_CHANGE: list[Callable[[WeekSession], object]] = [
    lambda s: s.fill(),
    lambda s: s.remove(s.week.airings[0].id),
    lambda s: s.add(MONDAY, "sang", TOPIC),
    lambda s: s.swap(s.week.airings[0].id, s.week.airings[1].id),
    lambda s: s.remove(s.week.airings[2].id),
    lambda s: s.move(s.week.airings[0].id, WEDNESDAY, "sang"),
    lambda s: s.paste(s.copy(s.week.airings[1].id), MONDAY, "sang"),
    lambda s: s.through("soạn kịch bản", lambda: assemble_week(s.desk.workspace, WEEK)),
    lambda s: s.remove(s.week.airings[-1].id),
    lambda s: s.fill({(SUNDAY, "cuoi-tuan")}),
]


def test_every_change_is_undone_and_done_again_in_order(session: WeekSession) -> None:
    states = [session.week]
    for change in EVERY_CHANGE:
        change(session)
        states.append(session.week)
    assert len(set(states)) == len(states)
    for expected in states[-2::-1]:
        session.undo()
        assert session.week == on_disk(session) == expected
    assert not session.can_undo
    for expected in states[1:]:
        session.redo()
        assert session.week == on_disk(session) == expected
    assert not session.can_redo


def test_nothing_is_left_to_redo_after_a_new_change(filled: WeekSession) -> None:
    filled.remove(filled.week.airings[0].id)
    filled.undo()
    assert filled.redo_label.startswith("bỏ «")
    filled.remove(filled.week.airings[1].id)
    assert not filled.can_redo
    with pytest.raises(InputError):
        filled.redo()


def test_with_nothing_to_undo_one_is_told_so(session: WeekSession) -> None:
    assert (session.can_undo, session.undo_label) == (False, "")
    with pytest.raises(InputError):
        session.undo()


def test_undo_brings_back_the_comments_that_went_with_an_airing(filled: WeekSession) -> None:
    path = filled.desk.workspace.week_path(WEEK)
    first = filled.week.airings[0].id
    edit(path, f"  - id: {first}", f"  # đã hẹn bác trưởng bản\n  - id: {first}")
    filled.reload()
    before = path.read_bytes()
    filled.remove(first)
    assert "đã hẹn" not in path.read_text(encoding="utf-8")
    filled.undo()
    assert path.read_bytes() == before


def test_a_comment_written_between_two_changes_comes_back_when_they_are_done_again(
    session: WeekSession,
) -> None:
    path = session.desk.workspace.week_path(WEEK)
    airing = session.add(MONDAY, "sang", TOPIC)
    edit(path, f"  - id: {airing.id}", f"  # đã hẹn bác trưởng bản\n  - id: {airing.id}")
    session.reload()
    before = path.read_bytes()
    session.undo()
    session.redo()
    assert path.read_bytes() == before


def test_a_week_left_and_come_back_to_can_still_be_undone(filled: WeekSession) -> None:
    back = filled.next_week().next_week().go_to(TUESDAY)
    assert back.undo() == "xếp 6 lượt phát"
    assert on_disk(back).airings == ()


# Two at one week


def test_a_save_over_anothers_change_is_refused_and_loses_nothing(filled: WeekSession) -> None:
    other = WeekSession.open(filled.desk.workspace, WEEK)
    first, second = filled.week.airings[0], filled.week.airings[1]
    other.remove(first.id)
    assert filled.changed_on_disk()
    with pytest.raises(ConflictError):
        filled.remove(second.id)
    assert filled.week.airing(second.id) == second
    assert on_disk(filled) == other.week
    told = filled.reload()
    assert [a.id for a in told.changes.removed] == [first.id]
    assert filled.week == other.week
    filled.remove(second.id)
    assert {first.id, second.id}.isdisjoint(a.id for a in on_disk(filled).airings)


def test_after_a_reload_one_undoes_what_the_other_left_alone(filled: WeekSession) -> None:
    first, second, third = filled.week.airings[:3]
    filled.remove(first.id)
    filled.swap(second.id, third.id)
    other = WeekSession.open(filled.desk.workspace, WEEK)
    other.remove(second.id)
    told = filled.reload()
    assert [what[:7] for what in told.lost] == ["đổi chỗ", "xếp 6 l"]
    assert filled.undo().startswith("bỏ «")
    assert not filled.can_undo
    assert on_disk(filled).airing(first.id) == first
    assert on_disk(filled).airing(second.id) is None


def test_undo_over_anothers_change_is_refused_and_stays_possible(filled: WeekSession) -> None:
    first, last = filled.week.airings[0], filled.week.airings[-1]
    filled.remove(first.id)
    other = WeekSession.open(filled.desk.workspace, WEEK)
    other.remove(last.id)
    with pytest.raises(ConflictError):
        filled.undo()
    filled.reload()
    filled.undo()
    assert on_disk(filled).airing(first.id) == first
    assert on_disk(filled).airing(last.id) is None


def test_a_deleted_file_is_noticed_and_not_written_again(filled: WeekSession) -> None:
    path = filled.desk.workspace.week_path(WEEK)
    path.unlink()
    assert filled.changed_on_disk()
    with pytest.raises(ConflictError):
        filled.remove(filled.week.airings[0].id)
    assert not path.exists()
    assert len(filled.reload().changes.removed) == 6
    assert not filled.can_undo


def test_a_file_that_cannot_be_read_leaves_the_session_as_it_was(filled: WeekSession) -> None:
    week, path = filled.week, filled.desk.workspace.week_path(WEEK)
    path.write_text("week: [", encoding="utf-8")
    with pytest.raises(InputError):
        filled.reload()
    assert filled.week == week
    assert filled.changed_on_disk()


def test_a_use_case_is_not_begun_over_anothers_change(filled: WeekSession) -> None:
    WeekSession.open(filled.desk.workspace, WEEK).remove(filled.week.airings[0].id)
    with pytest.raises(ConflictError):
        filled.through("soạn", lambda: pytest.fail("begun"))


def test_a_change_that_could_not_be_shown_is_not_saved(filled: WeekSession) -> None:
    before = on_disk(filled)
    filled.desk.workspace.plan_path(PLAN).write_text("id: [", encoding="utf-8")
    with pytest.raises(InputError):
        filled.remove(filled.week.airings[0].id)
    assert filled.week == on_disk(filled) == before


def test_two_windows_at_work_at_once_lose_no_edit(session: WeekSession) -> None:
    workspace = session.desk.workspace
    places = [(day, slot) for day in WEEK.days() for slot in ("sang", "chieu", "cuoi-tuan")]

    def work(mine: list[tuple[date, str]]) -> int:
        window, added = WeekSession.open(workspace, WEEK), 0
        for place in mine:
            for _ in range(50):
                try:
                    window.add(*place, TOPIC)
                except InputError:
                    break  # the slot is not on that day
                except ConflictError:
                    window.reload()
                else:
                    added += 1
                    break
        return added

    with ThreadPoolExecutor(2) as pool:
        added = list(pool.map(work, (places[::2], places[1::2])))
    session.reload()
    assert sum(added) == len(session.week.airings) == 6
    assert [f for f in session.view.findings if f.rule in {"overlap", "duplicate-id"}] == []


def test_changes_of_one_window_made_in_several_threads_are_all_there(
    filled: WeekSession,
) -> None:
    ids = [airing.id for airing in filled.week.airings]
    with ThreadPoolExecutor(3) as pool:
        list(pool.map(filled.remove, ids))
    assert on_disk(filled).airings == ()
    for _ in ids:
        filled.undo()
    assert [airing.id for airing in on_disk(filled).airings] == ids


# What is seen


def test_scripts_approved_elsewhere_are_seen_after_a_refresh(filled: WeekSession) -> None:
    workspace = filled.desk.workspace
    made = filled.through("soạn kịch bản", lambda: assemble_week(workspace, WEEK))
    airing = filled.week.airings[0]
    assert (filled.view.state(airing), filled.refresh()) == ("nháp", False)
    approve(workspace, [one.script.id for one in made], "Trần Thị Mẫu", AT)
    assert filled.refresh()
    assert filled.view.state(airing) == "đã duyệt"
    assert not filled.changed_on_disk()


def test_findings_are_found_by_airing_and_by_place(session: WeekSession) -> None:
    airing = session.add(MONDAY, "sang", TOPIC)
    (no_script,) = session.view.findings_of(airing.id)
    assert no_script.rule == "no-script"
    assert session.view.findings_at(MONDAY, "sang") == (no_script,)
    (empty,) = session.view.findings_at(TUESDAY, "chieu")
    assert (empty.rule, session.view.place_of(empty)) == ("empty-slot", (TUESDAY, "chieu"))
    assert session.view.place_of(no_script) == (MONDAY, "sang")
    assert len(session.view.findings) == len(set(session.view.findings))


def test_a_neighbouring_week_that_cannot_be_read_is_told_on_the_way_to_it(
    filled: WeekSession,
) -> None:
    filled.desk.workspace.week_path(WEEK.after()).write_text("week: [", encoding="utf-8")
    with pytest.raises(InputError):
        filled.next_week()


def test_the_weeks_around_the_new_year_follow_each_other(workspace: Workspace) -> None:
    last = WeekSession.open(workspace, WeekId(2026, 53))
    assert last.next_week().week_id == WeekId(2027, 1)
    assert last.next_week().previous_week().week_id == WeekId(2026, 53)
    assert last.go_to(date(2027, 1, 3)).week_id == WeekId(2026, 53)
