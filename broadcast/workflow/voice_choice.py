"""Which voice reads a programme: asked for by name, or the best one that can be had (auto).

A voice is named by its label: the engine, and where that has no lasting default its speakers
("piper vi_VN-vais1000-medium", "gtts", "espeak"). One voice reads a whole programme. An approval
under `auto` remembers the voices that could read then: whichever of them is there may read, so that
a network that fails voids nothing, and a voice that came later waits for the next approval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from importlib.util import find_spec

from broadcast.domain.station import ONLINE_DRAFTS, ONLINE_OPEN, ONLINE_YES, Online, Station, Voices
from broadcast.errors import BroadcastError, EngineError, InputError
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.station_session import StationSession

_APPROVED = "đã duyệt"
_TITLE = "Chưa đọc được"
_AND = " + "


@dataclass(frozen=True, slots=True)
class Choice:
    """The voice for one programme: its label, the station's wishes as its engine takes them, why.

    `why` says what was passed over, "" where the station named the engine.
    """

    label: str
    voices: Voices
    why: str = ""

    @property
    def engine(self) -> str:
        """The engine's name."""
        return self.voices.engine


def google_answers() -> bool:
    """Whether Google's voice can be had now; asks it to read a greeting of ours."""
    from broadcast.speech.gtts import answers  # noqa: PLC0415 - loads the network

    return answers()


@dataclass(slots=True)
class Chooser:
    """Chooses for one run; what failed in it is not tried again.

    Args:
        engine: asked for by a person for this run; "": the station's.
        answers: whether Google can be reached, asked once and only if it matters.
    """

    station: Station
    engine: str = ""
    answers: Callable[[], bool] = google_answers
    _down: dict[str, str] = field(default_factory=dict, init=False)
    _answered: bool | None = field(default=None, init=False)

    def choose(self, hearing: Hearing) -> Choice:
        """The first voice that may read this script and can.

        Raises:
            InputError: none of those approved is there, or nobody allowed sending the text.
        """
        approved = hearing.state == _APPROVED
        passed: list[str] = []
        for label in self.allowed(hearing):
            reason = self._down.get(label) or self._missing(label, approved=approved)
            if reason:
                passed.append(f"{label}: {reason}")
                continue
            why = "; ".join(passed)
            return Choice(label, _voices_of(label, self.station.voices), why)
        raise self._nobody(passed, approved=approved)

    def allowed(self, hearing: Hearing) -> tuple[str, ...]:
        """Labels of the voices that may read this script, best first."""
        voices = self._voices()
        approval = hearing.script.approval if hearing.state == _APPROVED else None
        if approval and approval.voices and voices.engine == self.station.voices.engine:
            return approval.voices
        return candidates(voices, approved=approval is not None)

    def pass_over(self, choice: Choice, error: EngineError) -> bool:
        """Give up a voice that failed for the rest of this run; whether another may be tried."""
        if self._voices().engine != "auto" or choice.label == "espeak":
            return False
        self._down[choice.label] = error.happened or error.title
        return True

    def _nobody(self, passed: list[str], *, approved: bool) -> InputError:
        online = self.station.voices.online
        mend = "duyệt lại với giọng có trên máy này"
        if not_sent(online, approved=approved) and any(one.startswith("gtts") for one in passed):
            first = "" if approved or online != ONLINE_YES else "duyệt trước; "
            mend = f"{first}{how_to_send(approved=approved)}"
        return InputError(_TITLE, "; ".join(passed), mend)

    def _voices(self) -> Voices:
        own = self.station.voices
        return replace(own, engine=self.engine) if self.engine else own

    def _missing(self, label: str, *, approved: bool) -> str:
        """Why this voice cannot read now, "" if it can."""
        engine, *speakers = parts_of(label)
        if engine == "gtts":
            return self._missing_google(approved=approved)
        if engine == "piper":
            there = piper_speakers()
            gone = [one for one in speakers if one not in there]
            return f"giọng {', '.join(gone)} không còn trên máy này" if gone else ""
        return ""

    def _missing_google(self, *, approved: bool) -> str:
        if refused := not_sent(self.station.voices.online, approved=approved):
            return refused
        if self._voices().engine != "auto":
            return ""  # it tells itself what is wrong
        if self._answered is None:
            self._answered = self.answers()
        return "" if self._answered else "không có mạng hoặc không trả lời"


def not_sent(online: Online, *, approved: bool) -> str:
    """Why a text may not be sent to Google, "" if it may."""
    if online == ONLINE_OPEN:
        return "đài chưa trả lời có gửi lời tới Google hay không"
    if online not in {ONLINE_YES, ONLINE_DRAFTS}:
        return "đài không cho gửi lời tới Google"
    if not approved and online != ONLINE_DRAFTS:
        return "đài không cho gửi bản chưa duyệt tới Google"
    return ""


def how_to_send(*, approved: bool) -> str:
    """What to do where `not_sent` has a reason: allow it, or let another engine read."""
    set_it, otherwise = "broadcast station set voices.online", "không thì chọn bộ đọc khác"
    if approved:
        return f'đồng ý gửi thì {set_it} "{ONLINE_YES}" (hoặc "{ONLINE_DRAFTS}"); {otherwise}'
    return f'đồng ý gửi cả nháp thì {set_it} "{ONLINE_DRAFTS}"; {otherwise}'


def candidates(voices: Voices, *, approved: bool = True) -> tuple[str, ...]:
    """Labels of the voices that a station's wish stands for on this machine now, best first."""
    if voices.engine == "piper":
        return (_piper_label(voices),)
    if voices.engine != "auto":
        return (voices.engine,)
    online = () if not_sent(voices.online, approved=approved) else ("gtts",)
    neural = (_piper_label(voices),) if piper_speakers() else ()
    return (*neural, *online, "espeak")


def approved_voices(voices: Voices) -> tuple[str, ...]:
    """What an approval remembers: nothing where the station's wish names the voice for good."""
    return candidates(voices) if voices.engine in {"auto", "piper"} else ()


def piper_speakers() -> tuple[str, ...]:
    """Speakers of the Piper voices that can be used on this machine; loads no engine."""
    from broadcast.speech.piper_voices import installed  # noqa: PLC0415 - when asked for

    if not find_spec("piper"):
        return ()
    return tuple(choice for voice in installed() for choice in voice.choices)


def is_to_be_asked(station: Station, engine: str = "") -> bool:
    """Whether the person must say now if texts may go to Google, as nobody has said yet."""
    name = engine or station.voices.engine
    wanted = name == "gtts" or (name == "auto" and not piper_speakers())
    return wanted and station.voices.online == ONLINE_OPEN


def remember(desk: Desk, online: Online) -> None:
    """Keep the answer in the station's file.

    Raises:
        ConflictError, StorageError: it was changed meanwhile, or cannot be written.
    """

    def edit(station: Station) -> Station:
        return replace(station, voices=replace(station.voices, online=online))

    StationSession.open(desk).change("trả lời có gửi lời tới Google không", edit)


def _piper_label(voices: Voices) -> str:
    there = piper_speakers()
    if not there:
        return "piper"
    women = voices.women if voices.women in there else there[0]
    men = voices.men if voices.men in there else there[min(1, len(there) - 1)]
    return f"piper {women}" if women == men else f"piper {women}{_AND}{men}"


def parts_of(label: str) -> list[str]:
    """A label's engine, and the speakers it names: one for both parts, or a woman's and a man's."""
    engine, _, speakers = label.partition(" ")
    return [engine, *filter(None, speakers.split(_AND))]


def _voices_of(label: str, voices: Voices) -> Voices:
    """The station's wishes with this voice's engine, and its speakers where that has others."""
    engine, *speakers = parts_of(label)
    if speakers:
        return replace(voices, engine=engine, women=speakers[0], men=speakers[-1])
    if engine == voices.engine:
        return voices
    from broadcast.speech.engine import open_engine  # noqa: PLC0415 - engines are heavy

    try:
        with open_engine(engine) as opened:
            there = opened.speakers
    except BroadcastError:
        return replace(voices, engine=engine)  # opening it again tells
    women, men = (one if one in there else "" for one in (voices.women, voices.men))
    return replace(voices, engine=engine, women=women, men=men)
