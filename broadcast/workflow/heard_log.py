"""What the airing log says was heard and what was not, for those who count airings."""

from __future__ import annotations

from datetime import date, timedelta

from broadcast.domain.log import Key, LogLine, holding
from broadcast.domain.week import Airing
from broadcast.workflow.desk import Desk
from broadcast.workflow.log_rows import lines_between, rows_between

_DAY = timedelta(days=1)


def unheard(desk: Desk) -> frozenset[str]:
    """The ids of airings that no zone heard, as the log says; damaged lines say nothing.

    Raises:
        StorageError: the disk refuses.
    """
    held = _held(desk).values()
    return frozenset(line.entry.airing.id for line in held if not _on_air(line))


def heard_until(desk: Desk, today: date) -> tuple[Airing, ...] | None:
    """The airings before `today` that were on air; None where there is no log.

    Until the log was begun all that was planned counts, from then on only what it says was heard,
    as in the report.

    Raises:
        BroadcastError: a week's file cannot be read.
    """
    begun = min((day for day, _ in _held(desk)), default=None)
    if begun is None:
        return None
    first = min([begun, *(week.days()[0] for week in desk.workspace.week_ids())])
    rows = rows_between(desk, first, today - _DAY).rows
    return tuple(
        row.airing for row in rows if (_on_air(row.line) if row.line else row.airing.day < begun)
    )


def _held(desk: Desk) -> dict[Key, LogLine]:
    lines, _ = lines_between(desk, date.min, date.max)
    return holding(lines)


def _on_air(line: LogLine) -> bool:
    return line.entry.state != "không phát"
