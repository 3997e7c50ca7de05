"""Setting up a station: saved at once, undone, and nothing of anybody's lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from broadcast.domain import station_edit
from broadcast.domain.station import Screen, Station, Zone
from broadcast.domain.week import WeekId
from broadcast.errors import ConflictError, InputError
from broadcast.store.sample import copy_sample
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.station_session import StationSession, new_id, save_screen, weeks_using

from .helpers import edit


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    copy_sample(tmp_path / "dai")
    return Workspace(tmp_path / "dai")


@pytest.fixture
def session(workspace: Workspace) -> StationSession:
    return StationSession.open(Desk(workspace))


def text(session: StationSession) -> str:
    return session.desk.workspace.station_path.read_text(encoding="utf-8")


def rate(value: int) -> Callable[[Station], Station]:
    return lambda station: station_edit.with_values(station, {"voices.rate": value})


def test_a_change_is_in_the_file_at_once_and_no_comment_is_lost(session: StationSession) -> None:
    before = text(session)
    assert session.change("đổi tốc độ", rate(180))
    assert text(session) == before.replace("rate: 190", "rate: 180")


def test_a_change_that_changes_nothing_is_no_step(session: StationSession) -> None:
    assert not session.change("đổi tốc độ", rate(190))
    assert session.undo_label == ""


def test_undo_gives_the_file_back_to_the_letter(session: StationSession) -> None:
    before = text(session)
    session.change("bỏ bản", lambda s: station_edit.remove_zone(s, "ban-lan"))
    after = text(session)
    assert session.undo_label == "bỏ bản"
    assert (session.undo(), text(session)) == ("bỏ bản", before)
    assert (session.redo(), text(session)) == ("bỏ bản", after)


def test_what_another_window_changed_is_not_overwritten(session: StationSession) -> None:
    other = StationSession.open(Desk(session.desk.workspace))
    other.change("đổi tên", lambda s: station_edit.with_values(s, {"commune": "xã Mới"}))
    with pytest.raises(ConflictError, match="cửa sổ khác"):
        session.change("đổi tốc độ", rate(180))
    assert session.changed_on_disk()
    assert session.reload() == ()
    session.change("đổi tốc độ", rate(180))
    assert (session.station.commune, session.station.voices.rate) == ("xã Mới", 180)


def test_undo_keeps_what_others_changed_elsewhere(session: StationSession) -> None:
    session.change("đổi tốc độ", rate(180))
    edit(session.desk.workspace.station_path, "bitrate: 64", "bitrate: 96")
    assert session.reload() == ()
    session.undo()
    assert (session.station.voices.rate, session.station.sound.bitrate) == (190, 96)


def test_what_others_changed_in_the_same_place_cannot_be_undone(session: StationSession) -> None:
    session.change("đổi tốc độ", rate(180))
    edit(session.desk.workspace.station_path, "rate: 180", "rate: 170")
    assert session.reload() == ("đổi tốc độ",)
    with pytest.raises(InputError, match="hoàn tác"):
        session.undo()


def test_a_file_with_other_comments_or_colours_is_no_conflict(session: StationSession) -> None:
    path = session.desk.workspace.station_path
    edit(path, "# Giọng đọc.", "# Giọng đọc của đài.")
    save_screen(session.desk.workspace, lambda screen: replace(screen, theme="sang"))
    session.change("đổi tốc độ", rate(180))
    assert "# Giọng đọc của đài." in text(session)
    assert session.desk.workspace.load_station().screen == Screen("sang")
    session.undo()
    assert session.desk.workspace.load_station().screen == Screen("sang")
    assert session.station.voices.rate == 190


def test_a_broken_file_is_told_and_stays(session: StationSession) -> None:
    path = session.desk.workspace.station_path
    path.write_text("id: [", encoding="utf-8")
    with pytest.raises(ConflictError):
        session.change("đổi tốc độ", rate(180))
    with pytest.raises(InputError):
        session.reload()
    assert path.read_text(encoding="utf-8") == "id: ["


def test_hours_that_cross_are_refused_and_nothing_is_written(session: StationSession) -> None:
    before = text(session)
    with pytest.raises(InputError):
        session.change("x", lambda s: station_edit.with_values(s, {"rules.latest": time(4)}))
    assert text(session) == before


def test_ids_are_made_from_names_and_never_given_twice() -> None:
    assert new_id("Bản Lạn", ()) == "ban-lan"
    assert new_id("Bản Lạn", {"ban-lan", "ban-lan-2"}) == "ban-lan-3"
    assert new_id("Con", ()) == "ten-con"


def test_weeks_that_use_a_zone_or_a_slot_are_found(session: StationSession) -> None:
    desk, week = session.desk, WeekId(2026, 48)
    used = [str(one) for one in desk.workspace.week_ids()]
    assert str(week) in used
    assert week in weeks_using(desk, zone="trung-tam")
    assert week in weeks_using(desk, slot="sang")
    assert weeks_using(desk, zone="khong-co") == ()
    desk.workspace.week_path(week).write_text("week: [", encoding="utf-8")
    assert week not in weeks_using(desk, zone="trung-tam")


def test_a_new_zone_goes_to_the_end_of_its_list(session: StationSession) -> None:
    session.change("thêm", lambda s: station_edit.put_zone(s, Zone("ban-moi", "Bản Mới")))
    after = text(session).split("  - id: ban-moi\n    name: Bản Mới\n")[1]
    assert after.startswith("\n# Khung giờ phát cố định")


def test_the_same_colours_again_leave_the_file_alone(workspace: Workspace) -> None:
    before = workspace.station_path.read_bytes()
    save_screen(workspace, lambda screen: screen)
    assert workspace.station_path.read_bytes() == before
