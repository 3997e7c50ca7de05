"""One item of a programme brought to its level, whatever is beside it."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from math import inf

import numpy as np
import pytest

from broadcast.audio.blocks import HopMeter, k_weighting, levels_of, loudness_of
from broadcast.audio.chain import shape
from broadcast.audio.jingle import ident
from broadcast.audio.levelling import MOST_GAIN, Blocks, Wanted, levelled
from broadcast.audio.limiter import CELL
from broadcast.audio.loudness import LAME_LOSS, WINDOW, floats, measure
from broadcast.audio.recursive import Filter
from broadcast.domain.station import Sound
from tests.audio_sounds import RATE, Samples, cut, noise, silence, tone, voice

WANTED = Wanted(RATE, Sound())


def made(samples: Samples, wanted: Wanted = WANTED, blocks: Blocks | None = None) -> Samples:
    parts: list[Samples] = []
    levelled(blocks or (lambda: [samples]), wanted, parts.append)
    return np.concatenate(parts) if parts else silence(0)


def lufs(samples: Samples) -> float:
    """As it will be heard of an MP3."""
    return measure(samples, RATE).integrated - LAME_LOSS


@pytest.mark.parametrize(
    "sound",
    [voice(5), voice(5, level=700), voice(3, pitch=90, level=25000), noise(8, 2000), voice(90)],
    ids=["speech", "quiet speech", "clipped speech", "noise", "a long recording"],
)
def test_items_come_at_one_level_whatever_they_were(sound: Samples) -> None:
    result = made(sound)
    assert lufs(result) == pytest.approx(-16, abs=0.4)
    assert result.size == sound.size


@pytest.mark.parametrize("seconds", [0.2, 0.4, 0.8])
def test_a_word_is_not_made_louder_than_a_sentence(seconds: float) -> None:
    """By the standard's blocks a word in silence is 2 LU quieter than it is while it sounds."""
    loud = [np.sort(np.abs(made(one).astype(float)))[-2000:].mean()
            for one in (cut(tone(seconds, 400, 5000) * 1.0), tone(6, 400, 5000))]  # fmt: skip
    assert 20 * np.log10(loud[0] / loud[1]) == pytest.approx(0, abs=0.8)


def test_an_item_depends_on_nothing_beside_it() -> None:
    assert np.array_equal(made(voice(2)), made(voice(2)))


@pytest.mark.parametrize("size", [777, 4096, WINDOW + 5])
def test_in_which_pieces_the_sound_comes_makes_no_difference(size: int) -> None:
    sound = voice(14)

    def pieces() -> Iterator[Samples]:
        return (sound[at : at + size] for at in range(0, sound.size, size))

    assert np.array_equal(made(sound, blocks=pieces), made(sound))


def test_windows_leave_no_seam() -> None:
    sound = tone(WINDOW / RATE * 2.7, 440, 1500)
    result = made(sound, Wanted(RATE, Sound(loudness=-30)))
    whole = shape(floats(sound), RATE, "horn")
    edge = round(0.005 * RATE)
    inner = slice(edge, -edge)
    gain = result[inner].std() / (whole[inner].std() * 32768)
    assert np.abs(result - whole * gain * 32768)[inner].max() < 2


def test_the_ident_lies_below_speech() -> None:
    assert lufs(made(ident(RATE), Wanted(RATE, Sound(), 3.0))) == pytest.approx(-19, abs=0.4)


def test_an_item_sets_in_and_ends_without_a_click() -> None:
    hard = tone(0.5, 300, 20000, phase=np.pi / 2)
    steps = np.abs(np.diff(made(hard).astype(int), prepend=0, append=0))
    assert max(steps[0], steps[-1]) < 100


def test_what_is_raised_is_limited_and_not_cut_off() -> None:
    peaked = voice(5, level=900)
    peaked[::RATE] = 30000
    assert measure(made(peaked), RATE).true_peak <= -1 + LAME_LOSS


@pytest.mark.parametrize("seconds", [0, 0.05, 3])
def test_silence_stays_silence(seconds: float) -> None:
    assert not made(silence(seconds)).any()


def test_noise_of_a_quiet_room_is_not_raised_to_a_roar() -> None:
    before = measure(noise(10, 6), RATE).integrated
    assert measure(made(noise(10, 6)), RATE).integrated <= before + MOST_GAIN


def test_an_hour_takes_no_more_memory_than_a_minute() -> None:
    sound = voice(6)

    def most(seconds: int) -> int:
        tracemalloc.start()
        levelled(lambda: (sound for _ in range(seconds // 6)), WANTED, lambda _samples: None)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return peak

    assert most(420) < 1.2 * most(72)


def energies(samples: Samples) -> np.ndarray:
    padded = floats(np.pad(samples, (0, -samples.size % CELL)))
    return np.square(Filter(*k_weighting(RATE))(padded).astype(float)).reshape(-1, CELL).sum(axis=1)


@pytest.mark.parametrize("sound", [voice(20), noise(8, 3000), tone(9, 997, 16384), ident(RATE)])
def test_loudness_by_pieces_agrees_with_libebur128(sound: Samples) -> None:
    meter = HopMeter(RATE)
    meter.add(energies(np.concatenate([silence(1), sound, silence(1)])))
    around = np.concatenate([silence(1), sound, silence(1)])
    expected = measure(around, RATE).integrated
    assert loudness_of([levels_of(meter.powers())]) == pytest.approx(expected, abs=0.1)


def test_no_pieces_and_silent_ones_have_no_loudness() -> None:
    meter = HopMeter(RATE)
    meter.add(energies(silence(2)))
    assert loudness_of([levels_of(meter.powers())]) == loudness_of([]) == -inf
