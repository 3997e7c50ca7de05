"""What a programme is asked to be: its items, its length, for whom and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Literal

from broadcast.domain.week import Level
from broadcast.domain.wording import weekday
from broadcast.workflow.plans import TopicKey

ItemKind = Literal["topic", "piece", "news", "notice", "weather"]
"""A plan's topic, a ready piece, and what the officer types: local news, a notice, the weather."""

OWN_SENTENCES = ""
"""Asked for in place of a piece: the plan's own sentences."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One item that is asked for.

    `topic` is what a topic is found by. `piece` is a ready piece's id: that item itself, or what is
    to tell the topic (OWN_SENTENCES: no piece); None leaves the choice to the rotation. `text` is
    what the officer typed, its first line the headline if there are several.
    """

    kind: ItemKind
    topic: TopicKey | None = None
    piece: str | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """The airing a script is made for; a script for several airings names no day."""

    day: date
    start: time

    def variables(self) -> dict[str, str]:
        """What the templates may say of the time."""
        return {
            "weekday": weekday(self.day),
            "day": f"{self.day.day}/{self.day.month}/{self.day.year}",
            "part_of_day": part_of_day(self.start),
        }


@dataclass(frozen=True, slots=True)
class Order:
    """A programme as it is asked for.

    `minutes` is the time set aside (None: any length), `fill` whether time left may be filled with
    further pieces. `day` and `zones` are when and by whom it is heard, for the rotation (no zones:
    everywhere); `when` is what the greeting says. `programme` is what templates may be named after.
    `effective` and `call` are a priority notice's "when" and "whom to call". `details` fill
    placeholders before the station's own.
    """

    asks: tuple[Ask, ...]
    title: str = ""
    minutes: int | None = None
    fill: bool = False
    level: Level = "thông thường"
    day: date | None = None
    zones: tuple[str, ...] = ()
    when: When | None = None
    programme: str = ""
    effective: str = ""
    call: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    def with_piece(self, item: int, piece: str | None) -> Order:
        """The order with another piece for one of its items: its id, OWN_SENTENCES or None."""
        asks = list(self.asks)
        asks[item] = replace(asks[item], piece=piece)
        return replace(self, asks=tuple(asks))


def part_of_day(start: time) -> str:
    """Morning, noon, afternoon or evening, as one greets."""
    for until, name in ((11, "buổi sáng"), (13, "buổi trưa"), (18, "buổi chiều")):
        if start.hour < until:
            return name
    return "buổi tối"
