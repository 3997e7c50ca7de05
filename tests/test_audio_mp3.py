from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from functools import lru_cache
from io import BytesIO
from pathlib import Path

import miniaudio
import numpy as np
import pytest
from mutagen import id3

from broadcast.audio.frames import audio_of, frame_at, mp3_info
from broadcast.audio.levelling import Wanted
from broadcast.audio.loudness import headroom, measure
from broadcast.audio.mp3 import decode, encode, verify
from broadcast.audio.segment import write_segment
from broadcast.audio.tags import SCRIPT, VOICE, Chapter, Tags, with_tags
from broadcast.domain.station import Sound
from broadcast.errors import EncoderError, InputError, NotFoundError, StorageError
from tests.audio_sounds import RATE, Samples, frames_of, noise, silence, tone, voice
from tests.conftest import need

TAGS = Tags(
    "Nộp hồ sơ tại nhà",
    "Đài truyền thanh xã Suối Hoa",
    "Tuần 48 năm 2026",
    date(2026, 11, 23),
    "Phát lúc 17:00",
)


def made(samples: Samples, sound: Sound | None = None) -> bytes:
    file = BytesIO()
    write_segment(file, lambda: [samples], Wanted(RATE, sound or Sound()))
    return with_tags(frames_of(file), TAGS)


@lru_cache
def programme() -> bytes:
    return made(np.concatenate([voice(6), silence(0.5), voice(6, pitch=210)]))


def decoded(mp3: bytes) -> Samples:
    sound = miniaudio.decode(mp3, nchannels=1, sample_rate=RATE)
    return np.asarray(sound.samples, dtype=np.int16)


def found(tmp_path: Path, data: bytes, sound: Sound | None = None) -> list[str]:
    path = tmp_path / "a.mp3"
    path.write_bytes(data)
    return [problem.message for problem in verify(path, sound)]


def test_a_programme_plays_as_long_as_its_samples_to_three_frames() -> None:
    info = mp3_info(programme())
    assert info.seconds == pytest.approx(12.5, abs=3 * 576 / RATE)
    assert (info.bitrate, info.rate) == (64, RATE)
    assert info.frames * 576 / RATE == pytest.approx(info.seconds)


def test_what_is_encoded_can_be_heard_again() -> None:
    sound = tone(2, 440, 10000)
    heard = decoded(encode(sound, RATE, 64))[RATE // 2 : RATE]
    spectrum = np.abs(np.fft.rfft(heard))
    assert float(np.fft.rfftfreq(heard.size, 1 / RATE)[spectrum.argmax()]) == 440.0


def test_encoding_twice_gives_the_same_bytes() -> None:
    assert encode(voice(1), RATE, 64) == encode(voice(1), RATE, 64)


def test_encoding_nothing_gives_nothing() -> None:
    assert encode(silence(0), RATE, 64) == b""


def test_settings_that_lame_refuses_are_told() -> None:
    with pytest.raises(EncoderError, match="LAME"):
        encode(voice(0.2), 12345, 64)


@pytest.mark.parametrize("bitrate", [32, 48, 64, 128])
@pytest.mark.parametrize(
    "samples", [voice(15), noise(15, 3000), voice(15, level=30000)], ids=["speech", "noise", "loud"]
)
def test_the_target_holds_after_decoding(samples: Samples, bitrate: int) -> None:
    sound = Sound(bitrate=bitrate)
    heard = measure(decoded(made(samples, sound)), RATE)
    # LAME cuts the highest frequencies, of which white noise has most.
    assert heard.integrated == pytest.approx(sound.target, abs=1.0 if bitrate > 32 else 1.3)
    assert heard.true_peak <= sound.true_peak


def test_lower_bit_rates_get_more_headroom() -> None:
    assert headroom(32) > headroom(48) > headroom(64) == headroom(128)


def test_tags_carry_vietnamese_in_utf_16_of_id3v2_3(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(programme())
    tags = id3.ID3(path, translate=False)
    assert tags.version == (2, 3, 0)
    texts = [str(tags[key]) for key in ("TIT2", "TPE1", "TALB", "TYER", "TDAT", "TLAN")]
    assert texts == [TAGS.title, TAGS.artist, TAGS.album, "2026", "2311", "vie"]
    assert tags["COMM::vie"].text == [TAGS.comment]
    assert tags["TIT2"].encoding == id3.Encoding.UTF16


def test_tags_carry_voice_script_and_chapters_one_after_the_other(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    chapters = (Chapter(0, "Lời mở"), Chapter(1.25, "Bản tiếng Thái"))
    tags = Tags("Tin", voice="espeak-ng (nữ)", script="ab12", chapters=chapters)
    path.write_bytes(with_tags(encode(voice(3), RATE, 64), tags))

    read = id3.ID3(path, translate=False)
    parts = [read[f"CHAP:{name}"] for name in read["CTOC:toc"].child_element_ids]
    end = +read["TLEN"]
    assert [(p.start_time, p.end_time, str(p.sub_frames["TIT2"])) for p in parts] == [
        (0, 1250, "Lời mở"),
        (1250, end, "Bản tiếng Thái"),
    ]
    told = [str(read[f"TXXX:{name}"]) for name in (VOICE, SCRIPT)]
    assert told == ["espeak-ng (nữ)", "ab12"]
    assert decode(path.read_bytes())[0].size > 2 * RATE


def test_the_old_tag_is_plain_ascii_of_its_fixed_length() -> None:
    old = programme()[-128:]
    title, artist = old[3:33].rstrip(b"\0"), old[33:63].rstrip(b"\0")
    assert (old[:3], title, artist) == (
        b"TAG",
        b"Nop ho so tai nha",
        b"Dai truyen thanh xa Suoi Hoa",
    )
    assert (old[93:97], old[127]) == (b"2026", 101)


def test_the_tagged_length_is_that_of_the_frames() -> None:
    seconds = mp3_info(programme()).seconds
    start = len(programme()) - len(audio_of(programme())) - 128
    header = programme()[:start]
    assert str(round(seconds * 1000)).encode() in header


def test_the_same_tags_give_the_same_bytes_and_replace_old_ones() -> None:
    again = with_tags(programme(), TAGS)
    assert again == programme()


def test_a_long_title_is_cut_in_the_old_tag_only(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    long = "Ủy ban nhân dân xã trả lời bà con " * 9
    path.write_bytes(with_tags(encode(voice(1), RATE, 64), Tags(long)))
    assert str(id3.ID3(path)["TIT2"]) == long
    assert path.read_bytes()[-125:-95] == b"Uy ban nhan dan xa tra loi ba "


def test_reading_something_else_as_mp3_is_told() -> None:
    with pytest.raises(InputError, match="khung âm thanh"):
        mp3_info("đây là chữ".encode() * 99)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        (b"\xff\xf3\x80", (208, 576, 64, 22050)),  # MPEG 2, 64 kbit/s, 22,050 Hz
        (b"\xff\xf3\x82", (209, 576, 64, 22050)),  # with a byte of padding
        (b"\xff\xfb\x90", (417, 1152, 128, 44100)),  # MPEG 1, 128 kbit/s, 44,100 Hz
        (b"\xff\xe3\x48", (288, 576, 32, 8000)),  # MPEG 2.5, 32 kbit/s, 8,000 Hz
        (b"\xff\xfd\x90", None),  # Layer II
        (b"\xff\xff\xff", None),  # free of meaning
        (b"\xff\xf3", None),
    ],
)
def test_frame_headers_are_read_as_the_standard_says(
    header: bytes, expected: tuple[int, int, int, int] | None
) -> None:
    frame = frame_at(header, 0)
    values = (frame.size, frame.samples, frame.bitrate, frame.rate) if frame else None
    assert values == expected


def test_a_finished_programme_passes(tmp_path: Path) -> None:
    assert found(tmp_path, programme()) == []


def test_a_programme_without_tags_passes(tmp_path: Path) -> None:
    assert found(tmp_path, audio_of(programme())) == []


def test_an_empty_file_is_noticed(tmp_path: Path) -> None:
    assert found(tmp_path, b"") == ["tệp trống (0 byte)"]


@pytest.mark.parametrize(
    "data",
    [
        "không phải âm thanh\n".encode() * 500,
        np.random.default_rng(1).bytes(3000),
        b"RIFF\x24\x08\x00\x00WAVEfmt " + bytes(5000),
        programme()[:40],
        b"\xff",
    ],
    ids=["text", "noise", "wav", "a piece of a tag", "one byte"],
)
def test_what_is_no_mp3_is_noticed(tmp_path: Path, data: bytes) -> None:
    (message,) = found(tmp_path, data)
    assert message.startswith("không phải tệp MP3")


def test_a_file_cut_in_the_middle_of_a_frame_is_noticed(tmp_path: Path) -> None:
    messages = found(tmp_path, programme()[: len(programme()) // 2])
    assert any("bị cắt ở cuối" in message for message in messages)
    assert any("nhưng nhãn ghi 0:13" in message for message in messages)


def test_a_file_cut_between_two_frames_is_noticed_by_its_length(tmp_path: Path) -> None:
    audio = audio_of(programme())
    start = programme().index(audio[:200])
    at = 0
    for _ in range(100):
        frame = frame_at(audio, at)
        assert frame
        at += frame.size
    messages = found(tmp_path, programme()[: start + at])
    assert any("dài 0:03, nhưng nhãn ghi 0:13" in message for message in messages)
    assert not any("cắt ở cuối" in message for message in messages)


@pytest.mark.parametrize(
    ("length", "told"),
    [
        ("12566.5", []),
        ("abc", []),
        ("", []),
        ("1e999", []),
        ("207000.5", ["dài 0:13, nhưng nhãn ghi 3:27: tệp bị cắt hoặc bị ghép"]),
    ],
)
def test_a_length_as_other_programs_write_it_is_compared_where_it_is_one(
    tmp_path: Path, length: str, told: list[str]
) -> None:
    tags, file = id3.ID3(), BytesIO()
    tags.add(id3.TLEN(encoding=0, text=[length]))
    tags.add(id3.TXXX(encoding=0, desc="SHA-256", text=[]))
    tags.save(file)
    assert found(tmp_path, file.getvalue() + audio_of(programme())) == told


def test_a_single_frame_that_leans_on_those_before_is_told_as_unreadable(tmp_path: Path) -> None:
    audio = audio_of(programme())
    first = frame_at(audio, 0)
    assert first
    second = frame_at(audio, first.size)
    assert second
    alone = audio[first.size : first.size + second.size]
    assert found(tmp_path, alone) == ["không giải mã được, máy phát sẽ không đọc"]


def test_only_the_old_tag_missing_is_no_fault_of_the_sound(tmp_path: Path) -> None:
    assert found(tmp_path, programme()[:-128]) == []


def test_a_zeroed_block_in_the_middle_is_noticed_with_its_place(tmp_path: Path) -> None:
    middle = len(programme()) // 2
    data = programme()[:middle] + bytes(4096) + programme()[middle + 4096 :]
    messages = found(tmp_path, data)
    assert any(message.startswith("hỏng") and "ở 0:06" in message for message in messages)


def test_a_few_changed_bytes_inside_a_frame_are_noticed(tmp_path: Path) -> None:
    middle = len(programme()) // 2
    data = programme()[:middle] + bytes(8) + programme()[middle + 8 :]
    assert any("SHA-256" in message for message in found(tmp_path, data))


def test_a_foreign_piece_in_the_middle_is_noticed(tmp_path: Path) -> None:
    middle = len(programme()) // 2
    messages = found(tmp_path, programme()[:middle] + b"quang cao " * 30 + programme()[middle:])
    assert any(message.startswith("hỏng") for message in messages)


def test_a_silent_programme_is_noticed(tmp_path: Path) -> None:
    messages = found(tmp_path, with_tags(encode(silence(5), RATE, 64), TAGS))
    assert messages == ["không có tiếng: cả tệp là khoảng lặng"]


def test_a_clipped_programme_is_noticed(tmp_path: Path) -> None:
    clipped = np.clip(voice(5).astype(int) * 9, -32768, 32767).astype(np.int16)
    messages = found(tmp_path, encode(clipped, RATE, 64))
    assert any(message.startswith("to quá") for message in messages)
    assert any("tiếng có thể bị vỡ" in message for message in messages)


def test_a_quiet_programme_is_noticed(tmp_path: Path) -> None:
    (message,) = found(tmp_path, encode(voice(5, level=900), RATE, 64))
    assert message.startswith("nhỏ quá: độ to -")


@pytest.mark.parametrize(
    ("lower", "music", "wrong"),
    [(0.9, 0.0, False), (1.5, 0.0, True), (2.4, 2.0, False), (3.4, 2.0, True), (3.9, 9.0, True)],
)
def test_only_what_music_takes_may_lie_below_the_target(
    tmp_path: Path, lower: float, music: float, wrong: bool
) -> None:
    quieter = made(voice(8), Sound(loudness=-16 - lower))
    messages = found(tmp_path, with_tags(quieter, replace(TAGS, quieter=music)))
    assert [one[:7] for one in messages] == (["nhỏ quá"] if wrong else [])


def test_a_programme_is_measured_by_the_stations_own_target(tmp_path: Path) -> None:
    quiet = Sound(loudness=-23)
    assert found(tmp_path, made(voice(8), quiet), quiet) == []
    assert len(found(tmp_path, made(voice(8), quiet))) == 1


def test_a_minute_of_silence_inside_is_noticed_with_its_place(tmp_path: Path) -> None:
    gap = np.concatenate([voice(5), silence(75), voice(5)])
    (message,) = found(tmp_path, made(gap))
    assert message == "im lặng 75 giây liền, từ 0:05"


def test_a_missing_file_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="Không kiểm tra được"):
        verify(tmp_path / "none.mp3")
    with pytest.raises(StorageError, match=r"là thư mục|không có quyền"):
        verify(tmp_path)


def test_problems_name_the_file_and_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"")
    (problem,) = verify(path)
    assert (problem.file, bool(problem.suggestion)) == (str(path), True)


@pytest.mark.clients
def test_mp3val_finds_nothing_to_warn_about(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(programme())
    command = [need("mp3val"), str(tmp_path / "a.mp3")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert [line for line in done.stdout.splitlines() if "WARNING" in line or "ERROR" in line] == []
    assert "+ID3v1+ID3v2, CBR" in done.stdout


@pytest.mark.clients
def test_mpg123_plays_it_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(programme())
    command = [need("mpg123"), "-t", str(tmp_path / "a.mp3")]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "[0:12] Decoding of a.mp3 finished." in done.stderr
    assert "warning" not in done.stderr.lower()


@pytest.mark.clients
def test_ffmpeg_measures_the_loudness_and_true_peak_wanted(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(programme())
    command = [need("ffmpeg"), "-hide_banner", "-nostats", "-xerror"]
    command += ["-i", str(tmp_path / "a.mp3"), "-af", "ebur128=peak=true", "-f", "null", "-"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    summary = done.stderr[done.stderr.index("Summary:") :]
    values = dict(line.split(":", 1) for line in summary.splitlines() if line.count(":") == 1)
    values = {key.strip(): value.split() for key, value in values.items()}
    assert float(values["I"][0]) == pytest.approx(-16.0, abs=1.0)
    assert float(values["Peak"][0]) <= -1.0
