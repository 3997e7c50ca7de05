"""The script being edited: opening, keeping what is typed, hearing it, saving, noticing others."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.timer import Timer
from textual.widgets import Static, TextArea

from broadcast.errors import BroadcastError
from broadcast.tui.hints import key_of
from broadcast.tui.memory import undisturbed
from broadcast.tui.newest import Newest
from broadcast.tui.office import Office
from broadcast.tui.screens.script_listing import ScriptListing
from broadcast.tui.screens.script_view import (
    Heard,
    Hearer,
    Typed,
    meter_text,
    next_step,
    row_text,
    same,
)  # fmt: skip
from broadcast.tui.widgets.script_area import ScriptArea
from broadcast.tui.widgets.spoken_area import SpokenArea

if TYPE_CHECKING:
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.script_session import Saved, ScriptSession

QUIET = 0.12
"""Seconds without a keystroke after which the text is heard anew."""


class ScriptBase(ScriptListing):
    """Keeps, hears and saves what is typed into the script being edited."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.rows: list[str] = [""]
        """What is in the editor, for workers to read."""
        self.unsaved = False
        self.heard: Heard | None = None
        self._back: str | None = None
        self._when_heard: list[Callable[[], None]] = []
        self._quiet: Timer | None = None
        self._keeper: Newest[Typed, None] = Newest(self, _keep, self._kept, self._not_kept)
        self._hearer: Newest[Typed, Heard] = Newest(
            self, Hearer().hear, self._show_heard, self._unreadable
        )

    def body(self) -> ComposeResult:
        """The list with its search; the editor with what will be heard."""
        yield from self.list_body()
        with Vertical(id="editor"):
            yield Static("", id="meter")
            with Container(id="pages"):
                yield ScriptArea("script")
                with Vertical(id="heard"):
                    yield SpokenArea("spoken")
                    with VerticalScroll(id="about", can_focus=False):
                        yield Static("", id="about-text")

    @property
    def area(self) -> ScriptArea:
        """The editor."""
        return self.query_one(ScriptArea)

    @property
    def spoken(self) -> SpokenArea:
        """What will be heard."""
        return self.query_one(SpokenArea)

    @property
    def busy(self) -> bool:
        """Whether something is being done, kept or heard."""
        waits = self._quiet is not None or self._keeper.busy or self._hearer.busy
        return super().busy or waits

    # Opening and closing

    def open_script(
        self, script_id: str, row: int | None = None, then: Callable[[], None] = lambda: None
    ) -> None:
        """Edit another script, in the row named; what was edited before is saved.

        Args:
            then: called when the script has been heard for the first time.
        """
        if self.session and self.session.script_id == script_id:
            if row is not None:
                self.area.go_to(row)
            self.when_heard(then)
            return

        def opened(session: ScriptSession) -> None:
            if self.session:
                if self.unsaved:
                    self.save()
                self.job(self.session.close)
            self.show_session(session, row)
            self.when_heard(then)

        self.job(lambda: _open(self.office, script_id), opened, self._not_opened)

    def _not_opened(self, error: BroadcastError) -> None:
        self.show_error(error)
        if self.session is None:
            self._back = None
            self.show_list()

    def show_session(self, session: ScriptSession, row: int | None) -> None:
        """Edit what the session has."""
        area = self.area
        self.session, self.heard = session, None
        self._when_heard.clear()
        # First as it was saved: one step back from what a killed program left leads there.
        self.remove_class("-listing")
        area.marks = {}
        area.load_text(session.saved_text)
        area.put(session.text.split("\n"))
        area.go_to(*(session.cursor if row is None else (row, 0)))
        self.rows = area.rows
        area.focus()
        self._tell_unsaved(session.text != session.saved_text)
        self.query_one("#meter", Static).update(Text("Đang xem lời đọc…"))
        self.query_one("#about-text", Static).update("")
        self.say(session.told.replace("\n", "; "))
        self._hear_now()

    def close_script(self) -> None:
        """Save, then go back to where the script was opened from."""
        if self.unsaved:
            self.save(lambda saved: self._let_go() if not saved.conflicts else None)
        else:
            self._let_go()

    def _let_go(self) -> None:
        session, back = self.session, self._back
        if session is None or self.unsaved:
            return  # something was typed meanwhile
        self.session, self.heard, self._back = None, None, None
        self.job(session.close)
        self.area.load_text("")
        if back:
            # So that this screen shows its list when one comes again.
            self.show_list(session.script_id)
            self.shell.go(back)
        else:
            self.show_list(session.script_id)

    def leave(self) -> None:
        """Whoever goes to another screen, or closes the app, has the text saved."""
        if self.session and self.unsaved:
            self.save()

    # What is typed

    @on(TextArea.Changed, "#script")
    def changed(self) -> None:
        """Keep what is typed at once, and hear it a moment later."""
        rows = self.area.rows
        if self.session is None or rows == self.rows:
            return
        self.rows = rows
        if not self.unsaved:
            self._tell_unsaved(True)
        if self._said:
            self.say("")
        self._keeper.ask(Typed(self.session, rows, self.area.cursor_location))
        if self._quiet:
            self._quiet.stop()
        self._quiet = self.set_timer(QUIET, self._hear_now)

    def _kept(self, _none: None) -> None:
        self._trouble = ""

    def _not_kept(self, _error: BroadcastError) -> None:
        # The whole message has no room here; saving meets the same and shows it.
        save = key_of("script.save")
        self._trouble = f"! Chữ vừa gõ chưa giữ được trên đĩa: {save} lưu, sẽ báo rõ vì sao"
        self.say("")

    def _tell_unsaved(self, unsaved: bool) -> None:
        self.unsaved = unsaved
        self.show_title()

    def show_title(self) -> None:
        """Tell which script it is, and whether it is saved."""
        assert self.session is not None  # noqa: S101 - callers have looked
        title = Text(no_wrap=True, overflow="ellipsis")
        title.append("✎ chưa lưu · " if self.unsaved else "đã lưu · ")
        self.set_title(title.append(self.session.title))

    def _hear_now(self) -> None:
        if self._quiet:
            self._quiet.stop()
            self._quiet = None
        if self.session:
            self._hearer.ask(Typed(self.session, self.rows))

    def _show_heard(self, heard: Heard) -> None:
        if heard.typed.session is not self.session:
            return
        self.heard = heard
        self.spoken.show(heard.patch, whole=heard.whole)
        fresh = heard.typed.rows is self.rows
        if fresh:
            self.area.marks = heard.marks
            self.area.refresh()
            if heard.unsaved != self.unsaved:
                self._tell_unsaved(heard.unsaved)
        self.query_one("#meter", Static).update(meter_text(heard, self.app.size.width))
        self.show_row()
        self.show_hint()
        if fresh:
            waiting, self._when_heard = self._when_heard, []
            for act in waiting:
                act()

    def when_heard(self, act: Callable[[], None]) -> None:
        """Do something as soon as what is in the editor has been heard."""
        if self.heard and self.heard.typed.rows is self.rows:
            act()
        else:
            self._when_heard.append(act)
            self._hear_now()

    @on(TextArea.SelectionChanged, "#script")
    def show_row(self) -> None:
        """Go along with the cursor: the row as it is heard, what was found and changed there."""
        row = self.area.row
        if self.heard is None:
            return
        self.spoken.follow(min(row, len(self.spoken.said) - 1))
        written = self.heard.typed.rows
        if row < len(written) and written[row] == self.area.document[row]:
            self.query_one("#about-text", Static).update(row_text(self.heard, row))

    def hint(self) -> str:
        """The one thing to do next."""
        if self.session:
            return next_step(self.heard) if self.heard else "Đang mở…"
        return self.list_hint()

    # Saving

    def save(self, then: Callable[[Saved], None] = lambda _saved: None) -> None:
        """Save what is in the editor, merged with what others wrote; then tell."""
        session = self.session
        if session is not None:
            text = "\n".join(self.rows)
            self.through(session, lambda: session.save(text), then)

    def through(
        self,
        session: ScriptSession,
        work: Callable[[], Saved],
        then: Callable[[Saved], None] = lambda _saved: None,
    ) -> None:
        """Have the session save what is in the editor (and more); show and tell what came of it."""
        sent = self.rows

        def done(saved: Saved) -> None:
            if session is not self.session:
                return
            self.take(session, sent, saved)
            self._tell_unsaved(self.area.rows != saved.text.split("\n"))
            self._hear_now()
            self.say(saved.told)
            then(saved)

        self.job(work, done)

    def take(self, session: ScriptSession, sent: list[str], saved: Saved) -> None:
        """Put what came back into the editor, under what has been typed meanwhile."""
        got, now = saved.text.split("\n"), self.area.rows
        if got == sent:
            return
        if now != sent:
            from broadcast.workflow.script_session import carried  # noqa: PLC0415 - it is loaded

            got = carried("\n".join(sent), "\n".join(now), saved.text).split("\n")
        self.area.put(got)
        self.rows = self.area.rows
        self._keeper.ask(Typed(session, self.rows, self.area.cursor_location))

    # Others' changes

    def look(self) -> Callable[[], None] | None:
        """In the worker: what somebody else wrote; of the script on screen, or of the list."""
        session, sent = self.session, self.rows
        if session is None:
            entries = self.read_entries()
            changed = self.entries is None or not same(entries, self.entries)
            return (lambda: self.show_entries(entries)) if changed else None
        if not session.changed_on_disk():
            return None
        saved = session.reload("\n".join(sent))
        return lambda: self.show_reloaded(session, sent, saved)

    def seen(self, found: Callable[[], None]) -> None:
        """Show it."""
        found()

    def show_reloaded(self, session: ScriptSession, sent: list[str], saved: Saved) -> None:
        """Show what the file has now, merged with what is being edited."""
        if session is self.session:
            self.take(session, sent, saved)
            self._tell_unsaved(self.unsaved)
            self.say(saved.told or "Tệp vừa được ghi ở nơi khác, lời vẫn như cũ")
            self._hear_now()


def _keep(typed: Typed) -> None:
    """In the worker: keep what is typed, for when the program is killed."""
    typed.session.keep(typed.text, typed.cursor)


def _open(office: Office, script_id: str) -> ScriptSession:
    """In the worker: the script to edit."""
    from broadcast.workflow.script_session import ScriptSession  # noqa: PLC0415 - in the worker

    desk: Desk = office.desk
    with undisturbed():
        return ScriptSession.open(desk, script_id, now=office.now)
