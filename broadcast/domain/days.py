"""Days that are not like others: public holidays, days off in lieu, the station's own days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

DayKind = Literal["lễ", "nghỉ bù", "riêng"]
"""A public holiday, a day off in lieu of one, or a day of the station's own."""


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that planning has to know of.

    `closed`: nothing is filled in on it. `programme`: what is heard on it instead of topics, ""
    if topics are filled in as on other days.
    """

    day: date
    name: str
    kind: DayKind = "riêng"
    closed: bool = False
    programme: str = ""


SpecialDays = Mapping[date, SpecialDay]
"""Special days by their date; the outer rooms look them up and pass them in."""
