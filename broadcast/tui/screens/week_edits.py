"""Changes to the week by keys: add, move, swap, copy, paste, delete, fill, undo."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from textual import on

from broadcast.domain.week import Airing
from broadcast.domain.wording import moment
from broadcast.tui.dialogs.ask import Choice, ChooseDialog
from broadcast.tui.dialogs.message import ReadDialog
from broadcast.tui.hints import key_of
from broadcast.tui.screens.week_base import Change, WeekBase
from broadcast.tui.widgets.grid import WeekGrid
from broadcast.tui.widgets.side import about_text

if TYPE_CHECKING:
    from broadcast.domain.collisions import WayOut
    from broadcast.domain.rota import Fill
    from broadcast.workflow.choices import Programme
    from broadcast.workflow.desk import Desk
    from broadcast.workflow.week_session import WeekSession


class WeekEdits(WeekBase):
    """The actions that change the week on screen."""

    def slot_place(self) -> tuple[date, str] | None:
        """The cell under the cursor if a slot stands there; else it says why nothing is done."""
        grid = self.grid
        place = grid.place
        if place is None or grid.table is None:
            return None
        day, slot_id = place
        free = grid.table.free(grid.row, grid.column)
        if slot_id is None or free.kind in {"none", "off"}:
            self.say("Ô này không có khung giờ: chọn ô ghi «trống» hoặc ô có lượt phát")
            return None
        if free.kind == "taken" and grid.shown is None:
            self.say(f"Giờ này {free.text}: đã có người dùng, chọn ô khác")
            return None
        return day, slot_id

    def _airing_here(self) -> Airing | None:
        shown = self.selected
        if shown is None:
            self.say("Ô này chưa có lượt phát nào")
            return None
        return shown.airing

    def _go_to_airing(self, airing: Airing) -> None:
        """The cursor goes to where the airing is now."""
        found = self.grid.table.where(airing.id) if self.grid.table else None
        if found:
            self.grid.jump(*found)

    @on(WeekGrid.Opened)
    def action_open(self) -> None:
        """Enter: put down what is marked, else open the script, on a free place add an airing."""
        if self.mode:
            self._put_down(*self.mode)
        elif self.selected and self.selected.airing.script:
            self.shell.go("script", script=self.selected.airing.script)
        elif self.view and self.selected:
            airing = self.selected.airing
            title = self.view.title(airing) or "Lượt phát"
            self.app.push_screen(ReadDialog(title, about_text(self.view, airing)))
        else:
            self.action_add()

    def action_leave(self) -> None:
        """Esc: nothing is marked, nothing is chosen."""
        self.grid.chosen.clear()
        self._said = ""
        self.leave_mode()

    def action_next_in_cell(self) -> None:
        """The next airing of a cell that holds several."""
        self.grid.next_in_cell()

    def action_select(self) -> None:
        """Choose the cell for filling, or not any more."""
        place = self.slot_place()
        if place:
            self.grid.chosen ^= {place}
            self.grid.refresh()
            self.say(f"Đã chọn {len(self.grid.chosen)} ô; {key_of('week.fill')} xếp các ô đã chọn")

    def action_add(self) -> None:
        """Ask what to put on air here: topics, the least heard first, then scripts."""
        place = self.slot_place()
        if place is None or self.session is None:
            return
        desk = self.session.desk
        self.job(lambda: _programmes(desk), lambda found: self._ask_programme(place, found))

    def _ask_programme(self, place: tuple[date, str], found: list[Programme]) -> None:
        if not found:
            self.say(f"Chưa có nội dung nào: {key_of('week.import_plan')} nhập kế hoạch trước")
            return
        day, slot_id = place
        choices = [Choice(one, one.title, one.told) for one in found]

        def add(one: Programme | None) -> None:
            if one:
                self.change(
                    Change(
                        lambda session, out: session.add(
                            day, slot_id, one.topic, one.script, out=out
                        ),
                        lambda airing: f"Đã thêm «{airing.title}» {moment(airing.starts)}",
                        self._go_to_airing,
                    )
                )

        title = f"Thêm lượt phát {day:%d/%m}: nội dung ít phát nhất đứng đầu"
        self.app.push_screen(ChooseDialog(title, choices, "Tìm nội dung hoặc kịch bản"), add)

    def action_move(self) -> None:
        """Mark the airing to be moved."""
        self._mark("move")

    def action_swap(self) -> None:
        """Mark the first of two airings that change places."""
        self._mark("swap")

    def _mark(self, mode: str) -> None:
        airing = self._airing_here()
        if airing:
            self.mode = mode, airing.id
            self.grid.marked = airing.id
            self.grid.refresh()
            self.say("")

    def _put_down(self, mode: str, airing_id: str) -> None:
        if mode == "swap":
            other = self._airing_here()
            if other and other.id != airing_id:
                self.leave_mode()
                self.change(
                    Change(
                        lambda session, _out: session.swap(airing_id, other.id),
                        lambda _none: "Đã đổi chỗ hai lượt phát",
                    )
                )
            return
        place = self.slot_place()
        if place:
            self.leave_mode()
            self.change(
                Change(
                    lambda session, out: session.move(airing_id, *place, out=out),
                    lambda airing: f"Đã dời «{airing.title}» tới {moment(airing.starts)}",
                    self._go_to_airing,
                )
            )

    def action_copy(self) -> None:
        """Keep the airing for pasting."""
        airing = self._airing_here()
        if airing and self.session:
            self.clip = self.session.copy(airing.id)
            self.say(f"Đã chép «{airing.title}»: đi tới ô khác, {key_of('week.paste')} để dán")

    def action_paste(self) -> None:
        """Put a copy of what was kept here."""
        clip = self.clip
        if clip is None:
            self.say(f"Chưa chép lượt phát nào ({key_of('week.copy')})")
            return
        place = self.slot_place()
        if place:
            self.change(
                Change(
                    lambda session, out: session.paste(clip, *place, out=out),
                    lambda airing: f"Đã dán «{airing.title}» vào {moment(airing.starts)}",
                    self._go_to_airing,
                )
            )

    def action_delete(self) -> None:
        """Take the airing out of the week."""
        airing = self._airing_here()
        if airing:
            self.change(
                Change(
                    lambda session, _out: session.remove(airing.id),
                    lambda _none: f"Đã bỏ «{airing.title}»; {key_of('week.undo')} để lấy lại",
                )
            )

    def action_undo(self) -> None:
        """Take back the last change, in one week or in many."""
        if self.session and self.office.wide_undo_newer(self.session.undo_at):
            self.change(Change(self._wide_undone, lambda what: f"Hoàn tác: {what}"))
            return
        if self.session and not self.session.can_undo:
            self.say("Không còn gì để hoàn tác")
            return
        self.change(Change(lambda session, _out: session.undo(), lambda what: f"Hoàn tác: {what}"))

    def action_redo(self) -> None:
        """Do again what was taken back."""
        session = self.session
        if session and self.office.wide_redo_newer(max(session.undo_at, session.redo_at)):
            self.change(Change(self._wide_redone, lambda what: f"Làm lại: {what}"))
            return
        if self.session and not self.session.can_redo:
            self.say("Không còn gì để làm lại")
            return
        self.change(Change(lambda session, _out: session.redo(), lambda what: f"Làm lại: {what}"))

    def _wide_undone(self, session: WeekSession, _out: WayOut | None) -> str:
        told = self.office.wide.undo()
        session.reload()
        return told

    def _wide_redone(self, session: WeekSession, _out: WayOut | None) -> str:
        told = self.office.wide.redo()
        session.reload()
        return told

    def action_fill(self) -> None:
        """Fill the chosen places, or without any the whole week."""
        if self.view and not self.plans:
            self.say(f"Chưa có kế hoạch: {key_of('week.import_plan')} nhập kế hoạch trước")
            return
        chosen = {(day, slot) for day, slot in self.grid.chosen if slot is not None}
        self.grid.chosen.clear()
        self.change(Change(lambda session, _out: session.fill(chosen or None), _filled))

    def action_copy_last(self) -> None:
        """Copy last week's airings where nothing is on air."""
        self.change(
            Change(
                lambda session, _out: session.copy_last_week(),
                lambda count: f"Đã chép {count} lượt phát từ tuần trước",
            )
        )


def _programmes(desk: Desk) -> list[Programme]:
    from broadcast.workflow.choices import programmes  # noqa: PLC0415 - after the first paint

    return programmes(desk)


def _filled(done: Fill) -> str:
    notes = "".join(f"; {note.message}" for note in done.notes[:1])
    if not done.added:
        return f"Không xếp thêm lượt nào{notes}"
    return f"Đã xếp {len(done.added)} lượt phát{notes}"
