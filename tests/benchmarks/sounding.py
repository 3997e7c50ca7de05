"""How finished programmes sound: levels item by item, peaks, clicks, silences; from decoded MP3."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from broadcast.audio.loudness import floats, measure
from broadcast.audio.mp3 import LongestSilence, decode
from broadcast.store.workspace import Workspace
from broadcast.workflow.hearing import Listener
from broadcast.workflow.programme import open_reader, programme
from broadcast.workflow.render import audio_path
from broadcast.workflow.segments import RATE

EDGE, GUARD = round(0.04 * RATE), round(0.01 * RATE)
"""Samples outside of an item: up to EDGE anything heard is a click, but what lies within GUARD of
its sound is what coding spreads, which the sound itself covers."""

HEARD = 0.003
"""-50 dBFS."""

COVERED, COVERS_LESS = 10 ** (-30 / 20), 1.25
"""What comes after sound is covered by it 30 dB below at GUARD, 45 dB below at EDGE, in a straight
line over log time (forward masking at 80 dB SPL). Nothing covers what comes before."""

SHORTEST = 1.0
"""Seconds of an item whose loudness can be measured by itself."""


@dataclass(slots=True)
class Sounding:
    """LUFS of items and of programmes, the highest true peak, clicks, silences over 3 s."""

    items: list[float] = field(default_factory=list)
    programmes: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    peak: float = -99.0
    clicks: int = 0
    silences: int = 0


def look(workspace: Workspace, engine: str = "espeak") -> Sounding:
    """Look at every script's file of a workspace that is rendered."""
    found = Sounding()
    station = workspace.load_station()
    listener = Listener.at(workspace, station)
    with open_reader(workspace, engine) as reader:
        for script in workspace.script_ids():
            hearing = listener.hear(workspace.load_script(script))
            made = programme(workspace, station, hearing, reader)
            samples, _ = decode(audio_path(workspace, hearing).read_bytes())
            found.told.append(made.loudness.integrated)
            both = zip(made.layout.places, made.segments, strict=True)
            _look_at(samples, [(place.starts, one.samples) for place, one in both], found)
    return found


def _look_at(samples: np.ndarray, items: list[tuple[int, int]], found: Sounding) -> None:
    whole = measure(samples, RATE)
    found.programmes.append(whole.integrated)
    found.peak = max(found.peak, whole.true_peak)
    silence = LongestSilence(RATE)
    silence.add(floats(samples))
    found.silences += silence.longest > 3
    for number, (start, size) in enumerate(items):
        if number and size > SHORTEST * RATE:  # the first is the ident
            found.items.append(measure(samples[start : start + size], RATE).integrated)
        end = start + size
        found.clicks += _loudest(samples[max(0, start - EDGE) : start - GUARD]) > HEARD
        after = np.abs(floats(samples[end + GUARD : end + EDGE]))
        covered = COVERED * (np.arange(GUARD, GUARD + after.size) / GUARD) ** -COVERS_LESS
        covered *= _loudest(samples[max(start, end - EDGE) : end])
        found.clicks += bool((after > np.maximum(HEARD, covered)).any())


def _loudest(samples: np.ndarray) -> float:
    return float(np.abs(floats(samples)).max(initial=0))


def of(root: Path) -> Sounding:
    """Of a workspace's folder."""
    return look(Workspace(root))
