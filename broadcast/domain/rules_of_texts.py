"""What of a week people have heard too lately: ready pieces, which are told word for word."""

from __future__ import annotations

from collections.abc import Iterator

from broadcast.domain.checked import Checked, Dated
from broadcast.domain.rotation import Audience, Hearing, repeated, too_near
from broadcast.domain.station import Station
from broadcast.domain.week import Airing


def check(checked: Checked) -> Iterator[Dated]:
    """Each script with a piece that listeners hear in another script or week too near, once.

    A topic's own sentences are edited each time, and a slot that repeats a programme is meant to.
    """
    told: set[str] = set()
    for airing in checked.week.in_order():
        script = checked.scripts.get(airing.script or "")
        if script is None or airing.script in told or _meant(checked.station, airing):
            continue
        audience = Audience(airing.day, frozenset(airing.zones))
        for piece in script.pieces:
            others = {piece: [*checked.texts.get(piece, ()), *_elsewhere(checked, airing, piece)]}
            day = too_near(others, piece, audience)
            if day is not None:
                told.add(airing.script or "")
                yield airing.starts, repeated(airing.title, day, airing.id)
                break


def _elsewhere(checked: Checked, airing: Airing, piece: str) -> Iterator[Hearing]:
    """When other scripts of the week tell the piece."""
    for other in checked.week.airings:
        script = checked.scripts.get(other.script or "")
        if script and other.script != airing.script and piece in script.pieces:
            yield Hearing(other.day, frozenset(other.zones))


def _meant(station: Station, airing: Airing) -> bool:
    slot = station.slot(airing.slot or "")
    return bool(slot and slot.repeats)
