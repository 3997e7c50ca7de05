"""Papers, approvals and reviews: who answers for what is heard, by the digest of just that."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from broadcast.domain.week import Finding

ReviewState = Literal["chờ duyệt", "trả lại"]
"""What review can make of a draft short of approving it."""

_PAPER = re.compile(r"\d{1,5}[a-zđ]?(?:/\d{4})?[/-][^\W\d_][\w&./-]{0,40}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Paper:
    """The signed paper behind an approval: its number ("12/TB-UBND") and the day on it."""

    number: str
    day: date


@dataclass(frozen=True, slots=True)
class Override:
    """A finding in spite of which a script was approved: who answers for that, when (aware), why.

    `rule` and `message` are the finding's own.
    """

    rule: str
    message: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Approval:
    """Who approved, when (aware), and the digest of what would be heard then.

    `voices` are the labels of those that may read it, where the station's wish leaves that open.
    `paper` is the signed paper, if there is one. What is overridden holds as long as the approval.
    """

    by: str
    at: datetime
    digest: str
    paper: Paper | None = None
    despite: tuple[Override, ...] = ()
    voices: tuple[str, ...] = ()

    def answers_for(self, finding: Finding) -> bool:
        """Whether somebody approved in spite of just that finding."""
        told = (finding.rule, finding.message)
        return any((one.rule, one.message) == told for one in self.despite)


@dataclass(frozen=True, slots=True)
class Review:
    """A script on its way to approval: handed in (chờ duyệt) or sent back (trả lại).

    By whom, when (aware), the digest of what would be heard then, and for what reason, "" if none.
    """

    state: ReviewState
    by: str
    at: datetime
    digest: str
    note: str = ""


def paper_wrong(paper: Paper, approved_on: date) -> str:
    """What is wrong with a paper's number or day, "" if nothing."""
    if not _PAPER.fullmatch(paper.number):
        return f"số văn bản «{paper.number}» không đúng dạng; viết như 12/TB-UBND"
    if paper.day > approved_on:
        return f"văn bản ghi ngày {paper.day:%d/%m/%Y}, sau ngày duyệt {approved_on:%d/%m/%Y}"
    return ""


def heard_digest(parts: Iterable[str]) -> str:
    """SHA-256 over everything that will be heard, each part set apart from the next."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode()
        digest.update(len(data).to_bytes(8, "big"))
        digest.update(data)
    return digest.hexdigest()
