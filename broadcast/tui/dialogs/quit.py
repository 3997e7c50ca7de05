"""Leaving while something still runs, or could not be saved."""

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


class LoseDialog(AskDialog[str]):
    """Whether to leave although something cannot be saved; the result is "quit" then."""

    def __init__(self) -> None:
        ways = [
            Choice("stay", "Ở lại để xử lý rồi lưu"),
            Choice("quit", "Thoát, bỏ những gì chưa lưu"),
        ]
        told = "Đã thử lưu lại mà vẫn không được. Thoát bây giờ thì những gì chưa lưu có thể mất."
        super().__init__("Chưa lưu được", told, ways)
