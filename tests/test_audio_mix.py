from __future__ import annotations

import numpy as np
import pytest

from broadcast.audio.jingle import SECONDS, ident
from broadcast.audio.loudness import filtered_loudness, measure
from broadcast.audio.mix import (
    FADE,
    IDENT_BELOW,
    MOST,
    IdentPart,
    PausePart,
    RecordingPart,
    SpeechPart,
    mix,
    spoken_part,
)
from tests.audio_sounds import RATE, noise, silence, tone, voice


def test_a_mix_is_as_long_as_its_parts_together() -> None:
    parts = [IdentPart(), PausePart(0.5), SpeechPart(voice(2)), RecordingPart(voice(1.2))]
    assert mix(parts, RATE).size == ident(RATE).size + round(RATE * 3.7)


def test_parts_may_come_one_by_one() -> None:
    parts = [SpeechPart(voice(1)), PausePart(0.3), SpeechPart(voice(0.5))]
    assert np.array_equal(mix(iter(parts), RATE), mix(parts, RATE))


def test_a_mix_of_nothing_is_empty() -> None:
    assert (mix([], RATE).size, mix([SpeechPart(silence(0))], RATE).size) == (0, 0)


def test_a_pause_is_silence_of_its_length() -> None:
    mixed = mix([SpeechPart(voice(1)), PausePart(0.7), SpeechPart(voice(1))], RATE)
    assert not mixed[RATE : RATE + round(0.7 * RATE)].any()
    assert mixed[RATE + round(0.7 * RATE) :].any()


def test_speech_of_one_voice_is_left_as_it_is_but_for_its_edges() -> None:
    speech = voice(2)
    edge = round(0.005 * RATE)
    mixed = mix([SpeechPart(speech, "nữ")], RATE)
    assert np.array_equal(mixed[edge:-edge], speech[edge:-edge])


def test_no_part_starts_or_ends_with_a_click() -> None:
    hard = tone(0.5, 300, 20000, phase=np.pi / 2)
    mixed = mix([SpeechPart(hard), PausePart(0.1), RecordingPart(hard), SpeechPart(hard)], RATE)
    steepest_of_the_tone = np.abs(np.diff(hard.astype(int))).max()
    assert (
        np.abs(np.diff(mixed.astype(int), prepend=0, append=0)).max() < steepest_of_the_tone * 1.1
    )


def test_the_parts_given_are_not_changed() -> None:
    speech, recording = voice(1), voice(1, level=500)
    kept = speech.copy(), recording.copy()
    mix([SpeechPart(speech), RecordingPart(recording), IdentPart()], RATE)
    assert np.array_equal(speech, kept[0])
    assert np.array_equal(recording, kept[1])


@pytest.mark.parametrize("level", [600, 20000])
def test_a_recording_is_brought_to_the_level_of_speech(level: int) -> None:
    speech, recording = voice(5, pitch=210), voice(5, pitch=120, level=level)
    mixed = mix([SpeechPart(speech), RecordingPart(recording)], RATE)
    spoken, recorded = (filtered_loudness(half, RATE) for half in np.split(mixed, 2))
    assert recorded == pytest.approx(spoken, abs=0.6)


def test_a_mans_and_a_womans_voice_come_at_one_level() -> None:
    woman, man = voice(5, pitch=220, level=7000), voice(5, pitch=110, level=3000)
    mixed = mix([SpeechPart(woman, "nữ"), SpeechPart(man, "nam")], RATE)
    hers, his = (filtered_loudness(half, RATE) for half in np.split(mixed, 2))
    assert hers == pytest.approx(his, abs=0.6)


def test_lines_of_one_voice_keep_their_differences() -> None:
    loud, soft = voice(5), voice(5, level=3000)
    parts = [SpeechPart(loud, "nữ"), SpeechPart(soft, "nữ"), SpeechPart(voice(5), "nam")]
    first, second, _ = np.split(mix(parts, RATE), 3)
    difference = filtered_loudness(first, RATE) - filtered_loudness(second, RATE)
    assert difference == pytest.approx(6.0, abs=0.5)


def test_the_ident_lies_a_little_below_speech() -> None:
    mixed = mix([IdentPart(), SpeechPart(voice(6))], RATE)
    music, speech = np.split(mixed, [ident(RATE).size])
    below = filtered_loudness(speech, RATE) - filtered_loudness(music, RATE)
    assert below == pytest.approx(IDENT_BELOW, abs=0.6)


def test_a_recording_of_nothing_stays_quiet() -> None:
    hiss = noise(3, 15)
    mixed = mix([SpeechPart(voice(3)), RecordingPart(hiss)], RATE)
    before, after = measure(hiss, RATE), measure(np.split(mixed, 2)[1], RATE)
    assert after.integrated - before.integrated == pytest.approx(MOST, abs=0.7)


def test_silent_speech_and_recordings_do_no_harm() -> None:
    mixed = mix([SpeechPart(silence(1)), RecordingPart(silence(1)), SpeechPart(voice(1))], RATE)
    assert not mixed[: 2 * RATE].any()
    assert mixed[2 * RATE :].any()


def test_a_raised_recording_is_limited_and_not_cut_off() -> None:
    peaked = voice(5, level=900)
    peaked[::RATE] = 30000
    mixed = mix([SpeechPart(voice(5, level=9000)), RecordingPart(peaked)], RATE)
    assert int(np.abs(np.split(mixed, 2)[1].astype(int)).max()) < 32000


def test_the_ident_is_five_seconds_that_end_in_silence() -> None:
    music = ident(RATE)
    assert music.size == int(SECONDS * RATE)
    assert not music[-RATE // 5 :].any()
    assert np.abs(music[: RATE // 100].astype(int)).max() > 0


def test_the_ident_has_no_clicks() -> None:
    # Its highest partial lies at 5.9 kHz: what is above 8 kHz in any hundredth of a second clicks.
    music = ident(RATE).astype(float)
    frames = music[: music.size // 220 * 220].reshape(-1, 220)
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(220)))
    above = np.fft.rfftfreq(220, 1 / RATE) > 8000
    assert spectrum[:, above].max() < 0.005 * spectrum.max()


def test_the_ident_is_the_same_every_time_and_cannot_be_spoilt() -> None:
    first = ident(RATE).copy()
    ident.cache_clear()
    assert np.array_equal(ident(RATE), first)
    with pytest.raises(ValueError, match="read-only"):
        ident(RATE)[0] = 1


@pytest.mark.parametrize("rate", [16000, 22050, 44100])
def test_the_ident_lasts_as_long_at_every_rate(rate: int) -> None:
    assert ident(rate).size / rate == pytest.approx(SECONDS, abs=1e-3)


def test_the_near_silence_around_a_spoken_line_is_no_part_of_it() -> None:
    word = np.full(RATE, 8000, dtype=np.int16)
    hiss = np.full(RATE // 10, 12, dtype=np.int16)
    part = spoken_part(np.concatenate([hiss, word, hiss]), RATE, "NỮ")
    assert part.samples.size == word.size + 2 * round(FADE * RATE)


def test_a_line_of_silence_stays_as_long_as_it_is() -> None:
    assert spoken_part(silence(1), RATE, "NỮ").samples.size == RATE
