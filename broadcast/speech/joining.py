"""Parts of speech joined with silences of exact length between them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

NEAR_SILENCE = 300
"""Samples up to this are not heard: 40 dB under speech."""

EDGE = 0.2
"""Seconds at either end of a part in which silence is looked for."""

_SOFT = 0.02
"""Seconds left around what is heard, for soft beginnings and endings."""


def join(parts: Iterable[tuple[NDArray[np.int16], float]], rate: int) -> NDArray[np.int16]:
    """One sound; parts that are empty only make the silence before them count.

    Args:
        parts: samples, and the seconds of silence to be heard after them; what the parts have of
            silence at their edges counts, and several silences in a row are the longest of them.
        rate: samples a second.
    """
    made: list[NDArray[np.int16]] = []
    owed = 0.0
    for part, silence in parts:
        if part.size:
            if made:
                gap = owed - quiet(made[-1][::-1], rate) - quiet(part, rate)
                made.append(np.zeros(round(max(0.0, gap) * rate), np.int16))
                owed = 0.0
            made.append(part)
        owed = max(owed, silence)
    return np.concatenate(made) if made else np.zeros(0, np.int16)


def quiet(samples: NDArray[np.int16], rate: int) -> float:
    """Seconds of near-silence at the beginning, EDGE at most."""
    edge = samples[: round(EDGE * rate)]
    loud = _loud(edge)
    return (int(loud[0]) if loud.size else edge.size) / rate


def trimmed(samples: NDArray[np.int16], rate: int) -> NDArray[np.int16]:
    """Without the silence at its ends, for engines that leave long and changing ones."""
    loud = _loud(samples)
    if not loud.size:
        return samples[:0]
    soft = round(_SOFT * rate)
    return samples[max(0, int(loud[0]) - soft) : int(loud[-1]) + soft]


def _loud(samples: NDArray[np.int16]) -> NDArray[np.intp]:
    return np.flatnonzero(np.abs(samples.astype(np.int32)) > NEAR_SILENCE)
