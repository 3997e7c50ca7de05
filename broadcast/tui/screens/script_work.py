"""What leads a script to the air: listening, handing in, approving, sending back, what changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.domain.freshness import RULES as STALE
from broadcast.errors import BroadcastError, NotFoundError
from broadcast.tui.dialogs.approval import Approving, approval_form
from broadcast.tui.dialogs.ask import AskDialog, Blank, Choice, FormDialog
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.hints import key_of
from broadcast.tui.office import Office
from broadcast.tui.screens.consent import with_consent
from broadcast.tui.screens.printing import told_printed
from broadcast.tui.screens.script_proof import ScriptProof
from broadcast.tui.screens.script_view import Heard, look_over, place, since_text

if TYPE_CHECKING:
    from broadcast.domain.script import Speaker
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.listen import Sound
    from broadcast.workflow.papers import Printed
    from broadcast.workflow.progress import Progress
    from broadcast.workflow.script_session import ScriptSession, Since


class ScriptWork(ScriptProof):
    """The actions beyond the script's words."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._writer = ""

    # Listening

    def action_listen_line(self) -> None:
        """Let the row of the cursor, or the rows that are selected, be heard."""
        self.with_script(self._listen_line)

    def _listen_line(self, session: ScriptSession, heard: Heard) -> None:
        first, last = (place[0] for place in sorted(self.area.selection))
        rows = heard.preview.rows[first : last + 1]
        if not any(row.kind in {"speech", "cue", "wrong"} for row in rows):
            self.say("Dòng này không có lời: đưa con trỏ tới dòng có lời")
            return
        text = "\n".join(heard.typed.rows[first : last + 1])
        speaker, office = rows[0].speaker, self.office
        told = f"dòng {first + 1}" if first == last else f"dòng {first + 1} đến {last + 1}"
        self._listen(session, told, lambda progress: _line(office.desk, text, speaker, progress))

    def action_listen(self) -> None:
        """Let the whole script be heard."""
        self.with_script(self._listen_all)

    def _listen_all(self, session: ScriptSession, heard: Heard) -> None:
        if not self._refused("nghe cả bài", heard):
            text, office = heard.typed.text, self.office
            self._listen(session, "cả bài", lambda p: _whole(office.desk, session, text, p))

    def _listen(self, session: ScriptSession, told: str, make: Callable[[Progress], Sound]) -> None:
        from broadcast.tui.dialogs.listen import ListenDialog  # noqa: PLC0415 - when asked for

        save_as = Path(self.office.root, "out", f"nghe-{session.script_id}.mp3")
        dialog = ListenDialog(f"Nghe {told}: {session.title}", make, save_as)
        with_consent(self, lambda: self.app.push_screen(dialog))

    def action_teach(self) -> None:
        """Ask how a word is said: the abbreviation nobody taught in the row, else the next one."""
        self.with_script(self._ask_lesson)

    def _ask_lesson(self, session: ScriptSession, heard: Heard) -> None:
        from broadcast.tui.dialogs.teach import TeachDialog  # noqa: PLC0415 - when asked for
        from broadcast.workflow.teaching import wrong_lesson  # noqa: PLC0415 - it is loaded

        here, rows = self.area.row, heard.preview.rows
        order = [*rows[here:], *rows[:here]]
        word = next((row.unknown[0] for row in order if row.unknown), "")
        dialog = TeachDialog(
            word, "", lambda values: wrong_lesson(values["written"], values["said"]),
            lambda said, progress: _line(self.office.desk, said, "NỮ", progress),
            Path(self.office.root, "out", f"nghe-{session.script_id}.mp3"),
        )  # fmt: skip
        self.app.push_screen(dialog, lambda v: self._teach(v["written"], v["said"]) if v else None)

    def _teach(self, written: str, said: str) -> None:
        workspace = self.office.workspace

        def taught() -> str:
            from broadcast.workflow.teaching import teach  # noqa: PLC0415 - in the worker

            return teach(workspace, written, said)

        def told(what: str) -> None:
            self._hear_now()
            self.when_heard(lambda: self.say(what))

        self.job(taught, told)

    def _refused(self, what: str, heard: Heard) -> bool:
        """Whether something keeps the script from being read out: it is told and gone to."""
        blocked = [one for one in heard.preview.findings if one.finding in heard.preview.blockers]
        if not blocked:
            return False
        first = blocked[0]
        if first.row is not None:
            self.area.go_to(first.row)
            self.area.focus()
        told = f"Chưa {what} được, {len(blocked)} chỗ phải sửa: {place(first)}"
        self.say(f"{told}{first.finding.message} ({key_of('script.check')} xem hết)")
        return True

    # Saving, and handing on

    def action_save(self) -> None:
        """Save."""
        if self.session is None:
            self.say("Chưa mở kịch bản nào")
        else:
            self.save()

    def action_submit(self) -> None:
        """Ask who hands the script in."""
        self.with_script(self._ask_submit)

    def _ask_submit(self, session: ScriptSession, heard: Heard) -> None:
        if heard.preview.state in {"chờ duyệt", "đã duyệt"}:
            self.say(f"Kịch bản {heard.preview.state} rồi")
        elif not self._refused("trình", heard):
            blank = Blank("by", "Họ và tên người trình", self._writer, "Lò Văn Bình")
            form = FormDialog("Trình duyệt kịch bản", [blank], _need_name, look_over(heard))
            self.app.push_screen(form, lambda v: self._submit(session, v["by"]) if v else None)

    def _submit(self, session: ScriptSession, by: str) -> None:
        self._writer = by
        text, at = "\n".join(self.rows), self.office.now()
        self.through(session, lambda: session.submit(text, by, at))

    def action_approve(self) -> None:
        """Ask who approves, with the length and what is to be looked at."""
        self.with_script(self._ask_approve)

    def _ask_approve(self, session: ScriptSession, heard: Heard) -> None:
        stale = any(one.finding.rule in STALE for one in heard.preview.findings)
        if heard.preview.state == "đã duyệt" and not stale:
            self.say("Kịch bản đã duyệt rồi")
        elif not self._refused("duyệt", heard):
            form = approval_form(
                "Duyệt kịch bản",
                self.office.approver,
                look_over(heard),
                self.office.now().date(),
                stale=stale,
                found=bool(heard.preview.findings),
            )
            self.app.push_screen(
                form, lambda v: self._approve(session, Approving.of(v)) if v else None
            )

    def _approve(self, session: ScriptSession, given: Approving) -> None:
        self.office.approver = given.by
        text, at = "\n".join(self.rows), self.office.now()
        self.through(
            session, lambda: session.approve(text, given.by, at, given.paper, given.despite)
        )

    def action_send_back(self) -> None:
        """Ask who sends the script back, and why."""
        self.with_script(self._ask_send_back)

    def _ask_send_back(self, session: ScriptSession, _heard: Heard) -> None:
        blanks = [
            Blank("by", "Họ và tên người trả lại", self.office.approver, "Nguyễn Thị Hoa"),
            Blank("reason", "Phải sửa những gì", "", "Ghi rõ nơi nộp hồ sơ ở đoạn cuối"),
        ]

        def check(values: dict[str, str]) -> dict[str, str]:
            wrong = _need_name(values)
            return wrong if values["reason"] else {**wrong, "reason": "Ghi rõ phải sửa những gì"}

        form = FormDialog("Trả kịch bản lại để sửa", blanks, check)
        self.app.push_screen(
            form, lambda v: self._send_back(session, v["by"], v["reason"]) if v else None
        )

    def _send_back(self, session: ScriptSession, by: str, reason: str) -> None:
        self.office.approver = by
        text, at = "\n".join(self.rows), self.office.now()
        self.through(session, lambda: session.send_back(text, by, reason, at))

    # On paper

    def action_print(self) -> None:
        """Ask which paper: for the signature, or to translate from."""
        self.with_script(self._ask_print)

    def _ask_print(self, session: ScriptSession, _heard: Heard) -> None:
        choices = [
            Choice(False, "Văn bản để trình ký", "theo mẫu văn bản hành chính, có chỗ ký"),
            Choice(True, "Bản lời để dịch", "từng câu có chỗ trống để ghi lời tiếng khác"),
        ]
        self.app.push_screen(
            AskDialog("In kịch bản ra tệp .docx", session.title, choices),
            lambda one: None if one is None else self._print(session, one),
        )

    def _print(self, session: ScriptSession, translate: bool) -> None:
        office = self.office

        def printed() -> str:
            return told_printed(office, _on_paper(office, session.script_id, translate))

        # What is on paper is what is in the editor.
        self.save(lambda _saved: self.job(printed, self.say))

    def action_changes(self) -> None:
        """Show what was changed since the approval."""
        self.with_script(self._look_for_changes)

    def _look_for_changes(self, session: ScriptSession, heard: Heard) -> None:
        text = heard.typed.text
        self.job(lambda: session.changes_since_approval(text), self._show_changes, self._no_changes)

    def _show_changes(self, since: Since) -> None:
        colours = self.app.theme_variables
        told: Text = since_text(since, colours["success"], colours["error"])
        self.app.push_screen(ReadDialog("Lời đã đổi từ lần duyệt", told))

    def _no_changes(self, error: BroadcastError) -> None:
        if isinstance(error, NotFoundError):
            self.say(f"{error.title}: {error.happened}; {error.mend}")
        else:
            self.show_error(error)


def _need_name(values: dict[str, str]) -> dict[str, str]:
    return {} if values["by"] else {"by": "Ghi họ và tên"}


def _line(desk: Desk, text: str, speaker: Speaker, progress: Progress) -> Sound:
    from broadcast.workflow.listen import line_audio  # noqa: PLC0415 - in the worker

    return line_audio(desk, text, speaker, progress)


def _whole(desk: Desk, session: ScriptSession, text: str, progress: Progress) -> Sound:
    from broadcast.workflow.listen import script_audio  # noqa: PLC0415 - in the worker
    from broadcast.workflow.script_text import with_text  # noqa: PLC0415 - in the worker

    return script_audio(desk, with_text(session.script, text), progress)


def _on_paper(office: Office, script_id: str, translate: bool) -> Printed:
    """In the worker: the script as its file has it, on paper."""
    from broadcast.workflow.papers import papers_folder, print_script  # noqa: PLC0415 - docx

    folder = papers_folder(office.workspace)
    return print_script(office.desk, script_id, folder, translate=translate, now=office.now())
