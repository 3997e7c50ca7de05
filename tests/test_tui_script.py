"""The script screen by keys: list, editor, findings, making, handing in, approving."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.command import CommandPalette
from textual.events import Paste
from textual.widgets import Static

from broadcast.domain.wording import length_clock, length_text
from broadcast.store.workspace import Workspace
from broadcast.tui.actions import actions_of, key_name
from broadcast.tui.dialogs.ask import ChooseDialog, FormDialog
from broadcast.tui.dialogs.listen import ListenDialog
from broadcast.tui.dialogs.message import ErrorDialog, ReadDialog
from broadcast.tui.screens.script import ScriptScreen
from broadcast.tui.screens.week import WeekScreen
from broadcast.workflow.scripts import list_scripts

from .helpers import edit
from .players import SilentPlayer, player
from .tui_pilot import SMALL, Driver, driven, opened

__all__ = ["player"]

ID = "thu"
BODY = "[nhạc hiệu]\nNỮ: Kính thưa bà con.\nNAM: Ngày 25/11/2026 có 3 việc.\n"


@pytest.fixture(autouse=True)
def looking_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The screen does not look at the files by itself while a test goes on."""
    monkeypatch.setattr("broadcast.tui.screens.script.WATCH_EVERY", 3600)


def write(root: Path, body: str = BODY, script_id: str = ID, title: str = "Bài thử") -> Path:
    """A script of the station."""
    path = root / f"scripts/{script_id}.md"
    path.write_text(f"---\nid: {script_id}\ntitle: {title}\n---\n{body}", "utf-8")
    return path


def screen(ui: Driver) -> ScriptScreen:
    return next(s for s in ui.app.station_screens() if isinstance(s, ScriptScreen))


@asynccontextmanager
async def listing(root: Path, size: tuple[int, int] = SMALL) -> AsyncIterator[Driver]:
    """The app with its list of scripts."""
    async with opened(root, size) as ui:
        await ui.press("2")
        yield ui


@asynccontextmanager
async def editing(
    root: Path, body: str = BODY, row: int = 0, size: tuple[int, int] = SMALL
) -> AsyncIterator[Driver]:
    """The app with one script open."""
    write(root, body)
    async with opened(root, size) as ui:
        ui.app.go("script", script=ID, row=row)
        await ui.settle()
        yield ui


def text(ui: Driver) -> str:
    return screen(ui).area.text


def said(ui: Driver) -> str:
    return screen(ui).line()


def title(ui: Driver) -> str:
    return str(screen(ui).query_one("#title", Static).content)


def shown(ui: Driver, what: str) -> str:
    return str(screen(ui).query_one(what, Static).content)


def saved(root: Path) -> str:
    return (root / f"scripts/{ID}.md").read_text("utf-8")


# The list


@driven
async def test_without_scripts_the_first_step_is_told(station: Path) -> None:
    async with listing(station) as ui:
        assert "Đài chưa có kịch bản nào" in ui.text()
        assert "F5" in said(ui)
        await ui.press("enter", "f8")
        assert "F2 viết mới" in said(ui)


def estimated(root: Path, title: str) -> float:
    """Estimated seconds of the script of that title."""
    hearings, _ = list_scripts(Workspace(root))
    (found,) = [one.seconds for one in hearings if one.script.title == title]
    return found


@driven
async def test_the_list_tells_state_length_topic_and_days(approved: Path) -> None:
    async with listing(approved) as ui:
        told = ui.text()
        assert "◉ Theo dõi hồ sơ và quyền được xin lỗi khi trễ hẹn" in told
        length = length_text(
            estimated(approved, "Theo dõi hồ sơ và quyền được xin lỗi khi trễ hẹn")
        )
        assert f"đã duyệt · {length} · phát T6 27/11 · mục II.2/d/-1" in told
        assert "6 bản" in title(ui)


@pytest.mark.parametrize("typed", ["trung tam", "trung tâm", "TRUNG TAM"])
@driven
async def test_the_list_is_searched_without_accents(approved: Path, typed: str) -> None:
    async with listing(approved) as ui:
        await ui.type(typed)
        assert [one.title for one in screen(ui).found] == [
            "Làm giấy tờ ở Trung tâm Phục vụ hành chính công xã"
        ]
        await ui.press("escape")
        assert len(screen(ui).found) == 6
        await ui.press("escape")
        assert isinstance(ui.app.screen, WeekScreen)


@driven
async def test_a_search_that_finds_nothing_says_so(approved: Path) -> None:
    async with listing(approved) as ui:
        await ui.type("khongco")
        assert "Không có kịch bản nào khớp" in ui.text()


@driven
async def test_a_broken_script_is_in_the_list_with_what_is_wrong(station: Path) -> None:
    (station / "scripts/hong.md").write_text("không có phần đầu", "utf-8")
    async with listing(station) as ui:
        assert "✗ hong" in ui.text()
        assert "1 không đọc được" in title(ui)
        await ui.press("enter")
        assert isinstance(ui.app.screen, ErrorDialog)
        await ui.press("escape", "f9")
        assert isinstance(ui.app.screen, ErrorDialog)


@driven
async def test_arrows_go_through_the_list_and_enter_opens(approved: Path) -> None:
    async with listing(approved) as ui:
        await ui.press("down", "down", "up", "pagedown", "pageup", "down", "enter")
        assert screen(ui).session is not None
        assert "Làm giấy tờ ở Trung tâm" in title(ui)


@driven
async def test_a_script_that_others_write_comes_into_the_list(station: Path) -> None:
    async with listing(station) as ui:
        write(station)
        screen(ui).watch_files()
        await ui.settle()
        assert "○ Bài thử" in ui.text()


# The editor


@driven
async def test_beside_the_text_is_what_will_be_heard_and_why(station: Path) -> None:
    async with editing(station, row=2) as ui:
        spoken = screen(ui).spoken
        assert spoken.rows[2] == (
            "NAM: Ngày hai mươi lăm tháng mười một năm hai nghìn không trăm hai mươi sáu "
            "có ba việc."
        )
        assert len(spoken.said[2].changed) > 0
        assert "25/11/2026 → " in shown(ui, "#about-text")
        assert "chưa xếp lịch phát" in shown(ui, "#meter")
        await ui.press("up")
        assert shown(ui, "#about-text") == "Dòng 2: đọc đúng như viết"


@driven
async def test_the_length_stands_against_the_slot(approved: Path) -> None:
    async with listing(approved) as ui:
        await ui.press("enter")
        length = length_clock(estimated(approved, screen(ui).session.title))
        assert f"{length}/15:00 █" in shown(ui, "#meter")


@driven
async def test_typing_is_heard_and_told_as_unsaved_until_saved(station: Path) -> None:
    async with editing(station, row=1) as ui:
        await ui.press("end")
        await ui.type(" Có 5 hộ.")
        assert text(ui).split("\n")[1] == "NỮ: Kính thưa bà con. Có 5 hộ."
        assert screen(ui).spoken.rows[1] == "NỮ: Kính thưa bà con. Có năm hộ."
        assert "chưa lưu" in title(ui)
        assert "5 hộ" not in saved(station)
        await ui.press("ctrl+s")
        assert "đã lưu" in title(ui)
        assert "Đã lưu" in said(ui)
        assert "5 hộ" in saved(station)


@driven
async def test_undo_leads_back_to_the_saved_text_and_redo_again(station: Path) -> None:
    async with editing(station, row=1) as ui:
        await ui.type("xin chao")
        await ui.press("ctrl+z")
        assert text(ui) == BODY
        assert "đã lưu" in title(ui)
        await ui.press("ctrl+y")
        assert "xin chao" in text(ui)
        assert "chưa lưu" in title(ui)


@driven
async def test_digits_and_letters_are_typed_and_go_nowhere(station: Path) -> None:
    async with editing(station) as ui:
        await ui.type("12345acmnuvx")
        assert ui.app.screen is screen(ui)
        assert text(ui).startswith("12345acmnuvx[nhạc hiệu]")


@driven
async def test_what_is_pasted_is_composed(station: Path) -> None:
    async with editing(station) as ui:
        ui.app.post_message(Paste(unicodedata.normalize("NFD", "NỮ: nghiêng\n")))
        await ui.settle()
        assert text(ui).startswith("NỮ: nghiêng\n[nhạc hiệu]")


@driven
async def test_escape_saves_and_goes_back_to_the_list(approved: Path) -> None:
    async with listing(approved) as ui:
        await ui.press("down", "enter")
        await ui.type("NAM: Thêm.")
        await ui.press("enter", "escape")
        assert screen(ui).session is None
        entry = screen(ui).highlighted
        assert entry is not None
        assert entry.title.startswith("Làm giấy tờ")
        assert entry.state == "nháp"
    path = approved / f"scripts/{entry.id}.md"
    assert "NAM: Thêm.\n" in path.read_text("utf-8")


@driven
async def test_escape_leads_back_to_where_the_script_was_opened_from(station: Path) -> None:
    async with editing(station) as ui:
        await ui.press("escape")
        assert isinstance(ui.app.screen, WeekScreen)
        await ui.press("2")
        assert screen(ui).session is None


@driven
async def test_another_screen_another_script_and_leaving_save_by_themselves(station: Path) -> None:
    write(station, "NỮ: Hai.\n", "hai", "Bài hai")
    async with editing(station) as ui:
        await ui.type("NỮ: A.")
        ui.app.go("week")
        await ui.settle()
        assert "NỮ: A.[nhạc hiệu]" in saved(station)
        await ui.press("2")
        assert text(ui).startswith("NỮ: A.")
        await ui.type("B")
        ui.app.go("script", script="hai")
        await ui.settle()
        assert "NỮ: A.B[nhạc hiệu]" in saved(station)
        assert text(ui) == "NỮ: Hai.\n"
        await ui.type("NAM: C.")
        await ui.pilot.press("ctrl+q")
        for _ in range(200):
            if ui.app._exit:
                break
            await ui.pilot.pause(0.02)
        assert ui.app._exit
    assert "NAM: C.NỮ: Hai." in (station / "scripts/hai.md").read_text("utf-8")


@driven
async def test_going_to_a_row_of_the_script_that_is_open_keeps_what_is_typed(station: Path) -> None:
    async with editing(station) as ui:
        await ui.type("x")
        ui.app.go("script", script=ID, row=2)
        await ui.settle()
        assert screen(ui).area.row == 2
        assert text(ui).startswith("x[nhạc hiệu]")


@driven
async def test_a_script_that_is_not_there_is_told(station: Path) -> None:
    async with opened(station) as ui:
        ui.app.go("script", script="khong-co")
        await ui.settle()
        assert isinstance(ui.app.screen, ErrorDialog)
        await ui.press("escape")
        assert screen(ui).session is None


@driven
async def test_a_disk_that_refuses_loses_nothing_and_is_told(station: Path) -> None:
    async with editing(station) as ui:
        await ui.type("NỮ: Giữ.")
        path = station / f"scripts/{ID}.md"
        path.write_text("hỏng", "utf-8")
        await ui.press("escape")
        assert isinstance(ui.app.screen, ErrorDialog)
        await ui.press("escape")
        assert text(ui).startswith("NỮ: Giữ.")
        assert "chưa lưu" in title(ui)
    assert path.read_text("utf-8") == "hỏng"


# Findings

WRONG = "[nhac]\nNỮ: Kính thưa bà con.\nNAM: Hỏi {số điện thoại} nhé.\n"


@driven
async def test_findings_are_listed_and_jumped_to(station: Path) -> None:
    async with editing(station, WRONG, row=1) as ui:
        assert dict(screen(ui).area.marks) == {0: True, 2: True}
        assert "! 2 chỗ" in shown(ui, "#meter")
        await ui.press("f6")
        assert isinstance(ui.app.screen, ChooseDialog)
        assert "dòng 1: hiệu lệnh lạ [nhac]" in ui.text()
        await ui.press("down", "enter")
        assert screen(ui).area.row == 2
        assert "chỗ trống chưa điền" in shown(ui, "#about-text")
        await ui.press("ctrl+down")
        assert screen(ui).area.row == 0
        assert "Dòng 1: hiệu lệnh lạ" in said(ui)


@driven
async def test_without_findings_that_is_said(station: Path) -> None:
    async with editing(station) as ui:
        await ui.press("f6")
        assert said(ui) == "Không có chỗ nào cần xem"
        await ui.press("ctrl+down")
        assert said(ui) == "Không có dòng nào cần xem"


@driven
async def test_what_cannot_be_read_out_is_not_handed_in_approved_or_heard(
    station: Path, player: SilentPlayer
) -> None:
    async with editing(station, WRONG, row=1) as ui:
        for key in ("f7", "f8", "f9"):
            screen(ui).area.go_to(1)
            await ui.press(key)
            assert ui.app.screen is screen(ui)
            assert "2 chỗ phải sửa: dòng 1: hiệu lệnh lạ" in said(ui)
            assert screen(ui).area.row == 0
    assert player.played == []


# Making scripts, and words


@driven
async def test_a_new_script_is_made_from_its_title(station: Path) -> None:
    async with listing(station) as ui:
        await ui.press("f2", "enter")
        assert "Ghi tên chương trình" in ui.text()
        await ui.type("Bài mới")
        await ui.press("enter")
        assert "Bài mới" in title(ui)
        assert text(ui) == "[nhạc hiệu]\nNỮ: \n[nhạc hiệu]\n"
    assert (station / "scripts/bai-moi.md").exists()


@driven
async def test_a_script_is_assembled_from_a_topic_found_without_accents(sample: Path) -> None:
    async with listing(sample) as ui:
        await ui.press("f5")
        assert isinstance(ui.app.screen, ChooseDialog)
        await ui.type("nop ho so")
        await ui.press("enter", "enter")
        assert screen(ui).session is not None
        assert text(ui).startswith("[nhạc hiệu]\nNỮ: Kính thưa bà con")
        assert "Đã soạn" in said(ui)


@driven
async def test_without_a_plan_there_is_nothing_to_assemble_from(station: Path) -> None:
    async with listing(station) as ui:
        await ui.press("f5")
        assert "nhập kế hoạch trước" in said(ui)


@driven
async def test_a_ready_piece_is_put_in_at_the_cursor_and_taken_back(sample: Path) -> None:
    async with editing(sample, row=1) as ui:
        await ui.press("end", "ctrl+l")
        assert "khoảng" in ui.text()
        await ui.type("truc tuyen")
        await ui.press("enter")
        rows = text(ui).split("\n")
        assert rows[1] == "NỮ: Kính thưa bà con."
        assert len(rows) > 10
        assert rows[-2] == "NAM: Ngày 25/11/2026 có 3 việc."
        assert "Đã chèn" in said(ui)
        await ui.press("ctrl+z")
        assert text(ui) == BODY


@driven
async def test_words_are_found_in_the_script_and_found_on(station: Path) -> None:
    async with editing(station) as ui:
        for row in (2, 2):
            await ui.press("ctrl+f")
            screen_now = ui.app.screen
            assert isinstance(screen_now, FormDialog)
            if not screen_now.values()["words"]:
                await ui.type("viec")
            await ui.press("enter")
            assert screen(ui).area.row == row
        await ui.press("ctrl+f")
        await ui.type("khong")
        await ui.press("enter")
        assert "Không thấy" in said(ui)


@driven
async def test_a_script_gets_another_title(station: Path) -> None:
    async with editing(station) as ui:
        await ui.press("ctrl+n", "end")
        await ui.type(" [/]")
        await ui.press("enter")
        assert "Bài thử [/]" in title(ui)
    assert "[/]" in saved(station)


# Listening


@driven
async def test_the_line_is_heard_as_it_is_typed(station: Path, player: SilentPlayer) -> None:
    async with editing(station, row=1) as ui:
        await ui.press("end")
        await ui.type(" Xin chào.")
        await ui.press("f4")
        assert isinstance(ui.app.screen, ListenDialog)
        assert "Nghe dòng 2: Bài thử" in ui.text()
        await ui.press("escape")
        assert ui.app.screen is screen(ui)
    assert len(player.played) == 1


@driven
async def test_selected_lines_are_heard_together(station: Path, player: SilentPlayer) -> None:
    async with editing(station, row=1) as ui:
        await ui.press("shift+down", "f4")
        assert "Nghe dòng 2 đến 3" in ui.text()
    assert len(player.played) == 1


@driven
async def test_a_line_without_words_is_not_heard(station: Path, player: SilentPlayer) -> None:
    async with editing(station, "NỮ: A.\n<!-- ghi chú -->\n", row=1) as ui:
        await ui.press("f4")
        assert "không có lời" in said(ui)
    assert player.played == []


@driven
async def test_the_whole_script_is_heard_also_from_the_list(
    station: Path, player: SilentPlayer
) -> None:
    write(station)
    async with listing(station) as ui:
        await ui.press("f9")
        assert isinstance(ui.app.screen, ListenDialog)
        assert "Nghe cả bài: Bài thử" in ui.text()
    assert len(player.played) == 1


@driven
async def test_without_a_loudspeaker_that_is_said_and_saving_offered(
    station: Path, player: SilentPlayer
) -> None:
    player.deaf = True
    async with editing(station, row=1) as ui:
        await ui.press("f9")
        assert "không có loa" in ui.text()
        await ui.press("ctrl+s", "enter")
        assert "Đã lưu vào" in ui.text()
    assert (station / f"out/nghe-{ID}.mp3").stat().st_size > 1000


# Review


async def named(ui: Driver, name: str = "Lò Văn Bình") -> None:
    assert isinstance(ui.app.screen, FormDialog)
    await ui.type(name)
    await ui.press("enter")


@driven
async def test_a_script_is_handed_in_and_approved(station: Path) -> None:
    async with editing(station, row=1) as ui:
        await ui.press("end")
        await ui.type(" Mới.")
        await ui.press("f7", "enter")
        assert "Ghi họ và tên" in ui.text()
        await named(ui)
        assert "chờ duyệt" in shown(ui, "#meter")
        assert said(ui) == "Đã gửi duyệt"
        await ui.press("f7")
        assert said(ui) == "Kịch bản chờ duyệt rồi"
        await ui.press("f8")
        assert "Dài " in ui.text()
        assert "Không có chỗ nào cần xem" in ui.text()
        await named(ui, "Nguyễn Thị Hoa")
        assert "đã duyệt" in shown(ui, "#meter")
        await ui.press("f8")
        assert said(ui) == "Kịch bản đã duyệt rồi"
    assert "by: Nguyễn Thị Hoa" in saved(station)
    assert "Mới." in saved(station)


@driven
async def test_who_approves_sees_what_is_to_be_looked_at(station: Path) -> None:
    async with editing(station, "NỮ: Theo QWRT bà con nhé.\n") as ui:
        await ui.press("f8")
        assert "1 chỗ cần xem" in ui.text()
        assert "dòng 1: chữ viết tắt «QWRT»" in ui.text()


@driven
async def test_a_script_is_sent_back_with_a_reason_that_its_writer_reads(station: Path) -> None:
    async with editing(station) as ui:
        await ui.press("ctrl+t", "enter", "enter")
        assert "Ghi rõ phải sửa những gì" in ui.text()
        await ui.type("Nguyễn Thị Hoa")
        await ui.press("enter")
        await ui.type("Thêm nơi nộp")
        await ui.press("enter")
        assert "trả lại" in shown(ui, "#meter")
        await ui.type("x")
        await ui.press("ctrl+z")
        assert "Nguyễn Thị Hoa trả lại: Thêm nơi nộp" in said(ui)


@driven
async def test_what_changed_since_the_approval_has_signs(station: Path) -> None:
    async with editing(station, row=2) as ui:
        await ui.press("ctrl+o")
        assert "chưa được duyệt lần nào" in said(ui)
        await ui.press("f8")
        await named(ui)
        await ui.press("end")
        await ui.type(" Hết.")
        assert "nháp" in shown(ui, "#meter")
        await ui.press("ctrl+o")
        assert isinstance(ui.app.screen, ReadDialog)
        told = ui.text()
        assert "− NAM: Ngày 25/11/2026 có 3 việc." in told
        assert "+ NAM: Ngày 25/11/2026 có 3 việc. Hết." in told
        assert "  NỮ: Kính thưa bà con." in told


@driven
async def test_saving_other_words_tells_that_the_approval_is_void(station: Path) -> None:
    async with editing(station, row=1) as ui:
        await ui.press("f8")
        await named(ui)
        await ui.press("end")
        await ui.type(" Thêm.")
        await ui.press("ctrl+s")
        assert "không còn «đã duyệt»" in said(ui)


# Others, and what is strange


@driven
async def test_what_another_window_wrote_comes_in_and_both_stay(station: Path) -> None:
    async with editing(station, row=1) as ui:
        await ui.press("end")
        await ui.type(" Của tôi.")
        edit(station / f"scripts/{ID}.md", "có 3 việc", "có 4 việc")
        screen(ui).watch_files()
        await ui.settle()
        assert "Kính thưa bà con. Của tôi." in text(ui)
        assert "có 4 việc" in text(ui)
        assert "gộp" in said(ui)
        assert screen(ui).area.row == 1
        await ui.press("ctrl+s")
    assert "Của tôi." in saved(station)
    assert "có 4 việc" in saved(station)


@driven
async def test_rows_that_both_changed_stay_both_and_escape_waits(station: Path) -> None:
    async with editing(station, row=1) as ui:
        await ui.press("end")
        await ui.type(" Của tôi.")
        edit(station / f"scripts/{ID}.md", "Kính thưa bà con.", "Kính chào bà con.")
        await ui.press("escape")
        assert "Kính thưa bà con. Của tôi.\n<!-- Bản ở cửa sổ kia: NỮ: Kính chào" in text(ui)
        assert screen(ui).session is not None
        assert 2 in screen(ui).area.marks
        await ui.press("escape")
        assert screen(ui).session is None


@driven
async def test_ctrl_r_reads_the_file_again(station: Path) -> None:
    async with editing(station) as ui:
        edit(station / f"scripts/{ID}.md", "có 3 việc", "có 4 việc")
        await ui.press("ctrl+r")
        assert "có 4 việc" in text(ui)
        await ui.press("escape", "2", "ctrl+r")
        assert screen(ui).entries is not None


@driven
async def test_markup_and_escape_codes_do_no_harm(station: Path) -> None:
    body = "NỮ: [/] [b]đậm[/b] \x1b[31mđỏ\nNAM: {[/]}\n[/]\n"
    async with editing(station, body) as ui:
        assert "[b]đậm[/b]" in ui.text()
        assert "\x1b" not in ui.text()
        await ui.press("f6")
        assert "[/]" in ui.text()
        await ui.press("escape", "escape")
    assert saved(station).endswith(body)


@driven
async def test_ten_thousand_rows_are_edited_heard_and_saved(station: Path) -> None:
    rows = [f"NỮ: Dòng số {number}." for number in range(10_000)]
    async with editing(station, "\n".join(rows), row=5_000) as ui:
        await ui.press("end")
        await ui.type(" 7")
        assert screen(ui).spoken.rows[5_000].endswith(". Bảy")
        assert len(screen(ui).spoken.said) == 10_000
        await ui.press("escape")
    assert "NỮ: Dòng số 5000. 7\n" in saved(station)


@driven
async def test_what_is_heard_can_be_gone_through_by_itself(station: Path) -> None:
    async with editing(station) as ui:
        await ui.press("tab")
        assert ui.app.focused is screen(ui).spoken
        await ui.press("down", "down", "ctrl+end")
        assert screen(ui).spoken.row == 3
        assert screen(ui).area.row == 0


# Every action


@driven
async def test_every_action_can_be_called_from_the_palette_in_list_and_editor(
    approved: Path, player: SilentPlayer
) -> None:
    async with listing(approved) as ui:
        for action in actions_of("script"):
            await screen(ui).run_action(action.call)
            await ui.settle()
            while ui.app.screen is not screen(ui):
                await ui.press("escape")
            assert screen(ui).query_one(Static) is not None
    assert player.played


@driven
async def test_the_palette_finds_an_action_of_the_screen(approved: Path) -> None:
    async with listing(approved) as ui:
        await ui.press("f3")
        assert isinstance(ui.app.screen, CommandPalette)
        await ui.type("chen bai")
        await ui.pilot.pause(0.3)
        await ui.press("enter")
        await ui.pilot.pause(0.3)
        await ui.settle()
        assert isinstance(ui.app.screen, ChooseDialog)


def test_the_footer_of_the_screen_fits_the_small_window() -> None:
    shown_there = [a for a in actions_of("script", "app") if a.short]
    keys = (key_name(a.keys[0]).replace("Ctrl+", "^") for a in shown_there)
    width = sum(len(key) + len(a.short) + 2 for key, a in zip(keys, shown_there, strict=True))
    assert width - 1 <= 80
