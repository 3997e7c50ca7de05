"""Who issues a paper and who signs it, as official papers say so (Nghị định 30/2020/NĐ-CP)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadcast.domain.station import Station

_BODY = re.compile(r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd)\s+", re.IGNORECASE)
_UNIT = re.compile(r"(?:xã|phường|thị trấn|đặc khu)\s+", re.IGNORECASE)
_CHAIR = "CHỦ TỊCH"
_DEPUTY = "PHÓ "
_ACTING = "QUYỀN "
PEOPLES_COMMITTEE = "ỦY BAN NHÂN DÂN"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head and the foot of a paper.

    `body` are the lines of who issues it, `place` stands before the date, `signs` are the lines
    above the signature, `signer` the name below it, "" where it is written by hand.
    """

    body: tuple[str, ...]
    place: str
    signs: tuple[str, ...]
    signer: str = ""


def letterhead(station: Station) -> Letterhead:
    """The letterhead of the commune's People's Committee, for which the station broadcasts."""
    commune = " ".join(_BODY.sub("", station.commune.strip(), count=1).split())
    paper = station.paper
    return Letterhead(
        body=tuple(filter(None, (PEOPLES_COMMITTEE, commune.upper()))),
        place=paper.place or place_name(commune),
        signs=signing_lines(paper.position),
        signer=paper.signer,
    )


def place_name(commune: str) -> str:
    """The name alone, or with its unit where that is a number: "Suối Hoa", "Phường 8".

    A place named after a person or an event keeps its unit too; the station's `paper.place` says
    so, since no rule can.
    """
    name = _UNIT.sub("", commune, count=1)
    whole = commune if name[:1].isdigit() else name
    return whole[:1].upper() + whole[1:]


def signing_lines(position: str) -> tuple[str, ...]:
    """The lines above a signature.

    The chairman signs for the committee (TM.), a deputy in the chairman's stead (KT.), anybody
    else by the chairman's order (TL.).
    """
    title = " ".join(position.split()).upper() or _CHAIR
    committee = f"TM. {PEOPLES_COMMITTEE}"
    if title.startswith(_ACTING):
        title = f"Q. {title.removeprefix(_ACTING)}"
    if title.startswith(_DEPUTY + _CHAIR):
        return committee, f"KT. {_CHAIR}", title
    if title.removeprefix("Q. ").startswith(_CHAIR):
        return committee, title
    return f"TL. {_CHAIR}", title
