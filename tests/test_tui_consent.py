"""Asked once whether texts may go to Google: three answers, kept, and nothing sent before."""

from __future__ import annotations

from pathlib import Path

import pytest

from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.ask import AskDialog
from broadcast.tui.dialogs.listen import ListenDialog
from broadcast.workflow import voice_choice

from .helpers import edit
from .players import SilentPlayer, player
from .tui_pilot import Driver, driven, opened

__all__ = ["player"]


@pytest.fixture
def undecided(brief: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A station that lets the program choose, on a machine that has only espeak, off the net."""
    edit(brief / "schedules/station.yaml", "engine: tone", "engine: auto")
    monkeypatch.setattr(voice_choice, "piper_speakers", lambda: ())
    return brief


def asked(ui: Driver) -> bool:
    return isinstance(ui.app.screen, AskDialog) and "Google" in ui.text()


@driven
async def test_rendering_asks_once_and_never_again(undecided: Path) -> None:
    async with opened(undecided) as ui:
        await ui.press("4", "f5")
        assert asked(ui)
        assert "Chỉ bài đã duyệt" in ui.text()
        await ui.press("end", "enter")
        assert Workspace(undecided).load_station().voices.online == "không"
        assert "◉ 6 NHÁP" in ui.text()
    async with opened(undecided) as ui:
        await ui.press("2", "enter", "f4")
        assert not asked(ui)


@driven
async def test_listening_asks_too_and_esc_leaves_it_open_until_the_next_time(
    undecided: Path, player: SilentPlayer
) -> None:
    async with opened(undecided) as ui:
        await ui.press("6", "f9")
        assert asked(ui)
        await ui.press("escape")
        assert isinstance(ui.app.screen, ListenDialog)
        assert len(player.played) == 1
        await ui.press("escape", "f9")
        assert isinstance(ui.app.screen, ListenDialog)
    assert Workspace(undecided).load_station().voices.online == "hỏi"


@pytest.mark.parametrize(
    ("keys", "online"), [((), "cả nháp"), (("down",), "đã duyệt"), (("end",), "không")]
)
@driven
async def test_each_answer_is_kept_in_the_stations_file(
    undecided: Path,
    player: SilentPlayer,
    monkeypatch: pytest.MonkeyPatch,
    keys: tuple[str, ...],
    online: str,
) -> None:
    monkeypatch.setattr("broadcast.speech.gtts.answers", lambda: False)
    async with opened(undecided) as ui:
        await ui.press("6", "f9", *keys, "enter")
        assert Workspace(undecided).load_station().voices.online == online
