"""Pictures of how loud things are: of a finished MP3, of anybody's recording, of a take."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from broadcast.workflow.desk import stamp
from broadcast.workflow.segments import RATE

if TYPE_CHECKING:
    from broadcast.audio.levels import Levels
    from broadcast.workflow.listen import Sound


def sound_levels(sound: Sound) -> Levels:
    """The levels of a sound, and where it is cut off."""
    from broadcast.audio.levels import measure  # noqa: PLC0415 - numpy is heavy
    from broadcast.speech.recording_check import clipped_tops  # noqa: PLC0415

    return measure([sound.samples], sound.rate, clipped_tops)


def file_levels(path: Path) -> Levels:
    """The levels of a sound file, read piece by piece; of one that is as it was, known at once.

    Raises:
        InputError: there is no such file, or it cannot be decoded.
    """
    return _measured(path, stamp(path))


@lru_cache(maxsize=64)
def _measured(path: Path, state: object) -> Levels:
    del state  # it only tells one state of the file from another
    from broadcast.audio.levels import measure  # noqa: PLC0415 - numpy is heavy
    from broadcast.speech.recording import recording_chunks  # noqa: PLC0415 - decoders are heavy
    from broadcast.speech.recording_check import clipped_tops  # noqa: PLC0415

    return measure(recording_chunks(path, RATE), RATE, clipped_tops)
