"""Asking, once, whether the words of programmes may go to Google's voice."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from broadcast.domain.station import ONLINE_DRAFTS, ONLINE_NO, ONLINE_YES, Online
from broadcast.tui.dialogs.ask import AskDialog, Choice

if TYPE_CHECKING:
    from broadcast.tui.screens.base import StationScreen
    from broadcast.workflow.desk import Desk

_TITLE = "Đọc bằng giọng Google?"
_TOLD = (
    "Giọng Google nghe tự nhiên hơn, cần mạng. Muốn đọc thì lời của chương trình (không có gì khác "
    "của đài) được gửi qua mạng tới máy của Google. Trả lời một lần, ghi vào station.yaml; sau này "
    "đổi được trong Cài đặt đài. Esc: chưa trả lời, lần này đọc bằng giọng có trên máy."
)
_WAYS: tuple[Choice[Online], ...] = (
    Choice(ONLINE_DRAFTS, "Có", "Gửi cả bản nháp, để nghe thử bằng giọng ấy."),
    Choice(ONLINE_YES, "Chỉ bài đã duyệt", "Bản nháp nghe bằng giọng trên máy, không gửi đi đâu."),
    Choice(ONLINE_NO, "Không bao giờ", "Không lời nào được gửi; không hỏi lại."),
)


def with_consent(screen: StationScreen, then: Callable[[], object], engine: str = "") -> None:
    """Do `then`; where Google's voice might read and nobody has said, ask before.

    Args:
        engine: the one that will read; "": the station's.
    """
    office = screen.office

    def look(open_question: bool) -> None:
        if open_question:
            screen.app.push_screen(AskDialog(_TITLE, _TOLD, _WAYS), answered)
        else:
            then()

    def went_on(_none: None) -> None:
        then()

    def answered(online: Online | None) -> None:
        office.left_open = online is None
        if online is None:
            then()
        else:
            screen.job(lambda: _remember(office.desk, online), went_on)

    # Esc leaves it open; it is not asked about again before the program is.
    if office.left_open and not engine:
        then()
    else:
        screen.job(lambda: _open_question(office.desk, engine), look)


def _open_question(desk: Desk, engine: str) -> bool:
    """In the worker: whether it is to be asked; a station that cannot be read is told later."""
    from broadcast.workflow.voice_choice import is_to_be_asked  # noqa: PLC0415 - in the worker

    return is_to_be_asked(desk.station(), engine)


def _remember(desk: Desk, online: Online) -> None:
    """In the worker: keep the answer in the station's file, whoever else has it open."""
    from broadcast.workflow.voice_choice import remember  # noqa: PLC0415 - in the worker

    remember(desk, online)
