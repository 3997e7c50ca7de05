"""A stand-in engine: one tone a syllable, for tests and timings that are not about speech.

It is real enough to time, mix and encode: its length follows the text and the rate, its pitch the
speaker, and every different text sounds different.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import numpy as np

from broadcast.speech.engine import (
    Speech,
    UntilClosed,
    Voice,
    clean,
    closed,
    is_sayable,
    pick_voice,
)
from broadcast.vietnamese.pauses import segments, syllable_seconds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from broadcast.domain.script import Speaker
    from broadcast.domain.station import Voices
    from broadcast.vietnamese.pauses import Pause

RATE = 22_050
"""Hz, the same as espeak-ng's."""

PITCH = {"cao": 220.0, "trầm": 110.0}
"""Hz of each speaker's lowest tone."""

_STEPS = 8
_LOUDNESS = 6_000
_SOUNDING = 0.8


class ToneEngine(UntilClosed):
    """Engine "tone": each syllable is a tone whose pitch hangs on its letters."""

    name = "tone"
    identity = "tone 2"
    speakers = tuple(PITCH)

    def __init__(self) -> None:
        self._open = True

    def speaker(self, part: Speaker, voices: Voices) -> Voice:
        """High for the women's part, low for the men's."""
        return pick_voice(part, voices, self.speakers, women="cao", men="trầm")

    def synthesize(self, text: str, voice: Voice, pauses: Sequence[Pause] = ()) -> Speech:
        """One tone a syllable, 60/rate seconds each with its share of the pauses."""
        if not self._open:
            raise closed(self.name)
        each = syllable_seconds(voice.rate) if pauses else 60 / voice.rate
        length = round(RATE * each)
        sound = [np.zeros(0, np.int16)]
        tones: dict[str, NDArray[np.int16]] = {}
        for part, silence in segments(text, pauses, voice.rate):
            for one in filter(is_sayable, clean(part).split()):
                if one not in tones:
                    tones[one] = _tone(one, PITCH.get(voice.speaker, 165.0), length)
                sound.append(tones[one])
            sound.append(np.zeros(round(RATE * silence), np.int16))
        return Speech(np.concatenate(sound), RATE)

    def close(self) -> None:
        """Nothing to let go of; only later use is refused."""
        self._open = False


def _tone(syllable: str, lowest: float, length: int) -> NDArray[np.int16]:
    """`length` samples for one syllable; crc32 because str hashes differ between processes."""
    step = zlib.crc32(syllable.encode()) % _STEPS
    time = np.arange(length) / RATE
    wave = np.sin(2 * np.pi * lowest * (1 + step / _STEPS) * time)
    sounding = int(length * _SOUNDING)
    wave[:sounding] *= np.hanning(sounding)
    wave[sounding:] = 0
    return (wave * _LOUDNESS).astype(np.int16)
