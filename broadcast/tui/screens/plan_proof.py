"""What is to be looked at in a plan: doubts of reading it, and a proofreader's suggestions."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.plan import Plan, PlanProblem
from broadcast.domain.plan_outline import nearest
from broadcast.tui.dialogs.ask import Choice, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.plan_base import Change
from broadcast.tui.screens.plan_import import PlanImport
from broadcast.tui.screens.proof_ask import suggestion_line
from broadcast.tui.screens.proof_flow import ProofFlow, proofreader
from broadcast.tui.widgets.plan_rows import entry_line
from broadcast.vietnamese.decisions import Open

if TYPE_CHECKING:
    from broadcast.tui.screens.proof_flow import Back

_NONE = ("Không có chỗ nào phải xem lại", "Không còn chỗ nào phải xem lại")


class PlanProof(ProofFlow, PlanImport):
    """The list of what is to be looked at; suggestions are carried out in the plan."""

    def action_problems(self) -> None:
        """List what a person should look at; taking one goes there and asks what to do with it."""
        self.look_again("")

    def look_again(self, done: str) -> None:
        """The list, for the plan as it is now."""
        self._done = done
        plan = self.plan
        if plan is not None:
            self.job(
                lambda: proofreader(self.office).of_plan(plan),
                lambda found: self._list(plan, found) if plan is self.plan else None,
            )

    def _list(self, plan: Plan, opened: tuple[Open, ...]) -> None:
        choices: list[Choice[PlanProblem | Open | Back]] = [
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
        title = f"{len(choices)} chỗ nên xem lại (số dòng là của văn bản gốc)"
        self.list_found(choices, title, _NONE, partial(self._taken, opened))

    def _taken(self, opened: tuple[Open, ...], chosen: PlanProblem | Open | None) -> None:
        if isinstance(chosen, PlanProblem):
            self._look_into(chosen)
        elif chosen is not None:
            self._ask_way(chosen, opened)

    # A suggestion

    def _ask_way(self, one: Open, opened: tuple[Open, ...]) -> None:
        spot, line = one.spot, one.suggestion.line
        plan = self.plan
        near = nearest(plan, line) if plan and line else None
        if near is not None:
            self.go_to(near)
        around = " ".join(
            part for part in (spot.before, one.suggestion.written, spot.after) if part
        )
        self.ask_about(one, opened, _place(line).capitalize(), around)

    def accept(self, chosen: tuple[Open, ...]) -> None:
        """Carry suggestions out in the plan."""
        told = f"Đã sửa {len(chosen)} chỗ ({key_of('plan.undo')} để bỏ) · "
        self.change(
            Change(
                lambda session: proofreader(self.office).accept_in_plan(session, chosen),
                lambda _none: "",
                lambda _none: self.look_again(told),
            )
        )

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
