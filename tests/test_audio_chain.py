from __future__ import annotations

import tracemalloc
from cmath import exp
from collections.abc import Iterator
from itertools import pairwise
from math import inf, log10, pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.audio.chain import (
    KNEE,
    RELEASE,
    SHAPES,
    Shape,
    shape,
    shaped,
    speech_level,
    without_rumble,
)
from broadcast.audio.limiter import CELL
from broadcast.audio.loudness import floats
from broadcast.audio.recursive import BLOCK, Biquad, Filter, Floats
from broadcast.domain.station import LOUDNESS, Profile
from tests.audio_sounds import RATE, silence, tone, voice

PROFILES: tuple[Profile, ...] = ("horn", "indoor", "phone")
SPEECH = floats(voice(2))


def by_formula(biquads: tuple[Biquad, ...], frequency: float) -> float:
    """dB that the transfer functions give at a frequency."""
    z, total = exp(-2j * pi * frequency / RATE), 1.0 + 0j
    for one in biquads:
        total *= (one.b0 + one.b1 * z + one.b2 * z * z) / (1 + one.a1 * z + one.a2 * z * z)
    return 20 * log10(abs(total))


def decibels(samples: Floats) -> float:
    return 20 * log10(float(np.sqrt(np.mean(samples.astype(np.float64) ** 2))))


@pytest.mark.parametrize("profile", PROFILES)
def test_the_filters_of_a_profile_have_the_response_of_their_formula(profile: Profile) -> None:
    biquads = SHAPES[profile].filters(RATE)
    impulse = np.zeros(RATE // BLOCK * BLOCK, dtype=np.float32)
    impulse[0] = 1.0
    spectrum = np.abs(np.fft.rfft(Filter(*biquads)(impulse)))
    for frequency in (60, 200, 500, 1000, 2000, 3000, 4500, 9000):
        place = frequency * impulse.size / RATE
        measured = 20 * log10(spectrum[round(place)])
        exact = round(place) * RATE / impulse.size
        assert measured == pytest.approx(by_formula(biquads, exact), abs=0.05)


def test_a_peak_lifts_its_centre_by_its_gain_and_leaves_the_rest() -> None:
    peak = (Biquad.peak(RATE, 3000, 6.0, 2.0),)
    given = [by_formula(peak, f) for f in (50, 3000)]
    assert given == pytest.approx([0.0, 6.0], abs=0.01)


def test_filters_one_after_the_other_are_the_same_as_one_filter_of_both() -> None:
    first, second = Biquad.high_pass(RATE, 150), Biquad.peak(RATE, 2500, 4, 0.7)
    samples = SPEECH[: SPEECH.size // BLOCK * BLOCK]
    apart = Filter(second)(Filter(first)(samples))
    assert np.abs(Filter(first, second)(samples) - apart).max() < 1e-5


@given(cuts=st.lists(st.integers(0, 40), max_size=5))
@settings(max_examples=20, deadline=None)
def test_a_filter_gives_the_same_however_the_sound_is_cut_into_blocks(cuts: list[int]) -> None:
    samples = SPEECH[: 200 * BLOCK]
    through, edges = Filter(Biquad.high_pass(RATE, 200)), [0, *np.cumsum(cuts) * BLOCK, 200 * BLOCK]
    pieces = [through(samples[a:b]) for a, b in pairwise(edges)]
    whole = Filter(Biquad.high_pass(RATE, 200))(samples)
    assert np.abs(np.concatenate(pieces) - whole).max() < 2**-16


@given(size=st.integers(0, 3000), seed=st.integers(0, 9), profile=st.sampled_from(PROFILES))
@settings(max_examples=30, deadline=None)
def test_any_sound_comes_back_finite_and_as_long_as_it_was(
    size: int, seed: int, profile: Profile
) -> None:
    samples = np.random.default_rng(seed).uniform(-1, 1, size).astype(np.float32)
    made = shape(samples, RATE, profile)
    assert (made.size, made.dtype) == (size, np.float32)
    assert np.isfinite(made).all()
    assert np.array_equal(made, shape(samples, RATE, profile))


@given(blocks=st.lists(st.integers(1, 300), max_size=6), profile=st.sampled_from(PROFILES))
@settings(max_examples=15, deadline=None)
def test_sound_in_blocks_is_shaped_as_the_whole_is(blocks: list[int], profile: Profile) -> None:
    def cut() -> Iterator[Floats]:
        at = 0
        for cells in blocks:
            yield SPEECH[at : at + cells * CELL]
            at += cells * CELL
        yield SPEECH[at:]

    made = np.concatenate([*shaped(cut, RATE, profile)])
    assert np.abs(made - shape(SPEECH, RATE, profile)).max() < 2**-16


@pytest.mark.parametrize("profile", PROFILES)
def test_silence_stays_silence(profile: Profile) -> None:
    assert not shape(floats(silence(1)), RATE, profile).any()


@pytest.mark.parametrize("profile", PROFILES)
def test_how_loud_a_voice_comes_in_does_not_change_its_shape(profile: Profile) -> None:
    quiet = shape(SPEECH * np.float32(0.1), RATE, profile)
    loud = shape(SPEECH, RATE, profile) * np.float32(0.1)
    assert np.abs(quiet - loud).max() < 0.002 * np.abs(loud).max() + 0.01 * np.abs(loud).std()


def test_the_compressor_follows_its_curve() -> None:
    wanted = Shape(200.0, ratio=2.5, threshold=-6.0)
    levels = np.array([-40.0, -6 - KNEE / 2, -6.0, -6 + KNEE / 2, 4.0, 14.0])
    expected = [0.0, 0.0, -0.6 * KNEE / 8, -0.6 * KNEE / 2, -6.0, -12.0]
    assert wanted.change(levels) == pytest.approx(expected)


def test_loud_syllables_are_eased_and_weak_ones_left() -> None:
    # Two tones in the middle of the band, 20 dB apart; the level of speech is between them.
    loud, weak = floats(tone(2, 800, 16000)), floats(tone(2, 800, 1600))
    made = shape(np.concatenate([loud, weak]), RATE, "phone")
    steady = slice(RATE, 2 * RATE - 2000)
    came = [decibels(part[steady]) for part in (loud, weak)]
    went = [decibels(part[steady]) for part in (made[: 2 * RATE], made[2 * RATE :])]
    assert went[1] - came[1] == pytest.approx(0.0, abs=0.05)
    level = speech_level(*without_rumble([np.concatenate([loud, weak])], RATE, "phone"))
    expected = SHAPES["phone"].change(np.array([came[0] - level]))[0]
    assert went[0] - came[0] == pytest.approx(expected, abs=0.15)


def test_the_gain_moves_without_clicks_and_comes_back_as_fast_as_said() -> None:
    loud, weak = floats(tone(1, 800, 16000)), floats(tone(1, 800, 1600))
    both = np.concatenate([loud, weak])
    (clean,) = without_rumble([both], RATE, "phone")
    heard = np.flatnonzero(np.abs(clean) > 0.02)
    gain = 20 * np.log10(shape(both, RATE, "phone")[heard] / clean[heard])
    assert np.abs(np.diff(gain[RATE // 4 :])).max() < 0.05
    # The level falls by RELEASE dB a second: above the threshold the gain rises by its share.
    later, before = (np.searchsorted(heard, RATE + round(s * RATE)) for s in (0.03, 0.02))
    share = 1 - 1 / SHAPES["phone"].ratio
    assert gain[later] - gain[before] == pytest.approx(RELEASE * share * 0.01, abs=0.1)


def test_the_level_of_speech_leaves_pauses_out() -> None:
    spoken = floats(tone(1, 500, 8000))
    paused = np.concatenate([spoken, np.zeros(5 * RATE, np.float32), spoken])
    assert speech_level(paused) == pytest.approx(speech_level(spoken), abs=0.3)
    assert speech_level(spoken) == pytest.approx(decibels(spoken), abs=0.3)
    assert speech_level(np.zeros(RATE, np.float32)) == -inf


def test_an_hour_is_shaped_in_the_memory_of_a_minute() -> None:
    def blocks(count: int) -> Iterator[Floats]:
        return (SPEECH[: 1000 * CELL] for _ in range(count))

    peaks = []
    for count in (4, 60):
        tracemalloc.start()
        assert sum(b.size for b in shaped(lambda n=count: blocks(n), RATE, "horn")) == (  # type: ignore[misc]
            count * 1000 * CELL
        )
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_every_profile_has_a_shape_and_a_loudness() -> None:
    assert set(SHAPES) == set(LOUDNESS) == set(PROFILES)
