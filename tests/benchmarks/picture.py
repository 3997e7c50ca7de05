"""A programme's sound as a picture: `python -m tests.benchmarks.picture FILE.mp3 OUT.svg`.

Above the waveform (least and greatest sample of each column), below loudness over time: momentary
(400 ms) thin, short-term (3 s) thick, with the integrated loudness as a line. Silences over 3 s and
clipped places are marked. Made for looking at, by us, before a listener has to hear it.
"""

from __future__ import annotations

import sys
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyebur128

from broadcast.audio.chain import speech_level
from broadcast.audio.loudness import Samples, floats
from broadcast.workflow.listen import file_audio

RATE = 22_050
WIDTH, HEIGHT, LEFT = 1400, 220, 50
_BLOCK = RATE // 10
"""Samples a step of loudness: 100 ms."""
_FLOOR, _TOP = -50.0, 0.0
"""LUFS at the lower and the upper edge."""
_CLIPPED = 32_760
_STYLE = "text{font:12px sans-serif}polyline{fill:none;stroke:#25c}"


def main(file: str, out: str) -> int:
    """Draw a sound file."""
    sound = file_audio(Path(file))
    if sound.rate != RATE:
        print(f"{file} has {sound.rate} samples a second, a programme {RATE}", file=sys.stderr)
        return 1
    samples = sound.samples
    Path(out).write_text(picture(samples, Path(file).name), encoding="utf-8")
    return 0


def picture(samples: Samples, title: str) -> str:
    """An SVG of 16-bit mono samples at RATE."""
    momentary, short, whole = loudness_over_time(samples)
    seconds = samples.size / RATE
    level = speech_level(floats(samples))
    told = f"{title}: {seconds:.1f} s, {whole:.1f} LUFS, speech {level:.1f} dB"
    inner = [
        f'<text x="{LEFT}" y="16">{_escaped(told)}</text>',
        f'<g transform="translate({LEFT},24)">{_waveform(samples)}</g>',
        f'<g transform="translate({LEFT},{HEIGHT + 40})">{_scale()}',
        _curve(momentary, 0.6, "#9bf"), _curve(short, 1.8, "#128"), _line(whole, "#c22"),
        f"</g>{_seconds(seconds)}",
    ]  # fmt: skip
    size = f'width="{WIDTH + LEFT + 10}" height="{2 * HEIGHT + 70}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{_STYLE}</style>'
    return f'{head}<rect width="100%" height="100%" fill="white"/>{"".join(inner)}</svg>'


def loudness_over_time(samples: Samples) -> tuple[list[float], list[float], float]:
    """Momentary and short-term LUFS every 100 ms, and integrated."""
    mode = pyebur128.MeasurementMode
    state = pyebur128.R128State(1, RATE, mode.MODE_I | mode.MODE_S | mode.MODE_M)
    momentary, short = [], []
    for start in range(0, samples.size, _BLOCK):
        block = floats(samples[start : start + _BLOCK])
        state.add_frames(block, block.size)
        momentary.append(pyebur128.get_loudness_momentary(state))
        short.append(pyebur128.get_loudness_shortterm(state))
    return momentary, short, float(pyebur128.get_loudness_global(state))


def _waveform(samples: Samples) -> str:
    """A column for each pixel; silences over 3 s grey, clipped columns red."""
    edges = np.linspace(0, samples.size, WIDTH + 1).astype(int)
    columns = [samples[a:b] for a, b in pairwise(edges) if b > a]
    least = [int(one.min()) for one in columns]
    most = [int(one.max()) for one in columns]
    middle, half = HEIGHT / 2, HEIGHT / 2 / 32_768
    bars = "".join(
        f'<path d="M{x} {middle - high * half:.1f}V{middle - low * half + 0.5:.1f}" '
        f'stroke="{"#c22" if max(high, -low) >= _CLIPPED else "#476"}"/>'
        for x, (low, high) in enumerate(zip(least, most, strict=True))
    )
    return "".join(_silence(a, b, samples.size) for a, b in silences(samples)) + bars


def silences(samples: Samples, least: float = 3.0, quiet: int = 40) -> list[tuple[int, int]]:
    """First sample and the one after the last of each silence of `least` seconds or more."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > quiet)
    edges = np.concatenate([[-1], loud, [samples.size]])
    long = np.flatnonzero(np.diff(edges) > least * RATE)
    return [(int(edges[n]) + 1, int(edges[n + 1])) for n in long]


def _silence(start: int, stop: int, size: int) -> str:
    x, width = start * WIDTH / size, (stop - start) * WIDTH / size
    return f'<rect x="{x:.1f}" width="{width:.1f}" height="{HEIGHT}" fill="#ddd"/>'


def _curve(values: list[float], thick: float, colour: str) -> str:
    step = WIDTH / max(1, len(values))
    points = " ".join(f"{n * step:.1f},{_y(one):.1f}" for n, one in enumerate(values))
    return f'<polyline points="{points}" style="stroke:{colour};stroke-width:{thick}"/>'


def _line(level: float, colour: str) -> str:
    return f'<path d="M0 {_y(level):.1f}H{WIDTH}" stroke="{colour}" stroke-dasharray="6 4"/>'


def _scale() -> str:
    return "".join(
        f'<path d="M0 {_y(level):.1f}H{WIDTH}" stroke="#eee"/>'
        f'<text x="-34" y="{_y(level) + 4:.1f}">{level}</text>'
        for level in range(int(_FLOOR), 1, 10)
    )


def _seconds(seconds: float) -> str:
    step = next(s for s in (1, 5, 10, 30, 60, 300, 600) if seconds / s <= 24 or s == 600)
    return "".join(
        f'<text x="{LEFT + at * WIDTH / seconds:.0f}" y="{2 * HEIGHT + 60}">'
        f"{at // 60}:{at % 60:02d}</text>"
        for at in range(0, int(seconds) + 1, step)
    )


def _y(level: float) -> float:
    held = min(max(level, _FLOOR), _TOP) if np.isfinite(level) else _FLOOR
    return HEIGHT * (_TOP - held) / (_TOP - _FLOOR)


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
