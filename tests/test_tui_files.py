"""Choosing the plan's document by keys: found by letters, on a stick, in folders, by its path."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.widgets import OptionList

from broadcast.publish import drives
from broadcast.tui.dialogs.files import FileDialog
from broadcast.tui.screens.plan import PlanScreen
from broadcast.tui.widgets.fields import Field

from .helpers import PLAN_DOCUMENT
from .tui_pilot import Driver, driven, opened


@pytest.fixture(autouse=True)
def papers(station: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a plan and other things, in which the app was started; no drive is in."""
    folder = tmp_path / "giấy tờ"
    (folder / "Năm 2026").mkdir(parents=True)
    (folder / "Kế hoạch tuyên truyền.txt").write_bytes(PLAN_DOCUMENT.read_bytes())
    (folder / "báo cáo.pdf").write_text("x")
    (folder / "ảnh.jpg").write_text("x")
    monkeypatch.chdir(folder)
    monkeypatch.setattr(drives, "LINUX", (tmp_path / "media",))
    monkeypatch.setattr(drives, "MAC", Path("nowhere"))
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "nhà")
    return folder


@asynccontextmanager
async def choosing(root: Path) -> AsyncIterator[Driver]:
    """The app, asking for the document of a plan."""
    async with opened(root) as ui:
        await ui.press("ctrl+k")
        assert isinstance(ui.app.screen, FileDialog)
        yield ui


def listed(ui: Driver) -> list[str]:
    return [str(o.prompt) for o in ui.app.screen.query_one(OptionList).options]


def words(ui: Driver) -> str:
    """What is on screen, as one line."""
    return " ".join(ui.text().replace("│", " ").split())


def imported(ui: Driver) -> bool:
    screen = ui.app.screen
    return isinstance(screen, PlanScreen) and screen.plan is not None


@driven
async def test_the_documents_of_the_folder_are_listed_and_enter_takes_one(station: Path) -> None:
    async with choosing(station) as ui:
        assert listed(ui) == [
            "↑ lên thư mục trên", "· báo cáo.pdf", "· Kế hoạch tuyên truyền.txt", "▸ Năm 2026",
        ]  # fmt: skip
        assert "giấy tờ" in ui.text()
        await ui.press("down", "enter")
        assert imported(ui)


@driven
async def test_a_few_letters_find_a_document_without_accents(station: Path) -> None:
    async with choosing(station) as ui:
        await ui.type(unicodedata.normalize("NFD", "kê"))
        await ui.type(" hoach")
        assert listed(ui) == ["· Kế hoạch tuyên truyền.txt"]
        await ui.press("enter")
        assert imported(ui)


@driven
async def test_letters_that_nothing_has_are_told_with_what_to_do(station: Path) -> None:
    async with choosing(station) as ui:
        await ui.type("khong co")
        await ui.press("enter")
        assert "không có tệp" in words(ui)
        assert "xóa ô này rồi chọn bằng ↑ ↓" in words(ui)
        await ui.press(*["backspace"] * 8)
        assert "không có tệp" not in words(ui)
        assert len(listed(ui)) == 4


@driven
async def test_folders_are_gone_through_up_and_down(station: Path, tmp_path: Path) -> None:
    async with choosing(station) as ui:
        await ui.press("end", "pageup", "up", "enter")
        assert f"▸ {'giấy tờ'}" in listed(ui)
        await ui.type("giay to")
        await ui.press("enter")
        assert "· báo cáo.pdf" in listed(ui)
        assert ui.app.screen.query_one(Field).value == ""


@driven
async def test_a_stick_and_the_persons_own_folders_are_there(station: Path, tmp_path: Path) -> None:
    stick, downloads = tmp_path / "media/lan/USB XA", tmp_path / "nhà/Downloads"
    for folder in (stick, downloads):
        folder.mkdir(parents=True)
        (folder / "kế hoạch.txt").write_bytes(PLAN_DOCUMENT.read_bytes())
    async with choosing(station) as ui:
        text = "\n".join(listed(ui))
        assert "● USB XA (ổ đang cắm, còn trống" in text
        assert "● Downloads (" in text
        await ui.type("usb xa")
        await ui.press("enter")
        assert listed(ui)[:2] == ["↑ lên thư mục trên", "· kế hoạch.txt"]
        await ui.press("enter")
        assert imported(ui)
        await ui.press("f2")
        assert listed(ui)[1] == "· kế hoạch.txt", "it begins where the last one was"


@driven
async def test_a_path_is_typed_to_a_folder_or_a_document(station: Path, papers: Path) -> None:
    async with choosing(station) as ui:
        field = ui.app.screen.query_one(Field)
        field.value = f'"{papers / "Năm 2026"}"'
        await ui.press("enter")
        assert listed(ui) == ["↑ lên thư mục trên"]
        field.value = "../Kế hoạch tuyên truyền.txt"
        await ui.press("enter")
        assert imported(ui)


@driven
async def test_a_folder_that_cannot_be_looked_into_is_told_and_one_stays(
    station: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with choosing(station) as ui:

        def refuse(_: object) -> None:
            raise PermissionError(13, "no")

        monkeypatch.setattr("broadcast.workflow.folders.os.scandir", refuse)
        await ui.type("nam 2026")
        await ui.press("enter")
        assert "không có quyền" in words(ui)
        assert isinstance(ui.app.screen, FileDialog)
