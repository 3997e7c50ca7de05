"""The dialog in which a sound is made and heard: stopping, again, saving, no loudspeaker."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from broadcast.errors import EngineError
from broadcast.tui.dialogs.ask import FormDialog
from broadcast.tui.dialogs.listen import ListenDialog
from broadcast.tui.widgets.fields import Field
from broadcast.workflow.listen import Sound
from broadcast.workflow.progress import Progress

from .players import SilentPlayer, player
from .tui_pilot import Driver, driven, opened

__all__ = ["player"]


def made(progress: Progress) -> Sound:
    """Ten seconds, made at once."""
    progress.step("Tin [nhạc hiệu] [/]", 1, 1)
    return Sound(np.zeros(10 * 22050, np.int16), 22050)


async def listen(ui: Driver, make: Callable[[Progress], Sound], file: Path) -> ListenDialog:
    dialog = ListenDialog("Nghe thử: [nhạc hiệu] [/]", make, file)
    ui.app.push_screen(dialog)
    await ui.pilot.pause()
    return dialog


async def until(ui: Driver, reached: Callable[[], bool]) -> None:
    for _ in range(500):
        if reached():
            return
        await ui.pilot.pause(0.01)
    raise AssertionError("it never came to that")


@driven
async def test_a_sound_is_heard_and_heard_again(station: Path, player: SilentPlayer) -> None:
    async with opened(station) as ui:
        await listen(ui, made, station / "nghe.mp3")
        await ui.settle()
        assert "10:00" not in ui.text()
        assert "0:10 / 0:10" in ui.text()
        assert "[nhạc hiệu] [/]" in ui.text()
        await ui.press("enter")
        assert len(player.played) == 2
        await ui.press("escape")
        assert ui.app.screen is ui.week


@driven
async def test_escape_stops_the_sound(station: Path, player: SilentPlayer) -> None:
    player.waits = True
    async with opened(station) as ui:
        dialog = await listen(ui, made, station / "nghe.mp3")
        await until(ui, lambda: dialog.playing)
        await ui.pilot.press("enter")
        assert len(player.played) == 1
        await ui.press("escape")
        assert ui.app.screen is ui.week
        assert dialog.stop.is_set()


@driven
async def test_escape_stops_the_making(station: Path, player: SilentPlayer) -> None:
    stopped = threading.Event()

    def endless(progress: Progress) -> Sound:
        try:
            for step in range(10_000):
                progress.step("Tin", step, 10_000)
                threading.Event().wait(0.005)
        finally:
            stopped.set()
        return made(progress)

    async with opened(station) as ui:
        await listen(ui, endless, station / "nghe.mp3")
        await until(ui, lambda: "Đang đọc:" in ui.text())
        await ui.press("escape")
        assert ui.app.screen is ui.week
        assert await asyncio.to_thread(stopped.wait, 10)
    assert player.played == []


@driven
async def test_leaving_the_app_stops_the_sound(station: Path, player: SilentPlayer) -> None:
    player.waits = True
    async with opened(station) as ui:
        dialog = await listen(ui, made, station / "nghe.mp3")
        await until(ui, lambda: dialog.playing)
        ui.app.exit()
    assert dialog.stop.is_set()


@driven
async def test_without_a_loudspeaker_the_sound_can_be_saved(
    station: Path, player: SilentPlayer
) -> None:
    player.deaf = True
    file = station / "out" / "nghe.wav"
    async with opened(station) as ui:
        await listen(ui, made, file)
        await ui.settle()
        assert "máy này không có loa" in ui.text().lower()
        assert "Ctrl+S lưu thành tệp" in ui.text()
        await ui.press("ctrl+s")
        assert isinstance(ui.app.screen, FormDialog)
        await ui.press("enter")
        assert "Đã lưu vào" in ui.text()
    assert file.stat().st_size == 44 + 2 * 10 * 22050


@driven
async def test_a_wrong_name_is_told_at_its_field(station: Path, player: SilentPlayer) -> None:
    async with opened(station) as ui:
        await listen(ui, made, station / "nghe.mp3")
        await ui.press("ctrl+s")
        ui.app.screen.query_one(Field).value = str(station / "nghe.ogg")
        await ui.press("enter")
        assert isinstance(ui.app.screen, FormDialog)
        assert "đuôi .mp3 hoặc .wav" in ui.text()


@driven
async def test_a_file_that_is_there_is_not_overwritten(station: Path, player: SilentPlayer) -> None:
    (station / "nghe.mp3").write_bytes(b"cu")
    async with opened(station) as ui:
        await listen(ui, made, station / "nghe.mp3")
        await ui.press("ctrl+s", "enter")
        assert "đã có sẵn" in ui.text()
    assert (station / "nghe.mp3").read_bytes() == b"cu"


@driven
async def test_what_cannot_be_made_is_told(station: Path, player: SilentPlayer) -> None:
    def failing(_progress: Progress) -> Sound:
        raise EngineError("Không đọc được câu", "bộ đọc dừng [/]", "viết lại câu này")

    async with opened(station) as ui:
        await listen(ui, failing, station / "nghe.mp3")
        await ui.settle()
        assert "bộ đọc dừng [/]" in ui.text().lower()
        await ui.press("ctrl+s", "enter")
        assert isinstance(ui.app.screen, ListenDialog)
        await ui.press("escape")
        assert ui.app.screen is ui.week
    assert player.played == []
