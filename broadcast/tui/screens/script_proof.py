"""What is to be looked at in a script: its findings, and a proofreader's suggestions to decide."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from broadcast.tui.dialogs.ask import Choice
from broadcast.tui.hints import in_keys, key_of
from broadcast.tui.screens.proof_ask import suggestion_line
from broadcast.tui.screens.proof_flow import ProofFlow, proofreader
from broadcast.tui.screens.script_blanks import ScriptBlanks
from broadcast.tui.screens.script_view import place
from broadcast.vietnamese.decisions import Open

if TYPE_CHECKING:
    from broadcast.tui.screens.proof_flow import Back
    from broadcast.tui.screens.script_view import Heard
    from broadcast.workflow.script_session import Found, ScriptSession

_NONE = ("Không có chỗ nào cần xem", "Không còn chỗ nào cần xem")


class ScriptProof(ProofFlow, ScriptBlanks):
    """The list of what is to be looked at; suggestions are carried out in the editor."""

    def action_check(self) -> None:
        """List what is to be looked at; taking one goes to its row, or asks what to do."""
        self.look_again("")

    def look_again(self, done: str) -> None:
        """The list, for the text as it is typed now."""
        self._done = done
        self.with_script(self._proofread)

    def _proofread(self, session: ScriptSession, heard: Heard) -> None:
        text = heard.typed.text
        self.job(
            lambda: proofreader(self.office).of_text(session, text),
            lambda found: self._list(session, heard, found) if session is self.session else None,
        )

    def _list(self, session: ScriptSession, heard: Heard, opened: tuple[Open, ...]) -> None:
        choices: list[Choice[Found | Open | Back]] = [
            Choice(one, f"! {place(one)}{one.finding.message}",
                   f"→ {in_keys(one.finding.mend)}" if one.finding.mend else "")
            for one in heard.preview.findings
        ]  # fmt: skip
        choices += [
            Choice(one, *suggestion_line(one, f"dòng {_row(session, one) + 1}: ")) for one in opened
        ]
        title = f"{len(choices)} chỗ cần xem trong kịch bản"
        self.list_found(choices, title, _NONE, partial(self._taken, session, heard, opened))

    def _taken(
        self,
        session: ScriptSession,
        heard: Heard,
        opened: tuple[Open, ...],
        chosen: Found | Open | None,
    ) -> None:
        if isinstance(chosen, Open):
            row = _row(session, chosen)
            self.area.go_to(row)
            around = heard.typed.rows[row] if row < len(heard.typed.rows) else ""
            self.ask_about(chosen, opened, f"Dòng {row + 1}: ", around)
        elif chosen is not None and chosen.row is not None:
            self.area.go_to(chosen.row)
            self.area.focus()

    def leave_question(self) -> None:
        """Back to the text."""
        self.area.focus()

    def accept(self, chosen: tuple[Open, ...]) -> None:
        """Carry suggestions out in the text as it is typed."""
        self.with_script(partial(self._accept, chosen))

    def _accept(self, chosen: tuple[Open, ...], session: ScriptSession, heard: Heard) -> None:
        text = heard.typed.text
        self.job(
            lambda: proofreader(self.office).accept_in_text(session, text, chosen),
            lambda made: self._accepted(made, len(chosen)),
        )

    def _accepted(self, text: str, places: int) -> None:
        self.area.put(text.split("\n"))
        self.changed()
        self.look_again(f"Đã sửa {places} chỗ ({key_of('script.undo')} để bỏ) · ")


def _row(session: ScriptSession, one: Open) -> int:
    from broadcast.store.script_files import first_body_line  # noqa: PLC0415 - it is loaded

    return one.suggestion.line - first_body_line(session.script)
