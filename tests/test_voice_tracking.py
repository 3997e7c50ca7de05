"""A person reads lines herself: where they are heard, what is approved then, and recording."""

from __future__ import annotations

import threading
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from broadcast.audio.recorder import RATE, Level, Recorder, level
from broadcast.domain.week import VIETNAM
from broadcast.errors import InputError, SoundError
from broadcast.store.voice_lines import line_key
from broadcast.store.workspace import Workspace
from broadcast.workflow.desk import Desk
from broadcast.workflow.listen import Sound, save_sound, script_audio
from broadcast.workflow.prompter import KEY, own_sound
from broadcast.workflow.voice_tracking import forget_take, keep_take, lines_to_read

from .helpers import BY, done, edit, run
from .microphones import Microphone, microphone, tone

__all__ = ["microphone"]

GREETING = "Kính thưa bà con xã Đông Thử."
SCRIPT = """---
id: {id}
title: Ngắn
---
NỮ: {greeting}
NAM: Mời bà con nghe tin về lịch họp bản tối nay.
NỮ: {greeting}
"""
AT = datetime(2026, 11, 23, 7, 30, tzinfo=VIETNAM)


@pytest.fixture
def desk(station: Path) -> Desk:
    for one in ("mot", "hai"):
        text = SCRIPT.format(id=one, greeting=GREETING)
        (station / f"scripts/{one}.md").write_text(text, "utf-8")
    return Desk(Workspace(station))


def take(seconds: float = 4.0) -> Sound:
    """A low tone, much longer than the engine's reading, with silence around."""
    time = np.arange(round(seconds * RATE)) / RATE
    tone = 9_000 * np.sin(2 * np.pi * 150 * time) * (time % 1 < 0.8)
    return Sound(np.concatenate([np.zeros(RATE), tone, np.zeros(RATE)]).astype(np.int16), RATE)


def keep(desk: Desk, script: str = "mot", line: int = 0) -> str:
    spoken = lines_to_read(desk, script)[line].spoken
    keep_take(desk, script, spoken, take(), by=BY, at=AT)
    return spoken


def test_every_line_is_to_be_read_once(desk: Desk) -> None:
    assert [(one.number, one.speaker) for one in lines_to_read(desk, "mot")] == [
        (5, "NỮ"),
        (6, "NAM"),
    ]


def test_a_line_that_was_read_is_heard_wherever_its_words_recur(desk: Desk) -> None:
    before = {one: script_audio(desk, desk.script(one)).seconds for one in ("mot", "hai")}
    keep(desk)
    for script, seconds in before.items():
        hearing = desk.hearing(script)
        assert [bool(one.recorded) for one in hearing.lines] == [True, False, True]
        made = script_audio(desk, desk.script(script)).seconds
        assert made > seconds + 3
        assert hearing.seconds == pytest.approx(made, rel=0.15)


def test_a_line_read_by_a_person_is_part_of_what_is_approved(desk: Desk, station: Path) -> None:
    done("script", "approve", "mot", "--by", BY, cwd=station)
    assert desk.hearing("mot").state == "đã duyệt"
    spoken = keep(desk)
    assert desk.hearing("mot").state == "nháp"
    done("script", "approve", "mot", "--by", BY, cwd=station)
    assert desk.hearing("mot").state == "đã duyệt"
    keep_take(desk, "mot", spoken, take(3), by=BY, at=AT)
    assert desk.hearing("mot").state == "nháp"


def test_changed_words_bring_the_engine_back_and_it_is_said(desk: Desk, station: Path) -> None:
    keep(desk, line=1)
    path = station / "scripts/mot.md"
    edit(path, "tối nay", "tối mai")
    hearing = desk.hearing("mot")
    assert not any(one.recorded for one in hearing.lines)
    (found,) = [one for one in hearing.findings if one.rule == "voice-line"]
    assert (found.line, BY in found.message, "tối nay" in found.message) == (6, True, True)
    edit(path, "tối mai", "tối nay")
    assert [bool(one.recorded) for one in desk.hearing("mot").lines] == [False, True, False]


def test_a_line_that_was_taken_away_with_its_words_is_not_asked_about(
    desk: Desk, station: Path
) -> None:
    keep(desk, line=1)
    edit(station / "scripts/mot.md", "NAM: Mời bà con nghe tin về lịch họp bản tối nay.\n", "")
    assert [one for one in desk.hearing("mot").findings if one.rule == "voice-line"] == []


def test_forgetting_brings_the_engine_back(desk: Desk) -> None:
    spoken = keep(desk)
    assert forget_take(desk, spoken) is True
    assert forget_take(desk, spoken) is False
    assert not any(one.recorded for one in desk.hearing("mot").lines)


def test_what_cannot_be_read_or_belongs_to_other_words_is_not_heard(desk: Desk) -> None:
    keep(desk)
    (own,) = desk.workspace.voice_lines.all()
    own.path.write_bytes(b"RIFF")
    fresh = Desk(desk.workspace)
    assert not any(one.recorded for one in fresh.hearing("mot").lines)
    own.path.with_suffix(".json").write_text('{"text": "khác", "by": "ai"}', "utf-8")
    assert list(desk.workspace.voice_lines.all()) == []


def test_a_phones_recording_is_taken_for_a_line_and_forgotten_again(
    desk: Desk, station: Path
) -> None:
    save_sound(take(), station / "ghi.wav")
    record = ("voice", "record", "mot", "--line")
    told = done(*record, "6", "--by", BY, "--from", "ghi.wav", cwd=station)
    assert "! dài " not in told.err
    assert [bool(one.recorded) for one in desk.hearing("hai").lines] == [False, True, False]
    done(*record, "6", "--forget", cwd=station)
    assert not any(one.recorded for one in desk.hearing("hai").lines)
    save_sound(take(1.0), station / "ngan.wav")
    told = done(*record, "6", "--by", BY, "--from", "ngan.wav", cwd=station)
    assert "thiếu lời" in told.err
    done(*record, "7", "--by", BY, "--from", "ghi.wav", cwd=station)  # the words of line 5
    assert "Đã bỏ" in done(*record, "5", "--forget", cwd=station).err
    assert "chưa ai thu" in done(*record, "7", "--forget", cwd=station).err


def test_the_command_reads_what_nobody_has_and_tells_what_the_prompter_does(
    desk: Desk, station: Path, microphone: Microphone, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = SimpleNamespace(isatty=lambda: True)
    monkeypatch.setattr("broadcast.cli.voice.sys", SimpleNamespace(stdin=terminal, stderr=terminal))
    microphone.sounds = [tone(0.8), np.zeros(RATE, np.int16), tone(4.0)]
    record = ("voice", "record", "mot", "--by", BY)
    result = run(*record, cwd=station, stdin="b\nt\n\ng\n")
    assert (result.status, result.err.count("thiếu lời")) == (0, 1), result.err
    (kept,) = [one for one in lines_to_read(desk, "mot") if one.recorded]
    assert kept.number == 6
    assert own_sound(kept.recorded).seconds < len(tone(0.8)) / RATE - KEY + 0.05
    result = run(*record, "--line", "6", cwd=station, stdin="t\n\nt\n\ng\n")
    assert (result.status, "im lặng" in result.err, "thiếu lời" in result.err) == (0, True, False)
    assert f"đã thu: {BY}" in result.err
    run(*record, cwd=station, stdin="t\n\ng\n")
    assert "Mọi câu đều đã thu" in run(*record, cwd=station).err
    assert not microphone.open


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        (("--line", "1", "--from", "ghi.wav"), 1, "các dòng có lời: 5, 6, 7"),
        (("--line", "6", "--from", "khac.wav"), 1, "kiểm tra đường dẫn"),
        (("--from", "ghi.wav"), 2, "--line"),
        ((), 2, "cửa sổ dòng lệnh"),
        (("--line", "9999"), 1, "các dòng có lời: 5, 6, 7"),
        (("--line", "9999", "--forget"), 1, "các dòng có lời: 5, 6, 7"),
        (("--line", "6", "--by", ""), 2, "--by"),
        (("--line", "6", "--forget", "--from", "ghi.wav"), 2, "--forget"),
    ],
)
def test_what_cannot_be_recorded_is_said(
    desk: Desk, station: Path, more: tuple[str, ...], status: int, told: str
) -> None:
    save_sound(take(), station / "ghi.wav")
    result = run("voice", "record", "mot", "--by", BY, *more, cwd=station)
    assert (result.status, told in result.err) == (status, True), result.err


def test_silence_is_not_kept_and_neither_is_what_nobody_read(desk: Desk) -> None:
    nothing = Sound(np.zeros(RATE, np.int16), RATE)
    with pytest.raises(InputError, match="im lặng"):
        keep_take(desk, "mot", "Một.", nothing, by=BY, at=AT)
    with pytest.raises(InputError, match="ai đọc"):
        keep_take(desk, "mot", "Một.", take(), by=" ", at=AT)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Kính thưa bà con.", "kính  thưa bà con!", True),
        ("Kính thưa bà con.", "Ki\u0301nh thưa bà con", True),
        ("Bà con nộp chưa?", "Bà con nộp chưa.", False),
        ("Nộp phí.", "Nộp phạt.", False),
        ("Ngày mười.", "Ngày mười một.", False),
    ],
)
def test_a_line_is_its_words_not_its_marks(one: str, other: str, same: bool) -> None:
    assert (line_key(one) == line_key(other)) is same


def test_takes_replace_each_other_and_levels_are_told() -> None:
    heard = threading.Event()
    told: list[Level] = []

    def tell(one: Level) -> None:
        told.append(one)
        heard.set()

    recorder = Recorder(tell, backends=["NULL"])
    for _ in range(2):
        heard.clear()
        recorder.start()
        assert heard.wait(20)
        samples = recorder.stop()
        assert (samples.dtype, samples.ndim, samples.any()) == (np.int16, 1, False)
        assert samples.size
    recorder.close()
    assert told[0].peak == -90
    assert told[-1].seconds < 15


def test_a_microphone_that_never_opens_is_given_up_and_can_be_let_go_of_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "hangs.py").write_text("import sys; sys.stdin.read()")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(SoundError, match="không trả lời"):
        Recorder(worker="hangs", patience=0.1).start()
    recorder = Recorder(worker="hangs")
    watch = threading.Timer(0.1, recorder.close)
    watch.start()
    with pytest.raises(SoundError, match="không trả lời"):
        recorder.start()


def test_without_a_microphone_it_is_said_what_to_do() -> None:
    recorder = Recorder(backends=["WASAPI"] if not _on_windows() else ["ALSA"])
    with pytest.raises(SoundError) as caught:
        recorder.start()
    assert "micrô" in caught.value.happened
    assert "điện thoại" in caught.value.mend


def _on_windows() -> bool:
    import sys  # noqa: PLC0415

    return sys.platform == "win32"


@pytest.mark.parametrize(
    ("values", "peak", "clipped"),
    [([0, 0], -90, False), ([0, 16_384], -6, False), ([-32_768], 0, True), ([32_767], 0, True)],
)
def test_a_level_is_its_loudest_sample(values: list[int], peak: float, clipped: bool) -> None:
    data = np.array(values, "<i2").tobytes()
    assert level(data + b"\x01") == Level(pytest.approx(peak, abs=0.1), clipped, 0.0)
