"""Opening the prompter over a screen: who reads is asked, then the lines come up."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text

from broadcast.tui.dialogs.ask import Blank, FormDialog

if TYPE_CHECKING:
    from broadcast.tui.office import Office
    from broadcast.tui.screens.base import StationScreen
    from broadcast.workflow.prompter import Prompter

_TOLD = (
    "Từng câu hiện to giữa màn hình. Space bắt đầu thu, đọc xong nhấn Space; nghe lại nếu muốn, "
    "Enter giữ và sang câu sau. Câu đã thu ở bài khác (lời chào, lời kết) được bỏ qua. Thoát lúc "
    "nào cũng được, những câu đã giữ vẫn còn."
)


def show_prompter(screen: StationScreen, script_id: str, closed: Callable[[], None]) -> None:
    """Let a person read a script whose file is as it is to be read; then `closed`."""
    office = screen.office

    def ask(prompter: Prompter) -> None:
        blank = Blank("by", "Họ và tên người đọc", prompter.by, "Lò Thị Hoa")
        form = FormDialog("Tự đọc kịch bản", [blank], _need_name, Text(_TOLD))
        screen.app.push_screen(form, lambda values: start(prompter, values))

    def start(prompter: Prompter, values: dict[str, str] | None) -> None:
        from broadcast.tui.dialogs.prompter import PrompterDialog  # noqa: PLC0415 - when asked for

        if values:
            prompter.by = values["by"]
            dialog = PrompterDialog(screen.job, prompter)
            screen.app.push_screen(dialog, lambda _none: closed())

    screen.job(lambda: _opened(office, script_id), ask)


def _need_name(values: dict[str, str]) -> dict[str, str]:
    return {} if values["by"] else {"by": "Ghi họ và tên"}


def _opened(office: Office, script_id: str) -> Prompter:
    """In the worker: the script, ready to be read."""
    from broadcast.workflow.prompter import Prompter  # noqa: PLC0415 - in the worker

    return Prompter.open(office.desk, script_id, office.now)
