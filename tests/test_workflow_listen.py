"""Listening before the broadcast: what is heard is what would go on air, and it can be saved."""

from __future__ import annotations

import threading
import wave
from pathlib import Path

import miniaudio
import numpy as np
import pytest

from broadcast.domain.script import Script, parse_body
from broadcast.errors import ConflictError, InputError, NotFoundError, SoundError
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.listen import (
    Sound,
    file_audio,
    line_audio,
    play,
    save_sound,
    script_audio,
)
from broadcast.workflow.progress import CancelledError, Progress, Step
from broadcast.workflow.render import render_scripts

from .helpers import airings
from .players import SilentPlayer, player
from .test_workflow_hearing import sound as recorded

__all__ = ["player"]


@pytest.fixture
def desk(station: Path) -> Desk:
    return Desk(Workspace(station))


def short(seconds: float = 0.5) -> Sound:
    """A tone to be saved."""
    time = np.arange(round(seconds * 22050)) / 22050
    return Sound((8000 * np.sin(2 * np.pi * 440 * time)).astype(np.int16), 22050)


def test_a_line_is_heard_as_the_script_will_be_read(desk: Desk) -> None:
    written = line_audio(desk, "UBND xã họp ngày 23/11.")
    spoken = line_audio(desk, "Ủy ban nhân dân xã họp ngày hai mươi ba tháng mười một.")

    assert np.array_equal(written.samples, spoken.samples)
    assert written.seconds == pytest.approx(12 * 60 / 190, abs=0.5)


def test_the_station_s_own_words_are_heard_too(desk: Desk) -> None:
    desk.workspace.lexicon_path.write_text('SHX: "Suối Hoa Xanh"\n', encoding="utf-8")

    assert np.array_equal(
        line_audio(desk, "Bản SHX.").samples, line_audio(desk, "Bản Suối Hoa Xanh.").samples
    )


def test_a_line_without_a_name_is_read_by_who_spoke_before(desk: Desk) -> None:
    men = line_audio(desk, "Xin chào.", "NAM")

    assert np.array_equal(men.samples, line_audio(desk, "NAM: Xin chào.").samples)
    assert not np.array_equal(men.samples, line_audio(desk, "Xin chào.", "NỮ").samples)


def test_a_cue_alone_can_be_heard(desk: Desk) -> None:
    recorded(desk.workspace.recordings / "loi.wav", level=8000, seconds=3)

    assert line_audio(desk, "[nhạc hiệu]").seconds > 3
    assert line_audio(desk, "[ghi âm recordings/loi.wav]").seconds == pytest.approx(3, abs=0.7)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "không có lời"),
        ("<!-- ghi chú -->", "không có lời"),
        ("[nhạc lạ]", "hiệu lệnh lạ [nhạc lạ]"),
        ("[ghi âm recordings/khong-co.wav]", "không có tệp ghi âm"),
        ("NỮ: Gọi số {điện thoại}.", "chỗ trống chưa điền"),
    ],
)
def test_what_cannot_be_heard_is_told(text: str, told: str, desk: Desk) -> None:
    with pytest.raises(InputError, match="Chưa nghe được") as error:
        line_audio(desk, text)

    assert told in str(error.value)
    assert error.value.mend


def test_a_script_is_heard_as_it_stands_in_the_editor(desk: Desk) -> None:
    body = "[nhạc hiệu]\nNỮ: Kính thưa bà con.\nNAM: Mời bà con nghe tin.\n"
    steps: list[Step] = []
    heard = script_audio(
        desk, Script("chua-luu", "Tin", "", parse_body(body)), Progress(steps.append)
    )

    assert heard.seconds > line_audio(desk, "Kính thưa bà con. Mời bà con nghe tin.").seconds
    assert [s.done for s in steps] == sorted(s.done for s in steps)
    assert {s.total for s in steps} == {100}
    assert not desk.workspace.script_path("chua-luu").exists()


def test_a_script_with_blockers_is_not_heard(desk: Desk) -> None:
    with pytest.raises(InputError) as error:
        script_audio(desk, Script("tin", "Tin", "", parse_body("[nhạc lạ]\n", 4)))

    assert [(p.file, p.line) for p in error.value.problems] == [
        ("scripts/tin.md", 4), ("scripts/tin.md", None),
    ]  # fmt: skip


def test_making_a_sound_stops_when_asked(desk: Desk) -> None:
    stop = threading.Event()
    stop.set()

    with pytest.raises(CancelledError):
        script_audio(desk, Script("tin", "Tin", "", parse_body("Xin chào.\n")), Progress(stop=stop))


def test_what_is_heard_beforehand_is_what_is_rendered(approved: Path) -> None:
    workspace = Workspace(approved)
    script = airings(approved)[0]["script"]
    (rendered,) = render_scripts(workspace, [script])
    heard = script_audio(Desk(workspace), workspace.load_script(script))
    file = file_audio(approved / rendered.audio.file)

    assert heard.seconds == pytest.approx(rendered.audio.seconds, abs=0.1)
    assert file.seconds == pytest.approx(rendered.audio.seconds, abs=0.1)
    assert _level(file) == pytest.approx(_level(heard), rel=0.1)


def _level(sound: Sound) -> float:
    return float(np.sqrt(np.mean(sound.samples.astype(float) ** 2)))


def test_a_file_that_is_no_mp3_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"khong phai")
    with pytest.raises(InputError):
        file_audio(tmp_path / "a.mp3")
    with pytest.raises(NotFoundError):
        file_audio(tmp_path / "b.mp3")


def test_a_sound_goes_to_the_machine_s_player(player: SilentPlayer) -> None:
    told: list[float] = []

    assert play(short(), threading.Event(), told.append) is True
    assert (player.played, told[-1]) == ([(11025, 22050)], 0.5)


def test_a_machine_without_loudspeakers_is_no_crash(player: SilentPlayer) -> None:
    player.deaf = True
    with pytest.raises(SoundError):
        play(short(), threading.Event())


def test_a_sound_is_saved_as_wav_to_the_letter(tmp_path: Path) -> None:
    sound = short()
    save_sound(sound, tmp_path / "Nghe thử.WAV")

    with wave.open(str(tmp_path / "Nghe thử.WAV"), "rb") as file:
        assert (file.getnchannels(), file.getframerate()) == (1, 22050)
        assert file.readframes(11025) == sound.samples.tobytes()


def test_a_sound_is_saved_as_mp3(tmp_path: Path) -> None:
    save_sound(short(2.0), tmp_path / "mới" / "a.mp3")
    info = miniaudio.mp3_get_file_info(str(tmp_path / "mới" / "a.mp3"))

    assert (info.nchannels, info.sample_rate) == (1, 22050)
    assert info.duration == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("name", ["a.ogg", "a", ".mp3"])
def test_other_kinds_of_files_are_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="Chưa lưu được"):
        save_sound(short(), tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"cua nguoi khac")
    with pytest.raises(ConflictError, match="Chưa lưu được"):
        save_sound(short(), tmp_path / "a.mp3")

    assert (tmp_path / "a.mp3").read_bytes() == b"cua nguoi khac"
