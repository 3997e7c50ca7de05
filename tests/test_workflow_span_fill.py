"""Filling a quarter in files: all or nothing, undone as one step, and the figures of it."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from threading import Event

import pytest

from broadcast.domain.periods import read_stretch
from broadcast.domain.week import Airing, Week, WeekId
from broadcast.errors import ConflictError, InputError, NotFoundError, StorageError
from broadcast.store import batch
from broadcast.store.workspace import Workspace
from broadcast.workflow.airing_log import Told, log_day
from broadcast.workflow.changes import Changes
from broadcast.workflow.desk import Desk
from broadcast.workflow.heat import heat
from broadcast.workflow.progress import CancelledError, Progress, Step
from broadcast.workflow.span_fill import Options, fill_span
from broadcast.workflow.week_fill import fill_week, filled
from tests.helpers import PLAN, done, run

TODAY = date(2026, 9, 1)
QUARTER = read_stretch("2026-Q4", TODAY)
W48 = WeekId(2026, 48)


@pytest.fixture
def workspace(unplanned_once: Path, tmp_path: Path) -> Workspace:
    shutil.copytree(unplanned_once, tmp_path / "dai")
    return Workspace(tmp_path / "dai")


def not_aired(workspace: Workspace, airing: Airing) -> None:
    """Log that no zone heard an airing."""
    told = Told(airing.id, "không phát", reason="mất điện")
    later = airing.ends + timedelta(days=1)
    log_day(Desk(workspace), airing.day, [told], by="Lò Thị Thử", now=later)


def files(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in workspace.schedules.glob("*-W*.yaml")}


def test_a_quarter_is_filled_in_the_files_of_its_weeks(workspace: Workspace) -> None:
    made = fill_span(Desk(workspace), QUARTER)
    weeks = [workspace.load_week(week) for week in QUARTER.weeks()]
    assert sum(len(week.airings) for week in weeks) == len(made.rota.added) == 79
    names = {f"{week}.yaml" for week in QUARTER.weeks()}
    assert (made.saved, set(files(workspace))) == (True, names)
    assert {QUARTER.has(a.day) for week in weeks for a in week.airings} == {True}
    assert made.rota.explained is not None
    assert made.rota.explained.evenness <= 1
    again = fill_span(Desk(workspace), QUARTER)
    assert (again.rota.added, again.saved) == ((), False)


def test_what_stood_in_a_week_stays_to_the_letter_with_its_comments(workspace: Workspace) -> None:
    fill_week(workspace, W48)
    path = workspace.week_path(W48)
    path.write_text("# của tôi\n" + path.read_text("utf-8"), "utf-8")
    before, text = workspace.load_week(W48), path.read_bytes()
    fill_span(Desk(workspace), QUARTER)
    assert (workspace.load_week(W48), path.read_bytes()) == (before, text)


def test_it_is_undone_as_one_step_and_done_again_in_other_programs(workspace: Workspace) -> None:
    fill_week(workspace, W48)
    before = files(workspace)
    done("week", "fill", "2026-Q4", cwd=workspace.root)
    after = files(workspace)
    assert "xếp lịch 2026-Q4" in done("week", "undo", cwd=workspace.root).err
    assert files(workspace) == before
    done("slot", "redo", cwd=workspace.root)
    assert files(workspace) == after


def test_what_was_changed_by_hand_since_keeps_all_of_it_from_being_undone(
    workspace: Workspace,
) -> None:
    fill_span(Desk(workspace), QUARTER)
    path = workspace.week_path(W48)
    path.write_text(path.read_text("utf-8").replace("II.", "III.", 1), "utf-8")
    after = files(workspace)
    with pytest.raises(ConflictError, match="Không hoàn tác được") as caught:
        Changes.open(Desk(workspace)).undo()
    assert ("2026-W48" in caught.value.happened, files(workspace)) == (True, after)


def test_stopped_half_way_nothing_is_changed(workspace: Workspace) -> None:
    fill_week(workspace, W48)
    before, stop = files(workspace), Event()

    def tell(step: Step) -> None:
        if step.label == "chọn nội dung":
            stop.set()

    with pytest.raises(CancelledError):
        fill_span(Desk(workspace), QUARTER, progress=Progress(tell, stop))
    assert files(workspace) == before


def test_a_file_that_cannot_be_written_leaves_the_others_as_they_were(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, write = files(workspace), batch.write_whole

    def full(path: Path, data: bytes) -> str:
        if path == workspace.week_path(W48):
            raise StorageError("Đĩa đầy")
        return write(path, data)

    monkeypatch.setattr(batch, "write_whole", full)
    with pytest.raises(StorageError):
        fill_span(Desk(workspace), QUARTER)
    assert files(workspace) == before


def test_a_week_that_cannot_be_read_stops_it_before_anything_is_written(
    workspace: Workspace,
) -> None:
    workspace.week_path(W48).write_text("week: [\n", "utf-8")
    before = files(workspace)
    with pytest.raises(InputError, match="2026-W48"):
        fill_span(Desk(workspace), QUARTER)
    assert files(workspace) == before


def test_a_preview_writes_nothing_and_days_gone_by_are_left_alone(workspace: Workspace) -> None:
    options = Options(today=date(2026, 12, 28), save=False)
    seen = fill_span(Desk(workspace), QUARTER, options)
    assert (len(seen.rota.added), files(workspace)) == (4, {})
    assert "weekly-minimum" not in {note.rule for note in seen.rota.notes}


def test_without_a_plan_it_says_how_to_get_one(workspace: Workspace) -> None:
    workspace.plan_path(PLAN).unlink()
    with pytest.raises(NotFoundError, match="Chưa xếp được lịch"):
        fill_span(Desk(workspace), QUARTER)


def test_what_did_not_go_on_air_is_not_counted_as_heard(workspace: Workspace) -> None:
    week = WeekId(2026, 39)
    added = fill_week(workspace, week).added
    next_week = read_stretch("2026-W40", TODAY)
    presumed = fill_span(Desk(workspace), next_week, Options(save=False)).rota.added[0]
    assert presumed.topic != added[0].topic
    not_aired(workspace, added[0])
    first = fill_span(Desk(workspace), next_week, Options(save=False)).rota.added[0]
    assert filled(Desk(workspace), Week(WeekId(2026, 40))).added[0].topic == first.topic
    topics = {airing.topic for airing in added[1:]}
    assert (added[0].topic not in topics, first.topic) == (True, added[0].topic)


def test_the_heat_map_counts_each_topic_in_each_week(workspace: Workspace) -> None:
    made = fill_span(Desk(workspace), QUARTER)
    today = date(2026, 11, 25)
    seen = heat(Desk(workspace), QUARTER, today, strip=4)
    assert (len(seen.weeks), len(seen.rows), seen.unread) == (14, 10, ())
    assert sum(seen.totals) == sum(row.times for row in seen.of(PLAN)) == 79
    assert [str(week) for week in seen.strip_weeks] == [
        "2026-W45", "2026-W46", "2026-W47", "2026-W48",
    ]  # fmt: skip
    recent = [a for a in made.rota.added if date(2026, 11, 2) <= a.day <= today]
    assert sum(sum(row.strip) for row in seen.rows) == len(recent)
    row = seen.rows[0]
    days = [a.day for a in made.rota.added if a.topic == row.path]
    assert (row.last, row.next) == (
        max(day for day in days if day <= today),
        min(day for day in days if day > today),
    )
    not_aired(workspace, made.rota.added[0])
    assert sum(heat(Desk(workspace), QUARTER, today).totals) == 78


def test_a_week_that_cannot_be_read_is_named_in_the_heat_map(workspace: Workspace) -> None:
    workspace.week_path(W48).write_text("week: [\n", "utf-8")
    assert heat(Desk(workspace), QUARTER, TODAY).unread == (W48,)


def test_the_command_fills_a_quarter_and_tells_what_came_of_it(workspace: Workspace) -> None:
    told = done("week", "fill", "2027-Q1", cwd=workspace.root)
    assert len(told.lines) == 71
    # Tết is from 5 to 10 February: those days are left free, and told.
    assert [line for line in told.lines if "2027-02-05" <= line[:10] <= "2027-02-10"] == []
    assert "(Mùng ba Tết Nguyên Đán): ngày nghỉ, không xếp" in told.err
    assert "Đã xếp 71 lượt phát vào 14 tuần (2027-Q1: 01/01/2027 – 31/03/2027)." in told.err
    assert "Mỗi nội dung được phát" in told.err


def test_the_command_previews_without_writing(workspace: Workspace) -> None:
    asked = ("week", "fill", "2027-W05..2027-W06", "--preview")
    view = done(*asked, "--json", cwd=workspace.root).json()
    assert (len(view["added"]), view["saved"]) == (6, False)
    assert {one["rule"] for one in view["notes"]} == {"closed-day"}
    told = done(*asked, cwd=workspace.root)
    assert (told.out, files(workspace)) == ("", {})
    assert "Xem trước, chưa ghi: xếp được 6 lượt phát vào 2 tuần" in told.err


def test_a_span_that_is_none_is_refused_with_the_forms(workspace: Workspace) -> None:
    for wrong in (
        "2026-Q5",
        "2026-13",
        "2026-W48..2026-W40",
        "quý 4",
        "2000..2026",
        "..",
        "2026..",
    ):
        told = run("week", "fill", wrong, cwd=workspace.root)
        assert (told.status, "viết như 2026-W48, 2026-10, 2026-Q4" in told.err) == (2, True), wrong
