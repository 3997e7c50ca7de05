"""What a station's scripts were made from, judged by the days on which they are aired."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from broadcast.domain.freshness import stale, unanswered
from broadcast.domain.piece import Piece
from broadcast.domain.script import Script
from broadcast.domain.week import Finding
from broadcast.errors import BroadcastError
from broadcast.vietnamese.terms import DOCUMENT, outdated
from broadcast.workflow.desk import Desk
from broadcast.workflow.script_airings import judged_on


def stale_in(desk: Desk, script: Script, today: date) -> tuple[Finding, ...]:
    """What of the script's pieces does not hold on its last day on air; today if it has none."""
    if not script.pieces:
        return ()
    return stale_on(desk, script, judged_on(desk, script.id, today))


def stale_on(desk: Desk, script: Script, day: date) -> tuple[Finding, ...]:
    """What of the script's pieces does not hold on that day."""
    pieces = [piece for one in script.pieces if (piece := _piece(desk, one))]
    return tuple(stale(pieces, day, repealed))


def stale_by_day(
    desk: Desk, script: Script, days: Iterable[date]
) -> dict[date, tuple[Finding, ...]]:
    """For each day of airing what does not hold on it and the script's approval does not cover."""
    found = {day: stale_on(desk, script, day) for day in days}
    return {day: unanswered(findings, script.approval) for day, findings in found.items()}


def repealed(text: str, day: date) -> Iterable[str]:
    """What of the documents that a text names is replaced by a day."""
    return [one.reason for one in outdated([text], day) if one.rule == DOCUMENT]


def _piece(desk: Desk, piece_id: str) -> Piece | None:
    """A piece; None for one that is gone or cannot be read, as `doctor` tells."""
    try:
        return desk.piece(piece_id)
    except BroadcastError:
        return None
