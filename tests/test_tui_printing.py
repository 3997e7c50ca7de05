"""Putting the week and a script on paper, by keys."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from broadcast.tui.dialogs.ask import AskDialog
from broadcast.tui.dialogs.message import ErrorDialog
from broadcast.tui.screens.script import ScriptScreen

from .helpers import WEEK, done, edit
from .paper_examples import lines
from .tui_pilot import Driver, driven, opened


@pytest.fixture(autouse=True)
def looking_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screens do not look at the files by themselves while a test goes on."""
    monkeypatch.setattr("broadcast.tui.screens.script.WATCH_EVERY", 3600)


def screen(ui: Driver) -> ScriptScreen:
    """The script screen."""
    return next(s for s in ui.app.station_screens() if isinstance(s, ScriptScreen))


@driven
async def test_the_week_goes_on_paper_and_the_line_says_where(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("ctrl+w")
        assert ui.hint == f"Đã in ra out/paper/{WEEK}-kich-ban.docx"
    assert "TẬP KỊCH BẢN PHÁT THANH" in lines(
        docx.Document(str(approved / f"out/paper/{WEEK}-kich-ban.docx"))
    )


@driven
async def test_drafts_are_told(sample: Path) -> None:
    done("script", "assemble", "--week", WEEK, cwd=sample)
    async with opened(sample) as ui:
        await ui.press("ctrl+w")
        assert ui.hint.endswith("(6 bản nháp chưa duyệt)")


@driven
async def test_an_empty_week_is_not_put_on_paper(sample: Path) -> None:
    (sample / f"schedules/{WEEK}.yaml").unlink()
    async with opened(sample) as ui:
        await ui.press("ctrl+w")
        assert "chưa có lượt phát nào; F5 xếp lịch trước" in ui.hint
    assert not (sample / "out/paper").exists()


@driven
async def test_a_paper_that_was_filled_in_is_kept_and_told(approved: Path) -> None:
    path = approved / f"out/paper/{WEEK}-kich-ban.docx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"filled in")
    async with opened(approved) as ui:
        await ui.press("ctrl+w")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert "không do chương trình này ghi" in ui.text()
    assert path.read_bytes() == b"filled in"


@driven
async def test_a_script_goes_on_paper_as_it_stands_in_the_editor(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("enter")
        script_id = screen(ui).session.script_id
        await ui.press("down", "end")
        await ui.type(" Moi")
        await ui.press("ctrl+u")
        assert isinstance(ui.app.screen, AskDialog)
        await ui.press("enter")
        assert screen(ui).line().startswith(f"Đã in ra out/paper/{script_id}.docx (1 bản nháp")
    text = lines(docx.Document(str(approved / f"out/paper/{script_id}.docx")))
    assert any(line.endswith("Suối Hoa. Moi") for line in text)


@driven
async def test_the_words_to_translate_are_the_other_choice(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("enter", "ctrl+u", "down", "enter")
        script_id = screen(ui).session.script_id
        assert f"out/paper/{script_id}-loi-de-dich" in screen(ui).line()
    path = approved / f"out/paper/{script_id}-loi-de-dich.docx"
    assert lines(docx.Document(str(path)))[0] == "BẢN LỜI ĐỂ DỊCH"


@driven
async def test_escape_prints_nothing(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("enter", "ctrl+u", "escape")
    assert not (approved / "out/paper").exists()


@driven
async def test_a_script_that_broke_meanwhile_is_told(approved: Path) -> None:
    first = sorted(approved.glob("scripts/2026-w48-*.md"))[0]
    edit(first, "title:", "titel:")
    async with opened(approved) as ui:
        await ui.press("ctrl+w")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert "Có kịch bản không đọc được" in ui.text()
        assert "Đang in" not in ui.hint
