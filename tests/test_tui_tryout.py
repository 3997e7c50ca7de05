"""Voices side by side: what is listed, made, heard, chosen and taken back; one picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from textual.pilot import Pilot

from broadcast.errors import EngineError
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.tryout import TryOutDialog
from broadcast.workflow import station_voices, voice_choice, voice_files, voice_tryout
from broadcast.workflow.desk import Desk
from broadcast.workflow.listen import Sound
from broadcast.workflow.voice_tryout import first_sentence, try_out, values_chosen, voices_to_try

from .helpers import edit
from .microphones import tone
from .players import SilentPlayer, player
from .test_tui_snapshots import SnapCompare, in_folder, press
from .tui_pilot import LARGE, driven, make_app, opened

__all__ = ["in_folder", "player"]

Found = dict[str, tuple[bool, bool]]


@pytest.fixture
def voices(station: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine with two Piper voices, of which one is broken, and nobody asked about Google."""
    edit(station / "schedules/station.yaml", "engine: tone", "engine: espeak")
    speakers = ("vi_VN-mot", "vi_VN-hong")
    for module in (voice_choice, voice_files):
        monkeypatch.setattr(module, "piper_speakers", lambda: speakers)

    def made(*args: object) -> Sound:
        if "vi_VN-hong" in args:
            raise EngineError("Chưa đọc được", "giọng hỏng")
        return Sound(tone(2.0 if "NỮ" in args else 3.0), 22_050)

    monkeypatch.setattr(voice_tryout, "try_voice", made)
    monkeypatch.setattr(station_voices, "require_voices", lambda _voices: None)
    return station


def listed(root: Path) -> Found:
    return {
        one.title: (not one.why, one.used) for one in voices_to_try(Workspace(root).load_station())
    }


def test_every_voice_is_listed_with_why_it_cannot_be_had(voices: Path) -> None:
    assert listed(voices) == {
        "espeak nữ": (True, True),
        "espeak nam": (True, True),
        "Google": (False, False),
        "piper vi_VN-mot": (True, False),
        "piper vi_VN-hong": (True, False),
    }


def test_a_voice_whose_name_is_the_beginning_of_the_one_in_use_is_not_in_use(
    voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (voice_choice, voice_files):
        monkeypatch.setattr(module, "piper_speakers", lambda: ("x/10", "x/20", "x/1", "x/2"))
    edit(voices / "schedules/station.yaml", "engine: espeak", "engine: piper")
    assert [title for title, (_, used) in listed(voices).items() if used] == [
        "piper x/10",
        "piper x/20",
    ]


def test_without_a_piper_voice_it_is_said_how_to_get_one(
    station: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_files, "piper_speakers", lambda: ())
    found = voices_to_try(Workspace(station).load_station())
    (piper,) = [one for one in found if one.engine == "piper"]
    assert "broadcast" in piper.why


def test_the_first_sentence_has_numbers_and_words_of_the_station(station: Path) -> None:
    (station / "scripts/lexicon.yaml").write_text("TDP: tổ dân phố\n", "utf-8")
    desk = Desk(Workspace(station))
    sentence = first_sentence(desk)
    for part in (desk.station().name, "UBND", "TDP", "125", "98,4%"):
        assert part in sentence


def test_a_voice_really_reads_the_sentence_and_the_two_parts_differ(station: Path) -> None:
    desk = Desk(Workspace(station))
    woman, man = (one for one in voices_to_try(desk.station()) if one.engine == "espeak")
    made = [try_out(desk, one, "UBND xã họp lúc 7h30.") for one in (woman, man)]
    assert all(one.sound.seconds > 1 and max(one.levels.peaks) > 0.05 for one in made)
    assert not np.array_equal(made[0].sound.samples[:9000], made[1].sound.samples[:9000])


def test_choosing_keeps_what_the_other_part_has(voices: Path) -> None:
    station = Workspace(voices).load_station()
    one = voices_to_try(station)[3]
    both = values_chosen(station, one, None)
    assert (both["voices.women"], both["voices.men"]) == ("vi_VN-mot", "vi_VN-mot")
    own = replace(station.voices, engine="piper", women="vi_VN-hong")
    only = values_chosen(replace(station, voices=own), one, "NAM")
    assert (only["voices.women"], only["voices.men"]) == ("vi_VN-hong", "vi_VN-mot")


@driven
async def test_voices_are_heard_one_by_one_and_in_turn_and_one_is_chosen_and_taken_back(
    voices: Path, player: SilentPlayer
) -> None:
    async with opened(voices, LARGE) as ui:
        await ui.press("f11")
        assert isinstance(ui.app.screen, TryOutDialog)
        assert "giọng hỏng" in ui.text()
        assert "đài chưa trả lời" in ui.text()
        assert "4,0 giây" in ui.text()
        await ui.press("f9")
        assert len(player.played) == 1
        await ui.press("f5")
        assert len(player.played) == 4
        await ui.press("end", "up", "enter", "down", "enter")
        own = Workspace(voices).load_station().voices
        assert (own.engine, own.women, own.men) == ("piper", "vi_VN-mot", "")
        await ui.press("ctrl+z")
        assert Workspace(voices).load_station().voices.engine == "espeak"


@driven
async def test_the_officers_own_sentence_is_read_and_google_asks_first(
    voices: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[object] = []
    made: Callable[..., Sound] = voice_tryout.try_voice

    def heard(*args: object) -> Sound:
        said.append(args[4])
        return made(*args)

    monkeypatch.setattr(voice_tryout, "try_voice", heard)
    async with opened(voices, LARGE) as ui:
        await ui.press("6", "f4", "shift+tab", "end", "ctrl+u")
        await ui.type("Mời họp")
        await ui.press("enter")
        assert said[-1] == "Mời họp"
        await ui.press("down", "down", "enter")
        assert "Chỉ bài đã duyệt" in ui.text()
        await ui.press("end", "enter")
        assert "đài không cho gửi lời tới Google" in ui.text()


def test_a_picture_of_the_voices(snap_compare: SnapCompare, voices: Path) -> None:
    async def go(pilot: Pilot[None]) -> None:
        await press(pilot, "6", "f4")

    assert snap_compare(make_app(voices), terminal_size=LARGE, run_before=go)
