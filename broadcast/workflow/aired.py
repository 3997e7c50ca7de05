"""What went on air, as planning sees it: the log where it says something, the weeks where not.

An airing that is over and that nobody logged is taken as heard, since most are: a topic that waits
for its turn is then not put off by a log that is kept late. Quotas and reports are numbers to be
proved, and count only what is logged (`domain.duties`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from broadcast.domain.log import Key, LogLine, as_heard, holding
from broadcast.domain.week import Airing
from broadcast.errors import BroadcastError
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_rows import lines_between

Logged = Mapping[Key, LogLine]
"""The lines that hold, by the airing they are about."""


def logged(desk: Desk, first: date = date.min, last: date = date.max) -> Logged:
    """The lines that hold for some days; what is damaged counts as not there.

    Other commands tell of a damaged log; planning goes on all the same.
    """
    try:
        lines, _ = lines_between(desk, first, last)
    except BroadcastError:
        return {}
    return holding(lines)


def silent(lines: Logged) -> frozenset[Key]:
    """The airings that no zone heard."""
    return frozenset(key for key, line in lines.items() if line.entry.state == "không phát")


def only_logged(airings: Iterable[Airing], lines: Logged) -> list[Airing]:
    """The airings of the log that are in no week any more."""
    there = {(airing.day, airing.id) for airing in airings}
    return [line.entry.airing for key, line in lines.items() if key not in there]


def heard_of(airings: Iterable[Airing], lines: Logged) -> list[Airing]:
    """The airings as they were heard, with those of the log that are in no week any more."""
    planned = list(airings)
    told = [*planned, *only_logged(planned, lines)]
    heard = (as_heard(airing, lines.get((airing.day, airing.id))) for airing in told)
    return [airing for airing in heard if airing is not None]
