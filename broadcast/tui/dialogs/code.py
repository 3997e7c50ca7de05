"""A QR code that takes the whole window: it has to be seen at once to be read."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from broadcast.tui.dialogs.message import ReadDialog


class CodeDialog(ReadDialog):
    """An address as a QR code, in black and white whatever the colours of the screen."""

    KEYS: ClassVar[str] = "Đưa máy ảnh của điện thoại vào mã · Enter hoặc Esc đóng"
    CSS = """
    CodeDialog .dialog { width: 82; max-width: 100%; max-height: 100%; border: none; padding: 0; }
    CodeDialog .dialog-text { align-horizontal: center; scrollbar-size: 0 0; }
    CodeDialog .dialog-text { max-height: 22; }
    CodeDialog.-tall .dialog-text { max-height: 37; }
    CodeDialog .dialog-text Static { width: auto; }
    CodeDialog .dialog-title, CodeDialog .dialog-keys { padding: 0 1; margin: 0; }
    """

    def __init__(self, address: str) -> None:
        from broadcast.publish.qr import qr_terminal  # noqa: PLC0415 - when asked for

        code = qr_terminal(address).rstrip("\n")
        super().__init__(address, Text(code, "#ffffff on #000000", no_wrap=True))

    def body(self) -> ComposeResult:
        """The code."""
        with VerticalScroll(classes="dialog-text"):
            yield Static(self.text)
