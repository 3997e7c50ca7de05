"""Changes beyond one week by keys: slots by scope, months and quarters; each undone as one step."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

from broadcast.domain.scoped_slot import SlotEdit
from broadcast.domain.week import WeekId
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.ask import LongAskDialog
from broadcast.tui.dialogs.scope import ScopeDialog
from broadcast.workflow.desk import Desk
from broadcast.workflow.week_session import WeekSession
from broadcast.workflow.wide_changes import WideChanges

from .helpers import airings, tree
from .tui_pilot import NOW, Driver, driven, opened

WEDNESDAY, SECOND = date(2026, 11, 25), "2026-11-25-sang"


def schedules(root: Path) -> dict[str, str]:
    """The station's and the weeks' files, without what undoing is done from."""
    found = tree(root / "schedules")
    return {name: held for name, held in found.items() if not name.startswith(".changes")}


def starts(root: Path) -> dict[str, str]:
    return {one["id"]: one["start"] for one in airings(root)}


async def ask_for_a_later_start(ui: Driver) -> ScopeDialog:
    """On Wednesday's cell: the morning's slot is to begin at 05:45."""
    await ui.press("right", "right", "ctrl+s", "enter", "down", "end", "ctrl+u")
    await ui.type("05:45")
    await ui.press("ctrl+s")
    assert isinstance(ui.app.screen, ScopeDialog)
    return ui.app.screen


@driven
async def test_a_slot_is_changed_from_one_time_on_after_its_dates_were_shown(sample: Path) -> None:
    before = schedules(sample)
    async with opened(sample) as ui:
        await ask_for_a_later_start(ui)
        assert "T4 25/11 05:30-05:45 → T4 25/11 05:45-06:00" in ui.text()
        assert "T6 27/11" not in ui.text()
        await ui.press("down")
        assert "T6 27/11 05:30-05:45 → T6 27/11 05:45-06:00" in ui.text()
        assert schedules(sample) == before
        await ui.press("enter")
        assert ui.hint.startswith("Đã đổi khung giờ «Buổi sáng» (từ lần này về sau)")
        assert starts(sample)[SECOND] == "05:45"
        assert starts(sample)["2026-11-23-sang"] == "05:30"
        await ui.press("ctrl+z")
        assert schedules(sample) == before
        await ui.press("ctrl+y")
        assert starts(sample)[SECOND] == "05:45"


@driven
async def test_a_scope_that_cannot_be_says_why_and_is_not_taken(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+s", "down", "enter")
        dialog = ui.app.screen
        assert isinstance(dialog, ScopeDialog)
        assert "đã phát rồi" in ui.text()
        await ui.press("enter")
        assert ui.app.screen is dialog


@driven
async def test_an_airing_is_removed_only_this_time(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("right", "right", "ctrl+s", "up", "enter")
        assert isinstance(ui.app.screen, ScopeDialog)
        await ui.press("enter")
        assert SECOND not in starts(sample)


@driven
async def test_a_month_is_filled_after_it_was_looked_at_and_undone_at_once(sample: Path) -> None:
    before = schedules(sample)
    async with opened(sample) as ui:
        await ui.press("ctrl+end", "down", "enter")
        assert isinstance(ui.app.screen, LongAskDialog)
        assert "Xem trước, chưa ghi" in ui.text()
        assert schedules(sample) == before
        await ui.press("enter")
        assert ui.hint.startswith("Đã xếp ")
        assert len(airings(sample, "2026-W51")) > 0
        await ui.press("ctrl+z")
        assert ui.hint.startswith("Hoàn tác: xếp ")
        assert schedules(sample) == before


@driven
async def test_days_are_typed_and_what_cannot_be_read_is_told_at_the_field(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+end", "up", "enter")
        await ui.type("tháng sau")
        await ui.press("enter")
        assert "Viết như 2026-W48" in ui.text()


def test_what_was_done_last_is_the_first_to_be_undone(sample: Path) -> None:
    desk = Desk(Workspace(sample))
    session = WeekSession.open(desk.workspace, WeekId.of(WEDNESDAY), desk=desk)
    wide = WideChanges(desk)
    assert (wide.undo_at, session.undo_at) == (0, 0)
    session.remove("2026-11-29-cuoi-tuan")
    edit = SlotEdit(start=time(5, 45))
    preview = wide.scoped.preview_slot("sang", edit, scope="all", day=None, now=NOW)
    assert wide.apply(preview)
    session.reload()
    assert wide.undo_at > session.undo_at > 0
    session.remove(SECOND)
    assert session.undo_at > wide.undo_at
    session.undo()
    assert wide.undo_at > session.undo_at
    assert wide.undo() == preview.what
    session.reload()
    assert wide.redo_at > max(session.undo_at, session.redo_at)
    assert session.undo_at > wide.undo_at == 0
