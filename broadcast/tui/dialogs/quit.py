"""Leaving while something still runs."""

from __future__ import annotations

from broadcast.tui.dialogs.ask import AskDialog, Choice


class QuitDialog(AskDialog[str]):
    """Whether to stop what runs and leave; the result is "quit" then."""

    def __init__(self, question: str) -> None:
        ways = [
            Choice("stay", "Chạy tiếp, chưa thoát"),
            Choice("quit", "Dừng rồi thoát; những gì đã xong được giữ lại"),
        ]
        super().__init__("Đang còn việc chạy", question, ways)
