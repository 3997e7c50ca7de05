"""What a speech engine is, what it gives, and which engines there are.

Importing this module loads no engine and no numpy: names are looked up without importing, and only
the engine asked for is loaded.
"""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Literal, Protocol, Self, cast

from broadcast.domain.station import FASTEST, REGIONS, SLOWEST, Region
from broadcast.errors import EngineError, InputError
from broadcast.vietnamese.characters import nfc

if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import TracebackType

    import numpy as np
    from numpy.typing import NDArray

    from broadcast.domain.script import Speaker
    from broadcast.domain.station import Voices
    from broadcast.vietnamese.pauses import Pause


@dataclass(frozen=True, slots=True)
class About:
    """What an engine can, known without loading it.

    `where` is its module and factory, `title` what the officer reads. `rates`: it reads at any
    rate, or only at two (usual and slow). `exact_pauses`: silence is as long as it is asked for
    everywhere, else only where a text is cut. `regions`: whose Vietnamese it speaks, empty where
    that hangs on the voice. `pitch`: it can be asked for another pitch. An `online` engine sends
    the text to somebody else's machine, so the station is asked before. A `dear` one takes so long
    that what it read is kept. `extra`: what has to be installed for it, "" nothing.
    """

    where: str
    title: str
    rates: Literal["any", "two"] = "any"
    exact_pauses: bool = True
    regions: tuple[Region, ...] = REGIONS
    pitch: bool = False
    online: bool = False
    dear: bool = False
    extra: str = ""


ENGINES: dict[str, About] = {
    "espeak": About(
        "broadcast.speech.espeak:EspeakEngine", "espeak-ng: nghe rõ là máy, luôn có, không cần mạng"
    ),
    "gtts": About(
        "broadcast.speech.gtts:GttsEngine",
        "Google: giọng tự nhiên, một giọng, cần mạng; lời được gửi tới Google",
        rates="two",
        exact_pauses=False,
        regions=("bắc",),
        online=True,
        dear=True,
    ),
    "piper": About(
        "broadcast.speech.piper:PiperEngine",
        "Piper: giọng tự nhiên, không cần mạng, phải thêm giọng trước",
        exact_pauses=False,
        regions=(),
        dear=True,
        extra="neural",
    ),
    "tone": About("broadcast.speech.tone:ToneEngine", "tiếng thử"),
}
"""Every engine by its name."""

AUTO = "auto"
"""Not an engine: the best of them that can read a programme, chosen by `workflow.voice_choice`."""

_HIDDEN = frozenset({"tone"})


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """Sound as samples: `samples` one-dimensional int16 (mono), `rate` in Hz."""

    samples: NDArray[np.int16]
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / self.rate


@dataclass(frozen=True, slots=True)
class Voice:
    """Who reads: the engine's own `speaker` name, syllables a minute, and whose Vietnamese.

    `files`: digest of what makes this voice's sound beside the engine, "" where nothing does.
    """

    speaker: str
    rate: int
    region: Region = "bắc"
    files: str = ""


class Engine(Protocol):
    """Text to speech; the same text and voice always give the same samples.

    One engine serves one thread at a time.
    """

    @property
    def name(self) -> str:
        """The name it is chosen by."""
        ...

    @property
    def identity(self) -> str:
        """What makes its sound: library and data with their versions, and our own tuning.

        What makes the sound of one of its voices only is in `Voice.files`.
        """
        ...

    @property
    def speakers(self) -> tuple[str, ...]:
        """Names that a station may give its women's and men's parts."""
        ...

    def speaker(self, part: Speaker, voices: Voices) -> Voice:
        """The voice that reads a script's `part` at this station.

        Raises:
            InputError: the station names a speaker, region or rate that this engine has not.
        """
        ...

    def synthesize(self, text: str, voice: Voice, pauses: Sequence[Pause] = ()) -> Speech:
        """Read `text` aloud, as one utterance; nothing to say gives zero samples.

        At `pauses` there is silence of the length that `vietnamese.pauses` gives, whatever the
        engine makes of marks; without any it pauses at marks as it does by itself.

        Raises:
            EngineError: the engine failed, or was closed before.
        """
        ...

    def close(self) -> None:
        """Let go of processes and models; closing twice is fine."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Keep(Protocol):
    """Where speech is kept by key (64 hex digits) from one run to the next."""

    def get(self, key: str) -> Speech | None:
        """What was kept for `key`, None if nothing."""
        ...

    def put(self, key: str, speech: Speech) -> None:
        """Keep `speech` for `key`."""
        ...


class UntilClosed(ABC):
    """What `with` does for every engine: in the end it is closed."""

    @abstractmethod
    def close(self) -> None:
        """Let go of everything."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def engine_names() -> tuple[str, ...]:
    """Engines an officer may choose from; nothing is imported."""
    return tuple(name for name in ENGINES if name not in _HIDDEN)


def open_engine(name: str, keep: Keep | None = None) -> Engine:
    """The engine of that name, ready to speak; the caller closes it.

    Args:
        keep: where an online engine keeps each answer, so that a line cut off goes on from there.

    Raises:
        InputError: no such engine.
        EngineError: it is known, but cannot run on this machine.
    """
    if name not in ENGINES:
        raise InputError(
            "Không mở được giọng đọc",
            f"không có bộ đọc tên “{name}”",
            f"chọn một trong các bộ đọc: {', '.join((*engine_names(), AUTO))}",
        )
    about = ENGINES[name]
    module, _, factory = about.where.partition(":")
    try:
        made = getattr(import_module(module), factory)
        return cast("Engine", made(keep=keep) if about.online and keep else made())
    except ImportError as error:
        raise EngineError(
            f"Không mở được bộ đọc “{name}”",
            f"thiếu thư viện {error.name or error}",
            _install(about),
        ) from error


def _install(about: About) -> str:
    if about.extra:
        return f"cài thêm: pip install 'broadcast[{about.extra}]', hoặc chọn bộ đọc khác"
    return "cài lại chương trình rồi thử lại"


def pick_voice(
    part: Speaker, voices: Voices, speakers: tuple[str, ...], women: str, men: str
) -> Voice:
    """The voice for `part`: the station's choice, or else the engine's `women` or `men`.

    Raises:
        InputError: the speaker, the region or the rate is not to be had.
    """
    chosen = (voices.men or men) if part == "NAM" else (voices.women or women)
    if chosen not in speakers:
        raise _no_voice(f"không có giọng “{chosen}”", f"chọn một trong: {', '.join(speakers)}")
    region = next((one for one in REGIONS if one == clean(voices.region)), None)
    if region is None:
        raise _no_voice(
            f"không có vùng giọng “{voices.region}”", f"chọn một trong: {', '.join(REGIONS)}"
        )
    if not SLOWEST <= voices.rate <= FASTEST:
        raise _no_voice(
            f"tốc độ {voices.rate} âm tiết một phút là không hợp lý",
            f"chọn từ {SLOWEST} đến {FASTEST}",
        )
    return Voice(chosen, voices.rate, region)


def clean(text: str) -> str:
    """`text` in NFC, without control and invisible characters, single-spaced.

    Engines take control characters, stray surrogates and private-use characters for commands or
    stumble over them; nobody can hear them.
    """
    kept = (" " if unicodedata.category(one)[0] in "CZ" else one for one in _composed(text))
    return " ".join("".join(kept).split())


def is_sayable(text: str) -> bool:
    """Whether there is a letter or digit to say, not only punctuation and space."""
    return any(one.isalnum() for one in text)


def closed(name: str) -> EngineError:
    """The error of an engine that is used after it was closed."""
    return EngineError(
        "Không đọc được", f"bộ đọc “{name}” đã đóng", "mở lại bộ đọc rồi đọc lại từ đầu"
    )


def _composed(text: str) -> str:
    """NFC, with invisible joiners inside words taken out rather than made into spaces."""
    return nfc(text.translate(_INVISIBLE))


_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))


def _no_voice(happened: str, mend: str) -> InputError:
    return InputError("Không chọn được giọng đọc", happened, f"{mend} (mục voices của đài)")
