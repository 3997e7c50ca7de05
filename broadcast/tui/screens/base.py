"""What every screen of the station has: nav bar, title, a line of what to do next, keys."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING, Any, ClassVar, cast

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import ActiveBinding
from textual.widgets import Static

from broadcast.errors import BroadcastError
from broadcast.tui.actions import Where, function_key
from broadcast.tui.hints import key_of
from broadcast.tui.jobs import WorkingScreen
from broadcast.tui.office import Office
from broadcast.tui.widgets.key_bar import KeyBar
from broadcast.tui.widgets.nav import NavBar

if TYPE_CHECKING:
    from broadcast.tui.app import BroadcastApp

WATCH_EVERY = 2.0
"""Seconds between two looks at whether somebody else changed the files."""

DONE, WRONG = "✓", "!"
"""What stands behind a screen's name until somebody has looked: its work is done, or failed."""


class StationScreen(WorkingScreen):
    """A screen of an open station; `WHERE` is its mode in the app too."""

    WHERE: ClassVar[Where]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012 - as Textual has it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (32, "-tall")]  # noqa: RUF012 - as Textual has it

    def __init__(self, office: Office) -> None:
        super().__init__()
        self.office = office
        self.came_from: Where | None = None
        """The screen from which one went to this one last."""
        self._said = ""
        self._trouble = ""

    def compose(self) -> ComposeResult:
        """Screens, title, body, what to do next, keys."""
        yield NavBar(self.WHERE)
        yield Static("", id="title")
        yield from self.body()
        yield Static("", id="hint")
        yield KeyBar()

    @abstractmethod
    def body(self) -> ComposeResult:
        """What the screen itself has."""

    def arrive(self, **what: Any) -> None:
        """The app has gone to this screen; `what` it is to show, if something of its own."""

    def leave(self) -> None:
        """The app goes to another screen, or closes: what is being edited is to be safe."""

    @property
    def shell(self) -> BroadcastApp:
        """The app, as what it is."""
        return cast("BroadcastApp", self.app)

    def at_work(self) -> str:
        """The long work that is going on, as a question at quitting; "" if there is none."""
        return ""

    def stop_work(self) -> None:
        """Stop the long work; what is finished stays. Not waited for: `at_work` tells."""

    def show_nav(self) -> None:
        """Show the screens and their work as they are now."""
        self.query_one(NavBar).show(self.shell.tabs())

    @on(NavBar.Chosen)
    def _go_to_chosen(self, message: NavBar.Chosen) -> None:
        self.shell.go(message.mode)

    def on_screen_resume(self) -> None:
        """Shown again: others may have begun or ended work meanwhile."""
        self.show_nav()

    @property
    def active_bindings(self) -> dict[str, ActiveBinding]:
        """What can be done here, in the order of the function keys, given ones too."""
        found = super().active_bindings.items()
        return dict(sorted(found, key=lambda pair: function_key(pair[0])))

    def set_title(self, text: str | Text) -> None:
        """The line that says what is on screen."""
        self.query_one("#title", Static).update(Text(text) if isinstance(text, str) else text)

    # The line below

    def say(self, text: str) -> None:
        """Tell what was done, in the line above the keys."""
        self._said = text
        self.show_hint()

    def hint(self) -> str:
        """The one thing to do next; shown where there is nothing newer to tell."""
        return ""

    def line(self) -> str:
        """What was said, or what is wrong with the files, or what to do next."""
        return self._said or self._trouble or self.hint()

    def show_hint(self) -> None:
        """Show the line as it is now."""
        line = Text(self.line(), overflow="ellipsis", no_wrap=True)
        self.query_one("#hint", Static).update(line)

    # Others' changes

    def watch_files(self) -> None:
        """Have `look` done in the worker while the screen is shown and idle; then `seen`."""
        if self.app.screen is self and not self.busy and self.may_look():
            self.job(self.look, self._seen, self._unreadable)

    def may_look(self) -> bool:
        """Whether there is something on screen that others may change."""
        return True

    def look(self) -> Any:
        """In the worker: what others changed since it was shown, None if nothing."""
        return None

    def seen(self, found: Any) -> None:
        """Show what `look` found."""

    def _seen(self, found: Any) -> None:
        if found is not None:
            self._trouble = ""
            self.seen(found)

    def _unreadable(self, error: BroadcastError) -> None:
        """What others wrote cannot be read: said in the line below, the screen stays as it is."""
        self._trouble = _told_shortly(error, key_of(f"{self.WHERE}.reload"))
        self._said = ""
        self.show_hint()


def _told_shortly(error: BroadcastError, reload: str) -> str:
    """A file that cannot be read, for one line: which it is, where it is wrong, what to do."""
    places = (f"{one.file}:{one.line}" if one.line else one.file for one in error.problems)
    place = next((f" {place}" for place in places if place), "")
    return f"! {error.title}{place}; {reload} đọc lại sau khi sửa tệp"
