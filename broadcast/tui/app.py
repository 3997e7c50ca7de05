"""The app: themes, palette, help, quitting; which screen comes first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import BindingType
from textual.command import CommandPalette

from broadcast.domain.week import VIETNAM
from broadcast.tui.actions import Where, bindings
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.jobs import WorkingScreen
from broadcast.tui.palette import ActionProvider
from broadcast.tui.screens.week import WeekScreen
from broadcast.tui.themes import THEMES


def _now() -> datetime:
    return datetime.now(VIETNAM).replace(microsecond=0)


class BroadcastApp(App[None]):
    """The terminal UI.

    Args:
        root: the station's workspace; None where there is none yet.
        folder: where a new station would be made.
        clock: this moment, aware; tests hold it still.
    """

    TITLE = "broadcast"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS = {ActionProvider}  # noqa: RUF012 - as Textual has it
    COMMAND_PALETTE_BINDING = "f3"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app", priority=True)]

    def __init__(
        self,
        root: Path | None,
        folder: Path | None = None,
        clock: Callable[[], datetime] = _now,
    ) -> None:
        super().__init__()
        self.root_folder = root
        self.folder = folder or Path.cwd()
        self.clock = clock
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name

    def get_default_screen(self) -> WorkingScreen:
        """This week, or where there is no station its beginning."""
        if self.root_folder is None:
            from broadcast.tui.screens.start import StartScreen  # noqa: PLC0415 - once a station

            return StartScreen(self.folder, self.clock)
        return WeekScreen(self.root_folder, self.clock)

    def action_command_palette(self) -> None:
        """Find an action by its name, with or without accents."""
        if not isinstance(self.screen, Dialog) and not isinstance(self.screen, CommandPalette):
            self.push_screen(CommandPalette(placeholder="Tìm việc cần làm, không cần dấu"))

    def action_help(self) -> None:
        """Explain the screen one is on, also from within its dialogs."""
        from broadcast.tui.dialogs.help import HelpDialog  # noqa: PLC0415 - after first paint

        if not isinstance(self.screen, HelpDialog):
            where: list[Where] = [s.WHERE for s in self.screen_stack if hasattr(s, "WHERE")]
            self.push_screen(HelpDialog(where[-1]))

    def action_next_theme(self) -> None:
        """Dark, light, high contrast, and around again."""
        names = [theme.name for theme in THEMES]
        self.theme = names[(names.index(self.theme) + 1) % len(names)]

    async def action_quit(self) -> None:
        """Leave; everything is saved. Work that still runs is asked about."""
        from broadcast.tui.dialogs.progress import ProgressDialog  # noqa: PLC0415 - first paint

        running = [s for s in self.screen_stack if isinstance(s, ProgressDialog)]
        if running and self.screen is not running[0]:
            return  # it has been asked already
        if not running:
            self.exit()
            return
        ways = [
            Choice("stay", "Đọc tiếp"),
            Choice("quit", "Dừng rồi thoát; những tệp đã xong được giữ lại"),
        ]
        text = Text("Đang đọc thành MP3, chưa xong. Thoát bây giờ?")

        def answered(way: str | None) -> None:
            if way == "quit":
                running[0].stop_and_quit()

        self.push_screen(AskDialog("Đang còn việc chạy", text, ways), answered)


def run(root: Path | None, folder: Path) -> None:
    """Open the terminal UI and return when the officer leaves it."""
    BroadcastApp(root, folder).run()
