"""What a workspace holds is read once, and again when a file changes, whatever its time says."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from broadcast.domain.week import WeekId
from broadcast.errors import InputError, StorageError
from broadcast.store.sample import copy_sample
from broadcast.store.workspace import Workspace
from broadcast.workflow.assemble_week import assemble_week
from broadcast.workflow.desk import SETTLED, Desk
from broadcast.workflow.months import month
from broadcast.workflow.plans import import_plan
from broadcast.workflow.week_fill import fill_week
from broadcast.workflow.weeks import seen_from, states_of, view_week
from tests.helpers import PLAN, PLAN_DOCUMENT, edit

WEEK = WeekId(2026, 48)


@pytest.fixture(scope="module")
def station(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample station with the week filled and its scripts made."""
    root = tmp_path_factory.mktemp("station") / "dai"
    copy_sample(root, plans=False)
    import_plan(Workspace(root), PLAN_DOCUMENT)
    fill_week(Workspace(root), WEEK)
    assemble_week(Workspace(root), WEEK)
    return root


@pytest.fixture
def desk(station: Path, tmp_path: Path) -> Desk:
    shutil.copytree(station, tmp_path / "dai")
    return Desk(Workspace(tmp_path / "dai"))


def age(path: Path) -> None:
    """Let the file be old enough for its time to tell its states apart."""
    long_ago = path.stat().st_mtime_ns - 2 * SETTLED
    os.utime(path, ns=(long_ago, long_ago))


def test_states_without_the_checks_are_those_of_the_view(desk: Desk) -> None:
    desk.workspace.script_path(desk.workspace.script_ids()[0]).unlink()
    week = desk.week(WEEK)
    view = seen_from(desk, week)
    states = states_of(desk, week)
    assert states == {airing.id: view.state(airing) for airing in week.airings}
    assert set(states.values()) == {"trống", "nháp"}


def test_what_did_not_change_is_not_read_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    workspace = desk.workspace
    script = workspace.script_ids()[0]
    for path in (workspace.station_path, workspace.plan_path(PLAN), workspace.week_path(WEEK)):
        age(path)
    age(workspace.script_path(script))
    age(workspace.lexicon_path)
    before = (desk.station(), desk.plans()[PLAN], desk.week(WEEK), desk.hearing(script))
    monkeypatch.setattr(Path, "read_bytes", lambda path: pytest.fail(f"read {path}"))
    after = (desk.station(), desk.plans()[PLAN], desk.week(WEEK), desk.hearing(script))
    assert all(a is b for a, b in zip(before, after, strict=True))


def test_an_edit_within_one_tick_of_the_clock_and_of_the_same_length_is_seen(desk: Desk) -> None:
    path = desk.workspace.station_path
    path.touch()  # just written, also where the machine is slow
    stamp = path.stat().st_mtime_ns
    name = desk.station().commune
    edit(path, f"commune: {name}", f"commune: {name[::-1]}")
    os.utime(path, ns=(stamp, stamp))
    assert desk.station().commune == name[::-1]


def test_a_file_that_only_got_a_new_time_is_the_same_value(desk: Desk) -> None:
    path = desk.workspace.plan_path(PLAN)
    before = desk.plan(PLAN)
    age(path)
    assert desk.plan(PLAN) is before


def test_a_new_word_of_the_lexicon_is_heard(desk: Desk) -> None:
    script_id = desk.workspace.script_ids()[0]
    edit(desk.workspace.script_path(script_id), "NỮ: ", "NỮ: QZX. ")
    before = desk.hearing(script_id)
    assert "abbreviation" in [f.rule for f in before.findings]
    edit(desk.workspace.lexicon_path, "\n", '\nQZX: "quy zét"\n')
    after = desk.hearing(script_id)
    assert "Quy zét. " in "".join(line.spoken for line in after.lines)
    assert after.digest != before.digest


def test_another_rate_of_the_station_makes_other_lengths(desk: Desk) -> None:
    script_id = desk.workspace.script_ids()[0]
    before = desk.hearing(script_id)
    rate = desk.station().voices.rate
    edit(desk.workspace.station_path, f"rate: {rate}", f"rate: {rate * 2}")
    assert desk.hearing(script_id).seconds < before.seconds


def test_a_recording_that_arrives_or_changes_is_noticed(desk: Desk) -> None:
    script_id = desk.workspace.script_ids()[0]
    edit(desk.workspace.script_path(script_id), "[nhạc hiệu]", "[ghi âm recordings/a.wav]")
    missing = desk.hearing(script_id)
    assert [f.rule for f in missing.blockers] == ["recording"]
    recording = desk.workspace.recordings / "a.wav"
    recording.parent.mkdir(exist_ok=True)
    recording.write_bytes(b"one")
    there = desk.hearing(script_id)
    assert there.blockers == ()
    recording.write_bytes(b"other")
    assert desk.hearing(script_id).digest != there.digest


def test_a_week_seen_from_the_desk_is_what_a_fresh_look_sees(desk: Desk) -> None:
    workspace = desk.workspace
    assert seen_from(desk, desk.week(WEEK)) == view_week(workspace, WEEK)
    edit(workspace.script_path(workspace.script_ids()[0]), "NỮ: ", "NỮ: Xin chào. ")
    assert seen_from(desk, desk.week(WEEK)) == view_week(workspace, WEEK)


def test_what_cannot_be_read_is_told_each_time_and_forgotten_when_mended(desk: Desk) -> None:
    path = desk.workspace.station_path
    good = path.read_bytes()
    path.write_text("id: [", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(InputError):
            desk.station()
    path.write_bytes(good)
    assert desk.station() == desk.workspace.load_station()


def test_a_week_the_system_hides_is_no_empty_week(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(self: Path, **_: object) -> os.stat_result:
        raise PermissionError(13, "no", str(self))

    monkeypatch.setattr(Path, "stat", refuse)
    with pytest.raises(StorageError):
        desk.week(WEEK)


def test_a_month_counts_each_day_by_state(desk: Desk) -> None:
    days = {count.day: count for count in month(desk, 2026, 11).days}
    assert len(days) == 30
    monday, tuesday = WEEK.days()[:2]
    assert (days[monday].places, days[monday].empty, days[monday].airings) == (1, 0, 1)
    assert days[tuesday].states == {"nháp": 1}
    before = days[monday.replace(day=16)]
    assert (before.places, before.empty, before.airings, before.findings) == (1, 1, 0, 1)


def test_a_month_has_the_days_of_weeks_it_shares(desk: Desk) -> None:
    assert [len(month(desk, 2027, n).days) for n in (1, 2, 12)] == [31, 28, 31]


def test_a_week_that_cannot_be_read_leaves_its_days_unread(desk: Desk) -> None:
    desk.workspace.week_path(WEEK.after()).write_text("week: [", encoding="utf-8")
    days = month(desk, 2026, 12).days
    assert days[0].unread
    assert not days[20].unread
