"""How much of our own sentences a speech recogniser gets wrong, engine by engine, shaped or not.

The recogniser (viet-asr, about 4.5 times as fast as speech) is no dependency: make it a venv of its
own, `pip install "viet-asr==0.1.0.dev11"` with Python 3.10 to 3.13, and name its python in
BROADCAST_ASR_PYTHON. It is no human listener: figures tell settings from each other, nothing more.
BROADCAST_HEARING_SENTENCES is how many sentences are read, 200 if not said.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import tempfile
import unicodedata
import wave
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import miniaudio
import numpy as np

from broadcast.audio.chain import shape, speech_level
from broadcast.audio.loudness import Samples, floats, integers, linear
from broadcast.domain.station import LOUDNESS, Profile, Region, Voices
from broadcast.errors import BroadcastError
from broadcast.speech.engine import Engine, Voice, open_engine
from broadcast.store.sample import sample_root
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import count_syllables
from broadcast.vietnamese.lexicon import product_lexicon
from broadcast.vietnamese.pauses import Pause
from broadcast.vietnamese.spoken import read_aloud
from broadcast.workflow.texts import piece_lines

TITLE = "Máy nhận dạng nghe sai bao nhiêu âm tiết (bài soạn sẵn, đọc từng dòng)"
HEAD = ("bộ đọc", "giọng", "âm tiết/phút", "xử lý cho", "âm tiết", "sai %", "sai % không kể dấu")

RATE = 22_050
_RECOGNISER = Path(__file__).with_name("recognise.py")
_HEARD_RATE = 16_000
_SPEECH = -24.0
"""dBFS of speech in what the recogniser hears, shaped or not: louder is no merit here."""
_EDGE = np.zeros(round(0.3 * _HEARD_RATE), np.int16)
_SHORTEST, _LONGEST = 6, 28
_TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")


class Said(NamedTuple):
    """A line as it is spoken."""

    text: str
    pauses: tuple[Pause, ...]


def rows() -> Iterator[tuple[str, ...]]:
    """The voices a programme has, then each shaped for what it may be heard from."""
    python = os.environ.get("BROADCAST_ASR_PYTHON", "")
    if not python:
        yield ("đặt BROADCAST_ASR_PYTHON là python có viet-asr", *[""] * (len(HEAD) - 1))
        return
    said = sentences(int(os.environ.get("BROADCAST_HEARING_SENTENCES", "200")))
    for name in ("espeak", "piper"):
        with ExitStack() as stack:
            try:
                engine = stack.enter_context(open_engine(name))
                voices = [engine.speaker(part, Voices(name)) for part in ("NỮ", "NAM")]
            except BroadcastError as error:
                yield (name, error.happened, *[""] * (len(HEAD) - 2))
                continue
            for voice in dict.fromkeys(voices):
                yield from measured(python, engine, voice, said)


def measured(
    python: str,
    engine: Engine,
    voice: Voice,
    said: Sequence[Said],
    profiles: Sequence[Profile | None] = (None, *LOUDNESS),
) -> Iterator[tuple[str, ...]]:
    """A row for each profile (None: as the engine gives it) in one voice."""
    sounds = [engine.synthesize(one.text, voice, one.pauses).samples for one in said]
    for profile in profiles:
        heard = recognised(python, [_prepared(one, profile) for one in sounds])
        whole = [errors(a.text, b) for a, b in zip(said, heard, strict=True)]
        bare = [errors(_toneless(a.text), _toneless(b)) for a, b in zip(said, heard, strict=True)]
        syllables = sum(count for _, count in whole)
        wrong = [f"{100 * sum(n for n, _ in each) / syllables:.1f}" for each in (whole, bare)]
        yield (engine.name, f"{voice.speaker} {voice.region}", str(voice.rate),
               profile or "không xử lý", str(syllables), *wrong)  # fmt: skip


@lru_cache(maxsize=4)
def sentences(count: int, region: Region = "bắc") -> tuple[Said, ...]:
    """Lines of the ready pieces as they are spoken, spread over all of them."""
    workspace = Workspace(sample_root())
    details, lexicon = workspace.load_station().details, product_lexicon()
    found = []
    for piece in workspace.load_pieces():
        for line in piece_lines(piece, details)[0]:
            aloud = read_aloud(line.partition(":")[2].strip(), lexicon, region)
            if _SHORTEST <= count_syllables(aloud.text) <= _LONGEST:
                found.append(Said(aloud.text, aloud.pauses))
    count = min(count, len(found))
    return tuple(found[n * len(found) // count] for n in range(count))


def recognised(python: str, sounds: Sequence[Samples]) -> list[str]:
    """What the recogniser makes of sounds at 16 kHz.

    Raises:
        RuntimeError: it failed; its last words.
    """
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{number}.wav" for number in range(len(sounds))]
        for path, samples in zip(paths, sounds, strict=True):
            with wave.open(str(path), "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(_HEARD_RATE)
                file.writeframes(samples.astype("<i2", copy=False).tobytes())
        task = "\n".join(map(str, paths))
        done = subprocess.run(
            [python, str(_RECOGNISER)], input=task, capture_output=True, text=True, check=False
        )
    if done.returncode:
        raise RuntimeError(f"{python} không nhận dạng được: {done.stderr[-500:]}")
    return [str(one) for one in json.loads(done.stdout.splitlines()[-1])]


def errors(said: str, heard: str) -> tuple[int, int]:
    """Syllables to be changed, left out or put in to get from `heard` to `said`; those said."""
    one, other = _syllables(said), _syllables(heard)
    row = list(range(len(other) + 1))
    for number, syllable in enumerate(one, 1):
        diagonal, row[0] = row[0], number
        for at, heard_syllable in enumerate(other, 1):
            best = min(row[at] + 1, row[at - 1] + 1, diagonal + (syllable != heard_syllable))
            diagonal, row[at] = row[at], best
    return row[-1], len(one)


def _syllables(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFC", text).casefold())


def _toneless(text: str) -> str:
    bare = _TONES.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


def _prepared(samples: Samples, profile: Profile | None) -> Samples:
    """Shaped, at one level, at the recogniser's rate, with silence around."""
    sound = floats(samples)
    if profile:
        sound = shape(sound, RATE, profile)
    level = speech_level(sound)
    sound = sound * np.float32(linear(_SPEECH - level)) if np.isfinite(level) else sound
    signed = miniaudio.SampleFormat.SIGNED16
    given = integers(sound).tobytes()
    made = miniaudio.convert_frames(signed, 1, RATE, given, signed, 1, _HEARD_RATE)
    return np.concatenate([_EDGE, np.frombuffer(bytes(made), np.int16), _EDGE])
