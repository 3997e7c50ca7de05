"""Every voice that can be had, side by side on one sentence; and what choosing one changes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from broadcast.domain.script import Speaker
from broadcast.domain.station import ONLINE_OPEN, Station
from broadcast.domain.wording import clock
from broadcast.workflow.desk import Desk
from broadcast.workflow.levels import sound_levels
from broadcast.workflow.listen import Sound
from broadcast.workflow.voice_choice import candidates, not_sent, parts_of
from broadcast.workflow.voice_files import engine_rows, try_voice

if TYPE_CHECKING:
    from broadcast.audio.levels import Levels

_TERMS = 2
"""Abbreviations of the station's own that the first sentence has."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A voice: its engine, the engine's name for the speaker ("" its own choice for `part`).

    `why` says why it cannot be had, "" if it can; `open_question`: only because nobody has said
    yet whether texts may go to Google. `used`: the station reads with it now.
    """

    engine: str
    speaker: str
    part: Speaker
    title: str
    why: str = ""
    open_question: bool = False
    used: bool = False


class Tried(NamedTuple):
    """What a voice made of the sentence, and its picture."""

    sound: Sound
    levels: Levels


def voices_to_try(station: Station) -> tuple[Candidate, ...]:
    """Every voice there is, those that cannot be had too; nothing is loaded and nobody asked."""
    engine, *speakers = parts_of(candidates(station.voices)[0])
    found: list[Candidate] = []
    for row in engine_rows(station):
        used, online = row.name == engine, station.voices.online
        if row.name == "espeak":
            found += [
                Candidate("espeak", own, part, f"espeak {name}", used=used)
                for part, name, own in _espeak(station)
            ]
        elif row.name == "gtts":
            why = not_sent(online, approved=False)
            asks = online == ONLINE_OPEN
            found.append(Candidate("gtts", "", "NỮ", "Google", why, asks, used))
        elif row.speakers:
            found += [
                Candidate(row.name, one, "NỮ", f"{row.name} {one}", used=used and one in speakers)
                for one in row.speakers
            ]
        else:
            found.append(Candidate(row.name, "", "NỮ", row.name, row.why or "không có"))
    return tuple(found)


def _espeak(station: Station) -> tuple[tuple[Speaker, str, str], ...]:
    """Its two parts, with the speakers the station has named for them."""
    voices = station.voices
    women, men = (voices.women, voices.men) if voices.engine == "espeak" else ("", "")
    return ("NỮ", "nữ", women), ("NAM", "nam", men)


def try_out(desk: Desk, candidate: Candidate, text: str) -> Tried:
    """The sentence in that voice; nothing of the station changes.

    Raises:
        InputError: there is no such voice, or the text may not be sent where it would go.
        EngineError: it failed.
    """
    one = candidate
    sound = try_voice(desk.workspace, desk.station(), one.engine, one.speaker, text, one.part)
    return Tried(sound, sound_levels(sound))


def first_sentence(desk: Desk) -> str:
    """A sentence with what voices stumble at: numbers, a time, abbreviations of the station's."""
    station = desk.station()
    when = clock(station.slots[0].start) if station.slots else "05:30"
    terms = [one for one in desk.workspace.load_lexicon() if one.isupper()][:_TERMS]
    own = f" ({', '.join(terms)})" if terms else ""
    place = station.commune or "xã"
    return (
        f"{station.name}, {when} ngày 23/11/2026: UBND {place} tiếp nhận 125 hồ sơ DVC{own}, "
        f"trả đúng hạn 98,4%."
    )


def values_chosen(station: Station, candidate: Candidate, part: Speaker | None) -> dict[str, Any]:
    """The station's values that choosing a voice changes.

    Args:
        part: whose lines it is to read; None: both.
    """
    voices, engine = station.voices, candidate.engine
    same = voices.engine == engine
    women, men = (voices.women, voices.men) if same else ("", "")
    if engine == "piper":
        women = candidate.speaker if part != "NAM" else women
        men = candidate.speaker if part != "NỮ" else men
    return {"voices.engine": engine, "voices.women": women, "voices.men": men}
