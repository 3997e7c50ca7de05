"""Going through what a proofreader found, one decision after the other, in a script or a plan."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.office import Office
from broadcast.tui.screens.base import StationScreen
from broadcast.tui.screens.proof_ask import alike, asking
from broadcast.vietnamese.decisions import Open

if TYPE_CHECKING:
    from broadcast.tui.screens.proof_ask import Way
    from broadcast.vietnamese.decisions import Decision
    from broadcast.workflow.proofreading import Proofreading

T = TypeVar("T")

Back = Literal["take back"]
"""In the list: ask again about what was left alone last."""


class ProofFlow(StationScreen):
    """The list of what is to be looked at, which comes again by itself after each decision."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._decided: list[tuple[Decision, ...]] = []
        self._done = ""
        """What was decided just now, while the list comes again by itself."""

    @abstractmethod
    def look_again(self, done: str) -> None:
        """Find what is to be looked at and list it; `done` tells what was decided just now."""

    @abstractmethod
    def accept(self, chosen: tuple[Open, ...]) -> None:
        """Carry suggestions out, then look again."""

    def list_found(
        self,
        choices: Sequence[Choice[T | Open | Back]],
        title: str,
        none: tuple[str, str],
        taken: Callable[[T | Open | None], None],
    ) -> None:
        """Show what was found, with the way back from the last place left alone.

        Args:
            none: what is said if there is nothing, and if there is nothing any more.
            taken: gets what was chosen, None if nothing was.
        """
        if not choices and (self._done or not self._decided):
            self.say(f"{self._done}{none[1]}" if self._done else none[0])
            return
        every = list(choices)
        if self._decided:
            every.append(Choice("take back", "↶ Hỏi lại chỗ vừa quyết định để nguyên"))

        def chosen(one: T | Open | Back | None) -> None:
            if one == "take back":
                self._take_back()
            else:
                taken(one)

        self.app.push_screen(ChooseDialog(f"{self._done}{title}", every, "Tìm"), chosen)

    def ask_about(self, one: Open, opened: Sequence[Open], place: str, around: str) -> None:
        """Ask what to do with a suggestion.

        Args:
            opened: all there are.
            place: where it is, as a heading begins; "" if unknown.
            around: the words it stands in.
        """
        same = alike(one, opened)
        dialog = asking(one, place, around, len(same))
        self.app.push_screen(dialog, partial(self._decide, one, same))

    def _decide(self, one: Open, same: tuple[Open, ...], way: Way | None) -> None:
        if way is None:
            self.leave_question()
        elif way in {"reject", "ignore"}:
            act = "ignore" if way == "ignore" else "reject"
            self.job(lambda: getattr(proofreader(self.office), act)(one), self._left_alone)
        else:
            self.accept((one,) if way == "accept" else same)

    def leave_question(self) -> None:
        """Nothing was decided: a screen may put the cursor where it belongs."""

    def _left_alone(self, decisions: tuple[Decision, ...]) -> None:
        self._decided.append(decisions)
        self.look_again("Đã nhớ · ")

    def _take_back(self) -> None:
        decisions = self._decided.pop()
        self.job(
            lambda: proofreader(self.office).take_back(*decisions),
            lambda _none: self.look_again("Hỏi lại · "),
        )


def proofreader(office: Office) -> Proofreading:
    """The proofreading of the open station."""
    from broadcast.workflow.proofreading import Proofreading  # noqa: PLC0415 - in the worker

    return Proofreading(office.desk, office.today)
