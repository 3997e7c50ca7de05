"""Who hears which text when: from the weeks' files by way of the scripts their airings air."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from datetime import date, timedelta

from broadcast.domain.rotation import QUIET_DAYS, Hearing
from broadcast.domain.script import Script
from broadcast.domain.week import Airing, WeekId
from broadcast.errors import BroadcastError
from broadcast.workflow.aired import heard_of, logged
from broadcast.workflow.desk import Desk
from broadcast.workflow.plans import TopicKey

Hearings = dict[str, list[Hearing]]
"""When which zones hear a text, by the text's name."""


def own_text(topic: TopicKey) -> str:
    """The name of a topic's own sentences as a text."""
    return f"{topic[0]}:{topic[1]}"


def texts_of(script: Script) -> tuple[str, ...]:
    """The texts a script tells: its pieces, and the topics told in the plan's own sentences."""
    texts = (*script.pieces, *script.retold)
    if not texts and script.plan and script.topic:
        return (own_text((script.plan, script.topic)),)
    return texts


def heard_around(desk: Desk, first: date, last: date, without: WeekId | None = None) -> Hearings:
    """What is on air from four weeks before `first` to four weeks after `last`.

    What the log says goes before what the weeks do: by it some zones, or all, may have heard less.
    Weeks and scripts that cannot be read are passed over: other checks tell of them.

    Args:
        without: a week that is left out, since it is looked at by itself.
    """
    quiet = timedelta(days=QUIET_DAYS)
    weeks = WeekId.of(first - quiet), WeekId.of(last + quiet)
    planned = list[Airing]()
    for week_id in desk.workspace.week_ids():
        if weeks[0] <= week_id <= weeks[1] and week_id != without:
            with suppress(BroadcastError):
                planned += desk.week(week_id).airings
    days = weeks[0].days()[0], weeks[1].days()[-1]
    lines = {k: v for k, v in logged(desk, *days).items() if WeekId.of(k[0]) != without}
    found: Hearings = {}
    for airing in heard_of(planned, lines):
        for text in _texts(desk, airing.script):
            found.setdefault(text, []).append(Hearing(airing.day, frozenset(airing.zones)))
    return found


def made_from(desk: Desk) -> Counter[str]:
    """How many scripts were made from each piece, aired or not."""
    return Counter(text for one in desk.workspace.script_ids() for text in _texts(desk, one))


def _texts(desk: Desk, script_id: str | None) -> tuple[str, ...]:
    """The texts of a script; one that is not there or cannot be read has none."""
    try:
        return texts_of(desk.script(script_id)) if script_id else ()
    except BroadcastError:
        return ()
