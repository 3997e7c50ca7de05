"""Other ways out of the export screen, by keys: kinds of players, the page, a calendar's server."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from broadcast.publish import drives, players
from broadcast.publish.players import MessagePlayer

from .helpers import WEEK
from .test_tui_export import hint, screen, to
from .tui_pilot import driven, opened


@pytest.fixture(autouse=True)
def no_drives(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Drives of the machine that runs the tests are nobody's business."""
    monkeypatch.setattr(drives, "LINUX", (tmp_path / "media",))
    monkeypatch.setattr(drives, "MAC", tmp_path / "media")


@driven
async def test_a_card_is_written_for_the_player_that_was_chosen_and_its_folder_remembers_it(
    rendered: Path, tmp_path: Path
) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        assert "Máy phát USB thường" in " ".join(ui.text().split())
        await to(ui, tmp_path / "the")
        await ui.press("f6", "down", "enter")
        assert "Adastra DM-8 · tự phát theo giờ" in ui.text()
        assert "MESSA" in ui.text()
        await ui.press("f5")
        assert "✓ Đã ghi xong" in ui.text()
    assert len(list((tmp_path / "the/MESSA").glob("M*.mp3"))) == 6
    assert len((tmp_path / "the/schedule.txt").read_bytes().splitlines()) == 6
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        assert "Máy phát USB thường" in " ".join(ui.text().split())
        await to(ui, tmp_path / "the")
        assert "Adastra DM-8 ·" in ui.text()
        assert "đã có đủ tệp" in hint(ui)
        assert screen(ui).preview is not None
        assert "M001.mp3" in screen(ui).preview.sheet


@driven
async def test_what_a_player_cannot_do_is_told_before_with_what_to_do(
    rendered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = [replace(one, messages=5) if isinstance(one, MessagePlayer) else one
             for one in players.PLAYERS]  # fmt: skip
    monkeypatch.setattr(players, "PLAYERS", tuple(small))
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f6", "down", "enter", "f5")
        said = " ".join(ui.text().split())
        assert "! Adastra DM-8 nhận nhiều nhất 5 tệp, tuần này có 6" in said
        assert "→ xuất riêng từng cụm loa, hoặc bớt lượt phát" in said
        assert "F6 chọn máy phát khác" in hint(ui)
        await ui.press("f7")
        assert "5 lượt phát" in ui.text()
        assert "F5 ghi tuần" in hint(ui)
    assert not (rendered / f"out/export/{WEEK}.txt").exists()
