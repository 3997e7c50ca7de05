"""Recordings in other languages, paired, approved and taken away from the script screen."""

from __future__ import annotations

from pathlib import Path

from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.screens.script_pairing import SoundDialog

from .test_cli_pairing import paired, recordings, state, village
from .test_tui_proof import listed, take
from .test_tui_script import BODY, editing, looking_is_asked_for, said, text
from .tui_pilot import Driver, driven, opened

__all__ = ["looking_is_asked_for", "village"]


async def languages(ui: Driver) -> None:
    ui.app.go("script", script="tin")
    await ui.settle()
    await ui.press("ctrl+d")


@driven
async def test_a_recording_is_paired_approved_and_taken_away_by_keys(village: Path) -> None:
    async with opened(village) as ui:
        await languages(ui)
        assert listed(ui) == ["tiếng Thái: chưa có"]
        await take(ui, "tiếng Thái")
        await take(ui, "Ghép tệp")
        assert isinstance(ui.app.screen, SoundDialog)
        await ui.type(str(village.parent / "thu.wav"))
        await ui.press("enter")
        await ui.type("Hoa")
        await ui.press("enter")
        assert said(ui) == "Bản ghi âm: chưa duyệt (Hoa ghi, 3 giây)"
        await ui.press("ctrl+d")
        await take(ui, "chưa duyệt")
        assert any(block in ui.text() for block in "▅▆▇█")
        await take(ui, "Duyệt")
        await ui.type("Lan")
        await ui.press("enter")
        assert said(ui) == "Bản ghi âm: đã duyệt (Hoa ghi, 3 giây)"
        assert state(village) == "đã duyệt"
        await ui.press("ctrl+d")
        await take(ui, "đã duyệt")
        await take(ui, "Bỏ bản ghi âm")
        assert said(ui) == "Bản ghi âm: chưa có"
    assert recordings(village) == []


@driven
async def test_the_text_to_translate_is_shown(village: Path) -> None:
    async with opened(village) as ui:
        await languages(ui)
        await take(ui, "tiếng Thái")
        await take(ui, "Xem lời")
        assert isinstance(ui.app.screen, ReadDialog)
        assert "NỮ: Mời bà con nghe." in ui.app.screen.text.plain


@driven
async def test_words_typed_before_are_saved_and_void_the_recording(village: Path) -> None:
    paired(village)
    async with opened(village) as ui:
        ui.app.go("script", script="tin", row=1)
        await ui.settle()
        await ui.press("end")
        await ui.type(" Xin nhắc lại.")
        await ui.press("ctrl+d")
        assert listed(ui)[0].startswith("tiếng Thái: lời đã đổi")
        assert "Xin nhắc lại." in text(ui)


@driven
async def test_a_station_of_one_language_is_told_so(station: Path) -> None:
    async with editing(station, BODY) as ui:
        await ui.press("ctrl+d")
        assert said(ui).startswith("Không cụm loa nào cần tiếng khác")
