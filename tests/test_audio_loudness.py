from __future__ import annotations

import subprocess
import sys
from math import cos, inf, log10, pi, sin

import numpy as np
import pyebur128
import pytest

from broadcast.audio.limiter import CELL, REACH, limit
from broadcast.audio.loudness import (
    Meter,
    floats,
    integers,
    measure,
)
from broadcast.audio.recursive import BLOCK, high_pass
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


@pytest.mark.parametrize("offset", [pi / 4, pi / 5.3, pi / 7])
def test_the_highest_peak_may_lie_between_samples_that_are_not_the_highest(
    offset: float,
) -> None:
    count = np.arange(RATE)
    fades = np.hanning(RATE)
    between = 0.6 * fades * np.sin(pi / 2 * count + offset)
    plain = 0.5 * fades * np.sin(pi / 50 * count)
    meter = Meter(RATE)
    meter.add(np.concatenate([plain, between]).astype(np.float32))
    assert meter.result().true_peak == pytest.approx(20 * log10(0.6), abs=0.02)


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


def test_importing_the_audio_room_loads_no_library_but_numpy() -> None:
    code = (
        "import sys; import broadcast.audio.joining, broadcast.audio.segment,"
        " broadcast.audio.tags; heavy = {'scipy', 'lameenc', 'mutagen', 'miniaudio', 'pyebur128',"
        " 'pydub', 'anyascii'}; print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
