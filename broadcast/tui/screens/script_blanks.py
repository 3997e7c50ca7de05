"""Filling the blanks of a script: all of them in one form, one step to take back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical

from broadcast.tui.dialogs.form import Chosen, Form, Typed, Values
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.script_assemble import ScriptAssemble
from broadcast.vietnamese.characters import nfc, shorten

if TYPE_CHECKING:
    from broadcast.tui.screens.script_view import Heard
    from broadcast.workflow.filling import Gap
    from broadcast.workflow.script_session import ScriptSession

_LONGEST_NAME = 27
"""Letters of a blank's name that the form has room for."""

_KEEP = "keep"


class ScriptBlanks(ScriptAssemble):
    """The action that fills placeholders."""

    def action_fill_blanks(self) -> None:
        """Ask for everything that is blank in the script."""
        self.with_script(self._look_for_blanks)

    def _look_for_blanks(self, session: ScriptSession, heard: Heard) -> None:
        text = heard.typed.text
        self.job(
            lambda: _gaps(self.office, session, text),
            lambda found: self._ask_blanks(found) if session is self.session else None,
        )

    def _ask_blanks(self, found: Sequence[Gap]) -> None:
        if not found:
            self.say("Kịch bản không có chỗ trống nào phải điền")
            return
        keep = Chosen(_KEEP, "Nhớ cho bài sau", False, [(False, "không"), (True, "có")])
        form = BlanksForm(
            f"Điền {len(found)} chỗ trống; ô để trống thì giữ nguyên",
            [*(_field(number, gap) for number, gap in enumerate(found)), keep],
        )
        self.app.push_screen(form, lambda values: self._fill(found, values) if values else None)

    def _fill(self, found: Sequence[Gap], given: Values) -> None:
        values = {gap.name: str(given[_key(n)]) for n, gap in enumerate(found) if given[_key(n)]}
        if not values:
            self.say("Chưa điền chỗ nào")
            return
        from broadcast.workflow.filling import filled_text  # noqa: PLC0415 - it is loaded

        self.area.put(filled_text("\n".join(self.rows), values).split("\n"))
        self.changed()
        places = sum(gap.places for gap in found if gap.name in values)
        told = f"Đã điền {places} chỗ; {key_of('script.undo')} để bỏ"
        if given[_KEEP]:
            self.job(
                lambda: _keep(self.office, values),
                lambda new: self.say(f"{told}; đài nhớ cho bài sau" if new else told),
            )
        else:
            self.say(told)


class BlanksForm(Form):
    """The form of the blanks; however many there are, each can be come to."""

    def body(self) -> ComposeResult:
        """The fields, scrolled where they need more room than there is."""
        # No VerticalScroll: that would take the arrows which lead from field to field.
        with Vertical(classes="form-rows"):
            yield from super().body()


def _key(number: int) -> str:
    return f"blank-{number}"


def _field(number: int, gap: Gap) -> Typed:
    places = f" ({gap.places} chỗ)" if gap.places > 1 else ""
    label = shorten(gap.name, _LONGEST_NAME - len(places)) + places
    example = f"nguồn ghi: {gap.sources}, hỏi lại rồi điền" if gap.sources else gap.line
    return Typed(_key(number), label, gap.known, _read, example)


def _read(text: str) -> str:
    """A value for a line of the script, "" for a blank that stays.

    Raises:
        ValueError: it would be a blank itself.
    """
    from broadcast.workflow.filling import value_wrong  # noqa: PLC0415 - it is loaded

    value = " ".join(nfc(text).split())
    if wrong := value_wrong(value):
        raise ValueError(wrong)
    return value


def _gaps(office: Office, session: ScriptSession, text: str) -> tuple[Gap, ...]:
    from broadcast.workflow.filling import gaps  # noqa: PLC0415 - in the worker

    return gaps(office.desk, session.script, text)


def _keep(office: Office, values: dict[str, str]) -> bool:
    from broadcast.workflow.filling import keep_details  # noqa: PLC0415 - in the worker

    return keep_details(office.desk, values)
