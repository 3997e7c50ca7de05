"""What is wrong with a person's recording that a village would hear: told, never refused."""

from __future__ import annotations

import warnings
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from broadcast.domain.wording import length_clock

if TYPE_CHECKING:
    from types import ModuleType

    from numpy.typing import NDArray

CLIPPED = 32_000
"""Sample values from which a wave may be cut off: 0.2 dB under the most there is."""

RUN = 3
"""Samples in a row at nearly the same height that make a cut-off top; voices have none."""

MOST_CLIPPED = 20
"""Cut-off tops a minute that nobody hears."""

LEAST_DISTANCE = 20.0
"""dB between speech and what is heard in its pauses; less, and horns make it roar."""

QUIETEST = -30.0
"""dBFS of the loudest moment: raised from there, the hiss of the recorder comes along."""

SHORTEST, LONGEST = 1.0, 600.0
"""Seconds: less is a slip of the button, more than ten minutes nobody follows."""

HOLE = 5.0
"""Seconds of silence between words from which people take it for the end, or for a fault."""

_FRAME = 0.05
_FULL = 32_768.0
_FLAT = 2
_MOMENTS = 3

TOO_FAST, TOO_SLOW = 0.5, 2.0
"""Shares of the length a line is taken to have, outside of which words were lost or repeated."""

_LEAST_APART = 1.5


class Doubt(NamedTuple):
    """What is wrong, and what to do about it, as the officer reads it."""

    message: str
    mend: str


def doubts(
    samples: NDArray[np.int16], heard: NDArray[np.int16], rate: int, expected: float = 0.0
) -> tuple[Doubt, ...]:
    """Everything wrong.

    Args:
        samples: as they were decoded, mono.
        heard: the same without silence at its ends.
        rate: samples a second of both.
        expected: seconds that its words should take, 0: nobody knows.
    """
    seconds = len(heard) / rate
    length = _against(seconds, expected) if expected else _length(seconds)
    found = (
        _clipping(samples, rate),
        _quiet(samples),
        _noise(heard, rate),
        _hole(heard, rate),
        length,
    )
    return tuple(one for one in found if one)


def clipped_tops(samples: NDArray[np.int16]) -> NDArray[np.intp]:
    """Where the wave is cut off: runs of RUN samples near full scale that hardly differ."""
    wide = samples.astype(np.int32)
    flat = (np.abs(np.diff(wide)) <= _FLAT) & (np.abs(wide[1:]) >= CLIPPED)
    steps = np.diff(np.concatenate([[0], flat.astype(np.int8), [0]]))
    starts, ends = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    return starts[ends - starts >= RUN - 1]


def levels(samples: NDArray[np.int16], rate: int) -> tuple[float, float]:
    """dBFS of speech (the loudest tenth of moments) and of its pauses (the quietest tenth)."""
    size = max(1, round(_FRAME * rate))
    count = len(samples) // size
    if not count:
        return -120.0, -120.0
    frames = samples[: count * size].reshape(count, size).astype(np.float64) / _FULL
    power = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    return float(np.percentile(power, 90)), float(np.percentile(power, 10))


def _clipping(samples: NDArray[np.int16], rate: int) -> Doubt | None:
    tops = clipped_tops(samples)
    minutes = len(samples) / rate / 60
    if len(tops) <= max(RUN, MOST_CLIPPED * minutes):
        return None
    moments = dict.fromkeys(length_clock(top / rate) for top in tops)
    shown = ", ".join(list(moments)[:_MOMENTS]) + ("…" if len(moments) > _MOMENTS else "")
    mend = "ghi lại, để máy xa miệng hơn hoặc vặn nhỏ micrô"
    return Doubt(f"tiếng bị vỡ ở {len(tops)} chỗ vì ghi quá to (lúc {shown})", mend)


def _quiet(samples: NDArray[np.int16]) -> Doubt | None:
    loudest = int(np.abs(samples.astype(np.int32)).max(initial=0))
    level = 20 * np.log10(max(loudest, 1) / _FULL)
    if level >= QUIETEST:
        return None
    mend = "ghi lại, nói gần máy hơn hoặc vặn to micrô"
    return Doubt(f"ghi quá nhỏ (chỗ to nhất {level:.0f} dB)", mend)


def _noise(heard: NDArray[np.int16], rate: int) -> Doubt | None:
    speech, floor = levels(heard, rate)
    if len(heard) < 2 * rate or speech - floor >= LEAST_DISTANCE:
        return None  # too short to have pauses by which to know
    message = (
        f"tiếng ồn nền to, chỉ nhỏ hơn lời {speech - floor:.0f} dB (nên từ {LEAST_DISTANCE:g})"
    )
    return Doubt(message, "ghi lại ở chỗ yên, tắt quạt, đóng cửa, nói gần máy hơn")


def _hole(heard: NDArray[np.int16], rate: int) -> Doubt | None:
    """A silence in the middle: a page was turned, somebody came in, the phone rang.

    pydub is at home here: it finds silences longer than a given one and quieter than a given
    level, to half a second, as these are told. What cuts and fades goes by samples instead, since
    pydub rounds to milliseconds.
    """
    speech, floor = levels(heard, rate)
    if len(heard) < HOLE * rate or speech - floor < LEAST_DISTANCE:
        return None  # in noise nobody can tell where somebody speaks
    sound = _pydub().AudioSegment(
        heard.astype("<i2").tobytes(), sample_width=2, frame_rate=rate, channels=1
    )
    found = _pydub().silence.detect_silence(
        sound, round(1000 * HOLE), (speech + floor) / 2, seek_step=500
    )
    if not found:
        return None
    longest = max(stop - start for start, stop in found) / 1000
    shown = ", ".join(length_clock(start / 1000) for start, _ in found[:_MOMENTS])
    more = "…" if len(found) > _MOMENTS else ""
    mend = "ghi lại, hoặc cắt bớt chỗ lặng"
    return Doubt(f"im lặng tới {longest:.0f} giây giữa chừng (lúc {shown}{more})", mend)


@cache
def _pydub() -> ModuleType:
    """pydub, without its warning that there is no ffmpeg: it only gets samples here.

    Its own regular expressions and its audioop warn on newer Pythons too, for its authors to mend.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pydub.silence  # noqa: PLC0415 - imported where its warnings are silenced
    return pydub  # type: ignore[no-any-return]


def _against(seconds: float, expected: float) -> Doubt | None:
    """Whether words are missing or said twice: a length far from what they should take."""
    if abs(seconds - expected) < _LEAST_APART:
        return None  # a breath more or less in a short line
    told = f"dài {seconds:.0f} giây, trong khi câu này đọc chừng {expected:.0f} giây"
    if seconds < expected * TOO_FAST:
        return Doubt(f"chỉ {told}", "nghe lại xem có thiếu lời hay đọc nhanh quá không")
    if seconds > expected * TOO_SLOW:
        return Doubt(told, "nghe lại xem có đọc lặp hay dừng lâu quá không")
    return None


def _length(seconds: float) -> Doubt | None:
    if seconds < SHORTEST:
        return Doubt(f"chỉ dài {seconds:.1f} giây", "nghe lại xem có bị cắt mất lời không")
    if seconds > LONGEST:
        return Doubt(f"dài {seconds / 60:.0f} phút", "chia thành nhiều bản ghi ngắn hơn")
    return None
