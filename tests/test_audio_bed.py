from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.audio.bed import (
    ALONE,
    LEAD,
    TAIL,
    UNDER,
    Words,
    ducking,
    looped,
    over_bed,
    without_seam,
)
from broadcast.audio.chain import speech_level
from broadcast.audio.jingle import BED, CLOSING, bed, closing, ident
from broadcast.audio.loudness import floats
from broadcast.audio.recursive import Floats
from broadcast.workflow.hearing import BED_SECONDS, CLOSING_SECONDS
from tests.audio_sounds import RATE, silence, voice

SPEECH = floats(voice(2))
LEAD_SIZE = round(LEAD * RATE)


@pytest.fixture(scope="module")
def music() -> Floats:
    """The bed, which takes a while to make."""
    return floats(bed(RATE))


def two_lines(gap: float) -> list[Words]:
    return [Words(0, SPEECH), Words(SPEECH.size + round(gap * RATE), SPEECH)]


def test_the_words_are_where_they_were_and_unchanged_over_a_bed_of_nothing() -> None:
    made = over_bed(two_lines(0.5), floats(silence(3)), RATE)
    assert made.size == LEAD_SIZE + 2 * SPEECH.size + round(0.5 * RATE) + round(TAIL * RATE)
    assert np.array_equal(made[LEAD_SIZE : LEAD_SIZE + SPEECH.size], SPEECH)
    assert not made[:LEAD_SIZE].any()


def test_the_bed_lies_under_speech_by_what_is_said(music: Floats) -> None:
    made = over_bed([Words(0, SPEECH)], music * np.float32(0.01), RATE)
    under = made[LEAD_SIZE : LEAD_SIZE + SPEECH.size] - SPEECH
    expected = speech_level(SPEECH) - UNDER
    assert speech_level(under) == pytest.approx(expected, abs=2.5)


def test_the_bed_comes_up_in_long_gaps_only() -> None:
    def between(gap: int) -> float:
        spans = [(RATE, 2 * RATE), (2 * RATE + gap, 4 * RATE)]
        return float(20 * np.log10(ducking(spans, 5 * RATE, RATE)[2 * RATE + gap // 2]))

    assert between(RATE // 2) == pytest.approx(-UNDER, abs=0.1)
    assert between(RATE) == pytest.approx(-ALONE, abs=0.1)


def test_music_sets_in_and_ends_in_silence(music: Floats) -> None:
    made = over_bed([Words(0, SPEECH)], music, RATE)
    assert np.abs(made[[0, -1]]).max() < 1e-4


@given(
    spans=st.lists(st.tuples(st.integers(0, 900), st.integers(1, 900)), max_size=4),
    size=st.integers(2500, 6000),
)
@settings(max_examples=50, deadline=None)
def test_ducking_never_jumps_and_is_never_louder_than_alone(
    spans: list[tuple[int, int]], size: int
) -> None:
    rate, at, placed = 1000, 0, []
    for gap, length in spans:
        placed.append((at + gap, at + gap + length))
        at += gap + length
    curve = ducking(placed, max(size, at), rate)
    assert curve.size == max(size, at)
    assert curve.max(initial=0.0) <= 10 ** (-ALONE / 20) + 1e-6
    assert np.abs(np.diff(curve)).max(initial=0.0) < 0.004
    assert all(curve[a:b].max() <= 10 ** (-UNDER / 20) + 1e-6 for a, b in placed)


def test_the_stations_bed_goes_on_where_it_ends(music: Floats) -> None:
    twice = looped(music, 2 * music.size)
    steps = np.abs(np.diff(twice))
    assert steps[music.size - 1] <= np.percentile(steps, 99)
    assert music.size == round(BED * RATE)


def test_a_recording_becomes_a_loop_without_a_step() -> None:
    ramp = np.linspace(-0.5, 0.5, 3 * RATE, dtype=np.float32)
    loop = without_seam(ramp, RATE)
    assert np.abs(np.diff(looped(loop, 2 * loop.size))).max() < 0.001


def test_a_recording_that_is_long_enough_is_heard_from_its_beginning_without_a_seam(
    music: Floats,
) -> None:
    words = [Words(0, SPEECH)]
    size = LEAD_SIZE + SPEECH.size + round(TAIL * RATE)
    enough = np.concatenate([music, music[::-1]])[:size]
    whole, short = (over_bed(words, one, RATE, seamless=False) for one in (enough, enough[:-1]))
    assert np.array_equal(whole, over_bed(words, enough, RATE, seamless=True))
    assert np.abs(short - whole).max() > 0.001


def test_ident_closing_and_bed_are_as_loud_as_each_other_at_their_peaks() -> None:
    peaks = [int(np.abs(one(RATE)).max()) for one in (ident, closing, bed)]
    assert max(peaks) - min(peaks) <= 1
    assert not any(one(RATE).flags.writeable for one in (ident, closing, bed))


def test_estimates_know_how_long_music_is() -> None:
    assert CLOSING_SECONDS == CLOSING == closing(RATE).size / RATE
    assert BED_SECONDS == {"bed": LEAD, "bed-end": TAIL}
