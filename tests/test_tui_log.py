"""The screen Nhật ký by keys: a day, a player's file, the report before it is saved."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import OptionList

from broadcast.domain.log import Heard
from broadcast.store.airing_log import AiringLog
from broadcast.store.workspace import Workspace
from broadcast.tui import app as shell
from broadcast.tui.dialogs.form import Form
from broadcast.tui.screens.log import LogScreen
from broadcast.workflow.airing_log import log_day
from broadcast.workflow.desk import Desk

from .tui_pilot import NOW, Driver, driven, opened

ME = "Lò Thị Thử"
MONDAY = date(2026, 11, 23)
LOG = "schedules/log/2026-11.jsonl"
OTHERS = ("trung-tam", "ban-phieng", "ban-pa-hoc")


@pytest.fixture(autouse=True)
def looking_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen does not look at the files by itself while a test goes on."""
    monkeypatch.setattr("broadcast.tui.screens.log_base.WATCH_EVERY", 3600)


def logged(root: Path) -> list[tuple[Heard, ...]]:
    """What every line of November says, in order."""
    return [one.entry.heard for one in AiringLog(Workspace(root)).month(MONDAY).lines]


def line(ui: Driver) -> str:
    assert isinstance(ui.app.here, LogScreen)
    return ui.app.here.line()


@driven
async def test_a_day_is_logged_with_an_exception_in_a_few_keys_and_taken_back(
    sample: Path,
) -> None:
    async with opened(sample) as ui:
        await ui.press("7")
        assert "Nhật ký Thứ Hai 23/11/2026 · hôm nay · còn 1 ngày chưa ghi" in ui.text()
        await ui.press("f5")
        await ui.type(ME)
        await ui.press("enter")
        assert line(ui) == "Đã ghi 1 lượt như kế hoạch; Ctrl+Z lấy lại"
        await ui.press("down", "down", "f8", "right", "ctrl+s")
        assert "✗ Bản Lạn 15 0 không phát, bão, giông" in " ".join(ui.text().split())
        first, second = logged(sample)
        assert [one.outcome for one in first] == ["như kế hoạch"]
        assert second == (
            Heard(("ban-lan",), "không phát", 0, 0, "bão, giông"),
            Heard(OTHERS, "như kế hoạch", 15),
        )
        await ui.press("ctrl+z", "ctrl+z")
        assert line(ui) == "Đã lấy lại như trước: ghi cả ngày"
        assert logged(sample)[-2:] == [first, ()]
        assert "chưa ghi" in ui.text()


@driven
async def test_what_cannot_be_is_told_in_the_form_and_nothing_is_written(sample: Path) -> None:
    log_day(Desk(Workspace(sample)), MONDAY, by=ME, now=NOW)
    async with opened(sample) as ui:
        await ui.press("7", "f7")
        await ui.type("15")
        await ui.press("ctrl+s")
        assert isinstance(ui.app.screen, Form)
        assert "Bị cắt ngắn thì nghe được từ 1 đến 14 phút" in ui.text()
        await ui.press("escape", "pagedown", "f8")
        assert line(ui) == "Lượt này chưa đến giờ phát: ghi sau khi đã phát"
        assert len(logged(sample)) == 1


@driven
async def test_a_torn_line_is_told_where_the_log_is_shown(sample: Path) -> None:
    log_day(Desk(Workspace(sample)), MONDAY, by=ME, now=NOW)
    path = sample / LOG
    path.write_bytes(path.read_bytes()[:-9])
    async with opened(sample) as ui:
        await ui.press("7")
        assert line(ui).startswith(f"! {LOG}:1: ")
        await ui.press("ctrl+l")
        assert "điểm cần xem trong 0 dòng" in ui.text()
        await ui.press("escape", "f5")
        await ui.type(ME)
        await ui.press("enter")
        assert line(ui).startswith(f"! {LOG}:1: ")
        assert "Đã ghi 1 lượt như kế hoạch" in line(ui)


@driven
async def test_a_players_file_is_seen_before_it_is_written_whatever_its_columns_are_called(
    sample: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(sample)
    file = sample / "may.csv"
    file.write_text("Luc nao;Loa nao\n23/11/2026 05:30;ban-lan\n23/11/2026 12:00;ban-lan\n")
    log_day(Desk(Workspace(sample)), MONDAY, by=ME, now=NOW)
    async with opened(sample) as ui:
        await ui.press("7", "delete", "f2")
        await ui.type("may")
        await ui.press("enter")
        assert "may.csv: cột nào là gì?" in ui.text()
        await ui.press("right", "enter", "left", "ctrl+s")
        assert "may.csv:3: không khớp lượt phát nào" in ui.text()
        assert "tệp không nói gì về cụm loa" in ui.text()
        await ui.press("enter")
        assert ui.app.screen.query_one(OptionList).option_count == 1
        assert len(logged(sample)) == 2
        await ui.press("enter")
        assert line(ui) == "Đã ghi 1 lượt từ may.csv; 1 điểm chưa ghi · Ctrl+Z lấy lại"
        assert [one.outcome for one in logged(sample)[-1]] == ["như kế hoạch", "như kế hoạch"]


@driven
async def test_the_report_is_seen_then_saved_and_none_is_made_of_the_future(sample: Path) -> None:
    log_day(Desk(Workspace(sample)), MONDAY, by=ME, now=NOW)
    async with opened(sample) as ui:
        await ui.press("7", "f9")
        text = ui.text()
        assert "số liệu tính đến ngày 23/11/2026" in text
        assert "Tuần 48 từ 23/11       ████" in text
        await ui.press("pagedown")
        assert line(ui) == "! Quý I năm 2027 chưa đến (bắt đầu ngày 01/01/2027)"
        await ui.press("f5", "ctrl+g")
        await ui.type("thang 11")
        await ui.press("enter", "ctrl+e", "enter")
        assert line(ui) == "Đã lưu bao-cao-2026-11 (.docx, .xlsx) vào out"
        assert {path.suffix for path in (sample / "out").glob("bao-cao-2026-11.*")} == {
            ".docx", ".xlsx",
        }  # fmt: skip
        assert len(logged(sample)) == 1
        await ui.press("escape")
        assert "Nhật ký Thứ Hai 23/11/2026" in ui.text()


@driven
async def test_all_screens_fit_the_small_window_also_while_two_of_them_work(sample: Path) -> None:
    async with opened(sample) as ui:
        assert len(shell.SCREENS) == 7
        assert "7 Nhật ký   F10" in ui.text().splitlines()[0]
        for mode in ("render", "export"):
            ui.app.tell_running(mode, "100%")
        first = ui.text().splitlines()[0]
        assert "4 Sản xuất 100% 5 Xuất bản 100% 6 Đài 7 Nhật ký" in first
        assert "…" not in first
