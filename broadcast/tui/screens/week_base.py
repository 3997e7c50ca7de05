"""The week on screen and its session: loading, showing, noticing what others change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Generic, TypeVar

from textual import on
from textual.widgets import Static

from broadcast.domain.week import WeekId
from broadcast.domain.wording import clock, moment, week_text
from broadcast.errors import BroadcastError, ConflictError
from broadcast.tui.dialogs.ask import AskDialog, Choice
from broadcast.tui.dialogs.message import error_text
from broadcast.tui.hints import next_step
from broadcast.tui.office import Office
from broadcast.tui.screens.base import StationScreen
from broadcast.tui.widgets.cells import Shown, Table, lay_out
from broadcast.tui.widgets.due import due_text, due_title
from broadcast.tui.widgets.grid import WeekGrid
from broadcast.tui.widgets.side import day_text_of, place_text, side_text, zone_names

if TYPE_CHECKING:
    from broadcast.domain.collisions import Collision, CollisionError, WayOut
    from broadcast.workflow.week_session import Clip, Reload, WeekSession
    from broadcast.workflow.weeks import WeekView

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Change(Generic[_T]):
    """A change to the week: what does it, and what is said when it is done."""

    make: Callable[[WeekSession, WayOut | None], _T]
    told: Callable[[_T], str]
    then: Callable[[_T], None] = lambda _result: None


@dataclass(frozen=True, slots=True)
class _Picture:
    """What the worker hands over to be shown."""

    view: WeekView
    table: Table
    plans: int


class WeekBase(StationScreen):
    """Holds the session of the week on screen; every change goes through `change`."""

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.session: WeekSession | None = None
        self.view: WeekView | None = None
        self.plans = 0
        self.clip: Clip | None = None
        self._wanted: WeekId | None = None
        """The week that was to be shown first, and could not be read."""
        self.mode: tuple[str, str] | None = None
        """"move" or "swap", and the id of the airing that is marked for it."""

    @property
    def grid(self) -> WeekGrid:
        """The grid of the week."""
        return self.query_one(WeekGrid)

    @property
    def week_id(self) -> WeekId:
        """The week on screen, or the one being loaded first."""
        return self.session.week_id if self.session else self._wanted or self.office.week

    @property
    def selected(self) -> Shown | None:
        """The airing under the cursor."""
        return self.grid.shown

    def open_week(self, week_id: WeekId, cursor: date | None = None) -> None:
        """Show another week, with the cursor on a day of it."""
        self.leave_mode()
        self.grid.chosen.clear()

        def opened(found: tuple[WeekSession, _Picture]) -> None:
            self.session, picture = found
            self.show(picture)
            if cursor is not None:
                self.grid.jump(*picture.table.first_on(cursor.weekday()))

        self.job(
            lambda: self._opened(week_id), opened, lambda error: self._not_opened(error, week_id)
        )

    def _not_opened(self, error: BroadcastError, week_id: WeekId) -> None:
        """The week on screen stays; where there is none yet, it is told in its place."""
        if self.session is None:
            self._wanted = week_id
            self.query_one("#side-text", Static).update(error_text(error))
            self._unreadable(error)
        self.show_error(error)

    def _opened(self, week_id: WeekId) -> tuple[WeekSession, _Picture]:
        """In the worker: the week's session; one opened before keeps what can be undone."""
        from broadcast.workflow.week_session import WeekSession  # noqa: PLC0415 - after first paint

        if self.session is None:
            desk = self.office.desk
            session = WeekSession.open(desk.workspace, week_id, desk=desk)
        else:
            session = self.session.go_to(week_id.days()[0])
            if session.changed_on_disk():
                session.reload()
        return session, self._picture(session)

    def _picture(self, session: WeekSession) -> _Picture:
        view = session.view
        return _Picture(view, lay_out(view), len(self.office.workspace.plan_ids()))

    def show(self, picture: _Picture) -> None:
        """Put a week on screen."""
        self.view, self.plans = picture.view, picture.plans
        self.office.week = self.view.week.id
        days = self.view.week.id.days()
        today = self.office.today()
        column = days.index(today) if today in days else None
        due = due_title(self.view.reminders, today) or f" · {self.view.station.name}"
        self.set_title(f"{week_text(self.view.week.id, today)}{due}")
        self.grid.show(picture.table, column)

    def jump_to_airing(self, airing_id: str) -> None:
        """Put the cursor on an airing, if it is in the week."""
        at = self.grid.table.where(airing_id) if self.grid.table else None
        if at is not None:
            self.grid.jump(*at)

    @on(WeekGrid.Moved)
    def show_cursor(self) -> None:
        """Tell in the panel what is under the cursor, and below what to do next."""
        if self.view is None:
            return
        shown, grid = self.selected, self.grid
        assert grid.table is not None  # noqa: S101 - it moved in one
        text = (
            day_text_of(grid.table, grid.column).append_text(side_text(self.view, shown.airing))
            if shown
            else place_text(self.view, grid.table, grid.row, grid.column)
        )
        text.append_text(due_text(self.view.reminders, self.office.today()))
        self.query_one("#side-text", Static).update(text)
        self.show_hint()

    def show_hint(self) -> None:
        """While something is marked the line stands out."""
        self.query_one("#hint", Static).set_class(self.mode is not None, "-mode")
        super().show_hint()

    def line(self) -> str:
        """While something is marked: what Enter would do with it."""
        if self.mode is None:
            return super().line()
        what = "DỜI: đi tới ô mới" if self.mode[0] == "move" else "ĐỔI CHỖ: đi tới lượt thứ hai"
        return f"{what}, Enter đồng ý, Esc thôi"

    def hint(self) -> str:
        """The one thing to do next with this week."""
        return next_step(self.view, self.plans) if self.view else "Đang mở…"

    def leave_mode(self) -> None:
        """Nothing is marked any more."""
        self.mode = None
        self.grid.marked = None
        self.grid.refresh()
        self.show_hint()

    def change(self, change: Change[_T], out: WayOut | None = None) -> None:
        """Have a change made and saved, show the week after it, or ask what to do instead."""
        session = self.session
        if session is None:
            return

        def made() -> tuple[_T, _Picture]:
            result = change.make(session, out)
            return result, self._picture(session)

        def done(found: tuple[_T, _Picture]) -> None:
            result, picture = found
            if session is self.session:
                self.show(picture)
            change.then(result)
            self.say(change.told(result))

        self.job(made, done, lambda error: self._change_failed(error, change))

    def _change_failed(self, error: BroadcastError, change: Change[_T]) -> None:
        from broadcast.domain.collisions import CollisionError  # noqa: PLC0415 - after first paint

        if isinstance(error, CollisionError):
            self._ask_way_out(error, change)
        elif isinstance(error, ConflictError):
            self._ask_reload(error, change)
        else:
            self.show_error(error)

    def _ask_way_out(self, error: CollisionError, change: Change[_T]) -> None:
        text = "Đang có:\n" + "\n".join(f"  • {self._in_the_way(o)}" for o in error.collisions)
        ways = [Choice(way, _capital(way.label)) for way in error.ways]
        dialog: AskDialog[WayOut] = AskDialog(error.title, text, ways)
        if not ways:
            self.show_error(error)
            return
        self.app.push_screen(dialog, lambda way: self.change(change, way) if way else None)

    def _in_the_way(self, one: Collision) -> str:
        assert self.view is not None  # noqa: S101 - something was changed in it
        airing, zones = one.airing, zone_names(self.view, one.zones)
        return (
            f"{moment(airing.starts)}-{clock(airing.ends)} «{airing.title or airing.id}», {zones}"
        )

    def _ask_reload(self, error: ConflictError, change: Change[_T]) -> None:
        ways = [
            Choice("again", "Nạp lại rồi làm lại thay đổi vừa rồi"),
            Choice("reload", "Chỉ nạp lại, bỏ thay đổi vừa rồi"),
        ]

        def answered(way: str | None) -> None:
            if way:
                self.reload()
            if way == "again":
                self.change(change)

        self.app.push_screen(AskDialog(error.title, _capital(error.happened), ways), answered)

    def reload(self) -> None:
        """Take the week as its file has it now, and tell what is different."""
        session = self.session
        if session is None:
            self.open_week(self.week_id)
            return

        def reloaded() -> tuple[Reload, _Picture]:
            return session.reload(), self._picture(session)

        def done(found: tuple[Reload, _Picture]) -> None:
            told, picture = found
            self._trouble = ""
            if session is self.session:
                self.show(picture)
            lost = "; có việc không hoàn tác được nữa" if told.lost else ""
            self.say(f"Đã đọc lại tệp: {told.changes}{lost}")

        self.job(reloaded, done)

    def may_look(self) -> bool:
        """There is a week on screen, or one that could not be read and may have been mended."""
        return self.session is not None or self._wanted is not None

    def look(self) -> Callable[[], None] | None:
        """In the worker: what somebody else changed of the week, a script or the audio."""
        session = self.session
        if session is None:
            found, picture = self._opened(self.week_id)
            return lambda: self._show_first(found, picture)
        told = session.reload() if session.changed_on_disk() else None
        if told is None and not session.refresh():
            return None
        picture = self._picture(session)
        return lambda: self._show_changed(told, picture)

    def seen(self, found: Callable[[], None]) -> None:
        """Show it."""
        found()

    def _show_first(self, session: WeekSession, picture: _Picture) -> None:
        if self.session is None:
            self.session = session
            self.show(picture)
            self.say("Tệp đã đọc được")

    def _show_changed(self, told: Reload | None, picture: _Picture) -> None:
        """Show the week as it is now, and tell."""
        if self.session and self.session.week_id == picture.view.week.id:
            self.show(picture)
            if told:
                self.say(f"Vừa có thay đổi từ cửa sổ hoặc chương trình khác: {told.changes}")
            else:
                # By whom is not known: this app's other screens write these too.
                self.say("Kịch bản hoặc tệp MP3 của tuần vừa đổi; lịch đã cập nhật")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
