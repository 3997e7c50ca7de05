"""Working on a script's words: new ones, pieces, findings, searching, undo, names."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from broadcast.domain.wording import length_text
from broadcast.tui.dialogs.ask import AskDialog, Blank, Choice, ChooseDialog, FormDialog
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.script_base import ScriptBase
from broadcast.vietnamese.characters import fold, shorten

if TYPE_CHECKING:
    from broadcast.tui.screens.script_view import Heard
    from broadcast.workflow.script_list import Insertable
    from broadcast.workflow.script_session import ScriptSession, Unsaved

_LONGEST_ROW = 60
"""Letters of a text that a question quotes."""


class ScriptEdits(ScriptBase):
    """The actions that make and change words."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._sought = ""

    def with_script(self, act: Callable[[ScriptSession, Heard], None]) -> None:
        """Do something with the script on screen, or with the one chosen in the list: opened first.

        Args:
            act: called when it has been heard as it stands in the editor.
        """

        def opened() -> None:
            if self.session and self.heard:
                act(self.session, self.heard)

        if self.session:
            self.when_heard(opened)
        elif (entry := self.highlighted) is None:
            assemble, new = key_of("script.assemble"), key_of("script.new")
            self.say(f"Chưa chọn kịch bản nào: {assemble} soạn từ kế hoạch, {new} viết mới")
        elif entry.error:
            self.show_error(entry.error)
        else:
            self.open_script(entry.id, then=opened)

    def show_session(self, session: ScriptSession, row: int | None) -> None:
        """Edit what the session has; ask about more that a killed program left."""
        super().show_session(session, row)
        self.ask_others(session)

    # New ones

    def action_new(self) -> None:
        """Ask for a title, and begin a script."""
        blank = Blank("title", "Tên chương trình", "", "Nộp hồ sơ trực tuyến tại nhà")
        form = FormDialog("Viết kịch bản mới", [blank], _need_title)
        self.app.push_screen(form, lambda v: self._create(v["title"]) if v else None)

    def _create(self, title: str) -> None:
        def created() -> str:
            from broadcast.workflow.scripts import create_script  # noqa: PLC0415 - in the worker

            return create_script(self.office.workspace, title).id

        self.job(created, self.open_script)

    # Words

    def action_insert_piece(self) -> None:
        """Ask for a ready piece and put it in at the cursor."""
        self.with_script(lambda _session, _heard: self.job(self._pieces, self._ask_piece))

    def _pieces(self) -> list[Insertable]:
        from broadcast.workflow.script_list import insertable  # noqa: PLC0415 - in the worker

        return insertable(self.office.desk)

    def _ask_piece(self, found: list[Insertable]) -> None:
        if not found:
            self.say("Chưa có bài soạn sẵn nào trong scripts/pieces/")
            return
        choices = [
            Choice(one.id, one.title, " · ".join([f"khoảng {length_text(one.seconds)}",
                                                  *one.subjects]))
            for one in found
        ]  # fmt: skip
        self.app.push_screen(
            ChooseDialog("Chèn bài soạn sẵn tại con trỏ", choices, "Tìm bài"),
            lambda piece: self._insert(piece) if piece else None,
        )

    def _insert(self, piece: str) -> None:
        def read() -> str:
            from broadcast.workflow.script_list import piece_body  # noqa: PLC0415 - in the worker

            return piece_body(self.office.desk, piece)

        def put_in(body: str) -> None:
            rows = body.rstrip("\n").split("\n")
            self.area.insert_rows(rows)
            self.changed()
            self.say(f"Đã chèn {len(rows)} dòng; {key_of('script.undo')} để bỏ")

        self.job(read, put_in)

    def action_undo(self) -> None:
        """Take back the last step of typing."""
        self.area.action_undo()

    def action_redo(self) -> None:
        """Do again what was taken back."""
        self.area.action_redo()

    def action_search(self) -> None:
        """In the list go to the search; in a script ask for words and go to the next place."""
        if self.session is None:
            self.search_field.focus()
            return
        blank = Blank("words", "Tìm chữ (không cần dấu)", self._sought, "dich vu cong")
        form = FormDialog("Tìm trong kịch bản", [blank])
        self.app.push_screen(form, lambda v: self._seek(v["words"]) if v else None)

    def _seek(self, words: str) -> None:
        self._sought = words
        wanted, rows, here = fold(words), self.rows, self.area.row
        order = [*range(here + 1, len(rows)), *range(here + 1)]
        found = next((row for row in order if wanted and wanted in fold(rows[row])), None)
        if found is None:
            self.say(f"Không thấy «{words}» trong kịch bản")
            return
        self.area.go_to(found)
        self.say(f"Dòng {found + 1} có «{words}»; {key_of('script.search')} rồi Enter tìm tiếp")

    def action_rename(self) -> None:
        """Ask for another title."""
        self.with_script(self._ask_title)

    def _ask_title(self, session: ScriptSession, _heard: Heard) -> None:
        blank = Blank("title", "Tên chương trình", session.title)

        def named(values: dict[str, str] | None) -> None:
            if values:
                self.job(partial(session.rename, values["title"]), renamed)

        def renamed(_none: None) -> None:
            self.show_title()
            self.say(f"Đã đổi tên thành «{session.title}»")

        self.app.push_screen(FormDialog("Đổi tên kịch bản", [blank], _need_title), named)

    # Findings

    def action_next_finding(self) -> None:
        """Go to the next row with something found in it."""
        self.with_script(self._to_next_finding)

    def _to_next_finding(self, _session: ScriptSession, heard: Heard) -> None:
        rows = sorted(heard.marks)
        if not rows:
            self.say("Không có dòng nào cần xem")
            return
        here = self.area.row
        row = next((one for one in rows if one > here), rows[0])
        self.area.go_to(row)
        self.say(f"Dòng {row + 1}: {heard.preview.rows[row].findings[0].message}")

    # What killed programs left besides

    def ask_others(self, session: ScriptSession) -> None:
        """More texts were left than the one that was taken up: ask what to do with each."""
        if session is not self.session or not session.others:
            return
        other = session.others[0]
        rows = other.text.split("\n")
        title = "Còn một bản khác chưa lưu của kịch bản này"
        text = (
            f"Gõ lúc {other.at:%H:%M %d/%m/%Y}, {len(rows)} dòng: "
            f"«{shorten(' '.join(other.text.split()), _LONGEST_ROW)}»"
        )
        ways = [
            Choice("adopt", "Gộp vào chữ đang sửa; chỗ trùng để cả hai"),
            Choice("discard", "Bỏ hẳn bản ấy"),
        ]
        self.app.push_screen(
            AskDialog(title, text, ways), lambda way: self._others(session, other, way)
        )

    def _others(self, session: ScriptSession, other: Unsaved, way: str | None) -> None:
        if way == "adopt":
            text = "\n".join(self.rows)
            self.through(session, lambda: session.adopt(text, other),
                         lambda _saved: self.ask_others(session))  # fmt: skip
        elif way == "discard":
            self.job(lambda: session.discard(other), lambda _none: self.ask_others(session))


def _need_title(values: dict[str, str]) -> dict[str, str]:
    return {} if values["title"] else {"title": "Ghi tên chương trình"}
