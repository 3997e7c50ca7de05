"""Levels as a picture: what is measured of a sound in blocks, and how it is drawn."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.audio.levels import Levels, measure
from broadcast.audio.recorder import Level
from broadcast.errors import InputError
from broadcast.speech.recording_check import clipped_tops
from broadcast.tui.widgets.waveform import CLIPPED, clips_text, height, meter, waveform
from broadcast.workflow.levels import file_levels, sound_levels
from broadcast.workflow.listen import Sound, save_sound

RATE = 22_050


def loud(seconds: float = 3.0, at: float = 2.0, gain: float = 4.0) -> np.ndarray:
    """A tone at half of full scale, and from `at` on `gain` times that, cut off."""
    time = np.arange(round(seconds * RATE)) / RATE
    tone = 16_000 * np.sin(2 * np.pi * 150 * time) * np.where(time >= at, gain, 1.0)
    return np.clip(tone, -32_768, 32_767).astype(np.int16)


@given(st.lists(st.integers(1, 30_000), max_size=4), st.integers(1, 90))
def test_a_sound_is_measured_the_same_however_its_blocks_are_cut(
    cuts: list[int], columns: int
) -> None:
    samples = loud()
    blocks = np.split(samples, sorted(cuts))
    whole = measure([samples], RATE, clipped_tops, columns)
    parts = measure(blocks, RATE, clipped_tops, columns)
    assert (parts.peaks, parts.seconds) == (whole.peaks, whole.seconds)
    assert parts.rms == pytest.approx(whole.rms)
    assert parts.clips[0] == pytest.approx(whole.clips[0], abs=0.3)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=300), st.integers(1, 300))
def test_a_narrower_picture_keeps_the_loudest_moment(peaks: list[float], columns: int) -> None:
    levels = Levels(tuple(peaks), tuple(peaks), 10.0)
    narrow = levels.narrowed(columns)
    assert len(narrow.peaks) == columns
    assert max(narrow.peaks) == max(peaks) or columns > len(peaks)
    assert all(own <= peak + 1e-9 for own, peak in zip(narrow.rms, narrow.peaks, strict=True))


def test_it_is_told_where_a_sound_is_cut_off() -> None:
    levels = measure([loud(2.4)], RATE, clipped_tops)
    assert levels.clips[0] == pytest.approx(2.0, abs=0.05)
    assert clips_text(levels).plain == f"{CLIPPED} vỡ tiếng lúc 0:02"
    picture = waveform(levels, 30).plain
    assert (picture[:25].count(CLIPPED), picture[25]) == (0, CLIPPED)


def test_a_clean_sound_has_no_mark_and_nothing_has_no_height() -> None:
    clean = measure([loud(gain=1.0)], RATE, clipped_tops)
    assert (clean.clips, clips_text(clean).plain, CLIPPED in waveform(clean, 40, 4).plain) == (
        (), "", False,
    )  # fmt: skip
    assert waveform(measure([], RATE), 12, 2).plain == " " * 12 + "\n" + " " * 12


@pytest.mark.parametrize("rows", [1, 2, 4])
def test_a_picture_has_just_the_cells_it_is_given(rows: int) -> None:
    lines = waveform(measure([loud()], RATE), 37, rows).plain.split("\n")
    assert [len(line) for line in lines] == [37] * rows


def test_heights_go_by_decibels() -> None:
    assert [height(one) for one in (1.0, 10 ** (-24 / 20), 10 ** (-48 / 20), 0.0)] == (
        pytest.approx([1.0, 0.5, 0.0, 0.0])
    )


@pytest.mark.parametrize(
    ("peak", "clipped", "told"),
    [(-90.0, False, "hơi nhỏ"), (-12.0, False, "vừa"), (-1.0, False, "hơi to"), (0.0, True, "QUÁ")],
)
def test_the_meter_says_in_words_whether_it_is_right(peak: float, clipped: bool, told: str) -> None:
    assert told in meter(Level(peak, clipped, 1.0), 20).plain


def test_a_file_has_the_levels_of_its_sound_and_a_broken_one_is_told(tmp_path: Path) -> None:
    sound = Sound(loud(), RATE)
    save_sound(sound, tmp_path / "to.wav")
    assert file_levels(tmp_path / "to.wav") == sound_levels(sound)
    (tmp_path / "hong.mp3").write_bytes(b"khong phai am thanh" * 50)
    with pytest.raises(InputError, match=r"hong\.mp3"):
        file_levels(tmp_path / "hong.mp3")
