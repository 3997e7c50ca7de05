"""The calendar sent to a server from the screen Xuất bản: looked at, agreed to, sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from rich.text import Text

from broadcast.errors import NotFoundError
from broadcast.tui.dialogs.ask import AskDialog, Choice, LongAskDialog
from broadcast.tui.dialogs.form import Asked as Field
from broadcast.tui.dialogs.form import Chosen, Form, Typed, Values
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.screens.export_page import PageMaking

if TYPE_CHECKING:
    from collections.abc import Callable

    from broadcast.errors import BroadcastError
    from broadcast.tui.dialogs.progress import Outcome
    from broadcast.workflow.progress import Progress
    from broadcast.workflow.publishing import Published, Target

_SIGNS = {"tạo": "+", "sửa": "~", "bỏ": "−", "đụng": "!", "giữ": "="}
"""What is done with an event, as the list of files has it."""

Answer = Literal["send", "force"]


class Sending(PageMaking):
    """Keeps the calendar on the station's server up to date; nothing is sent before it is seen."""

    _secret: str = ""
    """The password as it was typed, for as long as the program runs."""
    _keep: bool = False
    """Whether the system is to keep it, once the server took it."""
    _agreed: str = ""
    """The address for which the person agreed that others can read what is sent."""
    _refused: bool = False
    """Whether the server did not take the password that is known."""

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Without a server there is nowhere to send to."""
        if action == "publish" and not (self.preview and self.preview.station.calendar.caldav):
            return False
        return super().check_action(action, parameters)

    def action_publish(self) -> None:
        """See what would be done on the server, after asking for the password if need be."""
        if self.run is not None:
            return

        def known() -> Target:
            from broadcast.workflow.publishing import known_target  # noqa: PLC0415 - when asked for

            return known_target(self.office.workspace)

        self.job(known, self._if_closed)

    def _if_closed(self, target: Target) -> None:
        """Where others could read what is sent, nothing is until the person agreed to that."""
        from broadcast.workflow.publishing import EXPOSED  # noqa: PLC0415 - when asked for

        if not target.exposed or target.address == self._agreed:
            self._with_password(replace(target, in_clear=target.exposed))
            return

        def then(agreed: bool | None) -> None:
            if agreed:
                self._agreed = target.address
                self._with_password(replace(target, in_clear=True))

        choices = (
            Choice(False, "Không gửi", "xin địa chỉ https:// rồi ghi ở màn hình Đài"),
            Choice(True, "Vẫn gửi", "chỉ khi tin mọi máy trong mạng này"),
        )
        warning = f"{target.address}: {EXPOSED}."
        self.app.push_screen(AskDialog("! Mật khẩu sẽ không được giữ kín", warning, choices), then)

    def _with_password(self, target: Target) -> None:
        if self._secret:
            target = replace(target, password=self._secret)
        if target.lacks_password or self._refused:
            self._ask_password(target)
        else:
            self._look_at_server(target)

    def _ask_password(self, target: Target) -> None:
        asked: list[Field] = [
            Typed("password", "Mật khẩu", "", _password, hidden=True),
            Chosen("keep", "Nhớ trong kho của máy", False, ((False, "không"), (True, "có"))),
        ]

        def taken(values: Values | None) -> None:
            if values is not None:
                self._secret, self._keep = values["password"], values["keep"]
                self._refused = False
                self._look_at_server(replace(target, password=self._secret))

        whom = target.user or "người dùng"
        self.app.push_screen(Form(f"Mật khẩu của {whom} ở {target.address}", asked), taken)

    # Looking, then sending

    def _look_at_server(self, target: Target) -> None:
        title = "Xem lịch trên máy chủ"
        self._at_server(title, target, None, lambda found: self._ask_to_send(target, found))

    def _ask_to_send(self, target: Target, found: Published) -> None:
        self._remember(target)
        text = published_text(found)
        changes = sum(found.count(kind) for kind in ("tạo", "sửa", "bỏ"))
        conflicts = found.count("đụng")
        if not changes and not conflicts:
            self.app.push_screen(ReadDialog("Máy chủ đã có đúng lịch này", text))
            return
        choices: list[Choice[Answer]] = []
        if changes:
            choices.append(Choice("send", f"Gửi {changes} mục"))
        if conflicts:
            force = f"Gửi cả {conflicts} mục có dấu !, ghi đè bản trên máy chủ"
            choices.append(Choice("force", force))

        def then(answer: Answer | None) -> None:
            if answer is not None:
                self._send(target, overwrite=answer == "force")

        self.app.push_screen(LongAskDialog("Gửi lịch lên máy chủ?", text, choices), then)

    def _send(self, target: Target, *, overwrite: bool) -> None:
        def told(done: Published) -> None:
            self.app.push_screen(ReadDialog("✓ Đã gửi lịch lên máy chủ", published_text(done)))

        self._at_server("Gửi lịch lên máy chủ", target, overwrite, told)

    def _at_server(
        self,
        title: str,
        target: Target,
        overwrite: bool | None,
        then: Callable[[Published], None],
    ) -> None:
        """Look at the server (`overwrite` None), or send; then, if it went well, `then`."""
        from broadcast.tui.dialogs.progress import ProgressDialog  # noqa: PLC0415 - when asked for

        weeks, now = (self.week_id, self.week_id.after()), self.office.now()

        def work(progress: Progress) -> Published:
            from broadcast.workflow.publishing import publish_weeks  # noqa: PLC0415 - icalendar

            return publish_weeks(
                self.office.workspace,
                weeks,
                target,
                now=now,
                send=overwrite is not None,
                overwrite=bool(overwrite),
                progress=progress,
            )

        def ended(outcome: Outcome | None) -> None:
            done, error = outcome or (None, None)
            if error is not None:
                self._not_sent(error, sending=overwrite is not None)
            elif done is not None:
                then(done)

        self.app.push_screen(ProgressDialog(title, work), ended)

    def _not_sent(self, error: BroadcastError, *, sending: bool) -> None:
        from broadcast.publish.caldav import RefusedError  # noqa: PLC0415 - when asked for
        from broadcast.workflow.progress import CancelledError  # noqa: PLC0415 - when asked for

        if isinstance(error, CancelledError):
            self.say("Đã dừng; mục đã gửi vẫn ở trên máy chủ" if sending else "Đã dừng")
            return
        if isinstance(error, NotFoundError):
            happened = "tuần này và tuần sau chưa có lịch phát"
            error = NotFoundError("Chưa có lịch để gửi", happened, "xếp lịch ở màn hình Tuần trước")
        if isinstance(error, RefusedError):
            self._secret, self._refused = "", True
        self.show_error(error)

    def _remember(self, target: Target) -> None:
        """Have the system keep the password that the server took, if that was asked for."""
        from broadcast.workflow.publishing import remember_password  # noqa: PLC0415 - when asked

        if not self._keep:
            return
        self._keep = False

        def told(kept: bool) -> None:
            if not kept:
                self.say("Máy này không có kho mật khẩu; lần sau mở chương trình sẽ hỏi lại")

        self.job(lambda: remember_password(target), told)


def published_text(done: Published) -> Text:
    """What was done on the server, or would be: how much of each, then one by one."""
    parts = [f"{sign} {n} {kind}" for kind, sign in _SIGNS.items() if (n := done.count(kind))]
    text = Text(("  ".join(parts) or "Không có gì trong lịch") + "\n", "bold")
    for step in done.steps:
        if step.kind != "giữ":
            text.append(f"{_SIGNS[step.kind]} {step.title}\n", "not bold")
            if step.why:
                text.append(f"  → {step.why}: để nguyên\n", "not bold dim")
    text.rstrip()
    return text


def _password(text: str) -> str:
    if not text:
        raise ValueError("chưa ghi mật khẩu")
    return text
