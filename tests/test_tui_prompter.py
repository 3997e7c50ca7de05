"""The prompter by keys, and its pictures: recording, a take with faults, keeping, ending."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from broadcast.audio.recorder import Level
from broadcast.tui.dialogs.prompter import PrompterDialog
from broadcast.tui.widgets.prompt import large

from .helpers import BY, edit
from .microphones import Microphone, microphone, tone
from .players import SilentPlayer, player
from .test_tui_snapshots import SIZES, SnapCompare, in_folder, press
from .test_workflow_prompter import SCRIPT, WORDS
from .tui_pilot import LARGE, SMALL, Driver, driven, make_app, opened

__all__ = ["in_folder", "microphone", "player"]


@pytest.fixture
def scripted(station: Path) -> Path:
    (station / "scripts/mot.md").write_text(SCRIPT.format(id="mot", words=WORDS), "utf-8")
    return station


async def begun(ui: Driver) -> PrompterDialog:
    await ui.press("2", "enter", "ctrl+e")
    await ui.type(BY)
    await ui.press("enter")
    dialog = ui.app.screen
    assert isinstance(dialog, PrompterDialog)
    return dialog


@given(
    st.lists(st.text("aệ,.", min_size=1, max_size=7), min_size=1, max_size=80),
    st.integers(8, 120),
    st.integers(1, 20),
)
def test_large_words_are_all_there_and_none_is_cut(
    words: list[str], width: int, height: int
) -> None:
    rows = large(" ".join(words), width, height)
    assert " ".join(rows).split() == words
    assert all(len(row) <= width for row in rows)


@driven
async def test_lines_are_read_heard_kept_and_the_script_knows(
    scripted: Path, microphone: Microphone, player: SilentPlayer
) -> None:
    async with opened(scripted, SMALL) as ui:
        dialog = await begun(ui)
        assert "câu 1/3 · đã thu 0" in ui.text()
        await ui.press("space")
        assert "ĐANG THU 0:01" in ui.text()
        assert "vừa" in ui.text()
        await ui.press("space")
        assert "✓ Thu tốt" in ui.text()
        await ui.press("f9")
        assert len(player.played) == 1
        await ui.press("enter")
        assert "câu 2/3 · đã thu 1" in ui.text()
        await ui.press("left")
        assert f"✓ {BY} đã thu" in ui.text()
        await ui.press("pagedown", "enter", "enter", "enter", "space", "space", "enter")
        assert "Đã thu hết các câu" in ui.text()
        assert dialog.prompter.unread == 0
        await ui.press("escape")
        assert not isinstance(ui.app.screen, PrompterDialog)
    assert len(list((scripted / "scripts/recordings/lines").glob("*.wav"))) == 3


@driven
async def test_a_take_that_was_not_kept_is_asked_about_and_a_kept_one_can_be_dropped(
    scripted: Path, microphone: Microphone
) -> None:
    async with opened(scripted, LARGE) as ui:
        dialog = await begun(ui)
        await ui.press("space", "escape")
        assert (dialog.state, microphone.open, dialog.prompter.take) == ("idle", 0, None)
        await ui.press("space", "space", "right", "enter")
        assert (dialog.prompter.unread, dialog.prompter.place.at) == (2, 2)
        await ui.press("left", "left", "delete", "down", "enter")
        assert dialog.prompter.unread == 3
        microphone.missing = True
        await ui.press("space")
        assert "máy này không có micrô" in ui.text()
        await ui.press("escape")
        assert not isinstance(ui.app.screen, PrompterDialog)


@driven
async def test_escape_lets_go_of_a_microphone_that_does_not_open(
    scripted: Path, microphone: Microphone, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = Event()
    monkeypatch.setattr(microphone, "start", lambda: closed.wait(20))
    monkeypatch.setattr(microphone, "close", closed.set)
    async with opened(scripted, LARGE) as ui:
        dialog = await begun(ui)
        await ui.pilot.press("space")
        assert "Đang mở micrô" in ui.text()
        await ui.press("escape")
        assert (dialog.state, "Đã bỏ lần thu này" in ui.text()) == ("idle", True)
        assert (closed.is_set(), dialog.prompter.recording) == (True, False)


@driven
async def test_a_line_longer_than_the_window_is_scrolled_while_it_is_read(
    scripted: Path, microphone: Microphone
) -> None:
    edit(scripted / "scripts/mot.md", WORDS, f"{WORDS} " * 12 + "Hết.")
    async with opened(scripted, SMALL) as ui:
        await begun(ui)
        await ui.press("right", "space")
        assert "Hết." not in ui.text()
        await ui.press("ctrl+down", "ctrl+down", "ctrl+down", "ctrl+down")
        assert "Hết." in ui.text()


@driven
async def test_the_audio_screen_opens_it_too(brief: Path, microphone: Microphone) -> None:
    async with opened(brief) as ui:
        await ui.press("4", "ctrl+e")
        await ui.type(BY)
        await ui.press("enter")
        assert "phải duyệt lại" in ui.text()
        await ui.press("space", "space", "enter", "escape")
        assert "lời hoặc giọng đã đổi" in ui.text() or "NHÁP" in ui.text()


@SIZES
@pytest.mark.parametrize("what", ["recording", "clipped"])
def test_pictures(
    snap_compare: SnapCompare,
    scripted: Path,
    microphone: Microphone,
    size: tuple[int, int],
    what: str,
) -> None:
    microphone.sounds = [tone(6, 3.0)]
    microphone.level = Level(-0.5, True, 3.2) if what == "recording" else microphone.level

    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "2", "enter", "ctrl+e", *"Hoa", "enter", "right", "space")
        await press(pilot, *(["space"] if what == "clipped" else []))

    assert snap_compare(make_app(scripted), terminal_size=size, run_before=go)
