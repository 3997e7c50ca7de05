"""People's own recordings: what comes in, trimmed and faded, and what is refused."""

from __future__ import annotations

import subprocess
import sys
import wave
from pathlib import Path

import lameenc
import numpy as np
import pytest

from broadcast.errors import InputError
from broadcast.speech import ffmpeg, recording
from broadcast.speech.recording import examine_recording, read_recording, stream_recording

from .conftest import need

RATE = 22_050


def voice(seconds: float, rate: int, before: float = 0.0, after: float = 0.0) -> np.ndarray:
    """A 440 Hz tone with near-silence (hiss of one step) before and after it."""
    tone = 8_000 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate)
    hiss = [np.tile([1, -1], round(part * rate / 2)) for part in (before, after)]
    return np.concatenate([hiss[0], tone, hiss[1]]).astype(np.int16)


def write_wav(path: Path, samples: np.ndarray, rate: int, channels: int = 1) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(channels)
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes(np.repeat(samples, channels).tobytes())
    return path


def loudest_tone(samples: np.ndarray) -> float:
    """Hz of the strongest tone."""
    return float(np.abs(np.fft.rfft(samples)).argmax() * RATE / len(samples))


@pytest.mark.parametrize(("rate", "channels"), [(8_000, 1), (22_050, 1), (44_100, 2), (48_000, 2)])
def test_any_rate_and_channels_become_mono_at_the_programmes_rate(
    tmp_path: Path, rate: int, channels: int
) -> None:
    speech = read_recording(write_wav(tmp_path / "a.wav", voice(2, rate), rate, channels), RATE)
    assert (speech.rate, speech.samples.dtype, speech.samples.ndim) == (RATE, np.int16, 1)
    assert speech.seconds == pytest.approx(2, abs=0.06)
    assert loudest_tone(speech.samples) == pytest.approx(440, abs=2)


def test_an_mp3_is_read(tmp_path: Path) -> None:
    encoder = lameenc.Encoder()
    encoder.set_in_sample_rate(44_100)
    encoder.set_channels(1)
    encoder.set_bit_rate(128)
    encoder.silence()
    mp3 = encoder.encode(voice(2, 44_100).tobytes()) + encoder.flush()
    path = tmp_path / "Lời nhắn của bản Mơ.mp3"
    path.write_bytes(mp3)
    speech = read_recording(path, RATE)
    assert speech.seconds == pytest.approx(2, abs=0.1)
    assert loudest_tone(speech.samples) == pytest.approx(440, abs=2)


@pytest.mark.clients
@pytest.mark.parametrize("codec", [["flac"], ["ogg", "-c:a", "libvorbis"]])
def test_flac_and_ogg_are_read(tmp_path: Path, codec: list[str]) -> None:
    path = convert(tmp_path, codec)
    assert loudest_tone(read_recording(path, RATE).samples) == pytest.approx(440, abs=2)


@pytest.mark.clients
def test_a_phones_m4a_is_read_by_ffmpeg_whatever_its_name(tmp_path: Path) -> None:
    path = convert(tmp_path, ["m4a"]).rename(tmp_path / "-i lời nhắn.mp3")
    speech = read_recording(path, RATE)
    assert speech.seconds == pytest.approx(2, abs=0.1)
    assert loudest_tone(speech.samples) == pytest.approx(440, abs=2)


@pytest.mark.clients
def test_without_ffmpeg_an_m4a_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = convert(tmp_path, ["m4a"])
    monkeypatch.setattr(ffmpeg, "program", lambda: None)
    with pytest.raises(InputError) as caught:
        read_recording(path, RATE)
    assert "ffmpeg" in caught.value.happened
    assert "broadcast[m4a]" in caught.value.mend


@pytest.mark.clients
def test_a_broken_m4a_is_refused(tmp_path: Path) -> None:
    path = convert(tmp_path, ["m4a"])
    path.write_bytes(path.read_bytes()[:400])
    need("ffmpeg")
    with pytest.raises(InputError, match="hỏng"):
        read_recording(path, RATE)


def spoken(peak: float, floor: float, seconds: float = 6.0) -> np.ndarray:
    """Words and pauses: half a second each, of that peak, over noise of that peak."""
    time = np.arange(round(seconds * RATE)) / RATE
    noise = floor * np.random.default_rng(1).uniform(-1, 1, time.size)
    wave_ = peak * np.sin(2 * np.pi * 200 * time) * (time % 1 < 0.5)
    return np.clip(wave_ + noise, -32_768, 32_767).astype(np.int16)


def with_hole(seconds: float) -> np.ndarray:
    """Words, the room alone for about so long, words."""
    room = np.random.default_rng(2).integers(-20, 20, round((seconds - 0.5) * RATE))
    return np.concatenate([spoken(9_000, 20), room, spoken(9_000, 20)]).astype(np.int16)


@pytest.mark.parametrize(
    ("samples", "told"),
    [
        (spoken(9_000, 20), ()),
        (spoken(32_000, 20), ()),
        (spoken(60_000, 20), ("bị vỡ",)),
        (spoken(9_000, 2_500), ("ồn nền",)),
        (spoken(600, 5), ("quá nhỏ",)),
        (spoken(9_000, 20, 0.4), ("chỉ dài 0.4 giây",)),
        (np.tile(spoken(9_000, 20), 101), ("dài 10 phút",)),
        (with_hole(4.0), ()),
        (with_hole(7.0), ("im lặng tới 7 giây giữa chừng (lúc 0:06)",)),
    ],
)
def test_what_a_village_would_hear_is_told(
    tmp_path: Path, samples: np.ndarray, told: tuple[str, ...]
) -> None:
    _, found = examine_recording(write_wav(tmp_path / "a.wav", samples, RATE), RATE)
    assert [word in doubt.message for doubt, word in zip(found, told, strict=True)] == [
        True for _ in told
    ]
    assert all(doubt.mend for doubt in found)


def convert(folder: Path, codec: list[str]) -> Path:
    source = write_wav(folder / "source.wav", voice(2, 44_100), 44_100)
    path = folder / f"converted.{codec[0]}"
    command = [need("ffmpeg"), "-v", "error", "-i", str(source), *codec[1:], str(path)]
    subprocess.run(command, check=True)
    return path


def test_silence_at_the_ends_goes_and_what_is_heard_stays(tmp_path: Path) -> None:
    samples = voice(1, RATE, before=2, after=3)
    speech = read_recording(write_wav(tmp_path / "a.wav", samples, RATE), RATE)
    assert speech.seconds == pytest.approx(1 + 2 * recording.KEPT_MS / 1000, abs=0.03)


def test_a_pause_in_the_middle_stays(tmp_path: Path) -> None:
    one = voice(0.5, RATE)
    samples = np.concatenate([one, np.zeros(2 * RATE, np.int16), one])
    assert read_recording(write_wav(tmp_path / "a.wav", samples, RATE), RATE).seconds == (
        pytest.approx(3, abs=0.03)
    )


@pytest.mark.parametrize("heard", [100, 2_205, 64_460, 64_680, 65_560, 132_000])
def test_a_recording_read_in_pieces_is_the_one_read_as_a_whole(tmp_path: Path, heard: int) -> None:
    noise = np.random.default_rng(0).integers(-9_000, 9_000, heard)
    samples = np.concatenate([noise, np.zeros(RATE)]).astype(np.int16)
    path = write_wav(tmp_path / "a.wav", samples, RATE)
    streamed, whole = stream_recording(path, RATE), read_recording(path, RATE).samples
    assert np.array_equal(np.concatenate(list(streamed.blocks())), whole)
    assert len(whole) == streamed.stop - streamed.start
    edge = RATE // 100
    assert np.array_equal(whole[edge:-edge], samples[: len(whole)][edge:-edge])
    assert abs(int(whole[0])) <= 9_000 / edge


def test_it_starts_and_ends_without_a_click(tmp_path: Path) -> None:
    samples = read_recording(
        write_wav(tmp_path / "a.wav", np.full(RATE, 9_000, np.int16), RATE), RATE
    ).samples
    assert abs(int(samples[0])) < 100
    assert abs(int(samples[-1])) < 200
    assert samples[RATE // 2] == 9_000


@pytest.mark.parametrize(
    "data", [b"", b"RIFF\0\0\0\0WAVEfmt ", "chỉ là chữ".encode() * 500, bytes(range(256)) * 400]
)
def test_what_is_no_recording_is_refused_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "tin.wav"
    path.write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_recording(path, RATE)
    assert "tin.wav" in caught.value.title
    assert "MP3" in caught.value.mend


def test_an_empty_file_and_half_a_copy_are_told_as_what_they_are(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "tin.wav", np.full(RATE, 9_000, np.int16), RATE)
    whole = path.read_bytes()
    for data, told in ((b"", "0 byte"), (whole[: len(whole) // 3], "thiếu 67% ở cuối")):
        path.write_bytes(data)
        with pytest.raises(InputError, match=told):
            read_recording(path, RATE)


@pytest.mark.parametrize("size", [0, 0xFFFF_FFFF, 0x7FFF_FFFF])
def test_a_wav_whose_length_nobody_knew_is_read(tmp_path: Path, size: int) -> None:
    path = write_wav(tmp_path / "tin.wav", np.full(RATE, 9_000, np.int16), RATE)
    whole = path.read_bytes()
    path.write_bytes(whole[:4] + size.to_bytes(4, "little") + whole[8:])
    assert read_recording(path, RATE).seconds == pytest.approx(1.0, abs=0.01)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="không có tệp này"):
        read_recording(tmp_path / "a.wav", RATE)
    with pytest.raises(InputError, match=r"là thư mục|không có quyền"):
        read_recording(tmp_path, RATE)


def test_nothing_but_silence_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="im lặng"):
        read_recording(write_wav(tmp_path / "a.wav", np.zeros(RATE, np.int16), RATE), RATE)


def test_more_than_thirty_minutes_is_refused_before_it_fills_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_wav(tmp_path / "a.wav", np.ones(30 * 60 * 8_000 + 80_000, np.int16), 8_000)
    taken = []
    chunks = recording._chunks
    monkeypatch.setattr(
        recording, "_chunks", lambda *a: (taken.append(len(c)) or c for c in chunks(*a))
    )
    with pytest.raises(InputError, match="dài hơn 30 phút"):
        read_recording(path, 8_000)
    assert sum(taken) <= 30 * 60 * 8_000 + 65_536


def test_no_ffmpeg_is_asked_for(tmp_path: Path) -> None:
    path = write_wav(tmp_path / "a.wav", voice(1, RATE), RATE)
    code = (
        "import os, sys; os.environ['PATH'] = '';"
        "from pathlib import Path; from broadcast.speech.recording import read_recording;"
        "print(read_recording(Path(sys.argv[1]), 22050).seconds)"
    )
    command = [sys.executable, "-c", code, str(path)]
    result = subprocess.run(command, capture_output=True, text=True, check=True)
    assert (float(result.stdout) > 0.9, result.stderr) == (True, "")
