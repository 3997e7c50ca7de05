"""A finding as `--json` tells it."""

from __future__ import annotations

from typing import Any

from broadcast.domain.week import Finding, Mend
from broadcast.domain.wording import clock

_MEND = ("kind", "airing", "day", "start", "slot", "minutes", "zones", "plan", "topic", "title")
"""What of a mend is told as it is."""


def finding_view(finding: Finding) -> dict[str, Any]:
    """A finding about an airing as JSON."""
    return {
        "rule": finding.rule,
        "airing": finding.airing,
        "line": finding.line,
        "message": finding.message,
        "mend": finding.mend,
        "source": finding.source,
        "change": _mend_view(finding.change) if finding.change else None,
    }


def _mend_view(mend: Mend) -> dict[str, Any]:
    """A mend as JSON: what it does, and only what that needs."""
    held = {name: getattr(mend, name) for name in _MEND}
    view = {name: value for name, value in held.items() if value not in (None, "", ())}
    return view | {
        name: told
        for name, told in (
            ("day", mend.day and mend.day.isoformat()),
            ("start", mend.start and clock(mend.start)),
        )
        if told
    }
