"""Levels drawn in block characters: a sound from left to right, and the meter while one records.

What is too loud has a sign besides its colour. Pure text, and a widget that fits it to its width.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget

from broadcast.domain.wording import length_clock

if TYPE_CHECKING:
    from broadcast.audio.levels import Levels
    from broadcast.audio.recorder import Level

CLIPPED = "!"
"""Stands where a sound is cut off."""

FLOOR = -48.0
"""dBFS drawn as nothing at all: what is quieter, a horn does not carry."""

GOOD = (-24.0, -3.0)
"""dBFS within which the peaks of somebody who speaks at the right distance are."""

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_FULL = 8
_TOLD = 4


def height(share: float) -> float:
    """How high a share of full scale is drawn, 0 to 1: by decibels, as ears have it."""
    if share <= 0:
        return 0.0
    return min(1.0, max(0.0, 1 - 20 * math.log10(share) / FLOOR))


def waveform(levels: Levels, width: int, rows: int = 1) -> Content:
    """A sound in `width` cells and `rows` lines: what is heard full, its peaks pale above."""
    if width < 1:
        return Content()
    shown = levels.narrowed(width)
    cut = shown.clipped_columns()
    peaks = [round(height(one) * rows * _FULL) for one in shown.peaks]
    heard = [round(height(one) * rows * _FULL) for one in shown.rms]
    lines = []
    for row in range(rows - 1, -1, -1):
        top = cut if row == rows - 1 else frozenset[int]()
        cells = [
            _CUT if n in top else _cell(peak - row * _FULL, own - row * _FULL)
            for n, (peak, own) in enumerate(zip(peaks, heard, strict=True))
        ]
        lines.append(Content.assemble(*_joined(cells)))
    return Content("\n").join(lines)


_Cell = tuple[str, str]
_CUT: _Cell = (CLIPPED, "bold $error")


def _cell(peak: int, heard: int) -> _Cell:
    """One cell, of how many eighths up to the peak and to what is heard."""
    if heard >= _FULL:
        return "█", "$primary"
    if heard > 0:
        return _EIGHTHS[heard], "$primary on $primary 30%" if peak >= _FULL else "$primary"
    return _EIGHTHS[max(0, min(peak, _FULL))], "$primary 40%"


def _joined(cells: Sequence[_Cell]) -> list[_Cell]:
    """The cells, those of one style together."""
    found: list[_Cell] = []
    for text, style in cells:
        if found and found[-1][1] == style:
            found[-1] = (found[-1][0] + text, style)
        else:
            found.append((text, style))
    return found


def clips_text(levels: Levels) -> Content:
    """At which moments it is cut off, "" where it is not."""
    if not levels.clips:
        return Content()
    moments = list(dict.fromkeys(length_clock(one) for one in levels.clips))
    more = f" và {len(moments) - _TOLD} lúc nữa" if len(moments) > _TOLD else ""
    return Content.styled(f"{CLIPPED} vỡ tiếng lúc {', '.join(moments[:_TOLD])}{more}", "$error")


def meter(level: Level, width: int) -> Content:
    """How loud it is right now, and in words whether that is right.

    Args:
        width: cells of the bar; the words come after it.
    """
    from broadcast.audio.recorder import meter_share  # noqa: PLC0415 - it is loaded by then

    full = round(level.share * width)
    low, high = (round(meter_share(edge) * width) for edge in GOOD)
    word, colour = _told(level)
    rest = "".join("┊" if n in {low, high} else "░" for n in range(full, width))
    return Content.assemble(("█" * full, colour), (rest, "$foreground 50%"), (f"  {word}", colour))


def _told(level: Level) -> tuple[str, str]:
    if level.clipped:
        return f"{CLIPPED} QUÁ TO", "bold $error"
    if level.peak < GOOD[0]:
        return "hơi nhỏ", "$warning"
    return ("vừa", "$success") if level.peak <= GOOD[1] else ("hơi to", "$warning")


class Waveform(Widget):
    """Levels, as wide as there is room; nothing while there are none.

    Args:
        tells: whether the last line says at which moments it is cut off, if it is.
    """

    levels: reactive[Levels | None] = reactive(None)

    def __init__(self, *, tells: bool = True, id: str) -> None:  # noqa: A002 - Textual's word
        super().__init__(id=id)
        self.tells = tells

    def render(self) -> Content:
        """The picture, in as many lines as the style gives it."""
        if self.levels is None or not self.size.height:
            return Content()
        told = clips_text(self.levels) if self.tells else Content()
        rows = self.size.height
        if told and rows > 1:
            return Content("\n").join([waveform(self.levels, self.size.width, rows - 1), told])
        return waveform(self.levels, self.size.width, rows)
