"""What a proofreader suggests: a place in a text, what might stand there, and why."""

from __future__ import annotations

from typing import NamedTuple


class Suggestion(NamedTuple):
    """`written` at `start` to `end` of line `line` (1-based; NFC text) might rather be `better`.

    `better` is "" where there is nothing to put in its place. `rule` is a stable ASCII name,
    `reason` Vietnamese.
    """

    line: int
    start: int
    end: int
    written: str
    better: str
    rule: str
    reason: str
