"""Piper: neural voices, offline once a voice is there.

Piper's chance (noise in pitch and lengths) is switched off: with it the same line would sound
otherwise in every render, and unchanged programmes could not be told from changed ones.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

import miniaudio
import numpy as np
import onnxruntime
from piper.config import PiperConfig, SynthesisConfig
from piper.voice import PiperVoice

from broadcast.errors import BroadcastError, EngineError
from broadcast.speech import piper_voices
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
from broadcast.speech.joining import join, trimmed
from broadcast.storage import known_digest, storage_error
from broadcast.vietnamese.characters import count_syllables
from broadcast.vietnamese.pauses import find, segments

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from broadcast.domain.script import Speaker
    from broadcast.domain.station import Voices
    from broadcast.speech.piper_voices import PiperFiles
    from broadcast.vietnamese.pauses import Pause

RATE = 22_050
"""Hz of what comes out, whatever the voice's own."""

LONGEST = 400
"""Characters spoken at once: memory grows with the square of it."""

TRIAL = (
    "Kính thưa bà con, đây là chương trình truyền thanh của xã. Mời bà con nghe cách nộp hồ sơ ở "
    "bộ phận một cửa, và những giấy tờ cần mang theo khi đến làm thủ tục."
)
"""A sentence of everyday length, by which a voice's own pace is measured."""

_SLOWEST_SCALE, _FASTEST_SCALE = 2.5, 0.4
_CUT = 1
"""To be raised when texts are cut or joined otherwise."""

_TITLE = "Không đọc được"

_RAW = str.maketrans("[]", "()")
"""[[ ]] would be taken for phonemes."""


class PiperEngine(UntilClosed):
    """Engine "piper" with the voices of this machine, or of `where`.

    Raises:
        EngineError: there is no voice.
    """

    name = "piper"

    def __init__(self, where: Path | None = None) -> None:
        voices = piper_voices.installed(where)
        if not voices:
            raise EngineError(
                "Không mở được bộ đọc “piper”",
                "máy này chưa có giọng Piper tiếng Việt nào",
                "thêm giọng: broadcast voice add TỆP.onnx (README: nơi tải)",
            )
        self._voices = {choice: one for one in voices for choice in one.choices}
        self.speakers = tuple(self._voices)
        self.identity = f"piper-tts {version('piper-tts')}, cut {_CUT}"
        self._loaded: dict[str, _Loaded] = {}
        self._digests: dict[str, str] = {}
        self._turn = threading.Lock()
        self._open = True

    def speaker(self, part: Speaker, voices: Voices) -> Voice:
        """The station's choice, else the first voice for women's parts and the second for men's."""
        second = self.speakers[min(1, len(self.speakers) - 1)]
        chosen = pick_voice(part, voices, self.speakers, self.speakers[0], second)
        return replace(chosen, files=self._digest(chosen.speaker))

    def synthesize(self, text: str, voice: Voice, pauses: Sequence[Pause] = ()) -> Speech:
        """Read `text`: 22,050 Hz.

        Cut at pauses between sentences and clauses; those in a list are the voice's own, which
        needs the words around for its tune.
        """
        with self._turn:
            if not self._open:
                raise closed(self.name)
            loaded = self._load(voice)
            kept = [one for one in pauses or find(text) if one.kind != "list"]
            parts = segments(text, kept, voice.rate)
            said = ((loaded.read(part, voice), silence) for part, silence in parts)
            return Speech(join(said, RATE), RATE)

    def close(self) -> None:
        """Let go of the models."""
        with self._turn:
            self._open = False
            self._loaded.clear()

    def _load(self, voice: Voice) -> _Loaded:
        choice = voice.speaker
        if choice not in self._voices or (voice.files and voice.files != self._digest(choice)):
            happened = f"giọng {choice} trên máy này không có, hoặc khác giọng cần đọc"
            raise BroadcastError(_TITLE, happened, "cài giọng giống nhau trên các máy rồi làm lại")
        if choice not in self._loaded:
            self._loaded[choice] = _Loaded(self._voices[choice], choice)
        return self._loaded[choice]

    def _digest(self, choice: str) -> str:
        """What makes a speaker's sound: other voices may come and go beside it."""
        if choice not in self._digests:
            try:
                self._digests[choice] = self._voices[choice].digest
            except OSError as error:
                raise storage_error(error, title=_TITLE) from error
        return self._digests[choice]


class _Loaded:
    """A speaker of a voice in memory, with the pace that is its own."""

    def __init__(self, files: PiperFiles, choice: str) -> None:
        self._files = files
        try:
            self._voice = _opened(files.model)
        except Exception as error:  # onnxruntime has no class for what is wrong with a file
            raise EngineError(
                f"Không mở được giọng {files.name}",
                "tệp giọng bị hỏng hoặc không phải của Piper",
                f"bỏ rồi thêm lại: broadcast voice remove {files.name}",
            ) from error
        ids = self._voice.config.speaker_id_map
        self._speaker = ids.get(choice.partition("/")[2]) if files.speakers else None
        self._own = self._own_pace(choice)

    def read(self, text: str, voice: Voice) -> NDArray[np.int16]:
        """Samples of a text at `RATE`, without silence at their ends."""
        said = clean(text).translate(_RAW)
        if not is_sayable(said):
            return np.zeros(0, np.int16)
        scale = min(max(self._own / voice.rate, _FASTEST_SCALE), _SLOWEST_SCALE)
        parts = [one for part in cut(said, LONGEST) for one in self._say(part, scale)]
        samples = np.concatenate(parts) if parts else np.zeros(0, np.int16)
        return trimmed(self._resampled(samples), RATE)

    def _say(self, text: str, scale: float) -> Iterator[NDArray[np.int16]]:
        how = SynthesisConfig(
            speaker_id=self._speaker, length_scale=scale, noise_scale=0.0, noise_w_scale=0.0
        )
        try:
            for chunk in self._voice.synthesize(text, how):
                yield chunk.audio_int16_array
        except Exception as error:
            raise EngineError(
                f"Giọng {self._files.name} không đọc được câu “{text}”",
                str(error),
                "viết lại câu này, hoặc chọn giọng khác",
            ) from error

    def _resampled(self, samples: NDArray[np.int16]) -> NDArray[np.int16]:
        if self._files.rate == RATE or not samples.size:
            return samples
        signed = miniaudio.SampleFormat.SIGNED16
        sound = miniaudio.convert_frames(
            signed, 1, self._files.rate, samples.tobytes(), signed, 1, RATE
        )
        return np.frombuffer(bytes(sound), np.int16)

    def _own_pace(self, choice: str) -> float:
        """Syllables a minute at the voice's own pace: measured once, then kept beside it."""
        path = self._files.model.with_name(self._files.name + piper_voices.PACE)
        key = f"{self._files.digest} {choice}"
        known: dict[str, float] = {}
        with suppress(OSError, ValueError, TypeError):
            known = {str(one): float(pace) for one, pace in json.loads(path.read_text()).items()}
        if key not in known:
            spoken = np.concatenate(list(self._say(TRIAL, 1.0)))
            sounding = trimmed(spoken, self._files.rate).size / self._files.rate
            known[key] = round(60 * count_syllables(TRIAL) / max(sounding, 1.0), 1)
            with suppress(OSError):  # a folder that cannot be written to is measured every time
                path.write_text(json.dumps(known))
        return known[key]


_SESSIONS: WeakValueDictionary[str, onnxruntime.InferenceSession] = WeakValueDictionary()
_OPENING = threading.Lock()


def _opened(model: Path) -> PiperVoice:
    """A voice whose model is in memory once, however many threads read with it.

    Each of them computes alone: every worker has a line of its own, and onnxruntime's threads
    beside it only get in each other's way. 20 lines by 2 workers on 2 cores took 29 CPU seconds
    before and 21 since, the peak of memory went from 690 to 500 MB; the samples are the same.
    """
    settings = json.loads(piper_voices.settings_of(model).read_text("utf-8"))
    key = known_digest(model)
    with _OPENING:
        session = _SESSIONS.get(key)
        if session is None:
            alone = onnxruntime.SessionOptions()
            alone.intra_op_num_threads = 1
            alone.enable_mem_pattern = False  # a plan for each length of line there ever was
            session = onnxruntime.InferenceSession(
                str(model), alone, providers=["CPUExecutionProvider"]
            )
            _SESSIONS[key] = session
    return PiperVoice(session, PiperConfig.from_dict(settings))
