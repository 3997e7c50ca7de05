"""Suggestions for the scripts and plans of a station, and what the officer decides about them.

Nothing is changed unless somebody accepts it. What was rejected stays rejected: decisions are kept
in scripts/proofread.yaml. Proofreading reads dictionaries: call it in a worker, not at each key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from broadcast.domain.plan import Plan
from broadcast.domain.week import VIETNAM
from broadcast.errors import ConflictError, NotFoundError
from broadcast.store.files import revision
from broadcast.store.script_files import with_body
from broadcast.vietnamese.characters import shorten
from broadcast.vietnamese.decisions import Choice, Decision, Decisions, Ignored, Open
from broadcast.workflow.desk import Desk
from broadcast.workflow.plan_session import PlanSession
from broadcast.workflow.proof_sources import (
    accepted_in_plan,
    accepted_in_script,
    carried_over,
    in_plan,
    in_script,
)
from broadcast.workflow.script_airings import judged_on
from broadcast.workflow.script_session import ScriptSession
from broadcast.workflow.script_text import plain, text_of

__all__ = ["Choice", "Decision", "Open", "Proofreading"]

_TRIES = 3
"""How often writing begins again when a program that knows no lock writes in between."""


def _today() -> date:
    return datetime.now(VIETNAM).date()


@dataclass(slots=True)
class Proofreading:
    """Suggestions of one workspace; all methods may touch the disk and are safe in any thread.

    Lines are those of the script's file or of the plan's document; a line of 0 is unknown.
    """

    desk: Desk
    today: Callable[[], date] = _today

    # Asking

    def of_script(self, script_id: str) -> tuple[Open, ...]:
        """Suggestions for a script as its file has it.

        Raises:
            NotFoundError, InputError: the script or the file of decisions cannot be read.
        """
        air_date = judged_on(self.desk, script_id, self.today())
        return in_script(self.desk.script(script_id), self.desk.decisions(), air_date)

    def of_text(self, session: ScriptSession, text: str) -> tuple[Open, ...]:
        """Suggestions for a script's body as it is being edited."""
        script = with_body(session.script, plain(text))
        air_date = judged_on(self.desk, session.script_id, self.today())
        return in_script(script, self.desk.decisions(), air_date)

    def of_plan(self, plan: Plan) -> tuple[Open, ...]:
        """Suggestions for a plan: those of its document that are not mended in the plan yet."""
        return in_plan(self.desk.workspace, plan, self.desk.decisions(), self.today())

    # Accepting

    def accept_in_text(self, session: ScriptSession, text: str, accepted: Iterable[Open]) -> str:
        """The body being edited with suggestions of `of_text` for just that text carried out.

        Nothing is saved: the editor takes the text, and can undo it as what was typed.

        Raises:
            InputError: there is nothing to put in the place of one.
        """
        script = with_body(session.script, plain(text))
        return text_of(accepted_in_script(script, accepted))

    def accept_in_plan(self, session: PlanSession, accepted: Iterable[Open]) -> None:
        """Carry out suggestions in a plan: saved at once, one step of the session's undo.

        Raises:
            InputError: one cannot be carried out; then none is.
            ConflictError: the plan's file was changed elsewhere.
        """
        chosen = tuple(accepted)
        after = accepted_in_plan(session.plan, chosen)
        session.correct(_named(chosen), after)

    # Deciding for good

    def reject(self, *places: Open) -> tuple[Decision, ...]:
        """Leave these places as they are; gives what `take_back` takes."""
        return self._decide(_decisions(places, ()))

    def ignore(self, *places: Open) -> tuple[Decision, ...]:
        """Never ask about these words again, anywhere; gives what `take_back` takes."""
        return self._decide(_decisions((), places))

    def take_back(self, *decisions: Decision) -> None:
        """Ask again about what was decided."""
        self._write(lambda known: known.without(decisions))

    # By ids, as commands do

    def decide_script(self, script_id: str, choice: Choice) -> tuple[Open, ...]:
        """Do what was chosen, all or nothing; gives the suggestions that were decided.

        Raises:
            NotFoundError: no suggestion has such an id any more.
            InputError: one cannot be carried out.
        """
        workspace = self.desk.workspace
        with self.desk.lock, workspace.lock("soát lỗi kịch bản"):
            air_date = judged_on(self.desk, script_id, self.today())
            path = workspace.script_path(script_id)
            seen, script = revision(path), workspace.load_script(script_id)
            found = in_script(script, workspace.load_decisions(), air_date)
            accepted, rejected, ignored = _chosen(found, choice)
            decisions = _decisions(rejected, ignored)
            if accepted:
                after = accepted_in_script(script, accepted)
                known = workspace.load_decisions().adding(decisions)
                decisions += carried_over(script, after, known, air_date)
                workspace.save_script(after, seen)
            self._decide(decisions)
        return (*accepted, *rejected, *ignored)

    def decide_plan(self, plan_id: str, choice: Choice) -> tuple[Open, ...]:
        """As `decide_script`, for a plan."""
        with self.desk.lock, self.desk.workspace.lock("soát lỗi kế hoạch"):
            session = PlanSession.open(self.desk, plan_id)
            accepted, rejected, ignored = _chosen(self.of_plan(session.plan), choice)
            if accepted:
                self.accept_in_plan(session, accepted)
            self._decide(_decisions(rejected, ignored))
        return (*accepted, *rejected, *ignored)

    # Inside

    def _decide(self, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
        if decisions:
            self._write(lambda known: known.adding(decisions))
        return decisions

    def _write(self, change: Callable[[Decisions], Decisions]) -> None:
        workspace = self.desk.workspace
        with workspace.lock("ghi quyết định soát lỗi"):
            for left in reversed(range(_TRIES)):
                seen = revision(workspace.decisions_path)
                known = workspace.load_decisions()
                after = change(known)
                if after == known:
                    return
                try:
                    workspace.save_decisions(after, seen)
                except ConflictError:
                    if not left:
                        raise
                else:
                    return


def _decisions(rejected: Iterable[Open], ignored: Iterable[Open]) -> tuple[Decision, ...]:
    never = (Ignored(one.spot.rule, one.spot.written) for one in ignored)
    return (*(one.spot for one in rejected), *never)


def _chosen(found: Sequence[Open], choice: Choice) -> tuple[list[Open], list[Open], list[Open]]:
    """The suggestions that ids name.

    Raises:
        NotFoundError: with the ids that are gone; nothing is to be done then.
    """
    by_id = {one.id: one for one in found}
    named = [*choice.accept, *choice.reject, *choice.ignore]
    gone = [one for one in named if one not in by_id]
    if gone or len(set(named)) < len(named):
        twice = [one for one in named if named.count(one) > 1]
        happened = f"không có gợi ý mang mã {', '.join(gone)}" if gone else ""
        happened = happened or f"mã {twice[0]} được nêu hai lần"
        mend = "chạy lại lệnh check để xem các gợi ý hiện có và mã của chúng"
        raise NotFoundError("Chưa làm gì", happened, mend)
    accept, reject, ignore = (
        [by_id[one] for one in ids] for ids in (choice.accept, choice.reject, choice.ignore)
    )
    return accept, reject, ignore


def _named(accepted: Sequence[Open]) -> str:
    if len(accepted) != 1:
        return f"sửa {len(accepted)} chỗ theo gợi ý"
    found = accepted[0].suggestion
    return f"sửa «{shorten(found.written, 30)}» thành «{shorten(found.better, 30)}»"
