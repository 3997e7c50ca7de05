"""The least that an MP3 of lines can cost: engine, high-pass, one measurement, one LAME pass.

Run as a program: floor.py LINES.json ENGINE. LINES.json holds the station's voices, and a list of
[speaker, spoken text, pauses as [at, kind]] a programme. Prints the seconds of sound made.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import lameenc
import numpy as np
import pyebur128

from broadcast.audio.loudness import floats, integers
from broadcast.audio.recursive import BLOCK, high_pass
from broadcast.domain.station import Voices
from broadcast.speech.engine import Engine, open_engine
from broadcast.vietnamese.pauses import Pause

RATE = 22050
PAUSE = bytes(2 * int(0.5 * RATE))


def main(path: str, engine_name: str) -> None:
    """Read every programme aloud, measure it, encode it."""
    task = json.loads(Path(path).read_text(encoding="utf-8"))
    total = 0
    with open_engine(engine_name) as engine:
        for lines in task["programmes"]:
            total += one_programme(engine, Voices(**task["voices"]), lines)
    print(total / RATE)


def one_programme(
    engine: Engine, voices: Voices, lines: list[tuple[str, str, list[tuple[int, str]]]]
) -> int:
    """One programme; returns how many samples it has."""
    sound = bytearray()
    for speaker, text, pauses in lines:
        voice = engine.speaker(speaker, voices)
        spoken = engine.synthesize(text, voice, [Pause(*one) for one in pauses])
        sound += spoken.samples.tobytes() + PAUSE
    sound += bytes(-len(sound) % (2 * BLOCK))
    samples = integers(high_pass(floats(np.frombuffer(sound, dtype=np.int16)), RATE))
    mode = pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK
    state = pyebur128.R128State(1, RATE, mode)
    state.add_frames(samples, samples.size)
    pyebur128.get_loudness_global(state)
    pyebur128.get_true_peak(state, 0)
    encoder = lameenc.Encoder()
    encoder.silence()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(5)
    encoder.encode(samples)
    encoder.flush()
    return samples.size


if __name__ == "__main__":
    main(*sys.argv[1:])
