"""espeak-ng: the engine that is always there, offline, for tests and when nothing better is.

The library speaks in a process of its own (`espeak_worker`): it is not thread-safe, and a crash or
a hang there costs one line's second attempt, not the officer's evening.
"""

from __future__ import annotations

import subprocess
import sys
import threading
from bisect import bisect_left
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import espeakng_loader
import numpy as np

from broadcast.errors import EngineError
from broadcast.speech import espeak_worker
from broadcast.speech.clauses import cut
from broadcast.speech.engine import (
    Speech,
    UntilClosed,
    Voice,
    clean,
    closed,
    is_sayable,
    pick_voice,
)
from broadcast.speech.joining import join
from broadcast.vietnamese.characters import shorten
from broadcast.vietnamese.pauses import SECONDS, segments

if TYPE_CHECKING:
    from collections.abc import Sequence

    from broadcast.domain.script import Speaker
    from broadcast.domain.station import Region, Voices
    from broadcast.vietnamese.pauses import Pause

LONGEST = 400
"""Characters spoken at once: some 30 seconds, so that a crash or a stop is never far away."""

SPEAKERS = tuple(f"f{n}" for n in range(1, 6)) + tuple(f"m{n}" for n in range(1, 9))
"""espeak-ng's own variants of a voice: women's and men's."""

WOMEN, MEN = "f5", "m3"
"""By a recogniser over 483 syllables at 190 a minute: f5 69 % wrong, f3 68, m3 82, m7 80. Over 197,
where a few per cent are chance: f5 70, f2 66, f1 and f4 above 80, all other men's 81 to 89.
m3 lies an octave below f5 (80 and 160 Hz)."""

LANGUAGES: dict[Region, str] = {
    "bắc": "lang/aav/vi",
    "trung": "vi-vn-x-central",
    "nam": "vi-vn-x-south",
}
"""The library's voice for each region: by its file where espeak-ng can open that, else by name."""

ESPEAK_RATES = (80, 100, 120, 140, 160, 180, 200, 240, 280, 320)
"""espeak-ng's "words a minute" at which SYLLABLE_RATES were measured; below 80 it has no slower."""

SYLLABLE_RATES: dict[Region, tuple[int, ...]] = {
    "bắc": (120, 143, 173, 204, 234, 266, 294, 358, 420, 494),
    "trung": (118, 140, 170, 201, 230, 262, 289, 353, 414, 490),
    "nam": (115, 138, 166, 197, 224, 256, 283, 346, 410, 484),
}
"""Syllables a minute that come out at ESPEAK_RATES.

Measured with espeakng-loader 0.2.4 over the station's own ready pieces as they are read aloud (138
lines, 2,044 syllables): all syllables over all seconds, pauses within the lines included, the mean
of f5 and m3, which lie 1.5 % to either side. A piece of 250 syllables comes within 4 % of the
figure; single lines of 15 syllables scatter by 14 %, as they have more or fewer commas.
"""

_CUT = 2
"""To be raised when the same text is cut into other parts, or they are joined otherwise."""

_TABLES = LANGUAGES, ESPEAK_RATES, SYLLABLE_RATES, SECONDS, espeak_worker.PITCH_RANGE
_TUNING = crc32(repr((_CUT, LONGEST, *_TABLES)).encode())
"""Part of the identity: speech cached under other tables must not be taken for this one's."""

_WORKER = Path(espeak_worker.__file__)
_ATTEMPTS = 2
_GRACE = 5.0
"""Seconds that the worker has to end itself before it is ended."""


class EspeakEngine(UntilClosed):
    """Engine "espeak": espeak-ng with its Vietnamese data, as the package espeakng-loader has it.

    Args:
        worker: the script that speaks; another one only to try what happens when it fails.
    """

    name = "espeak"
    speakers = SPEAKERS

    def __init__(self, worker: Path = _WORKER) -> None:
        self.identity = f"espeakng-loader {version('espeakng-loader')}, tuning {_TUNING:08x}"
        self._worker = worker
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()
        self._open = True

    def speaker(self, part: Speaker, voices: Voices) -> Voice:
        """f5 for the women's part, m3 for the men's, unless the station chose others."""
        return pick_voice(part, voices, SPEAKERS, WOMEN, MEN)

    def synthesize(self, text: str, voice: Voice, pauses: Sequence[Pause] = ()) -> Speech:
        """Read `text`: 22,050 Hz; long texts are cut at sentences and joined with their pauses.

        Each part up to a pause is spoken by itself, with the tune its mark asks for; the silence
        between is made here, less what espeak-ng itself leaves at the edges.
        """
        with self._turn:
            if not self._open:
                raise closed(self.name)
            spoken = (
                (np.frombuffer(self._read(part, voice), "<i2"), silence)
                for part, silence in segments(text, pauses, voice.rate)
            )
            return Speech(join(spoken, espeak_worker.RATE), espeak_worker.RATE)

    def close(self) -> None:
        """End the worker; it goes by itself when its stdin ends."""
        with self._turn:
            self._open = False
            process, self._process = self._process, None
            if process:
                _end(process)

    def _read(self, text: str, voice: Voice) -> bytes:
        """Samples of a text without pauses of ours."""
        said = clean(text)
        parts = cut(said, LONGEST) if is_sayable(said) else ()
        return b"".join(self._say(part, voice, part is not parts[-1]) for part in parts)

    def _say(self, text: str, voice: Voice, pause: bool) -> bytes:
        """Samples of a short text; a worker that died or hung is replaced once."""
        name = f"{LANGUAGES[voice.region]}+{voice.speaker}".encode()
        data = text.encode()
        rate = espeak_rate(voice.rate, voice.region)
        request = espeak_worker.REQUEST.pack(len(name), rate, pause, len(data)) + name + data
        for _ in range(_ATTEMPTS):
            answer = self._ask(request)
            if answer and answer[0] == espeak_worker.STALE:
                self._drop()
                answer = self._ask(request)
            if answer and answer[0] == espeak_worker.SOUND:
                return answer[1]
            if answer:
                raise _failed(text, answer[1].decode())
        raise _failed(text, "bộ đọc espeak-ng dừng đột ngột hai lần")

    def _ask(self, request: bytes) -> tuple[int, bytes] | None:
        """The worker's answer; None if it died over the request (then there is no worker)."""
        process = self._process = self._process or self._start()
        assert process.stdin and process.stdout  # noqa: S101 - both are pipes, for mypy
        # The worker ends itself when a text hangs; this is for one that cannot even do that.
        limit = espeak_worker.seconds_allowed(len(request)) + _GRACE
        watch = threading.Timer(limit, process.kill)
        watch.daemon = True
        watch.start()
        try:
            process.stdin.write(request)
            process.stdin.flush()
            head = process.stdout.read(espeak_worker.ANSWER.size)
            if len(head) == espeak_worker.ANSWER.size:
                kind, size = espeak_worker.ANSWER.unpack(head)
                body = process.stdout.read(size)
                if len(body) == size:
                    return kind, body
        except OSError:
            pass
        except BaseException:  # Ctrl-C in the middle: the rest of the answer must not be read later
            self._drop()
            raise
        finally:
            watch.cancel()
        self._drop()
        return None

    def _start(self) -> subprocess.Popen[bytes]:
        library = Path(espeakng_loader.get_library_path())
        data = Path(espeakng_loader.get_data_path())
        paths = [str(path.resolve()) for path in (self._worker, library, data)]
        try:
            return subprocess.Popen(
                [sys.executable, "-I", "-S", *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError as error:
            raise EngineError(
                "Không mở được bộ đọc “espeak”",
                f"không chạy được tiến trình đọc: {error}",
                "khởi động lại máy; nếu vẫn lỗi thì cài lại chương trình",
            ) from error

    def _drop(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            _end(process)


def espeak_rate(syllables: int, region: Region) -> int:
    """The espeak-ng rate for so many syllables a minute, between measured points in a line.

    What is slower or faster than the table is drawn to its ends.
    """
    table = SYLLABLE_RATES[region]
    right = bisect_left(table, syllables)
    if right == 0:
        return ESPEAK_RATES[0]
    if right == len(table):
        return ESPEAK_RATES[-1]
    share = (syllables - table[right - 1]) / (table[right] - table[right - 1])
    return round(ESPEAK_RATES[right - 1] + share * (ESPEAK_RATES[right] - ESPEAK_RATES[right - 1]))


def _end(process: subprocess.Popen[bytes]) -> None:
    """Close the pipes and wait; a worker that will not go is killed."""
    for pipe in (process.stdin, process.stdout):
        try:
            if pipe:
                pipe.close()
        except OSError:  # what was not written yet is of no use to a dead process
            continue
    try:
        process.wait(timeout=2)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _failed(text: str, happened: str) -> EngineError:
    return EngineError(
        f"Không đọc được câu “{shorten(text, 80)}”",
        happened,
        "viết lại câu này cho đơn giản rồi đọc lại",
    )
