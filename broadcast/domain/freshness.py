"""Whether what a script was made from still holds on the day it is aired.

Facts end, pieces are due to be looked at again, and the documents they rest on are replaced. None
of that is in a script's own words, and none is judged by today: an old one was right in its time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from broadcast.domain.approval import Approval
from broadcast.domain.piece import Piece
from broadcast.domain.week import Finding
from broadcast.domain.wording import day_text

FACT_ENDED, REVIEW_DUE, SOURCE_REPEALED = "fact-ended", "review-due", "source-repealed"

RULES = frozenset({FACT_ENDED, REVIEW_DUE, SOURCE_REPEALED})
"""Rules that somebody may answer for with a reason; without one a script is not approved."""

Repealed = Callable[[str, date], Iterable[str]]
"""What of the documents that a text names is replaced by a day, each told in a few words."""


def stale(pieces: Iterable[Piece], day: date, repealed: Repealed) -> Iterator[Finding]:
    """What of these pieces does not hold any more on `day`.

    A finding says the same on every day it is found, so that an answer to it goes on counting.
    """
    for piece in pieces:
        yield from _sources(piece, day, repealed)
        if piece.review and piece.review <= day:
            message = f"bài «{piece.title}» phải xem lại từ ngày {day_text(piece.review)}"
            mend = "đối chiếu bài với quy định hiện hành, rồi sửa kịch bản nếu có gì đổi"
            yield Finding(REVIEW_DUE, message, mend, day=day)


def _sources(piece: Piece, day: date, repealed: Repealed) -> Iterator[Finding]:
    for source in piece.sources:
        if source.until and source.until < day:
            until = day_text(source.until)
            message = f"bài «{piece.title}»: chỉ đúng đến hết ngày {until}: {source.fact}"
            mend = "bỏ hoặc sửa câu ấy trong kịch bản"
            yield Finding(FACT_ENDED, message, mend, day=day)
        for told in repealed(source.source, day):
            message = f"bài «{piece.title}» dựa vào văn bản đã bị thay: {told}"
            mend = "đối chiếu lời trong kịch bản với văn bản mới"
            yield Finding(SOURCE_REPEALED, message, mend, day=day)


def unanswered(findings: Iterable[Finding], approval: Approval | None) -> tuple[Finding, ...]:
    """Findings that nobody has answered for, each once."""
    asked = (f for f in findings if f.rule in RULES)
    left = (f for f in asked if not (approval and approval.answers_for(f)))
    return tuple({(f.rule, f.message): f for f in left}.values())
