"""Logging what went on air: a day at once, corrections, undoing, checking."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from unittest import mock

import pytest

from broadcast.domain.log import Heard
from broadcast.domain.week import VIETNAM, WeekId
from broadcast.errors import ConflictError, InputError, NotFoundError
from broadcast.store.airing_log import AiringLog
from broadcast.store.workspace import Workspace
from broadcast.workflow import airing_log as work
from broadcast.workflow.airing_log import Told
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_rows import NOT_LOGGED, NOT_YET, rows_between
from broadcast.workflow.log_words import read_reason, read_told
from broadcast.workflow.weeks import view_week

from .helpers import BY, WEEK, Result, done, run

MONDAY = date(2026, 11, 23)
SANG = "2026-11-23-sang"
NOON = datetime(2026, 11, 23, 12, tzinfo=VIETNAM)
LATER = datetime(2026, 12, 31, 8, tzinfo=VIETNAM)
ME = "Lò Thị Thử"
CUT = Told(SANG, "bị cắt ngắn", 5, reason="mất điện", zones=("ban-lan",))


def desk_of(root: Path) -> Desk:
    return Desk(Workspace(root))


def told(*args: object, cwd: Path, at: datetime = LATER) -> Result:
    """A command of the log, run at another time."""
    with mock.patch("broadcast.cli.log.now", return_value=at):
        return run("log", *args, cwd=cwd)


def test_a_day_is_logged_as_planned_with_its_exceptions(approved: Path) -> None:
    (line,) = work.log_day(desk_of(approved), MONDAY, [CUT], by=ME, now=NOON).lines
    assert line.entry.heard == (
        Heard(("ban-lan",), "bị cắt ngắn", 5, 0, "mất điện"),
        Heard(("trung-tam", "ban-phieng", "ban-pa-hoc"), "như kế hoạch", 15),
    )
    assert (line.entry.state, line.entry.by, line.entry.at) == ("phát một phần", ME, NOON)


def test_an_entry_keeps_who_approved_what_aired(approved: Path) -> None:
    (line,) = work.log_day(desk_of(approved), MONDAY, by=ME, now=NOON).lines
    assert (line.entry.evidence.approved_by, line.entry.airing.script is None) == (BY, False)


def test_an_entry_keeps_the_digest_of_the_file_that_was_handed_out(rendered: Path) -> None:
    (line,) = work.log_day(desk_of(rendered), MONDAY, by=ME, now=NOON).lines
    view = view_week(Workspace(rendered), WeekId.parse(WEEK, MONDAY))
    assert line.entry.evidence.digest == view.audio[line.entry.airing.script or ""].digest


def test_a_day_logged_twice_adds_nothing(sample: Path) -> None:
    work.log_day(desk_of(sample), MONDAY, by=ME, now=NOON)
    again = work.log_day(desk_of(sample), MONDAY, by=ME, now=NOON)
    assert (again.lines, [row.airing.id for row in again.already]) == ((), [SANG])


def test_what_is_logged_already_is_only_changed_by_a_correction(sample: Path) -> None:
    work.log_day(desk_of(sample), MONDAY, by=ME, now=NOON)
    with pytest.raises(ConflictError, match=f"log correct {SANG}"):
        work.log_day(desk_of(sample), MONDAY, [CUT], by=ME, now=NOON)


def test_a_day_that_has_not_come_is_refused(sample: Path) -> None:
    with pytest.raises(InputError, match="24/11/2026 chưa đến"):
        work.log_day(desk_of(sample), date(2026, 11, 24), by=ME, now=NOON)


def test_today_what_is_not_over_waits(sample: Path) -> None:
    early = NOON.replace(hour=5, minute=40)
    entered = work.log_day(desk_of(sample), MONDAY, by=ME, now=early)
    assert (entered.lines, [row.airing.id for row in entered.waiting]) == ((), [SANG])


def test_what_has_not_begun_cannot_be_told_of(sample: Path) -> None:
    early = NOON.replace(hour=5, minute=0)
    with pytest.raises(InputError, match=f"chưa đến giờ phát: {SANG}"):
        work.log_day(desk_of(sample), MONDAY, [CUT], by=ME, now=early)


def test_a_day_without_airings_says_so(sample: Path) -> None:
    with pytest.raises(NotFoundError, match="thứ Bảy 28/11/2026 không có lượt phát nào"):
        work.log_day(desk_of(sample), date(2026, 11, 28), by=ME, now=LATER)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (Told(SANG, "không phát"), "không phát thì phải nêu lý do"),
        (Told(SANG, "không phát", reason="khác"), "lý do khác thì ghi rõ là gì"),
        (Told(SANG, "bị cắt ngắn", 15, reason="mất điện"), "nghe được từ 1 đến 14 phút"),
        (Told(SANG, "muộn", late=0, reason="mất điện"), "muộn mấy phút"),
        (Told(SANG, "không phát", reason="mất điện", zones=("ban-x",)), "ban-x không nghe"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_logged(
    sample: Path, wrong: Told, message: str
) -> None:
    with pytest.raises(InputError, match=message):
        work.log_day(desk_of(sample), MONDAY, [wrong], by=ME, now=NOON)
    assert AiringLog(Workspace(sample)).months() == ()


def test_a_correction_holds_and_leaves_the_other_zones_as_they_were(sample: Path) -> None:
    desk = desk_of(sample)
    (first,) = work.log_day(desk, MONDAY, [CUT], by=ME, now=NOON).lines
    late = Told(SANG, "muộn", late=10, reason="khác", note="quên", zones=("trung-tam",))
    (second,) = work.correct(desk, SANG, [late], by=ME, now=LATER).lines
    assert second.entry.corrects == first.checksum
    assert {z: one.outcome for one in second.entry.heard for z in one.zones} == {
        "trung-tam": "muộn", "ban-lan": "bị cắt ngắn", "ban-phieng": "như kế hoạch",
        "ban-pa-hoc": "như kế hoạch",
    }  # fmt: skip
    assert rows_between(desk, MONDAY, MONDAY).rows[0].line == second


def test_undoing_brings_back_what_held_before_and_undoing_that_brings_it_again(
    sample: Path,
) -> None:
    desk = desk_of(sample)
    work.log_day(desk, MONDAY, [CUT], by=ME, now=NOON)
    work.correct(desk, SANG, [Told(SANG, "như kế hoạch")], by=ME, now=LATER)
    states = []
    for _ in range(3):
        work.undo(desk, SANG, by=ME, now=LATER)
        states.append(rows_between(desk, MONDAY, MONDAY).rows[0].state(LATER))
    assert states == ["phát một phần", "đã phát", "phát một phần"]


def test_undoing_a_first_entry_leaves_the_airing_not_logged(sample: Path) -> None:
    desk = desk_of(sample)
    work.log_day(desk, MONDAY, by=ME, now=NOON)
    work.undo(desk, SANG, by=ME, now=LATER)
    assert rows_between(desk, MONDAY, MONDAY).rows[0].state(LATER) == NOT_LOGGED
    work.log_day(desk, MONDAY, by=ME, now=LATER)
    assert work.check_log(desk, NOON).problems == ()


def test_what_was_logged_stays_when_the_week_changes(sample: Path) -> None:
    desk = desk_of(sample)
    work.log_day(desk, MONDAY, by=ME, now=NOON)
    done("week", "remove", WEEK, SANG, cwd=sample)
    (row,) = rows_between(desk, MONDAY, MONDAY).rows
    assert (row.airing.id, row.state(NOON)) == (SANG, "đã phát")


def test_the_week_shows_what_went_on_air(sample: Path) -> None:
    work.log_day(desk_of(sample), MONDAY, [CUT], by=ME, now=NOON)
    shown = done("week", "show", WEEK, "--json", cwd=sample).json()["airings"]
    assert [one["state"] for one in shown[:2]] == ["phát một phần", "trống"]
    assert "◐ phát một phần" in done("week", "show", WEEK, cwd=sample).out


def test_a_check_names_what_is_not_logged_since_the_log_was_begun(sample: Path) -> None:
    desk = desk_of(sample)
    wednesday = datetime(2026, 11, 25, 5, 50, tzinfo=VIETNAM)
    work.log_day(desk, MONDAY, by=ME, now=NOON)
    checked = work.check_log(desk, wednesday)
    assert [row.airing.id for row in checked.unlogged] == ["2026-11-24-chieu", "2026-11-25-sang"]
    assert work.unlogged_days(desk, wednesday) == (date(2026, 11, 24), date(2026, 11, 25))
    rows = rows_between(desk, MONDAY, date(2026, 11, 26)).rows
    assert [row.state(wednesday) for row in rows][-1] == NOT_YET


def test_an_entry_that_replaces_another_unsaid_is_told(sample: Path) -> None:
    desk = desk_of(sample)
    (line,) = work.log_day(desk, MONDAY, by=ME, now=NOON).lines
    AiringLog(desk.workspace).append([line.entry])
    (problem,) = work.check_log(desk, NOON).problems
    assert (problem.line, "đã ghi ở dòng 1" in problem.message) == (2, True)


def test_the_command_logs_a_day_with_reasons_of_its_own(sample: Path) -> None:
    result = told("day", MONDAY, "--missed", "sang@ban-lan: mất điện cả bản",
                  "--late", "sang@trung-tam=7: chờ họp xong", "--by", ME, cwd=sample)  # fmt: skip
    assert result.status == 0, result.err
    assert "Bản Lạn: không phát, mất điện (cả bản)" in result.out
    assert "Khu trung tâm xã: muộn 7 phút, nghe 15 phút, khác (chờ họp xong)" in result.out


def test_whoever_entered_last_need_not_be_named_again(sample: Path) -> None:
    assert "--by" in told("day", MONDAY, cwd=sample).err
    told("day", MONDAY, "--by", ME, cwd=sample)
    again = told("day", "2026-11-24", "--json", cwd=sample).json()
    assert [line["by"] for line in again["lines"]] == [ME]


def test_the_commands_correct_undo_show_and_check(sample: Path) -> None:
    told("day", MONDAY, "--by", ME, cwd=sample)
    told("correct", SANG, "--cut", 4, "--reason", "sét đánh", cwd=sample)
    (row,) = told("show", MONDAY, "--json", cwd=sample).json()["airings"]
    assert (row["state"], row["logged"]["heard"][0]["reason"]) == ("phát một phần", "bão, giông")
    told("undo", SANG, cwd=sample)
    assert "✓ đã phát" in told("show", WEEK, cwd=sample).out
    checked = told("check", cwd=sample, at=NOON)
    assert (checked.status, checked.lines) == (0, ["Nhật ký: 3 dòng, không có điểm nào cần xem."])


def test_a_damaged_log_is_told_with_its_line_and_status(sample: Path) -> None:
    told("day", MONDAY, "--by", ME, cwd=sample)
    path = sample / "schedules/log/2026-11.jsonl"
    path.write_bytes(path.read_bytes()[:-30])
    checked = told("check", cwd=sample, at=NOON)
    assert (checked.status, "schedules/log/2026-11.jsonl:1: dòng cuối bị đứt" in checked.out) == (
        3,
        True,
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", (None, "")),
        ("mất điện", ("mất điện", "")),
        ("Cúp điện từ 5 giờ", ("mất điện", "từ 5 giờ")),
        ("bão, giông", ("bão, giông", "")),
        ("hỏng loa bản Lạn", ("hỏng thiết bị", "bản Lạn")),
        ("bảo dưỡng", ("khác", "bảo dưỡng")),
        ("khác: mất chìa khóa", ("khác", "mất chìa khóa")),
    ],
)
def test_reasons_are_read_as_people_type_them(text: str, expected: tuple[str, str]) -> None:
    assert read_reason(text) == expected


@pytest.mark.parametrize("text", ["", "sang=5", "sang @x", "sang@=: a"])
def test_what_cannot_be_read_of_an_airing_is_told_how_it_is_written(text: str) -> None:
    with pytest.raises(InputError, match="viết LƯỢT"):
        read_told(text, "không phát")
