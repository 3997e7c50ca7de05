"""The plan screen (Kế hoạch) by keys: import, confirm, correct, count, and nothing lost."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.geometry import Size
from textual.widgets import OptionList

from broadcast.domain.plan import Plan, Topic
from broadcast.store.workspace import Workspace
from broadcast.tui.actions import ACTIONS
from broadcast.tui.dialogs.ask import AskDialog, ChooseDialog, FormDialog
from broadcast.tui.dialogs.files import FileDialog
from broadcast.tui.dialogs.message import ErrorDialog
from broadcast.tui.dialogs.text import Paragraph, TextDialog
from broadcast.tui.screens.plan import PlanScreen
from broadcast.tui.widgets.fields import Field
from broadcast.tui.widgets.outline import OutlineView
from broadcast.workflow.desk import Desk
from broadcast.workflow.plan_session import PlanSession

from .conftest import shared
from .helpers import PLAN, PLAN_DOCUMENT, WEEK, done, edit
from .tui_pilot import LARGE, SMALL, Driver, driven, opened


class Plans(Driver):
    """A driver that knows the plan screen."""

    @property
    def screen(self) -> PlanScreen:
        """The plan screen, whatever dialog is over it."""
        return next(s for s in self.app.station_screens() if isinstance(s, PlanScreen))

    @property
    def plan(self) -> Plan:
        """The plan on screen."""
        assert self.screen.plan is not None
        return self.screen.plan

    @property
    def line(self) -> str:
        """The line above the keys."""
        return self.screen.line()

    @property
    def here(self) -> str:
        """The line under the cursor: sign, text, word."""
        line = self.screen.view.line
        assert line is not None
        return f"{line.sign} {line.text} {line.word}".strip()

    def topic(self, path: str) -> Topic:
        """A topic of the plan on screen."""
        found = self.plan.topic(path)
        assert found is not None
        return found

    async def at(self, path: str) -> None:
        """Put the cursor on a topic."""
        self.screen.go_to(next(t for t in self.plan.topics if t.path == path))
        await self.settle()

    async def choose(self, label: str) -> None:
        """Take the answer that begins so in the dialog that is open."""
        dialog = self.app.screen
        assert isinstance(dialog, (AskDialog, ChooseDialog))
        labels = [choice.label for choice in dialog.choices]
        at = next((n for n, text in enumerate(labels) if text.startswith(label)), None)
        assert at is not None, labels
        dialog.query_one(OptionList).highlighted = at
        await self.press("enter")


@asynccontextmanager
async def plans(root: Path, size: tuple[int, int] = SMALL) -> AsyncIterator[Plans]:
    """The app on its plan screen."""
    async with opened(root, size) as ui:
        await show_plans(ui)
        yield Plans(ui.app, ui.pilot)


async def show_plans(ui: Driver) -> None:
    """Go to the plan screen."""
    ui.app.go("plan")
    await ui.settle()


def on_disk(root: Path) -> Plan:
    return Workspace(root).load_plan(PLAN)


def other_window(root: Path) -> PlanSession:
    return PlanSession.open(Desk(Workspace(root)), PLAN)


async def import_file(ui: Plans, file: Path) -> None:
    await ui.press("f2")
    ui.app.screen.query_one(Field).value = str(file)
    await ui.press("enter")


def changed_document(folder: Path) -> Path:
    """The sample's document with one place changed, under its own name."""
    (folder / "mới").mkdir()
    copied = Path(shutil.copy(PLAN_DOCUMENT, folder / "mới"))
    edit(copied, "quá hạn", "trễ hạn")
    return copied


# Coming to it


@driven
async def test_without_a_plan_it_says_what_to_do_first(station: Path) -> None:
    async with plans(station) as ui:
        assert "Chưa có kế hoạch nào" in ui.text()
        assert ui.line == "Việc đầu tiên: F2 nhập kế hoạch"


@pytest.mark.parametrize(
    "action", [a for a in ACTIONS if a.where == "plan" and a.call != "import_plan"],
    ids=lambda action: action.id,
)  # fmt: skip
@driven
async def test_without_a_plan_every_key_is_harmless(station: Path, action: object) -> None:
    async with plans(station) as ui:
        await ui.app.screen.run_action(getattr(action, "call"))  # noqa: B009 - one field is asked
        await ui.settle()
        assert isinstance(ui.app.screen, PlanScreen)


@driven
async def test_the_cursor_begins_at_the_first_topic_that_waits(sample: Path) -> None:
    async with plans(sample) as ui:
        assert ui.here.startswith("? II.2/a ")
        assert "Còn 3 mục chờ trả lời: F5" in ui.line
        assert "Ý nghĩa của cải cách hành chính" in ui.text()


@driven
async def test_ctrl_k_on_the_week_asks_for_the_file_here(station: Path) -> None:
    async with opened(station) as ui:
        await ui.press("ctrl+k")
        assert isinstance(ui.app.screen, FileDialog)
        await ui.press("escape")
        assert isinstance(ui.app.screen, PlanScreen)


@driven
async def test_escape_leads_back_to_the_week(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.press("escape")
        assert ui.app.screen is ui.week


@driven
async def test_its_digit_leads_to_it(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("3")
        assert isinstance(ui.app.screen, PlanScreen)


# Importing


@driven
async def test_a_document_is_read_and_its_plan_shown(station: Path) -> None:
    async with plans(station) as ui:
        await import_file(ui, PLAN_DOCUMENT)
        assert ui.plan == on_disk(station)
        assert "Đã nhập: " in ui.line
        assert "3 mục chờ trả lời (F5)" in ui.line


@driven
async def test_importing_the_same_again_changes_nothing(sample: Path) -> None:
    async with plans(sample) as ui:
        await import_file(ui, PLAN_DOCUMENT)
        assert "không có gì khác" in ui.line


@driven
async def test_importing_a_new_version_shows_what_would_change_before(
    sample: Path, tmp_path: Path
) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/b")
        await ui.press("delete")
        before = on_disk(sample)
        await import_file(ui, changed_document(tmp_path))
        assert "Sẽ đổi 1 chỗ" in ui.text()
        assert "Giữ nguyên 1 chỗ đã sửa tay" in ui.text()
        await ui.press("escape")
        assert on_disk(sample) == before
        await import_file(ui, tmp_path / "mới" / PLAN_DOCUMENT.name)
        await ui.choose("Nhập lại")
        assert "trễ hạn" in ui.topic("II.2/d/-1").text
        assert ui.topic("II.2/b").airable == "no"
        await ui.press("ctrl+z")
        assert on_disk(sample) == before


@driven
async def test_a_new_version_can_become_another_plan(sample: Path, tmp_path: Path) -> None:
    async with plans(sample) as ui:
        await import_file(ui, changed_document(tmp_path))
        await ui.choose("Nhập thành một kế hoạch khác")
        assert isinstance(ui.app.screen, FormDialog)
        for wrong in ("Kế hoạch", PLAN):
            ui.app.screen.query_one(Field).value = wrong
            await ui.press("enter")
            assert isinstance(ui.app.screen, FormDialog)
        ui.app.screen.query_one(Field).value = "ban-moi"
        await ui.press("enter")
        assert ui.plan.id == "ban-moi"
        assert Workspace(sample).plan_ids() == ("ban-moi", PLAN)
        await ui.press("ctrl+o")
        await ui.choose(PLAN)
        assert ui.plan.id == PLAN


@driven
async def test_a_file_that_is_no_plan_is_refused_with_what_to_do(
    station: Path, tmp_path: Path
) -> None:
    file = tmp_path / "ảnh.docx"
    file.write_bytes(b"\x89PNG\r\n")
    async with plans(station) as ui:
        await import_file(ui, file)
        assert isinstance(ui.app.screen, ErrorDialog)
        assert ui.app.screen.error.mend or ui.app.screen.error.problems


@driven
async def test_a_plan_changed_while_the_new_version_was_looked_at_is_compared_again(
    sample: Path, tmp_path: Path
) -> None:
    async with plans(sample) as ui:
        await import_file(ui, changed_document(tmp_path))
        other = other_window(sample)
        other.set_airable(next(t for t in other.plan.topics if t.path == "II.2/b"), "no")
        await ui.choose("Nhập lại")
        await ui.choose("Nạp lại kế hoạch")
        assert "Giữ nguyên 1 chỗ đã sửa tay" in ui.text()
        await ui.choose("Nhập lại")
        assert ui.topic("II.2/b").airable == "no"
        assert "trễ hạn" in ui.topic("II.2/d/-1").text


@pytest.mark.parametrize("name", ["002_hamtan.docx", "003_duongquan.docx", "004_chiengson.pdf"])
@driven
async def test_real_documents_are_read(station: Path, name: str) -> None:
    file = shared("plans", "documents", name)
    async with plans(station) as ui:
        await import_file(ui, file)
        assert "nội dung phát được" in ui.line
        assert len(ui.screen.view.lines) > 5


# Answering


@driven
async def test_f7_goes_from_one_waiting_topic_to_the_next_and_around(sample: Path) -> None:
    async with plans(sample) as ui:
        seen = []
        for _ in range(4):
            seen.append(ui.here.split()[1])
            await ui.press("f7")
        assert seen == ["II.2/a", "II.2/d", "II.2/e", "II.2/a"]


@driven
async def test_an_answer_is_saved_and_the_next_waiting_topic_comes(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.press("f8")
        assert on_disk(sample).topics[0].airable == "yes"
        assert ui.here.startswith("? II.2/d")
        assert "còn 2 mục chờ" in ui.line
        await ui.press("delete", "delete")
        assert [t.airable for t in ui.plan.topics if t.kind == "parent"] == ["yes", "no", "no"]
        assert "không còn mục nào chờ" in ui.line
        await ui.press("f7")
        assert "Không còn mục nào chờ" in ui.line


@driven
async def test_space_turns_the_answer_around_and_stays(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/b")
        for answer in ("no", "yes"):
            await ui.press("space")
            assert ui.topic("II.2/b").airable == on_disk(sample).topics[3].airable == answer
            assert "II.2/b" in ui.here


@driven
async def test_f5_asks_about_one_waiting_topic_after_the_other(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.press("f5")
        assert "Có phát nội dung này không?" in ui.text()
        await ui.choose("Phát được")
        assert "Theo dõi và nhận kết quả" in ui.text()
        await ui.choose("Để sau")
        assert "Sử dụng tài khoản định danh" in ui.text()
        await ui.choose("Gộp vào mục trước")
        assert ui.plan.path_of("II.2/e") == "II.2/đ"
        await ui.choose("Đổi loại")
        await ui.choose("Đoạn văn khác")
        assert not [t for t in ui.plan.topics if t.airable == "ask"]
        await ui.press("f5")
        assert "Không còn mục nào chờ" in ui.line


# Correcting


@driven
async def test_a_topic_is_joined_to_the_one_before_it(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/c")
        await ui.press("ctrl+g")
        assert "II.2/b" in ui.here
        assert ui.topic("II.2/c") == ui.topic("II.2/b")
        assert on_disk(sample) == ui.plan
        assert "Gồm cả mục II.2/c" in ui.screen.query_one("#side-text").visual.__str__()


@driven
async def test_the_first_topic_cannot_be_joined_and_it_says_why(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.press("ctrl+g")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert "mục đầu tiên" in ui.text()


@driven
async def test_a_topic_is_divided_at_the_place_that_is_chosen(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/a/-1")
        await ui.press("ctrl+t", "enter")
        assert ui.here.startswith("✓ II.2/a/-1~2  Năm 2026")
        await ui.press("ctrl+t")
        await ui.choose("Chỗ khác")
        await ui.press("enter")
        assert ui.topic("II.2/a/-1~2").text == "Năm"
        assert on_disk(sample) == ui.plan


@driven
async def test_a_text_is_corrected_in_full_view(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/b")
        await ui.press("f4")
        area = ui.app.screen.query_one(Paragraph)
        assert area.text == ui.topic("II.2/b").text
        await ui.press("escape")
        assert not ui.screen.session or not ui.screen.session.undo_label
        await ui.press("f4")
        ui.app.screen.query_one(Paragraph).text = "Kỷ luật,\nkỷ cương"
        await ui.press("enter")
        assert on_disk(sample).topics[3].text == "Kỷ luật, kỷ cương"


@driven
async def test_text_is_nfc_however_it_comes(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.press("f4")
        area = ui.app.screen.query_one(Paragraph)
        area.text = ""
        area.insert("nghie\u0302")
        area.insert("\u0323")
        area.insert("ng chu\u031bo\u031bng tri\u0300nh")
        assert area.text == "nghiệng chương trình"
        await ui.press("backspace")
        assert area.text == "nghiệng chương trìn"


@driven
async def test_a_passage_becomes_a_topic_and_a_topic_a_duty(sample: Path) -> None:
    async with plans(sample) as ui:
        ui.screen.go_to(next(p for p in ui.plan.passages if p.path == "II.1"))
        await ui.settle()
        await ui.press("ctrl+l")
        await ui.choose("Nội dung")
        assert ui.here.startswith("✓ II.1 ")
        await ui.press("ctrl+l")
        await ui.choose("Nhiệm vụ")
        await ui.press("enter")
        assert "Ghi tên đơn vị" in ui.text()
        await ui.type("Công an xã")
        await ui.press("enter")
        assert ui.here.startswith("• Công an xã:")
        assert on_disk(sample) == ui.plan


@driven
async def test_before_a_topic_is_none_any_more_it_is_said_who_uses_it(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/b")
        await ui.press("ctrl+l")
        await ui.choose("Đoạn văn khác")
        assert f"tuần {WEEK}: 1 lượt phát" in ui.text()
        await ui.choose("Thôi")
        assert ui.plan.topic("II.2/b")
        await ui.press("ctrl+l")
        await ui.choose("Đoạn văn khác")
        await ui.choose("Vẫn đổi")
        assert ui.plan.topic("II.2/b") is None
        assert ui.here.startswith("¶")


@driven
async def test_every_correction_is_undone_and_done_again(sample: Path) -> None:
    async with plans(sample) as ui:
        first = on_disk(sample)
        await ui.press("f8")
        await ui.at("II.2/c")
        await ui.press("ctrl+g")
        last = on_disk(sample)
        await ui.press("ctrl+z", "ctrl+z")
        assert on_disk(sample) == ui.plan == first
        await ui.press("ctrl+z")
        assert "Chưa có gì để hoàn tác" in ui.line
        await ui.press("ctrl+y", "ctrl+y")
        assert on_disk(sample) == last
        await ui.press("ctrl+y")
        assert "Không có gì để làm lại" in ui.line
        await ui.press("ctrl+s")
        assert "lưu ngay" in ui.line


@driven
async def test_enter_shows_the_whole_entry_with_what_can_be_done(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/b")
        await ui.press("enter")
        assert "công chức không được làm" in ui.text()
        await ui.choose("Không phát")
        assert ui.topic("II.2/b").airable == "no"


# Going about


@driven
async def test_headings_fold_and_open(sample: Path) -> None:
    async with plans(sample) as ui:
        count = len(ui.screen.view.lines)
        await ui.press("left")
        assert ui.here.startswith("▾ II. ")
        await ui.press("left")
        assert (ui.here[:5], len(ui.screen.view.lines)) == ("▸ II.", count - 14)
        await ui.press("right")
        assert len(ui.screen.view.lines) == count
        await ui.press("enter", "enter", "home")
        assert ui.here.startswith("▸ Phần mở đầu")
        await ui.press("end", "up", "pageup", "pagedown", "end")
        assert ui.here.startswith("▸ Phần kết")


@driven
async def test_an_entry_is_found_by_words_without_accents(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.press("ctrl+f")
        await ui.type("cong an xa danh muc")
        await ui.press("escape", "ctrl+f")
        await ui.type("truong ban pa hoc")
        await ui.press("enter")
        assert ui.here.startswith("• Trưởng các bản")


@driven
async def test_problems_lead_to_the_nearest_entry_and_leave_the_list_when_seen(
    sample: Path,
) -> None:
    path = Workspace(sample).plan_path(PLAN)
    line = next(t.line for t in on_disk(sample).topics if t.path == "II.2/c")
    text = path.read_text("utf-8")
    path.write_text(
        f"{text}problems:\n  - message: đánh số nhảy\n    line: {line}\n"
        "    suggestion: xem bản gốc\n",
        "utf-8",
    )
    async with plans(sample) as ui:
        await ui.press("f6")
        assert f"dòng {line}: đánh số nhảy" in ui.text()
        await ui.press("enter")
        await ui.choose("Tới mục ấy")
        assert "II.2/c" in ui.here
        await ui.press("f6", "enter")
        await ui.choose("Đã xem xong")
        assert on_disk(sample).problems == ()
        await ui.press("f6")
        assert "đánh số nhảy" not in ui.text()


@driven
async def test_topics_show_how_often_they_are_planned_and_the_least_come_first(
    sample: Path,
) -> None:
    async with plans(sample, LARGE) as ui:
        await ui.at("II.2/b")
        line = ui.screen.view.line
        assert line is not None
        assert (line.times, line.cells) == ("1×", "·" * 11 + "░")
        assert "Quý IV/2026: 1 lượt phát (1 trống)" in ui.text()
        await ui.press("ctrl+n")
        times = [line.times for line in ui.screen.view.lines]
        assert times == sorted(times)
        assert times[0] == "0×"
        await ui.press("escape")
        assert len(ui.screen.view.lines) > len(times)
        assert ui.app.screen is ui.screen


@driven
async def test_going_away_and_back_keeps_what_is_on_screen_and_counts_anew(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.at("II.2/b")
        await ui.press("1")
        done("week", "remove", WEEK, _airing_of(sample, "II.2/b"), cwd=sample)
        await show_plans(ui)
        assert "II.2/b" in ui.here
        ui.screen.watch_files()
        await ui.settle()
        line = ui.screen.view.line
        assert line is not None
        assert line.times == "0×"


def _airing_of(root: Path, path: str) -> str:
    shown = done("week", "show", WEEK, "--json", cwd=root).json()
    return str(next(a["id"] for a in shown["airings"] if a["topic"] == path))


# Others


@driven
async def test_what_another_window_did_is_shown(sample: Path) -> None:
    async with plans(sample) as ui:
        other = other_window(sample)
        other.set_text(other.plan.topics[3], "Kỷ luật")
        ui.screen.watch_files()
        await ui.settle()
        assert ui.topic("II.2/b").text == "Kỷ luật"
        assert "Vừa có thay đổi từ cửa sổ" in ui.line


@driven
async def test_a_conflict_is_asked_about_and_nothing_is_overwritten(sample: Path) -> None:
    async with plans(sample) as ui:
        other = other_window(sample)
        other.set_text(other.plan.topics[3], "Kỷ luật")
        await ui.press("f8")
        assert "vừa bị sửa ở cửa sổ khác" in ui.text()
        await ui.choose("Nạp lại rồi làm lại")
        assert on_disk(sample) == ui.plan
        assert (ui.plan.topics[0].airable, ui.plan.topics[3].text) == ("yes", "Kỷ luật")


@driven
async def test_a_correction_of_what_others_changed_is_refused_after_the_reload(
    sample: Path,
) -> None:
    async with plans(sample) as ui:
        other = other_window(sample)
        other.set_text(other.plan.topics[0], "Ý nghĩa")
        await ui.press("f8")
        await ui.choose("Nạp lại rồi làm lại")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert on_disk(sample) == other.plan
        await ui.press("escape", "ctrl+r")
        assert "không có gì khác" in ui.line


@driven
async def test_a_broken_file_is_told_with_its_line_and_mended_by_reading_again(
    sample: Path,
) -> None:
    path = Workspace(sample).plan_path(PLAN)
    good = path.read_bytes()
    async with opened(sample) as week:
        ui = Plans(week.app, week.pilot)
        edit(path, "kind: parent", "kind: cha")
        await show_plans(ui)
        assert f"{PLAN}.yaml:" in ui.text()
        assert "Ctrl+R đọc lại" in ui.line
        await ui.press("ctrl+o")
        await ui.choose(PLAN)
        path.write_bytes(good)
        await ui.press("ctrl+r")
        assert ui.here.startswith("? II.2/a")


@driven
async def test_a_file_broken_while_it_is_shown_leaves_the_plan_on_screen(sample: Path) -> None:
    path = Workspace(sample).plan_path(PLAN)
    async with plans(sample) as ui:
        path.write_text("id: [", "utf-8")
        ui.screen.watch_files()
        await ui.settle()
        assert ui.line.startswith("!")
        assert ui.here.startswith("? II.2/a")
        path.unlink()
        ui.screen.watch_files()
        await ui.settle()
        assert "bị xóa" in ui.line


@driven
async def test_text_of_a_document_is_shown_to_the_letter(sample: Path) -> None:
    session = other_window(sample)
    session.set_text(session.plan.topics[0], "[bold]Loa[/] và [/]")
    async with plans(sample) as ui:
        assert "[bold]Loa[/] và [/]" in ui.text()
        await ui.press("f5")
        assert "[bold]Loa[/] và [/]" in ui.text()


@driven
async def test_the_mouse_moves_opens_and_folds(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.pilot.click(OutlineView, offset=(10, 4))
        await ui.settle()
        assert "II.2/a/-1" in ui.here
        await ui.pilot.click(OutlineView, offset=(10, 4), times=2)
        await ui.settle()
        assert isinstance(ui.app.screen, AskDialog)


@driven
async def test_the_panel_is_below_in_a_narrow_window_and_beside_in_a_wide_one(
    sample: Path,
) -> None:
    for size in (SMALL, LARGE):
        async with plans(sample, size) as ui:
            side, view = ui.screen.query_one("#side").region, ui.screen.view.region
            assert (side.y == view.bottom, side.x == view.right) == (size == SMALL, size == LARGE)
            assert ui.app.screen.size == Size(*size)


@driven
async def test_the_text_dialog_takes_ctrl_s_too(sample: Path) -> None:
    async with plans(sample) as ui:
        await ui.press("f4")
        assert isinstance(ui.app.screen, TextDialog)
        await ui.type("!")
        await ui.press("ctrl+s")
        assert on_disk(sample).topics[0].text.endswith(":!")
