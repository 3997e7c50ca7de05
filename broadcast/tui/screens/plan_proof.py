"""What is to be looked at in a plan: doubts of reading it, and a proofreader's suggestions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.plan import Plan, PlanProblem
from broadcast.domain.plan_outline import nearest
from broadcast.tui.dialogs.ask import Choice, ChooseDialog, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.plan_base import Change
from broadcast.tui.screens.plan_import import PlanImport
from broadcast.tui.screens.proof_ask import alike, asking, suggestion_line
from broadcast.tui.widgets.plan_rows import entry_line
from broadcast.vietnamese.decisions import Open

if TYPE_CHECKING:
    from broadcast.tui.screens.proof_ask import Way
    from broadcast.vietnamese.decisions import Decision
    from broadcast.workflow.proofreading import Proofreading

_TAKE_BACK = "take back"


class PlanProof(PlanImport):
    """The list of what is to be looked at; suggestions are carried out in the plan."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._decided: list[tuple[Decision, ...]] = []
        self._done = ""
        """What was decided just now, while the list comes again by itself."""

    def action_problems(self) -> None:
        """List what a person should look at; taking one goes there and asks what to do with it."""
        self._again("")

    def _again(self, done: str) -> None:
        """The list, also by itself after a decision, so that one follows the other."""
        self._done = done
        plan = self.plan
        if plan is not None:
            self.job(
                lambda: _proof(self.office).of_plan(plan),
                lambda found: self._list(plan, found) if plan is self.plan else None,
            )

    def _list(self, plan: Plan, opened: tuple[Open, ...]) -> None:
        choices: list[Choice[PlanProblem | Open | str]] = [
            Choice(
                problem,
                f"! {_place(problem.line)}{problem.message}",
                f"→ {problem.suggestion}" if problem.suggestion else "",
            )
            for problem in plan.problems
        ]
        choices += [
            Choice(one, *suggestion_line(one, _place(one.suggestion.line))) for one in opened
        ]
        if not choices and (self._done or not self._decided):
            self.say(f"{self._done}Không còn chỗ nào phải xem lại" if self._done
                     else "Không có chỗ nào phải xem lại")  # fmt: skip
            return
        title = f"{self._done}{len(choices)} chỗ nên xem lại (số dòng là của văn bản gốc)"
        if self._decided:
            choices.append(Choice(_TAKE_BACK, "↶ Hỏi lại chỗ vừa quyết định để nguyên"))
        self.app.push_screen(ChooseDialog(title, choices, "Tìm"), partial(self._taken, opened))

    def _taken(self, opened: tuple[Open, ...], chosen: PlanProblem | Open | str | None) -> None:
        if isinstance(chosen, PlanProblem):
            self._look_into(chosen)
        elif isinstance(chosen, Open):
            self._ask_way(chosen, alike(chosen, opened))
        elif chosen == _TAKE_BACK:
            decisions = self._decided.pop()
            self.job(
                lambda: _proof(self.office).take_back(*decisions),
                lambda _none: self._again("Hỏi lại · "),
            )

    # A suggestion

    def _ask_way(self, one: Open, same: tuple[Open, ...]) -> None:
        spot, line = one.spot, one.suggestion.line
        plan = self.plan
        near = nearest(plan, line) if plan and line else None
        if near is not None:
            self.go_to(near)
        around = " ".join(
            part for part in (spot.before, one.suggestion.written, spot.after) if part
        )
        dialog = asking(one, _place(line).capitalize(), around, len(same))
        self.app.push_screen(dialog, partial(self._decide, one, same))

    def _decide(self, one: Open, same: tuple[Open, ...], way: Way | None) -> None:
        if way in {"reject", "ignore"}:
            act = "ignore" if way == "ignore" else "reject"
            self.job(lambda: getattr(_proof(self.office), act)(one), self._left_alone)
        elif way is not None:
            chosen = (one,) if way == "accept" else same
            told = f"Đã sửa {len(chosen)} chỗ ({key_of('plan.undo')} để bỏ) · "
            self.change(
                Change(
                    lambda session: _proof(self.office).accept_in_plan(session, chosen),
                    lambda _none: "",
                    lambda _none: self._again(told),
                )
            )

    def _left_alone(self, decisions: tuple[Decision, ...]) -> None:
        self._decided.append(decisions)
        self._again("Đã nhớ · ")

    # What reading was unsure of

    def _look_into(self, problem: PlanProblem) -> None:
        plan = self.plan
        if plan is None:
            return
        near = nearest(plan, problem.line)
        if near is not None:
            self.go_to(near)
        text = Text(problem.message)
        text.append(f"\n→ {problem.suggestion}" if problem.suggestion else "")
        if near is not None:
            text.append("\n\nMục gần nhất: ", "bold")
            text.append(entry_line(near, 0, None).text)
        ways = [
            Choice("stay", "Tới mục ấy để xem, sửa"),
            Choice("drop", "Đã xem xong, bỏ khỏi danh sách"),
        ]
        place = f"Dòng {problem.line} của văn bản gốc" if problem.line else "Chỗ nên xem lại"
        self.app.push_screen(
            LongAskDialog(place, text, ways),
            lambda way: self._drop(problem) if way == "drop" else None,
        )

    def _drop(self, problem: PlanProblem) -> None:
        def told(_none: None) -> str:
            left = len(self.plan.problems) if self.plan else 0
            return f"Đã bỏ khỏi danh sách; còn {left} chỗ nên xem lại"

        self.change(Change(lambda session: session.drop_problem(problem), told))


def _place(line: int | None) -> str:
    return f"dòng {line}: " if line else ""


def _proof(office: Office) -> Proofreading:
    from broadcast.workflow.proofreading import Proofreading  # noqa: PLC0415 - in the worker

    return Proofreading(office.desk, office.today)
