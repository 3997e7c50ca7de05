"""The app: its screens and going between them, themes, palette, help, quitting."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.command import CommandPalette
from textual.screen import Screen

from broadcast.tui.actions import Where, bindings
from broadcast.tui.actions.model import footer_key
from broadcast.tui.dialogs.base import Dialog
from broadcast.tui.dialogs.quit import LoseDialog, QuitDialog
from broadcast.tui.jobs import WorkingScreen
from broadcast.tui.keyboard import Keyboard, make_current
from broadcast.tui.looks import Looks, keep_theme, read_looks
from broadcast.tui.office import Office, local_now
from broadcast.tui.palette import ActionProvider
from broadcast.tui.screens.base import StationScreen
from broadcast.tui.screens.week import WeekScreen
from broadcast.tui.themes import THEMES
from broadcast.tui.widgets.nav import Tab

SCREENS: dict[str, tuple[str, str]] = {
    "week": ("Tuần", "broadcast.tui.screens.week:WeekScreen"),
    "script": ("Kịch bản", "broadcast.tui.screens.script:ScriptScreen"),
    "plan": ("Kế hoạch", "broadcast.tui.screens.plan:PlanScreen"),
    "render": ("Sản xuất", "broadcast.tui.screens.render:RenderScreen"),
    "export": ("Xuất bản", "broadcast.tui.screens.export:ExportScreen"),
    "station": ("Đài", "broadcast.tui.screens.station:SettingsScreen"),
    "log": ("Nhật ký", "broadcast.tui.screens.log:LogScreen"),
}
"""Name of each screen by its mode, in the order of their digits, and where it lives."""


ASK_AGAIN = 0.02
"""Seconds between two looks at whether everything is saved and stopped, when leaving."""


FIRST_LOOKS = 0.06
"""Seconds from the start until the station's own keys and colours are asked for."""


class BroadcastApp(App[None]):
    """The terminal UI.

    Each screen is a mode of its own: it keeps what is on it, and its work goes on, while another
    one is shown.

    Args:
        root: the station's workspace; None where there is none yet.
        folder: where a new station would be made.
        clock: this moment, aware; tests hold it still.
    """

    TITLE = "broadcast"
    CSS_PATH = Path(__file__).with_name("app.tcss")
    COMMANDS = {ActionProvider}  # noqa: RUF012 - as Textual has it
    COMMAND_PALETTE_BINDING = "f3"
    DEFAULT_MODE = "week"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("app", priority=True)]

    def __init__(
        self,
        root: Path | None,
        folder: Path | None = None,
        clock: Callable[[], datetime] = local_now,
    ) -> None:
        super().__init__()
        self.office = Office(root, clock) if root else None
        self._named: set[str] = set()
        self._refused = False
        """Whether one wanted to leave before, and something could not be saved."""
        self.folder = folder or Path.cwd()
        self.clock = clock
        for theme in THEMES:
            self.register_theme(theme)
        self.theme = THEMES[0].name
        self.keyboard = Keyboard()

    def on_load(self) -> None:
        """Whatever this app shows asks its keyboard which key is which."""
        make_current(self.keyboard)

    def on_mount(self) -> None:
        """Take the station's own keys and colours, once the first picture is drawn."""
        self.set_timer(FIRST_LOOKS, self.read_looks)

    # Screens

    def get_default_screen(self) -> WorkingScreen:
        """This week, or where there is no station its beginning."""
        if self.office is None:
            from broadcast.tui.screens.start import StartScreen  # noqa: PLC0415 - once a station

            return StartScreen(self.folder, self.clock)
        return WeekScreen(self.office)

    def _screen_at(self, where: str) -> StationScreen:
        """A new screen of the class that `where` names."""
        module, name = where.split(":")
        screen: StationScreen = getattr(import_module(module), name)(self.office)
        return screen

    def open_station(self, root: Path) -> None:
        """Go on with the station just made."""
        self.office = Office(root, self.clock)
        # Over the beginning: the first screen of a mode cannot be exchanged.
        self.push_screen(WeekScreen(self.office))

    def station_screens(self) -> list[StationScreen]:
        """The screens that have been opened, dialogs over them left out."""
        stacks = self._screen_stacks.values()
        return [s for stack in stacks for s in stack if isinstance(s, StationScreen)]

    def tabs(self) -> list[Tab]:
        """The screens there are, for the nav bar."""
        running = self.office.running if self.office else {}
        return [(mode, name, running.get(mode, "")) for mode, (name, _) in SCREENS.items()]

    def tell_running(self, mode: str, how_far: str = "") -> None:
        """Show in the nav bar how far a screen's long work is; nothing when it is over."""
        if self.office is None:
            return
        if how_far:
            self.office.running[mode] = how_far
        else:
            self.office.running.pop(mode, None)
        for screen in self.screen_stack:
            if isinstance(screen, StationScreen):
                screen.show_nav()

    def go(self, mode: str, **what: Any) -> None:
        """Go to a screen, and tell it what to show (`StationScreen.arrive`)."""
        if self.office is None or mode not in SCREENS:
            return
        here = self.here
        if isinstance(self.screen, Dialog) or (here and mode == here.WHERE and not what):
            return
        if here and mode != here.WHERE:
            here.leave()
        if mode not in self._named:
            # Not before it is gone to: Textual would style the first screen twice.
            self.add_mode(mode, partial(self._screen_at, SCREENS[mode][1]))
            self._named.add(mode)
        self.switch_mode(mode)
        there = self.here
        if there:
            there.came_from = here.WHERE if here and here is not there else there.came_from
            # After it has been mounted, where it is opened for the first time.
            there.call_later(partial(there.arrive, **what))

    @property
    def here(self) -> StationScreen | None:
        """The screen one is on, whatever dialog is over it."""
        found = [s for s in self.screen_stack if isinstance(s, StationScreen)]
        return found[-1] if found else None

    def action_go(self, mode: str) -> None:
        """Go to a screen by its key."""
        self.go(mode)

    def action_voices(self) -> None:
        """Compare the voices there are."""
        self.go("station", try_out=True)

    def action_screens(self) -> None:
        """List the screens to go to."""
        if self.here is None or self.screen is not self.here:
            return
        from broadcast.tui.dialogs.screens import ScreensDialog  # noqa: PLC0415 - first paint

        self.push_screen(ScreensDialog(self.tabs()), lambda mode: self.go(mode) if mode else None)

    # What is everywhere

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
        self.use_theme(names[(names.index(self.theme) + 1) % len(names)])

    def use_theme(self, name: str) -> None:
        """Show these colours, and remember them for the next time."""
        self.theme = name
        office, here = self.office, self.here
        if office and here:
            # Where it cannot be kept, the colours are there all the same.
            here.job(lambda: keep_theme(office.workspace, name), failed=lambda _error: None)

    def read_looks(self) -> None:
        """Have the station's own keys and colours read, and take them."""
        office, here = self.office, self.here
        if office and here:
            # A station that cannot be read is told by the screen that shows it.
            here.job(lambda: read_looks(office), self._use_looks, lambda _error: None)

    def _use_looks(self, looks: Looks) -> None:
        if looks.theme:
            self.theme = looks.theme
        self.use_keys(looks.keys)
        if looks.trouble and self.here:
            self.here.show_error(looks.trouble)

    def use_keys(self, keys: dict[str, tuple[str, ...]]) -> None:
        """Take these keys in place of the registry's, and show them."""
        self.keyboard.own = keys
        self.set_keymap(self.keyboard.keymap())
        for screen in self.station_screens():
            screen.show_hint()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Nothing of the app is done while a dialog waits for a key that is to be given away."""
        return not getattr(self.screen, "TAKES_EVERY_KEY", False)

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer shows it."""
        return binding.key_display or footer_key(binding.key)

    async def action_quit(self) -> None:
        """Leave; everything is saved. Work that still runs is asked about."""
        from broadcast.tui.dialogs.progress import ProgressDialog  # noqa: PLC0415 - first paint

        if isinstance(self.screen, (QuitDialog, LoseDialog)):
            return  # it has been asked already
        dialogs = [s for s in self.screen_stack if isinstance(s, ProgressDialog)]
        questions = [q for s in self.station_screens() if (q := s.at_work())]
        if not dialogs and not questions:
            self._save_and_exit()
            return
        question = questions[0] if questions else "Đang có việc chạy, chưa xong. Thoát bây giờ?"

        def answered(way: str | None) -> None:
            if way != "quit":
                return
            working: list[ProgressDialog | StationScreen] = [*dialogs, *self.station_screens()]
            for screen in working:
                screen.stop_work()
            self._save_and_exit()

        self.push_screen(QuitDialog(question), answered)

    def _save_and_exit(self) -> None:
        """Have every screen save what is being edited, wait for what still runs, and go."""
        before = tuple(self.screen_stack)
        for screen in self.station_screens():
            screen.leave()
        self._exit_when_done(before)

    def _exit_when_done(self, before: Sequence[Screen[Any]]) -> None:
        """Go once nothing is done any more.

        Args:
            before: what was shown when it was asked for; a dialog over it tells what failed.
        """
        from broadcast.tui.dialogs.progress import ProgressDialog  # noqa: PLC0415 - first paint

        if isinstance(self.screen, Dialog) and self.screen not in before:
            self._not_saved()
            return
        screens = self.station_screens()
        stopping = any(isinstance(s, ProgressDialog) for s in self.screen_stack)
        if stopping or any(s.busy or s.at_work() for s in screens):
            self.set_timer(ASK_AGAIN, partial(self._exit_when_done, before))
        else:
            self.exit()

    def _not_saved(self) -> None:
        """Something could not be saved, which is being told; the second time ask what to do."""
        if self._refused:
            self.push_screen(LoseDialog(), lambda way: self.exit() if way == "quit" else None)
        self._refused = True


def run(root: Path | None, folder: Path) -> None:
    """Open the terminal UI and return when the officer leaves it."""
    BroadcastApp(root, folder).run()
