"""Recordings of a script in the other languages of a village, and where each of them stands.

A recording translates just one text: it holds while neither its bytes nor the Vietnamese words
that it was listened to against have changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from broadcast.domain.approval import Approval, heard_digest
from broadcast.domain.station import Station, Zone

GAP = 1.5
"""Seconds of silence before a recording."""

PairState = Literal["chưa có", "chưa duyệt", "thiếu tệp", "tệp đã đổi", "lời đã đổi", "đã duyệt"]
"""Where a language's recording stands."""

Place = Literal["sau", "thay"]
"""Where a zone hears it: after the Vietnamese programme, or instead of it."""

_VIETNAMESE = "việt"


@dataclass(frozen=True, slots=True)
class Pairing:
    """A script's recording in another language.

    `language` as `language_key` gives it, `file` relative to scripts/, `by` who recorded it,
    `seconds` its measured length. `sound` is the SHA-256 of the file's bytes and `words` the digest
    of the Vietnamese words when it was paired or approved.
    """

    language: str
    file: str
    by: str
    seconds: float
    sound: str
    words: str
    approval: Approval | None = None

    def digest(self) -> str:
        """What an approval of it answers for."""
        return heard_digest((self.language, self.sound, self.words))


def language_key(name: str) -> str:
    """A language by its bare name: "Tiếng Thái", "thái" and "THÁI" are one."""
    words = name.casefold().split()
    return " ".join(words[1:] if words[:1] == ["tiếng"] and len(words) > 1 else words)


def language_name(key: str) -> str:
    """A language for reading: "tiếng Thái"."""
    return f"tiếng {key[:1].upper()}{key[1:]}"


def pair_state(pairing: Pairing, sound: str | None, words: str) -> PairState:
    """Where a recording stands.

    Args:
        sound: SHA-256 of the file as it is now, None if it is not there.
        words: digest of the Vietnamese words as they are now.
    """
    if sound is None:
        return "thiếu tệp"
    if sound != pairing.sound:
        return "tệp đã đổi"
    if words != pairing.words:
        return "lời đã đổi"
    approved = pairing.approval and pairing.approval.digest == pairing.digest()
    return "đã duyệt" if approved else "chưa duyệt"


def languages_of(station: Station, zone: Zone) -> tuple[str, ...]:
    """The languages of which a zone needs recordings; none where the station makes none."""
    if station.recordings == "không":
        return ()
    keys = dict.fromkeys(language_key(one) for one in zone.languages)
    return tuple(key for key in keys if key != _VIETNAMESE)


def place_in(station: Station, zone: Zone) -> Place:
    """Where a zone hears a recording: always instead of a language that nobody speaks there."""
    spoken = {language_key(one) for one in zone.languages}
    return "sau" if station.recordings == "sau" and _VIETNAMESE in spoken else "thay"


@dataclass(frozen=True, slots=True)
class Version:
    """What a zone hears of a script with recordings: which, and where they come."""

    place: Place
    recordings: tuple[Pairing, ...]

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages of the recordings, in the order in which they are heard."""
        return tuple(one.language for one in self.recordings)


def version_for(station: Station, zone: Zone, approved: Mapping[str, Pairing]) -> Version | None:
    """What a zone hears of a script, None if just the Vietnamese.

    Args:
        approved: recordings that may go on air, by language.
    """
    found = tuple(approved[one] for one in languages_of(station, zone) if one in approved)
    return Version(place_in(station, zone), found) if found else None


def zones_by_language(station: Station, zone_ids: Iterable[str]) -> dict[str, list[Zone]]:
    """Those of these zones that need a language, by language, in the station's order."""
    wanted = set(zone_ids)
    found: dict[str, list[Zone]] = {}
    for zone in station.zones:
        for language in languages_of(station, zone) if zone.id in wanted else ():
            found.setdefault(language, []).append(zone)
    return found
