"""The script screen (Kịch bản): the list of scripts, and the editor of one."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import OptionList

from broadcast.tui.actions import Where, bindings
from broadcast.tui.screens.base import WATCH_EVERY
from broadcast.tui.screens.script_pairing import ScriptPairing


class ScriptScreen(ScriptPairing):
    """Scripts on screen: all of them, or one."""

    WHERE: ClassVar[Where] = "script"
    AUTO_FOCUS = ""
    CSS_PATH = Path(__file__).with_name("script.tcss")
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("script", "app"),
        Binding("escape", "leave", "Lưu rồi quay ra", show=False, id="script.leave"),
        # The search has the keys while one goes through the list.
        Binding("up", "step(-1)", "Lên", show=False, id="script.up"),
        Binding("down", "step(1)", "Xuống", show=False, id="script.down"),
        Binding("pageup", "step(-8)", "Lên trang", show=False, id="script.page_up"),
        Binding("pagedown", "step(8)", "Xuống trang", show=False, id="script.page_down"),
    ]

    def on_mount(self) -> None:
        """Show the list until a script is asked for; keep an eye on the files."""
        self.add_class("-listing")
        self.listed.can_focus = False
        self.set_interval(WATCH_EVERY, self.watch_files)

    def arrive(self, script: str | None = None, row: int | None = None, **_what: Any) -> None:
        """Show a script, in the row named; without one what was shown before, or the list."""
        self.say("")
        if script is not None:
            self._back = self.came_from
            self.open_script(script, row)
        elif self.session is None:
            self.show_list()
        else:
            self.area.focus()
            self.watch_files()

    def action_leave(self) -> None:
        """Esc: from a script to where it was opened; from the list to the week."""
        field = self.search_field
        if self.session is not None:
            self.close_script()
        elif field.value:
            field.value = ""
        else:
            self.shell.go("week")

    def action_step(self, lines: int) -> None:
        """Go up or down the list while its search has the keys."""
        listed = self.query_one("#list", OptionList)
        if self.session is None and self.found:
            at = (listed.highlighted or 0) + lines
            listed.highlighted = max(0, min(len(self.found) - 1, at))

    def action_reload(self) -> None:
        """Read the files again."""
        session, sent = self.session, self.rows
        if session is None:
            self.show_list()
        else:
            self.job(
                lambda: session.reload("\n".join(sent)),
                lambda saved: self.show_reloaded(session, sent, saved),
            )
