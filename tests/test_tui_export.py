"""Handing a week out by keys: where to, for whom, what will be written, and what was."""

from __future__ import annotations

import errno
import shutil
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from textual.events import Key
from textual.widgets import Static

from broadcast.domain.week import WeekId
from broadcast.publish import disk, drives
from broadcast.tui.dialogs.ask import AskDialog
from broadcast.tui.dialogs.folders import FolderDialog
from broadcast.tui.dialogs.sheet import SheetDialog
from broadcast.tui.screens import export as exporting
from broadcast.tui.screens.export import ExportScreen
from broadcast.tui.widgets.fields import Field
from broadcast.tui.widgets.lists import TakeList

from .helpers import WEEK, airings, edit, script_file, tree
from .tui_pilot import LARGE, Driver, driven, opened


@pytest.fixture(autouse=True)
def drives_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where this machine shows its drives, in tests: an empty folder."""
    monkeypatch.setattr(drives, "LINUX", (tmp_path / "media",))
    monkeypatch.setattr(drives, "MAC", tmp_path / "media")
    return tmp_path / "media"


def screen(ui: Driver) -> ExportScreen:
    """The export screen, which has to be shown."""
    assert isinstance(ui.app.here, ExportScreen)
    return ui.app.here


def hint(ui: Driver) -> str:
    return screen(ui).line()


async def to(ui: Driver, target: Path | str) -> None:
    """Type another target over the old one."""
    field = screen(ui).target
    field.focus()
    field.value = ""
    await ui.type(str(target))
    await ui.press("enter")


@pytest.mark.long
@driven
async def test_a_week_is_written_where_it_is_said_and_told(rendered: Path, tmp_path: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        await to(ui, tmp_path / "usb")
        assert "+ 10 mới" in ui.text()
        assert "F5 ghi tuần 48" in hint(ui)
        assert not (tmp_path / "usb").exists()
        await ui.press("f5")
        assert "✓ Đã ghi xong" in ui.text()
        assert "10 tệp đã ghi" in ui.text()
        assert "Giao" not in hint(ui)
        assert "cho Bản Pa Hốc. Trưởng bản nhận USB" in " ".join(ui.text().split())
    assert len(list((tmp_path / "usb").rglob("*.mp3"))) == 6


@driven
async def test_the_first_target_is_the_stations_own_folder(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f5")
        assert "vào out/export" in ui.text()
    assert (rendered / f"out/export/{WEEK}.ics").exists()


@driven
async def test_after_writing_nothing_is_left_to_write(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f5", "ctrl+r")
        assert "= 10 giữ nguyên" in ui.text()
        assert hint(ui) == "Đã xem lại tệp trên đĩa"
        await ui.press("pagedown", "pageup")
        assert "đã có đủ tệp" in hint(ui)
        await ui.press("f5")
        assert "0 tệp đã ghi, 10 giữ nguyên" in ui.text()


@driven
async def test_only_the_chosen_zones_get_theirs(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "shift+tab", "end", "space")
        assert "[ ] USB Bản Pa Hốc" in ui.text()
        await ui.press("f5")
        assert "Giao" not in ui.text()
        sheet = (rendered / f"out/export/{WEEK}.txt").read_text("utf-8-sig")
        assert "Cụm loa: Khu trung tâm xã, Bản Lạn, Bản Phiêng\r\n" in sheet.replace("\n", "\r\n")


@driven
async def test_zones_that_get_a_stick_are_chosen_by_a_key_and_all_again(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f7")
        assert screen(ui).zones.chosen == ["ban-pa-hoc"]
        assert "5 lượt phát" in ui.text()
        await ui.press("f7")
        assert screen(ui).zones.all_chosen
        assert "6 lượt phát" in ui.text()


@driven
async def test_a_station_with_network_everywhere_has_no_sticks_to_choose(rendered: Path) -> None:
    edit(rendered / "schedules/station.yaml", "    network: false", "    network: true")
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f7")
        assert "không cụm nào dùng USB" in hint(ui)
        assert screen(ui).zones.all_chosen


@driven
async def test_without_any_zone_nothing_is_written(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f7", "shift+tab", "end", "space", "f5")
        assert screen(ui).zones.none_chosen
        assert "Chọn ít nhất một cụm loa" in hint(ui)
    assert not (rendered / "out/export").exists()


@driven
async def test_a_sheet_that_was_ticked_is_kept_under_its_own_name_and_told(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f5")
        sheet = rendered / f"out/export/{WEEK}.txt"
        sheet.write_text(sheet.read_text("utf-8-sig").replace("│ [ ]", "│ [x]", 1), "utf-8-sig")
        await ui.press("ctrl+r")
        assert "~" not in ui.text()
        await ui.press("f7")
        assert "! 1 giữ lại" in ui.text()
        await ui.press("f5")
        said = " ".join(ui.text().split())
        assert f"Phiếu đã đánh dấu {WEEK}-da-ghi.txt: chưa ghi vào nhật ký thì nhập ở" in said
    assert "│ [x]" in (rendered / f"out/export/{WEEK}-da-ghi.txt").read_text("utf-8-sig")
    assert "│ [x]" not in sheet.read_text("utf-8-sig")


@driven
async def test_what_is_removed_is_told_before_and_after(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f5", "f7")
        assert "− 1 bỏ đi" in ui.text()
        await ui.press("f5")
        assert "1 bỏ đi" in ui.text()
    assert len(list((rendered / "out/export").rglob("*.mp3"))) == 5


@driven
async def test_what_comes_first_is_listed_and_enter_goes_there(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+e")
        assert "Còn 6 việc" in hint(ui)
        assert "6 chưa có kịch bản" in ui.text()
        assert "Enter sang Tuần, F7 soạn kịch bản" in " ".join(ui.text().split())
        await ui.press("f5")
        assert not (sample / "out/export").exists()
        await ui.press("down", "down", "enter")
        assert ui.app.here is ui.week
        assert ui.cursor == "25 sang"


@driven
async def test_an_unapproved_script_leads_to_where_it_is_approved(rendered: Path) -> None:
    script = airings(rendered)[1]["script"]
    edit(script_file(rendered, script), "NỮ: ", "NỮ: Thêm. ")
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        assert "1 chưa duyệt" in ui.text()
        await ui.press("enter")
        assert ui.app.here is ui.week
        assert ui.cursor == "24 chieu"


@driven
async def test_missing_audio_leads_to_where_it_is_made(approved: Path) -> None:
    async with opened(approved) as ui:
        await ui.press("ctrl+e")
        assert "6 chưa có MP3" in ui.text()
        await ui.press("enter")
        assert ui.app.here is not None
        assert ui.app.here.WHERE == "render"


@driven
async def test_a_week_without_a_schedule_leads_to_filling_it(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+e", "pagedown")
        assert "tuần này chưa có lịch phát" in ui.text()
        await ui.press("enter")
        assert ui.app.here is ui.week
        assert str(ui.week.week_id) == "2026-W49"


@driven
async def test_weeks_are_turned_here_too(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        for key, week in (
            ("pagedown", 49), ("ctrl+right", 50), ("pageup", 49), ("ctrl+home", 48),
            ("ctrl+left", 47),
        ):  # fmt: skip
            await ui.press(key)
            assert screen(ui).week_id == WeekId(2026, week), key
            assert f"Tuần {week} ·" in ui.text()
        await ui.press("escape")
        assert ui.app.here is ui.week


@driven
async def test_the_week_shown_last_is_the_one_to_hand_out(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("pagedown", "ctrl+e")
        assert screen(ui).week_id == WeekId(2026, 49)


WRONG_TARGETS = (
    ("dai/schedules/station.yaml", "đã có một tệp trùng tên thư mục"),
    ("dai/schedules/station.yaml/usb", "một phần của đường dẫn là tệp"),
    ("media/lan/USB", "không có ổ đĩa hoặc thư mục đó"),
    ("~khong-co-ai", "không rõ ~khong-co-ai là thư mục của ai"),
    ("", "chưa ghi thư mục"),
)
"""A folder below the test's own (as typed, where it is none), and what is told at the field."""


@driven
async def test_what_is_wrong_with_the_target_is_said_at_its_field(
    rendered: Path, tmp_path: Path
) -> None:
    async with opened(rendered, LARGE) as ui:
        await ui.press("ctrl+e")
        for target, said in WRONG_TARGETS:
            await to(ui, target if target[:1] in {"", "~"} else tmp_path / target)
            wrong = str(screen(ui).query_one("#wrong").render())
            assert said in wrong
            before = tree(tmp_path)
            await ui.press("f5")
            assert {p for p in tree(tmp_path) if p not in before} == set()


@driven
async def test_too_little_room_is_said_at_the_field(
    rendered: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(disk, "free_bytes", lambda folder: 300_000)
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        assert "chỉ còn trống 300 KB" in " ".join(ui.text().split())
        assert "F4" in hint(ui)


@driven
async def test_files_in_the_way_are_listed(rendered: Path, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    (tmp_path / f"usb/{WEEK}.txt").write_text("của tôi", encoding="utf-8")
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        await to(ui, tmp_path / "usb")
        assert f"! {WEEK}.txt: không do chương trình này ghi" in " ".join(ui.text().split())
        await ui.press("f5")
    assert (tmp_path / f"usb/{WEEK}.txt").read_text("utf-8") == "của tôi"


@driven
async def test_what_is_typed_is_looked_at_soon_without_enter(
    rendered: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "TYPED", 0.01)
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        screen(ui).target.focus()
        screen(ui).target.value = str(tmp_path / "media/lan/USB")
        for _ in range(500):
            await ui.pilot.pause(0.01)
            if "không có ổ đĩa" in ui.text():
                break
        assert "không có ổ đĩa" in ui.text()


@driven
async def test_escape_leaves_the_field_first(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        screen(ui).target.focus()
        await ui.press("escape")
        assert isinstance(ui.app.focused, TakeList)
        assert isinstance(ui.app.here, ExportScreen)


@driven
async def test_a_stick_put_in_meanwhile_is_noticed(rendered: Path, drives_here: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        await to(ui, drives_here / "lan/USB")
        assert "không có ổ đĩa" in ui.text()
        (drives_here / "lan/USB").mkdir(parents=True)
        screen(ui).watch_files()
        await ui.settle()
        assert "+ 10 mới" in ui.text()
        await ui.press("f5")
        assert "Rút ổ an toàn" in ui.text()


@driven
async def test_what_others_change_is_seen(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        edit(script_file(rendered, airings(rendered)[1]["script"]), "NỮ: ", "NỮ: Thêm. ")
        screen(ui).watch_files()
        await ui.settle()
        assert "1 chưa duyệt" in ui.text()


@driven
async def test_a_week_that_cannot_be_read_is_told_in_place_of_the_list(rendered: Path) -> None:
    async with opened(rendered) as ui:
        edit(rendered / f"schedules/{WEEK}.yaml", "airings:", "airing:")
        await ui.press("ctrl+e")
        assert f"schedules/{WEEK}.yaml" in ui.text()
        await ui.press("f5")
        assert not (rendered / "out/export").exists()
        edit(rendered / f"schedules/{WEEK}.yaml", "airing:", "airings:")
        await ui.press("ctrl+r")
        assert "+ 10 mới" in ui.text()


# The sheet


@driven
async def test_the_sheet_is_read_before_anything_is_written(sample: Path) -> None:
    async with opened(sample) as ui:
        await ui.press("ctrl+e", "ctrl+t")
        assert isinstance(ui.app.screen, SheetDialog)
        assert "PHIẾU PHÁT THANH - TUẦN 48 NĂM 2026" in ui.text()
        assert "│ [ ]  │ 05:30 - 05:45 │" in ui.text()
        await ui.press("enter")
        assert ui.app.screen is screen(ui)


@driven
async def test_enter_on_the_sheet_in_the_list_reads_it(rendered: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "enter")
        assert ui.app.screen is screen(ui)
        await ui.press("end", "enter")
        assert isinstance(ui.app.screen, SheetDialog)


# The folder


@driven
async def test_a_stick_is_chosen_by_two_enters(rendered: Path, drives_here: Path) -> None:
    (drives_here / "lan/USB XA").mkdir(parents=True)
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f4")
        assert isinstance(ui.app.screen, FolderDialog)
        assert "● USB XA (ổ đang cắm, còn trống" in ui.text()
        await ui.press("enter", "enter")
        assert screen(ui).target.value == str(drives_here / "lan/USB XA")
        await ui.press("f5")
    assert (drives_here / f"lan/USB XA/{WEEK}.txt").exists()


@driven
async def test_folders_are_gone_through_down_and_up(rendered: Path, tmp_path: Path) -> None:
    (tmp_path / "nơi ghi/tuần này").mkdir(parents=True)
    async with opened(rendered) as ui:
        await ui.press("ctrl+e")
        await to(ui, tmp_path / "nơi ghi")
        await ui.press("f4", "down", "down", "enter")
        assert "Chọn thư mục này" in ui.text()
        assert ui.app.screen.query_one(Field).value == str(tmp_path / "nơi ghi/tuần này")
        await ui.press("backspace", "f5")
        assert screen(ui).target.value == str(tmp_path / "nơi ghi")
        await ui.press("f4", "down", "enter", "enter")
        assert screen(ui).target.value == str(tmp_path)


@driven
async def test_a_folder_is_typed_or_left_as_it_was(rendered: Path, tmp_path: Path) -> None:
    async with opened(rendered) as ui:
        await ui.press("ctrl+e", "f4", "tab")
        field = ui.app.screen.query_one(Field)
        field.value = ""
        await ui.press("enter")
        assert "chưa ghi thư mục" in ui.text()
        field.value = str(tmp_path / "moi")
        await ui.press("enter")
        assert screen(ui).target.value == str(tmp_path / "moi")
        await ui.press("f4", "escape")
        assert screen(ui).target.value == str(tmp_path / "moi")
        assert not (tmp_path / "moi").exists()
        await ui.press("f4")
        for letter in str(tmp_path / "gõ"):  # quicker than the field gets the keys
            ui.app.post_message(Key(letter, letter))
        await ui.settle()
        await ui.press("enter")
        assert screen(ui).target.value == str(tmp_path / "gõ")


# Long writing


class SlowDisk:
    """Copies that wait after the first until the test lets them go on."""

    def __init__(self, real: Callable[..., str]) -> None:
        self.real = real
        self.go_on = threading.Event()
        self.copied = 0

    def __call__(self, source: Any, to: Path, tell: Callable[[int], None] = lambda _: None) -> str:
        self.copied += 1
        while self.copied == 2 and not self.go_on.wait(0.005):
            tell(0)
        return self.real(source, to, tell)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> SlowDisk:
    disk_ = SlowDisk(disk.copy_whole)
    monkeypatch.setattr(disk, "copy_whole", disk_)
    return disk_


async def _until_slow(ui: Driver, slow: SlowDisk) -> None:
    await ui.press("ctrl+e")
    await ui.pilot.press("f5")
    while slow.copied < 2:
        await ui.pilot.pause(0.01)
    await ui.pilot.pause(0.1)


@driven
async def test_writing_shows_how_far_it_is_and_escape_leaves_all_as_it_was(
    rendered: Path, slow: SlowDisk
) -> None:
    (rendered / "out/export").mkdir()
    async with opened(rendered) as ui:
        await _until_slow(ui, slow)
        assert "Đang ghi 1/10 tệp" in ui.text()
        assert "2026-11-24-t3/" in ui.text()
        await ui.press("escape")
        assert hint(ui) == "Đã dừng; nơi ghi vẫn như trước"
        assert "+ 10 mới" in ui.text()
    assert list((rendered / "out/export").iterdir()) == []


@driven
async def test_writing_goes_on_while_another_screen_is_shown(
    rendered: Path, slow: SlowDisk
) -> None:
    async with opened(rendered) as ui:
        await _until_slow(ui, slow)
        for key in ("f5", "f4", "f7", "pagedown"):
            await ui.pilot.press(key)
        assert screen(ui).week_id == WeekId(2026, 48)
        ui.app.go("week")
        await ui.pilot.pause()
        assert "%" in ui.text().splitlines()[0]
        slow.go_on.set()
        await ui.settle()
        assert ui.app.here is ui.week
        assert "Xuất bản ✓" in ui.text()
        ui.app.go("export")
        await ui.settle()
        assert "✓ Đã ghi xong" in ui.text()
        assert "Xuất bản ✓" not in ui.text()


@driven
async def test_quitting_while_writing_asks_and_stops_first(rendered: Path, slow: SlowDisk) -> None:
    (rendered / "out/export").mkdir()
    async with opened(rendered) as ui:
        await _until_slow(ui, slow)
        await ui.pilot.press("ctrl+q")
        assert isinstance(ui.app.screen, AskDialog)
        assert "chưa xong" in ui.text()
        await ui.pilot.press("down", "enter")
        while not ui.app._exit:
            await ui.pilot.pause(0.01)
    assert list((rendered / "out/export").iterdir()) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "hết dung lượng"),
        (errno.EROFS, "chỉ đọc được"),
        (errno.ENOENT, "cắm lại USB"),
        (errno.EIO, "ổ đĩa báo lỗi"),
    ],
)
def test_a_stick_that_fails_while_writing_is_one_clear_message(
    rendered: Path, monkeypatch: pytest.MonkeyPatch, number: int, said: str
) -> None:
    real, count = disk.copy_whole, 0

    def failing(source: Any, place: Path, *rest: Any) -> str:
        nonlocal count
        count += 1
        if count == 3:
            place.write_bytes(b"half")
            raise OSError(number, "x", str(place))
        return real(source, place, *rest)

    @driven
    async def told() -> None:
        async with opened(rendered) as ui:
            await ui.press("ctrl+e")
            monkeypatch.setattr(disk, "copy_whole", failing)
            await ui.press("f5")
            assert said in str(screen(ui).query_one("#outcome-text", Static).render())
            assert "F5 thử lại" in hint(ui)
            assert list((rendered / "out/export").iterdir()) == []
            await ui.press("f5")
            assert "✓ Đã ghi xong" in ui.text()

    told()


@driven
async def test_a_failure_while_another_screen_is_shown_is_marked_and_told_later(
    rendered: Path, slow: SlowDisk
) -> None:
    async with opened(rendered) as ui:
        await _until_slow(ui, slow)
        ui.app.go("week")
        await ui.pilot.pause()
        shutil.rmtree(rendered / "out/export")
        slow.go_on.set()
        await ui.settle()
        assert "Xuất bản !" in ui.text()
        ui.app.go("export")
        await ui.settle()
        assert "F5 thử lại" in hint(ui)
