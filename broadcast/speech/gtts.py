"""Google's voice, by gTTS's requests: good to listen to, but the text leaves the house.

gTTS prepares the requests; they are sent by `net.Asker`, since gTTS itself switches the checking of
certificates off and waits without end. Asked for as few pieces as its limit allows, as it refuses
those who ask too fast; every answer is kept, so that a programme cut off goes on where it was.
"""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING
from urllib.parse import urlsplit, urlunsplit

import miniaudio
import numpy as np

from broadcast.domain.approval import heard_digest
from broadcast.errors import EngineError
from broadcast.speech.clauses import cut
from broadcast.speech.engine import (
    Keep,
    Speech,
    UntilClosed,
    Voice,
    clean,
    closed,
    is_sayable,
    pick_voice,
)
from broadcast.speech.joining import join, trimmed
from broadcast.speech.net import Asker, NetworkError, Patience
from broadcast.vietnamese.pauses import find, segments

if TYPE_CHECKING:
    from requests import PreparedRequest

    from broadcast.domain.script import Speaker
    from broadcast.domain.station import Voices
    from broadcast.vietnamese.pauses import Pause

LONGEST = 100
"""Characters the service takes at once."""

RATE = 22_050
"""Hz of what comes out; the service's own MP3 has 24,000."""

SLOW_BELOW = 150
"""Syllables a minute below which the service is asked to speak slowly: it has no other choice."""

SPEAKER = "vi"
"""Its only Vietnamese voice, a northern woman's."""

_SOUND = re.compile(r'jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"')
"""Where in an answer's text the MP3 stands, in base64."""

_TITLE, _WHO = "Chưa đọc được bằng giọng Google", "Google"
_CUT = 1
"""To be raised when texts are cut or joined otherwise."""


class GttsEngine(UntilClosed):
    """Engine "gtts".

    Args:
        keep: where every answer is kept.
        address: where to send requests instead of Google, for tests.
        patience: how long to wait for what.
    """

    name = "gtts"
    speakers = (SPEAKER,)

    def __init__(
        self, keep: Keep | None = None, address: str = "", patience: Patience | None = None
    ) -> None:
        self.identity = f"gtts {version('gTTS')}, cut {_CUT}"
        self._keep = keep
        self._address = address
        self._asker = Asker(_TITLE, _WHO, patience or Patience())
        self._turn = threading.Lock()
        self._open = True

    def speaker(self, part: Speaker, voices: Voices) -> Voice:
        """The one voice, for the women's part and the men's."""
        return pick_voice(part, voices, self.speakers, SPEAKER, SPEAKER)

    def synthesize(self, text: str, voice: Voice, pauses: Sequence[Pause] = ()) -> Speech:
        """Read `text`: 22,050 Hz; what is longer than a request is cut at its longest pauses.

        Raises:
            NetworkError: the service cannot be reached or refuses.
            EngineError: it was closed before.
        """
        with self._turn:
            if not self._open:
                raise closed(self.name)
            parts = list(segments(text, pauses or find(text), voice.rate))
            spoken = ((self._kept(said, voice), silence) for said, silence in requests_of(parts))
            return Speech(join(spoken, RATE), RATE)

    def close(self) -> None:
        """Let go of connections; returns at once, whoever is waiting for the service."""
        self._open = False
        self._asker.close()

    def _kept(self, text: str, voice: Voice) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
        """One request's samples: kept before, or asked for and kept."""
        slow = voice.rate < SLOW_BELOW
        key = heard_digest((self.identity, "request", text, str(slow)))
        if self._keep and (known := self._keep.get(key)):
            return known.samples
        mp3 = self._asker.ask(self._request(text, slow=slow), _mp3_of)
        samples = trimmed(_decoded(mp3), RATE)
        if not samples.size:
            raise NetworkError(
                _TITLE, f"{_WHO} trả về im lặng cho câu “{text}”", "viết lại câu này"
            )
        if self._keep:
            self._keep.put(key, Speech(samples, RATE))
        return samples

    def _request(self, text: str, *, slow: bool) -> PreparedRequest:
        from gtts import gTTS  # noqa: PLC0415 - loads click and much else

        made = gTTS(
            text, lang="vi", slow=slow, lang_check=False, pre_processor_funcs=[],
            tokenizer_func=lambda whole: [whole],
        )  # fmt: skip
        prepared = made._prepare_requests()
        if len(prepared) != 1:
            raise EngineError(_TITLE, f"câu dài quá {LONGEST} chữ: “{text}”", "viết câu ngắn hơn")
        request: PreparedRequest = prepared[0]
        if self._address:
            there, asked = urlsplit(self._address), urlsplit(str(request.url))
            request.url = urlunsplit((there.scheme, there.netloc, asked.path, asked.query, ""))
        return request


def answers() -> bool:
    """Whether the service reads a greeting of ours now; knows within some ten seconds."""
    patience = Patience(connect=4, silent=5, whole=8, waits=(), gap=0)
    try:
        with GttsEngine(patience=patience) as engine:
            return bool(engine.synthesize("Kính thưa bà con.", Voice(SPEAKER, 190)).seconds)
    except EngineError:
        return False


def requests_of(parts: Sequence[tuple[str, float]]) -> list[tuple[str, float]]:
    """Texts of at most LONGEST characters, each with the silence after it, in seconds.

    Parts stay together while they fit; else they are parted at the longest silence, and of several
    at the one nearest to the middle. What cannot be said falls away.
    """
    text, silence = clean(" ".join(part for part, _ in parts)), parts[-1][1]
    if len(text) <= LONGEST:
        return [(text, silence)] if is_sayable(text) else []
    if len(parts) == 1:
        said = [one for one in cut(text, LONGEST) if is_sayable(one)]
        return [(one, silence if one is said[-1] else 0.0) for one in said]
    ends = np.cumsum([len(part) for part, _ in parts])
    best = max(
        range(len(parts) - 1), key=lambda n: (parts[n][1], -abs(int(ends[n]) - ends[-1] / 2))
    )
    return requests_of(parts[: best + 1]) + requests_of(parts[best + 1 :])


def _mp3_of(answer: bytes) -> bytes:
    """The MP3 in an answer.

    Raises:
        ValueError: there is none, it is cut, or nothing can be heard of it.
    """
    found = _SOUND.search(answer.decode("utf-8", "replace"))
    if not found:
        raise ValueError("no sound in the answer")
    mp3 = base64.b64decode(found[1], validate=True)
    if not _decoded(mp3).size:
        raise ValueError("an empty sound")
    return mp3


def _decoded(mp3: bytes) -> np.ndarray[tuple[int], np.dtype[np.int16]]:
    try:
        sound = miniaudio.decode(mp3, nchannels=1, sample_rate=RATE)
    except miniaudio.DecodeError as error:
        raise ValueError(str(error)) from error
    return np.frombuffer(bytes(sound.samples), np.int16)
