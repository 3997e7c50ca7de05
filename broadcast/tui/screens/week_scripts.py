"""Scripts for a whole week: what each airing would tell or tells, and why; then making them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Literal

from broadcast.domain.wording import moment
from broadcast.tui.dialogs.ask import Choice, ChooseDialog, LongAskDialog
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.assembled_text import assembled_text
from broadcast.tui.screens.week_base import Change
from broadcast.tui.screens.week_edits import WeekEdits

if TYPE_CHECKING:
    from broadcast.domain.week import WeekId
    from broadcast.workflow.assemble import Assembled

_Way = Literal["make", "open", "back"]

_ALL = "all"
"""In the list: make all of them."""


class WeekScripts(WeekEdits):
    """The actions that make a week's scripts, or tell what they would be."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._made: list[Assembled] = []
        """What was made here last, so that it can be told why afterwards."""

    def action_assemble(self) -> None:
        """Make a script for every airing that has a topic and none yet."""
        if self.view is None:
            return
        if not self._waits():
            self.say("Mọi lượt phát có nội dung đều đã có kịch bản")
            return
        self.say("Đang soạn kịch bản…")
        self.change(
            Change(
                lambda session, _out: session.through("soạn kịch bản cho tuần", self._assembled),
                lambda made: (
                    f"Đã soạn {len(made)} kịch bản; {key_of('week.preview')} xem vì sao, "
                    f"{key_of('week.approve')} duyệt"
                ),
                self._keep,
            )
        )

    def _keep(self, made: list[Assembled]) -> None:
        self._made = made

    def _waits(self) -> bool:
        return self.view is not None and any(
            a.topic and not a.script for a in self.view.week.airings
        )

    def _assembled(self) -> list[Assembled]:
        from broadcast.workflow.assemble_week import assemble_week  # noqa: PLC0415 - after first paint

        return assemble_week(self.office.workspace, self.week_id)

    def action_preview(self) -> None:
        """List what is or would be taken for each airing, and why; nothing is written."""
        if self.view is None:
            return
        if self._waits():
            self.say("Đang xem trước…")
            self.job(partial(_preview, self.office, self.week_id), partial(self._list, saved=False))
            return
        there = {airing.script for airing in self.view.week.airings}
        made = [one for one in self._made if one.script.id in there]
        if made:
            self._list(made, saved=True)
        else:
            self.say("Tuần này không còn kịch bản nào phải soạn; Enter mở kịch bản của ô")

    def _list(self, made: Sequence[Assembled], *, saved: bool) -> None:
        self.say("")
        choices: list[Choice[Assembled | str]] = [
            Choice(one, f"{self._when(one)} «{one.script.title}»", one.why) for one in made
        ]
        title = f"{len(made)} kịch bản vừa soạn, vì sao lấy bài ấy"
        if not saved:
            title = f"Xem trước {len(made)} kịch bản của tuần, chưa ghi gì"
            choices.insert(0, Choice(_ALL, f"Soạn cả {len(made)} kịch bản này"))

        def taken(one: Assembled | str | None) -> None:
            if one == _ALL:
                self.action_assemble()
            elif one is not None and not isinstance(one, str):
                self._look_at(one, made, saved=saved)

        self.app.push_screen(ChooseDialog(title, choices, "Tìm"), taken)

    def _when(self, one: Assembled) -> str:
        """When it is on air, the first time and how often more."""
        airings = [a for a in self.view.week.in_order() if a.id in one.airings] if self.view else []
        if not airings:
            return ""
        more = f" và {len(airings) - 1} lượt nữa" if len(airings) > 1 else ""
        return f"{moment(airings[0].starts)}{more}"

    def _look_at(self, one: Assembled, made: Sequence[Assembled], *, saved: bool) -> None:
        ways: list[Choice[_Way]] = [
            Choice("open", "Mở kịch bản để đọc, sửa")
            if saved
            else Choice("make", f"Soạn cả {len(made)} kịch bản"),
            Choice("back", "Về danh sách"),
        ]

        def taken(way: _Way | None) -> None:
            if way == "open":
                self.shell.go("script", script=one.script.id)
            elif way == "make":
                self.action_assemble()
            elif way == "back":
                self._list(made, saved=saved)

        title = "Kịch bản vừa soạn" if saved else "Xem trước kịch bản, chưa ghi gì"
        self.app.push_screen(LongAskDialog(title, assembled_text(one), ways), taken)


def _preview(office: Office, week_id: WeekId) -> list[Assembled]:
    """In the worker: the scripts that would be made."""
    from broadcast.workflow.assemble_week import preview_week  # noqa: PLC0415 - after first paint

    return preview_week(office.desk, week_id)
