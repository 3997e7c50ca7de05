"""The station's settings by keys: every line, every form, every refusal, and its pictures."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import date, time
from pathlib import Path
from typing import Any, Protocol

import pytest
from textual.events import Key
from textual.pilot import Pilot
from textual.widgets import Static

from broadcast.domain.station import Slot, Station, Zone
from broadcast.store.workspace import Workspace
from broadcast.tui.dialogs.ask import AskDialog
from broadcast.tui.dialogs.form import Form
from broadcast.tui.dialogs.keys import KeysDialog, PressDialog
from broadcast.tui.dialogs.listen import ListenDialog
from broadcast.tui.dialogs.message import ErrorDialog, ReadDialog
from broadcast.tui.dialogs.scope import ScopeDialog
from broadcast.tui.screens.station import SettingsScreen
from broadcast.workflow.rules import known_profiles

from .helpers import edit
from .tui_pilot import LARGE, SMALL, Driver, driven, make_app, opened, settle

FILE = "schedules/station.yaml"


@asynccontextmanager
async def settings(root: Path, line: str = "") -> AsyncIterator[tuple[Driver, SettingsScreen]]:
    """The settings, with the cursor on the line that is called so."""
    async with opened(root) as ui:
        await ui.press("ctrl+b")
        screen = ui.app.screen
        assert isinstance(screen, SettingsScreen)
        if line:
            await to_line(ui, screen, line)
        yield ui, screen


async def to_line(ui: Driver, screen: SettingsScreen, line: str) -> None:
    assert line in [row.label for row in screen.rows]
    await ui.press("home")
    while screen.row is None or screen.row.label != line:
        await ui.pilot.press("down")
    await ui.settle()


async def clear(ui: Driver) -> None:
    await ui.press("end", "ctrl+u")


def station(root: Path) -> Station:
    return Workspace(root).load_station()


def told(ui: Driver, selector: str) -> str:
    return str(ui.app.screen.query_one(selector, Static).render())


@driven
async def test_the_settings_are_reached_from_the_week_and_left_again(sample: Path) -> None:
    async with settings(sample) as (ui, screen):
        assert "Khung giờ (3)" in [row.label for row in screen.rows]
        assert "Enter sửa dòng đang chọn" in screen.line()
        await ui.press("escape")
        assert ui.app.screen is ui.week
        await ui.press("6")
        assert ui.app.screen is screen


def calendar_of_others(root: Path) -> Path:
    """A relay every day, a day of leave, and an event that cannot be used."""
    events = (
        "UID:a", "SUMMARY:Tiếp âm đài tỉnh", "DTSTART:20261201T110000", "DURATION:PT15M",
        "RRULE:FREQ=DAILY", "END:VEVENT", "BEGIN:VEVENT", "UID:b", "SUMMARY:Nghỉ phép",
        "DTSTART;VALUE=DATE:20261207", "END:VEVENT", "BEGIN:VEVENT", "UID:c", "SUMMARY:Hỏng",
        "DTSTART:20261207T110000",
    )  # fmt: skip
    whole = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", *events, "END:VEVENT", "END:VCALENDAR", "")
    file = root / "tinh.ics"
    file.write_bytes("\r\n".join(whole).encode())
    return file


@driven
async def test_a_calendar_of_others_is_looked_at_taken_in_and_undone(sample: Path) -> None:
    before = station(sample)
    calendar_of_others(sample)
    async with settings(sample) as (ui, _):
        await ui.press("f7")
        await ui.type(str(sample / "tinh.ics"))
        await ui.press("enter")
        text = " ".join(ui.text().split())
        assert "tinh.ics: 2 mục mới" in text
        assert "Tiếp âm đài tỉnh: 11:00 · 15 phút · cả tuần" in text
        assert "! tinh.ics:14: không hiểu thời gian" in text
        await ui.press("down", "enter")
        after = station(sample)
        assert [one.relay for one in after.slots if one not in before.slots] == ["Tiếp âm đài tỉnh"]
        assert [(one.name, one.closed) for one in after.days[len(before.days) :]] == [
            ("Nghỉ phép", True)
        ]
        await ui.press("ctrl+z")
        assert station(sample) == before


@driven
async def test_a_value_is_changed_saved_undone_and_redone(sample: Path) -> None:
    before = (sample / FILE).read_text(encoding="utf-8")
    async with settings(sample, "Tên, xã, tỉnh") as (ui, screen):
        await ui.press("enter", "down", "down")
        await ui.type("tỉnh Sơn La")
        await ui.press("enter")
        assert station(sample).province == "tỉnh Sơn La"
        assert screen.line() == "Đã đổi tên, xã, tỉnh"
        await ui.press("ctrl+z")
        assert (sample / FILE).read_text(encoding="utf-8") == before
        assert screen.line().startswith("Đã hoàn tác")
        await ui.press("ctrl+y")
        assert station(sample).province == "tỉnh Sơn La"


@driven
async def test_the_stations_address_on_the_web_is_checked_saved_and_taken_away(
    sample: Path,
) -> None:
    async with settings(sample, "Trang, lịch trên mạng") as (ui, screen):
        assert screen.row is not None
        assert screen.row.value == "chưa có"
        await ui.press("enter")
        await ui.type("xa.vn/loa")
        await ui.press("ctrl+s")
        assert "Địa chỉ bắt đầu bằng https://" in " ".join(ui.text().split())
        assert station(sample).calendar.address == ""
        await ui.press("home")
        await ui.type("https://")
        await ui.press("down")
        await ui.type("https://dai:mat-khau@lich.vn/a/")
        await ui.press("ctrl+s")
        assert station(sample).calendar.address == ""
        await ui.press("ctrl+u")
        await ui.type("https://lich.vn/a/")
        await ui.press("ctrl+s")
        told = station(sample).calendar
        assert (told.address, told.caldav) == ("https://xa.vn/loa", "https://lich.vn/a/")
        assert screen.row.value == "https://xa.vn/loa · https://lich.vn/a/"
        await ui.press("enter", "ctrl+u", "ctrl+s")
        assert station(sample).calendar.address == ""


@driven
async def test_where_recordings_are_heard_is_chosen_among_three_places(sample: Path) -> None:
    async with settings(sample, "Nơi nói tiếng khác") as (ui, screen):
        await ui.press("enter", "left", "enter")
        assert station(sample).recordings == "thay"
        assert screen.row is not None
        assert screen.row.value == "nghe bản ghi âm thay bản tiếng Việt"


@driven
async def test_nothing_is_saved_before_the_form_is_ended(sample: Path) -> None:
    before = (sample / FILE).read_bytes()
    async with settings(sample, "Tên, xã, tỉnh") as (ui, screen):
        await ui.press("enter")
        await ui.type("x")
        await ui.press("escape")
        assert ui.app.screen is screen
        assert (sample / FILE).read_bytes() == before


@driven
async def test_a_form_that_changes_nothing_writes_nothing(sample: Path) -> None:
    before = (sample / FILE).read_bytes()
    async with settings(sample, "Buổi sáng") as (ui, screen):
        await ui.press("enter", "ctrl+s")
        assert screen.line() == "Không có gì thay đổi"
        assert (sample / FILE).read_bytes() == before


@driven
async def test_a_zone_is_added_with_an_id_of_its_name(sample: Path) -> None:
    async with settings(sample, "Bản Lạn") as (ui, screen):
        await ui.press("f2")
        await ui.type("Bản Mới")
        await ui.press("enter", "enter", "right", "enter")
        await ui.type("một loa")
        await ui.press("enter")
        assert station(sample).zones[-1] == Zone(
            "ban-moi", "Bản Mới", network=False, note="một loa"
        )
        assert screen.line() == "Đã thêm cụm loa «Bản Mới»"
        assert screen.row is not None
        assert screen.row.label == "Bản Lạn"


@driven
async def test_a_name_that_is_taken_is_refused_in_the_form_and_nothing_typed_is_lost(
    sample: Path,
) -> None:
    async with settings(sample, "Bản Lạn") as (ui, _):
        await ui.press("f2")
        await ui.type("Bản Phiêng")
        await ui.press("ctrl+s")
        assert isinstance(ui.app.screen, Form)
        assert "! Đã có cụm loa tên «Bản Phiêng»" in told(ui, "#form-note")
        await ui.type(" Hai")
        await ui.press("ctrl+s")
        assert station(sample).zones[-1].name == "Bản Phiêng Hai"


@driven
async def test_a_slot_is_added_and_what_is_odd_about_it_is_told_before_saving(
    sample: Path,
) -> None:
    async with settings(sample, "Buổi sáng") as (ui, screen):
        await ui.press("f2")
        await ui.type("Sáng sớm")
        await ui.press("enter")
        await ui.type("5h35")
        await ui.press("enter", "enter")
        await ui.type("T2-T3")
        assert "trùng giờ T2" in told(ui, "#form-note")
        await ui.press("enter", "right", "enter", "enter", "space", "ctrl+s")
        zones = ("ban-lan", "ban-phieng", "ban-pa-hoc")
        added = Slot("sang-som", "Sáng sớm", time(5, 35), 15, ("T2", "T3"), zones, peak=True)
        assert station(sample).slots[-1] == added
        await ui.press("escape", "6")
        assert "1 chỗ nên xem lại" in screen.hint()
        await ui.press("f6")
        assert isinstance(ui.app.screen, ReadDialog)
        assert "trùng giờ T2" in str(ui.app.screen.text)


@driven
async def test_what_is_typed_ahead_goes_where_it_belongs(sample: Path) -> None:
    async with settings(sample, "Bản Lạn") as (ui, _):
        await ui.press("f2")
        for key in (*"Bản Cao", "enter", "enter", "right", "enter", "x", "enter"):
            ui.app.post_message(Key(key, key if len(key) == 1 else None))
        await ui.settle()
        assert station(sample).zones[-1] == Zone("ban-cao", "Bản Cao", network=False, note="x")


@driven
async def test_a_slot_for_every_zone_stays_one_for_those_to_come(sample: Path) -> None:
    async with settings(sample, "Buổi sáng") as (ui, _):
        await ui.press("enter", "down", "down")
        await clear(ui)
        await ui.type("20")
        await ui.press("ctrl+s")
        assert "1 tuần đang dùng" in ui.text()
        await ui.press("down", "down", "enter")
        slot = station(sample).slots[0]
        assert (slot.minutes, slot.zones) == (20, ())


WRONG = (
    ("Buổi sáng", 0, "", "Chưa ghi tên"),
    ("Buổi sáng", 1, "25h", "05:30"),
    ("Buổi sáng", 2, "500", "từ 1 đến 240"),
    ("Buổi sáng", 3, "T9", "T2 T4 T6"),
    ("Bản Lạn", 1, "", "Tiếng Việt, Tiếng Thái"),
    ("Giọng, tốc độ", 0, "50", "từ 120 đến 400"),
    ("Giờ phát, số phút, lặp lại", 1, "tối", "05:30"),
    ("Giờ phát, số phút, lặp lại", 3, "400", "từ 0 đến 365"),
    ("Âm thanh", 1, "-50", "từ -30 đến -9"),
    ("Âm thanh", 3, "63", "64"),
    ("số điện thoại", 1, "", "Chưa ghi"),
)
"""The line, how far down its form the field is, what is typed there, what is told then."""


@pytest.mark.long
@driven
async def test_what_is_wrong_is_told_at_its_field_as_it_is_typed(sample: Path) -> None:
    before = (sample / FILE).read_bytes()
    async with settings(sample) as (ui, screen):
        for line, downs, typed, words in WRONG:
            await to_line(ui, screen, line)
            await ui.press("enter")
            await ui.pilot.press(*["down"] * downs, "end", "ctrl+u", *typed)
            await ui.settle()
            form, field = ui.app.screen, ui.app.screen.focused
            assert isinstance(form, Form)
            assert field is not None
            assert field.id is not None
            wrong = form.query_one(f"#wrong-{field.id.removeprefix('field-')}", Static)
            assert words in str(wrong.render())
            await ui.press("tab", "ctrl+s")
            assert (ui.app.screen, form.focused) == (form, field)
            await ui.press("escape")
            assert ui.app.screen is screen
        assert (sample / FILE).read_bytes() == before


@driven
async def test_hours_that_cross_are_told_below_the_fields(sample: Path) -> None:
    async with settings(sample, "Giờ phát, số phút, lặp lại") as (ui, _):
        await ui.press("enter")
        await clear(ui)
        await ui.type("23h")
        assert "! Giờ bắt đầu 23:00 phải trước giờ kết thúc 22:00" in told(ui, "#form-note")
        await ui.press("down")
        await clear(ui)
        await ui.type("23h30")
        await ui.press("ctrl+s")
        rules = station(sample).rules
        assert (rules.earliest, rules.latest) == (time(23), time(23, 30))


@driven
async def test_a_zone_no_week_uses_goes_at_once_and_comes_back(sample: Path) -> None:
    week = next((sample / "schedules").glob("2026-W*.yaml"))
    week.unlink()
    async with settings(sample, "Bản Lạn") as (ui, screen):
        await ui.press("delete")
        assert "ban-lan" not in [zone.id for zone in station(sample).zones]
        assert screen.line() == "Đã bỏ cụm loa «Bản Lạn»"
        await ui.press("ctrl+z")
        assert "ban-lan" in [zone.id for zone in station(sample).zones]


@driven
async def test_a_zone_that_weeks_use_is_asked_about(sample: Path) -> None:
    async with settings(sample, "Bản Lạn") as (ui, _):
        await ui.press("delete")
        assert isinstance(ui.app.screen, AskDialog)
        assert "2026-W48" in ui.text()
        await ui.press("enter")
        assert station(sample).zone("ban-lan") is not None
        await ui.press("ctrl+d", "down", "enter")
        assert station(sample).zone("ban-lan") is None


@driven
async def test_a_slot_that_weeks_use_goes_from_the_next_time_on_and_comes_back(
    sample: Path,
) -> None:
    before = (sample / FILE).read_text(encoding="utf-8")
    async with settings(sample, "Buổi sáng") as (ui, screen):
        await ui.press("delete")
        assert isinstance(ui.app.screen, ScopeDialog)
        assert "Chỉ lần tới (T4 25/11)" in ui.text()
        await ui.press("down")
        assert "bỏ         T6 27/11 05:30-05:45" in ui.text()
        await ui.press("enter")
        slot = station(sample).slot("sang")
        assert slot is not None
        assert slot.valid_until == date(2026, 11, 24)
        await ui.press("ctrl+z")
        assert (sample / FILE).read_text(encoding="utf-8") == before
        assert screen.line().startswith("Đã hoàn tác: bỏ khung giờ «Buổi sáng»")


@driven
async def test_what_a_slot_is_for_is_typed_and_no_week_has_to_be_asked_about(sample: Path) -> None:
    async with settings(sample, "Buổi sáng") as (ui, _):
        await ui.press("enter", *["tab"] * 7)
        await ui.type("Hỏi đáp")
        await ui.press("enter")
        await ui.type("II.2/d")
        await ui.press(*["down"] * 4)
        await ui.type("31/3/2027")
        await ui.press("ctrl+s")
        slot = station(sample).slots[0]
        assert (slot.column, slot.topics) == ("Hỏi đáp", ("II.2/d",))
        assert slot.valid_until == date(2027, 3, 31)


@driven
async def test_a_profile_is_taken_with_its_source_and_rules_tell_theirs(sample: Path) -> None:
    async with settings(sample, "Bộ quy định của nơi") as (ui, _):
        await ui.press("enter", "down", "enter")
        profile = station(sample).rules.profile
        assert profile == known_profiles()[0].id
        await ui.press("down", "enter")
        assert known_profiles()[0].document in str(ui.app.screen.text)  # type: ignore[attr-defined]


@driven
async def test_a_limit_that_contradicts_the_hours_is_told(sample: Path) -> None:
    async with settings(sample, "Giới hạn thêm") as (ui, screen):
        await ui.press("enter")
        await ui.type("05:00-22:00")
        await ui.press("ctrl+s")
        assert station(sample).rules.quiet_hours == ("05:00-22:00",)
        assert "chỗ nên xem lại" in screen.hint()


@driven
async def test_a_zone_that_is_all_a_slot_has_stays_and_why_is_told(sample: Path) -> None:
    edit(sample / FILE, "zones: [trung-tam, ban-lan, ban-phieng]", "zones: [ban-lan]")
    async with settings(sample, "Bản Lạn") as (ui, _):
        await ui.press("delete")
        assert isinstance(ui.app.screen, ErrorDialog)
        assert "Sáng chủ nhật, phiên chợ" in ui.text()


@driven
async def test_facts_are_added_changed_and_removed(sample: Path) -> None:
    async with settings(sample, "số điện thoại") as (ui, screen):
        await ui.press("f2")
        await ui.type("số máy trực")
        await ui.press("enter")
        await ui.type("0200")
        await ui.press("enter")
        assert station(sample).details["số máy trực"] == "0200"
        await to_line(ui, screen, "số máy trực")
        await ui.press("enter", "down")
        await ui.type("1")
        await ui.press("enter")
        assert station(sample).details["số máy trực"] == "1"
        await ui.press("delete")
        assert "số máy trực" not in station(sample).details


@driven
async def test_elsewhere_adding_asks_what(sample: Path) -> None:
    async with settings(sample, "Âm thanh") as (ui, screen):
        await ui.press("f2", "down", "enter")
        assert "Thêm khung giờ" in ui.text()
        await ui.press("escape", "delete")
        assert "Chỉ bỏ được" in screen.line()


@driven
async def test_voices_are_chosen_from_those_the_engine_has(sample: Path) -> None:
    async with settings(sample, "Giọng, tốc độ") as (ui, _):
        await ui.press("enter", "down", "right", "down", "down", "right", "right", "ctrl+s")
        voices = station(sample).voices
        assert voices.women not in {"", voices.men}
        assert voices.region == "nam"


@driven
async def test_another_engine_is_tried_before_it_is_taken(sample: Path) -> None:
    edit(sample / FILE, 'women: ""', "women: lan")
    async with settings(sample, "Bộ đọc") as (ui, _):
        await ui.press("enter", "enter")
        voices = station(sample).voices
        assert (voices.engine, voices.women) == ("espeak", "")


@driven
async def test_the_voices_can_be_heard(sample: Path) -> None:
    async with settings(sample) as (ui, _):
        await ui.press("f9")
        assert isinstance(ui.app.screen, ListenDialog)
        await ui.press("escape")


@driven
async def test_what_another_window_changed_is_shown(sample: Path) -> None:
    async with settings(sample, "Giọng, tốc độ") as (ui, screen):
        edit(sample / FILE, "rate: 190", "rate: 170")
        screen.watch_files()
        await ui.settle()
        assert "170 âm tiết" in ui.text()
        assert "Vừa có thay đổi" in screen.line()


@driven
async def test_a_change_beside_another_windows_can_be_made_again(sample: Path) -> None:
    async with settings(sample, "Tên, xã, tỉnh") as (ui, _):
        await ui.press("enter", "down", "down")
        await ui.type("tỉnh Sơn La")
        edit(sample / FILE, "rate: 190", "rate: 170")
        await ui.press("enter")
        assert isinstance(ui.app.screen, AskDialog)
        assert station(sample).province == ""
        await ui.press("enter")
        there = station(sample)
        assert (there.province, there.voices.rate) == ("tỉnh Sơn La", 170)


@driven
async def test_a_broken_file_is_told_and_read_again_when_mended(sample: Path) -> None:
    good = (sample / FILE).read_bytes()
    async with settings(sample) as (ui, screen):
        (sample / FILE).write_text("id: [", encoding="utf-8")
        screen.watch_files()
        await ui.settle()
        assert "Ctrl+R đọc lại" in screen.line()
        (sample / FILE).write_bytes(good)
        await ui.press("ctrl+r")
        assert screen.line() == "Đã đọc lại tệp"


@driven
async def test_a_station_that_cannot_be_read_at_first_is_told(sample: Path) -> None:
    good = (sample / FILE).read_bytes()
    async with opened(sample) as ui:
        (sample / FILE).write_text("id: [", encoding="utf-8")
        await ui.press("ctrl+b")
        assert isinstance(ui.app.screen, ErrorDialog)
        (sample / FILE).write_bytes(good)
        await ui.press("escape", "ctrl+r")
        assert "Khu trung tâm xã" in ui.text()


@driven
async def test_colours_are_chosen_from_a_list(sample: Path) -> None:
    async with settings(sample, "Màu") as (ui, _):
        await ui.press("enter", "down", "down", "enter")
        assert ui.app.theme == "tuong-phan"
        assert station(sample).screen.theme == "tuong-phan"
        assert "tương phản cao" in ui.text()


@driven
async def test_an_empty_station_says_what_to_do_first(sample: Path) -> None:
    text = (sample / FILE).read_text(encoding="utf-8")
    head = text[: text.index("zones:")]
    (sample / FILE).write_text(head, encoding="utf-8")
    async with settings(sample) as (ui, screen):
        assert screen.hint() == "Việc đầu tiên: F2 thêm cụm loa"
        await to_line(ui, screen, "(chưa có)")
        await ui.press("enter")
        await ui.type("Toàn xã")
        await ui.press("ctrl+s")
        assert screen.hint() == "Tiếp theo: F2 thêm khung giờ"


async def _to_press_dialog(ui: Driver, words: str) -> PressDialog:
    await ui.press("ctrl+k")
    assert isinstance(ui.app.screen, KeysDialog)
    await ui.type(words)
    await ui.press("enter")
    assert isinstance(ui.app.screen, PressDialog)
    return ui.app.screen


@driven
async def test_a_key_is_given_by_pressing_it_and_works_at_once(sample: Path) -> None:
    async with settings(sample) as (ui, _):
        await _to_press_dialog(ui, "them luot phat")
        await ui.press("ctrl+x")
        assert station(sample).screen.keys == {"week.add": ("ctrl+x",)}
        assert "Trả mọi phím về như cũ (1 việc" in ui.text()
        assert "Ctrl+X" in ui.text()
        await ui.press("escape", "escape", "ctrl+x")
        assert "Thêm lượt phát" in ui.text()
        await ui.press("escape")
        assert "^X Thêm" in ui.text()


TAKEN = (
    ("f6", "F6 đang dùng cho «Kiểm tra tuần»"), ("f1", "F1 đang dùng cho «Trợ giúp"),
    ("ctrl+q", "Ctrl+Q đang dùng cho «Thoát»"), ("enter", "Enter cần để"),
    ("left", "← cần để"), ("question_mark", "không dùng được"),
)  # fmt: skip


@driven
async def test_a_key_that_cannot_be_given_is_told_and_another_awaited(sample: Path) -> None:
    async with settings(sample) as (ui, _):
        dialog = await _to_press_dialog(ui, "xep noi dung")
        for key, why in TAKEN:
            await ui.press(key)
            assert ui.app.screen is dialog
            assert why in told(ui, "#pressed")
        await ui.press("ctrl+x")
        assert station(sample).screen.keys == {"week.fill": ("ctrl+x",)}


@driven
async def test_keys_are_given_back_one_by_one_and_all_together(sample: Path) -> None:
    async with settings(sample) as (ui, _):
        await _to_press_dialog(ui, "them luot phat")
        await ui.press("ctrl+x")
        assert "(trước là F2)" in ui.text()
        await ui.press("escape")
        await _to_press_dialog(ui, "them luot phat")
        await ui.press("backspace", "escape")
        assert station(sample).screen.keys == {}
        for words, key in (("them luot phat", "ctrl+x"), ("xep noi dung", "ctrl+f")):
            await _to_press_dialog(ui, words)
            await ui.press(key, "escape")
        assert len(station(sample).screen.keys) == 2
        await ui.press("ctrl+k", "enter")
        assert station(sample).screen.keys == {}
        assert ui.app.keyboard.own == {}


@driven
async def test_escape_leaves_the_key_as_it_was(sample: Path) -> None:
    async with settings(sample) as (ui, screen):
        await _to_press_dialog(ui, "them luot phat")
        await ui.press("escape")
        assert ui.app.screen is screen
        assert station(sample).screen.keys == {}


def test_the_sample_has_nothing_odd(sample: Path) -> None:
    from broadcast.domain.station_check import doubts  # noqa: PLC0415 - only here

    there = station(sample)
    assert doubts(there) == ()
    assert len(doubts(replace(there, zones=(), slots=()))) == 2


# Pictures


class SnapCompare(Protocol):
    def __call__(self, app: Any, **how: Any) -> bool: ...


SIZES = pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])


def presses(*keys: str, type_: str = "") -> Any:
    async def before(pilot: Pilot[None]) -> None:
        await settle(pilot)
        for key in ("ctrl+b", *keys, *type_):
            await pilot.press(key)
            await settle(pilot)

    return before


PICTURES = {
    "whole": presses(),
    "zone": presses("down", "down", "enter"),
    "slot_wrong": presses(*["down"] * 5, "enter", "down", type_="x"),
    "rules_crossed": presses(*["down"] * 11, "enter", "ctrl+u", type_="23h"),
    "zone_in_use": presses("down", "down", "delete"),
    "keys": presses("ctrl+k", type_="tuan"),
    "key_taken": presses("ctrl+k", "enter", "f1"),
}


@SIZES
@pytest.mark.parametrize("name", list(PICTURES))
def test_pictures(
    snap_compare: SnapCompare, sample: Path, name: str, size: tuple[int, int]
) -> None:
    assert snap_compare(make_app(sample), terminal_size=size, run_before=PICTURES[name])


@SIZES
def test_a_picture_of_a_station_with_doubts(
    snap_compare: SnapCompare, sample: Path, size: tuple[int, int]
) -> None:
    edit(sample / FILE, 'start: "05:30"', 'start: "04:30"')
    edit(sample / FILE, "zones: [trung-tam, ban-lan, ban-phieng]", "zones: [ban-lan]")
    assert snap_compare(make_app(sample), terminal_size=size, run_before=presses())


def test_a_picture_of_a_calendar_before_it_is_taken_in(
    snap_compare: SnapCompare, sample: Path
) -> None:
    file = calendar_of_others(sample)

    async def looked_at(pilot: Pilot[None]) -> None:
        await presses("f7", type_=str(file))(pilot)
        await pilot.press("enter")
        await settle(pilot)

    assert snap_compare(make_app(sample), terminal_size=SMALL, run_before=looked_at)
