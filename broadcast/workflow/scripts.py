"""Making, looking at and approving scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, replace
from datetime import date, datetime
from typing import Any

from broadcast.domain.approval import Approval, Paper, Review
from broadcast.domain.script import Script, blanks, filled_in
from broadcast.domain.week import WeekId
from broadcast.errors import BroadcastError, InputError, NotFoundError, Problem
from broadcast.store.files import revision
from broadcast.store.names import require_id
from broadcast.store.script_files import new_script, with_approval, with_body, with_review
from broadcast.store.workspace import Workspace
from broadcast.vietnamese.characters import ascii_name, nfc
from broadcast.vietnamese.decisions import Open
from broadcast.workflow import approving
from broadcast.workflow.desk import Desk
from broadcast.workflow.hearing import Hearing, Listener
from broadcast.workflow.pairing import Stands, pairing_view
from broadcast.workflow.proof_view import open_view

LONGEST_ID = 60
"""Characters; keeps paths below what old Windows takes."""

_EMPTY_BODY = "[nhạc hiệu]\nNỮ: \n[nhạc hiệu]\n"


def create_script(workspace: Workspace, title: str, script_id: str | None = None) -> Script:
    """A new script with nothing but its frame, saved.

    Raises:
        InputError: the title is empty, or the id is taken.
    """
    title = _one_line(title)
    if not title:
        raise InputError("Không tạo được kịch bản", "chưa có tên", "nêu tên chương trình")
    taken = set(workspace.script_ids())
    if script_id is not None:
        require_id(script_id)
    if script_id in taken:
        raise InputError("Không tạo được kịch bản", f"mã {script_id} đã có", "chọn mã khác")
    made_id = script_id or free_id(ascii_name(title, LONGEST_ID), taken)
    script = new_script(made_id, title, body=_EMPTY_BODY)
    workspace.save_script(script, None)
    return script


def free_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted`, or `wanted` with the first number from 2 on that is not taken."""
    used = set(taken)
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted}-{number}" in used:
        number += 1
    return f"{wanted}-{number}"


def hear_script(workspace: Workspace, script_id: str, today: date | None = None) -> Hearing:
    """What will be heard of the script of that id.

    Args:
        today: the day by which it is judged if no week airs it; None: it is not judged at all.
    """
    desk = Desk(workspace)
    hearing = desk.hearing(script_id)
    return looked_at(desk, hearing, today) if today else hearing


def looked_at(desk: Desk, hearing: Hearing, today: date) -> Hearing:
    """The hearing, its findings with what does not hold when it airs and nobody answers for."""
    found = approving.open_findings(desk, hearing, today)
    return replace(hearing, findings=(*hearing.findings, *found)) if found else hearing


def script_view(
    hearing: Hearing, suggestions: Iterable[Open] = (), recordings: Iterable[Stands] = ()
) -> dict[str, Any]:
    """`script show --json`: id, title, state, seconds, spoken, findings and what it rests on.

    What a proofreader suggests is told among the findings, with its id and the words it is about.

    Args:
        recordings: those in other languages, as `pairing.pairings` has them.
    """
    script = hearing.script
    return {
        "id": script.id,
        "title": script.title,
        "state": hearing.state,
        "seconds": hearing.seconds,
        "plan": script.plan,
        "topic": script.topic,
        "pieces": list(script.pieces),
        "approval": approval_view(script.approval),
        "review": review_view(hearing),
        "recordings": [pairing_view(one) for one in recordings],
        "digest": hearing.digest,
        "spoken": [h.spoken for h in hearing.lines if h.line.kind == "speech"],
        "lines": [
            {
                "line": h.line.number,
                "speaker": h.line.speaker,
                "written": h.line.text,
                "spoken": h.spoken,
            }
            for h in hearing.lines
            if h.line.kind == "speech"
        ],
        "findings": [
            *(
                {"line": f.line, "rule": f.rule, "message": f.message, "mend": f.mend}
                for f in hearing.findings
            ),
            *map(open_view, suggestions),
        ],
    }


def approval_view(approval: Approval | None) -> dict[str, Any] | None:
    """An approval as JSON."""
    if approval is None:
        return None
    paper = approval.paper
    return {
        "by": approval.by,
        "at": approval.at.isoformat(),
        "digest": approval.digest,
        "paper": {"number": paper.number, "day": paper.day.isoformat()} if paper else None,
        "despite": [{**asdict(one), "at": one.at.isoformat()} for one in approval.despite],
    }


def review_view(hearing: Hearing) -> dict[str, Any] | None:
    """Who handed the script in or sent it back, as JSON; None when it was changed since."""
    review = hearing.review
    return {**asdict(review), "at": review.at.isoformat()} if review else None


def approve(  # noqa: PLR0913 - what an approval is made of
    workspace: Workspace,
    script_ids: Iterable[str],
    by: str,
    at: datetime,
    *,
    paper: Paper | None = None,
    despite: str = "",
) -> list[Hearing]:
    """Approve scripts, all or none: what would be heard now is what `by` answers for.

    The text as approved is kept beside the scripts, to tell later what was changed since. Scripts
    that are approved already keep that approval, with the paper and the reasons that are new.

    Args:
        paper: the signed paper that stands behind all of them.
        despite: why they are approved although facts in them do not hold on the day of airing.

    Raises:
        InputError: no name, a paper that cannot be, scripts that cannot be read out as they are, or
            that do not hold on the day they are aired and no reason is given; with every place.
    """
    name = _named(by, approving.REFUSAL, "người duyệt")
    approving.require_paper(paper, at)
    signature = approving.Signature(name, at, paper, _one_line(despite))
    desk, ids = Desk(workspace), list(dict.fromkeys(script_ids))

    def check(hearings: list[Hearing]) -> None:
        refuse_blocked(approving.REFUSAL, hearings)
        approving.require_answers(desk, hearings, signature)

    def approved(hearing: Hearing) -> Script:
        return approving.signed(desk, hearing, signature)

    return _stand(workspace, ids, approved, "duyệt kịch bản", check)


def submit(workspace: Workspace, script_ids: Iterable[str], by: str, at: datetime) -> list[Hearing]:
    """Hand scripts in for approval, all or none; those approved or handed in stay as they are.

    Raises:
        InputError: no name, or scripts that cannot be read out as they are, with every place.
    """
    name = _named(by, "Chưa gửi duyệt", "người gửi duyệt")

    def submitted(hearing: Hearing) -> Script:
        if hearing.state in {"đã duyệt", "chờ duyệt"}:
            return hearing.script
        return with_review(hearing.script, Review("chờ duyệt", name, at, hearing.digest))

    return _stand(
        workspace,
        script_ids,
        submitted,
        "gửi duyệt kịch bản",
        lambda hearings: refuse_blocked("Chưa gửi duyệt", hearings),
    )


def send_back(
    workspace: Workspace, script_ids: Iterable[str], by: str, reason: str, at: datetime
) -> list[Hearing]:
    """Send scripts back to those who write them, all or none; an approval is taken back.

    Raises:
        InputError: no name or no reason.
    """
    name = _named(by, "Chưa trả lại", "người trả lại")
    why = _one_line(reason)
    if not why:
        mend = 'nói rõ phải sửa gì: thêm --reason "..."'
        raise InputError("Chưa trả lại", "chưa có lý do", mend)

    def sent_back(hearing: Hearing) -> Script:
        review = Review("trả lại", name, at, hearing.digest, why)
        return with_review(with_approval(hearing.script, None), review)

    return _stand(workspace, script_ids, sent_back, "trả lại kịch bản")


def _stand(
    workspace: Workspace,
    script_ids: Iterable[str],
    change: Callable[[Hearing], Script],
    what: str,
    check: Callable[[list[Hearing]], None] = lambda _hearings: None,
) -> list[Hearing]:
    """Bring scripts to another state, all or none.

    Args:
        change: the script as it is to be; of a script that stays it gives back the same one.
        check: refuses by raising.
    """
    with workspace.lock(what):
        listener = Listener.at(workspace, workspace.load_station())
        ids = list(dict.fromkeys(script_ids))
        seen = {one: revision(workspace.script_path(one)) for one in ids}
        hearings = [listener.hear(workspace.load_script(one)) for one in ids]
        check(hearings)
        changed = [change(hearing) for hearing in hearings]
        for hearing, script in zip(hearings, changed, strict=True):
            if script is hearing.script:
                continue
            if script.approval and script.approval != hearing.script.approval:
                workspace.keep_approved(script)
            workspace.save_script(script, seen[script.id])
        return [listener.hear(script) for script in changed]


def _named(by: str, refusal: str, who: str) -> str:
    name = _one_line(by)
    if not name:
        raise InputError(refusal, f"chưa có tên {who}", 'thêm --by "Họ và tên"')
    return name


def _one_line(text: str) -> str:
    return " ".join(nfc(text).split())


def fill_blanks(workspace: Workspace, script_id: str, values: Mapping[str, str]) -> Script:
    """Fill a script's placeholders by their names; others stay.

    Raises:
        NotFoundError: no such script, or none of its placeholders has one of the names.
    """
    with workspace.lock("điền kịch bản"):
        seen = revision(workspace.script_path(script_id))
        script = workspace.load_script(script_id)
        names = {blank.name for blank in blanks(script)}
        if strange := sorted(set(values) - names):
            known = ", ".join(sorted(names)) or "không còn chỗ trống nào"
            happened = f"kịch bản không có chỗ trống {', '.join(strange)}"
            raise NotFoundError("Chưa điền được", happened, f"đang có: {known}")
        filled = with_body(script, "".join(filled_in(line, values) for line in script.lines))
        workspace.save_script(filled, seen)
        return filled


def refuse_blocked(title: str, hearings: Iterable[Hearing]) -> None:
    """Tell every place in every script that keeps it from being read out.

    Raises:
        InputError: there is at least one.
    """
    problems = [
        Problem(f.message, f"scripts/{hearing.script.id}.md", f.line, f.mend)
        for hearing in hearings
        for f in hearing.blockers
    ]
    if problems:
        raise InputError(title, f"{len(problems)} chỗ phải sửa trước", "sửa rồi làm lại", problems)


def scripts_of_week(workspace: Workspace, week_id: WeekId) -> list[str]:
    """Ids of the scripts a week airs, each once, in airing order."""
    airings = workspace.load_week(week_id).in_order()
    return list(dict.fromkeys(a.script for a in airings if a.script))


def list_scripts(workspace: Workspace) -> tuple[list[Hearing], list[BroadcastError]]:
    """Every script as it will be heard, and the files that cannot be read."""
    listener = Listener.at(workspace, workspace.load_station())
    hearings, broken = [], []
    for script_id in workspace.script_ids():
        try:
            hearings.append(listener.hear(workspace.load_script(script_id)))
        except BroadcastError as error:
            broken.append(error)
    return hearings, broken
