"""How long a station's voice will take: as measured for its engine, corrected by what it took."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress

from broadcast.domain.station import Voices
from broadcast.errors import BroadcastError
from broadcast.speech.pace import NOTHING, Counted, pace_of
from broadcast.store.paces import Took, load_paces, note_pace
from broadcast.store.workspace import Workspace

_BELIEF = 10.0
"""Seconds of speech for which the engine's own pace stands: one greeting alone decides little."""

_LEAST, _MOST = 0.5, 2.0
"""Bounds of a correction; beyond them something else is wrong."""


def voice_key(voices: Voices, engine: str = "") -> str:
    """Names what the length of reading hangs on: engine, speakers, rate, region."""
    name = engine or voices.engine
    return f"{name} {voices.women or '-'} {voices.men or '-'} {voices.rate} {voices.region}"


def correction(workspace: Workspace, voices: Voices) -> float:
    """What an estimate is to be multiplied by, of all speech this voice has made here; 1 is none.

    The ratio of sums, so that long texts count more than short ones and one odd line for nothing.
    """
    pace = pace_of(voices.engine)
    took = load_paces(workspace.paces_path, voice_key(voices))
    expected = sum(pace.seconds(Counted(*one.counts), voices.rate) for one in took)
    ratio = (sum(one.seconds for one in took) + _BELIEF) / (expected + _BELIEF)
    return round(min(max(ratio, _LEAST), _MOST), 3)


def note(
    workspace: Workspace, voice: str, script_id: str, counts: Iterable[Counted], seconds: float
) -> None:
    """Remember how many seconds of speech a script made; a disk that refuses is no failure.

    Args:
        voice: as `voice_key` names it.
        counts: of every line of the script.
    """
    total = sum(counts, NOTHING)
    if total == NOTHING:
        return
    row = (total.syllables, total.commas, total.stops, total.lines)
    with suppress(BroadcastError):
        note_pace(workspace.paces_path, voice, Took(script_id, row, round(seconds, 2)))
