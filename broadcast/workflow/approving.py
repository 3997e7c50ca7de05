"""Approving scripts: who answers for them, on which paper, in spite of what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from broadcast.domain.approval import Approval, Override, Paper, paper_wrong
from broadcast.domain.freshness import unanswered
from broadcast.domain.script import Script
from broadcast.domain.week import Finding
from broadcast.errors import InputError, Problem
from broadcast.store.script_files import with_approval, with_review
from broadcast.workflow.desk import Desk
from broadcast.workflow.freshness import stale_in
from broadcast.workflow.hearing import Hearing
from broadcast.workflow.voice_choice import approved_voices

REFUSAL = "Chưa duyệt"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who approves, when (aware), on which signed paper, and why in spite of what was found."""

    by: str
    at: datetime
    paper: Paper | None = None
    despite: str = ""


def require_paper(paper: Paper | None, at: datetime) -> None:
    """Refuse a paper whose number or day cannot be.

    Raises:
        InputError: it says which, and how it is written.
    """
    wrong = paper_wrong(paper, at.date()) if paper else ""
    if wrong:
        raise InputError(REFUSAL, wrong, "ghi lại số và ngày đúng như trên văn bản đã ký")


def require_answers(desk: Desk, hearings: Iterable[Hearing], signature: Signature) -> None:
    """Refuse scripts that do not hold on their day of airing, unless a reason is given.

    Raises:
        InputError: every such finding with its script.
    """
    problems = [
        Problem(finding.message, f"scripts/{hearing.script.id}.md", suggestion=finding.mend)
        for hearing in hearings
        for finding in open_findings(desk, hearing, signature.at.date())
    ]
    if problems and not signature.despite:
        happened = f"{len(problems)} chỗ không còn đúng vào ngày phát"
        mend = 'sửa kịch bản, hoặc duyệt và nêu lý do: thêm --despite "LÝ DO"'
        raise InputError(REFUSAL, happened, mend, problems)


def open_findings(desk: Desk, hearing: Hearing, today: date) -> tuple[Finding, ...]:
    """What does not hold on the script's day of airing and its approval, if any, does not cover."""
    approval = hearing.script.approval if hearing.state == "đã duyệt" else None
    return unanswered(stale_in(desk, hearing.script, today), approval)


def needs_reason(desk: Desk, script_ids: Iterable[str], today: date) -> bool:
    """Whether one of these scripts is approved only with a reason; unreadable ones are not.

    A script that airs in several weeks is judged by the last of them.
    """
    hearings = (desk.hearing(one) for one in script_ids if desk.has_script(one))
    return any(open_findings(desk, hearing, today) for hearing in hearings)


def _overridable(desk: Desk, hearing: Hearing, today: date) -> tuple[Finding, ...]:
    """Everything found that keeps nobody from approving, what does not hold first."""
    heard = (one for one in hearing.findings if one not in hearing.blockers)
    found = (*open_findings(desk, hearing, today), *heard)
    return tuple({(one.rule, one.message): one for one in found}.values())


def signed(desk: Desk, hearing: Hearing, signature: Signature) -> Script:
    """The script approved; one that is approved already only gets what is new: paper, reasons.

    A reason answers for everything that was found, not only for what needs one.
    """
    script, by, at = hearing.script, signature.by, signature.at
    before = script.approval if hearing.state == "đã duyệt" else None
    voices = approved_voices(desk.station().voices)
    approval = before or Approval(by, at, hearing.digest, voices=voices)
    if signature.paper:
        approval = replace(approval, paper=signature.paper)
    if signature.despite:
        found = (f for f in _overridable(desk, hearing, at.date()) if not approval.answers_for(f))
        new = (Override(f.rule, f.message, by, at, signature.despite) for f in found)
        approval = replace(approval, despite=(*approval.despite, *new))
    return script if approval == before else with_approval(with_review(script, None), approval)
