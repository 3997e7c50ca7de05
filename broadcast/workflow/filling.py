"""Filling a script's placeholders all at once: which there are, what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from broadcast.domain.piece import Piece
from broadcast.domain.script import Script, blanks, filled_in, parse_body
from broadcast.domain.station import Station
from broadcast.errors import BroadcastError
from broadcast.vietnamese.characters import nfc
from broadcast.workflow.desk import Desk
from broadcast.workflow.script_text import with_text
from broadcast.workflow.station_session import StationSession


@dataclass(frozen=True, slots=True)
class Gap:
    """A placeholder by its name: in how many places of the script, in which line first.

    `known` is what the station's details say, `sources` what a piece's sources say; "" if nothing.
    """

    name: str
    places: int
    line: str
    known: str = ""
    sources: str = ""


def gaps(desk: Desk, script: Script, text: str) -> tuple[Gap, ...]:
    """The placeholders of a script whose body is `text`, each name once, in order."""
    details, pieces = desk.station().details, _pieces(desk)
    found: dict[str, Gap] = {}
    for blank in blanks(with_text(script, text)):
        if before := found.get(blank.name):
            found[blank.name] = replace(before, places=before.places + 1)
            continue
        known = details.get(blank.name, "")
        sources = _sources(blank.name, pieces, script.pieces)
        found[blank.name] = Gap(blank.name, 1, blank.text, known, sources)
    return tuple(found.values())


def filled_text(text: str, values: Mapping[str, str]) -> str:
    """A script's body with the placeholders filled that `values` name; all else as it was."""
    return "".join(filled_in(line, values) for line in parse_body(text))


def keep_details(desk: Desk, values: Mapping[str, str]) -> bool:
    """Have the station keep values for the scripts to come; whether it did not know them yet.

    Raises:
        BroadcastError: the station's file cannot be read or written.
    """
    told = f"ghi {len(values)} thông tin của đài"

    def kept(station: Station) -> Station:
        return replace(station, details={**station.details, **values})

    return StationSession.open(desk).change(told, kept)


def value_wrong(value: str) -> str:
    """Why a value cannot stand in a script's line, "" if it can."""
    return "bỏ dấu { và }" if set(nfc(value)) & set("{}") else ""


def _pieces(desk: Desk) -> tuple[Piece, ...]:
    """The ready pieces; ones that cannot be read keep nobody from filling blanks."""
    try:
        return desk.workspace.load_pieces()
    except BroadcastError:
        return ()


def _sources(name: str, pieces: Iterable[Piece], used: tuple[str, ...]) -> str:
    """What pieces' sources say for a blank, those first that the script is made from."""
    nearest = sorted(pieces, key=lambda piece: piece.id not in used)
    return next((one.numbers[name] for one in nearest if name in one.numbers), "")
