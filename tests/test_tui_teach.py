"""An abbreviation nobody taught is taught on the spot, heard before, and read so at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.listen import ListenDialog
from broadcast.tui.dialogs.teach import TeachDialog

from .players import SilentPlayer, player
from .test_tui_script import editing, looking_is_asked_for, said, screen, shown
from .tui_pilot import Driver, driven

__all__ = ["looking_is_asked_for", "player"]

BODY = "NỮ: Kính thưa bà con.\nNỮ: Hỏi QWRT nhé.\nNAM: Rồi hỏi ZXCV.\n"


def fields(ui: Driver) -> dict[str, str]:
    assert isinstance(ui.app.screen, TeachDialog)
    return ui.app.screen.values()


@driven
async def test_the_word_of_the_row_is_taught_and_read_so_at_once(station: Path) -> None:
    async with editing(station, BODY, row=1) as ui:
        assert "QWRT" in shown(ui, "#about-text")
        await ui.press("ctrl+g")
        assert fields(ui) == {"written": "QWRT", "said": ""}
        await ui.type("quê ta")
        await ui.press("enter")
        assert said(ui) == "Đã nhớ: «QWRT» đọc là «quê ta»"
        assert "Hỏi quê ta nhé" in ui.text()
        assert [found.row for found in screen(ui).heard.preview.findings] == [2]
    assert Workspace(station).load_lexicon()["QWRT"] == "quê ta"


@driven
async def test_elsewhere_the_next_word_nobody_taught_is_asked_about(station: Path) -> None:
    async with editing(station, BODY, row=2) as ui:
        await ui.press("ctrl+g")
        assert fields(ui)["written"] == "ZXCV"
        await ui.press("escape", "ctrl+home", "ctrl+g")
        assert fields(ui)["written"] == "QWRT"


@driven
async def test_it_can_be_heard_before_it_is_kept(station: Path, player: SilentPlayer) -> None:
    async with editing(station, BODY, row=1) as ui:
        await ui.press("ctrl+g", "f9")
        assert "Ghi cách đọc rồi nghe" in ui.text()
        await ui.type("quê ta")
        await ui.press("f9")
        assert isinstance(ui.app.screen, ListenDialog)
        await ui.press("escape")
        assert fields(ui) == {"written": "QWRT", "said": "quê ta"}
        assert "QWRT" not in Workspace(station).load_lexicon()
    assert len(player.played) == 1


@pytest.mark.parametrize(("typed", "told"), [("hỏi ZXCV", "máy cũng chưa biết đọc «ZXCV»")])
@driven
async def test_what_cannot_be_read_is_told_at_its_field(
    station: Path, typed: str, told: str
) -> None:
    async with editing(station, BODY, row=1) as ui:
        await ui.press("ctrl+g")
        await ui.type(typed)
        await ui.press("enter")
        assert told in " ".join(ui.text().split())
        assert isinstance(ui.app.screen, TeachDialog)


@driven
async def test_what_was_taught_is_taken_back_with_an_empty_field(station: Path) -> None:
    async with editing(station, BODY, row=1) as ui:
        await ui.press("ctrl+g")
        await ui.type("quê ta")
        await ui.press("enter", "ctrl+g", "shift+tab", "ctrl+u")
        await ui.type("QWRT")
        await ui.press("tab", "enter")
        assert said(ui) == "Đã bỏ cách đọc riêng của «QWRT»"
    assert "QWRT" not in Workspace(station).load_lexicon()
