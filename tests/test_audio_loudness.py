from __future__ import annotations

import subprocess
import sys
import tracemalloc
from math import cos, inf, log10, pi, sin

import numpy as np
import pyebur128
import pytest

from broadcast.audio.recursive import BLOCK, high_pass
from broadcast.audio.limiter import CELL, REACH, limit
from broadcast.audio.loudness import (
    LAME_LOSS,
    MOST_GAIN,
    WINDOW,
    Meter,
    floats,
    headroom,
    integers,
    master,
    measure,
)
from broadcast.domain.station import Sound
from tests.audio_sounds import RATE, Samples, noise, silence, tone, voice


def true_peak_by_library(samples: Samples) -> float:
    mode = pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK
    state = pyebur128.R128State(1, RATE, mode)
    state.add_frames(samples, samples.size)
    return 20 * log10(pyebur128.get_true_peak(state, 0))


def textbook_high_pass(samples: list[float], cutoff: float) -> list[float]:
    """The audio EQ cookbook's high-pass with Q = 1 / sqrt(2), sample by sample."""
    w = 2 * pi * cutoff / RATE
    alpha = sin(w) / 2**0.5
    b = ((1 + cos(w)) / 2, -(1 + cos(w)), (1 + cos(w)) / 2)
    a0, a1, a2 = 1 + alpha, -2 * cos(w), 1 - alpha
    x1 = x2 = y1 = y2 = 0.0
    out = []
    for x in samples:
        y = (b[0] * x + b[1] * x1 + b[2] * x2 - a1 * y1 - a2 * y2) / a0
        x1, x2, y1, y2 = x, x1, y, y1
        out.append(y)
    return out


def test_the_high_pass_is_the_textbooks_to_one_in_ten_thousand() -> None:
    samples = floats(noise(0.5, 8000))[: 300 * BLOCK]
    expected = textbook_high_pass([float(x) for x in samples], 200.0)
    assert np.abs(high_pass(samples, RATE) - np.array(expected)).max() < 1e-4


@pytest.mark.parametrize(("frequency", "expected"), [(50, -24.1), (200, -3.0), (1000, 0.0)])
def test_the_high_pass_takes_rumble_and_leaves_speech(frequency: int, expected: float) -> None:
    samples = floats(tone(1.0, frequency, 8000))
    samples = samples[: samples.size // BLOCK * BLOCK]
    ratio = high_pass(samples, RATE)[5000:].std() / samples[5000:].std()
    assert 20 * log10(ratio) == pytest.approx(expected, abs=0.1)


def test_a_sine_of_known_level_measures_as_the_standard_says() -> None:
    # BS.1770: a 997 Hz sine at 0 dBFS in one channel reads -3.01 LUFS.
    assert measure(tone(5, 997, 32767), RATE).integrated == pytest.approx(-3.01, abs=0.1)


def test_a_tone_between_the_samples_shows_its_true_peak() -> None:
    # A quarter of the rate, sampled 45 degrees off: samples 3 dB below what is played.
    measured = measure(tone(1, RATE / 4, 16384, phase=pi / 4), RATE)
    assert measured.true_peak == pytest.approx(-6.02, abs=0.15)


@pytest.mark.parametrize("sound", [voice(8), noise(8, 4000), tone(8, 440, 20000)])
def test_true_peak_agrees_with_libebur128(sound: Samples) -> None:
    assert measure(sound, RATE).true_peak == pytest.approx(true_peak_by_library(sound), abs=0.2)


def test_measuring_in_odd_blocks_gives_what_measuring_at_once_gives() -> None:
    sound = floats(voice(5))
    meter = Meter(RATE)
    for start in range(0, sound.size, 777):
        meter.add(sound[start : start + 777])
    in_blocks, at_once = meter.result(), measure(voice(5), RATE)
    assert in_blocks.integrated == pytest.approx(at_once.integrated, abs=0.001)
    assert in_blocks.true_peak == pytest.approx(at_once.true_peak, abs=0.001)


def test_silence_and_nothing_measure_as_minus_infinity() -> None:
    assert [measure(silence(s), RATE) for s in (0, 0.1, 2)] == 3 * [measure(silence(1), RATE)]
    assert measure(silence(2), RATE).integrated == -inf


def test_the_limiter_holds_true_peaks_at_the_ceiling() -> None:
    loud = floats(voice(4, level=20000))
    loud = np.pad(loud, (0, -loud.size % CELL)) * np.float32(1.5)
    assert true_peak_by_library(integers(limit(loud, 0.5))) == pytest.approx(-6.02, abs=0.1)


def test_the_limiter_leaves_what_is_below_the_ceiling_to_the_bit() -> None:
    quiet = floats(voice(1, level=2000))
    quiet = quiet[: quiet.size // CELL * CELL]
    assert np.array_equal(limit(quiet.copy(), 0.9), quiet)


def test_the_limiter_touches_only_the_neighbourhood_of_a_peak() -> None:
    sound = np.full(400 * CELL, 0.1, dtype=np.float32)
    sound[200 * CELL] = 1.0
    changed = np.flatnonzero(limit(sound.copy(), 0.5) != sound) // CELL
    assert 200 - 2 * REACH <= changed.min() < changed.max() <= 200 + 2 * REACH


def test_the_gain_of_the_limiter_moves_without_steps() -> None:
    sound = np.full(100 * CELL, 0.3, dtype=np.float32)
    sound[50 * CELL + 7] = -1.0
    limited = np.delete(limit(sound, 0.4), 50 * CELL + 7)
    assert np.abs(np.diff(limited)).max() < 0.005


@pytest.mark.parametrize(
    "sound",
    [voice(20), voice(20, level=700), voice(20, pitch=90, level=25000), noise(20, 2000)],
    ids=["speech", "quiet speech", "clipped speech", "noise"],
)
@pytest.mark.parametrize("bitrate", [64, 48, 32])
def test_a_mastered_programme_is_at_its_target_and_below_its_ceiling(
    sound: Samples, bitrate: int
) -> None:
    wanted = Sound(bitrate=bitrate)
    mastered, told = master(sound, RATE, wanted)
    assert told.integrated == pytest.approx(wanted.loudness, abs=0.6)
    assert true_peak_by_library(mastered) <= wanted.true_peak + LAME_LOSS - headroom(bitrate) + 0.1


def test_what_master_tells_is_what_was_made() -> None:
    mastered, told = master(voice(20), RATE, Sound())
    measured = measure(mastered, RATE)
    assert told.integrated == pytest.approx(measured.integrated - LAME_LOSS, abs=0.01)
    coded = measured.true_peak - LAME_LOSS + headroom(64)
    assert told.true_peak == pytest.approx(coded, abs=0.02)


def test_a_long_uneven_programme_reaches_its_target_too() -> None:
    # The first five sixths are speech, the end much quieter: an excerpt alone would miss.
    sound = np.concatenate([voice(100), voice(20, level=700)])
    _, told = master(sound, RATE, Sound())
    assert told.integrated == pytest.approx(-16, abs=0.6)


def test_mastering_in_place_gives_the_same_samples() -> None:
    sound = voice(20)
    apart, _ = master(sound, RATE, Sound())
    within, _ = master(sound, RATE, Sound(), out=sound)
    assert within is sound
    assert np.array_equal(apart, within)


def test_windows_leave_no_seam() -> None:
    # One gain over all: what two windows give must be what one filter over everything gives.
    sound = tone(WINDOW / RATE * 1.7, 440, 1500)
    mastered, _ = master(sound, RATE, Sound(loudness=-30))
    whole = high_pass(np.pad(floats(sound), (0, -sound.size % BLOCK)), RATE)[: sound.size]
    gain = mastered.std() / (whole.std() * 32768)
    assert np.abs(mastered - whole * gain * 32768).max() < 2


@pytest.mark.parametrize("seconds", [0, 0.05, 3])
def test_silence_stays_silence(seconds: float) -> None:
    mastered, told = master(silence(seconds), RATE, Sound())
    assert (mastered.size, mastered.any(), told.integrated) == (int(seconds * RATE), False, -inf)


def test_noise_of_a_quiet_room_is_not_raised_to_a_roar() -> None:
    before = measure(noise(10, 6), RATE).integrated
    _, after = master(noise(10, 6), RATE, Sound())
    assert after.integrated <= before + MOST_GAIN
    assert after.integrated < -30


def test_a_sound_shorter_than_a_loudness_block_is_mastered() -> None:
    mastered, told = master(voice(0.15), RATE, Sound())
    assert mastered.any()
    assert np.isfinite(told.integrated)


def test_mastering_in_place_holds_a_long_programme_once() -> None:
    sound = np.tile(voice(10), 120)
    tracemalloc.start()
    master(sound, RATE, Sound(), out=sound)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < sound.nbytes * 0.8


def test_importing_the_audio_room_loads_no_library_but_numpy() -> None:
    code = (
        "import sys; import broadcast.audio.loudness, broadcast.audio.mix, broadcast.audio.mp3,"
        " broadcast.audio.tags; heavy = {'scipy', 'lameenc', 'mutagen', 'miniaudio', 'pyebur128',"
        " 'pydub', 'anyascii'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
