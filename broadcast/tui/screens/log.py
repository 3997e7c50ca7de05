"""The log and report screen (Nhật ký): what went on air day by day, and a period's report."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from textual.binding import BindingType

from broadcast.tui.actions import bindings
from broadcast.tui.screens.log_report import LogReport


class LogScreen(LogReport):
    """The log and, in its place, the report."""

    CSS_PATH = Path(__file__).with_name("log.tcss")
    AUTO_FOCUS = "#log-lines"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("log", "app")]
