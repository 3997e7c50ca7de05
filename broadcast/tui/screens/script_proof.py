"""What is to be looked at in a script: its findings, and a proofreader's suggestions to decide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.hints import in_keys, key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.proof_ask import alike, asking, suggestion_line
from broadcast.tui.screens.script_blanks import ScriptBlanks
from broadcast.tui.screens.script_view import place
from broadcast.vietnamese.decisions import Open

if TYPE_CHECKING:
    from broadcast.tui.screens.proof_ask import Way
    from broadcast.tui.screens.script_view import Heard
    from broadcast.vietnamese.decisions import Decision
    from broadcast.workflow.proofreading import Proofreading
    from broadcast.workflow.script_session import Found, ScriptSession

_TAKE_BACK = "take back"


class ScriptProof(ScriptBlanks):
    """The list of what is to be looked at; suggestions are carried out in the editor."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._decided: list[tuple[Decision, ...]] = []
        self._done = ""
        """What was decided just now, while the list comes again by itself."""

    def action_check(self) -> None:
        """List what is to be looked at; taking one goes to its row, or asks what to do."""
        self._done = ""
        self.with_script(self._proofread)

    def _proofread(self, session: ScriptSession, heard: Heard) -> None:
        text = heard.typed.text
        self.job(
            lambda: _proof(self.office).of_text(session, text),
            lambda found: self._list(session, heard, found) if session is self.session else None,
        )

    def _list(self, session: ScriptSession, heard: Heard, opened: tuple[Open, ...]) -> None:
        choices: list[Choice[Found | Open | str]] = [
            Choice(one, f"! {place(one)}{one.finding.message}",
                   f"→ {in_keys(one.finding.mend)}" if one.finding.mend else "")
            for one in heard.preview.findings
        ]  # fmt: skip
        choices += [
            Choice(one, *suggestion_line(one, f"dòng {_row(session, one) + 1}: ")) for one in opened
        ]
        if not choices and (self._done or not self._decided):
            self.say(f"{self._done}Không còn chỗ nào cần xem" if self._done
                     else "Không có chỗ nào cần xem")  # fmt: skip
            return
        title = f"{self._done}{len(choices)} chỗ cần xem trong kịch bản"
        if self._decided:
            choices.append(Choice(_TAKE_BACK, "↶ Hỏi lại chỗ vừa quyết định để nguyên"))
        taken = partial(self._taken, session, heard, opened)
        self.app.push_screen(ChooseDialog(title, choices, "Tìm"), taken)

    def _taken(
        self,
        session: ScriptSession,
        heard: Heard,
        opened: tuple[Open, ...],
        chosen: Found | Open | str | None,
    ) -> None:
        if chosen is None:
            return
        if isinstance(chosen, str):
            decisions = self._decided.pop()
            self.job(
                lambda: _proof(self.office).take_back(*decisions),
                lambda _none: self._again("Hỏi lại · "),
            )
        elif isinstance(chosen, Open):
            self._ask(session, heard, chosen, alike(chosen, opened))
        elif chosen.row is not None:
            self.area.go_to(chosen.row)
            self.area.focus()

    def _ask(self, session: ScriptSession, heard: Heard, one: Open, same: tuple[Open, ...]) -> None:
        row = _row(session, one)
        self.area.go_to(row)
        around = heard.typed.rows[row] if row < len(heard.typed.rows) else ""
        dialog = asking(one, f"Dòng {row + 1}: ", around, len(same))
        self.app.push_screen(dialog, partial(self._decide, session, heard, one, same))

    def _decide(
        self,
        session: ScriptSession,
        heard: Heard,
        one: Open,
        same: tuple[Open, ...],
        way: Way | None,
    ) -> None:
        if way is None:
            self.area.focus()
        elif way in {"reject", "ignore"}:
            act = "ignore" if way == "ignore" else "reject"
            self.job(lambda: getattr(_proof(self.office), act)(one), self._left_alone)
        else:
            text, chosen = heard.typed.text, (one,) if way == "accept" else same
            self.job(
                lambda: _proof(self.office).accept_in_text(session, text, chosen),
                lambda made: self._accepted(made, len(chosen)),
            )

    def _left_alone(self, decisions: tuple[Decision, ...]) -> None:
        self._decided.append(decisions)
        self._again("Đã nhớ · ")

    def _accepted(self, text: str, places: int) -> None:
        self.area.put(text.split("\n"))
        self.changed()
        self._again(f"Đã sửa {places} chỗ ({key_of('script.undo')} để bỏ) · ")

    def _again(self, done: str) -> None:
        """The list once more, so that one decision follows the other."""
        self._done = done
        self.with_script(self._proofread)


def _row(session: ScriptSession, one: Open) -> int:
    from broadcast.store.script_files import first_body_line  # noqa: PLC0415 - it is loaded

    return one.suggestion.line - first_body_line(session.script)


def _proof(office: Office) -> Proofreading:
    from broadcast.workflow.proofreading import Proofreading  # noqa: PLC0415 - in the worker

    return Proofreading(office.desk, office.today)
