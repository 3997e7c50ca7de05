"""The station's ident, made by code."""

from __future__ import annotations

import numpy as np
import pytest

from broadcast.audio.jingle import SECONDS, ident
from tests.audio_sounds import RATE


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
